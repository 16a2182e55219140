//! Finding records without reading all of them: those of a kind in their order, and those that point at one.
//!
//! It knows records and nothing of what their links mean; in which [`Group`] a record stands it is told. Invariant: the index is
//! a function of the records alone, so that it is the same for every order in which their writes arrived.

use std::{collections::BTreeMap, iter::Peekable, sync::Arc};

use super::{
    change::{Field, Order, Value},
    field,
    group::Group,
    ids::RecordId,
    kind::Kind,
    record::Record,
    shared::{Sequence, Shared},
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
    groups: Arc<BTreeMap<(Kind, Group), Sequence<Standing>>>,
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

    /// Takes a standing from all groups of a kind.
    pub(super) fn leave(&mut self, kind: Kind, standing: &Standing) {
        for group in Group::ALL {
            self.put(kind, group, standing, false);
        }
    }

    /// Sees to it that a standing is, or is not, in a group.
    pub(super) fn put(&mut self, kind: Kind, group: Group, standing: &Standing, there: bool) {
        let key = (kind, group);
        if self.groups.get(&key).is_some_and(|known| known.contains(standing)) == there {
            return;
        }
        let groups = Arc::make_mut(&mut self.groups);
        let sequence = groups.entry(key).or_default();
        if there {
            sequence.insert(standing.clone());
            return;
        }
        sequence.remove(standing);
        if sequence.is_empty() {
            groups.remove(&key);
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

    /// One group of a kind, if anything stands there.
    pub(super) fn group(&self, kind: Kind, group: Group) -> Option<&Sequence<Standing>> {
        self.groups.get(&(kind, group))
    }

    /// What stands in some groups of a kind, in one order.
    pub(super) fn all_in(&self, kind: Kind, groups: &[Group]) -> impl Iterator<Item = &Standing> {
        let sequences = groups.iter().filter_map(|group| self.group(kind, *group));
        Merged { heads: sequences.map(|sequence| sequence.iter().peekable()).collect() }
    }

    /// How much stands in some groups of a kind.
    pub(super) fn count(&self, kind: Kind, groups: &[Group]) -> usize {
        groups.iter().filter_map(|group| self.group(kind, *group)).map(Sequence::len).sum()
    }

    /// What stands in some groups of a kind and does not in `other`, in order.
    pub(super) fn beyond<'a>(&'a self, other: &'a Self, kind: Kind, groups: &[Group]) -> Vec<&'a Standing> {
        let sequences = groups.iter().filter_map(|group| Some((*group, self.group(kind, *group)?)));
        let mut beyond: Vec<&'a Standing> = Vec::new();
        for (group, sequence) in sequences {
            match other.group(kind, group) {
                Some(theirs) => beyond.extend(sequence.beyond(theirs)),
                None => beyond.extend(sequence.iter()),
            }
        }
        beyond.sort_unstable();
        beyond
    }

    /// What stands in some groups of a kind right before a standing.
    pub(super) fn before(&self, kind: Kind, groups: &[Group], standing: &Standing) -> Option<&Standing> {
        groups.iter().filter_map(|group| self.group(kind, *group)?.before(standing)).max()
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
