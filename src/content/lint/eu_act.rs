//! The path through the EU AI Act: it leads forward and everywhere, and every id that it names is there.

use crate::{
    content::lint::{Linter, checks::is_question, outline::Spot},
    model::{
        decision_path::{ANY_CLASS, Branch, DecisionPath, Duty, PathOption, PathStep, ROLE_STEP},
        text::Text,
    },
};

/// More words of help do not fit beside question and options.
const LONGEST_HELP: usize = 60;

pub(super) fn check(linter: &mut Linter<'_>) {
    let path = &linter.catalog.eu_act;
    let root = linter.file("eu_ai_act.ron");
    let paragraphs = [
        ("acknowledgement", &path.acknowledgement),
        ("disclaimer", &path.disclaimer),
        ("date_note", &path.date_note),
        ("legacy", &path.legacy),
    ];
    linter.text(root.text("title", 0), "title", &path.title, 40);
    for (field, text) in paragraphs {
        linter.text(root.text(field, 0), "text", text, 300);
    }
    check_ids(linter, path, root);
    for (index, (step, record)) in path.steps.iter().zip(root.records("steps")).enumerate() {
        check_step(linter, path, index, step, record);
    }
    check_classes(linter, path, root);
    for (duty, record) in path.duties.iter().zip(root.records("duties")) {
        check_duty(linter, path, duty, record);
    }
    check_fria(linter, path, root.record("fria", 0));
}

/// Duties, dates and conditions name steps and options alike, so no two of them share an id.
fn check_ids<'a>(linter: &mut Linter<'a>, path: &DecisionPath, root: Spot<'a>) {
    let mut names: Vec<(&str, Spot<'_>)> = Vec::new();
    for (step, record) in path.steps.iter().zip(root.records("steps")) {
        names.push((&step.id, record.text("id", 0)));
        let options = step.options.iter().zip(record.records("options"));
        names.extend(options.map(|(option, record)| (option.id.as_str(), record.text("id", 0))));
    }
    linter.unique("step or option", names);
    let classes = path.classes.iter().zip(root.records("classes"));
    linter.unique("class", classes.map(|(class, record)| (class.id.as_str(), record.text("id", 0))));
    let duties = path.duties.iter().zip(root.records("duties"));
    linter.unique("duty", duties.map(|(duty, record)| (duty.id.as_str(), record.text("id", 0))));
}

fn check_step(linter: &mut Linter<'_>, path: &DecisionPath, index: usize, step: &PathStep, record: Spot<'_>) {
    linter.slug(record.text("id", 0), &step.id);
    linter.text(record.text("question", 0), "question", &step.question, 140);
    if !is_question(&step.question) {
        linter.report(record.text("question", 0), "this is no question; end it with a question mark");
    }
    if step.refs.is_empty() {
        linter.report(record.field("refs"), "a step without an article cannot be looked up; name one");
    }
    let words = step.help.split_whitespace().count();
    if words > LONGEST_HELP {
        linter.report(record.text("help", 0), format!("the help has {words} words; at most {LONGEST_HELP} fit"));
    }
    for (option, record) in step.options.iter().zip(record.records("options")) {
        check_option(linter, path, option, record);
    }
    for (position, needed) in step.only_if.iter().enumerate() {
        let is_before = path.steps[..index].iter().any(|earlier| earlier.option(needed).is_some());
        if !is_before && path.class(needed).is_none() {
            let message = format!("`{needed}` is neither a class nor an option of a step before this one");
            linter.report(record.text("only_if", position), message);
        }
    }
    let unknown = step.unknown.as_slice();
    let is_later = |id: &Text| path.steps[index + 1..].iter().any(|later| later.id == *id);
    resolves(linter, record, "unknown", "later step", unknown, is_later);
    check_branch(linter, path, index, &step.yes, record.record("yes", 0));
    check_branch(linter, path, index, &step.no, record.record("no", 0));
    let leads_here = |branch: &Branch| branch.goto.as_ref() == Some(&step.id);
    if index > 0 && !path.steps.iter().any(|other| leads_here(&other.yes) || leads_here(&other.no)) {
        linter.report(record.text("id", 0), format!("no answer leads to the step `{}`", step.id));
    }
}

fn check_option(linter: &mut Linter<'_>, path: &DecisionPath, option: &PathOption, record: Spot<'_>) {
    linter.text(record.text("name", 0), "name", &option.name, 120);
    for (field, text, longest) in [("area", &option.area, 60), ("note", &option.note, 140)] {
        if !text.is_empty() {
            linter.text(record.text(field, 0), field, text, longest);
        }
    }
    for (index, id) in option.duties.iter().enumerate() {
        let spot = record.text("duties", index);
        match path.duties.iter().find(|duty| duty.id == *id) {
            None => linter.report(spot, format!("there is no duty {id}")),
            Some(duty) if !duty.by_option => {
                linter.report(spot, format!("{id} binds without an option; give it by_option: true"));
            }
            Some(_) => {}
        }
    }
}

/// What follows from an answer leads forward, to what is there.
fn check_branch(linter: &mut Linter<'_>, path: &DecisionPath, index: usize, branch: &Branch, record: Spot<'_>) {
    if let Some(goto) = &branch.goto {
        match path.steps.iter().position(|step| step.id == *goto) {
            None => linter.report(record.text("goto", 0), format!("there is no step `{goto}`")),
            Some(next) if next <= index => {
                linter.report(record.text("goto", 0), format!("`{goto}` stands before; a path leads forward only"));
            }
            Some(_) => {}
        }
    }
    resolves(linter, record, "adds", "class", &branch.adds, |id| path.class(id).is_some());
    resolves(linter, record, "by", "step so far", &branch.by, |id| {
        path.steps[..=index].iter().any(|step| step.id == *id)
    });
    resolves(linter, record, "roles", "role", &branch.roles, |id| is_role(path, id));
}

fn check_classes(linter: &mut Linter<'_>, path: &DecisionPath, root: Spot<'_>) {
    for (class, record) in path.classes.iter().zip(root.records("classes")) {
        linter.slug(record.text("id", 0), &class.id);
        linter.text(record.text("name", 0), "name", &class.name, 60);
        linter.text(record.text("means", 0), "meaning", &class.means, 200);
        let branches = path.steps.iter().flat_map(|step| [&step.yes, &step.no]);
        let is_added = branches.into_iter().any(|branch| branch.adds.contains(&class.id));
        if is_added == class.otherwise {
            let message = if is_added {
                format!("`{}` is added by a step, so it is not the class of the others", class.id)
            } else {
                format!("no answer leads to the class `{}`", class.id)
            };
            linter.report(record.text("id", 0), message);
        }
    }
    let others = path.classes.iter().filter(|class| class.otherwise).count();
    if others != 1 {
        linter.report(root.field("classes"), format!("one class is that of all others, not {others}"));
    }
}

fn check_duty(linter: &mut Linter<'_>, path: &DecisionPath, duty: &Duty, record: Spot<'_>) {
    linter.text(record.text("title", 0), "title", &duty.title, 60);
    linter.text(record.text("summary", 0), "summary", &duty.summary, 320);
    if !duty.change.is_empty() {
        linter.text(record.text("change", 0), "change", &duty.change, 200);
    }
    let is_class = |id: &Text| *id == ANY_CLASS || path.class(id).is_some();
    resolves(linter, record, "roles", "role", &duty.roles, |id| is_role(path, id));
    resolves(linter, record, "classes", "class", &duty.classes, is_class);
    for (also, record) in duty.also.iter().zip(record.records("also")) {
        resolves(linter, record, "class", "class", std::slice::from_ref(&also.class), is_class);
        resolves(linter, record, "roles", "role", &also.roles, |id| is_role(path, id));
    }
    let is_option = |id: &Text| path.step_of_option(id).is_some();
    for (only, record) in duty.only_with.iter().zip(record.records("only_with")) {
        resolves(linter, record, "roles", "role", &only.roles, |id| is_role(path, id));
        resolves(linter, record, "options", "option", &only.options, is_option);
    }
    resolves(linter, record, "except", "option", &duty.except, is_option);
    if duty.dates.is_empty() {
        linter.report(record.field("dates"), "a duty without a date; write from when it applies");
    }
    for (date, record) in duty.dates.iter().zip(record.records("dates")) {
        linter.text(record.text("scope", 0), "scope", &date.scope, 80);
        resolves(linter, record, "needs", "step or option", &date.needs, |id| path.step(id).is_some() || is_option(id));
        if date.was == Some(date.day) {
            linter.report(record.field("was"), format!("{} was not moved; leave out `was`", date.day));
        }
    }
    let names = |option: &PathOption| option.duties.contains(&duty.id);
    if duty.by_option && !path.steps.iter().flat_map(|step| &step.options).any(names) {
        linter.report(record.text("id", 0), format!("{} needs an option, and none names it", duty.id));
    }
}

/// The law's own impact assessment, and the sections of the form that answer it.
fn check_fria(linter: &mut Linter<'_>, path: &DecisionPath, record: Spot<'_>) {
    let rule = &path.fria;
    for (field, text) in
        [("when", &rule.when), ("data_protection", &rule.data_protection), ("difference", &rule.difference)]
    {
        linter.text(record.text(field, 0), "text", text, 320);
    }
    let one = std::slice::from_ref;
    resolves(linter, record, "class", "class", one(&rule.class), |id| path.class(id).is_some());
    resolves(linter, record, "role", "role", one(&rule.role), |id| is_role(path, id));
    resolves(linter, record, "step", "step", one(&rule.step), |id| path.step(id).is_some());
    let is_option = |id: &Text| path.step_of_option(id).is_some();
    resolves(linter, record, "except", "option", &rule.except, is_option);
    resolves(linter, record, "always", "option", &rule.always, is_option);
    let sections = &linter.catalog.impact.sections;
    for (element, record) in rule.elements.iter().zip(record.records("elements")) {
        linter.text(record.text("name", 0), "name", &element.name, 120);
        if !sections.iter().any(|section| section.fria.contains(&element.id)) {
            linter.report(record.text("id", 0), format!("no section of the form answers {}", element.id));
        }
    }
    let records = linter.file("impact_assessment.ron").records("sections");
    for (section, record) in sections.iter().zip(records) {
        let is_element = |id: &Text| rule.elements.iter().any(|element| element.id == *id);
        resolves(linter, record, "fria", "element of Article 27", &section.fria, is_element);
    }
}

fn is_role(path: &DecisionPath, id: &Text) -> bool {
    path.step(ROLE_STEP).is_some_and(|step| step.option(id).is_some())
}

/// Reports every id of a field that leads nowhere.
fn resolves(
    linter: &mut Linter<'_>,
    record: Spot<'_>,
    field: &str,
    what: &str,
    ids: &[Text],
    is_there: impl Fn(&Text) -> bool,
) {
    for (index, id) in ids.iter().enumerate().filter(|(_, id)| !is_there(id)) {
        linter.report(record.text(field, index), format!("there is no {what} `{id}`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    const FILE: &str = "eu_ai_act.ron";

    #[track_caller]
    fn case(way: &[&str], line: &str, messages: &[&str]) {
        Desk::new().line(FILE, way, line).expect(messages);
    }

    #[test]
    fn a_path_leads_forward_to_what_is_there() {
        let way = ["id: \"annex-i-b\"", "no:"];
        case(&way, "no: (goto: ¶\"nowhere\"),", &["there is no step `nowhere`"]);
        case(&way, "no: (goto: ¶\"scope\"),", &["`scope` stands before; a path leads forward only"]);
        let way_of_unknown = ["id: \"annex-i\"", "unknown:"];
        case(&way_of_unknown, "unknown: ¶\"scope\",", &["there is no later step `scope`"]);
        case(&way, "no: (adds: [¶\"grave\"], goto: \"annex-iii\"),", &["there is no class `grave`"]);
        let by = "no: (by: [¶\"fria\"], roles: [¶\"owner\"], goto: \"annex-iii\"),";
        case(&way, by, &["there is no step so far `fria`", "there is no role `owner`"]);
        let only_if = "only_if: [¶\"nobody\", \"high-risk\"],";
        let message = "`nobody` is neither a class nor an option of a step before this one";
        case(&["id: \"fria\"", "only_if:"], only_if, &[message]);
    }

    #[test]
    fn every_step_and_class_is_reached() {
        let desk = Desk::new().line(FILE, &["id: \"gpai\"", "yes:"], "yes: (roles: [\"gpai-provider\"]),");
        let desk = desk.line(FILE, &["id: \"gpai-systemic\""], "id: ¶\"gpai-systemic\",");
        let desk = desk.line(FILE, &["(id: \"gpai\""], "(id: ¶\"gpai\", name: \"N\", means: \"M\"),");
        desk.expect(&["no answer leads to the step `gpai-systemic`", "no answer leads to the class `gpai`"]);
        let other = "(id: ¶\"minimal\", name: \"N\", means: \"M\"),";
        let desk = Desk::new().line(FILE, &["classes: ["], "¶classes: [");
        let one = "one class is that of all others, not 0";
        desk.line(FILE, &["(id: \"minimal\""], other).expect(&[one, "no answer leads to the class `minimal`"]);
        let added = "(id: ¶\"gpai\", name: \"N\", means: \"M\", otherwise: true),";
        let two = "one class is that of all others, not 2";
        let desk = Desk::new().line(FILE, &["classes: ["], "¶classes: [");
        let message = "`gpai` is added by a step, so it is not the class of the others";
        desk.line(FILE, &["(id: \"gpai\""], added).expect(&[two, message]);
    }

    #[test]
    fn ids_stand_once_and_texts_fit() {
        let message = "the step or option `scope` stands already at {}; each stands once";
        let desk = Desk::new().line(FILE, &["id: \"scope\""], "id: §\"scope\",");
        desk.line(FILE, &["(id: \"military\""], "(id: ¶\"scope\", name: \"n\", means_no: true),").expect(&[message]);
        let no_question = "this is no question; end it with a question mark";
        case(&["id: \"scope\"", "question:"], "question: ¶\"Say.\",", &[no_question]);
        let help = format!("help: ¶\"{}\",", "word ".repeat(61));
        case(&["id: \"scope\"", "help:"], &help, &["the help has 61 words; at most 60 fit"]);
        let refs = "a step without an article cannot be looked up; name one";
        case(&["id: \"scope\"", "refs:"], "¶refs: [],", &[refs]);
        let long = format!("(id: \"military\", name: \"n\", note: ¶\"{}\"),", "n".repeat(141));
        case(&["(id: \"military\""], &long, &["the note has 141 characters; at most 140 fit"]);
    }

    #[test]
    fn duties_name_roles_classes_steps_and_options_that_are_there() {
        let duty = |field: &'static str| ["id: \"AIA-4\"", field];
        case(&duty("roles:"), "roles: [\"provider\", ¶\"owner\"],", &["there is no role `owner`"]);
        case(&duty("classes:"), "classes: [¶\"all\"],", &["there is no class `all`"]);
        let way = duty("evidence:");
        let rest =
            "only_with: [(roles: [], options: [¶\"x\"])], except: [¶\"y\"], also: [(class: ¶\"z\", roles: [¶\"w\"])],";
        let option = |id: &str| format!("there is no option `{id}`");
        let messages =
            ["there is no class `z`".to_owned(), "there is no role `w`".to_owned(), option("x"), option("y")];
        let mut sorted: Vec<&str> = messages.iter().map(String::as_str).collect();
        sorted.rotate_left(2);
        case(&way, rest, &sorted);
        let dates = "(day: \"2026-08-02\", ¶was: \"2026-08-02\", scope: \"s\", needs: [¶\"x\"]),";
        let moved = "2026-08-02 was not moved; leave out `was`";
        case(&["id: \"AIA-4\"", "dates:", "(day"], dates, &[moved, "there is no step or option `x`"]);
        let option = "(id: \"TS-1\", name: \"n\", duties: [\"AIA-50-1\", ¶\"AIA-4\", ¶\"AIA-0\"]),";
        let binds = "AIA-4 binds without an option; give it by_option: true";
        case(&["(id: \"TS-1\""], option, &[binds, "there is no duty AIA-0"]);
        let desk = Desk::new().line(FILE, &["(id: \"TS-3\""], "(id: \"TS-3\", name: \"n\"),");
        let unnamed = "AIA-50-3 needs an option, and none names it";
        desk.line(FILE, &["id: \"AIA-50-3\""], "id: ¶\"AIA-50-3\",").expect(&[unnamed]);
    }

    #[test]
    fn article_27_and_the_form_know_each_other() {
        let fria = |field: &'static str| ["fria: (", field];
        case(&fria("class:"), "class: ¶\"grave\",", &["there is no class `grave`"]);
        case(&fria("role:"), "role: ¶\"owner\",", &["there is no role `owner`"]);
        case(&fria("step:"), "step: ¶\"public\",", &["there is no step `public`"]);
        case(&fria("always:"), "always: [¶\"AIII-9\"],", &["there is no option `AIII-9`"]);
        let element = "(id: \"27(1)(a)\", name: \"n\"), (id: ¶\"27(9)\", name: \"n\"),";
        case(&["fria: (", "elements: [", "(id"], element, &["no section of the form answers 27(9)"]);
        let section = "fria: [\"27(1)(a)\", ¶\"27(9)\"],";
        let unknown = "there is no element of Article 27 `27(9)`";
        Desk::new().line("impact_assessment.ron", &["fria:"], section).expect(&[unknown]);
    }
}
