//! Lists to choose from, and what choosing does.

use crate::{
    app::{
        App,
        dialogs::{
            Dialog,
            picker::{Item, Pick, Picker, Remote},
        },
        effect::Effect,
        form,
        notice::Notice,
    },
    domain::{
        board::Board,
        change::WriteId,
        command::{Command, Relation},
        difficulty,
        edit::Edit,
        field::set,
        ids::RecordId,
        kind::{Kind, PledgeState, SessionState},
        pledge, policy,
        record::Record,
        roster,
    },
    i18n::Strings,
    keymap::action::Action,
};

use super::{listed, listed_in};

impl App {
    pub(super) fn show_picker(&mut self, picker: Picker) -> Vec<Effect> {
        self.show_dialog(Dialog::Picker(Box::new(picker)));
        Vec::new()
    }

    /// Enter in a dialog.
    pub(super) fn confirm_dialog(&mut self) -> Vec<Effect> {
        match &mut self.dialog {
            Some(Dialog::Picker(picker)) if picker.is_done_by_enter() => {
                self.dialog = None;
                Vec::new()
            }
            Some(Dialog::Picker(_)) => self.choose(),
            Some(Dialog::Wizard(wizard)) if wizard.entry().is_some() => {
                wizard.enter();
                Vec::new()
            }
            Some(Dialog::Wizard(_)) => self.create_session(),
            Some(Dialog::Folder(_)) => self.try_folder(),
            Some(Dialog::Pages(_) | Dialog::Invitation) | None => {
                self.close_dialog();
                Vec::new()
            }
        }
    }

    /// Space in a list of which several are chosen.
    pub(super) fn choose_by_space(&mut self) -> Vec<Effect> {
        if let Some(Dialog::Picker(picker)) = &mut self.dialog {
            picker.space();
        }
        self.choose()
    }

    /// Does what the selected item of an open list says.
    fn choose(&mut self) -> Vec<Effect> {
        let Some(Dialog::Picker(picker)) = &self.dialog else { return Vec::new() };
        let Some(item) = picker.chosen().cloned() else { return Vec::new() };
        if !item.enabled {
            self.say(Notice::warning(item.aside));
            return Vec::new();
        }
        if !picker.many {
            self.dialog = None;
        }
        self.pick(item.pick)
    }

    pub(super) fn pick(&mut self, pick: Pick) -> Vec<Effect> {
        match pick {
            Pick::Action(action) => self.act(action),
            Pick::Command(command) => {
                self.await_turn(&command);
                self.act_on_session(*command)
            }
            Pick::Edit { record, edit, seen } => self.pick_edit(record, edit, seen),
            Pick::Speaker { unit, speaker, before } => self.pick_speaker((unit, speaker), before),
            Pick::Under { to, how } => self.store_line_under(to, how),
            Pick::TypeWhom => self.type_whom(),
            Pick::Theme(theme) => self.choose_theme_of_lines(theme),
            Pick::Sitting(sitting) => self.choose_sitting(sitting),
            Pick::Connect(venue, connected) => self.connect(venue, connected),
            Pick::NewSitting(title) => self.add_sitting(title),
            Pick::Addition(at) => self.begin_addition(at),
            Pick::Kept(at) => self.go_on_with(at),
            Pick::Proposal(change) => self.ask_verdict(change),
            Pick::Settle(how) => self.settle_stale(how),
            Pick::Join(at) => self.join_versions(at),
            Pick::Go(record) => {
                if let Some(seat) = self.session_mut() {
                    seat.go(record);
                }
                Vec::new()
            }
            Pick::Folder(wanted, path) => self.enter_folder(wanted, &path),
            Pick::File(wanted, path) => self.import(wanted, path),
            Pick::Arrange(arrangement) => self.arrange(arrangement),
            Pick::Abbreviation { layer, short, long } => self.ask_abbreviation(layer, short, &long),
            Pick::TypeAbbreviation(row) => self.type_abbreviation(&row),
            Pick::Abbreviate { layer, short, long } => self.abbreviate(layer, short, long),
            Pick::Table { layer, entries, skipped } => self.fill_table(layer, entries, skipped),
            Pick::Change(change) => self.show_change(change),
            Pick::Walk(record) => self.walk_to(record),
            Pick::Missing(pane, record) => self.go_to_missing(pane, record),
            Pick::Session(scope, record) => self.open(scope, record),
            Pick::Paper(paper) => self.show_paper(paper),
            Pick::Notebook(taker) => self.give_notebook(taker),
            Pick::Stick(path) => self.copy_out(path),
            Pick::Caller(caller) => self.ask_caller(caller),
            Pick::Door(wish) => self.want(wish),
            Pick::Stay => Vec::new(),
            Pick::Quit => vec![Effect::Quit],
            Pick::Roster { scope, records, report } => self.add_roster(scope, records, report),
            Pick::Paste(text) => self.paste(&text),
            Pick::Keynote(scope, read) => self.take_keynote(scope, *read),
            Pick::Lay(laying, scope, read) => self.lay_keynote(laying, scope, *read),
        }
    }

    /// Gives a field a chosen value; in a list of several the item changes sides at once.
    fn pick_edit(&mut self, record: RecordId, edit: Edit, seen: Option<Vec<WriteId>>) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let now = || seat.holder(record, &edit.field()).map(|known| known.seen(&edit.field()));
        let seen = seen.or_else(now).unwrap_or_default();
        if let Some(Dialog::Picker(picker)) = &mut self.dialog
            && let Some(item) = picker.items.iter_mut().find(|item| item.pick.edits(record, &edit))
        {
            item.on = !item.on;
            item.pick = Pick::Edit { record, edit: edit.clone().turned(), seen: None };
        }
        self.act_on_session(Command::Edit { record, edit, seen })
    }

    pub(super) fn ask_restore(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let mut removed: Vec<&Record> =
            seat.board.records().filter(|record| record.is_removed() && record.kind().is_some()).collect();
        removed.retain(|record| seat.may_see(record));
        removed.sort_by_key(|record| std::cmp::Reverse(record.touched));
        let item = |record: &&Record| {
            let pick = Pick::Command(Box::new(Command::Restore { record: record.id }));
            Item::new(listed_in(strings, seat, record), pick)
        };
        let items = removed.iter().map(item).collect();
        self.show_picker(Picker::one(strings.restore, items))
    }

    /// What was merged into the selected record, and the lines that continue it.
    pub(super) fn ask_unmerge(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(id) = seat.list().selected else { return Vec::new() };
        let item = |record: &Record, command: Command| {
            Item::new(listed_in(strings, seat, record), Pick::Command(Box::new(command)))
        };
        let merged = seat.board.merged_into(id).into_iter();
        let merged = merged.map(|record| item(record, Command::Unmerge { record: record.id }));
        let continued = difficulty::continuations(&seat.board, id).into_iter();
        let continued = continued.map(|line| item(line, Command::Attach { record: line.id, to: None }));
        let items = merged.chain(continued).collect();
        self.show_picker(Picker::one(strings.action_unmerge, items))
    }

    /// What answers the selected difficulty, or what the selected record answers.
    pub(super) fn ask_link(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(record) = seat.selected() else { return Vec::new() };
        if record.kind() == Some(Kind::Difficulty) {
            let items = answer_items(strings, &seat.board, record);
            return self.show_picker(Picker::many(strings.choose_link, items));
        }
        let answers = |spec: &form::Spec| spec.field.as_str() == set::ANSWERS;
        let at = seat.specs().iter().position(answers);
        if let Some(at) = at { self.begin_edit(at) } else { self.not_here() }
    }

    pub(super) fn ask_state(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let from = policy::session_state(&seat.board);
        let item = |state: &SessionState| {
            let closes = self.is_possible_in_screen(Action::Close) && *state == SessionState::Closed;
            let pick = if closes {
                Pick::Action(Action::Close)
            } else {
                Pick::Command(Box::new(Command::SetState { state: *state }))
            };
            Item::new(strings.step(from, *state), pick).aside(strings.state(*state))
        };
        let items = policy::next_states(from).iter().map(item).collect();
        self.show_picker(Picker::one(strings.action_session_state, items))
    }

    pub(super) fn ask_pledge_state(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let item = |state: &PledgeState| {
            let pick = Pick::Command(Box::new(Command::SetPledge { state: *state }));
            Item::new(strings.pledge_state(*state), pick)
        };
        let items = pledge_states(policy::pledge_state(&seat.board)).iter().map(item).collect();
        self.show_picker(Picker::one(strings.action_pledge_state, items))
    }

    pub(super) fn ask_signer(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let date = self.now.date_naive();
        let record = self.ids.record();
        let Some(seat) = self.session() else { return Vec::new() };
        let unsigned =
            pledge::signatures(&seat.board).into_iter().filter(|(_, signature)| signature.is_none());
        let item = |(unit, _): (&Record, Option<&Record>)| {
            let details = vec![Edit::Unit(Some(unit.id)), Edit::SignedOn(Some(date))];
            let pick = Pick::Command(Box::new(Command::Sign { record, details }));
            Item::new(format!("{}  {}", roster::code(unit), unit.wording()), pick)
        };
        let items = unsigned.map(item).collect();
        self.show_picker(Picker::one(strings.action_sign, items))
    }

    /// Finds in this session, or from Home in all of them.
    pub(super) fn ask_find(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        if let Some(seat) = self.session() {
            let mut found: Vec<&Record> = seat.board.records().filter(|record| is_findable(record)).collect();
            found.sort_by_key(|record| (record.kind(), record.born));
            let items = found.iter().map(|r| Item::new(listed(strings, r), Pick::Go(r.id))).collect();
            return self.show_picker(Picker::one(strings.find, items));
        }
        self.show_dialog(Dialog::Picker(Box::new(Picker::remote(strings.find, Remote::Search))));
        self.ask_outside()
    }
}

/// What is off the record is found by nobody.
fn is_findable(record: &Record) -> bool {
    record.kind().is_some() && !record.is_removed() && !record.is_off_record()
}

/// The states that a pledge can take from one.
fn pledge_states(from: PledgeState) -> &'static [PledgeState] {
    use PledgeState as P;
    match from {
        P::Draft => &[P::Agreed],
        P::Agreed => &[P::Signed, P::Draft],
        P::Signed => &[P::Amended],
        P::Amended => &[P::Signed],
    }
}

/// What can answer a difficulty, marked where it does.
fn answer_items(strings: &Strings, board: &Board, difficulty: &Record) -> Vec<Item> {
    let item = |record: &Record| {
        let on = record.linked(set::ANSWERS).any(|id| id == difficulty.id);
        let edit = Relation::Answers.edit(difficulty.id, !on);
        Item::new(listed(strings, record), Pick::Edit { record: record.id, edit, seen: None }).on(on)
    };
    let kinds = [Kind::Cause, Kind::Solution, Kind::Recommendation, Kind::Conclusion, Kind::Task];
    kinds
        .iter()
        .flat_map(|kind| difficulty::main_of(board, *kind))
        .filter(|record| is_findable(record))
        .map(item)
        .collect()
}
