//! How the records of a kind stand: under others, hidden, waiting for an answer, or simply there.
//!
//! Lists, counts and figures ask for this at every new board, so the fold keeps it in step instead of looking at every record.
//! Invariant: the groups of a record are a function of the records alone, and no write changes those of a record that
//! [`Board::concerned`] does not name before or after it.

use std::collections::BTreeSet;

use super::{
    board::Board,
    change::Field,
    difficulty,
    field::{self, set},
    ids::RecordId,
    kind::Kind,
    record::Record,
};

/// Where a record stands among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Under another: merged into it, or its continuation.
    Under,
    /// For itself, and off the record.
    Hidden,
    /// A difficulty for itself that nothing answers.
    Open,
    /// For itself.
    Settled,
    /// For itself, with words that were published; it stands in another group as well.
    Published,
}

impl Group {
    /// All groups.
    pub(super) const ALL: [Self; 5] = [Self::Under, Self::Hidden, Self::Open, Self::Settled, Self::Published];

    /// Those in which each record stands once.
    pub(super) const EACH: [Self; 4] = [Self::Under, Self::Hidden, Self::Open, Self::Settled];

    /// Those of the records that stand for themselves.
    pub(super) const ALONE: [Self; 3] = [Self::Hidden, Self::Open, Self::Settled];

    /// Those of them that are not off the record.
    pub(super) const SEEN: [Self; 2] = [Self::Open, Self::Settled];
}

/// Whether a write to that field can change how a record stands, or others.
pub(super) fn depends_on(field: &Field) -> bool {
    let these = [
        field::KIND,
        field::REMOVED,
        field::POSITION,
        field::MERGED_INTO,
        field::ATTACHED_TO,
        field::OFF_RECORD,
        field::PUBLISHED,
    ];
    these.contains(field) || field.member_of(set::ANSWERS).is_some()
}

impl Board {
    /// Where a record that is here stands, and whether it stands with what was published too.
    pub(super) fn group_of(&self, record: &Record) -> (Group, bool) {
        if self.under(record.id).is_some() {
            return (Group::Under, false);
        }
        let is_open = || record.kind() == Some(Kind::Difficulty) && !difficulty::is_answered(self, record.id);
        let group = match record.is_off_record() {
            true => Group::Hidden,
            false if is_open() => Group::Open,
            false => Group::Settled,
        };
        (group, record.value(&field::PUBLISHED).is_some())
    }

    /// The records whose group may depend on what is written to one: those directly under it, the circles that it and they close,
    /// what it answers, and what stands above all of these.
    pub(super) fn concerned(&self, id: RecordId) -> BTreeSet<RecordId> {
        let leads_up = [&field::MERGED_INTO, &field::ATTACHED_TO];
        let below =
            self.pointing(id).filter(|(edge, _)| leads_up.iter().any(|field| field.as_str() == *edge));
        let around = [id].into_iter().chain(below.map(|(_, from)| from));
        let answered = self.record(id).into_iter().flat_map(|record| record.linked(set::ANSWERS));
        let mut open: Vec<RecordId> = around.flat_map(|id| self.circle_of(id)).chain(answered).collect();
        let mut concerned = BTreeSet::new();
        while let Some(at) = open.pop() {
            if concerned.insert(at) {
                open.extend(self.under(at).map(super::gathering::Under::record));
            }
        }
        concerned
    }
}
