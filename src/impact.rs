//! What follows from what is said about an AI system: its impact level, its classes under the EU AI Act, what is still
//! open, and what asks for a new look. Pure; the rules are scoring rule 7 and the data of the catalogue.

pub mod arithmetic;
pub mod coverage;
pub mod drivers;
pub mod duties;
pub mod facts;
pub mod fria;
pub mod open_points;
pub mod path;
pub mod progress;
pub mod rating;
#[cfg(test)]
pub(crate) mod sample;
pub mod sign_off;
pub mod triggers;
