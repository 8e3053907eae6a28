//! End-to-end tests: the real binary, the real terminal, the real files, and the house itself.

mod layers;
