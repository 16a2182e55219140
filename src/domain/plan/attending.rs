//! Commands of the roll call, and of the venues of a session held in several places.

use super::Desk;
use crate::domain::{
    change::{Field, Value, Write},
    command::Refusal,
    field::set,
    ids::RecordId,
    kind::Kind,
    roll_call::{Mark, Slot},
    venue,
};

impl Desk<'_> {
    pub(super) fn attend(
        &self,
        attendees: &[RecordId],
        sitting: Option<RecordId>,
        mark: &Mark,
    ) -> Result<Vec<Write>, Refusal> {
        let slot = self.slot(sitting)?;
        if let Some(at) = mark.moment() {
            super::ensure_sane(at.date_naive())?;
        }
        let mut writes = Vec::new();
        for id in attendees {
            let attendee = self.room.board.record(*id).ok_or(Refusal::Missing(*id))?;
            match self.kind(*id)? {
                Kind::Attendee => {}
                other => return Err(Refusal::WrongKind(other)),
            }
            let edits =
                mark.edits(slot.attendance(attendee)).into_iter().map(|edit| slot.edit(edit.normalised()));
            writes.extend(edits.filter_map(|edit| self.changed(*id, &edit.field(), edit.value())));
        }
        Ok(writes)
    }

    fn slot(&self, sitting: Option<RecordId>) -> Result<Slot, Refusal> {
        let Some(id) = sitting else { return Ok(Slot::FIRST) };
        match self.kind(id)? {
            Kind::Sitting => Ok(self.room.board.record(id).map_or(Slot::FIRST, Slot::of)),
            other => Err(Refusal::WrongKind(other)),
        }
    }

    /// Writes when the connection was lost, or that it is back; nothing, if it is as wished.
    pub(super) fn set_connection(&self, id: RecordId, connected: bool) -> Result<Vec<Write>, Refusal> {
        match self.kind(id)? {
            Kind::Venue => {}
            other => return Err(Refusal::WrongKind(other)),
        }
        let venue = self.room.board.record(id).ok_or(Refusal::Missing(id))?;
        let lost = venue::lost_since(venue);
        let now = self.room.at.to_rfc3339();
        let written = match (lost, connected) {
            (None, false) => Some((Field::member(set::OUTAGE, now), Value::Flag(true))),
            (Some(outage), true) => Some((outage, now.into())),
            _ => None,
        };
        Ok(written.map(|(field, value)| self.write(id, &field, value)).into_iter().collect())
    }
}
