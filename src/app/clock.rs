//! The session's clock as a seat shows and records it.
//!
//! Mostly it is the clock on the wall. That of a sample session rests at a moment of the sample, so that looking around moves
//! nothing; each command given meanwhile moves it by a second, so that what is recorded has times in its order. When
//! something is started whose time counts, it goes on from there.

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::domain::{command::Command, kind::SessionState};

type Moment = DateTime<FixedOffset>;

/// The session's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// It shows the time on the wall.
    Wall,
    /// It shows the same moment until something is started.
    Resting(Moment),
    /// It showed `from` when the clock on the wall showed `wall`.
    Running { from: Moment, wall: Moment },
}

impl Clock {
    /// The clock of a seat, resting at a moment if there is one.
    pub(super) fn new(rests_at: Option<Moment>) -> Self {
        rests_at.map_or(Self::Wall, Self::Resting)
    }

    /// What it shows when the clock on the wall shows `wall`.
    pub(super) fn shows(self, wall: Moment) -> Moment {
        match self {
            Self::Wall => wall,
            Self::Resting(moment) => moment,
            Self::Running { from, wall: then } => from + (wall - then),
        }
    }

    /// Whether it stands still whatever time it is.
    pub(super) fn rests(self) -> bool {
        matches!(self, Self::Resting(_))
    }

    /// Takes note of a command that is given now.
    pub(super) fn note(&mut self, command: &Command, wall: Moment) {
        if let Self::Resting(moment) = self {
            let from = *moment + TimeDelta::seconds(1);
            *self = if starts(command) { Self::Running { from, wall } } else { Self::Resting(from) };
        }
    }
}

/// Whether something begins whose time counts.
fn starts(command: &Command) -> bool {
    matches!(
        command,
        Command::StartItem { record: Some(_) }
            | Command::SetState { state: SessionState::Open }
            | Command::GiveFloor { .. }
            | Command::BeginSitting { .. }
            | Command::EndSitting { .. }
            | Command::Pause { .. }
            | Command::Resume { .. }
    )
}

/// How far back the time on the wall goes before people are told; less is the system's own correction.
const TOLD: TimeDelta = TimeDelta::seconds(5);
/// How far it goes on at once before that may be a correction.
const JUMP: TimeDelta = TimeDelta::seconds(60);

/// The time on the wall, going on where a computer's clock is set back: what it lost is added from then on.
///
/// A clock that is put right again is followed. A laptop that slept is not told from that while something was lost; otherwise
/// the time that it slept is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wall {
    last: Moment,
    lost: TimeDelta,
}

impl Wall {
    /// Of a seat that begins at a moment.
    pub(super) fn new(now: Moment) -> Self {
        Self { last: now, lost: TimeDelta::zero() }
    }

    /// Goes on from a moment that it showed in an earlier run, if the computer's clock was set back since; whether it was. What
    /// is further away than a day was a wrong clock then, and is right now.
    pub(super) fn go_on_from(&mut self, shown: Moment) -> bool {
        let behind = shown - self.last - self.lost;
        let is_set_back = behind > TOLD && behind < TimeDelta::days(1);
        if is_set_back {
            self.lost += behind;
        }
        is_set_back
    }

    /// The time now that the computer's clock shows `shown`, and whether it was set back by much.
    pub(super) fn take(&mut self, shown: Moment) -> (Moment, bool) {
        let step = shown - self.last;
        self.last = shown;
        if step < TimeDelta::zero() {
            self.lost -= step;
        } else if step >= self.lost.max(JUMP) {
            self.lost = TimeDelta::zero();
        }
        (shown + self.lost, step < -TOLD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::RecordId, testing::eight_o_clock};

    const LOOKED: Command = Command::Remove { record: RecordId(1) };
    const STARTED: Command = Command::StartItem { record: Some(RecordId(1)) };

    fn after(seconds: i64) -> Moment {
        eight_o_clock() + TimeDelta::seconds(seconds)
    }

    #[test]
    fn it_rests_but_what_is_recorded_has_times_in_its_order() {
        let mut clock = Clock::new(Some(eight_o_clock()));
        assert_eq!(clock.shows(after(90_000)), eight_o_clock());
        for second in 1..4 {
            clock.note(&LOOKED, after(90_000 + second * 60));
            assert_eq!(clock.shows(after(99_000)), after(second));
        }
    }

    #[test]
    fn it_goes_on_from_there_when_something_is_started() {
        let mut clock = Clock::new(Some(eight_o_clock()));
        clock.note(&STARTED, after(90_000));
        assert_eq!(clock.shows(after(90_000)), after(1));
        assert_eq!(clock.shows(after(90_060)), after(61));
        clock.note(&LOOKED, after(90_060));
        assert_eq!(clock.shows(after(90_060)), after(61));
    }

    #[test]
    fn a_clock_that_is_set_back_loses_no_time() {
        let mut wall = Wall::new(after(0));
        assert_eq!(wall.take(after(100)), (after(100), false));
        assert_eq!(wall.take(after(100 - 3600)), (after(100), true));
        assert_eq!(wall.take(after(110 - 3600)), (after(110), false));
        assert_eq!(wall.take(after(120)), (after(120), false), "put right again");
        assert_eq!(wall.take(after(119)), (after(120), false));
        assert_eq!(wall.take(after(90_000)), (after(90_000), false), "it slept");
    }

    #[test]
    fn a_clock_that_was_set_back_while_the_program_was_not_there_goes_on() {
        let mut wall = Wall::new(after(0));
        assert!(wall.go_on_from(after(3600)));
        assert_eq!(wall.take(after(60)), (after(3660), false));
        assert!(!wall.go_on_from(after(3600)), "it is later than that already");
        assert!(!Wall::new(after(0)).go_on_from(after(4)), "no more than the system's own correction");
        assert!(!Wall::new(after(0)).go_on_from(after(100 * 3600)), "that clock was wrong");
    }

    #[test]
    fn a_session_of_ones_own_has_the_time_on_the_wall() {
        let mut clock = Clock::new(None);
        clock.note(&STARTED, after(5));
        assert_eq!(clock.shows(after(7)), after(7));
    }
}
