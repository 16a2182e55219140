//! The screen of somebody who waits for the facilitator: who they are and what happens next. They can correct their name and look on meanwhile.

use std::time::Duration;

use crate::{
    i18n::DoorWords,
    keymap::key::{Key, KeyCode},
    runtime::decode::{Decoder, Input},
    text::{clusters, nfc, width, wrap},
};

/// What somebody who waits wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Nothing that leads away.
    Stay,
    /// Look on meanwhile.
    LookOn,
    /// Leave.
    Leave,
}

/// The screen.
pub(super) struct Waiting {
    pub(super) name: String,
    /// What is wrong with the name.
    pub(super) problem: Option<&'static str>,
    decoder: Decoder,
    words: &'static DoorWords,
    size: (u16, u16),
}

impl Waiting {
    pub(super) fn new(name: String, words: &'static DoorWords, size: (u16, u16)) -> Self {
        Self { name, problem: None, decoder: Decoder::new(), words, size }
    }

    pub(super) fn resize(&mut self, size: (u16, u16)) -> Wanted {
        self.size = size;
        Wanted::Stay
    }

    /// How long until silence decides about an unfinished key.
    pub(super) fn deadline(&self) -> Option<Duration> {
        self.decoder.pending_deadline()
    }

    /// Takes what was typed until `now`.
    pub(super) fn type_bytes(&mut self, bytes: &[u8], now: Duration) -> Wanted {
        self.decoder.feed(bytes, now);
        self.decoder.drain().into_iter().fold(Wanted::Stay, |before, input| match self.take(&input) {
            Wanted::Stay => before,
            wanted => wanted,
        })
    }

    /// Nothing was typed until `now`.
    pub(super) fn note_silence(&mut self, now: Duration) -> Wanted {
        self.decoder.flush(now);
        drop(self.decoder.drain());
        Wanted::Stay
    }

    fn take(&mut self, input: &Input) -> Wanted {
        match input {
            Input::Key(key)
                if [Key::ctrl(KeyCode::Char('c')), Key::ctrl(KeyCode::Char('d'))].contains(key) =>
            {
                return Wanted::Leave;
            }
            Input::Key(key) if *key == Key::ctrl(KeyCode::Char('u')) => self.name.clear(),
            Input::Key(key) => match key.code {
                KeyCode::Enter => return Wanted::LookOn,
                KeyCode::Backspace => {
                    let left = self.name.len() - clusters::backspace_len(&self.name);
                    self.name.truncate(left);
                }
                _ => self.name.extend(key.text()),
            },
            Input::Paste(text) => self.name.push_str(&nfc::clean_line(text)),
            _ => {}
        }
        Wanted::Stay
    }

    /// The whole screen, with the cursor behind the name.
    pub(super) fn draw(&self) -> Vec<u8> {
        let words = self.words;
        let columns = usize::from(self.size.0.max(10)) - 2;
        let name = format!("{}{}", words.wait_name, nfc::drawable(&self.name));
        let paragraphs =
            [words.wait_title, "", &name, self.problem.unwrap_or(""), words.wait_what, "", words.wait_keys];
        let (mut rows, mut cursor) = (Vec::new(), (0, 0));
        for (at, text) in paragraphs.iter().enumerate() {
            rows.extend(wrap::wrap(text, columns).into_iter().filter_map(|row| text.get(row)));
            if at == 2 {
                cursor = (rows.len() + 1, rows.last().map_or(0, |row| width::width(row)) + 2);
            }
        }
        let drawn = (2..).zip(&rows).map(|(row, text)| format!("\x1b[{row};2H{text}"));
        let (row, column) = cursor;
        let place = format!("\x1b[{row};{column}H\x1b[?25h");
        ["\x1b[H\x1b[2J".to_owned()].into_iter().chain(drawn).chain([place]).collect::<String>().into_bytes()
    }
}
