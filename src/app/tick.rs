//! When a shown clock has to move. Without one that runs nothing ticks, so that an idle program sleeps.

use std::time::Duration;

use chrono::{TimeDelta, Timelike as _};

use super::{App, effect::Effect, notice::Level, panes::PaneId};
use crate::domain::ids::RecordId;

/// How long something that was said and needs no answer stands in the place of a running clock.
const SAID: TimeDelta = TimeDelta::seconds(5);
const SECOND: Duration = Duration::from_secs(1);

impl App {
    /// How long until the screen differs because time passes; none if it does not.
    ///
    /// What others did gives way after a moment. A clock that runs moves every second; what was left open for a day is no clock. While the session pauses, the forecast
    /// of its end moves every minute.
    pub fn next_tick(&self) -> Option<Duration> {
        self.clock_tick().into_iter().chain(self.news_left()).min()
    }

    fn clock_tick(&self) -> Option<Duration> {
        let seat = self.session().filter(|_| !self.covered && !self.clock.rests())?;
        let stays = self.notice.as_ref().is_some_and(|notice| notice.level > Level::Info);
        let shown =
            !stays || seat.pane == PaneId::Speakers || seat.projected.is_some() || self.live_page().is_some();
        let second =
            SECOND.saturating_sub(Duration::from_nanos(self.now.nanosecond().into())).max(SECOND / 1000);
        let moves = |record: Option<RecordId>| {
            let record = record.and_then(|id| seat.board.record(id));
            record.is_some_and(|record| !seat.is_left_open(record, self.now))
        };
        let item = moves(seat.figures.item.map(|(item, _)| item));
        let floor = moves(seat.figures.floor.filter(|_| !seat.figures.floor_paused));
        if shown && !seat.figures.paused && (item || floor) {
            return Some(second);
        }
        let waits = seat.figures.paused && item;
        (shown && waits).then(|| second + SECOND * 59u32.saturating_sub(self.now.second()))
    }

    /// Time has passed: what was said gives way to the clock.
    pub(super) fn tick(&mut self) -> Vec<Effect> {
        if self.news.as_ref().is_some_and(|news| news.until <= self.wall) {
            self.news = None;
        }
        let over = self.wall - self.said >= SAID;
        if over && self.notice.as_ref().is_some_and(|notice| notice.level == Level::Info) {
            self.notice = None;
        }
        Vec::new()
    }
}
