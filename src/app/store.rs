//! What the writer and other helpers outside tell a seat.

use std::sync::Arc;

use super::{
    App, Asking, Home, Saved, Screen, Sent, Source,
    act::proposals,
    dialogs::{
        Dialog,
        picker::{Item, Pick},
        wizard::{self, Wizard},
    },
    effect::Effect,
    msg::{Hit, Msg},
    notice::{Level, Notice},
    seat::KeptSession,
    session::SessionSeat,
};
use crate::{
    domain::{
        board::Board,
        catalogue::Catalogue,
        change::Author,
        command::{Command, Refusal},
        field,
        ids::{CommandId, RecordId, ScopeId},
        kind::{Kind, SessionState},
    },
    i18n::fill,
    keymap::action::Action,
};

impl App {
    /// Takes a message that did not come from the terminal.
    pub(super) fn heard(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Published { board, private } => return self.published(board, &private),
            Msg::Catalogue(catalogue) => {
                self.take_catalogue(catalogue);
                return self.begin_with_the_last();
            }
            Msg::Saved { command } => self.saved(command),
            Msg::Refused { command, refusal } => self.refused(command, &refusal),
            Msg::NotSaved { command, what } => self.not_saved(command, &what),
            Msg::Author(author) => return self.named(author),
            Msg::Company(company) => self.company = company,
            Msg::Lobby(lobby) => self.take_lobby(lobby),
            Msg::Door(news) => self.hear_of_door(news),
            Msg::Exported { files, folder, missing, withheld, renamed } => {
                self.exported(files, &folder, (missing, withheld), renamed);
            }
            Msg::FolderOpened(folder) => {
                self.say(Notice::info(fill(self.strings().papers.taking.opened, &[&folder])));
            }
            Msg::NothingExported => self.tell_nothing_exported(),
            Msg::Sticks(sticks) => return self.found_sticks(sticks),
            Msg::CopiedOut(lines) => self.copied_out(lines),
            Msg::Moved { folder, changes } => return self.moved(&folder, changes),
            Msg::NotMoved(what) => self.not_moved(what),
            Msg::Work { generation, news } => return self.worked(generation, news),
            Msg::Told { title, lines } => self.show_report(title, lines),
            Msg::Failed(what) => self.say(Notice::error(what)),
            Msg::Warned(what) => self.say(Notice::warning(what)),
            Msg::Rebuilding { done, total } => self.rebuilding(done, total),
            Msg::Files { generation, files } => self.listed(generation, files),
            Msg::Keynote { scope, read } => return self.take_or_ask_keynote(scope, read),
            Msg::Abbreviations(own) => {
                self.abbreviations.note_own(own);
                self.fill_abbreviations();
            }
            Msg::Nearest { generation, hits } => self.take_nearest(generation, hits),
            Msg::Table(read) => self.take_table(read),
            Msg::List { scope, list } => return self.take_list(scope, &list),
            Msg::Found { generation, hits } => self.found(generation, hits),
            Msg::Input(_) | Msg::Resize { .. } | Msg::Tick => {}
        }
        Vec::new()
    }

    /// A new board: of the session that is open, or of the one that is awaited.
    fn published(&mut self, board: Arc<Board>, private: &Arc<Board>) -> Vec<Effect> {
        let scope = board.scope();
        if scope == ScopeId::ORGANISATION {
            self.abbreviations.note_office(board);
            self.fill_abbreviations();
            return Vec::new();
        }
        self.found_pattern(&board);
        let taken = self.found_before(&board);
        let mut sight = std::mem::take(&mut self.sight);
        let private = sight.of(&board, private, self.role, self.reader());
        self.sight = sight;
        if let Some(seat) = self.session_mut().filter(|seat| seat.scope() == scope) {
            let before = seat.board.changes().next_back().map(|change| change.order());
            let added = seat.list().awaited.filter(|id| seat.board.record(*id).is_none());
            seat.publish(board, private);
            self.tell_news(before);
            if let Some(added) = added {
                self.tell_added(added);
            }
            return taken;
        }
        let created = board.root().is_some_and(|root| root.kind().is_some());
        let wanted = self.opening.filter(|(wanted, _)| *wanted == scope && created);
        if let Some((_, record)) = wanted {
            self.opening = None;
            let is_new = self.made == Some(scope) && self.notice.is_none();
            self.enter(board, private, record);
            if is_new && self.notice.is_none() {
                self.tell_made();
            }
            return self.begin_with_the_last();
        }
        taken
    }

    /// What to do next in a session that was just made.
    fn tell_made(&mut self) {
        let keys = [Action::PaneAgenda, Action::PaneRoster, Action::SessionState];
        let [agenda, people, open] = keys.map(|action| self.key_name(action));
        let told = fill(self.strings().import.making.made, &[&agenda, &people, &open]);
        self.say(Notice::info(told));
    }

    /// Shows a session, as it was left.
    fn enter(&mut self, board: Arc<Board>, private: Arc<Board>, record: Option<RecordId>) {
        self.close_dialog();
        self.park();
        let mut seat = match self.parked.remove(&board.scope()) {
            Some(kept) => kept.resume(board, private),
            None => SessionSeat::new(board, private),
        };
        if let Some(record) = record {
            seat.go(record);
        }
        let waiting = proposals::waiting(&seat.board);
        self.screen = Screen::Session(Box::new(seat));
        self.take_view();
        if waiting > 0 {
            self.say(Notice::info(fill(self.strings().notice_proposals, &[&waiting.to_string()])));
        }
    }

    /// The headers changed; the selection stays on its session.
    fn take_catalogue(&mut self, catalogue: Arc<Catalogue>) {
        let place = |home: &Home| {
            let scope = self.catalogue.sessions().get(home.selected)?.scope;
            catalogue.sessions().iter().position(|known| known.scope == scope)
        };
        if let Screen::Home(home) = &self.screen
            && let Some(selected) = place(home)
        {
            self.screen = Screen::Home(Home { selected, top: home.top });
        }
        self.catalogue = catalogue;
    }

    fn saved(&mut self, command: CommandId) {
        if let Some(Command::SetState { state }) = self.pending.remove(&command).map(|sent| sent.command) {
            self.tell_state(state);
        }
        self.unsaved.clear();
        self.saved = Saved::At(self.now);
    }

    /// How the session stands now. Opening tells how the agenda begins, closing what nothing answers yet; the chair decides.
    fn tell_state(&mut self, state: SessionState) {
        let strings = self.strings();
        let Some(seat) = self.session() else { return };
        let left = seat.figures.unanswered;
        let items = seat.board.of_kind(Kind::AgendaItem);
        let begun = items.iter().any(|item| item.moment(&field::STARTED_AT).is_some());
        let text = match state {
            SessionState::Open if !begun => {
                fill(strings.read_back.notice_opened, &[&self.key_name(Action::NextItem)])
            }
            SessionState::Closed if left > 0 => fill(strings.notice_closed_missing, &[&left.to_string()]),
            SessionState::Issued | SessionState::Sent => {
                fill(strings.notice_state_undo, &[strings.state(state), &self.key_name(Action::Undo)])
            }
            _ => fill(strings.notice_state, &[strings.state(state)]),
        };
        self.say(Notice::info(text));
    }

    /// A refused command: its text goes back to where it was typed.
    fn refused(&mut self, command: CommandId, refusal: &Refusal) {
        let strings = self.strings();
        let Some(sent) = self.pending.remove(&command) else { return };
        if self.is_beside_the_point(&sent.command, refusal) {
            return;
        }
        let stale = matches!(refusal, Refusal::Stale { .. });
        let kept = self.give_back(sent, stale);
        let why = strings.refusal(refusal);
        self.say(Notice::warning(match (kept, stale) {
            (true, true) => strings.notice_stale.to_owned(),
            (true, false) => fill(strings.notice_line_kept, &[&why]),
            (false, _) => why,
        }));
    }

    /// What was wished beside a line that was refused itself needs no word of its own; abbreviations that somebody has changed stay.
    fn is_beside_the_point(&self, wish: &Command, refusal: &Refusal) -> bool {
        let captured = self.session().and_then(|seat| seat.captured);
        let of_lost_line = matches!(refusal, Refusal::Missing(id) if Some(*id) == captured);
        matches!(wish, Command::Expand { .. }) || of_lost_line
    }

    fn not_saved(&mut self, command: CommandId, what: &str) {
        let Some(sent) = self.pending.remove(&command) else { return };
        if matches!(sent.source, Source::Action) {
            self.keep_unsaved(sent.scope, sent.command.clone());
        }
        self.give_back(sent, false);
        self.saved = Saved::Failed;
        let key = self.key_name(Action::SayState);
        let offer = fill(self.strings().offer_folder, &[&key]);
        self.say(Notice::error(format!("{offer} {what}")));
    }

    /// Puts a text back, wherever the person is now; whether there was one. `stale`: somebody else wrote the field.
    fn give_back(&mut self, sent: Sent, stale: bool) -> bool {
        match sent.source {
            Source::Action => {
                self.undo_marks(&sent.command);
                return false;
            }
            Source::Wizard(kept) => self.give_back_form(sent.scope, &kept),
            Source::Capture(line) => match self.seat_of(sent.scope) {
                Ok(here) => here.capture.give_back(line),
                Err(parked) => parked.give_back_line(line),
            },
            Source::Field(edit) => match self.seat_of(sent.scope) {
                Ok(here) => here.give_back(*edit, stale),
                Err(parked) => parked.give_back_field(*edit, stale),
            },
        }
        true
    }

    /// The seat in a session, or what is kept of it while the person is elsewhere.
    fn seat_of(&mut self, scope: ScopeId) -> Result<&mut SessionSeat, &mut KeptSession> {
        match &mut self.screen {
            Screen::Session(seat) if seat.scope() == scope => Ok(seat),
            _ => Err(self.parked.entry(scope).or_insert_with(|| KeptSession::new(scope))),
        }
    }

    /// The person is who they say: the form asks no more, and what it waited for is done.
    fn named(&mut self, author: Author) -> Vec<Effect> {
        self.me = author;
        self.asking = Asking::No;
        if let Some(kept) = &mut self.kept_wizard {
            kept.forget_author();
        }
        let Some(Dialog::Wizard(wizard)) = &mut self.dialog else { return Vec::new() };
        wizard.forget_author();
        self.create_session()
    }

    /// No session was made: the form comes back as it was.
    fn give_back_form(&mut self, scope: ScopeId, kept: &wizard::Kept) {
        self.opening = self.opening.filter(|(wanted, _)| *wanted != scope);
        self.kept_wizard = Some(Box::new(Wizard::restored(kept)));
        self.wizard_behind = matches!(self.screen, Screen::Home(_));
    }

    /// What was marked for a command that was refused is marked again; a list of several shows what holds.
    fn undo_marks(&mut self, command: &Command) {
        if matches!(&self.dialog, Some(Dialog::Picker(picker)) if picker.many) {
            self.dialog = None;
        }
        let Some(seat) = self.session_mut() else { return };
        let marked = match command {
            Command::Merge { from, .. } => from,
            Command::Classify { records, .. } if records.len() > 1 => records,
            _ => return,
        };
        seat.marked.extend(marked.iter().filter(|id| seat.board.record(**id).is_some()));
    }

    fn exported(
        &mut self,
        files: usize,
        folder: &str,
        (missing, withheld): (usize, usize),
        renamed: Option<(String, String)>,
    ) {
        let strings = self.strings();
        let files = files.to_string();
        let text = if missing == 0 {
            fill(strings.notice_exported, &[&files, folder])
        } else {
            fill(strings.notice_missing, &[&files, folder, &missing.to_string()])
        };
        let withheld = match withheld {
            0 => String::new(),
            count => format!(". {}", fill(strings.cli_withheld, &[&count.to_string()])),
        };
        self.say(match renamed {
            Some((name, other)) => {
                let told = fill(strings.cli_renamed, &[&name, &other]);
                Notice::warning(format!("{text}{withheld}. {told}"))
            }
            None => Notice::info(text + &withheld),
        });
    }

    /// Tells how far it is, unless something that matters more is told.
    fn rebuilding(&mut self, done: usize, total: usize) {
        if self.notice.as_ref().is_some_and(|notice| notice.level > Level::Info) {
            return;
        }
        if done < total {
            let (done, total) = (done.to_string(), total.to_string());
            self.say(Notice::info(fill(self.strings().notice_rebuilding, &[&done, &total])));
        } else {
            self.notice = None;
        }
    }

    fn found(&mut self, generation: u64, hits: Vec<Hit>) {
        let Some(Dialog::Picker(picker)) = &mut self.dialog else { return };
        if picker.generation != generation {
            return;
        }
        let item =
            |hit: Hit| Item::new(hit.text, Pick::Session(hit.scope, Some(hit.record))).aside(hit.session);
        picker.fill(hits.into_iter().map(item).collect());
    }
}
