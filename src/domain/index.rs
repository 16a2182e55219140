//! Finding records without reading all of them: those of a kind in their order, and those that point at one.
//!
//! It knows records and nothing of what their links mean; on which [`Shelf`] a record stands it is told. Invariant: the index is
//! a function of the records alone, so that it is the same for every order in which their writes arrived.

use std::{collections::BTreeMap, iter::Peekable, sync::Arc};

use super::{
    change::{Field, Order, Value},
    field,
    ids::RecordId,
    kind::Kind,
    record::Record,
    shared::{Sequence, Shared},
    shelf::Shelf,
};

/// Where a record stands among others: placed ones by key, then the rest; equal ones by age.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    unplaced: bool,
    position: Option<Arc<str>>,
    born: Order,
    id: RecordId,
}

impl Standing {
    pub(super) fn of(record: &Record) -> Self {
        let position = match record.value(&field::POSITION) {
            Some(Value::Text(key)) => Some(Arc::clone(key)),
            _ => None,
        };
        Self { unplaced: position.is_none(), position, born: record.born, id: record.id }
    }

    pub(super) fn id(&self) -> RecordId {
        self.id
    }
}

/// The name of a link or set, and a record at its one end or the other.
pub(super) type Edge = (&'static str, RecordId);

/// The link or the membership that a field holds.
pub(super) fn edge(record: &Record, field: &Field) -> Option<Edge> {
    let known =
        |names: &'static [&'static str], name: &str| names.iter().copied().find(|known| *known == name);
    if let Some(link) = known(field::LINKS, field.as_str()) {
        return Some((link, record.link(field)?));
    }
    let (set, key) = field.as_str().split_once('.')?;
    let set = known(field::set::OF_RECORDS, set)?;
    let to = key.parse().ok()?;
    record.flag(field).then_some((set, to))
}

/// The index of a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    shelves: Arc<BTreeMap<(Kind, Shelf), Sequence<Standing>>>,
    pointing: Shared<RecordId, Sequence<Edge>>,
}

impl Index {
    /// Follows what a record points at by one of its fields.
    pub(super) fn follow(&mut self, id: RecordId, before: Option<Edge>, after: Option<Edge>) {
        if before == after {
            return;
        }
        if let Some((name, to)) = before {
            self.unhook(to, (name, id));
        }
        if let Some((name, to)) = after {
            self.hook(to, (name, id));
        }
    }

    /// Takes a standing from all shelves of a kind.
    pub(super) fn leave(&mut self, kind: Kind, standing: &Standing) {
        for shelf in Shelf::ALL {
            self.put(kind, shelf, standing, false);
        }
    }

    /// Sees to it that a standing is, or is not, on a shelf.
    pub(super) fn put(&mut self, kind: Kind, shelf: Shelf, standing: &Standing, there: bool) {
        let key = (kind, shelf);
        if self.shelves.get(&key).is_some_and(|known| known.contains(standing)) == there {
            return;
        }
        let shelves = Arc::make_mut(&mut self.shelves);
        let sequence = shelves.entry(key).or_default();
        if there {
            sequence.insert(standing.clone());
            return;
        }
        sequence.remove(standing);
        if sequence.is_empty() {
            shelves.remove(&key);
        }
    }

    fn hook(&mut self, to: RecordId, edge: Edge) {
        self.pointing.update(to, Sequence::default, |edges| edges.insert(edge));
    }

    fn unhook(&mut self, to: RecordId, edge: Edge) {
        self.pointing.update(to, Sequence::default, |edges| edges.remove(&edge));
        if self.pointing.get(to).is_some_and(Sequence::is_empty) {
            self.pointing.remove(to);
        }
    }

    /// One shelf of a kind, if anything stands there.
    pub(super) fn shelf(&self, kind: Kind, shelf: Shelf) -> Option<&Sequence<Standing>> {
        self.shelves.get(&(kind, shelf))
    }

    /// What stands on some shelves of a kind, in one order.
    pub(super) fn on(&self, kind: Kind, shelves: &[Shelf]) -> impl Iterator<Item = &Standing> {
        let sequences = shelves.iter().filter_map(|shelf| self.shelf(kind, *shelf));
        Merged { heads: sequences.map(|sequence| sequence.iter().peekable()).collect() }
    }

    /// How much stands on some shelves of a kind.
    pub(super) fn count(&self, kind: Kind, shelves: &[Shelf]) -> usize {
        shelves.iter().filter_map(|shelf| self.shelf(kind, *shelf)).map(Sequence::len).sum()
    }

    /// What stands on some shelves of a kind and does not in `other`, in order.
    pub(super) fn beyond<'a>(&'a self, other: &'a Self, kind: Kind, shelves: &[Shelf]) -> Vec<&'a Standing> {
        let sequences = shelves.iter().filter_map(|shelf| Some((*shelf, self.shelf(kind, *shelf)?)));
        let mut beyond: Vec<&'a Standing> = Vec::new();
        for (shelf, sequence) in sequences {
            match other.shelf(kind, shelf) {
                Some(theirs) => beyond.extend(sequence.beyond(theirs)),
                None => beyond.extend(sequence.iter()),
            }
        }
        beyond.sort_unstable();
        beyond
    }

    /// What stands on some shelves of a kind right before a standing.
    pub(super) fn before(&self, kind: Kind, shelves: &[Shelf], standing: &Standing) -> Option<&Standing> {
        shelves.iter().filter_map(|shelf| self.shelf(kind, *shelf)?.before(standing)).max()
    }

    /// By which link or set which records point at `to`, removed ones included.
    pub(super) fn pointing(&self, to: RecordId) -> impl Iterator<Item = Edge> {
        self.pointing.get(to).into_iter().flat_map(Sequence::iter).copied()
    }
}

/// Sorted sequences as one.
struct Merged<I: Iterator> {
    heads: Vec<Peekable<I>>,
}

impl<I: Iterator<Item: Ord + Copy>> Iterator for Merged<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        if let [only] = self.heads.as_mut_slice() {
            return only.next();
        }
        let heads = self.heads.iter_mut();
        let first = heads.filter_map(|head| Some((*head.peek()?, head))).min_by_key(|(item, _)| *item)?;
        first.1.next()
    }
}
