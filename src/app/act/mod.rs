//! What each action does: one file a theme. The match only dispatches.

mod abbreviations;
mod apart;
mod arrange;
mod ask;
mod chain;
mod conclude;
mod copy;
mod edit;
mod elsewhere;
mod findings;
mod following;
mod import;
mod join;
mod lists;
mod make;
mod old_fonts;
mod palette;
mod place;
pub(super) mod proposals;
mod publish;
mod read;
mod reading;
mod roll_call;
mod room;
mod settle;
mod sort;
mod speak;
mod step;
mod taking;
mod twins;
mod who;

pub(super) use following::Seeking;

use super::{
    App, Saved, details,
    dialogs::{Dialog, pages::Live},
    effect::Effect,
    notice::Notice,
    panes::PaneId,
    session::{Focus, SessionSeat},
};
use crate::{
    document::Depth,
    domain::{ids::RecordId, record::Record},
    i18n::Strings,
    keymap::action::Action,
};

impl App {
    /// Does an action, or says that it has no meaning here.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.projected().is_some() {
            return self.act_on_wall(action);
        }
        if self.is_possible(action) { self.act_as_usual(action) } else { self.refuse(action) }
    }

    /// The same for an action that is known to have a meaning here.
    pub(super) fn act_as_usual(&mut self, action: Action) -> Vec<Effect> {
        use Action as A;
        match action {
            A::Capture => self.open_capture(),
            A::PaneAgenda => self.show(PaneId::Agenda),
            A::PaneKeynote => self.show(PaneId::Keynote),
            A::PaneDifficulties => self.show(PaneId::Difficulties),
            A::PaneConclusions => self.show(PaneId::Conclusions),
            A::PaneRoster => self.show(PaneId::Roster),
            A::PanePledge => self.show(PaneId::Pledge),
            A::Triage => self.show(PaneId::Triage),
            A::RollCall => self.show(PaneId::RollCall),
            A::PaneFollowUp | A::TakeUp | A::ToggleDone | A::CarryOver => self.follow(action),
            A::AllPresent => self.all_present(),
            A::MarkSubstitute => self.ask_whom(),
            A::TogglePresent
            | A::MarkPresent
            | A::MarkExcused
            | A::MarkUnexcused
            | A::MarkLate
            | A::MarkLeftEarly => self.attend(action),
            A::ChooseSitting => self.ask_sitting(),
            A::Sitting => self.turn_sitting(),
            A::ChooseVenue => self.ask_venue(),
            A::ChooseTheme => self.ask_theme(),
            A::Connection => self.ask_connection(),
            A::Home => self.go_home(),
            A::Open => self.open_or_store(),
            A::Leave => self.leave(),
            A::Add => self.add(),
            A::CloneSession => self.clone_session(),
            A::Remove => self.remove(),
            A::Restore => self.ask_restore(),
            A::MoveUp => self.relocate(-1),
            A::MoveDown => self.relocate(1),
            A::Split => self.begin_split(),
            A::ChangeSpeaker => self.ask_speaker(),
            A::Chain | A::ChainNext | A::ChainPrevious => self.walk_chain(action),
            A::Fill | A::ReadBack | A::Agree | A::LeaveOpen | A::Freeze | A::Close => self.conclude(action),
            A::Link => self.ask_link(),
            A::Abbreviations => self.show_abbreviations(),
            A::ImportAbbreviations => self.ask_table(),
            A::PinContext => self.pin_context(),
            A::Near => self.go_near(),
            A::SessionState => self.ask_state(),
            A::PledgeState => self.ask_pledge_state(),
            A::NextItem => self.next_item(),
            A::Pause => self.pause(),
            A::PaneSpeakers => self.show(PaneId::Speakers),
            A::GiveFloor => self.give_floor(),
            A::EndSpeech => self.end_speech(),
            A::PauseSpeech => self.pause_speech(),
            A::Allot => self.allot(),
            A::Publish => self.publish(),
            A::Disclose => self.ask_disclosure(),
            A::ChairPage => self.show_live(Live::Chair),
            A::Statistics => self.show_live(Live::Statistics),
            A::PrintPage => self.print_page(),
            A::Projector => self.project(),
            A::Sign => self.ask_signer(),
            A::Proposals => self.ask_proposals(),
            A::Findings => self.show_findings(),
            A::Find => self.ask_find(),
            A::Unsaved => self.ask_unsaved(),
            A::ChooseVersion => self.ask_version(),
            A::RecordHistory => self.show_record_history(),
            A::SessionHistory => self.show_session_history(),
            A::Export => self.export(Depth::Full),
            A::OpenFolder => vec![Effect::OpenFolder],
            A::CopyToUsb => self.find_sticks(),
            A::Preview => self.ask_paper(),
            A::Import => self.ask_import(),
            A::ImportList => self.ask_list(),
            A::Receive => self.ask_receive(),
            A::Notebook => self.ask_taker(),
            A::ExportMainCourse => self.export(Depth::MainCourse),
            A::ExportConclusionsOnly => self.export(Depth::ConclusionsOnly),
            A::Undo | A::Redo => self.revert(action == A::Undo),
            A::SayState if self.saved == Saved::Failed => self.ask_folder(),
            A::SayState => self.say_state(),
            A::Elsewhere => self.ask_folder(),
            A::SwitchLanguage => self.switch_language(),
            A::Help => self.show_help(),
            A::Palette => self.show_palette(),
            A::Copy => self.copy(),
            A::Cover => self.cover(),
            A::OpenDoor | A::CloseDoor | A::Lobby | A::Invitation => self.act_at_door(action),
            A::Quit => self.quit(),
            A::Up => self.step(-1),
            A::Down => self.step(1),
            A::PageUp => self.page(-1),
            A::PageDown => self.page(1),
            A::First => self.step(isize::MIN / 2),
            A::Last => self.step(isize::MAX / 2),
            A::Next => self.next_field(1),
            A::Previous => self.next_field(-1),
            A::Left => self.focus_list(),
            A::Right => self.focus_detail(),
            A::Mark if self.dialog.is_some() => self.choose_by_space(),
            sorting => self.act_on_lines(sorting),
        }
    }

    pub(in crate::app) fn not_here(&mut self) -> Vec<Effect> {
        self.say(Notice::warning(self.strings().reasons.not_here));
        Vec::new()
    }

    pub(super) fn selected_id(&self) -> Option<RecordId> {
        self.session()?.list().selected
    }

    /// Enter: opens what is selected, or stores what is typed.
    fn open_or_store(&mut self) -> Vec<Effect> {
        if self.dialog.is_some() {
            return self.confirm_dialog();
        }
        match self.session().map(|seat| seat.focus) {
            None => self.open_selected_session(),
            Some(Focus::List) => self.open_row(),
            Some(Focus::Detail(at)) if self.is_contested_at(at) => self.ask_version(),
            Some(Focus::Detail(at)) => self.begin_edit(at),
            Some(Focus::Editing) => self.store_field(),
            Some(Focus::Capture) => self.store_line(),
        }
    }

    /// Puts a dialog over the screen. A half-filled form comes back when it goes away.
    pub(super) fn show_dialog(&mut self, dialog: Dialog) {
        self.list_behind = None;
        if let Some(Dialog::Wizard(wizard)) = self.dialog.replace(dialog) {
            self.kept_wizard = Some(wizard);
            self.wizard_behind = true;
        }
    }

    /// Takes the dialog away; what was typed into a form is kept.
    pub(super) fn close_dialog(&mut self) {
        match self.dialog.take() {
            Some(Dialog::Wizard(wizard)) => {
                self.kept_wizard = Some(wizard);
                self.wizard_behind = false;
                self.say(Notice::info(self.strings().cancel_key_note));
            }
            Some(Dialog::Folder(form)) => self.elsewhere = form.path.text_nfc(),
            Some(Dialog::Pages(_)) => self.dialog = self.list_behind.take().map(Dialog::Picker),
            Some(Dialog::Picker(_) | Dialog::Invitation) | None => {}
        }
    }
}

/// A record as notices and lists call it: its number or code, else its kind.
fn called<'a>(strings: &'a Strings, record: &'a Record) -> &'a str {
    let kind = record.kind().map(|kind| strings.kind(kind)).unwrap_or_default();
    record.short_number().or_else(|| record.text(&crate::domain::field::CODE)).unwrap_or(kind)
}

/// The same with what stands in the place of words that are off the record.
fn listed_in(strings: &Strings, seat: &SessionSeat, record: &Record) -> String {
    format!("{}  {}", called(strings, record), details::wording(strings, seat, record).replace('\n', " "))
}

/// A record as lists of all kinds show it.
fn listed(strings: &Strings, record: &Record) -> String {
    format!("{}  {}", called(strings, record), record.wording().replace('\n', " "))
}
