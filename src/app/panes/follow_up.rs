//! What earlier sessions left to do, by where it stands today.

use chrono::NaiveDate;

use super::Row;
use crate::domain::{board::Board, follow_up};

/// The four buckets, each under its heading.
pub(in crate::app) fn rows(board: &Board, today: NaiveDate) -> Vec<Row> {
    let buckets = follow_up::by_bucket(board, today).into_iter();
    buckets
        .flat_map(|(bucket, items)| {
            let heading = Row::Due(bucket, items.len());
            std::iter::once(heading).chain(items.into_iter().map(Row::of))
        })
        .collect()
}
