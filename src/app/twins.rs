//! Lines that two note-takers wrote of the same words: in the same speech, or of one unit within two minutes, and nearly alike.
//!
//! A pair is shown until one of the two is taken, they are merged or attached, or somebody says that both stay.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::{
    domain::{
        board::Board,
        difficulty,
        field::{self, set},
        ids::{PersonId, RecordId},
        kind::Kind,
        record::Record,
    },
    search::radar,
};

/// Without a speech, two lines about the same words were begun within so much time.
const APART: TimeDelta = TimeDelta::minutes(2);
/// A line is compared with so many lines of others that were begun next after it.
const COMPARED: usize = 12;

/// The pairs, from either line to the other.
pub type Twins = BTreeMap<RecordId, RecordId>;

/// A line, when and by whom it was written.
struct Said<'a> {
    line: &'a Record,
    at: DateTime<FixedOffset>,
    by: PersonId,
}

/// The pairs of a board; of three alike the two that were begun first.
pub fn of(board: &Board) -> Twins {
    let captured = Kind::CAPTURED.iter().flat_map(|kind| difficulty::main_of(board, *kind));
    let mut said: Vec<Said<'_>> = captured.filter_map(|line| said(board, line)).collect();
    said.sort_by_key(|said| (said.at, said.line.born));
    let mut twins = Twins::new();
    for (at, first) in said.iter().enumerate() {
        let later = said.iter().skip(at + 1).filter(|other| other.by != first.by).take(COMPARED);
        let mut alike = later.filter(|other| is_pair(first, other));
        if !twins.contains_key(&first.line.id)
            && let Some(second) = alike.find(|other| !twins.contains_key(&other.line.id))
        {
            twins.insert(first.line.id, second.line.id);
            twins.insert(second.line.id, first.line.id);
        }
    }
    twins
}

fn said<'a>(board: &Board, line: &'a Record) -> Option<Said<'a>> {
    let at = line.moment(&field::SAID_AT)?;
    let by = board.change(line.born.id)?.header.author.person;
    (!line.is_off_record()).then_some(Said { line, at, by })
}

fn is_pair(first: &Said<'_>, second: &Said<'_>) -> bool {
    let same = |field| first.line.link(field) == second.line.link(field);
    let speech = first.line.link(&field::SPEECH);
    let together = if speech.is_some() && second.line.link(&field::SPEECH).is_some() {
        same(&field::SPEECH)
    } else {
        let unknown = [first, second].iter().any(|said| said.line.link(&field::UNIT).is_none());
        second.at - first.at <= APART && (unknown || same(&field::UNIT))
    };
    let stay = |one: &Record, other: &Record| one.linked(set::APART).any(|id| id == other.id);
    together
        && !stay(first.line, second.line)
        && !stay(second.line, first.line)
        && radar::are_alike(first.line.wording(), second.line.wording())
}
