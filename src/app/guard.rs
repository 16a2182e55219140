//! Tells typing from keys: an input method that is switched on outside a text must never start an action.
//!
//! Methods send a letter as Backspace and its replacement, as a word in one burst, or letter by letter. So outside a
//! text, printable keys are ignored while somebody seems to be typing: a Backspace or a letter without a
//! meaning was pressed less than a second ago, or the burst holds letters together. Enter ends what is typed, so then it
//! is ignored too. A finished word can arrive in pieces, its first letter alone: if that letter showed another pane and more
//! follows at once, the pane goes back.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::panes::PaneId;
use crate::keymap::key::{Key, KeyCode};

/// How long after a letter the next one counts as typing.
const PAUSE: TimeDelta = TimeDelta::milliseconds(1000);

/// How soon the rest of a word follows its first letter, however the terminal cuts it.
const CUT: TimeDelta = TimeDelta::milliseconds(200);

/// What was typed outside a text, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Guard {
    last: Option<DateTime<FixedOffset>>,
    run: u32,
    went: Option<(PaneId, DateTime<FixedOffset>)>,
}

/// What to make of a printable key or a Backspace outside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It may mean an action.
    Key,
    /// It is typing: ignore it.
    Ignore,
    /// It is typing, and it looks like an input method: say so.
    InputMethod,
}

impl Guard {
    /// Judges one key of a burst. `bound` says whether the key means something here.
    pub(super) fn judge(
        &mut self,
        key: &Key,
        burst: &[Key],
        bound: bool,
        now: DateTime<FixedOffset>,
    ) -> Verdict {
        let typed = key.text().is_some();
        let backspace = key.code == KeyCode::Backspace;
        let recent = self.last.is_some_and(|last| (now - last).abs() < PAUSE);
        if key.code == KeyCode::Enter && ((recent && self.run > 1) || is_word(burst)) {
            return Verdict::InputMethod;
        }
        if !typed && !backspace {
            return Verdict::Key;
        }
        if bound && typed && !recent && !is_word(burst) {
            return Verdict::Key;
        }
        self.run = if recent { self.run + 1 } else { 1 };
        self.last = Some(now);
        let method = backspace || self.run > 1 || is_word(burst);
        if method { Verdict::InputMethod } else { Verdict::Ignore }
    }

    /// Remembers the pane that a printable key has just left.
    pub(super) fn went(&mut self, from: Option<PaneId>, now: DateTime<FixedOffset>) {
        self.went = from.map(|pane| (pane, now));
    }

    /// The pane to go back to, because the key that left it was the beginning of a word.
    pub(super) fn way_back(&mut self, now: DateTime<FixedOffset>) -> Option<PaneId> {
        let (pane, at) = self.went.take()?;
        ((now - at).abs() < CUT).then_some(pane)
    }
}

/// Whether a burst types: it deletes and writes, or holds letters together.
fn is_word(burst: &[Key]) -> bool {
    let letters = burst.iter().filter(|key| key.text().is_some_and(|c| !c.is_ascii_digit())).count();
    let deletes = burst.iter().any(|key| key.code == KeyCode::Backspace);
    let digits = burst.iter().filter(|key| key.text().is_some_and(|c| c.is_ascii_digit())).count();
    letters > 1 || (letters > 0 && (deletes || digits > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<FixedOffset> {
        DateTime::from_timestamp_millis(ms).unwrap().fixed_offset()
    }

    fn keys(text: &str) -> Vec<Key> {
        let key = |c| if c == '⌫' { Key::plain(KeyCode::Backspace) } else { Key::char(c) };
        text.chars().map(key).collect()
    }

    fn judge(guard: &mut Guard, burst: &str, ms: i64) -> Vec<Verdict> {
        let burst = keys(burst);
        burst
            .iter()
            .map(|key| guard.judge(key, &burst, "1234êâăô/".contains(key.text().unwrap_or('x')), at(ms)))
            .collect()
    }

    #[test]
    fn a_lone_bound_key_is_a_key() {
        assert_eq!(judge(&mut Guard::default(), "1", 0), [Verdict::Key]);
        assert_eq!(judge(&mut Guard::default(), "ê", 0), [Verdict::Key]);
        assert_eq!(judge(&mut Guard::default(), "12", 0), [Verdict::Key, Verdict::Key]);
    }

    #[test]
    fn a_letter_made_of_backspace_and_replacement_is_typing() {
        let mut guard = Guard::default();
        assert_eq!(judge(&mut guard, "e", 0), [Verdict::Ignore]);
        assert_eq!(judge(&mut guard, "⌫ê", 30), [Verdict::InputMethod; 2]);
    }

    #[test]
    fn a_replacement_that_arrives_late_is_still_typing() {
        let mut guard = Guard::default();
        judge(&mut guard, "⌫", 0);
        assert_eq!(judge(&mut guard, "ê", 50), [Verdict::InputMethod]);
        assert_eq!(judge(&mut guard, "3", 1500), [Verdict::Key]);
    }

    #[test]
    fn a_word_committed_at_once_is_typing() {
        assert_eq!(judge(&mut Guard::default(), "ê3", 0), [Verdict::InputMethod; 2]);
        assert_eq!(judge(&mut Guard::default(), "ân ", 0), [Verdict::InputMethod; 3]);
    }

    #[test]
    fn digits_of_a_method_that_types_tones_with_digits_are_typing() {
        let mut guard = Guard::default();
        judge(&mut guard, "k", 0);
        assert_eq!(judge(&mut guard, "1", 200), [Verdict::InputMethod]);
    }
}
