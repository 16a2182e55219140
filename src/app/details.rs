//! What the details of a record say, row by row: what is drawn, scrolled and clicked is the same.
//!
//! ```text
//! Con dấu thay đổi, hồ sơ cũ kẹt                 field 0
//!
//! Đơn vị                Q3                        field 2
//! Người nói             2 bản, cần chọn           field 3
//!                       1. Lan 09:31: bà Lan      field 3
//!                       2. Minh 09:32: ông Minh   field 3
//! ```

use super::{
    App,
    field_edit::{FieldEdit, Target},
    form::{self, Input, short_name},
    layout::{self, Areas, Rect},
    lints,
    rows::{author, coverage},
    session::{Focus, SessionSeat},
    versions::{Contest, Version, contests},
};
use crate::{
    domain::{
        chain, difficulty, field, follow_up, kind::Kind, projection, record::Record, roster,
        session::Session, speech,
    },
    i18n::{Strings, fill},
    text::{
        nfc,
        width::{truncate, width},
        wrap::wrap,
    },
};

/// The cells that labels take.
pub const LABEL: u16 = 22;

/// How a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    Plain,
    /// What may be overlooked.
    Faint,
    /// What should not be overlooked.
    Strong,
    /// Somebody should choose, or something is missing.
    Asking,
}

/// A row of the details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailRow {
    /// The field it belongs to, by its place among the fields.
    pub field: Option<usize>,
    /// The field's name where it begins; such rows keep [`LABEL`] cells free for it.
    pub label: Option<&'static str>,
    /// What it says.
    pub text: String,
    /// How it looks.
    pub tone: Tone,
}

impl DetailRow {
    pub(super) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { field: None, label: None, text: text.into(), tone }
    }

    fn of(self, field: usize) -> Self {
        Self { field: Some(field), ..self }
    }

    fn labelled(self, label: &'static str) -> Self {
        Self { label: Some(label), ..self }
    }
}

/// The text that is being typed in the details.
pub fn editing(seat: &SessionSeat) -> Option<&FieldEdit> {
    seat.editing.as_ref().filter(|_| seat.focus == Focus::Editing)
}

/// The record that the details show. A text goes on belonging to its record, whatever is selected by now.
pub fn shown(seat: &SessionSeat) -> Option<&Record> {
    match editing(seat).map(|edit| &edit.target) {
        Some(Target::New { .. }) => None,
        Some(target) => seat.board.record(target.record()).or_else(|| seat.selected()),
        None => seat.selected(),
    }
}

/// Where the rows stand: above the text that is being typed, if there is one.
pub fn body(seat: &SessionSeat, areas: &Areas) -> Rect {
    let inner = layout::inside(areas.detail);
    let typed = areas.field_text().y.saturating_sub(inner.y + 1);
    let height = if editing(seat).is_some() { typed.min(inner.height) } else { inner.height };
    Rect { x: inner.x + inner.width.min(1), width: inner.width.saturating_sub(1), height, ..inner }
}

/// The rows that are in view.
pub fn rows(app: &App, seat: &SessionSeat, areas: &Areas) -> Vec<DetailRow> {
    let area = body(seat, areas);
    let mut lints = lints::rows(app, seat, shown(seat), area.width);
    let Some(record) = shown(seat) else { return lints };
    let page = Page { strings: app.strings(), seat, record, contests: contests(seat, record, app.strings()) };
    let mut rows = page.main(area);
    if !lints.is_empty() {
        rows.append(&mut lints);
        rows.push(DetailRow::new("", Tone::Plain));
    }
    let height = usize::from(area.height).saturating_sub(rows.len());
    let mut rest = page.fields(area.width.saturating_sub(LABEL));
    rest.extend(page.related(area.width, height));
    rows.extend(in_view(rest, page.at(), height));
    rows.truncate(area.height.into());
    rows
}

/// The rows from the first one on with which the selected field ends in view.
fn in_view(rows: Vec<DetailRow>, at: Option<usize>, height: usize) -> Vec<DetailRow> {
    let is_of = |row: &DetailRow| at.is_some() && row.field == at;
    let last = rows.iter().rposition(is_of).unwrap_or(0);
    let first = rows.iter().position(is_of).unwrap_or(0);
    let top = (last + 1).saturating_sub(height).min(first);
    rows.into_iter().skip(top).take(height).collect()
}

struct Page<'a> {
    strings: &'static Strings,
    seat: &'a SessionSeat,
    record: &'a Record,
    contests: Vec<Contest>,
}

impl Page<'_> {
    /// The selected field.
    fn at(&self) -> Option<usize> {
        if let Focus::Detail(at) = self.seat.focus { Some(at) } else { None }
    }

    fn contests_at(&self, place: Option<usize>) -> impl Iterator<Item = &Contest> {
        self.contests.iter().filter(move |contest| contest.place == place)
    }

    /// What the record says, or all that it might say, in a third of the room.
    fn main(&self, area: Rect) -> Vec<DetailRow> {
        let most = usize::from(area.height / 3).max(2);
        let contests: Vec<&Contest> = self.contests_at(Some(0)).collect();
        let mut rows = Vec::new();
        if contests.is_empty() {
            rows.extend(wrapped(&wording(self.strings, self.seat, self.record), area.width, most));
        }
        for contest in contests {
            rows.push(DetailRow::new(self.asks(contest), Tone::Asking));
            for (number, version) in (1..).zip(&contest.versions) {
                rows.extend(wrapped(&version_words(number, version), area.width, most.div_ceil(2).max(2)));
            }
        }
        rows.into_iter().map(|row| row.of(0)).chain([DetailRow::new("", Tone::Plain)]).collect()
    }

    fn asks(&self, contest: &Contest) -> String {
        fill(self.strings.contested, &[&contest.versions.len().to_string()])
    }

    /// The other fields; those without content only while one is chosen among them.
    fn fields(&self, cells: u16) -> Vec<DetailRow> {
        let specs = self.seat.specs_of(self.record);
        let mut rows = Vec::new();
        for (at, spec) in specs.iter().enumerate().skip(1) {
            let contests: Vec<&Contest> = self.contests_at(Some(at)).collect();
            let value = self.value(spec, cells.into());
            if contests.is_empty() && (self.at().is_some() || !value.is_empty()) {
                let value = if value.is_empty() { self.empty(spec) } else { value };
                rows.push(DetailRow::new(value, Tone::Plain).labelled(spec.label(self.strings)).of(at));
            }
            rows.extend(contests.into_iter().flat_map(|contest| self.versions(contest)));
        }
        rows.extend(self.followed());
        rows.extend(self.coverage());
        rows.extend(self.contests_at(None).flat_map(|contest| self.versions(contest)));
        rows
    }

    /// How many units share a difficulty, and which do not.
    fn coverage(&self) -> Option<DetailRow> {
        let is_difficulty = self.record.kind() == Some(Kind::Difficulty) && !self.record.is_off_record();
        let row = || {
            let text = coverage(self.strings, &self.seat.board, self.record, usize::MAX);
            DetailRow::new(text, Tone::Plain).labelled(self.strings.sorting.coverage)
        };
        is_difficulty.then(row)
    }

    /// Where what is followed comes from, who has to do it, and in how many sessions it was raised.
    fn followed(&self) -> Vec<DetailRow> {
        let item = self.record;
        if item.kind() != Some(Kind::FollowUp) {
            return Vec::new();
        }
        let words = &self.strings.following;
        let every =
            |code: &str| if code == follow_up::EACH { self.strings.every_unit } else { code }.to_owned();
        let assigned = item.text(&field::ASSIGNED).unwrap_or_default().split(", ").map(every);
        let all = [
            (words.field_from, self.strings.came_from(item)),
            (words.field_assigned, assigned.collect::<Vec<_>>().join(", ")),
            (words.field_raised, follow_up::raised(item).to_string()),
        ];
        let known = all.into_iter().filter(|(_, text)| !text.is_empty());
        known.map(|(label, text)| DetailRow::new(text, Tone::Plain).labelled(label)).collect()
    }

    /// What a field without content shows: what holds nevertheless, or that there is nothing.
    fn empty(&self, spec: &form::Spec) -> String {
        if spec.field == field::TASK_KIND {
            return self.strings.concluding.dated.to_owned();
        }
        let session = Session::of(&self.seat.board);
        let by_part = match &spec.field {
            field if *field == field::CHAIR => session.and_then(Session::chair),
            field if *field == field::RECORDER => session.and_then(Session::recorder),
            _ => None,
        };
        if let Some(person) = by_part {
            return fill(self.strings.import.making.by_part, &[person.wording()]);
        }
        let is_flag = [field::CHECK_LATER, field::SAMPLE, field::CARRIED].contains(&spec.field);
        if is_flag { self.strings.no } else { self.strings.none }.to_owned()
    }

    fn versions(&self, contest: &Contest) -> Vec<DetailRow> {
        let head = DetailRow::new(self.asks(contest), Tone::Asking).labelled(contest.label);
        let version =
            |(number, version)| DetailRow::new(version_words(number, version), Tone::Plain).labelled("");
        let rows = std::iter::once(head).chain((1..).zip(&contest.versions).map(version));
        rows.map(|row| DetailRow { field: contest.place, ..row }).collect()
    }

    /// What a field holds; a mark behind it is not cut with it.
    fn value(&self, spec: &form::Spec, cells: usize) -> String {
        let holder = self.seat.holder(self.record.id, &spec.field).unwrap_or(self.record);
        let mut shown = form::show(&self.seat.board, holder, spec, self.strings).replace('\n', " ");
        if let (Input::Deadline, Some(day)) = (spec.input, holder.date(&field::DUE)) {
            let day = form::print_date(day);
            shown = if shown == day { day } else { format!("{day} ({shown})") };
        }
        let whole = self.record.flag(&field::SAMPLE);
        if !shown.is_empty() && !whole && self.record.is_sample(&spec.field) {
            let mark = self.strings.sample_mark;
            return format!("{} {mark}", truncate(&shown, cells.saturating_sub(width(mark) + 1)));
        }
        shown
    }

    /// What the end of a unit means, merged wordings, continuations, answers and history; of each no more than can come into view.
    fn related(&self, width: u16, most: usize) -> Vec<DetailRow> {
        let (strings, seat, record) = (self.strings, self.seat, self.record);
        let board = &seat.board;
        let unit = |other: &Record| roster::unit_of(board, other).map_or("?", roster::code).to_owned();
        let said = |other: &Record| {
            format!("{} {}  {}", short_name(other), unit(other), wording(strings, seat, other))
        };
        let answer = |other: &Record| format!("{}  {}", short_name(other), other.wording());
        let gathered =
            board.merged_into(record.id).into_iter().chain(difficulty::continuations(board, record.id));
        let gathered = gathered.filter(|other| seat.may_see(other)).take(most);
        let answers = chain::after(board, record.id).into_iter().take(most);
        let speech = Some(record).filter(|record| record.kind() == Some(Kind::Speech));
        let passage = speech.into_iter().flat_map(|speech| speech::passage(board, speech)).take(most);
        let changes = record.changes.to_string();
        let mut rows: Vec<DetailRow> = self.shown_to_the_room().into_iter().collect();
        let unit = Some(record).filter(|record| record.kind() == Some(Kind::Unit));
        let ends = unit.and_then(|unit| strings.unit_ends(board, unit));
        rows.extend(ends.into_iter().flat_map(|text| wrapped(&text, width, 3)));
        rows.push(DetailRow::new("", Tone::Plain));
        rows.extend(headed(strings.sorting.written_twice, self.twin().into_iter().collect()));
        rows.extend(headed(strings.passage, passage.map(said).collect()));
        rows.extend(headed(strings.wordings, gathered.map(said).collect()));
        rows.extend(headed(strings.answers, answers.map(answer).collect()));
        rows.push(DetailRow::new(fill(strings.history_count, &[&changes]), Tone::Faint));
        rows
    }

    /// What another note-taker wrote of the same words.
    fn twin(&self) -> Option<String> {
        let twin = self.seat.twin().filter(|_| self.seat.list().selected == Some(self.record.id))?;
        let author = author(&self.seat.board, twin).unwrap_or_default();
        Some(format!("{} {author}: {}", short_name(twin), twin.wording()))
    }

    /// Whether the room sees the record, and what it sees if that is something else by now.
    fn shown_to_the_room(&self) -> Option<DetailRow> {
        let wall = &self.strings.wall;
        let words = projection::published(self.record)?;
        let outdated = projection::is_outdated(&self.seat.board, self.record);
        let text = if outdated { fill(wall.shown_words, &[words]) } else { wall.shown_now.to_owned() };
        Some(DetailRow::new(text.replace('\n', " "), Tone::Plain).labelled(wall.projector))
    }
}

fn headed(heading: &str, texts: Vec<String>) -> Vec<DetailRow> {
    let heading = (!texts.is_empty()).then(|| DetailRow::new(heading, Tone::Faint));
    let texts = texts.into_iter().map(|text| DetailRow::new(text.replace('\n', " "), Tone::Plain));
    heading.into_iter().chain(texts).collect()
}

/// `1. Lan 09:31 10/3/2023: con dấu cũ`.
fn version_words(number: usize, version: &Version) -> String {
    format!("{number}. {}: {}", version.origin(), version.text.replace('\n', " "))
}

/// A text in rows, at most so many; one that goes on says so.
pub(super) fn wrapped(text: &str, cells: u16, most: usize) -> Vec<DetailRow> {
    let mut rows: Vec<String> = Vec::new();
    for line in nfc::drawable(text).split('\n') {
        let pieces = wrap(line, cells.max(1).into()).into_iter();
        rows.extend(pieces.map(|range| line.get(range).unwrap_or_default().trim_end().to_owned()));
    }
    let goes_on = rows.len() > most;
    rows.truncate(most);
    if let Some(last) = rows.last_mut().filter(|_| goes_on) {
        *last = truncate(&format!("{last} …"), cells.into()).into_owned();
    }
    rows.into_iter().map(|row| DetailRow::new(row, Tone::Plain)).collect()
}

/// What a record says; an off-record one shows its body to those who may see it.
pub fn wording(strings: &Strings, seat: &SessionSeat, record: &Record) -> String {
    let body = || seat.private.record(record.id).map(|body| body.wording().to_owned());
    let text = if record.is_off_record() {
        let body = body().unwrap_or_default();
        format!("[{}] {body}", strings.off_record)
    } else if record.kind() == Some(Kind::Signature) {
        roster::unit_of(&seat.board, record).map(|unit| unit.wording().to_owned()).unwrap_or_default()
    } else if record.kind() == Some(Kind::Speech) {
        let whose = strings.whose(&seat.board, record);
        let text = record.wording().replace('\n', " ");
        if text.is_empty() { whose } else { format!("{whose}: {text}") }
    } else {
        record.wording().replace('\n', " ")
    };
    [text, sample_mark(strings, record)].concat()
}

/// What stands behind the text of a record that completes a sample.
pub fn sample_mark(strings: &Strings, record: &Record) -> String {
    if record.flag(&field::SAMPLE) { format!(" {}", strings.sample_mark) } else { String::new() }
}
