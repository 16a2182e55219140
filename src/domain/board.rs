//! The board: the state of a scope, which is the fold of its changes and nothing else.
//!
//! All changes that have arrived are kept; those in effect ([`super::rulings`]) make the records.
//!
//! Invariant: the board depends on the *set* of changes applied, never on their order or on repetition. The fold is
//! total: a write to a record that is missing, removed or merged still lands, and views decide what it means. An erased
//! payload wins over the same payload unerased, whichever arrives first.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    change::{Body, Change, Field, Order, Value, Write, WriteId},
    cover::Cover,
    field,
    group::{self, Group},
    ids::{ChangeId, CommandId, OriginId, RecordId, ScopeId},
    index::{self, Edge, Index, Standing},
    kind::Kind,
    record::Record,
    rulings::{self, Aside, Rulings, Seal},
    shared::{Sequence, Shared},
};

/// The greatest short number that is given out. Greater ones in foreign changes do not count, so that an absurd one cannot
/// use up the range.
pub const LAST_NUMBER: u32 = 999_999;

/// How far the changes of one origin have arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Every sequence number up to this one has arrived.
    pub complete_to: u64,
    /// Numbers beyond a gap.
    pub beyond: BTreeSet<u64>,
    /// Numbers under which two different changes exist: both are kept.
    pub forked: BTreeSet<u64>,
}

impl Progress {
    /// Counts from 1; 0 is nobody's number.
    fn arrive(&mut self, sequence: u64) {
        if sequence == 0 {
            return;
        }
        if sequence <= self.complete_to || !self.beyond.insert(sequence) {
            self.forked.insert(sequence);
        }
        while self.beyond.remove(&(self.complete_to + 1)) {
            self.complete_to += 1;
        }
    }

    /// Whether a change before the last one has not arrived.
    pub fn has_gap(&self) -> bool {
        !self.beyond.is_empty()
    }
}

/// The state of a scope. A clone shares its structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    scope: ScopeId,
    records: Shared<RecordId, Arc<Record>>,
    index: Index,
    changes: Shared<ChangeId, Arc<Change>>,
    order: Sequence<Order>,
    rulings: Arc<Rulings>,
    commands: Shared<CommandId, ChangeId>,
    origins: Arc<BTreeMap<OriginId, Progress>>,
    numbers: Arc<BTreeMap<String, u32>>,
    counter: u64,
    unknown: usize,
}

impl Board {
    /// The board before anything happened.
    pub fn empty(scope: ScopeId) -> Self {
        Self {
            scope,
            records: Shared::default(),
            index: Index::default(),
            changes: Shared::default(),
            order: Sequence::default(),
            rulings: Arc::default(),
            commands: Shared::default(),
            origins: Arc::default(),
            numbers: Arc::default(),
            counter: 0,
            unknown: 0,
        }
    }

    /// The board of a set of changes.
    pub fn fold(scope: ScopeId, changes: impl IntoIterator<Item = Arc<Change>>) -> Self {
        let mut board = Self::empty(scope);
        for change in changes {
            board.apply(change);
        }
        board
    }

    /// Adds a change; `false` if it is known already or belongs to another scope.
    ///
    /// If it is known with its payload and arrives erased, the payload goes: the scope is folded once more without it.
    pub fn apply(&mut self, change: Arc<Change>) -> bool {
        if change.header.scope != self.scope {
            return false;
        }
        if let Some(known) = self.changes.get(change.id) {
            let erases = change.body == Body::Erased && known.body != Body::Erased;
            if erases {
                self.erase(&change);
            }
            return erases;
        }
        self.note_arrival(&change);
        self.order.insert(change.order());
        let newest = Arc::clone(&change);
        self.changes.insert(change.id, change);
        if self.rulings.is_unsettled_by(self, &newest) {
            self.settle(&newest);
            return true;
        }
        match self.rulings.judge(self, &newest) {
            None => self.take_effect(&newest),
            Some(aside) => Arc::make_mut(&mut self.rulings).put_aside(newest.order(), aside),
        }
        true
    }

    fn erase(&mut self, erased: &Arc<Change>) {
        let all = self.all_changes().map(|known| if known.id == erased.id { erased } else { known });
        *self = Self::fold(self.scope, all.cloned());
    }

    /// Looks anew at which changes are in effect, after one that may decide about others.
    fn settle(&mut self, newest: &Arc<Change>) {
        let rulings = Rulings::of(self);
        let same = rulings.shows_the_same_but(&self.rulings, newest.order());
        self.rulings = Arc::new(rulings);
        if same {
            if self.aside_of(newest.id).is_none() {
                self.take_effect(newest);
            }
            return;
        }
        (self.records, self.index, self.numbers) = (Shared::default(), Index::default(), Arc::default());
        for change in self.changes().cloned().collect::<Vec<_>>() {
            self.take_effect(&change);
        }
    }

    fn take_effect(&mut self, change: &Arc<Change>) {
        if self.rulings.erases(change) {
            return;
        }
        let mut counted = BTreeSet::new();
        for (id, write) in change.identified() {
            if write.field == field::BORN {
                self.bear(write);
            } else if !field::is_remark(&write.field) {
                self.land(change, id.index, write, counted.insert(write.record));
            }
        }
    }

    /// Gives a record the age that it had before its first change was erased.
    fn bear(&mut self, write: &Write) {
        let parts = write.value.as_text().and_then(|text| text.split_once(' '));
        let born = parts
            .and_then(|(counter, id)| Some(Order { counter: counter.parse().ok()?, id: id.parse().ok()? }));
        let Some(born) = born else { return };
        self.rewrite(write.record, born, &field::BORN, |record| record.be_born(born));
    }

    /// `counts`: whether it is the first write of its change to the record.
    fn land(&mut self, change: &Arc<Change>, index: u16, write: &Write, counts: bool) {
        self.rewrite(write.record, change.order(), &write.field, |record| {
            record.changes += u32::from(counts);
            record.apply(change, index, write);
        });
        if write.field == field::NUMBER {
            self.count_number(&write.value);
        }
    }

    /// Changes a field of a record, which is as old as `order` at least, and follows with the index.
    fn rewrite(&mut self, id: RecordId, order: Order, field: &Field, change: impl FnOnce(&mut Record)) {
        let known = self.records.get(id);
        let before = known.and_then(|record| index::edge(record, field));
        let is_older = known.is_none_or(|record| order < record.born);
        let moved = (is_older || group::depends_on(field)).then(|| (self.concerned(id), self.standing(id)));
        let mut after = None;
        self.records.update(
            id,
            || Arc::new(Record::new(id, order)),
            |record| {
                let record = Arc::make_mut(record);
                change(record);
                after = index::edge(record, field);
            },
        );
        self.index.follow(id, before, after);
        if let Some((concerned, stood)) = moved {
            self.regroup(id, stood, concerned);
        }
    }

    /// The kind of a record that is here and where it stands.
    fn standing(&self, id: RecordId) -> Option<(Kind, Standing)> {
        let record = self.record(id).filter(|record| !record.is_removed())?;
        Some((record.kind()?, Standing::of(record)))
    }

    /// Puts a record that was written, and all others that the write concerned, in their groups.
    fn regroup(&mut self, id: RecordId, stood: Option<(Kind, Standing)>, mut concerned: BTreeSet<RecordId>) {
        let stands = self.standing(id);
        if let Some((kind, standing)) = stood.filter(|stood| stands.as_ref() != Some(stood)) {
            self.index.leave(kind, &standing);
        }
        concerned.extend(self.concerned(id));
        for id in concerned {
            let Some((record, (kind, standing))) = self.record(id).zip(self.standing(id)) else { continue };
            let (own, is_published) = self.group_of(record);
            for group in Group::ALL {
                let there = group == own || group == Group::Published && is_published;
                self.index.put(kind, group, &standing, there);
            }
        }
    }

    fn note_arrival(&mut self, change: &Change) {
        let header = &change.header;
        self.counter = self.counter.max(header.counter);
        self.unknown += usize::from(change.body == Body::Unknown);
        let id = change.id;
        self.commands.update(header.command, || id, |first| *first = (*first).min(id));
        Arc::make_mut(&mut self.origins).entry(header.origin).or_default().arrive(header.sequence);
    }

    /// Remembers the greatest number given under each prefix, undone and removed records included.
    fn count_number(&mut self, value: &Value) {
        let number = value.as_text().and_then(split_number);
        let Some((prefix, digits)) = number.filter(|(_, digits)| *digits <= LAST_NUMBER) else { return };
        let numbers = Arc::make_mut(&mut self.numbers);
        let greatest = numbers.entry(prefix.to_owned()).or_default();
        *greatest = (*greatest).max(digits);
    }

    /// The next free number under a prefix (`KK-` or, in a notebook, `KK-B`); none is left if it is greater than
    /// [`LAST_NUMBER`].
    pub fn next_number(&self, prefix: &str) -> u32 {
        self.numbers.get(prefix).copied().unwrap_or(0).saturating_add(1)
    }

    /// The scope.
    pub fn scope(&self) -> ScopeId {
        self.scope
    }

    /// The greatest Lamport counter seen.
    pub fn counter(&self) -> u64 {
        self.counter
    }

    /// How many changes a newer version wrote that this one cannot read.
    pub fn unknown_changes(&self) -> usize {
        self.unknown
    }

    /// How far each origin has arrived.
    pub fn origins(&self) -> &BTreeMap<OriginId, Progress> {
        &self.origins
    }

    /// How many changes there are.
    pub fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// A change by its id.
    pub fn change(&self, id: ChangeId) -> Option<&Arc<Change>> {
        self.changes.get(id)
    }

    /// The change that a command became.
    pub fn outcome(&self, command: CommandId) -> Option<&Arc<Change>> {
        self.change(*self.commands.get(command)?)
    }

    /// The changes in effect, from the first to the last.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = &Arc<Change>> {
        let aside = self.rulings.aside();
        self.all_changes().filter(|change| aside.is_empty() || !aside.contains_key(&change.order()))
    }

    /// All changes that have arrived, in effect or not, from the first to the last.
    pub fn all_changes(&self) -> impl DoubleEndedIterator<Item = &Arc<Change>> {
        self.order.iter().filter_map(|order| self.changes.get(order.id))
    }

    /// The changes that are not in effect, and why, from the first to the last.
    pub fn aside(&self) -> impl Iterator<Item = (&Arc<Change>, Aside)> {
        self.rulings.aside().iter().filter_map(|(order, why)| Some((self.changes.get(order.id)?, *why)))
    }

    /// Why a change is not in effect; `None` if it is, or has not arrived.
    pub fn aside_of(&self, id: ChangeId) -> Option<Aside> {
        self.rulings.aside().get(&self.change(id)?.order()).copied()
    }

    /// What the session was closed or issued with, if it is.
    pub fn seal(&self) -> Option<&Seal> {
        self.rulings.seal()
    }

    /// What closing or issuing would cover now.
    pub fn cover(&self) -> Cover {
        self.rulings.cover(self)
    }

    /// What the session is sealed with when a change that put on another seal, or took one off, is taken back.
    pub fn cover_before(&self, change: &Change) -> Option<Cover> {
        let sealing = change.writes().iter().find(|write| write.field == field::SEAL)?;
        // Several, if the same seal was put on again since: the newest covers most.
        let newest = sealing.replaces.iter().filter_map(|id| {
            let cover = Cover::read(self.written(*id)?)?;
            let by = self.change(id.change)?;
            Some((by.order(), Seal { by: by.id, cover, issued: rulings::issues(by) }))
        });
        let (_, seal) = newest.max_by_key(|(order, _)| *order)?;
        Some(self.rulings.cover_again(self, seal, change.order()))
    }

    /// Whether a change is in effect, and not through a verdict.
    pub fn stands(&self, change: &Change) -> bool {
        self.rulings.stands(self, change)
    }

    /// Whether the payload of a change is to be erased wherever it is met.
    pub fn is_erased(&self, change: &Change) -> bool {
        self.rulings.erases(change)
    }

    /// The changes whose payload is to be erased, here or not.
    pub fn erased(&self) -> impl Iterator<Item = ChangeId> {
        self.rulings.erased()
    }

    /// Whether this board, `older` with some changes more, shows nothing else of those that both have.
    pub fn adds_to(&self, older: &Self) -> bool {
        Arc::ptr_eq(&self.rulings, &older.rulings) || self.rulings.shows_the_same(&older.rulings)
    }

    /// The content of a write, if its change is here and can be read.
    pub fn written(&self, id: WriteId) -> Option<&Value> {
        self.change(id.change)?.write(id.index).map(|write| &write.value)
    }

    /// A record by its id, whatever its state.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(id).map(AsRef::as_ref)
    }

    /// The record of the scope as a whole.
    pub fn root(&self) -> Option<&Record> {
        self.record(self.scope.root())
    }

    /// All records, whatever their state, in no order.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values().map(AsRef::as_ref)
    }

    /// The records that differ from those of `older`, or are not there. It costs little where the boards share their structure.
    pub fn changed_since<'a>(&'a self, older: &'a Self) -> impl Iterator<Item = RecordId> + 'a {
        self.records.differing(&older.records)
    }

    /// Into how many shares the records are best taken apart to be kept elsewhere; it doubles from time to time.
    pub fn shares(&self) -> usize {
        self.records.shares()
    }

    /// The records of one of so many shares, whatever their state, in no order: see `Spread::share`.
    pub fn share(&self, share: usize, shares: usize) -> impl Iterator<Item = &Record> {
        self.records.share(share, shares).map(AsRef::as_ref)
    }

    /// The records of a kind that are not removed: those with a position by position, then the others by age.
    pub fn of_kind(&self, kind: Kind) -> Vec<&Record> {
        self.each_of_kind(kind).collect()
    }

    /// The same one by one, for who may not need all.
    pub(super) fn each_of_kind(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.all_in(kind, &Group::EACH)
    }

    /// Those of them that stand for themselves, in the same order.
    pub(super) fn alone_of_kind(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.all_in(kind, &Group::ALONE)
    }

    /// The same by their ids; a look into the index, which costs a tenth of a look at the records.
    pub(super) fn ids_alone(&self, kind: Kind) -> impl Iterator<Item = RecordId> {
        self.index.all_in(kind, &Group::ALONE).map(Standing::id)
    }

    /// The records of a kind that stand for themselves here and not, or elsewhere, or hidden otherwise, on `older`; in order. It
    /// costs little where the boards share their structure.
    pub fn alone_beyond(&self, older: &Self, kind: Kind) -> Vec<RecordId> {
        let beyond = self.index.beyond(&older.index, kind, &Group::ALONE);
        beyond.into_iter().map(Standing::id).collect()
    }

    /// The record of its kind that stands for itself right before one that is here.
    pub fn alone_before(&self, id: RecordId) -> Option<RecordId> {
        let (kind, standing) = self.standing(id)?;
        self.index.before(kind, &Group::ALONE, &standing).map(Standing::id)
    }

    /// How many those are.
    pub(super) fn count_alone(&self, kind: Kind) -> usize {
        self.index.count(kind, &Group::ALONE)
    }

    /// How many of them are not off the record.
    pub fn count_seen(&self, kind: Kind) -> usize {
        self.index.count(kind, &Group::SEEN)
    }

    /// The difficulties on the record that stand for themselves and that nothing answers, in order.
    pub fn unanswered(&self) -> impl Iterator<Item = &Record> {
        self.all_in(Kind::Difficulty, &[Group::Open])
    }

    /// How many those are.
    pub fn count_unanswered(&self) -> usize {
        self.index.count(Kind::Difficulty, &[Group::Open])
    }

    /// Those of a kind that stand for themselves and of which words were published.
    pub(super) fn published_alone(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.all_in(kind, &[Group::Published])
    }

    fn all_in(&self, kind: Kind, groups: &[Group]) -> impl Iterator<Item = &Record> {
        self.index.all_in(kind, groups).filter_map(|standing| self.record(standing.id()))
    }

    /// Every link and set by which records, removed ones included, point at `to`.
    pub(super) fn pointing(&self, to: RecordId) -> impl Iterator<Item = Edge> {
        self.index.pointing(to)
    }

    /// The records of a kind under `parent` that are not removed, in the same order.
    pub fn children(&self, parent: RecordId, kind: Kind) -> Vec<&Record> {
        let mut found = self.pointing_at(field::PARENT.as_str(), parent);
        found.retain(|record| record.kind() == Some(kind));
        found
    }

    /// The records, not removed, that point at `to` by a link of [`field::LINKS`] or a set of
    /// [`field::set::OF_RECORDS`], in the same order.
    pub fn pointing_at(&self, name: &str, to: RecordId) -> Vec<&Record> {
        let edges = self.edges_to(to).filter(|(edge, _)| *edge == name);
        let mut found: Vec<&Record> = edges.map(|(_, record)| record).collect();
        found.sort_by_cached_key(|record| Standing::of(record));
        found
    }

    /// Every link and set by which records that are not removed point at `to`, in no order.
    pub(super) fn edges_to(&self, to: RecordId) -> impl Iterator<Item = (&'static str, &Record)> {
        let edges = self.index.pointing(to).filter_map(|(name, from)| Some((name, self.record(from)?)));
        edges.filter(|(_, record)| record.kind().is_some() && !record.is_removed())
    }

    /// The changes that wrote a record, from the first to the last.
    pub fn history_of(&self, id: RecordId) -> Vec<&Arc<Change>> {
        let wrote = |change: &&Arc<Change>| change.writes().iter().any(|write| write.record == id);
        self.changes().filter(wrote).collect()
    }
}

/// `KK-05` is (`KK-`, 5); a notebook's `KK-B05` is (`KK-B`, 5).
fn split_number(number: &str) -> Option<(&str, u32)> {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (prefix, digits) = number.split_at_checked(number.len() - digits)?;
    Some((prefix, digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::Command,
        edit::Edit,
        kind::SessionState,
        session::Session,
        testing::{Desk, SCOPE, UNITS, foreign},
    };

    fn text(record: RecordId, text: &str) -> Vec<Write> {
        vec![Write { record, field: field::TEXT, value: text.into(), replaces: Vec::new() }]
    }

    #[test]
    fn gaps_and_forks_of_an_origin_are_noticed_and_gaps_close() {
        let mut board = Board::empty(SCOPE);
        let line = RecordId(1);
        board.apply(foreign(5, 1, 1, text(line, "một")));
        board.apply(foreign(5, 3, 3, text(line, "ba")));
        assert!(board.origins()[&OriginId(5)].has_gap());
        board.apply(foreign(5, 2, 2, text(line, "hai")));
        let progress = &board.origins()[&OriginId(5)];
        assert_eq!((progress.has_gap(), progress.complete_to), (false, 3));
        let mut again = (*foreign(5, 2, 2, text(line, "khác"))).clone();
        again.id = ChangeId([9; 32]);
        assert!(board.apply(Arc::new(again)));
        assert_eq!(board.origins()[&OriginId(5)].forked, BTreeSet::from([2]));
        assert_eq!(board.change_count(), 4);
    }

    #[test]
    fn an_erased_payload_wins_whichever_arrives_first() {
        let change = foreign(5, 1, 1, text(RecordId(1), "dữ liệu cá nhân"));
        let mut erased = (*change).clone();
        erased.body = Body::Erased;
        let erased = Arc::new(erased);
        let mut board = Board::fold(SCOPE, [Arc::clone(&change)]);
        assert!(board.apply(Arc::clone(&erased)));
        assert!(!board.apply(Arc::clone(&erased)), "once is enough");
        assert!(!board.apply(change), "nor does it come back");
        assert_eq!(board, Board::fold(SCOPE, [erased]));
        assert!(board.record(RecordId(1)).is_none());
    }

    #[test]
    fn a_change_of_another_scope_is_not_applied() {
        let mut board = Board::empty(ScopeId::ORGANISATION);
        assert!(!board.apply(foreign(5, 1, 1, text(RecordId(1), "một"))));
        assert_eq!(board, Board::empty(ScopeId::ORGANISATION));
    }

    #[test]
    fn a_session_keeps_the_names_it_was_opened_with() {
        let mut desk = Desk::at_session(1);
        desk.submit(&Command::SetState { state: SessionState::Open }).unwrap();
        let mut organisation = Board::empty(ScopeId::ORGANISATION);
        let mut renaming = (*foreign(5, 1, 1, text(UNITS[0], ""))).clone();
        renaming.header.scope = ScopeId::ORGANISATION;
        let value = "Phường Bến Nghé".into();
        renaming.body =
            Body::Writes(vec![Write { record: UNITS[0], field: field::TITLE, value, replaces: Vec::new() }]);
        let renaming = Arc::new(renaming);
        assert!(organisation.apply(Arc::clone(&renaming)));
        assert!(!desk.board.apply(renaming));
        assert_eq!(organisation.record(UNITS[0]).unwrap().wording(), "Phường Bến Nghé");
        assert_eq!(desk.board.record(UNITS[0]).unwrap().wording(), "Quận 1");
        assert_eq!(Session::of(&desk.board).unwrap().state(), SessionState::Open);
    }

    #[test]
    fn numbers_go_on_after_removal_undo_and_classifying_and_ignore_absurd_ones() {
        let mut desk = Desk::at_session(1);
        let number = |desk: &Desk, id| desk.board.record(id).unwrap().short_number().unwrap().to_owned();
        let first = desk.line(Kind::Difficulty, "một");
        desk.submit(&Command::Remove { record: first }).unwrap();
        let second = desk.line(Kind::Difficulty, "hai");
        let creation = desk.board.record(second).unwrap().born.id;
        desk.submit(&Command::Undo { change: creation }).unwrap();
        let third = desk.line(Kind::Difficulty, "ba");
        desk.submit(&Command::Classify { records: vec![third], kind: Kind::Solution, nature: None }).unwrap();
        assert_eq!(number(&desk, third), "GP-01");
        let absurd =
            Write { record: first, field: field::NUMBER, value: "KK-4000000000".into(), replaces: vec![] };
        desk.board.apply(foreign(5, 1, 90, vec![absurd]));
        let fourth = desk.line(Kind::Difficulty, "bốn");
        assert_eq!(number(&desk, fourth), "KK-04");
        desk.notebook = Some('B');
        let apart = desk.line(Kind::Difficulty, "năm");
        assert_eq!(number(&desk, apart), "KK-B01");
    }

    #[test]
    fn when_all_numbers_are_used_up_lines_go_without() {
        let mut desk = Desk::at_session(1);
        let last =
            Write { record: RecordId(1), field: field::NUMBER, value: "KK-999999".into(), replaces: vec![] };
        desk.board.apply(foreign(5, 1, 90, vec![last]));
        let line = desk.line(Kind::Difficulty, "một");
        assert_eq!(desk.board.record(line).unwrap().short_number(), None);
        desk.edit(line, Edit::Weight(2)).unwrap();
    }
}
