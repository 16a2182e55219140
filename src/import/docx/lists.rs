//! Lists that a word processor counts: `I-`, `1.`, `a)`, dashes. Their labels stand in no text; a reader sees them all the same.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::{attribute, is_on};

/// How many levels a list has.
const LEVELS: usize = 9;
/// More lists than a document has.
const MOST: usize = 5000;
/// A longer label is none, in letters.
const LONGEST: usize = 24;
/// What any sign before a paragraph is read as.
const DASH: &str = "-";

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// How lists of a kind count and look.
    kinds: BTreeMap<String, Levels>,
    all: BTreeMap<String, List>,
    /// What is being read, and its level.
    at: Option<(Of, String)>,
    level: usize,
    /// What the lists of a kind have counted to.
    counted: BTreeMap<String, [Option<u32>; LEVELS]>,
}

type Levels = BTreeMap<usize, Level>;

/// Whether a level is that of a kind of lists or of one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Kind,
    List,
}

/// How a level counts.
#[derive(Debug, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// The label, with `%1` where the number of the first level stands.
    text: String,
    /// The style whose paragraphs stand at this level.
    style: String,
    /// Whether numbers of other levels are written in digits.
    in_digits: bool,
}

/// One list of a kind.
#[derive(Debug, Default)]
struct List {
    kind: String,
    /// Levels of its own.
    levels: Levels,
    /// With which numbers it begins, where it does not go on from another list of its kind.
    starts: BTreeMap<usize, u32>,
    has_begun: bool,
}

impl List {
    fn level<'a>(&'a self, kind: &'a Levels, at: usize) -> Option<&'a Level> {
        self.levels.get(&at).or_else(|| kind.get(&at))
    }

    fn start(&self, kind: &Levels, at: usize) -> u32 {
        let own = self.starts.get(&at).copied();
        own.or_else(|| self.level(kind, at)?.start).unwrap_or(1)
    }
}

impl Lists {
    /// Reads the part that describes them.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        let (Event::Start(mark) | Event::Empty(mark)) = event else { return };
        let val = || attribute(mark, "val").unwrap_or_default();
        match mark.local_name().as_ref() {
            "abstractNum" => self.begin(Of::Kind, attribute(mark, "abstractNumId")),
            "num" => self.begin(Of::List, attribute(mark, "numId")),
            "lvl" | "lvlOverride" => self.level = level(mark),
            "abstractNumId" => self.list(|list, _| list.kind = val()),
            "startOverride" => self.list(|list, at| {
                list.starts.extend(val().parse().ok().map(|start: u32| (at, start)));
            }),
            "start" => self.describe(|level| level.start = val().parse().ok()),
            "numFmt" => self.describe(|level| level.format = val()),
            "lvlText" => self.describe(|level| level.text = val().chars().take(LONGEST + 1).collect()),
            "pStyle" => self.describe(|level| level.style = val()),
            "isLgl" => self.describe(|level| level.in_digits = is_on(mark)),
            _ => {}
        }
    }

    fn begin(&mut self, of: Of, id: Option<String>) {
        let known = if of == Of::Kind { self.kinds.len() } else { self.all.len() };
        self.at = id.filter(|_| known < MOST).map(|id| (of, id));
        self.level = 0;
    }

    fn list(&mut self, change: impl FnOnce(&mut List, usize)) {
        if let Some((Of::List, id)) = &self.at {
            change(self.all.entry(id.clone()).or_default(), self.level);
        }
    }

    fn describe(&mut self, change: impl FnOnce(&mut Level)) {
        let levels = match &self.at {
            None => return,
            Some((Of::Kind, id)) => self.kinds.entry(id.clone()).or_default(),
            Some((Of::List, id)) => &mut self.all.entry(id.clone()).or_default().levels,
        };
        change(levels.entry(self.level).or_default());
    }

    /// The same lists before anything was counted.
    pub(super) fn anew(mut self) -> Self {
        self.counted.clear();
        self.all.values_mut().for_each(|list| list.has_begun = false);
        self
    }

    /// The level of a list at which paragraphs of a style stand.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let kind = self.kinds.get(&self.all.get(list)?.kind)?;
        kind.iter().find(|(_, level)| !style.is_empty() && level.style == style).map(|(at, _)| *at)
    }

    /// Counts a paragraph; the label that it gets, if the list has one for it.
    pub(super) fn label(&mut self, list: &str, at: usize) -> Option<String> {
        let list = self.all.get_mut(list)?;
        let kind = self.kinds.get(&list.kind)?;
        let counted = self.counted.entry(list.kind.clone()).or_default();
        if !std::mem::replace(&mut list.has_begun, true) {
            counted
                .iter_mut()
                .enumerate()
                .filter(|(at, _)| list.starts.contains_key(at))
                .for_each(|(_, count)| *count = None);
        }
        let count = counted.get_mut(at)?;
        *count = Some(count.map_or(list.start(kind, at), |count| count.saturating_add(1)));
        counted.iter_mut().skip(at.saturating_add(1)).for_each(|deeper| *deeper = None);
        let level = list.level(kind, at)?;
        match level.format.as_str() {
            "none" => None,
            "bullet" => Some(DASH.to_owned()),
            _ => written(level, |at| {
                let count = counted.get(at).copied().flatten().unwrap_or_else(|| list.start(kind, at));
                let format = list.level(kind, at).map_or("", |level| level.format.as_str());
                number(count, if level.in_digits { "" } else { format })
            }),
        }
    }
}

/// The level that a mark names; the first one, if it names none.
fn level(mark: &BytesStart<'_>) -> usize {
    attribute(mark, "ilvl").and_then(|level| level.parse().ok()).filter(|level| *level < LEVELS).unwrap_or(0)
}

/// The label of a level, its places filled with numbers.
fn written(level: &Level, number: impl Fn(usize) -> String) -> Option<String> {
    let mut label = String::new();
    let mut letters = level.text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => {
                let place = letters.next()?.to_digit(10)?;
                label.push_str(&number(usize::try_from(place).ok()?.checked_sub(1)?));
            }
            letter => label.push(letter),
        }
    }
    let label = label.trim();
    (!label.is_empty() && label.chars().count() <= LONGEST).then(|| label.to_owned())
}

/// A number as a format writes it; in digits, if it is one that nobody here uses.
fn number(count: u32, format: &str) -> String {
    let letters = |first: char| {
        let place = count.checked_sub(1).filter(|place| *place < 26 * 4)?;
        let letter = char::from_u32(u32::from(first).saturating_add(place % 26))?;
        let times = usize::try_from(place / 26).ok()?.saturating_add(1);
        Some(std::iter::repeat_n(letter, times).collect())
    };
    let written = match format {
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).map(|roman| roman.to_lowercase()),
        "upperLetter" => letters('A'),
        "lowerLetter" => letters('a'),
        "decimalZero" => Some(format!("{count:02}")),
        _ => None,
    };
    written.unwrap_or_else(|| count.to_string())
}

fn roman(count: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut left = Some(count).filter(|count| (1..400).contains(count))?;
    let mut roman = String::new();
    for (worth, sign) in SIGNS {
        while left >= worth {
            roman.push_str(sign);
            left = left.saturating_sub(worth);
        }
    }
    Some(roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let all = |format: &str| [1, 4, 9, 14, 27, 40, 1999].map(|count| number(count, format)).join(" ");
        assert_eq!(all("upperRoman"), "I IV IX XIV XXVII XL 1999");
        assert_eq!(all("lowerRoman"), "i iv ix xiv xxvii xl 1999");
        assert_eq!(all("lowerLetter"), "a d i n aa nn 1999");
        assert_eq!(all("decimalZero"), "01 04 09 14 27 40 1999");
        assert_eq!(
            (all("decimal"), number(0, "upperLetter")),
            ("1 4 9 14 27 40 1999".to_owned(), "0".to_owned())
        );
    }
}
