//! The fields that a person edits of each kind of record: how they are shown, typed and chosen.

mod choices;
mod parse;

pub use choices::{Choice, choices};
pub use parse::{FieldError, parse, parse_date, parse_quarter, parse_time, print_date};

use chrono::DateTime;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        board::Board,
        change::{Field, Value},
        edit::Lead,
        field::{self, set},
        follow_up,
        kind::{
            AgendaKind, Attendance, Authority, ConclusionPart, DifficultyNature, Kind, Layout, PartPlayed,
            TaskKind,
        },
        record::Record,
        roll_call::{self, Slot},
        roster,
        session::Session,
    },
    i18n::Strings,
};

/// The fields that hold a moment and show its time of day.
const MOMENTS: [Field; 5] =
    [field::ARRIVED, field::LEFT, field::STARTED_AT, field::ENDED_AT, field::CLOSED_AT];

/// How a field is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// Typed: a text of many lines.
    Text,
    /// Typed: one line.
    Line,
    /// Typed: a date, `10/3/2023`.
    Date,
    /// Typed: by when, as people say it.
    Deadline,
    /// Typed: a time, `08:00`.
    Time,
    /// Typed: minutes.
    Minutes,
    /// Typed: a quarter of a year, `I/2023`.
    Quarter,
    /// Typed: tags between spaces.
    Tags,
    /// Chosen from a list.
    Choice,
    /// Several chosen from a list.
    Many,
}

/// A field of a kind of record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// The field; for sets, the set's name.
    pub field: Field,
    /// How it is edited.
    pub input: Input,
}

impl Spec {
    fn new(field: Field, input: Input) -> Self {
        Self { field, input }
    }

    /// A field that is chosen from a list.
    pub(super) fn choice(field: Field) -> Self {
        Self::new(field, Input::Choice)
    }

    fn set(name: &str, input: Input) -> Self {
        Self { field: Field::shared(name), input }
    }

    /// The label.
    pub fn label(&self, strings: &Strings) -> &'static str {
        match self.field.as_str() {
            set::TAG => strings.field_tags,
            set::SUPPORT => strings.field_support,
            set::SAME_OPINION => strings.field_same,
            set::ALSO => strings.following.field_also,
            set::ANSWERS => strings.field_answers,
            set::FOLLOWS => strings.field_follows,
            _ => strings.field(&self.field),
        }
    }

    /// Whether it is typed rather than chosen.
    pub fn is_typed(&self) -> bool {
        !matches!(self.input, Input::Choice | Input::Many)
    }
}

/// The fields of a kind, the main text first.
pub fn specs(kind: Kind) -> Vec<Spec> {
    use Input as I;
    let mut specs = vec![Spec::new(main_field(kind), if is_long(kind) { I::Text } else { I::Line })];
    let more: Vec<Spec> = match kind {
        Kind::Session => session_specs(),
        Kind::Unit => vec![
            Spec::new(field::CODE, I::Line),
            Spec::new(field::VALID_FROM, I::Date),
            Spec::new(field::VALID_TO, I::Date),
            Spec::new(field::SUCCESSOR, I::Choice),
        ],
        Kind::Attendee => vec![
            Spec::new(field::POST, I::Line),
            Spec::new(field::UNIT, I::Choice),
            Spec::new(field::PART_PLAYED, I::Choice),
            Spec::new(field::ATTENDANCE, I::Choice),
            Spec::new(field::SUBSTITUTE_FOR, I::Line),
            Spec::new(field::ABSENCE_REASON, I::Line),
            Spec::new(field::ARRIVED, I::Time),
            Spec::new(field::LEFT, I::Time),
            Spec::new(field::VENUE, I::Choice),
            Spec::set(set::ALSO, I::Many),
        ],
        Kind::Venue => vec![Spec::new(field::PLACE, I::Line)],
        Kind::AgendaItem => vec![
            Spec::new(field::PLANNED, I::Minutes),
            Spec::new(field::SPEECH_LIMIT, I::Minutes),
            Spec::new(field::ITEM_KIND, I::Choice),
            Spec::new(field::RESULT, I::Text),
            Spec::new(field::THEME, I::Choice),
            Spec::new(field::STARTED_AT, I::Time),
            Spec::new(field::ENDED_AT, I::Time),
        ],
        Kind::Sitting => vec![Spec::new(field::STARTED_AT, I::Time), Spec::new(field::ENDED_AT, I::Time)],
        Kind::Section => vec![Spec::new(field::UNIT, I::Choice), Spec::new(field::SPEAKER, I::Choice)],
        Kind::Speech => vec![
            Spec::new(field::UNIT, I::Choice),
            Spec::new(field::SPEAKER, I::Choice),
            Spec::new(field::ITEM, I::Choice),
            Spec::new(field::RESULT, I::Text),
            Spec::new(field::THEME, I::Choice),
            Spec::new(field::STARTED_AT, I::Time),
            Spec::new(field::ENDED_AT, I::Time),
        ],
        Kind::Target => vec![Spec::new(field::FIGURE, I::Line)],
        Kind::Signature => vec![Spec::new(field::UNIT, I::Choice), Spec::new(field::SIGNED_ON, I::Date)],
        Kind::Difficulty => [vec![Spec::new(field::NATURE, I::Choice)], captured_specs()].concat(),
        Kind::Note | Kind::Opinion | Kind::Cause => captured_specs(),
        Kind::Solution => [vec![Spec::set(set::ANSWERS, I::Many)], work_specs(), captured_specs()].concat(),
        Kind::Recommendation => recommendation_specs(),
        Kind::FollowUp => vec![
            Spec::new(field::RESULT, I::Text),
            Spec::new(field::DONE_ON, I::Date),
            Spec::new(field::ANSWER, I::Text),
            Spec::new(field::DUE, I::Deadline),
            Spec::new(field::DELIVERABLE, I::Line),
            Spec::new(field::ADDRESSEE, I::Line),
            Spec::new(field::AUTHORITY, I::Choice),
            Spec::new(field::CARRIED, I::Choice),
        ],
        Kind::Conclusion => {
            let place = vec![
                Spec::new(field::PART, I::Choice),
                Spec::set(set::ANSWERS, I::Many),
                Spec::set(set::FOLLOWS, I::Many),
                Spec::new(field::SAMPLE, I::Choice),
                Spec::new(field::CHECK_LATER, I::Choice),
            ];
            [place, work_specs()].concat()
        }
        Kind::Task => {
            let links = vec![Spec::set(set::ANSWERS, I::Many), Spec::set(set::FOLLOWS, I::Many)];
            let marks = [field::CHECK_LATER, field::SAMPLE].map(Spec::choice).to_vec();
            [work_specs(), links, marks].concat()
        }
        _ => Vec::new(),
    };
    specs.extend(more);
    specs
}

/// The fields of a record, with those of attendance of a sitting; of what is followed up, those of a task or of a recommendation.
pub fn specs_of(record: &Record, slot: Slot) -> Vec<Spec> {
    let mut specs = record.kind().map(|kind| specs_at(kind, slot)).unwrap_or_default();
    if record.kind() == Some(Kind::FollowUp) {
        let others = match follow_up::kind(record) {
            Kind::Recommendation => &[field::RESULT, field::DELIVERABLE][..],
            _ => &[field::ANSWER, field::ADDRESSEE, field::AUTHORITY],
        };
        specs.retain(|spec| !others.contains(&spec.field));
    }
    specs
}

fn specs_at(kind: Kind, slot: Slot) -> Vec<Spec> {
    let placed = |spec: Spec| match roll_call::family(&spec.field) {
        Some((family, _)) => Spec::new(slot.field(&family), spec.input),
        None => spec,
    };
    specs(kind).into_iter().map(placed).collect()
}

/// A field, or what it is a sitting's part of.
fn family(field: &Field) -> Field {
    roll_call::family(field).map_or_else(|| field.clone(), |(family, _)| family)
}

fn session_specs() -> Vec<Spec> {
    use Input as I;
    vec![
        Spec::new(field::DATE, I::Date),
        Spec::new(field::BEGINS, I::Time),
        Spec::new(field::PLACE, I::Line),
        Spec::new(field::LOCALITY, I::Line),
        Spec::new(field::CLUSTER, I::Line),
        Spec::new(field::HEAD_UNIT, I::Choice),
        Spec::new(field::CHAIR, I::Choice),
        Spec::new(field::RECORDER, I::Choice),
        Spec::new(field::SUPERIOR, I::Line),
        Spec::new(field::ISSUER, I::Line),
        Spec::new(field::LAYOUT, I::Choice),
        Spec::new(field::CLOSED_AT, I::Time),
        Spec::new(field::QUARTER, I::Quarter),
    ]
}

fn captured_specs() -> Vec<Spec> {
    use Input as I;
    vec![
        Spec::new(field::UNIT, I::Choice),
        Spec::new(field::SPEAKER, I::Choice),
        Spec::new(field::ITEM, I::Choice),
        Spec::new(field::WEIGHT, I::Choice),
        Spec::set(set::TAG, I::Tags),
        Spec::new(field::CHECK_LATER, I::Choice),
        Spec::set(set::SAME_OPINION, I::Many),
        Spec::set(set::ANSWERS, I::Many),
        Spec::new(field::THEME, I::Choice),
        Spec::new(field::SAMPLE, I::Choice),
    ]
}

fn work_specs() -> Vec<Spec> {
    use Input as I;
    vec![
        Spec::new(field::LEAD_UNIT, I::Choice),
        Spec::set(set::SUPPORT, I::Many),
        Spec::new(field::DUE, I::Deadline),
        Spec::new(field::DELIVERABLE, I::Line),
        Spec::new(field::TASK_KIND, I::Choice),
        Spec::new(field::DONE_ON, I::Date),
    ]
}

fn recommendation_specs() -> Vec<Spec> {
    use Input as I;
    vec![
        Spec::new(field::AUTHORITY, I::Choice),
        Spec::new(field::ADDRESSEE, I::Line),
        Spec::set(set::ANSWERS, I::Many),
        Spec::new(field::DUE, I::Deadline),
        Spec::new(field::ANSWER, I::Text),
        Spec::new(field::UNIT, I::Choice),
        Spec::new(field::SPEAKER, I::Choice),
        Spec::new(field::ITEM, I::Choice),
        Spec::new(field::CHECK_LATER, I::Choice),
        Spec::new(field::SAMPLE, I::Choice),
    ]
}

/// The field that holds what a record says.
pub fn main_field(kind: Kind) -> Field {
    let titled = matches!(
        kind,
        Kind::Session | Kind::Unit | Kind::Attendee | Kind::Theme | Kind::AgendaItem | Kind::Section
    );
    if titled || matches!(kind, Kind::PledgeGroup | Kind::Cluster | Kind::Venue | Kind::Sitting) {
        return field::TITLE;
    }
    field::TEXT
}

/// Whether what a record says may be long.
pub fn is_long(kind: Kind) -> bool {
    main_field(kind) == field::TEXT
}

/// What a field shows: in lists of details, and as the text that an edit begins with.
pub fn show(board: &Board, record: &Record, spec: &Spec, strings: &Strings) -> String {
    let name = spec.field.as_str();
    match name {
        set::TAG => record.members(set::TAG).collect::<Vec<_>>().join(" "),
        set::SUPPORT | set::SAME_OPINION | set::ALSO | set::ANSWERS | set::FOLLOWS => {
            let named = record.linked(name).filter_map(|id| board.record(id)).map(short_name);
            named.collect::<Vec<_>>().join(", ")
        }
        _ if spec.input == Input::Quarter => {
            let quarter = Session::of(board).and_then(Session::quarter);
            quarter.map(|quarter| quarter.to_string()).unwrap_or_default()
        }
        _ if spec.input == Input::Deadline && record.text(&field::DUE_WORDS).is_some() => {
            record.text(&field::DUE_WORDS).unwrap_or_default().to_owned()
        }
        _ => show_value(board, record, &spec.field, strings),
    }
}

fn show_value(board: &Board, record: &Record, field: &Field, strings: &Strings) -> String {
    record.value(field).map(|value| written(board, field, value, strings)).unwrap_or_default()
}

/// What one value of a field says.
pub fn written(board: &Board, field: &Field, value: &Value, strings: &Strings) -> String {
    match value {
        Value::Flag(true) => strings.yes.to_owned(),
        Value::Number(weight) if *field == field::WEIGHT => {
            "!".repeat(usize::try_from(*weight).unwrap_or(0).min(3))
        }
        Value::Number(number) => number.to_string(),
        Value::Text(text) => written_text(board, field, text, strings),
        _ => String::new(),
    }
}

fn written_text(board: &Board, field: &Field, text: &str, strings: &Strings) -> String {
    if let Ok(date) = text.parse() {
        return print_date(date);
    }
    let family = family(field);
    if MOMENTS.contains(&family)
        && let Ok(at) = DateTime::parse_from_rfc3339(text)
    {
        return at.format("%H:%M").to_string();
    }
    if let Some(named) = named_value(text, &family, strings) {
        return named.to_owned();
    }
    if *field == field::LEAD_UNIT {
        return match Lead::parse(text) {
            Some(Lead::Unit(unit)) => board.record(unit).map(roster::code).unwrap_or_default().to_owned(),
            _ => strings.every_unit.to_owned(),
        };
    }
    let other = text.parse().ok().and_then(|id| board.record(id));
    other.map_or(text, short_name).to_owned()
}

fn named_value(text: &str, field: &Field, strings: &Strings) -> Option<&'static str> {
    match field.as_str() {
        "nature" => DifficultyNature::named(text).map(|value| strings.nature(value)),
        "authority" => Authority::named(text).map(|value| strings.authority(value)),
        "task_kind" => TaskKind::named(text).map(|value| strings.task_kind(value)),
        "part" => ConclusionPart::named(text).map(|value| strings.conclusion_part(value)),
        "part_played" => PartPlayed::named(text).map(|value| strings.part_played(value)),
        "attendance" => Attendance::named(text).map(|value| strings.attendance(value)),
        "item_kind" => AgendaKind::named(text).map(|value| strings.agenda_kind(value)),
        "layout" => Layout::named(text).map(|value| strings.layout(value)),
        _ => None,
    }
}

/// How a record is called in a list of others: its number or code, else its title or text.
pub fn short_name(record: &Record) -> &str {
    let coded = record.short_number().or_else(|| record.text(&field::CODE));
    coded.unwrap_or_else(|| record.wording())
}
