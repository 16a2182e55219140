//! Reading back at a seat: the paragraphs as they would be printed, what they said when they were first seen here, and what changed.

use std::collections::BTreeMap;

use super::session::SessionSeat;
use crate::{
    document::{self, Paragraph},
    domain::{
        board::Board,
        change::Order,
        field,
        ids::RecordId,
        kind::Reading,
        reading::{self, Tally},
        record::Record,
    },
    text::difference,
};

/// The paragraphs of the session, while they are read back.
#[derive(Debug, Clone, Default)]
pub struct ReadBack {
    /// The paragraphs, in the order of the notice.
    pub paragraphs: Vec<Paragraph>,
    /// What each said when it was first seen at this seat, or when something was last said of it.
    first: BTreeMap<RecordId, First>,
}

/// What a paragraph said at first, and which change had touched its record last; none if that was before a restart.
#[derive(Debug, Clone)]
struct First {
    words: String,
    touched: Option<Order>,
}

impl ReadBack {
    /// Takes the paragraphs of a board.
    pub(super) fn look(&mut self, board: &Board) {
        self.paragraphs = document::paragraphs(board);
        for Paragraph { record, words, .. } in &self.paragraphs {
            let touched = board.record(*record).map(|record| record.touched);
            self.first.entry(*record).or_insert_with(|| First { words: words.clone(), touched });
        }
    }

    /// What paragraphs said that were changed since and of which nothing was said: what a seat keeps over a restart.
    pub(super) fn changed_since(&self, board: &Board) -> Vec<(RecordId, String)> {
        let is_kept = |id: &RecordId, first: &First| {
            let record = board.record(*id).filter(|record| record.text(&field::READ_AS).is_none());
            record.is_some_and(|record| first.touched != Some(record.touched))
        };
        let kept = self.first.iter().filter(|(id, first)| is_kept(id, first));
        kept.map(|(id, first)| (*id, first.words.clone())).collect()
    }

    /// The same after a restart.
    pub(super) fn remember(&mut self, first: Vec<(RecordId, String)>) {
        self.first = first.into_iter().map(|(id, words)| (id, First { words, touched: None })).collect();
    }

    /// The paragraphs as records and words.
    pub fn pairs(&self) -> impl Iterator<Item = (RecordId, &str)> {
        self.paragraphs.iter().map(|paragraph| (paragraph.record, &*paragraph.words))
    }

    /// What becomes of them.
    pub fn tally(&self, board: &Board) -> Tally {
        Tally::of(board, self.pairs())
    }

    /// The place of a record's paragraph.
    pub fn place_of(&self, record: RecordId) -> Option<usize> {
        self.paragraphs.iter().position(|paragraph| paragraph.record == record)
    }

    /// How a paragraph is agreed to: as changed, if it does not say what was read or seen first.
    pub(super) fn agreement(&self, record: &Record, words: &str) -> Reading {
        let before =
            record.text(&field::READ_AS).or_else(|| self.first.get(&record.id).map(|first| &*first.words));
        if before.is_some_and(|before| before != words) { Reading::Changed } else { Reading::Agreed }
    }

    /// Something was said of a paragraph as it is.
    pub(super) fn said(&mut self, record: RecordId, words: &str) {
        self.first.insert(record, First { words: words.to_owned(), touched: None });
    }

    /// The next paragraph behind a place that is still to be read, going on at the top.
    pub(super) fn next_unread(&self, board: &Board, at: usize) -> Option<RecordId> {
        let unread = |paragraph: &&Paragraph| {
            let record = board.record(paragraph.record);
            record.is_some_and(|record| reading::is_unread(record, &paragraph.words))
        };
        let behind = self.paragraphs.iter().skip(at + 1).chain(self.paragraphs.iter().take(at));
        behind.into_iter().find(unread).map(|paragraph| paragraph.record)
    }
}

impl SessionSeat {
    /// The paragraph that is selected, and its place.
    pub fn paragraph(&self) -> Option<(usize, &Paragraph)> {
        let at = self.reading.place_of(self.list().selected?)?;
        self.reading.paragraphs.get(at).map(|paragraph| (at, paragraph))
    }
}

/// What changed in a paragraph since it was read: `[-cũ-] {+mới+}`; nothing if it is as it was.
pub fn changes(record: &Record, words: &str) -> Option<String> {
    let read = reading::as_read(record).filter(|read| *read != words)?;
    Some(difference::marked(read, words, words.len()))
}
