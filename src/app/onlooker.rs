//! What whoever only looks on may not do: told at the key, not after a whole line was typed. The writer enforces it all the same.

use super::{App, session::Focus};
use crate::{domain::policy::Role, keymap::action::Action};

impl App {
    /// Whether this seat only looks on.
    pub fn only_watches(&self) -> bool {
        self.role == Role::Observer
    }

    /// Whether an action would write and this seat only looks on.
    pub(super) fn may_only_watch(&self, action: Action) -> bool {
        self.only_watches() && (writes(action) || self.begins_a_text(action))
    }

    /// Whether an action leads into a text that would be stored. What was typed before can still be reached.
    fn begins_a_text(&self, action: Action) -> bool {
        let Some(seat) = self.session().filter(|_| self.dialog.is_none()) else { return false };
        match action {
            Action::Open => matches!(seat.focus, Focus::Detail(_) | Focus::Editing),
            Action::Capture => !seat.capture.has_text(),
            _ => false,
        }
    }
}

fn writes(action: Action) -> bool {
    use Action as A;
    let tells = matches!(action, A::Add | A::CloneSession | A::TakeUp | A::Import | A::ImportList);
    let sorts = matches!(
        action,
        A::Remove | A::Restore | A::MoveUp | A::MoveDown | A::Merge | A::Unmerge | A::Split | A::Attach
    );
    let relates = matches!(
        action,
        A::CheckLater | A::ChangeSpeaker | A::Fill | A::Link | A::SameOpinion | A::Take | A::KeepBoth
    );
    let concludes = matches!(
        action,
        A::Agree | A::LeaveOpen | A::Freeze | A::ToggleDone | A::CarryOver | A::Sign | A::ChooseVersion
    );
    let runs = matches!(
        action,
        A::AllPresent
            | A::Sitting
            | A::ChooseVenue
            | A::ChooseTheme
            | A::Connection
            | A::SessionState
            | A::PledgeState
            | A::Close
            | A::NextItem
            | A::Pause
    );
    let speaks = matches!(action, A::GiveFloor | A::EndSpeech | A::PauseSpeech | A::Allot);
    let shows = matches!(action, A::Publish | A::Disclose);
    let marks = action.is_classification() || action.is_attendance();
    tells || sorts || relates || concludes || runs || speaks || shows || marks
}
