//! What a byte or a whole sequence means.

use termina::event::{
    Event, KeyCode as Code, KeyEvent, KeyEventKind, Modifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::{Input, Mouse, MouseKind};
use crate::keymap::key::{Key, KeyCode};

/// A key event as a terminal reported it.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts of one event")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RawKey {
    pub(super) code: KeyCode,
    pub(super) ctrl: bool,
    pub(super) alt: bool,
    pub(super) shift: bool,
    pub(super) released: bool,
}

impl RawKey {
    pub(super) fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false, released: false }
    }

    pub(super) fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// The letter on the key, as it was sent.
    pub(super) fn letter(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) => Some(c).filter(|c| c.is_alphabetic()),
            _ => None,
        }
    }

    /// The canonical key. Some terminals report Shift beside a small letter instead of a capital.
    pub(super) fn key(self) -> Key {
        let code = match self.code {
            KeyCode::Char(c) if self.shift => KeyCode::Char(capital(c)),
            code => code,
        };
        Key::new(code, self.ctrl, self.alt, self.shift)
    }
}

fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

/// Something that happened, keys not yet canonical.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raw {
    Key(RawKey),
    Input(Input),
}

/// The key that a byte below `0x80` stands for. `0x00` stands for none.
pub(super) fn ascii(byte: u8) -> Option<RawKey> {
    let ctrl = |c: u8| RawKey { ctrl: true, ..RawKey::char(c.into()) };
    match byte {
        0 | 0x80.. => None,
        0x08 | 0x7f => Some(RawKey::plain(KeyCode::Backspace)),
        b'\t' => Some(RawKey::plain(KeyCode::Tab)),
        b'\r' => Some(RawKey::plain(KeyCode::Enter)),
        0x1b => Some(RawKey::plain(KeyCode::Esc)),
        0x01..=0x1a => Some(ctrl(byte - 1 + b'a')),
        0x1c..=0x1f => Some(ctrl(byte + 0x40)),
        _ => Some(RawKey::char(byte.into())),
    }
}

/// The meaning of one whole sequence; `None` when it is unknown or concerns nobody.
///
/// The parser is a new one each time, so that no sequence it waits for can swallow the next. Strings
/// (OSC, DCS and their like) are answers and nothing else.
pub(super) fn sequence(bytes: &[u8]) -> Option<Raw> {
    if !matches!(bytes, [_, b'[' | b'O', ..]) {
        return None;
    }
    let mut parser = termina::Parser::default();
    parser.parse(bytes, true);
    match parser.pop()? {
        Event::Key(event) => key(event).map(Raw::Key),
        Event::Mouse(event) => mouse(event).map(|mouse| Raw::Input(Input::Mouse(mouse))),
        Event::FocusIn | Event::FocusOut => Some(Raw::Input(Input::Focus)),
        _ => None,
    }
}

/// The rules that key and mouse events obey, whichever crate read them: their types have the same shape, and all but two names.
macro_rules! rules {
    (escape: $escape:ident, function: $function:ident) => {
        fn key(event: KeyEvent) -> Option<RawKey> {
            let held = |modifier| event.modifiers.contains(modifier);
            Some(RawKey {
                code: code(event.code)?,
                ctrl: held(Modifiers::CONTROL),
                alt: held(Modifiers::ALT),
                shift: held(Modifiers::SHIFT) || event.code == Code::BackTab,
                released: event.kind == KeyEventKind::Release,
            })
        }

        fn code(code: Code) -> Option<KeyCode> {
            Some(match code {
                Code::Char('\u{8}') | Code::Backspace => KeyCode::Backspace,
                Code::Char(c) if c.is_control() => return None,
                Code::Char(c) => KeyCode::Char(c),
                Code::Enter => KeyCode::Enter,
                Code::$escape => KeyCode::Esc,
                Code::Tab | Code::BackTab => KeyCode::Tab,
                Code::Delete => KeyCode::Delete,
                Code::Insert => KeyCode::Insert,
                Code::Up => KeyCode::Up,
                Code::Down => KeyCode::Down,
                Code::Left => KeyCode::Left,
                Code::Right => KeyCode::Right,
                Code::Home => KeyCode::Home,
                Code::End => KeyCode::End,
                Code::PageUp => KeyCode::PageUp,
                Code::PageDown => KeyCode::PageDown,
                Code::$function(n) => KeyCode::F(n),
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
    };
}
#[cfg(any(windows, test))]
pub(super) use rules;

rules!(escape: Escape, function: Function);
