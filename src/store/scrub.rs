//! The slow look behind: a portion of all scopes a start, each log against the database's copy, line by line.
//!
//! A clean close lets the next opening trust lengths and last hashes; what was damaged in between is found here, long after, and
//! fetched from the other copy. Where it was stands in a small file, so that big folders get their turn too. It begins when the
//! database has been needed for something else and then nothing has happened for a while, and ends until the next start: an idle
//! program stays asleep, and the database's own threads, which wake every second once there are any, are not started for this.

use std::{collections::BTreeSet, fs, time::Duration};

use serde::{Deserialize, Serialize};

use super::{
    database::Database,
    files,
    folder::{Folder, Marks},
    keeper::{Desk, Report},
    scope::Read,
};
use crate::domain::ids::ScopeId;

/// How long nothing happens to an open database before it begins.
pub(super) const AFTER: Duration = Duration::from_secs(3);
/// How many bytes of logs it reads a start, and at least one scope.
const PORTION: u64 = 8 << 20;

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
        let content = fs::read(folder.scrub()).ok();
        content.and_then(|content| serde_json::from_slice(&content).ok()).unwrap_or_default()
    }

    fn keep(&self, folder: &Folder) {
        let kept = serde_json::to_vec(self).map_err(Into::into);
        if let Err(error) = kept.and_then(|text| files::replace(&folder.scrub(), &text, false)) {
            tracing::warn!(%error, "the next round begins anew");
        }
    }
}

impl Desk {
    /// Looks at the next scopes, as many as a portion holds.
    pub(super) fn scrub(&mut self) {
        let Some(known) = self.with(Database::scopes) else { return };
        let scopes: BTreeSet<ScopeId> = known.into_iter().chain(self.folder.scopes()).collect();
        let mut round = Round::read(&self.folder);
        let mut left = PORTION;
        let mut mended = 0;
        let waiting = scopes.iter().filter(|scope| round.after.is_none_or(|after| **scope > after));
        for scope in waiting.copied().collect::<Vec<_>>() {
            if left == 0 {
                break;
            }
            let (bytes, differed) = self.scrub_scope(scope);
            mended += u64::from(differed);
            left = left.saturating_sub(bytes);
            round.after = Some(scope);
        }
        round.after = round.after.filter(|after| scopes.last().is_some_and(|last| last > after));
        round.mended += mended;
        round.keep(&self.folder);
        if mended > 0 {
            self.report(Report::Scrubbed { scopes: mended });
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
    fn is_sound(&mut self, id: ScopeId, marks: &Marks) -> bool {
        // A folder of its own, so that the lines read here do not count as read by an opening.
        let folder = Folder::at(self.folder.root());
        let Ok(Read { scope, lines, .. }) = Read::of(&folder, id, marks.clone()) else { return true };
        let same = |database: &Database| {
            let (kept, unreadable) = database.lines(id)?;
            let all =
                unreadable == 0 && kept.len() == lines.len() && kept.iter().all(|line| scope.knows(line));
            Ok(all && database.shows(&scope.board)?)
        };
        self.with(same).unwrap_or(true)
    }
}
