//! Sorting what was captured, moving and removing records, the order of the day, undo and redo.

use std::sync::Arc;

use crate::{
    app::{
        App,
        effect::Effect,
        notice::Notice,
        panes::{PaneId, Row},
        session::Focus,
    },
    domain::{
        agenda,
        board::Board,
        change::Change,
        command::{Command, Place, Refusal},
        edit::Edit,
        field,
        ids::{ChangeId, RecordId},
        kind::{DifficultyNature, Kind},
        lint,
        record::Record,
        roster, timing,
        undo::{Stacks, reverted},
    },
    i18n::{self, Strings, fill},
    keymap::action::Action,
};

impl App {
    pub(super) fn remove(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(record) = seat.selected() else { return Vec::new() };
        let (id, name, undo) = (record.id, named(strings, record), self.key_name(Action::Undo));
        let text = match roster::people_of(&seat.board, id) {
            0 => fill(strings.notice_removed, &[&name, &undo]),
            people => fill(strings.sorting.notice_unit_removed, &[&name, &people.to_string(), &undo]),
        };
        let effects = self.act_on_session(Command::Remove { record: id });
        self.say(Notice::info(text));
        effects
    }

    /// One place up or down among the rows of the same kind and parent; in the roll call, of the same unit.
    pub(super) fn relocate(&mut self, by: isize) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(record) = seat.selected() else { return Vec::new() };
        let group = if seat.pane == PaneId::RollCall { &field::UNIT } else { &field::PARENT };
        let waits = |record: &Record| record.kind() == Some(Kind::Speech) && timing::began(record).is_none();
        let alike = |other: &&Record| {
            other.kind() == record.kind()
                && other.link(group) == record.link(group)
                && waits(other) == waits(record)
        };
        let shown = seat.rows.iter().filter_map(|row| seat.board.record(row.record()?));
        let ids: Vec<RecordId> = shown.filter(alike).map(|other| other.id).collect();
        let Some(at) = ids.iter().position(|id| *id == record.id) else { return Vec::new() };
        let place = match at.checked_add_signed(by) {
            Some(to) if by < 0 => {
                to.checked_sub(1).and_then(|at| ids.get(at)).map_or(Place::First, |id| Place::After(*id))
            }
            Some(to) => match ids.get(to) {
                Some(next) => Place::After(*next),
                None => return Vec::new(),
            },
            None => return Vec::new(),
        };
        let record = record.id;
        self.act_on_session(Command::Move { record, place })
    }

    fn mark(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some(id) = seat.list().selected else { return Vec::new() };
        if !seat.marked.remove(&id) {
            seat.marked.insert(id);
        }
        let count = seat.marked.len().to_string();
        seat.step(1);
        self.say(Notice::info(fill(strings.notice_marked, &[&count])));
        Vec::new()
    }

    /// The marked records in the order shown, or the selected one.
    pub(super) fn chosen_records(&self) -> Vec<RecordId> {
        let Some(seat) = self.session() else { return Vec::new() };
        let selected = || seat.list().selected.into_iter().collect();
        if seat.marked.is_empty() {
            return selected();
        }
        let marked: Vec<RecordId> =
            seat.rows.iter().filter_map(|row| row.record()).filter(|id| seat.marked.contains(id)).collect();
        if marked.is_empty() { selected() } else { marked }
    }

    fn merge(&mut self) -> Vec<Effect> {
        if self.session().is_some_and(|seat| seat.focus == Focus::Capture) {
            return self.ask_join();
        }
        let Some(into) = self.selected_id() else { return Vec::new() };
        let from: Vec<RecordId> = self.chosen_records().into_iter().filter(|id| *id != into).collect();
        if from.is_empty() {
            if let Some(effects) = self.merge_twin().or_else(|| self.merge_into_nearest()) {
                return effects;
            }
            self.say(Notice::info(self.strings().notice_no_marks));
            return Vec::new();
        }
        let strings = self.strings();
        if let Some(seat) = self.session_mut() {
            seat.marked.clear();
            let name = |id: &RecordId| seat.board.record(*id).map(|record| named(strings, record));
            let names: Vec<String> = from.iter().filter_map(name).collect();
            let (names, into) = (names.join(", "), name(&into).unwrap_or_default());
            self.say(Notice::info(fill(strings.sorting.notice_merged, &[&names, &into])));
        }
        self.act_on_session(Command::Merge { into, from })
    }

    /// Takes the mark off the chosen lines, or sets it where none of them has it.
    fn check_later(&mut self) -> Vec<Effect> {
        let strings = &self.strings().sorting;
        let records = self.chosen_records();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let board = Arc::clone(&seat.board);
        let lines: Vec<&Record> = records.iter().filter_map(|id| board.record(*id)).collect();
        let is_marked = |line: &&Record| line.flag(&field::CHECK_LATER);
        let was_marked = lines.iter().any(is_marked);
        seat.marked.clear();
        let changed = lines.into_iter().filter(|line| !was_marked || is_marked(line));
        let (mut edits, mut seen, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for line in changed {
            edits.push((line.id, Edit::CheckLater(!was_marked)));
            seen.extend(line.seen(&field::CHECK_LATER));
            names.push(named(self.strings(), line));
        }
        let pattern = if was_marked { strings.notice_checked } else { strings.notice_to_check };
        self.say(Notice::info(fill(pattern, &[&names.join(", ")])));
        self.act_on_session(Command::FillEach { edits, seen })
    }

    /// To the line above, in the list as shown.
    fn attach(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let above = seat.list().at.checked_sub(1).and_then(|at| seat.rows.get(at)).copied();
        match (seat.list().selected, above.and_then(Row::record)) {
            (Some(record), Some(to)) => {
                let name = |id| seat.board.record(id).map(|line| named(strings, line)).unwrap_or_default();
                let told = fill(strings.sorting.notice_attached, &[&name(record), &name(to)]);
                self.say(Notice::info(told));
                self.act_on_session(Command::Attach { record, to: Some(to) })
            }
            _ => self.not_here(),
        }
    }

    /// The actions that sort captured lines.
    pub(super) fn act_on_lines(&mut self, action: Action) -> Vec<Effect> {
        use Action as A;
        match action {
            A::Mark => self.mark(),
            A::Merge => self.merge(),
            A::Unmerge => self.ask_unmerge(),
            A::Attach => self.attach(),
            A::SortList => self.ask_order(),
            A::FilterList => self.ask_filter(),
            A::Take => self.take_one(),
            A::KeepBoth => self.keep_both(),
            A::CheckLater => self.check_later(),
            A::SameOpinion => self.ask_same_opinion(),
            action if action.is_classification() => self.classify_as(action),
            _ => self.not_here(),
        }
    }

    /// Says that the chosen lines are what an action names; a task, if it names nothing else.
    fn classify_as(&mut self, action: Action) -> Vec<Effect> {
        use Action as A;
        let (kind, nature) = match action {
            A::ClassifyDifficulty => (Kind::Difficulty, Some(DifficultyNature::Difficulty)),
            A::ClassifyObstacle => (Kind::Difficulty, Some(DifficultyNature::Obstacle)),
            A::ClassifyShortcoming => (Kind::Difficulty, Some(DifficultyNature::Shortcoming)),
            A::ClassifyCause => (Kind::Cause, None),
            A::ClassifySolution => (Kind::Solution, None),
            A::ClassifyRecommendation => (Kind::Recommendation, None),
            A::ClassifyOpinion => (Kind::Opinion, None),
            A::ClassifyConclusion => (Kind::Conclusion, None),
            _ => (Kind::Task, None),
        };
        self.classify(kind, nature)
    }

    fn classify(&mut self, kind: Kind, nature: Option<DifficultyNature>) -> Vec<Effect> {
        let records = self.chosen_records();
        self.tell_sorted(&records, kind, nature);
        let fill = self.fills_of(&records, kind);
        if let Some(seat) = self.session_mut() {
            seat.marked.clear();
            // A line of which something else is doubtful stays in the list: the next one comes up all the same.
            if seat.pane == PaneId::Triage && records.len() == 1 {
                seat.step(1);
            }
        }
        let mut effects = self.act_on_session(Command::Classify { records, kind, nature });
        effects.extend(fill.into_iter().flat_map(|fill| self.act_on_session(fill)));
        effects
    }

    /// What lines become: they leave the list, so it is told.
    fn tell_sorted(&mut self, records: &[RecordId], kind: Kind, nature: Option<DifficultyNature>) {
        let strings = self.strings();
        let Some(seat) = self.session() else { return };
        let lines = records.iter().filter_map(|id| seat.board.record(*id));
        let names: Vec<String> = lines.map(|line| named(strings, line)).collect();
        let what =
            nature.map_or(strings.kind(kind).to_owned(), |nature| strings.nature(nature).to_lowercase());
        let undo = self.key_name(Action::Undo);
        self.say(Notice::info(fill(strings.sorting.notice_sorted, &[&names.join(", "), &what, &undo])));
    }

    /// What the sentences of lines say of who does what by when, once the lines are of a kind; told as it is filled in.
    fn fills_of(&mut self, records: &[RecordId], kind: Kind) -> Option<Command> {
        let today = self.now.date_naive();
        let seat = self.session()?;
        let (mut edits, mut seen) = (Vec::new(), Vec::new());
        for record in records.iter().filter_map(|id| seat.board.record(*id)) {
            for edit in lint::fills_as(&seat.board, record, kind, today) {
                seen.extend(edit.fields().iter().flat_map(|(field, _)| record.seen(field)));
                edits.push((record.id, edit));
            }
        }
        self.say_read(&edits.iter().map(|(_, edit)| edit.clone()).collect::<Vec<_>>());
        (!edits.is_empty()).then_some(Command::FillEach { edits, seen })
    }

    pub(super) fn next_item(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let items = seat.board.of_kind(Kind::AgendaItem);
        let now = agenda::current(&seat.board).map(|item| item.id);
        let next = match now.and_then(|now| items.iter().position(|item| item.id == now)) {
            Some(at) => items.get(at + 1),
            None => items.iter().find(|item| item.moment(&field::STARTED_AT).is_none()),
        };
        let notice = match next {
            Some(item) => fill(strings.notice_item, &[item.wording()]),
            None => strings.notice_agenda_over.to_owned(),
        };
        let record = next.map(|item| item.id);
        let begins = record.is_some() && seat.figures.adjourned;
        let mut effects = if begins { self.begin_sitting() } else { Vec::new() };
        self.say(Notice::info(notice));
        if record.is_none() && now.is_none() {
            return effects;
        }
        effects.extend(self.act_on_session(Command::StartItem { record }));
        effects
    }

    /// Undo or redo of this person's last command in the session. What is still on its way is not overtaken.
    pub(super) fn revert(&mut self, undo: bool) -> Vec<Effect> {
        let (lang, strings) = (self.lang, self.strings());
        if !self.pending.is_empty() {
            self.say(Notice::info(strings.saving));
            return Vec::new();
        }
        let Some(seat) = self.session() else { return Vec::new() };
        let board = Arc::clone(&seat.board);
        let stacks = Stacks::of(&board, self.me.person);
        let next = if undo { stacks.undo.last() } else { stacks.redo.last() };
        let Some(change) = next.copied().filter(|id| !creates_session(&board, *id)) else {
            self.say(Notice::info(strings.refusal(&Refusal::NothingToUndo)));
            return Vec::new();
        };
        let what = wished(&board, change).map(|wish| i18n::sentence(lang, &board, wish)).unwrap_or_default();
        let pattern = if undo { strings.notice_undone } else { strings.notice_redone };
        let command = if undo { Command::Undo { change } } else { Command::Redo { change } };
        if let (Some(record), Some(seat)) = (removed_by(&board, change), self.session_mut()) {
            seat.await_selection(record);
        }
        let effects = self.act_on_session(command);
        self.say(Notice::info(fill(pattern, &[&what])));
        effects
    }
}

/// A record as a notice calls it: its number or code, else its kind and words.
fn named(strings: &Strings, record: &Record) -> String {
    let called = super::called(strings, record);
    let is_kind = record.kind().is_some_and(|kind| strings.kind(kind) == called);
    if is_kind { format!("{called} “{}”", record.wording()) } else { called.to_owned() }
}

/// What was wished at first, of which a change is the undoing or the redoing.
fn wished(board: &Board, change: ChangeId) -> Option<&Change> {
    let mut change = board.change(change)?;
    while let Some(before) = reverted(change).and_then(|before| board.change(before)) {
        change = before;
    }
    Some(change)
}

/// What a change has removed, so that it is selected when it comes back: nobody removes its neighbour by a second key.
fn removed_by(board: &Board, id: ChangeId) -> Option<RecordId> {
    let mut records = board.change(id)?.writes().iter().map(|write| write.record);
    records.find(|record| board.record(*record).is_some_and(Record::is_removed))
}

/// Whether undoing a change would make the session vanish; that is done by removing it, on purpose.
fn creates_session(board: &Board, id: ChangeId) -> bool {
    board.change(id).is_some_and(|change| &*change.header.name == "CreateSession")
}
