//! The form of the impact assessment: complete, short enough to be filled, and nothing in it that leads nowhere.
//!
//! The rating rules and the saves rely on its ids and counts, so they are checked here rather than where they are used.

use crate::{
    content::lint::{Linter, outline::Spot, standard},
    model::{
        impact::{
            form::{Dimension, Named, Prompt, PromptKind, ScaleText, Section, Tool, Trigger},
            harm::Scale,
        },
        level::ImpactLevel,
        reference::Reference,
    },
};

/// How many sections there are, `IA-01` to `IA-17`.
const SECTIONS: usize = 17;
/// How many prompts they have together.
const PROMPTS: usize = 108;
/// How many of them are the short form; scoring and texts elsewhere name this number.
const SHORT_PROMPTS: usize = 23;
/// How many dimensions there are.
const DIMENSIONS: usize = 15;
/// The scale of the benefits and its highest step; the scales of the harms know their own.
const BENEFIT_SCALE: (&str, u8) = ("SC-BENEFIT", 5);
/// The restricted use that stops an assessment.
const BANNED_USE: &str = "RU-01";
/// The facts that are kept with an approval and whose change can show a trigger.
const FACTS: [&str; 10] =
    ["purpose", "version", "uses", "decision", "automation", "data", "suppliers", "places", "affected", "components"];

/// The most characters of a title, a name to pick and an option.
const LONGEST_TITLE: usize = 60;
/// The most characters of a question.
const LONGEST_QUESTION: usize = 110;
/// The most characters of what is read once: a purpose, a hint, an anchor, an action.
const LONGEST_SENTENCE: usize = 200;
/// The most characters of an example that becomes a row.
const LONGEST_ROW: usize = 80;
/// The most characters of a question that names its examples.
const LONGEST_SCREENING: usize = 130;

pub(super) fn check(linter: &mut Linter<'_>) {
    check_sections(linter);
    check_dimensions(linter);
    check_names(linter, "groups", "affected group", &linter.catalog.impact.groups);
    check_names(linter, "causes", "cause", &linter.catalog.impact.causes);
    check_scales(linter);
    check_approvals(linter);
    check_sensitive_uses(linter);
    check_restricted_uses(linter);
    check_triggers(linter);
    check_tools(linter);
}

fn file<'a>(linter: &Linter<'a>) -> Spot<'a> {
    linter.file("impact_assessment.ron")
}

/// Reports the ids of a list that stand there twice, and returns the places of its entries.
fn entries<'a, 'n>(
    linter: &mut Linter<'a>,
    list: &str,
    what: &str,
    ids: impl IntoIterator<Item = &'n str>,
) -> Vec<Spot<'a>> {
    let records = file(linter).records(list);
    let places = records.iter().map(|record| record.text("id", 0));
    linter.unique(what, ids.into_iter().zip(places));
    records
}

/// Reports a number of entries that the program counts on and that is not there.
fn exactly(linter: &mut Linter<'_>, spot: Spot<'_>, what: &str, count: usize, expected: usize) {
    if count != expected {
        linter.report(spot, format!("there should be {expected} {what} here, not {count}"));
    }
}

fn check_sections(linter: &mut Linter<'_>) {
    let sections = &linter.catalog.impact.sections;
    let records = entries(linter, "sections", "section", sections.iter().map(|section| section.id.as_str()));
    let prompts: Vec<&Prompt> = sections.iter().flat_map(|section| &section.prompts).collect();
    let spot = file(linter).field("sections");
    exactly(linter, spot, "sections", sections.len(), SECTIONS);
    exactly(linter, spot, "prompts", prompts.len(), PROMPTS);
    let short = prompts.iter().filter(|prompt| prompt.short).count();
    exactly(linter, spot, "prompts of the short form", short, SHORT_PROMPTS);
    for (number, (section, record)) in (1..).zip(sections.iter().zip(records)) {
        check_number(linter, record, &section.id, &format!("IA-{number:02}"));
        check_section(linter, section, record);
    }
}

/// Reports an id that is not the next one; saves name prompts by these ids.
fn check_number(linter: &mut Linter<'_>, record: Spot<'_>, id: &str, expected: &str) {
    if id != expected {
        linter.report(record.text("id", 0), format!("`{id}` stands where {expected} belongs; saves rely on these ids"));
    }
}

fn check_section<'a>(linter: &mut Linter<'a>, section: &Section, record: Spot<'a>) {
    linter.text(record.text("title", 0), "title", &section.title, LONGEST_TITLE);
    linter.text(record.text("purpose", 0), "purpose", &section.purpose, LONGEST_SENTENCE);
    check_requirements(linter, record, &section.requirements);
    for (index, evidence) in section.evidence.iter().enumerate() {
        linter.text(record.text("evidence", index), "evidence", evidence, LONGEST_TITLE);
    }
    for (number, (prompt, spot)) in (1..).zip(section.prompts.iter().zip(record.records("prompts"))) {
        check_number(linter, spot, &prompt.id, &format!("{}-Q{number:02}", section.id));
        check_prompt(linter, prompt, spot);
    }
}

fn check_prompt<'a>(linter: &mut Linter<'a>, prompt: &Prompt, record: Spot<'a>) {
    linter.text(record.text("text", 0), "text", &prompt.text, LONGEST_QUESTION);
    if prompt.short && prompt.hint.trim().is_empty() {
        linter.report(record.field("hint"), "a prompt of the short form needs a hint; say what a useful answer is");
    } else if !prompt.hint.is_empty() {
        linter.text(record.text("hint", 0), "hint", &prompt.hint, LONGEST_SENTENCE);
    }
    match &prompt.kind {
        PromptKind::One(options) | PromptKind::Many(options) => check_options(linter, options, record.field("kind")),
        PromptKind::Text | PromptKind::List | PromptKind::Date | PromptKind::YesNo | PromptKind::Held(_) => {}
    }
}

fn check_options<'a>(linter: &mut Linter<'a>, options: &[Named], spot: Spot<'a>) {
    if options.len() < 2 {
        linter.report(spot, "a choice needs at least two options");
    }
    for (index, option) in options.iter().enumerate() {
        if options[..index].iter().any(|other| other.id == option.id) {
            linter.report(spot, format!("the option `{}` stands here twice; each stands once", option.id));
        }
        linter.slug(spot, &option.id);
        linter.text(spot, "option", &option.name, LONGEST_TITLE);
    }
}

/// Reports requirements that the standard does not have. Whether the set has all of them is checked elsewhere.
fn check_requirements<'a>(linter: &mut Linter<'a>, record: Spot<'a>, ids: &[Reference]) {
    let known = standard::requirements();
    for (index, id) in ids.iter().enumerate() {
        if !known.contains(id) {
            let message = format!("there is no requirement {id}; name one of the 70, such as 6.1.2 or A.6.2.4");
            linter.report(record.text("requirements", index), message);
        }
    }
}

fn check_dimensions(linter: &mut Linter<'_>) {
    let dimensions = &linter.catalog.impact.dimensions;
    let ids = dimensions.iter().map(|dimension| dimension.id.as_str());
    let records = entries(linter, "dimensions", "dimension", ids);
    let spot = file(linter).field("dimensions");
    exactly(linter, spot, "dimensions", dimensions.len(), DIMENSIONS);
    for (dimension, record) in dimensions.iter().zip(records) {
        check_dimension(linter, dimension, record);
    }
}

fn check_dimension<'a>(linter: &mut Linter<'a>, dimension: &Dimension, record: Spot<'a>) {
    linter.text(record.text("id", 0), "id", &dimension.id, LONGEST_TITLE);
    linter.text(record.text("name", 0), "name", &dimension.name, LONGEST_TITLE);
    linter.text(record.text("harm", 0), "question", &dimension.harm, LONGEST_QUESTION);
    linter.text(record.text("benefit", 0), "question", &dimension.benefit, LONGEST_QUESTION);
    linter.count(record.field("harms"), "examples of harms", dimension.harms.len(), 3..=4);
    exactly(linter, record.field("benefits"), "examples of benefits", dimension.benefits.len(), 2);
    for (list, examples) in [("harms", &dimension.harms), ("benefits", &dimension.benefits)] {
        for (index, example) in examples.iter().enumerate() {
            linter.text(record.text(list, index), "example", example, LONGEST_ROW);
        }
    }
}

fn check_names(linter: &mut Linter<'_>, list: &str, what: &str, named: &[Named]) {
    let records = entries(linter, list, what, named.iter().map(|named| named.id.as_str()));
    for (named, record) in named.iter().zip(records) {
        linter.text(record.text("id", 0), "id", &named.id, LONGEST_TITLE);
        linter.text(record.text("name", 0), "name", &named.name, LONGEST_TITLE);
    }
}

fn check_scales(linter: &mut Linter<'_>) {
    let scales = &linter.catalog.impact.scales;
    let records = entries(linter, "scales", "scale", scales.iter().map(|scale| scale.id.as_str()));
    let known: Vec<(&str, u8)> =
        Scale::ALL.into_iter().map(|scale| (scale.id(), scale.top())).chain([BENEFIT_SCALE]).collect();
    for (id, _) in &known {
        if scales.iter().all(|scale| scale.id != **id) {
            linter.report(file(linter).field("scales"), format!("the scale {id} is missing; the rules count on it"));
        }
    }
    for (scale, record) in scales.iter().zip(records) {
        match known.iter().find(|(id, _)| scale.id == **id) {
            Some((_, top)) => check_scale(linter, scale, record, *top),
            None => linter.report(record.text("id", 0), format!("no rule knows the scale {}", scale.id)),
        }
    }
}

fn check_scale<'a>(linter: &mut Linter<'a>, scale: &ScaleText, record: Spot<'a>, top: u8) {
    linter.text(record.text("title", 0), "title", &scale.title, LONGEST_TITLE);
    linter.text(record.text("note", 0), "note", &scale.note, LONGEST_SENTENCE);
    exactly(linter, record.field("steps"), "steps", scale.steps.len(), usize::from(top));
    let steps = record.records("steps");
    linter.unique("step", scale.steps.iter().map(|step| step.name.as_str()).zip(steps.clone()));
    for (step, spot) in scale.steps.iter().zip(steps) {
        linter.text(spot.text("name", 0), "name", &step.name, LONGEST_TITLE);
        linter.text(spot.text("anchor", 0), "anchor", &step.anchor, LONGEST_SENTENCE);
    }
}

fn check_approvals(linter: &mut Linter<'_>) {
    let approvals = &linter.catalog.impact.approvals;
    let spot = file(linter).field("approvals");
    if !approvals.iter().map(|approval| approval.level).eq(ImpactLevel::ALL) {
        linter.report(spot, "approvals stand in the order Low, Medium, High, VeryHigh, each once");
    }
    for (approval, record) in approvals.iter().zip(file(linter).records("approvals")) {
        linter.text(record.text("by", 0), "approver", &approval.by, LONGEST_TITLE);
        linter.text(record.text("then", 0), "text of then", &approval.then, LONGEST_SENTENCE);
    }
}

fn check_sensitive_uses(linter: &mut Linter<'_>) {
    let uses = &linter.catalog.impact.sensitive_uses;
    let records = entries(linter, "sensitive_uses", "sensitive use", uses.iter().map(|one| one.id.as_str()));
    for (sensitive, record) in uses.iter().zip(records) {
        linter.text(record.text("id", 0), "id", &sensitive.id, LONGEST_TITLE);
        linter.text(record.text("name", 0), "question", &sensitive.name, LONGEST_SCREENING);
        if !sensitive.name.ends_with('?') {
            linter.report(record.text("name", 0), "a sensitive use is asked; write a question for yes or no");
        }
        for (index, id) in sensitive.see.iter().enumerate() {
            if !is_in_the_act(linter, id) {
                linter.report(record.text("see", index), format!("eu_ai_act.ron has nothing to pick named {id}"));
            }
        }
    }
}

/// Whether the path through the EU AI Act has that entry, or the point of a list with entries: `AIII-4` of `AIII-4a`.
fn is_in_the_act(linter: &Linter<'_>, id: &str) -> bool {
    let mut options = linter.catalog.eu_act.steps.iter().flat_map(|step| &step.options);
    let goes_on = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '-');
    options.any(|option| option.id.strip_prefix(id).is_some_and(goes_on))
}

fn check_restricted_uses(linter: &mut Linter<'_>) {
    let uses = &linter.catalog.impact.restricted_uses;
    let records = entries(linter, "restricted_uses", "restricted use", uses.iter().map(|one| one.id.as_str()));
    if !uses.iter().any(|restricted| restricted.id == *BANNED_USE && restricted.banned) {
        let spot = file(linter).field("restricted_uses");
        linter.report(spot, format!("{BANNED_USE} stops an assessment; let it stand here with banned: true"));
    }
    for (restricted, record) in uses.iter().zip(records) {
        linter.text(record.text("id", 0), "id", &restricted.id, LONGEST_TITLE);
        linter.text(record.text("name", 0), "name", &restricted.name, LONGEST_TITLE);
        linter.text(record.text("action", 0), "action", &restricted.action, LONGEST_SENTENCE);
    }
}

fn check_triggers(linter: &mut Linter<'_>) {
    let triggers = &linter.catalog.impact.triggers;
    let records = entries(linter, "triggers", "trigger", triggers.iter().map(|trigger| trigger.id.as_str()));
    for (trigger, record) in triggers.iter().zip(records) {
        check_trigger(linter, trigger, record);
    }
}

fn check_trigger<'a>(linter: &mut Linter<'a>, trigger: &Trigger, record: Spot<'a>) {
    linter.text(record.text("id", 0), "id", &trigger.id, LONGEST_TITLE);
    linter.text(record.text("name", 0), "name", &trigger.name, LONGEST_QUESTION);
    check_requirements(linter, record, &trigger.requirements);
    for (index, fact) in trigger.facts.iter().enumerate() {
        if !FACTS.contains(&fact.as_str()) {
            let known = FACTS.join(", ");
            linter.report(record.text("facts", index), format!("no fact `{fact}` is kept; name one of {known}"));
        }
    }
}

fn check_tools(linter: &mut Linter<'_>) {
    let tools = &linter.catalog.impact.tools;
    let records = entries(linter, "tools", "tool", tools.iter().map(|tool| tool.id.as_str()));
    for (tool, record) in tools.iter().zip(records) {
        check_tool(linter, tool, record);
    }
}

fn check_tool<'a>(linter: &mut Linter<'a>, tool: &Tool, record: Spot<'a>) {
    linter.slug(record.text("id", 0), &tool.id);
    linter.text(record.text("name", 0), "name", &tool.name, LONGEST_TITLE);
    linter.text(record.text("purpose", 0), "purpose", &tool.purpose, LONGEST_QUESTION);
    let form = &linter.catalog.impact;
    for (index, id) in tool.affected.iter().enumerate() {
        if form.groups.iter().all(|group| group.id != *id) {
            linter
                .report(record.text("affected", index), format!("there is no affected group {id}; name one of groups"));
        }
    }
    for (index, id) in tool.ask.iter().enumerate() {
        if form.sensitive_uses.iter().all(|sensitive| sensitive.id != *id) {
            let message = format!("there is no sensitive use {id}; name one of sensitive_uses");
            linter.report(record.text("ask", index), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    const FORM: &str = "impact_assessment.ron";

    /// Changes a line of the form and asserts that the marked problems are all that is found.
    #[track_caller]
    fn case(way: &[&str], new: &str, messages: &[&str]) {
        Desk::new().line(FORM, way, new).expect(messages);
    }

    /// Gives the first choice of the form other options; an empty message stands for no problem.
    #[track_caller]
    fn case_options(options: &str, message: &str) {
        let text = Desk::new().text(FORM);
        let (before, rest) = text.split_once("kind: One([").expect("the form has a choice");
        let (_, after) = rest.split_once("]),").expect("its list is closed");
        let messages: Vec<&str> = [message].into_iter().filter(|message| !message.is_empty()).collect();
        let mark = "¶".repeat(messages.len());
        Desk::new().write(FORM, &format!("{before}{mark}kind: One([{options}]),{after}")).expect(&messages);
    }

    fn too_long(what: &str, length: usize, most: usize) -> String {
        format!("the {what} has {length} characters; at most {most} fit")
    }

    #[test]
    fn sections_and_prompts_keep_their_ids() {
        let message = "`IA-18` stands where IA-03 belongs; saves rely on these ids";
        let desk = Desk::new().line(FORM, &["id: \"IA-03\""], "id: ¶\"IA-18\",");
        desk.expect_among(&[message]);
        let message = "`IA-03-Q1` stands where IA-03-Q01 belongs; saves rely on these ids";
        case(&["id: \"IA-03-Q01\""], "id: ¶\"IA-03-Q1\",", &[message]);
        let again = "the section `IA-02` stands already at {}; each stands once";
        let desk = Desk::new().line(FORM, &["id: \"IA-02\""], "id: §\"IA-02\",");
        desk.line(FORM, &["id: \"IA-03\""], "id: ¶\"IA-02\",").expect_among(&[again]);
    }

    #[test]
    fn the_form_has_all_its_sections_and_prompts() {
        let desk = Desk::new().list(FORM, &["id: \"IA-17\"", "prompts: ["], "prompts: [],");
        desk.line(FORM, &["sections: ["], "¶sections: [").expect(&["there should be 108 prompts here, not 104"]);
        let desk = Desk::new().list(FORM, &["sections: ["], "¶¶¶sections: [],");
        desk.expect_among(&[
            "there should be 108 prompts here, not 0",
            "there should be 17 sections here, not 0",
            "there should be 23 prompts of the short form here, not 0",
        ]);
        let desk = Desk::new().line(FORM, &["sections: ["], "¶sections: [");
        let desk = desk.line(FORM, &["id: \"IA-01-Q01\"", "short:"], "short: false,");
        desk.expect(&["there should be 23 prompts of the short form here, not 22"]);
    }

    #[test]
    fn a_prompt_is_short_and_that_of_the_short_form_has_a_hint() {
        let way = ["id: \"IA-01-Q01\"", "text:"];
        case(&way, "text: ¶\" \",", &["the text is empty; write it"]);
        case(&way, &format!("text: \"{}\",", "x".repeat(110)), &[]);
        case(&way, &format!("text: ¶\"{}\",", "x".repeat(111)), &[&too_long("text", 111, 110)]);
        let way = ["id: \"IA-01-Q01\"", "hint:"];
        let message = "a prompt of the short form needs a hint; say what a useful answer is";
        case(&way, "¶hint: \"\",", &[message]);
        case(&way, &format!("hint: ¶\"{}\",", "x".repeat(201)), &[&too_long("hint", 201, 200)]);
        case(&["id: \"IA-01-Q02\"", "hint:"], "", &[]);
        case(&["id: \"IA-01-Q02\"", "hint:"], "hint: ¶\" \",", &["the hint is empty; write it"]);
    }

    #[test]
    fn a_choice_has_options_that_differ() {
        case_options(r#"(id: "a", name: "A"), (id: "b", name: "B")"#, "");
        case_options(r#"(id: "a", name: "A")"#, "a choice needs at least two options");
        case_options(r#"(id: "a", name: "A"), (id: "b", name: "")"#, "the option is empty; write it");
        let message = "the option `a` stands here twice; each stands once";
        case_options(r#"(id: "a", name: "A"), (id: "a", name: "B")"#, message);
        let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
        let message = format!("`B` is not a short name; {shape}");
        case_options(r#"(id: "a", name: "A"), (id: "B", name: "B")"#, &message);
        let long = format!(r#"(id: "a", name: "A"), (id: "b", name: "{}")"#, "x".repeat(61));
        case_options(&long, &too_long("option", 61, 60));
    }

    #[test]
    fn sections_name_what_exists() {
        let message = "there is no requirement 6.1; name one of the 70, such as 6.1.2 or A.6.2.4";
        case(&["id: \"IA-04\"", "requirements:"], "requirements: [\"4.1\", ¶\"6.1\"],", &[message]);
        let message = "there is no element of Article 27 `27(1)(z)`";
        case(&["id: \"IA-04\"", "fria:"], "fria: [\"27(1)(a)\", ¶\"27(1)(z)\"],", &[message]);
        case(&["id: \"IA-04\"", "title:"], "title: ¶\"\",", &["the title is empty; write it"]);
        case(&["id: \"IA-04\"", "purpose:"], "purpose: ¶\"\",", &["the purpose is empty; write it"]);
        case(&["id: \"IA-04\"", "evidence:"], "evidence: [¶\"\"],", &["the evidence is empty; write it"]);
        let long = format!("title: ¶\"{}\",", "x".repeat(61));
        case(&["id: \"IA-04\"", "title:"], &long, &[&too_long("title", 61, 60)]);
    }

    #[test]
    fn an_id_stands_once_in_its_list() {
        for (list, what, first, second) in [
            ("groups", "affected group", "AG-MIN", "AG-MIG"),
            ("causes", "cause", "design", "data"),
            ("sensitive_uses", "sensitive use", "ST-01", "ST-02"),
            ("restricted_uses", "restricted use", "RU-02", "RU-03"),
            ("triggers", "trigger", "TR-02", "TR-03"),
            ("tools", "tool", "spam", "fraud"),
        ] {
            let (list, second) = (format!("{list}: ["), format!("(id: \"{second}\""));
            let record = |mark| format!("(id: {mark}\"{first}\", name: \"A?\", {}),", fields_of(what));
            let desk = Desk::new().line(FORM, &[&list, &second], &record('¶'));
            let desk = desk.line(FORM, &[&list, &format!("(id: \"{first}\"")], &record('§'));
            desk.expect(&[&format!("the {what} `{first}` stands already at {{}}; each stands once")]);
        }
        let desk = Desk::new().line(FORM, &["id: \"DM-TRA\""], "id: ¶\"DM-ACC\",");
        let desk = desk.line(FORM, &["id: \"DM-ACC\""], "id: §\"DM-ACC\",");
        desk.expect(&["the dimension `DM-ACC` stands already at {}; each stands once"]);
    }

    /// What a record of that kind needs beside an id and a name.
    fn fields_of(what: &str) -> &'static str {
        match what {
            "restricted use" => "action: \"B\"",
            "tool" => "purpose: \"B\"",
            _ => "",
        }
    }

    #[test]
    fn dimensions_have_questions_and_examples() {
        let way = |field| ["dimensions: [", "id: \"DM-PRI\"", field];
        case(&way("harm:"), "harm: ¶\"\",", &["the question is empty; write it"]);
        case(&way("benefit:"), "benefit: ¶\"\",", &["the question is empty; write it"]);
        let desk = Desk::new().list(FORM, &way("harms: ["), "¶harms: [\"a\", \"b\"],");
        desk.expect(&["there should be 3 to 4 examples of harms here, not 2"]);
        let desk = Desk::new().list(FORM, &way("benefits: ["), "¶benefits: [\"a\"],");
        desk.expect(&["there should be 2 examples of benefits here, not 1"]);
        let long = format!("benefits: [\"a\", ¶\"{}\"],", "x".repeat(81));
        Desk::new().list(FORM, &way("benefits: ["), &long).expect(&[&too_long("example", 81, 80)]);
        let desk = Desk::new().list(FORM, &["dimensions: ["], "¶dimensions: [],");
        desk.expect(&["there should be 15 dimensions here, not 0"]);
    }

    #[test]
    fn scales_are_those_of_the_rules() {
        let duration = ["scales: [", "id: \"SC-DURATION\""];
        let steps = |steps: &str| Desk::new().list(FORM, &[duration[0], duration[1], "steps: ["], steps);
        let three = r#"(name: "A", anchor: "a"), (name: "B", anchor: "b"), (name: "C", anchor: "c")"#;
        steps(&format!("¶steps: [{three}],")).expect(&["there should be 4 steps here, not 3"]);
        steps(&format!("steps: [{three}, (name: ¶\"\", anchor: ¶\"\")],"))
            .expect(&["the name is empty; write it", "the anchor is empty; write it"]);
        let desk = Desk::new().line(FORM, &["scales: ["], "¶scales: [");
        let desk = desk.line(FORM, &["¶scales: [", "id: \"SC-DURATION\""], "id: ¶\"SC-TIME\",");
        let missing = "the scale SC-DURATION is missing; the rules count on it";
        desk.expect(&[missing, "no rule knows the scale SC-TIME"]);
    }

    #[test]
    fn approvals_stand_in_the_order_of_the_levels() {
        let message = "approvals stand in the order Low, Medium, High, VeryHigh, each once";
        let desk = Desk::new().line(FORM, &["(level: Medium"], "(level: Low, by: \"a\", then: \"b\"),");
        desk.line(FORM, &["approvals: ["], "¶approvals: [").expect(&[message]);
        let empty = ["the approver is empty; write it", "the text of then is empty; write it"];
        case(&["(level: Medium"], "(level: Medium, by: ¶\"\", then: ¶\"\"),", &empty);
    }

    #[test]
    fn uses_are_asked_and_lead_somewhere() {
        let way = ["(id: \"ST-02\""];
        case(&way, r#"(id: "ST-02", name: "Does it?", see: ["AIII-2", "P-b", "AIII-4"]),"#, &[]);
        let message = "a sensitive use is asked; write a question for yes or no";
        case(&way, r#"(id: "ST-02", name: ¶"It does"),"#, &[message]);
        for id in ["AIII-9", "AII", "AI-1", "P-bc"] {
            let message = format!("eu_ai_act.ron has nothing to pick named {id}");
            let new = format!("(id: \"ST-02\", name: \"Does it?\", see: [¶\"{id}\"]),");
            case(&way, &new, &[&message]);
        }
        let message = "RU-01 stops an assessment; let it stand here with banned: true";
        let desk = Desk::new().line(FORM, &["restricted_uses: ["], "¶restricted_uses: [");
        desk.line(FORM, &["(id: \"RU-01\""], r#"(id: "RU-01", name: "A", action: "B"),"#).expect(&[message]);
        case(&["(id: \"RU-02\""], r#"(id: "RU-02", name: "A", action: ¶""),"#, &["the action is empty; write it"]);
    }

    #[test]
    fn triggers_rest_on_facts_and_requirements() {
        let way = ["(id: \"TR-05\""];
        let known = "purpose, version, uses, decision, automation, data, suppliers, places, affected, components";
        let message = format!("no fact `colour` is kept; name one of {known}");
        case(&way, r#"(id: "TR-05", name: "A", facts: ["data", ¶"colour"]),"#, &[&message]);
        let message = "there is no requirement A.5; name one of the 70, such as 6.1.2 or A.6.2.4";
        case(&way, r#"(id: "TR-05", name: "A", requirements: [¶"A.5"]),"#, &[message]);
        case(&way, r#"(id: "TR-05", name: ¶""),"#, &["the name is empty; write it"]);
    }

    #[test]
    fn tools_are_one_word_and_name_groups_and_uses() {
        let way = ["(id: \"copilot\""];
        let tool = |id: &str, more: &str| format!("(id: {id}, name: \"A\", purpose: \"B\", {more}),");
        case(&way, &tool("\"code\"", "affected: [\"AG-WRK\"], ask: [\"ST-10\"]"), &[]);
        let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
        case(&way, &tool("¶\"two words\"", ""), &[&format!("`two words` is not a short name; {shape}")]);
        let message = "there is no affected group AG-ALL; name one of groups";
        case(&way, &tool("\"code\"", "affected: [¶\"AG-ALL\"]"), &[message]);
        let message = "there is no sensitive use ST-99; name one of sensitive_uses";
        case(&way, &tool("\"code\"", "ask: [¶\"ST-99\"]"), &[message]);
    }
}
