//! The register of AI systems: who answers for each, its impact level, whether its assessment is approved, and when it is
//! looked at again (A.4.2, 6.1.4, 8.4).

pub(super) mod systems_json;

use crate::{
    impact::{progress::Form, rating::Basis, triggers},
    model::{assessment::Assessment, catalog::Catalog, level::ImpactLevel},
    report::{
        Format, Layout, Subject,
        impact::case::{self, Case},
        json,
        line::{Line, Tone},
        notice,
        page::Page,
        table::{Column, Table},
        words,
    },
    score::Standing,
};

/// The register.
pub fn render(subject: &Subject, format: Format, layout: &Layout) -> String {
    let cases: Vec<Case> = subject.assessment.systems.iter().map(|system| Case::new(subject, system)).collect();
    match format {
        Format::Text => page(subject, &cases).text(layout),
        Format::Markdown => page(subject, &cases).markdown(),
        Format::Csv => rows(&cases).csv(),
        Format::Json => json::print(subject, "systems", systems_json::body(&cases)),
    }
}

/// What about the systems cannot wait: uses banned by law, and assessments that something asks to look at again.
pub fn attention(catalog: &Catalog, assessment: &Assessment, standing: &Standing) -> Option<String> {
    let banned = standing.systems.iter().filter(|rating| rating.is_banned).count();
    let rated = assessment.systems.iter().filter_map(|system| Some((system, standing.system(&system.id)?)));
    let fired = rated
        .filter(|(system, rating)| !triggers::fired(catalog, assessment, system, rating, standing.as_of).is_empty());
    let fired = fired.count();
    let parts = [
        (banned, words::count(banned, "use banned by law", "uses banned by law")),
        (fired, words::count(fired, "assessment to look at again", "assessments to look at again")),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How many systems there are, and how far they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
struct Totals {
    systems: usize,
    in_scope: usize,
    assessed: usize,
    approved: usize,
    reviews_overdue: usize,
    to_look_at_again: usize,
    banned: usize,
}

impl Totals {
    fn of(cases: &[Case]) -> Totals {
        let count = |is: fn(&&Case) -> bool| cases.iter().filter(is).count();
        Totals {
            systems: cases.len(),
            in_scope: count(|case| case.system.in_scope),
            assessed: count(|case| is_assessed(case)),
            approved: count(|case| case.in_force.is_some()),
            reviews_overdue: count(|case| case.is_overdue()),
            to_look_at_again: count(|case| !case.fired.is_empty()),
            banned: count(|case| case.rating.is_banned),
        }
    }

    fn sentence(&self) -> String {
        let mut parts = vec![
            words::count(self.systems, "system", "systems"),
            format!("{} in scope", self.in_scope),
            format!("{} assessed", self.assessed),
            format!("{} approved", self.approved),
            words::count(self.reviews_overdue, "review overdue", "reviews overdue"),
        ];
        if self.to_look_at_again > 0 {
            parts.push(format!("{} to look at again", self.to_look_at_again));
        }
        if self.banned > 0 {
            parts.push(format!("{} banned by law", self.banned));
        }
        parts.join(", ")
    }
}

fn is_assessed(case: &Case) -> bool {
    case.rating.basis != Basis::NotAssessed
}

fn page(subject: &Subject, cases: &[Case]) -> Page {
    let mut page = Page::titled(format!("AI systems of {}", subject.assessment.name));
    page.fields(vec![
        ("Organization", subject.assessment.profile.organization.as_str().into()),
        ("Disputed", words::disputed(subject.assessment).into()),
        ("As of", subject.standing.as_of.to_string().into()),
        ("Register", Totals::of(cases).sentence().into()),
    ]);
    if cases.is_empty() {
        page.paragraph("No AI system is on the register yet.");
    }
    page.table(overview(cases));
    for case in cases {
        page.section(Line::from(case.system.name.as_str()).and(format!(" ({})", case.system.id), Tone::Plain));
        page.fields(details(case));
        page.list(case.fired.iter().map(|fired| Line::from(fired.words.as_str())).collect());
    }
    page.section("Notice");
    page.paragraph(notice::NOTICE);
    page
}

fn overview(cases: &[Case]) -> Table {
    let mut table = Table::new(vec![
        Column::words("System").key(),
        Column::words("In scope"),
        Column::words("Before measures"),
        Column::words("After measures"),
        Column::words("Approval").share(30),
        Column::words("Next review").share(15),
    ]);
    for case in cases {
        table.push(vec![
            case.system.name.as_str().into(),
            words::yes_no(case.system.in_scope).into(),
            level(case, case.rating.inherent, case.rating.is_open),
            level(case, case.rating.residual, case.rating.is_residual_open()),
            case.approval().into(),
            Line::toned(case.next_review(), if case.is_overdue() { Tone::Major } else { Tone::Plain }),
        ]);
    }
    table
}

fn level(case: &Case, level: Option<ImpactLevel>, is_open: bool) -> Line {
    match (case.rating.is_banned, is_open && level.is_some()) {
        (true, _) => Line::toned("banned by law", Tone::Major),
        (false, true) => case::level(level).and(" (provisional)", Tone::Plain),
        (false, false) => case::level(level),
    }
}

fn details<'a>(case: &Case) -> Vec<(&'a str, Line)> {
    let system = case.system;
    let or_missing =
        |text: &str| if text.trim().is_empty() { Line::toned("not stated", Tone::Open) } else { text.into() };
    let reason = if system.scope_reason.is_empty() { String::new() } else { format!(": {}", system.scope_reason) };
    vec![
        ("Version", system.version.as_str().into()),
        ("Owner", or_missing(&system.owner)),
        ("Purpose", or_missing(&system.purpose)),
        ("Life cycle", or_missing(system.stage.map(|stage| stage.name()).unwrap_or_default())),
        ("Our roles", or_missing(&case::roles(&system.roles))),
        ("Suppliers", system.suppliers.join(", ").into()),
        ("Affected", or_missing(&case.affected().join(", "))),
        ("In scope", format!("{}{reason}", words::yes_no(system.in_scope)).into()),
        ("Before measures", level(case, case.rating.inherent, case.rating.is_open)),
        ("After measures", level(case, case.rating.residual, case.rating.is_residual_open())),
        ("Rests on", case::basis(case.rating).into()),
        ("Form", form(case).into()),
        ("EU AI Act", classes(case).into()),
        ("Approval", case.approval_in_full().into()),
        ("Next review", case.next_review().into()),
    ]
}

/// The form that is asked for, with the reasons for the full one.
fn form(case: &Case) -> String {
    let reasons = match case.progress.form {
        Form::Short => String::new(),
        Form::Full => format!(", because of {}", case.full_form_in_short()),
    };
    format!(
        "{}, {} of {} prompts answered{reasons}",
        case.progress.form.name(),
        case.progress.answered(),
        case.progress.total()
    )
}

/// The classes indicated, or that the path is not walked to its end.
fn classes(case: &Case) -> String {
    let classes = &case.rating.classes;
    let names = words::list(case.classes().iter().map(|class| &class.name));
    match (classes.trail.is_empty() && classes.open.is_some(), classes.is_complete()) {
        (true, _) => "path not begun".to_owned(),
        (false, true) => format!("indicated: {names}"),
        (false, false) if names.is_empty() => "path not finished, no class yet".to_owned(),
        (false, false) => format!("indicated so far: {names}; path not finished"),
    }
}

/// One row a system, for spreadsheets.
pub(super) fn table(subject: &Subject) -> Table {
    let cases: Vec<Case> = subject.assessment.systems.iter().map(|system| Case::new(subject, system)).collect();
    rows(&cases)
}

fn rows(cases: &[Case]) -> Table {
    let mut table = Table::plain(&[
        "id",
        "name",
        "version",
        "owner",
        "purpose",
        "stage",
        "roles",
        "suppliers",
        "affected",
        "in_scope",
        "scope_reason",
        "before_measures",
        "after_measures",
        "basis",
        "provisional",
        "banned",
        "form",
        "form_because",
        "eu_classes",
        "eu_path_complete",
        "approval",
        "approved_by",
        "approved_on",
        "next_review",
        "review_overdue",
        "fired",
    ]);
    for case in cases {
        table.push(csv_row(case).into_iter().map(Line::from).collect());
    }
    table
}

fn csv_row(case: &Case) -> Vec<String> {
    let (system, rating) = (case.system, case.rating);
    let level = |level: Option<ImpactLevel>| level.map(ImpactLevel::name).unwrap_or_default().to_owned();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![
        system.id.clone(),
        system.name.clone(),
        system.version.clone(),
        system.owner.clone(),
        system.purpose.clone(),
        system.stage.map(|stage| stage.name()).unwrap_or_default().to_owned(),
        words::list(system.roles.iter().map(|role| role.name())),
        words::list(&system.suppliers),
        words::list(case.affected()),
        words::yes_no(system.in_scope).to_owned(),
        system.scope_reason.clone(),
        level(rating.inherent),
        level(rating.residual),
        case::basis_id(rating.basis).to_owned(),
        words::yes_no(rating.is_provisional()).to_owned(),
        words::yes_no(rating.is_banned).to_owned(),
        case.progress.form.name().to_owned(),
        words::list(case.full_form()),
        words::list(&rating.classes.classes),
        words::yes_no(rating.classes.is_complete()).to_owned(),
        case.state.words(),
        case.in_force.map(|sign_off| sign_off.approved_by.clone()).unwrap_or_default(),
        day(case.in_force.and_then(|sign_off| sign_off.approved_on)),
        day(system.next_review),
        words::yes_no(case.is_overdue()).to_owned(),
        words::list(case.fired.iter().map(|fired| &fired.words)),
    ]
}

#[cfg(test)]
mod tests;
