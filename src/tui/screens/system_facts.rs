//! The facts about an AI system, as a form: what it is, who answers for it, whom it touches, whether it is in scope.

use crate::{
    model::{
        edit::Change,
        profile::AiRole,
        system::{Stage, System},
    },
    tui::{
        screens::form::{
            Form, Sheet,
            field::{Choice, Field, Values},
        },
        session::Session,
    },
};

const NAME: &str = "Name";
const VERSION: &str = "Version";
const OWNER: &str = "Owner";
const PURPOSE: &str = "Purpose";
const STAGE: &str = "Stage";
const ROLES: &str = "Your roles";
const SUPPLIERS: &str = "Suppliers";
const AFFECTED: &str = "Who is affected";
const OTHERS: &str = "Others affected";
const SCOPE: &str = "Scope";
const REASON: &str = "Reason for the scope";
const REVIEW: &str = "Next review";
/// The name of the field for the evidence, to open the form on it.
pub const EVIDENCE: &str = "Evidence";

/// The ids of the two answers on scope.
const IN_SCOPE: &str = "in";
const OUT_OF_SCOPE: &str = "out";

/// What the form is about.
#[derive(Debug)]
struct Facts {
    id: String,
}

/// The form for a system; nothing where it is not registered.
pub fn form(id: &str, session: &Session) -> Option<Form> {
    let system = session.assessment().system(id)?;
    let groups = &session.catalog.impact.groups;
    let own_words: Vec<String> =
        system.affected.iter().filter(|id| groups.iter().all(|group| group.id != **id)).cloned().collect();
    let evidence = session.assessment().evidence.iter().map(|item| Choice::new(&item.id, &item.title)).collect();
    let scope = if system.in_scope { IN_SCOPE } else { OUT_OF_SCOPE };
    let fields = vec![
        Field::line(NAME, "What people call it.", &system.name),
        Field::line(VERSION, "Version or release, if it has one.", &system.version),
        Field::line(OWNER, "The person or post that answers for it.", &system.owner),
        Field::line(PURPOSE, "What it is for, in a sentence.", &system.purpose),
        Field::one(
            STAGE,
            "Left and Right choose where it stands in its life.",
            stages(),
            system.stage.map(Stage::name),
        ),
        Field::many(ROLES, "Space ticks what your organization is for this system.", roles(), &role_ids(&system.roles)),
        Field::entries(SUPPLIERS, "Who supplies it or parts of it; semicolons between them.", &system.suppliers),
        Field::many(
            AFFECTED,
            "Space ticks the groups whose life it touches, users or not.",
            groups.iter().map(|group| Choice::new(group.id.as_str(), group.name.as_str())).collect(),
            &system.affected,
        ),
        Field::entries(OTHERS, "Other groups in your own words; semicolons between them.", &own_words),
        Field::one(
            SCOPE,
            "Whether your AI management system covers it; Left and Right choose.",
            vec![Choice::new(IN_SCOPE, "in scope"), Choice::new(OUT_OF_SCOPE, "out of scope")],
            Some(scope),
        ),
        Field::line(REASON, "Needed where it is out of scope.", &system.scope_reason),
        Field::day(REVIEW, "The day to look at its assessment again, as YYYY-MM-DD.", system.next_review),
        Field::many(
            EVIDENCE,
            "What shows it as a whole, of the evidence register; e on the map adds more.",
            evidence,
            &system.evidence,
        ),
    ];
    Some(Form::new(Facts { id: id.to_owned() }, fields))
}

fn stages() -> Vec<Choice> {
    Stage::ALL.map(|stage| Choice::new(stage.name(), stage.name())).to_vec()
}

fn roles() -> Vec<Choice> {
    let detail = |role: AiRole| match role {
        AiRole::Producer => "You design, build, test or run it yourselves.",
        AiRole::Provider => "You offer it to others.",
        AiRole::User => "You use it, bought or your own.",
        AiRole::Partner => "You work on it for others: integrate, supply data, evaluate, audit.",
    };
    let choice = |role: AiRole| Choice { detail: detail(role).to_owned(), ..Choice::new(role.name(), role.name()) };
    AiRole::ALL.map(choice).to_vec()
}

fn role_ids(roles: &[AiRole]) -> Vec<String> {
    roles.iter().map(|role| role.name().to_owned()).collect()
}

impl Facts {
    /// The system with what was written.
    fn changed(&self, before: &System, values: &Values<'_>, next_review: Option<chrono::NaiveDate>) -> System {
        let stage = values.picked(STAGE).and_then(|id| Stage::ALL.into_iter().find(|stage| stage.name() == id));
        let ticked = values.ticked(ROLES);
        let roles = AiRole::ALL.into_iter().filter(|role| ticked.iter().any(|id| id == role.name())).collect();
        System {
            name: values.text(NAME).to_owned(),
            version: values.text(VERSION).to_owned(),
            owner: values.text(OWNER).to_owned(),
            purpose: values.text(PURPOSE).to_owned(),
            stage,
            roles,
            suppliers: values.entries(SUPPLIERS),
            affected: [values.ticked(AFFECTED), values.entries(OTHERS)].concat(),
            in_scope: values.picked(SCOPE) != Some(OUT_OF_SCOPE),
            scope_reason: values.text(REASON).to_owned(),
            next_review,
            evidence: values.ticked(EVIDENCE),
            ..before.clone()
        }
    }
}

impl Sheet for Facts {
    fn title(&self, session: &Session) -> String {
        let name = session.assessment().system(&self.id).map_or(self.id.as_str(), |system| &system.name);
        format!("Facts: {name}")
    }

    fn read(&self, values: &Values<'_>, session: &Session) -> Result<Option<Change>, Vec<(&'static str, String)>> {
        let mut problems = Vec::new();
        if values.text(NAME).is_empty() {
            problems.push((NAME, "Give it a name.".to_owned()));
        }
        if values.picked(SCOPE) == Some(OUT_OF_SCOPE) && values.text(REASON).is_empty() {
            problems.push((REASON, "Say why it is out of scope.".to_owned()));
        }
        let review = values.day(REVIEW).unwrap_or_else(|problem| {
            problems.push((REVIEW, problem));
            None
        });
        let Some(before) = session.assessment().system(&self.id) else { return Ok(None) };
        let changed = self.changed(before, values, review);
        match problems.is_empty() {
            true => Ok((changed != *before).then(|| Change::system("facts", changed))),
            false => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{
        sample::evidence,
        testing::{Screen, assessment},
    };

    fn facts(width: u16, height: u16) -> Screen {
        let system = System {
            purpose: "Answers customers".into(),
            affected: vec!["AG-LIT".into(), "Shop staff".into()],
            suppliers: vec!["Acme AI".into()],
            ..System::named("bot", "Chat helper")
        };
        let changes = vec![Change::system("entry", system), evidence("Model card", Some("2026-03-01"), "A.6.2.4")];
        let screen = Screen::open(width, height, assessment(changes));
        let form = form("bot", &screen.app.session).expect("a registered system");
        screen.above(form)
    }

    #[test]
    fn the_facts_look_like_this() {
        insta::assert_snapshot!(facts(60, 16).text(), @"
         Facts: Chat helper                                  Acme
        ▸ Name                 Chat helper
          Version
          Owner
          Purpose              Answers customers
          Stage                not said
          Your roles
            [ ] AI producer
            [ ] AI provider
            [ ] AI user
            [ ] AI partner
          Suppliers            Acme AI

                                                         1-10 of 25
          What people call it.
         Enter keep  Tab next field  Down down  Up up  Esc cancel
        ");
        insta::assert_snapshot!(facts(80, 24).keys("pagedown").text(), @"
         Facts: Chat helper                                                      Acme
        ▸   [x] People with little digital skill or another language
            [ ] People who do not use it but are recorded or affected
          Others affected      Shop staff
          Scope                in scope
          Reason for the scope
          Next review
          Evidence
            [ ] Model card












                                                                            19-25 of 25
          Space ticks the groups whose life it touches, users or not.
         Enter keep  Tab next field  Down down  Up up  Esc cancel
        ");
    }

    #[test]
    fn what_is_written_is_kept_and_the_rest_stays() {
        let screen =
            facts(80, 24).types(" 2").keys("down").types("1.4").keys("down").types("Bea").keys("tab tab right");
        let screen = screen.keys("tab down down space tab").types("; Cloud Ltd").keys("tab space tab tab tab tab");
        let screen = screen.types("2027-01-31").keys("tab space enter");
        let system = screen.app.session.assessment().system("bot").expect("the system");
        assert_eq!(
            (system.name.as_str(), system.version.as_str(), system.owner.as_str()),
            ("Chat helper 2", "1.4", "Bea")
        );
        assert_eq!((system.stage, system.roles.as_slice()), (Some(Stage::Idea), &[AiRole::User][..]));
        assert_eq!(system.suppliers, ["Acme AI", "Cloud Ltd"]);
        assert_eq!(system.affected, ["AG-CHI", "AG-LIT", "Shop staff"]);
        assert_eq!(system.next_review.map(|day| day.to_string()).as_deref(), Some("2027-01-31"));
        assert_eq!((system.evidence.as_slice(), system.in_scope), (&["model-card".to_owned()][..], true));
        assert_eq!(system.purpose, "Answers customers");
    }

    #[test]
    fn out_of_scope_needs_a_reason() {
        let screen = facts(80, 24);
        let form = form("bot", &screen.app.session).expect("a registered system").on(SCOPE);
        let mut screen = screen.above(form).keys("right enter");
        assert!(screen.text().contains("! Say why it is out of scope."), "{}", screen.text());
        let screen = screen.types("Run by the parent company").keys("enter");
        let system = screen.app.session.assessment().system("bot").expect("the system");
        assert_eq!((system.in_scope, system.scope_reason.as_str()), (false, "Run by the parent company"));
    }

    #[test]
    fn keeping_nothing_new_changes_nothing() {
        let mut screen = facts(80, 24).keys("enter z");
        assert!(screen.text().contains("Nothing to take back."), "{}", screen.text());
    }

    #[test]
    fn it_fits_every_terminal() {
        Screen::fits_everywhere(facts);
    }
}
