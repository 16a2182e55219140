//! Commands about the clock and about who speaks. Every one writes the moment at which it was given.

use super::Desk;
use crate::domain::{
    agenda,
    change::{Value, Write, WriteId},
    command::{Place, Refusal},
    edit::Edit,
    field,
    ids::RecordId,
    kind::Kind,
    speech, timing,
};

impl Desk<'_> {
    /// The moment of the command, as a field holds it.
    pub(super) fn now(&self) -> Value {
        self.room.at.to_rfc3339().into()
    }

    fn speech(&self, id: RecordId) -> Result<(), Refusal> {
        match self.kind(id)? {
            Kind::Speech => Ok(()),
            other => Err(Refusal::WrongKind(other)),
        }
    }

    /// Nothing happens if the clock stands still already.
    pub(super) fn pause(&self, id: RecordId, of: Option<RecordId>) -> Result<Vec<Write>, Refusal> {
        self.ensure_new(id)?;
        if let Some(speech) = of {
            self.speech(speech)?;
        }
        if timing::is_paused(self.room.board, of) {
            return Ok(Vec::new());
        }
        let mut writes = self.fresh(id, Kind::Pause);
        writes.push(self.write(id, &field::STARTED_AT, self.now()));
        writes.extend(of.map(|speech| self.write(id, &field::PARENT, speech.into())));
        Ok(writes)
    }

    pub(super) fn resume(&self, of: Option<RecordId>) -> Result<Vec<Write>, Refusal> {
        if let Some(speech) = of {
            self.speech(speech)?;
        }
        let open = timing::open_pauses(self.room.board, of).into_iter();
        Ok(open.map(|pause| self.write(pause, &field::ENDED_AT, self.now())).collect())
    }

    /// Both fields are written, so that whoever sees one of them unchanged has seen the other unchanged too.
    pub(super) fn allot(
        &self,
        item: RecordId,
        (planned, seen): (u16, &[WriteId]),
        (limit, seen_limit): (u16, &[WriteId]),
    ) -> Result<Vec<Write>, Refusal> {
        match self.kind(item)? {
            Kind::AgendaItem => {}
            other => return Err(Refusal::WrongKind(other)),
        }
        self.ensure_fresh(item, &field::PLANNED, seen)?;
        self.ensure_fresh(item, &field::SPEECH_LIMIT, seen_limit)?;
        let fields =
            [Edit::Planned(planned), Edit::SpeechLimit(limit)].map(|edit| (edit.field(), edit.value()));
        if fields.iter().all(|(field, value)| self.holds(item, field, value)) {
            return Ok(Vec::new());
        }
        Ok(fields.into_iter().map(|(field, value)| self.write(item, &field, value)).collect())
    }

    pub(super) fn register(
        &self,
        id: RecordId,
        unit: Option<RecordId>,
        speaker: Option<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        self.ensure_new(id)?;
        let mut writes = self.turn(id, unit, speaker)?;
        writes.extend(self.positions(id, Kind::Speech, None, Place::Last)?);
        Ok(writes)
    }

    /// The record of a new speech.
    fn turn(
        &self,
        id: RecordId,
        unit: Option<RecordId>,
        speaker: Option<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        for (named, kind) in [(unit, Kind::Unit), (speaker, Kind::Attendee)] {
            let found = named.map(|id| self.kind(id)).transpose()?;
            if let Some(other) = found.filter(|found| *found != kind) {
                return Err(Refusal::WrongKind(other));
            }
        }
        let mut writes = self.fresh(id, Kind::Speech);
        writes.extend(self.filled(id, Kind::Speech, &[Edit::Unit(unit), Edit::Speaker(speaker)])?);
        Ok(writes)
    }

    /// A speech that waits begins, or a new one; one that was begun before is not begun again.
    pub(super) fn give_floor(
        &self,
        id: RecordId,
        unit: Option<RecordId>,
        speaker: Option<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        let board = self.room.board;
        let mut writes = self.end_speeches();
        match board.record(id).filter(|record| record.kind().is_some()) {
            None => writes.extend(self.turn(id, unit, speaker)?),
            Some(known) => {
                self.speech(id)?;
                if timing::began(known).is_some() {
                    return Ok(Vec::new());
                }
            }
        }
        writes.push(self.write(id, &field::STARTED_AT, self.now()));
        if let Some(item) = agenda::current(board) {
            writes.extend(self.changed(id, &field::ITEM, item.id.into()));
            let theme = item.link(&field::THEME);
            writes.extend(theme.and_then(|theme| self.changed(id, &field::THEME, theme.into())));
        }
        Ok(writes)
    }

    /// Ends every speech that is on, with its pauses.
    pub(super) fn end_speeches(&self) -> Vec<Write> {
        let board = self.room.board;
        let on = speech::running(board).into_iter().map(|speech| speech.id);
        let ending = on.flat_map(|id| timing::open_pauses(board, Some(id)).into_iter().chain([id]));
        ending.map(|id| self.write(id, &field::ENDED_AT, self.now())).collect()
    }
}
