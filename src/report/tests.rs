//! What holds for every report, whatever people wrote: nothing a terminal, Markdown or a spreadsheet would obey, no line too
//! wide, the notice, and none of the words that this product never says.

use crate::{
    model::{
        action::ActionStatus, answer::CheckAnswer, edit::Change, exclusion::ExclusionBasis, profile::AiRole,
        system::System,
    },
    report::{
        Format, Layout, Style, Subject, documents, draft, lens,
        line::Line,
        notice, plan,
        sample::{PLAIN, Sample},
        score, soa, standing,
    },
};

/// Escape sequences of all sorts, a direction override, markup, a formula, wide characters and line breaks.
pub(super) const HOSTILE: &str = "=cmd|' /C calc'!A0\u{1b}[31m\u{9b}2J\u{202e}\u{2066}<script>[x](http://y) **漢字**👩\u{200d}💻\r\n# x\u{0}\t`y` ~~z~~\u{7f}";

/// The names of all reports.
const REPORTS: [&str; 6] = ["standing", "score", "plan", "soa", "documents", "lens"];

fn render(name: &str, subject: &Subject, format: Format, layout: &Layout) -> String {
    match name {
        "standing" => standing::render(subject, format, layout),
        "score" => score::render(subject, &[HOSTILE.to_owned()], format, layout),
        "plan" => plan::render(subject, Some("900".parse().expect("a day rate")), format, layout),
        "soa" => soa::render(subject, format, layout),
        "documents" => documents::render(subject, format, layout),
        "lens" => lens::render(subject, &subject.catalog.lenses[0], format, layout),
        other => panic!("no report is called {other}"),
    }
}

/// An assessment in which every free text is hostile.
pub(super) fn hostile() -> Sample {
    let system = System {
        id: "bot".into(),
        name: HOSTILE.into(),
        in_scope: true,
        level: None,
        residual: None,
        sensitive_use: false,
        banned_use: true,
        next_review: None,
        ..System::default()
    };
    let mut sample = Sample::worked()
        .checks("A.2.2", &["policy"], CheckAnswer::No)
        .level("A.2.2", 3)
        .owner("A.2.2", HOSTILE)
        .evidence("h", HOSTILE, "2026-01-01", &["A.2.2", "A.5.2"])
        .exclude("A.5.2", ExclusionBasis::Role, HOSTILE, HOSTILE)
        .action("list-needs", ActionStatus::Dropped, HOSTILE, None)
        .change(Change::system("entry", system))
        .change(Change::Rename(HOSTILE.into()));
    let mut profile = sample.assessment.profile.clone();
    profile.organization = HOSTILE.into();
    profile.scope = HOSTILE.into();
    profile.roles = vec![AiRole::User];
    sample = sample.change(Change::SetProfile(Box::new(profile)));
    sample.catalog.categories[0].title = HOSTILE.into();
    sample.catalog.categories[0].requirements[0].title = HOSTILE.into();
    sample.catalog.documents[0].title = HOSTILE.into();
    sample.catalog.documents[0].outline[0].guidance = HOSTILE.into();
    sample.catalog.lenses[0].title = HOSTILE.into();
    sample.catalog.lenses[0].groups[0].title = HOSTILE.into();
    sample.catalog.actions[1].task = HOSTILE.into();
    sample
}

/// Hands every report of some subjects, in a format, to a check.
fn for_all(format: Format, layout: &Layout, check: impl Fn(&str, &str)) {
    for sample in [Sample::empty(), Sample::worked(), Sample::empty().level("4.1", 3), hostile()] {
        for name in REPORTS {
            check(name, &sample.report(|subject| render(name, subject, format, layout)));
        }
    }
}

pub(super) fn is_obeyed_by_terminals(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[test]
fn no_line_of_text_is_too_wide_or_obeyed_by_a_terminal() {
    for width in [30, 45, 60, 80, 100, 140] {
        for_all(Format::Text, &Layout { width, style: Style::Plain }, |name, text| {
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name} ends with one line break");
            assert!(!text.contains(is_obeyed_by_terminals), "{name} is clean: {text:?}");
            for line in text.lines() {
                // The standing has one line per entry whatever the width, so that it reads the same from every terminal.
                let fits = name == "standing" || Line::from(line).columns() <= width;
                assert!(fits, "{name} at {width}: {line:?}");
                assert_eq!(line.trim_end(), line, "{name} has no space at the end of a line");
            }
        });
    }
}

#[test]
fn escape_sequences_are_all_that_styles_differ_in() {
    for sample in [Sample::worked(), hostile()] {
        for name in REPORTS {
            let text =
                |style| sample.report(|subject| render(name, subject, Format::Text, &Layout { width: 80, style }));
            let mut ansi = text(Style::Ansi);
            assert!(ansi.contains("\x1b[1m"), "{name} is styled");
            for sequence in
                ["\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m"]
            {
                ansi = ansi.replace(sequence, "");
            }
            assert_eq!(ansi, text(Style::Plain), "{name}");
        }
    }
}

#[test]
fn markdown_shows_markup_rather_than_obeying_it() {
    for_all(Format::Markdown, &PLAIN, |name, text| {
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name} ends with one line break");
        assert!(!text.contains(is_obeyed_by_terminals), "{name} is clean");
        let columns = |row: &str| row.replace("\\\\", "").replace("\\|", "").matches('|').count();
        let mut rows = text.lines().peekable();
        while let Some(row) = rows.next() {
            let unescaped = row.replace("\\\\", "").replace("\\<", "").replace("\\`", "").replace("\\[", "");
            assert!(!unescaped.contains(['<', '`', '[']), "{name}: {row}");
            if let (true, Some(next)) = (row.starts_with('|'), rows.peek().filter(|next| next.starts_with('|'))) {
                assert_eq!(columns(row), columns(next), "{name}: {row}");
            }
        }
    });
    let text = hostile().report(|subject| draft::markdown(subject, &subject.catalog.documents[0]));
    assert!(!text.contains(is_obeyed_by_terminals));
    assert!(!text.replace("\\<", "").contains('<'));
}

#[test]
fn csv_can_be_read_back_and_starts_no_formula() {
    for_all(Format::Csv, &PLAIN, |name, text| {
        assert!(!text.replace("\r\n", "\n").contains(is_obeyed_by_terminals), "{name} is clean");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> =
            reader.records().map(|r| r.expect("rows are as long as the headings")).collect();
        assert!(records.len() > 1, "{name} has rows");
        for field in records.iter().flatten() {
            assert!(!field.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {field:?}");
        }
    });
}

#[test]
fn json_keeps_every_text_and_shows_none_of_it_raw() {
    for_all(Format::Json, &PLAIN, |name, text| {
        assert!(text.ends_with("}\n"), "{name} ends with a line break");
        assert!(!text.contains(is_obeyed_by_terminals), "{name} is clean");
        let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
        assert_eq!(value["schema"], 1);
        assert_eq!(value["report"], name);
        assert_eq!(value["as_of"], "2026-06-01");
    });
    let text = hostile().report(|subject| render("score", subject, Format::Json, &PLAIN));
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(value["assessment"], HOSTILE, "nothing is lost");
}

#[test]
fn every_report_carries_the_notice() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for format in [Format::Text, Format::Markdown, Format::Json] {
        for_all(format, &PLAIN, |name, text| {
            let is_short = name == "standing" && format != Format::Json;
            assert_eq!(words(text).contains(&words(notice::NOTICE)), !is_short, "{name} in {format:?}");
        });
    }
}

#[test]
fn some_words_are_never_said() {
    let sample = Sample::worked().checks("4.2", &["needs"], CheckAnswer::Yes);
    let mut texts: Vec<String> = [Format::Text, Format::Markdown, Format::Csv, Format::Json]
        .into_iter()
        .flat_map(|format| REPORTS.map(|name| sample.report(|subject| render(name, subject, format, &PLAIN))))
        .collect();
    texts.push(sample.report(|subject| draft::markdown(subject, &subject.catalog.documents[0])));
    texts.push(sample.report(|subject| standing::first_actions(subject, "FILE", &PLAIN)));
    for text in texts {
        for word in ["compliant", "certified", "audit-ready"] {
            assert!(!text.to_lowercase().contains(word), "{word:?} in {text}");
        }
    }
}

#[test]
fn the_path_of_the_save_is_shown_clean() {
    let text = hostile().report(|subject| standing::first_actions(subject, HOSTILE, &PLAIN));
    assert!(!text.contains(is_obeyed_by_terminals), "{text:?}");
    assert!(text.lines().all(|line| Line::from(line).columns() <= 80), "{text}");
}

#[test]
fn a_quick_pass_ends_with_a_tenth_of_the_checks() {
    let is_quick = |sample: &Sample| sample.report(|subject| subject.is_quick_pass());
    let mut sample = Sample::empty().level("4.1", 3);
    assert!(is_quick(&sample));
    sample = sample.checks("4.2", &["parties"], CheckAnswer::Yes);
    assert!(!is_quick(&sample), "one of ten");
    let mut sample = Sample::empty();
    for number in 5..10 {
        let mut more = sample.catalog.categories[0].requirements[2].clone();
        more.id = crate::report::sample::reference(&format!("4.{number}"));
        sample.catalog.categories[0].requirements.push(more);
    }
    let sample = sample.checks("A.2.2", &["policy"], CheckAnswer::Yes);
    assert!(is_quick(&sample), "one of twenty");
    let shown = sample.level("A.2.2", 4).evidence("policy", "AI policy", "2026-05-01", &["A.2.2"]);
    assert!(!is_quick(&shown), "something is credited above 2");
}
