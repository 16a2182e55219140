//! A Vietnamese input method as a terminal sees it: for a syllable, the bytes that arrive with each
//! key the person presses.
//!
//! What the person presses depends on the [`Method`] and the [`Order`]; what the terminal receives
//! for it on the [`Sending`]. The syllable given is the one wanted, so no spelling rules are needed.

use unicode_normalization::UnicodeNormalization;

/// Which keys stand for marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// Letters: `aa` â, `w` ă ơ ư, `dd` đ, `f s r x j` the tones.
    Telex,
    /// Digits: `6` â ê ô, `7` ơ ư, `8` ă, `9` đ, `1`–`5` the tones.
    Vni,
}

impl Method {
    pub(crate) const ALL: [Self; 2] = [Self::Telex, Self::Vni];
}

/// When the person types the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Each mark right behind its letter.
    AtOnce,
    /// The bare letters first, then all marks.
    AtTheEnd,
    /// The same, but a wrong tone first, which the right one replaces.
    Corrected,
}

impl Order {
    pub(crate) const ALL: [Self; 3] = [Self::AtOnce, Self::AtTheEnd, Self::Corrected];
}

/// How the method brings a changed syllable to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sending {
    /// Backspaces and the changed letters in NFC; a Backspace is `0x7f`.
    Replace,
    /// The same, a Backspace being `0x08`.
    ReplaceBs08,
    /// The pressed key arrives first, and is taken back with the letters it changes.
    EchoThenReplace,
    /// A narrow no-break space is sent and deleted before the Backspaces.
    NarrowSpace,
    /// Nothing arrives before the syllable is finished.
    CommitAtEnd,
    /// Tones as combining marks, changed and counted by code point.
    CompoundByMark,
    /// Tones as combining marks, changed by letter: one Backspace more for a letter that has a mark.
    CompoundByLetter,
    /// All marks combining (NFD), changed and counted by code point.
    Decomposed,
}

impl Sending {
    pub(crate) const ALL: [Self; 8] = [
        Self::Replace,
        Self::ReplaceBs08,
        Self::EchoThenReplace,
        Self::NarrowSpace,
        Self::CommitAtEnd,
        Self::CompoundByMark,
        Self::CompoundByLetter,
        Self::Decomposed,
    ];

    fn encode(self, syllable: &str) -> Vec<String> {
        syllable.nfc().map(|letter| self.encode_letter(letter)).collect()
    }

    fn encode_letter(self, letter: char) -> String {
        match self {
            Self::Decomposed => letter.nfd().collect(),
            Self::CompoundByMark | Self::CompoundByLetter => {
                let (tone, rest): (Vec<char>, Vec<char>) = letter.nfd().partition(|c| TONES.contains(c));
                rest.into_iter().nfc().chain(tone).collect()
            }
            _ => letter.to_string(),
        }
    }
}

const TONES: [char; 5] = ['\u{301}', '\u{300}', '\u{309}', '\u{303}', '\u{323}'];
const HORN: char = '\u{31b}';

/// An input method set up by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ime {
    pub(crate) method: Method,
    pub(crate) order: Order,
    pub(crate) sending: Sending,
}

impl Ime {
    /// Every setting.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Method::ALL.into_iter().flat_map(|method| {
            Sending::ALL.into_iter().flat_map(move |sending| {
                Order::ALL.into_iter().map(move |order| Self { method, order, sending })
            })
        })
    }

    /// The bytes that arrive with each key pressed for `syllable`, in the order of the keys.
    pub(crate) fn keystrokes(self, syllable: &str) -> Vec<Vec<u8>> {
        let steps = self.steps(syllable);
        if self.sending == Sending::CommitAtEnd {
            let mut chunks = vec![Vec::new(); steps.len().saturating_sub(1)];
            chunks.push(syllable.nfc().collect::<String>().into_bytes());
            return chunks;
        }
        let mut shown = Vec::new();
        steps
            .into_iter()
            .map(|(key, wanted)| {
                let wanted = self.sending.encode(&wanted);
                let chunk = self.chunk(key, &shown, &wanted);
                shown = wanted;
                chunk
            })
            .collect()
    }

    fn chunk(self, key: char, shown: &[String], wanted: &[String]) -> Vec<u8> {
        let (erased, added) = self.difference(shown, wanted);
        let backspace = if self.sending == Sending::ReplaceBs08 { "\u{8}" } else { "\u{7f}" };
        let erase = backspace.repeat(erased);
        match self.sending {
            _ if erased == 0 => added,
            Sending::EchoThenReplace => format!("{key}{backspace}{erase}{added}"),
            Sending::NarrowSpace => format!("\u{202f}{backspace}{erase}{added}"),
            _ => erase + &added,
        }
        .into_bytes()
    }

    /// How many Backspaces take back what is no longer wanted, and what is then sent.
    fn difference(self, shown: &[String], wanted: &[String]) -> (usize, String) {
        let same = shown.iter().zip(wanted).take_while(|(a, b)| a == b).count();
        let (old, new) = (shown[same..].concat(), wanted[same..].concat());
        if self.sending == Sending::CompoundByLetter {
            return (old.chars().count(), new);
        }
        let kept = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
        (old.chars().count() - kept, new.chars().skip(kept).collect())
    }

    /// Each key pressed, and the syllable the method then wants to be seen, in NFC.
    fn steps(self, syllable: &str) -> Vec<(char, String)> {
        let letters: Vec<Letter> = syllable.nfc().map(Letter::new).collect();
        let mut typing = Typing { ime: self, keys: Vec::new(), seen: Vec::new() };
        (0..letters.len()).for_each(|index| typing.letter(&letters, index));
        if self.order != Order::AtOnce {
            typing.marks(&letters);
        }
        typing.keys
    }
}

/// A letter taken apart.
#[derive(Debug, Clone, Copy)]
struct Letter {
    base: char,
    shape: Option<char>,
    tone: Option<char>,
}

impl Letter {
    fn new(letter: char) -> Self {
        let (base, stroke) = match letter {
            'đ' => ('d', true),
            'Đ' => ('D', true),
            _ => (letter.nfd().next().unwrap(), false),
        };
        let marks: Vec<char> = letter.nfd().skip(1).collect();
        let find = |tone| marks.iter().copied().find(|mark| TONES.contains(mark) == tone);
        Self { base, shape: if stroke { Some('-') } else { find(false) }, tone: find(true) }
    }

    fn bare(self) -> Self {
        Self { shape: None, tone: None, ..self }
    }

    fn text(self) -> String {
        match (self.base, self.shape) {
            ('d', Some(_)) => "đ".into(),
            ('D', Some(_)) => "Đ".into(),
            _ => [Some(self.base), self.shape, self.tone].into_iter().flatten().nfc().collect(),
        }
    }
}

fn another_tone(tone: char) -> char {
    if tone == TONES[0] { TONES[1] } else { TONES[0] }
}

/// Whether the letters before and behind one wear a horn.
fn horns_beside(letters: &[Letter], index: usize) -> (bool, bool) {
    let horned = |letter: Option<&Letter>| letter.is_some_and(|letter| letter.shape == Some(HORN));
    (horned(index.checked_sub(1).and_then(|before| letters.get(before))), horned(letters.get(index + 1)))
}

struct Typing {
    ime: Ime,
    keys: Vec<(char, String)>,
    seen: Vec<Letter>,
}

impl Typing {
    fn press(&mut self, key: char) {
        self.keys.push((key, self.seen.iter().map(|letter| letter.text()).collect()));
    }

    /// The letter itself, and its marks if they come at once. `ươ` gets both horns with one key, and
    /// a lone `ư` is one key in Telex.
    fn letter(&mut self, letters: &[Letter], index: usize) {
        let letter = &letters[index];
        let (horn_before, horn_follows) = horns_beside(letters, index);
        let at_once = self.ime.order == Order::AtOnce;
        let horned_u = letter.shape == Some(HORN) && letter.base.eq_ignore_ascii_case(&'u');
        if at_once && horned_u && !horn_follows && self.ime.method == Method::Telex {
            self.seen.push(Letter { tone: None, ..*letter });
            self.press('w');
        } else {
            self.seen.push(letter.bare());
            self.press(letter.base);
            if at_once && !(horned_u && horn_follows) {
                self.shape(self.seen.len() - 1, letter, horn_before);
            }
        }
        if at_once {
            self.tone(self.seen.len() - 1, letter);
        }
    }

    fn marks(&mut self, letters: &[Letter]) {
        for (index, letter) in letters.iter().enumerate() {
            let (horn_before, horn_follows) = horns_beside(letters, index);
            if !(letter.shape == Some(HORN) && horn_follows) {
                self.shape(index, letter, horn_before);
            }
        }
        for (index, letter) in letters.iter().enumerate() {
            let wrong = letter.tone.filter(|_| self.ime.order == Order::Corrected).map(another_tone);
            self.tone(index, &Letter { tone: wrong, ..*letter });
            self.tone(index, letter);
        }
    }

    fn shape(&mut self, index: usize, letter: &Letter, horn_before: bool) {
        let Some(shape) = letter.shape else { return };
        self.seen[index].shape = Some(shape);
        if horn_before && shape == HORN {
            self.seen[index - 1].shape = Some(HORN);
        }
        self.press(match (self.ime.method, shape) {
            (Method::Telex, '\u{302}' | '-') => letter.base,
            (Method::Telex, _) => 'w',
            (Method::Vni, '\u{302}') => '6',
            (Method::Vni, HORN) => '7',
            (Method::Vni, '\u{306}') => '8',
            (Method::Vni, _) => '9',
        });
    }

    fn tone(&mut self, index: usize, letter: &Letter) {
        let Some(tone) = letter.tone else { return };
        self.seen[index].tone = Some(tone);
        let nth = TONES.iter().position(|t| *t == tone).unwrap();
        let keys = if self.ime.method == Method::Telex {
            ['s', 'f', 'r', 'x', 'j']
        } else {
            ['1', '2', '3', '4', '5']
        };
        self.press(keys[nth]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(method: Method, order: Order, sending: Sending, syllable: &str) -> String {
        let chunks = Ime { method, order, sending }.keystrokes(syllable);
        let shown: Vec<String> = chunks.into_iter().map(|chunk| String::from_utf8(chunk).unwrap()).collect();
        shown.join("|").replace('\u{7f}', "⌫")
    }

    #[test]
    fn the_simulator_sends_what_was_seen_of_real_methods() {
        use {Method::*, Order::*, Sending::*};
        assert_eq!(typed(Telex, AtTheEnd, Replace, "việt"), "v|i|e|t|⌫⌫êt|⌫⌫ệt");
        assert_eq!(typed(Telex, AtOnce, Replace, "được"), "d|⌫đ|u|o|⌫⌫ươ|⌫ợ|c");
        assert_eq!(typed(Telex, AtOnce, Replace, "từ"), "t|ư|⌫ừ");
        assert_eq!(typed(Vni, AtOnce, Replace, "từ"), "t|u|⌫ư|⌫ừ");
        assert_eq!(typed(Telex, AtOnce, CompoundByMark, "ệ"), "e|⌫ê|\u{323}");
        assert_eq!(typed(Telex, AtOnce, CompoundByLetter, "ệ"), "e|⌫ê|⌫ê\u{323}");
        assert_eq!(typed(Vni, AtOnce, EchoThenReplace, "ệ"), "e|6⌫⌫ê|5⌫⌫ệ");
        assert_eq!(typed(Telex, AtOnce, NarrowSpace, "â"), "a|\u{202f}⌫⌫â");
        assert_eq!(typed(Telex, AtOnce, CommitAtEnd, "hội"), "||||hội");
        assert_eq!(typed(Telex, Corrected, CompoundByLetter, "ệt"), "e|t|⌫⌫êt|⌫⌫ê\u{301}t|⌫⌫⌫ê\u{323}t");
        assert_eq!(typed(Telex, AtTheEnd, Decomposed, "ệt"), "e|t|⌫\u{302}t|⌫⌫\u{323}\u{302}t");
    }
}
