//! What a session amounts to in figures: who was there and spoke, what was raised, and how far it is settled.
//!
//! Nothing that is off the record is counted, since the figures are shown and printed.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{
    agenda,
    board::Board,
    conclusion, difficulty, field,
    follow_up::{self, DueBucket},
    kind::{Authority, DifficultyNature, Kind, PartPlayed},
    lint,
    record::Record,
    roll_call::{self, Roll, Slot},
    roster, speech, timing,
};

/// The figures of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfUnit<'a> {
    /// The unit.
    pub unit: &'a Record,
    /// How many of its people are there, of how many.
    pub people: (usize, usize),
    /// How often it spoke, and for how long.
    pub spoke: (usize, TimeDelta),
    /// How many difficulties it raised first.
    pub raised: usize,
    /// With how many more it agreed, or said the same.
    pub agreed: usize,
    /// How many tasks it leads.
    pub leads: usize,
}

/// The figures of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics<'a> {
    /// The roll of a sitting.
    pub roll: Roll,
    /// The units that take part, in their order.
    pub units: Vec<OfUnit<'a>>,
    /// The difficulties of each nature.
    pub natures: Vec<(DifficultyNature, usize)>,
    /// The difficulties of each theme, and of none; where there are several themes.
    pub themes: Vec<(Option<&'a Record>, usize)>,
    /// The difficulties that nothing answers.
    pub unanswered: usize,
    /// The records of the other kinds that stand for themselves.
    pub kinds: Vec<(Kind, usize)>,
    /// The recommendations to each authority, and those of them that were answered.
    pub authorities: Vec<(Option<Authority>, usize, usize)>,
    /// The tasks and conclusions that lack something.
    pub lacking: usize,
    /// What earlier sessions left, by how it stands.
    pub followed: Vec<(DueBucket, usize)>,
    /// The minutes of the items that are over or on: as planned, and as they were.
    pub minutes: (i64, i64),
    /// The lines that each person recorded, the most first.
    pub recorded: Vec<(&'a str, usize)>,
}

impl<'a> Statistics<'a> {
    /// Counts on a board at a moment; how people attended is that of a sitting.
    pub fn of(board: &'a Board, slot: Slot, now: DateTime<FixedOffset>) -> Self {
        let seen = |kind| seen(board, kind);
        let difficulties = seen(Kind::Difficulty);
        let count = |is: &dyn Fn(&Record) -> bool| difficulties.iter().filter(|record| is(record)).count();
        let natures = DifficultyNature::ALL
            .iter()
            .map(|nature| (*nature, count(&|of: &Record| difficulty::nature(of) == *nature)));
        let others = [
            Kind::Cause,
            Kind::Solution,
            Kind::Recommendation,
            Kind::Conclusion,
            Kind::Task,
            Kind::Opinion,
            Kind::Note,
        ];
        let work = seen(Kind::Task).into_iter().chain(seen(Kind::Conclusion));
        let today = now.date_naive();
        Self {
            roll: Roll::at(board, slot),
            units: roster::members(board).into_iter().map(|unit| of_unit(board, unit, slot, now)).collect(),
            natures: natures.collect(),
            themes: themes(board, &difficulties),
            unanswered: board.count_unanswered(),
            kinds: others.into_iter().map(|kind| (kind, seen(kind).len())).collect(),
            authorities: authorities(&seen(Kind::Recommendation)),
            lacking: work.filter(|record| !lint::lints(board, record).is_empty()).count(),
            followed: follow_up::by_bucket(board, today)
                .into_iter()
                .map(|(bucket, of)| (bucket, of.len()))
                .collect(),
            minutes: minutes(board, now),
            recorded: recorded(board),
        }
    }
}

/// The records of a kind that stand for themselves and are no secret.
fn seen(board: &Board, kind: Kind) -> Vec<&Record> {
    difficulty::main_of(board, kind).into_iter().filter(|record| !record.is_off_record()).collect()
}

fn of_unit<'a>(board: &'a Board, unit: &'a Record, slot: Slot, now: DateTime<FixedOffset>) -> OfUnit<'a> {
    let represented = slot.represented(board);
    let people = board.of_kind(Kind::Attendee).into_iter().filter(|one| {
        let is_of_unit = roster::units_of(board, one).iter().any(|of| of.id == unit.id);
        is_of_unit && !represented.contains(&one.id) && roster::part_played(one) != PartPlayed::Guest
    });
    let people: Vec<&Record> = people.collect();
    let there = people.iter().filter(|one| roll_call::came(slot.attendance(one))).count();
    let difficulties = seen(board, Kind::Difficulty);
    let is_first = |record: &&&Record| record.link(&field::UNIT) == Some(unit.id);
    let is_voice = |record: &&&Record| difficulty::raised_by(board, record).contains(&unit.id);
    let raised = difficulties.iter().filter(is_first).count();
    let voices = difficulties.iter().filter(is_voice).count();
    let leads = |task: &&Record| conclusion::bearers(board, task).contains(&unit.id);
    OfUnit {
        unit,
        people: (there, people.len()),
        spoke: speech::time_of(board, unit.id, now),
        raised,
        agreed: voices.saturating_sub(raised),
        leads: seen(board, Kind::Task).into_iter().filter(leads).count(),
    }
}

fn themes<'a>(board: &'a Board, difficulties: &[&Record]) -> Vec<(Option<&'a Record>, usize)> {
    let themes = board.of_kind(Kind::Theme);
    if themes.len() < 2 {
        return Vec::new();
    }
    let about = |theme: Option<&Record>| {
        let id = theme.map(|theme| theme.id);
        difficulties.iter().filter(|one| agenda::theme_of(board, one).map(|of| of.id) == id).count()
    };
    let each = themes.into_iter().map(Some).chain([None]).map(|theme| (theme, about(theme)));
    each.filter(|(theme, count)| theme.is_some() || *count > 0).collect()
}

fn authorities(recommendations: &[&Record]) -> Vec<(Option<Authority>, usize, usize)> {
    let all = Authority::ALL.iter().copied().map(Some).chain([None]);
    let to = |authority: Option<Authority>| {
        let those = || recommendations.iter().filter(move |one| conclusion::authority(one) == authority);
        let answered = those().filter(|one| one.text(&field::ANSWER).is_some()).count();
        (authority, those().count(), answered)
    };
    all.map(to).filter(|(_, count, _)| *count > 0).collect()
}

fn minutes(board: &Board, now: DateTime<FixedOffset>) -> (i64, i64) {
    let begun = board.of_kind(Kind::AgendaItem).into_iter().filter(|item| timing::began(item).is_some());
    begun.fold((0, 0), |(planned, spent), item| {
        (planned + i64::from(agenda::planned(item)), spent + timing::spent(board, item, now).num_minutes())
    })
}

/// Who recorded how many of the captured lines that are there.
fn recorded(board: &Board) -> Vec<(&str, usize)> {
    let lines = Kind::CAPTURED.iter().flat_map(|kind| board.each_of_kind(*kind));
    let lines = lines.filter(|line| line.text(&field::SAID_AT).is_some() && !line.is_off_record());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for change in lines.filter_map(|line| board.change(line.born.id)) {
        *counts.entry(&change.header.author.name).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    counts
}
