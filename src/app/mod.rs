//! The state of a seat, and how it changes: one seat is one terminal.
//!
//! [`App::update`] takes what happened and gives what is to be done; the clock, ids, size and language are values in it. The
//! room knows boards, words and keys; it never draws, reads a clock, opens a file or waits. Invariant: a text that somebody
//! typed is in an editor, kept, pending, or acknowledged by the writer – never nowhere.

pub mod abbreviations;
mod act;
pub mod arrangement;
pub mod capture;
pub mod chair;
mod clock;
pub mod company;
mod cuts;
pub mod details;
pub mod dialogs;
pub mod editor;
pub mod effect;
pub mod field_edit;
pub mod figures;
pub mod form;
mod guard;
pub mod hints;
pub mod home;
mod input;
pub mod labels;
pub mod layout;
mod lints;
mod listing;
pub mod lobby;
mod mouse;
pub mod msg;
pub mod nearest;
pub mod notice;
mod onlooker;
pub mod panes;
mod papers;
pub mod preview;
pub mod projector;
pub mod radar;
pub mod reading;
mod reasons;
pub mod roll_call;
pub mod rows;
pub mod seat;
pub mod session;
pub mod statistics;
mod store;
mod tick;
mod title;
mod touched;
pub mod twins;
pub mod versions;
pub mod work;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};

use crate::{
    document::Wording,
    domain::{
        board::Board,
        catalogue::Catalogue,
        change::Author,
        command::{Command, Request},
        confidence::Sight,
        ids::{CommandId, IdStream, RecordId, ScopeId},
        policy::Role,
    },
    i18n::{Lang, Strings},
    keymap::{Context, Keymap},
};
use abbreviations::Abbreviations;
use capture::Line;
use clock::{Clock, Wall};
use company::{Company, News, Terminal, View};
use dialogs::{
    Dialog,
    pages::Live,
    picker::Picker,
    wizard::{self, Wizard},
};
use effect::Effect;
use field_edit::FieldEdit;
use guard::Guard;
pub use home::Home;
use lobby::Door;
use msg::Msg;
use notice::{Level, Notice};
use preview::Preview;
use seat::KeptSession;
use session::{Focus, SessionSeat};
use work::Work;

pub use input::Place;
pub use touched::Touched;

/// How many things may wait to be said; more of them nobody reads, and all are in the log file.
const LONGEST_TALK: usize = 16;

/// What fills the window.
#[derive(Debug, Clone)]
pub enum Screen {
    /// All sessions.
    Home(Home),
    /// One session.
    Session(Box<SessionSeat>),
}

/// How things stand with the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Saved {
    /// Nothing was submitted yet.
    #[default]
    Nothing,
    /// Everything submitted is on disk since then.
    At(DateTime<FixedOffset>),
    /// The last command could not be written.
    Failed,
}

/// Where a submitted text came from, so that it can go back there.
#[derive(Debug, Clone)]
pub enum Source {
    /// The capture line.
    Capture(Line),
    /// A field's editor.
    Field(Box<FieldEdit>),
    /// The form of a new session.
    Wizard(Box<wizard::Kept>),
    /// No text.
    Action,
}

/// A command on its way.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The scope.
    pub scope: ScopeId,
    /// The command.
    pub command: Command,
    /// Where its text came from.
    pub source: Source,
}

/// Whether the form of a new session asks who records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asking {
    /// Somebody has said it.
    #[default]
    No,
    /// It offers the name that the system knows; whoever takes it away records under it all the same.
    Offering,
    /// Nobody knows, so there has to be an answer.
    Needing,
}

/// What a seat is made with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The language of the screens.
    pub lang: Lang,
    /// Who sits here.
    pub me: Author,
    /// Whether the first form asks who that is.
    pub asking: Asking,
    /// In which role.
    pub role: Role,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// The sentences of documents, for the preview.
    pub wording: Arc<Wording>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time on the wall.
    pub now: DateTime<FixedOffset>,
    /// The moment at which the session's clock rests until something is started; the sample's.
    pub rests_at: Option<DateTime<FixedOffset>>,
    /// Randomness for the ids of this seat.
    pub seed: u128,
    /// The folder that is proposed when the present one takes no more writes.
    pub elsewhere: String,
}

/// A seat.
#[derive(Debug, Clone)]
pub struct App {
    /// The language of the screens.
    pub lang: Lang,
    /// Who sits here.
    pub me: Author,
    /// Whether the next form asks who that is.
    pub asking: Asking,
    /// In which role.
    pub role: Role,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// The sentences of documents.
    pub wording: Arc<Wording>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What the session's clock showed at the last message.
    pub now: DateTime<FixedOffset>,
    /// The headers of all sessions.
    pub catalogue: Arc<Catalogue>,
    /// What fills the window.
    pub screen: Screen,
    /// What stands over it.
    pub dialog: Option<Dialog>,
    /// Whether nothing of all this is shown.
    pub covered: bool,
    /// What just happened.
    pub notice: Option<Notice>,
    /// What happened meanwhile.
    unsaid: VecDeque<Notice>,
    /// How things stand with the disk.
    pub saved: Saved,
    /// The notice as it would be printed now, while the conclusions are shown.
    pub preview: Option<Preview>,
    /// The commands that this seat gave last.
    given: VecDeque<CommandId>,
    /// All commands of this seat, where nobody has vouched for who sits there.
    unproven: Option<BTreeSet<CommandId>>,
    /// What was seen last of what is off the record.
    sight: Sight,
    /// Commands on their way.
    pub pending: BTreeMap<CommandId, Sent>,
    parked: BTreeMap<ScopeId, KeptSession>,
    /// The form that was left half-filled.
    kept_wizard: Option<Box<Wizard>>,
    /// Whether that form comes back when what stands over it goes away.
    wizard_behind: bool,
    /// The list over which help is shown.
    list_behind: Option<Box<Picker>>,
    opening: Option<(ScopeId, Option<RecordId>)>,
    /// The board of the session that was left last, from which a new one is filled.
    last_board: Option<Arc<Board>>,
    /// The folder to propose when the present one takes no more writes: what was typed last.
    elsewhere: String,
    /// Commands without a text that could not be written since the last one that could.
    unsaved: Vec<(ScopeId, Command)>,
    /// Who else is at the table.
    pub company: Company,
    /// Whether closing was asked for where the room would see a question, and others are here: the next time it is done.
    pub leaving: bool,
    /// At whose terminal the person sits.
    terminal: Terminal,
    /// The door to other computers, as far as this seat has a say there.
    pub door: Door,
    /// What one of them has just done.
    pub news: Option<News>,
    /// What is shown as soon as a session is.
    view: Option<View>,
    /// What may be written short.
    pub abbreviations: Abbreviations,
    /// The session after which a new one is to be made, until its board is here.
    pattern: Option<ScopeId>,
    /// The session that this seat made, until it is entered.
    made: Option<ScopeId>,
    /// Where it is looked what an earlier session left.
    seeking: Option<act::Seeking>,
    ids: IdStream,
    clock: Clock,
    /// The computer's clock.
    computer: Wall,
    /// The time on the wall at the last message: what pauses between keys are measured with.
    wall: DateTime<FixedOffset>,
    /// The same when something was said last.
    said: DateTime<FixedOffset>,
    guard: Guard,
    generation: u64,
    /// Long work that is on its way.
    pub work: Option<Work>,
    /// What the last message can have changed on the screen.
    touched: Touched,
}

impl App {
    /// A seat before its first message.
    pub fn new(setup: Setup) -> Self {
        let clock = Clock::new(setup.rests_at);
        Self {
            lang: setup.lang,
            me: setup.me,
            asking: setup.asking,
            role: setup.role,
            keymap: setup.keymap,
            wording: setup.wording,
            size: setup.size,
            now: clock.shows(setup.now),
            clock,
            computer: Wall::new(setup.now),
            wall: setup.now,
            said: setup.now,
            catalogue: Arc::default(),
            screen: Screen::Home(Home::default()),
            dialog: None,
            covered: false,
            notice: None,
            unsaid: VecDeque::new(),
            saved: Saved::Nothing,
            preview: None,
            given: VecDeque::new(),
            unproven: None,
            sight: Sight::default(),
            pending: BTreeMap::new(),
            parked: BTreeMap::new(),
            kept_wizard: None,
            wizard_behind: false,
            list_behind: None,
            opening: None,
            last_board: None,
            elsewhere: setup.elsewhere,
            unsaved: Vec::new(),
            company: Company::default(),
            door: Door::default(),
            news: None,
            leaving: false,
            terminal: Terminal::Hosts,
            view: None,
            abbreviations: Abbreviations::default(),
            pattern: None,
            made: None,
            seeking: None,
            ids: IdStream::new(setup.seed),
            guard: Guard::default(),
            generation: 0,
            work: None,
            touched: Touched::Window,
        }
    }

    /// Takes away what does not outlive the seat, before it is pictured for the next start. A half-filled form does.
    pub fn clear_away(&mut self) {
        self.notice = None;
        self.dialog = self.dialog.take().filter(|dialog| matches!(dialog, Dialog::Wizard(_)));
    }

    /// Takes what happened at `at` on the wall's clock, and gives what is to be done outside.
    pub fn update(&mut self, msg: Msg, at: DateTime<FixedOffset>) -> Vec<Effect> {
        self.touched = if matches!(msg, Msg::Input(_)) { Touched::Nothing } else { Touched::Window };
        let (at, set_back) = self.computer.take(at);
        self.wall = at;
        self.now = self.clock.shows(at);
        if set_back {
            self.touched = Touched::Window;
            self.say(Notice::warning(self.strings().notice_set_back));
        }
        let mut effects = match msg {
            Msg::Input(burst) => self.burst(burst),
            Msg::Resize { columns, rows } => {
                self.size = (columns, rows);
                Vec::new()
            }
            Msg::Tick => self.tick(),
            other => self.heard(other),
        };
        effects.extend(self.ask_nearest());
        self.settle();
        effects
    }

    /// Goes on from a moment of an earlier run, if the computer's clock was set back since.
    fn go_on_from(&mut self, moment: DateTime<FixedOffset>) {
        if self.computer.go_on_from(moment) {
            self.wall = moment;
            self.now = self.clock.shows(moment);
            self.say(Notice::warning(self.strings().notice_set_back));
        }
    }

    /// Whether the seat is in a session or on its way to one.
    pub fn has_place(&self) -> bool {
        self.session().is_some() || self.opening.is_some()
    }

    /// Whether the session that the seat is on its way to has not come yet, and nothing else is shown meanwhile.
    pub fn is_arriving(&self) -> bool {
        self.session().is_none() && self.opening.is_some()
    }

    /// The command that is on its way longest, if there is one.
    pub fn oldest_pending(&self) -> Option<CommandId> {
        self.pending.keys().next().copied()
    }

    /// The words of the seat's language.
    pub fn strings(&self) -> &'static Strings {
        self.lang.strings()
    }

    /// The session, if one fills the window.
    pub fn session(&self) -> Option<&SessionSeat> {
        if let Screen::Session(seat) = &self.screen { Some(seat) } else { None }
    }

    fn session_mut(&mut self) -> Option<&mut SessionSeat> {
        if let Screen::Session(seat) = &mut self.screen { Some(seat) } else { None }
    }

    /// The place whose keys apply.
    pub fn context(&self) -> Context {
        if self.projected().is_some() {
            return Context::Projector;
        }
        match &self.dialog {
            Some(Dialog::Wizard(wizard)) if wizard.entry().is_some() => Context::Text,
            Some(Dialog::Folder(_)) => Context::Text,
            Some(Dialog::Pages(pages)) if pages.live.is_some() => Context::Chair,
            Some(Dialog::Picker(picker)) if picker.many => Context::Choices,
            Some(_) => Context::Dialog,
            None => self.screen_context(),
        }
    }

    /// The same, dialogs aside.
    pub fn screen_context(&self) -> Context {
        match &self.screen {
            Screen::Home(_) => Context::Home,
            Screen::Session(seat) => match seat.focus {
                Focus::Capture => Context::Capture,
                Focus::Editing => Context::Text,
                Focus::List | Focus::Detail(_) => seat.pane.context(),
            },
        }
    }

    /// Whether a text is being typed, so that the cursor shows and an input method may work.
    pub fn is_typing(&self) -> bool {
        !self.is_veiled() && (matches!(self.dialog, Some(Dialog::Picker(_))) || self.context().is_text())
    }

    /// The submission of a command by this seat, now.
    fn submission(&self, command_id: CommandId, scope: ScopeId, command: Command) -> Effect {
        let (author, role, at) = (self.me.clone(), self.role, self.now);
        Effect::Submit(Box::new(Request { command_id, scope, author, role, at, command }))
    }

    /// Sends a command, remembering where its text came from.
    fn send(&mut self, scope: ScopeId, command: Command, source: Source) -> Effect {
        let id = self.ids.command();
        self.clock.note(&command, self.wall);
        self.now = self.clock.shows(self.wall);
        self.note_given(id);
        self.pending.insert(id, Sent { scope, command: command.clone(), source });
        self.submission(id, scope, command)
    }

    /// Sends a command of the open session that carries no text.
    fn act_on_session(&mut self, command: Command) -> Vec<Effect> {
        let Some(scope) = self.session().map(SessionSeat::scope) else { return Vec::new() };
        vec![self.send(scope, command, Source::Action)]
    }

    /// Says something. A warning stays until a key answers it: what comes meanwhile and does not matter more waits for its turn.
    fn say(&mut self, notice: Notice) {
        let stays = self.notice.take().filter(|shown| shown.level > Level::Info && *shown != notice);
        let (first, waits) = match stays {
            Some(shown) if notice.level <= shown.level => (shown, Some(notice)),
            stays => (notice, stays),
        };
        self.notice = Some(first);
        self.said = self.wall;
        let waits = waits.filter(|waits| !self.unsaid.contains(waits) && self.unsaid.len() < LONGEST_TALK);
        self.unsaid.extend(waits);
    }

    /// Says what has waited, if nothing else was said.
    fn say_next(&mut self) {
        if self.notice.is_none()
            && let Some(notice) = self.unsaid.pop_front()
        {
            self.say(notice);
        }
    }

    /// Sizes the editors and scrolls the lists so that what has the focus is in view.
    fn settle(&mut self) {
        if self.dialog.is_none() && std::mem::take(&mut self.wizard_behind) {
            self.dialog = self.kept_wizard.take().map(Dialog::Wizard);
        }
        self.preview = preview::kept_or_made(self);
        if let Some(live) = self.live_page() {
            let lines = match live {
                Live::Chair => chair::lines(self),
                Live::Statistics => statistics::lines(self),
            };
            if let Some(Dialog::Pages(pages)) = &mut self.dialog {
                pages.lines = lines;
            }
        }
        let areas = layout::areas(self);
        let (lang, today) = (self.lang, self.now.date_naive());
        if self.session_mut().is_some_and(|seat| seat.note_day(today)) {
            self.touched = Touched::Window;
        }
        if let Some(seat) = self.session_mut() {
            let top = seat.follow(areas.list_rows());
            seat.word_rows(top..top + areas.list_rows(), lang);
            seat.capture.read(&seat.board);
            seat.similar.look(&seat.capture, &seat.board);
            let capture = areas.capture_text();
            seat.capture.editor.resize(capture.width, capture.height);
            let field = areas.field_text();
            if let Some(edit) = &mut seat.editing {
                edit.editor.resize(field.width, field.height);
            }
        }
        if let Screen::Home(home) = &mut self.screen {
            home.follow(&self.catalogue, areas.list_rows());
        }
        layout::settle_dialog(self, &areas);
    }
}
