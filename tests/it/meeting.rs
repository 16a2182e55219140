//! Two meetings unlike the sample and unlike each other, by keys alone in a real pseudo-terminal of 80×24, one in each language;
//! then their papers are read against the log.
//!
//! `HOINGHI_TRUE_SPEED=1 cargo test --test it meeting -- --nocapture` types them as people do, ten minutes each.
//! `HOINGHI_KEEP=FILE` keeps the minutes and the notice that were compared.

mod compare;
mod person;
mod script;

use std::path::Path;

use self::person::{Pace, Person};
use crate::support::ime::{Ime, Method, Order, Sending};

const REFORM: &str = include_str!("data/meetings/reform.txt");
const CELL: &str = include_str!("data/meetings/cell.txt");

fn hold(folder: &Path, language: &str, ime: Ime, script: &str) {
    let mut person = Person::sit_down(folder, language, ime, Pace::wanted());
    person.follow(script);
    assert!(person.program.quit().success());
    compare::papers_with_the_log(folder, &person.said);
}

#[test]
fn a_district_reforms_its_procedures_in_two_sittings() {
    let folder = tempfile::tempdir().unwrap();
    let ime = Ime { method: Method::Telex, order: Order::AtTheEnd, sending: Sending::EchoThenReplace };
    hold(folder.path(), "vi", ime, REFORM);
}

#[test]
fn a_cell_discusses_several_themes_after_a_merger() {
    let folder = tempfile::tempdir().unwrap();
    let ime = Ime { method: Method::Vni, order: Order::AtOnce, sending: Sending::CommitAtEnd };
    hold(folder.path(), "en", ime, CELL);
}
