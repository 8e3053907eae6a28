//! What AI systems ask for in the plan.

use super::{ids, plan_of, step};
use crate::{
    impact::sample::{catalog as builtin, decided, harm, measure, screened},
    model::{
        action::Effort,
        assessment::Assessment,
        catalog::Catalog,
        impact::{
            harm::MeasureKind,
            sign_off::{Occasion, Outcome},
        },
        level::ImpactLevel,
        system::System,
    },
    score::sample::{action, add_system, catalog, day, nothing_said, requirement, say, show},
};

/// Two requirements without a gap, and the built-in form.
fn sound() -> (Catalog, Assessment) {
    let catalog = catalog([requirement("6.1.4", 3, "a!"), requirement("8.4", 1, "a!")], []);
    let mut assessment = nothing_said();
    for id in ["6.1.4", "8.4"] {
        say(&mut assessment, id, "3", "a=Y");
        show(&mut assessment, id, "2026-06-01");
    }
    (Catalog { impact: builtin().impact.clone(), eu_act: builtin().eu_act.clone(), ..catalog }, assessment)
}

/// The system actions for one system, without their common start, with effort and wave.
fn of_system(level: Option<ImpactLevel>, change: impl FnOnce(&mut System)) -> Vec<(String, Effort, u8)> {
    let (catalog, mut assessment) = sound();
    change(add_system(&mut assessment, "bot", level));
    let plan = plan_of(&catalog, &assessment);
    let short = |id: &str| id.strip_prefix("system:bot:").unwrap_or(id).to_owned();
    plan.steps.iter().map(|step| (short(&step.id), step.effort, step.wave.number())).collect()
}

#[test]
fn systems_ask_for_their_own_actions() {
    let one = |id: &str, effort, wave| vec![(id.to_owned(), effort, wave)];
    assert_eq!(of_system(Some(ImpactLevel::High), |_| ()), []);
    assert_eq!(of_system(None, |_| ()), one("not_started", Effort::M, 0));
    assert_eq!(of_system(None, |system| system.in_scope = false), []);
    assert_eq!(of_system(Some(ImpactLevel::VeryHigh), |_| ()), one("very_high", Effort::XS, 0));
    let lowered = |system: &mut System| system.residual = Some(ImpactLevel::High);
    assert_eq!(of_system(Some(ImpactLevel::VeryHigh), lowered), []);
    let review_on = |date: &'static str| move |system: &mut System| system.next_review = Some(day(date));
    assert_eq!(of_system(Some(ImpactLevel::Low), review_on("2026-05-31")), one("overdue", Effort::S, 1));
    assert_eq!(of_system(Some(ImpactLevel::Low), review_on("2026-06-01")), [], "due today is not overdue");
    let banned = one("banned", Effort::XS, 0);
    assert_eq!(of_system(None, |system| system.banned_use = true), banned, "a banned use is not rated");
    let banned_outside = |system: &mut System| (system.banned_use, system.in_scope) = (true, false);
    assert_eq!(of_system(None, banned_outside), banned, "even out of scope");
}

#[test]
fn a_banned_use_stands_before_everything() {
    let catalog = catalog([requirement("4.1", 3, "a!")], [action("one", Effort::XS, "4.1/a", "4.1>3", "")]);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "0", "a=N");
    add_system(&mut assessment, "app", None);
    add_system(&mut assessment, "bot", None).banned_use = true;
    assert_eq!(ids(&plan_of(&catalog, &assessment)), ["system:bot:banned", "one", "system:app:not_started"]);
}

/// A system with one treated harm of that rating, approved.
fn treated(before: &'static str, after: &'static str, evidence: &'static str) -> impl Fn(&mut System) {
    move |system| {
        system.impact.harms = vec![harm("h", before, after, "m")];
        system.impact.measures = vec![measure("m", MeasureKind::Lower, evidence)];
        system.impact.sign_offs = vec![decided(Outcome::Approved)];
    }
}

#[test]
fn measures_restricted_uses_the_full_form_and_what_happened_ask_for_actions() {
    let one = |id: &str, effort, wave| vec![(id.to_owned(), effort, wave)];
    assert_eq!(of_system(None, treated("31112", "11112", "e1")), [], "shown by evidence");
    assert_eq!(of_system(None, treated("31112", "11112", "")), one("unproven", Effort::XS, 1));
    assert_eq!(of_system(None, treated("31112", "31112", "")), [], "nothing lower is claimed");
    let with = |change: &dyn Fn(&mut System)| {
        of_system(None, |system| {
            treated("31112", "11112", "e1")(system);
            change(system);
        })
    };
    let barred = |system: &mut System| system.screening = Some(screened("", "", "RU-02 RU-04"));
    assert_eq!(with(&barred), one("restricted", Effort::S, 1), "one action for all of them");
    assert_eq!(with(&|system| system.screening = Some(screened("ST-01", "", ""))), one("full_form", Effort::M, 2));
    let happened = |system: &mut System| {
        system.impact.occasions =
            vec![Occasion { trigger: "TR-10".into(), on: day("2026-05-20"), what: "A complaint".into() }];
    };
    assert_eq!(with(&happened), one("review", Effort::S, 1));
    let both = |system: &mut System| {
        happened(system);
        system.next_review = Some(day("2026-05-31"));
    };
    assert_eq!(with(&both), [one("overdue", Effort::S, 1), one("review", Effort::S, 1)].concat());
    assert_eq!(with(&|system| system.next_review = Some(day("2026-05-31"))), one("overdue", Effort::S, 1));
    let sensitive = |system: &mut System| system.sensitive_use = true;
    assert_eq!(of_system(Some(ImpactLevel::High), sensitive), [], "kept elsewhere, with its form");
    assert_eq!(of_system(None, sensitive), one("not_started", Effort::M, 0), "the first step comes first");
    let everything = |system: &mut System| {
        barred(system);
        both(system);
        system.sensitive_use = true;
        system.in_scope = false;
    };
    assert_eq!(with(&everything), [], "out of scope");
    let banned = |system: &mut System| {
        everything(system);
        system.banned_use = true;
    };
    assert_eq!(with(&banned), one("banned", Effort::XS, 0), "nothing but its end");
}

#[test]
fn the_action_names_what_it_is_about() {
    let (catalog, mut assessment) = sound();
    let system = add_system(&mut assessment, "bot", None);
    treated("41112", "11112", "")(system);
    system.screening = Some(screened("ST-01", "", "RU-02"));
    system.impact.occasions =
        vec![Occasion { trigger: "TR-12".into(), on: day("2026-05-20"), what: "A new law".into() }];
    let plan = plan_of(&catalog, &assessment);
    let case = |id: &str, title: &str, end: &str| {
        let step = step(&plan, &format!("system:bot:{id}"));
        assert_eq!(step.title, title);
        assert!(step.task.ends_with(end), "{}", step.task);
        assert_eq!(step.serves.iter().map(ToString::to_string).collect::<Vec<_>>(), ["6.1.4", "8.4"]);
    };
    case("unproven", "Show that the measures for the bot work", "of the bot at work: m (What m does).");
    case(
        "restricted",
        "Settle the restricted uses of the bot",
        "write down how. Your own AI policy bans this use. Stop, or get a written exception from the body that the policy names.",
    );
    case(
        "full_form",
        "Complete the full impact assessment of the bot",
        "asked for because of sensitive use ST-01; the gravity of harm h.",
    );
    case(
        "review",
        "Look again at the impact of the bot",
        "approved again. A law, official guidance or a contract has changed: A new law.",
    );
}
