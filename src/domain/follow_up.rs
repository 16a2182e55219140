//! Four due buckets, derived and never typed.

use chrono::NaiveDate;

use super::{field, record::Record};

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

/// The bucket of a task on `today`.
pub fn bucket(task: &Record, today: NaiveDate) -> DueBucket {
    let due = task.date(&field::DUE);
    match task.date(&field::DONE_ON) {
        Some(done) if due.is_some_and(|due| done > due) => DueBucket::DoneLate,
        Some(_) => DueBucket::DoneOnTime,
        None if due.is_some_and(|due| today > due) => DueBucket::Overdue,
        None => DueBucket::InTime,
    }
}
