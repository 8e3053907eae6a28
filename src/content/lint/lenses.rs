//! Lenses: groups of requirements, none of them empty.

use crate::{
    content::lint::{Linter, outline::Spot},
    model::catalog::Lens,
};

pub(super) fn check(linter: &mut Linter<'_>) {
    let lenses = &linter.catalog.lenses;
    let files = linter.files_in("lenses");
    let places = files.iter().map(|file| file.text("id", 0));
    linter.unique("lens", lenses.iter().map(|lens| lens.id.as_str()).zip(places));
    for (lens, file) in lenses.iter().zip(files) {
        check_lens(linter, lens, file);
    }
}

fn check_lens<'a>(linter: &mut Linter<'a>, lens: &Lens, file: Spot<'a>) {
    linter.slug(file.text("id", 0), &lens.id);
    linter.present(file.text("title", 0), "title", &lens.title);
    linter.present(file.text("about", 0), "text of about", &lens.about);
    let groups = file.records("groups");
    if lens.groups.is_empty() {
        linter.report(file.field("groups"), "a lens without groups shows nothing; add one");
    }
    let places = groups.iter().map(|group| group.text("id", 0));
    linter.unique("group", lens.groups.iter().map(|group| group.id.as_str()).zip(places));
    for (group, record) in lens.groups.iter().zip(groups) {
        linter.slug(record.text("id", 0), &group.id);
        linter.present(record.text("title", 0), "title", &group.title);
        linter.references(record, "requirements", &group.requirements);
        if group.requirements.is_empty() {
            linter.report(record.field("requirements"), "this group has no requirements; name at least one");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::content::lint::testing::Desk;

    #[track_caller]
    fn case(head: &str, groups: &str, messages: &[&str]) {
        let other = r#"(id: "other", title: "O", about: "O", groups: [(id: "x", title: "X", requirements: ["4.1"])])"#;
        let desk = Desk::new().write("lenses/a.ron", &other.replace("\"other\"", "§\"other\""));
        desk.write("lenses/b.ron", &format!("({head}: [\n{groups}\n])")).expect(messages);
    }

    const HEAD: &str = r#"id: "own", title: "A", about: "B", groups"#;
    const GROUP: &str = r#"(id: "x", title: "X", requirements: ["4.1", "A.2.2"]),"#;

    #[test]
    fn lenses_have_ids_of_their_own_and_texts() {
        case(HEAD, GROUP, &[]);
        let message = "the lens `other` stands already at {}; each stands once";
        case(&HEAD.replace("\"own\"", "¶\"other\""), GROUP, &[message]);
        let shape = "it starts with a letter and has lower-case letters, digits and hyphens only";
        case(&HEAD.replace("\"own\"", "¶\"O n\""), GROUP, &[&format!("`O n` is not a short name; {shape}")]);
        case(&HEAD.replace("\"A\"", "¶\"\""), GROUP, &["the title is empty; write it"]);
        case(&HEAD.replace("\"B\"", "¶\"\""), GROUP, &["the text of about is empty; write it"]);
        case(&HEAD.replace("groups", "¶groups"), "", &["a lens without groups shows nothing; add one"]);
    }

    #[test]
    fn groups_have_ids_of_their_own_and_requirements() {
        let other = GROUP.replace("\"x\"", "¶\"x\"");
        let twice = format!("{GROUP}\n{other}");
        let place = "lenses/b.ron:2:6";
        case(HEAD, &twice, &[&format!("the group `x` stands already at {place}; each stands once")]);
        case(HEAD, &GROUP.replace("\"X\"", "¶\"\""), &["the title is empty; write it"]);
        let message = "there is no requirement A.2; name one of the 70, such as 6.1.2 or A.6.2.4";
        case(HEAD, &GROUP.replace("\"A.2.2\"", "¶\"A.2\""), &[message]);
        case(HEAD, &GROUP.replace("\"A.2.2\"", "¶\"4.1\""), &["4.1 stands here twice; name it once"]);
        let message = "this group has no requirements; name at least one";
        case(HEAD, "(id: \"x\", title: \"X\", ¶requirements: [])", &[message]);
    }
}
