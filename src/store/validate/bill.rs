//! Whether the bills of materials in a save can be read. One that cannot is kept as it is, and pointed out.

use crate::{
    bom::Bill,
    model::system::System,
    ron_text::outline::Step::{Field, Item},
    store::finding::{Findings, Severity},
};

/// Adds an error for every bill that cannot be read.
pub(super) fn check(systems: &[System], found: &mut Findings<'_>) {
    for (index, system) in systems.iter().enumerate() {
        if let Err(error) = Bill::of(&system.bill) {
            let message = || format!("the bill of materials of `{}` cannot be read: {error}", system.id);
            found.add(Severity::Error, &[Field("systems"), Item(index), Field("bill")], message);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::{
        bom::{Bill, PartKind},
        content::builtin,
        model::{assessment::Assessment, system::System},
        store::{Loaded, layout},
    };

    fn assessment(bill: &str) -> Assessment {
        let mut assessment = Assessment::new("Acme", builtin::catalog().version, chrono::NaiveDate::default());
        assessment.systems.push(System { bill: bill.to_owned(), ..System::named("bot", "Bot") });
        assessment
    }

    fn load(text: &str) -> Loaded {
        Loaded::from_text(Path::new("a.ron"), text.to_owned(), &builtin::catalog()).expect("a save")
    }

    #[test]
    fn a_bill_that_cannot_be_read_is_pointed_out_and_kept() {
        let text = layout::print(&assessment("{\n  \"bomFormat\": 3\n}"));
        let loaded = load(&text);
        let finding = "error: a.ron:12:19: the bill of materials of `bot` cannot be read: bomFormat: this is not a \
                       CycloneDX document, which says \"bomFormat\": \"CycloneDX\"\n    bill: r#\"{";
        assert_eq!(loaded.findings[0].to_string(), finding);
        assert_eq!(layout::print(&loaded.assessment), text);
        assert!(load(&layout::print(&assessment(""))).findings.is_empty());
    }

    #[test]
    fn a_bill_stands_in_a_save_line_by_line_and_comes_back_as_it_was() {
        let mut bill = Bill::default();
        bill.add_part(PartKind::Model, "e\u{301} \u{200b}\"# r#\"x\"#\n<<<<<<< HEAD");
        let text = layout::print(&assessment(&bill.text()));
        let loaded = load(&text);
        assert!(loaded.findings.is_empty(), "{}", loaded.findings[0]);
        assert_eq!(loaded.assessment.systems[0].bill, bill.text());
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let more = layout::print(&assessment(&{
            bill.add_part(PartKind::Library, "lib");
            bill.text()
        }));
        let before = lines(&text);
        let changed = lines(&more).into_iter().filter(|line| !before.contains(line)).count();
        assert!(text.contains("\n  \"components\": [\n    {\n"), "{text}");
        assert!((1..8).contains(&changed), "{changed} lines differ for one part more");
    }
}
