//! The slow look behind: one scope after the other, each log against the database's copy, line by line.
//!
//! A clean close lets the next opening trust lengths and last hashes; what was damaged in between is found here, long after, and
//! fetched from the other copy. Where it was stands in a small file, so that big folders get their turn too. It begins when the
//! database has been needed for something else and then nothing has happened for a while, looks at a portion, a scope a step, and goes
//! on an hour later. An idle program stays asleep: the database's own threads, which wake every second once there are any, are not
//! started for this.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::{
    database::Database,
    files,
    folder::{Folder, Marks},
    keeper::{Desk, Report},
    log::Found,
    obstacle,
    scope::Scope,
};
use crate::domain::ids::ScopeId;

/// How long nothing happens to an open database before a step.
const AFTER: Duration = Duration::from_secs(3);
/// How long after a portion the next one begins.
const AGAIN: Duration = Duration::from_hours(1);
/// How many bytes of logs make a portion, and at least one scope.
const PORTION: u64 = 8 << 20;

/// When the next step is due, and how much of the portion is left.
#[derive(Debug)]
pub(super) struct Pace {
    due: Instant,
    left: u64,
}

impl Pace {
    pub(super) fn from(now: Instant) -> Self {
        Self { due: now, left: PORTION }
    }

    /// How long nothing must happen until the next step.
    pub(super) fn wait(&self, now: Instant) -> Duration {
        self.due.saturating_duration_since(now).max(AFTER)
    }

    /// After a step over so many bytes; `last`: with it a round was over.
    fn went(&mut self, bytes: u64, last: bool, now: Instant) {
        self.left = self.left.saturating_sub(bytes.max(1));
        if last || self.left == 0 {
            *self = Self::from(now + AGAIN);
        }
    }
}

/// Where it was, and what it mended so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Round {
    /// The last scope looked at; none at the beginning of a round.
    after: Option<ScopeId>,
    /// How often something was mended, since the folder was made.
    pub(super) mended: u64,
}

impl Round {
    /// As it was left; a file that cannot be read begins a new round.
    pub(super) fn read(folder: &Folder) -> Self {
        let content = obstacle::read(&folder.scrub()).ok();
        content.and_then(|content| serde_json::from_slice(&content).ok()).unwrap_or_default()
    }

    fn keep(&self, folder: &Folder) {
        if !folder.is_there() {
            return;
        }
        let kept = serde_json::to_vec(self).map_err(Into::into);
        if let Err(error) = kept.and_then(|text| files::replace(&folder.scrub(), &text, false)) {
            tracing::warn!(%error, "the next round begins anew");
        }
    }
}

impl Desk {
    /// Looks at the next scope.
    pub(super) fn scrub(&mut self, now: Instant) {
        let known = self.with(Database::scopes).unwrap_or_default();
        let scopes: BTreeSet<ScopeId> = known.into_iter().chain(self.folder.scopes()).collect();
        let mut round = Round::read(&self.folder);
        let next = scopes.iter().find(|scope| round.after.is_none_or(|after| **scope > after)).copied();
        let last = next == scopes.last().copied();
        let (bytes, differed) = next.map_or((0, false), |scope| self.scrub_scope(scope));
        self.pace.went(bytes, last, now);
        round.after = next.filter(|_| !last);
        round.mended += u64::from(differed);
        round.keep(&self.folder);
        if differed {
            self.report(Report::Scrubbed { scopes: 1 });
        }
    }

    /// Compares the copies of one scope as far as the database has got; how many bytes, and whether they differed.
    fn scrub_scope(&mut self, id: ScopeId) -> (u64, bool) {
        let Some(Some(applied)) = self.with(|database| database.position(id)) else { return (0, false) };
        let there = self.folder.files(id);
        let marks: Marks = applied.into_iter().filter(|(file, _)| there.contains(file)).collect();
        let bytes = marks.values().map(|mark| mark.len).sum();
        let is_sound = self.is_sound(id, &marks);
        if !is_sound {
            tracing::warn!(scope = %id, "the copies differ");
            self.follow(id, &marks);
        }
        (bytes, !is_sound)
    }

    /// Whether both copies hold the same lines and the records are what they amount to. A damaged line whose change is in the log
    /// from the other copy was mended before.
    ///
    /// A large session is not held in memory a second time for this: the board that the database wrote last is taken if it ends there.
    fn is_sound(&mut self, id: ScopeId, marks: &Marks) -> bool {
        // A folder of its own, so that the lines read here do not count as read by an opening.
        let folder = Folder::at(self.folder.root());
        let written = self.written.as_ref().filter(|(board, at)| board.scope() == id && at == marks);
        let written = written.map(|(board, _)| Arc::clone(board));
        let mut logged = BTreeSet::new();
        let mut scope = Scope::new(id, Marks::new());
        for (file, mark) in marks {
            let read = folder.read(id, *file, mark.len, |_, found| {
                let Found::Line(line) = found else { return };
                if line.change.header.scope == id {
                    logged.insert((line.private, line.change.id));
                    if written.is_none() {
                        scope.absorb(&line);
                    }
                }
            });
            if read.is_err() {
                return true;
            }
        }
        let board = written.unwrap_or(scope.board);
        self.with(|database| Ok(database.has_lines(id, &logged)? && database.shows(&board)?)).unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portion_is_looked_at_in_steps_and_the_next_one_an_hour_later() {
        let start = Instant::now();
        let mut pace = Pace::from(start);
        assert_eq!(pace.wait(start), AFTER);
        pace.went(PORTION / 2, false, start);
        assert_eq!(pace.wait(start + AFTER), AFTER, "the next step after as much silence");
        pace.went(PORTION, false, start);
        assert_eq!(pace.wait(start), AGAIN);
        assert_eq!(pace.wait(start + AGAIN + AFTER), AFTER, "while others work it waits for silence");
        pace.went(0, true, start + AGAIN);
        assert_eq!(pace.wait(start + AGAIN), AGAIN, "nor does a small folder wake it more often");
    }
}
