//! What a terminal sends, as inputs: one decoder for local and remote bytes.
//!
//! Owns the cutting of a byte stream into letters, keys and pastes, and the time-outs that decide
//! about unfinished ones; `termina`'s parser gives whole sequences their meaning. It knows neither
//! screen nor keymap and reads no clock: every call that depends on time is given it. Invariant: no
//! bytes, whatever they are, make it hold back later keys for longer than its time-outs.
//!
//! A paste is text to its last byte. Clipboards may hold an end marker of their own, so whatever
//! follows an end marker without a pause is still part of the paste: its letters and line ends are
//! text, a Backspace corrects it, its other keys are nothing. Only a pause of [`ESC_SILENCE`] ends a paste.

mod frame;
pub mod ground;
mod paste;
mod translate;

#[cfg(any(windows, test))]
mod console;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::time::Duration;

use self::frame::Verdict;
use self::paste::Paste;
use self::translate::{Raw, RawKey};
pub use crate::app::msg::{Input, Mouse, MouseKind};
use crate::keymap::key::{Key, KeyCode};

/// Silence after which a lone Esc is the Esc key, and after which a paste that was closed is over.
pub const ESC_SILENCE: Duration = Duration::from_millis(30);
/// Silence after which an unfinished sequence is given up.
const SEQUENCE_SILENCE: Duration = Duration::from_millis(250);
/// Silence after which a paste without an end marker is taken as it is.
pub const PASTE_SILENCE: Duration = Duration::from_secs(1);
/// How long after a lone Esc the rest of a sequence may still arrive.
const LATE_REST: Duration = Duration::from_millis(500);
/// How long after the beginning of an answer was given up its rest may still arrive.
const LATE_ANSWER: Duration = Duration::from_secs(2);
/// What a terminal that is asked how it is answers.
const STATUS_REPORT: &[u8] = b"\x1b[0n";
/// How many letters without a Release are remembered.
const PRESSED_LETTERS: usize = 64;

/// Turns bytes into inputs.
#[derive(Debug, Default)]
pub struct Decoder {
    /// The bytes of an unfinished letter or sequence.
    pending: Vec<u8>,
    paste: Paste,
    ready: VecDeque<Input>,
    /// When the last bytes came.
    heard: Duration,
    /// When a lone Esc was handed out, while its rest may still come.
    lone_esc: Option<Duration>,
    /// What was given up and may be the beginning of an answer about the ground, and when.
    given_up: Option<(Vec<u8>, Duration)>,
    /// Whether the terminal has told that its ground is light.
    is_light: Option<bool>,
    after_enter: bool,
    /// The letter of the last key, if that was Alt with a letter.
    alt_letter: Option<char>,
    /// Letters outside ASCII whose Press was seen and whose Release was not.
    pressed: VecDeque<char>,
}

impl Decoder {
    /// A decoder that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the bytes of one read; `now` is a monotonic time, the same clock in every call.
    pub fn feed(&mut self, bytes: &[u8], now: Duration) {
        self.flush(now);
        self.heard = now;
        let rest = self.take_late_answer(bytes, now);
        let rest = self.take_late_rest(rest, now);
        for byte in rest {
            self.byte(*byte);
        }
    }

    /// Everything that is ready: the burst to apply before drawing once.
    pub fn drain(&mut self) -> Vec<Input> {
        self.ready.drain(..).collect()
    }

    /// Whether the terminal writes on a light ground, if it has told.
    pub fn is_light(&self) -> Option<bool> {
        self.is_light
    }

    /// When to call [`Decoder::flush`] if no byte comes before.
    pub fn pending_deadline(&self) -> Option<Duration> {
        self.patience().map(|silence| self.heard + silence)
    }

    /// Settles what silence until `now` has decided.
    pub fn flush(&mut self, now: Duration) {
        let silence = now.saturating_sub(self.heard);
        if self.sequence_patience().is_some_and(|patience| silence >= patience) {
            self.give_up_sequence();
        }
        if self.paste.patience().is_some_and(|patience| silence >= patience) {
            let text = self.paste.finish();
            self.deliver_paste(text);
        }
    }

    /// How much silence decides about what is unfinished.
    fn patience(&self) -> Option<Duration> {
        self.sequence_patience().into_iter().chain(self.paste.patience()).min()
    }

    /// `ESC O` or `ESC P` alone is more likely Alt with a letter than the head of a sequence.
    fn sequence_patience(&self) -> Option<Duration> {
        match *self.pending.as_slice() {
            [frame::ESC] => Some(ESC_SILENCE),
            [frame::ESC, second] if second != b'[' => Some(ESC_SILENCE),
            [frame::ESC, ..] => Some(SEQUENCE_SILENCE),
            _ => None,
        }
    }

    fn give_up_sequence(&mut self) {
        let given_up = std::mem::take(&mut self.pending);
        let at = self.heard + SEQUENCE_SILENCE;
        self.given_up = ground::begins(&given_up).then(|| (given_up.clone(), at));
        match *given_up.as_slice() {
            [frame::ESC] => {
                self.push(Input::Key(Key::plain(KeyCode::Esc)));
                self.lone_esc = Some(self.heard + ESC_SILENCE);
            }
            [frame::ESC, second] => self.control_or_ascii(second, true),
            _ => {}
        }
    }

    /// Goes on with an answer whose beginning was given up; what is left of `bytes`.
    fn take_late_answer<'a>(&mut self, bytes: &'a [u8], now: Duration) -> &'a [u8] {
        let given_up = self.given_up.take().filter(|(_, at)| now.saturating_sub(*at) <= LATE_ANSWER);
        let Some((head, _)) = given_up else { return bytes };
        let goes_on = |taken: &usize| {
            let whole = [&head, bytes.get(..*taken).unwrap_or_default()].concat();
            ground::begins(&whole) || ground::is_light(&whole).is_some()
        };
        let taken = (1..=bytes.len()).take_while(goes_on).count();
        // One byte behind an Esc, or a key with Alt, may have been typed.
        let least = if head.len() > 2 { 1 } else { 2 };
        let Some((rest, left)) = bytes.split_at_checked(taken).filter(|_| taken >= least) else {
            return bytes;
        };
        self.lone_esc = None;
        self.pending = head;
        for byte in rest {
            self.byte(*byte);
        }
        left
    }

    /// Completes a sequence whose Esc was handed out as a key; what is left of `bytes`.
    fn take_late_rest<'a>(&mut self, bytes: &'a [u8], now: Duration) -> &'a [u8] {
        let recent = self.lone_esc.take().is_some_and(|at| now.saturating_sub(at) <= LATE_REST);
        let plausible = matches!(bytes, [b'[', _, ..] | [b'O', _]);
        if !(recent && plausible) {
            return bytes;
        }
        let whole = [&[frame::ESC], bytes].concat();
        let Some((sequence, rest)) = frame::split_sequence(&whole) else { return bytes };
        match translate::sequence(sequence) {
            Some(Raw::Key(key)) => {
                self.key(key);
                bytes.get(bytes.len() - rest.len()..).unwrap_or_default()
            }
            // What a terminal answers is no text either.
            _ if sequence == STATUS_REPORT => bytes.get(bytes.len() - rest.len()..).unwrap_or_default(),
            _ => bytes,
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.paste.is_open() {
            if let Some(text) = self.paste.push(byte) {
                self.deliver_paste(text);
            }
            return;
        }
        self.pending.push(byte);
        match frame::judge(&self.pending) {
            Verdict::Partial => {}
            Verdict::Whole => {
                let unit = std::mem::take(&mut self.pending);
                self.unit(&unit);
            }
            Verdict::Broken => self.restart_with(byte),
        }
    }

    /// The last byte does not go on with what was pending. An Esc before it was the key; the rest
    /// was no text and is dropped.
    fn restart_with(&mut self, byte: u8) {
        let broken = std::mem::take(&mut self.pending);
        if let [frame::ESC, _] = broken.as_slice() {
            self.push(Input::Key(Key::plain(KeyCode::Esc)));
        }
        if broken.len() > 1 {
            self.byte(byte);
        }
    }

    fn unit(&mut self, unit: &[u8]) {
        match *unit {
            [byte] => self.control_or_ascii(byte, false),
            [frame::ESC, byte] => self.control_or_ascii(byte, true),
            [frame::ESC, ..] => self.sequence(unit),
            _ => self.letters(unit),
        }
    }

    fn letters(&mut self, unit: &[u8]) {
        // U+0080 to U+009F steer terminals; no keyboard types them.
        let letters = std::str::from_utf8(unit).unwrap_or_default().chars().filter(|c| !c.is_control());
        letters.for_each(|c| self.key(RawKey::char(c)));
    }

    fn sequence(&mut self, sequence: &[u8]) {
        match sequence {
            paste::START => self.paste.open(),
            paste::END => {}
            _ => {
                self.is_light = ground::is_light(sequence).or(self.is_light);
                self.raw(translate::sequence(sequence).unwrap_or(Raw::Input(Input::Reply)));
            }
        }
    }

    fn control_or_ascii(&mut self, byte: u8, alt: bool) {
        let Some(key) = translate::ascii(byte) else { return };
        // Nothing is done by Ctrl+Alt: it was Esc and a key behind it, read together.
        if alt && key.ctrl {
            self.key(RawKey::plain(KeyCode::Esc));
            return self.key(key);
        }
        self.key(RawKey { alt, ..key });
    }

    fn raw(&mut self, raw: Raw) {
        match raw {
            Raw::Key(key) => self.key(key),
            Raw::Input(input) => self.push(input),
        }
    }

    fn key(&mut self, raw: RawKey) {
        if !self.is_pressed(&raw) {
            return;
        }
        let key = raw.key();
        let follows_enter = std::mem::replace(&mut self.after_enter, key == Key::plain(KeyCode::Enter));
        if key == Key::ctrl(KeyCode::Char('j')) {
            // A line feed: the second half of a line end, or the whole of one.
            if !follows_enter {
                self.push(Input::Key(Key::plain(KeyCode::Enter)));
            }
            return;
        }
        match key.code {
            KeyCode::Char(c) if key.alt && !c.is_ascii() => {
                self.push(Input::Key(Key::plain(KeyCode::Esc)));
                self.push(Input::Key(Key::char(c)));
            }
            _ => {
                self.settle_alt(key);
                self.alt_letter = raw.letter().filter(|_| key.alt);
                self.push(Input::Key(key));
            }
        }
    }

    /// Alt with a letter and more letters in one read: nobody types so fast, an input method committed its word with Esc.
    fn settle_alt(&mut self, next: Key) {
        let alt = self.alt_letter.take().filter(|_| next.text().is_some_and(|c| !c.is_whitespace()));
        if let Some(letter) = alt
            && self.ready.pop_back_if(|last| matches!(last, Input::Key(key) if key.alt)).is_some()
        {
            self.push(Input::Key(Key::plain(KeyCode::Esc)));
            self.push(Input::Key(Key::char(letter)));
        }
    }

    /// Whether a key event counts as a press. A Release does not, unless it is the only event of a
    /// letter outside ASCII: so arrive the letters of Alt codes in the Windows console.
    fn is_pressed(&mut self, raw: &RawKey) -> bool {
        let KeyCode::Char(c) = raw.code else { return !raw.released };
        if c.is_ascii() {
            return !raw.released;
        }
        let known = self.pressed.iter().position(|pressed| *pressed == c);
        match (raw.released, known) {
            (true, Some(index)) => self.pressed.remove(index).is_none(),
            (false, None) => {
                self.pressed.truncate(PRESSED_LETTERS - 1);
                self.pressed.push_front(c);
                true
            }
            (true, None) | (false, Some(_)) => true,
        }
    }

    fn push(&mut self, input: Input) {
        match input {
            Input::Key(key) if self.paste.append(key) => {}
            Input::Mouse(_) if self.paste.is_closing() => {}
            _ => self.ready.push_back(input),
        }
    }

    fn deliver_paste(&mut self, text: String) {
        if !text.is_empty() {
            self.ready.push_back(Input::Paste(text));
        }
    }
}

/// The inputs that are ready, in the order of their bytes.
impl Iterator for Decoder {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        self.ready.pop_front()
    }
}

/// Whether the Enter at `index` has text behind it in the same burst: then it is a line end that was
/// sent along with a text, and confirms nothing.
pub fn enter_inside_burst(burst: &[Input], index: usize) -> bool {
    let is_text = |input: &Input| match input {
        Input::Key(key) => key.text().is_some(),
        Input::Paste(_) => true,
        _ => false,
    };
    let is_enter = matches!(burst.get(index), Some(Input::Key(key)) if key.code == KeyCode::Enter);
    is_enter && burst.iter().skip(index + 1).any(is_text)
}
