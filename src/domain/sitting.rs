//! The sittings of a session: which one is on, and when the session stood still between two of them.
//!
//! A sitting need not say when it began or ended; the first one began with the session. Times can be put right afterwards, so
//! nothing here depends on their order.

use chrono::{DateTime, FixedOffset};

use super::{
    board::Board,
    kind::Kind,
    record::Record,
    timing::{began, ended},
};

type Moment = DateTime<FixedOffset>;

/// A time in which nothing goes on; without an end, it has not ended.
pub type Span = (Moment, Option<Moment>);

/// The sitting that is on: begun last and not ended.
pub fn current(board: &Board) -> Option<&Record> {
    let on = |sitting: &&Record| began(sitting).is_some() && ended(sitting).is_none();
    let sittings = board.of_kind(Kind::Sitting).into_iter().filter(on);
    sittings.max_by_key(|sitting| (began(sitting), sitting.id))
}

/// The sitting that begins next: the first of which nobody has said when it began or ended.
pub fn next(board: &Board) -> Option<&Record> {
    let is_fresh = |sitting: &&Record| began(sitting).is_none() && ended(sitting).is_none();
    board.of_kind(Kind::Sitting).into_iter().find(is_fresh)
}

/// The times between sittings, the first one first: lunch, a night.
pub fn breaks(board: &Board) -> Vec<Span> {
    let span = |sitting: &Record| {
        let from = began(sitting);
        (from, ended(sitting).map(|to| from.map_or(to, |from| to.max(from))))
    };
    let mut timed: Vec<_> = board.of_kind(Kind::Sitting).into_iter().map(span).collect();
    timed.retain(|(from, to)| from.is_some() || to.is_some());
    timed.sort_unstable();
    let (mut breaks, mut until) = (Vec::new(), None::<Moment>);
    for (from, to) in timed {
        if let (Some(until), Some(from)) = (until, from)
            && until < from
        {
            breaks.push((until, Some(from)));
        }
        let Some(to) = to else { return breaks };
        until = until.max(Some(to));
    }
    breaks.extend(until.map(|until| (until, None)));
    breaks
}

/// Whether a sitting is over and the next one has not begun.
pub fn is_adjourned(board: &Board) -> bool {
    breaks(board).last().is_some_and(|(_, to)| to.is_none())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::{
        command::{Command, Refusal},
        edit::Edit,
        ids::RecordId,
        testing::{Desk, ITEMS, UNITS, eight_o_clock},
        timing,
    };

    const MORNING: RecordId = RecordId(0x91);
    const AFTERNOON: RecordId = RecordId(0x92);

    fn end(desk: &mut Desk, sitting: RecordId, title: &str) {
        desk.submit(&Command::EndSitting { sitting, title: title.into() }).unwrap();
    }

    fn begin(desk: &mut Desk, sitting: RecordId, title: &str) {
        desk.submit(&Command::BeginSitting { sitting, title: title.into() }).unwrap();
    }

    fn at(minutes: i64) -> Moment {
        eight_o_clock() + TimeDelta::minutes(minutes)
    }

    /// A desk whose item began at 08:10, and lunch at 11:30.
    fn at_lunch() -> Desk {
        let mut desk = Desk::at_session(1);
        desk.wait(9);
        desk.submit(&Command::StartItem { record: Some(ITEMS[0]) }).unwrap();
        desk.submit(&Command::GiveFloor { record: RecordId(0x93), unit: Some(UNITS[0]), speaker: None })
            .unwrap();
        desk.wait(198);
        end(&mut desk, MORNING, "Buổi sáng");
        desk
    }

    fn spent(desk: &Desk, id: RecordId) -> i64 {
        timing::spent(&desk.board, desk.board.record(id).unwrap(), desk.now()).num_minutes()
    }

    #[test]
    fn lunch_stops_the_clock_and_ends_the_speech() {
        let mut desk = at_lunch();
        assert_eq!(breaks(&desk.board), [(at(210), None)]);
        assert!(is_adjourned(&desk.board) && timing::is_paused(&desk.board, None));
        assert!(crate::domain::speech::current(&desk.board).is_none());
        let before = spent(&desk, ITEMS[0]);
        let late = timing::forecast(&desk.board, desk.now()).unwrap().late;
        desk.wait(120);
        assert_eq!((spent(&desk, ITEMS[0]), before), (200, 200));
        assert_eq!(timing::forecast(&desk.board, desk.now()).unwrap().late, late, "lunch is planned");
        assert_eq!(desk.plan(&Command::Resume { speech: None }), Err(Refusal::NoChange));
        begin(&mut desk, AFTERNOON, "Buổi chiều");
        assert!(!is_adjourned(&desk.board));
        assert_eq!(current(&desk.board).map(|sitting| sitting.id), Some(AFTERNOON));
        desk.wait(9);
        assert_eq!(spent(&desk, ITEMS[0]), 210);
        assert_eq!(timing::forecast(&desk.board, desk.now()).unwrap().late, late + 10);
    }

    #[test]
    fn a_pause_that_nobody_ended_ends_with_the_next_sitting() {
        let mut desk = at_lunch();
        let change = desk.board.changes().next_back().unwrap().id;
        desk.submit(&Command::Undo { change }).unwrap();
        assert!(!timing::is_paused(&desk.board, None), "the sitting goes on");
        desk.submit(&Command::Pause { record: RecordId(0x94), speech: None }).unwrap();
        end(&mut desk, MORNING, "Buổi sáng");
        begin(&mut desk, AFTERNOON, "Buổi chiều");
        assert!(!timing::is_paused(&desk.board, None));
    }

    #[test]
    fn what_is_over_ends_no_more_and_what_is_on_does_not_begin_again() {
        let mut desk = at_lunch();
        let again = Command::EndSitting { sitting: MORNING, title: String::new() };
        assert_eq!(desk.plan(&again), Err(Refusal::NoChange));
        begin(&mut desk, AFTERNOON, "Buổi chiều");
        let again = Command::BeginSitting { sitting: AFTERNOON, title: String::new() };
        assert_eq!(desk.plan(&again), Err(Refusal::NoChange));
        let unit = Command::BeginSitting { sitting: UNITS[0], title: String::new() };
        assert_eq!(desk.plan(&unit), Err(Refusal::WrongKind(Kind::Unit)));
        begin(&mut desk, MORNING, "");
        assert_eq!(current(&desk.board).map(|sitting| sitting.id), Some(MORNING), "it goes on");
        assert!(timing::ended(desk.board.record(AFTERNOON).unwrap()).is_some(), "one is on at a time");
    }

    #[test]
    fn breaks_are_what_no_sitting_covers_however_times_were_put_right() {
        let mut desk = at_lunch();
        begin(&mut desk, AFTERNOON, "Buổi chiều");
        let times = |desk: &mut Desk, sitting, from, to| {
            desk.edit(sitting, Edit::StartedAt(from)).unwrap();
            desk.edit(sitting, Edit::EndedAt(to)).unwrap();
        };
        times(&mut desk, AFTERNOON, Some(at(330)), Some(at(480)));
        assert_eq!(breaks(&desk.board), [(at(210), Some(at(330))), (at(480), None)]);
        times(&mut desk, MORNING, Some(at(5)), Some(at(340)));
        assert_eq!(breaks(&desk.board), [(at(480), None)], "they overlap");
        times(&mut desk, AFTERNOON, Some(at(400)), Some(at(390)));
        assert_eq!(breaks(&desk.board), [(at(340), Some(at(400))), (at(400), None)], "ends before it begins");
        desk.submit(&Command::Remove { record: AFTERNOON }).unwrap();
        assert_eq!(breaks(&desk.board), [(at(340), None)]);
    }
}
