//! Commands of reading back.

use std::collections::BTreeSet;

use super::Desk;
use crate::domain::{
    change::{Value, Write},
    command::Refusal,
    edit::Edit,
    field,
    ids::RecordId,
    kind::{Kind, Reading},
    reading,
};

impl Desk<'_> {
    pub(super) fn read_back(&self, id: RecordId, how: Reading, words: &str) -> Result<Vec<Write>, Refusal> {
        let words = self.paragraph(id, words)?;
        let is_said = self.holds(id, &field::READING, &how.into()) && self.holds(id, &field::READ_AS, &words);
        let said = [(field::READING, how.into()), (field::READ_AS, words)];
        // Both, so that the words always are those of which it was said.
        let writes = said.into_iter().map(|(field, value)| self.write(id, &field, value));
        Ok(if is_said { Vec::new() } else { writes.collect() })
    }

    /// The version as it was read: these paragraphs and no others.
    pub(super) fn freeze(&self, paragraphs: &[(RecordId, String)]) -> Result<Vec<Write>, Refusal> {
        if paragraphs.is_empty() {
            return Err(Refusal::EmptyText);
        }
        let root = self.room.board.scope().root();
        let mut writes = vec![self.write(root, &field::FROZEN_AT, self.room.at.to_rfc3339().into())];
        for (id, words) in paragraphs {
            let words = self.paragraph(*id, words)?;
            writes.push(self.write(*id, &field::FROZEN_AS, words));
        }
        let kept: BTreeSet<RecordId> = paragraphs.iter().map(|(id, _)| *id).collect();
        let mut gone: Vec<RecordId> =
            self.room.board.records().map(|record| record.id).filter(|id| !kept.contains(id)).collect();
        gone.sort_unstable();
        writes.extend(gone.into_iter().filter_map(|id| self.changed(id, &field::FROZEN_AS, Value::Absent)));
        Ok(writes)
    }

    /// The words of a paragraph in stored form, if the record has one.
    fn paragraph(&self, id: RecordId, words: &str) -> Result<Value, Refusal> {
        let kind: Kind = self.kind(id)?;
        if !reading::is_read(kind) {
            return Err(Refusal::WrongKind(kind));
        }
        if self.is_off_record(id) {
            return Err(Refusal::OffRecord(id));
        }
        let words = Edit::Text(words.to_owned()).normalised().value();
        if words == Value::Absent { Err(Refusal::EmptyText) } else { Ok(words) }
    }
}
