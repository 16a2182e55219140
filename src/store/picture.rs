//! What the next opening shows first: the list of sessions and the session that was open, kept in the close marker.
//!
//! sled needs longer to open than a person should wait for the first frame (its pool makes seven threads that spin until the
//! last of them is there). So a clean close leaves in the marker what the first frame needs, and sled opens when it is needed. The picture
//! goes with the first write, and is believed only if its own sum is right and the logs end where it says.

use std::{collections::BTreeMap, fs, io, ops::Range, sync::Arc};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{
    files,
    folder::{FileId, Folder, Mark, Marks},
    obstacle,
    scope::Scope,
};
use crate::domain::{
    board::Board,
    catalogue::{Catalogue, SessionHeader},
    change::{Author, Body, Change, Field, Header, Value, Write, WriteId},
    ids::{ChangeId, CommandId, OriginId, PersonId, RecordId, ScopeId},
    policy::Role,
};

/// The first bytes of a marker that holds a picture.
const MAGIC: &[u8; 8] = b"hoinghi5";
const SUM: usize = 32;

/// What the next opening starts with.
#[derive(Debug, Default)]
pub(super) struct Picture {
    /// What the seat showed, as it wrote it.
    pub(super) frame: Vec<u8>,
    pub(super) sessions: Vec<SessionHeader>,
    pub(super) scopes: Pictured,
}

/// The scopes of a picture. To make a large one takes longer than all else about a start, so each waits until it is asked for.
#[derive(Debug, Default)]
pub(super) struct Pictured {
    /// What stands in the marker.
    packed: Vec<u8>,
    /// Where in it a scope does.
    places: BTreeMap<ScopeId, Range<usize>>,
    made: BTreeMap<ScopeId, PicturedScope>,
}

impl Pictured {
    /// Takes out one scope. Bytes that cannot be read hold none: then the database is asked, which was closed with them.
    pub(super) fn take(&mut self, id: ScopeId) -> Option<PicturedScope> {
        let packed = self.places.remove(&id).and_then(|place| self.packed.get(place));
        let taken = packed.and_then(|packed| unpack(packed, id));
        self.packed.truncate(self.places.values().map(|place| place.end).max().unwrap_or(0));
        self.packed.shrink_to_fit();
        taken.or_else(|| self.made.remove(&id))
    }

    /// Adds a scope, unless it is there.
    pub(super) fn put(&mut self, id: ScopeId, scope: PicturedScope) {
        self.made.entry(id).or_insert(scope);
    }

    /// Takes out all that nobody asked for.
    pub(super) fn take_all(&mut self) -> BTreeMap<ScopeId, PicturedScope> {
        let ids: Vec<_> = self.places.keys().chain(self.made.keys()).copied().collect();
        ids.into_iter().filter_map(|id| Some((id, self.take(id)?))).collect()
    }
}

/// Reads what [`Kept`] has written, one change after the other: all together would take as much memory as the board.
fn unpack(packed: &[u8], id: ScopeId) -> Option<PicturedScope> {
    let mut names = Names::default();
    let (marks, packed) = postcard::take_from_bytes::<Vec<(FileId, Mark)>>(packed).ok()?;
    let (changes, packed) = unpack_changes(packed, id, &mut names)?;
    let (bodies, _) = unpack_changes(packed, id, &mut names)?;
    Some(PicturedScope { marks: marks.into_iter().collect(), changes, bodies })
}

/// A list of changes, and what stands behind it.
fn unpack_changes<'a>(
    packed: &'a [u8],
    id: ScopeId,
    names: &mut Names<'a>,
) -> Option<(Vec<Arc<Change>>, &'a [u8])> {
    let (count, mut packed) = postcard::take_from_bytes::<usize>(packed).ok()?;
    let mut changes = Vec::with_capacity(count.min(packed.len()));
    for _ in 0..count {
        let (kept, rest) = postcard::take_from_bytes::<KeptChange<'a>>(packed).ok()?;
        changes.push(Arc::new(kept.change(id, names)?));
        packed = rest;
    }
    Some((changes, packed))
}

/// A scope as it was left.
#[derive(Debug)]
pub(super) struct PicturedScope {
    /// Where its logs ended.
    pub(super) marks: Marks,
    /// What they held, in order.
    pub(super) changes: Vec<Arc<Change>>,
    /// The bodies of what is off the record.
    pub(super) bodies: Vec<Arc<Change>>,
}

impl Picture {
    /// A picture of these scopes.
    pub(super) fn of<'a>(
        catalogue: &Catalogue,
        scopes: impl IntoIterator<Item = &'a Scope>,
        frame: Vec<u8>,
    ) -> Self {
        let all = |board: &Board| board.all_changes().cloned().collect();
        let pictured = |scope: &Scope| PicturedScope {
            marks: scope.marks.clone(),
            changes: all(&scope.board),
            bodies: all(&scope.private),
        };
        let scopes = scopes.into_iter().map(|scope| (scope.board.scope(), pictured(scope))).collect();
        let scopes = Pictured { made: scopes, ..Pictured::default() };
        Self { frame, sessions: catalogue.all().cloned().collect(), scopes }
    }

    /// The picture in a folder that was closed cleanly, and not written to since; without one the folder is held for unclean.
    pub(super) fn read(folder: &Folder) -> io::Result<Option<Self>> {
        match obstacle::read(&folder.clean()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => Ok(Self::decode(read?)),
        }
    }

    /// Takes the marker away; before the first write, since the folder is not as it was left after that.
    ///
    /// That it is gone need not reach the medium: a marker that comes back after a power cut is contradicted by the logs.
    pub(super) fn take_away(folder: &Folder) -> io::Result<()> {
        match fs::remove_file(folder.clean()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Leaves the picture in a folder that is closed, as the marker of that.
    pub(super) fn leave(self, folder: &Folder) -> io::Result<()> {
        files::replace(&folder.clean(), &self.encode(), true)
    }

    /// Magic, sum, head, then the scopes one behind the other; the head says how long each is.
    fn encode(mut self) -> Vec<u8> {
        let pack = |scope: &PicturedScope| postcard::to_stdvec(&Kept::of(scope)).unwrap_or_default();
        let scopes: Vec<_> = self.scopes.take_all().iter().map(|(id, scope)| (id.0, pack(scope))).collect();
        let lengths = scopes.iter().map(|(id, packed)| (*id, packed.len())).collect();
        let head = Head { frame: self.frame, sessions: self.sessions, lengths };
        let mut body = postcard::to_stdvec(&head).unwrap_or_default();
        body.extend(scopes.into_iter().flat_map(|(_, packed)| packed));
        [&MAGIC[..], blake3::hash(&body).as_bytes(), &body].concat()
    }

    fn decode(bytes: Vec<u8>) -> Option<Self> {
        let (sum, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(SUM)?;
        if blake3::hash(body).as_bytes() != sum {
            return None;
        }
        let (head, packed): (Head, _) = postcard::take_from_bytes(body).ok()?;
        let mut start = bytes.len().checked_sub(packed.len())?;
        let mut places = BTreeMap::new();
        for (id, length) in head.lengths {
            let end = start.checked_add(length)?;
            places.insert(ScopeId(id), start..end);
            start = end;
        }
        let scopes = Pictured { packed: bytes, places, made: BTreeMap::new() };
        Some(Self { frame: head.frame, sessions: head.sessions, scopes })
    }
}

impl PicturedScope {
    /// The scope, open again.
    pub(super) fn open(self, id: ScopeId) -> Scope {
        let mut scope = Scope::new(id, self.marks);
        for change in self.changes {
            scope.take_in(change, false);
        }
        for body in self.bodies {
            scope.take_in(body, true);
        }
        scope
    }
}

/// The marker's content behind magic and sum.
#[derive(Serialize, Deserialize)]
struct Head {
    frame: Vec<u8>,
    sessions: Vec<SessionHeader>,
    lengths: Vec<(u128, usize)>,
}

/// A scope in the marker.
#[derive(Serialize)]
struct Kept<'a> {
    marks: Vec<(FileId, Mark)>,
    changes: Vec<KeptChange<'a>>,
    bodies: Vec<KeptChange<'a>>,
}

#[derive(Serialize, Deserialize)]
struct KeptChange<'a> {
    id: [u8; 32],
    version: u16,
    origin: u128,
    sequence: u64,
    previous: Option<[u8; 32]>,
    counter: u64,
    command: u128,
    name: &'a str,
    person: u128,
    author: &'a str,
    role: &'a str,
    /// Seconds and nanoseconds since 1970, and the offset in seconds.
    at: (i64, u32, i32),
    #[serde(borrow)]
    body: KeptBody<'a>,
}

#[derive(Serialize, Deserialize)]
enum KeptBody<'a> {
    Writes(#[serde(borrow)] Vec<KeptWrite<'a>>),
    Unknown,
    Erased,
}

#[derive(Serialize, Deserialize)]
struct KeptWrite<'a> {
    record: u128,
    field: &'a str,
    #[serde(borrow)]
    value: KeptValue<'a>,
    replaces: Vec<([u8; 32], u16)>,
}

#[derive(Serialize, Deserialize)]
enum KeptValue<'a> {
    Absent,
    Flag(bool),
    Number(i64),
    Text(&'a str),
    /// JSON of what a newer version wrote.
    Other(String),
}

impl<'a> Kept<'a> {
    fn of(scope: &'a PicturedScope) -> Self {
        let kept = |changes: &'a [Arc<Change>]| changes.iter().map(|change| KeptChange::of(change)).collect();
        Self {
            marks: scope.marks.iter().map(|(file, mark)| (*file, mark.clone())).collect(),
            changes: kept(&scope.changes),
            bodies: kept(&scope.bodies),
        }
    }
}

/// Names that come again and again share one text.
#[derive(Default)]
struct Names<'a>(BTreeMap<&'a str, Arc<str>>);

impl<'a> Names<'a> {
    fn shared(&mut self, name: &'a str) -> Arc<str> {
        Arc::clone(self.0.entry(name).or_insert_with(|| name.into()))
    }
}

impl<'a> KeptChange<'a> {
    fn of(change: &'a Change) -> Self {
        let header = &change.header;
        let at = header.at;
        Self {
            id: change.id.0,
            version: header.version,
            origin: header.origin.0,
            sequence: header.sequence,
            previous: header.previous.map(|previous| previous.0),
            counter: header.counter,
            command: header.command.0,
            name: &header.name,
            person: header.author.person.0,
            author: &header.author.name,
            role: header.role.name(),
            at: (at.timestamp(), at.timestamp_subsec_nanos(), at.offset().local_minus_utc()),
            body: match &change.body {
                Body::Writes(writes) => KeptBody::Writes(writes.iter().map(KeptWrite::of).collect()),
                Body::Unknown => KeptBody::Unknown,
                Body::Erased => KeptBody::Erased,
            },
        }
    }

    fn change(self, scope: ScopeId, names: &mut Names<'a>) -> Option<Change> {
        let (seconds, nanos, offset) = self.at;
        let at = DateTime::from_timestamp(seconds, nanos)?;
        let header = Header {
            version: self.version,
            scope,
            origin: OriginId(self.origin),
            sequence: self.sequence,
            previous: self.previous.map(ChangeId),
            counter: self.counter,
            command: CommandId(self.command),
            name: names.shared(self.name),
            author: Author { person: PersonId(self.person), name: names.shared(self.author) },
            role: Role::named(self.role)?,
            at: at.with_timezone(&FixedOffset::east_opt(offset)?),
        };
        let body = match self.body {
            KeptBody::Writes(kept) => {
                // Collected as an option, a list of them would have room for twice as many.
                let mut writes = Vec::with_capacity(kept.len());
                for write in kept {
                    writes.push(write.write()?);
                }
                Body::Writes(writes)
            }
            KeptBody::Unknown => Body::Unknown,
            KeptBody::Erased => Body::Erased,
        };
        Some(Change { id: ChangeId(self.id), header, body })
    }
}

impl<'a> KeptWrite<'a> {
    fn of(write: &'a Write) -> Self {
        let value = match &write.value {
            Value::Absent => KeptValue::Absent,
            Value::Flag(flag) => KeptValue::Flag(*flag),
            Value::Number(number) => KeptValue::Number(*number),
            Value::Text(text) => KeptValue::Text(text),
            Value::Other(other) => KeptValue::Other(other.to_string()),
        };
        let replaces = write.replaces.iter().map(|id| (id.change.0, id.index)).collect();
        Self { record: write.record.0, field: write.field.as_str(), value, replaces }
    }

    fn write(self) -> Option<Write> {
        let value = match self.value {
            KeptValue::Absent => Value::Absent,
            KeptValue::Flag(flag) => Value::Flag(flag),
            KeptValue::Number(number) => Value::Number(number),
            KeptValue::Text(text) => Value::Text(text.into()),
            KeptValue::Other(json) => Value::Other(serde_json::from_str(&json).ok()?),
        };
        let replaces =
            self.replaces.into_iter().map(|(change, index)| WriteId { change: ChangeId(change), index });
        let replaces = replaces.collect();
        Some(Write { record: RecordId(self.record), field: Field::shared(self.field), value, replaces })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::Command,
        kind::Kind,
        testing::{Desk, SCOPE},
    };

    #[test]
    fn a_picture_gives_back_the_scope() {
        let mut desk = Desk::at_session(1);
        let [first, second] =
            ["Đảng viên ngại chuyển", "\u{2028}hai \"dòng\""].map(|text| desk.line(Kind::Difficulty, text));
        desk.submit(&Command::Merge { into: first, from: vec![second] }).unwrap();
        let mut scope = Scope::new(SCOPE, Marks::new());
        for change in desk.board.changes() {
            assert!(scope.take_in(Arc::clone(change), false));
        }
        let headers = SessionHeader::of(&desk.board).into_iter().collect();
        let catalogue = Catalogue::new(headers);
        let picture = Picture::of(&catalogue, [&scope], b"shown".to_vec());
        let mut again = Picture::decode(picture.encode()).unwrap();
        assert_eq!((&*again.frame, &*again.sessions), (&b"shown"[..], catalogue.sessions()));
        let opened = again.scopes.take(SCOPE).unwrap().open(SCOPE);
        assert!(again.scopes.take(SCOPE).is_none());
        assert_eq!((opened.board, opened.marks), (scope.board, scope.marks));
    }

    #[test]
    fn values_of_every_kind_are_kept() {
        let other = serde_json::json!({"a": [1.5, null, "ữ"]});
        let values = [Value::Absent, true.into(), (-3).into(), "ữ".into(), Value::Other(other.into())];
        for value in values {
            let replaces = vec![WriteId { change: ChangeId([7; 32]), index: 3 }];
            let field = Field::member("tag", "hồ sơ");
            let write = Write { record: RecordId(1), field, value, replaces };
            let bytes = postcard::to_stdvec(&KeptWrite::of(&write)).unwrap();
            assert_eq!(postcard::from_bytes::<KeptWrite<'_>>(&bytes).unwrap().write(), Some(write));
        }
    }
}
