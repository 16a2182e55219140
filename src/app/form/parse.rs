//! From what is typed into a field to its value: dates, times, quarters, tags.

use std::ops::RangeInclusive;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};

use super::{Input, Spec};
use crate::{
    domain::{
        change::Field,
        conclusion,
        deadline::{self, Deadline},
        edit::Edit,
        field::{self, set},
        kind::{Kind, TaskKind},
        quarter::Quarter,
        record::Record,
        roll_call,
    },
    i18n::{Strings, fill},
};

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

/// The edit that a typed text makes of a field. A time of day that is kept as a moment is one of the day of `at`.
///
/// # Errors
/// The text is no date, time or number where one is needed.
pub fn parse(
    spec: &Spec,
    record: Option<&Record>,
    text: &str,
    at: DateTime<FixedOffset>,
) -> Result<Vec<Edit>, FieldError> {
    let text = text.trim();
    let one = |edit| Ok(vec![edit]);
    if let Some((family, sitting)) = roll_call::family(&spec.field).filter(|_| spec.is_typed()) {
        let edit = attended(&family, text, at)?;
        let placed = |sitting| Edit::InSitting(sitting, Box::new(edit.clone()));
        return one(sitting.map_or_else(|| edit.clone(), placed));
    }
    match spec.input {
        Input::Date => dated(&spec.field, parse_date(text)?).map(|edit| vec![edit]),
        Input::Time => one(timed(&spec.field, record, parse_time(text)?, at)),
        Input::Deadline => one(due(record, text, at.date_naive())),
        Input::Minutes => {
            let minutes = text.parse().ok().filter(|minutes| *minutes <= 24 * 60);
            let edit = if spec.field == field::SPEECH_LIMIT { Edit::SpeechLimit } else { Edit::Planned };
            minutes.map(|minutes| vec![edit(minutes)]).ok_or_else(|| FieldError::Minutes(text.to_owned()))
        }
        Input::Quarter => {
            let (quarter, year) = text.split_once(['/', '-', ' ']).ok_or(FieldError::Quarter)?;
            parse_quarter(quarter, year).map(|quarter| vec![Edit::Quarter(quarter)])
        }
        Input::Tags => Ok(tags(record, text)),
        _ => one(worded(&spec.field, text.to_owned())),
    }
}

fn attended(family: &Field, text: &str, at: DateTime<FixedOffset>) -> Result<Edit, FieldError> {
    let moment = || -> Result<_, FieldError> {
        let time = parse_time(text)?;
        Ok(time.and_then(|time| at.with_time(time).single()))
    };
    Ok(match family.as_str() {
        "arrived" => Edit::Arrived(moment()?),
        "left" => Edit::Left(moment()?),
        "substitute_for" => Edit::SubstituteFor(text.to_owned()),
        _ => Edit::AbsenceReason(text.to_owned()),
    })
}

/// A time of day is one of the day on which the field's moment was, else the other end of the same span; a day that was left
/// open by mistake is so put right by its time alone.
fn timed(field: &Field, record: Option<&Record>, time: Option<NaiveTime>, at: DateTime<FixedOffset>) -> Edit {
    let known = [field.clone(), field::STARTED_AT, field::ENDED_AT];
    let day = known.iter().find_map(|field| record?.moment(field)).unwrap_or(at);
    let moment = time.and_then(|time| day.with_time(time).single());
    match field.as_str() {
        "started_at" => Edit::StartedAt(moment),
        "ended_at" => Edit::EndedAt(moment),
        "closed_at" => Edit::ClosedAt(moment),
        _ => Edit::Begins(time),
    }
}

fn dated(field: &Field, date: Option<NaiveDate>) -> Result<Edit, FieldError> {
    match (field.as_str(), date) {
        ("date", date) => date.map(Edit::Date).ok_or_else(|| FieldError::Date(String::new())),
        ("valid_from", date) => Ok(Edit::ValidFrom(date)),
        ("valid_to", date) => Ok(Edit::ValidTo(date)),
        ("signed_on", date) => Ok(Edit::SignedOn(date)),
        (_, date) => Ok(Edit::DoneOn(date)),
    }
}

/// A deadline as it was said, with the day that it names. A standing task that gets a day is one no more.
fn due(record: Option<&Record>, text: &str, on: NaiveDate) -> Edit {
    let found = deadline::of_field(text, on);
    let task = record.filter(|record| record.kind() != Some(Kind::Recommendation));
    let stood = task.is_some_and(|task| conclusion::task_kind(task) == TaskKind::Standing);
    let once = matches!(found, Deadline::Day(_) if stood).then_some(TaskKind::Dated);
    let kind = found.task_kind().filter(|_| task.is_some()).or(once);
    let is_plain = matches!(parse_date(text), Ok(Some(_)));
    let says_all = is_plain || kind.is_some() && found.day().is_none();
    let words = if says_all { String::new() } else { text.to_owned() };
    Edit::Deadline { words, day: found.day(), kind }
}

fn worded(field: &Field, text: String) -> Edit {
    match field.as_str() {
        "title" => Edit::Title(text),
        "code" => Edit::Code(text),
        "post" => Edit::Post(text),
        "figure" => Edit::Figure(text),
        "place" => Edit::Place(text),
        "locality" => Edit::Locality(text),
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

#[cfg(test)]
mod tests {
    use super::super::specs;
    use super::*;
    use crate::domain::{
        command::Command,
        testing::{Desk, eight_o_clock},
    };

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
                    Input::Date | Input::Deadline => "10/3/2023",
                    Input::Time => "8:00",
                    Input::Quarter => "II/2023",
                    _ => "15",
                };
                for edit in parse(spec, None, typed, DateTime::default()).unwrap() {
                    assert!(edit.fits(*kind), "{edit:?} on {kind:?}");
                }
            }
        }
    }

    #[test]
    fn a_time_is_put_right_on_the_day_on_which_it_was() {
        let at = |text| DateTime::parse_from_rfc3339(text).unwrap();
        let mut desk = crate::domain::testing::Desk::at_session(1);
        let item = crate::domain::testing::ITEMS[0];
        let began = at("2023-03-09T08:05:00+07:00");
        desk.edit(item, Edit::StartedAt(Some(began))).unwrap();
        let record = desk.board.record(item);
        let now = at("2023-03-12T10:00:00+07:00");
        let typed = |field, record, text| parse(&Spec::new(field, Input::Time), record, text, now).unwrap();
        let ended = at("2023-03-09T11:30:00+07:00");
        assert_eq!(typed(field::ENDED_AT, record, "11h30"), [Edit::EndedAt(Some(ended))]);
        let begins = at("2023-03-09T08:00:00+07:00");
        assert_eq!(typed(field::STARTED_AT, record, "8h"), [Edit::StartedAt(Some(begins))]);
        assert_eq!(typed(field::STARTED_AT, record, ""), [Edit::StartedAt(None)]);
        let today = at("2023-03-12T08:00:00+07:00");
        assert_eq!(typed(field::ENDED_AT, None, "8h"), [Edit::EndedAt(Some(today))]);
    }

    #[test]
    fn a_deadline_keeps_its_words_unless_they_are_just_the_date() {
        let mut desk = Desk::at_session(1);
        let [task, asked] = [Kind::Task, Kind::Recommendation].map(|kind| desk.line(kind, "rà soát"));
        let spec = Spec::new(field::DUE, Input::Deadline);
        let typed = |desk: &Desk, id, text| {
            let edits = parse(&spec, desk.board.record(id), text, eight_o_clock()).unwrap();
            edits.into_iter().next().unwrap()
        };
        let due = |words: &str, day: Option<(u32, u32)>, kind| Edit::Deadline {
            words: words.into(),
            day: day.and_then(|(month, day)| NaiveDate::from_ymd_opt(2023, month, day)),
            kind,
        };
        let quarterly = Some(TaskKind::Quarterly);
        let table = [
            (task, "30/6/2023", due("", Some((6, 30)), None)),
            (task, "trong quý II/2023", due("trong quý II/2023", Some((6, 30)), None)),
            (task, "sớm", due("sớm", None, None)),
            (task, "32/13/2023", due("32/13/2023", None, None)),
            (task, "", due("", None, None)),
            (task, "hằng quý", due("", None, quarterly)),
            (task, "hằng quý đến hết năm 2023", due("hằng quý đến hết năm 2023", Some((12, 31)), quarterly)),
            (asked, "hằng quý", due("hằng quý", None, None)),
        ];
        for (id, text, edit) in table {
            assert_eq!(typed(&desk, id, text), edit, "{text}");
        }
        desk.submit(&Command::Edit { record: task, edit: Edit::TaskKind(TaskKind::Standing), seen: vec![] })
            .unwrap();
        assert_eq!(typed(&desk, task, "30/6/2023"), due("", Some((6, 30)), Some(TaskKind::Dated)));
    }

    #[test]
    fn a_session_keeps_its_date() {
        let spec = Spec::new(field::DATE, Input::Date);
        assert_eq!(parse(&spec, None, "", DateTime::default()), Err(FieldError::Date(String::new())));
    }
}
