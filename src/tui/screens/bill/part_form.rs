//! The forms of a bill: a new part, and what is said of one. Only fields that were changed here are written.

use crate::{
    bom::{Bill, Part, PartField, PartKind},
    clean_text::clean_line,
    model::edit::Change,
    tui::{
        screens::{
            bill::changed,
            form::{
                Form, Sheet,
                field::{Choice, Field, Values},
            },
        },
        session::Session,
    },
};

/// The names of the fields of a new part.
const KIND: &str = "Kind";
const NAME: &str = "Name";

/// What kind of part is added, and its name.
#[derive(Debug)]
pub(super) struct NewPart {
    system: String,
}

impl NewPart {
    /// The form, with a kind that is likely.
    pub(super) fn form(system: &str, kind: Option<PartKind>) -> Form {
        let choice =
            |kind: PartKind| Choice { detail: kind.hint().to_owned(), ..Choice::new(kind.name(), kind.name()) };
        let kinds = PartKind::NEW.map(choice).to_vec();
        let picked = kind.filter(|kind| PartKind::NEW.contains(kind)).unwrap_or(PartKind::Model).name();
        let fields = vec![
            Field::one(KIND, "Left and Right choose.", kinds, Some(picked)),
            Field::line(NAME, "What people call it.", ""),
        ];
        Form::new(NewPart { system: system.to_owned() }, fields)
    }
}

impl Sheet for NewPart {
    fn title(&self, _session: &Session) -> String {
        "New part".to_owned()
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let kind = PartKind::NEW.into_iter().find(|kind| values.picked(KIND) == Some(kind.name()));
        let name = values.text(NAME);
        match kind {
            None => Err(vec![(KIND, "Choose what it is.".to_owned())]),
            Some(_) if name.is_empty() => Err(vec![(NAME, "Give it a name.".to_owned())]),
            Some(kind) => Ok(changed(&self.system, session, |bill| drop(bill.add_part(kind, name)))),
        }
    }
}

/// What is said of one part.
#[derive(Debug)]
pub(super) struct PartSheet {
    system: String,
    part: Part,
    /// The fields as they stood on the form at first: what a line cannot show is not written back changed.
    first: Vec<Field>,
}

impl PartSheet {
    /// The form of a part.
    pub(super) fn form(system: &str, part: &Part) -> Form {
        let fields: Vec<Field> = part.kind().fields().iter().map(|field| form_field(part, *field)).collect();
        Form::new(PartSheet { system: system.to_owned(), part: part.clone(), first: fields.clone() }, fields)
    }

    /// The part as the form says.
    fn part(&self, values: &Values<'_>) -> Part {
        let first = Values::of(&self.first);
        let fields = self.part.kind().fields().iter();
        fields.fold(self.part.clone(), |part, field| {
            let label = field.label(part.kind());
            let written = |values: &Values<'_>| values.picked(label).unwrap_or(values.text(label)).to_owned();
            let now = written(values);
            if now == written(&first) { part } else { part.with(*field, &now) }
        })
    }
}

fn form_field(part: &Part, field: PartField) -> Field {
    let (label, value) = (field.label(part.kind()), part.text(field));
    match field.choices() {
        [] => Field::line(label, field.hint(), &clean_line(value)),
        choices => {
            let choices = choices.iter().map(|choice| Choice::new(*choice, choice.replace('-', " "))).collect();
            Field::one(label, field.hint(), choices, Some(value))
        }
    }
}

impl Sheet for PartSheet {
    fn title(&self, _session: &Session) -> String {
        let name = self.part.kind().name();
        let first = name.chars().next().map(|first| first.to_ascii_uppercase());
        format!("{}{}: {}", first.unwrap_or_default(), &name[1..], clean_line(self.part.name()))
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let after = self.part(values);
        let text = session.assessment().system(&self.system).map_or("", |system| &system.bill);
        let kind = self.part.kind();
        let problems = Bill::of(text).map(|bill| bill.problems(&self.part, &after)).unwrap_or_default();
        if !problems.is_empty() {
            return Err(problems.into_iter().map(|problem| (problem.field.label(kind), problem.message)).collect());
        }
        let mut refused = None;
        let change = changed(&self.system, session, |bill| refused = bill.set_part(&self.part, &after).err());
        match refused {
            Some(problem) => Err(vec![(problem.field.label(kind), problem.message)]),
            None => Ok(change),
        }
    }
}
