//! References into the standard: `6`, `6.1.2`, `A.6`, `A.6.2.4`, ordered as a reader expects (`A.2.10` after `A.2.2`).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

/// The number of a clause, a control, or of the category that holds them; clauses sort before controls.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    annex_a: bool,
    /// One to four numbers, each 1 to 99; 0 stands for "no such part" and sorts first.
    parts: [u8; 4],
}

impl Reference {
    /// Whether it names something of Annex A rather than of clauses 4 to 10.
    pub fn is_control(self) -> bool {
        self.annex_a
    }

    /// The category that holds it: the clause (`6` of `6.1.2`) or the control group (`A.6` of `A.6.2.4`).
    pub fn category(self) -> Reference {
        Reference { annex_a: self.annex_a, parts: [self.parts[0], 0, 0, 0] }
    }
}

/// Why a text is not a reference.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a clause or control number; write it like 6.1.2 or A.6.2.4")]
pub struct ReferenceError(String);

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ReferenceError(text.chars().take(40).collect());
        let (annex_a, numbers) = match text.strip_prefix("A.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut parts = [0; 4];
        for (index, number) in numbers.split('.').enumerate() {
            let slot = parts.get_mut(index).ok_or_else(error)?;
            let is_plain = number.len() <= 2 && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
            *slot = if is_plain { number.parse().map_err(|_| error())? } else { return Err(error()) };
        }
        Ok(Reference { annex_a, parts })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Built first and then padded as a whole, so that `{:<8}` aligns in tables.
        let mut text = String::from(if self.annex_a { "A" } else { "" });
        for part in self.parts.iter().filter(|part| **part > 0) {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(&part.to_string());
        }
        f.pad(&text)
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As text in files that people read; as its five numbers in the built-in catalogue, which is decoded at every start.
impl Serialize for Reference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.annex_a, self.parts).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            parse_str(deserializer)
        } else {
            let (annex_a, parts) = Deserialize::deserialize(deserializer)?;
            Ok(Reference { annex_a, parts })
        }
    }
}

/// One check of one requirement, written `6.1.2/method`; sorts by requirement, then by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckReference {
    /// The requirement that the check belongs to.
    pub requirement: Reference,
    /// The id of the check within its requirement.
    pub check: String,
}

/// Why a text is not a check reference.
#[derive(Debug, thiserror::Error)]
pub enum CheckReferenceError {
    /// There is no slash between requirement and check.
    #[error("`{0}` is not a check; write it like 6.1.2/method")]
    Shape(String),
    /// The part before the slash is not a reference.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
}

impl FromStr for CheckReference {
    type Err = CheckReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('/') {
            Some((requirement, check)) if !check.is_empty() => {
                Ok(Self { requirement: requirement.parse()?, check: check.to_owned() })
            }
            Some(_) | None => Err(CheckReferenceError::Shape(text.chars().take(40).collect())),
        }
    }
}

impl fmt::Display for CheckReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.requirement, self.check)
    }
}

impl Serialize for CheckReference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.requirement, &self.check).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for CheckReference {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            parse_str(deserializer)
        } else {
            let (requirement, check) = Deserialize::deserialize(deserializer)?;
            Ok(CheckReference { requirement, check })
        }
    }
}

/// Reads a string and parses it, so that a bad one is refused where it stands in the file.
fn parse_str<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(text: &str) -> Reference {
        text.parse().expect("a reference in a test")
    }

    #[test]
    fn what_is_read_is_printed_again() {
        for text in ["4", "4.3", "6.1.2", "10.2", "A.2", "A.6.2.4", "A.2.10"] {
            assert_eq!(reference(text).to_string(), text);
        }
        assert_eq!("6.1.2/method".parse::<CheckReference>().expect("a check").to_string(), "6.1.2/method");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in
            ["", ".", "4.", ".4", "B.2.2", "a.2.2", "4.03", "4.300", "4.3.1.2.5", "A", "A.", "4.x", "٤.٣", "4 .3"]
        {
            assert!(text.parse::<Reference>().is_err(), "{text:?} must be refused");
        }
        for text in ["6.1.2", "6.1.2/", "x/method", "/"] {
            assert!(text.parse::<CheckReference>().is_err(), "{text:?} must be refused");
        }
    }

    #[test]
    fn order_is_numeric_and_clauses_come_first() {
        let mut ids = ["A.10.2", "A.2.10", "10.1", "A.2.2", "9.2.1", "4.3"].map(reference);
        ids.sort();
        assert_eq!(ids.map(|id| id.to_string()), ["4.3", "9.2.1", "10.1", "A.2.2", "A.2.10", "A.10.2"]);
    }

    #[test]
    fn a_category_is_the_clause_or_the_control_group() {
        assert_eq!(reference("6.1.2").category(), reference("6"));
        assert_eq!(reference("A.6.2.4").category(), reference("A.6"));
    }
}
