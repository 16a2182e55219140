//! What the clock of the session shows: time spent, pauses, the forecast of the end, minutes that are left for a unit.
//!
//! All of it is a function of times that stand in the log and of a moment that is passed in. So a suspended laptop, a killed
//! program or another seat show the same; and a clock that was set back shows no time below zero.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{
    agenda,
    board::Board,
    field,
    ids::RecordId,
    kind::{AgendaKind, Kind},
    record::Record,
    session::Session,
    sitting::{self, Span},
    speech,
};

type Moment = DateTime<FixedOffset>;

/// No session sits so long without a pause.
const LEFT_OPEN: TimeDelta = TimeDelta::hours(12);
/// From the first planned minutes on that are over, the pace says something about those to come.
const TELLING: i64 = 20;
/// A pace beyond these is a slip: an item that was left running, or begun by mistake. In hundredths.
const PACES: (i64, i64) = (50, 200);

/// The pauses of a speech's clock, or of the whole session.
fn pauses(board: &Board, of: Option<RecordId>) -> impl Iterator<Item = &Record> {
    board.of_kind(Kind::Pause).into_iter().filter(move |pause| pause.link(&field::PARENT) == of)
}

/// The times for which the clock of a speech, or of the whole session, stood still: its pauses, and for the session the
/// breaks between its sittings.
fn stops(board: &Board, of: Option<RecordId>) -> Vec<Span> {
    let pauses = pauses(board, of).filter_map(|pause| Some((began(pause)?, ended(pause))));
    let breaks = if of.is_none() { sitting::breaks(board) } else { Vec::new() };
    pauses.chain(breaks).collect()
}

/// The pauses of the session, the first one first; what two logs bring of one pause is one.
pub fn session_pauses(board: &Board) -> Vec<Span> {
    let mut spans: Vec<Span> =
        pauses(board, None).filter_map(|pause| Some((began(pause)?, ended(pause)))).collect();
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for (from, to) in spans {
        match merged.last_mut() {
            Some((_, until)) if until.is_none_or(|until| from <= until) => {
                *until = until.zip(to).map(|(until, to)| until.max(to));
            }
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// The pauses that are on: of a speech, or of the session.
pub fn open_pauses(board: &Board, of: Option<RecordId>) -> Vec<RecordId> {
    let open = |pause: &&Record| began(pause).is_some() && ended(pause).is_none();
    pauses(board, of).filter(open).map(|pause| pause.id).collect()
}

/// Whether the clock of a speech, or of the session, is stopped.
pub fn is_paused(board: &Board, of: Option<RecordId>) -> bool {
    stops(board, of).iter().any(|(_, to)| to.is_none())
}

/// When something began.
pub fn began(record: &Record) -> Option<Moment> {
    record.moment(&field::STARTED_AT)
}

/// When it ended.
pub fn ended(record: &Record) -> Option<Moment> {
    record.moment(&field::ENDED_AT)
}

/// Whether something ended before it began: one of its times was put right by mistake, or a clock was wrong.
pub fn ends_before_it_begins(record: &Record) -> bool {
    began(record).zip(ended(record)).is_some_and(|(from, to)| to < from)
}

/// The moment to reckon with: now, or the last time that the session's clock was touched if that is later, which happens
/// when a computer's clock was set back.
pub fn reckoned(board: &Board, now: Moment) -> Moment {
    last_touched(board).map_or(now, |last| last.max(now))
}

/// The last time that the session's clock was touched.
pub fn last_touched(board: &Board) -> Option<Moment> {
    let kinds = [Kind::AgendaItem, Kind::Speech, Kind::Pause, Kind::Sitting].into_iter();
    let records = kinds.flat_map(|kind| board.of_kind(kind));
    records.flat_map(|record| [began(record), ended(record)]).flatten().max()
}

/// How long an item or a speech has been on, pauses left out; zero if it has not begun.
pub fn spent(board: &Board, record: &Record, now: Moment) -> TimeDelta {
    let by = if ended(record).is_some() { now } else { reckoned(board, now) };
    spent_by(board, record, by)
}

/// The same by the moment to reckon with, for whoever knows it already.
pub fn spent_by(board: &Board, record: &Record, reckoned: Moment) -> TimeDelta {
    let Some(from) = began(record) else { return TimeDelta::zero() };
    let to = ended(record).unwrap_or(reckoned).max(from);
    let own = (record.kind() == Some(Kind::Speech)).then_some(Some(record.id));
    let stops = own.into_iter().chain([None]).flat_map(|of| stops(board, of));
    to - from - within(stops, from, to)
}

/// How much of the time between two moments spans cover.
fn within(spans: impl IntoIterator<Item = Span>, from: Moment, to: Moment) -> TimeDelta {
    let clipped = |(start, end): Span| (start.max(from), end.unwrap_or(to).min(to));
    covered(spans.into_iter().map(clipped).filter(|(start, end)| start < end).collect())
}

/// Whether something has been on for so long that nobody means it: it was left open, and no clock shows it.
pub fn is_left_open(board: &Board, record: &Record, now: Moment) -> bool {
    is_left_open_by(board, record, reckoned(board, now))
}

/// The same by the moment to reckon with, for whoever knows it already.
pub fn is_left_open_by(board: &Board, record: &Record, reckoned: Moment) -> bool {
    ended(record).is_none() && spent_by(board, record, reckoned) >= LEFT_OPEN
}

/// The time that spans cover together; what two of them share counts once.
fn covered(mut spans: Vec<(Moment, Moment)>) -> TimeDelta {
    spans.sort_unstable();
    let mut until: Option<Moment> = None;
    let mut sum = TimeDelta::zero();
    for (from, to) in spans {
        let from = until.map_or(from, |until| from.max(until));
        if from < to {
            sum += to - from;
            until = Some(to);
        }
    }
    sum
}

/// Planned against actual, in hundredths, over the items that are done; 100 as long as too little is.
pub fn pace(board: &Board) -> i64 {
    let items = board.of_kind(Kind::AgendaItem).into_iter().filter(|item| counts(item));
    let done =
        items.filter_map(|item| Some((i64::from(agenda::planned(item)), spent(board, item, ended(item)?))));
    let (planned, spent) = done
        .fold((0, TimeDelta::zero()), |(minutes, time), (planned, spent)| (minutes + planned, time + spent));
    if planned < TELLING { 100 } else { (spent.num_seconds() * 100 / (planned * 60)).clamp(PACES.0, PACES.1) }
}

/// Whether an item takes time of the session: people are received before it begins.
fn counts(item: &Record) -> bool {
    agenda::item_kind(item) != AgendaKind::Reception
}

/// The items that come after the one that is on and have not begun; without one, all that have not begun.
fn to_come(board: &Board) -> Vec<&Record> {
    let items = board.of_kind(Kind::AgendaItem);
    let now = agenda::current(board).and_then(|now| items.iter().position(|item| item.id == now.id));
    let later = items.into_iter().skip(now.map_or(0, |at| at + 1));
    later.filter(|item| began(item).is_none() && counts(item)).collect()
}

fn minutes(count: i64) -> TimeDelta {
    TimeDelta::seconds(count.saturating_mul(60))
}

fn planned(item: &Record) -> TimeDelta {
    minutes(agenda::planned(item).into())
}

/// When the session ends by its plan: from its beginning on, else from the first item's; breaks between sittings are meant.
/// What is held on another day than planned, as a rehearsal is, goes by the first item too.
fn planned_end(board: &Board, now: Moment) -> Option<Moment> {
    let items: Vec<&Record> =
        board.of_kind(Kind::AgendaItem).into_iter().filter(|item| counts(item)).collect();
    let session = Session::of(board)?;
    let told = session.date().zip(session.begins());
    let told = told.and_then(|(day, time)| day.and_time(time).and_local_timezone(*now.offset()).single());
    let begun = items.iter().filter_map(|item| began(item)).min();
    let held = begun.unwrap_or(now).date_naive();
    let begins = told.filter(|told| told.date_naive() == held).or(begun)?;
    let breaks = within(sitting::breaks(board), begins, reckoned(board, now));
    Some(begins + breaks + items.into_iter().map(planned).sum::<TimeDelta>())
}

/// When the session will end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// By the pace so far.
    pub ends: Moment,
    /// How many minutes later than planned; below zero, earlier.
    pub late: i64,
}

/// The forecast while an item is on that was not just left open: what is left of it by the plan, the items to come at the pace of those that are done.
pub fn forecast(board: &Board, now: Moment) -> Option<Forecast> {
    let item = agenda::current(board).filter(|item| !is_left_open(board, item, now))?;
    let plan = planned_end(board, now)?;
    let left = (planned(item) - spent(board, item, now)).max(TimeDelta::zero());
    let left = if counts(item) { left } else { TimeDelta::zero() };
    let later: TimeDelta = to_come(board).into_iter().map(planned).sum();
    let ends = reckoned(board, now) + left + TimeDelta::seconds(later.num_seconds() * pace(board) / 100);
    Some(Forecast { ends, late: (ends - plan).num_minutes() })
}

/// How the time that is left can be shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allotment {
    /// The item that is on.
    pub item: RecordId,
    /// How many units have not spoken.
    pub units: usize,
    /// The planned minutes of the items to come.
    pub reserve: i64,
    /// How many of them the conclusion has.
    pub conclusion: i64,
    /// Minutes a unit; none is left if this is zero.
    pub each: u16,
    /// The planned minutes of the item that is on, if so shared out.
    pub planned: u16,
}

/// What a unit that has not spoken can have if the session is to end as planned.
pub fn allotment(board: &Board, now: Moment) -> Option<Allotment> {
    let item = agenda::current(board).filter(|item| !is_left_open(board, item, now))?;
    let units = speech::silent(board).len();
    let count = i64::try_from(units).ok().filter(|count| *count > 0)?;
    let later = to_come(board);
    let reserve: TimeDelta = later.iter().copied().map(planned).sum();
    let concludes = |item: &&&Record| agenda::item_kind(item) == AgendaKind::Conclusion;
    let conclusion: TimeDelta = later.iter().filter(concludes).copied().map(planned).sum();
    let left = planned_end(board, now)? - reckoned(board, now) - reserve;
    let each = u16::try_from((left.num_minutes() / count).max(0)).unwrap_or(u16::MAX);
    let so_far = (spent(board, item, now).num_seconds() + 59) / 60;
    let planned = u16::try_from(so_far.saturating_add(count * i64::from(each))).unwrap_or(u16::MAX);
    let (reserve, conclusion) = (reserve.num_minutes(), conclusion.num_minutes());
    Some(Allotment { item: item.id, units, reserve, conclusion, each, planned })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Place, Refusal},
        edit::Edit,
        kind::SessionState,
        testing::{Desk, ITEMS, SCOPE, UNITS, eight_o_clock},
    };

    const PAUSE: RecordId = RecordId(0x61);
    const SPEECH: RecordId = RecordId(0x62);

    /// At eight o'clock: an opening and a discussion of 15 minutes each, three units.
    fn desk() -> Desk {
        let mut desk = Desk::at_session(1);
        desk.wait(-1);
        desk
    }

    fn start(desk: &mut Desk, item: usize) {
        desk.submit(&Command::StartItem { record: Some(ITEMS[item]) }).unwrap();
    }

    fn spent_on(desk: &Desk, record: RecordId) -> i64 {
        spent(&desk.board, desk.board.record(record).unwrap(), desk.now()).num_minutes()
    }

    #[test]
    fn an_item_takes_its_time_but_for_pauses() {
        let mut desk = desk();
        assert_eq!(spent_on(&desk, ITEMS[0]), 0);
        start(&mut desk, 0);
        desk.wait(9);
        assert_eq!(spent_on(&desk, ITEMS[0]), 10);
        desk.submit(&Command::Pause { record: PAUSE, speech: None }).unwrap();
        desk.wait(60);
        assert_eq!(spent_on(&desk, ITEMS[0]), 10);
        let again = desk.plan(&Command::Pause { record: SPEECH, speech: None });
        assert_eq!(again, Err(Refusal::NoChange));
        desk.submit(&Command::Resume { speech: None }).unwrap();
        desk.wait(2);
        assert_eq!(spent_on(&desk, ITEMS[0]), 13);
        start(&mut desk, 1);
        desk.wait(30);
        assert_eq!((spent_on(&desk, ITEMS[0]), spent_on(&desk, ITEMS[1])), (13, 31));
    }

    #[test]
    fn pauses_that_two_logs_bring_count_once() {
        let at = |minutes| eight_o_clock() + TimeDelta::minutes(minutes);
        let spans = [(30, 40), (0, 10), (5, 12), (6, 8)].map(|(from, to)| (at(from), at(to)));
        assert_eq!(covered(spans.to_vec()), TimeDelta::minutes(22));
    }

    #[test]
    fn a_pause_is_told_once_however_many_logs_bring_it() {
        let mut desk = desk();
        let at = |minutes| eight_o_clock() + TimeDelta::minutes(minutes);
        for (id, from, to) in
            [(0x61, 30, Some(40)), (0x62, 35, Some(50)), (0x63, 90, None), (0x64, 95, Some(99))]
        {
            let times = [Edit::StartedAt(Some(at(from))), Edit::EndedAt(to.map(at))];
            let details = [vec![Edit::Text("giải lao".into())], times.to_vec()].concat();
            let record = RecordId(id);
            desk.submit(&Command::Add { record, kind: Kind::Pause, details, place: Place::Last }).unwrap();
        }
        assert_eq!(session_pauses(&desk.board), [(at(30), Some(at(50))), (at(90), None)]);
    }

    #[test]
    fn a_clock_that_was_set_back_shows_what_is_known() {
        let mut desk = desk();
        start(&mut desk, 0);
        desk.wait(19);
        desk.submit(&Command::GiveFloor { record: SPEECH, unit: Some(UNITS[0]), speaker: None }).unwrap();
        desk.wait(-300);
        assert_eq!((spent_on(&desk, ITEMS[0]), spent_on(&desk, SPEECH)), (20, 0));
        start(&mut desk, 1);
        assert_eq!((spent_on(&desk, ITEMS[0]), spent_on(&desk, SPEECH)), (0, 0));
        assert!(forecast(&desk.board, desk.now()).is_some());
    }

    #[test]
    fn the_forecast_goes_by_the_pace_so_far() {
        let mut desk = desk();
        for item in ITEMS {
            desk.edit(item, Edit::Planned(30)).unwrap();
            desk.wait(-1);
        }
        assert_eq!(forecast(&desk.board, desk.now()), None);
        start(&mut desk, 0);
        let late = |desk: &Desk| forecast(&desk.board, desk.now()).unwrap().late;
        let begun = late(&desk);
        desk.wait(29);
        assert_eq!(late(&desk), begun);
        desk.wait(15);
        assert_eq!(late(&desk), begun + 15);
        start(&mut desk, 1);
        assert_eq!(pace(&desk.board), 150);
        assert_eq!(late(&desk), begun + 15);
    }

    #[test]
    fn what_is_held_on_another_day_than_planned_goes_by_its_beginning() {
        let mut desk = desk();
        start(&mut desk, 0);
        let told = |desk: &Desk| (forecast(&desk.board, desk.now()), allotment(&desk.board, desk.now()));
        let (on_the_day, shared) = told(&desk);
        assert!(on_the_day.is_some() && shared.is_some());
        for days in [-400, -1, 1, 25] {
            let day = eight_o_clock().date_naive() + TimeDelta::days(days);
            desk.edit(SCOPE.root(), Edit::Date(day)).unwrap();
            desk.wait(-1);
            assert_eq!(told(&desk), (on_the_day, shared), "{days} days off");
        }
    }

    #[test]
    fn what_ends_before_it_begins_takes_no_time_and_is_found() {
        let mut desk = desk();
        start(&mut desk, 0);
        start(&mut desk, 1);
        desk.edit(ITEMS[0], Edit::EndedAt(Some(eight_o_clock() - TimeDelta::hours(1)))).unwrap();
        assert_eq!(spent_on(&desk, ITEMS[0]), 0);
        let found = crate::domain::finding::findings(&desk.board);
        assert_eq!(found, [crate::domain::finding::Finding::EndsBeforeItBegins(ITEMS[0])]);
    }

    #[test]
    fn what_was_left_open_is_no_clock_and_foretells_nothing() {
        let mut desk = desk();
        start(&mut desk, 0);
        let left_open = |desk: &Desk| {
            let item = desk.board.record(ITEMS[0]).unwrap();
            is_left_open(&desk.board, item, desk.now())
        };
        desk.wait(11 * 60);
        assert!(!left_open(&desk) && forecast(&desk.board, desk.now()).is_some());
        desk.wait(2 * 60);
        assert!(left_open(&desk));
        assert_eq!((forecast(&desk.board, desk.now()), allotment(&desk.board, desk.now())), (None, None));
        start(&mut desk, 1);
        assert!(!left_open(&desk), "it is over");
    }

    #[test]
    fn what_is_left_is_shared_out_among_those_who_have_not_spoken() {
        let mut desk = desk();
        start(&mut desk, 0);
        let shared = allotment(&desk.board, desk.now()).unwrap();
        let units = desk.board.of_kind(Kind::Unit).len();
        assert_eq!((shared.item, shared.units, shared.reserve), (ITEMS[0], units, 15));
        let left = 30 - (desk.now() - eight_o_clock()).num_minutes() - 15;
        assert_eq!(i64::from(shared.each), left / i64::try_from(units).unwrap());
        desk.submit(&Command::GiveFloor { record: SPEECH, unit: Some(UNITS[0]), speaker: None }).unwrap();
        assert_eq!(allotment(&desk.board, desk.now()).unwrap().units, units - 1);
        desk.wait(200);
        assert_eq!(allotment(&desk.board, desk.now()).unwrap().each, 0);
    }

    #[test]
    fn closing_ends_whatever_is_on() {
        let mut desk = desk();
        desk.submit(&Command::SetState { state: SessionState::Open }).unwrap();
        start(&mut desk, 0);
        desk.submit(&Command::GiveFloor { record: SPEECH, unit: Some(UNITS[0]), speaker: None }).unwrap();
        desk.submit(&Command::Pause { record: PAUSE, speech: None }).unwrap();
        desk.submit(&Command::SetState { state: SessionState::Closed }).unwrap();
        let (item, time) = (spent_on(&desk, ITEMS[0]), spent_on(&desk, SPEECH));
        desk.wait(100);
        assert_eq!((spent_on(&desk, ITEMS[0]), spent_on(&desk, SPEECH)), (item, time));
        assert!(agenda::current(&desk.board).is_none() && speech::current(&desk.board).is_none());
        assert!(!is_paused(&desk.board, None));
    }
}
