//! The form that declares controls not applicable: basis, reason, reference, and a note where a clause asks for the same.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
    widgets::{Paragraph, Widget, Wrap},
};
use tui_textarea::TextArea;

use crate::{
    model::{
        edit::Change,
        exclusion::{Exclusion, ExclusionBasis, Objection, needs_override},
        proposal,
        reference::Reference,
    },
    tui::{
        effect::Effect,
        input::Key,
        keys::{Command, Context},
        screens::View,
        session::Session,
        widgets::{text, text_editor::text_input},
    },
};

/// The form for one control, or for several with one reason.
#[derive(Debug)]
pub struct ExclusionForm {
    controls: Vec<Reference>,
    basis: ExclusionBasis,
    fields: Vec<Field>,
    /// 0 for the basis, then the text fields from 1.
    focus: usize,
    objection: Option<Objection>,
}

#[derive(Debug)]
struct Field {
    label: &'static str,
    area: TextArea<'static>,
}

impl Field {
    fn new(label: &'static str, text: &str) -> Field {
        let mut area = TextArea::from([text]);
        area.move_cursor(tui_textarea::CursorMove::End);
        area.set_cursor_line_style(ratatui::style::Style::new());
        Field { label, area }
    }

    fn text(&self) -> String {
        self.area.lines().join(" ")
    }
}

/// The places of the text fields in the form.
const REASON: usize = 0;
const REFERENCE: usize = 1;
const OVERRIDE: usize = 2;

impl ExclusionForm {
    /// A form that starts from the stored exclusion, or from what the profile proposes.
    pub fn new(controls: Vec<Reference>, session: &Session) -> ExclusionForm {
        let first = controls.first().copied();
        let answer = first.and_then(|id| session.assessment().answer(id));
        let stored = answer.and_then(|answer| answer.exclusion.clone());
        let proposed = first.and_then(|id| {
            let requirement = session.catalog.requirement(id)?;
            let proposal = proposal::proposed_exclusion(requirement, session.assessment())?;
            Some(Exclusion { basis: Some(proposal.basis), reason: proposal.reason, ..Exclusion::default() })
        });
        let start = stored.or(proposed).unwrap_or_default();
        let mut fields = vec![
            Field::new("Reason (at least 10 characters)", &start.reason),
            Field::new("Reference (risk or impact id, contract, law; may stay empty)", &start.reference),
        ];
        if controls.iter().any(|id| needs_override(*id)) {
            fields.push(Field::new("Why it stands although a clause asks for the same", &start.override_note));
        }
        let basis = start.basis.unwrap_or(ExclusionBasis::RiskAssessment);
        ExclusionForm { controls, basis, fields, focus: 1, objection: None }
    }

    fn text(&self, field: usize) -> String {
        self.fields.get(field).map(Field::text).unwrap_or_default()
    }

    fn exclusion(&self, session: &Session) -> Exclusion {
        Exclusion {
            basis: Some(self.basis),
            reason: self.text(REASON),
            reference: self.text(REFERENCE),
            override_note: self.text(OVERRIDE),
            roles: session.assessment().profile.roles.clone(),
            systems: session.assessment().systems_in_scope().map(|system| system.id.clone()).collect(),
            disputed: false,
            others: Vec::new(),
        }
    }

    fn keep(&mut self, session: &Session) -> Effect {
        let exclusion = self.exclusion(session);
        self.objection = self.controls.iter().find_map(|id| exclusion.objection(*id));
        match self.objection {
            Some(Objection::ShortReason) => self.focus = 1 + REASON,
            Some(Objection::NoOverrideNote) => self.focus = 1 + OVERRIDE,
            Some(Objection::Clause | Objection::NoBasis | Objection::Disputed) => {}
            None => {
                let exclude = |id: &Reference| Change::SetExclusion {
                    requirement: *id,
                    exclusion: Some(Exclusion {
                        // The note belongs only to the controls that need one.
                        override_note: if needs_override(*id) {
                            exclusion.override_note.clone()
                        } else {
                            String::new()
                        },
                        ..exclusion.clone()
                    }),
                };
                let changes: Vec<Change> = self.controls.iter().map(exclude).collect();
                let say = format!("{} excluded; z undoes.", self.names());
                return Effect::All(vec![Effect::Back, Effect::Apply(Change::Batch(changes)), Effect::Say(say)]);
            }
        }
        Effect::None
    }

    fn names(&self) -> String {
        self.controls.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ")
    }

    fn turn_basis(&mut self, steps: usize) {
        let bases = ExclusionBasis::ALL;
        let here = bases.iter().position(|basis| *basis == self.basis).unwrap_or_default();
        self.basis = bases[(here + steps) % bases.len()];
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        self.focus.checked_sub(1).and_then(|index| self.fields.get_mut(index))
    }
}

impl View for ExclusionForm {
    fn context(&self) -> Context {
        Context::Exclusion
    }

    fn title(&self, _session: &Session) -> String {
        format!("Exclude {}", self.names())
    }

    fn handle(&mut self, command: Command, session: &Session) -> Effect {
        let fields = self.fields.len() + 1;
        match command {
            Command::Switch => self.focus = (self.focus + 1) % fields,
            Command::SwitchBack => self.focus = (self.focus + fields - 1) % fields,
            Command::Left if self.focus == 0 => self.turn_basis(ExclusionBasis::ALL.len() - 1),
            Command::Right if self.focus == 0 => self.turn_basis(1),
            Command::Left => {
                return self.type_key(Key::plain(crate::tui::input::KeyCode::Left), session);
            }
            Command::Right => {
                return self.type_key(Key::plain(crate::tui::input::KeyCode::Right), session);
            }
            Command::Keep => return self.keep(session),
            Command::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn draw(&self, frame: &mut Frame, area: Rect, session: &Session) {
        let theme = session.theme;
        let mut rows = vec![Constraint::Length(2), Constraint::Length(1)];
        rows.extend(self.fields.iter().map(|_| Constraint::Length(2)));
        rows.push(Constraint::Fill(1));
        let [intro, basis, fields @ .., rest] = &*Layout::vertical(rows).split(area) else { return };
        let words = "An excluded control scores nothing and never counts as fulfilled. Its answers are kept.";
        let intro_text = Paragraph::new(Line::styled(format!(" {words}"), theme.muted())).wrap(Wrap { trim: false });
        frame.render_widget(intro_text, *intro);
        let marker = |index: usize| if self.focus == index { theme.cursor() } else { " " };
        let mut spans = vec![Span::styled(format!("{} Basis: ", marker(0)), theme.key())];
        for option in ExclusionBasis::ALL {
            let (open, close, style) =
                if option == self.basis { ("[", "]", theme.chosen()) } else { (" ", " ", theme.muted()) };
            spans.push(Span::styled(format!("{open}{}{close} ", option.name()), style));
        }
        frame.render_widget(Line::from(spans), *basis);
        for (index, (field, area)) in self.fields.iter().zip(fields).enumerate() {
            let [label, input] = Layout::vertical([Constraint::Length(1), Constraint::Length(1)]).areas(*area);
            let is_focused = self.focus == index + 1;
            frame.render_widget(Span::styled(format!("{} {}", marker(index + 1), field.label), theme.key()), label);
            let mut area = field.area.clone();
            area.set_cursor_style(if is_focused { theme.selected() } else { theme.text() });
            let [_, input] = Layout::horizontal([Constraint::Length(2), Constraint::Fill(1)]).areas(input);
            area.render(input, frame.buffer_mut());
        }
        let mut lines: Vec<Line> = Vec::new();
        if let Some(objection) = self.objection {
            lines.push(Line::styled(format!(" Not yet: {objection}."), theme.warning()));
        }
        if self.basis == ExclusionBasis::Role {
            let words = " A role alone is a thin reason: an auditor expects a risk-assessment reference.";
            lines.push(Line::styled(text::cut(words, rest.width).into_owned(), theme.warning()));
        }
        frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), *rest);
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn type_key(&mut self, key: Key, _session: &Session) -> Effect {
        if let Some(field) = self.field_mut() {
            field.area.input(text_input(key));
        }
        Effect::None
    }

    fn paste(&mut self, text: &str, _session: &Session) -> Effect {
        if let Some(field) = self.field_mut() {
            field.area.insert_str(text.replace('\n', " "));
        }
        Effect::None
    }
}
