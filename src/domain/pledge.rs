//! The year's pledge: content groups with targets, and who has signed.

use super::{board::Board, field, kind::Kind, record::Record, roster, session::Session};

/// A content group and its targets, in order.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// The group's record; its title is the content.
    pub record: &'a Record,
    /// Its targets.
    pub targets: Vec<&'a Record>,
}

/// The groups in order.
pub fn groups(board: &Board) -> Vec<Group<'_>> {
    let groups = board.of_kind(Kind::PledgeGroup).into_iter();
    groups.map(|record| Group { record, targets: board.children(record.id, Kind::Target) }).collect()
}

/// The signature of each unit that takes part or has signed, in the units' order; `None` where it has not signed.
pub fn signatures(board: &Board) -> Vec<(&Record, Option<&Record>)> {
    let signed = board.of_kind(Kind::Signature);
    let of = |unit: &Record| signed.iter().copied().find(|s| s.link(&field::UNIT) == Some(unit.id));
    let day = Session::of(board).and_then(Session::date);
    let takes_part = |unit: &Record| day.is_none_or(|day| roster::exists_on(unit, day));
    let units = board.of_kind(Kind::Unit).into_iter().map(|unit| (unit, of(unit)));
    units.filter(|(unit, signature)| signature.is_some() || takes_part(unit)).collect()
}
