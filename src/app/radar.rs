//! The difficulty of this session that says nearly what is being typed.
//!
//! The index follows the board only while somebody types, and by a bounded number of records a key, so that a session of ten thousand
//! lines delays neither its opening nor a letter. What is off the record is not in it.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::capture::CaptureLine;
use crate::{
    domain::{board::Board, ids::RecordId, kind::Kind, record::Record},
    search::radar::Radar,
};

/// So many records are read in or let go a key: less than a millisecond of work.
const RECORDS_A_KEY: usize = 24;

/// So many words of what is typed are looked at, the last ones, and so many bytes: a word may be as long as a text.
const WORDS: usize = 40;
const BYTES: usize = 1024;

/// What a seat knows of its session's difficulties, and which of them is near.
#[derive(Debug, Clone, Default)]
pub struct Similar {
    index: Radar<RecordId>,
    /// The texts in the index.
    texts: BTreeMap<RecordId, String>,
    /// The board that was compared last, and what of it is not in the index yet.
    board: Option<Arc<Board>>,
    behind: VecDeque<RecordId>,
    /// Which reading of the line was looked at last.
    reading: u64,
    near: Option<RecordId>,
    /// The finished words of it, and what is near to these alone.
    finished: (String, Option<RecordId>),
}

impl Similar {
    /// The difficulty that is near to what is typed.
    pub fn near(&self) -> Option<RecordId> {
        self.near
    }

    /// Looks again, if what the line says or the board changed since.
    pub(super) fn look(&mut self, line: &CaptureLine, board: &Arc<Board>) {
        if line.editor.is_empty() {
            self.near = None;
            return;
        }
        let read = self.catch_up(board);
        if read {
            self.finished = Default::default();
        }
        if read || line.readings() != self.reading {
            let said = line.parsed();
            self.near = if said.off_record { None } else { self.closest(last_words(&said.text)) };
            self.reading = line.readings();
        }
    }

    /// By all words, or by those before the last, which may be half typed.
    fn closest(&mut self, text: &str) -> Option<RecordId> {
        let near = |text: &str| self.index.closest(text).map(|near| near.key);
        if let Some(found) = near(text) {
            return Some(found);
        }
        let finished = text.rsplit_once(char::is_whitespace).map_or("", |(finished, _)| finished);
        if finished != self.finished.0 {
            self.finished = (finished.to_owned(), near(finished));
        }
        self.finished.1
    }

    /// Brings the index nearer to the board; whether anything changed in it.
    fn catch_up(&mut self, board: &Arc<Board>) -> bool {
        if !self.board.as_ref().is_some_and(|known| Arc::ptr_eq(known, board)) {
            let changed = self.changed(board);
            self.behind.extend(changed);
            self.board = Some(Arc::clone(board));
        }
        let some = self.behind.len().min(RECORDS_A_KEY);
        let ids: Vec<RecordId> = self.behind.drain(..some).collect();
        for id in &ids {
            self.take(*id, text_of(board, *id));
        }
        !ids.is_empty()
    }

    /// The records whose text in the index is not that of the board: of those that changed since the board that was compared last.
    fn changed(&self, board: &Board) -> Vec<RecordId> {
        let ids: Vec<RecordId> = match &self.board {
            Some(known) => board.changed_since(known).collect(),
            None => board.of_kind(Kind::Difficulty).iter().map(|record| record.id).collect(),
        };
        let known = |id: RecordId| self.texts.get(&id).map(String::as_str);
        ids.into_iter().filter(|id| known(*id) != text_of(board, *id)).collect()
    }

    fn take(&mut self, id: RecordId, text: Option<&str>) {
        if let Some(text) = text {
            self.index.put(id, text);
            self.texts.insert(id, text.to_owned());
        } else {
            self.index.remove(id);
            self.texts.remove(&id);
        }
    }
}

/// The end of a long text: a difficulty is told in fewer words, and no key shall wait for more.
fn last_words(text: &str) -> &str {
    let text = text.get(text.ceil_char_boundary(text.len().saturating_sub(BYTES))..).unwrap_or(text);
    let gaps = text.rmatch_indices(char::is_whitespace).map(|(at, gap)| at.saturating_add(gap.len()));
    gaps.skip(WORDS.saturating_sub(1)).find_map(|start| text.get(start..)).unwrap_or(text)
}

/// What the index holds of a record: the words of a difficulty that is in the room's sight.
fn text_of(board: &Board, id: RecordId) -> Option<&str> {
    let seen = |record: &&Record| {
        record.kind() == Some(Kind::Difficulty) && !record.is_removed() && !record.is_off_record()
    };
    board.record(id).filter(seen).map(Record::wording)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_the_last_words_count() {
        let long = (0..100).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
        assert!(last_words(&long).starts_with("60 61") && last_words(&long).ends_with("99"));
        assert_eq!(last_words("một hai"), "một hai");
        assert_eq!(last_words(&"ệ".repeat(1000)), "ệ".repeat(341), "a word as long as a text");
        assert_eq!(last_words(""), "");
    }
}
