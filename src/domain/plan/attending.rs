//! Commands of the roll call, of sittings, and of the venues of a session held in several places.

use super::Desk;
use crate::domain::{
    change::{Field, Value, Write},
    command::{Place, Refusal},
    edit::Edit,
    field::{self, set},
    ids::RecordId,
    kind::Kind,
    roll_call::{Mark, Slot},
    timing, venue,
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

    /// The record of a sitting that was not there before; nothing of one that was.
    fn sitting(&self, id: RecordId, title: &str) -> Result<Vec<Write>, Refusal> {
        if self.room.board.record(id).is_none_or(|record| record.kind().is_none()) {
            return self.add(id, Kind::Sitting, &[Edit::Title(title.to_owned())], Place::Last);
        }
        match self.kind(id)? {
            Kind::Sitting => Ok(Vec::new()),
            other => Err(Refusal::WrongKind(other)),
        }
    }

    /// Nothing happens to a sitting that is on already; one that was ended too early goes on.
    pub(super) fn begin_sitting(&self, id: RecordId, title: &str) -> Result<Vec<Write>, Refusal> {
        let board = self.room.board;
        let mut writes = self.sitting(id, title)?;
        let known = board.record(id);
        if known.is_some_and(|sitting| timing::began(sitting).is_some() && timing::ended(sitting).is_none()) {
            return Ok(Vec::new());
        }
        let others = board.of_kind(Kind::Sitting).into_iter();
        let on = others.filter(|other| timing::began(other).is_some() && timing::ended(other).is_none());
        writes.extend(on.map(|other| self.write(other.id, &field::ENDED_AT, self.now())));
        writes.extend(self.resume(None)?);
        if known.is_none_or(|sitting| timing::began(sitting).is_none()) {
            writes.push(self.write(id, &field::STARTED_AT, self.now()));
        }
        writes.extend(self.changed(id, &field::ENDED_AT, Value::Absent));
        Ok(writes)
    }

    pub(super) fn end_sitting(&self, id: RecordId, title: &str) -> Result<Vec<Write>, Refusal> {
        let mut writes = self.sitting(id, title)?;
        if self.room.board.record(id).is_some_and(|sitting| timing::ended(sitting).is_some()) {
            return Ok(Vec::new());
        }
        writes.push(self.write(id, &field::ENDED_AT, self.now()));
        writes.extend(self.end_speeches());
        Ok(writes)
    }

    pub(super) fn seat(
        &self,
        attendees: &[RecordId],
        venue: Option<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        let is = |id: RecordId, wanted: Kind| match self.kind(id)? {
            kind if kind == wanted => Ok(()),
            other => Err(Refusal::WrongKind(other)),
        };
        venue.map_or(Ok(()), |venue| is(venue, Kind::Venue))?;
        let at = Edit::Venue(venue);
        let mut writes = Vec::new();
        for id in attendees {
            is(*id, Kind::Attendee)?;
            writes.extend(self.changed(*id, &at.field(), at.value()));
        }
        Ok(writes)
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
