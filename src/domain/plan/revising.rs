//! A newer version of the keynote over the one that is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound::{Excluded, Unbounded},
};

use super::{Desk, checked};
use crate::domain::{
    change::{Value, Write, WriteId},
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
        writes.extend(self.in_order(&self.room.board.of_kind(Kind::Section), &order));
        for NewSection { record, paragraphs, .. } in sections {
            let order: Vec<RecordId> = paragraphs.iter().map(|(id, _)| *id).collect();
            writes.extend(self.in_order(&self.room.board.children(*record, Kind::Paragraph), &order));
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
        seen: &[WriteId],
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
            if write.is_some() && !matches!(edit, Edit::Parent(_)) {
                self.ensure_seen(id, seen)?;
            }
            writes.extend(write);
        }
        Ok(writes)
    }

    fn gone(
        &self,
        id: RecordId,
        seen: &[WriteId],
        taken: &BTreeSet<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        self.ensure_of_keynote(id, &[Kind::Section, Kind::Paragraph])?;
        self.ensure_seen(id, seen)?;
        if taken.contains(&id) {
            return Err(Refusal::Exists);
        }
        self.remove(id)
    }

    fn ensure_of_keynote(&self, id: RecordId, kinds: &[Kind]) -> Result<(), Refusal> {
        let kind = self.kind(id)?;
        if kinds.contains(&kind) { Ok(()) } else { Err(Refusal::WrongKind(kind)) }
    }

    /// The words of a section or paragraph are among those that the person saw.
    fn ensure_seen(&self, id: RecordId, seen: &[WriteId]) -> Result<(), Refusal> {
        for field in [field::TITLE, field::TEXT] {
            let now = self.live(id, &field).iter().map(|live| live.write);
            let known: Vec<WriteId> = now.filter(|write| seen.contains(write)).collect();
            self.ensure_fresh(id, &field, &known)?;
        }
        Ok(())
    }

    /// The positions that put records into an order, as few as possible; `siblings` are those there are, in the order that they have.
    /// Those that are not named stay where they are.
    fn in_order(&self, siblings: &[&Record], order: &[RecordId]) -> Vec<Write> {
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
