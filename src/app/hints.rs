//! The keys that matter here and now, and where each stands in the last line: drawn and clicked alike.

mod tables;

use tables::{AGENDA, BEHIND, CAPTURE, CONCLUSIONS, SPEAKERS, TRIAGE};

use super::{
    App, Saved,
    dialogs::{Dialog, pages::Live, wizard::Wizard},
    layout::{Areas, Rect},
    panes::PaneId,
    seat::KeptSession,
    session::{Focus, SessionSeat},
};
use crate::{
    domain::{
        field, follow_up,
        ids::ScopeId,
        kind::{Kind, SessionState},
        policy,
        record::Record,
        roll_call::Roll,
    },
    i18n::{capitalised, fill},
    keymap::{Context, action::Action},
    text::width::width,
};

/// No hint takes fewer cells.
const SHORTEST: u16 = 6;

/// A key and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What it does.
    pub action: Action,
    /// The key.
    pub key: String,
    /// The action's name here.
    pub name: &'static str,
    /// Whether it stands at the right, always.
    pub aside: bool,
    /// Where.
    pub area: Rect,
}

impl App {
    /// The hints that fit into the last line, from the same table that keys are looked up in. None while something long is told there.
    pub fn hints(&self, areas: &Areas) -> Vec<Hint> {
        let mut hints = Vec::new();
        if self.takes_the_hints(areas) {
            return hints;
        }
        let mut room = skip(areas.hints, 1);
        if self.dialog.is_none() {
            for action in [Action::Palette, Action::Help] {
                let (key, name) = (self.key_name(action), name(self, action));
                let cells = cells(&key, name).min(room.width.saturating_sub(1));
                room.width = room.width.saturating_sub(cells + 1);
                let area = Rect { x: room.x + room.width, width: cells, ..room };
                room.width = room.width.saturating_sub(1);
                hints.push(Hint { action, key, name, aside: true, area });
            }
            // Two cells part what is hinted at from what always stands there.
            room.width = room.width.saturating_sub(1);
        }
        for action in relevant(self) {
            if room.width < SHORTEST {
                break;
            }
            let key = self.key_name(action);
            let fits = |name: &&str| !key.is_empty() && cells(&key, name) <= room.width;
            let Some(name) = names(self, action).into_iter().find(fits) else { continue };
            if !self.is_possible(action) {
                continue;
            }
            let cells = cells(&key, name);
            hints.push(Hint { action, key, name, aside: false, area: Rect { width: cells, ..room } });
            room = skip(room, cells + 3);
        }
        hints
    }

    /// Whether what was said takes the line of the hints.
    fn takes_the_hints(&self, areas: &Areas) -> bool {
        let saved = width(&self.saved_words()) + 2;
        let text = self.notice.as_ref().map_or(0, |notice| width(&notice.text));
        text > 0 && text + saved > usize::from(areas.status.width.saturating_sub(1))
    }

    /// Whether something that was typed is not stored: in the session that is open, at Home in any, or in the form of a new one.
    pub fn has_unsaved(&self) -> bool {
        match self.session() {
            Some(seat) => seat.has_unsaved(),
            None => {
                self.form().is_some_and(Wizard::is_begun)
                    || self.parked.values().any(KeptSession::has_unsaved)
            }
        }
    }

    /// The form of a new session, open or left.
    fn form(&self) -> Option<&Wizard> {
        match &self.dialog {
            Some(Dialog::Wizard(wizard)) => Some(wizard),
            _ => self.kept_wizard.as_deref(),
        }
    }

    /// Whether something that was typed in a session, which is not open, is not stored.
    pub fn has_unsaved_in(&self, scope: ScopeId) -> bool {
        self.parked.get(&scope).is_some_and(KeptSession::has_unsaved)
    }

    /// Whether all is saved, in the person's language.
    pub fn saved_words(&self) -> String {
        let strings = self.strings();
        let text = match self.saved {
            Saved::Failed => return strings.not_saved.to_owned(),
            _ if !self.pending.is_empty() => return strings.saving.to_owned(),
            Saved::At(at) => fill(strings.saved, &[&at.format("%H:%M:%S").to_string()]),
            Saved::Nothing => String::new(),
        };
        match (self.has_unsaved(), text.is_empty()) {
            (false, _) => text,
            (true, true) => capitalised(strings.unsaved_text),
            (true, false) => format!("{text} · {}", strings.unsaved_text),
        }
    }
}

fn skip(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}

fn cells(key: &str, name: &str) -> u16 {
    u16::try_from(width(key) + 1 + width(name)).unwrap_or(u16::MAX)
}

/// What an action is called here, the longest first.
fn names(app: &App, action: Action) -> Vec<&'static str> {
    let short = (action == Action::Leave).then_some(app.strings().action_leave);
    [name(app, action)].into_iter().chain(short).collect()
}

/// What an action is called here: Enter and Esc by what they do.
fn name(app: &App, action: Action) -> &'static str {
    let strings = app.strings();
    let editing = app.dialog.is_none() && app.is_typing();
    match (action, &app.dialog) {
        (Action::SayState, None) if app.saved == Saved::Failed => strings.action_elsewhere,
        (Action::Pause, _) if app.session().is_some_and(|seat| seat.figures.paused) => strings.resume,
        (Action::Projector, _) => strings.wall.projector_short,
        (Action::ChairPage, _) => strings.wall.chair_short,
        (Action::PrintPage, Some(Dialog::Pages(pages))) if pages.live == Some(Live::Statistics) => {
            strings.papers.statistics.print
        }
        (Action::Allot, _) => strings.allot,
        (Action::ToggleDone, _) if selected(app, |item| item.date(&field::DONE_ON).is_some()) => {
            strings.following.action_not_done
        }
        (Action::CarryOver, _) if selected(app, follow_up::is_carried) => strings.following.action_carry_not,
        (Action::ChainPrevious, _) if selected(app, |item| item.kind() == Some(Kind::FollowUp)) => {
            strings.following.action_origin
        }
        (Action::CheckLater, _) if selected(app, |line| line.flag(&field::CHECK_LATER)) => {
            strings.sorting.action_checked
        }
        (Action::TogglePresent, _) if at_venue(app) => strings.action_connection,
        (Action::Sitting, _) if app.session().is_some_and(|seat| seat.figures.adjourned) => {
            strings.begin_sitting
        }
        (Action::Sitting, _) => strings.end_sitting,
        (Action::Pause, _) => strings.pause,
        (Action::Publish, _) if app.publishes_no_more() => strings.wall.unpublish,
        (Action::Open, Some(Dialog::Picker(picker))) if picker.is_done_by_enter() => {
            strings.action_leave_list
        }
        (Action::Open, Some(Dialog::Picker(picker))) if picker.many => strings.action_mark,
        (Action::Open, Some(Dialog::Picker(_))) => strings.choose,
        (Action::Open, Some(Dialog::Wizard(_))) => strings.action_create,
        (Action::Open, None) if app.context() == Context::ReadBack => strings.read_back.action_edit,
        (Action::Open, None) if is_splitting(app) => strings.sorting.action_split_here,
        (Action::Split, None) if is_splitting(app) => strings.sorting.action_split_all,
        (Action::Next, None) if is_splitting(app) => strings.sorting.action_next_cut,
        (Action::Open, None) if takes_up_next(app) => strings.sorting.action_next_line,
        (Action::Open, _) if editing => strings.action_save_line,
        (Action::Open, None) if in_details(app) => strings.read_back.action_edit,
        (Action::Open, Some(Dialog::Folder(_))) => strings.go_elsewhere,
        (Action::Leave, Some(Dialog::Wizard(_) | Dialog::Folder(_))) => strings.action_leave_text,
        (Action::Leave, Some(Dialog::Picker(picker))) if picker.many => strings.action_leave_list,
        (Action::Leave, _) if editing => strings.action_leave_text,
        (Action::Add, None) if app.session().is_none() => strings.new_session_short,
        _ => app.action_name(action),
    }
}

/// The actions to hint at, the likeliest first.
fn relevant(app: &App) -> Vec<Action> {
    use Action as A;
    match &app.dialog {
        Some(Dialog::Pages(pages)) if pages.live.is_some() => {
            return vec![A::PageUp, A::PageDown, A::PrintPage, A::Leave];
        }
        Some(Dialog::Invitation) => return vec![A::Leave],
        Some(Dialog::Pages(_)) => return vec![A::PageDown, A::PageUp, A::Leave],
        Some(Dialog::Wizard(wizard)) if wizard.entry().is_none() => {
            return vec![A::Open, A::Leave, A::Previous];
        }
        Some(Dialog::Wizard(_)) => return vec![A::Next, A::Help, A::Leave, A::Previous],
        Some(Dialog::Picker(picker)) if picker.is_done_by_enter() => return vec![A::Mark, A::Open, A::Leave],
        Some(Dialog::Picker(picker)) if picker.takes_space() => return vec![A::Mark, A::Leave],
        Some(_) => return vec![A::Open, A::Leave],
        None => {}
    }
    let offer = (app.saved == Saved::Failed).then_some(A::SayState);
    let adjourned = app.session().is_some_and(|seat| seat.figures.adjourned && seat.focus == Focus::List);
    let next = adjourned.then_some(A::Sitting);
    offer.into_iter().chain(next).chain(relevant_in_screen(app)).collect()
}

/// What is likely to be done in the place that fills the window, the likeliest first.
pub(super) fn likely_here(app: &App) -> Vec<Action> {
    let possible = |action: &Action| app.is_possible_in_screen(*action);
    relevant_in_screen(app).into_iter().filter(possible).collect()
}

/// Whether the selected record is of that sort.
fn selected(app: &App, is: impl Fn(&Record) -> bool) -> bool {
    app.session().and_then(SessionSeat::selected).is_some_and(is)
}

/// Whether Enter fetches a line that waits.
fn takes_up_next(app: &App) -> bool {
    let captures = |seat: &&SessionSeat| seat.focus == Focus::Capture;
    app.session().filter(captures).is_some_and(|seat| seat.capture.takes_up_next())
}

fn at_venue(app: &App) -> bool {
    selected(app, |record| record.kind() == Some(Kind::Venue))
}

fn relevant_in_screen(app: &App) -> Vec<Action> {
    use Action as A;
    match app.context() {
        Context::Home => vec![A::Open, A::Add, A::CloneSession, A::Find, A::Quit],
        Context::Capture => CAPTURE.to_vec(),
        Context::Chair => vec![A::PageUp, A::PageDown, A::PrintPage, A::Leave],
        Context::Session
        | Context::RollCall
        | Context::Speakers
        | Context::ReadBack
        | Context::FollowUp
        | Context::Pledge
        | Context::Dialog
        | Context::Choices
            if in_details(app) =>
        {
            vec![A::ChooseVersion, A::Fill, A::Open, A::Leave, A::RecordHistory, A::Undo]
        }
        Context::ReadBack => relevant_in_read_back(app),
        Context::FollowUp => {
            vec![A::ToggleDone, A::CarryOver, A::Open, A::ChainPrevious, A::TakeUp, A::Remove, A::Undo]
        }
        Context::Pledge => vec![A::Add, A::Sign, A::Open, A::Remove, A::Undo],
        Context::Projector => vec![A::PageUp, A::PageDown, A::Leave, A::Cover],
        Context::Triage | Context::Session if marks(app) => {
            vec![A::Merge, A::Publish, A::ChangeSpeaker, A::ChooseTheme, A::Mark, A::Leave]
        }
        Context::Text if app.is_possible(A::Split) => vec![A::Open, A::Split, A::Next, A::Leave, A::Undo],
        Context::Text => vec![A::Fill, A::Open, A::Leave, A::Next, A::Undo],
        Context::Triage if app.is_possible(A::Take) => {
            vec![A::Take, A::Merge, A::KeepBoth, A::ClassifyDifficulty, A::Split, A::Attach]
        }
        Context::Triage => TRIAGE.to_vec(),
        Context::RollCall => relevant_in_roll_call(app),
        Context::Speakers => SPEAKERS.to_vec(),
        Context::Session if in_pane(app, PaneId::Agenda) && is_draft(app) => {
            vec![A::Open, A::Add, A::NextItem, A::SessionState, A::Projector, A::ChairPage, A::Undo]
        }
        Context::Session if in_pane(app, PaneId::Agenda) => AGENDA.to_vec(),
        Context::Session if in_pane(app, PaneId::Chain) => {
            vec![A::ChainNext, A::ChainPrevious, A::Leave, A::Open, A::Add, A::Link, A::Undo]
        }
        Context::Session if in_pane(app, PaneId::Conclusions) => CONCLUSIONS.to_vec(),
        Context::Session | Context::Dialog | Context::Choices => {
            let shown = app.session().is_some_and(|seat| !seat.figures.published.is_empty());
            let first = [A::ChooseVersion, A::Fill, A::Capture, A::Open].into_iter();
            let last = (!shown).then_some(A::Projector);
            let rest = [A::Add, A::Triage, A::ChairPage, A::Publish].into_iter().chain(last);
            first.chain(shown.then_some(A::Projector)).chain(rest).chain(BEHIND).collect()
        }
    }
}

/// Once all is read, freezing comes first.
fn relevant_in_read_back(app: &App) -> Vec<Action> {
    use Action as A;
    let is_read = |seat: &SessionSeat| seat.reading.tally(&seat.board).unread.is_empty();
    let first = app.session().is_some_and(is_read).then_some(A::Freeze);
    let rest = [A::Agree, A::Open, A::LeaveOpen, A::Fill, A::Close, A::Undo];
    let last = first.is_none().then_some(A::Freeze);
    first.into_iter().chain(rest).chain(last).collect()
}

/// All at once as long as somebody was not called, then the exceptions.
fn relevant_in_roll_call(app: &App) -> Vec<Action> {
    use Action as A;
    let unmarked = app.session().is_some_and(|seat| Roll::at(&seat.board, seat.slot()).unmarked > 0);
    let marks = [A::MarkSubstitute, A::MarkExcused, A::MarkUnexcused, A::MarkLate, A::MarkLeftEarly];
    let all = unmarked.then_some(A::AllPresent);
    let last = [A::ChooseSitting, A::Add, A::MarkPresent, A::ChooseVenue, A::Sitting];
    all.into_iter().chain([A::TogglePresent]).chain(marks).chain(last).collect()
}

fn marks(app: &App) -> bool {
    app.session().is_some_and(|seat| !seat.marked.is_empty())
}

fn in_pane(app: &App, pane: PaneId) -> bool {
    app.session().is_some_and(|seat| seat.pane == pane)
}

/// Whether the session is being prepared.
fn is_draft(app: &App) -> bool {
    app.session().is_some_and(|seat| policy::session_state(&seat.board) == SessionState::Draft)
}

fn is_splitting(app: &App) -> bool {
    app.session().is_some_and(SessionSeat::is_splitting)
}

fn in_details(app: &App) -> bool {
    app.session().is_some_and(|seat| matches!(seat.focus, Focus::Detail(_)))
}
