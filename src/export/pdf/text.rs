//! Texts as the template takes them: only what the faces have, gaps marked, and places where a word too long for its line may be broken.

use std::collections::BTreeSet;

use serde::Serialize;

use super::faces::Faces;
use crate::{document, export::measure, text::clusters::clusters};

/// A text.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Words {
    /// As it is.
    Plain(String),
    /// In pieces.
    Pieces(Vec<Run>),
}

/// A piece of a text.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Run {
    Plain(String),
    /// A datum that is missing.
    Gap {
        gap: Words,
    },
    /// Where a line may end.
    Break(()),
}

/// Fits texts to faces and widths.
pub(super) struct Fitter<'a> {
    faces: &'a Faces,
    /// What no face has.
    pub(super) unprintable: BTreeSet<String>,
}

impl<'a> Fitter<'a> {
    pub(super) fn new(faces: &'a Faces) -> Self {
        Self { faces, unprintable: BTreeSet::new() }
    }

    /// A text in a size of points for a width in millimetres.
    pub(super) fn words(&mut self, text: &str, size: f64, width: f64) -> Words {
        let text = self.faces.printable(text, &mut self.unprintable);
        let mut runs = Vec::new();
        for (piece, is_gap) in document::gaps(&text) {
            let pieces = broken(piece, size, width);
            if is_gap {
                runs.push(Run::Gap { gap: together(pieces) });
            } else {
                runs.extend(pieces);
            }
        }
        together(runs)
    }
}

fn together(mut runs: Vec<Run>) -> Words {
    match (runs.pop(), runs.is_empty()) {
        (None, _) => Words::Plain(String::new()),
        (Some(Run::Plain(text)), true) => Words::Plain(text),
        (Some(last), _) => {
            runs.push(last);
            Words::Pieces(runs)
        }
    }
}

/// A text in which a line may end behind every letter of a word that is longer than the line.
fn broken(text: &str, size: f64, width: f64) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut plain = String::new();
    for word in text.split_inclusive(' ') {
        if is_short(word, size, width) || measure::length(word.trim_end(), size) <= width {
            plain.push_str(word);
            continue;
        }
        for (_, cluster) in clusters(word) {
            plain.push_str(cluster);
            runs.extend([Run::Plain(std::mem::take(&mut plain)), Run::Break(())]);
        }
    }
    if !plain.is_empty() {
        runs.push(Run::Plain(plain));
    }
    runs
}

/// Whether a word fits although each of its bytes were as wide as the widest letters, so that nobody has to measure it.
fn is_short(word: &str, size: f64, width: f64) -> bool {
    const MILLIMETRES: f64 = 25.4 / 72.0;
    f64::from(u32::try_from(word.len()).unwrap_or(u32::MAX)) * size * MILLIMETRES <= width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, width: f64) -> (String, Vec<String>) {
        let faces = Faces::new(&[]);
        let mut fitter = Fitter::new(&faces);
        let words = fitter.words(text, 14.0, width);
        (serde_json::to_string(&words).unwrap(), fitter.unprintable.into_iter().collect())
    }

    #[test]
    fn a_text_is_a_string_until_it_has_gaps_or_words_that_are_too_long() {
        assert_eq!(words("Khó khăn \"a\\", 165.0).0, r#""Khó khăn \"a\\""#);
        assert_eq!(words("", 165.0).0, r#""""#);
        let gap = r#"["tại ",{"gap":"[CẦN BỔ SUNG: nơi]"},"."]"#;
        assert_eq!(words("tại [CẦN BỔ SUNG: nơi].", 165.0).0, gap);
        assert_eq!(
            words("a nghiêng b", 10.0).0,
            r#"["a n",null,"g",null,"h",null,"i",null,"ê",null,"n",null,"g",null," ",null,"b"]"#
        );
    }

    #[test]
    fn what_no_face_has_is_a_square_and_told_and_what_shows_nothing_is_left_out() {
        let (text, unprintable) = words("a👩‍💻b\u{200B}c\u{AD}d\u{2003}e漢\u{E000}", 165.0);
        assert_eq!(text, r#""a□bcd e□□""#);
        assert_eq!(unprintable, ["漢", "\u{E000}", "👩‍💻"].map(str::to_owned));
        assert_eq!(words("ữ Đ ẵ “–” № 5₫", 165.0).1, Vec::<String>::new());
    }
}
