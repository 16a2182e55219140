//! What each action does. The match only dispatches.

use super::{
    App, Screen, Source,
    dialogs::{Dialog, wizard::Wizard},
    effect::Effect,
    form::{self, Input},
    notice::Notice,
    open,
    panes::PaneId,
    session::{FieldEdit, Focus, SessionSeat, Target},
};
use crate::{
    domain::{
        agenda,
        command::{Command, Place},
        difficulty, field,
        ids::RecordId,
        kind::{DifficultyNature, Kind, PledgeState},
        policy,
        record::Record,
        undo::Stacks,
    },
    i18n::{self, fill},
    keymap::action::Action,
};

impl App {
    /// Does an action.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        use Action as A;
        match action {
            A::Capture => self.open_capture(),
            A::PaneAgenda => self.show(PaneId::Agenda),
            A::PaneKeynote => self.show(PaneId::Keynote),
            A::PaneDifficulties => self.show(PaneId::Difficulties),
            A::PaneConclusions => self.show(PaneId::Conclusions),
            A::PaneRoster => self.show(PaneId::Roster),
            A::PanePledge => self.show(PaneId::Pledge),
            A::Triage => self.show(PaneId::Triage),
            A::Home => self.go_home(),
            A::Open => self.open_or_store(),
            A::Leave => self.leave(),
            A::Add => self.add(),
            A::Remove => self.remove(),
            A::Restore => self.ask_restore(),
            A::MoveUp => self.relocate(-1),
            A::MoveDown => self.relocate(1),
            A::Mark => self.mark(),
            A::Merge => self.merge(),
            A::Unmerge => self.ask_unmerge(),
            A::Split => self.begin_split(),
            A::Attach => self.attach(),
            A::ChangeSpeaker => self.ask_speaker(),
            A::Link => self.ask_link(),
            A::ClassifyDifficulty => self.classify(Kind::Difficulty, Some(DifficultyNature::Difficulty)),
            A::ClassifyObstacle => self.classify(Kind::Difficulty, Some(DifficultyNature::Obstacle)),
            A::ClassifyShortcoming => self.classify(Kind::Difficulty, Some(DifficultyNature::Shortcoming)),
            A::ClassifyCause => self.classify(Kind::Cause, None),
            A::ClassifySolution => self.classify(Kind::Solution, None),
            A::ClassifyRecommendation => self.classify(Kind::Recommendation, None),
            A::ClassifyOpinion => self.classify(Kind::Opinion, None),
            A::ClassifyConclusion => self.classify(Kind::Conclusion, None),
            A::ClassifyTask => self.classify(Kind::Task, None),
            A::SessionState => self.ask_state(),
            A::PledgeState => self.ask_pledge_state(),
            A::NextItem => self.next_item(),
            A::Sign => self.ask_signer(),
            A::Find => self.ask_find(),
            A::RecordHistory => self.show_record_history(),
            A::SessionHistory => self.show_session_history(),
            A::Export => self.export(),
            A::Undo => self.revert(true),
            A::Redo => self.revert(false),
            A::SayState => self.say_state(),
            A::SwitchLanguage => self.switch_language(),
            A::Help => self.show_help(),
            A::Palette => self.show_palette(),
            A::Cover => self.cover(),
            A::Quit => vec![Effect::Quit],
            A::Up => self.step(-1),
            A::Down => self.step(1),
            A::PageUp => self.page(-1),
            A::PageDown => self.page(1),
            A::First => self.step(isize::MIN / 2),
            A::Last => self.step(isize::MAX / 2),
            A::Next => self.next_field(1),
            A::Previous => self.next_field(-1),
            A::Left => self.focus_list(),
            A::Right => self.focus_detail(),
        }
    }

    fn not_here(&mut self) -> Vec<Effect> {
        self.say(Notice::warning(self.strings().notice_not_here));
        Vec::new()
    }

    fn open_capture(&mut self) -> Vec<Effect> {
        self.dialog = None;
        match self.session_mut() {
            Some(seat) => seat.open_capture(),
            None => return self.not_here(),
        }
        Vec::new()
    }

    fn show(&mut self, pane: PaneId) -> Vec<Effect> {
        self.close_dialog();
        let Some(seat) = self.session_mut() else { return self.not_here() };
        seat.keep_editing();
        seat.show(pane);
        Vec::new()
    }

    pub(super) fn selected_id(&self) -> Option<RecordId> {
        self.session()?.list().selected
    }

    /// Enter: opens what is selected, or stores what is typed.
    fn open_or_store(&mut self) -> Vec<Effect> {
        if self.dialog.is_some() {
            return self.confirm_dialog();
        }
        let Screen::Session(seat) = &self.screen else { return self.open_selected_session() };
        match seat.focus {
            Focus::List => self.focus_detail(),
            Focus::Detail(at) => self.begin_edit(at),
            Focus::Editing => self.store_field(),
            Focus::Capture => self.store_line(),
        }
    }

    fn store_line(&mut self) -> Vec<Effect> {
        let now = self.now;
        let ids = &mut self.ids;
        let Screen::Session(seat) = &mut self.screen else { return Vec::new() };
        let text = seat.capture.editor.text();
        let Some(capture) = seat.capture.capture(&seat.board, ids, now) else {
            self.say(Notice::info(self.strings().notice_empty_line));
            return Vec::new();
        };
        let scope = seat.scope();
        seat.capture.advance();
        vec![self.send(scope, Command::Capture(Box::new(capture)), Source::Capture(text))]
    }

    /// Begins to edit a field of the selected record: typed in place, or chosen from a list.
    pub(super) fn begin_edit(&mut self, at: usize) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let board = std::sync::Arc::clone(&seat.board);
        let Some(record) = seat.list().selected.and_then(|id| board.record(id)) else { return Vec::new() };
        let Some(spec) = seat.specs().into_iter().nth(at) else { return Vec::new() };
        if spec.is_typed() {
            let kept = seat.take_kept(|kept| kept.is_of(record.id, &spec.field));
            let text = form::show(&board, record, &spec, strings);
            seat.editing = Some(kept.unwrap_or_else(|| FieldEdit::existing(record, spec, &text)));
            seat.focus = Focus::Editing;
            return Vec::new();
        }
        let choices = form::choices(&board, record, &spec, strings);
        let many = spec.input == Input::Many;
        self.dialog = Some(open::field_picker(spec.label(strings), record.id, choices, many));
        Vec::new()
    }

    /// Stores the text of a field.
    fn store_field(&mut self) -> Vec<Effect> {
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some(edit) = seat.editing.take() else { return self.focus_list() };
        match edit.target.clone() {
            Target::Split(record) => self.store_split(record, edit),
            Target::New { record, kind, details, place } => {
                self.store_new(record, kind, details, place, edit)
            }
            Target::Existing(record) => self.store_existing(record, edit),
        }
    }

    /// Puts an editor back whose text could not be taken.
    fn keep_open(&mut self, edit: FieldEdit, why: Notice) -> Vec<Effect> {
        if let Some(seat) = self.session_mut() {
            seat.editing = Some(edit);
            seat.focus = Focus::Editing;
        }
        self.say(why);
        Vec::new()
    }

    fn store_existing(&mut self, record: RecordId, edit: FieldEdit) -> Vec<Effect> {
        let strings = self.strings();
        let text = edit.editor.text_nfc();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let parsed = form::parse(&edit.spec, seat.board.record(record), &text);
        let scope = seat.scope();
        let at = seat.specs().iter().position(|spec| *spec == edit.spec).unwrap_or(0);
        seat.focus = Focus::Detail(at);
        if !edit.is_changed() {
            return Vec::new();
        }
        match parsed {
            Err(error) => self.keep_open(edit, Notice::warning(error.words(strings))),
            Ok(edits) => {
                let tags = edit.spec.input == Input::Tags;
                let seen = |field: &crate::domain::change::Field, app: &Self| match app.session() {
                    Some(seat) if tags => {
                        seat.board.record(record).map(|r| r.seen(field)).unwrap_or_default()
                    }
                    _ => edit.seen.clone(),
                };
                let mut effects = Vec::new();
                for single in edits {
                    let seen = seen(&single.field(), self);
                    let source = Source::Field(Box::new(edit.clone()));
                    effects.push(self.send(scope, Command::Edit { record, edit: single, seen }, source));
                }
                effects
            }
        }
    }

    fn store_new(
        &mut self,
        record: RecordId,
        kind: Kind,
        mut details: Vec<crate::domain::edit::Edit>,
        place: Place,
        edit: FieldEdit,
    ) -> Vec<Effect> {
        let text = edit.editor.text_nfc();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        // A paragraph is one line; what else was pasted becomes paragraphs of its own.
        let paragraphs: Vec<&str> = if kind == Kind::Paragraph {
            lines.collect()
        } else {
            lines.next().map(|_| text.trim()).into_iter().collect()
        };
        let Some((first, rest)) = paragraphs.split_first() else {
            let why = Notice::warning(self.strings().error_empty);
            return self.keep_open(edit, why);
        };
        let Some(scope) = self.session().map(SessionSeat::scope) else { return Vec::new() };
        let Ok(main) = form::parse(&edit.spec, None, first) else { return Vec::new() };
        let common = details.clone();
        details.extend(main);
        let source = Source::Field(Box::new(edit.clone()));
        let mut effects = vec![self.send(scope, Command::Add { record, kind, details, place }, source)];
        let mut last = record;
        for paragraph in rest {
            let record = self.ids.record();
            let mut details = common.clone();
            details.extend(form::parse(&edit.spec, None, paragraph).unwrap_or_default());
            let place = Place::After(last);
            effects.push(self.send(scope, Command::Add { record, kind, details, place }, Source::Action));
            last = record;
        }
        if let Some(seat) = self.session_mut() {
            seat.focus = Focus::List;
            seat.await_selection(record);
        }
        effects
    }

    fn begin_split(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some(record) = seat.selected().filter(|record| record.text(&field::TEXT).is_some()) else {
            return self.not_here();
        };
        let (id, text) = (record.id, record.wording().to_owned());
        let Some(spec) = seat.specs().into_iter().next() else { return self.not_here() };
        let mut edit = FieldEdit::existing(record, spec, &text);
        edit.target = Target::Split(id);
        seat.editing = Some(edit);
        seat.focus = Focus::Editing;
        self.say(Notice::info(strings.split_here));
        Vec::new()
    }

    fn store_split(&mut self, record: RecordId, edit: FieldEdit) -> Vec<Effect> {
        let (first, second) = edit.editor.split_at_cursor();
        if first.trim().is_empty() || second.trim().is_empty() {
            let why = Notice::info(self.strings().split_here);
            return self.keep_open(edit, why);
        }
        let Some(scope) = self.session().map(SessionSeat::scope) else { return Vec::new() };
        let rest = vec![(self.ids.record(), second)];
        let seen = edit.seen.clone();
        if let Some(seat) = self.session_mut() {
            seat.focus = Focus::List;
        }
        let command = Command::Split { record, first, rest, seen };
        vec![self.send(scope, command, Source::Field(Box::new(edit)))]
    }

    /// Esc: one step outwards; nothing is lost.
    fn leave(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        if self.dialog.is_some() {
            self.close_dialog();
            return Vec::new();
        }
        let Some(seat) = self.session_mut() else { return Vec::new() };
        match seat.focus {
            Focus::Capture => {
                seat.leave_capture();
                if !seat.capture.editor.is_empty() {
                    self.say(Notice::info(strings.cancel_key_note));
                }
            }
            Focus::Editing => {
                let new =
                    seat.editing.as_ref().is_some_and(|edit| !matches!(edit.target, Target::Existing(_)));
                let at =
                    seat.editing.as_ref().and_then(|edit| seat.specs().iter().position(|s| *s == edit.spec));
                seat.focus = if new { Focus::List } else { Focus::Detail(at.unwrap_or(0)) };
                if seat.keep_editing() {
                    self.say(Notice::info(strings.cancel_key_note));
                }
            }
            Focus::Detail(_) => seat.focus = Focus::List,
            Focus::List if !seat.marked.is_empty() => seat.marked.clear(),
            Focus::List => return self.go_home(),
        }
        Vec::new()
    }

    /// Closes the dialog; a half-filled form is kept.
    fn close_dialog(&mut self) {
        if let Some(Dialog::Wizard(wizard)) = self.dialog.take() {
            self.kept_wizard = Some(wizard.kept());
            self.say(Notice::info(self.strings().cancel_key_note));
        }
    }

    fn add(&mut self) -> Vec<Effect> {
        if matches!(self.screen, Screen::Home(_)) {
            return self.open_wizard();
        }
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let additions = seat.pane.additions(&seat.board, seat.selected());
        if additions.len() == 1 {
            return self.begin_addition(0);
        }
        let kinds: Vec<&str> = additions.iter().map(|addition| strings.kind(addition.kind)).collect();
        self.dialog = Some(open::addition_picker(strings, &kinds));
        Vec::new()
    }

    /// Begins the text of what the pane offers at this place; one that was left half-typed comes back.
    pub(super) fn begin_addition(&mut self, at: usize) -> Vec<Effect> {
        let record = self.ids.record();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some(addition) = seat.pane.additions(&seat.board, seat.selected()).into_iter().nth(at) else {
            return self.not_here();
        };
        let same =
            |kept: &FieldEdit| matches!(&kept.target, Target::New { kind, .. } if *kind == addition.kind);
        let kept = seat.take_kept(same);
        let new = || FieldEdit::new(record, addition.kind, addition.details, addition.place);
        seat.editing = kept.or_else(new);
        seat.focus = Focus::Editing;
        Vec::new()
    }

    fn open_wizard(&mut self) -> Vec<Effect> {
        let wizard = match self.kept_wizard.take() {
            Some(kept) => Wizard::restored(&kept),
            None => Wizard::new(self.now.date_naive(), self.last_board.as_deref()),
        };
        self.dialog = Some(Dialog::Wizard(Box::new(wizard)));
        Vec::new()
    }

    fn remove(&mut self) -> Vec<Effect> {
        let (Some(id), strings) = (self.selected_id(), self.strings()) else { return self.not_here() };
        let Some(record) = self.session().and_then(|seat| seat.board.record(id)) else { return Vec::new() };
        if record.kind() == Some(Kind::Session) {
            return self.not_here();
        }
        let undo = self.key_name(Action::Undo);
        let text = fill(strings.notice_removed, &[&open::named(strings, record), &undo]);
        let effects = self.act_on_session(Command::Remove { record: id });
        self.say(Notice::info(text));
        effects
    }

    fn relocate(&mut self, by: isize) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(record) = seat.selected() else { return Vec::new() };
        let Some(kind) = record.kind() else { return Vec::new() };
        let siblings = match record.link(&field::PARENT) {
            Some(parent) => seat.board.children(parent, kind),
            None => seat.board.of_kind(kind),
        };
        let ids: Vec<RecordId> = siblings.iter().map(|sibling| sibling.id).collect();
        let Some(at) = ids.iter().position(|id| *id == record.id) else { return Vec::new() };
        let place = match by {
            -1 if at == 0 => return Vec::new(),
            -1 => at.checked_sub(2).and_then(|at| ids.get(at)).map_or(Place::First, |id| Place::After(*id)),
            _ => match ids.get(at + 1) {
                Some(next) => Place::After(*next),
                None => return Vec::new(),
            },
        };
        let record = record.id;
        self.act_on_session(Command::Move { record, place })
    }

    fn mark(&mut self) -> Vec<Effect> {
        let Some(id) = self.selected_id() else { return Vec::new() };
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        if !seat.marked.remove(&id) {
            seat.marked.insert(id);
        }
        let count = seat.marked.len().to_string();
        seat.step(1);
        self.say(Notice::info(fill(strings.notice_marked, &[&count])));
        Vec::new()
    }

    /// The marked records, or the selected one.
    fn chosen_records(&self) -> Vec<RecordId> {
        let marked: Vec<RecordId> =
            self.session().map(|seat| seat.marked.iter().copied().collect()).unwrap_or_default();
        if marked.is_empty() { self.selected_id().into_iter().collect() } else { marked }
    }

    fn clear_marks(&mut self) {
        if let Some(seat) = self.session_mut() {
            seat.marked.clear();
        }
    }

    fn merge(&mut self) -> Vec<Effect> {
        let Some(into) = self.selected_id() else { return self.not_here() };
        let from: Vec<RecordId> = self.chosen_records().into_iter().filter(|id| *id != into).collect();
        if from.is_empty() {
            self.say(Notice::info(self.strings().notice_no_marks));
            return Vec::new();
        }
        self.clear_marks();
        self.act_on_session(Command::Merge { into, from })
    }

    /// The line above, in the list as shown.
    fn attach(&mut self) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let above =
            seat.list().at.checked_sub(1).and_then(|at| seat.rows.get(at)).and_then(|row| row.record());
        match (seat.list().selected, above) {
            (Some(record), Some(to)) => self.act_on_session(Command::Attach { record, to: Some(to) }),
            _ => self.not_here(),
        }
    }

    fn classify(&mut self, kind: Kind, nature: Option<DifficultyNature>) -> Vec<Effect> {
        let records = self.chosen_records();
        if records.is_empty() {
            return self.not_here();
        }
        self.clear_marks();
        self.act_on_session(Command::Classify { records, kind, nature })
    }

    fn next_item(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return self.not_here() };
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
        self.say(Notice::info(notice));
        if record.is_none() && now.is_none() {
            return Vec::new();
        }
        self.act_on_session(Command::StartItem { record })
    }

    fn export(&mut self) -> Vec<Effect> {
        match self.session() {
            Some(seat) => vec![Effect::Export(seat.scope())],
            None => self.not_here(),
        }
    }

    /// Undo or redo of this person's last command in the session.
    fn revert(&mut self, undo: bool) -> Vec<Effect> {
        let (lang, strings) = (self.lang, self.strings());
        let Some(seat) = self.session() else { return self.not_here() };
        let board = std::sync::Arc::clone(&seat.board);
        let stacks = Stacks::of(&board, self.me.person);
        let next = if undo { stacks.undo.last() } else { stacks.redo.last() };
        let Some(change) = next.copied().filter(|id| !creates_session(&board, *id)) else {
            self.say(Notice::info(strings.refused_undo));
            return Vec::new();
        };
        let what =
            board.change(change).map(|change| i18n::sentence(lang, &board, change)).unwrap_or_default();
        let pattern = if undo { strings.notice_undone } else { strings.notice_redone };
        let command = if undo { Command::Undo { change } } else { Command::Redo { change } };
        let effects = self.act_on_session(command);
        self.say(Notice::info(fill(pattern, &[&what])));
        effects
    }

    fn say_state(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let unsaved = self.session().is_some_and(SessionSeat::has_unsaved);
        let notice = if !self.pending.is_empty() {
            Notice::info(strings.saving)
        } else if unsaved {
            Notice::warning(strings.unsaved_text)
        } else {
            Notice::info(strings.notice_all_saved)
        };
        self.say(notice);
        Vec::new()
    }

    fn switch_language(&mut self) -> Vec<Effect> {
        self.lang = self.lang.other();
        self.say(Notice::info(self.strings().notice_language));
        Vec::new()
    }

    fn cover(&mut self) -> Vec<Effect> {
        self.close_dialog();
        self.dialog = Some(Dialog::Cover);
        Vec::new()
    }

    fn step(&mut self, by: isize) -> Vec<Effect> {
        match &mut self.dialog {
            Some(Dialog::Picker(picker)) => picker.step(by),
            Some(Dialog::Pages(pages)) => pages.scroll(by),
            Some(Dialog::Wizard(wizard)) => wizard.step(by.clamp(-1, 1)),
            Some(Dialog::Cover) => {}
            None => self.step_in_screen(by),
        }
        Vec::new()
    }

    fn step_in_screen(&mut self, by: isize) {
        let last = self.catalogue.sessions().len().saturating_sub(1);
        match &mut self.screen {
            Screen::Home(home) => home.selected = home.selected.saturating_add_signed(by).min(last),
            Screen::Session(seat) => match seat.focus {
                Focus::Detail(at) => {
                    let last = seat.specs().len().saturating_sub(1);
                    seat.focus = Focus::Detail(at.saturating_add_signed(by).min(last));
                }
                _ => seat.step(by),
            },
        }
    }

    fn page(&mut self, by: isize) -> Vec<Effect> {
        let rows = super::layout::areas(self).list_rows().max(2) - 1;
        self.step(by * isize::try_from(rows).unwrap_or(10))
    }

    /// Tab: the next field in a text, the next pane elsewhere.
    fn next_field(&mut self, by: isize) -> Vec<Effect> {
        if let Some(Dialog::Wizard(wizard)) = &mut self.dialog {
            wizard.step(by);
            return Vec::new();
        }
        if self.dialog.is_some() {
            return self.step(by);
        }
        let Some(seat) = self.session_mut() else { return Vec::new() };
        match seat.focus {
            Focus::Capture => {
                let board = std::sync::Arc::clone(&seat.board);
                seat.capture.complete(&board);
                Vec::new()
            }
            Focus::Editing => self.store_and_go_on(by),
            Focus::List => self.next_pane(by),
            Focus::Detail(_) => self.step(by),
        }
    }

    fn store_and_go_on(&mut self, by: isize) -> Vec<Effect> {
        let effects = self.store_field();
        if matches!(self.session().map(|seat| seat.focus), Some(Focus::Detail(_))) {
            self.step_in_screen(by);
        }
        effects
    }

    fn next_pane(&mut self, by: isize) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let tabs = PaneId::TABS;
        let now = tabs.iter().position(|pane| *pane == seat.pane);
        let next = match now {
            Some(at) => at.wrapping_add_signed(by) % tabs.len(),
            None => 0,
        };
        tabs.get(next).map_or_else(Vec::new, |pane| self.show(*pane))
    }

    fn focus_list(&mut self) -> Vec<Effect> {
        if let Some(seat) = self.session_mut()
            && matches!(seat.focus, Focus::Detail(_) | Focus::Editing)
        {
            seat.focus = Focus::List;
        }
        Vec::new()
    }

    fn focus_detail(&mut self) -> Vec<Effect> {
        if let Some(seat) = self.session_mut()
            && seat.list().selected.is_some()
        {
            seat.focus = Focus::Detail(0);
        }
        Vec::new()
    }
}

/// Whether undoing a change would make the session vanish; that is done by removing it, on purpose.
fn creates_session(board: &crate::domain::board::Board, id: crate::domain::ids::ChangeId) -> bool {
    board.change(id).is_some_and(|change| &*change.header.name == "CreateSession")
}

/// The states a pledge can take from one.
pub(super) fn pledge_states(from: PledgeState) -> &'static [PledgeState] {
    use PledgeState as P;
    match from {
        P::Draft => &[P::Agreed],
        P::Agreed => &[P::Signed, P::Draft],
        P::Signed => &[P::Amended],
        P::Amended => &[P::Signed],
    }
}

/// The records that can answer a difficulty.
pub(super) fn answering(board: &crate::domain::board::Board) -> Vec<&Record> {
    let kinds = [Kind::Cause, Kind::Solution, Kind::Recommendation, Kind::Conclusion, Kind::Task];
    kinds.iter().flat_map(|kind| difficulty::main_of(board, *kind)).collect()
}

/// The states a session can take from its present one.
pub(super) fn session_states(
    board: &crate::domain::board::Board,
) -> &'static [crate::domain::kind::SessionState] {
    policy::next_states(policy::session_state(board))
}
