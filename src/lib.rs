//! aimscope: a self-assessment against ISO/IEC 42001:2023 in the terminal.
//!
//! The house, from the bottom up: [`model`] is the vocabulary, [`merge`] brings two people's work together, [`clean_text`] lets
//! only visible text in, [`ron_text`] and [`content`] read the questionnaires, [`bom`] reads and writes AI bills of materials, [`spreadsheet`] workbooks,
//! [`store`] keeps what is answered, [`impact`] rates AI systems, [`score`] says where it stands, [`plan`] what to
//! do about it, [`compare`] what differs between two rounds, [`report`] prints all of that, [`exchange`] speaks the formats of
//! other programs, [`tui`] asks and shows, [`cli`] puts it all together.

pub mod model;

pub mod merge;

pub mod clean_text;
pub mod ron_text;

pub mod bom;

pub mod spreadsheet;

pub mod content;
pub mod store;

pub mod impact;

pub mod score;

pub mod plan;

pub mod compare;

pub mod report;

pub mod exchange;

pub mod tui;

pub mod cli;
