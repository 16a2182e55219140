//! Which key does what in a text.

use super::{Editor, Motion};
use crate::keymap::key::{Key, KeyCode};

/// What a key meant to the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handled {
    /// Nothing: the key is for somebody else.
    No,
    /// The caret moved, or could have.
    Moved,
    /// The text changed, or could have.
    Edited,
}

impl Editor {
    /// Does what a key means in a text. Enter, Tab and, in one line, vertical movement that has no
    /// meaning here are left to others.
    pub fn apply(&mut self, key: &Key) -> Handled {
        if let Some(c) = key.text() {
            self.insert(c);
            return Handled::Edited;
        }
        if let Some(motion) = self.motion(key) {
            self.go(motion, key.shift);
            return Handled::Moved;
        }
        match self.edit(key) {
            Some(edit) => {
                edit(self);
                Handled::Edited
            }
            None => Handled::No,
        }
    }

    fn motion(&self, key: &Key) -> Option<Motion> {
        match (key.code, key.ctrl, key.alt) {
            (KeyCode::Left, false, false) => Some(Motion::Left),
            (KeyCode::Right, false, false) => Some(Motion::Right),
            (KeyCode::Left, true, false) => Some(Motion::WordLeft),
            (KeyCode::Right, true, false) => Some(Motion::WordRight),
            (KeyCode::Home, false, false) => Some(Motion::RowStart),
            (KeyCode::End, false, false) => Some(Motion::RowEnd),
            (KeyCode::Home, true, false) => Some(Motion::TextStart),
            (KeyCode::End, true, false) => Some(Motion::TextEnd),
            (code, false, false) if self.multi => vertical(code),
            _ => None,
        }
    }

    fn edit(&self, key: &Key) -> Option<fn(&mut Self)> {
        match (key.code, key.ctrl, key.alt) {
            (KeyCode::Enter, false, false) if self.multi => Some(Self::newline),
            (KeyCode::Backspace, false, false) => Some(Self::backspace),
            (KeyCode::Backspace, _, _) | (KeyCode::Char('w'), true, _) => Some(Self::delete_word_left),
            (KeyCode::Delete, false, false) => Some(Self::delete),
            (KeyCode::Delete, _, _) => Some(Self::delete_word_right),
            (KeyCode::Char('u'), true, _) => Some(Self::clear_line),
            (KeyCode::Char('z'), true, _) => Some(|editor| {
                editor.undo();
            }),
            (KeyCode::Char('y'), true, _) => Some(|editor| {
                editor.redo();
            }),
            _ => None,
        }
    }
}

fn vertical(code: KeyCode) -> Option<Motion> {
    match code {
        KeyCode::Up => Some(Motion::Up),
        KeyCode::Down => Some(Motion::Down),
        KeyCode::PageUp => Some(Motion::PageUp),
        KeyCode::PageDown => Some(Motion::PageDown),
        _ => None,
    }
}
