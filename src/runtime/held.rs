//! Enter and Tab wait a moment for the word that an input method commits with them.
//!
//! A method that holds the last word back until it ends commits it when Enter is pressed, and the terminal may send the
//! key first: one read `\rtrú`, or `\r` and `trú` a moment later, for what was typed as `trú` and Enter. The two are put
//! into one burst here; the order is put right where bursts are understood. Only a key behind a finished word waits: behind
//! a letter nothing is held back, so most lines are stored at once.

use std::time::Duration;

use crate::{app::msg::Input, keymap::key::KeyCode};

/// How long a key waits: a method was seen to need a tenth of a millisecond, and nobody types the next word so soon.
const PAUSE: Duration = Duration::from_millis(4);

/// A key that waits, and since when.
#[derive(Debug, Default)]
pub(super) struct Held {
    waiting: Option<(Input, Duration)>,
}

impl Held {
    /// Takes the burst of one read at `now`; the bursts to apply. `may_wait` says that a word may still be held back.
    pub(super) fn take(&mut self, burst: Vec<Input>, now: Duration, may_wait: bool) -> Vec<Vec<Input>> {
        if burst.is_empty() {
            return Vec::new();
        }
        let mut ready = Vec::new();
        if let Some((key, _)) = self.waiting.take() {
            if is_word(&burst) {
                return vec![[vec![key], burst].concat()];
            }
            ready.push(vec![key]);
        }
        match burst.as_slice() {
            [key] if may_wait && may_lead(key) => self.waiting = Some((key.clone(), now)),
            _ => ready.push(burst),
        }
        ready
    }

    /// When the waiting key has waited long enough.
    pub(super) fn deadline(&self) -> Option<Duration> {
        self.waiting.as_ref().map(|(_, since)| *since + PAUSE)
    }

    /// Gives the waiting key up if its time is over.
    pub(super) fn release(&mut self, now: Duration) -> Option<Vec<Input>> {
        self.deadline().filter(|deadline| now >= *deadline)?;
        self.waiting.take().map(|(key, _)| vec![key])
    }
}

fn letter(input: &Input) -> Option<char> {
    if let Input::Key(key) = input { key.text().filter(|c| !c.is_whitespace()) } else { None }
}

/// Whether a read is a word as methods commit it: letters alone, more than one or one outside ASCII.
fn is_word(burst: &[Input]) -> bool {
    let letters = burst.iter().all(|input| letter(input).is_some());
    let lone_ascii = burst.len() == 1 && burst.first().and_then(letter).is_some_and(|c| c.is_ascii());
    letters && !lone_ascii
}

fn may_lead(input: &Input) -> bool {
    matches!(input, Input::Key(key) if matches!(key.code, KeyCode::Enter | KeyCode::Tab))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::key::Key;

    fn burst(text: &str) -> Vec<Input> {
        let key = |c| if c == '⏎' { Key::plain(KeyCode::Enter) } else { Key::char(c) };
        text.chars().map(|c| Input::Key(key(c))).collect()
    }

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_committed_word_joins_the_key_that_came_before_it() {
        let mut held = Held::default();
        assert_eq!(held.take(burst("⏎"), at(0), true), Vec::<Vec<Input>>::new());
        assert_eq!(held.take(burst("nam"), at(1), true), [burst("⏎nam")]);
        held.take(burst("⏎"), at(50), true);
        assert_eq!(held.take(burst("ở"), at(51), true), [burst("⏎ở")]);
    }

    #[test]
    fn the_next_letter_of_a_person_and_the_next_line_do_not() {
        for next in ["t", "q5 kk"] {
            let mut held = Held::default();
            held.take(burst("⏎"), at(0), true);
            assert_eq!(held.take(burst(next), at(3), true), [burst("⏎"), burst(next)]);
        }
    }

    #[test]
    fn a_key_behind_a_letter_does_not_wait() {
        let mut held = Held::default();
        assert_eq!(held.take(burst("⏎"), at(0), false), [burst("⏎")]);
        assert_eq!(held.take(burst("trú⏎"), at(0), true), [burst("trú⏎")]);
        assert_eq!(held.deadline(), None);
    }

    #[test]
    fn a_key_waits_four_milliseconds() {
        let mut held = Held::default();
        held.take(burst("⏎"), at(0), true);
        assert_eq!(held.release(at(3)), None);
        assert_eq!(held.release(at(4)), Some(burst("⏎")));
    }

    #[test]
    fn two_enters_are_two() {
        let mut held = Held::default();
        held.take(burst("⏎"), at(0), true);
        assert_eq!(held.take(burst("⏎"), at(2), true), [burst("⏎")]);
        assert_eq!(held.release(at(8)), Some(burst("⏎")));
    }
}
