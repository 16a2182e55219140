//! From bursts of keys to actions and letters.

use std::sync::Arc;

use super::{
    App, Screen, Touched,
    dialogs::{Dialog, picker::Remote},
    editor::{Editor, Handled},
    effect::Effect,
    guard::Verdict,
    msg::Input,
    notice::Notice,
    session::{Focus, SessionSeat},
};
use crate::{
    i18n::fill,
    keymap::{
        Context,
        action::Action,
        key::{Key, KeyCode},
    },
};

/// Where letters go that are typed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Into no text.
    Outside,
    /// Behind a letter of a text.
    InWord,
    /// Into a text, behind anything else: an input method may hold back the word that begins here.
    BetweenWords,
}

impl Place {
    /// The place behind a character.
    pub fn behind(c: char) -> Self {
        // A mark belongs to the letter that it stands on.
        if c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}') {
            Self::InWord
        } else {
            Self::BetweenWords
        }
    }
}

impl App {
    /// Applies all that one read gave, in order.
    pub(super) fn burst(&mut self, burst: Vec<Input>) -> Vec<Effect> {
        let keys: Vec<Key> = burst.iter().filter_map(key_of).collect();
        let mut effects = Vec::new();
        let mut lines = Vec::new();
        let mut left = keys.len();
        let led_by_enter = self.enter_ends_a_line(&keys);
        for (at, input) in burst.into_iter().enumerate() {
            let key = key_of(&input);
            left -= usize::from(key.is_some());
            let rest = keys.get(keys.len() - left..).unwrap_or_default();
            let enter = key.is_some_and(|key| key.code == KeyCode::Enter);
            if enter && !self.is_veiled() && !(at == 0 && led_by_enter) && rest.iter().any(types) {
                self.enter_inside_burst(&mut lines);
                continue;
            }
            if !key.is_some_and(|key| types(&key)) {
                self.queue_lines(&mut lines);
            }
            self.touched = self.touched.and(self.reach(&input));
            effects.extend(self.input(input, &keys));
        }
        self.queue_lines(&mut lines);
        effects
    }

    /// Whether an Enter before all letters of a burst ends what was typed before: the person goes on so fast that both were
    /// read together.
    fn enter_ends_a_line(&mut self, burst: &[Key]) -> bool {
        let one_letter = matches!(burst, [_, only] if only.text().is_some_and(|c| c.is_ascii_graphic()));
        let captures = self.context() == Context::Capture;
        one_letter || (captures && self.editor().is_some_and(|line| !line.is_empty()))
    }

    /// Where the next letter goes.
    pub fn place(&mut self) -> Place {
        if !self.is_typing() {
            return Place::Outside;
        }
        let before = self.editor().map(|editor| editor.char_before());
        before.map_or(Place::Outside, |before| before.map_or(Place::BetweenWords, Place::behind))
    }

    fn input(&mut self, input: Input, burst: &[Key]) -> Vec<Effect> {
        match input {
            Input::Key(key) => self.key(&key, burst),
            Input::Paste(text) => self.paste_or_ask(&text),
            Input::Mouse(mouse) if !self.is_veiled() => super::mouse::apply(self, mouse),
            Input::Mouse(mouse) if !self.covered => self.wheel_on_wall(mouse),
            Input::Mouse(_) | Input::Focus | Input::Reply => Vec::new(),
        }
    }

    /// Enter between letters of one burst is part of a text: it never stores and never confirms.
    fn enter_inside_burst(&mut self, lines: &mut Vec<String>) {
        self.touched = Touched::Window;
        if self.context() == Context::Capture {
            if let Some(seat) = self.session_mut() {
                lines.push(seat.capture.editor.text());
                seat.capture.editor = Editor::line();
            }
        } else if let Some(editor) = self.editor() {
            let before = editor.text();
            editor.newline();
            if editor.text() == before {
                editor.insert(' ');
            }
        }
    }

    /// The lines of a burst stand in their order: the first in the line, the others waiting.
    fn queue_lines(&mut self, lines: &mut Vec<String>) {
        if lines.is_empty() {
            return;
        }
        let now = self.now;
        let mut lines = std::mem::take(lines);
        let Some(seat) = self.session_mut() else { return };
        let board = Arc::clone(&seat.board);
        lines.push(seat.capture.editor.text());
        seat.capture.queue(lines, &board, now);
    }

    fn key(&mut self, key: &Key, burst: &[Key]) -> Vec<Effect> {
        if self.covered {
            self.covered = *key != self.uncovering();
            return Vec::new();
        }
        if self.projected().is_some() {
            return self.key_on_wall(key);
        }
        self.notice = None;
        let effects =
            if self.is_typing() { self.key_in_text(key) } else { self.key_outside_text(key, burst) };
        self.say_next();
        effects
    }

    /// Letters and editing keys go to the text; the others may be actions.
    fn key_in_text(&mut self, key: &Key) -> Vec<Effect> {
        let action = self.keymap.action(self.context(), key);
        let action = action.filter(|action| key.text().is_none() || self.is_choice(*action));
        match action {
            Some(Action::Undo | Action::Redo) => return self.undo_in_text(key, action == Some(Action::Undo)),
            Some(action) if !self.belongs_to_text(action) => return self.act(action),
            _ => {}
        }
        let handled = self.editor().map_or(Handled::No, |editor| editor.apply(key));
        match (handled, &mut self.dialog) {
            (Handled::Edited, _) => return self.typed(),
            (Handled::No, Some(Dialog::Wizard(wizard))) if key.code == KeyCode::Up => wizard.step(-1),
            (Handled::No, Some(Dialog::Wizard(wizard))) if key.code == KeyCode::Down => wizard.step(1),
            _ => {}
        }
        Vec::new()
    }

    /// Whether a key that types a character chooses in an open list instead.
    fn is_choice(&self, action: Action) -> bool {
        action == Action::Mark && matches!(&self.dialog, Some(Dialog::Picker(picker)) if picker.takes_space())
    }

    /// Movement keys of lists that mean something else in a text.
    fn belongs_to_text(&self, action: Action) -> bool {
        use Action as A;
        match self.dialog {
            Some(Dialog::Picker(_)) if self.is_choice(action) => false,
            Some(Dialog::Picker(_)) => {
                matches!(action, A::Left | A::Right | A::First | A::Last | A::Remove | A::Mark | A::Find)
            }
            _ => false,
        }
    }

    /// In a text, undo takes back typing, down to what is stored; in an empty line that has nothing to take back, the
    /// last command.
    fn undo_in_text(&mut self, key: &Key, undo: bool) -> Vec<Effect> {
        let Some(editor) = self.editor() else { return Vec::new() };
        let done = if undo { editor.undo() } else { editor.redo() };
        if done || (undo && self.back_to_stored()) {
            return self.typed();
        }
        if let Some(effects) = self.revert_abbreviation(undo) {
            return effects;
        }
        let empty_capture = self.context() == Context::Capture
            && self.session().is_some_and(|seat| seat.capture.editor.is_empty());
        let action = self.keymap.action(Context::Capture, key).filter(|_| empty_capture);
        action.map_or_else(Vec::new, |action| self.act(action))
    }

    /// A half-typed text that was taken up again has no steps to undo: it gives way to what is stored, as one step.
    fn back_to_stored(&mut self) -> bool {
        if self.dialog.is_some() {
            return false;
        }
        let Some(seat) = self.session_mut().filter(|seat| seat.focus == Focus::Editing) else { return false };
        let Some(edit) = seat.editing.as_mut().filter(|edit| edit.is_changed()) else { return false };
        edit.editor.select_all();
        edit.editor.delete();
        edit.editor.paste(&edit.original);
        true
    }

    /// After a text changed.
    fn typed(&mut self) -> Vec<Effect> {
        let effects = self.typed_in_capture();
        let Some(Dialog::Picker(picker)) = &mut self.dialog else { return effects };
        picker.narrow();
        self.ask_outside()
    }

    /// Asks for the items of a list that is filled from outside.
    pub(super) fn ask_outside(&mut self) -> Vec<Effect> {
        let Some(Dialog::Picker(picker)) = &mut self.dialog else { return Vec::new() };
        let Some(remote) = picker.remote else { return Vec::new() };
        self.generation += 1;
        picker.generation = self.generation;
        let (generation, typed) = (self.generation, picker.query.text_nfc());
        match remote {
            Remote::Abbreviations => self.fill_abbreviations(),
            Remote::Takers => self.fill_takers(),
            Remote::Search => return vec![Effect::Find { generation, query: typed }],
            Remote::Files(_) => return vec![Effect::ListFiles { generation, typed }],
        }
        Vec::new()
    }

    /// The room is taken at the first letter, and what may be written short is asked for.
    fn typed_in_capture(&mut self) -> Vec<Effect> {
        let now = self.now;
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let board = Arc::clone(&seat.board);
        seat.capture.note_context(&board, now);
        if seat.capture.editor.is_empty() { Vec::new() } else { self.abbreviations.ask() }
    }

    fn key_outside_text(&mut self, key: &Key, burst: &[Key]) -> Vec<Effect> {
        let action = self.keymap.action(self.context(), key);
        match self.guard.judge(key, burst, action.is_some(), self.wall) {
            Verdict::Key => {
                let before = self.session().map(|seat| seat.pane);
                let effects = match action {
                    Some(action) => self.act(action),
                    None => {
                        self.meaning_in_a_session(key).map_or_else(Vec::new, |action| self.refuse(action))
                    }
                };
                let after = self.session().map(|seat| seat.pane);
                self.guard.went(before.filter(|_| key.text().is_some() && before != after), self.wall);
                return effects;
            }
            Verdict::Ignore => {}
            Verdict::InputMethod => {
                let palette = self.key_name(Action::Palette);
                self.say(Notice::warning(fill(self.strings().input_method_on, &[&palette])));
            }
        }
        let back = self.guard.way_back(self.wall);
        if let (Some(pane), Some(seat)) = (back, self.session_mut()) {
            seat.show(pane);
        }
        Vec::new()
    }

    /// What a key that means nothing on Home would mean in a session; letters are none.
    fn meaning_in_a_session(&self, key: &Key) -> Option<Action> {
        let is_home = self.context() == Context::Home && key.text().is_none();
        self.keymap.action(Context::Session, key).filter(|_| is_home)
    }

    /// The key that shows the screen again: the one that covers it, wherever that may be; F12 if no key does.
    pub fn uncovering(&self) -> Key {
        let contexts = [self.context()].into_iter().chain(Context::ALL.iter().copied());
        let mut keys = contexts.filter_map(|context| self.keymap.shown_key(context, Action::Cover));
        keys.next().unwrap_or(Key::plain(KeyCode::F(12)))
    }

    /// The key to show for an action here.
    pub fn key_name(&self, action: Action) -> String {
        self.keymap.shown_key(self.context(), action).as_ref().map(Key::shown).unwrap_or_default()
    }

    /// The text being typed.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        if self.is_veiled() {
            return None;
        }
        let seat = match (&mut self.dialog, &mut self.screen) {
            (Some(Dialog::Picker(picker)), _) => return Some(&mut picker.query),
            (Some(Dialog::Wizard(wizard)), _) => return wizard.editor(),
            (Some(Dialog::Folder(form)), _) => return Some(&mut form.path),
            (None, Screen::Session(seat)) => seat,
            _ => return None,
        };
        match seat.focus {
            Focus::Capture => Some(&mut seat.capture.editor),
            Focus::Editing => seat.editing.as_mut().map(|edit| &mut edit.editor),
            Focus::List | Focus::Detail(_) => None,
        }
    }

    /// Puts a text where one is typed, as it is.
    pub(in crate::app) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if self.is_veiled() {
            return Vec::new();
        }
        self.notice = None;
        if self.context() == Context::Capture {
            self.paste_in_capture(text);
            return Vec::new();
        }
        if self.take_dropped_path(text) {
            return self.typed();
        }
        if let Some(editor) = self.editor() {
            editor.paste(text);
            return self.typed();
        }
        if self.pastes_list() {
            return self.paste_list(text);
        }
        if self.is_possible(Action::Capture) {
            let key = self.key_name(Action::Capture);
            self.say(Notice::warning(fill(self.strings().capture_here, &[&key])));
            return Vec::new();
        }
        self.refuse(Action::Capture)
    }

    fn paste_in_capture(&mut self, text: &str) {
        let now = self.now;
        let Some(seat) = self.session_mut() else { return };
        let board = Arc::clone(&seat.board);
        let waiting = seat.capture.paste(text, &board, now);
        if waiting > 0 {
            let lines = (waiting + 1).to_string();
            self.say(Notice::info(fill(self.strings().notice_paste_lines, &[&lines])));
        }
    }
}

fn key_of(input: &Input) -> Option<Key> {
    if let Input::Key(key) = input { Some(*key) } else { None }
}

/// Whether a key is part of typing a text.
pub(super) fn types(key: &Key) -> bool {
    key.text().is_some() || key.code == KeyCode::Backspace
}

impl SessionSeat {
    /// Opens the capture line, from wherever keys went.
    pub fn open_capture(&mut self) {
        if self.focus != Focus::Capture {
            self.before_capture = self.focus;
        }
        self.focus = Focus::Capture;
    }

    /// Leaves the capture line; its text stays.
    pub fn leave_capture(&mut self) {
        self.focus = if self.before_capture == Focus::Capture { Focus::List } else { self.before_capture };
        self.refresh();
    }
}
