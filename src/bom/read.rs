//! From a text to a JSON document in which nothing was lost: every key once and in its order, every number with all its digits.
//!
//! Each level is read into its still unread parts, so that a hostile text costs no stack and every complaint has a place.

use serde::{
    Deserialize,
    de::{Deserializer, MapAccess, Visitor},
};
use serde_json::{Map, Number, Value, value::RawValue};

use crate::bom::{
    LARGEST,
    error::{BillError, Path, shown},
};

/// Lists and objects may be nested this deep.
const DEEPEST: usize = 64;
/// The most characters of one number; what is longer is an attack rather than a figure.
const LONGEST_NUMBER: usize = 100;

/// Reads a text as one JSON value.
pub(super) fn document(text: &str) -> Result<Value, BillError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LARGEST {
        return Err(BillError::whole(format!("it has {} bytes; a bill has at most {LARGEST}", text.len())));
    }
    if text.trim().is_empty() {
        return Err(BillError::whole("it is empty; a bill begins with { \"bomFormat\": \"CycloneDX\""));
    }
    let reader = Reader { text };
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| reader.no_json(text, &error))?;
    reader.value(whole.get(), &mut Path::default())
}

struct Reader<'t> {
    text: &'t str,
}

impl<'t> Reader<'t> {
    /// Reads the value that a part of the text writes.
    fn value(&self, raw: &'t str, path: &mut Path) -> Result<Value, BillError> {
        let opens = raw.starts_with(['{', '[']);
        if opens && path.depth() >= DEEPEST {
            let message = format!("lists and objects are nested deeper than {DEEPEST} here; a bill is much flatter");
            return Err(BillError::at(self.place(raw, 0), message));
        }
        match raw.as_bytes().first() {
            Some(b'{') => self.object(raw, path),
            Some(b'[') => self.list(raw, path),
            Some(b'"') => {
                let text: String = serde_json::from_str(raw).map_err(|error| self.no_json(raw, &error))?;
                refuse_control(&text, path)?;
                Ok(Value::String(text))
            }
            Some(b't') => Ok(Value::Bool(true)),
            Some(b'f') => Ok(Value::Bool(false)),
            Some(b'n') => Ok(Value::Null),
            Some(_) | None => self.number(raw, path),
        }
    }

    fn object(&self, raw: &'t str, path: &mut Path) -> Result<Value, BillError> {
        let Entries(entries) = serde_json::from_str(raw).map_err(|error| self.no_json(raw, &error))?;
        let mut object = Map::with_capacity(entries.len());
        for (key, raw) in entries {
            refuse_control(&key, path)?;
            if object.contains_key(&key) {
                let message = "this key stands twice in its object, and one of the two would be lost; keep one";
                return path.key(&key, |path| Err(BillError::at(path, message)));
            }
            let value = path.key(&key, |path| self.value(raw.get(), path))?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }

    fn list(&self, raw: &'t str, path: &mut Path) -> Result<Value, BillError> {
        let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(|error| self.no_json(raw, &error))?;
        let items = items.into_iter().enumerate();
        let read = items.map(|(index, raw)| path.item(index, |path| self.value(raw.get(), path)));
        read.collect::<Result<Vec<Value>, BillError>>().map(Value::Array)
    }

    fn number(&self, raw: &'t str, path: &Path) -> Result<Value, BillError> {
        if raw.len() > LONGEST_NUMBER {
            let message = format!("this number has {} characters; it may have {LONGEST_NUMBER}", raw.len());
            return Err(BillError::at(path, message));
        }
        let number: Number = raw.parse().map_err(|error| self.no_json(raw, &error))?;
        Ok(Value::Number(number))
    }

    /// What the parser of a part of the text complains about, with its place in the whole.
    fn no_json(&self, raw: &str, error: &serde_json::Error) -> BillError {
        let lines = raw.split_inclusive('\n').take(error.line().saturating_sub(1));
        let offset = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        let message = if error.is_eof() {
            "the text ends here, before its last bracket or quote is closed; part of it may be missing".to_owned()
        } else {
            format!("this is not valid JSON: {words}")
        };
        BillError::at(self.place(raw, offset), message)
    }

    /// Line and column of a byte in a part of the text, both counted from 1.
    fn place(&self, part: &str, offset: usize) -> String {
        let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let before = &self.text[..self.text.floor_char_boundary(start + offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        format!("{}:{}", before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// The entries of an object, those with the same key included.
struct Entries<'t>(Vec<(String, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Entries<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllEntries;
        impl<'de> Visitor<'de> for AllEntries {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = object.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(AllEntries)
    }
}

/// Refuses what steers a terminal or turns the direction of writing. Tabs and line ends are part of many texts.
fn refuse_control(text: &str, path: &Path) -> Result<(), BillError> {
    let is_hostile = |c: &char| match c {
        '\t' | '\n' | '\r' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    };
    match text.chars().find(is_hostile) {
        None => Ok(()),
        Some(c) => {
            let message =
                format!("`{}` holds the hidden control character U+{:04X}; take it out", shown(text), u32::from(c));
            Err(BillError::at(path, message))
        }
    }
}
