//! The fields that a person edits of each kind of record: how they are shown, typed and chosen.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        board::Board,
        change::{Field, Value},
        conclusion, difficulty,
        edit::{Edit, Lead, WEIGHTS},
        field::{self, set},
        ids::RecordId,
        kind::{
            AgendaKind, Attendance, Authority, ConclusionPart, DifficultyNature, Kind, Layout, PartPlayed,
        },
        quarter::Quarter,
        record::Record,
        roster,
        session::Session,
    },
    i18n::{Strings, fill},
};

/// How a field is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// Typed: a text of many lines.
    Text,
    /// Typed: one line.
    Line,
    /// Typed: a date, `10/3/2023`.
    Date,
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

    fn set(name: &'static str, input: Input) -> Self {
        Self { field: Field::named(name), input }
    }

    /// The label.
    pub fn label(&self, strings: &Strings) -> &'static str {
        match self.field.as_str() {
            set::TAG => strings.field_tags,
            set::SUPPORT => strings.field_support,
            set::SAME_OPINION => strings.field_same,
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
        Kind::Unit => vec![Spec::new(field::CODE, I::Line)],
        Kind::Attendee => vec![
            Spec::new(field::POST, I::Line),
            Spec::new(field::UNIT, I::Choice),
            Spec::new(field::PART_PLAYED, I::Choice),
            Spec::new(field::ATTENDANCE, I::Choice),
            Spec::new(field::SUBSTITUTE_FOR, I::Line),
        ],
        Kind::AgendaItem => vec![
            Spec::new(field::PLANNED, I::Minutes),
            Spec::new(field::ITEM_KIND, I::Choice),
            Spec::new(field::RESULT, I::Text),
        ],
        Kind::Section => vec![Spec::new(field::UNIT, I::Choice), Spec::new(field::SPEAKER, I::Choice)],
        Kind::Target => vec![Spec::new(field::FIGURE, I::Line)],
        Kind::Signature => vec![Spec::new(field::UNIT, I::Choice), Spec::new(field::SIGNED_ON, I::Date)],
        Kind::Difficulty => [vec![Spec::new(field::NATURE, I::Choice)], captured_specs()].concat(),
        Kind::Note | Kind::Opinion | Kind::Cause => captured_specs(),
        Kind::Solution => [vec![Spec::set(set::ANSWERS, I::Many)], work_specs(), captured_specs()].concat(),
        Kind::Recommendation => recommendation_specs(),
        Kind::Conclusion => vec![
            Spec::new(field::PART, I::Choice),
            Spec::set(set::ANSWERS, I::Many),
            Spec::set(set::FOLLOWS, I::Many),
            Spec::new(field::SAMPLE, I::Choice),
        ],
        Kind::Task => {
            let links = vec![Spec::set(set::ANSWERS, I::Many), Spec::set(set::FOLLOWS, I::Many)];
            [work_specs(), links, vec![Spec::new(field::SAMPLE, I::Choice)]].concat()
        }
        _ => Vec::new(),
    };
    specs.extend(more);
    specs
}

fn session_specs() -> Vec<Spec> {
    use Input as I;
    vec![
        Spec::new(field::QUARTER, I::Quarter),
        Spec::new(field::DATE, I::Date),
        Spec::new(field::BEGINS, I::Time),
        Spec::new(field::PLACE, I::Line),
        Spec::new(field::CLUSTER, I::Line),
        Spec::new(field::HEAD_UNIT, I::Choice),
        Spec::new(field::CHAIR, I::Choice),
        Spec::new(field::RECORDER, I::Choice),
        Spec::new(field::SUPERIOR, I::Line),
        Spec::new(field::ISSUER, I::Line),
        Spec::new(field::LAYOUT, I::Choice),
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
        Spec::new(field::SAMPLE, I::Choice),
    ]
}

fn work_specs() -> Vec<Spec> {
    use Input as I;
    vec![
        Spec::new(field::LEAD_UNIT, I::Choice),
        Spec::set(set::SUPPORT, I::Many),
        Spec::new(field::DUE, I::Date),
        Spec::new(field::DELIVERABLE, I::Line),
        Spec::new(field::DONE_ON, I::Date),
    ]
}

fn recommendation_specs() -> Vec<Spec> {
    use Input as I;
    vec![
        Spec::new(field::AUTHORITY, I::Choice),
        Spec::new(field::ADDRESSEE, I::Line),
        Spec::set(set::ANSWERS, I::Many),
        Spec::new(field::DUE, I::Date),
        Spec::new(field::ANSWER, I::Text),
        Spec::new(field::UNIT, I::Choice),
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
        set::SUPPORT | set::SAME_OPINION | set::ANSWERS | set::FOLLOWS => {
            let named = record.linked(name).filter_map(|id| board.record(id)).map(short_name);
            named.collect::<Vec<_>>().join(", ")
        }
        _ if spec.input == Input::Quarter => {
            let quarter = Session::of(board).and_then(Session::quarter);
            quarter.map(|quarter| quarter.to_string()).unwrap_or_default()
        }
        _ => show_value(board, record, &spec.field, strings),
    }
}

fn show_value(board: &Board, record: &Record, field: &Field, strings: &Strings) -> String {
    if let Some(date) = record.date(field) {
        return print_date(date);
    }
    let named = named_value(record, field, strings);
    if let Some(named) = named {
        return named.to_owned();
    }
    match record.value(field) {
        Some(Value::Flag(true)) => strings.yes.to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Text(text)) if *field == field::LEAD_UNIT => match Lead::parse(text) {
            Some(Lead::Unit(unit)) => board.record(unit).map(roster::code).unwrap_or_default().to_owned(),
            _ => strings.every_unit.to_owned(),
        },
        Some(Value::Text(text)) => match record.link(field).and_then(|id| board.record(id)) {
            Some(other) => short_name(other).to_owned(),
            None => text.to_string(),
        },
        _ => String::new(),
    }
}

fn named_value(record: &Record, field: &Field, strings: &Strings) -> Option<&'static str> {
    let text = record.text(field)?;
    match field.as_str() {
        "nature" => DifficultyNature::named(text).map(|value| strings.nature(value)),
        "authority" => Authority::named(text).map(|value| strings.authority(value)),
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

/// A choice: what it says, and the edit it makes; `on` is set where it holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the list shows.
    pub label: String,
    /// What choosing it does.
    pub edit: Edit,
    /// Whether it holds now.
    pub on: bool,
}

/// The choices of a chosen field.
pub fn choices(board: &Board, record: &Record, spec: &Spec, strings: &Strings) -> Vec<Choice> {
    if spec.input == Input::Many {
        return many(board, record, spec);
    }
    let options = options(board, &spec.field, strings);
    let now = record.value(&spec.field).cloned().unwrap_or(Value::Absent);
    let choice = |(label, edit): (String, Edit)| {
        let value = edit.value();
        Choice { label, edit, on: value == now }
    };
    options.into_iter().map(choice).collect()
}

/// Names and edits of a field that takes one of few values.
fn options(board: &Board, field: &Field, s: &Strings) -> Vec<(String, Edit)> {
    let none = || s.none.to_owned();
    match field.as_str() {
        "nature" => list(DifficultyNature::ALL, |v| s.nature(v), Edit::Nature),
        "authority" => {
            let mut all = vec![(none(), Edit::Authority(None))];
            all.extend(list(Authority::ALL, |v| s.authority(v), |v| Edit::Authority(Some(v))));
            all
        }
        "part" => list(ConclusionPart::ALL, |v| s.conclusion_part(v), Edit::Part),
        "part_played" => list(PartPlayed::ALL, |v| s.part_played(v), Edit::PartPlayed),
        "attendance" => list(Attendance::ALL, |v| s.attendance(v), Edit::Attendance),
        "item_kind" => list(AgendaKind::ALL, |v| s.agenda_kind(v), Edit::ItemKind),
        "layout" => list(Layout::ALL, |v| s.layout(v), Edit::Layout),
        "check_later" => flag(s, Edit::CheckLater),
        "sample" => flag(s, Edit::Sample),
        "weight" => WEIGHTS.map(|w| ("!".repeat(w.into()), Edit::Weight(w))).collect(),
        "unit" => records(board, Kind::Unit, none(), Edit::Unit),
        "head_unit" => records(board, Kind::Unit, none(), Edit::HeadUnit),
        "speaker" => records(board, Kind::Attendee, none(), Edit::Speaker),
        "chair" => records(board, Kind::Attendee, none(), Edit::Chair),
        "recorder" => records(board, Kind::Attendee, none(), Edit::Recorder),
        "item" => records(board, Kind::AgendaItem, none(), Edit::Item),
        "lead_unit" => {
            let lead = |unit: Option<RecordId>| Edit::LeadUnit(unit.map(Lead::Unit));
            let mut all = records(board, Kind::Unit, none(), lead);
            all.push((s.every_unit.to_owned(), Edit::LeadUnit(Some(Lead::Each))));
            all
        }
        _ => Vec::new(),
    }
}

fn list<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
    edit: impl Fn(T) -> Edit,
) -> Vec<(String, Edit)> {
    all.iter().map(|value| (name(*value).to_owned(), edit(*value))).collect()
}

fn flag(strings: &Strings, edit: impl Fn(bool) -> Edit) -> Vec<(String, Edit)> {
    vec![(strings.yes.to_owned(), edit(true)), (strings.no.to_owned(), edit(false))]
}

fn records(
    board: &Board,
    kind: Kind,
    none: String,
    edit: impl Fn(Option<RecordId>) -> Edit,
) -> Vec<(String, Edit)> {
    let named = |record: &Record| match record.text(&field::CODE) {
        Some(code) => format!("{code}  {}", record.wording()),
        None => record.wording().to_owned(),
    };
    let found = board.of_kind(kind).into_iter().map(|record| (named(record), edit(Some(record.id))));
    std::iter::once((none, edit(None))).chain(found).collect()
}

/// The members a set could have.
fn many(board: &Board, record: &Record, spec: &Spec) -> Vec<Choice> {
    let set = spec.field.as_str();
    let members: Vec<RecordId> = record.linked(set).collect();
    let make = |id: RecordId, on: bool| match set {
        set::SUPPORT => Edit::Support(id, on),
        set::SAME_OPINION => Edit::SameOpinion(id, on),
        set::FOLLOWS => Edit::Follows(id, on),
        _ => Edit::Answers(id, on),
    };
    let candidates: Vec<&Record> = match set {
        set::SUPPORT | set::SAME_OPINION => board.of_kind(Kind::Unit),
        set::FOLLOWS => [Kind::Conclusion, Kind::Recommendation, Kind::Solution]
            .iter()
            .flat_map(|kind| board.of_kind(*kind))
            .collect(),
        _ => difficulty::main_difficulties(board),
    };
    let others = candidates.into_iter().filter(|other| other.id != record.id);
    others
        .map(|other| {
            let on = members.contains(&other.id);
            let label = format!("{}  {}", short_name(other), other.wording());
            Choice { label, edit: make(other.id, !on), on }
        })
        .collect()
}

/// Why a typed value was not taken; the text stays where it was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Not a date.
    #[error("not a date: {0}")]
    Date(String),
    /// Not a time.
    #[error("not a time: {0}")]
    Time(String),
    /// Not a number of minutes.
    #[error("not minutes: {0}")]
    Minutes(String),
    /// Not a quarter.
    #[error("not a quarter")]
    Quarter,
    /// Not a year.
    #[error("not a year: {0}")]
    Year(String),
}

impl FieldError {
    /// What is wrong, in the person's language.
    pub fn words(&self, strings: &Strings) -> String {
        match self {
            Self::Date(text) => fill(strings.error_date, &[text]),
            Self::Time(text) => fill(strings.error_time, &[text]),
            Self::Minutes(text) => fill(strings.error_number, &[text]),
            Self::Quarter => strings.error_quarter.to_owned(),
            Self::Year(text) => fill(strings.error_year, &[text]),
        }
    }
}

/// The edit that a typed text makes of a field.
///
/// # Errors
/// The text is no date, time or number where one is needed.
pub fn parse(spec: &Spec, record: Option<&Record>, text: &str) -> Result<Vec<Edit>, FieldError> {
    let text = text.trim();
    let one = |edit| Ok(vec![edit]);
    match spec.input {
        Input::Date => dated(&spec.field, parse_date(text)?).map(|edit| vec![edit]),
        Input::Time => parse_time(text).map(|time| vec![Edit::Begins(time)]),
        Input::Minutes => {
            let minutes = text.parse().ok().filter(|minutes| *minutes <= 24 * 60);
            minutes.map(|m| vec![Edit::Planned(m)]).ok_or_else(|| FieldError::Minutes(text.to_owned()))
        }
        Input::Quarter => {
            let (quarter, year) = text.split_once(['/', '-', ' ']).ok_or(FieldError::Quarter)?;
            parse_quarter(quarter, year).map(|quarter| vec![Edit::Quarter(quarter)])
        }
        Input::Tags => Ok(tags(record, text)),
        _ => one(worded(&spec.field, text.to_owned())),
    }
}

fn dated(field: &Field, date: Option<NaiveDate>) -> Result<Edit, FieldError> {
    match (field.as_str(), date) {
        ("date", date) => date.map(Edit::Date).ok_or_else(|| FieldError::Date(String::new())),
        ("done_on", date) => Ok(Edit::DoneOn(date)),
        ("signed_on", date) => Ok(Edit::SignedOn(date)),
        (_, date) => Ok(Edit::Due(date)),
    }
}

fn worded(field: &Field, text: String) -> Edit {
    match field.as_str() {
        "title" => Edit::Title(text),
        "code" => Edit::Code(text),
        "post" => Edit::Post(text),
        "substitute_for" => Edit::SubstituteFor(text),
        "figure" => Edit::Figure(text),
        "place" => Edit::Place(text),
        "cluster" => Edit::Cluster(text),
        "superior" => Edit::Superior(text),
        "issuer" => Edit::Issuer(text),
        "addressee" => Edit::Addressee(text),
        "answer" => Edit::Answer(text),
        "deliverable" => Edit::Deliverable(text),
        "result" => Edit::Result(text),
        _ => Edit::Text(text),
    }
}

/// The edits that turn a record's tags into those typed.
fn tags(record: Option<&Record>, text: &str) -> Vec<Edit> {
    let wanted: Vec<String> =
        text.split_whitespace().map(|tag| crate::text::nfc::clean(tag.trim_start_matches('#'))).collect();
    let now: Vec<&str> = record.map(|record| record.members(set::TAG).collect()).unwrap_or_default();
    let gone = now.iter().filter(|tag| !wanted.iter().any(|w| w == *tag));
    let gone = gone.map(|tag| Edit::Tag((*tag).to_owned(), false));
    let new = wanted.iter().filter(|tag| !tag.is_empty() && !now.contains(&tag.as_str()));
    gone.chain(new.map(|tag| Edit::Tag(tag.clone(), true))).collect()
}

/// A date as people write it: `10/3/2023`, `10-3-2023`, `2023-03-10`; nothing typed is no date.
///
/// # Errors
/// The text is something else, or a day that does not exist.
pub fn parse_date(text: &str) -> Result<Option<NaiveDate>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || FieldError::Date(text.to_owned());
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [first, month, last] = parts[..] else { return Err(bad()) };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let number = |part: &str, digits: RangeInclusive<usize>| {
        part.trim().parse::<u32>().ok().filter(|_| digits.contains(&part.trim().len()))
    };
    let date = number(year, 4..=4).and_then(|year| {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(month, 1..=2)?, number(day, 1..=2)?)
    });
    date.map(Some).ok_or_else(bad)
}

/// A time as people write it: `8:00`, `08h00`, `8h`; nothing typed is no time.
///
/// # Errors
/// The text is something else.
pub fn parse_time(text: &str) -> Result<Option<NaiveTime>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || FieldError::Time(text.to_owned());
    let (hour, minute) = text.split_once([':', 'h', 'g']).ok_or_else(bad)?;
    let minute = if minute.is_empty() { "0" } else { minute };
    let parse = |part: &str| part.trim().parse::<u32>().ok().filter(|_| part.trim().len() <= 2);
    let time = parse(hour).zip(parse(minute)).and_then(|(h, m)| NaiveTime::from_hms_opt(h, m, 0));
    time.map(Some).ok_or_else(bad)
}

/// A quarter as people write it: `1`, `I`, `iv`.
///
/// # Errors
/// The quarter is not 1 to 4, or the year not of four digits.
pub fn parse_quarter(quarter: &str, year: &str) -> Result<Quarter, FieldError> {
    let number = match quarter.trim().to_uppercase().as_str() {
        "1" | "I" => 1,
        "2" | "II" => 2,
        "3" | "III" => 3,
        "4" | "IV" => 4,
        _ => return Err(FieldError::Quarter),
    };
    let year = year.trim();
    let parsed = year.parse().ok().and_then(|year| Quarter::new(year, number));
    parsed.ok_or_else(|| FieldError::Year(year.to_owned()))
}

/// A date as the office writes it: `10/3/2023`.
pub fn print_date(date: NaiveDate) -> String {
    date.format("%-d/%-m/%Y").to_string()
}

/// Whether a task lacks what every task must have.
pub fn task_is_complete(record: &Record) -> bool {
    conclusion::lead(record).is_some()
        && record.date(&field::DUE).is_some()
        && record.text(&field::DELIVERABLE).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let date = NaiveDate::from_ymd_opt(2023, 3, 10);
        for text in ["10/3/2023", "10/03/2023", "10-3-2023", "2023-03-10", " 10.3.2023 "] {
            assert_eq!(parse_date(text), Ok(date), "{text}");
        }
        assert_eq!(parse_date(""), Ok(None));
    }

    #[test]
    fn wrong_dates_times_and_quarters_are_refused_with_what_was_typed() {
        for text in ["32/13/2023", "29/2/2023", "10/3", "10/3/23", "mai", "10/3/2023/1", "010/3/2023"] {
            assert_eq!(parse_date(text), Err(FieldError::Date(text.to_owned())));
        }
        for text in ["25:00", "8", "tám giờ", "8:61", "08:009"] {
            assert_eq!(parse_time(text), Err(FieldError::Time(text.to_owned())));
        }
        assert_eq!(parse_quarter("5", "2023"), Err(FieldError::Quarter));
        assert_eq!(parse_quarter("1", "23"), Err(FieldError::Year("23".to_owned())));
        assert_eq!(parse_quarter("IV", "2023").ok(), Quarter::new(2023, 4));
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for text in ["8:00", "08:00", "8h", "8h00", "8g00"] {
            assert_eq!(parse_time(text), Ok(NaiveTime::from_hms_opt(8, 0, 0)), "{text}");
        }
    }

    #[test]
    fn every_field_of_every_kind_fits_it() {
        for kind in Kind::ALL {
            for spec in specs(*kind).iter().filter(|spec| spec.is_typed()) {
                let typed = match spec.input {
                    Input::Date => "10/3/2023",
                    Input::Time => "8:00",
                    Input::Quarter => "II/2023",
                    _ => "15",
                };
                for edit in parse(spec, None, typed).unwrap() {
                    assert!(edit.fits(*kind), "{edit:?} on {kind:?}");
                }
            }
        }
    }

    #[test]
    fn a_session_keeps_its_date() {
        let spec = Spec::new(field::DATE, Input::Date);
        assert_eq!(parse(&spec, None, ""), Err(FieldError::Date(String::new())));
    }
}
