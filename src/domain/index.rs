//! Finding records without reading all of them: those of a kind in their order, and those that point at one.
//!
//! It knows records and nothing of what their links mean. Invariant: the index is a function of the records alone, so that
//! it is the same for every order in which their writes arrived.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    change::{Field, Order, Value},
    field,
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
    /// Whether it has an edge to a record that it may stand under; most records have none, and need no closer look.
    leads_up: bool,
    /// Whether words of it were published; the projector looks at no others.
    published: bool,
}

impl Standing {
    pub(super) fn of(record: &Record) -> Self {
        let position = match record.value(&field::POSITION) {
            Some(Value::Text(key)) => Some(Arc::clone(key)),
            _ => None,
        };
        let edges = [&field::MERGED_INTO, &field::ATTACHED_TO];
        let leads_up = edges.into_iter().any(|edge| record.value(edge).is_some());
        let published = record.value(&field::PUBLISHED).is_some();
        Self { unplaced: position.is_none(), position, born: record.born, id: record.id, leads_up, published }
    }

    /// Whether a write to that field can change a standing.
    pub(super) fn depends_on(field: &Field) -> bool {
        let these = [
            field::KIND,
            field::REMOVED,
            field::POSITION,
            field::MERGED_INTO,
            field::ATTACHED_TO,
            field::PUBLISHED,
        ];
        these.contains(field)
    }

    pub(super) fn id(&self) -> RecordId {
        self.id
    }

    pub(super) fn leads_up(&self) -> bool {
        self.leads_up
    }

    pub(super) fn published(&self) -> bool {
        self.published
    }
}

/// The name of a link or set, and a record at its one end or the other.
pub(super) type Edge = (&'static str, RecordId);

/// What the index holds of one record on account of one of its fields.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    standing: Option<(Kind, Standing)>,
    edge: Option<Edge>,
}

impl Entry {
    /// The entry on account of `field`; with its standing only if that may be about to change, or to have changed.
    pub(super) fn of(record: &Record, field: &Field, moves: bool) -> Self {
        let kind = if moves { record.kind().filter(|_| !record.is_removed()) } else { None };
        Self { standing: kind.map(|kind| (kind, Standing::of(record))), edge: edge(record, field) }
    }
}

/// The link or the membership that a field holds.
fn edge(record: &Record, field: &Field) -> Option<Edge> {
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
    kinds: Arc<BTreeMap<Kind, Sequence<Standing>>>,
    pointing: Shared<RecordId, Sequence<Edge>>,
}

impl Index {
    /// Follows a record from what it was to what it is.
    pub(super) fn follow(&mut self, id: RecordId, before: Option<Entry>, after: Entry) {
        let (standing, edge) = before.map_or((None, None), |entry| (entry.standing, entry.edge));
        if standing != after.standing {
            if let Some((kind, standing)) = standing {
                self.leave(kind, &standing);
            }
            if let Some((kind, standing)) = after.standing {
                self.enter(kind, standing);
            }
        }
        if edge != after.edge {
            if let Some((name, to)) = edge {
                self.unhook(to, (name, id));
            }
            if let Some((name, to)) = after.edge {
                self.hook(to, (name, id));
            }
        }
    }

    fn enter(&mut self, kind: Kind, standing: Standing) {
        Arc::make_mut(&mut self.kinds).entry(kind).or_default().insert(standing);
    }

    fn leave(&mut self, kind: Kind, standing: &Standing) {
        let kinds = Arc::make_mut(&mut self.kinds);
        let Some(sequence) = kinds.get_mut(&kind) else { return };
        sequence.remove(standing);
        if sequence.is_empty() {
            kinds.remove(&kind);
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

    /// The records of a kind that are not removed, in order.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Standing> {
        self.kinds.get(&kind).into_iter().flat_map(Sequence::iter)
    }

    /// By which link or set which records point at `to`, removed ones included.
    pub(super) fn pointing(&self, to: RecordId) -> impl Iterator<Item = Edge> {
        self.pointing.get(to).into_iter().flat_map(Sequence::iter).copied()
    }
}
