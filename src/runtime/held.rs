//! Bursts as a person typed them, from reads as a terminal cut them.
//!
//! An input method that holds a word back until it ends commits it when a key ends it, and some send the key first:
//! `\rtrú` in one read, or `\r` and `trú` a moment later, for what was typed as `trú` and Enter; the same with Esc, Tab,
//! arrows and function keys. So in a text such a key waits a moment for its word, and the word for the silence that tells
//! it from the next line of a fast writer. The wait is long only if the method is known to hold words back: what it sends
//! for a word and the space behind is one read. Inside a word only such a method holds anything back: the rest of a word in
//! capitals, or what corrects it.
//!
//! Lines that come without brackets are one burst, however many reads they take.

use std::time::Duration;

use crate::{
    app::{Place, msg::Input},
    keymap::key::{Key, KeyCode},
};

/// How long a key waits for its word. A tenth of a millisecond is usual.
const PAUSE: Duration = Duration::from_millis(5);
/// The same with a method that holds words back. 17 ms were seen on processors with twice the work that they can do.
const LONG_PAUSE: Duration = Duration::from_millis(40);
/// How long nothing may follow a word: whoever goes on so fast does not stop in the first word of a line.
const WORD_SILENCE: Duration = Duration::from_millis(8);
/// How long nothing may follow lines.
const LINES_SILENCE: Duration = Duration::from_millis(30);

/// What waits, and since when nothing came.
#[derive(Debug, Default)]
pub(super) struct Held {
    waiting: Option<(Waiting, Duration)>,
    /// Whether the method was last seen to hold words back.
    holds_words: bool,
}

#[derive(Debug)]
enum Waiting {
    /// A key that may end a word.
    Key(Input),
    /// The word behind its key, and what came before both.
    Word(Ended),
    /// Lines without brackets, which may not be all.
    Lines(Vec<Input>),
}

/// A read that ends with a key and a word, which may be empty.
#[derive(Debug)]
struct Ended {
    before: Vec<Input>,
    key: Input,
    word: Vec<Input>,
}

impl Held {
    /// Takes the burst of one read that came at `now`, by the clock of every call; the bursts to apply. `place` is where letters go.
    pub(super) fn take(&mut self, burst: Vec<Input>, now: Duration, place: Place) -> Vec<Vec<Input>> {
        if burst.is_empty() {
            return Vec::new();
        }
        let mut ready = Vec::from_iter(self.release(now));
        match self.waiting.take().map(|(waiting, _)| waiting) {
            None => ready.extend(self.begin(burst, now, place)),
            Some(Waiting::Key(key)) if burst.iter().all(is_letter) => {
                let ended = Ended { before: Vec::new(), key, word: burst };
                self.waiting = Some((Waiting::Word(ended), now));
            }
            Some(Waiting::Key(key)) => {
                ready.push(vec![key]);
                ready.extend(self.begin(burst, now, place));
            }
            Some(Waiting::Word(Ended { before, key, word })) if before.is_empty() => {
                ready.push(vec![key]);
                ready.extend(self.begin([word, burst].concat(), now, place));
            }
            Some(Waiting::Word(Ended { before, key, word })) => {
                let lines = [before, vec![key], word, burst].concat();
                self.waiting = Some((Waiting::Lines(lines), now));
            }
            Some(Waiting::Lines(mut lines)) => {
                lines.extend(burst);
                self.waiting = Some((Waiting::Lines(lines), now));
            }
        }
        ready
    }

    /// Takes a burst before which nothing waits.
    fn begin(&mut self, burst: Vec<Input>, now: Duration, place: Place) -> Option<Vec<Input>> {
        if place == Place::Outside {
            return Some(burst);
        }
        self.learn(&burst);
        let (ready, waiting) = match ended(&burst) {
            Some(ended) if self.may_be_in_other_order(&ended, place) && ended.word.is_empty() => {
                (Some(ended.before).filter(|before| !before.is_empty()), Waiting::Key(ended.key))
            }
            Some(ended) if self.may_be_in_other_order(&ended, place) => (None, Waiting::Word(ended)),
            _ if has_lines(&burst) => (None, Waiting::Lines(burst)),
            _ => return Some(burst),
        };
        self.waiting = Some((waiting, now));
        ready
    }

    /// When what waits has waited long enough.
    pub(super) fn deadline(&self) -> Option<Duration> {
        let (waiting, since) = self.waiting.as_ref()?;
        let pause = match waiting {
            Waiting::Key(_) if self.holds_words => LONG_PAUSE,
            Waiting::Key(_) => PAUSE,
            Waiting::Word(_) => WORD_SILENCE,
            Waiting::Lines(_) => LINES_SILENCE,
        };
        Some(*since + pause)
    }

    /// What waited long enough: a word goes before the key that ended it.
    pub(super) fn release(&mut self, now: Duration) -> Option<Vec<Input>> {
        self.deadline().filter(|deadline| now >= *deadline)?;
        let (waiting, _) = self.waiting.take()?;
        Some(match waiting {
            Waiting::Key(key) => vec![key],
            Waiting::Word(Ended { before, key, word }) => [before, word, vec![key]].concat(),
            Waiting::Lines(lines) => lines,
        })
    }

    /// A word with what ends it is one read of a method that holds words back; others send letter by letter, or take back
    /// what they change.
    fn learn(&mut self, burst: &[Input]) {
        let alphabetic = |input: &Input| text(input).is_some_and(char::is_alphabetic);
        let rewrites = burst.len() > 1 && burst.iter().any(|input| is_key(input, KeyCode::Backspace));
        match burst {
            [letter] if alphabetic(letter) => self.holds_words = false,
            _ if rewrites => self.holds_words = false,
            [word @ .., end] if !word.is_empty() && word.iter().all(alphabetic) => {
                self.holds_words |= text(end).is_some_and(|c| !c.is_alphabetic());
            }
            _ => {}
        }
    }

    /// Whether the word may have been typed before the key, or may still come.
    fn may_be_in_other_order(&self, ended: &Ended, place: Place) -> bool {
        let place = match ended.before.last() {
            Some(last) => text(last).map_or(Place::InWord, Place::behind),
            None => place,
        };
        let comes = ended.word.is_empty();
        match place {
            Place::Outside => false,
            // The decoder has waited for what follows Esc.
            _ if comes && is_key(&ended.key, KeyCode::Esc) => false,
            Place::BetweenWords => true,
            Place::InWord if ended.before.is_empty() => self.holds_words || foreign(&ended.word),
            Place::InWord => self.holds_words && comes,
        }
    }
}

/// A burst as typing, a key and a word.
fn ended(burst: &[Input]) -> Option<Ended> {
    let at = burst.iter().rposition(|input| !types(input))?;
    let (before, behind) = burst.split_at_checked(at)?;
    let (key, word) = behind.split_first()?;
    // With Shift, keys select what the letters replace.
    let typed = matches!(key, Input::Key(key) if !key.shift)
        && before.iter().all(types)
        && word.iter().all(is_letter);
    typed.then(|| Ended { before: before.to_vec(), key: key.clone(), word: word.to_vec() })
}

/// Whether text comes behind a line end and before it.
fn has_lines(burst: &[Input]) -> bool {
    let end = burst.iter().position(|input| is_key(input, KeyCode::Enter));
    end.is_some_and(|end| end > 0 && burst.iter().skip(end).any(|input| text(input).is_some()))
}

/// Whether a word has letters that no keyboard sends.
fn foreign(word: &[Input]) -> bool {
    word.iter().filter_map(text).any(|c| !c.is_ascii())
}

fn is_key(input: &Input, code: KeyCode) -> bool {
    *input == Input::Key(Key::plain(code))
}

fn text(input: &Input) -> Option<char> {
    if let Input::Key(key) = input { key.text() } else { None }
}

/// Whether an input may be part of a word as methods commit it.
fn is_letter(input: &Input) -> bool {
    text(input).is_some_and(|c| !c.is_whitespace())
}

fn types(input: &Input) -> bool {
    text(input).is_some() || is_key(input, KeyCode::Backspace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Place::{BetweenWords, InWord, Outside};

    fn burst(text: &str) -> Vec<Input> {
        let key = |c| match c {
            '⏎' => Key::plain(KeyCode::Enter),
            '⎋' => Key::plain(KeyCode::Esc),
            '←' => Key::plain(KeyCode::Left),
            '⌫' => Key::plain(KeyCode::Backspace),
            '⇤' => Key::new(KeyCode::Left, false, false, true),
            c => Key::char(c),
        };
        text.chars().map(|c| Input::Key(key(c))).collect()
    }

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// What becomes of reads, each at its time; the bursts between bars.
    fn applied(place: Place, reads: &[(u64, &str)]) -> String {
        let mut held = Held::default();
        let mut bursts: Vec<Vec<Input>> =
            reads.iter().flat_map(|(ms, text)| held.take(burst(text), at(*ms), place)).collect();
        bursts.extend(held.release(at(1_000)));
        let name = |input: &Input| match input {
            Input::Key(key) => match key.code {
                KeyCode::Enter => '⏎',
                KeyCode::Esc => '⎋',
                KeyCode::Left => {
                    if key.shift {
                        '⇤'
                    } else {
                        '←'
                    }
                }
                KeyCode::Backspace => '⌫',
                KeyCode::Char(c) => c,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        let shown: Vec<String> = bursts.iter().map(|burst| burst.iter().map(name).collect()).collect();
        shown.join("|")
    }

    #[test]
    fn a_word_committed_by_a_key_goes_before_it() {
        for word in ["trú", "nam", "A", "ở", "10khan"] {
            for key in ["⏎", "←"] {
                let wanted = format!("{word}{key}");
                assert_eq!(applied(BetweenWords, &[(0, &format!("{key}{word}"))]), wanted);
                assert_eq!(applied(BetweenWords, &[(0, key), (4, word)]), wanted);
                assert_eq!(applied(BetweenWords, &[(0, key), (4, word), (12, "x")]), wanted + "|x");
            }
        }
    }

    #[test]
    fn a_key_waits_five_milliseconds_and_not_behind_a_letter() {
        assert_eq!(applied(BetweenWords, &[(0, "⏎"), (5, "trú")]), "⏎|trú");
        assert_eq!(applied(InWord, &[(0, "⏎"), (1, "trú")]), "⏎|trú");
        let mut held = Held::default();
        held.take(burst("⏎"), at(0), BetweenWords);
        assert_eq!((held.release(at(4)), held.deadline()), (None, Some(at(5))));
        assert_eq!(held.release(at(5)), Some(burst("⏎")));
    }

    #[test]
    fn a_method_that_was_seen_to_hold_words_back_has_more_time() {
        assert_eq!(applied(BetweenWords, &[(0, "cư "), (50, "⏎"), (89, "A")]), "cư |A⏎");
        assert_eq!(applied(BetweenWords, &[(0, "cư "), (50, "⏎"), (90, "A")]), "cư |⏎|A");
        assert_eq!(applied(InWord, &[(0, "cư "), (50, "⏎hai")]), "cư |hai⏎");
        assert_eq!(applied(InWord, &[(0, "cư "), (50, "CH"), (90, "⏎"), (91, "ỨC")]), "cư |CH|ỨC⏎");
        assert_eq!(applied(InWord, &[(0, "cư "), (50, "CH⏎"), (51, "ỨC")]), "cư |CH|ỨC⏎");
        for sent_otherwise in ["b", "⌫ê"] {
            let reads = [(0, "cư "), (10, sent_otherwise), (50, "⏎"), (60, "A")];
            assert_eq!(applied(BetweenWords, &reads), format!("cư |{sent_otherwise}|⏎|A"));
        }
        assert_eq!(applied(BetweenWords, &[(0, "cư "), (10, "⌫"), (50, "⏎"), (60, "A")]), "cư |⌫|A⏎");
    }

    #[test]
    fn the_next_line_of_a_fast_writer_stays_behind_its_key() {
        assert_eq!(applied(BetweenWords, &[(0, "⏎"), (3, "q5 kk")]), "⏎|q5 kk");
        assert_eq!(applied(BetweenWords, &[(0, "⏎"), (1, "t"), (2, "r"), (3, "⌫x")]), "⏎|tr|⌫x");
        assert_eq!(applied(BetweenWords, &[(0, "⏎tr"), (7, "u")]), "⏎|tru");
    }

    #[test]
    fn a_burst_that_ends_with_a_key_and_its_word() {
        assert_eq!(applied(InWord, &[(0, "cư ⏎trú")]), "cư trú⏎");
        assert_eq!(applied(InWord, &[(0, "cư ⏎trú"), (3, " hai")]), "cư ⏎trú hai");
        assert_eq!(applied(InWord, &[(0, "cư⏎trú")]), "cư⏎trú");
        assert_eq!(applied(BetweenWords, &[(0, "cư ⏎"), (1, "trú")]), "cư |trú⏎");
        assert_eq!(applied(BetweenWords, &[(0, "cư trú ⏎")]), "cư trú |⏎");
    }

    #[test]
    fn lines_without_brackets_are_one_burst() {
        assert_eq!(applied(InWord, &[(0, "một⏎ha"), (29, "i⏎"), (40, "ba⏎"), (70, "x")]), "một⏎hai⏎ba⏎|x");
        assert_eq!(applied(InWord, &[(0, "⏎hai"), (1, "x")]), "⏎hai|x");
        assert_eq!(applied(InWord, &[(0, "một⏎"), (1, "x")]), "một⏎|x");
    }

    #[test]
    fn inside_a_word_only_letters_of_a_method_go_before_the_key() {
        assert_eq!(applied(InWord, &[(0, "⏎ữ")]), "ữ⏎");
        assert_eq!(applied(InWord, &[(0, "⏎hai")]), "⏎hai");
    }

    #[test]
    fn esc_has_waited_already() {
        assert_eq!(applied(BetweenWords, &[(0, "⎋việt")]), "việt⎋");
        let mut held = Held::default();
        assert_eq!(held.take(burst("⎋"), at(30), BetweenWords), [burst("⎋")]);
    }

    #[test]
    fn outside_a_text_and_between_keys_nothing_is_moved() {
        assert_eq!(applied(Outside, &[(0, "⏎trú")]), "⏎trú");
        assert_eq!(applied(BetweenWords, &[(0, "⏎"), (2, "⏎"), (20, "trú⏎")]), "⏎|⏎|trú⏎");
        assert_eq!(applied(BetweenWords, &[(0, "⌫"), (1, "ê")]), "⌫|ê");
        assert_eq!(applied(InWord, &[(0, "⇤ê"), (20, "⇤⇤ệt"), (40, "⇤"), (41, "ệ")]), "⇤ê|⇤⇤ệt|⇤|ệ");
    }
}
