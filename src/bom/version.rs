//! The versions of CycloneDX that are read, and what the newer one has that the older does not know.

use serde_json::Value;

use crate::bom::{
    Bill,
    error::{BillError, Path},
};

/// A version of CycloneDX.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecVersion {
    /// 1.6, in which new bills are written.
    V1_6,
    /// 1.7.
    V1_7,
}

/// Keys that 1.7 brought and 1.6 has nowhere.
const NEW_KEYS: [&str; 26] = [
    "algorithmFamily",
    "certificateExtensions",
    "certificateFileExtension",
    "certificateState",
    "citations",
    "deactivationDate",
    "destructionDate",
    "distributionConstraints",
    "ellipticCurve",
    "expressionDetails",
    "familyId",
    "fingerprint",
    "isExternal",
    "keyLength",
    "patentAssertions",
    "patentFamily",
    "patentNumber",
    "patentRefs",
    "patents",
    "relatedCryptographicAssets",
    "revocationDate",
    "tlp",
    "tlsGroups",
    "tlsSignatureSchemes",
    "versionRange",
    "priorityApplication",
];

/// Per key of an entry the values that 1.7 brought.
const NEW_VALUES: [(&str, &[&str]); 4] = [
    ("alg", &["Streebog-256", "Streebog-512"]),
    ("primitive", &["key-wrap"]),
    ("type", &["citation", "patent", "patent-assertion", "patent-family"]),
    ("type", &["5g-aka", "dtls", "eap-aka", "eap-aka-prime", "prins", "quic"]),
];

impl SpecVersion {
    /// All versions that are read.
    pub const ALL: [SpecVersion; 2] = [SpecVersion::V1_6, SpecVersion::V1_7];

    /// The version as documents write it.
    pub const fn number(self) -> &'static str {
        match self {
            SpecVersion::V1_6 => "1.6",
            SpecVersion::V1_7 => "1.7",
        }
    }

    /// The address of its schema, which is a name; nothing is fetched.
    pub const fn schema(self) -> &'static str {
        match self {
            SpecVersion::V1_6 => "http://cyclonedx.org/schema/bom-1.6.schema.json",
            SpecVersion::V1_7 => "http://cyclonedx.org/schema/bom-1.7.schema.json",
        }
    }

    /// The version of a document, if it is one that is read.
    pub(super) fn of(document: &Value) -> Option<SpecVersion> {
        let number = document.get("specVersion")?.as_str()?;
        SpecVersion::ALL.into_iter().find(|version| version.number() == number)
    }
}

impl Bill {
    /// The same bill as a document of CycloneDX 1.6.
    ///
    /// # Errors
    /// Names the first thing that 1.6 does not know; nothing is ever dropped.
    pub fn as_1_6(&self) -> Result<Bill, BillError> {
        let mut bill = self.clone();
        if self.spec_version() == SpecVersion::V1_6 {
            return Ok(bill);
        }
        refuse_newer(&self.document, &mut Path::default())?;
        bill.document["specVersion"] = SpecVersion::V1_6.number().into();
        if bill.document.get("$schema").is_some() {
            bill.document["$schema"] = SpecVersion::V1_6.schema().into();
        }
        Ok(bill)
    }
}

/// Whether 1.6 does not know a key where it stands.
fn is_new_key(key: &str, value: &Value, path: &Path) -> bool {
    let holds = |is_wanted: fn(&Value) -> bool| value.as_array().is_some_and(|items| items.iter().any(is_wanted));
    match (path.container(), key) {
        (Some("externalReferences"), "properties") | (Some("licenses"), "properties" | "licensing") => true,
        (Some("certificateProperties"), "serialNumber" | "creationDate" | "activationDate") => true,
        // References to algorithms became objects.
        (Some("ikev2TransformTypes"), _) => holds(Value::is_object),
        // An expression stood alone.
        (_, "licenses") => {
            value.as_array().is_some_and(|items| items.len() > 1) && holds(|item| item.get("expression").is_some())
        }
        (Some(_) | None, key) => NEW_KEYS.contains(&key),
    }
}

fn refuse_newer(value: &Value, path: &mut Path) -> Result<(), BillError> {
    let refuse = |path: &Path| {
        let message = "CycloneDX 1.6 does not know this; write the bill in the 1.7 in which it came, or take it out";
        Err(BillError::at(path, message))
    };
    match value {
        Value::Object(object) => object.iter().try_for_each(|(key, value)| {
            path.key(key, |path| {
                let is_new_value = |(of, values): &(&str, &[&str])| {
                    of == key && value.as_str().is_some_and(|value| values.contains(&value))
                };
                if is_new_key(key, value, path) || NEW_VALUES.iter().any(is_new_value) {
                    return refuse(path);
                }
                refuse_newer(value, path)
            })
        }),
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, item)| path.item(index, |path| refuse_newer(item, path)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}
