//! The board: the state of a scope, which is the fold of its changes and nothing else.
//!
//! Invariant: the board depends on the *set* of changes applied, never on their order or on repetition. The fold is
//! total: a write to a record that is missing, removed or merged still lands, and views decide what it means.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    change::{Body, Change, Field, Order, Value, WriteId},
    field,
    ids::{ChangeId, CommandId, OriginId, RecordId, ScopeId},
    kind::Kind,
    record::Record,
    shared::{Sequence, Shared},
};

/// How far the changes of one origin have arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Every sequence number up to this one has arrived.
    pub complete_to: u64,
    /// Numbers beyond a gap.
    pub beyond: BTreeSet<u64>,
    /// Numbers under which two different changes exist: both are kept.
    pub forked: BTreeSet<u64>,
}

impl Progress {
    fn arrive(&mut self, sequence: u64) {
        if sequence <= self.complete_to || !self.beyond.insert(sequence) {
            self.forked.insert(sequence);
        }
        while self.beyond.remove(&(self.complete_to + 1)) {
            self.complete_to += 1;
        }
    }

    /// Whether a change before the last one has not arrived.
    pub fn has_gap(&self) -> bool {
        !self.beyond.is_empty()
    }
}

/// The state of a scope. A clone shares its structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    scope: ScopeId,
    records: Shared<RecordId, Arc<Record>>,
    changes: Shared<ChangeId, Arc<Change>>,
    order: Sequence<Order>,
    commands: Shared<CommandId, ChangeId>,
    origins: Arc<BTreeMap<OriginId, Progress>>,
    numbers: Arc<BTreeMap<String, u32>>,
    counter: u64,
    unknown: usize,
}

impl Board {
    /// The board before anything happened.
    pub fn empty(scope: ScopeId) -> Self {
        Self {
            scope,
            records: Shared::default(),
            changes: Shared::default(),
            order: Sequence::default(),
            commands: Shared::default(),
            origins: Arc::default(),
            numbers: Arc::default(),
            counter: 0,
            unknown: 0,
        }
    }

    /// The board of a set of changes.
    pub fn fold(scope: ScopeId, changes: impl IntoIterator<Item = Arc<Change>>) -> Self {
        let mut board = Self::empty(scope);
        for change in changes {
            board.apply(change);
        }
        board
    }

    /// Adds a change; `false` if it is known already or belongs to another scope.
    pub fn apply(&mut self, change: Arc<Change>) -> bool {
        if change.header.scope != self.scope || self.changes.get(change.id).is_some() {
            return false;
        }
        let order = change.order();
        for (id, write) in change.identified() {
            let new = || Arc::new(Record::new(write.record, order));
            self.records.update(write.record, new, |record| Arc::make_mut(record).apply(order, id, write));
            if write.field == field::NUMBER {
                self.count_number(&write.value);
            }
        }
        self.note_arrival(&change);
        self.order.insert(order);
        self.changes.insert(change.id, change);
        true
    }

    fn note_arrival(&mut self, change: &Change) {
        let header = &change.header;
        self.counter = self.counter.max(header.counter);
        self.unknown += usize::from(change.body == Body::Unknown);
        let id = change.id;
        self.commands.update(header.command, || id, |first| *first = (*first).min(id));
        Arc::make_mut(&mut self.origins).entry(header.origin).or_default().arrive(header.sequence);
    }

    /// Remembers the greatest number given under each prefix, undone and removed records included.
    fn count_number(&mut self, value: &Value) {
        let Some((prefix, digits)) = value.as_text().and_then(split_number) else { return };
        let numbers = Arc::make_mut(&mut self.numbers);
        let greatest = numbers.entry(prefix.to_owned()).or_default();
        *greatest = (*greatest).max(digits);
    }

    /// The next free number under a prefix (`KK-` or, in a notebook, `KK-B`).
    pub fn next_number(&self, prefix: &str) -> u32 {
        self.numbers.get(prefix).copied().unwrap_or(0).saturating_add(1)
    }

    /// The scope.
    pub fn scope(&self) -> ScopeId {
        self.scope
    }

    /// The greatest Lamport counter seen.
    pub fn counter(&self) -> u64 {
        self.counter
    }

    /// How many changes a newer version wrote that this one cannot read.
    pub fn unknown_changes(&self) -> usize {
        self.unknown
    }

    /// How far each origin has arrived.
    pub fn origins(&self) -> &BTreeMap<OriginId, Progress> {
        &self.origins
    }

    /// How many changes there are.
    pub fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// A change by its id.
    pub fn change(&self, id: ChangeId) -> Option<&Arc<Change>> {
        self.changes.get(id)
    }

    /// The change that a command became.
    pub fn outcome(&self, command: CommandId) -> Option<&Arc<Change>> {
        self.change(*self.commands.get(command)?)
    }

    /// All changes from the first to the last.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = &Arc<Change>> {
        self.order.iter().filter_map(|order| self.changes.get(order.id))
    }

    /// The content of a write, if its change is here and can be read.
    pub fn written(&self, id: WriteId) -> Option<&Value> {
        self.change(id.change)?.writes().get(usize::from(id.index)).map(|write| &write.value)
    }

    /// A record by its id, whatever its state.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(id).map(AsRef::as_ref)
    }

    /// The record of the scope as a whole.
    pub fn root(&self) -> Option<&Record> {
        self.record(self.scope.root())
    }

    /// All records, whatever their state, in no order.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values().map(AsRef::as_ref)
    }

    /// The records of a kind that are not removed, by position and then by age.
    pub fn of_kind(&self, kind: Kind) -> Vec<&Record> {
        self.sorted(|record| record.kind() == Some(kind))
    }

    /// The records of a kind under `parent` that are not removed, by position and then by age.
    pub fn children(&self, parent: RecordId, kind: Kind) -> Vec<&Record> {
        self.sorted(|record| record.kind() == Some(kind) && record.link(&field::PARENT) == Some(parent))
    }

    fn sorted(&self, wanted: impl Fn(&Record) -> bool) -> Vec<&Record> {
        let mut found: Vec<&Record> =
            self.records().filter(|record| wanted(record) && !record.is_removed()).collect();
        found.sort_by_key(|record| (record.text(&field::POSITION).unwrap_or("~"), record.born, record.id));
        found
    }

    /// Where a record's merge edges lead: itself, if it was not merged or the edges form a circle.
    pub fn merge_root(&self, id: RecordId) -> RecordId {
        let mut passed = vec![id];
        let mut at = id;
        while let Some(next) = self.record(at).and_then(|record| record.link(&field::MERGED_INTO)) {
            if passed.contains(&next) {
                return id;
            }
            passed.push(next);
            at = next;
        }
        at
    }

    /// The records merged directly into `id`, oldest first.
    pub fn merged_into(&self, id: RecordId) -> Vec<&Record> {
        self.sorted(|record| {
            record.link(&field::MERGED_INTO) == Some(id) && self.merge_root(record.id) != record.id
        })
    }

    /// The records whose set `set` has `to` as a member, by position and age.
    pub fn pointing_at(&self, set: &str, to: RecordId) -> Vec<&Record> {
        let member = Field::member(set, to);
        self.sorted(|record| record.kind().is_some() && record.flag(&member))
    }

    /// The changes that wrote a record, from the first to the last.
    pub fn history_of(&self, id: RecordId) -> Vec<&Arc<Change>> {
        let wrote = |change: &&Arc<Change>| change.writes().iter().any(|write| write.record == id);
        self.changes().filter(wrote).collect()
    }
}

/// `KK-05` is (`KK-`, 5); a notebook's `KK-B05` is (`KK-B`, 5).
fn split_number(number: &str) -> Option<(&str, u32)> {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (prefix, digits) = number.split_at_checked(number.len() - digits)?;
    Some((prefix, digits.parse().ok()?))
}
