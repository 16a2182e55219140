//! What views show after each edit, and on which kinds each makes sense.

use super::*;
use crate::domain::{
    agenda,
    command::{Command, Place},
    conclusion, difficulty, roster,
    session::Session,
    testing::{Desk, ITEMS, UNITS, eight_o_clock},
};

fn day() -> NaiveDate {
    eight_o_clock().date_naive()
}

/// Edits of the session, with what its view shows afterwards.
#[test]
fn the_session_shows_what_was_edited() {
    let mut desk = Desk::at_session(1);
    let root = desk.board.scope().root();
    let begins = NaiveTime::from_hms_opt(13, 30, 0);
    let edits = [
        Edit::Title("Hội nghị quý II".into()),
        Edit::Quarter(Quarter::new(2024, 2).unwrap()),
        Edit::Begins(begins),
        Edit::ClosedAt(Some(eight_o_clock())),
        Edit::Place("Quận ủy Quận 3".into()),
        Edit::Locality("Quận 3".into()),
        Edit::Cluster("Cụm thi đua 1".into()),
        Edit::HeadUnit(Some(UNITS[0])),
        Edit::DeputyUnit(Some(UNITS[1])),
        Edit::Superior("Thành ủy".into()),
        Edit::Issuer("Ban Tổ chức".into()),
        Edit::Chair(Some(UNITS[0])),
        Edit::Recorder(Some(UNITS[1])),
        Edit::Layout(Layout::State),
    ];
    for edit in edits {
        assert!(edit.fits(Kind::Session));
        desk.edit(root, edit).unwrap();
    }
    let session = Session::of(&desk.board).unwrap();
    assert_eq!((session.title(), session.place()), ("Hội nghị quý II", Some("Quận ủy Quận 3")));
    assert_eq!((session.quarter(), session.begins()), (Quarter::new(2024, 2), begins));
    assert_eq!((session.closed_at(), session.date()), (Some(eight_o_clock()), Some(day())));
    assert_eq!((session.cluster(), session.issuer()), (Some("Cụm thi đua 1"), Some("Ban Tổ chức")));
    assert_eq!((session.superior(), session.layout()), (Some("Thành ủy"), Layout::State));
    assert_eq!((session.head_unit(), session.themes().len()), (Some(UNITS[0]), 1));
    assert_eq!((session.chair().unwrap().id, session.recorder().unwrap().id), (UNITS[0], UNITS[1]));
}

#[test]
fn who_chairs_is_the_only_one_who_comes_as_chair_unless_somebody_was_named() {
    let mut desk = Desk::at_session(1);
    let root = desk.board.scope().root();
    let mut people = Vec::new();
    for part in [PartPlayed::Delegate, PartPlayed::Chair] {
        let record = desk.ids.record();
        let details = vec![Edit::Title("người".into()), Edit::PartPlayed(part)];
        desk.submit(&Command::Add { record, kind: Kind::Attendee, details, place: Place::Last }).unwrap();
        people.push(record);
    }
    let chair = |desk: &Desk| Session::of(&desk.board).unwrap().chair().map(|person| person.id);
    assert_eq!(chair(&desk), Some(people[1]));
    desk.edit(people[0], Edit::PartPlayed(PartPlayed::Chair)).unwrap();
    assert_eq!(chair(&desk), None, "of two nobody knows which");
    desk.edit(root, Edit::Chair(Some(people[0]))).unwrap();
    assert_eq!(chair(&desk), Some(people[0]));
}

#[test]
fn lines_and_tasks_show_what_was_edited() {
    let mut desk = Desk::at_session(1);
    let difficulty = desk.line(Kind::Difficulty, "một");
    let task = desk.line(Kind::Task, "hai");
    let recommendation = desk.line(Kind::Recommendation, "ba");
    let conclusion = desk.line(Kind::Conclusion, "bốn");
    let edits = [
        (difficulty, Edit::Nature(DifficultyNature::Shortcoming)),
        (difficulty, Edit::Weight(3)),
        (difficulty, Edit::SameOpinion(UNITS[2], true)),
        (task, Edit::LeadUnit(Some(Lead::Each))),
        (task, Edit::Support(UNITS[1], true)),
        (task, Edit::Due(Some(day()))),
        (task, Edit::TaskKind(TaskKind::Quarterly)),
        (recommendation, Edit::Authority(Some(Authority::City))),
        (recommendation, Edit::Addressee("Thành ủy".into())),
        (recommendation, Edit::Answer("đã tiếp thu".into())),
        (conclusion, Edit::Part(ConclusionPart::Organisation)),
    ];
    for (record, edit) in edits {
        desk.edit(record, edit).unwrap();
    }
    let record = |id| desk.board.record(id).unwrap();
    let line = record(difficulty);
    assert_eq!((difficulty::nature(line), difficulty::weight(line)), (DifficultyNature::Shortcoming, 3));
    assert_eq!(difficulty::raised_by(&desk.board, line), [UNITS[0], UNITS[2]]);
    assert_eq!(conclusion::lead(record(task)), Some(Lead::Each));
    assert_eq!(conclusion::support(&desk.board, record(task)).len(), 1);
    assert_eq!(record(task).date(&field::DUE), Some(day()));
    assert_eq!(conclusion::task_kind(record(task)), TaskKind::Quarterly);
    assert_eq!(conclusion::authority(record(recommendation)), Some(Authority::City));
    assert_eq!(conclusion::part(record(conclusion)), ConclusionPart::Organisation);
    let groups = conclusion::by_addressee(&desk.board);
    assert_eq!((groups.len(), groups[0].0), (1, Some("Thành ủy")));
}

#[test]
fn an_agenda_item_shows_what_was_edited() {
    let mut desk = Desk::at_session(1);
    let later = eight_o_clock() + chrono::Duration::minutes(9);
    for edit in [Edit::ItemKind(AgendaKind::Keynote), Edit::Planned(25), Edit::StartedAt(Some(later))] {
        desk.edit(ITEMS[1], edit).unwrap();
    }
    let item = desk.board.record(ITEMS[1]).unwrap();
    assert_eq!((agenda::item_kind(item), agenda::planned(item)), (AgendaKind::Keynote, 25));
    assert_eq!(agenda::total_planned(&desk.board), 40);
    assert_eq!(agenda::ordinal(&desk.board, ITEMS[1]), Some(2));
    assert_eq!(agenda::current(&desk.board).map(|item| item.id), Some(ITEMS[1]));
    desk.edit(ITEMS[1], Edit::EndedAt(Some(later))).unwrap();
    assert!(agenda::current(&desk.board).is_none());
    assert_eq!(roster::code(desk.board.record(UNITS[0]).unwrap()), "Q1");
}

#[test]
fn text_is_stored_trimmed_and_composed_whatever_the_field() {
    let wraps: [fn(String) -> Edit; 19] = [
        Edit::Text,
        Edit::Title,
        Edit::Code,
        Edit::Post,
        Edit::Addressee,
        Edit::Answer,
        Edit::Deliverable,
        Edit::Result,
        Edit::Place,
        Edit::Locality,
        Edit::Cluster,
        Edit::Superior,
        Edit::Issuer,
        Edit::SubstituteFor,
        Edit::AbsenceReason,
        |text| Edit::InSitting(RecordId(1), Box::new(Edit::AbsenceReason(text))),
        Edit::Figure,
        |text| Edit::Tag(text, true),
        |words| Edit::Deadline { words, day: None, kind: None },
    ];
    for wrap in wraps {
        assert_eq!(wrap(" Qua\u{323}\u{302}n ".into()).normalised(), wrap("Quận".into()));
    }
}

#[test]
fn what_is_emptied_is_absent() {
    let empty = [
        Edit::Text(String::new()),
        Edit::Unit(None),
        Edit::Due(None),
        Edit::Arrived(None),
        Edit::Begins(None),
        Edit::Authority(None),
        Edit::LeadUnit(None),
        Edit::Tag("hồ sơ".into(), false),
        Edit::Proposed(false),
        Edit::Carried(false),
        Edit::Arranged(false),
    ];
    for edit in empty {
        assert_eq!(edit.value(), Value::Absent, "{edit:?}");
    }
}

#[test]
fn every_field_has_a_kind_that_it_fits_and_one_that_it_does_not() {
    let (text, id, at) = (String::new, RecordId(1), Some(eight_o_clock()));
    let edits = [
        Edit::Post(text()),
        Edit::Speaker(Some(id)),
        Edit::Item(Some(id)),
        Edit::Theme(Some(id)),
        Edit::Result(text()),
        Edit::DoneOn(Some(day())),
        Edit::Deliverable(text()),
        Edit::TaskKind(TaskKind::Standing),
        Edit::Deadline { words: text(), day: None, kind: None },
        Edit::Deadline { words: text(), day: None, kind: Some(TaskKind::Monthly) },
        Edit::PartPlayed(PartPlayed::Guest),
        Edit::Attendance(Attendance::Present),
        Edit::Arrived(at),
        Edit::Left(at),
        Edit::SubstituteFor(text()),
        Edit::Venue(Some(id)),
        Edit::InSitting(id, Box::new(Edit::Left(at))),
        Edit::Figure(text()),
        Edit::SignedOn(Some(day())),
        Edit::ValidFrom(Some(day())),
        Edit::ValidTo(Some(day())),
        Edit::Successor(Some(id)),
        Edit::DeputyUnit(Some(id)),
        Edit::Follows(id, true),
        Edit::Proposed(true),
        Edit::Carried(true),
        Edit::Arranged(true),
    ];
    for edit in edits {
        let fitting = Kind::ALL.iter().filter(|kind| edit.fits(**kind)).count();
        assert!((1..Kind::ALL.len()).contains(&fitting), "{edit:?}");
    }
}
