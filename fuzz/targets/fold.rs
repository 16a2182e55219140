//! Any changes, as programs that respect nothing would write them, in any order.
//!
//! The board depends on their set alone, and everything that may be asked of it has an answer.

#![no_main]

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use chrono::{DateTime, FixedOffset};
use hoinghi::{
    document::{Depth, Wording},
    domain::{
        admission::Admission,
        agenda,
        board::Board,
        catalogue::SessionHeader,
        change::{Author, Body, Change, FORMAT, Field, Header, Value, Write, WriteId},
        conclusion,
        cover::Cover,
        difficulty, finding, follow_up,
        ids::{ChangeId, CommandId, OriginId, PersonId, RecordId, ScopeId},
        keynote,
        kind::Kind,
        pledge,
        policy::Role,
        roll_call::Roll,
        roster,
        session::Session,
        speech, timing,
        undo::Stacks,
    },
    export::{self, Format, Order, Profiles},
};
use libfuzzer_sys::{
    arbitrary::{self, Arbitrary},
    fuzz_target,
};

const SCOPE: ScopeId = ScopeId(3);
/// More changes take longer and show nothing new.
const MOST: usize = 24;

const FIELDS: &str = "kind number removed position parent text title code post nature weight check_later sample unit speaker \
    item theme said_at merged_into attached_to split_from authority addressee answer lead_unit due deliverable done_on part \
    item_kind planned started_at ended_at speech_limit speech state pledge_state year quarter date begins closed_at place \
    chair recorder layout part_played attendance arrived left substitute_for absence_reason venue opening figure signed_on \
    valid_from valid_to successor off_record result seal born proposed field_of_2031";
const SETS: &str = "tag support same sample answers outage follows attendance arrived left verdict held erased after admitted";
const TEXTS: &str = "difficulty task solution recommendation conclusion opinion session agenda_item attendee unit speech pause \
    sitting venue pledge target signature theme section paragraph kind_of_2031 KK-05 KK-4294967295 KK-x 0 ~~ đ 2023-03-10 \
    2023-02-31 2023-03-10T09:31:00+07:00 9999-12-31T23:59:59+14:00 open closed issued for_signature signed each present late \
    substitute city discussion chair 5 -1";

#[derive(Debug, Arbitrary)]
struct Fact<'a> {
    origin: u8,
    sequence: u8,
    counter: u8,
    command: u8,
    who: u8,
    body: u8,
    writes: Vec<Entry<'a>>,
}

#[derive(Debug, Arbitrary)]
struct Entry<'a> {
    record: u8,
    field: Name,
    value: Content<'a>,
    replaces: Vec<(u8, u8)>,
}

#[derive(Debug, Arbitrary)]
enum Name {
    Known(u8),
    OfRecord(u8, u8),
    OfChange(u8, u8),
}

#[derive(Debug, Arbitrary)]
enum Content<'a> {
    Absent,
    Flag(bool),
    Number(i64),
    Record(u8),
    Word(u8),
    Text(&'a str),
    Born(u8, u8),
    Cover(u32),
    Newer(u8),
}

fn pick(words: &'static str, at: u8) -> &'static str {
    let count = words.split_whitespace().count();
    words.split_whitespace().nth(usize::from(at) % count).unwrap_or_default()
}

fn id_of(change: u8) -> ChangeId {
    ChangeId(*blake3::hash(&[change]).as_bytes())
}

/// Few records, so that they meet; the session itself among them.
fn record_of(at: u8) -> RecordId {
    RecordId(u128::from(at % 8))
}

fn field_of(name: &Name) -> Field {
    match name {
        Name::Known(at) => Field::from(pick(FIELDS, *at).to_owned()),
        Name::OfRecord(set, record) => Field::member(pick(SETS, *set), record_of(*record)),
        Name::OfChange(set, change) => Field::member(pick(SETS, *set), id_of(*change)),
    }
}

fn value_of(content: &Content<'_>, before: &Board) -> Value {
    match content {
        Content::Absent => Value::Absent,
        Content::Flag(flag) => (*flag).into(),
        Content::Number(number) => (*number).into(),
        Content::Record(at) => record_of(*at).into(),
        Content::Word(at) => pick(TEXTS, *at).into(),
        Content::Text(text) => (*text).into(),
        Content::Born(counter, change) => format!("{counter} {}", id_of(*change)).into(),
        Content::Cover(which) => {
            let chosen = before.all_changes().zip(0..).filter(|(_, at)| which >> (at % 32) & 1 == 1);
            Cover::of(before, chosen.map(|(change, _)| change.as_ref())).value()
        }
        Content::Newer(n) => Value::Other(Box::new(serde_json::json!({ "newer": [n, 1.5, null] }))),
    }
}

fn change_of(fact: &Fact<'_>, number: u8, before: &Board) -> Arc<Change> {
    let write = |entry: &Entry<'_>| Write {
        record: record_of(entry.record),
        field: field_of(&entry.field),
        value: value_of(&entry.value, before),
        replaces: entry
            .replaces
            .iter()
            .map(|(of, n)| WriteId { change: id_of(of % 32), index: (n % 4).into() })
            .collect(),
    };
    let body = match fact.body {
        0..8 => Body::Unknown,
        8..16 => Body::Erased,
        _ => Body::Writes(fact.writes.iter().map(write).collect()),
    };
    let header = Header {
        version: FORMAT,
        scope: SCOPE,
        origin: OriginId(u128::from(fact.origin % 3)),
        sequence: (fact.sequence % 16).into(),
        previous: None,
        counter: if fact.counter == 255 { u64::MAX } else { (fact.counter % 32).into() },
        command: CommandId(u128::from(fact.command)),
        name: "Edit".into(),
        author: Author { person: PersonId(u128::from(fact.who % 2)), name: "Lan".into() },
        role: Role::ALL[usize::from(fact.who / 2) % Role::ALL.len()],
        at: now(),
    };
    Arc::new(Change { id: id_of(number), header, body })
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2023-03-10T09:31:00+07:00").expect("a moment")
}

/// The sentences and layouts that come with the program.
static OFFICE: LazyLock<(Wording, Profiles)> = LazyLock::new(|| {
    let nothing = BTreeMap::new();
    (Wording::new(&nothing).expect("our own"), Profiles::read(&nothing).expect("our own"))
});

/// All papers in all formats but the one that takes longest.
fn order() -> Order {
    let mut order = Order::all(Depth::ALL[0]);
    order.formats.retain(|format| *format != Format::Docx);
    order
}

/// Asks everything that a screen or paper asks.
fn look(board: &Board) {
    let now = now();
    for record in board.records() {
        let id = record.id;
        let _ = (
            timing::spent(board, record, now),
            speech::passage(board, record),
            speech::time_of(board, id, now),
        );
        let _ = (difficulty::answers(board, id, Kind::Solution), difficulty::continuations(board, id));
        let _ = (
            difficulty::raised_by(board, record),
            conclusion::lead(record),
            conclusion::support(board, record),
        );
        let _ = (
            follow_up::bucket(record, now.date_naive()),
            roster::unit_of(board, record),
            board.merge_root(id),
        );
        let _ = (agenda::ordinal(board, id), board.history_of(id));
    }
    let _ = (finding::findings(board), Stacks::of(board, PersonId(1)), Admission::of(board), board.cover());
    let _ = (Roll::of(board), pledge::groups(board), keynote::sections(board), SessionHeader::of(board));
    let _ = (timing::forecast(board, now), timing::allotment(board, now), timing::pace(board));
    let _ = Session::of(board).map(|session| (session.quarter(), session.begins(), session.chair()));
    let (wording, profiles) = &*OFFICE;
    let _ = export::render(board, &order(), wording, profiles).expect("our own");
}

fuzz_target!(|input: (Vec<Fact<'_>>, Vec<u8>, u8)| {
    let (facts, order, erased) = input;
    let mut board = Board::empty(SCOPE);
    for (fact, number) in facts.iter().take(MOST).zip(0..) {
        board.apply(change_of(fact, number, &board));
    }
    let mut changes: Vec<Arc<Change>> = board.all_changes().cloned().collect();
    assert_eq!(changes.len(), facts.len().min(MOST));
    if let Some(change) = changes.get(usize::from(erased)) {
        let mut without = (**change).clone();
        without.body = Body::Erased;
        changes.push(Arc::new(without));
    }
    let in_order = Board::fold(SCOPE, changes.iter().cloned());
    if usize::from(erased) >= facts.len().min(MOST) {
        assert_eq!(in_order, board);
    }
    let backwards = Board::fold(SCOPE, changes.iter().rev().cloned());
    assert_eq!(in_order, backwards);
    let mut shuffled: Vec<_> =
        changes.iter().zip(order.iter().copied().chain(std::iter::repeat(0))).collect();
    shuffled.sort_by_key(|(_, place)| *place);
    let twice = shuffled.iter().chain(&shuffled).map(|(change, _)| Arc::clone(change));
    assert_eq!(in_order, Board::fold(SCOPE, twice));
    assert_eq!(finding::findings(&in_order), finding::findings(&backwards));
    look(&in_order);
});
