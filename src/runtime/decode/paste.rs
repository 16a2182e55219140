//! A bracketed paste while it comes in.

use std::time::Duration;

use super::{ESC_SILENCE, PASTE_SILENCE};
use crate::{
    keymap::key::{Key, KeyCode},
    text::clusters,
};

/// Announces a paste.
pub(super) const START: &[u8] = b"\x1b[200~";
/// Ends a paste, or is part of a dangerous one.
pub(super) const END: &[u8] = b"\x1b[201~";
/// Bytes after which a paste is handed on in parts.
pub(super) const PART: usize = 4 << 20;

/// How far a paste has come.
#[derive(Debug, Default)]
pub(super) enum Paste {
    /// There is none.
    #[default]
    None,
    /// Every byte belongs to it.
    Open(Vec<u8>),
    /// Its end marker came, and no pause yet.
    Closing(Vec<u8>),
}

impl Paste {
    /// Starts a paste, or goes on with one that was closing.
    pub(super) fn open(&mut self) {
        *self = Self::Open(self.take());
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Open(_))
    }

    pub(super) fn is_closing(&self) -> bool {
        matches!(self, Self::Closing(_))
    }

    /// How much silence ends it.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self {
            Self::None => None,
            Self::Open(_) => Some(PASTE_SILENCE),
            Self::Closing(_) => Some(ESC_SILENCE),
        }
    }

    /// Takes a byte of an open paste; gives a part back when there is enough for one.
    pub(super) fn push(&mut self, byte: u8) -> Option<String> {
        let Self::Open(body) = self else { return None };
        body.push(byte);
        if body.ends_with(END) {
            body.truncate(body.len() - END.len());
            *self = Self::Closing(self.take());
            return None;
        }
        if body.len() < PART {
            return None;
        }
        let rest = body.split_off(settled(body));
        let part = std::mem::replace(body, rest);
        Some(text(&part))
    }

    /// Takes a key that came right behind the end marker: as text, as a correction of the text, or not at all. Whether it
    /// did: a Backspace that finds no text corrects what was there before the paste.
    pub(super) fn append(&mut self, key: Key) -> bool {
        let Self::Closing(body) = self else { return false };
        let c = match key.code {
            KeyCode::Backspace => return correct(body),
            KeyCode::Enter => Some('\n'),
            KeyCode::Tab => Some('\t'),
            _ => key.text(),
        };
        body.extend(c.into_iter().flat_map(|c| c.to_string().into_bytes()));
        true
    }

    /// Ends the paste with what has come of it.
    pub(super) fn finish(&mut self) -> String {
        text(&self.take())
    }

    fn take(&mut self) -> Vec<u8> {
        match std::mem::take(self) {
            Self::None => Vec::new(),
            Self::Open(body) | Self::Closing(body) => body,
        }
    }
}

/// How many bytes of an open paste can belong neither to an end marker nor to an unfinished letter.
fn settled(body: &[u8]) -> usize {
    let marker = (1..END.len()).rev().find(|len| END.get(..*len).is_some_and(|head| body.ends_with(head)));
    let letter = || {
        let head = body.iter().rposition(|byte| byte & 0xc0 != 0x80)?;
        let unfinished = std::str::from_utf8(body.get(head..)?).is_err_and(|e| e.error_len().is_none());
        unfinished.then_some(body.len() - head)
    };
    body.len() - marker.or_else(letter).unwrap_or(0)
}

/// Takes back what one Backspace takes; whether there was anything.
fn correct(body: &mut Vec<u8>) -> bool {
    let mut text = text(body);
    text.truncate(text.len() - clusters::backspace_len(&text));
    let corrected = !body.is_empty();
    *body = text.into_bytes();
    corrected
}

/// The valid text in `body`; bytes that are no UTF-8 are left out.
fn text(body: &[u8]) -> String {
    body.utf8_chunks().map(|chunk| chunk.valid()).collect()
}
