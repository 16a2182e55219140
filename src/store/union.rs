//! Union by hash: what one copy has and another lacks is added, line by line and byte for byte. Repeating it does
//! nothing; nothing is ever replaced.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    error::StoreError,
    folder::FileId,
    line::{BadLine, Line},
    log::Tail,
    open::Store,
    receive::Gate,
    scope::Read,
};
use crate::domain::{
    change::{Body, Write},
    field,
    ids::{OriginId, ScopeId},
    kind::Kind,
};

/// How far the counter of an imported change may be ahead of everything seen.
const FURTHEST: u64 = 1 << 32;
/// How many bytes of lines are written with one sync.
const AT_ONCE: usize = 4 << 20;
/// How many leaps of a counter are remembered for the next look; if there are more, it is not the last. Few in the tests, where that
/// many lines would take a minute.
const LEAPS: usize = if cfg!(test) { 4 } else { 1 << 16 };
/// How many refused lines a report lists one by one.
const LISTED: usize = 100;

/// Two different changes under the same number of the same origin: both are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fork {
    /// The scope.
    pub scope: ScopeId,
    /// The origin.
    pub origin: OriginId,
    /// The number.
    pub sequence: u64,
}

/// A line that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Why.
    pub reason: BadLine,
}

/// What a union did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnionReport {
    /// Changes added.
    pub new: usize,
    /// Changes that were here already.
    pub known: usize,
    /// How many changes came from whom, new ones only.
    pub from: BTreeMap<String, usize>,
    /// How many records of each kind they made.
    pub records: BTreeMap<Kind, usize>,
    /// How many of them made none: they edit, sort or relate.
    pub edits: usize,
    /// How many of them are proposals, from whom: people who are not admitted, or did more than their role may.
    pub proposed: BTreeMap<String, usize>,
    /// How many of them came after their session was closed or issued, from whom.
    pub late: BTreeMap<String, usize>,
    /// New changes whose content only a newer version can read.
    pub unknown: usize,
    /// Numbers under which two changes exist since.
    pub forks: BTreeSet<Fork>,
    /// How many lines were not taken.
    pub refused: usize,
    /// The first of them.
    pub refused_lines: Vec<RefusedLine>,
    /// Whether the file ended as it should; `None` for sources without a checksum.
    pub complete: Option<bool>,
    /// The scopes that have something new.
    pub scopes: BTreeSet<ScopeId>,
}

impl UnionReport {
    pub(super) fn refuse(&mut self, number: u64, reason: BadLine) {
        self.refused += 1;
        if self.refused_lines.len() < LISTED {
            self.refused_lines.push(RefusedLine { number, reason });
        }
    }

    /// This and what a further union of the same work did.
    pub(super) fn with(mut self, further: Self) -> Self {
        let add = |to: &mut BTreeMap<String, usize>, from: BTreeMap<String, usize>| {
            for (name, count) in from {
                *to.entry(name).or_default() += count;
            }
        };
        add(&mut self.from, further.from);
        add(&mut self.proposed, further.proposed);
        add(&mut self.late, further.late);
        for (kind, count) in further.records {
            *self.records.entry(kind).or_default() += count;
        }
        self.new += further.new;
        self.known = self.known.max(further.known.saturating_sub(self.new));
        self.edits += further.edits;
        self.unknown += further.unknown;
        self.forks.extend(further.forks);
        self.refused += further.refused;
        self.refused_lines.extend(further.refused_lines);
        self.scopes.extend(further.scopes);
        self
    }

    fn count(&mut self, line: &Line) {
        let header = &line.change.header;
        let made: Vec<Kind> = line.change.writes().iter().filter_map(made).collect();
        self.edits += usize::from(made.is_empty());
        for kind in made {
            *self.records.entry(kind).or_default() += 1;
        }
        self.new += 1;
        self.scopes.insert(header.scope);
        self.unknown += usize::from(line.change.body == Body::Unknown);
        *self.from.entry(header.author.name.to_string()).or_default() += 1;
    }
}

/// The kind of the record that a write makes; what only changes its kind replaces something.
fn made(write: &Write) -> Option<Kind> {
    let is_new = write.field == field::KIND && write.replaces.is_empty();
    Kind::named(write.value.as_text().filter(|_| is_new)?)
}

/// A union in progress: lines of one scope that wait for their sync.
pub(super) struct Union<'a> {
    store: &'a mut Store,
    gate: Option<Gate>,
    pub(super) report: UnionReport,
    waiting: Vec<Line>,
    bytes: usize,
    /// The scope of the waiting lines, and whether it was open before.
    scope: Option<(ScopeId, bool)>,
    greatest: u64,
    /// The counters that were too far ahead when they came, the least and the greatest of each stretch of [`FURTHEST`]; the nearest
    /// first, whichever scope they are of.
    leaps: BTreeMap<(u64, ScopeId), (u64, u64)>,
    /// How many lines had one, and were not decided about since.
    leapt: usize,
    /// Whether more of them came than are remembered.
    overflowed: bool,
    /// How many lines were taken since the last look began.
    taken: usize,
    /// At a further look: how far the counters of the scopes with leaps may go.
    limits: Option<BTreeMap<ScopeId, u64>>,
    /// Whether it decides about all that is still too far ahead.
    is_last: bool,
    seen: BTreeSet<(bool, crate::domain::ids::ChangeId)>,
    /// Whether payloads are here that are to be erased.
    owes: bool,
}

impl<'a> Union<'a> {
    pub(super) fn new(store: &'a mut Store, gate: Option<Gate>) -> Self {
        Self {
            store,
            gate,
            report: UnionReport::default(),
            waiting: Vec::new(),
            bytes: 0,
            scope: None,
            greatest: 0,
            leaps: BTreeMap::new(),
            leapt: 0,
            overflowed: false,
            taken: 0,
            limits: None,
            is_last: false,
            seen: BTreeSet::new(),
            owes: false,
        }
    }

    /// Adds one line, `number` for the report.
    pub(super) fn add(&mut self, number: u64, line: Line) -> Result<(), StoreError> {
        let id = line.change.header.scope;
        if self.scope.is_none_or(|(current, _)| current != id) {
            self.enter_scope(id)?;
        }
        let key = (line.private, line.change.id);
        if self.store.scope(id)?.knows(&line) || !self.seen.insert(key) {
            self.report.known += usize::from(self.limits.is_none());
            return Ok(());
        }
        let counter = line.change.header.counter;
        if !self.is_within_reach(id, counter) {
            self.seen.remove(&key);
            if self.is_last {
                self.leapt = self.leapt.saturating_sub(1);
                self.report.refuse(number, BadLine::CounterJump(counter));
            } else {
                self.leapt += usize::from(self.limits.is_none());
                self.note_leap(id, counter);
            }
            return Ok(());
        }
        self.leapt = self.leapt.saturating_sub(usize::from(self.limits.is_some()));
        self.greatest = self.greatest.max(counter);
        let line = self.store.scope(id)?.without_what_is_erased(line);
        self.bytes += line.raw().len();
        self.taken += 1;
        self.waiting.push(line);
        if self.bytes >= AT_ONCE { self.flush() } else { Ok(()) }
    }

    /// Leaves out a line that cannot be read, `number` for the report.
    pub(super) fn refuse(&mut self, number: u64, reason: BadLine) {
        if self.limits.is_none() {
            self.report.refuse(number, reason);
        }
    }

    fn is_within_reach(&self, id: ScopeId, counter: u64) -> bool {
        let limit = self.limits.as_ref().map(|limits| limits.get(&id).copied().unwrap_or_default());
        counter <= limit.unwrap_or(0).max(self.greatest.saturating_add(FURTHEST))
    }

    /// Whether a line came too early is known when all have come: what is refused depends on the lines, not on their order. So
    /// a further look decides about leaps.
    fn note_leap(&mut self, id: ScopeId, counter: u64) {
        let stretch = self.leaps.entry((counter / FURTHEST, id)).or_insert((counter, counter));
        *stretch = (stretch.0.min(counter), stretch.1.max(counter));
        if self.leaps.len() > LEAPS {
            self.leaps.pop_last();
            self.overflowed = true;
        }
    }

    /// After the last line: whether all lines have to come once more, because some were too far ahead when they came. What was not
    /// remembered may have come into reach by what was, or by what was taken; so the last look is one before which there was neither,
    /// or nothing was forgotten.
    pub(super) fn looks_again(&mut self) -> Result<bool, StoreError> {
        self.leave_scope()?;
        let leaps = std::mem::take(&mut self.leaps);
        let overflowed = std::mem::take(&mut self.overflowed);
        let taken = std::mem::take(&mut self.taken);
        let mut came_nearer = false;
        let mut limits: BTreeMap<ScopeId, u64> = BTreeMap::new();
        for ((_, id), (least, greatest)) in &leaps {
            if !limits.contains_key(id) {
                self.enter_scope(*id)?;
                limits.insert(*id, self.greatest);
            }
            let reached = limits.entry(*id).or_default();
            if least.saturating_sub(*reached) <= FURTHEST {
                *reached = (*reached).max(*greatest);
                came_nearer = true;
            }
        }
        self.leave_scope()?;
        self.is_last = !(overflowed && (taken > 0 || came_nearer));
        self.limits = Some(limits);
        Ok(!leaps.is_empty())
    }

    /// Brings everything to the medium and says what was done.
    pub(super) fn finish(mut self) -> Result<UnionReport, StoreError> {
        self.leave_scope()?;
        // What remains stood there twice.
        self.report.known += self.leapt;
        if self.owes {
            self.store.erase_what_is_owed()?;
        }
        Ok(self.report)
    }

    fn enter_scope(&mut self, id: ScopeId) -> Result<(), StoreError> {
        self.leave_scope()?;
        self.scope = Some((id, self.store.scopes.contains_key(&id)));
        self.greatest = self.store.scope(id)?.next_counter() - 1;
        self.gate.as_mut().map_or(Ok(()), |gate| self.store.enter(gate, id))
    }

    fn leave_scope(&mut self) -> Result<(), StoreError> {
        self.flush()?;
        if let Some((id, was_open)) = self.scope.take()
            && !was_open
        {
            self.store.scopes.remove(&id);
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        let lines = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        self.seen.clear();
        let Some((id, _)) = self.scope.filter(|_| !lines.is_empty()) else { return Ok(()) };
        let forked = self.store.forks(id)?;
        for line in &lines {
            self.report.count(line);
        }
        if let Some(gate) = &mut self.gate {
            self.store.hold(gate, id, &lines)?;
        }
        self.store.adopt(id, &lines)?;
        self.store.count_aside(id, &lines, &mut self.report)?;
        self.owes |= self.store.scope(id)?.owes_erasing();
        self.report.forks.extend(self.store.forks(id)?.difference(&forked));
        Ok(())
    }
}

impl Store {
    fn forks(&mut self, id: ScopeId) -> Result<BTreeSet<Fork>, StoreError> {
        let board = Arc::clone(&self.scope(id)?.board);
        let forks = board.origins().iter().flat_map(|(origin, progress)| {
            progress.forked.iter().map(|sequence| Fork { scope: id, origin: *origin, sequence: *sequence })
        });
        Ok(forks.collect())
    }

    /// Writes lines of others into the files of their origins, then folds them.
    fn adopt(&mut self, id: ScopeId, lines: &[Line]) -> Result<(), StoreError> {
        self.begin_writing()?;
        let before = self.scope(id)?.marks.clone();
        let mut by_file: BTreeMap<FileId, Vec<&Line>> = BTreeMap::new();
        for line in lines {
            let file = FileId { private: line.private, origin: line.change.header.origin };
            by_file.entry(file).or_default().push(line);
        }
        let written = by_file.into_iter().try_for_each(|(file, lines)| self.adopt_file(id, file, &lines));
        if let Err(error) = written {
            // What was written stays in the logs; the scope is read from them when it is opened again.
            self.scopes.remove(&id);
            return Err(error);
        }
        self.fold(id, lines.to_vec(), before);
        Ok(())
    }

    fn adopt_file(&mut self, id: ScopeId, file: FileId, lines: &[&Line]) -> Result<(), StoreError> {
        let path = self.folder.log(id, file);
        let named = |error| StoreError::io(&path, &error);
        let scope = self.scope(id)?;
        let own = scope.chain(file.private).as_mut().filter(|chain| chain.origin == file.origin);
        let mark = if let Some(chain) = own {
            chain.tail.append(lines.iter().copied()).map_err(named)?
        } else {
            if path.exists() {
                self.folder.cut_torn(id, file)?;
            }
            let mut tail = Tail::open(self.files.as_ref(), &path, file.private).map_err(named)?;
            tail.append(lines.iter().copied()).map_err(named)?
        };
        self.scope(id)?.marks.insert(file, mark);
        Ok(())
    }

    /// Takes lines that stand in the log of another scope into their own; where they stand they stay.
    pub(super) fn bring_strays_home(&mut self) -> Result<(), StoreError> {
        for scope in self.folder.scopes() {
            let read = Read::of(&self.folder, scope, self.folder.marks(scope)?)?;
            for file in read.strays() {
                self.unite(&self.folder.log(scope, file))?;
            }
        }
        Ok(())
    }

    /// Puts lines that the database still has back into a log that lost them; how many.
    ///
    /// What is missing is asked of the log itself: the board in memory may come from the database.
    pub(super) fn recover(&mut self, id: ScopeId, mut lines: Vec<Line>) -> Result<usize, StoreError> {
        let logged = Read::of(&self.folder, id, self.folder.marks(id)?)?.scope;
        lines.retain(|line| !logged.knows(line));
        let count = lines.len();
        if count > 0 {
            self.adopt(id, &lines)?;
            let marks = self.folder.marks(id)?;
            if let Some(keeper) = &self.keeper {
                keeper.follow(id, marks);
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use chrono::DateTime;

    use super::*;
    use crate::{
        domain::{
            change::{Author, FORMAT, Header},
            ids::{CommandId, PersonId, RecordId},
            policy::Role,
        },
        store::OpenOptions,
    };

    /// A line of somebody else with that counter.
    fn line(scope: u128, counter: u64) -> Line {
        let header = Header {
            version: FORMAT,
            scope: ScopeId(scope),
            origin: OriginId(u128::from(counter)),
            sequence: 1,
            previous: None,
            counter,
            command: CommandId(u128::from(counter)),
            name: "Edit".into(),
            author: Author { person: PersonId(1), name: "Lan".into() },
            role: Role::Facilitator,
            at: DateTime::parse_from_rfc3339("2023-03-10T09:31:00+07:00").unwrap(),
        };
        let (record, value) = (RecordId(1), true.into());
        let write = Write { record, field: field::SAMPLE, value, replaces: Vec::new() };
        Line::encode(header, vec![write], false).unwrap()
    }

    fn import(folder: &Path, lines: &[Line]) -> Vec<UnionReport> {
        let file = folder.join("lines.jsonl");
        let text = lines.iter().flat_map(|line| [line.raw(), b"\n"].concat());
        fs::write(&file, text.collect::<Vec<u8>>()).unwrap();
        let mut store = Store::open(&folder.join("data"), OpenOptions::new(7, "it")).unwrap();
        (0..2).map(|_| store.unite(&file).unwrap()).collect()
    }

    #[test]
    fn however_many_counters_leap_the_same_lines_are_refused_in_any_order_and_again() {
        const STEP: u64 = FURTHEST - 1;
        let ladder = |scope: u128| (1..=23).map(move |step: u64| line(scope, step * STEP));
        let beyond = |scope: u128| [60, 61, 90].map(|step| line(scope, step * STEP));
        let mut lines: Vec<Line> =
            [0xa, 0xb].into_iter().flat_map(|scope| ladder(scope).chain(beyond(scope))).collect();
        // A scope whose leaps alone are more than are remembered, none of them ever within reach.
        lines.extend((30..40).map(|step| line(0x1, step * FURTHEST)));
        for _ in 0..4 {
            let folder = tempfile::tempdir().unwrap();
            let [first, again] = &import(folder.path(), &lines)[..] else { panic!() };
            assert_eq!((first.new, first.known, first.refused), (46, 0, 16));
            assert_eq!((again.new, again.known, again.refused), (0, 46, 16));
            lines.reverse();
            let half = lines.len() / 3;
            lines.rotate_left(half);
        }
    }
}
