//! A change: an immutable fact. It holds writes `(record, field, value, replaces)` and nothing else.
//!
//! The identity of a change is a hash that the store computes; here it is a given value.

use std::{
    borrow::Cow,
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{
        MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};

use super::{
    ids::{ChangeId, CommandId, OriginId, PersonId, RecordId, ScopeId},
    policy::Role,
};

/// The envelope's version that this program writes.
pub const FORMAT: u16 = 1;

/// What a field may hold.
///
/// `Other` keeps what a newer version wrote, so that it is exported again unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing: the field was cleared, or its first write undone.
    Absent,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text, a name of an enumeration, a date (`2023-03-10`), a time (RFC 3339) or a record id.
    Text(Arc<str>),
    /// Anything else that JSON can say.
    Other(Box<serde_json::Value>),
}

/// By hand: trying one variant after the other makes an error with a text for each one that does not fit, and a log holds
/// a hundred thousand values.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything that JSON can say")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Absent)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number)
            .map_or_else(|_too_great| Value::Other(Box::new(number.into())), Value::Number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Other(Box::new(number.into())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Value, A::Error> {
        serde_json::Value::deserialize(SeqAccessDeserializer::new(sequence))
            .map(|value| Value::Other(Box::new(value)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        serde_json::Value::deserialize(MapAccessDeserializer::new(map))
            .map(|value| Value::Other(Box::new(value)))
    }
}

impl Value {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<RecordId> for Value {
    fn from(id: RecordId) -> Self {
        Self::Text(id.to_string().into())
    }
}

/// A field's name. The names this program knows are in [`super::field`]; others are kept as they are.
///
/// A member of a set is a field of its own (`tag.hồ sơ`, `support.<unit>`), so that two people who add two members
/// never replace each other's write.
#[derive(Clone, Deserialize)]
#[serde(from = "String")]
pub struct Field(Name);

/// A session holds more names of fields than anything else: a known one costs a pointer, any other is one text for all who hold it.
#[derive(Clone)]
enum Name {
    Known(&'static &'static str),
    Other(Arc<str>),
}

impl Field {
    /// A known name.
    pub const fn named(name: &'static &'static str) -> Self {
        Self(Name::Known(name))
    }

    /// The member `key` of the set `set`.
    pub fn member(set: &str, key: impl fmt::Display) -> Self {
        Self(Name::Other(format!("{set}.{key}").into()))
    }

    /// A field by its name; one that this program knows costs no text of its own.
    pub fn shared(name: &str) -> Self {
        super::field::known(name).unwrap_or_else(|| Self(Name::Other(name.into())))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Name::Known(name) => name,
            Name::Other(name) => name,
        }
    }

    /// The key, if this is a member of `set`.
    pub fn member_of(&self, set: &str) -> Option<&str> {
        self.as_str().strip_prefix(set)?.strip_prefix('.')
    }
}

impl From<String> for Field {
    fn from(name: String) -> Self {
        Self::shared(&name)
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Field {}

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Field {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Field {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One write of one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriteId {
    /// The change that holds the write.
    pub change: ChangeId,
    /// Its place among the change's writes, from 0.
    pub index: u16,
}

impl Serialize for WriteId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}.{}", self.change, self.index))
    }
}

impl<'de> Deserialize<'de> for WriteId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let (change, index) = text.split_once('.').ok_or_else(|| D::Error::custom("no write id"))?;
        Ok(Self {
            change: change.parse().map_err(D::Error::custom)?,
            index: index.parse().map_err(D::Error::custom)?,
        })
    }
}

/// To create, remove, restore, merge, link, move, sign or answer is to write a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// The record written.
    pub record: RecordId,
    /// The field written.
    pub field: Field,
    /// Its new content.
    pub value: Value,
    /// The writes whose content this one takes the place of; empty for the first write of a field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<WriteId>,
}

/// Who made a change: the id identifies, the name is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The person.
    pub person: PersonId,
    /// The name at that time.
    pub name: Arc<str>,
}

/// The frozen envelope, without the hash of the payload, which only the store needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Version of the envelope; a greater one than [`FORMAT`] is kept and counted, its payload not read.
    pub version: u16,
    /// Organisation or session.
    pub scope: ScopeId,
    /// The opening that wrote it.
    pub origin: OriginId,
    /// 1 for the first change of an origin in this scope; finds gaps.
    pub sequence: u64,
    /// The change that this origin wrote before in this scope.
    pub previous: Option<ChangeId>,
    /// Lamport counter: 1 + the greatest seen.
    pub counter: u64,
    /// The command's id: sent twice, it acts once.
    pub command: CommandId,
    /// The command's name, from which history makes a sentence.
    pub name: Arc<str>,
    /// Who.
    pub author: Author,
    /// In which role.
    pub role: Role,
    /// Wall time with its offset: data to show, never order.
    pub at: DateTime<FixedOffset>,
}

/// What a change holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Writes, all or none of them.
    Writes(Vec<Write>),
    /// Written by a newer version: kept byte for byte, counted, shown, exported again.
    Unknown,
    /// The payload was erased; the header keeps the chain whole.
    Erased,
}

/// An immutable fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The hash of the header.
    pub id: ChangeId,
    /// The envelope.
    pub header: Header,
    /// The content.
    pub body: Body,
}

/// The place of a change among all: by counter, then by hash. No two changes share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order {
    /// Lamport counter.
    pub counter: u64,
    /// Hash.
    pub id: ChangeId,
}

impl Change {
    /// Where it stands among all changes of its scope.
    pub fn order(&self) -> Order {
        Order { counter: self.header.counter, id: self.id }
    }

    /// Its writes; none if the payload is unknown or erased.
    pub fn writes(&self) -> &[Write] {
        if let Body::Writes(writes) = &self.body { writes } else { &[] }
    }

    /// One of its writes by its place.
    pub fn write(&self, index: u16) -> Option<&Write> {
        self.writes().get(usize::from(index))
    }

    /// Its writes with their ids. An id has room for 65,536 writes; a change that claims more has no more.
    pub fn identified(&self) -> impl Iterator<Item = (WriteId, &Write)> {
        self.writes()
            .iter()
            .zip(0..=u16::MAX)
            .map(|(write, index)| (WriteId { change: self.id, index }, write))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_is_the_same_after_it_was_stored_and_read() {
        let replaces = vec![WriteId { change: ChangeId([7; 32]), index: 3 }];
        let values = [
            Value::Absent,
            true.into(),
            (-7_i64).into(),
            "chuyển sinh hoạt".into(),
            RecordId(9).into(),
            Value::Other(Box::new(serde_json::json!({"newer": [1.5, null]}))),
        ];
        for value in values {
            for field in [crate::domain::field::TEXT, Field::member("tag", "hồ sơ")] {
                let write =
                    Write { record: RecordId(1), field, value: value.clone(), replaces: replaces.clone() };
                let stored = serde_json::to_string(&write).unwrap();
                assert_eq!(serde_json::from_str::<Write>(&stored).unwrap(), write, "{stored}");
            }
        }
    }

    #[test]
    fn the_stored_form_is_frozen() {
        let write = Write {
            record: RecordId(1),
            field: crate::domain::field::TEXT,
            value: "hai".into(),
            replaces: vec![WriteId { change: ChangeId([0xab; 32]), index: 3 }],
        };
        let replaced = "ab".repeat(32);
        let stored =
            format!(r#"{{"record":"{:032x}","field":"text","value":"hai","replaces":["{replaced}.3"]}}"#, 1);
        assert_eq!(serde_json::to_string(&write).unwrap(), stored);
        for bad in [stored.replace(".3", ""), stored.replace(".3", ".70000"), stored.replace("ab.3", ".3")] {
            assert!(serde_json::from_str::<Write>(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_change_has_no_more_writes_than_ids_can_name() {
        let write = |n: u32| Write {
            record: RecordId(n.into()),
            field: crate::domain::field::TEXT,
            value: Value::Absent,
            replaces: Vec::new(),
        };
        let change = crate::domain::testing::foreign(1, 1, 1, (0..70_000).map(write).collect());
        assert_eq!(change.identified().count(), 65_536);
        let board = crate::domain::board::Board::fold(crate::domain::testing::SCOPE, [change]);
        assert_eq!(board.records().count(), 65_536);
    }
}
