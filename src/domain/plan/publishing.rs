//! Commands about who sees a line: the room on the projector, or only those who may see what is off the record.

use super::Desk;
use crate::domain::{change::Write, command::Refusal, field, ids::RecordId, projection, record::Record};

impl Desk<'_> {
    pub(super) fn publish(&self, records: &[RecordId]) -> Result<Vec<Write>, Refusal> {
        let mut writes = Vec::new();
        for id in records {
            self.line(*id)?;
            let record = self.room.board.record(*id).ok_or(Refusal::Missing(*id))?;
            if record.is_off_record() {
                return Err(Refusal::OffRecord(*id));
            }
            let words = projection::words(self.room.board, record);
            writes.extend(self.changed(*id, &field::PUBLISHED, words.into()));
        }
        Ok(writes)
    }

    pub(super) fn unpublish(&self, records: &[RecordId]) -> Result<Vec<Write>, Refusal> {
        let cleared: Result<Vec<_>, _> =
            records.iter().map(|id| self.clear(*id, &field::PUBLISHED)).collect();
        Ok(cleared?.concat())
    }

    /// The new line has everything that the private log knows of the old one.
    pub(super) fn disclose(&self, id: RecordId, into: RecordId) -> Result<Vec<Write>, Refusal> {
        let kind = self.line(id)?;
        self.ensure_new(into)?;
        if !self.is_off_record(id) {
            return Ok(Vec::new());
        }
        let body = self.private.and_then(|private| private.record(id)).ok_or(Refusal::OffRecord(id))?;
        let stub = self.room.board.record(id).ok_or(Refusal::Missing(id))?;
        let mut writes = self.fresh(into, kind);
        let said_at = stub.value(&field::SAID_AT).map(|at| self.write(into, &field::SAID_AT, at.clone()));
        writes.extend(said_at);
        writes.extend(self.copied(body, into));
        writes.push(self.write(id, &field::REMOVED, true.into()));
        Ok(writes)
    }

    fn copied(&self, body: &Record, into: RecordId) -> Vec<Write> {
        let filled = body.fields().filter_map(|(field, cell)| Some((field, cell.value()?)));
        filled.map(|(field, value)| self.write(into, field, value.clone())).collect()
    }
}
