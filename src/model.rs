//! The vocabulary: what is asked (the catalogue) and what was answered (the assessment). No I/O, no clock.

pub mod action;
pub mod answer;
#[cfg(test)]
pub(crate) mod arbitrary;
pub mod assessment;
pub mod catalog;
pub mod collision;
pub mod decision_path;
pub mod edit;
pub mod evidence;
pub mod exclusion;
pub mod gateway;
pub mod history;
pub mod impact;
pub mod inclusion;
pub mod lens;
pub mod level;
pub mod profile;
pub mod programme;
pub mod proposal;
pub mod reference;
pub mod requirement;
pub mod round;
pub mod statement;
pub mod system;
pub mod text;
