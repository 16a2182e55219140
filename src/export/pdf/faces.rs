//! The faces that papers are set in, and what of a text they can show.

use std::{borrow::Cow, collections::BTreeSet};

use typst::{
    foundations::Bytes,
    text::{Font, is_default_ignorable},
};

use crate::text::{clusters::clusters, nfc};

/// The family of the program's own faces: the metrics of Times New Roman.
pub(super) const OWN: &str = "Tinos";
/// Stands for what no face has.
const SQUARE: &str = "□";

/// Faces, and the letters that at least one of them has.
pub(super) struct Faces {
    all: Vec<Font>,
    /// A bit a code point.
    letters: Vec<u64>,
}

impl Faces {
    /// An office's files before the program's own; a file that is no font adds nothing.
    pub(super) fn new(office: &[Vec<u8>]) -> Self {
        let own: [&'static [u8]; 4] = [
            include_bytes!("../../../assets/fonts/Tinos-Regular.ttf"),
            include_bytes!("../../../assets/fonts/Tinos-Bold.ttf"),
            include_bytes!("../../../assets/fonts/Tinos-Italic.ttf"),
            include_bytes!("../../../assets/fonts/Tinos-BoldItalic.ttf"),
        ];
        let office = office.iter().map(|file| Bytes::new(file.clone()));
        let all: Vec<Font> = office.chain(own.map(Bytes::new)).flat_map(Font::iter).collect();
        let mut letters = Vec::new();
        for letter in all.iter().flat_map(|face| face.info().coverage.iter()) {
            let (at, bit) = place(letter);
            letters.resize(letters.len().max(at + 1), 0);
            if let Some(bits) = letters.get_mut(at) {
                *bits |= bit;
            }
        }
        Self { all, letters }
    }

    pub(super) fn all(&self) -> &[Font] {
        &self.all
    }

    /// A text with a square in the place of each cluster that no face has; those are added to `unprintable`. What shows nothing
    /// (joiners, hints for breaking) is left out, and every space that is not in the faces is a plain one.
    pub(super) fn printable<'a>(&self, text: &'a str, unprintable: &mut BTreeSet<String>) -> Cow<'a, str> {
        if text.chars().all(|c| self.has(c) && !is_default_ignorable(c)) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for (_, cluster) in clusters(text) {
            let shown: String = cluster.chars().filter(|c| !is_default_ignorable(*c)).collect();
            if shown.chars().all(|c| self.has(c)) {
                out.push_str(&shown);
            } else if shown.chars().all(char::is_whitespace) {
                out.push(' ');
            } else {
                unprintable.insert(cluster.to_owned());
                out.push_str(SQUARE);
            }
        }
        nfc::nfc(&out).into_owned().into()
    }

    fn has(&self, c: char) -> bool {
        let (at, bit) = place(u32::from(c));
        matches!(c, ' '..='~') || self.letters.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

/// Where the bit of a code point stands.
fn place(letter: u32) -> (usize, u64) {
    (usize::try_from(letter / u64::BITS).unwrap_or_default(), 1 << (letter % u64::BITS))
}
