//! A lens: the figures of another grouping of the same requirements, by the same rules (scoring rule 1).

use serde::Serialize;

use crate::{
    model::{catalog::Lens, reference::Reference},
    report::{
        Format, Layout, Subject,
        figures::{CSV_HEADINGS, Scope, ScopeJson, csv_cells, level_table, verdict_table, without_exclusions},
        json,
        line::Line,
        notice,
        page::Page,
        table::Table,
        words,
    },
    score::figures::Figures,
};

/// The figures of each group of a lens.
pub fn render(subject: &Subject, lens: &Lens, format: Format, layout: &Layout) -> String {
    let figures: Vec<Figures> = lens.groups.iter().map(|group| subject.standing.lens_group(group)).collect();
    let scopes: Vec<Scope> = scopes(lens, &figures);
    match format {
        Format::Text => page(subject, lens, &scopes).text(layout),
        Format::Markdown => page(subject, lens, &scopes).markdown(),
        Format::Csv => csv(lens, &scopes),
        Format::Json => json::print(subject, "lens", body(lens, &scopes)),
    }
}

fn scopes<'a>(lens: &'a Lens, figures: &'a [Figures]) -> Vec<Scope<'a>> {
    let groups = lens.groups.iter().zip(figures);
    groups.map(|(group, figures)| Scope { id: &group.id, title: &group.title, number: "", figures }).collect()
}

fn page(subject: &Subject, lens: &Lens, scopes: &[Scope]) -> Page {
    let mut page = Page::titled(format!("{} of {}", lens.title, subject.assessment.name));
    page.paragraph(lens.about.as_str());
    page.fields(vec![
        ("Disputed", words::disputed(subject.assessment).into()),
        ("As of", subject.standing.as_of.to_string().into()),
    ]);
    page.section("Levels");
    page.table(level_table("Group", scopes));
    page.paragraph(without_exclusions(scopes));
    page.section("Verdicts");
    page.table(verdict_table("Group", scopes));
    page.section("Requirements of each group");
    let requirements = |requirements: &[Reference]| requirements.iter().map(Reference::to_string).collect::<Vec<_>>();
    page.fields(
        lens.groups
            .iter()
            .map(|group| (group.title.as_str(), Line::from(requirements(&group.requirements).join(", "))))
            .collect(),
    );
    page.section("Notice");
    page.paragraph(notice::NOTICE);
    page
}

/// One row a group.
fn csv(lens: &Lens, scopes: &[Scope]) -> String {
    let headings: Vec<&str> = CSV_HEADINGS.into_iter().chain(["requirements"]).collect();
    let mut table = Table::plain(&headings);
    for (scope, group) in scopes.iter().zip(&lens.groups) {
        let requirements = Line::from(words::list(&group.requirements));
        table.push(csv_cells(scope).into_iter().chain([requirements]).collect());
    }
    table.csv()
}

#[derive(Serialize)]
struct Body<'a> {
    lens: LensJson<'a>,
    groups: Vec<GroupJson<'a>>,
}

#[derive(Serialize)]
struct LensJson<'a> {
    id: &'a str,
    title: &'a str,
    about: &'a str,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    #[serde(flatten)]
    figures: ScopeJson,
    requirements: &'a [Reference],
}

fn body<'a>(lens: &'a Lens, scopes: &[Scope]) -> Body<'a> {
    let groups = scopes.iter().zip(&lens.groups);
    let groups = groups.map(|(scope, group)| GroupJson { figures: scope.into(), requirements: &group.requirements });
    Body { lens: LensJson { id: &lens.id, title: &lens.title, about: &lens.about }, groups: groups.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{answer::CheckAnswer, exclusion::ExclusionBasis},
        report::sample::{PLAIN, Sample},
    };

    #[test]
    fn groups_have_figures_by_the_same_rules() {
        let sample = Sample::worked().checks("A.2.2", &["policy"], CheckAnswer::Yes).exclude(
            "A.5.2",
            ExclusionBasis::RiskAssessment,
            "No system can harm anybody",
            "6.1.4 is kept",
        );
        let render = |format| sample.report(|subject| render(subject, &subject.catalog.lenses[0], format, &PLAIN));
        let text = render(Format::Text);
        assert_eq!(
            text.split("\n\nNotice").next(),
            Some(
                "\
Areas of Acme pilot
===================

The same answers by subject.

As of  2026-06-01

Levels
------

Group              Claimed  Credited    Range  Coverage    Floor
----------  --------------  --------  -------  --------  -------
Groundwork             3.6       3.2  2.7-3.5      83 %  2 (4.2)
Impact      not applicable

Verdicts
--------

Group       Status                    Verdicts                            Checks
                                                                        answered
----------  ------------------------  --------------------------------  --------
Groundwork  Minor gaps (provisional)  1 minor gap, 1 not shown,           5 of 5
                                      1 conforming
Impact      not applicable            1 not applicable

Requirements of each group
--------------------------

Groundwork  4.1, 4.2, A.2.2
Impact      A.5.2"
            )
        );
        assert!(render(Format::Markdown).starts_with("# Areas of Acme pilot\n\nThe same answers by subject.\n"));
        assert_eq!(render(Format::Csv).replace("\r\n", "\n"), "\
id,title,state,status,provisional,claimed,credited,low,high,without_exclusions,coverage_percent,floor_level,floor_requirement,major_gap,minor_gap,undetermined,not_shown,conforming,not_applicable,indicative,improvement_points,contradictions,levels_answered,levels_total,checks_answered,checks_total,requirements
ground,Groundwork,Assessed,Minor gaps,yes,3.6,3.2,2.7,3.5,,83,2,4.2,0,1,0,1,1,0,0,1,0,2,3,5,5,4.1; 4.2; A.2.2
impact,Impact,NotApplicable,,no,,,,,,,,,0,0,0,0,0,1,0,0,0,0,0,0,0,A.5.2
");
        let json: serde_json::Value = serde_json::from_str(&render(Format::Json)).expect("it is JSON");
        assert_eq!(json["lens"]["id"], "areas");
        assert_eq!(json["groups"][0]["claimed"]["numerator"], 72);
        assert_eq!(json["groups"][0]["requirements"][2], "A.2.2");
        assert_eq!(json["groups"][1]["state"], "NotApplicable");
    }
}
