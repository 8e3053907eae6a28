//! One AI system from its first line in the register to a signed assessment, key by key, in a real terminal.
//! The same keys give the same saves in every terminal. Between the sittings weights, targets and plan are held against
//! figures worked out by hand.

use serde_json::Value;

use crate::support::{Place, Terminal};

/// The terminals in which the system is assessed.
const SIZES: [(u16, u16); 2] = [(80, 24), (60, 16)];
const UP: &str = "\u{1b}[A";
const DOWN: &str = "\u{1b}[B";
/// Ends what takes text, without a lone Esc.
const CTRL_C: &str = "\u{3}";
const CTRL_S: &str = "\u{13}";
const CTRL_U: &str = "\u{15}";

/// The base weights of A.2.2 to A.2.4, none of which faces AI systems: 3 + 1 + 1.
const A2: u64 = 5;
/// The base weights of A.6.1.2 and A.6.1.3, which face none either: 1 + 2.
const A6_1: u64 = 3;
/// The base weights of A.6.2.2 to A.6.2.8, all of which do: 2 + 1 + 3 + 2 + 3 + 1 + 2.
const A6_2: u64 = 14;
/// How many requirements face AI systems.
const FACING: usize = 29;

/// The saves after each sitting, in the order of the sittings.
struct Saves {
    place: Place,
    names: Vec<String>,
}

#[test]
fn a_system_goes_from_screening_to_sign_off_and_moves_weights_targets_and_plan() {
    let [wide, narrow] = &SIZES.map(assess);
    for name in &wide.names {
        assert_eq!(wide.place.read(name), narrow.place.read(name), "{name} in {SIZES:?}");
    }
    let facts = "(fact: \"suppliers\", value: \"Bots Ltd\")";
    assert!(wide.place.read("3.ron").contains(facts), "the facts of the day are kept with the approval");
    for (save, is_said) in [("1.ron", false), ("2.ron", true), ("3.ron", true), ("4.ron", true)] {
        let score = wide.place.run(&format!("score {save}")).out;
        assert_eq!(score.contains("29 targets raised by impact level: "), is_said, "{save}: {score}");
    }
    let [nothing, registered, screened, signed, proven] = [0, 1, 2, 3, 4].map(|sitting| wide.stand(sitting));
    nothing_faces_a_system(&nothing);
    not_assessed_counts_as_medium(&registered);
    sensitive_counts_as_high(&screened);
    approved_at_high(&signed);
    evidence_lowers_what_remains(&proven);
}

/// Answers two control groups line by line, then registers, screens, assesses and proves, one sitting each.
fn assess(size: (u16, u16)) -> Saves {
    let place = Place::new();
    for (group, answers) in [("A.2", "1\n1\n1\n"), ("A.6", "3\n3\n3\n3\n3\n3\n3\n3\n3\n")] {
        let outcome = place.run_with(&["answer", "acme", group, "--saves", "."], answers);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    }
    let mut saves = Saves { place, names: Vec::new() };
    saves.keep();
    for sitting in [register, screen, rate_and_sign, prove] {
        let mut terminal = saves.place.terminal(&["open", "acme.ron"], size, &[]);
        terminal.wait_for("Clauses 4-10");
        sitting(&mut terminal);
        terminal.type_in("Q");
        assert_eq!(terminal.finish().0, 0);
        saves.keep();
    }
    saves
}

/// A bought tool in one line, and the version that its kind does not know.
fn register(terminal: &mut Terminal) {
    terminal.expect("y", "No AI system is registered").expect("n", "meeting-notes:");
    terminal.expect("assistant: Chat helper, Bots Ltd, Bea", "Bots Ltd, Bea").expect("\r", "Added Chat helper");
    terminal.expect(CTRL_C, "not assessed").expect("\r", "EU AI Act").expect("\r", "Facts: Chat helper");
    terminal.expect("\t2.1", "2.1").expect("\r", "Screening");
}

/// The page of the one system that is registered.
fn open_page(terminal: &mut Terminal) {
    terminal.expect("y", "Chat helper").expect("\r", "EU AI Act");
}

/// One sensitive use, so the full form is asked for; as a deployer of a chat assistant it carries minimal risk.
fn screen(terminal: &mut Terminal) {
    open_page(terminal);
    terminal.type_in(DOWN).expect("\r", "Sensitive uses").expect("nnnnnny", "(108 questions)");
    terminal.type_in("nnnnnnnnnn").expect("\r", "full form: 2 of 108");
    terminal.type_in(&DOWN.repeat(6)).expect("\r", "EU AI Act, step 1").expect("y", "step 2");
    // No banned practice, no product of either list, no use of Annex III, no situation of Article 50.
    for number in 3..=7 {
        terminal.expect("n", &format!("step {number}"));
    }
    // A system built on somebody's model; its deployer.
    terminal.type_in("4").expect("\r", "step 8").type_in("2").expect("\r", "Minimal risk");
}

/// Some prompts, a harm, a measure, a benefit, and the decision.
fn rate_and_sign(terminal: &mut Terminal) {
    open_page(terminal);
    terminal.type_in(&DOWN.repeat(2)).expect("\r", "ST-07");
    answer_prompts(terminal);
    rate_before_measures(terminal);
    add_measure(terminal);
    rate_after_measures(terminal);
    terminal.expect("b", "Benefits stand beside").expect("n", "New benefit");
    terminal.type_in("Customers get an answer within the hour\t1\t\t6\t3\t4").expect("\r", "moderate, likely");
    terminal.expect("q", "Harms: Chat helper").expect("q", "ST-07").expect("s", "State: not signed");
    sign(terminal);
}

/// A text, one that nobody knows, a choice, a list and a day.
fn answer_prompts(terminal: &mut Terminal) {
    terminal.expect("\r", "1 of 108").type_in("Chat helper 2.1, web search off").expect("\r", "2 of 108");
    terminal.expect("\t", "nobody knows").expect("u", "3 of 108").expect("1", "4 of 108");
    // The stage comes from the register, the names come with the sign-off.
    terminal.expect("a", "5 of 108").expect("a", "6 of 108");
    terminal.type_in("data protection check, March\rpenetration test, June\r").expect("\r", "7 of 108");
    terminal.expect("2027-05-21", "2027-05-21").expect(CTRL_S, "6 of 7");
}

/// Gravity 2, + 1 for reach 4, + 1 for reversibility 3: severity 4. With likelihood 3 the matrix gives high.
fn rate_before_measures(terminal: &mut Terminal) {
    terminal.expect("h", "no harm stands here").expect("n", "Look for harms").expect("\r", "New harm");
    terminal.type_in("It sends customers a wrong answer\t1\t\t\t");
    terminal.expect("2\t4\t3\t2\t3", "severity 4").expect("\r", "1 harm").expect("q", " 1 It sends");
}

/// At high a measure needs an owner.
fn add_measure(terminal: &mut Terminal) {
    terminal.expect("m", "Measures: Chat helper").expect("n", "New measure");
    terminal.type_in("A person sends every answer\t\t\t\t ").expect("\r", "name an owner");
    terminal.type_in("Bea\t2026-12-31").expect("\r", "due 2026-12-31").expect("q", " 1 It sends");
}

/// With likelihood 2 the matrix gives medium. No evidence shows the measure at work, so it does not count.
fn rate_after_measures(terminal: &mut Terminal) {
    terminal.expect("\r", "What happens").type_in(&UP.repeat(6)).expect("2\t4\t3\t2\t2", "2 Unlikely");
    terminal.expect("\r", "not counted");
}

/// What remains is high: whoever prepared it cannot approve it, in whatever letters.
fn sign(terminal: &mut Terminal) {
    terminal.expect("\r", "New round of sign-off").type_in("Ann\t2026-11-21\tBea\t2026-11-21\t1");
    terminal.type_in("\tann\tsystem owner\t2026-11-21");
    terminal.expect("\r", "somebody else").expect(&format!("{CTRL_U}Dora"), "Dora");
    terminal.expect(&format!("\t{CTRL_U}managing director"), "managing").expect("\r", "State: approved");
}

/// Evidence of today, registered on the map and named by the measure.
fn prove(terminal: &mut Terminal) {
    terminal.expect("e", "Evidence").expect("n", "lie");
    terminal.type_in("logs/answers-sent.csv").expect("\r", "answers sent").expect("q", "Clauses 4-10");
    open_page(terminal);
    terminal.type_in(&DOWN.repeat(4)).expect("\r", "no evidence").expect("\r", "What is done");
    terminal.type_in(&format!("{} ", "\t".repeat(6))).expect("\r", "shown");
    terminal.expect("q", "medium after");
}

impl Saves {
    fn keep(&mut self) {
        let name = format!("{}.ron", self.names.len());
        self.place.write(&name, self.place.read("acme.ron"));
        self.names.push(name);
    }

    /// Where the assessment stands after a sitting.
    fn stand(&self, sitting: usize) -> Stand {
        let json = |command: &str, more: &str| {
            let outcome = self.place.run(&format!("{command} {} {more} --format json", self.names[sitting]));
            assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{command}");
            serde_json::from_str(&outcome.out).expect("JSON")
        };
        let impact = if sitting == 0 { Value::Null } else { json("impact", "--system chat-helper") };
        Stand { score: json("score", ""), plan: json("plan", ""), systems: json("systems", ""), impact }
    }
}

/// The reports of one day.
struct Stand {
    score: Value,
    plan: Value,
    systems: Value,
    impact: Value,
}

/// What `score` says of the weight and the target of a requirement.
struct Weight<'s> {
    id: &'s str,
    base: u64,
    quarters: u64,
    target: u64,
    is_raised: bool,
}

impl Weight<'_> {
    fn of(row: &Value) -> Weight<'_> {
        let number = |value: &Value| value.as_u64().expect("a number");
        let weight = &row["weight"];
        let (base, quarters) = (number(&weight["base"]), number(&weight["factor_quarters"]));
        assert_eq!(number(&weight["weight"]), base * quarters);
        Weight {
            id: row["id"].as_str().expect("a reference"),
            base,
            quarters,
            target: number(&row["target"]),
            is_raised: row["target_raised"].as_bool().expect("yes or no"),
        }
    }

    fn is_of_life_cycle(&self) -> bool {
        self.id.starts_with("A.6.2.")
    }

    fn says(&self, quarters: u64, target: u64) {
        let said = (self.quarters, self.target, self.is_raised);
        assert_eq!(said, (quarters, target, target > 3), "{}", self.id);
    }
}

impl Stand {
    fn weights(&self) -> Vec<Weight<'_>> {
        list(&self.score["requirements"]).iter().map(Weight::of).collect()
    }

    fn step(&self, id: &str) -> Option<&Value> {
        list(&self.plan["steps"]).iter().find(|step| step["id"] == id)
    }

    /// What the system asks for in the plan, by the last part of the id.
    fn system_steps(&self) -> Vec<&str> {
        let ids = list(&self.plan["steps"]).iter().filter_map(|step| step["id"].as_str());
        ids.filter_map(|id| id.strip_prefix("system:chat-helper:")).collect()
    }

    /// Whether the plan lifts something of A.6.2.
    fn lifts_life_cycle(&self) -> bool {
        let lifts = list(&self.plan["steps"]).iter().flat_map(|step| list(&step["lifts"]));
        lifts.into_iter().any(|lift| lift.to_string().contains("A.6.2."))
    }

    /// Whether the figures are provisional because of the level of a system.
    fn is_level_open(&self) -> bool {
        list(&self.score["provisional_because"]).iter().any(|reason| reason == "SystemLevel")
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// What faces AI systems weighs base x factor and has that target; everything else weighs base x 4 and has target 3.
/// The figures follow: A.2 is claimed at 1, A.6 at 3; with all checks open every 3 is credited as 2.
fn weighs(stand: &Stand, factor: u64, target: u64) {
    let weights = stand.weights();
    let (facing, others): (Vec<&Weight<'_>>, _) = weights.iter().partition(|weight| weight.quarters != 4);
    facing.iter().for_each(|weight| weight.says(factor, target));
    others.iter().for_each(|weight| weight.says(4, 3));
    assert_eq!(facing.len(), if factor == 4 { 0 } else { FACING });
    let life_cycle: Vec<&Weight<'_>> = weights.iter().filter(|weight| weight.is_of_life_cycle()).collect();
    life_cycle.iter().for_each(|weight| weight.says(factor, target));
    assert_eq!(life_cycle.iter().map(|weight| weight.base).sum::<u64>(), A6_2);

    let controls = list(&stand.score["groups"]).iter().find(|group| group["id"] == "controls").expect("the group");
    let weight = 4 * (A2 + A6_1) + factor * A6_2;
    for (name, level) in [("claimed", 3), ("credited", 2)] {
        let sum = 4 * A2 + level * (4 * A6_1 + factor * A6_2);
        assert_eq!(controls[name]["numerator"], sum, "{name}");
        assert_eq!(controls[name]["denominator"], weight, "{name}");
    }
    // Not shown, so f is 1: w x shortfall, which is 1 under a target of 3.
    let priority = 4 * A6_1 + factor * A6_2 * (target - 2);
    assert_eq!(stand.step("ask:A.6").expect("open checks")["priority"], priority);
    assert_eq!(stand.lifts_life_cycle(), target > 3, "3 is claimed: enough for 3, too low for 4");
}

fn nothing_faces_a_system(stand: &Stand) {
    weighs(stand, 4, 3);
    assert!(list(&stand.systems["systems"]).is_empty() && !stand.is_level_open());
}

/// Not assessed counts as medium: 1.25, five quarters. Only from 1.5 on a target is raised.
fn not_assessed_counts_as_medium(stand: &Stand) {
    weighs(stand, 5, 3);
    assert!(stand.is_level_open());
    assert_eq!(stand.system_steps(), ["not_started"]);
    let step = stand.step("system:chat-helper:not_started").expect("it asks for an assessment");
    assert_eq!((&step["wave"], &step["effort"]), (&0.into(), &"M".into()));
    let result = &stand.impact["result"];
    assert_eq!((&result["basis"], &result["weighs_as"]), (&"NotAssessed".into(), &"Medium".into()));
    assert_eq!((&result["form"], &stand.impact["system"]["version"]), (&"Short".into(), &"2.1".into()));
}

/// Not assessed and sensitive counts as high: 1.5, six quarters, and targets of 4.
fn sensitive_counts_as_high(stand: &Stand) {
    weighs(stand, 6, 4);
    assert!(stand.is_level_open());
    assert_eq!(stand.system_steps(), ["not_started"]);
    let result = &stand.impact["result"];
    assert_eq!((&result["basis"], &result["weighs_as"]), (&"NotAssessed".into(), &"High".into()));
    assert_eq!((&result["form"], &result["prompts"]), (&"Full".into(), &108.into()));
    let classes = list(&stand.systems["systems"][0]["eu_act"]["classes"]);
    assert_eq!(classes.iter().map(|class| &class["id"]).collect::<Vec<_>>(), ["minimal"]);
}

/// The level is high, before measures and, without evidence, after them: weights and targets stay, the plan moves on.
fn approved_at_high(stand: &Stand) {
    weighs(stand, 6, 4);
    assert!(!stand.is_level_open(), "the level is no stand-in any more");
    assert_eq!(stand.system_steps(), ["unproven", "full_form"]);
    let open = list(&stand.impact["open_points"]).iter().filter_map(|point| point["words"].as_str());
    let of_record: Vec<&str> = open.filter(|words| words.starts_with("Assessment record")).collect();
    assert_eq!(of_record, ["Assessment record: nobody knows the answer to IA-01-Q02."], "all else is answered");
    let result = &stand.impact["result"];
    assert_eq!((&result["before_measures"], &result["after_measures"]), (&"High".into(), &"High".into()));
    is_approved(stand, "High");
}

/// With evidence one step lower remains; weights and targets rest on the level before measures.
fn evidence_lowers_what_remains(stand: &Stand) {
    weighs(stand, 6, 4);
    assert_eq!(stand.system_steps(), ["full_form"]);
    let result = &stand.impact["result"];
    assert_eq!((&result["before_measures"], &result["after_measures"]), (&"High".into(), &"Medium".into()));
    is_approved(stand, "Medium");
}

/// Dora's approval is in force, with the level and the facts of its day, whatever remains now.
fn is_approved(stand: &Stand, now: &str) {
    let system = &stand.systems["systems"][0];
    for approval in [&system["approval"], &stand.impact["approval"]] {
        assert_eq!((&approval["state"], &approval["in_force"]), (&"InForce".into(), &true.into()));
        assert_eq!((&approval["approved_by"], &approval["approved_on"]), (&"Dora".into(), &"2026-11-21".into()));
        assert_eq!(approval["must_approve"]["level"], now);
    }
    assert_eq!(system["next_review"], "2027-05-21");
    assert_eq!(stand.systems["totals"]["approved"], 1);
    assert!(list(&system["fired"]).is_empty());
    let rounds = list(&stand.impact["sign_offs"]);
    assert_eq!(rounds.len(), 1, "what was refused was not kept");
    assert_eq!((&rounds[0]["outcome"], &rounds[0]["prepared_by"]), (&"Approved".into(), &"Ann".into()));
    assert_eq!(
        (&rounds[0]["before_measures"], &rounds[0]["after_measures"]),
        (&"High".into(), &"High".into()),
        "as on the day of approval"
    );
}
