//! The canonical text of a save, made for git: sorted, one field per line, small records on one line each, and a last
//! line of its own under every block, so that changes to neighbours merge. The same assessment gives the same bytes.

mod systems;

use std::fmt::Display;

use serde::Serialize;

use crate::{
    clean_text::hidden::is_hidden,
    model::{
        action::ActionRecord,
        answer::Answer,
        assessment::Assessment,
        collision::Collision,
        evidence::Evidence,
        exclusion::Exclusion,
        inclusion::{Inclusion, OwnControl},
        profile::Profile,
        round::PastRound,
        statement::Statement,
    },
    ron_text,
    store::file::FileV1,
};

/// The first line of every save.
const HEADING: &str = "// A self-assessment, written by aimscope. Levels are 0 to 5, days YYYY-MM-DD; comments of your own are not kept.\n";

/// Prints an assessment as the text of a save.
pub fn print(assessment: &Assessment) -> String {
    let mut text = Layout { text: HEADING.to_owned(), depth: 0 };
    text.line("(");
    text.inside(|text| save(text, &FileV1::of(assessment.clone())));
    text.line(")");
    text.text
}

fn save(text: &mut Layout, file: &FileV1) {
    // Written out in full here and below: a new field does not compile until it is printed.
    let FileV1 {
        version,
        catalog,
        name,
        created,
        profile,
        targets,
        gateway,
        declared_absent,
        systems,
        criteria,
        evidence,
        answers,
        own_controls,
        statement,
        actions,
        collisions,
        rounds,
    } = file;
    text.value("version", version);
    text.value("catalog", catalog);
    text.value("name", name);
    text.value("created", created);
    if *profile != Profile::default() {
        text.record("profile", |text| profile_fields(text, profile));
    }
    text.lines("targets", targets);
    text.lines("gateway", gateway);
    text.list("declared_absent", declared_absent);
    text.blocks("systems", systems, systems::system, |system| format!("system {}", system.id));
    if !criteria.is_empty() {
        text.record("criteria", |text| systems::criteria(text, criteria));
    }
    text.blocks("evidence", evidence, evidence_item, |evidence| format!("evidence {}", evidence.id));
    text.blocks("answers", answers, answer, |answer| answer.requirement.to_string());
    text.blocks("own_controls", own_controls, own_control, |control| format!("own control {}", control.id));
    if !statement.is_empty() {
        text.record("statement", |text| statement_fields(text, statement));
    }
    text.blocks("actions", actions, action, |record| format!("action {}", record.action));
    text.blocks("collisions", collisions, collision, |collision| collision.place.to_string());
    text.blocks("rounds", rounds, round, |round| format!("round {}", round.on));
}

fn profile_fields(text: &mut Layout, profile: &Profile) {
    let Profile { organization, sector, size, roles, eu_exposure, scope, team, start_date, target_date, capacity } =
        profile;
    text.words("organization", organization);
    text.option("sector", sector);
    text.option("size", size);
    text.list("roles", roles);
    text.option("eu_exposure", eu_exposure);
    text.words("scope", scope);
    text.list("team", team);
    text.option("start_date", start_date);
    text.option("target_date", target_date);
    text.option("capacity", capacity);
}

fn evidence_item(text: &mut Layout, evidence: &Evidence) {
    let Evidence { id, title, kind, location, date, valid_until, owner, serves } = evidence;
    text.value("id", id);
    text.value("title", title);
    text.value("kind", kind);
    text.words("location", location);
    text.option("date", date);
    text.option("valid_until", valid_until);
    text.words("owner", owner);
    text.list("serves", serves);
}

fn answer(text: &mut Layout, answer: &Answer) {
    let Answer {
        requirement,
        level,
        disputed_levels,
        by_proposal,
        checks,
        exclusion,
        inclusion,
        owner,
        note,
        flagged,
        to_confirm,
        changed,
        history,
    } = answer;
    text.value("requirement", requirement);
    text.option("level", level);
    text.list("disputed_levels", disputed_levels);
    text.flag("by_proposal", *by_proposal);
    text.lines("checks", checks);
    if let Some(exclusion) = exclusion {
        text.record("exclusion", |text| exclusion_fields(text, exclusion));
    }
    if !inclusion.is_empty() {
        text.record("inclusion", |text| inclusion_fields(text, inclusion));
    }
    text.words("owner", owner);
    text.words("note", note);
    text.flag("flagged", *flagged);
    text.flag("to_confirm", *to_confirm);
    text.option("changed", changed);
    text.lines("history", history);
}

fn exclusion_fields(text: &mut Layout, exclusion: &Exclusion) {
    let Exclusion { basis, reason, reference, override_note, roles, systems, disputed, others } = exclusion;
    text.option("basis", basis);
    text.value("reason", reason);
    text.words("reference", reference);
    text.words("override_note", override_note);
    text.list("roles", roles);
    text.list("systems", systems);
    text.flag("disputed", *disputed);
    text.lines("others", others);
}

fn inclusion_fields(text: &mut Layout, inclusion: &Inclusion) {
    let Inclusion { reason, drivers, reference, all_systems, systems, implementation } = inclusion;
    text.words("reason", reason);
    text.list("drivers", drivers);
    text.words("reference", reference);
    text.flag("all_systems", *all_systems);
    text.list("systems", systems);
    text.words("implementation", implementation);
}

fn own_control(text: &mut Layout, control: &OwnControl) {
    let OwnControl { id, title, inclusion, owner, evidence } = control;
    text.value("id", id);
    text.value("title", title);
    if !inclusion.is_empty() {
        text.record("inclusion", |text| inclusion_fields(text, inclusion));
    }
    text.words("owner", owner);
    text.list("evidence", evidence);
}

fn statement_fields(text: &mut Layout, statement: &Statement) {
    let Statement { version, approved_by, approved_on, decisions } = statement;
    text.words("version", version);
    text.words("approved_by", approved_by);
    text.option("approved_on", approved_on);
    text.words("decisions", decisions);
}

fn action(text: &mut Layout, record: &ActionRecord) {
    let ActionRecord { action, status, reason, owner, due } = record;
    text.value("action", action);
    text.value("status", status);
    text.words("reason", reason);
    text.words("owner", owner);
    text.option("due", due);
}

fn collision(text: &mut Layout, collision: &Collision) {
    let Collision { place, stated } = collision;
    text.value("place", place);
    text.lines("stated", stated);
}

fn round(text: &mut Layout, round: &PastRound) {
    let PastRound { on, name, catalog, management_system, controls, categories } = round;
    text.value("on", on);
    text.value("name", name);
    text.value("catalog", catalog);
    text.value("management_system", management_system);
    text.value("controls", controls);
    text.lines("categories", categories);
}

/// A text under construction, and how deep the next line is indented.
struct Layout {
    text: String,
    depth: usize,
}

impl Layout {
    fn line(&mut self, line: impl Display) {
        self.text.push_str(&"    ".repeat(self.depth));
        self.text.push_str(&line.to_string());
        self.text.push('\n');
    }

    fn inside(&mut self, write: impl FnOnce(&mut Layout)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    /// A field that is always there.
    fn value(&mut self, name: &str, value: &impl Serialize) {
        self.line(format_args!("{name}: {},", ron_text::print(value, 0)));
    }

    /// A text; left out when empty.
    fn words(&mut self, name: &str, words: &String) {
        if !words.is_empty() {
            self.value(name, words);
        }
    }

    /// A yes or no; left out when no.
    fn flag(&mut self, name: &str, is_set: bool) {
        if is_set {
            self.value(name, &true);
        }
    }

    /// A value that may be missing.
    fn option(&mut self, name: &str, value: &Option<impl Serialize>) {
        if let Some(value) = value {
            self.value(name, value);
        }
    }

    /// A list on one line; left out when empty.
    fn list<T: Serialize>(&mut self, name: &str, items: &[T]) {
        if !items.is_empty() {
            self.value(name, &items);
        }
    }

    /// A list with one line per entry; left out when empty.
    fn lines<T: Serialize>(&mut self, name: &str, items: &[T]) {
        if !items.is_empty() {
            self.line(format_args!("{name}: ["));
            self.inside(|text| items.iter().for_each(|item| text.line(format_args!("{},", ron_text::print(item, 0)))));
            self.line("],");
        }
    }

    /// A record with one line per field.
    fn record(&mut self, name: &str, fields: impl FnOnce(&mut Layout)) {
        self.line(format_args!("{name}: ("));
        self.inside(fields);
        self.line("),");
    }

    /// A list of records with one line per field; the last line of each names it. Left out when empty.
    fn blocks<T>(&mut self, name: &str, items: &[T], fields: fn(&mut Layout, &T), label: fn(&T) -> String) {
        if items.is_empty() {
            return;
        }
        self.line(format_args!("{name}: ["));
        self.inside(|text| {
            for item in items {
                text.line("(");
                text.inside(|text| fields(text, item));
                // A line break in the label would end the comment.
                text.line(format_args!("), // {}", label(item).replace(|c| c == '\n' || is_hidden(c), " ")));
            }
        });
        self.line("],");
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::{content::builtin, model::arbitrary};

    fn reread(text: &str) -> Assessment {
        FileV1::parse(Path::new("test.ron"), text).unwrap_or_else(|problem| panic!("{problem}")).into_assessment()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_printed_is_read_back_and_printed_the_same(assessment in arbitrary::assessment(&builtin::catalog())) {
            let text = print(&assessment);
            let again = reread(&text);
            prop_assert_eq!(&again, &assessment);
            prop_assert_eq!(print(&again), text);
        }
    }

    /// The frozen save of version 1, with something in every list.
    const VERSION_1: &str = include_str!("../../tests/fixtures/save_v1.ron");

    #[test]
    fn a_save_reads_like_this() {
        assert_eq!(print(&reread(VERSION_1)), VERSION_1);
    }

    #[test]
    fn the_order_of_the_file_is_not_the_order_of_the_writing() {
        let written = r#"(version: 1, catalog: "1", name: "Acme", created: "2026-01-01",
            answers: [
                (requirement: "A.10.2", flagged: true), (requirement: "A.2.3"), (requirement: "A.2.2", checks: [
                    (check: "b", answer: Yes), (check: "a", answer: No)]),
            ],
            actions: [(action: "b"), (action: "a")])"#;
        let printed = print(&reread(written));
        let order = ["(check: \"a\"", "(check: \"b\"", "), // A.2.2", "), // A.10.2", "action a", "action b"];
        let places: Vec<Option<usize>> = order.iter().map(|words| printed.find(words)).collect();
        assert!(places.is_sorted() && places[0].is_some(), "{printed}");
        assert!(!printed.contains("A.2.3"), "an answer that says nothing is not kept");
    }

    #[test]
    fn an_id_cannot_break_out_of_the_comment() {
        let mut assessment = Assessment::new("Acme", "1", chrono::NaiveDate::default());
        let id = "x\n), (\u{202e}y".to_owned();
        assessment.actions.push(ActionRecord {
            action: id.clone(),
            status: crate::model::action::ActionStatus::Done,
            reason: String::new(),
            owner: String::new(),
            due: None,
        });
        assert!(print(&assessment).contains("        ), // action x ), ( y\n"));
        assert_eq!(reread(&print(&assessment)), assessment);
    }
}
