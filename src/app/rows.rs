//! What the rows of a list say. It takes a dozen looks into the board a row, so it is made once for the rows that are shown
//! and kept until the board, the pane or the language changes.

use std::ops::Range;

use super::{
    details::{sample_mark, wording},
    form::print_date,
    panes::PaneId,
    roll_call,
    session::SessionSeat,
    versions::is_contested,
};
use crate::{
    domain::{
        agenda,
        board::Board,
        conclusion, difficulty,
        edit::Lead,
        field, follow_up,
        kind::{Kind, TaskKind},
        lint, projection,
        record::Record,
        roster,
        session::Session,
        speech, timing,
    },
    i18n::{Lang, Strings, fill},
};

/// So many units that did not raise a difficulty are named in its row; the details name all.
const NAMED: usize = 2;

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWords {
    /// Number, code, unit.
    pub lead: String,
    /// What the record says, without the mark of a sample.
    pub text: String,
    /// The mark of a sample; empty for what is none.
    pub mark: String,
    /// What stands at the right.
    pub tail: String,
    /// Whether two versions of a field are to be settled.
    pub is_contested: bool,
}

impl RowWords {
    fn of(strings: &Strings, seat: &SessionSeat, record: &Record) -> Self {
        let (text, mark) = (wording(strings, seat, record), sample_mark(strings, record));
        Self {
            lead: lead(seat, record),
            text: text.strip_suffix(&*mark).unwrap_or(&text).to_owned(),
            mark,
            tail: match seat.pane {
                PaneId::RollCall => format!(" {} ", roll_call::row_tail(strings, seat, record)),
                _ => tail(strings, seat, record),
            },
            is_contested: is_contested(seat, record),
        }
    }
}

impl SessionSeat {
    /// Words the rows that are shown, those that are not worded yet.
    pub(super) fn word_rows(&mut self, shown: Range<usize>, lang: Lang) {
        if self.worded_in != Some(lang) {
            self.words.clear();
            self.worded_in = Some(lang);
        }
        self.words.retain(|at, _| shown.contains(at));
        for at in shown.filter(|at| *at < self.rows.len()) {
            if self.words.contains_key(&at) {
                continue;
            }
            let record = self.rows.get(at).and_then(|row| self.board.record(row.record()?));
            let words = record.map(|record| RowWords::of(lang.strings(), self, record));
            self.words.extend(words.map(|words| (at, words)));
        }
    }
}

/// What stands before the wording: number, code, unit, place among those who wait.
fn lead(seat: &SessionSeat, record: &Record) -> String {
    let board = &*seat.board;
    let holder = seat.holder(record.id, &field::UNIT).unwrap_or(record);
    let unit = || roster::unit_of(board, holder).map_or("?", roster::code);
    match record.kind() {
        Some(Kind::AgendaItem) => {
            agenda::ordinal(board, record.id).map(|n| format!("{n:>2} ")).unwrap_or_default()
        }
        Some(Kind::Unit) => format!("{:<5} ", roster::code(record)),
        Some(Kind::Paragraph) => "· ".to_owned(),
        Some(Kind::Task) => {
            let lead = match conclusion::lead(record) {
                Some(Lead::Unit(id)) => board.record(id).map_or("?", roster::code),
                Some(Lead::Each) => "*",
                None => "?",
            };
            format!("{} {lead:<4} ", record.short_number().unwrap_or_default())
        }
        Some(Kind::FollowUp) => format!("{} {:<4} ", follow_up::number(record), followed_by(record)),
        Some(Kind::Speech) if seat.pane == PaneId::Speakers => {
            let place = speech::queue(board).iter().position(|waits| waits.id == record.id);
            place.map(|at| format!("{:>2}. ", at + 1)).unwrap_or_default()
        }
        Some(Kind::Conclusion | Kind::Recommendation) => {
            format!("{} ", record.short_number().unwrap_or_default())
        }
        Some(kind) if Kind::CAPTURED.contains(&kind) => {
            format!("{} {:<4} ", record.short_number().unwrap_or_default(), unit())
        }
        _ => String::new(),
    }
}

/// What stands at the right: weight and coverage, due date, attendance. Clocks are not words: they move.
fn tail(strings: &Strings, seat: &SessionSeat, record: &Record) -> String {
    let board = &*seat.board;
    let mut parts = Vec::new();
    match record.kind() {
        // Of what is off the record the shared log knows neither weight nor unit.
        _ if record.is_off_record() => {}
        Some(Kind::Difficulty) => {
            parts.push("!".repeat(difficulty::weight(record).into()));
            parts.push(coverage(strings, board, record, NAMED));
        }
        Some(Kind::Task | Kind::Solution | Kind::Conclusion) => {
            parts.extend(due(strings, record));
            parts.extend(lacks(strings, board, record));
        }
        Some(Kind::Recommendation) => {
            parts.extend(record.text(&field::ADDRESSEE).map(str::to_owned));
            parts.extend(lacks(strings, board, record));
        }
        Some(Kind::FollowUp) => parts.extend(followed(strings, record)),
        Some(Kind::Unit) => parts.extend(strings.unit_lasts(board, record)),
        Some(Kind::Attendee) => parts.push(attendee_tail(strings, board, record)),
        Some(Kind::Target) => parts.extend(record.text(&field::FIGURE).map(str::to_owned)),
        Some(Kind::Signature) => parts.extend(record.date(&field::SIGNED_ON).map(print_date)),
        Some(Kind::Sitting) => parts.extend(hours(record)),
        Some(Kind::Session) => parts.extend(Session::of(board).and_then(Session::date).map(print_date)),
        // Above the agenda a session often has the words of its theme.
        Some(kind @ Kind::Theme) => parts.push(strings.kind(kind).to_owned()),
        _ => {}
    }
    if seat.pane == PaneId::Triage && seat.twins.contains_key(&record.id) {
        parts.extend(author(board, record));
    }
    if record.flag(&field::CHECK_LATER) {
        parts.push("??".to_owned());
    }
    if projection::published(record).is_some() {
        let outdated = projection::is_outdated(board, record);
        let mark = if outdated { strings.wall.mark_outdated } else { strings.wall.mark_published };
        // Behind words it would be read as one of them.
        let parted = if parts.iter().any(|part| !part.is_empty()) { "· " } else { "" };
        parts.push(format!("{parted}{mark}"));
    }
    parts.retain(|part| !part.is_empty());
    let text = parts.join(" ");
    if text.is_empty() { " ".to_owned() } else { format!(" {text} ") }
}

/// Who wrote a record first.
pub fn author(board: &Board, record: &Record) -> Option<String> {
    board.change(record.born.id).map(|change| change.header.author.name.to_string())
}

/// `4/6 · chưa: Q10, TB`; the units are named if they are at most so many.
pub(super) fn coverage(strings: &Strings, board: &Board, record: &Record, named: usize) -> String {
    let missing = difficulty::not_raised_by(board, record);
    let units = roster::members(board).len();
    let counted = format!("{}/{units}", units - missing.len());
    if missing.is_empty() || missing.len() > named {
        return counted;
    }
    let codes: Vec<&str> = missing.into_iter().map(roster::code).collect();
    format!("{counted} · {}", fill(strings.sorting.not_raised, &[&codes.join(", ")]))
}

/// By when, or how often.
fn due(strings: &Strings, record: &Record) -> Option<String> {
    let kind = conclusion::task_kind(record);
    let often = (kind != TaskKind::Dated).then(|| strings.task_kind(kind).to_lowercase());
    often.or_else(|| record.date(&field::DUE).map(print_date))
}

/// Who leads what an earlier session left.
fn followed_by(item: &Record) -> &str {
    item.text(&field::ASSIGNED).and_then(|all| all.split(", ").next()).unwrap_or_default()
}

/// How often it was raised, whether it goes on, by when it is due or when it was done, to whom it goes.
fn followed(strings: &Strings, item: &Record) -> Vec<String> {
    let words = &strings.following;
    let raised = follow_up::raised(item);
    let done = item.date(&field::DONE_ON).map(|day| fill(words.done_on, &[&print_date(day)]));
    let parts = [
        (raised > 1).then(|| fill(words.raised, &[&raised.to_string()])),
        follow_up::is_carried(item).then(|| words.carried.to_owned()),
        done.or_else(|| due(strings, item)),
        item.text(&field::ADDRESSEE).map(str::to_owned),
    ];
    parts.into_iter().flatten().collect()
}

/// What it lacks first, and how much more.
fn lacks(strings: &Strings, board: &Board, record: &Record) -> Option<String> {
    let lints = lint::lints(board, record);
    let first = strings.lint(lints.first()?);
    Some(if lints.len() > 1 { format!("{first} +{}", lints.len() - 1) } else { first })
}

/// `08:00 – 11:30`, as far as it is known.
fn hours(sitting: &Record) -> Option<String> {
    let [from, to] = [timing::began(sitting), timing::ended(sitting)]
        .map(|at| at.map(|at| at.format("%H:%M").to_string()).unwrap_or_default());
    (!from.is_empty() || !to.is_empty()).then(|| format!("{from} – {to}").trim().to_owned())
}

fn attendee_tail(strings: &Strings, board: &Board, record: &Record) -> String {
    let units: Vec<&str> = roster::units_of(board, record).into_iter().map(roster::code).collect();
    let part = strings.part_played(roster::part_played(record));
    format!("{} {part}", units.join(", ")).trim().to_owned()
}
