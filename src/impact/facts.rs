//! The facts of a system on which an approval rests. They are kept with it, so that a later difference shows.

use crate::{
    bom::components_fact,
    model::{
        evidence::short_hash,
        impact::{PromptReply, sign_off::SignedFact},
        system::System,
    },
};

/// A fact longer than this is kept by its beginning and a mark of the whole, in characters.
const LONGEST: usize = 200;
/// What separates the parts of a fact that has several.
pub const SEPARATOR: &str = "; ";

/// A fact about a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// What it is for.
    Purpose,
    /// Its version.
    Version,
    /// Its intended uses.
    Uses,
    /// Which decision follows from it.
    Decision,
    /// How much is automated.
    Automation,
    /// What kind of data it holds.
    Data,
    /// Who supplies it or parts of it.
    Suppliers,
    /// Where it is used.
    Places,
    /// Who is affected.
    Affected,
    /// What it is made of, by its bill of materials.
    Components,
}

impl Fact {
    /// All facts, in the order in which they are kept.
    pub const ALL: [Fact; 10] = [
        Fact::Purpose,
        Fact::Version,
        Fact::Uses,
        Fact::Decision,
        Fact::Automation,
        Fact::Data,
        Fact::Suppliers,
        Fact::Places,
        Fact::Affected,
        Fact::Components,
    ];

    /// The fact of that id.
    pub fn of_id(id: &str) -> Option<Fact> {
        Fact::ALL.into_iter().find(|fact| fact.id() == id)
    }

    /// Its id, by which a review trigger names it.
    pub const fn id(self) -> &'static str {
        match self {
            Fact::Purpose => "purpose",
            Fact::Version => "version",
            Fact::Uses => "uses",
            Fact::Decision => "decision",
            Fact::Automation => "automation",
            Fact::Data => "data",
            Fact::Suppliers => "suppliers",
            Fact::Places => "places",
            Fact::Affected => "affected",
            Fact::Components => "components",
        }
    }

    /// What it is, as the beginning of a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Fact::Purpose => "The purpose",
            Fact::Version => "The version",
            Fact::Uses => "What it is used for",
            Fact::Decision => "The kind of decision",
            Fact::Automation => "The degree of automation",
            Fact::Data => "The kind of data",
            Fact::Suppliers => "Who supplies it",
            Fact::Places => "Where it is used",
            Fact::Affected => "Who is affected",
            Fact::Components => "What it is made of",
        }
    }

    /// The prompt of the form that holds it; nothing where the register does.
    pub const fn prompt(self) -> Option<&'static str> {
        match self {
            Fact::Uses => Some("IA-05-Q01"),
            Fact::Decision => Some("IA-05-Q04"),
            Fact::Automation => Some("IA-05-Q05"),
            Fact::Data => Some("IA-07-Q03"),
            Fact::Places => Some("IA-09-Q01"),
            Fact::Purpose | Fact::Version | Fact::Suppliers | Fact::Affected | Fact::Components => None,
        }
    }

    /// What is true of it now; empty for nothing.
    fn value(self, system: &System) -> String {
        match self {
            Fact::Purpose => short(&system.purpose),
            Fact::Version => short(&system.version),
            Fact::Suppliers => short(&in_order(&system.suppliers)),
            Fact::Affected => short(&in_order(&system.affected)),
            Fact::Components => short(&components_fact(&system.bill)),
            Fact::Uses | Fact::Decision | Fact::Automation | Fact::Data | Fact::Places => {
                let reply = self.prompt().and_then(|prompt| system.impact.answer(prompt));
                reply.map_or(String::new(), |reply| short(&words(reply)))
            }
        }
    }
}

/// The facts of a system today.
pub fn facts(system: &System) -> Vec<SignedFact> {
    Fact::ALL.map(|fact| SignedFact { fact: fact.id().to_owned(), value: fact.value(system) }).to_vec()
}

fn words(reply: &PromptReply) -> String {
    match reply {
        PromptReply::Unknown => "unknown".to_owned(),
        PromptReply::Text(text) => text.clone(),
        PromptReply::List(entries) => in_order(entries),
        PromptReply::Choice(picks) => in_order(picks),
        PromptReply::Date(day) => day.to_string(),
        PromptReply::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
    }
}

/// Entries in one order, whatever order they were entered in.
fn in_order(entries: &[String]) -> String {
    let mut entries: Vec<&str> = entries.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty()).collect();
    entries.sort_unstable();
    entries.join(SEPARATOR)
}

/// One line of bearable length that differs where the text differs in more than its spaces.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let beginning: String = line.chars().take(LONGEST).collect();
    format!("{}... #{}", beginning.trim_end(), short_hash(&[&line]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_changes_with_its_meaning_and_not_with_order_or_spaces() {
        let with = |suppliers: &[&str], purpose: &str| {
            let suppliers = suppliers.iter().map(|&name| name.to_owned()).collect();
            facts(&System { suppliers, purpose: purpose.to_owned(), ..System::named("bot", "Bot") })
        };
        let values = |facts: Vec<SignedFact>| facts.into_iter().map(|fact| fact.value).collect::<Vec<_>>();
        let expected = ["answers mail", "", "", "", "", "", "Acme; Zed", "", "", ""];
        assert_eq!(values(with(&["Zed", "Acme"], "answers\n  mail ")), expected);
        assert_eq!(values(with(&["Acme", " Zed", ""], "answers mail")), expected);
        let long = |end: &str| with(&[], &format!("{}{end}", "word ".repeat(100))).remove(0).value;
        assert_ne!(long("one"), long("two"), "a difference far behind shows");
        assert!(long("one").chars().count() < LONGEST + 20);
        assert_eq!(facts(&System::default()).len(), Fact::ALL.len(), "what is not said is empty");
    }
}
