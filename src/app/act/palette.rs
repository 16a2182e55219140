//! All commands by name, and which of them have a meaning in the present place.

use crate::{
    app::{
        App, Saved,
        arrangement::Order,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        panes::PaneId,
        session::{Focus, SessionSeat},
    },
    domain::{
        chain, difficulty, follow_up,
        kind::{Kind, SessionState},
        pledge, policy,
        record::Record,
        sitting,
    },
    keymap::{Context, action::Action, key::Key},
};

impl App {
    pub(super) fn show_palette(&mut self) -> Vec<Effect> {
        let (context, strings) = (self.screen_context(), self.strings());
        let item = |action: &Action| {
            let key = self.keymap.shown_key(context, *action);
            let enabled = self.is_possible_in_screen(*action);
            let key = key.as_ref().map(Key::shown).unwrap_or_default();
            let aside = if enabled { key } else { self.why_not(*action).to_owned() };
            Item::new(self.action_name(*action), Pick::Action(*action)).aside(aside).enabled(enabled)
        };
        let mut items: Vec<Item> =
            Action::ALL.iter().filter(|action| !action.is_movement()).map(item).collect();
        items.sort_by_key(|item| !item.enabled);
        self.show_picker(Picker::one(strings.palette, items))
    }

    /// Whether an action has a meaning in the present place.
    pub fn is_possible(&self, action: Action) -> bool {
        use Action as A;
        let moves = action.is_movement() || matches!(action, A::Help | A::Cover | A::Quit | A::SayState);
        let chooses = action == A::Mark && self.context() == Context::Choices;
        if self.dialog.is_some() && (moves || chooses) { true } else { self.is_possible_in_screen(action) }
    }

    /// The same, dialogs aside.
    pub fn is_possible_in_screen(&self, action: Action) -> bool {
        use Action as A;
        if self.may_only_watch(action) {
            return false;
        }
        match (action, self.session()) {
            (A::OpenDoor | A::CloseDoor | A::Lobby | A::Invitation, _) => {
                return self.is_possible_at_door(action);
            }
            (A::Elsewhere, _) => return self.saved == Saved::Failed,
            (A::Receive, _) => return self.may_receive(),
            (A::Notebook, _) => return self.may_give_notebook(),
            (A::OpenFolder, _) => return self.may_open_folder(),
            (A::CopyToUsb, _) => return self.may_copy_out(),
            (A::Fill, _) => return self.has_offer(),
            (A::TakeUp, _) => return self.has_session_before(),
            (A::ChooseVersion, _) => return self.may_choose_version(),
            (action, Some(seat)) => return is_possible(seat, action),
            (_, None) => {}
        }
        match action {
            A::Open | A::CloneSession => !self.catalogue.sessions().is_empty(),
            A::Help
            | A::Cover
            | A::Quit
            | A::SwitchLanguage
            | A::SayState
            | A::Find
            | A::Add
            | A::Abbreviations
            | A::ImportAbbreviations => true,
            other => other.is_movement(),
        }
    }
}

fn is_possible(seat: &SessionSeat, action: Action) -> bool {
    use Action as A;
    let selected = seat.selected();
    let kind = selected.and_then(Record::kind);
    let captured = kind.is_some_and(|kind| Kind::CAPTURED.contains(&kind));
    match action {
        A::Open => seat.focus != Focus::List || selected.is_some(),
        A::Remove => kind.is_some_and(|kind| kind != Kind::Session) && !is_silent_unit(seat),
        A::MoveUp | A::MoveDown => {
            let is_fixed = matches!(seat.pane, PaneId::Triage | PaneId::ReadBack | PaneId::Chain)
                || is_silent_unit(seat);
            let is_sorted = seat.pane == PaneId::Difficulties && seat.arrangement.order != Order::Placed;
            !is_fixed && !is_sorted && kind.is_some_and(|kind| kind != Kind::Session)
        }
        A::ToggleDone => kind == Some(Kind::FollowUp),
        A::CarryOver => selected.is_some_and(follow_up::may_be_carried),
        A::Add => seat.pane != PaneId::FollowUp,
        A::ChainPrevious if kind == Some(Kind::FollowUp) => true,
        A::Disclose => selected.is_some_and(Record::is_off_record),
        A::ChainNext | A::ChainPrevious => selected.is_some_and(|record| chain::stage(record).is_some()),
        A::Agree | A::LeaveOpen | A::Freeze => seat.pane == PaneId::ReadBack && seat.paragraph().is_some(),
        A::Close => policy::session_state(&seat.board) == SessionState::Open,
        A::RecordHistory => selected.is_some(),
        A::Merge if seat.focus == Focus::Capture => seat.near().is_some(),
        A::SortList | A::FilterList => seat.pane == PaneId::Difficulties && seat.focus == Focus::List,
        A::Take | A::KeepBoth => seat.twin().is_some(),
        A::Split if matches!(seat.focus, Focus::Editing | Focus::Capture) => seat.is_splitting(),
        A::SameOpinion => kind == Some(Kind::Difficulty),
        A::Mark | A::Publish | A::Merge | A::Split | A::Attach | A::Link | A::CheckLater => captured,
        action if action.is_classification() => captured,
        A::TogglePresent if kind == Some(Kind::Venue) => true,
        A::ChooseVenue => kind == Some(Kind::Attendee) && !seat.board.of_kind(Kind::Venue).is_empty(),
        A::Sitting => {
            let figures = &seat.figures;
            figures.item.is_some() || figures.adjourned || sitting::current(&seat.board).is_some()
        }
        action if action.is_attendance() => kind == Some(Kind::Attendee),
        A::AllPresent => !seat.board.of_kind(Kind::Attendee).is_empty(),
        A::ChooseTheme => {
            let about_something = seat.figures.item.is_some() || seat.sorts_lines();
            about_something && seat.board.of_kind(Kind::Theme).len() > 1
        }
        A::Connection => !seat.board.of_kind(Kind::Venue).is_empty(),
        A::ChangeSpeaker => captured || seat.focus == Focus::Capture,
        A::Near => seat.near().is_some(),
        A::Unmerge => selected.is_some_and(|record| gathers(seat, record)),
        A::Restore => seat.board.records().any(|record| record.is_removed() && record.kind().is_some()),
        A::Proposals => seat.board.aside().next().is_some(),
        A::Unsaved => !seat.kept.is_empty() || seat.capture.has_text(),
        A::NextItem => !seat.board.of_kind(Kind::AgendaItem).is_empty(),
        A::Pause => seat.figures.item.is_some() || seat.figures.paused,
        A::EndSpeech | A::PauseSpeech => seat.figures.floor.is_some(),
        A::Allot => seat.figures.item.is_some() && !seat.figures.silent.is_empty(),
        A::SessionState => !policy::next_states(policy::session_state(&seat.board)).is_empty(),
        A::Sign => pledge::signatures(&seat.board).iter().any(|(_, signature)| signature.is_none()),
        _ => true,
    }
}

/// Among the speakers a unit stands for a speech that is not there: what is done there is not done to the unit.
fn is_silent_unit(seat: &SessionSeat) -> bool {
    seat.pane == PaneId::Speakers && seat.selected().and_then(Record::kind) == Some(Kind::Unit)
}

fn gathers(seat: &SessionSeat, record: &Record) -> bool {
    let board = &seat.board;
    !board.merged_into(record.id).is_empty() || !difficulty::continuations(board, record.id).is_empty()
}
