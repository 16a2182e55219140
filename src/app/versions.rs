//! Fields that two people wrote at the same time: every version that nobody replaced, with who wrote it and when.

use chrono::{DateTime, FixedOffset};

use super::{
    form::{self, Input, Spec, print_date},
    session::SessionSeat,
};
use crate::{
    domain::{
        board::Board,
        change::{Author, Field, Value},
        command::Command,
        edit::Edit,
        field,
        kind::Kind,
        record::{Live, Record},
        roll_call,
    },
    i18n::Strings,
};

/// Fields that the program fills and nobody reads: two values of them are no question to a person.
const SILENT: [Field; 5] =
    [field::POSITION, field::NUMBER, field::SAID_AT, field::SPLIT_FROM, field::PUBLISHED];

/// Whether two values of a field are no question to a person.
pub(super) fn is_silent(field: &Field) -> bool {
    SILENT.contains(field)
}

/// A field with several values in effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// The field; of a set, its member.
    pub field: Field,
    /// The place of the field in the details, if it is shown there.
    pub place: Option<usize>,
    /// What the field is called.
    pub label: &'static str,
    /// The versions, oldest first; the last one stands in lists and documents until somebody chooses.
    pub versions: Vec<Version>,
}

/// One of several values.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub author: Option<Author>,
    /// When.
    pub at: Option<DateTime<FixedOffset>>,
    /// The command that makes it the only one, if a person can give that command.
    pub choose: Option<Command>,
}

impl Version {
    /// `Lan 09:31 10/3/2023`.
    pub fn origin(&self) -> String {
        let author = self.author.iter().map(|author| author.name.to_string());
        let at = self.at.iter().map(|at| format!("{} {}", at.format("%H:%M"), print_date(at.date_naive())));
        author.chain(at).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a list marks the record: somebody should choose.
pub fn is_contested(seat: &SessionSeat, record: &Record) -> bool {
    boards(seat)
        .into_iter()
        .filter_map(|board| board.record(record.id))
        .any(|record| asked(record).count() > 0)
}

/// The contested fields of a record, those of the details first and in their order.
pub fn contests(seat: &SessionSeat, record: &Record, strings: &Strings) -> Vec<Contest> {
    let specs = seat.specs_of(record);
    let mut found = Vec::new();
    for board in boards(seat) {
        let Some(holder) = board.record(record.id) else { continue };
        for field in asked(holder) {
            let place = specs.iter().position(|spec| holds(spec, field));
            let spec = place.and_then(|at| specs.get(at));
            let label = spec.map_or_else(|| strings.field(field), |spec| spec.label(strings));
            let ballot = Ballot { seat, board, record: holder, field, spec, strings };
            found.push(Contest { field: field.clone(), place, label, versions: ballot.versions() });
        }
    }
    found.sort_by_key(|contest| contest.place.unwrap_or(usize::MAX));
    found
}

fn boards(seat: &SessionSeat) -> [&Board; 2] {
    [&seat.board, &seat.private]
}

fn asked(record: &Record) -> impl Iterator<Item = &Field> {
    record.contested().filter(|field| !SILENT.contains(field))
}

/// Whether the details show a field, or the set that it is a member of, at that place.
fn holds(spec: &Spec, field: &Field) -> bool {
    spec.field == *field
        || field.member_of(spec.field.as_str()).is_some()
        || (spec.input == Input::Quarter && *field == field::YEAR)
}

/// One contested field and all that is needed to word it.
struct Ballot<'a> {
    seat: &'a SessionSeat,
    board: &'a Board,
    record: &'a Record,
    field: &'a Field,
    spec: Option<&'a Spec>,
    strings: &'a Strings,
}

impl Ballot<'_> {
    /// Each different value once, by whoever wrote it last.
    fn versions(&self) -> Vec<Version> {
        let live = self.record.cell(self.field).map_or(&[][..], |cell| cell.live());
        let repeated =
            |at: usize, one: &Live| live.iter().skip(at + 1).any(|later| later.value() == one.value());
        let distinct = live.iter().enumerate().filter(|(at, one)| !repeated(*at, one));
        distinct.map(|(_, one)| self.version(one)).collect()
    }

    fn version(&self, live: &Live) -> Version {
        let header = self.board.change(live.write().change).map(|change| &change.header);
        Version {
            text: self.words(live.value()),
            author: header.map(|header| header.author.clone()),
            at: header.map(|header| header.at),
            choose: self.choose(live.value()),
        }
    }

    fn words(&self, value: &Value) -> String {
        let strings = self.strings;
        if let Some(key) = self.spec.and_then(|spec| self.field.member_of(spec.field.as_str())) {
            let named = key.parse().ok().and_then(|id| self.seat.board.record(id)).map(form::short_name);
            let holds = if *value == Value::Flag(true) { strings.yes } else { strings.no };
            return format!("{}: {holds}", named.unwrap_or(key));
        }
        let kind = value.as_text().filter(|_| *self.field == field::KIND).and_then(Kind::named);
        let text = match kind {
            Some(kind) => strings.kind(kind).to_owned(),
            None => form::written(&self.seat.board, self.field, value, strings),
        };
        if text.is_empty() { strings.none.to_owned() } else { text }
    }

    fn choose(&self, value: &Value) -> Option<Command> {
        let record = self.record.id;
        if *self.field == field::KIND {
            let kind = value.as_text().and_then(Kind::named)?;
            return Some(Command::Classify { records: vec![record], kind, nature: None });
        }
        let edit = self.edit(value)?;
        Some(Command::Edit { record, edit, seen: self.record.seen(self.field) })
    }

    fn edit(&self, value: &Value) -> Option<Edit> {
        let (spec, board, strings) = (self.spec?, &self.seat.board, self.strings);
        let edits: Vec<Edit> = match spec.input {
            Input::Quarter => Vec::new(),
            Input::Tags => {
                let tag = self.field.member_of(spec.field.as_str())?.to_owned();
                vec![Edit::Tag(tag, *value == Value::Flag(true))]
            }
            Input::Choice | Input::Many => {
                let choices = form::choices(board, self.record, spec, strings).into_iter();
                choices.flat_map(|choice| [choice.edit.clone(), choice.edit.turned()]).collect()
            }
            _ => {
                let text = form::written(board, self.field, value, strings);
                let typed = form::parse(spec, None, &text, DateTime::default()).unwrap_or_default();
                let logged = value.as_text().and_then(|text| roll_call::edit_of(self.field, text));
                logged.map_or(typed, |edit| vec![edit])
            }
        };
        edits.into_iter().find(|edit| edit.field() == *self.field && edit.value() == *value)
    }
}
