//! What earlier sessions left to do, followed in this one.
//!
//! A session takes the tasks and recommendations of the one before up as records of its own, which say where they come from: what
//! is said of them here is a change of this session, and closed sessions never move. What is still open at its end goes on to the
//! next. Where an item stands is derived from its dates and the day that is passed in, and never typed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    board::Board,
    chain, conclusion, difficulty,
    edit::{Edit, Lead},
    field::{self, set},
    ids::{RecordId, ScopeId},
    kind::Kind,
    quarter::Quarter,
    record::Record,
    roster,
    session::Session,
};

/// What stands for every unit among those who have to do something.
pub const EACH: &str = "*";

/// Where a task stands on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueBucket {
    /// Not done, and its date has passed.
    Overdue,
    /// Not done, and not yet due (or without a date).
    InTime,
    /// Done on or before its date (or without a date).
    DoneOnTime,
    /// Done after its date.
    DoneLate,
}

impl DueBucket {
    /// All of them, what has to be talked about first.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::InTime, Self::DoneLate, Self::DoneOnTime];

    /// Whether nothing is left to do.
    pub fn is_done(self) -> bool {
        matches!(self, Self::DoneOnTime | Self::DoneLate)
    }
}

/// The bucket of a task on `today`. A recommendation is done with its answer.
pub fn bucket(task: &Record, today: NaiveDate) -> DueBucket {
    let due = task.date(&field::DUE);
    match task.date(&field::DONE_ON) {
        Some(done) if due.is_some_and(|due| done > due) => DueBucket::DoneLate,
        Some(_) => DueBucket::DoneOnTime,
        None if task.text(&field::ANSWER).is_some() => DueBucket::DoneOnTime,
        None if due.is_some_and(|due| today > due) => DueBucket::Overdue,
        None => DueBucket::InTime,
    }
}

/// A task or a recommendation as an earlier session leaves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The session in which it was first.
    pub scope: ScopeId,
    /// What it is there.
    pub record: RecordId,
    /// [`Kind::Task`], [`Kind::Recommendation`], or [`Kind::Conclusion`] of one that gives work by itself.
    pub kind: Kind,
    /// Its number there.
    pub number: String,
    /// The quarter of that session.
    pub quarter: Option<Quarter>,
    /// The codes of the units that have to do it, the leading one first, as they were called there; [`EACH`] is every unit.
    pub assigned: String,
    /// In how many sessions it was raised so far.
    pub raised: u16,
    /// Its words, dates and what came of it.
    pub details: Vec<Edit>,
}

impl Earlier {
    /// The record that it is in a session that takes it up: the same whoever does it, so that notebooks taken apart agree.
    pub fn id(&self) -> RecordId {
        RecordId(self.scope.0 ^ self.record.0)
    }
}

/// What a session leaves to the next one: all it decided, and what it took up itself that is still open.
pub fn left_by(board: &Board) -> Vec<Earlier> {
    let own = [Kind::Task, Kind::Recommendation].into_iter().flat_map(|kind| {
        let decided = difficulty::main_of(board, kind).into_iter();
        decided.filter(|record| !record.is_off_record() && !conclusion::is_proposed(record))
    });
    let concluded = difficulty::main_of(board, Kind::Conclusion).into_iter();
    let concluded = concluded.filter(|record| gives_work_alone(board, record));
    let own = own.chain(concluded).filter_map(|record| left(board, record));
    let open = items(board).into_iter().filter(|item| !bucket(item, NaiveDate::MIN).is_done());
    own.chain(open.filter_map(passed_on)).collect()
}

/// Whether a conclusion has somebody who leads, and no task follows from it that would be taken up itself.
fn gives_work_alone(board: &Board, record: &Record) -> bool {
    let is_task = |after: &&Record| after.kind() == Some(Kind::Task);
    let is_open = !record.is_off_record() && !conclusion::is_proposed(record);
    is_open && conclusion::lead(record).is_some() && !chain::after(board, record.id).iter().any(is_task)
}

fn left(board: &Board, record: &Record) -> Option<Earlier> {
    let lines = difficulty::continuations(board, record.id).into_iter().filter(|line| !line.is_off_record());
    let text = std::iter::once(record).chain(lines).map(Record::wording).collect::<Vec<_>>().join(" ");
    Some(Earlier {
        scope: board.scope(),
        record: record.id,
        kind: record.kind()?,
        number: record.short_number().unwrap_or_default().to_owned(),
        quarter: Session::of(board).and_then(Session::quarter),
        assigned: assigned_words(board, record),
        raised: 1,
        details: details(record, text),
    })
}

/// What was taken up before and goes on, as it stands now.
fn passed_on(item: &Record) -> Option<Earlier> {
    let (scope, record) = origin(item)?;
    Some(Earlier {
        scope,
        record,
        kind: kind(item),
        number: number(item).to_owned(),
        quarter: quarter(item),
        assigned: item.text(&field::ASSIGNED).unwrap_or_default().to_owned(),
        raised: raised(item),
        details: details(item, item.wording().to_owned()),
    })
}

fn assigned_words(board: &Board, record: &Record) -> String {
    let lead = match conclusion::lead(record) {
        Some(Lead::Each) => Some(EACH),
        Some(Lead::Unit(unit)) => board.record(unit).map(roster::code),
        None => None,
    };
    let support = conclusion::support(board, record).into_iter().map(roster::code);
    lead.into_iter().chain(support).collect::<Vec<_>>().join(", ")
}

fn details(record: &Record, text: String) -> Vec<Edit> {
    let words = |field| record.text(field).unwrap_or_default().to_owned();
    let samples = record.members(set::SAMPLE_OF).map(|field| Edit::SampleOf(field.to_owned(), true));
    let known = vec![
        Edit::Text(text),
        Edit::Deadline {
            words: words(&field::DUE_WORDS),
            day: record.date(&field::DUE),
            kind: record.text(&field::TASK_KIND).map(|_| conclusion::task_kind(record)),
        },
        Edit::Deliverable(words(&field::DELIVERABLE)),
        Edit::DoneOn(record.date(&field::DONE_ON)),
        Edit::Result(words(&field::RESULT)),
        Edit::Authority(conclusion::authority(record)),
        Edit::Addressee(words(&field::ADDRESSEE)),
        Edit::Answer(words(&field::ANSWER)),
        Edit::Sample(record.flag(&field::SAMPLE)),
    ];
    known.into_iter().chain(samples).collect()
}

/// What a session has taken up, in its order.
pub fn items(board: &Board) -> Vec<&Record> {
    board.of_kind(Kind::FollowUp)
}

/// The items by where they stand on `today`, buckets without items left out.
pub fn by_bucket(board: &Board, today: NaiveDate) -> Vec<(DueBucket, Vec<&Record>)> {
    let items = items(board);
    let of = |wanted| items.iter().copied().filter(|item| bucket(item, today) == wanted).collect::<Vec<_>>();
    DueBucket::ALL.map(|wanted| (wanted, of(wanted))).into_iter().filter(|(_, of)| !of.is_empty()).collect()
}

/// The session and the record in which an item was first.
pub fn origin(item: &Record) -> Option<(ScopeId, RecordId)> {
    let (scope, record) = item.text(&field::EARLIER)?.split_once('/')?;
    Some((scope.parse().ok()?, record.parse().ok()?))
}

/// What an item was: a task, unless it was a recommendation.
pub fn kind(item: &Record) -> Kind {
    item.text(&field::EARLIER_KIND).and_then(Kind::named).unwrap_or(Kind::Task)
}

/// The number that an item had where it was first.
pub fn number(item: &Record) -> &str {
    item.text(&field::EARLIER_NUMBER).unwrap_or_default()
}

/// The quarter in which an item was first.
pub fn quarter(item: &Record) -> Option<Quarter> {
    let year = i32::try_from(item.number(&field::YEAR)?).ok()?;
    Quarter::new(year, u8::try_from(item.number(&field::QUARTER)?).ok()?)
}

/// Whether this session raises an item again, for the next one to follow.
pub fn is_carried(item: &Record) -> bool {
    item.flag(&field::CARRIED)
}

/// Whether an item can be raised again, or that taken back: what is done is done.
pub fn may_be_carried(item: &Record) -> bool {
    let is_open = !bucket(item, NaiveDate::MIN).is_done();
    item.kind() == Some(Kind::FollowUp) && (is_open || is_carried(item))
}

/// In how many sessions an item was raised, this one included if it raises it again.
pub fn raised(item: &Record) -> u16 {
    let before = item.number(&field::RAISED).and_then(|times| u16::try_from(times).ok()).unwrap_or(1);
    before.saturating_add(is_carried(item).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Refusal},
        testing::{Desk, UNITS},
    };

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2023, month, day).unwrap()
    }

    /// A session with a task due on 10 April and a recommendation, and one that took both up.
    fn followed() -> (Desk, Desk) {
        let mut desk = Desk::at_session(1);
        let task = desk.line(Kind::Task, "rà soát đảng viên");
        desk.edit(task, Edit::LeadUnit(Some(Lead::Unit(UNITS[1])))).unwrap();
        desk.edit(task, Edit::Support(UNITS[0], true)).unwrap();
        desk.edit(task, Edit::Due(Some(day(4, 10)))).unwrap();
        let asked = desk.line(Kind::Recommendation, "cấp kinh phí");
        desk.edit(asked, Edit::Addressee("Thành ủy".into())).unwrap();
        desk.capture(Kind::Task, "BÍ MẬT", true);
        let next = taken(&desk, 7);
        (desk, next)
    }

    /// The next session, in a scope of its own, which takes up what one left.
    fn taken(desk: &Desk, scope: u128) -> Desk {
        let mut next = Desk::at_session_in(ScopeId(scope), scope);
        next.submit(&Command::TakeUp { items: left_by(&desk.board) }).unwrap();
        next
    }

    fn item<'a>(desk: &'a Desk, number_there: &str) -> &'a Record {
        items(&desk.board).into_iter().find(|item| number(item) == number_there).unwrap()
    }

    #[test]
    fn the_next_session_begins_with_what_was_decided() {
        let (desk, next) = followed();
        let task = item(&next, "NV-01");
        assert_eq!((kind(task), task.wording()), (Kind::Task, "rà soát đảng viên"));
        assert_eq!(task.text(&field::ASSIGNED), Some("Q2, Q1"));
        assert_eq!(origin(task).map(|(scope, _)| scope), Some(desk.board.scope()));
        assert_eq!(quarter(task), Quarter::new(2023, 1));
        let asked = item(&next, "KN-01");
        assert_eq!((kind(asked), asked.text(&field::ADDRESSEE)), (Kind::Recommendation, Some("Thành ủy")));
        assert_eq!(items(&next.board).len(), 2, "what is off the record stays where it is");
    }

    #[test]
    fn an_item_is_in_one_of_four_buckets_by_the_day() {
        let (_, mut next) = followed();
        let at = |next: &Desk, today| bucket(item(next, "NV-01"), today);
        assert_eq!(at(&next, day(4, 10)), DueBucket::InTime);
        assert_eq!(at(&next, day(4, 11)), DueBucket::Overdue);
        let task = item(&next, "NV-01").id;
        next.edit(task, Edit::DoneOn(Some(day(4, 10)))).unwrap();
        assert_eq!(at(&next, day(6, 1)), DueBucket::DoneOnTime);
        next.edit(task, Edit::DoneOn(Some(day(4, 12)))).unwrap();
        assert_eq!(at(&next, day(6, 1)), DueBucket::DoneLate);
        let asked = item(&next, "KN-01").id;
        next.edit(asked, Edit::Answer("đã cấp".into())).unwrap();
        let buckets: Vec<DueBucket> =
            by_bucket(&next.board, day(6, 1)).into_iter().map(|(bucket, _)| bucket).collect();
        assert_eq!(buckets, [DueBucket::DoneLate, DueBucket::DoneOnTime]);
    }

    #[test]
    fn what_is_still_open_goes_on_and_what_is_raised_again_is_counted() {
        let (_, mut next) = followed();
        let [task, asked] = ["NV-01", "KN-01"].map(|number| item(&next, number).id);
        next.edit(task, Edit::DoneOn(Some(day(4, 10)))).unwrap();
        next.edit(asked, Edit::Carried(true)).unwrap();
        let own = next.line(Kind::Task, "lập sổ");
        let third = taken(&next, 9);
        let numbers: Vec<&str> = items(&third.board).into_iter().map(number).collect();
        assert_eq!(numbers, ["NV-01", "KN-01"]);
        assert_eq!(item(&third, "NV-01").wording(), "lập sổ", "the old task is done");
        assert_eq!(origin(item(&third, "NV-01")).unwrap().1, own);
        assert_eq!(raised(item(&third, "KN-01")), 2);
        assert_eq!(origin(item(&third, "KN-01")), origin(item(&next, "KN-01")), "it is still that one");
    }

    #[test]
    fn what_is_here_already_is_not_taken_up_twice() {
        let (desk, mut next) = followed();
        let again = Command::TakeUp { items: left_by(&desk.board) };
        assert_eq!(next.submit(&again), Err(Refusal::NoChange));
        let task = item(&next, "NV-01").id;
        next.submit(&Command::Remove { record: task }).unwrap();
        assert_eq!(next.submit(&again), Err(Refusal::NoChange), "somebody took it away on purpose");
        let own = Command::TakeUp { items: left_by(&desk.board) };
        let mut first = desk.clone();
        assert_eq!(first.submit(&own), Err(Refusal::Circle));
    }
}
