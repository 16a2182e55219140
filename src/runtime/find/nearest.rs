//! Difficulties of all sessions by what they say, read in from the shelves a few at a time once somebody asks.
//!
//! Nobody pays for it who does not open the triage: 100,000 texts hold some 50 MB and take three seconds of this thread.

use std::collections::VecDeque;

use crate::{
    domain::{
        board::Board,
        ids::{RecordId, ScopeId},
        kind::Kind,
        record::Record,
    },
    search::{Index, Shelf, radar::Radar},
};

/// So many places of shelves are read in between two looks at what arrives: some ten milliseconds.
const AT_ONCE: usize = 256;
/// So many of the nearest are looked through for those of each sort.
const LOOKED_THROUGH: usize = 48;
/// So many of this session, and of the others, are answered.
const ANSWERED: usize = 3;
/// What is less like the line than this is not near.
const LEAST: f64 = 0.4;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::runtime) struct Question {
    pub(in crate::runtime) generation: u64,
    pub(in crate::runtime) scope: ScopeId,
    pub(in crate::runtime) record: RecordId,
    pub(in crate::runtime) text: String,
}

/// The difficulties that were read in, and what is still to be.
#[derive(Debug, Default)]
pub(super) struct Difficulties {
    radar: Radar<(ScopeId, RecordId)>,
    /// Shelves that are not read to their end, and from which place on.
    behind: VecDeque<(ScopeId, usize)>,
}

impl Difficulties {
    /// Everything that is on the shelves, still to be read.
    pub(super) fn of(index: &Index) -> Self {
        Self { radar: Radar::default(), behind: index.scopes().map(|scope| (scope, 0)).collect() }
    }

    /// A shelf took the place of another.
    pub(super) fn replace(&mut self, scope: ScopeId, old: Option<&Shelf>) {
        let gone = old.into_iter().flat_map(|shelf| (0..shelf.len()).filter_map(|at| shelf.at(at)));
        for (record, _) in gone {
            self.radar.remove((scope, record));
        }
        self.behind.retain(|(known, _)| *known != scope);
        self.behind.push_back((scope, 0));
    }

    /// A record of a board changed.
    pub(super) fn follow(&mut self, board: &Board, id: RecordId) {
        let key = (board.scope(), id);
        let is_difficulty = |record: &&Record| {
            record.kind() == Some(Kind::Difficulty) && !record.is_removed() && !record.is_off_record()
        };
        match board.record(id).filter(is_difficulty).map(Record::wording) {
            Some(words) => self.radar.put(key, words),
            None => drop(self.radar.remove(key)),
        }
    }

    /// Reads some more of the shelves; whether there was something to read.
    pub(super) fn read_on(&mut self, index: &mut Index) -> bool {
        let Some((scope, from)) = self.behind.pop_front() else { return false };
        let Some(texts) = index.shelf(scope) else { return true };
        for (record, text) in (from..from + AT_ONCE).filter_map(|at| texts.at(at)) {
            if let Some(words) = words(text) {
                self.radar.put((scope, record), words);
            }
        }
        if from + AT_ONCE < texts.len() {
            self.behind.push_front((scope, from + AT_ONCE));
        }
        true
    }

    /// Whether some shelves are not read to their end.
    pub(super) fn is_behind(&self) -> bool {
        !self.behind.is_empty()
    }

    /// What is nearest to a line: a few of the session that asks, and a few of the others.
    pub(super) fn answer(&self, question: &Question) -> Vec<(ScopeId, RecordId)> {
        let near = self.radar.nearest(&question.text, LOOKED_THROUGH).into_iter();
        let near = near.filter(|near| near.likeness >= LEAST).map(|near| near.key);
        let near = near.filter(|key| *key != (question.scope, question.record));
        let (here, elsewhere): (Vec<_>, Vec<_>) = near.partition(|(scope, _)| *scope == question.scope);
        here.into_iter().take(ANSWERED).chain(elsewhere.into_iter().take(ANSWERED)).collect()
    }
}

/// The words of a difficulty's label: shelves tell what a record is by its number alone.
fn words(label: &str) -> Option<&str> {
    let (number, words) = label.split_once("  ")?;
    let prefix = Kind::Difficulty.prefix()?;
    number.strip_prefix(prefix)?.starts_with('-').then_some(words)
}
