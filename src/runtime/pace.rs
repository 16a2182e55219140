//! When what stands beside a list is drawn: with the first step at once, while a key repeats when the selection rests.
//!
//! The details of another record are most of the bytes of a step, and nobody reads them in passing; over a slow line they would
//! come late for the record that the key stops at. Invariant: what was left out is drawn, at the latest [`REST`] after the last step.

use std::time::Duration;

use crate::app::Touched;

/// Steps that follow each other faster are a key that is held down: keyboards repeat it every 25 to 40 ms.
const REST: Duration = Duration::from_millis(60);

/// How the selection moves.
#[derive(Debug, Default)]
pub(super) struct Pace {
    stepped: Option<Duration>,
    /// Whether something was left out.
    waits: bool,
}

impl Pace {
    /// What is drawn now of what was touched.
    pub(super) fn draws(&mut self, touched: Touched, now: Duration) -> Touched {
        match touched {
            Touched::List(before) => {
                let last = self.stepped.replace(now);
                self.waits = last.is_some_and(|last| now.saturating_sub(last) < REST);
                if self.waits { Touched::Selection(before) } else { touched }
            }
            Touched::Window | Touched::Beside => {
                self.waits = false;
                touched
            }
            Touched::Nothing | Touched::Line | Touched::Selection(_) => touched,
        }
    }

    /// When the rest is to be drawn, if anything was left out.
    pub(super) fn deadline(&self) -> Option<Duration> {
        self.stepped.filter(|_| self.waits).map(|stepped| stepped + REST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::List;

    fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    #[test]
    fn of_a_key_held_down_the_first_step_and_the_rest_are_whole() {
        let (step, mut pace) = (Touched::List(List::default()), Pace::default());
        assert_eq!(pace.draws(step, ms(0)), step);
        assert_eq!(pace.deadline(), None);
        assert_eq!(pace.draws(step, ms(30)), Touched::Selection(List::default()));
        assert_eq!(pace.draws(step, ms(60)), Touched::Selection(List::default()));
        assert_eq!(pace.draws(Touched::Line, ms(70)), Touched::Line);
        assert_eq!(pace.deadline(), Some(ms(120)), "a letter meanwhile does not forget it");
        assert_eq!(pace.draws(Touched::Beside, ms(120)), Touched::Beside);
        assert_eq!(pace.deadline(), None);
        assert_eq!(pace.draws(step, ms(150)), step, "after a rest a step is whole");
    }

    #[test]
    fn a_whole_window_leaves_nothing_out() {
        let (step, mut pace) = (Touched::List(List::default()), Pace::default());
        let _ = (pace.draws(step, ms(0)), pace.draws(step, ms(10)));
        assert_eq!(pace.draws(Touched::Window, ms(20)), Touched::Window);
        assert_eq!(pace.deadline(), None);
    }
}
