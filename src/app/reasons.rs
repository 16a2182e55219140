//! Why an action has no meaning now, in words that say what to do first.

use super::{
    App,
    arrangement::Order,
    company::Terminal,
    effect::Effect,
    notice::Notice,
    panes::PaneId,
    session::{Focus, SessionSeat},
};
use crate::{
    domain::{kind::Kind, record::Record},
    keymap::action::Action,
};

impl App {
    /// Why an action that has no meaning here has none.
    pub(super) fn why_not(&self, action: Action) -> &'static str {
        use Action as A;
        let words = &self.strings().reasons;
        if matches!(action, A::OpenFolder | A::CopyToUsb) && self.terminal == Terminal::Guests {
            return words.not_hosts;
        }
        if self.may_only_watch(action) {
            return words.looks_on;
        }
        if matches!(action, A::OpenDoor | A::CloseDoor | A::Lobby | A::Invitation) {
            return self.why_not_at_door();
        }
        let Some(seat) = self.session() else {
            let is_none_yet = self.catalogue.sessions().is_empty();
            return if is_none_yet { words.none_yet } else { words.no_session };
        };
        let kind = seat.selected().and_then(Record::kind);
        let captured = kind.is_some_and(|kind| Kind::CAPTURED.contains(&kind));
        match action {
            A::Open | A::Remove | A::MoveUp | A::MoveDown | A::RecordHistory if kind.is_none() => {
                words.no_row
            }
            A::Near | A::Merge if seat.focus == Focus::Capture => words.no_near,
            A::MoveUp | A::MoveDown if seat.arrangement.order != Order::Placed => words.sorted,
            A::Take | A::KeepBoth => words.no_twin,
            A::SameOpinion => words.no_difficulty,
            action if sorts(action) && !captured => words.no_line,
            A::SortList | A::FilterList if seat.pane != PaneId::Difficulties => words.not_difficulties,
            action if action.is_attendance() || action == A::ChooseVenue => {
                no_attendee(seat, words.no_attendee, words.not_here)
            }
            A::Pause | A::Allot | A::Sitting | A::ChooseTheme if seat.figures.item.is_none() => words.no_item,
            A::Sign => words.all_signed,
            A::EndSpeech | A::PauseSpeech => words.no_floor,
            A::Agree | A::LeaveOpen | A::Freeze => words.not_reading,
            A::Close => words.not_open,
            A::Restore => words.nothing_removed,
            A::Unsaved => words.nothing_typed,
            A::Proposals => words.nothing_proposed,
            A::Elsewhere => words.nothing_failed,
            _ => words.not_here,
        }
    }

    fn why_not_at_door(&self) -> &'static str {
        let words = &self.strings().reasons;
        match self.door.lobby.invitation {
            _ if !self.keeps_door() => words.no_keeper,
            Some(_) => words.door_open,
            None => words.door_closed,
        }
    }

    /// Says why an action has no meaning here.
    pub(super) fn refuse(&mut self, action: Action) -> Vec<Effect> {
        self.say(Notice::warning(self.why_not(action)));
        Vec::new()
    }
}

/// What is done to lines that were captured.
fn sorts(action: Action) -> bool {
    use Action as A;
    let joins = matches!(action, A::Mark | A::Merge | A::Split | A::Attach | A::Link | A::ChangeSpeaker);
    joins || matches!(action, A::Publish | A::CheckLater) || action.is_classification()
}

fn no_attendee(seat: &SessionSeat, first: &'static str, none: &'static str) -> &'static str {
    if seat.pane == PaneId::RollCall || seat.pane == PaneId::Roster { first } else { none }
}
