//! How much of the window a message can have changed.
//!
//! Told by where a key goes before it acts, so that what is not known to be small is the whole window. Invariant, held by the test that
//! presses anything at all: a frame in which only what was touched is drawn again equals one drawn anew.

use super::{
    App,
    input::types,
    msg::Input,
    panes::PaneId,
    session::{Focus, List, SessionSeat},
};
use crate::keymap::action::Action;

/// A part of the window; status and hints belong to every part but nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Touched {
    /// Nothing.
    #[default]
    Nothing,
    /// The capture line.
    Line,
    /// What is selected in the list, and what stands beside it; how the list stood before.
    List(List),
    /// The selected row alone: what stands beside the list is drawn later.
    Selection(List),
    /// What was left for later.
    Beside,
    /// All of it.
    Window,
}

impl Touched {
    /// The part in which both lie, this one touched before the other.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, part) | (part, Self::Nothing) => part,
            (Self::Line, Self::Line) => Self::Line,
            (Self::List(before), Self::List(_)) => Self::List(before),
            _ => Self::Window,
        }
    }
}

impl App {
    /// What the last message can have changed on the screen.
    pub fn touched(&self) -> Touched {
        self.touched
    }

    /// What an input can change: a letter of the capture line stays in it, a step in a list moves its selection.
    pub(super) fn reach(&self, input: &Input) -> Touched {
        let (Input::Key(key), None, false) = (input, &self.dialog, self.is_veiled()) else {
            return Touched::Window;
        };
        let Some(seat) = self.session() else { return Touched::Window };
        match seat.focus {
            Focus::Capture if types(key) && !seat.shows_clocks() => Touched::Line,
            Focus::List if key.text().is_none() && seat.pane != PaneId::ReadBack => {
                let step = self.keymap.action(self.context(), key).filter(|action| is_step(*action));
                step.map_or(Touched::Window, |_| Touched::List(seat.list()))
            }
            _ => Touched::Window,
        }
    }
}

fn is_step(action: Action) -> bool {
    use Action as A;
    matches!(action, A::Up | A::Down | A::PageUp | A::PageDown | A::First | A::Last)
}

impl SessionSeat {
    /// Whether rows of the pane say how long something has lasted.
    pub fn shows_clocks(&self) -> bool {
        matches!(self.pane, PaneId::Agenda | PaneId::Speakers)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Touched::{Line, Nothing, Window},
        *,
    };

    #[test]
    fn two_parts_lie_in_the_window() {
        let [first, second] = [3, 4].map(|at| Touched::List(List { at, ..List::default() }));
        assert_eq!(Line.and(first), Window);
        assert_eq!(first.and(second), first, "of two steps, what was drawn before the first counts");
        assert_eq!(Nothing.and(Line), Line);
        assert_eq!(Window.and(Nothing), Window);
    }
}
