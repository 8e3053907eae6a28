//! What follows from what is said about an AI system: its impact level, its classes under the EU AI Act, what is still
//! open, and what asks for a new look. Pure; the rules are scoring rule 7 and the data of the catalogue.

pub mod duties;
pub mod fria;
pub mod path;
pub mod rating;
