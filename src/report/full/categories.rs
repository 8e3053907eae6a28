//! The clauses and control groups: their levels drawn and in figures, their verdicts, and what is worth a second look.

use serde::Serialize;
use serde_json::Value;

use crate::report::{
    Subject,
    figure::{
        bars,
        radar::{self, Spoke},
    },
    figures::{Scope, ScopeJson},
    full::json_of,
    line::Line,
    page::Page,
    score,
    table::{Column, Table},
    words,
};

pub(super) fn page(subject: &Subject) -> Page {
    let numbers = score::numbers(subject.standing);
    let scopes = score::scopes(subject, &numbers);
    let mut page = Page::titled(format!("Clauses and control groups of {}", subject.assessment.name));
    page.fields(vec![("As of", subject.standing.as_of.to_string().into())]);
    let categories: Vec<Scope> = scopes.iter().filter(|scope| !scope.number.is_empty()).copied().collect();
    let spokes: Vec<Spoke> = categories.iter().map(spoke).collect();
    radar::draw(&spokes).into_iter().for_each(|figure| page.figure(figure));
    page.figure(bars::draw(&categories));
    score::figures(&mut page, &scopes);
    page.section("Targets");
    page.table(target_table(subject));
    score::remarks(&mut page, subject, &scopes);
    page
}

fn spoke(scope: &Scope) -> Spoke {
    let level = |ratio| words::assessed(scope.figures, ratio);
    Spoke {
        label: scope.number.to_owned(),
        claimed: level(scope.figures.claimed),
        credited: level(scope.figures.credited),
    }
}

/// Per category its target, and how many requirements reach theirs.
fn target_table(subject: &Subject) -> Table {
    let mut table = Table::new(vec![
        Column::words("Category").key(),
        Column::figures("Target"),
        Column::figures("Raised by impact level"),
        Column::figures("Targets met"),
    ]);
    for category in &subject.catalog.categories {
        let id = category.category;
        let scores =
            subject.standing.requirements.iter().filter(|score| score.id.category() == id && score.is_applicable());
        let (all, raised) = (scores.clone().count(), scores.clone().filter(|score| score.is_target_raised).count());
        let met = scores.filter(|score| score.shortfall() == 0).count();
        let of = if all == 0 { Line::default() } else { format!("{met} of {all}").into() };
        let target = subject.assessment.category_target(id).to_string();
        table.push(vec![format!("{id} {}", category.title).into(), target.into(), raised.to_string().into(), of]);
    }
    table
}

#[derive(Serialize)]
struct Body {
    groups: Vec<ScopeJson>,
    categories: Vec<ScopeJson>,
}

pub(super) fn json(subject: &Subject) -> Value {
    let numbers = score::numbers(subject.standing);
    let scopes = score::scopes(subject, &numbers);
    let (groups, categories): (Vec<&Scope>, Vec<&Scope>) = scopes.iter().partition(|scope| scope.number.is_empty());
    let json = |scopes: Vec<&Scope>| scopes.into_iter().map(ScopeJson::from).collect();
    json_of(Body { groups: json(groups), categories: json(categories) })
}
