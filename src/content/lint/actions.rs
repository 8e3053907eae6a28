//! The remediation catalogue: every gap has its one action, every ladder is climbed rung by rung, and no work waits for itself.

use std::collections::BTreeMap;

use crate::{
    content::lint::{Linter, order::Order, outline::Spot},
    model::{
        action::Action,
        level::Level,
        reference::{CheckReference, Reference},
        requirement::CheckKind,
    },
};

/// The most actions: a plan is to be read by people.
const MOST_ACTIONS: usize = 90;

/// The most days that an action can keep the next ones waiting.
const LONGEST_WAIT: u32 = 365;

/// The level to which every requirement is led at least: targets are raised to it by a high impact.
const LED_TO: u8 = 4;

/// An action with the record that it was read from.
type Placed<'a> = (&'a Action, Spot<'a>);

pub(super) fn check(linter: &mut Linter<'_>) {
    let file = linter.file("actions.ron");
    let actions: Vec<Placed<'_>> = linter.catalog.actions.iter().zip(file.records("actions")).collect();
    if actions.len() > MOST_ACTIONS {
        linter.report(file.field("actions"), format!("{} actions; at most {MOST_ACTIONS}", actions.len()));
    }
    linter.unique("action", actions.iter().map(|(action, record)| (action.id.as_str(), record.text("id", 0))));
    for (action, record) in &actions {
        check_texts(linter, action, *record);
        check_lifts(linter, action, *record);
    }
    check_closes(linter, &actions);
    let order = Order::new(&linter.catalog.actions);
    check_after(linter, &actions, &order);
    check_cycles(linter, &actions, &order);
    check_rungs(linter, &actions, &order);
}

fn check_texts(linter: &mut Linter<'_>, action: &Action, record: Spot<'_>) {
    linter.slug(record.text("id", 0), &action.id);
    linter.text(record.text("title", 0), "title", &action.title, 60);
    linter.text(record.text("do", 0), "text of do", &action.task, 300);
    linter.text(record.text("deliverable", 0), "deliverable", &action.deliverable, 120);
    linter.text(record.text("role", 0), "role", &action.role, 40);
    if action.wait_days > LONGEST_WAIT {
        let message = format!("{} days to wait; at most {LONGEST_WAIT}", action.wait_days);
        linter.report(record.field("wait_days"), message);
    }
}

fn check_lifts(linter: &mut Linter<'_>, action: &Action, record: Spot<'_>) {
    for (index, lift) in action.lifts.iter().enumerate() {
        let id = lift.requirement;
        let spot = record.record("lifts", index);
        if linter.requirement(id).is_none() {
            let message = format!("there is no requirement {id}; name one of the 70, such as 6.1.2 or A.6.2.4");
            linter.report(spot.text("requirement", 0), message);
        }
        if lift.to == Level::ABSENT {
            linter.report(spot.field("to"), "no work leads to level 0; lift to 1 or higher");
        }
        if action.lifts[..index].iter().any(|other| other.requirement == id) {
            linter.report(spot.text("requirement", 0), format!("this action lifts {id} twice; keep the higher rung"));
        }
    }
    if action.closes.is_empty() && action.lifts.is_empty() {
        linter.report(record.text("id", 0), "it closes and lifts nothing, so no plan ever takes it; name its use");
    }
}

/// Every `Requirement` check is closed by exactly one action, and nothing else is closed.
fn check_closes(linter: &mut Linter<'_>, actions: &[Placed<'_>]) {
    let mut closed: BTreeMap<&CheckReference, &str> = BTreeMap::new();
    for (action, record) in actions {
        for (index, check) in action.closes.iter().enumerate() {
            let spot = record.text("closes", index);
            match linter.catalog.check(check).map(|(_, check)| check.kind) {
                None => linter.report(spot, format!("there is no check {check}; name one of kind Requirement")),
                Some(CheckKind::Guidance) => {
                    linter
                        .report(spot, format!("{check} is Guidance and never a gap; actions close Requirements only"));
                }
                Some(CheckKind::Requirement) => {}
            }
            if let Some(first) = closed.insert(check, &action.id) {
                linter.report(spot, format!("{check} is closed by `{first}` already; one action closes each check"));
            }
        }
    }
    for (requirement, record) in linter.requirements.clone() {
        for (check, record) in requirement.checks.iter().zip(record.records("checks")) {
            let id = requirement.reference_of(check);
            if check.kind == CheckKind::Requirement && !closed.contains_key(&id) {
                let message = format!("no action closes {id}; name it in the `closes` of one action");
                linter.report(record.text("id", 0), message);
            }
        }
    }
}

fn check_after(linter: &mut Linter<'_>, actions: &[Placed<'_>], order: &Order<'_>) {
    for (action, record) in actions {
        for (index, before) in action.after.iter().enumerate() {
            let spot = record.text("after", index);
            if *before == action.id {
                linter.report(spot, format!("`{before}` comes after itself; take it out"));
            } else if !order.has(before) {
                linter.report(spot, format!("there is no action `{before}`; name one of this file"));
            }
            if action.after[..index].contains(before) {
                linter.report(spot, format!("`{before}` stands here twice; name it once"));
            }
        }
    }
}

fn check_cycles(linter: &mut Linter<'_>, actions: &[Placed<'_>], order: &Order<'_>) {
    for cycle in order.cycles() {
        let (id, next) = (cycle[0], cycle[1]);
        let Some((action, record)) = actions.iter().find(|(action, _)| action.id == id) else { continue };
        let index = action.after.iter().position(|before| before == next).unwrap_or_default();
        let cycle = cycle.join(" -> ");
        linter.report(record.text("after", index), format!("these wait for each other: {cycle}; take one `after` out"));
    }
}

/// Per requirement the rungs strictly rise, a higher one comes after the lower ones, and the highest is high enough.
fn check_rungs(linter: &mut Linter<'_>, actions: &[Placed<'_>], order: &Order<'_>) {
    let rungs = rungs(actions);
    for (id, rungs) in &rungs {
        check_climb(linter, *id, rungs, order);
    }
    for (requirement, record) in linter.requirements.clone() {
        let id = requirement.id;
        let highest = rungs.get(&id).and_then(|rungs| rungs.last()).map(|rung| rung.level.number());
        if highest.is_none_or(|level| level < LED_TO) {
            let led_to = highest.map_or("no action lifts it".to_owned(), |level| format!("actions lift it to {level}"));
            linter.report(record.text("id", 0), format!("{led_to}; {id} should be led to {LED_TO} at least"));
        }
    }
}

/// The rungs of one requirement, from the lowest on.
fn check_climb(linter: &mut Linter<'_>, id: Reference, rungs: &[Rung<'_>], order: &Order<'_>) {
    let Some((mut lower, rest)) = rungs.split_first() else { return };
    for rung in rest {
        let (level, spot) = (rung.level, rung.record.field("to"));
        let (action, reached) = (lower.action, lower.level);
        if rung.action == action {
            // An action that names a requirement twice is reported by itself.
            continue;
        }
        if level == reached {
            linter.report(spot, format!("`{action}` lifts {id} to {level} already; one action leads to each rung"));
            continue;
        }
        if !order.comes_after(rung.action, action) {
            let missing = format!("name that, or one after it, in the `after` of `{}`", rung.action);
            linter.report(spot, format!("this should come after `{action}`, which lifts {id} to {reached}; {missing}"));
        }
        lower = rung;
    }
}

/// A level to which an action lifts a requirement, with the record that says so.
struct Rung<'a> {
    level: Level,
    action: &'a str,
    record: Spot<'a>,
}

/// The rungs to which actions lift each requirement, lowest first, equal ones in the order of the file.
fn rungs<'a>(actions: &[Placed<'a>]) -> BTreeMap<Reference, Vec<Rung<'a>>> {
    let mut rungs: BTreeMap<Reference, Vec<Rung<'a>>> = BTreeMap::new();
    for (action, record) in actions {
        let lifts = action.lifts.iter().zip(record.records("lifts"));
        for (lift, record) in lifts.filter(|(lift, _)| lift.to > Level::ABSENT) {
            rungs.entry(lift.requirement).or_default().push(Rung { level: lift.to, action: &action.id, record });
        }
    }
    for rungs in rungs.values_mut() {
        rungs.sort_by_key(|rung| rung.level);
    }
    rungs
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    const ACTIONS: &str = "actions.ron";

    /// The small plan of the desk with these actions at its end, each written as its id and what it has beside texts.
    fn with_actions(desk: Desk, actions: &[(&str, &str)]) -> Desk {
        let texts = r#"title: "T", do: "D", deliverable: "P", role: "R", effort: S"#;
        let actions: Vec<String> = actions.iter().map(|(id, rest)| format!("(id: {id}, {texts}, {rest}),\n")).collect();
        let end = ["id: \"raise-a-10\"", "),", "],"];
        desk.line(ACTIONS, &end, &format!("{}],", actions.concat()))
    }

    #[track_caller]
    fn case(actions: &[(&str, &str)], messages: &[&str]) {
        with_actions(Desk::new(), actions).expect(messages);
    }

    /// The four texts of an action are written anew.
    #[track_caller]
    fn text_case(texts: &str, messages: &[&str]) {
        Desk::new().line(ACTIONS, &["id: \"close-5\"", "title:"], texts).expect(messages);
    }

    /// A.2.3 has the checks `own` and `more`, of which the second is Guidance.
    fn with_own_checks(own: &str, actions: &[(&str, &str)]) -> Desk {
        let checks = format!(
            "checks: [\n(id: {own}, text: \"A?\", look_for: \"a\", kind: Requirement),\n\
             (id: \"more\", text: \"B?\", look_for: \"b\", kind: Guidance),\n],"
        );
        let desk = Desk::new().list("controls/a02_policies.ron", &["id: \"A.2.3\"", "checks: ["], &checks);
        with_actions(desk, actions)
    }

    #[test]
    fn ids_are_short_names_and_unique() {
        let lifts = r#"after: ["raise-4"], lifts: [(requirement: "4.1", to: 5)]"#;
        case(&[("\"x\"", lifts)], &[]);
        let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
        case(&[("¶\"X\"", lifts)], &[&format!("`X` is not a short name; {shape}")]);
        let other = lifts.replace("4.1", "4.2");
        let message = "the action `x` stands already at {}; each stands once";
        case(&[("§\"x\"", lifts), ("¶\"x\"", &other)], &[message]);
    }

    #[test]
    fn texts_are_neither_empty_nor_too_long() {
        let text = |length: usize| format!("\"{}\"", "x".repeat(length));
        let texts = |by: usize, mark: &str| {
            let [title, task, deliverable, role] = [60, 300, 120, 40].map(|length| text(length + by));
            format!("title: {mark}{title}, do: {mark}{task}, deliverable: {mark}{deliverable}, role: {mark}{role},")
        };
        text_case(&texts(0, ""), &[]);
        text_case(
            &texts(1, "¶"),
            &[
                "the title has 61 characters; at most 60 fit",
                "the text of do has 301 characters; at most 300 fit",
                "the deliverable has 121 characters; at most 120 fit",
                "the role has 41 characters; at most 40 fit",
            ],
        );
        text_case(
            "title: ¶\"\", do: ¶\"\", deliverable: ¶\"\", role: ¶\" \",",
            &[
                "the title is empty; write it",
                "the text of do is empty; write it",
                "the deliverable is empty; write it",
                "the role is empty; write it",
            ],
        );
    }

    #[test]
    fn waiting_ends_within_a_year() {
        let lifts = r#"after: ["raise-4"], lifts: [(requirement: "4.1", to: 5)]"#;
        case(&[("\"x\"", &format!("{lifts}, wait_days: 365"))], &[]);
        case(&[("\"x\"", &format!("{lifts}, ¶wait_days: 366"))], &["366 days to wait; at most 365"]);
    }

    #[test]
    fn there_are_at_most_90_actions() {
        let names: Vec<String> = (33..=91).map(|number| format!("\"x{number}\"")).collect();
        let actions: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "after: []")).collect();
        let marked = |count: usize| {
            with_actions(Desk::new(), &actions[..count]).line(ACTIONS, &["actions: ["], "    ¶actions: [")
        };
        marked(59).expect_among(&["91 actions; at most 90"]);
        let problems = with_actions(Desk::new(), &actions[..58]).problems();
        assert!(!problems.iter().any(|problem| problem.contains("at most 90")), "{problems:?}");
    }

    #[test]
    fn every_binding_check_is_closed_by_one_action() {
        let list = "closes: [\"A.2.2/other\"],";
        let message = "no action closes A.2.3/own; name it in the `closes` of one action";
        with_own_checks("¶\"own\"", &[])
            .line(ACTIONS, &["id: \"close-a-2\"", "closes:"], list)
            .expect_among(&[message]);

        let twice = r#"after: [], closes: [¶"A.2.3/own"]"#;
        let message = "A.2.3/own is closed by `close-a-2` already; one action closes each check";
        with_own_checks("\"own\"", &[]).expect(&[]);
        with_own_checks("\"own\"", &[("\"x\"", twice)]).expect(&[message]);
        let unknown = r#"after: [], closes: [¶"A.2.3/other"]"#;
        let message = "there is no check A.2.3/other; name one of kind Requirement";
        with_own_checks("\"own\"", &[("\"x\"", unknown)]).expect(&[message]);
        let guidance = r#"after: [], closes: [¶"A.2.3/more"]"#;
        let message = "A.2.3/more is Guidance and never a gap; actions close Requirements only";
        with_own_checks("\"own\"", &[("\"x\"", guidance)]).expect(&[message]);
    }

    #[test]
    fn lifts_lead_somewhere_once() {
        let unknown = r#"after: [], lifts: [(requirement: ¶"6.1", to: 3)]"#;
        let message = "there is no requirement 6.1; name one of the 70, such as 6.1.2 or A.6.2.4";
        case(&[("\"x\"", unknown)], &[message]);
        let nowhere = r#"after: [], lifts: [(requirement: "4.1", ¶to: 0)]"#;
        case(&[("\"x\"", nowhere)], &["no work leads to level 0; lift to 1 or higher"]);
        let twice = r#"after: ["raise-4"], lifts: [(requirement: "4.1", to: 5), (requirement: ¶"4.1", to: 5)]"#;
        case(&[("\"x\"", twice)], &["this action lifts 4.1 twice; keep the higher rung"]);
        let message = "it closes and lifts nothing, so no plan ever takes it; name its use";
        case(&[("¶\"x\"", "after: []")], &[message]);
    }

    #[test]
    fn rungs_rise_one_action_each_and_in_order() {
        let same = r#"after: ["raise-4"], lifts: [(requirement: "4.1", ¶to: 4)]"#;
        case(&[("\"x\"", same)], &["`raise-4` lifts 4.1 to 4 already; one action leads to each rung"]);
        let early = r#"after: ["close-4"], lifts: [(requirement: "4.1", ¶to: 5)]"#;
        let message =
            "this should come after `raise-4`, which lifts 4.1 to 4; name that, or one after it, in the `after` of `x`";
        case(&[("\"x\"", early)], &[message]);
        let through_another = [
            ("\"x\"", r#"after: ["y"], lifts: [(requirement: "4.1", to: 5)]"#),
            ("\"y\"", r#"after: ["raise-4"], lifts: [(requirement: "4.2", to: 5)]"#),
        ];
        case(&through_another, &[]);
    }

    #[test]
    fn every_requirement_is_led_to_4() {
        let customers = "controls/a10_third_parties.ron";
        let lifts = |level: u8, ids: &[&str]| {
            let lifts: Vec<String> = ids.iter().map(|id| format!("(requirement: \"{id}\", to: {level})")).collect();
            format!("lifts: [{}],", lifts.join(", "))
        };
        let raise =
            |desk: Desk| desk.line(ACTIONS, &["id: \"raise-a-10\"", "lifts:"], &lifts(4, &["A.10.2", "A.10.3"]));
        let marked = || Desk::new().line(customers, &["id: \"A.10.4\""], "id: ¶\"A.10.4\",");
        raise(marked()).expect(&["actions lift it to 3; A.10.4 should be led to 4 at least"]);
        raise(marked())
            .line(ACTIONS, &["id: \"close-a-10\"", "lifts:"], &lifts(3, &["A.10.2", "A.10.3"]))
            .expect(&["no action lifts it; A.10.4 should be led to 4 at least"]);
    }

    #[test]
    fn an_action_comes_after_others_that_exist() {
        let after = |list: &str| format!("after: [{list}], lifts: [(requirement: \"4.1\", to: 5)]");
        let unknown = after("\"raise-4\", ¶\"nothing\"");
        case(&[("\"x\"", &unknown)], &["there is no action `nothing`; name one of this file"]);
        case(&[("\"x\"", &after("\"raise-4\", ¶\"x\""))], &["`x` comes after itself; take it out"]);
        case(&[("\"x\"", &after("\"raise-4\", ¶\"raise-4\""))], &["`raise-4` stands here twice; name it once"]);
    }

    #[test]
    fn a_cycle_is_printed_from_its_first_action() {
        let action = |id: &str, requirement: &str, after: &str| {
            (
                format!("\"{id}\""),
                format!("after: [\"raise-4\", {after}], lifts: [(requirement: \"{requirement}\", to: 5)]"),
            )
        };
        let actions = [
            action("entry", "4.1", "\"b\""),
            action("b", "4.2", "\"close-4\", ¶\"c\""),
            action("a", "4.3", "\"b\""),
            action("c", "4.4", "\"a\""),
        ];
        let actions: Vec<(&str, &str)> = actions.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
        case(&actions, &["these wait for each other: b -> c -> a -> b; take one `after` out"]);
    }

    #[test]
    fn cycles_apart_from_each_other_are_all_printed() {
        let lifts = |requirement: &str| format!("lifts: [(requirement: \"{requirement}\", to: 5)]");
        let actions = [
            ("\"a\"", format!("after: [\"raise-4\", ¶\"b\"], {}", lifts("4.1"))),
            ("\"b\"", format!("after: [\"raise-4\", \"a\"], {}", lifts("4.2"))),
            ("\"c\"", format!("after: [\"raise-4\", ¶\"d\"], {}", lifts("4.3"))),
            ("\"d\"", format!("after: [\"raise-4\", \"c\"], {}", lifts("4.4"))),
        ];
        let actions: Vec<(&str, &str)> = actions.iter().map(|(id, rest)| (*id, rest.as_str())).collect();
        case(
            &actions,
            &[
                "these wait for each other: a -> b -> a; take one `after` out",
                "these wait for each other: c -> d -> c; take one `after` out",
            ],
        );
    }
}
