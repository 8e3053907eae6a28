//! `aimscope answer`: plain questions and answers line by line, over the same model as the screens.
//! For screen readers, simple terminals and pipes. Every answer is written before the next question.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Write},
    path::Path,
    process::ExitCode,
};

use crate::{
    clean_text::clean_line,
    cli::{
        arguments,
        context::{Context, is_bare_name},
        failure::Failure,
        output,
        saves::{self, Writable},
    },
    impact::{coverage, rating},
    model::{
        answer::{Answer, CheckAnswer, CheckResponse, LevelAnswer},
        assessment::Assessment,
        edit::Change,
        evidence::Evidence,
        exclusion::{Exclusion, ExclusionBasis, needs_override},
        level::Level,
        proposal::ProposedLevel,
        reference::Reference,
        requirement::{Check, Requirement},
    },
    plan::{self, PlanOptions},
    report::{self, Format, Subject},
    score,
    store::Loaded,
};

/// Asks for what is open in a save until all is answered, the input ends or the person quits.
pub(super) fn perform(context: &Context, request: &arguments::Answer) -> Result<ExitCode, Failure> {
    let (save, loaded) = open_or_make(context, &request.file)?;
    let wanted = wanted(context, &request.only)?;
    let mut dialog = Dialog {
        context,
        by: context.person()(),
        save,
        assessment: loaded.assessment,
        input: io::stdin().lock(),
        asks_again: request.again,
        asks_checks: request.full,
        is_at_end: false,
    };
    dialog.run(&wanted)?;
    dialog.closing()
}

fn open_or_make(context: &Context, file: &str) -> Result<(Writable, Loaded), Failure> {
    match context.find(file) {
        Err(Failure::NotFound(_)) if is_bare_name(file) && !file.ends_with(".ron") => {
            let path = saves::make(context, file)?;
            Writable::open(context, &path.to_string_lossy())
        }
        Ok(_) | Err(_) => Writable::open(context, file),
    }
}

/// The requirements named, by themselves or through their clause or control group; all when none is.
fn wanted<'c>(context: &'c Context, only: &[Reference]) -> Result<Vec<&'c Requirement>, Failure> {
    let known = |id: &Reference| context.catalog.requirement(*id).is_some() || context.catalog.category(*id).is_some();
    if let Some(unknown) = only.iter().find(|id| !known(id)) {
        let hint = "`aimscope questionnaire list` prints all of them";
        return Err(Failure::Sentence(format!("{unknown} is not a requirement, clause or control group; {hint}")));
    }
    let is_wanted = |requirement: &&Requirement| {
        only.is_empty() || only.iter().any(|id| *id == requirement.id || *id == requirement.id.category())
    };
    Ok(context.catalog.requirements().filter(is_wanted).collect())
}

/// What follows from a line that was typed.
enum Next {
    /// The question is answered or skipped.
    Question,
    /// The same question again.
    Same,
    /// The question before.
    Before,
    /// No more questions.
    Quit,
}

const HELP: &str = "\
0 to 5: the level.  u: nobody knows.  Enter: skip.  t: take the proposal.  b: the question before.
w: why it matters and what auditors ask.  n TEXT: note.  o NAME: owner.  f: flag to talk over.
e PATH OR LINK: attach evidence of today.  x: exclude the control, or include it again.
c: go through the checks.  k: keep what an earlier round said.  q: stop.  Everything is saved at once.";

const CHECK_HELP: &str =
    "y: yes.  p: partly.  n: no.  u: nobody knows.  o REASON: no occasion so far.  Enter: skip.  q: no more checks.";

struct Dialog<'a, R> {
    context: &'a Context,
    by: String,
    save: Writable,
    assessment: Assessment,
    input: R,
    asks_again: bool,
    asks_checks: bool,
    /// Whether the input has ended.
    is_at_end: bool,
}

impl<R: BufRead> Dialog<'_, R> {
    fn run(&mut self, wanted: &[&Requirement]) -> Result<(), Failure> {
        say(&format!("{}. One question at a time; ? explains the answers.", self.assessment.name))?;
        let mut index = 0;
        while let Some(requirement) = wanted.get(index) {
            if self.is_settled(requirement) {
                index += 1;
                continue;
            }
            self.introduce(requirement, index + 1, wanted.len())?;
            loop {
                let Some(line) = self.ask("Level 0-5, ? for help: ")? else { return Ok(()) };
                match self.take(requirement, &line)? {
                    Next::Same => {}
                    Next::Question => {
                        index += 1;
                        break;
                    }
                    Next::Before => {
                        index = index.saturating_sub(1);
                        self.asks_again = true;
                        break;
                    }
                    Next::Quit => return Ok(()),
                }
                if self.is_at_end {
                    return Ok(());
                }
            }
        }
        say("No question is left.")
    }

    fn answer(&self, requirement: &Requirement) -> Option<&Answer> {
        self.assessment.answer(requirement.id)
    }

    fn is_settled(&self, requirement: &Requirement) -> bool {
        let has_level = self.answer(requirement).is_some_and(|answer| answer.level.is_some());
        let checks_open = self.asks_checks
            && requirement
                .checks
                .iter()
                .any(|check| self.answer(requirement).is_none_or(|answer| answer.check(&check.id).is_none()));
        let is_excluded = !self.assessment.is_applicable(requirement.id);
        !self.asks_again && !self.is_to_confirm(requirement) && (is_excluded || (has_level && !checks_open))
    }

    /// Whether an earlier round said something here that nobody has confirmed in this one.
    fn is_to_confirm(&self, requirement: &Requirement) -> bool {
        self.answer(requirement).is_some_and(|answer| answer.to_confirm)
    }

    /// States a level, which also confirms what an earlier round said here.
    fn state(&mut self, requirement: &Requirement, level: LevelAnswer) -> Result<(), Failure> {
        let change = Change::level(requirement.id, level);
        let confirm = Change::SetToConfirm { requirement: requirement.id, to_confirm: false };
        let is_to_confirm = self.is_to_confirm(requirement);
        self.change(if is_to_confirm { Change::Batch(vec![change, confirm]) } else { change })
    }

    fn introduce(&self, requirement: &Requirement, number: usize, count: usize) -> Result<(), Failure> {
        let mut text = format!(
            "\nQuestion {number} of {count}. {} {}\n{}\n",
            requirement.id,
            requirement.full_title(),
            requirement.intent
        );
        for (level, rung) in requirement.ladder.rungs() {
            text.push_str(&format!("  {level}: {rung}\n"));
        }
        match self.answer(requirement).and_then(Answer::effective_level) {
            Some(LevelAnswer::Level(level)) => text.push_str(&format!("Answered so far: {level}.\n")),
            Some(LevelAnswer::Unknown) => text.push_str("Answered so far: nobody knows.\n"),
            None => {
                let proposals = self.proposals();
                if let Some(proposed) = proposals.get(&requirement.id) {
                    text.push_str(&format!("Proposed, not scored: {}. Why: {}\n", proposed.level, proposed.why));
                }
            }
        }
        if self.is_to_confirm(requirement) {
            text.push_str("From an earlier round, to be re-confirmed; k keeps it as it stands.\n");
        }
        if let Some(exclusion) = self.assessment.exclusion_in_force(requirement.id) {
            text.push_str(&format!("Excluded: {}\n", exclusion.reason));
        }
        say(text.trim_end())
    }

    fn take(&mut self, requirement: &Requirement, line: &str) -> Result<Next, Failure> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (id, rest) = (requirement.id, rest.trim().to_owned());
        match (word, word.parse().ok().and_then(Level::new)) {
            ("", _) => return Ok(Next::Question),
            ("q", _) => return Ok(Next::Quit),
            ("b", _) => return Ok(Next::Before),
            (_, Some(level)) => {
                self.state(requirement, LevelAnswer::Level(level))?;
                return self.after_level(requirement);
            }
            ("u", _) => {
                self.state(requirement, LevelAnswer::Unknown)?;
                return self.after_level(requirement);
            }
            ("k", _) if self.is_to_confirm(requirement) => {
                self.change(Change::SetToConfirm { requirement: id, to_confirm: false })?;
                return Ok(Next::Question);
            }
            ("k", _) => say("Nothing is to be re-confirmed here.")?,
            ("t", _) => return self.take_proposal(requirement),
            ("c", _) => self.ask_checks(requirement)?,
            ("w", _) => say(&why(requirement))?,
            ("n", _) => self.change(Change::SetNote { requirement: id, note: rest })?,
            ("o", _) => self.change(Change::SetOwner { requirement: id, owner: rest })?,
            ("f", _) => {
                let flagged = self.answer(requirement).is_some_and(|answer| answer.flagged);
                self.change(Change::SetFlag { requirement: id, flagged: !flagged })?;
            }
            ("e", _) if !rest.is_empty() => self.attach(id, &rest)?,
            ("e", _) => say("Say where it is, for instance: e docs/policy.pdf")?,
            ("x", _) => self.exclude(id)?,
            ("?", _) => say(HELP)?,
            (_, None) => say(&format!("`{word}` is not an answer here.\n{HELP}"))?,
        }
        Ok(Next::Same)
    }

    fn after_level(&mut self, requirement: &Requirement) -> Result<Next, Failure> {
        if self.asks_checks {
            self.ask_checks(requirement)?;
        }
        Ok(Next::Question)
    }

    /// The levels proposed for what is unanswered.
    fn proposals(&self) -> BTreeMap<Reference, ProposedLevel> {
        let (catalog, as_of) = (&self.context.catalog, self.context.as_of);
        let systems = rating::rate_systems(catalog, &self.assessment, as_of);
        coverage::proposed_levels(catalog, &self.assessment, &systems, as_of)
    }

    fn take_proposal(&mut self, requirement: &Requirement) -> Result<Next, Failure> {
        let proposals = self.proposals();
        let Some(proposed) = proposals.get(&requirement.id) else {
            say("Nothing is proposed here.")?;
            return Ok(Next::Same);
        };
        self.change(Change::accepted_level(requirement.id, proposed.level))?;
        self.after_level(requirement)
    }

    fn ask_checks(&mut self, requirement: &Requirement) -> Result<(), Failure> {
        let count = requirement.checks.len();
        for (number, check) in (1..).zip(&requirement.checks) {
            say(&describe(check, number, count))?;
            loop {
                let Some(line) = self.ask("y, p, n, u, o, ? for help: ")? else { return Ok(()) };
                let (word, rest) = line.split_once(' ').unwrap_or((line.as_str(), ""));
                let answer = match word {
                    "" => break,
                    "q" => return Ok(()),
                    "y" => CheckAnswer::Yes,
                    "p" => CheckAnswer::Partly,
                    "n" => CheckAnswer::No,
                    "u" => CheckAnswer::Unknown,
                    "o" if check.conditional && !rest.trim().is_empty() => CheckAnswer::NoOccasion,
                    "o" if check.conditional => {
                        say("Say why there was none, for instance: o no incident since the start")?;
                        continue;
                    }
                    "o" => {
                        say("This check needs no occasion: it can always be answered.")?;
                        continue;
                    }
                    _ => {
                        say(CHECK_HELP)?;
                        continue;
                    }
                };
                let reason = if answer == CheckAnswer::NoOccasion { rest.trim().to_owned() } else { String::new() };
                let response = CheckResponse { reason, ..CheckResponse::new(check.id.as_str(), answer) };
                self.change(Change::check(requirement.id, response))?;
                break;
            }
        }
        Ok(())
    }

    fn attach(&mut self, id: Reference, location: &str) -> Result<(), Failure> {
        let (today, taken) = (self.context.as_of, &self.assessment.evidence);
        let evidence = Evidence::found_at(location, today, &self.by, vec![id], taken);
        let said = format!("Attached: {} ({}), dated {}.", evidence.title, evidence.location, self.context.as_of);
        self.change(Change::SetEvidence { id: evidence.id.clone(), evidence: Some(evidence) })?;
        say(&said)
    }

    fn exclude(&mut self, id: Reference) -> Result<(), Failure> {
        if !id.is_control() {
            return say("Clauses 4 to 10 bind everybody; only Annex A controls can be excluded.");
        }
        if self.assessment.answer(id).is_some_and(|answer| answer.exclusion.is_some()) {
            self.change(Change::SetExclusion { requirement: id, exclusion: None })?;
            return say(&format!("{id} applies again."));
        }
        let bases: Vec<String> = (1..)
            .zip(ExclusionBasis::ALL)
            .map(|(number, basis): (u8, _)| format!("{number} {}", basis.name()))
            .collect();
        let basis = loop {
            let Some(line) = self.ask(&format!("On what does it rest? {}: ", bases.join(", ")))? else { return Ok(()) };
            match line.parse::<usize>().ok().and_then(|number| ExclusionBasis::ALL.get(number.checked_sub(1)?).copied())
            {
                Some(basis) => break basis,
                None => say("Type the number in front of it.")?,
            }
        };
        let Some(reason) = self.ask("Reason, at least 10 characters: ")? else { return Ok(()) };
        let Some(reference) = self.ask("Reference (risk or impact id, contract, law), or Enter: ")? else {
            return Ok(());
        };
        let override_note = match needs_override(id) {
            true => self.ask("A clause asks for the same. Why does the exclusion stand? ")?.unwrap_or_default(),
            false => String::new(),
        };
        let exclusion = Exclusion {
            basis: Some(basis),
            reason,
            reference,
            override_note,
            roles: self.assessment.profile.roles.clone(),
            systems: self.assessment.systems_in_scope().map(|system| system.id.clone()).collect(),
            disputed: false,
            others: Vec::new(),
        };
        match exclusion.objection(id) {
            Some(objection) => say(&format!("Not excluded: {objection}.")),
            None => {
                self.change(Change::SetExclusion { requirement: id, exclusion: Some(exclusion) })?;
                say(&format!("{id} is excluded; x includes it again."))
            }
        }
    }

    /// Carries out a change and writes it before anything else is asked.
    fn change(&mut self, change: Change) -> Result<(), Failure> {
        self.assessment.apply(&self.context.edit(self.by.clone(), change));
        self.save.write(&self.assessment)
    }

    /// Prints a prompt and reads a line, cleaned; nothing at the end of the input.
    fn ask(&mut self, prompt: &str) -> Result<Option<String>, Failure> {
        let mut out = io::stdout().lock();
        out.write_all(prompt.as_bytes()).and_then(|()| out.flush()).map_err(output::write_failure)?;
        let mut bytes = Vec::new();
        let read = self
            .input
            .read_until(b'\n', &mut bytes)
            .map_err(|error| Failure::Sentence(format!("cannot read the answer: {error}")))?;
        self.is_at_end = read == 0;
        Ok((read > 0).then(|| clean_line(&String::from_utf8_lossy(&bytes)).into_owned()))
    }

    /// What is printed at the end: where it stands, what to do first, and the path.
    fn closing(&self) -> Result<ExitCode, Failure> {
        let text = closing_text(self.context, &self.assessment, Some(self.save.path()));
        output::print(&format!("\n{text}"))
    }
}

/// The four-line standing and, for a save, the first actions and its path: what stays in the scrollback.
pub(super) fn closing_text(context: &Context, assessment: &Assessment, path: Option<&Path>) -> String {
    let standing = score::score(&context.catalog, assessment, context.as_of);
    let plan = plan::plan(&context.catalog, assessment, &standing, PlanOptions::default());
    let subject = Subject { catalog: &context.catalog, assessment, standing: &standing, plan: &plan };
    let layout = output::layout(&context.environment);
    let mut text = report::standing::render(&subject, Format::Text, &layout);
    if let Some(path) = path {
        let place = path.display().to_string();
        text.push_str(&report::standing::first_actions(&subject, &place, &layout));
        text.push_str(&format!("saved: {place}\n"));
    }
    text
}

fn describe(check: &Check, number: usize, count: usize) -> String {
    let critical = if check.critical { ", critical" } else { "" };
    let mut text = format!("Check {number} of {count}{critical}: {}\n", check.text);
    for part in &check.parts {
        text.push_str(&format!("  - {part}\n"));
    }
    text.push_str(&format!("  Look for: {}", check.look_for));
    text
}

fn why(requirement: &Requirement) -> String {
    let asked = requirement.asked_by_auditors.iter().map(|question| format!("\n  - {question}"));
    let seen = requirement.evidence.iter().map(|item| format!("\n  - {item}"));
    format!(
        "{}\nAn auditor asks:{}\nAn auditor wants to see:{}",
        requirement.why_it_matters,
        asked.collect::<String>(),
        seen.collect::<String>()
    )
}

fn say(text: &str) -> Result<(), Failure> {
    output::print(&format!("{text}\n")).map(drop)
}
