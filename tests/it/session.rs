//! One whole evening, key by key, in a real terminal: from the first start to the printed plan.
//! The same keys give the same save in every terminal, and the figures agree with what is worked out by hand.

use serde_json::Value;

use crate::support::{Place, Terminal};

/// The terminals in which the same evening is spent: size and environment.
type Setting = ((u16, u16), &'static [(&'static str, &'static str)]);
const SETTINGS: [Setting; 4] =
    [((80, 24), &[]), ((80, 24), &[("TERM", "linux")]), ((80, 24), &[("NO_COLOR", "1")]), ((60, 16), &[])];

/// The requirements in natural order with base weight and whether they face systems, from the JSON of `score`.
struct Weights(Vec<(String, u64)>);

#[test]
fn an_evening_gives_the_same_save_and_standing_in_every_terminal() {
    let evenings: Vec<(String, String, Place)> = SETTINGS.into_iter().map(spend_evening).collect();
    let (save, standing, place) = &evenings[0];
    for (other, setting) in evenings.iter().zip(SETTINGS) {
        assert_eq!(&other.0, save, "the save in {setting:?}");
        assert_eq!(&other.1, standing, "the standing in {setting:?}");
    }
    figures_agree(place, standing);
}

/// Starts from nothing, answers everything, leaves; returns the save, the four standing lines and the place.
fn spend_evening((size, variables): Setting) -> (String, String, Place) {
    let place = Place::new();
    let mut terminal = place.terminal(&["--saves", "saves"], size, variables);
    terminal.wait_for("Start").expect("\r", "What is the assessment called?");
    terminal.type_in("Acme Pilot").expect("\r", "Profile: 1 of 5");
    // Producer and user; software; 11 to 50 people; reaches the EU; no date.
    terminal.type_in("1").type_in("3").expect("\r", "Profile: 2 of 5");
    terminal.expect("1", "Profile: 3 of 5").expect("2", "Profile: 4 of 5").expect("1", "Profile: 5 of 5");
    terminal.expect("4", "question 1 of 14");
    for number in 2..=14 {
        // The second option each time.
        terminal.expect("2", &format!("question {number} of 14"));
    }
    // The certificates are skipped; what the gateway gave is summed up.
    terminal.expect("\r", "levels have a proposal").expect("\r", "Clauses 4-10");
    accept_and_correct(&mut terminal);
    quick_pass(&mut terminal);
    full_pass_of_clause_4(&mut terminal);
    exclude_a_control(&mut terminal);
    terminal.wait_for("saved");
    terminal.type_in("Q");
    let (code, output) = terminal.finish();
    assert_eq!(code, 0);
    let printed = plain(output.rsplit("\u{1b}[?1049l").next().expect("a text behind the main screen"));
    let start = printed.find("Acme Pilot: ").expect("the standing");
    let standing: String = printed[start..].lines().take(4).map(|line| format!("{line}\n")).collect();
    assert!(printed.contains("saved: saves/acme-pilot.ron"), "{printed}");
    (place.read("saves/acme-pilot.ron"), standing, place)
}

/// Takes over what is proposed for clause 4 in one step, takes it back, and takes it over again.
fn accept_and_correct(terminal: &mut Terminal) {
    terminal.expect("A", "of 4 accepted").expect("z", "Taken back: level of 4").type_in("Z");
    terminal.expect("A", "Nothing is proposed in 4");
}

/// All 70 requirements with a digit each: 0, 1, 2, 3, 4, 5 in turn, over proposals too.
fn quick_pass(terminal: &mut Terminal) {
    terminal.expect("\u{1b}[C\u{1b}[B\r", "4.1 Understanding");
    for number in 0..70 {
        let digit = (b'0' + (number % 6) as u8) as char;
        let next = if number < 69 { format!("{} of 70", number + 2) } else { "last requirement".to_owned() };
        terminal.expect(&digit.to_string(), &next);
    }
    terminal.expect("q", "Clauses 4-10");
}

/// Yes to every check of clause 4, level 3, and evidence for 4.3.
fn full_pass_of_clause_4(terminal: &mut Terminal) {
    terminal.expect("\u{1b}[H\u{1b}[B\r", "4.1 Understanding").expect("t", "Full pass");
    for (number, checks) in [(1, 4), (2, 3), (3, 4), (4, 3)] {
        terminal.expect("3", &format!("{number} of 70")).wait_for("[ ]");
        for answered in 1..=checks {
            terminal.expect("y", &format!("checks {answered}/{checks}"));
        }
        if number == 3 {
            terminal.expect("e", "Evidence for 4.3").expect("n", "lie");
            terminal.type_in("\u{1b}[200~docs/scope-statement.pdf\u{1b}[201~").expect("\r", "scope statement");
            terminal.expect("q", "evidence 1");
        }
        terminal.expect("\r", &format!("{} of 70", number + 1)).type_in("\t");
    }
    terminal.expect("t", "Quick pass").expect("q", "Clauses 4-10");
}

fn exclude_a_control(terminal: &mut Terminal) {
    terminal.type_in("/").type_in("a.7.6").expect("\r", "A.7.6 Data preparation").expect("x", "Reason (at least");
    terminal.type_in("we train no models and prepare no data").expect("\t", "Reference");
    terminal.type_in("R-12").expect("\r", "A.7.6 excluded");
    terminal.expect("q", "Clauses 4-10");
}

/// What was printed, without escape sequences.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().skip(2).find(|(_, c)| c.is_ascii_alphabetic()).map_or(rest.len(), |(i, _)| i + 1);
        rest = &rest[end..];
    }
    plain.push_str(rest);
    plain.replace('\r', "")
}

/// The claimed level of the requirement at that place in natural order, as the evening gave it.
fn claimed(index: usize) -> u64 {
    if index < 4 { 3 } else { (index % 6) as u64 }
}

/// Works the figures of both groups out by hand and holds score, plan and statement of applicability against them.
fn figures_agree(place: &Place, standing: &str) {
    let score = json(place, "score");
    let requirements = score["requirements"].as_array().expect("a list");
    assert_eq!(requirements.len(), 70);
    let weights = Weights::of(requirements);
    // No system is in scope: a weight is base x 4 quarters.
    let clauses: Vec<usize> = (0..32).collect();
    let excluded = weights.0.iter().position(|(id, _)| id == "A.7.6").expect("A.7.6");
    let controls: Vec<usize> = (32..70).filter(|index| *index != excluded).collect();
    let sum = |indices: &[usize], level: &dyn Fn(usize) -> u64| {
        let numerator: u64 = indices.iter().map(|index| weights.0[*index].1 * level(*index)).sum();
        let denominator: u64 = indices.iter().map(|index| weights.0[*index].1).sum();
        (numerator, denominator)
    };
    // 4.3 has all checks yes and current evidence: nothing caps its 3. Everything else has no evidence: at most 2.
    let credited = |index: usize| if index == 2 { 3 } else { claimed(index).min(2) };
    for (group, indices) in [("management_system", &clauses), ("controls", &controls)] {
        let figures =
            &score["groups"].as_array().expect("two groups").iter().find(|g| g["id"] == group).expect("a group");
        let is = |name: &str, (numerator, denominator): (u64, u64)| {
            assert_eq!(figures[name]["numerator"], numerator, "{name} of {group}");
            assert_eq!(figures[name]["denominator"], denominator, "{name} of {group}");
        };
        is("claimed", sum(indices, &claimed));
        is("credited", sum(indices, &credited));
        let (numerator, denominator) = sum(indices, &claimed);
        let tenths = (20 * numerator + denominator) / (2 * denominator);
        let printed = format!("claimed {}.{}", tenths / 10, tenths % 10);
        assert!(standing.contains(&printed), "{printed} in {standing}");
    }
    let verdict = |id: &str| {
        requirements
            .iter()
            .find(|r| r["id"] == id)
            .map(|r| r["verdict"].as_str().expect("a word"))
            .expect("a requirement")
    };
    assert_eq!([verdict("4.1"), verdict("4.3"), verdict("A.7.6")], ["NotShown", "Conforming", "NotApplicable"]);
    // Level 0 and nothing else said: a clause has a major gap, and so has a control with a critical check (rule 3).
    assert_eq!(verdict(&weights.0[6].0), "MajorGap");
    let majors = requirements.iter().filter(|r| r["verdict"] == "MajorGap").count();
    let critical = ["A.2.2", "A.3.2", "A.5.2", "A.5.3", "A.5.4", "A.5.5", "A.6.2.4", "A.6.2.6", "A.8.4", "A.10.3"];
    let zero = |index: &usize| claimed(*index) == 0;
    let expected = clauses.iter().filter(|index| zero(index)).count()
        + controls.iter().filter(|i| zero(i) && critical.contains(&weights.0[**i].0.as_str())).count();
    assert_eq!(majors, expected);

    let plan = json(place, "plan");
    let steps = plan["steps"].as_array().expect("a list");
    assert_eq!(steps[0]["start"], "2026-11-23", "the Monday after a Saturday");
    let serves = |id: &str| steps.iter().any(|step| step["serves"].as_array().expect("a list").iter().any(|s| s == id));
    assert!(serves("4.1"), "evidence is missing");
    assert!(!serves("4.3") && !serves("A.7.6"), "nothing to do where it conforms or does not apply");

    let soa = json(place, "soa");
    let rows = soa["controls"].as_array().expect("a list");
    assert_eq!(rows.len(), 38);
    let row = rows.iter().find(|row| row["id"] == "A.7.6").expect("A.7.6");
    assert_eq!(row["reason"], "we train no models and prepare no data");
}

impl Weights {
    fn of(requirements: &[Value]) -> Weights {
        let row = |r: &Value| {
            let (base, factor) = (&r["weight"]["base"], &r["weight"]["factor_quarters"]);
            assert_eq!(factor, 4, "no system is in scope");
            (r["id"].as_str().expect("a reference").to_owned(), base.as_u64().expect("a number") * 4)
        };
        Weights(requirements.iter().map(row).collect())
    }
}

fn json(place: &Place, command: &str) -> Value {
    let outcome = place.run(&format!("{command} saves/acme-pilot.ron --format json"));
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{command}");
    serde_json::from_str(&outcome.out).expect("JSON")
}
