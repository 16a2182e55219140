//! A record: the writes to its fields that nobody has replaced.

use std::{fmt, slice, sync::Arc};

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{
    change::{Change, Field, Order, Value, Write, WriteId},
    field::{self, set},
    ids::RecordId,
    kind::Kind,
};

/// Room for one more and for little else: there are as many of these lists as records and fields, most of them as long as they will ever be.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(1 + list.len() / 4);
    }
}

/// One write in effect, which stands in its change.
#[derive(Clone)]
pub struct Live {
    change: Arc<Change>,
    index: u16,
}

impl Live {
    /// Its place among all writes: the values of a contested field stand in this order.
    pub fn order(&self) -> (u64, WriteId) {
        (self.change.header.counter, self.write())
    }

    /// The write.
    pub fn write(&self) -> WriteId {
        WriteId { change: self.change.id, index: self.index }
    }

    /// Its content.
    pub fn value(&self) -> &Value {
        self.change.write(self.index).map_or(&Value::Absent, |write| &write.value)
    }
}

impl PartialEq for Live {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order() && self.value() == other.value()
    }
}

impl Eq for Live {}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.order(), self.value())
    }
}

/// One field: every write that nobody replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell(State);

/// Nearly every field is written once, and takes no more room than that.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Once(Live),
    Often(Box<Often>),
}

/// `replaced` remembers every id that was ever replaced here, so that a write which arrives after its replacement
/// has no effect: this makes the fold the same for every order of arrival.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Often {
    live: Vec<Live>,
    replaced: Vec<WriteId>,
}

impl Often {
    fn apply(&mut self, written: Live, replaces: &[WriteId]) {
        for replaced in replaces {
            if let Err(at) = self.replaced.binary_search(replaced) {
                make_room(&mut self.replaced);
                self.replaced.insert(at, *replaced);
            }
        }
        self.live.retain(|live| !replaces.contains(&live.write()));
        if self.replaced.binary_search(&written.write()).is_err() {
            let at = self.live.partition_point(|live| live.order() < written.order());
            make_room(&mut self.live);
            self.live.insert(at, written);
        }
    }
}

impl Cell {
    /// A field with the first write that arrives.
    fn new(written: Live, replaces: &[WriteId]) -> Self {
        if replaces.is_empty() {
            return Self(State::Once(written));
        }
        let mut often = Box::<Often>::default();
        often.apply(written, replaces);
        Self(State::Often(often))
    }

    fn apply(&mut self, written: Live, replaces: &[WriteId]) {
        match &mut self.0 {
            State::Often(often) => often.apply(written, replaces),
            State::Once(first) => {
                let mut often = Often { live: vec![first.clone()], replaced: Vec::new() };
                often.apply(written, replaces);
                self.0 = State::Often(Box::new(often));
            }
        }
    }

    /// Every write that was ever replaced here, whether it has arrived or not.
    pub(super) fn replaced(&self) -> &[WriteId] {
        if let State::Often(often) = &self.0 { &often.replaced } else { &[] }
    }

    /// The writes in effect, oldest first; more than one means that people wrote at the same time.
    pub fn live(&self) -> &[Live] {
        match &self.0 {
            State::Once(only) => slice::from_ref(only),
            State::Often(often) => &often.live,
        }
    }

    /// The value to show: the newest write in effect.
    pub fn value(&self) -> Option<&Value> {
        self.live().last().map(Live::value).filter(|value| **value != Value::Absent)
    }

    /// Whether two different values are in effect.
    pub fn is_contested(&self) -> bool {
        self.live().windows(2).any(|pair| matches!(pair, [a, b] if a.value() != b.value()))
    }
}

/// A record: fields, and when it was first and last written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its identity.
    pub id: RecordId,
    /// The first change that wrote it, by order.
    pub born: Order,
    /// The last change that wrote it, by order.
    pub touched: Order,
    /// How many changes in effect wrote it.
    pub changes: u32,
    fields: Vec<(Field, Cell)>,
}

impl Record {
    pub(super) fn new(id: RecordId, order: Order) -> Self {
        Self { id, born: order, touched: order, changes: 0, fields: Vec::new() }
    }

    /// Follows a write of a change, which is the `index`th there.
    pub(super) fn apply(&mut self, change: &Arc<Change>, index: u16, write: &Write) {
        self.be_born(change.order());
        let written = Live { change: Arc::clone(change), index };
        match self.fields.binary_search_by(|entry| entry.0.cmp(&write.field)) {
            Ok(at) => {
                if let Some((_, cell)) = self.fields.get_mut(at) {
                    cell.apply(written, &write.replaces);
                }
            }
            Err(at) => {
                make_room(&mut self.fields);
                self.fields.insert(at, (write.field.clone(), Cell::new(written, &write.replaces)));
            }
        }
    }

    /// It is at least as old as that.
    pub(super) fn be_born(&mut self, order: Order) {
        self.born = self.born.min(order);
        self.touched = self.touched.max(order);
    }

    /// All fields by name.
    pub fn fields(&self) -> impl Iterator<Item = (&Field, &Cell)> {
        self.fields.iter().map(|(field, cell)| (field, cell))
    }

    /// One field.
    pub fn cell(&self, field: &Field) -> Option<&Cell> {
        let at = self.fields.binary_search_by(|entry| entry.0.cmp(field)).ok()?;
        self.fields.get(at).map(|entry| &entry.1)
    }

    /// The value to show of a field.
    pub fn value(&self, field: &Field) -> Option<&Value> {
        self.cell(field)?.value()
    }

    /// The writes that a new write of `field` would replace: what a person saw when they began to edit.
    pub fn seen(&self, field: &Field) -> Vec<WriteId> {
        let live = self.cell(field).map_or(&[][..], Cell::live);
        live.iter().map(Live::write).collect()
    }

    /// A text field.
    pub fn text(&self, field: &Field) -> Option<&str> {
        self.value(field)?.as_text()
    }

    /// A yes-or-no field; no if it was never written.
    pub fn flag(&self, field: &Field) -> bool {
        self.value(field) == Some(&Value::Flag(true))
    }

    /// A whole number.
    pub fn number(&self, field: &Field) -> Option<i64> {
        if let Some(Value::Number(number)) = self.value(field) { Some(*number) } else { None }
    }

    /// A field that names another record.
    pub fn link(&self, field: &Field) -> Option<RecordId> {
        self.text(field)?.parse().ok()
    }

    /// A calendar date.
    pub fn date(&self, field: &Field) -> Option<NaiveDate> {
        self.text(field)?.parse().ok()
    }

    /// A moment with its offset.
    pub fn moment(&self, field: &Field) -> Option<DateTime<FixedOffset>> {
        DateTime::parse_from_rfc3339(self.text(field)?).ok()
    }

    /// The keys of the members of a set, in the order of their names.
    pub fn members<'a>(&'a self, set: &'a str) -> impl Iterator<Item = &'a str> {
        let set_members = self.fields.iter().filter(|(_, cell)| cell.value() == Some(&Value::Flag(true)));
        set_members.filter_map(move |(field, _)| field.member_of(set))
    }

    /// The records that are members of a set.
    pub fn linked<'a>(&'a self, set: &'a str) -> impl Iterator<Item = RecordId> + 'a {
        self.members(set).filter_map(|key| key.parse().ok())
    }

    /// What it is; `None` if it was never created, its creation was undone, or a newer version made it.
    pub fn kind(&self) -> Option<Kind> {
        self.text(&field::KIND).and_then(Kind::named)
    }

    /// The short human number, such as `KK-05`.
    pub fn short_number(&self) -> Option<&str> {
        self.text(&field::NUMBER)
    }

    /// The main text: `text`, or for records that have none, their title.
    pub fn wording(&self) -> &str {
        self.text(&field::TEXT).or_else(|| self.text(&field::TITLE)).unwrap_or_default()
    }

    /// Whether somebody removed it.
    pub fn is_removed(&self) -> bool {
        self.flag(&field::REMOVED)
    }

    /// Whether anybody has said that it is off the record and nobody has taken that back.
    pub fn is_off_record(&self) -> bool {
        let live = self.cell(&field::OFF_RECORD).map_or(&[][..], Cell::live);
        live.iter().any(|live| *live.value() == Value::Flag(true))
    }

    /// Whether the content of a field completes a sample: the record as a whole does, or that field alone.
    pub fn is_sample(&self, field: &Field) -> bool {
        self.flag(&field::SAMPLE) || self.flag(&Field::member(set::SAMPLE_OF, field.as_str()))
    }

    /// The fields in which two different values are in effect.
    pub fn contested(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|(_, cell)| cell.is_contested()).map(|(field, _)| field)
    }
}
