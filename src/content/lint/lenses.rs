//! Lenses: groups of requirements, each group with an id of its own, and none empty without a word on it.

use crate::{
    content::lint::{Linter, outline::Spot},
    model::{
        lens::{Lens, LensGroup, Mapping},
        proposal::HIGHEST_PROPOSED,
    },
};

/// More steps inward than function, category and subcategory leave no room for words.
const DEEPEST: usize = 3;

pub(super) fn check(linter: &mut Linter<'_>) {
    let lenses = &linter.catalog.lenses;
    let files = linter.files_in("lenses");
    let places = files.iter().map(|file| file.text("id", 0));
    linter.unique("lens", lenses.iter().map(|lens| lens.id.as_str()).zip(places));
    for (lens, file) in lenses.iter().zip(files) {
        check_lens(linter, lens, file);
    }
}

fn check_lens<'a>(linter: &mut Linter<'a>, lens: &'a Lens, file: Spot<'a>) {
    linter.slug(file.text("id", 0), &lens.id);
    linter.present(file.text("title", 0), "title", &lens.title);
    linter.present(file.text("about", 0), "text of about", &lens.about);
    for (index, note) in lens.notes.iter().enumerate() {
        linter.present(file.text("notes", index), "note", note);
    }
    if lens.groups.is_empty() {
        linter.report(file.field("groups"), "a lens without groups shows nothing; add one");
    }
    let mut placed = Vec::new();
    place_groups(&lens.groups, file, 1, &mut placed);
    let ids = placed.iter().map(|placed| (placed.group.id.as_str(), placed.record.text("id", 0)));
    linter.unique("group", ids);
    for placed in placed {
        check_group(linter, lens, &placed);
    }
}

/// A group with its place, and how far inward it stands.
struct Placed<'a> {
    group: &'a LensGroup,
    record: Spot<'a>,
    depth: usize,
}

fn place_groups<'a>(groups: &'a [LensGroup], parent: Spot<'a>, depth: usize, placed: &mut Vec<Placed<'a>>) {
    for (group, record) in groups.iter().zip(parent.records("groups")) {
        placed.push(Placed { group, record, depth });
        place_groups(&group.groups, record, depth + 1, placed);
    }
}

fn check_group<'a>(linter: &mut Linter<'a>, lens: &Lens, placed: &Placed<'a>) {
    let Placed { group, record, depth } = *placed;
    linter.slug(record.text("id", 0), &group.id);
    check_title(linter, group, record);
    if depth > DEEPEST {
        linter.report(record, format!("this group stands {depth} deep; {DEEPEST} is the deepest"));
    }
    if let Some(start) = group.start.filter(|start| *start > HIGHEST_PROPOSED) {
        linter
            .report(record.field("start"), format!("a head start proposes level {start}; at most {HIGHEST_PROPOSED}"));
    }
    match (group.rows.is_empty(), group.groups.is_empty()) {
        (false, false) => linter
            .report(record.field("rows"), "a group has rows or groups, not both; move the rows into one of its groups"),
        (true, true) if group.gap.trim().is_empty() => {
            linter.report(
                record,
                "this group has no requirements; name at least one in `rows`, or say in `gap` why there is none",
            );
        }
        (_, _) => {}
    }
    for (index, (row, spot)) in group.rows.iter().zip(record.records("rows")).enumerate() {
        check_row(linter, lens, row, spot);
        if group.rows[..index].iter().any(|other| other.to == row.to) {
            linter.report(spot.text("to", 0), format!("{} stands here twice; name it once", row.to));
        }
    }
}

/// A group has a title of its own or that of its duty, not both.
fn check_title<'a>(linter: &mut Linter<'a>, group: &LensGroup, record: Spot<'a>) {
    let Some(duty) = &group.duty else {
        linter.present(record.text("title", 0), "title", &group.title);
        return;
    };
    if linter.catalog.eu_act.duty(duty).is_none() {
        let message = format!("there is no duty `{duty}` in eu_ai_act.ron; name one, such as AIA-26-1");
        linter.report(record.text("duty", 0), message);
    }
    for field in ["number", "title"] {
        if record.value(field).is_some() {
            linter.report(record.field(field), format!("the duty brings its {field} along; leave it out"));
        }
    }
}

fn check_row<'a>(linter: &mut Linter<'a>, lens: &Lens, row: &Mapping, spot: Spot<'a>) {
    linter.known(spot.text("to", 0), row.to);
    if !row.from.is_empty() && lens.from.trim().is_empty() {
        linter
            .report(spot.field("from"), "say at the top in `from` to what these numbers belong, such as ISO/IEC 27001");
    }
    for (index, from) in row.from.iter().enumerate() {
        linter.present(spot.text("from", index), "entry", from);
    }
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    #[track_caller]
    fn case(head: &str, groups: &str, messages: &[&str]) {
        let other = r#"(id: "other", title: "O", about: "O", groups: [(id: "x", title: "X", rows: [(to: "4.1")])])"#;
        let desk = Desk::new().write("lenses/a.ron", &other.replace("\"other\"", "§\"other\""));
        desk.write("lenses/b.ron", &format!("({head}: [\n{groups}\n])")).expect(messages);
    }

    const HEAD: &str = r#"id: "own", title: "A", about: "B", groups"#;
    const GROUP: &str = r#"(id: "x", title: "X", rows: [(to: "4.1"), (to: "A.2.2")]),"#;

    #[test]
    fn lenses_have_ids_of_their_own_and_texts() {
        case(HEAD, GROUP, &[]);
        let message = "the lens `other` stands already at {}; each stands once";
        case(&HEAD.replace("\"own\"", "¶\"other\""), GROUP, &[message]);
        let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
        case(&HEAD.replace("\"own\"", "¶\"O n\""), GROUP, &[&format!("`O n` is not a short name; {shape}")]);
        case(&HEAD.replace("\"A\"", "¶\"\""), GROUP, &["the title is empty; write it"]);
        case(&HEAD.replace("\"B\"", "¶\"\""), GROUP, &["the text of about is empty; write it"]);
        case(&HEAD.replace("groups", "notes: [¶\" \"], groups"), GROUP, &["the note is empty; write it"]);
        case(&HEAD.replace("groups", "¶groups"), "", &["a lens without groups shows nothing; add one"]);
    }

    #[test]
    fn groups_have_ids_of_their_own_at_whatever_depth() {
        let inside = |id: &str| format!("{GROUP}\n(id: \"y\", title: \"Y\", groups: [{}])", GROUP.replace("\"x\"", id));
        case(HEAD, &inside("\"z\""), &[]);
        let place = "lenses/b.ron:2:6";
        case(HEAD, &inside("¶\"x\""), &[&format!("the group `x` stands already at {place}; each stands once")]);
        case(HEAD, &GROUP.replace("\"X\"", "¶\"\""), &["the title is empty; write it"]);
        let nested = |id: &str, inner: &str| format!("(id: \"{id}\", title: \"T\", groups: [{inner}])");
        let deep = nested("a", &nested("b", &nested("c", &format!("¶{GROUP}"))));
        case(HEAD, &deep, &["this group stands 4 deep; 3 is the deepest"]);
    }

    #[test]
    fn rows_name_requirements_once_and_invented_numbers_are_refused() {
        for invented in ["A.2", "A.11.1", "A.5.1.1", "A.10.4.1", "5.4"] {
            let message = format!("there is no requirement {invented}; name one of the 70, such as 6.1.2 or A.6.2.4");
            case(HEAD, &GROUP.replace("\"A.2.2\"", &format!("¶\"{invented}\"")), &[&message]);
        }
        case(HEAD, &GROUP.replace("\"A.2.2\"", "¶\"4.1\""), &["4.1 stands here twice; name it once"]);
        let from = |head: &str| GROUP.replace("to: \"4.1\"", &format!("to: \"4.1\", {head}from: [\"5.2 Policy\"]"));
        let message = "say at the top in `from` to what these numbers belong, such as ISO/IEC 27001";
        case(HEAD, &from("¶"), &[message]);
        case(&HEAD.replace("groups", "from: \"ISO 9001\", groups"), &from(""), &[]);
    }

    #[test]
    fn an_empty_group_says_why() {
        let message = "this group has no requirements; name at least one in `rows`, or say in `gap` why there is none";
        case(HEAD, "¶(id: \"x\", title: \"X\", rows: [])", &[message]);
        case(HEAD, "(id: \"x\", title: \"X\", gap: \"Nothing there.\")", &[]);
        let message = "a group has rows or groups, not both; move the rows into one of its groups";
        let both = format!("(id: \"y\", title: \"Y\", ¶rows: [(to: \"4.2\")], groups: [{GROUP}])");
        case(HEAD, &both, &[message]);
    }

    #[test]
    fn a_head_start_stays_low() {
        case(HEAD, &GROUP.replace("rows", "start: 2, rows"), &[]);
        case(HEAD, &GROUP.replace("rows", "¶start: 3, rows"), &["a head start proposes level 3; at most 2"]);
    }

    #[test]
    fn duties_are_those_of_the_law_and_bring_their_titles_along() {
        let duty = |duty: &str| GROUP.replace("title: \"X\"", duty);
        case(HEAD, &duty("duty: \"AIA-4\""), &[]);
        let message = "there is no duty `AIA-1` in eu_ai_act.ron; name one, such as AIA-26-1";
        case(HEAD, &duty("duty: ¶\"AIA-1\""), &[message]);
        let message = "the duty brings its title along; leave it out";
        case(HEAD, &duty("duty: \"AIA-4\", ¶title: \"X\""), &[message]);
    }

    #[test]
    fn a_value_that_does_not_exist_is_placed_by_the_reader() {
        let desk = |text: &str| Desk::new().write("lenses/a.ron", text).parse_problem();
        let problem = desk(
            "(id: \"a\", title: \"A\", about: \"B\", groups: [\n(id: \"x\", title: \"X\", rows: [(to: \"4.1\", confidence: Certain)])])",
        );
        assert!(problem.starts_with("lenses/a.ron:2:") && problem.contains("Certain"), "{problem}");
        let problem = desk(
            "(id: \"a\", title: \"A\", about: \"B\", groups: [\n(id: \"x\", title: \"X\", rows: [(to: \"B.2.2\")])])",
        );
        assert!(problem.starts_with("lenses/a.ron:2:") && problem.contains("`B.2.2`"), "{problem}");
    }
}
