//! Words that the glossary explains, marked where they first occur in a text: whole words, case ignored, the longest wins.

use std::ops::Range;

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{model::catalog::Term, tui::widgets::text};

/// A text with the first occurrence of each glossary term in `term_style`, the rest in `style`.
pub fn marked<'a>(text: &'a str, glossary: &[Term], style: Style, term_style: Style) -> Vec<Span<'a>> {
    let found = occurrences(text, glossary);
    spans(text, 0, &found, style, term_style)
}

/// The same for a text wrapped to `width` cells: a term is marked once in the whole text, also across a line end.
pub fn marked_lines(text: &str, width: u16, glossary: &[Term], style: Style, term_style: Style) -> Vec<Line<'static>> {
    let found = occurrences(text, glossary);
    let mut end = 0;
    let lines = text::wrap(text, width).into_iter().map(|line| {
        // Wrapping only drops spaces, so that a line is found again behind the one before; a cleaned one is not marked.
        let place = text[end..].find(line.as_ref()).map(|start| end + start);
        end = place.map_or(end, |start| start + line.len());
        let marks = if place.is_some() { found.as_slice() } else { &[] };
        let spans = spans(&line, place.unwrap_or(0), marks, style, term_style);
        Line::from_iter(spans.into_iter().map(|span| Span::styled(span.content.into_owned(), span.style)))
    });
    lines.collect()
}

/// The terms that occur in some texts, as positions in the glossary, in the order in which they are met.
pub fn terms_in(texts: &[&str], glossary: &[Term]) -> Vec<usize> {
    let mut terms = Vec::new();
    for (_, term) in texts.iter().flat_map(|text| occurrences(text, glossary)) {
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// The forms of a term that are more than a plural, the term itself first.
pub fn forms(term: &Term) -> Vec<&str> {
    let mut forms: Vec<&str> = vec![&term.term];
    for form in &term.also {
        // A plural differs from its singular in the last letter at most, and in what follows: party, parties.
        let stem = |other: &str| other.chars().take(other.chars().count().saturating_sub(1)).collect::<String>();
        if !forms.iter().any(|other| form.starts_with(&stem(other))) {
            forms.push(form);
        }
    }
    forms
}

/// Where each term first occurs, in the order of the text, and which term it is.
fn occurrences(text: &str, glossary: &[Term]) -> Vec<(Range<usize>, usize)> {
    let starts: Vec<usize> = word_starts(text).collect();
    let forms = forms_by_letter(text, &starts, glossary);
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    let mut end = 0;
    for start in starts {
        if start < end {
            continue;
        }
        let Some((length, term)) = longest_term(&text[start..], &forms) else { continue };
        end = start + length;
        if found.iter().all(|(_, other)| *other != term) {
            found.push((start..end, term));
        }
    }
    found
}

/// A form of a term under the letter that it begins with, and which term it is.
type Form<'a> = (u8, &'a str, usize);

/// The forms that begin with a letter with which some word of the text begins, in the order of their letters: this runs
/// for every text that is drawn, and most forms begin with another.
fn forms_by_letter<'a>(text: &str, starts: &[usize], glossary: &'a [Term]) -> Vec<Form<'a>> {
    let mut begins = [false; 256];
    starts.iter().for_each(|start| begins[usize::from(letter_of(&text[*start..]))] = true);
    let all = glossary.iter().enumerate().flat_map(|(index, term)| {
        std::iter::once(&term.term).chain(&term.also).map(move |form| (letter_of(form), form.as_str(), index))
    });
    let mut forms: Vec<Form> = all.filter(|(letter, _, _)| begins[usize::from(*letter)]).collect();
    forms.sort_by_key(|(letter, _, _)| *letter);
    forms
}

/// The letter under which a text is filed: its first in lower case; one sign for all letters outside ASCII.
fn letter_of(text: &str) -> u8 {
    text.as_bytes().first().map_or(0, |byte| if byte.is_ascii() { byte.to_ascii_lowercase() } else { u8::MAX })
}

/// The byte offsets at which a word begins.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut was_in_word = false;
    text.char_indices().filter_map(move |(offset, c)| {
        let starts = is_word(c) && !was_in_word;
        was_in_word = is_word(c);
        starts.then_some(offset)
    })
}

/// Whether a character is part of a word; a hyphen joins, so that `non-control` is not a control.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// The longest form of any term with which a text begins: its length in the text, and the term.
fn longest_term(text: &str, forms: &[Form]) -> Option<(usize, usize)> {
    let letter = letter_of(text);
    let from = forms.partition_point(|(other, _, _)| *other < letter);
    let same_letter = forms[from..].iter().take_while(|(other, _, _)| *other == letter);
    same_letter
        .filter_map(|(_, form, index)| Some((prefix_length(text, form)?, *index)))
        .max_by_key(|(length, _)| *length)
}

/// How much of a text a form covers at its beginning as whole words, case ignored.
fn prefix_length(text: &str, form: &str) -> Option<usize> {
    let mut rest = text.chars();
    for expected in form.chars() {
        if !rest.next().is_some_and(|c| is_same(c, expected)) {
            return None;
        }
    }
    let is_whole = !form.is_empty() && !rest.clone().next().is_some_and(is_word);
    is_whole.then(|| text.len() - rest.as_str().len())
}

/// Whether two characters are the same, case ignored.
fn is_same(a: char, b: char) -> bool {
    a.eq_ignore_ascii_case(&b) || (!a.is_ascii() && a.to_lowercase().eq(b.to_lowercase()))
}

/// The spans of a piece of a text that begins at byte `offset` of it.
fn spans<'a>(
    piece: &'a str,
    offset: usize,
    found: &[(Range<usize>, usize)],
    style: Style,
    term_style: Style,
) -> Vec<Span<'a>> {
    let mut spans = Vec::new();
    let mut end = 0;
    for (range, _) in found {
        let from = range.start.saturating_sub(offset).clamp(end, piece.len());
        let to = range.end.saturating_sub(offset).clamp(from, piece.len());
        if from < to {
            spans.push(Span::styled(&piece[end..from], style));
            spans.push(Span::styled(&piece[from..to], term_style));
            end = to;
        }
    }
    spans.push(Span::styled(&piece[end..], style));
    spans.retain(|span| !span.content.is_empty());
    spans
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;
    use crate::content::builtin;

    fn glossary(terms: &[&[&str]]) -> Vec<Term> {
        let term = |forms: &&[&str]| Term {
            term: forms[0].to_owned().into(),
            also: forms[1..].iter().map(|form| (*form).to_owned().into()).collect(),
            meaning: "".into(),
        };
        terms.iter().map(term).collect()
    }

    /// Marked parts in brackets, spans joined.
    fn shown(spans: &[Span]) -> String {
        let show = |span: &Span| match span.style.add_modifier.is_empty() {
            true => span.content.to_string(),
            false => format!("[{}]", span.content),
        };
        spans.iter().map(show).collect()
    }

    fn mark(text: &str, terms: &[&[&str]]) -> String {
        shown(&marked(text, &glossary(terms), Style::new(), Style::new().add_modifier(Modifier::UNDERLINED)))
    }

    #[test]
    fn the_longest_whole_word_is_marked_once() {
        let terms: &[&[&str]] = &[&["risk"], &["risk assessment", "risk assessments"], &["AIMS", "management system"]];
        assert_eq!(mark("", terms), "");
        assert_eq!(mark("no word of it", terms), "no word of it");
        assert_eq!(mark("Risk is named in RISK Assessments.", terms), "[Risk] is named in [RISK Assessments].");
        assert_eq!(mark("risk, risk, risk", terms), "[risk], risk, risk");
        assert_eq!(mark("asterisk, risks, risk-free, a_risk", terms), "asterisk, risks, risk-free, a_risk");
        assert_eq!(mark("Risk assessment; a risk", terms), "[Risk assessment]; a [risk]");
        assert_eq!(mark("aims of the management system", terms), "[aims] of the management system", "one term, once");
        assert_eq!(mark("(risk)", terms), "([risk])");
    }

    #[test]
    fn letters_outside_ascii_are_compared_without_case_too() {
        let terms: &[&[&str]] = &[&["Überwachung"], &["影響"]];
        assert_eq!(mark("ÜBERWACHUNG und überwachung", terms), "[ÜBERWACHUNG] und überwachung");
        assert_eq!(mark("影響 評価", terms), "[影響] 評価");
        assert_eq!(mark("影響評価", terms), "影響評価", "without spaces there are no whole words");
    }

    #[test]
    fn a_term_is_marked_once_over_all_lines() {
        let glossary = glossary(&[&["risk assessment"]]);
        let text = "Do the risk assessment, and then the risk assessment again.";
        let lines = marked_lines(text, 16, &glossary, Style::new(), Style::new().add_modifier(Modifier::UNDERLINED));
        let lines: Vec<String> = lines.iter().map(|line| shown(&line.spans)).collect();
        assert_eq!(lines, ["Do the [risk]", "[assessment], and", "then the risk", "assessment", "again."]);
    }

    #[test]
    fn terms_are_listed_in_the_order_in_which_they_are_met() {
        let glossary = glossary(&[&["scope"], &["risk", "risks"], &["owner"]]);
        assert_eq!(terms_in(&["Risks of the scope", "the scope and a risk"], &glossary), [1, 0]);
    }

    #[test]
    fn plurals_are_not_listed() {
        let glossary = glossary(&[&["interested party", "interested parties", "stakeholder", "stakeholders"]]);
        assert_eq!(forms(&glossary[0]), ["interested party", "stakeholder"]);
    }

    #[test]
    fn marking_changes_no_character_of_any_question() {
        let catalog = builtin::catalog();
        for requirement in catalog.requirements() {
            for check in &requirement.checks {
                let spans = marked(&check.text, &catalog.glossary, Style::new(), Style::new());
                assert_eq!(spans.iter().map(|span| span.content.as_ref()).collect::<String>(), check.text);
            }
        }
    }
}
