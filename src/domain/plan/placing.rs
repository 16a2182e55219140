//! Commands about a record's place and presence, and about the states of the session and its pledge.

use super::Desk;
use crate::domain::{
    agenda,
    change::{Value, Write},
    command::{Place, Refusal},
    edit::Edit,
    field,
    ids::RecordId,
    kind::{Kind, PledgeState, SessionState},
    policy, position,
    record::Record,
};

impl Desk<'_> {
    pub(super) fn relocate(&self, id: RecordId, place: Place) -> Result<Vec<Write>, Refusal> {
        let kind = self.kind(id)?;
        self.guard_pledge(kind)?;
        if place == Place::After(id) {
            return Err(Refusal::NoChange);
        }
        let parent = self.room.board.record(id).and_then(|record| record.link(&field::PARENT));
        self.positions(id, kind, parent, place)
    }

    /// The position write for `id`; if there is no room between its neighbours, new positions for all its siblings. A new
    /// record after others that were never placed is last by its age.
    pub(super) fn positions(
        &self,
        id: RecordId,
        kind: Kind,
        parent: Option<RecordId>,
        place: Place,
    ) -> Result<Vec<Write>, Refusal> {
        let mut siblings = match parent {
            Some(parent) => self.room.board.children(parent, kind),
            None => self.room.board.of_kind(kind),
        };
        siblings.retain(|record| record.id != id);
        let at = match place {
            Place::Last => siblings.len(),
            Place::First => 0,
            Place::After(other) => {
                siblings.iter().position(|record| record.id == other).ok_or(Refusal::Missing(other))? + 1
            }
        };
        let follows_unplaced = siblings.last().is_some_and(|last| last.text(&field::POSITION).is_none());
        if place == Place::Last && follows_unplaced && self.ensure_new(id).is_ok() {
            return Ok(Vec::new());
        }
        if let Some(key) = key_at(&siblings, at) {
            return Ok(vec![self.write(id, &field::POSITION, key.into())]);
        }
        let mut all: Vec<RecordId> = siblings.iter().map(|record| record.id).collect();
        all.insert(at, id);
        let spaced = all.iter().zip(position::spaced(all.len()));
        Ok(spaced.map(|(id, key)| self.write(*id, &field::POSITION, key.into())).collect())
    }

    /// The positions of new records right behind another of their kind, in their order. Behind the last of records that
    /// were never placed they stand by their age.
    pub(super) fn right_behind(&self, id: RecordId, kind: Kind, new: &[RecordId]) -> Vec<Write> {
        let siblings = self.room.board.of_kind(kind);
        let Some(at) = siblings.iter().position(|record| record.id == id) else { return Vec::new() };
        let key = |at: usize| siblings.get(at).and_then(|record| record.text(&field::POSITION));
        if at + 1 == siblings.len() && key(at).is_none() {
            return Vec::new();
        }
        let write = |id: &RecordId, key: String| self.write(*id, &field::POSITION, key.into());
        if let Some(low) = key(at)
            && let Some(keys) = keys_between(low, key(at + 1), new.len())
        {
            return new.iter().zip(keys).map(|(id, key)| write(id, key)).collect();
        }
        let mut all: Vec<RecordId> = siblings.iter().map(|record| record.id).collect();
        let behind = all.split_off(at + 1);
        let all: Vec<RecordId> = all.into_iter().chain(new.iter().copied()).chain(behind).collect();
        all.iter().zip(position::spaced(all.len())).map(|(id, key)| write(id, key)).collect()
    }

    pub(super) fn remove(&self, id: RecordId) -> Result<Vec<Write>, Refusal> {
        self.guard_pledge(self.kind(id)?)?;
        Ok(self.changed(id, &field::REMOVED, true.into()).into_iter().collect())
    }

    pub(super) fn restore(&self, id: RecordId) -> Result<Vec<Write>, Refusal> {
        let kind = self.room.board.record(id).and_then(Record::kind).ok_or(Refusal::Missing(id))?;
        self.guard_pledge(kind)?;
        self.clear(id, &field::REMOVED)
    }

    pub(super) fn set_state(&self, state: SessionState) -> Result<Vec<Write>, Refusal> {
        let root = self.room.board.scope().root();
        self.kind(root)?;
        let from = policy::session_state(self.room.board);
        if !policy::step_is_possible(from, state) {
            return Err(Refusal::NoSuchStep { from, to: state });
        }
        let mut writes = vec![self.write(root, &field::STATE, state.into())];
        writes.extend(self.seal(from, state));
        if state == SessionState::Closed && from == SessionState::Open {
            writes.push(self.write(root, &field::CLOSED_AT, self.now()));
            writes.extend(self.start_item(None)?);
        }
        Ok(writes)
    }

    /// A signed pledge is not unsigned, only amended.
    pub(super) fn set_pledge(&self, state: PledgeState) -> Result<Vec<Write>, Refusal> {
        let root = self.room.board.scope().root();
        self.kind(root)?;
        let present = policy::pledge_state(self.room.board);
        if present == PledgeState::Signed && matches!(state, PledgeState::Draft | PledgeState::Agreed) {
            return Err(Refusal::PledgeSigned);
        }
        Ok(self.changed(root, &field::PLEDGE_STATE, state.into()).into_iter().collect())
    }

    /// Ends the item that is on with its speech, and begins `record`, if there is one; nothing happens to an item that is on
    /// already. A pause of the session is over with it.
    pub(super) fn start_item(&self, record: Option<RecordId>) -> Result<Vec<Write>, Refusal> {
        let running = agenda::current(self.room.board).map(|item| item.id);
        if running.is_some() && running == record {
            return Ok(Vec::new());
        }
        let ended = running.into_iter().map(|item| self.write(item, &field::ENDED_AT, self.now()));
        let mut writes: Vec<Write> = ended.collect();
        writes.extend(self.end_speeches());
        writes.extend(self.resume(None)?);
        let Some(id) = record else { return Ok(writes) };
        match self.kind(id)? {
            Kind::AgendaItem => writes.push(self.write(id, &field::STARTED_AT, self.now())),
            other => return Err(Refusal::WrongKind(other)),
        }
        writes.extend(self.changed(id, &field::ENDED_AT, Value::Absent));
        Ok(writes)
    }

    pub(super) fn sign(&self, id: RecordId, details: &[Edit]) -> Result<Vec<Write>, Refusal> {
        self.ensure_new(id)?;
        let unit = details.iter().find_map(|edit| if let Edit::Unit(unit) = edit { *unit } else { None });
        let unit = unit.ok_or(Refusal::Missing(id))?;
        if self.kind(unit)? != Kind::Unit {
            return Err(Refusal::Missing(unit));
        }
        let signatures = self.room.board.of_kind(Kind::Signature);
        if signatures.iter().any(|signature| signature.link(&field::UNIT) == Some(unit)) {
            return Err(Refusal::AlreadySigned);
        }
        let mut writes = self.fresh(id, Kind::Signature);
        writes.extend(self.filled(id, Kind::Signature, details)?);
        Ok(writes)
    }
}

/// A key for the place `at` among siblings; none if there is no room. Records that were never placed come last, so the
/// place before them is the end of the placed ones.
fn key_at(siblings: &[&Record], at: usize) -> Option<String> {
    let key = |at: usize| siblings.get(at).map(|record| record.text(&field::POSITION));
    let low = match at.checked_sub(1).and_then(key) {
        Some(None) => return None,
        low => low.flatten(),
    };
    let high = key(at).flatten();
    let key = position::between(low, high);
    let between = low < Some(key.as_str()) && high.is_none_or(|high| key.as_str() < high);
    (between && key.len() <= position::LONGEST).then_some(key)
}

/// So many keys between two, one behind the other; none if there is no room.
fn keys_between(low: &str, high: Option<&str>, count: usize) -> Option<Vec<String>> {
    let mut keys: Vec<String> = Vec::new();
    for _ in 0..count {
        let last = keys.last().map_or(low, String::as_str);
        let key = position::between(Some(last), high);
        let fits = last < key.as_str() && high.is_none_or(|high| key.as_str() < high);
        if !fits || key.len() > position::LONGEST {
            return None;
        }
        keys.push(key);
    }
    Some(keys)
}
