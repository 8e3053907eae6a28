//! The AI bill of materials of a system: a CycloneDX document that is read with care, changed in the places that a person
//! fills in, and written again with everything else as it was. Pure; the same bill gives the same text.
//!
//! The document itself is the truth. What is typed here is a view of it: a change touches the keys of that view only.

mod check;
mod edit;
mod error;
pub mod export;
mod fact;
mod licence;
mod part;
mod place;
mod print;
mod read;
mod refs;
mod version;

#[cfg(test)]
mod tests;

pub use error::BillError;
pub use fact::components_fact;
pub use part::{Part, PartField, PartKind, PartProblem};
pub use version::SpecVersion;

use serde_json::{Value, json};

/// The largest bill that is read or kept, in bytes.
pub const LARGEST: usize = 2 * 1024 * 1024;

/// An AI bill of materials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// A CycloneDX document, of which the places that are read here have the right shape.
    document: Value,
}

impl Default for Bill {
    /// A bill that lists nothing yet. The system itself is filled in by the export, from what the register says that day.
    fn default() -> Bill {
        let spec = SpecVersion::V1_6;
        let document = json!({
            "$schema": spec.schema(), "bomFormat": "CycloneDX", "specVersion": spec.number(), "version": 1
        });
        Bill { document }
    }
}

impl Bill {
    /// Reads a CycloneDX document of version 1.6 or 1.7.
    ///
    /// # Errors
    /// The first thing for which it cannot be read or would not be kept as it is, with its place.
    pub fn read(text: &str) -> Result<Bill, BillError> {
        let document = read::document(text)?;
        check::document(&document)?;
        let bill = Bill { document };
        let length = bill.text().len();
        if length > LARGEST {
            let message = format!("with one line per field it has {length} bytes; a bill has at most {LARGEST}");
            return Err(BillError::whole(message));
        }
        Ok(bill)
    }

    /// The bill that a system holds: its text read, or one that lists nothing where there is no text.
    ///
    /// # Errors
    /// See [`Bill::read`].
    pub fn of(text: &str) -> Result<Bill, BillError> {
        if text.trim().is_empty() { Ok(Bill::default()) } else { Bill::read(text) }
    }

    /// The document as text: one line per field, keys in their order. Reading it gives the same bill.
    pub fn text(&self) -> String {
        print::print(&self.document)
    }

    /// The version of CycloneDX in which it is written.
    pub fn spec_version(&self) -> SpecVersion {
        SpecVersion::of(&self.document).expect("a bill is only made of a document of a known version")
    }

    /// What is wrong in the document though it could be read and is kept, one sentence each with its place.
    pub fn warnings(&self) -> Vec<String> {
        check::warnings(&self.document)
    }

    /// The names of those who supply parts, each once and in order.
    pub fn suppliers(&self) -> Vec<String> {
        let parts = self.parts();
        let names = parts.iter().map(|part| part.text(PartField::Supplier).to_owned());
        let mut names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        names.sort();
        names.dedup();
        names
    }
}
