//! A newer version of the keynote over the one that is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound::{Excluded, Unbounded},
};

use super::{Desk, checked};
use crate::domain::{
    change::{Field, Value, Write, WriteId},
    command::{NewSection, Refusal},
    edit::Edit,
    field,
    ids::RecordId,
    kind::Kind,
    position,
    record::Record,
};

impl Desk<'_> {
    pub(super) fn revise_keynote(
        &self,
        sections: &[NewSection],
        gone: &[RecordId],
        seen: &[WriteId],
    ) -> Result<Vec<Write>, Refusal> {
        let seen: &BTreeSet<WriteId> = &seen.iter().copied().collect();
        let (mut taken, mut writes) = (BTreeSet::new(), Vec::new());
        for NewSection { record, heading, paragraphs } in sections {
            let details = [Edit::Title(heading.clone())];
            writes.extend(self.revised(*record, Kind::Section, &details, seen, &mut taken)?);
            for (id, text) in paragraphs {
                let details = [Edit::Text(text.clone()), Edit::Parent(*record)];
                writes.extend(self.revised(*id, Kind::Paragraph, &details, seen, &mut taken)?);
            }
        }
        let order: Vec<RecordId> = sections.iter().map(|section| section.record).collect();
        writes.extend(self.in_order(&self.room.board.of_kind(Kind::Section), &order, seen)?);
        for NewSection { record, paragraphs, .. } in sections {
            let order: Vec<RecordId> = paragraphs.iter().map(|(id, _)| *id).collect();
            let siblings = self.room.board.children(*record, Kind::Paragraph);
            writes.extend(self.in_order(&siblings, &order, seen)?);
        }
        if gone.iter().any(|id| !taken.insert(*id)) {
            return Err(Refusal::Exists);
        }
        for id in gone {
            writes.extend(self.gone(*id, seen, &taken)?);
        }
        Ok(writes)
    }

    /// A record of the keynote as it shall be: what differs, or all of it if it is new.
    fn revised(
        &self,
        id: RecordId,
        kind: Kind,
        details: &[Edit],
        seen: &BTreeSet<WriteId>,
        taken: &mut BTreeSet<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        if self.ensure_new(id).is_ok() {
            return self.unplaced(id, kind, details, taken);
        }
        self.ensure_of_keynote(id, &[kind])?;
        if !taken.insert(id) {
            return Err(Refusal::Exists);
        }
        let mut writes = Vec::new();
        for edit in details {
            let edit = checked(kind, edit)?;
            if edit.value() == Value::Absent {
                return Err(Refusal::EmptyText);
            }
            let write = self.changed(id, &edit.field(), edit.value());
            if write.is_some() {
                self.ensure_seen(id, &edit.field(), seen)?;
            }
            writes.extend(write);
        }
        Ok(writes)
    }

    /// Takes a record away that is as the person saw it. Of what stands under a section, all is `taken` care of.
    fn gone(
        &self,
        id: RecordId,
        seen: &BTreeSet<WriteId>,
        taken: &BTreeSet<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        self.ensure_of_keynote(id, &[Kind::Section, Kind::Paragraph])?;
        for field in [field::TITLE, field::TEXT, field::PARENT, field::POSITION] {
            self.ensure_seen(id, &field, seen)?;
        }
        let below = self.room.board.children(id, Kind::Paragraph).into_iter().map(|record| record.id);
        if let Some(record) = below.into_iter().find(|below| !taken.contains(below)) {
            return Err(stale(record, &field::PARENT));
        }
        self.remove(id)
    }

    fn ensure_of_keynote(&self, id: RecordId, kinds: &[Kind]) -> Result<(), Refusal> {
        let kind = self.kind(id)?;
        if kinds.contains(&kind) { Ok(()) } else { Err(Refusal::WrongKind(kind)) }
    }

    /// What a field holds is among what the person saw.
    fn ensure_seen(&self, id: RecordId, field: &Field, seen: &BTreeSet<WriteId>) -> Result<(), Refusal> {
        let is_seen = self.live(id, field).iter().all(|live| seen.contains(&live.write()));
        if is_seen { Ok(()) } else { Err(stale(id, field)) }
    }

    /// Puts records into an order in which somebody else has not put them meanwhile; see [`Self::ordered`].
    fn in_order(
        &self,
        siblings: &[&Record],
        order: &[RecordId],
        seen: &BTreeSet<WriteId>,
    ) -> Result<Vec<Write>, Refusal> {
        let writes = self.ordered(siblings, order);
        let written: BTreeSet<RecordId> = writes.iter().map(|write| write.record).collect();
        // One that moves undoes what was done to those around it, too.
        let stands: BTreeSet<RecordId> = siblings.iter().map(|record| record.id).collect();
        let moves = !stands.is_disjoint(&written);
        for id in order.iter().filter(|id| written.contains(id) || (moves && stands.contains(id))) {
            self.ensure_seen(*id, &field::POSITION, seen)?;
        }
        Ok(writes)
    }

    /// The positions that put records into an order, as few as possible; `siblings` are those there are, in the order that they have.
    /// Those that are not named stay where they are.
    fn ordered(&self, siblings: &[&Record], order: &[RecordId]) -> Vec<Write> {
        let standing: BTreeMap<RecordId, usize> = siblings.iter().map(|record| record.id).zip(0..).collect();
        let had: Vec<Option<usize>> = order.iter().map(|id| standing.get(id).copied()).collect();
        if had.iter().all(Option::is_some) && had.is_sorted() {
            return Vec::new();
        }
        let key = |place: usize| siblings.get(place).and_then(|record| record.text(&field::POSITION));
        let placed: Vec<Option<usize>> =
            had.iter().map(|place| place.filter(|place| key(*place).is_some())).collect();
        let stays = position::staying(&placed);
        let kept = |(place, stays): (&Option<usize>, bool)| place.filter(|_| stays).and_then(key);
        let kept: Vec<Option<&str>> = placed.iter().zip(stays).map(kept).collect();
        let moving = order.iter().zip(&kept).filter(|(_, kept)| kept.is_none());
        let moving: BTreeSet<RecordId> = moving.map(|(id, _)| *id).collect();
        let still = siblings.iter().filter(|record| !moving.contains(&record.id));
        let still: BTreeSet<&str> = still.filter_map(|record| record.text(&field::POSITION)).collect();
        let write = |(id, key): (RecordId, String)| self.write(id, &field::POSITION, key.into());
        match filled(&kept, &still) {
            Some(keys) => order.iter().zip(keys).filter_map(|(id, key)| Some(write((*id, key?)))).collect(),
            None => spaced(siblings, order).into_iter().map(write).collect(),
        }
    }
}

fn stale(record: RecordId, field: &Field) -> Refusal {
    Refusal::Stale { record, field: field.as_str().to_owned() }
}

/// Keys for the members of a list that have none to keep, between those that stay; none where there is no room.
fn filled(kept: &[Option<&str>], still: &BTreeSet<&str>) -> Option<Vec<Option<String>>> {
    let mut keys: Vec<Option<String>> = Vec::new();
    while keys.len() < kept.len() {
        let rest = kept.get(keys.len()..)?;
        let count = rest.iter().take_while(|key| key.is_none()).count();
        let before = keys.len().checked_sub(1).and_then(|last| kept.get(last).copied().flatten());
        let next = rest.get(count).copied().flatten();
        let (low, high) = match (before, next) {
            (Some(low), _) => (Some(low), still.range::<str, _>((Excluded(low), Unbounded)).next().copied()),
            (None, Some(high)) => {
                (still.range::<str, _>((Unbounded, Excluded(high))).next_back().copied(), Some(high))
            }
            (None, None) => (still.last().copied(), None),
        };
        keys.extend(position::within(low, high, count)?.into_iter().map(Some));
        keys.extend(next.map(|_| None));
    }
    Some(keys)
}

/// New positions for all: those that are put into an order, and behind them the others.
fn spaced(siblings: &[&Record], order: &[RecordId]) -> Vec<(RecordId, String)> {
    let named: BTreeSet<&RecordId> = order.iter().collect();
    let others = siblings.iter().map(|record| record.id).filter(|id| !named.contains(id));
    let all: Vec<RecordId> = order.iter().copied().chain(others).collect();
    let keys = position::spaced(all.len());
    all.into_iter().zip(keys).collect()
}
