//! When a shown clock has to move. Without one that runs nothing ticks, so that an idle program sleeps.

use std::time::Duration;

use chrono::{TimeDelta, Timelike as _};

use super::{App, effect::Effect, notice::Level, panes::PaneId};

/// How long something that was said and needs no answer stands in the place of a running clock.
const SAID: TimeDelta = TimeDelta::seconds(5);
const SECOND: Duration = Duration::from_secs(1);

impl App {
    /// How long until the screen differs because time passes; none if it does not.
    ///
    /// A clock that runs moves every second. While the session pauses, the forecast of its end moves every minute.
    pub fn next_tick(&self) -> Option<Duration> {
        let seat = self.session().filter(|_| !self.covered && !self.clock.rests())?;
        let stays = self.notice.as_ref().is_some_and(|notice| notice.level > Level::Info);
        let shown = !stays || seat.pane == PaneId::Speakers;
        let second =
            SECOND.saturating_sub(Duration::from_nanos(self.now.nanosecond().into())).max(SECOND / 1000);
        if shown && seat.figures.runs() {
            return Some(second);
        }
        let waits = seat.figures.paused && seat.figures.item.is_some();
        (shown && waits).then(|| second + SECOND * 59u32.saturating_sub(self.now.second()))
    }

    /// Time has passed: what was said gives way to the clock.
    pub(super) fn tick(&mut self) -> Vec<Effect> {
        let over = self.wall - self.said >= SAID;
        if over && self.notice.as_ref().is_some_and(|notice| notice.level == Level::Info) {
            self.notice = None;
        }
        Vec::new()
    }
}
