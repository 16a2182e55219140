//! From bursts of keys to actions and letters.

use super::{
    App, Screen,
    dialogs::Dialog,
    editor::{Editor, Handled},
    effect::Effect,
    guard::Verdict,
    msg::{Input, Mouse},
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

impl App {
    /// Applies all that one read gave, in order.
    pub(super) fn burst(&mut self, burst: Vec<Input>) -> Vec<Effect> {
        let keys: Vec<Key> = burst.iter().filter_map(key_of).collect();
        let mut effects = Vec::new();
        let mut earlier = Vec::new();
        let mut left = keys.len();
        for input in burst {
            match input {
                Input::Key(key) => {
                    left -= 1;
                    let rest = keys.get(keys.len() - left..).unwrap_or_default();
                    let inside = key.code == KeyCode::Enter && rest.iter().any(types);
                    if inside {
                        self.enter_inside_burst(&mut earlier);
                    } else {
                        effects.extend(self.key(&key, &keys));
                    }
                }
                Input::Paste(text) => self.paste(&text),
                Input::Mouse(mouse) => effects.extend(self.mouse(mouse)),
                Input::Focus | Input::Reply => {}
            }
        }
        self.queue_lines(&earlier);
        effects
    }

    /// Enter between letters of one burst is part of a text: it never stores and never confirms.
    fn enter_inside_burst(&mut self, earlier: &mut Vec<String>) {
        let context = self.context();
        if context == Context::Capture {
            if let Some(seat) = self.session_mut() {
                earlier.push(seat.capture.editor.text());
                seat.capture.editor = Editor::line();
            }
        } else if let Some(editor) = self.editor() {
            editor.newline();
        }
    }

    /// The lines of a burst stand in their order: the first in the line, the others waiting.
    fn queue_lines(&mut self, earlier: &[String]) {
        let Some(first) = earlier.first() else { return };
        let Some(seat) = self.session_mut() else { return };
        let last = seat.capture.editor.text();
        for line in earlier.iter().skip(1).chain([&last]).rev().filter(|line| !line.trim().is_empty()) {
            seat.capture.waiting.push_front(line.clone());
        }
        seat.capture.editor = Editor::line().with_text(first);
        self.typed_in_capture();
    }

    fn key(&mut self, key: &Key, burst: &[Key]) -> Vec<Effect> {
        if matches!(self.dialog, Some(Dialog::Cover)) {
            if self.keymap.action(Context::Dialog, key) == Some(Action::Cover) {
                self.dialog = None;
            }
            return Vec::new();
        }
        self.notice = None;
        if self.is_typing() { self.key_in_text(key) } else { self.key_outside_text(key, burst) }
    }

    /// Letters and editing keys go to the text; the others may be actions.
    fn key_in_text(&mut self, key: &Key) -> Vec<Effect> {
        let action = self.keymap.action(self.context(), key).filter(|_| key.text().is_none());
        match action {
            Some(Action::Undo | Action::Redo) => return self.undo_in_text(key, action == Some(Action::Undo)),
            Some(action) if !self.belongs_to_text(action) => return self.act(action),
            _ => {}
        }
        let handled = self.editor().map_or(Handled::No, |editor| editor.apply(key));
        if handled == Handled::Edited { self.typed() } else { Vec::new() }
    }

    /// Movement keys of lists that mean something else in a text.
    fn belongs_to_text(&self, action: Action) -> bool {
        use Action as A;
        match self.dialog {
            Some(Dialog::Picker(_)) => {
                matches!(action, A::Left | A::Right | A::First | A::Last | A::Remove | A::Mark | A::Find)
            }
            _ => false,
        }
    }

    /// In a text, undo takes back typing; in an empty line that has nothing to take back, the last command.
    fn undo_in_text(&mut self, key: &Key, undo: bool) -> Vec<Effect> {
        let Some(editor) = self.editor() else { return Vec::new() };
        let done = if undo { editor.undo() } else { editor.redo() };
        if done {
            return self.typed();
        }
        let empty_capture = self.context() == Context::Capture
            && self.session().is_some_and(|seat| seat.capture.editor.is_empty());
        let action = self.keymap.action(Context::Capture, key).filter(|_| empty_capture);
        action.map_or_else(Vec::new, |action| self.act(action))
    }

    /// After a text changed.
    fn typed(&mut self) -> Vec<Effect> {
        self.typed_in_capture();
        let Some(Dialog::Picker(picker)) = &mut self.dialog else { return Vec::new() };
        picker.selected = 0;
        if picker.remote.is_none() {
            return Vec::new();
        }
        self.generation += 1;
        picker.remote = Some(self.generation);
        vec![Effect::Find { generation: self.generation, query: picker.query.text_nfc() }]
    }

    fn typed_in_capture(&mut self) {
        let now = self.now;
        if let Some(seat) = self.session_mut() {
            let board = std::sync::Arc::clone(&seat.board);
            seat.capture.note_context(&board, now);
        }
    }

    fn key_outside_text(&mut self, key: &Key, burst: &[Key]) -> Vec<Effect> {
        let action = self.keymap.action(self.context(), key);
        match self.guard.judge(key, burst, action.is_some(), self.now) {
            Verdict::Key => action.map_or_else(Vec::new, |action| self.act(action)),
            Verdict::Ignore => Vec::new(),
            Verdict::InputMethod => {
                let palette = self.key_name(Action::Palette);
                self.say(Notice::warning(fill(self.strings().input_method_on, &[&palette])));
                Vec::new()
            }
        }
    }

    /// The key to show for an action here.
    pub fn key_name(&self, action: Action) -> String {
        self.keymap.shown_key(self.context(), action).as_ref().map(Key::to_string).unwrap_or_default()
    }

    /// The text being typed.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        let seat = match (&mut self.dialog, &mut self.screen) {
            (Some(Dialog::Picker(picker)), _) => return Some(&mut picker.query),
            (Some(Dialog::Wizard(wizard)), _) => return wizard.editor(),
            (None, Screen::Session(seat)) => seat,
            _ => return None,
        };
        match seat.focus {
            Focus::Capture => Some(&mut seat.capture.editor),
            Focus::Editing => seat.editing.as_mut().map(|edit| &mut edit.editor),
            Focus::List | Focus::Detail(_) => None,
        }
    }

    fn paste(&mut self, text: &str) {
        self.notice = None;
        if self.dialog.is_none() && self.session().is_some_and(|seat| seat.focus == Focus::Capture) {
            return self.paste_in_capture(text);
        }
        if let Some(editor) = self.editor() {
            editor.paste(text);
        }
    }

    fn paste_in_capture(&mut self, text: &str) {
        let Some(seat) = self.session_mut() else { return };
        let waiting = seat.capture.paste(text);
        self.typed_in_capture();
        if waiting > 0 {
            let lines = (waiting + 1).to_string();
            self.say(Notice::info(fill(self.strings().notice_paste_lines, &[&lines])));
        }
    }

    fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        super::mouse::apply(self, mouse)
    }
}

fn key_of(input: &Input) -> Option<Key> {
    if let Input::Key(key) = input { Some(*key) } else { None }
}

/// Whether a key is part of typing a text.
fn types(key: &Key) -> bool {
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
        self.focus = match self.before_capture {
            Focus::Editing if self.editing.is_none() => Focus::List,
            Focus::Capture => Focus::List,
            focus => focus,
        };
    }
}
