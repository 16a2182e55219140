//! When the next frame may go to a terminal elsewhere: not faster than anybody sees, and what can wait comes with what cannot.
//!
//! A frame costs a line's way and, where many look on, as many ways as there are; so who begins and ends a line is no frame of its own
//! if the line itself follows. The host's own terminal knows no beat.

use std::time::Duration;

use crate::app::Touched;

/// No terminal elsewhere is sent frames faster: what changes meanwhile comes with the next one.
const BEAT: Duration = Duration::from_micros(16_667);
/// How long what can wait is kept back, if nothing else is to be drawn.
const LULL: Duration = Duration::from_millis(50);

/// The beat of a seat.
#[derive(Debug, Default)]
pub(super) struct Beat {
    sent: Option<Duration>,
    /// Until when what is to be drawn can wait.
    lull: Option<Duration>,
}

impl Beat {
    /// Something was touched that can wait or cannot; before it, that was still to be drawn.
    pub(super) fn touch(&mut self, touched: Touched, can_wait: bool, before: Touched, now: Duration) {
        match (touched, can_wait, before) {
            (Touched::Nothing, ..) => {}
            (_, true, Touched::Nothing) => self.lull = Some(now + LULL),
            (_, true, _) => {}
            (_, false, _) => self.lull = None,
        }
    }

    /// A frame was sent.
    pub(super) fn sent(&mut self, now: Duration) {
        self.sent = Some(now);
    }

    /// Nothing is left to be drawn.
    pub(super) fn drawn(&mut self) {
        self.lull = None;
    }

    /// When the next frame may be sent; at once if there is no such time.
    pub(super) fn due_at(&self) -> Option<Duration> {
        self.sent.map(|sent| sent + BEAT).max(self.lull)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn what_can_wait_comes_with_what_cannot_or_after_a_lull() {
        let mut beat = Beat::default();
        assert_eq!(beat.due_at(), None);
        beat.touch(Touched::Window, true, Touched::Nothing, ms(100));
        assert_eq!(beat.due_at(), Some(ms(100) + LULL));
        beat.touch(Touched::Window, true, Touched::Window, ms(120));
        assert_eq!(beat.due_at(), Some(ms(100) + LULL), "it is not put off for ever");
        beat.touch(Touched::Nothing, false, Touched::Window, ms(125));
        assert_eq!(beat.due_at(), Some(ms(100) + LULL));
        beat.touch(Touched::Line, false, Touched::Window, ms(130));
        assert_eq!(beat.due_at(), None, "at once");
        beat.drawn();
        beat.sent(ms(130));
        beat.touch(Touched::Window, false, Touched::Nothing, ms(131));
        assert_eq!(beat.due_at(), Some(ms(130) + BEAT));
    }

    #[test]
    fn what_can_wait_does_not_put_off_what_is_to_be_drawn_already() {
        let mut beat = Beat::default();
        beat.touch(Touched::Line, false, Touched::Nothing, ms(1));
        beat.touch(Touched::Window, true, Touched::Line, ms(2));
        assert_eq!(beat.due_at(), None);
    }
}
