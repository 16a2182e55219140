//! Boards for tests: a desk at which one person wishes and a clerk writes, on fixed ids and a fixed clock.
//!
//! It uses the public interface of the room only; the whole-house tests include this same file.

#![allow(
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    unreachable_pub,
    reason = "fixtures hold, in either of the two crates"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime};

use super::{
    board::Board,
    change::{Author, Body, Change, Field, Header, Value, Write, WriteId},
    command::{Capture, Command, NewItem, NewSession, Refusal},
    cover::Cover,
    edit::Edit,
    field,
    ids::{ChangeId, CommandId, IdStream, OriginId, PersonId, RecordId, ScopeId},
    kind::{AgendaKind, Kind},
    plan::{Plan, Room},
    policy::Role,
    quarter::Quarter,
    record::Live,
};

/// The session that the tests hold.
pub const SCOPE: ScopeId = ScopeId(0x5e55_1011);
/// Its theme.
pub const THEME: RecordId = RecordId(0x10);
/// Its three units.
pub const UNITS: [RecordId; 3] = [RecordId(0x21), RecordId(0x22), RecordId(0x23)];
/// Its two points.
pub const ITEMS: [RecordId; 2] = [RecordId(0x31), RecordId(0x32)];
/// Who sits at the desk at first.
pub const LAN: PersonId = PersonId(1);
/// Somebody else.
pub const HOA: PersonId = PersonId(2);

/// A hash that no hashing has seen: a fixed function of a number.
pub fn fake_id(number: u128) -> ChangeId {
    let mut stream = IdStream::new(number);
    let mut bytes = [0; 32];
    for (byte, mixed) in
        bytes.iter_mut().zip([stream.draw(), stream.draw()].iter().flat_map(|n| n.to_be_bytes()))
    {
        *byte = mixed;
    }
    ChangeId(bytes)
}

/// An author.
pub fn person(person: PersonId) -> Author {
    Author { person, name: format!("người {}", person.0).into() }
}

/// 08:00 on the day of the sample session.
pub fn eight_o_clock() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2023-03-10T08:00:00+07:00").unwrap()
}

/// A change as somebody else's program might have written it.
pub fn foreign(origin: u128, sequence: u64, counter: u64, writes: Vec<Write>) -> Arc<Change> {
    let header = Header {
        version: 1,
        scope: SCOPE,
        origin: OriginId(origin),
        sequence,
        previous: None,
        counter,
        command: CommandId(origin << 64 | u128::from(sequence)),
        name: "Edit".into(),
        author: person(PersonId(origin)),
        role: Role::Facilitator,
        at: eight_o_clock(),
    };
    let id = fake_id(origin << 64 | u128::from(sequence));
    Arc::new(Change { id, header, body: Body::Writes(writes) })
}

/// A person at a desk.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The shared log, folded.
    pub board: Board,
    /// The private log, folded.
    pub private: Board,
    /// Who sits there.
    pub author: Author,
    /// In which role.
    pub role: Role,
    /// The letter of a notebook taken apart.
    pub notebook: Option<char>,
    /// Where its ids come from.
    pub ids: IdStream,
    origin: OriginId,
    written: u64,
    previous: Option<ChangeId>,
    waited: i64,
}

impl Desk {
    /// A desk before anything happened.
    pub fn empty(origin: u128) -> Self {
        Self {
            board: Board::empty(SCOPE),
            private: Board::empty(SCOPE),
            author: person(LAN),
            role: Role::Facilitator,
            notebook: None,
            ids: IdStream::new(origin),
            origin: OriginId(origin),
            written: 0,
            previous: None,
            waited: 0,
        }
    }

    /// A desk at a session with a theme, units and an agenda.
    pub fn at_session(origin: u128) -> Self {
        let mut desk = Self::empty(origin);
        desk.submit(&Command::CreateSession(Box::new(new_session()))).unwrap();
        desk
    }

    /// A desk at another session like it.
    pub fn at_session_in(scope: ScopeId, origin: u128) -> Self {
        let (board, private) = (Board::empty(scope), Board::empty(scope));
        let mut desk = Self { board, private, ..Self::empty(origin) };
        desk.submit(&Command::CreateSession(Box::new(new_session()))).unwrap();
        desk
    }

    /// The same desk in the hands of somebody else, or of the same person in another role.
    pub fn seat(&mut self, person_id: PersonId, role: Role) -> &mut Self {
        self.author = person(person_id);
        self.role = role;
        self
    }

    /// A copy of the folder, opened elsewhere.
    #[must_use]
    pub fn elsewhere(&self, origin: u128) -> Self {
        Self {
            ids: IdStream::new(origin),
            origin: OriginId(origin),
            written: 0,
            previous: None,
            ..self.clone()
        }
    }

    /// When the next command is given: a minute after the last one, and as much later as was waited.
    pub fn now(&self) -> DateTime<FixedOffset> {
        eight_o_clock() + Duration::minutes(i64::try_from(self.written).unwrap() + self.waited)
    }

    /// Lets minutes pass; below zero, the computer's clock is set back.
    pub fn wait(&mut self, minutes: i64) -> &mut Self {
        self.waited += minutes;
        self
    }

    /// What a command would write.
    pub fn plan(&self, command: &Command) -> Result<Plan, Refusal> {
        let Self { board, author, role, notebook, .. } = self;
        let at = self.now();
        let room = Room { board, author, role: *role, at, notebook: *notebook };
        room.plan_with(&self.private, command)
    }

    /// Plans a command and writes what it amounts to, the private part first.
    pub fn submit(&mut self, command: &Command) -> Result<ChangeId, Refusal> {
        let plan = self.plan(command)?;
        self.written += 1;
        let id = self.ids.command();
        if !plan.private.is_empty() {
            let body = self.change(command.name(), id, &self.private, plan.private);
            self.private.apply(Arc::new(body));
        }
        let change = self.change(command.name(), id, &self.board, plan.shared);
        let id = change.id;
        self.previous = Some(id);
        self.board.apply(Arc::new(change));
        Ok(id)
    }

    fn change(&self, name: &str, command: CommandId, board: &Board, writes: Vec<Write>) -> Change {
        let header = Header {
            version: 1,
            scope: board.scope(),
            origin: self.origin,
            sequence: self.written,
            previous: self.previous,
            counter: board.counter() + 1,
            command,
            name: name.into(),
            author: self.author.clone(),
            role: self.role,
            at: self.now(),
        };
        let private = std::ptr::eq(board, &raw const self.private);
        Change { id: fake_id(command.0.wrapping_add(private.into())), header, body: Body::Writes(writes) }
    }

    /// Captures a line.
    pub fn line(&mut self, kind: Kind, text: &str) -> RecordId {
        self.capture(kind, text, false)
    }

    /// Captures a line, off the record if so wished.
    pub fn capture(&mut self, kind: Kind, text: &str, off_record: bool) -> RecordId {
        let record = self.ids.record();
        let details = vec![Edit::Unit(Some(UNITS[0])), Edit::Tag("hồ sơ".into(), true)];
        let said_at = eight_o_clock();
        let capture = Capture { record, kind, text: text.into(), said_at, details, off_record };
        self.submit(&Command::Capture(Box::new(capture))).unwrap();
        record
    }

    /// What the person at the desk sees in a field, wherever it is kept.
    pub fn seen(&self, record: RecordId, field: &Field) -> Vec<WriteId> {
        let boards = [&self.board, &self.private];
        boards.iter().filter_map(|board| board.record(record)).flat_map(|record| record.seen(field)).collect()
    }

    /// Gives a field new content, having seen what stands in it.
    pub fn edit(&mut self, record: RecordId, edit: Edit) -> Result<ChangeId, Refusal> {
        let seen = self.seen(record, &edit.field());
        self.submit(&Command::Edit { record, edit, seen })
    }
}

/// The session that [`Desk::at_session`] creates.
pub fn new_session() -> NewSession {
    let item = |record, kind, title: &str| NewItem { record, kind, title: title.into(), planned: 15 };
    NewSession {
        title: "Hội nghị quý I".into(),
        quarter: Quarter::new(2023, 1).unwrap(),
        details: vec![
            Edit::Date(NaiveDate::from_ymd_opt(2023, 3, 10).unwrap()),
            Edit::Begins(NaiveTime::from_hms_opt(8, 0, 0)),
            Edit::Place("Hội trường".into()),
            Edit::Locality("Quận 1".into()),
        ],
        themes: vec![(THEME, "Chuyển sinh hoạt Đảng".into())],
        agenda: vec![
            item(ITEMS[0], AgendaKind::Opening, "Khai mạc"),
            item(ITEMS[1], AgendaKind::Discussion, "Thảo luận"),
        ],
        units: UNITS.iter().zip(1..).map(|(id, n)| (*id, format!("Q{n}"), format!("Quận {n}"))).collect(),
        further: Vec::new(),
        others: Vec::new(),
    }
}

/// What a board shows: the different values in effect of every field that holds anything.
pub fn shown(board: &Board) -> BTreeMap<(RecordId, String), BTreeSet<String>> {
    let mut shown = BTreeMap::new();
    for record in board.records() {
        for (field, cell) in record.fields() {
            let values = cell.live().iter().map(Live::value);
            // What a seal covers grows by the changes that take it off and put it on again.
            let in_words = |value: &Value| match Cover::read(value) {
                Some(_) if *field == field::SEAL => "sealed".to_owned(),
                _ => format!("{value:?}"),
            };
            let values: BTreeSet<String> = values.map(in_words).collect();
            if cell.live().iter().any(|live| *live.value() != Value::Absent) {
                shown.insert((record.id, field.as_str().to_owned()), values);
            }
        }
    }
    shown
}
