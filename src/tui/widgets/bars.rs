//! The two bars: where one is and whether it is saved, at the top; what works here, at the bottom.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::tui::{
    keys::{self, Command, Context},
    session::{SaveMark, Session},
    widgets::text,
};

/// Draws title on the left, the name of the assessment and save mark on the right.
pub fn draw_top(frame: &mut Frame, area: Rect, title: &str, name: &str, session: &Session) {
    let theme = session.theme;
    let mark = save_text(&session.save);
    let right_width = text::width(&mark) + 1;
    let left_width = area.width.saturating_sub(right_width + 1);
    let name_width = (left_width / 3).min(text::width(name));
    let title_width = left_width.saturating_sub(name_width + 3);
    let left = format!(" {} {}", text::fit(title, title_width), text::fit(name, name_width));
    let line = format!("{} {mark} ", text::fit(&left, left_width));
    frame.render_widget(Span::styled(text::fit(&line, area.width), theme.bar()), area);
}

fn save_text(mark: &SaveMark) -> String {
    match mark {
        SaveMark::Untouched => String::new(),
        SaveMark::Saving => "saving".to_owned(),
        SaveMark::Saved(time) => format!("saved {time}"),
        SaveMark::Failed(_) => "NOT SAVED".to_owned(),
    }
}

/// Draws the message if there is one, otherwise the keys that work here, as many as fit.
pub fn draw_bottom(frame: &mut Frame, area: Rect, context: Context, session: &Session) {
    let theme = session.theme;
    let line = match (&session.message, &session.save) {
        (Some(message), _) => Line::styled(text::fit(&format!(" {message}"), area.width), theme.warning()),
        (None, SaveMark::Failed(reason)) => {
            Line::styled(text::fit(&format!(" NOT SAVED: {reason}"), area.width), theme.warning())
        }
        (None, SaveMark::Untouched | SaveMark::Saving | SaveMark::Saved(_)) => footer(context, area.width, session),
    };
    frame.render_widget(line, area);
}

/// Help and the way back always stand; the rest as far as there is room.
fn footer(context: Context, width: u16, session: &Session) -> Line<'static> {
    let theme = session.theme;
    let is_last = |binding: &&keys::Binding| matches!(binding.command, Command::Help | Command::Back);
    let shown: Vec<&keys::Binding> = keys::bindings(context).filter(|binding| binding.in_footer).collect();
    let cells = |binding: &keys::Binding| text::width(binding.shown) + text::width(binding.label) + 3;
    let (ends, others): (Vec<&keys::Binding>, Vec<&keys::Binding>) = shown.into_iter().partition(is_last);
    let mut room = width.saturating_sub(ends.iter().map(|binding| cells(binding)).sum());
    let mut fitting = Vec::new();
    for binding in others {
        match room.checked_sub(cells(binding)) {
            Some(left) => {
                room = left;
                fitting.push(binding);
            }
            None => break,
        }
    }
    fitting.extend(ends);
    let spans = fitting.into_iter().flat_map(|binding| {
        [
            Span::raw(" "),
            Span::styled(binding.shown, theme.key()),
            Span::raw(" "),
            Span::styled(binding.label, theme.muted()),
            Span::raw(" "),
        ]
    });
    Line::from_iter(spans)
}
