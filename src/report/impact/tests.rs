//! The report on one impact assessment, with the built-in form.

use super::*;
use crate::{
    impact::sample::{catalog, decided, harm, measure, no_harm, reply, screened, with_evidence},
    model::{
        decision_path::{PathAnswer, PathReply},
        impact::{
            PromptReply,
            criteria::OwnCriteria,
            harm::MeasureKind,
            sign_off::{Occasion, Outcome},
        },
        system::System,
    },
    plan::{PlanOptions, plan},
    report::{Style, sample::day},
    score::score,
};

/// Text that is markup in one format or another, and what a terminal would obey.
const HOSTILE: &str = "<script>alert('x')</script> \" & | *b* \u{1b}[31m\u{202e}=1+1";

fn printed_with(criteria: OwnCriteria, system: System, format: PageFormat) -> String {
    laid_out(criteria, system, format, 80)
}

fn laid_out(criteria: OwnCriteria, system: System, format: PageFormat, width: usize) -> String {
    let mut assessment = with_evidence();
    assessment.criteria = criteria;
    assessment.systems.push(system);
    let standing = score(catalog(), &assessment, day("2026-06-01"));
    let plan = plan(catalog(), &assessment, &standing, PlanOptions::default());
    let subject = Subject { catalog: catalog(), assessment: &assessment, standing: &standing, plan: &plan };
    render(&subject, &assessment.systems[0], format, &Layout { width, style: Style::Plain })
}

fn printed(system: System, format: PageFormat) -> String {
    printed_with(OwnCriteria::default(), system, format)
}

fn text(system: System) -> String {
    printed(system, PageFormat::Text)
}

fn bot() -> System {
    System::named("bot", "Support bot")
}

/// A bot with these harms; `m1` and `m2` are shown by current evidence, the avoiding `m2` included, and `m3` by none.
fn with_harms(harms: &[(&str, &str, &str, &str)]) -> System {
    let mut system = bot();
    system.impact.harms = harms.iter().map(|(id, before, after, measures)| harm(id, before, after, measures)).collect();
    system.impact.measures = vec![
        measure("m1", MeasureKind::Lower, "e1"),
        measure("m2", MeasureKind::Avoid, "e1"),
        measure("m3", MeasureKind::Lower, ""),
    ];
    system
}

fn walked(steps: &[(&str, PathReply, &str)]) -> System {
    let answer = |(step, answer, picks): &(&str, PathReply, &str)| PathAnswer {
        step: (*step).into(),
        answer: *answer,
        picks: picks.split_whitespace().map(String::from).collect(),
        reason: String::new(),
    };
    System { eu_act: steps.iter().map(answer).collect(), ..bot() }
}

/// Scores credit as its deployer.
fn credit() -> System {
    use PathReply::{No, Yes};
    walked(&[
        ("scope", Yes, ""),
        ("prohibited", No, ""),
        ("annex-i", No, ""),
        ("annex-i-b", No, ""),
        ("annex-iii", Yes, "AIII-5b"),
        ("profiling", Yes, ""),
        ("transparency", No, ""),
        ("gpai", No, ""),
        ("role", Yes, "deployer"),
        ("fria", No, ""),
    ])
}

#[test]
fn the_parts_come_in_the_order_in_which_an_auditor_reads_them() {
    let page = printed(credit(), PageFormat::Markdown);
    let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(
        headings,
        [
            "Result",
            "Sign-off and review",
            "Open points",
            "Screening",
            "Harms before and after measures",
            "Measures",
            "Questions and answers",
            "EU AI Act",
            "AI bill of materials",
            "Criteria used",
            "What the organization must still approve itself",
            "Notice",
        ]
    );
}

#[test]
fn a_banned_use_is_said_first_and_nothing_is_rated() {
    let marked = || System { banned_use: true, ..with_harms(&[("h1", "42113", "32112", "m1")]) };
    let page = text(marked());
    assert!(
        page.starts_with(
            "Impact assessment of Support bot\n================================\n\nThis use is banned by law."
        ),
        "{page}"
    );
    assert!(page.contains("- Marked in the register as banned by law.\n\nState: banned by law."), "{page}");
    assert!(page.contains("Level before measures  not rated\nLevel after measures   not rated\n"), "{page}");
    assert!(page.contains("Must approve  nobody can: the use is banned by law"), "{page}");
    assert!(!page.contains("severity 4"), "no level is worked out: {page}");
    assert!(!page.contains("sev  1"), "no heat map: {page}");
    let json: serde_json::Value = serde_json::from_str(&printed(marked(), PageFormat::Json)).expect("JSON");
    assert_eq!(json["result"]["banned"], true);
    assert!(json["result"]["before_measures"].is_null());
    assert!(json["harms"][0]["before"]["level"].is_null());
    assert!(json["harms"][0]["after_counts"].is_null());

    let screened = text(System { screening: Some(screened("", "", "RU-01")), ..bot() });
    assert!(screened.contains("- Found in the screening: RU-01 "), "{screened}");
    let by_law = text(walked(&[("scope", PathReply::Yes, ""), ("prohibited", PathReply::Yes, "P-f")]));
    assert!(by_law.contains("Art. 5(1)(f), from 2025-02-02 on."), "{by_law}");
}

#[test]
fn the_harms_that_decide_come_with_their_arithmetic() {
    let page =
        text(with_harms(&[("h1", "34223", "33223", "m1"), ("h2", "51111", "", ""), ("h3", "43?11", "43111", "m3")]));
    let case = |words: &str| {
        let one_line = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(one_line.contains(words), "{words} in {page}");
    };
    case("Level before measures high (provisional)");
    case("h1 What happens with h1: severity 4 (gravity 3, +1 for reach 4 or 5), likelihood 3: the matrix gives high.");
    case(
        "h2 What happens with h2: severity 5 (gravity 5), likelihood 1: the matrix gives medium, lifted to high by floor rule FR-1: gravity 5 is at least high, however rare.",
    );
    case("h3: reversibility not known; it counts as the top of its scale.");
    case("counts as high: nothing lower is claimed. There are no ratings after measures.");
    assert!(!page.contains("- h1 What happens with h1: counts"), "h1 does not decide after measures: {page}");
}

#[test]
fn an_unknown_rating_after_measures_makes_that_level_provisional() {
    let page = text(with_harms(&[("h1", "32213", "3221?", "m1")]));
    let page = on_one_line(&page);
    assert!(page.contains("Level before measures medium Level after measures high (provisional)"), "{page}");
    assert!(page.contains("h1: likelihood after measures not known; it counts as the top of its scale."), "{page}");
}

#[test]
fn marks_on_the_heat_map_say_what_the_place_does_not() {
    let after = |harm: (&str, &str, &str, &str)| {
        let json: serde_json::Value =
            serde_json::from_str(&printed(with_harms(&[harm]), PageFormat::Json)).expect("JSON");
        let page = text(with_harms(&[harm]));
        let rows = page.lines().skip_while(|line| !line.starts_with("sev")).skip(2).take(5);
        let shown: Vec<&str> = rows.flat_map(str::split_whitespace).filter(|word| word.starts_with('h')).collect();
        (shown.join(" "), json["harms"][0]["after_counts"]["rule"].as_str().unwrap_or_default().to_owned())
    };
    let case = |harm: (&str, &str, &str, &str), shown: &str, rule: &str| {
        assert_eq!(after(harm), (shown.to_owned(), rule.to_owned()), "{harm:?}");
    };
    case(("h1", "32213", "22212", "m1"), "h1 h1", "AsRated");
    case(("h1", "32213", "", ""), "h1 h1=", "NotLowered");
    case(("h1", "32213", "32211", ""), "h1 h1=", "NoMeasure");
    case(("h1", "32213", "32211", "m3"), "h1 h1=", "Unproven");
    case(("h1", "42213", "22211", "m1"), "h1 h1*", "OneStep");
    case(("h1", "42?13", "42211", "m1"), "h1? h1+", "AsRated");
    case(("h1", "3221-", "", ""), "", "");
}

#[test]
fn the_heat_map_stands_in_words_in_html_and_markdown() {
    let system = || with_harms(&[("h1", "42213", "42212", "m1")]);
    let html = printed(system(), PageFormat::Html);
    assert!(html.contains("<td class=\"at high\">high<br><strong>h1</strong></td>"), "{html}");
    assert!(printed(system(), PageFormat::Markdown).contains("| 4 | low | medium | high: h1 | high | very high |"));
}

#[test]
fn no_line_is_wider_than_the_page() {
    let harms = [("h1", "42213", "42212", "m1"), ("refusal-without-a-reason", "42213", "", "")];
    let system = System { eu_act: credit().eu_act, ..with_harms(&harms) };
    for width in [30, 45, 60, 80, 120] {
        for line in laid_out(OwnCriteria::default(), system.clone(), PageFormat::Text, width).lines() {
            assert!(line.chars().count() <= width, "{line:?} at {width}");
        }
    }
}

#[test]
fn hostile_text_is_shown_rather_than_obeyed() {
    let mut system = with_harms(&[("h1", "42213", "42212", "m1")]);
    for field in
        [&mut system.name, &mut system.owner, &mut system.purpose, &mut system.version, &mut system.scope_reason]
    {
        *field = HOSTILE.into();
    }
    system.affected = vec![HOSTILE.into()];
    system.suppliers = vec![HOSTILE.into()];
    system.impact.harms[0].what = HOSTILE.into();
    system.impact.harms[0].group = HOSTILE.into();
    system.impact.harms[0].dimension = HOSTILE.into();
    system.impact.measures[0].what = HOSTILE.into();
    system.impact.no_harm = vec![no_harm(None, HOSTILE)];
    system.impact.sign_offs = vec![decided(Outcome::Stopped)];
    system.impact.sign_offs[0].conditions = HOSTILE.into();
    reply(&mut system, "IA-01-Q01", PromptReply::Text(HOSTILE.into()));
    reply(&mut system, "IA-02-Q04", PromptReply::List(vec![HOSTILE.into()]));
    reply(&mut system, "IA-05-Q05", PromptReply::Choice(vec![HOSTILE.into()]));
    for format in [PageFormat::Text, PageFormat::Markdown, PageFormat::Html, PageFormat::Json] {
        let page = printed(system.clone(), format);
        assert!(!page.contains(['\u{1b}', '\u{202e}']), "{format:?}");
    }
    let html = printed(system.clone(), PageFormat::Html);
    assert!(!html.contains("<script"), "{html}");
    assert!(html.matches("&lt;script&gt;alert(").count() > 12, "every field is there, escaped");
    assert!(html.contains("<title>Impact assessment of &lt;script&gt;"));
    assert_balanced(&html);
    assert!(!printed(system, PageFormat::Markdown).replace("\\<script", "").contains("<script"));
}

#[test]
fn the_html_stands_alone_and_says_what_its_parts_are() {
    let html = printed(credit(), PageFormat::Html);
    assert_balanced(&html);
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n"));
    for landmark in ["<header>", "<nav aria-label=\"Contents\">", "<main>", "@media print", "size: A4"] {
        assert!(html.contains(landmark), "{landmark}");
    }
    for reaching_out in ["<script", "<link", "<img", "<iframe", "src=", "href=\"http", "url(", "@import", "javascript:"]
    {
        assert!(!html.contains(reaching_out), "{reaching_out}");
    }
    let headings = html.matches("<th ").count() + html.matches("<th>").count();
    assert_eq!(headings, html.matches("<th scope=").count(), "every table heading has a scope");
    let (links, targets) = (html.matches("href=\"#part-").count(), html.matches("<h2 id=\"part-").count());
    assert_eq!((links, targets), (12, 12));
}

/// Every element that is opened is closed in its turn.
fn assert_balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split(['>', ' ', '\n']).next().unwrap_or_default()) {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "closed in its turn"),
            None if ["!DOCTYPE", "meta", "br"].contains(&tag) => {}
            None => open.push(tag),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// A text as if no line had been broken.
fn on_one_line(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_short_form_shows_its_prompts_and_what_was_answered_beside_them() {
    let mut system = bot();
    reply(&mut system, "IA-04-Q03", PromptReply::Text("Nothing much.\n\nThe desk answers.".into()));
    reply(&mut system, "IA-01-Q01", PromptReply::Unknown);
    let page = text(system);
    assert!(page.contains("Short form: only its prompts are shown"), "{page}");
    assert!(
        page.contains("IA-04-Q03 What happens if you do not use it?\n  - Nothing much.\n  - The desk answers.\n"),
        "{page}"
    );
    assert!(
        on_one_line(&page).contains(
            "IA-01-Q01 Which AI system do you assess, and which version of it? (essential, nobody knows yet) Nobody knows yet."
        ),
        "{page}"
    );
    assert!(
        page.contains(
            "IA-04-Q01 Which problem does it solve, and for whom? (essential, still open)\n  Not answered.\n"
        ),
        "{page}"
    );
    assert!(!page.contains("IA-04-Q02"), "{page}");
    assert!(!page.contains("Article 27:"), "{page}");
}

#[test]
fn the_full_form_shows_every_prompt_of_every_section() {
    let page = printed(credit(), PageFormat::Markdown);
    assert!(page.contains("Full form: all 17 sections."));
    for (section, prompt) in catalog().impact.prompts() {
        assert!(page.contains(&format!("### {} {}\n", section.id, section.title)), "{}", section.id);
        assert!(page.contains(prompt.id.as_str()), "{}", prompt.id);
    }
}

#[test]
fn article_27_marks_the_sections_that_answer_it() {
    let page = printed(credit(), PageFormat::Markdown);
    assert!(page.contains("Article 27: 27(1)(c) "), "{page}");
    assert!(page.contains("| 27(1)(e) |"), "{page}");
    let duty = page.split("**Art. 27 ").nth(1).and_then(|rest| rest.split("**").nth(1)).unwrap_or_default();
    assert!(duty.contains("From 2027-12-02 (moved, before: 2026-08-02): "), "{duty}");
    let path = &catalog().eu_act;
    for once in [path.disclaimer.as_str(), path.acknowledgement.as_str()] {
        let plain = page.replace('\\', "");
        assert_eq!(plain.matches(once).count(), 1, "{once}");
    }
    let uncertain = page.split("**Art. 86 ").nth(1).and_then(|rest| rest.split("**").nth(1)).unwrap_or_default();
    assert!(uncertain.contains("From 2026-08-02, uncertain: "), "{uncertain}");
}

#[test]
fn a_path_that_is_not_begun_indicates_nothing() {
    let page = text(bot());
    assert!(page.contains("The path has not been begun, so nothing is indicated yet."), "{page}");
    let begun = text(walked(&[("scope", PathReply::Yes, "")]));
    let waits = "- Still open: ";
    assert!(begun.contains(waits), "{begun}");
}

#[test]
fn criteria_are_marked_as_proposed_until_the_organization_approves_them() {
    let proposed = "proposed by aimscope, not approved by your organization";
    let with = |criteria: OwnCriteria| {
        let page = printed_with(criteria, bot(), PageFormat::Markdown);
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(with(OwnCriteria::default()).matches(proposed).count(), 2, "where they stand, and what to approve");
    let draft = OwnCriteria { approved_by: "Board".into(), ..OwnCriteria::default() };
    assert!(with(draft.clone()).contains("count only once they are approved."));
    let approved = with(OwnCriteria { approved_on: Some(day("2026-05-01")), ..draft });
    assert!(approved.contains("Approved by Board on 2026-05-01."), "{approved}");
    assert!(!approved.contains(proposed), "{approved}");
}

#[test]
fn an_approval_in_force_is_said_at_the_top_and_what_fired_since() {
    let mut system = with_harms(&[("h1", "32213", "32212", "m1")]);
    assert!(text(system.clone()).contains("\nState: draft until approved (not signed).\n"));
    system.impact.sign_offs = vec![decided(Outcome::Approved)];
    let page = text(system.clone());
    assert!(page.contains("\nState: approved, by Cem on 2026-05-06.\n"), "{page}");
    assert!(page.contains("In force      yes\n"), "{page}");
    assert!(!page.contains("This assessment: it is a draft"), "{page}");
    system.impact.occasions =
        vec![Occasion { trigger: "TR-10".into(), on: day("2026-05-20"), what: "Two complaints".into() }];
    system.next_review = Some(day("2026-05-30"));
    let page = text(system);
    assert!(page.contains("Something asks for a new look"), "{page}");
    assert!(on_one_line(&page).contains("Two complaints."), "{page}");
    assert!(page.contains("Next review   2026-05-30 (overdue)\n"), "{page}");
}

#[test]
fn the_json_has_all_its_keys_also_where_nothing_is_said() {
    let keys = |system: System| {
        let json: serde_json::Value = serde_json::from_str(&printed(system, PageFormat::Json)).expect("JSON");
        json.as_object().expect("an object").keys().cloned().collect::<Vec<_>>()
    };
    let full = keys(credit());
    assert_eq!(full, keys(bot()));
    for key in [
        "schema",
        "report",
        "system",
        "result",
        "approval",
        "sign_offs",
        "fired",
        "open_points",
        "screening",
        "harms",
        "no_harm",
        "benefits",
        "measures",
        "sections",
        "eu_act",
        "criteria",
        "notice",
    ] {
        assert!(full.iter().any(|known| known == key), "{key}");
    }
}
