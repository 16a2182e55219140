//! Random histories: wishes at one desk mixed with changes of a stranger's program that respects nothing: replaces that
//! point anywhere, links in circles, unknown kinds and values, absurd numbers and counters.

use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::*;

use crate::domain::{
    agenda,
    board::Board,
    catalogue::{Catalogue, SessionHeader},
    change::{Body, Change, Field, Value, Write, WriteId},
    command::{Capture, Command, Place, Relation},
    conclusion,
    cover::Cover,
    difficulty,
    edit::{Edit, Lead},
    field::{self, set},
    finding::{self},
    follow_up,
    ids::{ChangeId, RecordId},
    keynote,
    kind::{AgendaKind, Attendance, DifficultyNature, Kind, PledgeState, SessionState},
    lint, pledge,
    policy::Role,
    quarter::Quarter,
    record::Record,
    roll_call::{self, Mark},
    roster,
    session::Session,
    speech,
    testing::{Desk, HOA, ITEMS, LAN, SCOPE, UNITS, eight_o_clock, fake_id, foreign},
    timing,
    undo::Stacks,
};

/// Random numbers from which one step of a history is made.
pub(crate) type Dice = [u8; 6];

pub(super) fn pick<T: Clone>(of: &[T], die: u8) -> T {
    of[usize::from(die) % of.len()].clone()
}

/// The records of a board, and a few ids that name none.
fn records(board: &Board) -> Vec<RecordId> {
    let mut ids: Vec<RecordId> = board.records().map(|record| record.id).collect();
    ids.sort_unstable();
    ids.extend([RecordId(7), SCOPE.root()]);
    ids
}

/// Mostly a line, sometimes anything.
fn target(board: &Board, die: u8) -> RecordId {
    let mut lines: Vec<RecordId> =
        Kind::CAPTURED.iter().flat_map(|kind| board.of_kind(*kind)).map(|record| record.id).collect();
    lines.sort_unstable();
    if die < 40 || lines.is_empty() { pick(&records(board), die) } else { pick(&lines, die) }
}

/// Mostly something of the same kind.
fn akin(board: &Board, to: RecordId, die: u8) -> RecordId {
    let kind = board.record(to).and_then(Record::kind).filter(|_| die >= 40);
    let alike: Vec<RecordId> =
        kind.iter().flat_map(|kind| board.of_kind(*kind)).map(|record| record.id).collect();
    if alike.is_empty() { target(board, die) } else { pick(&alike, die) }
}

fn edit_of(die: u8, other: RecordId, n: u8) -> Edit {
    let day = eight_o_clock().date_naive();
    let on = n.is_multiple_of(2);
    pick(
        &[
            Edit::Text(format!("lời {n}")),
            Edit::Title(format!("tên {n}")),
            Edit::Weight(n),
            Edit::Tag(format!("thẻ {n}"), on),
            Edit::Answers(other, on),
            Edit::Follows(other, on),
            Edit::Support(other, on),
            Edit::Parent(other),
            Edit::Unit(on.then_some(other)),
            Edit::Deadline { words: format!("quý {n}"), day: on.then_some(day), kind: None },
            Edit::DoneOn(Some(day)),
            Edit::LeadUnit(Some(if on { Lead::Each } else { Lead::Unit(other) })),
            Edit::Deliverable(format!("văn bản {n}")),
            Edit::Quarter(Quarter::new(2000 + i32::from(n), n % 4 + 1).unwrap()),
            Edit::Attendance(pick(Attendance::ALL, n)),
            Edit::ItemKind(pick(AgendaKind::ALL, n)),
            Edit::StartedAt(Some(eight_o_clock())),
            Edit::EndedAt(on.then(eight_o_clock)),
            Edit::Proposed(on),
            Edit::SampleOf("text".into(), on),
            Edit::Text(String::new()),
        ],
        die,
    )
}

fn mark_of(die: u8, other: RecordId) -> Mark {
    let at = eight_o_clock();
    let of = Mark::Substitute(other.to_string());
    pick(&[Mark::Present, of, Mark::Excused, Mark::Unexcused, Mark::Late(at), Mark::Unmarked], die)
}

/// A random wish about what is on the board.
pub(super) fn wish(desk: &mut Desk, dice: Dice) -> Command {
    let known = records(&desk.board);
    let [what, first, second, third, fourth, fifth] = dice;
    let record = target(&desk.board, first);
    let other = akin(&desk.board, record, second);
    let stacks = Stacks::of(&desk.board, desk.author.person);
    let (new, newer) = (desk.ids.record(), desk.ids.record());
    let changes: Vec<ChangeId> = desk.board.changes().rev().take(4).map(|change| change.id).collect();
    let next = |stack: &[ChangeId]| {
        stack.last().copied().filter(|_| fifth > 40).unwrap_or_else(|| pick(&changes, fourth))
    };
    let place = pick(&[Place::Last, Place::First, Place::After(other)], fourth);
    let aside: Vec<ChangeId> = desk.board.aside().map(|(change, _)| change.id).chain([fake_id(1)]).collect();
    match what % 28 {
        0..=3 => Command::Capture(Box::new(Capture {
            record: new,
            kind: pick(Kind::CAPTURED, third),
            text: format!("câu {fifth}"),
            said_at: eight_o_clock(),
            details: vec![Edit::Unit(Some(pick(&UNITS, fourth)))],
            off_record: fifth % 4 == 0,
        })),
        4 => Command::Add {
            record: new,
            kind: pick(Kind::ALL, third),
            details: vec![edit_of(fifth, other, fourth), Edit::Title("một".into())],
            place,
        },
        5 => Command::Add {
            record: new,
            kind: pick(Kind::CAPTURED, third),
            details: vec![Edit::Text("hai".into())],
            place,
        },
        6..=8 => {
            let edit = edit_of(fifth, other, fourth);
            let seen = desk.seen(record, &edit.field());
            Command::Edit { record, edit, seen }
        }
        9 => Command::Classify {
            records: vec![record, other, record],
            kind: pick(Kind::CAPTURED, third),
            nature: Some(pick(DifficultyNature::ALL, fourth)),
        },
        10 => Command::Split {
            record,
            first: format!("trước {fourth}"),
            rest: vec![(new, "giữa".into()), (newer, "sau".into())],
            seen: desk.seen(record, &field::TEXT),
        },
        11 | 12 => Command::Merge { into: record, from: vec![other, akin(&desk.board, record, third)] },
        13 => Command::Unmerge { record },
        14 => Command::Attach { record, to: (third % 3 > 0).then_some(other) },
        15 => Command::ChangeSpeaker {
            records: vec![record, other],
            unit: Some(pick(&UNITS, third)),
            speaker: None,
        },
        16 => Command::Link { from: record, relation: Relation::Answers, to: other },
        17 => Command::Link { from: record, relation: Relation::Follows, to: target(&desk.board, third) },
        18 => Command::Move { record, place },
        19 if fifth % 3 > 0 => {
            Command::Unlink { from: record, relation: Relation::Answers, to: linked(&desk.board, record) }
        }
        19 => Command::Remove { record },
        20 => Command::Restore { record: pick(&known, first) },
        21 if fifth % 3 == 0 => Command::StartItem { record: (third % 4 > 0).then(|| pick(&ITEMS, third)) },
        21 => Command::SetState {
            state: pick(&[SessionState::Draft, SessionState::Open, SessionState::Closed], third),
        },
        22 if fifth % 3 == 0 => spoken(desk, third, new),
        22 if third % 2 == 0 => Command::SetPledge { state: pick(PledgeState::ALL, fourth) },
        22 => Command::Sign { record: new, details: vec![Edit::Unit(Some(pick(&UNITS, fourth)))] },
        23 => Command::Accept { changes: vec![pick(&aside, first), pick(&aside, second)] },
        24 if third % 2 == 0 => Command::Decline { changes: vec![pick(&aside, first)] },
        24 => Command::Admit { person: HOA, role: pick(Role::ALL, fourth) },
        25 if third % 8 == 1 => {
            Command::Seat { attendees: vec![record], venue: (fifth % 2 == 0).then_some(other) }
        }
        25 if third % 4 == 0 => Command::SetConnection { venue: record, connected: fifth % 2 == 0 },
        25 => {
            let sitting = (fifth % 2 == 0).then_some(other);
            Command::MarkAttendance { attendees: vec![record], sitting, mark: mark_of(third, other) }
        }
        _ if changes.is_empty() => Command::Restore { record },
        _ if third % 2 == 0 => Command::Undo { change: next(&stacks.undo) },
        _ => Command::Redo { change: next(&stacks.redo) },
    }
}

/// A command about the clock or about who speaks.
fn spoken(desk: &Desk, dice: u8, new: RecordId) -> Command {
    let first = |speeches: Vec<&Record>| speeches.first().map(|speech| speech.id);
    let waits = first(speech::queue(&desk.board));
    let speech = first(speech::running(&desk.board)).filter(|_| dice.is_multiple_of(2));
    let unit = Some(pick(&UNITS, dice));
    let sitting = first(desk.board.of_kind(Kind::Sitting)).filter(|_| !dice.is_multiple_of(3)).unwrap_or(new);
    match dice % 9 {
        7 => Command::BeginSitting { sitting, title: "buổi".into() },
        8 => Command::EndSitting { sitting, title: "buổi".into() },
        0 | 1 => Command::Register { record: new, unit, speaker: None },
        2 => Command::GiveFloor { record: waits.unwrap_or(new), unit, speaker: None },
        3 => Command::EndSpeech,
        4 => Command::Pause { record: new, speech },
        5 => Command::Resume { speech },
        _ => {
            let item = pick(&ITEMS, dice);
            let [seen, seen_limit] =
                [field::PLANNED, field::SPEECH_LIMIT].map(|field| desk.seen(item, &field));
            Command::Allot { item, planned: dice.into(), limit: 3, seen, seen_limit }
        }
    }
}

fn linked(board: &Board, from: RecordId) -> RecordId {
    board.record(from).and_then(|record| record.linked("answers").next()).unwrap_or(from)
}

fn strange_value(n: u8, other: RecordId) -> Value {
    let texts = [
        "",
        "kind_of_2031",
        "difficulty",
        "task",
        "KK-4294967295",
        "KK-999999",
        "KK-x",
        "0",
        "~~",
        "đ",
        "2023-02-31",
    ];
    match n % 7 {
        0 => Value::Absent,
        1 => Value::Flag(n.is_multiple_of(2)),
        2 => Value::Number(i64::MIN + i64::from(n)),
        3 => Value::Other(Box::new(serde_json::json!({"newer": [n]}))),
        4 | 5 => other.into(),
        _ => pick(&texts, n / 7).into(),
    }
}

fn strange_field(n: u8, other: RecordId) -> Field {
    let known = [
        field::KIND,
        field::NUMBER,
        field::REMOVED,
        field::POSITION,
        field::PARENT,
        field::TEXT,
        field::STATE,
        field::MERGED_INTO,
        field::MERGED_INTO,
        field::ATTACHED_TO,
        field::OFF_RECORD,
        field::WEIGHT,
        field::DUE,
        field::PLEDGE_STATE,
        Field::member("answers", other),
        Field::member("tag", ""),
        Field::from("field_of_2031".to_owned()),
    ];
    pick(&known, n)
}

/// A write about other changes, as nobody who respects anything would make it.
fn strange_ruling(board: &Board, known: &[ChangeId], dice: Dice) -> Write {
    let [_, first, second, third, fourth, fifth] = dice;
    let id = pick(known, first);
    let chosen = board.all_changes().filter(|change| !(change.id.0[0] ^ second).is_multiple_of(3));
    let cover = Cover::of(board, chosen.map(AsRef::as_ref)).value();
    let (field, value) = match third % 6 {
        0 => (field::SEAL, cover),
        1 => (Field::member(set::HELD, third), cover),
        2 => (Field::member(set::VERDICT, id), Value::Flag(fourth.is_multiple_of(2))),
        3 => (Field::member(set::ERASED, id), true.into()),
        4 => (Field::member(set::AFTER, id), true.into()),
        _ => (field::SEAL, Value::Absent),
    };
    let seals = board.root().map(|root| root.seen(&field::SEAL)).unwrap_or_default();
    let replaces = if fifth.is_multiple_of(2) { seals } else { Vec::new() };
    Write { record: SCOPE.root(), field, value, replaces }
}

/// A change by a program that respects nothing.
fn strange(board: &Board, dice: Dice, sequence: u64, rulers: bool) -> Arc<Change> {
    let known = records(board);
    let changes: Vec<ChangeId> = board.all_changes().map(|change| change.id).chain([fake_id(1)]).collect();
    let [origin, first, second, third, fourth, fifth] = dice;
    let writes = (0..fourth % 4).map(|at| {
        let mixed = |die: u8| die.wrapping_mul(at.wrapping_mul(2).wrapping_add(1)).wrapping_add(at);
        let (record, other) = (pick(&known, mixed(first)), pick(&known, mixed(second)));
        let replaces =
            (0..fifth % 4).map(|n| WriteId { change: pick(&changes, mixed(third) ^ n), index: u16::from(n) });
        Write {
            record,
            field: strange_field(mixed(third), other),
            value: strange_value(mixed(second), other),
            replaces: replaces.collect(),
        }
    });
    let about_others = (rulers && second > 200).then(|| strange_ruling(board, &changes, dice));
    let writes = writes.chain(about_others);
    let counter = pick(&[0, 1, 2, 5, board.counter(), u64::MAX / 2], fifth / 4);
    let mut change = (*foreign(u128::from(100 + origin % 2), sequence, counter, writes.collect())).clone();
    if fourth > 230 {
        change.body = Body::Unknown;
    }
    Arc::new(change)
}

/// A desk after a random history.
pub(super) fn desk_after(history: &[(bool, Dice)]) -> Desk {
    desk_among(history, false)
}

/// A desk after a random history; with `rulers`, strangers also write about other changes.
pub(crate) fn desk_among(history: &[(bool, Dice)], rulers: bool) -> Desk {
    let mut desk = Desk::at_session(9);
    for kind in [Kind::Note, Kind::Difficulty, Kind::Difficulty, Kind::Difficulty, Kind::Solution] {
        desk.line(kind, "câu đầu");
    }
    for ((is_strange, dice), at) in history.iter().zip(0..) {
        if *is_strange {
            let sequence = if dice[0] == 0 { u64::MAX } else { at / 2 };
            let change = strange(&desk.board, *dice, sequence, rulers);
            desk.board.apply(change);
            if dice[3].is_multiple_of(4) {
                let _ = desk.submit(&rare_wish(&desk.board, *dice));
            }
        } else {
            seat_someone(&mut desk, dice[5]);
            let command = wish(&mut desk, *dice);
            let _ = desk.submit(&command);
        }
    }
    desk.seat(LAN, Role::Facilitator);
    desk
}

/// What holds back or erases; neither is ever taken back.
fn rare_wish(board: &Board, dice: Dice) -> Command {
    if dice[1].is_multiple_of(5) {
        return Command::Erase { words: format!("câu {}", dice[2]) };
    }
    let strangers = board.all_changes().filter(|change| change.header.origin.0 > 99);
    let some = strangers.filter(|change| change.id.0[1] > dice[2]);
    Command::Receive { cover: Box::new(Cover::of(board, some.map(AsRef::as_ref))) }
}

pub(super) fn seat_someone(desk: &mut Desk, die: u8) {
    let seats =
        [(LAN, Role::Facilitator), (LAN, Role::Facilitator), (HOA, Role::NoteTaker), (HOA, Role::Chair)];
    let (person, role) = pick(&seats, die);
    desk.seat(person, role);
}

pub(crate) fn histories(strangers: bool) -> impl Strategy<Value = Vec<(bool, Dice)>> {
    let is_strange = if strangers { any::<bool>().boxed() } else { Just(false).boxed() };
    prop::collection::vec((is_strange, any::<Dice>()), 0..60)
}

/// Asks a board everything that any screen or document may ask.
pub(super) fn look_at_everything(board: &Board) {
    let now = eight_o_clock();
    let day = now.date_naive();
    for record in board.records() {
        let id = record.id;
        assert!(timing::spent(board, record, now) >= TimeDelta::zero());
        let _ = (speech::passage(board, record), speech::time_of(board, id, now));
        assert!(difficulty::answers(board, id, Kind::Solution).len() <= board.change_count() * 4);
        let _ = (difficulty::continuations(board, id), difficulty::raised_by(board, record));
        let _ = (difficulty::nature(record), difficulty::weight(record), conclusion::part(record));
        let _ = (conclusion::authority(record), lint::offers(board, record, day));
        let _ = (
            conclusion::lead(record),
            conclusion::bearers(board, record),
            conclusion::support(board, record),
        );
        let _ = (follow_up::bucket(record, day), roster::unit_of(board, record), roster::code(record));
        let _ = (agenda::item_kind(record), agenda::planned(record), agenda::ordinal(board, id));
        let _ = (board.history_of(id), board.merge_root(id), record.moment(&field::STARTED_AT));
    }
    let _ = (difficulty::unanswered(board), conclusion::by_addressee(board), keynote::sections(board).len());
    let _ = (pledge::groups(board).len(), pledge::signatures(board).len(), roll_call::Roll::of(board));
    let _ = (agenda::current(board), agenda::total_planned(board), roster::unit_by_code(board, "q1"));
    let _ = (timing::forecast(board, now), timing::allotment(board, now), timing::pace(board));
    let _ = (speech::suggested(board), speech::silent(board).len(), speech::queued_time(board, now));
    let _ = (finding::findings(board), Stacks::of(board, LAN));
    let _ = Session::of(board).map(|session| (session.quarter(), session.begins(), session.chair()));
    let _ = Catalogue::new(SessionHeader::of(board).into_iter().collect());
}

/// The wish with secret words, where it has words for a record off the record.
pub(super) fn secretly(board: &Board, command: Command) -> Command {
    let hidden = |id: RecordId| board.record(id).is_some_and(|record| record.flag(&field::OFF_RECORD));
    match command {
        Command::Edit { record, edit: Edit::Text(_), seen } if hidden(record) => {
            Command::Edit { record, edit: Edit::Text("BÍ MẬT".into()), seen }
        }
        Command::Edit { record, edit: Edit::Tag(..), .. } if hidden(record) => {
            Command::Edit { record, edit: Edit::Tag("BÍ MẬT".into(), true), seen: Vec::new() }
        }
        Command::Split { record, seen, rest, .. } if hidden(record) => {
            let rest = rest.into_iter().map(|(id, _)| (id, "BÍ MẬT 2".into())).collect();
            Command::Split { record, first: "BÍ MẬT 1".into(), rest, seen }
        }
        Command::Capture(mut capture) if capture.off_record => {
            capture.text = "BÍ MẬT".into();
            Command::Capture(capture)
        }
        other => other,
    }
}
