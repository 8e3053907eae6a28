//! The questionnaires: read from RON files into a [`Catalog`](crate::model::catalog::Catalog), checked as a whole, and built in.

pub mod builtin;
pub mod lint;
pub mod source;
