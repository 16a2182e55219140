//! One field's new content, typed: what it may hold, and on which kinds of record it makes sense.

#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{
    change::{Field, Value},
    field::{self, set},
    ids::RecordId,
    kind::{
        AgendaKind, Attendance, Authority, ConclusionPart, DifficultyNature, Kind, Layout, PartPlayed,
        TaskKind,
    },
    quarter::Quarter,
    roll_call,
};

/// Weights run from 0 to 3 (`!!!`).
pub const WEIGHTS: RangeInclusive<u8> = 0..=3;

/// Years outside this range are slips of the keyboard.
pub const YEARS: RangeInclusive<i32> = 1900..=2199;

/// Who leads a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lead {
    /// One unit.
    Unit(RecordId),
    /// Mỗi đơn vị: the task fans out.
    Each,
}

/// How a lead of every unit stands in the log.
const EACH: &str = "each";

impl Lead {
    /// The lead that a field's text names.
    pub fn parse(text: &str) -> Option<Self> {
        if text == EACH { Some(Self::Each) } else { text.parse().ok().map(Self::Unit) }
    }
}

/// A field and what it shall hold. Empty texts and `None` clear the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is the field of its name, documented in `field`")]
pub enum Edit {
    Text(String),
    Title(String),
    Code(String),
    Post(String),
    Nature(DifficultyNature),
    Weight(u8),
    CheckLater(bool),
    Sample(bool),
    Unit(Option<RecordId>),
    Speaker(Option<RecordId>),
    Item(Option<RecordId>),
    Theme(Option<RecordId>),
    Speech(Option<RecordId>),
    Authority(Option<Authority>),
    Addressee(String),
    Answer(String),
    LeadUnit(Option<Lead>),
    Due(Option<NaiveDate>),
    /// A deadline as it was said, the day that it names, and how often the work is to be done if that was said too.
    Deadline {
        words: String,
        day: Option<NaiveDate>,
        kind: Option<TaskKind>,
    },
    TaskKind(TaskKind),
    Deliverable(String),
    DoneOn(Option<NaiveDate>),
    Part(ConclusionPart),
    ItemKind(AgendaKind),
    Planned(u16),
    SpeechLimit(u16),
    StartedAt(Option<DateTime<FixedOffset>>),
    EndedAt(Option<DateTime<FixedOffset>>),
    Result(String),
    Quarter(Quarter),
    Date(NaiveDate),
    Begins(Option<NaiveTime>),
    ClosedAt(Option<DateTime<FixedOffset>>),
    Place(String),
    Locality(String),
    Cluster(String),
    HeadUnit(Option<RecordId>),
    DeputyUnit(Option<RecordId>),
    Superior(String),
    Issuer(String),
    Chair(Option<RecordId>),
    Recorder(Option<RecordId>),
    Layout(Layout),
    PartPlayed(PartPlayed),
    Attendance(Attendance),
    Arrived(Option<DateTime<FixedOffset>>),
    Left(Option<DateTime<FixedOffset>>),
    SubstituteFor(String),
    AbsenceReason(String),
    Venue(Option<RecordId>),
    /// What a field of attendance shall hold at a sitting other than the first.
    InSitting(RecordId, Box<Edit>),
    Figure(String),
    SignedOn(Option<NaiveDate>),
    ValidFrom(Option<NaiveDate>),
    ValidTo(Option<NaiveDate>),
    Successor(Option<RecordId>),
    Parent(RecordId),
    Tag(String, bool),
    SampleOf(String, bool),
    Support(RecordId, bool),
    SameOpinion(RecordId, bool),
    AlsoUnit(RecordId, bool),
    Answers(RecordId, bool),
    Follows(RecordId, bool),
    Proposed(bool),
    Carried(bool),
    Arranged(bool),
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Absent } else { text.into() }
}

fn shown<T>(value: Option<T>, show: impl FnOnce(T) -> String) -> Value {
    value.map_or(Value::Absent, |value| show(value).into())
}

fn link(id: Option<RecordId>) -> Value {
    shown(id, |id| id.to_string())
}

fn date(date: Option<NaiveDate>) -> Value {
    shown(date, |date| date.to_string())
}

fn moment(moment: Option<DateTime<FixedOffset>>) -> Value {
    shown(moment, |moment| moment.to_rfc3339())
}

fn member(on: bool) -> Value {
    if on { true.into() } else { Value::Absent }
}

impl Edit {
    /// The writes it amounts to: one field, except for a quarter, which is a year and a number, and a deadline as it was said.
    pub fn fields(&self) -> Vec<(Field, Value)> {
        match self {
            Self::Quarter(quarter) => vec![
                (field::YEAR, i64::from(quarter.year()).into()),
                (field::QUARTER, i64::from(quarter.number()).into()),
            ],
            Self::Deadline { words, day, kind } => {
                let kind = kind.map(|kind| (field::TASK_KIND, kind.into()));
                [(field::DUE, date(*day)), (field::DUE_WORDS, text(words))].into_iter().chain(kind).collect()
            }
            _ => vec![(self.field(), self.value())],
        }
    }

    /// The field it writes (for a quarter, the quarter's number; for a deadline, the day).
    pub fn field(&self) -> Field {
        match self {
            Self::Text(_) => field::TEXT,
            Self::Title(_) => field::TITLE,
            Self::Code(_) => field::CODE,
            Self::Post(_) => field::POST,
            Self::Nature(_) => field::NATURE,
            Self::Weight(_) => field::WEIGHT,
            Self::CheckLater(_) => field::CHECK_LATER,
            Self::Sample(_) => field::SAMPLE,
            Self::Unit(_) => field::UNIT,
            Self::Speaker(_) => field::SPEAKER,
            Self::Item(_) => field::ITEM,
            Self::Theme(_) => field::THEME,
            Self::Speech(_) => field::SPEECH,
            Self::Authority(_) => field::AUTHORITY,
            Self::Addressee(_) => field::ADDRESSEE,
            Self::Answer(_) => field::ANSWER,
            Self::LeadUnit(_) => field::LEAD_UNIT,
            Self::Due(_) | Self::Deadline { .. } => field::DUE,
            Self::TaskKind(_) => field::TASK_KIND,
            Self::Deliverable(_) => field::DELIVERABLE,
            Self::DoneOn(_) => field::DONE_ON,
            Self::Part(_) => field::PART,
            Self::ItemKind(_) => field::ITEM_KIND,
            Self::Planned(_) => field::PLANNED,
            Self::SpeechLimit(_) => field::SPEECH_LIMIT,
            Self::StartedAt(_) => field::STARTED_AT,
            Self::EndedAt(_) => field::ENDED_AT,
            Self::Result(_) => field::RESULT,
            Self::Quarter(_) => field::QUARTER,
            Self::Date(_) => field::DATE,
            Self::Begins(_) => field::BEGINS,
            Self::ClosedAt(_) => field::CLOSED_AT,
            Self::Place(_) => field::PLACE,
            Self::Locality(_) => field::LOCALITY,
            Self::Cluster(_) => field::CLUSTER,
            Self::HeadUnit(_) => field::HEAD_UNIT,
            Self::DeputyUnit(_) => field::DEPUTY_UNIT,
            Self::Superior(_) => field::SUPERIOR,
            Self::Issuer(_) => field::ISSUER,
            Self::Chair(_) => field::CHAIR,
            Self::Recorder(_) => field::RECORDER,
            Self::Layout(_) => field::LAYOUT,
            Self::PartPlayed(_) => field::PART_PLAYED,
            Self::Attendance(_) => field::ATTENDANCE,
            Self::Arrived(_) => field::ARRIVED,
            Self::Left(_) => field::LEFT,
            Self::SubstituteFor(_) => field::SUBSTITUTE_FOR,
            Self::AbsenceReason(_) => field::ABSENCE_REASON,
            Self::Venue(_) => field::VENUE,
            Self::InSitting(sitting, edit) => Field::member(edit.field().as_str(), sitting),
            Self::Figure(_) => field::FIGURE,
            Self::SignedOn(_) => field::SIGNED_ON,
            Self::ValidFrom(_) => field::VALID_FROM,
            Self::ValidTo(_) => field::VALID_TO,
            Self::Successor(_) => field::SUCCESSOR,
            Self::Parent(_) => field::PARENT,
            Self::Tag(tag, _) => Field::member(set::TAG, tag),
            Self::SampleOf(field, _) => Field::member(set::SAMPLE_OF, field),
            Self::Support(unit, _) => Field::member(set::SUPPORT, unit),
            Self::SameOpinion(unit, _) => Field::member(set::SAME_OPINION, unit),
            Self::AlsoUnit(unit, _) => Field::member(set::ALSO, unit),
            Self::Answers(record, _) => Field::member(set::ANSWERS, record),
            Self::Follows(record, _) => Field::member(set::FOLLOWS, record),
            Self::Proposed(_) => field::PROPOSED,
            Self::Carried(_) => field::CARRIED,
            Self::Arranged(_) => field::ARRANGED,
        }
    }

    /// What the field shall hold.
    pub fn value(&self) -> Value {
        match self {
            Self::Text(t)
            | Self::Title(t)
            | Self::Code(t)
            | Self::Post(t)
            | Self::Addressee(t)
            | Self::Answer(t)
            | Self::Deliverable(t)
            | Self::Result(t)
            | Self::Place(t)
            | Self::Locality(t)
            | Self::Cluster(t)
            | Self::Superior(t)
            | Self::Issuer(t)
            | Self::SubstituteFor(t)
            | Self::AbsenceReason(t)
            | Self::Figure(t) => text(t),
            Self::Unit(id)
            | Self::Speaker(id)
            | Self::Item(id)
            | Self::Theme(id)
            | Self::Speech(id)
            | Self::HeadUnit(id)
            | Self::DeputyUnit(id)
            | Self::Chair(id)
            | Self::Recorder(id)
            | Self::Venue(id)
            | Self::Successor(id) => link(*id),
            Self::Parent(id) => link(Some(*id)),
            Self::Due(day)
            | Self::Deadline { day, .. }
            | Self::DoneOn(day)
            | Self::SignedOn(day)
            | Self::ValidFrom(day)
            | Self::ValidTo(day) => date(*day),
            Self::Date(day) => date(Some(*day)),
            Self::StartedAt(at)
            | Self::EndedAt(at)
            | Self::ClosedAt(at)
            | Self::Arrived(at)
            | Self::Left(at) => moment(*at),
            Self::Begins(time) => shown(*time, |time| time.format("%H:%M").to_string()),
            Self::CheckLater(on)
            | Self::Sample(on)
            | Self::Tag(_, on)
            | Self::SampleOf(_, on)
            | Self::Support(_, on)
            | Self::SameOpinion(_, on)
            | Self::AlsoUnit(_, on)
            | Self::Answers(_, on)
            | Self::Follows(_, on)
            | Self::Proposed(on)
            | Self::Carried(on)
            | Self::Arranged(on) => member(*on),
            Self::Weight(weight) => i64::from(*weight).into(),
            Self::Planned(minutes) | Self::SpeechLimit(minutes) => i64::from(*minutes).into(),
            Self::Quarter(quarter) => i64::from(quarter.number()).into(),
            Self::Nature(nature) => (*nature).into(),
            Self::Authority(authority) => authority.map_or(Value::Absent, Into::into),
            Self::Part(part) => (*part).into(),
            Self::TaskKind(kind) => (*kind).into(),
            Self::ItemKind(kind) => (*kind).into(),
            Self::Layout(layout) => (*layout).into(),
            Self::PartPlayed(part) => (*part).into(),
            Self::Attendance(attendance) => (*attendance).into(),
            Self::InSitting(_, edit) => edit.value(),
            Self::LeadUnit(lead) => shown(*lead, |lead| match lead {
                Lead::Unit(id) => id.to_string(),
                Lead::Each => EACH.to_owned(),
            }),
        }
    }

    /// Whether a record of that kind has such a field.
    pub fn fits(&self, kind: Kind) -> bool {
        use Kind as K;
        let captured = Kind::CAPTURED.contains(&kind);
        match self {
            Self::Sample(_) | Self::SampleOf(..) | Self::Parent(_) | Self::CheckLater(_) => true,
            Self::Text(_) => !matches!(kind, K::Session | K::Unit | K::Attendee | K::Section),
            Self::Title(_) => !captured && kind != K::Paragraph,
            Self::Code(_) | Self::ValidFrom(_) | Self::ValidTo(_) | Self::Successor(_) => kind == K::Unit,
            Self::Post(_) => matches!(kind, K::Attendee | K::Session | K::Signature),
            Self::Nature(_) => kind == K::Difficulty,
            Self::Weight(_)
            | Self::Tag(..)
            | Self::Speech(_)
            | Self::SameOpinion(..)
            | Self::Answers(..)
            | Self::Follows(..) => captured,
            Self::Unit(_) => captured || matches!(kind, K::Attendee | K::Signature | K::Section | K::Speech),
            Self::Speaker(_) => captured || matches!(kind, K::Speech | K::AgendaItem | K::Section),
            Self::Item(_) => captured || kind == K::Speech,
            Self::Theme(_) => captured || matches!(kind, K::Speech | K::AgendaItem),
            Self::Authority(_) | Self::Addressee(_) | Self::Answer(_) => {
                matches!(kind, K::Recommendation | K::FollowUp)
            }
            Self::LeadUnit(_) | Self::Support(..) => matches!(kind, K::Task | K::Solution | K::Conclusion),
            Self::Deliverable(_)
            | Self::DoneOn(_)
            | Self::TaskKind(_)
            | Self::Deadline { kind: Some(_), .. } => {
                matches!(kind, K::Task | K::Solution | K::Conclusion | K::FollowUp)
            }
            Self::Due(_) | Self::Deadline { kind: None, .. } => {
                matches!(kind, K::Task | K::Solution | K::Conclusion | K::Recommendation | K::FollowUp)
            }
            Self::Carried(_) => kind == K::FollowUp,
            Self::Part(_) => kind == K::Conclusion,
            Self::Proposed(_) => Kind::DECIDING.contains(&kind),
            Self::ItemKind(_) | Self::Planned(_) | Self::SpeechLimit(_) => kind == K::AgendaItem,
            Self::StartedAt(_) | Self::EndedAt(_) => {
                matches!(kind, K::AgendaItem | K::Speech | K::Sitting | K::Pause)
            }
            Self::Result(_) => matches!(kind, K::AgendaItem | K::Speech | K::Task | K::FollowUp),
            Self::Quarter(_) => matches!(kind, K::Session | K::FollowUp),
            Self::Date(_)
            | Self::Begins(_)
            | Self::ClosedAt(_)
            | Self::Locality(_)
            | Self::Superior(_)
            | Self::Issuer(_)
            | Self::Chair(_)
            | Self::Recorder(_) => kind == K::Session,
            Self::Place(_) => matches!(kind, K::Session | K::Venue),
            Self::Cluster(_) | Self::HeadUnit(_) | Self::DeputyUnit(_) | Self::Layout(_) => {
                matches!(kind, K::Session | K::Cluster)
            }
            Self::PartPlayed(_)
            | Self::Attendance(_)
            | Self::Arrived(_)
            | Self::Left(_)
            | Self::SubstituteFor(_)
            | Self::AbsenceReason(_)
            | Self::AlsoUnit(..)
            | Self::Arranged(_)
            | Self::Venue(_) => kind == K::Attendee,
            Self::InSitting(_, edit) => kind == K::Attendee && roll_call::FIELDS.contains(&edit.field()),
            Self::Figure(_) => kind == K::Target,
            Self::SignedOn(_) => kind == K::Signature,
        }
    }

    /// Whether it only sorts a line: says what it is about, who does it, by when, whether somebody has to look again, and never what it says.
    pub fn is_sorting(&self) -> bool {
        matches!(
            self,
            Self::Theme(_)
                | Self::Item(_)
                | Self::CheckLater(_)
                | Self::LeadUnit(_)
                | Self::Support(..)
                | Self::Deadline { .. }
                | Self::Deliverable(_)
                | Self::Addressee(_)
        )
    }

    /// The day that it names, if it names one: a date, or the day of a moment.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Due(day)
            | Self::Deadline { day, .. }
            | Self::DoneOn(day)
            | Self::SignedOn(day)
            | Self::ValidFrom(day)
            | Self::ValidTo(day) => *day,
            Self::Date(day) => Some(*day),
            Self::StartedAt(at)
            | Self::EndedAt(at)
            | Self::ClosedAt(at)
            | Self::Arrived(at)
            | Self::Left(at) => at.map(|at| at.date_naive()),
            Self::InSitting(_, edit) => edit.day(),
            _ => None,
        }
    }

    /// The edit that takes a membership back, or makes it again; any other edit as it is.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Support(id, on) => Self::Support(id, !on),
            Self::SameOpinion(id, on) => Self::SameOpinion(id, !on),
            Self::AlsoUnit(id, on) => Self::AlsoUnit(id, !on),
            Self::Answers(id, on) => Self::Answers(id, !on),
            Self::Follows(id, on) => Self::Follows(id, !on),
            other => other,
        }
    }

    /// The same edit with its text in the normal form that is stored.
    #[must_use]
    pub fn normalised(self) -> Self {
        let nfc = |text: String| crate::text::nfc::clean(text.trim());
        match self {
            Self::Text(t) => Self::Text(nfc(t)),
            Self::Title(t) => Self::Title(nfc(t)),
            Self::Code(t) => Self::Code(nfc(t)),
            Self::Post(t) => Self::Post(nfc(t)),
            Self::Addressee(t) => Self::Addressee(nfc(t)),
            Self::Answer(t) => Self::Answer(nfc(t)),
            Self::Deliverable(t) => Self::Deliverable(nfc(t)),
            Self::Result(t) => Self::Result(nfc(t)),
            Self::Place(t) => Self::Place(nfc(t)),
            Self::Locality(t) => Self::Locality(nfc(t)),
            Self::Cluster(t) => Self::Cluster(nfc(t)),
            Self::Superior(t) => Self::Superior(nfc(t)),
            Self::Issuer(t) => Self::Issuer(nfc(t)),
            Self::SubstituteFor(t) => Self::SubstituteFor(nfc(t)),
            Self::AbsenceReason(t) => Self::AbsenceReason(nfc(t)),
            Self::InSitting(sitting, edit) => Self::InSitting(sitting, Box::new(edit.normalised())),
            Self::Figure(t) => Self::Figure(nfc(t)),
            Self::Tag(t, on) => Self::Tag(nfc(t), on),
            Self::Deadline { words, day, kind } => Self::Deadline { words: nfc(words), day, kind },
            other => other,
        }
    }
}
