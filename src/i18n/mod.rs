//! Every word a person sees on the screen, in Vietnamese and English.
//!
//! One struct of strings, one value a language: a missing key does not compile. Documents are Vietnamese whatever the
//! screen speaks; their words are in `document`. The room knows nothing of keys, screens or files.

mod concluding;
mod damage;
mod door;
mod en;
mod following;
mod history;
mod import;
mod making;
mod notebook;
mod papers;
mod reading;
mod reasons;
mod refusals;
mod sorting;
mod speaking;
mod statistics;
mod strings;
mod table;
mod taking;
mod vi;
mod wall;
mod words;

pub use concluding::ConcludingWords;
pub use damage::DamageWords;
pub use door::DoorWords;
pub use following::FollowingWords;
pub use history::sentence;
pub use import::ImportWords;
pub use making::MakingWords;
pub use notebook::NotebookWords;
pub use papers::PaperWords;
pub use reading::ReadingWords;
pub use reasons::ReasonWords;
pub use refusals::RefusalWords;
pub use sorting::SortingWords;
pub use statistics::StatisticsWords;
pub use strings::Strings;
pub use table::TableWords;
pub use taking::TakingWords;
pub use wall::WallWords;

/// The language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub enum Lang {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Lang {
    /// The language a locale or option names: `vi`, `vi_VN.UTF-8`, `en`, `en_GB`.
    pub fn named(name: &str) -> Option<Self> {
        let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        match language.as_str() {
            "vi" => Some(Self::Vietnamese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vietnamese => Self::English,
            Self::English => Self::Vietnamese,
        }
    }

    /// The name by which [`Lang::named`] knows it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// Its strings.
    pub fn strings(self) -> &'static Strings {
        match self {
            Self::Vietnamese => &vi::STRINGS,
            Self::English => &en::STRINGS,
        }
    }
}

/// Fills the `{}` of a pattern, one after the other, with `parts`. Behind a part that is a number `{line|lines}` is the first word if
/// that is one, else the second.
pub fn fill(pattern: &str, parts: &[&str]) -> String {
    let mut pieces = pattern.split("{}");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for (at, piece) in pieces.enumerate() {
        let part = parts.get(at).copied().unwrap_or_default();
        out.push_str(part);
        push_counted(&mut out, piece, part == "1");
    }
    out
}

fn push_counted(out: &mut String, piece: &str, is_one: bool) {
    let choice = piece.split_once('{').and_then(|(before, rest)| {
        let (words, after) = rest.split_once('}')?;
        Some((before, words.split_once('|')?, after))
    });
    let Some((before, (one, many), after)) = choice else { return out.push_str(piece) };
    out.push_str(before);
    out.push_str(if is_one { one } else { many });
    push_counted(out, after, is_one);
}

/// A word with a capital letter.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_languages() {
        assert_eq!(Lang::named("vi_VN.UTF-8"), Some(Lang::Vietnamese));
        assert_eq!(Lang::named("en-GB"), Some(Lang::English));
        assert_eq!(Lang::named("C.UTF-8"), None);
    }

    #[test]
    fn a_pattern_takes_its_parts_in_order() {
        assert_eq!(fill("{} vào {}", &["KK-02", "KK-01"]), "KK-02 vào KK-01");
        assert_eq!(fill("{}", &["a {} b"]), "a {} b");
        assert_eq!(fill("{}", &["{x|y}"]), "{x|y}");
    }

    #[test]
    fn a_word_agrees_with_the_number_before_it() {
        let told =
            |lines, files| fill("{} {line|lines} in {} {file|files}, all {is|are} there", &[lines, files]);
        assert_eq!(told("1", "2"), "1 line in 2 files, all are there");
        assert_eq!(told("21", "1"), "21 lines in 1 file, all is there");
    }
}
