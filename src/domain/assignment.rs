//! Who does what by when, read from one sentence of a conclusion.
//!
//! `Q1 chủ trì, phối hợp Q3, Q5 soạn quy trình, xong trong quý II/2023; sản phẩm: dự thảo quy trình`. Units are the session's, by
//! code or by name, with or without accents. Invariant: what is read is only ever offered; nothing is taken out of the sentence.

use std::ops::Range;

use chrono::NaiveDate;

use super::{
    board::Board,
    deadline::{self, Deadline},
    edit::Lead,
    ids::RecordId,
    kind::Kind,
    record::Record,
    roster,
};
use crate::text::fold::Folded;

/// What a sentence says of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Who leads; more than one is one too many.
    pub leads: Vec<Lead>,
    /// The units that support.
    pub support: Vec<RecordId>,
    /// What stands where a supporting unit should and is none of the session's.
    pub strangers: Vec<String>,
    /// By when.
    pub deadline: Deadline,
    /// What there will be.
    pub deliverable: Option<String>,
}

/// A unit, and where the sentence names it.
type Named = (Range<usize>, Lead);

/// The words for all units.
const EACH: [&str; 5] =
    ["mỗi đơn vị", "từng đơn vị", "các đơn vị thành viên", "các đơn vị trong cụm", "tất cả các đơn vị"];
/// The words after which a deliverable is named.
const DELIVERABLE: [&str; 3] = ["sản phẩm là", "sản phẩm:", "sản phẩm"];

/// So many bytes of a text are read: no sentence is longer, and every letter that is typed into it is looked at anew.
const LONGEST: usize = 1 << 14;

/// What a sentence says. `on` is the day on which it was said.
pub fn read(board: &Board, text: &str, on: NaiveDate) -> Assignment {
    let (text, _) = text.split_at(text.floor_char_boundary(LONGEST));
    let sentence = Sentence { text, folded: Folded::new(text) };
    let units = sentence.units(board);
    let leads = sentence.leading(&units);
    let (mut support, strangers) = sentence.supporting(&units);
    support.retain(|unit| !leads.contains(&Lead::Unit(*unit)));
    Assignment {
        leads,
        support,
        strangers,
        deadline: deadline::in_sentence(text, on),
        deliverable: sentence.deliverable(),
    }
}

struct Sentence<'a> {
    text: &'a str,
    folded: Folded,
}

impl Sentence<'_> {
    fn between(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Where words stand that are no part of longer ones.
    fn places(&self, words: &str) -> Vec<Range<usize>> {
        let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut found = self.folded.find_all(&crate::text::fold::fold(words));
        let ends_in_word = words.chars().next_back().is_some_and(char::is_alphanumeric);
        found.retain(|range| {
            let before = self.between(0..range.start).chars().next_back();
            let after = self.between(range.end..self.text.len()).chars().next();
            !(is_part(before) || ends_in_word && is_part(after))
        });
        found
    }

    /// The units that are named, in the order of the sentence; of names that overlap, the longest.
    fn units(&self, board: &Board) -> Vec<Named> {
        let mut named: Vec<Named> = Vec::new();
        for unit in board.of_kind(Kind::Unit) {
            let places = names_of(unit).into_iter().flat_map(|name| self.places(name));
            named.extend(places.map(|range| (range, Lead::Unit(unit.id))));
        }
        let each = EACH.iter().flat_map(|words| self.places(words));
        named.extend(each.map(|range| (range, Lead::Each)));
        named.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        named.retain(|(range, _)| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
        named
    }

    /// Units that stand together from a place on, or up to a place: only commas and `và` are between them.
    fn run_from(&self, units: &[Named], at: usize) -> Vec<Named> {
        let mut end = at;
        let mut run = Vec::new();
        for (range, lead) in units.iter().filter(|(range, _)| range.start >= at) {
            if !joins(self.between(end..range.start)) {
                break;
            }
            end = range.end;
            run.push((range.clone(), *lead));
        }
        run
    }

    fn run_to(&self, units: &[Named], at: usize) -> Vec<Named> {
        let mut start = at;
        let mut run = Vec::new();
        for (range, lead) in units.iter().rev().filter(|(range, _)| range.end <= at) {
            if !joins(self.between(range.end..start)) {
                break;
            }
            start = range.start;
            run.push((range.clone(), *lead));
        }
        run.reverse();
        run
    }

    /// `Q1 chủ trì`, `chủ trì: Q1`, `giao Q1`; nobody else leads where all units do; else with whom the sentence begins.
    fn leading(&self, units: &[Named]) -> Vec<Lead> {
        let mut leads: Vec<Lead> = Vec::new();
        for place in self.places("chủ trì") {
            let before = self.run_to(units, place.start);
            let run = if before.is_empty() { self.run_from(units, place.end) } else { before };
            leads.extend(run.into_iter().map(|(_, lead)| lead));
        }
        for words in ["giao cho", "giao"] {
            let places = self.places(words).into_iter();
            leads.extend(places.flat_map(|place| self.run_from(units, place.end)).map(|(_, lead)| lead));
        }
        if leads.is_empty() {
            leads.extend(units.iter().map(|(_, lead)| *lead).filter(|lead| *lead == Lead::Each));
        }
        if leads.is_empty() {
            leads.extend(self.run_from(units, 0).into_iter().map(|(_, lead)| lead));
        }
        let mut seen = Vec::new();
        leads.retain(|lead| {
            !seen.contains(lead) && {
                seen.push(*lead);
                true
            }
        });
        leads
    }

    /// The units behind `phối hợp`, else those right before it, and what stands there and looks like the code of one.
    fn supporting(&self, units: &[Named]) -> (Vec<RecordId>, Vec<String>) {
        let (mut support, mut strangers) = (Vec::new(), Vec::new());
        for place in self.places("phối hợp") {
            let behind = self.run_from(units, place.end);
            let end = behind.last().map_or(place.end, |(range, _)| range.end);
            let stranger = self.stranger(end);
            let is_said_behind = !behind.is_empty() || stranger.is_some();
            let run = if is_said_behind { behind } else { self.run_to(units, place.start) };
            let start = run.first().map_or(place.start, |(range, _)| range.start.min(place.start));
            let before = || self.stranger_before(start);
            let ids = run.into_iter().filter_map(|(_, lead)| match lead {
                Lead::Unit(unit) => Some(unit),
                Lead::Each => None,
            });
            support.extend(ids.filter(|unit| !support.contains(unit)).collect::<Vec<_>>());
            strangers.extend(if is_said_behind { stranger } else { before() });
        }
        (support, strangers)
    }

    /// The next word, if only a comma or `và` stands before it and it is written as codes are.
    fn stranger(&self, at: usize) -> Option<String> {
        let rest = self.between(at..self.text.len());
        let start = rest.find(|c: char| c.is_uppercase())?;
        let word = rest.get(start..)?;
        let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        let word = word.get(..end)?;
        (joins(rest.get(..start)?) && is_code(word)).then(|| word.to_owned())
    }

    /// The word before a place, likewise.
    fn stranger_before(&self, at: usize) -> Option<String> {
        let rest = self.between(0..at).trim_end_matches([' ', ',']);
        let word = rest.rsplit(|c: char| !c.is_alphanumeric()).next()?;
        is_code(word).then(|| word.to_owned())
    }

    /// What follows `sản phẩm`, up to the end of that part of the sentence.
    fn deliverable(&self) -> Option<String> {
        let place = DELIVERABLE.iter().find_map(|words| self.places(words).into_iter().next())?;
        let rest = self.between(place.end..self.text.len());
        let end = rest.find([';', '.', '\n', ')']).unwrap_or(rest.len());
        let named = rest.get(..end)?.trim_start_matches(':').trim();
        (!named.is_empty()).then(|| named.to_owned())
    }
}

/// Whether a word is written as codes of units are.
fn is_code(word: &str) -> bool {
    word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) && word.chars().count() > 1
}

/// A unit's code, its name, and the place that is all that people say of `Ban Tổ chức Quận ủy Quận 3`.
fn names_of(unit: &Record) -> Vec<&str> {
    let name = unit.wording();
    let place = name.rsplit_once(" ủy ").map_or(name, |(_, place)| place);
    let mut names = vec![roster::code(unit), name, place];
    names.retain(|name| !name.trim().is_empty());
    names.dedup();
    names
}

/// Whether a text only joins what stands at its sides.
fn joins(text: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '-' | '–'));
    words.filter(|word| !word.is_empty()).all(|word| {
        ["va", "cung", "voi", "la", "do", "don", "vi"].contains(&crate::text::fold::fold(word).as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::edit::Edit;
    use crate::domain::testing::{Desk, UNITS, eight_o_clock};

    fn said(text: &str) -> Assignment {
        read(&Desk::at_session(1).board, text, eight_o_clock().date_naive())
    }

    #[test]
    fn a_sentence_names_who_leads() {
        let [one, two, three] = UNITS.map(Lead::Unit);
        let table = [
            ("Q1 chủ trì soạn quy trình", vec![one]),
            ("Giao Quận 2 chủ trì, phối hợp Q3", vec![two]),
            ("Soạn quy trình (chủ trì: Q3)", vec![three]),
            ("do quan 1 chu tri", vec![one]),
            ("Q1 và Q2 chủ trì", vec![one, two]),
            ("Giao Q2 tổng hợp", vec![two]),
            ("Giao cho Q3, Q2 cùng làm", vec![three, two]),
            ("Mỗi đơn vị rà soát đảng viên", vec![Lead::Each]),
            ("Các đơn vị thành viên báo cáo về Q1", vec![Lead::Each]),
            ("Các đơn vị thành viên báo cáo, Q1 chủ trì tổng hợp", vec![one]),
            ("Q12 chủ trì", vec![]),
            ("Rà soát đảng viên", vec![]),
            ("Quận 2 hằng quý báo cáo kết quả", vec![two]),
            ("Q1, Q3 rà soát hồ sơ", vec![one, three]),
            ("Rà soát hồ sơ của Q1", vec![]),
        ];
        for (text, leads) in table {
            assert_eq!(said(text).leads, leads, "{text}");
        }
    }

    #[test]
    fn of_what_is_no_sentence_only_the_beginning_is_read() {
        let long = "rà soát ".repeat(LONGEST / 8);
        assert_eq!(said(&format!("Q1 chủ trì {long}")).leads, [Lead::Unit(UNITS[0])]);
        assert_eq!(said(&format!("{long} Q1 chủ trì")).leads, []);
    }

    #[test]
    fn a_sentence_names_who_supports_and_who_is_no_unit() {
        let [one, two, three] = UNITS;
        let table: [(&str, &[RecordId], &[&str]); 9] = [
            ("Q1 chủ trì, phối hợp với Q2, Q3 soạn quy trình", &[two, three], &[]),
            ("Phối hợp: Quận 2 và Quận 1", &[two, one], &[]),
            ("phối hợp Q2 và Q99", &[two], &["Q99"]),
            ("phối hợp với TB", &[], &["TB"]),
            ("phối hợp chặt chẽ trong Cụm", &[], &[]),
            ("phối hợp Q2 soạn quy trình của Cụm", &[two], &[]),
            ("Q1 chủ trì, Q2 và Q3 phối hợp rà soát", &[two, three], &[]),
            ("Q1 chủ trì, Q99 phối hợp rà soát", &[], &["Q99"]),
            ("Q1 phối hợp rà soát", &[], &[]),
        ];
        for (text, support, strangers) in table {
            let said = said(text);
            assert_eq!(said.support, support, "{text}");
            assert_eq!(said.strangers, strangers, "{text}");
        }
    }

    #[test]
    fn a_sentence_names_what_there_will_be_and_by_when() {
        let said =
            said("Q1 chủ trì soạn quy trình, xong trong quý II/2023; sản phẩm: dự thảo gửi Cụm; báo cáo");
        assert_eq!(said.deliverable.as_deref(), Some("dự thảo gửi Cụm"));
        assert_eq!(said.deadline, Deadline::Day(NaiveDate::from_ymd_opt(2023, 6, 30).unwrap()));
        assert_eq!(self::said("Sản phẩm").deliverable, None);
    }

    #[test]
    fn a_unit_is_known_by_its_place_alone() {
        let mut desk = Desk::at_session(1);
        desk.edit(UNITS[2], Edit::Title("Ban Tổ chức Quận ủy Tân Bình".into())).unwrap();
        let said = read(&desk.board, "Tân Bình chủ trì, Q1 phối hợp", eight_o_clock().date_naive());
        assert_eq!(said.leads, [Lead::Unit(UNITS[2])]);
        assert_eq!(said.support, [UNITS[0]]);
    }

    proptest::proptest! {
        #[test]
        fn any_sentence_is_read(text in proptest::collection::vec("(Q1|Quận 2|chủ trì|phối hợp|giao|sản phẩm|,|\\PC| )", 0..12)) {
            let _ = said(&text.concat());
        }
    }
}
