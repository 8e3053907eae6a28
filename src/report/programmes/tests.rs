//! The matrix in every format.
