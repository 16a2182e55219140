//! What a task lacks, as it is typed and in its details; and the one key that takes what is offered.

use super::{
    App,
    details::{DetailRow, Tone, editing, wrapped},
    field_edit::{FieldEdit, Target},
    form::{self, Input, print_date},
    notice::Notice,
    session::SessionSeat,
};
use crate::{
    domain::{
        assignment, conclusion,
        deadline::{self, Deadline},
        edit::{Edit, Lead},
        ids::RecordId,
        kind::Kind,
        lint::{self, Work},
        record::Record,
        roster,
    },
    i18n::{Strings, fill},
    keymap::action::Action,
};

/// What is told, and how it looks.
type Told = (String, Tone);

/// The most rows that one thing takes.
const MOST: usize = 3;

/// The rows that tell it: of the text that is being typed, else of the record that is shown.
pub(super) fn rows(app: &App, seat: &SessionSeat, record: Option<&Record>, cells: u16) -> Vec<DetailRow> {
    let rows = |(text, tone): Told| {
        wrapped(&text, cells, MOST).into_iter().map(move |row| DetailRow { tone, ..row })
    };
    things(app, seat, record).into_iter().flat_map(rows).collect()
}

fn things(app: &App, seat: &SessionSeat, record: Option<&Record>) -> Vec<Told> {
    let strings = app.strings();
    match editing(seat) {
        Some(edit @ FieldEdit { target: Target::New { details, .. }, .. }) => {
            let Some(found) = of_new(app, seat, edit) else { return Vec::new() };
            let taken = details.iter().filter(|edit| matches!(edit, Edit::Deadline { .. })).cloned();
            let read: Vec<Edit> = taken.chain(found.fills).collect();
            let row = (!read.is_empty()).then(|| {
                let text = fill(strings.concluding.read_as, &[&edits_words(strings, seat, &read)]);
                (text, Tone::Plain)
            });
            let offer = found.may_mean.and_then(|day| offer_row(app, seat, &[on(day)]));
            row.into_iter().chain(told(strings, &found.lints)).chain(offer).collect()
        }
        Some(edit) => record.map(|record| of_edit(app, seat, record, edit)).unwrap_or_default(),
        None => record.map(|record| of_record(app, seat, record)).unwrap_or_default(),
    }
}

/// The day on which what is typed now is said.
fn said_on(app: &App, seat: &SessionSeat) -> chrono::NaiveDate {
    seat.on_its_day(app.now).date_naive()
}

fn told(strings: &Strings, lints: &[lint::Lint]) -> Vec<Told> {
    lints.iter().map(|lint| (strings.lint(lint), Tone::Asking)).collect()
}

fn of_record(app: &App, seat: &SessionSeat, record: &Record) -> Vec<Told> {
    let strings = app.strings();
    let offers = lint::offers(&seat.board, record, app.now.date_naive());
    let mut rows = told(strings, &lint::lints(&seat.board, record));
    rows.extend(offer_row(app, seat, &offers));
    rows.extend(bearers(strings, seat, record));
    rows
}

fn offer_row(app: &App, seat: &SessionSeat, offers: &[Edit]) -> Option<Told> {
    let strings = app.strings();
    let key = app.key_name(Action::Fill);
    let words = edits_words(strings, seat, offers);
    (!offers.is_empty()).then(|| (fill(strings.concluding.offer, &[&key, &words]), Tone::Strong))
}

/// Which units do what every unit has to do.
fn bearers(strings: &Strings, seat: &SessionSeat, record: &Record) -> Option<Told> {
    let each = conclusion::lead(record) == Some(Lead::Each);
    let units = conclusion::bearers(&seat.board, record);
    let codes: Vec<&str> = units.iter().map(|unit| code(seat, *unit)).collect();
    each.then(|| (format!("{}: {}", strings.every_unit, codes.join(", ")), Tone::Faint))
}

/// What a record would lack with what is being typed into one of its fields.
fn of_edit(app: &App, seat: &SessionSeat, record: &Record, edit: &FieldEdit) -> Vec<Told> {
    let strings = app.strings();
    let Some(work) = Work::of(record) else { return Vec::new() };
    let text = edit.editor.text_nfc();
    let typed = form::parse(&edit.spec, Some(record), &text, seat.on_its_day(app.now)).unwrap_or_default();
    let mut rows = told(strings, &work.with(&typed).lints(&seat.board));
    rows.extend(suggested(app, seat, edit).and_then(|day| offer_row(app, seat, &[on(day)])));
    rows
}

/// The deadline that a day is.
pub(super) fn on(day: chrono::NaiveDate) -> Edit {
    Edit::Deadline { words: String::new(), day: Some(day), kind: None }
}

/// What the sentence of a record says that is being typed for the first time.
fn of_new(app: &App, seat: &SessionSeat, edit: &FieldEdit) -> Option<lint::OfSentence> {
    let Target::New { kind, details, .. } = &edit.target else { return None };
    let said = assignment::read(&seat.board, &edit.editor.text_nfc(), said_on(app, seat));
    Some(lint::of_sentence(&seat.board, *kind, &said, details))
}

/// The day that a vague deadline may mean, while it is typed.
fn suggested(app: &App, seat: &SessionSeat, edit: &FieldEdit) -> Option<chrono::NaiveDate> {
    if let Some(found) = of_new(app, seat, edit) {
        return found.may_mean;
    }
    if edit.spec.input != Input::Deadline {
        return None;
    }
    let found = deadline::of_field(&edit.editor.text_nfc(), said_on(app, seat));
    if let Deadline::Vague(day) = found { Some(day) } else { None }
}

fn code(seat: &SessionSeat, unit: RecordId) -> &str {
    seat.board.record(unit).map_or("?", roster::code)
}

/// `chủ trì thực hiện Q1; thời hạn 10/4/2023`.
fn edits_words(strings: &Strings, seat: &SessionSeat, edits: &[Edit]) -> String {
    let word = |edit: &Edit| {
        let label = strings.field(&edit.field()).to_lowercase();
        let value = match edit {
            Edit::LeadUnit(Some(Lead::Unit(unit))) | Edit::Support(unit, _) => code(seat, *unit).to_owned(),
            Edit::LeadUnit(_) => strings.every_unit.to_lowercase(),
            Edit::Deliverable(named) => format!("“{named}”"),
            Edit::Deadline { day, kind, .. } => {
                let kind = kind.map(|kind| strings.task_kind(kind).to_lowercase());
                kind.into_iter().chain(day.map(print_date)).collect::<Vec<_>>().join(", ")
            }
            _ => String::new(),
        };
        format!("{label} {value}")
    };
    edits.iter().map(word).collect::<Vec<_>>().join("; ")
}

impl App {
    /// Whether something is offered that one key takes.
    pub(super) fn has_offer(&self) -> bool {
        let Some(seat) = self.session() else { return false };
        if let Some(edit) = editing(seat) {
            return suggested(self, seat, edit).is_some();
        }
        let today = self.now.date_naive();
        seat.selected().is_some_and(|record| !lint::offers(&seat.board, record, today).is_empty())
    }

    /// The day offered for the deadline that is being typed.
    pub(super) fn offered_day(&self) -> Option<chrono::NaiveDate> {
        let seat = self.session()?;
        suggested(self, seat, editing(seat)?)
    }

    /// Says what was read of a sentence and is filled in.
    pub(super) fn say_read(&mut self, edits: &[Edit]) {
        let Some(seat) = self.session().filter(|_| !edits.is_empty()) else { return };
        let words = edits_words(self.strings(), seat, edits);
        self.say(Notice::info(fill(self.strings().concluding.read_as, &[&words])));
    }

    /// The edits that a new record begins with because its sentence says so, beside those that are given.
    pub(super) fn said_of(&self, kind: Kind, text: &str, given: &[Edit]) -> Vec<Edit> {
        let Some(seat) = self.session() else { return Vec::new() };
        let said = assignment::read(&seat.board, text, said_on(self, seat));
        lint::of_sentence(&seat.board, kind, &said, given).fills
    }
}
