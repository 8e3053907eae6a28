//! aimscope: a self-assessment against ISO/IEC 42001:2023 in the terminal.
//!
//! The house, from the bottom up: [`model`] is the vocabulary, [`ron_text`] and [`content`] read the questionnaires.

pub mod model;
pub mod ron_text;

pub mod content;

pub mod score;

pub mod plan;

pub mod report;
