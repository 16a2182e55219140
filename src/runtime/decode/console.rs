//! Events of the Windows console, which crossterm reads, through the same rules as bytes.

use std::time::Duration;

use crossterm::event::{
    Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers as Modifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use super::translate::{Raw, RawKey, rules};
use super::{Decoder, Input, Mouse, MouseKind};
use crate::keymap::key::KeyCode;

impl Decoder {
    /// Takes one event of the Windows console.
    pub fn feed_event(&mut self, event: &Event, now: Duration) {
        self.flush(now);
        self.heard = now;
        if let Some(raw) = raw(event) {
            self.raw(raw);
        }
    }
}

fn raw(event: &Event) -> Option<Raw> {
    match event {
        Event::Key(event) => key(*event).map(Raw::Key),
        Event::Mouse(event) => mouse(*event).map(|mouse| Raw::Input(Input::Mouse(mouse))),
        Event::Paste(text) => Some(Raw::Input(Input::Paste(text.clone()))),
        Event::FocusGained | Event::FocusLost => Some(Raw::Input(Input::Focus)),
        Event::Resize(..) => None,
    }
}

rules!(escape: Esc, function: F);
