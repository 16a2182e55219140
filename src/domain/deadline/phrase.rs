//! Words, numbers and marks, and the periods of time that they name.

use std::ops::{Range, RangeInclusive};

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::last_of_month;
use crate::{
    domain::{edit::YEARS, kind::TaskKind},
    text::fold::fold,
};

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A word, folded.
    Word(String),
    /// A number, and of how many digits.
    Number(u32, usize),
    /// Anything else that is no space.
    Mark(char),
}

/// A text, part by part.
#[derive(Debug)]
pub(super) struct Phrase(Vec<Token>);

/// A period of time by its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// Its last day.
    pub(super) last: NaiveDate,
    /// Whether the words name it, so that it is no guess.
    pub(super) is_named: bool,
}

/// From its first to its last day, and how many parts of the phrase name it.
type Period = (NaiveDate, NaiveDate, usize);

/// The words that lead to a deadline in a sentence.
const LEADS: [&str; 12] =
    ["truoc", "trong", "den", "het", "cuoi", "dau", "giua", "han", "nhat", "xong", "toi", "khoi"];
/// Those behind which a year by itself is one.
const LEADS_OF_YEARS: [&str; 4] = ["het", "cuoi", "dau", "giua"];
/// The words that may stand between such a word and the time.
const BETWEEN: [&str; 8] = ["ngay", "vong", "la", "vao", "thoi", "gian", "nay", "cham"];

impl Phrase {
    pub(super) fn of(text: &str) -> Self {
        let folded = fold(text);
        let mut tokens = Vec::new();
        let mut rest = folded.as_str();
        while let Some(c) = rest.chars().next() {
            let run = |of: fn(char) -> bool| rest.find(|c| !of(c)).unwrap_or(rest.len());
            let is_digit = |c: char| c.is_ascii_digit();
            let (token, used) = if is_digit(c) {
                let used = run(|c| c.is_ascii_digit());
                let digits = rest.get(..used).unwrap_or_default();
                (Some(Token::Number(digits.parse().unwrap_or(u32::MAX), used)), used)
            } else if c.is_alphabetic() {
                let used = run(char::is_alphabetic);
                (Some(Token::Word(rest.get(..used).unwrap_or_default().to_owned())), used)
            } else {
                (Some(Token::Mark(c)).filter(|_| !c.is_whitespace()), c.len_utf8())
            };
            tokens.extend(token);
            rest = rest.get(used..).unwrap_or_default();
        }
        Self(tokens)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn word(&self, at: usize) -> &str {
        if let Some(Token::Word(word)) = self.0.get(at) { word } else { "" }
    }

    fn number(&self, at: usize, digits: RangeInclusive<usize>) -> Option<u32> {
        match self.0.get(at) {
            Some(Token::Number(number, of)) if digits.contains(of) => Some(*number),
            _ => None,
        }
    }

    fn are(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(by, word)| self.word(at + by) == *word)
    }

    fn is_slash(&self, at: usize) -> bool {
        matches!(self.0.get(at), Some(Token::Mark('/' | '-' | '.')))
    }

    fn year(&self, at: usize) -> Option<i32> {
        let year = i32::try_from(self.number(at, 4..=4)?).ok()?;
        YEARS.contains(&year).then_some(year)
    }

    /// A year behind a slash, behind the word, or by itself; and the parts that it takes.
    fn of_year(&self, at: usize) -> Option<(i32, usize)> {
        let before = usize::from(self.is_slash(at) || self.word(at) == "nam");
        self.year(at + before).map(|year| (year, before + 1))
    }

    /// 1 to 4, in Roman or Arabic digits.
    fn quarter(&self, at: usize) -> Option<u32> {
        let roman = ["i", "ii", "iii", "iv"].iter().position(|roman| self.word(at) == *roman);
        let roman = roman.and_then(|at| u32::try_from(at + 1).ok());
        roman.or_else(|| self.number(at, 1..=2).filter(|number| (1..=4).contains(number)))
    }

    /// Whether what stands at a place is led to by a word that leads to deadlines.
    pub(super) fn is_led(&self, at: usize) -> bool {
        let mut before = (0..at).rev();
        let first = before.find(|at| !self.is_between(*at));
        first.is_some_and(|at| LEADS.contains(&self.word(at)))
            || LEADS_OF_YEARS.contains(&self.word(at)) && self.word(at + 1) == "nam"
    }

    fn is_between(&self, at: usize) -> bool {
        BETWEEN.contains(&self.word(at)) || self.0.get(at) == Some(&Token::Mark(':'))
    }

    /// Whether a sentence asks for something soon.
    pub(super) fn says_soon(&self) -> bool {
        (0..self.len()).any(|at| self.word(at) == "som" || self.are(at, &["thoi", "gian", "toi"]))
    }

    /// How often something is to be done, and the parts that say it.
    pub(super) fn regular(&self) -> Option<(TaskKind, Range<usize>)> {
        (0..self.len()).find_map(|at| self.regular_at(at).map(|(kind, used)| (kind, at..at + used)))
    }

    fn regular_at(&self, at: usize) -> Option<(TaskKind, usize)> {
        if self.are(at, &["thuong", "xuyen"]) || self.are(at, &["lien", "tuc"]) {
            return Some((TaskKind::Standing, 2));
        }
        if let "hang" | "moi" | "tung" = self.word(at) {
            return unit_kind(self.word(at + 1)).map(|kind| (kind, 2));
        }
        if self.are(at, &["dinh", "ky"]) || self.are(at, &["dinh", "ki"]) {
            let of_months = self.months(at + 2).map(|(kind, used)| (kind, used + 2));
            return of_months.or_else(|| unit_kind(self.word(at + 2)).map(|kind| (kind, 3)));
        }
        let (kind, used) = self.months(at)?;
        let once = self.are(at + used, &["mot", "lan"])
            || self.is_slash(at + used) && self.word(at + used + 1) == "lan";
        once.then_some((kind, used + 2))
    }

    /// `6 tháng`, as long as offices count in it.
    fn months(&self, at: usize) -> Option<(TaskKind, usize)> {
        let number = self.number(at, 1..=2).or((self.word(at) == "sau").then_some(6))?;
        let kind = match number {
            1 => TaskKind::Monthly,
            3 => TaskKind::Quarterly,
            6 => TaskKind::HalfYearly,
            12 => TaskKind::Yearly,
            _ => return None,
        };
        (self.word(at + 1) == "thang").then_some((kind, 2))
    }

    /// The time that is named at a place, and how many parts name it; `on` is today.
    pub(super) fn span(&self, at: usize, on: NaiveDate) -> Option<(Span, usize)> {
        if let part @ ("dau" | "giua") = self.word(at) {
            let (first, last, used) = self.named(at + 1).or_else(|| self.meant(at + 1, on))?;
            let last = part_end(first, last, part == "dau")?;
            return Some((Span { last, is_named: false }, used + 1));
        }
        let named = self.named(at).map(|(_, last, used)| (Span { last, is_named: true }, used));
        named.or_else(|| self.meant(at, on).map(|(_, last, used)| (Span { last, is_named: false }, used)))
    }

    /// A day or a period with its year.
    fn named(&self, at: usize) -> Option<Period> {
        self.date(at).or_else(|| self.date_in_words(at)).or_else(|| self.half(at)).or_else(|| {
            if let (Some(quarter), "quy") = (self.quarter(at + 1), self.word(at)) {
                let (year, used) = self.of_year(at + 2)?;
                return months_of(year, quarter * 3 - 2, quarter * 3, used + 2);
            }
            if let (Some(month), "thang") = (self.number(at + 1, 1..=2), self.word(at)) {
                let (year, used) = self.of_year(at + 2)?;
                return months_of(year, month, month, used + 2);
            }
            if self.word(at) == "nam" { months_of(self.year(at + 1)?, 1, 12, 2) } else { None }
        })
    }

    /// `10/3/2023`, `2023-03-10`.
    fn date(&self, at: usize) -> Option<Period> {
        if !self.is_slash(at + 1) || !self.is_slash(at + 3) {
            return None;
        }
        let two = |at| self.number(at, 1..=2);
        let date = match (self.year(at), self.year(at + 4)) {
            (Some(year), _) => NaiveDate::from_ymd_opt(year, two(at + 2)?, two(at + 4)?)?,
            (None, Some(year)) => NaiveDate::from_ymd_opt(year, two(at + 2)?, two(at)?)?,
            (None, None) => return None,
        };
        Some((date, date, 5))
    }

    /// `15 tháng 6 năm 2023`, `15 tháng 6/2023`.
    fn date_in_words(&self, at: usize) -> Option<Period> {
        let day = self.number(at, 1..=2).filter(|_| self.word(at + 1) == "thang")?;
        let month = self.number(at + 2, 1..=2)?;
        let (year, used) = self.of_year(at + 3)?;
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        Some((date, date, used + 3))
    }

    /// `6 tháng đầu năm 2023`.
    fn half(&self, at: usize) -> Option<Period> {
        let from = self.half_word(at)?;
        let (year, used) = self.of_year(at + 3)?;
        months_of(year, from, from + 5, used + 3)
    }

    /// The first month of a half of a year.
    fn half_word(&self, at: usize) -> Option<u32> {
        let six = self.number(at, 1..=2) == Some(6) || self.word(at) == "sau";
        match (six && self.word(at + 1) == "thang", self.word(at + 2)) {
            (true, "dau") => Some(1),
            (true, "cuoi") => Some(7),
            _ => None,
        }
    }

    /// A day or a period that may be meant.
    fn meant(&self, at: usize, on: NaiveDate) -> Option<Period> {
        let half = self.half_word(at).filter(|_| self.word(at + 3) == "nam");
        let half = half.and_then(|from| coming(on, |year| months_of(year, from, from + 5, 4)));
        half.or_else(|| self.near_day(at, on))
            .or_else(|| self.near_period(at, on))
            .or_else(|| self.length(at, on))
            .or_else(|| self.relative(at, on))
    }

    /// A day without a year, of a year of two digits, or that does not exist.
    fn near_day(&self, at: usize, on: NaiveDate) -> Option<Period> {
        let day = self.number(at, 1..=2).filter(|day| (1..=31).contains(day))?;
        if !self.is_slash(at + 1) && self.word(at + 1) != "thang" {
            return None;
        }
        let month = self.number(at + 2, 1..=2)?;
        let in_year = |year: i32, used| {
            let last = last_of_month(year, month)?;
            let date = last.with_day(day).unwrap_or(last);
            Some((date, date, used))
        };
        let short = self.number(at + 4, 2..=2).filter(|_| self.is_slash(at + 3));
        match (self.of_year(at + 3), short) {
            (Some((year, used)), _) => in_year(year, used + 3),
            (None, Some(year)) => in_year(2000 + i32::try_from(year).ok()?, 5),
            (None, None) => coming(on, |year| in_year(year, 3)),
        }
    }

    /// A quarter or a month without a year: the next that ends.
    fn near_period(&self, at: usize, on: NaiveDate) -> Option<Period> {
        match self.word(at) {
            "quy" => {
                let quarter = self.quarter(at + 1)?;
                coming(on, |year| months_of(year, quarter * 3 - 2, quarter * 3, 2))
            }
            "thang" => {
                let month = self.number(at + 1, 1..=2)?;
                coming(on, |year| months_of(year, month, month, 2))
            }
            _ => None,
        }
    }

    /// `15 ngày`, `2 tuần`, `3 tháng`.
    fn length(&self, at: usize, on: NaiveDate) -> Option<Period> {
        let number = self.number(at, 1..=3)?;
        let end = match self.word(at + 1) {
            "ngay" => on.checked_add_days(Days::new(number.into()))?,
            "tuan" => on.checked_add_days(Days::new(u64::from(number) * 7))?,
            "thang" => on.checked_add_months(Months::new(number))?,
            _ => return None,
        };
        Some((on, end, 2))
    }

    /// `tuần này`, `tháng tới`, `năm nay`, `cuối năm`.
    fn relative(&self, at: usize, on: NaiveDate) -> Option<Period> {
        let kind = unit_kind(self.word(at)).filter(|kind| *kind != TaskKind::Standing)?;
        let end = super::period_end(kind, on)?;
        let end = match self.word(at + 1) {
            "nay" => end,
            "toi" | "sau" => super::period_end(kind, end.succ_opt()?)?,
            _ if kind == TaskKind::Yearly && at > 0 => return Some((on.with_ordinal(1)?, end, 1)),
            _ => return None,
        };
        Some((on, end, 2))
    }
}

fn unit_kind(unit: &str) -> Option<TaskKind> {
    Some(match unit {
        "ngay" => TaskKind::Standing,
        "tuan" => TaskKind::Weekly,
        "thang" => TaskKind::Monthly,
        "quy" => TaskKind::Quarterly,
        "nam" => TaskKind::Yearly,
        _ => return None,
    })
}

/// The last day of the beginning of a period, or of its middle.
fn part_end(first: NaiveDate, last: NaiveDate, is_beginning: bool) -> Option<NaiveDate> {
    let (beginning, middle) = match last.month0() + 1 - first.month0() {
        1 => return first.with_day(if is_beginning { 10 } else { 20 }),
        2 | 3 => (1, 2),
        4..=6 => (2, 4),
        _ => (3, 6),
    };
    last_of_month(first.year(), first.month() - 1 + if is_beginning { beginning } else { middle })
}

fn months_of(year: i32, from: u32, to: u32, used: usize) -> Option<Period> {
    Some((NaiveDate::from_ymd_opt(year, from, 1)?, last_of_month(year, to)?, used))
}

/// The period in this year or the next that is not over.
fn coming(on: NaiveDate, period: impl Fn(i32) -> Option<Period>) -> Option<Period> {
    [on.year(), on.year().checked_add(1)?].into_iter().filter_map(period).find(|(_, last, _)| *last >= on)
}
