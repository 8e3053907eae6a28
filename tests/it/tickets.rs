//! The one-way exports as a user asks for them: written, kept, replaced with `--force`, and the same under any language.

use std::{collections::BTreeSet, fs, process::Command};

use serde_json::Value;

use crate::support::{AS_OF, Place};

fn place() -> Place {
    Place::new().with_save("saves/example.ron", "a.ron")
}

#[test]
fn each_format_is_written_once_and_replaced_only_with_force() {
    let place = place();
    for format in ["jira", "gitlab", "ics", "oscal-ar", "oscal-poam"] {
        let words = format!("export a.ron --format {format} --output {format}");
        let written = place.run(&words);
        assert_eq!(
            (written.code, written.out.as_str(), written.err.as_str()),
            (0, &*format!("written: {format}\n"), "")
        );
        let first = place.read(format);
        let refused = place.run(&words);
        assert_eq!(refused.code, 1, "{format}");
        assert!(refused.err.contains("there is a file already"), "{}", refused.err);
        assert_eq!(place.run(&format!("{words} --force")).code, 0);
        assert_eq!(place.read(format), first, "{format}");
        assert_eq!(place.run(&format!("export a.ron --format {format}")).out, first, "{format} to standard output");
    }
}

#[test]
fn github_gets_a_folder() {
    let place = place();
    let refused = place.run("export a.ron --format github");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("name a folder for them with --output"), "{}", refused.err);
    let written = place.run("export a.ron --format github --output issues");
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    let names = || -> BTreeSet<String> {
        let entries = fs::read_dir(place.path("issues")).expect("the folder");
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect()
    };
    let first = names();
    assert_eq!(written.out, format!("written: {} files in issues\n", first.len()));
    assert!(first.contains("action-context-and-parties.md"), "{first:?}");

    // One of them is lost and one is foreign: nothing is written while any is there, and the foreign one is named after it.
    fs::remove_file(place.path("issues/action-context-and-parties.md")).expect("a file can be removed");
    place.write("issues/action-of-old.md", "kept");
    let again = place.run("export a.ron --format github --output issues");
    assert_eq!(again.code, 1);
    assert!(!names().contains("action-context-and-parties.md"));
    let forced = place.run("export a.ron --format github --output issues --force");
    assert_eq!(forced.code, 0);
    assert_eq!(forced.err, "warning: also in that folder, and not of this export: action-of-old.md\n");
    assert_eq!(place.read("issues/action-of-old.md"), "kept");
    assert_eq!(names().len(), first.len() + 1);
}

#[test]
fn a_plan_without_open_actions_is_no_ticket_and_no_date() {
    let place = place();
    place.write("b.ron", "(version: 1, catalog: \"2026.11\", name: \"Acme\", created: \"2026-11-01\")");
    let mut records = String::new();
    let plan: Value = serde_json::from_str(&place.run("plan b.ron --format json").out).expect("JSON");
    let mut ids: Vec<&str> =
        plan["steps"].as_array().expect("steps").iter().filter_map(|step| step["id"].as_str()).collect();
    ids.sort_unstable();
    for id in ids {
        records.push_str(&format!("(action: \"{id}\", status: Done), "));
    }
    let save =
        format!("(version: 1, catalog: \"2026.11\", name: \"Acme\", created: \"2026-11-01\", actions: [{records}])");
    place.write("b.ron", save);
    for format in ["jira", "gitlab", "github", "ics"] {
        let refused = place.run(&format!("export b.ron --format {format} --output out"));
        assert_eq!(refused.code, 1, "{format}");
        assert!(refused.err.contains("the plan has no open action"), "{}", refused.err);
        assert!(!place.path("out").exists());
    }
    assert_eq!(place.run("export b.ron --format oscal-poam --output out").code, 0);
}

#[test]
fn the_language_of_the_system_changes_no_byte() {
    let place = place();
    for format in ["jira", "ics", "oscal-poam"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aimscope"));
        command.args(["export", "a.ron", "--format", format, "--as-of", AS_OF]).current_dir(place.path(""));
        command.env_clear().env("HOME", place.path("")).env("LC_ALL", "de_DE.UTF-8").env("TZ", "Pacific/Kiritimati");
        let output = command.output().expect("the program runs");
        let plain = place.run(&format!("export a.ron --format {format}")).out;
        assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), plain, "{format}");
    }
}
