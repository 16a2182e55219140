//! Typing into records: new ones, fields in place, and the line cut in two.

use std::sync::Arc;

use crate::{
    app::{
        App, Screen, Source, cuts,
        dialogs::picker::{Item, Pick, Picker},
        editor::Pos,
        effect::Effect,
        field_edit::{FieldEdit, Target},
        form::{self, Input},
        mouse::pane_action,
        notice::{Level, Notice},
        panes::PaneId,
        session::{Focus, SessionSeat},
    },
    domain::{
        change::Field,
        command::{Command, Place},
        edit::Edit,
        field,
        ids::RecordId,
        kind::Kind,
    },
    i18n::{Strings, fill},
    keymap::action::Action,
};

impl App {
    /// Enter in the capture line.
    pub(super) fn store_line(&mut self) -> Vec<Effect> {
        self.store_line_and(|_| None)
    }

    /// Stores the line, does what is wished with it, fills in what its sentence says of who does what by when, and writes its abbreviations out: the last, so that the first undo brings
    /// them back.
    pub(super) fn store_line_and(&mut self, then: impl Fn(RecordId) -> Option<Command>) -> Vec<Effect> {
        let (now, ids) = (self.now, &mut self.ids);
        let Screen::Session(seat) = &mut self.screen else { return Vec::new() };
        let (scope, line) = (seat.scope(), seat.capture.line());
        if seat.capture.takes_up_next() {
            seat.capture.advance();
            return Vec::new();
        }
        let Some(capture) = seat.capture.capture(&seat.board, ids, now) else {
            self.say(Notice::info(self.strings().notice_empty_line));
            return Vec::new();
        };
        seat.capture.advance();
        let (record, from) = (capture.record, capture.text.clone());
        seat.captured = Some(record);
        if capture.off_record {
            self.say(Notice::info(self.strings().wall.notice_off_record));
        }
        let (kind, is_public) = (capture.kind, !capture.off_record);
        let expanded = self.abbreviations.expand(&from).map(|(to, _)| to);
        let stored = self.send(scope, Command::Capture(Box::new(capture)), Source::Capture(line));
        let edits =
            if is_public { self.said_of(kind, expanded.as_ref().unwrap_or(&from), &[]) } else { Vec::new() };
        self.say_read(&edits);
        let read = (!edits.is_empty()).then_some(Command::Fill { record, edits, seen: Vec::new() });
        let expanded = expanded.map(|to| Command::Expand { record, from, to });
        let beside = then(record).into_iter().chain(read).chain(expanded);
        let beside: Vec<Effect> = beside.map(|command| self.send(scope, command, Source::Action)).collect();
        std::iter::once(stored).chain(beside).collect()
    }

    /// Begins to edit a field of the selected record: typed in place, or chosen from a list.
    pub(super) fn begin_edit(&mut self, at: usize) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some(spec) = seat.specs().into_iter().nth(at) else { return Vec::new() };
        if at == 0 && seat.selected().is_some_and(|record| record.kind() == Some(Kind::FollowUp)) {
            self.say(Notice::info(strings.following.only_text_here));
            return Vec::new();
        }
        let board = Arc::clone(&seat.board);
        let Some(record) = seat.list().selected.and_then(|id| seat.holder(id, &spec.field)).cloned() else {
            return Vec::new();
        };
        if spec.is_typed() {
            let kept = seat.take_kept(|kept| kept.is_of(record.id, &spec.field));
            let text = form::show(&board, &record, &spec, strings);
            seat.begin(kept.unwrap_or_else(|| FieldEdit::existing(&record, spec, &text)));
            return Vec::new();
        }
        let seen = (spec.input == Input::Choice).then(|| record.seen(&spec.field));
        let item = |choice: form::Choice| {
            let pick = Pick::Edit { record: record.id, edit: choice.edit, seen: seen.clone() };
            Item::new(choice.label, pick).on(choice.on)
        };
        let items = form::choices(&board, &record, &spec, strings).into_iter().map(item).collect();
        let picker = if seen.is_none() { Picker::many } else { Picker::one };
        self.show_picker(picker(spec.label(strings).to_owned(), items))
    }

    /// Stores the text of a field.
    pub(super) fn store_field(&mut self) -> Vec<Effect> {
        let Some(seat) = self.session_mut() else { return Vec::new() };
        if seat.editing.as_ref().is_some_and(|edit| edit.stale) {
            return self.ask_which();
        }
        let Some(edit) = seat.editing.take() else { return Vec::new() };
        match edit.target.clone() {
            Target::Split(record) => self.store_split(record, edit),
            Target::New { record, kind, details, place } => {
                self.store_new(record, kind, &details, place, edit)
            }
            Target::Existing(record) => self.store_existing(record, edit),
        }
    }

    /// Puts an editor back whose text could not be taken.
    fn keep_open(&mut self, edit: FieldEdit, why: Notice) -> Vec<Effect> {
        if let Some(seat) = self.session_mut() {
            seat.begin(edit);
        }
        self.say(why);
        Vec::new()
    }

    fn store_existing(&mut self, record: RecordId, edit: FieldEdit) -> Vec<Effect> {
        let strings = self.strings();
        let now = self.now;
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let day = seat.on_its_day(now);
        let parsed = form::parse(&edit.spec, seat.board.record(record), &edit.editor.text_nfc(), day);
        let edits = match parsed {
            _ if !edit.is_changed() => Vec::new(),
            Ok(edits) => edits,
            Err(error) => return self.keep_open(edit, Notice::warning(error.words(strings))),
        };
        let at = seat.specs().iter().position(|spec| *spec == edit.spec);
        let here = at.filter(|at| seat.list().selected == Some(record) && seat.edits_in_details(*at));
        let here = here.filter(|_| !seat.was_asked_by_mark(&edit.spec.field));
        seat.focus = here.map_or(Focus::List, Focus::Detail);
        let scope = seat.scope();
        let mut effects = Vec::new();
        for single in edits {
            let seen = self.seen_by(&edit, record, &single.field());
            let source = Source::Field(Box::new(edit.clone()));
            effects.push(self.send(scope, Command::Edit { record, edit: single, seen }, source));
        }
        effects
    }

    /// The writes that an edit has seen. Each tag is a field of its own, which nobody looks at alone.
    fn seen_by(
        &self,
        edit: &FieldEdit,
        record: RecordId,
        field: &Field,
    ) -> Vec<crate::domain::change::WriteId> {
        if edit.spec.input != Input::Tags {
            return edit.seen.clone();
        }
        let holder = self.session().and_then(|seat| seat.holder(record, field));
        holder.map(|holder| holder.seen(field)).unwrap_or_default()
    }

    /// A new record. A paragraph is one line, so what else was pasted becomes paragraphs of its own.
    fn store_new(
        &mut self,
        record: RecordId,
        kind: Kind,
        details: &[Edit],
        place: Place,
        edit: FieldEdit,
    ) -> Vec<Effect> {
        let text = edit.editor.text_nfc();
        let texts: Vec<&str> = if kind == Kind::Paragraph { text.lines().collect() } else { vec![&text] };
        let texts: Vec<&str> = texts.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            let why = Notice::warning(self.strings().error_empty);
            return self.keep_open(edit, why);
        }
        let (mut effects, mut record, mut place) = (Vec::new(), record, place);
        for text in texts {
            effects.extend(self.send_new(record, kind, details, place, text));
            if let Some(seat) = self.session_mut() {
                seat.focus = Focus::List;
                seat.await_selection(record);
            }
            place = Place::After(record);
            record = self.ids.record();
        }
        effects
    }

    fn send_new(
        &mut self,
        record: RecordId,
        kind: Kind,
        details: &[Edit],
        place: Place,
        text: &str,
    ) -> Option<Effect> {
        let scope = self.session()?.scope();
        let mut edit = FieldEdit::new(record, kind, details.to_vec(), place)?;
        edit.editor.paste(text);
        let main = form::parse(&edit.spec, None, text, self.now).unwrap_or_default();
        let said = self.said_of(kind, text, details);
        let details = [details, &main, &said].concat();
        let command = Command::Add { record, kind, details, place };
        Some(self.send(scope, command, Source::Field(Box::new(edit))))
    }

    /// Opens the line to be cut, at the first place that is proposed; while it is open, cuts it at all of them.
    pub(super) fn begin_split(&mut self) -> Vec<Effect> {
        if self.session().is_some_and(SessionSeat::is_splitting) {
            return self.split_at_all();
        }
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let record = seat.list().selected.and_then(|id| seat.holder(id, &field::TEXT)).cloned();
        let spec = seat.specs().into_iter().next();
        let (Some(record), Some(spec)) = (record, spec) else { return self.not_here() };
        let kept = seat.take_kept(|kept| kept.target == Target::Split(record.id));
        let new = || FieldEdit {
            target: Target::Split(record.id),
            ..FieldEdit::existing(&record, spec, record.wording())
        };
        seat.begin(kept.unwrap_or_else(new));
        let cuts = self.go_to_cut().to_string();
        let [next, all] = [Action::Next, Action::Split].map(|action| self.key_name(action));
        let proposal = fill(strings.sorting.notice_cuts, &[&cuts, &next, &all]);
        self.say(Notice::info(if cuts == "0" { strings.split_here.to_owned() } else { proposal }));
        Vec::new()
    }

    /// Puts the cursor to the next place where the open line may be cut, after the last one to the first; how many there are.
    pub(super) fn go_to_cut(&mut self) -> usize {
        let edit = self.session_mut().and_then(|seat| seat.editing.as_mut());
        let Some(edit) = edit else { return 0 };
        let text = edit.editor.text();
        let places: Vec<Pos> = cuts::proposed(&text).into_iter().map(|at| place_of(&text, at)).collect();
        let head = edit.editor.caret().head;
        let at_end = edit.editor.split_at_cursor().1.is_empty();
        let next = places.iter().find(|place| **place > head && !at_end).or_else(|| places.first());
        if let Some(next) = next {
            edit.editor.put_cursor(*next);
        }
        places.len()
    }

    /// Cuts the open line at every place that is proposed.
    fn split_at_all(&mut self) -> Vec<Effect> {
        let Some(edit) = self.session().and_then(|seat| seat.editing.as_ref()) else { return Vec::new() };
        let text = edit.editor.text_nfc();
        let pieces = cuts::pieces(&text, &cuts::proposed(&text));
        self.store_pieces(pieces)
    }

    /// Cuts the open line at the cursor.
    fn store_split(&mut self, record: RecordId, edit: FieldEdit) -> Vec<Effect> {
        let (first, second) = edit.editor.split_at_cursor();
        self.store_pieces_of(record, edit, vec![first, second])
    }

    fn store_pieces(&mut self, pieces: Vec<String>) -> Vec<Effect> {
        let Some(edit) = self.session_mut().and_then(|seat| seat.editing.take()) else { return Vec::new() };
        self.store_pieces_of(edit.target.record(), edit, pieces)
    }

    /// Stores the pieces of a line: the first stays in it.
    fn store_pieces_of(&mut self, record: RecordId, edit: FieldEdit, pieces: Vec<String>) -> Vec<Effect> {
        let is_whole = pieces.len() < 2 || pieces.iter().any(|piece| piece.trim().is_empty());
        let mut pieces = pieces.into_iter();
        let Some(first) = pieces.next().filter(|_| !is_whole) else {
            let why = Notice::info(self.strings().split_here);
            return self.keep_open(edit, why);
        };
        // Pieces are equally old; among another kind they stand by their ids.
        let mut ids: Vec<RecordId> = pieces.clone().map(|_| self.ids.record()).collect();
        ids.sort_unstable();
        let rest = ids.into_iter().zip(pieces).collect();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        seat.focus = Focus::List;
        let scope = seat.scope();
        let command = Command::Split { record, first, rest, seen: edit.seen.clone() };
        vec![self.send(scope, command, Source::Field(Box::new(edit)))]
    }

    pub(super) fn add(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return self.open_wizard() };
        if seat.pane == PaneId::Speakers {
            return self.ask_turn();
        }
        let additions = seat.additions();
        if additions.len() == 1 {
            return self.begin_addition(0);
        }
        let item = |(at, addition): (usize, &crate::app::panes::Addition)| {
            Item::new(strings.kind(addition.kind), Pick::Addition(at))
        };
        let items = additions.iter().enumerate().map(item).collect();
        self.show_picker(Picker::one(strings.action_add, items))
    }

    /// Tells where a record stands that was added here and is listed in another pane.
    pub(in crate::app) fn tell_added(&mut self, added: RecordId) {
        let strings = self.strings();
        let Some(seat) = self.session().filter(|seat| seat.place_of(added).is_none()) else { return };
        let Some(pane) = seat.pane_of(added).filter(|pane| *pane != seat.pane) else { return };
        let Some(record) = seat.board.record(added) else { return };
        let key = self.key_name(pane_action(pane));
        let name = super::called(strings, record);
        let told = fill(strings.sorting.notice_stands_in, &[name, pane.title(strings), &key]);
        let told = match &self.notice {
            Some(shown) if shown.level == Level::Info => format!("{}. {told}", shown.text),
            _ => told,
        };
        self.say(Notice::info(told));
    }

    /// Begins the text of what the pane offers at this place; one that was left half-typed there comes back.
    pub(super) fn begin_addition(&mut self, at: usize) -> Vec<Effect> {
        let record = self.ids.record();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some(addition) = seat.additions().into_iter().nth(at) else {
            return self.not_here();
        };
        let same = |kept: &FieldEdit| match &kept.target {
            Target::New { kind, details, .. } => *kind == addition.kind && *details == addition.details,
            _ => false,
        };
        let kept = seat.take_kept(same);
        let new = || FieldEdit::new(record, addition.kind, addition.details, addition.place);
        if let Some(edit) = kept.or_else(new) {
            seat.begin(edit);
        }
        Vec::new()
    }

    /// The texts that were left half-typed, to go on with one.
    pub(super) fn ask_unsaved(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let item = |(at, kept): (usize, &FieldEdit)| {
            let text = kept.editor.text_nfc().replace('\n', " ");
            Item::new(text, Pick::Kept(at)).aside(name_of(seat, kept, strings))
        };
        let line = seat.capture.editor.text_nfc();
        let waiting = seat.capture.waiting.front().map(|line| line.text.clone());
        let captured = [Some(line).filter(|line| !line.is_empty()), waiting].into_iter().flatten().next();
        let capture =
            captured.map(|text| Item::new(text, Pick::Action(Action::Capture)).aside(strings.action_capture));
        let items = capture.into_iter().chain(seat.kept.iter().enumerate().map(item)).collect();
        self.show_picker(Picker::one(strings.action_unsaved, items))
    }

    pub(super) fn go_on_with(&mut self, at: usize) -> Vec<Effect> {
        let Some(seat) = self.session_mut() else { return Vec::new() };
        if at < seat.kept.len() {
            let edit = seat.kept.remove(at);
            seat.go(edit.target.record());
            seat.begin(edit);
        }
        Vec::new()
    }
}

/// A byte of a text as a place in its lines.
fn place_of(text: &str, at: usize) -> Pos {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    Pos { line: before.matches('\n').count(), byte: at - start }
}

/// What a half-typed text belongs to.
fn name_of(seat: &SessionSeat, kept: &FieldEdit, strings: &Strings) -> String {
    let label = kept.spec.label(strings);
    match &kept.target {
        Target::New { kind, .. } => fill("{}: {}", &[strings.action_add, strings.kind(*kind)]),
        Target::Split(id) | Target::Existing(id) => {
            let name = seat.board.record(*id).map(|record| super::called(strings, record));
            fill("{}: {}", &[name.unwrap_or_default(), label])
        }
    }
}
