//! One change as one log line: `{"h":{…},"p":{…},"id":"…"}`.
//!
//! The format is frozen. `h` is the envelope with the payload's hash, `p` the payload or `null` if it was erased, `id`
//! the blake3 hash of the bytes of `h` as they stand in the line. A line is kept byte for byte, whatever it holds; a
//! payload kind that is not known here makes its change an unknown one.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::{
    change::{Author, Body, Change, FORMAT, Header, Write},
    ids::{ChangeId, CommandId, OriginId, ScopeId},
    policy::Role,
};

/// The greatest length of a line in bytes. A pasted megabyte fits many times over.
pub(super) const LONGEST: usize = 16 << 20;
/// The greatest number of writes in a change: their index is 16 bits wide.
const MOST_WRITES: usize = u16::MAX as usize;

/// Why a line was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// Longer than any change can be.
    #[error("longer than any change")]
    TooLong,
    /// Not a line of a change.
    #[error("not a change: {0}")]
    Unreadable(String),
    /// The id is not the hash of the header.
    #[error("its id is not its hash")]
    WrongId,
    /// The payload is not the one that the header names.
    #[error("its content is not what its header names")]
    WrongPayload,
    /// The counter is further ahead than honest work can bring it.
    #[error("counter {0} is too far ahead")]
    CounterJump(u64),
}

/// A change as it stands in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The change.
    pub change: Arc<Change>,
    /// Whether it holds the body of something off the record, which belongs to the private log only.
    pub private: bool,
    raw: Arc<[u8]>,
}

/// The frozen header.
#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    version: u16,
    scope: ScopeId,
    origin: OriginId,
    sequence: u64,
    previous: Option<ChangeId>,
    counter: u64,
    command: CommandId,
    name: Arc<str>,
    author: Author,
    role: Cow<'a, str>,
    at: DateTime<FixedOffset>,
    /// Hash of the payload's bytes, so that the payload can be erased and the header keeps its own hash.
    payload: ChangeId,
}

/// The payload kinds of this version: exactly one key.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Payload<'a> {
    Writes(Cow<'a, [Write]>),
    /// The same, for the private log.
    OffRecord(Cow<'a, [Write]>),
}

#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow)]
    h: &'a RawValue,
    #[serde(borrow)]
    p: &'a RawValue,
    id: ChangeId,
    /// On a line without its payload: whether that was a body off the record.
    #[serde(default)]
    off_record: bool,
}

fn hash(bytes: &[u8]) -> ChangeId {
    ChangeId(*blake3::hash(bytes).as_bytes())
}

fn unreadable(error: &impl ToString) -> BadLine {
    BadLine::Unreadable(error.to_string())
}

impl Line {
    /// The line of a new change.
    ///
    /// # Errors
    /// [`BadLine::TooLong`] if there are more writes, or longer ones, than a line may hold.
    pub(super) fn encode(header: Header, writes: Vec<Write>, private: bool) -> Result<Self, BadLine> {
        if writes.len() > MOST_WRITES {
            return Err(BadLine::TooLong);
        }
        let content = Cow::Borrowed(writes.as_slice());
        let payload = if private { Payload::OffRecord(content) } else { Payload::Writes(content) };
        let payload = serde_json::to_string(&payload).map_err(|error| unreadable(&error))?;
        let envelope = Envelope::of(&header, hash(payload.as_bytes()));
        let envelope = serde_json::to_string(&envelope).map_err(|error| unreadable(&error))?;
        let id = hash(envelope.as_bytes());
        let raw = format!(r#"{{"h":{envelope},"p":{payload},"id":"{id}"}}"#);
        if raw.len() > LONGEST {
            return Err(BadLine::TooLong);
        }
        let change = Arc::new(Change { id, header, body: Body::Writes(writes) });
        Ok(Self { change, private, raw: raw.into_bytes().into() })
    }

    /// The change in a line, without its line end. Both hashes are checked.
    ///
    /// # Errors
    /// A [`BadLine`] that says what is wrong; a payload of an unknown kind is not an error.
    pub fn decode(raw: &[u8]) -> Result<Self, BadLine> {
        if raw.len() > LONGEST {
            return Err(BadLine::TooLong);
        }
        let parts: Parts<'_> = serde_json::from_slice(raw).map_err(|error| unreadable(&error))?;
        if hash(parts.h.get().as_bytes()) != parts.id {
            return Err(BadLine::WrongId);
        }
        let envelope: Envelope<'_> =
            serde_json::from_str(parts.h.get()).map_err(|error| unreadable(&error))?;
        let (body, private) = content(&envelope, parts.p)?;
        let private = private || body == Body::Erased && parts.off_record;
        let change = Arc::new(Change { id: parts.id, header: envelope.header(), body });
        Ok(Self { change, private, raw: raw.into() })
    }

    /// The line without its payload: the header and with it the chain stay as they are.
    ///
    /// # Errors
    /// [`BadLine::Unreadable`] never happens to a line that was read.
    pub(super) fn without_payload(&self) -> Result<Self, BadLine> {
        let parts: Parts<'_> = serde_json::from_slice(&self.raw).map_err(|error| unreadable(&error))?;
        let aside = if self.private { r#","off_record":true"# } else { "" };
        let raw = format!(r#"{{"h":{},"p":null,"id":"{}"{aside}}}"#, parts.h.get(), parts.id);
        Self::decode(raw.as_bytes())
    }

    /// The line as it was found in a private or shared place: what stood in the private log stays private, also if its
    /// content does not show it (erased, or of a newer version).
    pub(super) fn stored_as(self, private: bool) -> Self {
        Self { private: private || self.private, ..self }
    }

    /// The bytes, exactly as they came; no line end.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }
}

/// The body of a change and whether it is off the record.
fn content(envelope: &Envelope<'_>, payload: &RawValue) -> Result<(Body, bool), BadLine> {
    if payload.get() == "null" {
        return Ok((Body::Erased, false));
    }
    if hash(payload.get().as_bytes()) != envelope.payload {
        return Err(BadLine::WrongPayload);
    }
    let known = envelope.version <= FORMAT && Role::named(&envelope.role).is_some();
    let payload = known.then(|| serde_json::from_str(payload.get()).ok()).flatten();
    Ok(match payload {
        Some(Payload::Writes(writes)) if writes.len() <= MOST_WRITES => {
            (Body::Writes(writes.into_owned()), false)
        }
        Some(Payload::OffRecord(writes)) if writes.len() <= MOST_WRITES => {
            (Body::Writes(writes.into_owned()), true)
        }
        _ => (Body::Unknown, false),
    })
}

impl<'a> Envelope<'a> {
    fn of(header: &Header, payload: ChangeId) -> Envelope<'a> {
        Envelope {
            version: header.version,
            scope: header.scope,
            origin: header.origin,
            sequence: header.sequence,
            previous: header.previous,
            counter: header.counter,
            command: header.command,
            name: Arc::clone(&header.name),
            author: header.author.clone(),
            role: Cow::Borrowed(header.role.name()),
            at: header.at,
            payload,
        }
    }

    /// The header; a role of a newer version reads as the one that may do least.
    fn header(self) -> Header {
        Header {
            version: self.version,
            scope: self.scope,
            origin: self.origin,
            sequence: self.sequence,
            previous: self.previous,
            counter: self.counter,
            command: self.command,
            name: self.name,
            author: self.author,
            role: Role::named(&self.role).unwrap_or(Role::Observer),
            at: self.at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::Value,
        field,
        ids::{PersonId, RecordId},
    };

    fn header() -> Header {
        Header {
            version: FORMAT,
            scope: ScopeId(1),
            origin: OriginId(2),
            sequence: 3,
            previous: Some(ChangeId([4; 32])),
            counter: 5,
            command: CommandId(6),
            name: "Edit".into(),
            author: Author { person: PersonId(7), name: "Lan \"thư ký\"".into() },
            role: Role::NoteTaker,
            at: DateTime::parse_from_rfc3339("2023-03-10T09:31:00.25+07:00").unwrap(),
        }
    }

    fn write(value: Value) -> Write {
        Write { record: RecordId(8), field: field::TEXT, value, replaces: Vec::new() }
    }

    #[test]
    fn what_was_encoded_is_decoded() {
        let other = serde_json::json!({"a": [1.5, null]});
        let values =
            [Value::Absent, true.into(), (-3).into(), "dòng\n\u{2028}hai".into(), Value::Other(other.into())];
        for private in [false, true] {
            let writes = values.iter().cloned().map(write).collect();
            let line = Line::encode(header(), writes, private).unwrap();
            assert!(!line.raw().contains(&b'\n'));
            assert_eq!(Line::decode(line.raw()), Ok(line));
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let line = Line::encode(header(), vec![write("chữ".into())], false).unwrap();
        for at in 0..line.raw().len() * 8 {
            let mut raw = line.raw().to_vec();
            raw[at / 8] ^= 1 << (at % 8);
            let decoded = Line::decode(&raw);
            let same = decoded.as_ref().is_ok_and(|decoded| decoded.change == line.change);
            // Hexadecimal digits of the id may change their case and still say the same.
            assert!(decoded.is_err() || same, "bit {at}");
        }
    }

    #[test]
    fn an_erased_line_keeps_its_identity() {
        let line = Line::encode(header(), vec![write("chữ".into())], false).unwrap();
        let text = std::str::from_utf8(line.raw()).unwrap();
        let (head, _) = text.split_once(r#","p":"#).unwrap();
        let (_, id) = text.rsplit_once(r#","id":"#).unwrap();
        let by_hand = Line::decode(format!(r#"{head},"p":null,"id":{id}"#).as_bytes()).unwrap();
        let erased = line.without_payload().unwrap();
        assert_eq!(by_hand, erased);
        assert_eq!((erased.change.id, &erased.change.body), (line.change.id, &Body::Erased));
        assert_eq!(erased.change.header, line.change.header);
        assert_eq!(erased.without_payload().as_ref(), Ok(&erased));
        let body = Line::encode(header(), vec![write("chữ".into())], true).unwrap();
        assert!(body.without_payload().unwrap().private);
    }

    #[test]
    fn more_writes_than_can_be_numbered_are_refused() {
        let writes = vec![write(Value::Absent); MOST_WRITES + 1];
        assert_eq!(Line::encode(header(), writes, false), Err(BadLine::TooLong));
    }
}
