//! Enter and Tab wait a moment for the word that an input method commits with them.
//!
//! A method that holds the last word back until it ends commits it when Enter is pressed, and the terminal may send the
//! key first: one read `\rtrú`, or `\r` and `trú` a moment later, for what was typed as `trú` and Enter. The two are put
//! into one burst here; the order is put right where bursts are understood. A person's next letter is one
//! letter in a read of its own and is never taken for such a word.

use std::time::Duration;

use crate::{app::msg::Input, keymap::key::KeyCode};

/// How long a key waits while nobody has been seen to commit words.
const SHORT: Duration = Duration::from_millis(6);
/// How long it waits for a method that commits words; on a busy machine it needs it.
const LONG: Duration = Duration::from_millis(40);

/// A key that waits, and what is known of the method.
#[derive(Debug, Default)]
pub(super) struct Held {
    waiting: Option<(Vec<Input>, Duration)>,
    commits_words: bool,
}

impl Held {
    /// Takes the burst of one read at `now`; the bursts to apply.
    pub(super) fn take(&mut self, burst: Vec<Input>, now: Duration) -> Vec<Vec<Input>> {
        if burst.is_empty() {
            return Vec::new();
        }
        let word = is_word(&burst);
        self.commits_words |= word;
        let mut ready = Vec::new();
        if let Some((mut waiting, _)) = self.waiting.take() {
            if word {
                waiting.extend(burst);
                return vec![waiting];
            }
            ready.push(waiting);
        }
        if burst.last().is_some_and(may_lead) {
            self.waiting = Some((burst, now));
        } else {
            ready.push(burst);
        }
        ready
    }

    /// When the waiting key has waited long enough.
    pub(super) fn deadline(&self) -> Option<Duration> {
        let pause = if self.commits_words { LONG } else { SHORT };
        self.waiting.as_ref().map(|(_, since)| *since + pause)
    }

    /// Gives the waiting key up if its time is over.
    pub(super) fn release(&mut self, now: Duration) -> Option<Vec<Input>> {
        self.deadline().filter(|deadline| now >= *deadline)?;
        self.waiting.take().map(|(burst, _)| burst)
    }
}

fn letter(input: &Input) -> Option<char> {
    if let Input::Key(key) = input { key.text() } else { None }
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
        assert_eq!(held.take(burst("⏎"), at(0)), Vec::<Vec<Input>>::new());
        assert_eq!(held.take(burst("nam"), at(1)), [burst("⏎nam")]);
        held.take(burst("⏎"), at(50));
        assert_eq!(held.take(burst("ở"), at(51)), [burst("⏎ở")]);
    }

    #[test]
    fn the_next_letter_of_a_person_does_not() {
        let mut held = Held::default();
        held.take(burst("⏎"), at(0));
        assert_eq!(held.take(burst("t"), at(3)), [burst("⏎"), burst("t")]);
    }

    #[test]
    fn a_key_waits_longer_once_words_were_committed() {
        let mut held = Held::default();
        held.take(burst("⏎"), at(0));
        assert_eq!(held.deadline(), Some(at(6)));
        assert_eq!(held.release(at(5)), None);
        assert_eq!(held.release(at(6)), Some(burst("⏎")));
        assert_eq!(held.take(burst("việt "), at(10)), [burst("việt ")]);
        held.take(burst("⏎"), at(20));
        assert_eq!(held.deadline(), Some(at(60)));
    }

    #[test]
    fn two_enters_are_two() {
        let mut held = Held::default();
        held.take(burst("⏎"), at(0));
        assert_eq!(held.take(burst("⏎"), at(2)), [burst("⏎")]);
        assert_eq!(held.release(at(8)), Some(burst("⏎")));
    }
}
