//! A bill as a person fills it in.

use insta::assert_snapshot;

use super::*;
use crate::{
    bom::PartKind,
    tui::{
        testing::{Screen, assessment},
        theme::Palette,
    },
};

const EXAMPLE: &str = include_str!("../../../../tests/fixtures/cyclonedx/example-aibom-1.6.json");

fn screen(width: u16, height: u16, bill: &str) -> Screen {
    let system = System { bill: bill.to_owned(), ..System::named("cv", "CV screening") };
    Screen::open(width, height, assessment(vec![Change::system("entry", system)])).above(BillScreen::new("cv"))
}

fn bill(screen: &Screen) -> Bill {
    let system = screen.app.session.assessment().system("cv").expect("the system");
    Bill::of(&system.bill).expect("a bill")
}

#[test]
fn an_empty_bill_says_how_to_begin() {
    assert_snapshot!(screen(60, 16, "").text(), @"
    AI bill of materials: CV screening                  Acme
    No part is listed yet. n adds the first: a model, a data
    set, a library, a prompt. A bill that you have in
    CycloneDX is read on the command line: aimscope aibom FILE
    --system ID --import BOM.json










    Enter open  n new part  D remove  / search  ? help  q back
    ");
}

#[test]
fn the_parts_of_a_document_stand_by_kind() {
    assert_snapshot!(screen(80, 24, EXAMPLE).keys("down").text(), @"
     AI bill of materials: CV screening                                      Acme
     5 parts: 4 without a supplier, 3 without a licence.

     Models
      cv-ranker                                                    2.3
      Proprietary · base-encoder · applications-2019-2024 · supervised · ranking...
     Data sets
    ▸ applications-2019-2024                                       3
      training · HR · confidential · names; employment history · few applicants o...
     Prompts
      explanation-prompt                                           5
      nothing more is said yet
     Libraries
      onnxruntime                                                  1.20.0
      pkg:pypi/onnxruntime@1.20.0
     Links to evaluations
      risk assessment
      https://example.com/aisia · AI system impact assessment





     Enter open  n new part  D remove  / search  ? help  q back
    ");
    assert_snapshot!(screen(60, 16, EXAMPLE).looks(Palette::Plain, true).keys("end").text(), @"
     AI bill of materials: CV screening                  Acme
     5 parts: 4 without a supplier, 3 without a licence.
                                                         5 of 5
     Links to evaluations
    > risk assessment
      https://example.com/aisia - AI system impact assessment









     Enter open  n new part  D remove  / search  ? help  q back
    ");
}

#[test]
fn a_part_is_added_by_kind_and_name() {
    let screen = screen(80, 24, "").keys("n").keys("down").types("Ranker").keys("enter");
    let screen = screen.keys("n right right tab").types("Applications").keys("enter");
    let mut screen = screen;
    assert_snapshot!(screen.text(), @"
     AI bill of materials: CV screening                                Acme  saving
     2 parts: 2 without a version, 2 without a supplier, 2 without a licence.

     Models
      Ranker
      Applications
     Data sets
    ▸ Applications
      nothing more is said yet














     Enter open  n new part  D remove  / search  ? help  q back
    ");
    let kinds: Vec<PartKind> = bill(&screen).parts().iter().map(Part::kind).collect();
    assert_eq!(kinds, [PartKind::Model, PartKind::Dataset]);
    let mut screen = screen.keys("n tab ctrl-u enter");
    assert!(screen.text().contains("! Give it a name."), "{}", screen.text());
}

#[test]
fn a_form_shows_what_is_said_of_a_part_and_keeps_what_changed() {
    let mut open = screen(80, 24, EXAMPLE).keys("enter");
    assert_snapshot!(open.text(), @"
     Model: cv-ranker                                                        Acme
    ▸ Name          cv-ranker
      Version       2.3
      Supplier
      Licence       Proprietary
      Origin        not said
      Base model    base-encoder
      Data sets     applications-2019-2024
      Learning      supervised
      Task          ranking
      Architecture  transformer
      Users         Recruiters
      Use cases     First ordering of applications
      Limitations   Not tested for non-EU diplomas
      Personal data not said
      Model card    https://example.com/model-card
      Hash
      Description




      What people call it.
     Enter keep  Tab next field  Down down  Up up  Esc cancel
    ");
    let changed = open.keys("tab tab").types("Example Ltd").keys("tab tab right enter");
    let part = bill(&changed).parts().remove(0);
    assert_eq!((part.text(PartField::Supplier), part.text(PartField::Origin)), ("Example Ltd", "own"));
    let undone = changed.keys("z");
    assert_eq!(bill(&undone), Bill::read(EXAMPLE).expect("a bill"));
}

#[test]
fn a_form_that_is_only_looked_at_changes_nothing() {
    let odd = "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.7\", \"components\": [{\"type\": \"machine-learning-model\",
        \"name\": \"m \", \"description\": \"two\\nlines\\u200b\", \"properties\": [{\"name\": \"aims:model:origin\", \"value\": \"odd\"}]}]}";
    let screen = screen(80, 24, odd).keys("enter enter");
    assert_eq!(screen.app.session.assessment().systems[0].bill, odd);
    let screen = screen.keys("enter tab").types("2").keys("enter");
    let component = bill(&screen).parts().remove(0);
    assert_eq!(component.text(PartField::Version), "2");
    assert_eq!((component.name(), component.text(PartField::Description)), ("m ", "two\nlines\u{200b}"));
    assert_eq!(component.text(PartField::Origin), "odd");
}

#[test]
fn what_cannot_be_said_stays_on_the_form() {
    let mut screen = screen(80, 24, EXAMPLE).keys("enter tab tab tab ctrl-u").types("MIT OR Zlib; BSD").keys("enter");
    assert!(screen.text().contains("! An expression such as MIT OR Apache-2.0 stands alone"), "{}", screen.text());
    assert_eq!(bill(&screen), Bill::read(EXAMPLE).expect("a bill"));
}

#[test]
fn removing_asks_twice() {
    let mut screen = screen(80, 24, EXAMPLE).keys("end up D");
    assert!(screen.text().contains("Press D again to remove onnxruntime."), "{}", screen.text());
    let mut screen = screen.keys("D");
    assert!(screen.text().contains("Removed onnxruntime; z takes it back."), "{}", screen.text());
    assert!(bill(&screen).parts().iter().all(|part| part.name() != "onnxruntime"));
}

#[test]
fn a_bill_that_cannot_be_read_is_shown_as_such_and_left_alone() {
    let mut screen = screen(80, 24, "{\"bomFormat\": 3}").keys("n D D enter");
    assert_snapshot!(screen.text(), @r#"
    AI bill of materials: CV screening                                      Acme
    This bill cannot be read, and is kept as it is: bomFormat: this is not a
    CycloneDX document, which says "bomFormat": "CycloneDX". Mend it in the save,
    or let an import take its place.



















    Enter open  n new part  D remove  / search  ? help  q back
    "#);
    assert_eq!(screen.app.session.assessment().systems[0].bill, "{\"bomFormat\": 3}");
}

#[test]
fn it_fits_every_terminal() {
    Screen::fits_everywhere(|width, height| screen(width, height, EXAMPLE).keys("down"));
    Screen::fits_everywhere(|width, height| screen(width, height, EXAMPLE).keys("enter"));
}
