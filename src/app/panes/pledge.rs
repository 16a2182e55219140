//! The pledge: content groups with targets, then signatures.

use super::{Addition, Row};
use crate::domain::{board::Board, edit::Edit, field, kind::Kind, pledge, record::Record};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let mut rows = Vec::new();
    for group in pledge::groups(board) {
        rows.push(Row::of(group.record));
        rows.extend(group.targets.into_iter().map(Row::under));
    }
    let signatures = board.of_kind(Kind::Signature);
    if !signatures.is_empty() {
        rows.push(Row::Heading(Kind::Signature));
    }
    rows.extend(signatures.into_iter().map(Row::of));
    rows
}

pub(super) fn additions(selected: Option<&Record>) -> Vec<Addition> {
    let group = selected.and_then(|record| match record.kind() {
        Some(Kind::PledgeGroup) => Some(record.id),
        Some(Kind::Target) => record.link(&field::PARENT),
        _ => None,
    });
    let target = group.map(|group| Addition::new(Kind::Target).with(Edit::Parent(group)));
    target.into_iter().chain([Addition::new(Kind::PledgeGroup).after(group)]).collect()
}
