//! Bytes to keynotes: sections and paragraphs from plain text.
//!
//! The room owns the shapes by which headings are known. It knows no session and opens no file. Invariant: no word of the source is lost; lines
//! before the first heading stand under a heading without a name.

use crate::text::nfc;

/// A section of an imported keynote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading; empty for what stands before the first one.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// The sections of a text in which `I-`, `1.`, `a)`, `#` or a line of capitals begins a section, and every other line that is not empty
/// is a paragraph.
pub fn keynote(text: &str) -> Vec<Section> {
    let clean = nfc::clean(text);
    let mut sections: Vec<Section> = Vec::new();
    for line in clean.lines().map(str::trim).map(without_bold).filter(|line| !line.is_empty()) {
        match (heading(line), sections.last_mut()) {
            (Some(heading), _) => sections.push(Section { heading, paragraphs: Vec::new() }),
            (None, Some(section)) => section.paragraphs.push(line.to_owned()),
            (None, None) => {
                sections.push(Section { heading: String::new(), paragraphs: vec![line.to_owned()] });
            }
        }
    }
    sections
}

/// A line without the marks that make all of it bold in Markdown.
fn without_bold(line: &str) -> &str {
    let inner = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inner.filter(|inner| !inner.contains("**")).map_or(line, str::trim)
}

/// The words of a heading, if a line has the shape of one.
fn heading(line: &str) -> Option<String> {
    let marked = line.strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim());
    let numbered = || {
        let (number, rest) = line.split_once(['-', '.', '–'])?;
        let roman = !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let arabic = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        ((roman || arabic) && rest.starts_with(' ') && is_short(rest)).then(|| rest.trim())
    };
    let lettered = || {
        let (letter, rest) = line.split_once(") ")?;
        let one = letter.chars().count() == 1 && letter.chars().all(char::is_lowercase);
        (one && is_short(rest)).then(|| rest.trim())
    };
    let capitals = || {
        let letters = line.chars().filter(|c| c.is_alphabetic()).count();
        let upper = letters > 3 && !line.chars().any(char::is_lowercase);
        (upper && line.chars().count() <= LONGEST).then_some(line)
    };
    marked.or_else(numbered).or_else(lettered).or_else(capitals).map(str::to_owned)
}

/// Whether a text is a heading's and not a sentence.
fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.trim_end().ends_with(['.', ';', ','])
}

/// A heading is not longer than this; a longer line is a paragraph.
const LONGEST: usize = 120;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_are_known_by_their_shapes() {
        let text = "Lời đầu\nI- Thực trạng\nđoạn một\n\nđoạn hai\n1. Khó khăn\nđoạn ba\n# Kiến nghị\nđoạn bốn\na) Về dữ liệu\n**II- Giải pháp**\nKẾT LUẬN CHUNG\n";
        let sections = keynote(text);
        let headings: Vec<&str> = sections.iter().map(|section| section.heading.as_str()).collect();
        assert_eq!(
            headings,
            ["", "Thực trạng", "Khó khăn", "Kiến nghị", "Về dữ liệu", "Giải pháp", "KẾT LUẬN CHUNG"]
        );
        assert_eq!(sections[1].paragraphs, ["đoạn một", "đoạn hai"]);
    }

    #[test]
    fn sentences_that_begin_like_headings_are_paragraphs() {
        for line in [
            "1. Rà soát, báo cáo.",
            "I-ốt là một chất",
            "2023 là năm đầu",
            "- gạch đầu dòng",
            "3",
            "a) rà soát hồ sơ;",
        ] {
            assert_eq!(keynote(line)[0].paragraphs, [line]);
        }
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "[a-zA-ZÀ-ỹ0-9#.\\- \u{a0}\n]{0,200}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            let kept: usize = keynote(&text)
                .iter()
                .map(|s| letters(&s.heading) + s.paragraphs.iter().map(|p| letters(p)).sum::<usize>())
                .sum();
            let numerals = letters(&text) - kept.min(letters(&text));
            prop_assert!(numerals <= text.matches(['I', 'V', 'X']).count());
        }
    }
}
