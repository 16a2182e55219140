//! Taking up what earlier sessions left to do.

use super::{Desk, making::ensure_worded};
use crate::domain::{
    change::{Value, Write},
    command::Refusal,
    edit::Edit,
    field,
    follow_up::{self, Earlier},
    kind::Kind,
    position,
    record::Record,
};

impl Desk<'_> {
    /// A record for each item that the session has never had.
    pub(super) fn take_up(&self, items: &[Earlier]) -> Result<Vec<Write>, Refusal> {
        let known = |item: &&Earlier| self.room.board.record(item.id()).and_then(Record::kind).is_none();
        let last = |item: &&Record| item.text(&field::POSITION).map(str::to_owned);
        let mut low = follow_up::items(self.room.board).iter().filter_map(last).max();
        let mut writes = Vec::new();
        for item in items.iter().filter(known) {
            let position = position::between(low.as_deref(), None);
            writes.extend(self.taken_up(item, position.clone())?);
            low = Some(position);
        }
        Ok(writes)
    }

    fn taken_up(&self, item: &Earlier, position: String) -> Result<Vec<Write>, Refusal> {
        if !matches!(item.kind, Kind::Task | Kind::Recommendation | Kind::Conclusion) {
            return Err(Refusal::WrongKind(item.kind));
        }
        if item.scope == self.room.board.scope() {
            return Err(Refusal::Circle);
        }
        let id = item.id();
        let quarter = item.quarter.map(Edit::Quarter);
        let details: Vec<Edit> = item.details.iter().cloned().chain(quarter).collect();
        let filled = self.filled(id, Kind::FollowUp, &details)?;
        ensure_worded(&filled)?;
        let text = |text: &str| Value::from(crate::text::nfc::clean(text));
        let frozen = [
            (field::POSITION, position.into()),
            (field::EARLIER, format!("{}/{}", item.scope, item.record).into()),
            (field::EARLIER_KIND, item.kind.into()),
            (field::EARLIER_NUMBER, text(&item.number)),
            (field::ASSIGNED, text(&item.assigned)),
            (field::RAISED, i64::from(item.raised).into()),
        ];
        let frozen = frozen.into_iter().filter(|(_, value)| value.as_text() != Some(""));
        let mut writes = self.fresh(id, Kind::FollowUp);
        writes.extend(filled);
        writes.extend(frozen.map(|(field, value)| self.write(id, &field, value)));
        Ok(writes)
    }
}
