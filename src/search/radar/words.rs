//! A line as the terms it is looked up by: syllables, pairs of neighbours, classes of words, initials.
//!
//! Abbreviations are read as what they may stand for, so that a line typed at speed and one written out have the same terms.

use crate::text::fold::fold;

use super::lexicon::{LONGEST_SAME, class, is_empty, meanings};

/// Words of a line beyond these are not read.
const MOST_WORDS: usize = 64;

/// Initials are looked up by so many at a time: fewer stand for too much.
const INITIALS: usize = 3;

/// One thing that a line says; any of its terms stands for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// At least one.
    pub(super) terms: Vec<String>,
    /// Whether it is two syllables side by side, which strengthen what each of them says.
    pub(super) is_pair: bool,
}

/// A syllable of a line, or several if an abbreviation leaves it open.
struct Place<'a> {
    syllables: Vec<&'a str>,
    /// With the syllable before.
    pairs: Vec<String>,
}

/// What a line says.
pub(super) fn parts(line: &str) -> Vec<Part> {
    let folded = fold(line);
    parts_of(&places(&folded))
}

/// The terms that a text is kept under, each once.
pub(super) fn terms(text: &str) -> Vec<String> {
    let folded = fold(text);
    let places = places(&folded);
    let firsts: String = places.iter().filter_map(|place| place.syllables.first()?.chars().next()).collect();
    let mut terms: Vec<String> = parts_of(&places).into_iter().flat_map(|part| part.terms).collect();
    terms.extend(initials(&firsts));
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn places(folded: &str) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.take(MOST_WORDS) {
        let read = read(word);
        let first = read.iter().filter_map(|syllables| syllables.first());
        let met = first.flat_map(|first| before.iter().filter_map(|last| pair(last, first))).collect();
        before = read.iter().filter_map(|syllables| syllables.last().copied()).collect();
        places.extend(places_of(&read, met));
    }
    places
}

/// The syllables of each thing that a word may stand for.
fn read(word: &str) -> Vec<Vec<&str>> {
    let known: Vec<Vec<&str>> = meanings(word).map(|long| long.split(' ').collect()).collect();
    if known.is_empty() { vec![vec![word]] } else { known }
}

/// The places of one word; `met` are the pairs of its first syllable with what stands before it.
fn places_of<'a>(read: &[Vec<&'a str>], met: Vec<String>) -> Vec<Place<'a>> {
    let longest = read.iter().map(Vec::len).max().unwrap_or(0);
    let syllables = |at: usize| read.iter().filter_map(|one| one.get(at).copied()).collect();
    let inside = |at: usize| read.iter().filter_map(|one| pair(one.get(at - 1)?, one.get(at)?)).collect();
    let first = Place { syllables: syllables(0), pairs: met };
    let others = (1..longest).map(|at| Place { syllables: syllables(at), pairs: inside(at) });
    std::iter::once(first).chain(others).collect()
}

fn pair(first: &str, second: &str) -> Option<String> {
    let says_something = !is_empty(first) || !is_empty(second);
    says_something.then(|| [first, " ", second].concat())
}

fn parts_of(places: &[Place<'_>]) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let (here, across) = classes(places, at);
        if let [short] = *place.syllables
            && is_unknown_short(short)
        {
            parts.extend(initials(short).into_iter().map(|term| Part { terms: vec![term], is_pair: false }));
        } else {
            let full = place.syllables.iter().filter(|syllable| !is_empty(syllable));
            parts.push(Part {
                terms: full.map(|one| (*one).to_owned()).chain(here).collect(),
                is_pair: false,
            });
        }
        parts.push(Part { terms: place.pairs.iter().cloned().chain(across).collect(), is_pair: true });
    }
    parts.retain(|part| !part.terms.is_empty());
    parts
}

/// The classes of the words that a place is part of, and of those that reach over it from the place before.
fn classes(places: &[Place<'_>], at: usize) -> (Vec<String>, Vec<String>) {
    let (mut here, mut across) = (Vec::new(), Vec::new());
    for count in 1..=LONGEST_SAME {
        for start in (at + 1).saturating_sub(count)..=at {
            let Some(class) = places.get(start..start + count).and_then(class_of) else { continue };
            if start < at {
                across.push(class.clone());
            }
            here.push(class);
        }
    }
    (here, across)
}

fn class_of(places: &[Place<'_>]) -> Option<String> {
    let certain =
        |place: &Place<'_>| if let [only] = *place.syllables { Some(only.to_owned()) } else { None };
    let words: Option<Vec<String>> = places.iter().map(certain).collect();
    class(&words?.join(" ")).map(|class| ["=", class].concat())
}

/// Whether a word looks like initials: none of the table, without a vowel.
fn is_unknown_short(word: &str) -> bool {
    word.len() >= INITIALS && word.chars().all(|c| c.is_ascii_alphabetic() && !"aeiouy".contains(c))
}

fn initials(letters: &str) -> Vec<String> {
    let letters: Vec<char> = letters.chars().collect();
    letters.windows(INITIALS).map(|some| std::iter::once('@').chain(some.iter().copied()).collect()).collect()
}
