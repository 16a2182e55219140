//! Where a captured line may be cut: behind a semicolon, and before what counts (`một là`, `thứ nhất`, `1.`, `a)`).

use crate::text::fold::fold;

/// Numerals as they are counted with, folded.
const COUNTS: [&str; 10] = ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"];
/// The same behind `thứ`.
const ORDINALS: [&str; 12] =
    ["nhat", "hai", "nhi", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "cuoi"];

/// The bytes before which a text may be cut, in order; never its start.
pub(super) fn proposed(text: &str) -> Vec<usize> {
    let words: Vec<(usize, &str)> = words(text).collect();
    let folded: Vec<String> = words.iter().map(|(_, word)| fold(word)).collect();
    let begins = |at: usize| {
        let word = |at: usize| folded.get(at).map_or("", String::as_str);
        let before = at.checked_sub(1).map_or("", word);
        before.ends_with(';')
            || counts(word(at), word(at + 1))
            || (before.ends_with('.') && is_number(word(at)))
    };
    let starts = (1..words.len()).filter(|at| begins(*at));
    starts.filter_map(|at| words.get(at).map(|(start, _)| *start)).collect()
}

/// The pieces between some cuts, without white space and without the mark that parted them.
pub(super) fn pieces(text: &str, cuts: &[usize]) -> Vec<String> {
    let ends = cuts.iter().copied().chain([text.len()]);
    let mut start = 0;
    let mut pieces = Vec::new();
    for end in ends {
        let piece = text.get(start..end).unwrap_or_default().trim();
        let piece = if end < text.len() { piece.trim_end_matches([';', ',']).trim_end() } else { piece };
        if !piece.is_empty() {
            pieces.push(piece.to_owned());
        }
        start = end;
    }
    pieces
}

/// Words with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(char::is_whitespace).filter_map(move |word| {
        let start = from;
        from += word.len();
        from += text.get(from..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

/// Whether two folded words begin something that is counted.
fn counts(first: &str, second: &str) -> bool {
    let bare = second.trim_end_matches([',', ':', '.', ';']);
    (COUNTS.contains(&first) && bare == "la")
        || (first == "thu" && ORDINALS.contains(&bare))
        || is_bracketed(first)
}

/// `2)`, `b)`.
fn is_bracketed(word: &str) -> bool {
    word.strip_suffix(')').is_some_and(|head| {
        head.len() <= 2 && head.chars().all(|c| c.is_ascii_alphanumeric()) && !head.is_empty()
    })
}

/// `2.`
fn is_number(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|head| !head.is_empty() && head.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        pieces(text, &proposed(text))
    }

    #[test]
    fn what_is_counted_or_parted_by_semicolons_is_cut() {
        for (text, expected) in [
            (
                "một là thống nhất biểu mẫu; hai là có đầu mối",
                &["một là thống nhất biểu mẫu", "hai là có đầu mối"][..],
            ),
            ("mot la bieu mau, hai la dau moi", &["mot la bieu mau", "hai la dau moi"]),
            ("Thứ nhất, con dấu. Thứ hai: hồ sơ", &["Thứ nhất, con dấu.", "Thứ hai: hồ sơ"]),
            ("con dấu thay đổi;  hồ sơ cũ kẹt;", &["con dấu thay đổi", "hồ sơ cũ kẹt;"]),
            ("có hai việc: a) con dấu b) hồ sơ", &["có hai việc:", "a) con dấu", "b) hồ sơ"]),
            ("1. con dấu. 2. hồ sơ.", &["1. con dấu.", "2. hồ sơ."]),
            ("dòng một;\ndòng hai", &["dòng một", "dòng hai"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_so_is_left_whole() {
        for text in [
            "",
            " ",
            ";",
            "một là",
            "hai bên là một",
            "nghị quyết 15 là kim chỉ nam",
            "thứ năm tuần sau họp",
            "ông A (Q1) nói",
        ] {
            assert!(cut(text).len() <= 1, "{text}: {:?}", cut(text));
        }
    }

    proptest! {
        #[test]
        fn cuts_stand_inside_before_words_and_lose_no_letter(text in "[một là;hai thứ nhất 1-3.a)\n,]{0,60}") {
            let cuts = proposed(&text);
            prop_assert!(cuts.is_sorted());
            let before_words = cuts.iter().all(|at| {
                text.get(..*at).is_some_and(|head| head.ends_with(char::is_whitespace)) && !text.get(*at..).is_some_and(|tail| tail.starts_with(' '))
            });
            prop_assert!(before_words);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&cut(&text).concat()), letters(&text));
        }
    }
}
