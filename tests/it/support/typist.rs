//! A person at a terminal: bytes go through the decoder into an editor, on a clock that only moves
//! when told to.

use std::time::Duration;

use hoinghi::app::editor::{Editor, Handled};
use hoinghi::keymap::key::Key;
use hoinghi::runtime::decode::{Decoder, Input};

pub(crate) struct Typist {
    pub(crate) editor: Editor,
    /// Keys that were for somebody else, in order.
    pub(crate) unhandled: Vec<String>,
    decoder: Decoder,
    now: Duration,
}

impl Typist {
    pub(crate) fn new(editor: Editor) -> Self {
        Self { editor, unhandled: Vec::new(), decoder: Decoder::new(), now: Duration::ZERO }
    }

    /// A typist in an empty editor of many lines.
    pub(crate) fn multi() -> Self {
        Self::new(Editor::multi())
    }

    /// One write of the terminal, `⌫` standing for `0x7f`.
    pub(crate) fn write(&mut self, text: &str) -> &mut Self {
        self.write_bytes(text.replace('⌫', "\u{7f}").as_bytes())
    }

    /// One write of the terminal, read at once, applied in order.
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.decoder.feed(bytes, self.now);
        self.apply();
        self
    }

    /// Lets time pass without a byte.
    pub(crate) fn wait(&mut self, milliseconds: u64) -> &mut Self {
        self.now += Duration::from_millis(milliseconds);
        self.decoder.flush(self.now);
        self.apply();
        self
    }

    /// Presses a key by its name.
    pub(crate) fn key(&mut self, name: &str) -> &mut Self {
        self.press(&name.parse().unwrap());
        self
    }

    pub(crate) fn text(&self) -> String {
        self.editor.text()
    }

    fn apply(&mut self) {
        for input in self.decoder.drain() {
            match input {
                Input::Key(key) => self.press(&key),
                Input::Paste(text) => self.editor.paste(&text),
                _ => {}
            }
        }
    }

    fn press(&mut self, key: &Key) {
        if self.editor.apply(key) == Handled::No {
            self.unhandled.push(key.to_string());
        }
    }
}
