//! Events of the Windows console, which crossterm reads, through the same rules as bytes.

use std::time::Duration;

use crossterm::event::{
    Event, KeyCode as ConsoleCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use super::translate::{Raw, RawKey};
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
        Event::Key(event) => key(event).map(Raw::Key),
        Event::Mouse(event) => mouse(*event).map(|mouse| Raw::Input(Input::Mouse(mouse))),
        Event::Paste(text) => Some(Raw::Input(Input::Paste(text.clone()))),
        Event::FocusGained | Event::FocusLost => Some(Raw::Input(Input::Focus)),
        Event::Resize(..) => None,
    }
}

fn key(event: &KeyEvent) -> Option<RawKey> {
    let held = |modifier| event.modifiers.contains(modifier);
    Some(RawKey {
        code: code(event.code)?,
        ctrl: held(KeyModifiers::CONTROL),
        alt: held(KeyModifiers::ALT),
        shift: held(KeyModifiers::SHIFT) || event.code == ConsoleCode::BackTab,
        released: event.kind == KeyEventKind::Release,
    })
}

fn code(code: ConsoleCode) -> Option<KeyCode> {
    Some(match code {
        ConsoleCode::Char('\u{8}') | ConsoleCode::Backspace => KeyCode::Backspace,
        ConsoleCode::Char(c) if c.is_control() => return None,
        ConsoleCode::Char(c) => KeyCode::Char(c),
        ConsoleCode::Enter => KeyCode::Enter,
        ConsoleCode::Esc => KeyCode::Esc,
        ConsoleCode::Tab | ConsoleCode::BackTab => KeyCode::Tab,
        ConsoleCode::Delete => KeyCode::Delete,
        ConsoleCode::Insert => KeyCode::Insert,
        ConsoleCode::Up => KeyCode::Up,
        ConsoleCode::Down => KeyCode::Down,
        ConsoleCode::Left => KeyCode::Left,
        ConsoleCode::Right => KeyCode::Right,
        ConsoleCode::Home => KeyCode::Home,
        ConsoleCode::End => KeyCode::End,
        ConsoleCode::PageUp => KeyCode::PageUp,
        ConsoleCode::PageDown => KeyCode::PageDown,
        ConsoleCode::F(n) => KeyCode::F(n),
        _ => return None,
    })
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let kind = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Down,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Up,
        MouseEventKind::ScrollUp => MouseKind::ScrollUp,
        MouseEventKind::ScrollDown => MouseKind::ScrollDown,
        _ => return None,
    };
    Some(Mouse { kind, column: event.column, row: event.row })
}
