//! The page behind `i`: the note, the last changes, why it matters, what auditors ask and want to see, what to read with
//! it. Longer than a screen it is paged by lines, so that all of it is reached.

use ratatui::text::Line;

use super::{Page, Part};
use crate::{
    model::{answer::Answer, history::PastChange, text::Text},
    tui::widgets::{paging, text},
};

/// So many of the last changes stand at the top; the earlier ones stand at the end.
const CHANGES_AT_TOP: usize = 3;

impl Page<'_> {
    /// What is in view of it. Where there is more, the last row says so.
    pub(super) fn shown_more(&self) -> Vec<Part> {
        let mut lines = self.more();
        let all = lines.len();
        let height = self.height_of_more(all);
        let shown = paging::page_of_lines(all, self.question.line, height);
        let is_cut = shown.len() < all;
        let place = format!(" lines {} to {} of {all}; Page down and Page up turn", shown.start + 1, shown.end);
        let mut lines: Vec<Line<'static>> = lines.drain(shown).collect();
        if is_cut {
            let place = text::cut(&place, self.area.width).into_owned();
            lines.push(Line::styled(place, self.session.theme.muted()));
        }
        lines.into_iter().map(|line| Part { lines: vec![line], target: None }).collect()
    }

    /// The line from which on it is in view when it is turned by so many pages.
    pub(super) fn turned_more(&self, pages: isize) -> usize {
        let all = self.more().len();
        let height = self.height_of_more(all);
        paging::moved(self.question.line, pages * isize::try_from(height).unwrap_or(isize::MAX), all)
    }

    /// The rows that it has, which are one less where the last one says that there is more.
    fn height_of_more(&self, lines: usize) -> u16 {
        if lines > usize::from(self.area.height) { self.area.height.saturating_sub(1).max(1) } else { self.area.height }
    }

    fn more(&self) -> Vec<Line<'static>> {
        let theme = self.session.theme;
        let requirement = self.requirement;
        let list = |items: &[Text]| items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>();
        let related = requirement.related.iter().filter_map(|id| {
            self.session.catalog.requirement(*id).map(|related| format!("- {id} {}", related.full_title()))
        });
        let note = self.answer().map(|answer| answer.note.lines().map(str::to_owned).collect());
        let (latest, earlier) = changes(self.answer());
        let sections = [
            ("Note", note.unwrap_or_default()),
            (if earlier.is_empty() { "Last changes" } else { "Last changes (earlier ones at the end)" }, latest),
            ("Why it matters", vec![requirement.why_it_matters.to_string()]),
            ("An auditor asks", list(&requirement.asked_by_auditors)),
            ("An auditor wants to see", list(&requirement.evidence)),
            ("Read together with", related.collect()),
            ("Earlier changes", earlier),
        ];
        let mut lines = Vec::new();
        for (heading, items) in sections.into_iter().filter(|(_, items): &(_, Vec<String>)| !items.is_empty()) {
            lines.extend(self.wrapped(heading, 1, theme.heading()).lines);
            lines.extend(items.iter().flat_map(|item| self.wrapped(item, 2, theme.text()).lines));
        }
        lines
    }
}

/// The last changes of an answer and the earlier ones, newest first.
fn changes(answer: Option<&Answer>) -> (Vec<String>, Vec<String>) {
    let words = |change: &PastChange| format!("- {} {}: {}", change.when(), change.by, change.words());
    let history = answer.map(|answer| answer.history.as_slice()).unwrap_or_default();
    let mut latest: Vec<String> = history.iter().rev().map(words).collect();
    let earlier = latest.split_off(latest.len().min(CHANGES_AT_TOP));
    (latest, earlier)
}
