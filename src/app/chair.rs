//! The chair's page: what is still to be done before the session ends, and what has been concluded.
//!
//! It is made anew with every board and every tick while it is shown, and the printed page is the same page, its texts uncut.
//! Invariant: nothing on it is off the record, since it is printed.

use chrono::{DateTime, FixedOffset};

use super::{App, dialogs::pages::Line, session::SessionSeat};
use crate::{
    document::Document,
    domain::{
        agenda, board::Board, conclusion, difficulty, edit::Lead, field, kind::Kind, record::Record, roster,
        session::Session, timing,
    },
    i18n::{Strings, fill},
    text::{
        nfc,
        width::{truncate, width},
        wrap::wrap,
    },
};

/// The cells of a text on the screen, where all shall be seen at a glance.
const GLANCE: usize = 200;
/// What the printed page is called in a file's name.
pub const SLUG: &str = "trang-chu-tri";
/// The columns of the printed page, and the cells of its first column.
const COLUMNS: usize = 80;
const TERM: usize = 16;

/// The page as the screen shows it.
pub fn lines(app: &App) -> Vec<Line> {
    Page::of(app, GLANCE).map(|page| page.lines()).unwrap_or_default()
}

/// The page as it is printed, in columns of 80.
pub fn printed(app: &App) -> String {
    Page::of(app, usize::MAX).map(|page| page.printed()).unwrap_or_default()
}

/// The printed page of a session that no screen shows, as things stand at a moment; `notice` is its conclusion notice.
pub fn printed_of(
    seat: &SessionSeat,
    strings: &'static Strings,
    now: DateTime<FixedOffset>,
    notice: Option<&Document>,
) -> String {
    Page { strings, seat, now, notice, most: usize::MAX }.printed()
}

/// A page about a session in columns of 80, as things stood at a moment.
pub(super) fn sheet(title: &str, board: &Board, now: DateTime<FixedOffset>, lines: Vec<Line>) -> String {
    let mut out = format!("{}\n", title.to_uppercase());
    hanging(&mut out, "", Session::of(board).map(Session::title).unwrap_or_default());
    hanging(&mut out, "", &now.format("%H:%M %-d/%-m/%Y").to_string());
    for line in lines {
        match line {
            Line::Heading(text) => {
                out.push('\n');
                hanging(&mut out, "", &text.to_uppercase());
            }
            Line::Text(text) => hanging(&mut out, "", &text),
            Line::Pair(term, text) => hanging(&mut out, &term, &text),
        }
    }
    nfc::nfc(&out).into_owned()
}

fn hanging(out: &mut String, term: &str, text: &str) {
    let indent = if term.is_empty() { 0 } else { TERM.max(width(term) + 1) };
    let text = text.replace('\n', " ");
    let mut lead = format!("{term}{}", " ".repeat(indent - width(term)));
    for range in wrap(&text, COLUMNS - indent) {
        out.push_str(&lead);
        out.push_str(text.get(range).unwrap_or_default().trim_end());
        out.push('\n');
        lead = " ".repeat(indent);
    }
}

/// Lines under their heading.
fn listed(heading: String, lines: Vec<Line>) -> Vec<Line> {
    std::iter::once(Line::Heading(heading)).chain(lines).collect()
}

struct Page<'a> {
    strings: &'static Strings,
    seat: &'a SessionSeat,
    now: DateTime<FixedOffset>,
    /// The conclusion notice as it would be printed now.
    notice: Option<&'a Document>,
    /// The cells that a text may take.
    most: usize,
}

impl<'a> Page<'a> {
    fn of(app: &'a App, most: usize) -> Option<Self> {
        let notice = app.preview.as_ref().and_then(|preview| preview.notice.as_ref().ok());
        Some(Self { strings: app.strings(), seat: app.session()?, now: app.now, notice, most })
    }

    /// In columns of 80.
    fn printed(&self) -> String {
        sheet(self.strings.wall.chair, &self.seat.board, self.now, self.lines())
    }

    fn lines(&self) -> Vec<Line> {
        let parts = [
            self.course(),
            self.unanswered(),
            self.silent(),
            self.concluded(),
            self.missing(),
            self.withheld(),
        ];
        parts.concat()
    }

    /// How far it is, and when it will end.
    fn course(&self) -> Vec<Line> {
        let (strings, board, now) = (self.strings, &self.seat.board, self.now);
        let mut lines = vec![Line::Heading(strings.wall.chair_course.to_owned())];
        if let Some((item, number)) =
            self.seat.figures.item.and_then(|(id, number)| Some((board.record(id)?, number)))
        {
            let spent = timing::spent(board, item, now).num_minutes().to_string();
            let minutes = fill(strings.spent_minutes, &[&spent, &agenda::planned(item).to_string()]);
            let number = fill(strings.item_short, &[&number.to_string()]);
            lines.push(Line::Pair(number, format!("{} · {minutes}", item.wording())));
        }
        let forecast = timing::forecast(board, now).map(|forecast| strings.forecast(&forecast));
        lines.push(Line::Text(forecast.unwrap_or_else(|| strings.wall.chair_no_forecast.to_owned())));
        lines
    }

    fn unanswered(&self) -> Vec<Line> {
        let heading = match self.seat.figures.unanswered {
            0 => self.strings.all_answered.to_owned(),
            count => fill(self.strings.unanswered_count, &[&count.to_string()]),
        };
        listed(heading, self.seat.board.unanswered().map(|line| self.said(line)).collect())
    }

    fn silent(&self) -> Vec<Line> {
        let (strings, silent) = (self.strings, &self.seat.figures.silent);
        if silent.is_empty() {
            return vec![Line::Heading(strings.wall.chair_all_heard.to_owned())];
        }
        let units = silent.iter().filter_map(|id| self.seat.board.record(*id));
        let units = units.map(|unit| Line::Pair(roster::code(unit).to_owned(), unit.wording().to_owned()));
        let shared = timing::allotment(&self.seat.board, self.now);
        let shared = shared.map(|shared| Line::Text(strings.shared_out(&shared)));
        let heading = fill(strings.part_silent, &[&silent.len().to_string()]);
        listed(heading, units.chain(shared).collect())
    }

    fn concluded(&self) -> Vec<Line> {
        let wall = &self.strings.wall;
        let kinds = [
            (Kind::Conclusion, wall.chair_conclusions),
            (Kind::Recommendation, wall.chair_recommendations),
            (Kind::Task, wall.chair_tasks),
        ];
        kinds.into_iter().flat_map(|(kind, heading)| self.of_kind(kind, heading)).collect()
    }

    fn of_kind(&self, kind: Kind, heading: &str) -> Vec<Line> {
        let records = difficulty::main_of(&self.seat.board, kind).into_iter();
        let lines: Vec<Line> =
            records.filter(|record| !record.is_off_record()).map(|record| self.said(record)).collect();
        listed(fill(heading, &[&lines.len().to_string()]), lines)
    }

    /// What the notice would lack if it were printed now.
    fn missing(&self) -> Vec<Line> {
        let missing = self.notice.map(|notice| &notice.missing[..]).unwrap_or_default();
        let heading = fill(self.strings.wall.chair_missing, &[&missing.len().to_string()]);
        listed(heading, missing.iter().map(|what| Line::Text(what.clone())).collect())
    }

    fn withheld(&self) -> Vec<Line> {
        let hidden = |line: &&Record| line.is_off_record() && !line.is_removed() && line.kind().is_some();
        match self.seat.board.records().filter(hidden).count() {
            0 => Vec::new(),
            count => vec![Line::Heading(fill(self.strings.wall.chair_withheld, &[&count.to_string()]))],
        }
    }

    /// `KK-03 Q3`, and what it says; of a task who leads it and until when.
    fn said(&self, record: &Record) -> Line {
        let board = &self.seat.board;
        let number = record.short_number().unwrap_or_default();
        let lead = conclusion::lead(record).map(|lead| match lead {
            Lead::Each => self.strings.every_unit,
            Lead::Unit(unit) => board.record(unit).map(roster::code).unwrap_or_default(),
        });
        let unit = lead.or_else(|| roster::unit_of(board, record).map(roster::code)).unwrap_or_default();
        let due = record.date(&field::DUE).map(|due| format!(" · {}", super::form::print_date(due)));
        let proposed = if conclusion::is_proposed(record) { self.strings.wall.chair_proposed } else { "" };
        let text = truncate(&record.wording().replace('\n', " "), self.most).into_owned();
        Line::Pair(
            format!("{number} {unit}").trim().to_owned(),
            [&text, due.as_deref().unwrap_or_default(), proposed].concat(),
        )
    }
}
