//! Dialogs and screens: how they are opened, and what confirming them does.

use std::sync::Arc;

use super::{
    App, Screen, Source, act,
    dialogs::{
        Dialog,
        pages::{Line, Pages},
        picker::{Item, Pick, Picker},
    },
    effect::Effect,
    form::{self, Choice},
    labels::action_name,
    notice::Notice,
    seat::KeptSession,
    session::Focus,
};
use crate::{
    domain::{
        board::Board,
        change::Change,
        command::{Command, NewSession, Relation},
        edit::Edit,
        field::{self, set},
        ids::{RecordId, ScopeId},
        kind::{Kind, SessionState},
        pledge, policy,
        record::Record,
        roster,
    },
    i18n::{self, Strings, fill},
    keymap::{Context, action::Action},
};

/// A record as a notice calls it: its number or code, else its kind and first words.
pub(super) fn named(strings: &Strings, record: &Record) -> String {
    let coded = record.short_number().or_else(|| record.text(&field::CODE));
    match (coded, record.kind()) {
        (Some(code), _) => code.to_owned(),
        (None, Some(kind)) => format!("{} “{}”", strings.kind(kind), record.wording()),
        (None, None) => record.wording().to_owned(),
    }
}

/// A list of the values of a field.
pub(super) fn field_picker(title: &str, record: RecordId, choices: Vec<Choice>, many: bool) -> Dialog {
    let items =
        choices.into_iter().map(|c| Item::new(c.label, Pick::Edit(record, c.edit)).on(c.on)).collect();
    let picker = if many { Picker::many(title, items) } else { Picker::one(title, items) };
    Dialog::Picker(Box::new(picker))
}

/// A list of what can be added.
pub(super) fn addition_picker(strings: &Strings, kinds: &[&str]) -> Dialog {
    let item = |(at, kind): (usize, &&str)| Item::new(*kind, Pick::Addition(at));
    let items = kinds.iter().enumerate().map(item).collect();
    Dialog::Picker(Box::new(Picker::one(strings.action_add, items)))
}

impl App {
    fn show_picker(&mut self, picker: Picker) -> Vec<Effect> {
        self.dialog = Some(Dialog::Picker(Box::new(picker)));
        Vec::new()
    }

    /// Asks for a scope; the seat goes there when its board is published.
    pub fn open(&mut self, scope: ScopeId, record: Option<RecordId>) -> Vec<Effect> {
        self.dialog = None;
        if self.session().is_some_and(|seat| seat.scope() == scope) {
            if let (Some(seat), Some(record)) = (self.session_mut(), record) {
                seat.go(record);
            }
            return Vec::new();
        }
        self.opening = Some((scope, record));
        vec![Effect::Open(scope)]
    }

    pub(super) fn open_selected_session(&mut self) -> Vec<Effect> {
        let Screen::Home(home) = &self.screen else { return Vec::new() };
        let Some(header) = self.catalogue.sessions().get(home.selected) else { return Vec::new() };
        let scope = header.scope;
        self.open(scope, None)
    }

    /// Leaves the session for Home; what is half-typed there is kept.
    pub(super) fn go_home(&mut self) -> Vec<Effect> {
        if let Screen::Session(seat) = &self.screen {
            let kept = KeptSession::of(seat);
            let scope = seat.scope();
            self.last_board = Some(Arc::clone(&seat.board));
            self.parked.insert(scope, kept);
            let selected = self.catalogue.sessions().iter().position(|known| known.scope == scope);
            self.screen = Screen::Home(super::Home { selected: selected.unwrap_or(0), top: 0 });
        }
        self.dialog = None;
        Vec::new()
    }

    pub(super) fn show_palette(&mut self) -> Vec<Effect> {
        let context = self.context();
        let strings = self.strings();
        let item = |action: &Action| {
            let key =
                self.keymap.shown_key(context, *action).as_ref().map(ToString::to_string).unwrap_or_default();
            let enabled = self.is_possible(*action);
            let aside = if enabled { key } else { strings.notice_not_here.to_owned() };
            Item::new(action_name(strings, *action), Pick::Action(*action)).aside(aside).enabled(enabled)
        };
        let mut items: Vec<Item> =
            Action::ALL.iter().filter(|action| !action.is_movement()).map(item).collect();
        items.sort_by_key(|item| !item.enabled);
        self.show_picker(Picker::one(strings.palette, items))
    }

    /// Whether an action has a meaning in the present place.
    pub fn is_possible(&self, action: Action) -> bool {
        use Action as A;
        let always = matches!(
            action,
            A::Help | A::Cover | A::Quit | A::SwitchLanguage | A::SayState | A::Find | A::Add | A::Home
        );
        let Some(seat) = self.session() else { return always };
        let selected = seat.selected();
        let captured = selected.and_then(Record::kind).is_some_and(|kind| Kind::CAPTURED.contains(&kind));
        match action {
            A::Remove | A::MoveUp | A::MoveDown | A::Mark | A::RecordHistory => selected.is_some(),
            A::Merge | A::Split | A::Attach | A::Link => captured,
            action if action.is_classification() => captured,
            A::Unmerge => selected.is_some_and(|record| !seat.board.merged_into(record.id).is_empty()),
            _ => true,
        }
    }

    /// Enter in a dialog.
    pub(super) fn confirm_dialog(&mut self) -> Vec<Effect> {
        match &mut self.dialog {
            Some(Dialog::Picker(picker)) => {
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
            Some(Dialog::Wizard(wizard)) if wizard.entry().is_some() => {
                wizard.enter();
                Vec::new()
            }
            Some(Dialog::Wizard(_)) => self.create_session(),
            _ => {
                self.dialog = None;
                Vec::new()
            }
        }
    }

    fn pick(&mut self, pick: Pick) -> Vec<Effect> {
        match pick {
            Pick::Action(action) => self.act(action),
            Pick::Command(command) => self.act_on_session(*command),
            Pick::Edit(record, edit) => self.pick_edit(record, edit),
            Pick::Speaker(unit) => self.pick_speaker(unit),
            Pick::Addition(at) => self.begin_addition(at),
            Pick::Go(record) => {
                if let Some(seat) = self.session_mut() {
                    seat.go(record);
                }
                Vec::new()
            }
            Pick::Session(scope, record) => self.open(scope, record),
        }
    }

    /// Gives a field a chosen value; in a list of several the item changes sides at once.
    fn pick_edit(&mut self, record: RecordId, edit: Edit) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let seen = seat.board.record(record).map(|known| known.seen(&edit.field())).unwrap_or_default();
        if let Some(Dialog::Picker(picker)) = &mut self.dialog
            && let Some(item) =
                picker.items.iter_mut().find(|item| item.pick == Pick::Edit(record, edit.clone()))
        {
            item.on = !item.on;
            item.pick = Pick::Edit(record, turned(edit.clone()));
        }
        self.act_on_session(Command::Edit { record, edit, seen })
    }

    fn pick_speaker(&mut self, unit: Option<RecordId>) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let name = unit.and_then(|id| seat.board.record(id)).map(roster::code);
        let name = name.unwrap_or(strings.speaker_unknown).to_owned();
        let notice = Notice::info(fill(strings.notice_speaker, &[&name]));
        let effects = if seat.focus == Focus::Capture {
            seat.capture.set_speaker(unit);
            Vec::new()
        } else {
            let records = self.marked_or_selected_lines();
            self.act_on_session(Command::ChangeSpeaker { records, unit, speaker: None })
        };
        self.say(notice);
        effects
    }

    fn marked_or_selected_lines(&self) -> Vec<RecordId> {
        let Some(seat) = self.session() else { return Vec::new() };
        let marked: Vec<RecordId> = seat.marked.iter().copied().collect();
        if marked.is_empty() { seat.list().selected.into_iter().collect() } else { marked }
    }

    fn create_session(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let scope = ScopeId(self.ids.draw());
        let Some(Dialog::Wizard(wizard)) = &mut self.dialog else { return Vec::new() };
        let catalogue = &self.catalogue;
        let first = |new: &NewSession| {
            let year = new.quarter.year();
            !catalogue.sessions().iter().any(|known| known.quarter().is_some_and(|q| q.year() == year))
        };
        let ids_before = self.ids.clone();
        let made = wizard.session(strings, true, &mut self.ids).and_then(|new| {
            if first(&new) {
                return Ok(new);
            }
            self.ids = ids_before;
            wizard.session(strings, false, &mut self.ids)
        });
        match made {
            Err(error) => {
                wizard.go(error.entry());
                self.say(Notice::warning(error.words(strings)));
                Vec::new()
            }
            Ok(new) => {
                self.dialog = None;
                self.kept_wizard = None;
                self.opening = Some((scope, None));
                vec![
                    self.send(scope, Command::CreateSession(Box::new(new)), Source::Action),
                    Effect::Open(scope),
                ]
            }
        }
    }

    pub(super) fn ask_restore(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let mut removed: Vec<&Record> =
            seat.board.records().filter(|record| record.is_removed() && record.kind().is_some()).collect();
        removed.sort_by_key(|record| std::cmp::Reverse(record.touched));
        let item = |record: &&Record| {
            let pick = Pick::Command(Box::new(Command::Restore { record: record.id }));
            Item::new(listed(strings, record), pick)
        };
        let items = removed.iter().map(item).collect();
        self.show_picker(Picker::one(strings.restore, items))
    }

    pub(super) fn ask_unmerge(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let merged = seat.list().selected.map(|id| seat.board.merged_into(id)).unwrap_or_default();
        let item = |record: &&Record| {
            let pick = Pick::Command(Box::new(Command::Unmerge { record: record.id }));
            Item::new(listed(strings, record), pick)
        };
        let items = merged.iter().map(item).collect();
        self.show_picker(Picker::one(strings.action_unmerge, items))
    }

    pub(super) fn ask_speaker(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let now = match seat.focus {
            Focus::Capture => seat.capture.unit(),
            _ => seat.selected().and_then(|record| record.link(&field::UNIT)),
        };
        let unit = |unit: &Record| {
            let label = format!("{}  {}", roster::code(unit), unit.wording());
            Item::new(label, Pick::Speaker(Some(unit.id))).on(now == Some(unit.id))
        };
        let mut items: Vec<Item> = seat.board.of_kind(Kind::Unit).into_iter().map(unit).collect();
        items.push(
            Item::new(format!("?  {}", strings.speaker_unknown), Pick::Speaker(None)).on(now.is_none()),
        );
        self.show_picker(Picker::one(strings.choose_unit, items))
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
        if let Some(at) = seat.specs().iter().position(answers) {
            return self.begin_edit(at);
        }
        self.say(Notice::warning(strings.notice_not_here));
        Vec::new()
    }

    pub(super) fn ask_state(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let item = |state: &SessionState| {
            let pick = Pick::Command(Box::new(Command::SetState { state: *state }));
            Item::new(strings.state(*state), pick)
        };
        let items = act::session_states(&seat.board).iter().map(item).collect();
        self.show_picker(Picker::one(strings.action_session_state, items))
    }

    pub(super) fn ask_pledge_state(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let states = act::pledge_states(policy::pledge_state(&seat.board)).iter();
        let items = states.map(|state| {
            let pick = Pick::Command(Box::new(Command::SetPledge { state: *state }));
            Item::new(strings.pledge_state(*state), pick)
        });
        let items = items.collect();
        self.show_picker(Picker::one(strings.action_pledge_state, items))
    }

    pub(super) fn ask_signer(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let date = self.now.date_naive();
        let record = self.ids.record();
        let Some(seat) = self.session() else { return Vec::new() };
        let unsigned =
            pledge::signatures(&seat.board).into_iter().filter(|(_, signature)| signature.is_none());
        let items = unsigned.map(|(unit, _)| {
            let details = vec![Edit::Unit(Some(unit.id)), Edit::SignedOn(Some(date))];
            let pick = Pick::Command(Box::new(Command::Sign { record, details }));
            Item::new(format!("{}  {}", roster::code(unit), unit.wording()), pick)
        });
        let items = items.collect();
        self.show_picker(Picker::one(strings.action_sign, items))
    }

    /// Finds in this session, or from Home in all of them.
    pub(super) fn ask_find(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        if let Some(seat) = self.session() {
            let mut found: Vec<&Record> =
                seat.board.records().filter(|r| r.kind().is_some() && !r.is_removed()).collect();
            found.sort_by_key(|record| (record.kind(), record.born));
            let items = found.iter().map(|r| Item::new(listed(strings, r), Pick::Go(r.id))).collect();
            return self.show_picker(Picker::one(strings.find, items));
        }
        self.generation += 1;
        let generation = self.generation;
        let picker = Picker { remote: Some(generation), ..Picker::one(strings.find, Vec::new()) };
        self.show_picker(picker);
        vec![Effect::Find { generation, query: String::new() }]
    }

    pub(super) fn show_record_history(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(record) = seat.selected() else { return Vec::new() };
        let title = format!("{} · {}", strings.history, named(strings, record));
        let changes = seat.board.history_of(record.id);
        let lines = changes.into_iter().rev().map(|change| self.history_line(&seat.board, change)).collect();
        self.dialog = Some(Dialog::Pages(Pages { title, lines, top: 0 }));
        Vec::new()
    }

    pub(super) fn show_session_history(&mut self) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let title = self.strings().history.to_owned();
        let lines = seat.board.changes().rev().map(|change| self.history_line(&seat.board, change)).collect();
        self.dialog = Some(Dialog::Pages(Pages { title, lines, top: 0 }));
        Vec::new()
    }

    fn history_line(&self, board: &Board, change: &Arc<Change>) -> Line {
        let at = change.header.at.format("%-d/%-m/%Y %H:%M:%S").to_string();
        Line::Pair(at, i18n::sentence(self.lang, board, change))
    }

    pub(super) fn show_help(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let context = self.context();
        let mut lines = vec![Line::Heading(strings.help_here.to_owned())];
        lines.extend(self.help_of(context));
        if matches!(context, Context::Capture | Context::Session | Context::Triage) {
            lines.push(Line::Heading(strings.help_capture_codes.to_owned()));
            lines.extend(code_lines(strings));
        }
        lines.push(Line::Text(strings.help_saved.to_owned()));
        lines.push(Line::Text(strings.unclassified.to_owned()));
        self.dialog = Some(Dialog::Pages(Pages { title: strings.help.to_owned(), lines, top: 0 }));
        Vec::new()
    }

    /// The keys of a place, from the same table that the keys are looked up in.
    fn help_of(&self, context: Context) -> Vec<Line> {
        let strings = self.strings();
        let line = |action: Action| {
            let keys: Vec<String> =
                self.keymap.keys(context, action).iter().map(ToString::to_string).collect();
            Line::Pair(keys.join("  "), action_name(strings, action).to_owned())
        };
        self.keymap.actions(context).into_iter().map(line).collect()
    }
}

/// The codes of the capture line and what they mean.
fn code_lines(s: &Strings) -> Vec<Line> {
    let pairs = [
        ("kk  vm  tt", format!("{}, {}, {}", s.nature_difficulty, s.nature_obstacle, s.nature_shortcoming)),
        ("nn  gp  kn", format!("{}, {}, {}", s.kind_cause, s.kind_solution, s.kind_recommendation)),
        ("yk  kl  nv", format!("{}, {}, {}", s.kind_opinion, s.kind_conclusion, s.kind_task)),
        ("#…", s.field_tags.to_owned()),
        ("!  !!  !!!", s.field_weight.to_owned()),
        (">…", s.field_addressee.to_owned()),
        ("??", s.field_check_later.to_owned()),
        ("**", s.off_record.to_owned()),
    ];
    pairs.into_iter().map(|(code, meaning)| Line::Pair(code.to_owned(), meaning)).collect()
}

/// A record as lists of all kinds show it.
fn listed(strings: &Strings, record: &Record) -> String {
    let kind = record.kind().map(|kind| strings.kind(kind)).unwrap_or_default();
    let coded = record.short_number().or_else(|| record.text(&field::CODE)).unwrap_or(kind);
    format!("{coded}  {}", record.wording())
}

/// What can answer a difficulty, marked where it does.
fn answer_items(strings: &Strings, board: &Board, difficulty: &Record) -> Vec<Item> {
    let item = |record: &Record| {
        let on = record.linked(set::ANSWERS).any(|id| id == difficulty.id);
        let edit = Relation::Answers.edit(difficulty.id, !on);
        Item::new(listed(strings, record), Pick::Edit(record.id, edit)).on(on)
    };
    act::answering(board).into_iter().map(item).collect()
}

/// The edit that takes a membership back, or makes it again.
fn turned(edit: Edit) -> Edit {
    match edit {
        Edit::Support(id, on) => Edit::Support(id, !on),
        Edit::SameOpinion(id, on) => Edit::SameOpinion(id, !on),
        Edit::Answers(id, on) => Edit::Answers(id, !on),
        Edit::Follows(id, on) => Edit::Follows(id, !on),
        other => other,
    }
}
