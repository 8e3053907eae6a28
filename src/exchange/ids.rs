//! Ids for other programs: the same thing has the same id in every export, whatever was answered and in whatever order.

use uuid::Uuid;

use crate::model::assessment::Assessment;

/// Gives ids to what belongs to one assessment. They follow from its name and the day on which it was begun.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    namespace: Uuid,
}

impl Ids {
    pub(super) fn of(assessment: &Assessment) -> Ids {
        // The name comes last, so that no other name and day read the same.
        let name = format!("urn:aimscope:assessment:{}:{}", assessment.created, assessment.name);
        Ids { namespace: Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()) }
    }

    /// The id of a thing of that kind with that name, such as `finding` and `6.1.2`.
    pub(super) fn id(&self, kind: &str, name: &str) -> String {
        Uuid::new_v5(&self.namespace, format!("{kind}:{name}").as_bytes()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_follows_from_the_assessment_and_the_thing_alone() {
        let assessment = |name: &str, day: &str| Assessment::new(name, "1", day.parse().expect("a day"));
        let id = |name: &str, day: &str, kind: &str, of: &str| Ids::of(&assessment(name, day)).id(kind, of);
        let first = id("Acme", "2026-01-01", "finding", "6.1.2");
        assert_eq!(first, "5c9e75f7-fec1-5fce-81bf-09681ce50959", "an id that others keep never changes");
        assert_eq!(first, id("Acme", "2026-01-01", "finding", "6.1.2"));
        for other in [
            id("Acme Ltd", "2026-01-01", "finding", "6.1.2"),
            id("Acme", "2026-01-02", "finding", "6.1.2"),
            id("Acme", "2026-01-01", "risk", "6.1.2"),
            id("Acme", "2026-01-01", "finding", "6.1.3"),
        ] {
            assert_ne!(first, other);
        }
    }
}
