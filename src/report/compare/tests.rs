//! Comparisons in every format.
