//! Explanations, word by word.

mod evidence_and_exclusion;

use super::{
    page,
    requirement_why::{LiftStep, NextLevel, RequirementWhy},
    scope_why::{Drag, Scope, ScopeWhy},
};
use crate::{
    model::{
        answer::CheckAnswer, assessment::Assessment, catalog::Catalog, lens::LensGroup, level::ImpactLevel,
        requirement::Requirement,
    },
    score::{
        sample::{
            add_system, answer, as_of, catalog, exclude, facing, level, nothing_said, reference, requirement, say, show,
        },
        score,
    },
};

fn why(catalog: &Catalog, assessment: &Assessment, id: &str) -> RequirementWhy {
    let standing = score(catalog, assessment, as_of());
    RequirementWhy::new(catalog, assessment, &standing, reference(id)).expect("the catalogue knows it")
}

/// The explanation of one requirement as a page.
fn page_of(requirement: Requirement, assessment: &Assessment) -> String {
    let id = requirement.id.to_string();
    page(&why(&catalog([requirement], []), assessment, &id).lines())
}

/// What is printed under a heading.
fn under(heading: &str, page: &str) -> String {
    let start = page.find(&format!("# {heading}\n")).expect("the heading is there");
    let body = page[start..].split_once('\n').expect("a line end").1;
    body.split("# ").next().expect("a first part").to_owned()
}

#[test]
fn a_capped_requirement_names_what_is_behind_each_cap() {
    let mut assessment = nothing_said();
    say(&mut assessment, "4.2", "4", "a=Y b=P c=N d=N");
    show(&mut assessment, "4.2", "2024-01-01");
    show(&mut assessment, "4.2", "2026-07-01");
    assert_eq!(
        page_of(requirement("4.2", 2, "a! b c d~ e~ f?~"), &assessment),
        "\
# 4.2 Title of 4.2
Minor gap by rule 4: a check is no or partly.
- b, partly: Is b there?
- c, no: Is c there?
Improvement points, which change no figure:
- d, no: Is d there?
- e, not asked: Is e there?
- f, not asked: Is f there?
# Level
Claimed 4, credited 2.
- At most 2, which decides: a check is no (c)
- At most 3: a check is partly or open (b)
- At most 3: none of the evidence is current (Paper 1, stale; Paper 2, dated later)
Range 2 to 2: nothing is open.
# Weight and target
Weight 8 = base 2 x 4 quarters: it does not face AI systems.
Target 3: 1 short.
# What would lift it
- Close check c: Is c there?
With that, level 3 is credited.
"
    );
}

#[test]
fn an_excluded_control_says_on_what_its_exclusion_rests() {
    let mut assessment = nothing_said();
    say(&mut assessment, "A.4.2", "3", "a=N");
    exclude(&mut assessment, "A.4.2");
    assert_eq!(
        page_of(requirement("A.4.2", 1, "a! b~"), &assessment),
        "\
# A.4.2 Title of A.4.2
Not applicable by rule 1: the control is excluded.
Basis: risk assessment. Reason: the risk assessment shows no need
Reference: none.
# Weight and target
Weight 4 = base 1 x 4 quarters: it does not face AI systems.
Target 3; it does not count while excluded.
# What would lift it
An exclusion that is lifted brings back the answers stored under it.
"
    );
}

#[test]
fn every_rule_of_the_verdict_has_its_words() {
    let verdict = |id: &str, level: &str, checks: &str, evidence: &str| {
        let mut assessment = nothing_said();
        say(&mut assessment, id, level, checks);
        if !evidence.is_empty() {
            show(&mut assessment, id, evidence);
        }
        let page = page_of(requirement(id, 1, "a! b c?"), &assessment);
        under(&format!("{id} Title of {id}"), &page)
    };
    let indicative = "Indicative: open checks can still change it.";
    assert_eq!(
        verdict("4.1", "2", "a=N b=P c=-", ""),
        "Major gap by rule 2: a critical check is no.\n- a (critical), no: Is a there?\n"
    );
    assert_eq!(
        verdict("4.1", "0", "b=N c=-", ""),
        format!(
            "Major gap by rule 2: the claimed level is 0, and no check of this clause is yes or partly. {indicative}\n\
             - a (critical), not asked: Is a there?\n- b, no: Is b there?\n"
        )
    );
    assert_eq!(
        verdict("A.4.2", "0", "a=? b=N", ""),
        format!(
            "Major gap by rule 3: the claimed level is 0 while a critical check is open. {indicative}\n\
             - a (critical), unknown: Is a there?\n"
        )
    );
    assert_eq!(
        verdict("4.1", "", "a=P c=Y", ""),
        format!("Minor gap by rule 4: a check is no or partly. {indicative}\n- a (critical), partly: Is a there?\n")
    );
    assert_eq!(
        verdict("4.1", "2", "a=Y b=Y c=-", "2026-06-01"),
        "Conforming by rule 5: all checks are yes, and current evidence is attached.\n"
    );
    assert_eq!(
        verdict("4.1", "2", "a=Y b=Y c=Y", "2020-01-01"),
        "Not shown by rule 5: all checks are yes, and no current evidence is attached.\n"
    );
    assert_eq!(
        verdict("4.1", "1", "a=Y b=Y", ""),
        format!(
            "Minor gap by rule 6: checks are open, and a claimed level of 1 speaks for a gap. {indicative}\n\
             - c, not asked: Is c there?\n"
        )
    );
    assert_eq!(
        verdict("4.1", "4", "a=Y b=Y", ""),
        format!(
            "Not shown by rule 6: checks are open, and a claimed level of 4 says that it is there. {indicative}\n\
             - c, not asked: Is c there?\n"
        )
    );
    assert_eq!(
        verdict("4.1", "3", "a=? b=?", ""),
        format!(
            "Undetermined by rule 6: a critical check is unknown, so a claimed level of 3 does not tell. {indicative}\n\
             - a (critical), unknown: Is a there?\n"
        )
    );
    assert_eq!(
        verdict("4.1", "?", "a=Y c=Y", ""),
        "Undetermined by rule 7: checks are open, and there is no level to go by.\n- b, not asked: Is b there?\n"
    );
    let of_plain_clause = {
        let mut assessment = nothing_said();
        say(&mut assessment, "4.1", "3", "a=N b=N");
        page_of(requirement("4.1", 1, "a b"), &assessment)
    };
    assert_eq!(
        under("4.1 Title of 4.1", &of_plain_clause),
        "Major gap by rule 2: all checks of this clause are no.\n- a, no: Is a there?\n- b, no: Is b there?\n"
    );
}

#[test]
fn contradictions_disputes_and_proposals_are_said() {
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "5", "a=Y");
    show(&mut assessment, "4.1", "2026-06-01");
    let answer = answer(&mut assessment, "4.1");
    answer.checks[0].disputed = vec![CheckAnswer::No];
    answer.by_proposal = true;
    let page = page_of(requirement("4.1", 1, "a!"), &assessment);
    assert_eq!(
        under("4.1 Title of 4.1", &page),
        "Major gap by rule 2: a critical check is no.\n- a (critical), no: Is a there?\n\
         Level 3 or more, yet a critical check is no. Level and checks contradict each other: look at both again.\n\
         People disagree on it; the worse answer counts until they settle it.\n"
    );
    assert_eq!(
        under("Level", &page),
        "Claimed 5, credited 1.\nThe level was taken over from a proposal.\n\
         - At most 1, which decides: a critical check is no (a)\nRange 1 to 1: nothing is open.\n"
    );
}

#[test]
fn a_missing_level_says_who_was_asked() {
    let level_part = |level: &str, checks: &str| {
        let mut assessment = nothing_said();
        say(&mut assessment, "4.1", level, checks);
        show(&mut assessment, "4.1", "2026-06-01");
        under("Level", &page_of(requirement("4.1", 1, "a! b"), &assessment))
    };
    assert_eq!(
        level_part("", "a=Y"),
        "No level: nobody has said one yet.\n- At most 3: a check is partly or open (b)\n\
         Range 0 to 5: without a level anything is possible.\n"
    );
    assert_eq!(
        level_part("?", "a=Y b=Y"),
        "No level: asked, and nobody knows.\nNo cap applies.\nRange 0 to 5: without a level anything is possible.\n"
    );
    assert_eq!(
        level_part("4", "a=? b=Y"),
        "Claimed 4, credited 2.\n- At most 2, which decides: a critical check is partly or open (a)\n\
         Range 1 to 4: with every open check at no, and at yes.\n"
    );
}

#[test]
fn the_weight_names_the_systems_that_raise_it() {
    let weight = |change: fn(&mut Assessment)| {
        let mut assessment = nothing_said();
        change(&mut assessment);
        under("Weight and target", &page_of(facing(requirement("4.1", 3, "a!")), &assessment))
    };
    assert_eq!(weight(|_| ()), "Weight 12 = base 3 x 4 quarters: no AI system is in scope.\nTarget 3: 3 short.\n");
    assert_eq!(
        weight(|a| {
            add_system(a, "app", Some(ImpactLevel::High));
            add_system(a, "bot", Some(ImpactLevel::Low));
            add_system(a, "crm", None).sensitive_use = true;
        }),
        "Weight 18 = base 3 x 6 quarters: the impact of the app is high; the crm counts as high, for its sensitive \
         use, until it is assessed.\nTarget 4, raised by impact level from 3: 4 short.\n"
    );
    assert_eq!(
        weight(|a| add_system(a, "app", None).in_scope = true),
        "Weight 15 = base 3 x 5 quarters: the app counts as medium until it is assessed.\nTarget 3: 3 short.\n"
    );
    assert_eq!(
        weight(|a| {
            add_system(a, "app", Some(ImpactLevel::Low)).banned_use = true;
            a.targets.insert(reference("4"), level(5));
        }),
        "Weight 24 = base 3 x 8 quarters: the app counts as very high, as its use is banned.\nTarget 5: 5 short.\n"
    );
}

#[test]
fn what_lifts_a_level_takes_away_all_that_holds_it() {
    let next = |level_text: &str, checks: &str, evidence: &str| {
        let mut assessment = nothing_said();
        say(&mut assessment, "4.1", level_text, checks);
        if !evidence.is_empty() {
            show(&mut assessment, "4.1", evidence);
        }
        under("What would lift it", &page_of(requirement("4.1", 1, "a! b c"), &assessment))
    };
    assert_eq!(
        next("", "", ""),
        "- State the level that describes today\nAs things stand, up to level 2 would be credited.\n"
    );
    assert_eq!(
        next("?", "a=Y b=Y c=Y", "2026-06-01"),
        "- State the level that describes today\nAs things stand, up to level 5 would be credited.\n"
    );
    assert_eq!(
        next("5", "a=N b=N", ""),
        "- Close check a: Is a there?\nWith that, level 2 is credited.\n",
        "the next cap holds it there"
    );
    assert_eq!(
        next("5", "a=? b=N c=Y", ""),
        "- Close check b: Is b there?\n- Answer check a: Is a there?\n- Attach current evidence\n\
         With that, and a yes to what is open, level 5 is credited.\n"
    );
    assert_eq!(
        next("4", "a=Y b=P c=?", "2020-01-01"),
        "- Close check b: Is b there?\n- Answer check c: Is c there?\n- Attach current evidence\n\
         With that, and a yes to what is open, level 4 is credited.\n"
    );
    assert_eq!(
        next("2", "a=Y b=Y c=Y", ""),
        "- Attach current evidence\n- Reach level 3: what one sees at 3\nWith that, level 3 is credited.\nCurrent evidence alone makes the verdict conforming.\n"
    );
    assert_eq!(
        next("1", "", ""),
        "- Reach level 2: what one sees at 2\nWith that, level 2 is credited.\n",
        "no cap holds it at 1"
    );
    assert_eq!(next("5", "a=Y b=Y c=Y", "2026-06-01"), "Nothing: it is at the top of the ladder.\n");
}

#[test]
fn the_steps_are_values_too() {
    let catalog = catalog([requirement("4.1", 1, "a!")], []);
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "3", "a=Y");
    let expected = NextLevel { to: Some(level(3)), steps: vec![LiftStep::Attach] };
    assert_eq!(why(&catalog, &assessment, "4.1").next, Some(expected));
    let standing = score(&catalog, &assessment, as_of());
    assert_eq!(RequirementWhy::new(&catalog, &assessment, &standing, reference("4.9")), None);
    assert!(ScopeWhy::new(&catalog, &standing, Scope::Category(reference("5"))).is_none());
}

/// The worked example of the scoring contract, with two controls, one of them excluded.
fn example() -> (Catalog, Assessment) {
    let catalog = catalog(
        [
            requirement("4.1", 3, "a! b"),
            requirement("4.2", 2, "a! b c"),
            requirement("4.3", 1, "a! b"),
            requirement("A.4.2", 1, "a!"),
            requirement("A.4.3", 1, "a!"),
        ],
        [],
    );
    let mut assessment = nothing_said();
    say(&mut assessment, "4.1", "4", "a=Y b=Y");
    show(&mut assessment, "4.1", "2026-05-01");
    say(&mut assessment, "4.2", "3", "a=Y b=P c=Y");
    say(&mut assessment, "A.4.2", "1", "a=Y");
    exclude(&mut assessment, "A.4.2");
    (catalog, assessment)
}

fn scope_page(scope: Scope) -> String {
    let (catalog, assessment) = example();
    let standing = score(&catalog, &assessment, as_of());
    page(&ScopeWhy::new(&catalog, &standing, scope).expect("it is there").lines())
}

#[test]
fn the_worked_example_is_written_out() {
    assert_eq!(
        scope_page(Scope::Category(reference("4"))),
        "\
# 4 Part 4
Credited 3.2 = 64 / 20, claimed 3.6 = 72 / 20: sums of weight x level over the sum of the weights.
- 4.1: credited 12 x 4 = 48, claimed 12 x 4 = 48
- 4.2: credited 8 x 2 = 16, claimed 8 x 3 = 24
- 4.3: weight 4, no level yet
Range 2.7 = 64 / 24 to 3.5 = 84 / 24: a missing level as 0 and as 5, an open check as no and as yes.
Floor 2, in 4.2.
Coverage 83 % = 20 / 24 by weight: 2 of 3 requirements have a level, 5 of 7 checks are answered.
# What keeps it down most
- 4.3: weight 4 x 3 short = 12
- 4.2: weight 8 x 1 short = 8
# Status: Incomplete
Undetermined: 4.3.
Provisional, because:
- the status is Incomplete
- coverage is 83 %, under 95 %
- in the whole file, checks are still open
"
    );
    let group = scope_page(Scope::ManagementSystem);
    assert!(group.starts_with("# Management system (clauses 4 to 10)\nCredited 3.2 = 64 / 20, claimed 3.6"), "{group}");
}

#[test]
fn a_group_without_a_level_shows_no_number() {
    assert_eq!(
        scope_page(Scope::Controls),
        "\
# Controls (Annex A)
Not assessed.
- A.4.3: weight 4, no level yet
Credited without exclusions 1.0 = 4 / 4.
Coverage 0 % = 0 / 4 by weight: 0 of 1 requirements have a level, 0 of 1 checks are answered.
# What keeps it down most
- A.4.3: weight 4 x 3 short = 12
# Status: Incomplete
Undetermined: A.4.3.
Coverage is 0 %, under 80 %.
Provisional, because:
- the status is Incomplete
- coverage is 0 %, under 95 %
- in the whole file, checks are still open
"
    );
}

#[test]
fn the_whole_shows_its_status_and_no_level() {
    assert_eq!(
        scope_page(Scope::Whole),
        "\
# Whole assessment
The management system and the controls are never blended into one figure.
Coverage 0 % = 0 / 4 by weight, the lower of the two groups: 2 of 4 requirements have a level, 5 of 8 checks are answered.
# What keeps it down most
- 4.3: weight 4 x 3 short = 12
- A.4.3: weight 4 x 3 short = 12
- 4.2: weight 8 x 1 short = 8
# Status: Incomplete
Undetermined: 4.3, A.4.3.
Coverage is 0 %, under 80 %.
Provisional, because:
- the status is Incomplete
- coverage is 0 %, under 95 %
- in the whole file, checks are still open
"
    );
}

#[test]
fn a_lens_group_is_explained_like_a_category() {
    let page = scope_page(Scope::LensGroup(&LensGroup::of("Resources", ["A.4.2", "4.1"].map(reference))));
    assert_eq!(
        page,
        "\
# Resources
Credited 4.0 = 48 / 12, claimed 4.0 = 48 / 12: sums of weight x level over the sum of the weights.
- 4.1: credited 12 x 4 = 48, claimed 12 x 4 = 48
Range 4.0 = 48 / 12 to 4.0 = 48 / 12: a missing level as 0 and as 5, an open check as no and as yes.
Floor 4, in 4.1.
Credited without exclusions 3.3 = 52 / 16.
Coverage 100 % = 12 / 12 by weight: 1 of 1 requirements have a level, 2 of 2 checks are answered.
# What keeps it down most
Nothing: every target is met.
# Status: No known gap
No gap, nothing undetermined, and all is shown.
Provisional, because:
- in the whole file, checks are still open
"
    );
    let page = scope_page(Scope::LensGroup(&LensGroup::of("None", [reference("A.4.2")])));
    assert_eq!(page, "# None\nNot applicable.\nCredited without exclusions 1.0 = 4 / 4.\n");
}

#[test]
fn many_minor_gaps_are_announced_for_their_category() {
    let ids = ["4.1", "4.2", "4.3", "4.4", "5.1"];
    let catalog = catalog(ids.map(|id| requirement(id, 1, "a!")), []);
    let mut assessment = nothing_said();
    for id in ids {
        say(&mut assessment, id, "3", "a=P");
        show(&mut assessment, id, "2026-06-01");
    }
    let standing = score(&catalog, &assessment, as_of());
    let status_of = |scope| {
        let why = ScopeWhy::new(&catalog, &standing, scope).expect("it is there");
        page(&why.lines()).split_once("# Status: ").expect("a status").1.to_owned()
    };
    let sentence = "4 of 4 requirements of clause 4 have gaps: a certification body may raise one major.\n";
    assert_eq!(
        status_of(Scope::Category(reference("4"))),
        format!("Minor gaps\nMinor gap: 4.1, 4.2, 4.3, 4.4.\n{sentence}")
    );
    assert_eq!(status_of(Scope::Category(reference("5"))), "Minor gaps\nMinor gap: 5.1.\n");
    assert_eq!(
        status_of(Scope::ManagementSystem),
        format!("Minor gaps\nMinor gap: 4.1, 4.2, 4.3, 4.4, 5.1.\n{sentence}")
    );
}

#[test]
fn the_three_heaviest_shortfalls_are_named() {
    let catalog = catalog(
        [("4.1", 1), ("4.2", 2), ("4.3", 3), ("4.4", 1), ("5.1", 3)].map(|(id, base)| requirement(id, base, "a!")),
        [],
    );
    let mut assessment = nothing_said();
    for (id, level_text) in [("4.1", "0"), ("4.2", "2"), ("4.3", "2"), ("4.4", "1"), ("5.1", "3")] {
        say(&mut assessment, id, level_text, "a=Y");
        show(&mut assessment, id, "2026-06-01");
    }
    let standing = score(&catalog, &assessment, as_of());
    let why = ScopeWhy::new(&catalog, &standing, Scope::Category(reference("4"))).expect("clause 4");
    // weight x shortfall: 4.1 4 x 3 = 12, 4.2 8 x 1 = 8, 4.3 12 x 1 = 12, 4.4 4 x 2 = 8.
    let drag = |id, weight, shortfall| Drag { requirement: reference(id), weight, shortfall };
    assert_eq!(why.drags, [drag("4.1", 4, 3), drag("4.3", 12, 1), drag("4.2", 8, 1)]);
}

#[test]
fn every_status_names_what_gave_it() {
    let status = |checks: &[&str], evidence: &str| {
        let ids: Vec<String> = (1..=checks.len()).map(|number| format!("4.{number}")).collect();
        let catalog = catalog(ids.iter().map(|id| requirement(id, 1, "a!")), []);
        let mut assessment = nothing_said();
        for (id, check) in ids.iter().zip(checks) {
            say(&mut assessment, id, "3", check);
        }
        show(&mut assessment, evidence, "2026-06-01");
        let standing = score(&catalog, &assessment, as_of());
        let lines = ScopeWhy::new(&catalog, &standing, Scope::Category(reference("4"))).expect("clause 4").lines();
        page(&lines).split_once("# Status: ").expect("a status").1.to_owned()
    };
    assert_eq!(status(&["a=N", "a=P", "a=N"], ""), "Major gaps\nMajor gap: 4.1, 4.3.\n");
    assert_eq!(status(&["a=Y", "a=P", "a=Y"], "4.1"), "Minor gaps\nMinor gap: 4.2.\n");
    assert_eq!(status(&["a=Y", "a=Y"], "4.1"), "Not yet shown\nNot shown: 4.2.\n");
    assert_eq!(status(&["a=Y"], "4.1"), "No known gap\nNo gap, nothing undetermined, and all is shown.\n");
    assert_eq!(
        status(&["a=?", "a=N"], ""),
        "Major gaps\nMajor gap: 4.2.\nProvisional, because:\n- in the whole file, checks are still open\n"
    );
}
