//! What single wishes amount to, and why others are refused.

use chrono::{DateTime, NaiveDate};

use super::{Room, STUB};
use crate::domain::{
    change::{Field, Value, Write},
    command::{Capture, Command, NewSection, NewSession, Place, Refusal, Relation},
    conclusion,
    edit::Edit,
    field,
    ids::{RecordId, ScopeId},
    keynote,
    kind::{DifficultyNature, Kind, PledgeState, SessionState},
    policy::Role,
    quarter::Quarter,
    record::Cell,
    session::Session,
    testing::{Desk, HOA, ITEMS, LAN, UNITS, eight_o_clock, foreign, new_session},
};

fn wording(desk: &Desk, record: RecordId) -> String {
    desk.board.record(record).unwrap().wording().to_owned()
}

fn body(desk: &Desk, record: RecordId) -> Vec<&str> {
    let cell = desk.private.record(record).and_then(|record| record.cell(&field::TEXT));
    cell.into_iter().flat_map(Cell::live).filter_map(|live| live.value().as_text()).collect()
}

fn add(record: u128, kind: Kind, details: Vec<Edit>, place: Place) -> Command {
    Command::Add { record: RecordId(record), kind, details, place }
}

#[test]
fn a_body_off_the_record_is_edited_split_and_undone_in_the_private_log_alone() {
    let mut desk = Desk::at_session(1);
    let note = desk.capture(Kind::Note, "BÍ MẬT", true);
    assert_eq!((wording(&desk, note).as_str(), body(&desk, note)), ("", vec!["BÍ MẬT"]));
    let edit = desk.edit(note, Edit::Text("BÍ MẬT hai; ba".into())).unwrap();
    assert_eq!(body(&desk, note), ["BÍ MẬT hai; ba"], "the new body replaces the old one");
    let (seen, piece) = (desk.seen(note, &field::TEXT), RecordId(0x77));
    let rest = vec![(piece, "ba".into())];
    let split =
        desk.submit(&Command::Split { record: note, first: "BÍ MẬT hai".into(), rest, seen }).unwrap();
    assert_eq!((body(&desk, note), body(&desk, piece)), (vec!["BÍ MẬT hai"], vec!["ba"]));
    assert_eq!(desk.private.record(piece).unwrap().link(&field::UNIT), Some(UNITS[0]));
    assert!(desk.board.record(piece).unwrap().is_off_record());
    desk.submit(&Command::Undo { change: split }).unwrap();
    desk.submit(&Command::Undo { change: edit }).unwrap();
    assert_eq!(body(&desk, note), ["BÍ MẬT"]);
    let stub = desk.board.record(note).unwrap().fields().map(|(field, _)| field.clone());
    let stub: Vec<Field> = stub.collect();
    assert!(stub.iter().all(|field| STUB.contains(field)), "{stub:?}");
}

#[test]
fn without_the_private_board_a_body_is_captured_and_never_changed() {
    let mut desk = Desk::at_session(1);
    let note = desk.capture(Kind::Note, "BÍ MẬT", true);
    let (board, author) = (&desk.board, &desk.author);
    let room = Room { board, author, role: Role::Facilitator, at: eight_o_clock(), notebook: None };
    let edit = Command::Edit { record: note, edit: Edit::Text("khác".into()), seen: Vec::new() };
    assert_eq!(room.plan(&edit), Err(Refusal::OffRecord(note)));
    assert!(room.plan(&Command::Remove { record: note }).is_ok_and(|plan| plan.private.is_empty()));
}

#[test]
fn nothing_said_on_the_record_is_put_under_a_note_that_is_off_it() {
    let mut desk = Desk::at_session(1);
    let secret = desk.capture(Kind::Difficulty, "BÍ MẬT", true);
    let line = desk.line(Kind::Difficulty, "một");
    let merge = Command::Merge { into: secret, from: vec![line] };
    assert_eq!(desk.submit(&merge), Err(Refusal::OffRecord(secret)));
    let attach = Command::Attach { record: line, to: Some(secret) };
    assert_eq!(desk.submit(&attach), Err(Refusal::OffRecord(secret)));
    desk.submit(&Command::Merge { into: line, from: vec![secret] }).unwrap();
}

#[test]
fn what_a_note_taker_decides_is_a_proposal_until_it_is_accepted() {
    let mut desk = Desk::at_session(1);
    desk.submit(&Command::SetState { state: SessionState::Open }).unwrap();
    desk.seat(LAN, Role::NoteTaker);
    let proposed = |desk: &Desk, id| conclusion::is_proposed(desk.board.record(id).unwrap());
    for kind in Kind::CAPTURED {
        let line = desk.line(*kind, "một");
        assert_eq!(proposed(&desk, line), Kind::DECIDING.contains(kind), "{kind:?}");
    }
    let task = desk.line(Kind::Task, "một");
    desk.edit(task, Edit::Text("hai".into())).unwrap();
    assert_eq!(desk.edit(task, Edit::Proposed(false)), Err(Refusal::NotPermitted(Role::NoteTaker)));
    desk.seat(HOA, Role::Chair).edit(task, Edit::Proposed(false)).unwrap();
    assert!(!proposed(&desk, task));
    desk.seat(LAN, Role::NoteTaker);
    assert_eq!(desk.edit(task, Edit::Text("ba".into())), Err(Refusal::NotPermitted(Role::NoteTaker)));
    let note = desk.line(Kind::Note, "một");
    let classify = |kind| Command::Classify { records: vec![note], kind, nature: None };
    desk.submit(&classify(Kind::Solution)).unwrap();
    assert!(proposed(&desk, note));
    desk.seat(HOA, Role::Facilitator).submit(&classify(Kind::Recommendation)).unwrap();
    assert!(!proposed(&desk, note), "who may decide has decided");
}

#[test]
fn a_piece_of_a_proposal_is_one() {
    let mut desk = Desk::at_session(1);
    let line = desk.seat(LAN, Role::NoteTaker).line(Kind::Solution, "một; hai");
    desk.seat(HOA, Role::Facilitator);
    let (seen, piece) = (desk.seen(line, &field::TEXT), RecordId(0x77));
    let rest = vec![(piece, "hai".into())];
    desk.submit(&Command::Split { record: line, first: "một".into(), rest, seen }).unwrap();
    let piece = desk.board.record(piece).unwrap();
    assert!(conclusion::is_proposed(piece));
    assert_eq!((piece.short_number(), piece.link(&field::SPLIT_FROM)), (Some("GP-02"), Some(line)));
}

#[test]
fn dates_and_weights_out_of_range_are_refused() {
    let mut desk = Desk::at_session(1);
    let task = desk.line(Kind::Task, "một");
    let day = NaiveDate::from_ymd_opt(20_230, 3, 10).unwrap();
    assert_eq!(desk.edit(task, Edit::Due(Some(day))), Err(Refusal::BadDate(day)));
    assert_eq!(desk.edit(ITEMS[0], Edit::StartedAt(Some(DateTime::UNIX_EPOCH.into()))).err(), None);
    assert_eq!(desk.edit(task, Edit::Weight(4)), Err(Refusal::BadWeight(4)));
    assert_eq!(desk.edit(task, Edit::Tag(" ".into(), true)), Err(Refusal::EmptyText));
    let said_at = DateTime::parse_from_rfc3339("0023-03-10T08:00:00+07:00").unwrap();
    let text = "một".into();
    let (record, kind) = (RecordId(0x77), Kind::Note);
    let capture = Capture { record, kind, text, said_at, details: Vec::new(), off_record: false };
    let answer = desk.submit(&Command::Capture(Box::new(capture)));
    assert_eq!(answer, Err(Refusal::BadDate(said_at.date_naive())));
}

#[test]
fn a_quarter_is_one_value_though_it_is_two_fields() {
    let mut desk = Desk::at_session(1);
    let root = desk.board.scope().root();
    let seen = desk.seen(root, &field::QUARTER);
    desk.seat(HOA, Role::Facilitator).edit(root, Edit::Quarter(Quarter::new(2024, 1).unwrap())).unwrap();
    let edit = Edit::Quarter(Quarter::new(2023, 2).unwrap());
    let stale = desk.seat(LAN, Role::Facilitator).submit(&Command::Edit { record: root, edit, seen });
    assert_eq!(stale, Err(Refusal::Stale { record: root, field: "quarter".into() }));
    assert_eq!(Session::of(&desk.board).unwrap().quarter(), Quarter::new(2024, 1));
    assert_eq!(desk.edit(root, Edit::Quarter(Quarter::new(2024, 1).unwrap())), Err(Refusal::NoChange));
}

#[test]
fn a_signed_pledge_is_frozen_until_it_is_amended() {
    let mut desk = Desk::at_session(1);
    let group = add(0x70, Kind::PledgeGroup, vec![Edit::Title("Xây dựng Đảng".into())], Place::Last);
    let added = desk.submit(&group).unwrap();
    let target = |id| {
        let details =
            vec![Edit::Title("Kết nạp".into()), Edit::Parent(RecordId(0x70)), Edit::Figure("100".into())];
        add(id, Kind::Target, details, Place::Last)
    };
    let edited = desk.submit(&target(0x71)).unwrap();
    desk.submit(&Command::SetPledge { state: PledgeState::Signed }).unwrap();
    let record = RecordId(0x71);
    let frozen = [
        target(0x72),
        Command::Edit { record, edit: Edit::Figure("1".into()), seen: desk.seen(record, &field::FIGURE) },
        Command::Remove { record },
        Command::Restore { record },
        Command::Move { record, place: Place::First },
        Command::SetPledge { state: PledgeState::Draft },
        Command::Undo { change: edited },
        Command::Undo { change: added },
    ];
    for command in frozen {
        assert_eq!(desk.submit(&command), Err(Refusal::PledgeSigned), "{command:?}");
    }
    desk.submit(&Command::SetPledge { state: PledgeState::Amended }).unwrap();
    desk.submit(&Command::Remove { record }).unwrap();
}

#[test]
fn a_unit_of_the_session_signs_once() {
    let mut desk = Desk::at_session(1);
    let sign = |id, unit| Command::Sign { record: RecordId(id), details: vec![Edit::Unit(unit)] };
    desk.submit(&sign(0x70, Some(UNITS[0]))).unwrap();
    assert_eq!(desk.submit(&sign(0x71, Some(UNITS[0]))), Err(Refusal::AlreadySigned));
    assert_eq!(desk.submit(&sign(0x71, Some(ITEMS[0]))), Err(Refusal::Missing(ITEMS[0])));
    assert_eq!(desk.submit(&sign(0x71, None)), Err(Refusal::Missing(RecordId(0x71))));
}

#[test]
fn a_session_is_created_once_whole_and_in_a_scope_of_its_own() {
    let create = |session: NewSession| Command::CreateSession(Box::new(session));
    let mut desk = Desk::at_session(1);
    assert_eq!(desk.submit(&create(new_session())), Err(Refusal::Exists));
    let refused = |change: fn(&mut NewSession)| {
        let mut session = new_session();
        change(&mut session);
        Desk::empty(1).submit(&create(session)).unwrap_err()
    };
    assert_eq!(refused(|session| session.title = "  ".into()), Refusal::EmptyText);
    assert_eq!(refused(|session| session.units[1].2.clear()), Refusal::EmptyText.clone());
    assert_eq!(refused(|session| session.units[1].0 = session.units[0].0), Refusal::Exists);
    let mut organisation = Desk::empty(1);
    organisation.board = crate::domain::board::Board::empty(ScopeId::ORGANISATION);
    assert_eq!(organisation.submit(&create(new_session())), Err(Refusal::WrongKind(Kind::Session)));
    let state = Command::SetState { state: SessionState::Open };
    let root = desk.board.scope().root();
    assert_eq!(Desk::empty(1).submit(&state), Err(Refusal::Missing(root)));
}

#[test]
fn ids_that_are_taken_or_given_twice_are_refused() {
    let mut desk = Desk::at_session(1);
    let line = desk.line(Kind::Note, "một; hai");
    let seen = desk.seen(line, &field::TEXT);
    for rest in [vec![RecordId(0x77), RecordId(0x77)], vec![line]] {
        let rest = rest.into_iter().map(|id| (id, "hai".into())).collect();
        let split = Command::Split { record: line, first: "một".into(), rest, seen: seen.clone() };
        assert_eq!(desk.submit(&split), Err(Refusal::Exists));
    }
    let taken = add(line.0, Kind::Theme, vec![Edit::Title("một".into())], Place::Last);
    assert_eq!(desk.submit(&taken), Err(Refusal::Exists));
}

#[test]
fn wishes_that_make_no_sense_are_refused_with_the_reason() {
    let mut desk = Desk::at_session(1);
    let note = desk.line(Kind::Note, "một");
    let difficulty = desk.line(Kind::Difficulty, "hai");
    let gone = RecordId(404);
    let classify = |record, kind| Command::Classify { records: vec![record], kind, nature: None };
    let split = |record, rest| Command::Split { record, first: "x".into(), rest, seen: Vec::new() };
    let link = |from, to| Command::Link { from, relation: Relation::Answers, to };
    let seen = desk.seen(note, &field::TEXT);
    let cases = [
        (classify(note, Kind::Unit), Refusal::WrongKind(Kind::Unit)),
        (classify(UNITS[0], Kind::Note), Refusal::WrongKind(Kind::Unit)),
        (classify(gone, Kind::Note), Refusal::Missing(gone)),
        (classify(note, Kind::Note), Refusal::NoChange),
        (split(ITEMS[0], Vec::new()), Refusal::WrongKind(Kind::AgendaItem)),
        (
            Command::Split { record: note, first: "x".into(), rest: Vec::new(), seen: seen.clone() },
            Refusal::EmptyText,
        ),
        (Command::Merge { into: note, from: vec![difficulty] }, Refusal::WrongKind(Kind::Difficulty)),
        (Command::Attach { record: note, to: Some(UNITS[0]) }, Refusal::WrongKind(Kind::Unit)),
        (Command::Unmerge { record: note }, Refusal::NoChange),
        (Command::Attach { record: note, to: None }, Refusal::NoChange),
        (link(difficulty, difficulty), Refusal::Circle),
        (link(difficulty, UNITS[0]), Refusal::WrongKind(Kind::Unit)),
        (Command::Restore { record: gone }, Refusal::Missing(gone)),
        (Command::Restore { record: note }, Refusal::NoChange),
        (Command::Move { record: note, place: Place::After(note) }, Refusal::NoChange),
        (Command::Move { record: note, place: Place::After(gone) }, Refusal::Missing(gone)),
        (Command::Edit { record: note, edit: Edit::Text(" ".into()), seen }, Refusal::EmptyText),
        (add(0x77, Kind::Signature, Vec::new(), Place::Last), Refusal::WrongKind(Kind::Signature)),
        (add(0x77, Kind::Theme, Vec::new(), Place::Last), Refusal::EmptyText),
        (Command::StartItem { record: Some(UNITS[0]) }, Refusal::WrongKind(Kind::Unit)),
        (Command::StartItem { record: None }, Refusal::NoChange),
    ];
    for (command, refusal) in cases {
        assert_eq!(desk.submit(&command), Err(refusal), "{command:?}");
    }
    let nature = Edit::Nature(DifficultyNature::Obstacle);
    let field = "nature".to_owned();
    assert_eq!(desk.edit(note, nature), Err(Refusal::NoSuchField { kind: Kind::Note, field }));
}

#[test]
fn a_command_that_says_a_thing_twice_writes_it_once() {
    let mut desk = Desk::at_session(1);
    let details = vec![Edit::Title("một".into()), Edit::Title("hai".into())];
    desk.submit(&add(0x77, Kind::Theme, details, Place::First)).unwrap();
    let theme = desk.board.record(RecordId(0x77)).unwrap();
    assert_eq!((theme.wording(), theme.contested().count()), ("hai", 0));
    assert_eq!(desk.board.of_kind(Kind::Theme)[0].id, theme.id);
}

#[test]
fn a_new_record_after_unplaced_ones_moves_nobody() {
    let mut desk = Desk::at_session(1);
    let captured = desk.line(Kind::Conclusion, "một");
    let change =
        desk.submit(&add(0x77, Kind::Conclusion, vec![Edit::Text("hai".into())], Place::Last)).unwrap();
    let written = desk.board.change(change).unwrap().writes();
    assert!(written.iter().all(|write| write.record == RecordId(0x77)));
    let order: Vec<RecordId> = desk.board.of_kind(Kind::Conclusion).iter().map(|record| record.id).collect();
    assert_eq!(order, [captured, RecordId(0x77)]);
}

#[test]
fn foreign_positions_that_leave_no_room_are_spaced_anew() {
    let mut desk = Desk::at_session(1);
    let lines = ["một", "hai", "ba"].map(|text| desk.line(Kind::Note, text));
    let strange = |record, key: &str| Write {
        record,
        field: field::POSITION,
        value: Value::from(key),
        replaces: Vec::new(),
    };
    let writes = vec![strange(lines[0], "0"), strange(lines[1], "0"), strange(lines[2], "ừ")];
    desk.board.apply(foreign(5, 1, 50, writes));
    desk.submit(&Command::Move { record: lines[2], place: Place::First }).unwrap();
    let order: Vec<RecordId> = desk.board.of_kind(Kind::Note).iter().map(|record| record.id).collect();
    assert_eq!(order, [lines[2], lines[0], lines[1]]);
}

#[test]
fn a_keynote_comes_behind_the_sections_that_are_there_and_goes_with_one_undo() {
    let mut desk = Desk::at_session(1);
    desk.submit(&add(0x60, Kind::Section, vec![Edit::Title("Đã có".into())], Place::Last)).unwrap();
    let section = |record: u128, heading: &str, texts: &[&str]| NewSection {
        record: RecordId(record),
        heading: heading.into(),
        paragraphs: (record + 1..).map(RecordId).zip(texts.iter().map(|text| (*text).to_owned())).collect(),
    };
    let sections =
        vec![section(0x90, "Một", &["a", "b"]), section(0x80, "Hai", &[]), section(0x70, "Ba", &["c"])];
    let change = desk.submit(&Command::AddKeynote { sections: sections.clone() }).unwrap();
    let told = |desk: &Desk| -> Vec<String> {
        let sections = keynote::sections(&desk.board);
        let texts = sections
            .iter()
            .flat_map(|section| std::iter::once(section.record).chain(section.paragraphs.clone()));
        texts.map(|record| record.wording().to_owned()).collect()
    };
    assert_eq!(told(&desk), ["Đã có", "Một", "a", "b", "Hai", "Ba", "c"]);
    assert_eq!(desk.submit(&Command::AddKeynote { sections }), Err(Refusal::Exists));
    let twice = vec![section(0xa0, "Bốn", &[]), section(0xa0, "Năm", &[])];
    assert_eq!(desk.submit(&Command::AddKeynote { sections: twice }), Err(Refusal::Exists));
    let empty = vec![section(0xa0, "Bốn", &[" "])];
    assert_eq!(desk.submit(&Command::AddKeynote { sections: empty }), Err(Refusal::EmptyText));
    desk.submit(&Command::Undo { change }).unwrap();
    assert_eq!(told(&desk), ["Đã có"]);
}

#[test]
fn pieces_of_a_line_stand_right_behind_it_in_their_order() {
    let mut desk = Desk::at_session(1);
    let [first, _, last] = ["một; hai; ba", "bốn", "năm; sáu"].map(|text| desk.line(Kind::Note, text));
    let mut fresh = 0x9100..;
    let mut split = |desk: &mut Desk, record: RecordId, pieces: &[&str]| {
        let seen = desk.board.record(record).unwrap().seen(&field::TEXT);
        let rest = pieces[1..].iter().map(|text| (RecordId(fresh.next().unwrap()), (*text).to_owned()));
        let (first, rest) = (pieces[0].to_owned(), rest.collect::<Vec<_>>());
        let ids: Vec<RecordId> = rest.iter().map(|(id, _)| *id).collect();
        desk.submit(&Command::Split { record, first, rest, seen }).unwrap();
        ids
    };
    let texts = |desk: &Desk| {
        let notes = desk.board.of_kind(Kind::Note).into_iter();
        notes.map(|note| note.wording().to_owned()).collect::<Vec<_>>()
    };
    split(&mut desk, last, &["năm", "sáu"]);
    assert_eq!(texts(&desk), ["một; hai; ba", "bốn", "năm", "sáu"]);
    assert!(desk.board.of_kind(Kind::Note).iter().all(|note| note.text(&field::POSITION).is_none()));
    let pieces = split(&mut desk, first, &["một", "hai; hai rưỡi", "ba"]);
    assert_eq!(texts(&desk), ["một", "hai; hai rưỡi", "ba", "bốn", "năm", "sáu"]);
    split(&mut desk, pieces[0], &["hai", "hai rưỡi"]);
    assert_eq!(texts(&desk), ["một", "hai", "hai rưỡi", "ba", "bốn", "năm", "sáu"]);
    desk.line(Kind::Note, "bảy");
    assert_eq!(texts(&desk).last().map(String::as_str), Some("bảy"));
}

#[test]
fn a_line_that_is_classified_stands_among_its_new_kind_by_its_age() {
    let mut desk = Desk::at_session(1);
    desk.line(Kind::Difficulty, "một");
    let [split, later] = ["hai; ba", "bốn"].map(|text| desk.line(Kind::Note, text));
    let (first, rest) = ("hai".to_owned(), vec![(RecordId(0x9100), "ba".to_owned())]);
    let seen = desk.board.record(split).unwrap().seen(&field::TEXT);
    desk.submit(&Command::Split { record: split, first, rest, seen }).unwrap();
    for record in [later, RecordId(0x9100), split] {
        let (records, kind) = (vec![record], Kind::Difficulty);
        desk.submit(&Command::Classify { records, kind, nature: None }).unwrap();
    }
    let difficulties = desk.board.of_kind(Kind::Difficulty);
    assert_eq!(
        difficulties.iter().map(|line| line.wording()).collect::<Vec<_>>(),
        ["một", "hai", "bốn", "ba"]
    );
}
