//! Who else is at the table, and what they are writing. It is shared as it happens and never stored.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{
    App,
    dialogs::{
        Dialog,
        picker::{Item, Pick, Picker},
    },
    effect::Effect,
    field_edit::Target,
    session::{Focus, SessionSeat},
};
use crate::{
    domain::{
        change::{Change, Order},
        ids::{CommandId, RecordId, ScopeId},
        policy::Role,
    },
    i18n::{self, fill},
    keymap::action::Action,
};

/// Somebody else who is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Their name.
    pub name: Arc<str>,
    /// Their role.
    pub role: Role,
    /// What they are about.
    pub doing: Doing,
}

/// Where somebody is, and what they are writing there; never the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Doing {
    /// The session.
    pub scope: Option<ScopeId>,
    /// What is being written.
    pub writing: Option<Writing>,
}

/// What somebody is writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// A new line.
    Line,
    /// A field of a record.
    Record(RecordId),
}

/// Everybody else at the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Company {
    /// Whether they all have to leave when this seat is left.
    pub hosting: bool,
    /// The others, in the order in which they came.
    pub others: Vec<Present>,
}

/// What somebody else has just done, in the person's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// A sentence.
    pub text: String,
    /// Until when it stands, on the wall's clock.
    pub(super) until: DateTime<FixedOffset>,
}

/// How long news stand.
const NEWS: TimeDelta = TimeDelta::seconds(5);
/// So many people are asked about by name.
const NAMED: usize = 8;
/// So many are named where it says who is here: more would have no room, and to word them at every key would take time.
const LISTED: usize = 16;
/// So many changes are counted at most.
const COUNTED: usize = 100;

/// At whose terminal somebody sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terminal {
    /// The one in which the host started the program: what concerns the host's files is done there.
    Hosts,
    /// Another one.
    Guests,
}

/// What a seat is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// To show the room what is published.
    Projector,
    /// To chair.
    Chair,
    /// To record.
    NoteTaker,
}

impl View {
    /// The role that it needs.
    pub fn role(self) -> Role {
        match self {
            Self::Projector => Role::Observer,
            Self::Chair => Role::Chair,
            Self::NoteTaker => Role::NoteTaker,
        }
    }
}

/// Names in their order; whoever has several windows is named once, with their number.
fn told_once(names: Vec<String>) -> String {
    let mut told: Vec<(String, usize)> = Vec::new();
    for name in names {
        match told.iter_mut().find(|(known, _)| *known == name) {
            Some((_, windows)) => *windows += 1,
            None => told.push((name, 1)),
        }
    }
    let word = |(name, windows)| if windows == 1 { name } else { format!("{name} ×{windows}") };
    told.into_iter().map(word).collect::<Vec<_>>().join(", ")
}

impl App {
    /// Shows what the seat was taken for, as soon as a session is shown.
    pub fn begin(&mut self, view: View) {
        self.view = Some(view);
        self.take_view();
    }

    pub(super) fn take_view(&mut self) {
        if self.session().is_none() {
            return;
        }
        let action = match self.view.take() {
            Some(View::Projector) => Action::Projector,
            Some(View::Chair) => Action::ChairPage,
            Some(View::NoteTaker) => Action::Capture,
            None => return,
        };
        // None of them asks for anything outside.
        drop(self.act_as_usual(action));
    }

    /// Tells somebody who has just come in which role that is, for as long as news stand.
    pub fn greet(&mut self) {
        let strings = self.strings();
        let text = fill(strings.table.door.you_are, &[strings.role(self.role)]);
        self.news = Some(News { text, until: self.wall + NEWS });
    }

    /// Who else is here, from the longest form to the shortest; nothing if nobody is. Whoever is writing is said first.
    pub fn company_words(&self) -> Vec<String> {
        let waits = self.waiting_briefly();
        let here = self.table_words();
        let Some([long, short]) = waits else { return here };
        let before = |waits: &str, here: &String| format!("{waits} · {here}");
        let beside = here.iter().map(|here| before(&long, here));
        let counted = here.last().map(|here| before(&short, here));
        beside.chain(counted).chain([long.clone(), short]).collect()
    }

    /// Who else is at the table, from the longest form to the shortest.
    fn table_words(&self) -> Vec<String> {
        let (strings, others) = (self.strings(), &self.company.others);
        if others.is_empty() {
            return Vec::new();
        }
        let here = self.session().map(SessionSeat::scope);
        let writes = |other: &Present| other.doing.scope == here && other.doing.writing.is_some();
        let (busy, calm): (Vec<&Present>, Vec<&Present>) = others.iter().partition(|other| writes(other));
        let with_role = |other: &&Present| format!("{} ({})", other.name, strings.role(other.role));
        let parts = |busy: Vec<String>, calm: Vec<String>| {
            let busy = (!busy.is_empty()).then(|| fill(strings.table.writes, &[&told_once(busy)]));
            let calm = (!calm.is_empty()).then(|| fill(strings.table.here, &[&told_once(calm)]));
            busy.into_iter().chain(calm).collect::<Vec<_>>().join(" · ")
        };
        let count = fill(strings.table.count_here, &[&others.len().to_string()]);
        if busy.len() > LISTED {
            return vec![count];
        }
        if others.len() > LISTED {
            let names: Vec<&str> = busy.iter().map(|other| &*other.name).collect();
            let writing = fill(strings.table.writes, &[&names.join(", ")]);
            let long = (!busy.is_empty()).then(|| format!("{writing} · {count}"));
            return long.into_iter().chain([count]).collect();
        }
        let full = parts(busy.iter().map(with_role).collect(), calm.iter().map(with_role).collect());
        let names = |of: &[&Present]| of.iter().map(|other| other.name.to_string()).collect();
        let short = parts(names(&busy), names(&calm));
        vec![full, short, count]
    }

    /// Who else is writing at a record of this session.
    pub fn writers_at(&self, record: RecordId) -> impl Iterator<Item = &str> {
        let here = self.session().map(SessionSeat::scope);
        let others = self.company.others.iter();
        let at = move |other: &&Present| {
            other.doing.scope == here && other.doing.writing == Some(Writing::Record(record))
        };
        others.filter(at).map(|other| &*other.name)
    }

    /// Tells what others have done since a change: the last of it, and how much more. It stands beside the course of the session and takes no
    /// key, so that nothing that is being done has to wait for it.
    pub(super) fn tell_news(&mut self, since: Option<Order>) {
        let Some(seat) = self.session() else { return };
        let new = seat.board.changes().rev().take_while(|change| Some(change.order()) > since);
        let of_others = |change: &&Arc<Change>| !self.given.contains(&change.header.command);
        let mut others = new.take(COUNTED).filter(of_others);
        let Some(last) = others.next() else { return };
        let (text, more) = (i18n::sentence(self.lang, &seat.board, last), others.count());
        let text = if more > 0 { format!("{text} (+{more})") } else { text };
        self.news = Some(News { text: text.replace('\n', " "), until: self.wall + NEWS });
    }

    /// Remembers that a command is this seat's own, and no news to it.
    pub(super) fn note_given(&mut self, command: CommandId) {
        if let Some(given) = &mut self.unproven {
            given.insert(command);
        }
        self.given.push_back(command);
        if self.given.len() > COUNTED {
            self.given.pop_front();
        }
    }

    /// How long until the news go away, if there are some in view.
    pub(super) fn news_left(&self) -> Option<Duration> {
        let news = self.news.as_ref().filter(|_| !self.is_veiled())?;
        Some((news.until - self.wall).to_std().unwrap_or_default())
    }

    /// Leaves. Where others would have to leave too, that is asked first; before the room by a line that names nobody, and by the same key.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        if !self.company.hosting {
            return vec![Effect::Quit];
        }
        if self.is_veiled() {
            let asked = std::mem::replace(&mut self.leaving, true);
            return if asked { vec![Effect::Quit] } else { Vec::new() };
        }
        let words = &self.strings().table;
        let names: Vec<&str> = self.company.others.iter().map(|other| &*other.name).collect();
        let who = if names.len() > NAMED { names.len().to_string() } else { names.join(", ") };
        let title = fill(words.quit_title, &[&who]);
        let items = vec![Item::new(words.quit_no, Pick::Stay), Item::new(words.quit_yes, Pick::Quit)];
        self.show_dialog(Dialog::Picker(Box::new(Picker::one(title, items))));
        Vec::new()
    }

    /// Whether the seat is where everybody begins, so that whoever sits there sees what a stage shows.
    pub fn only_looks_on(&self) -> bool {
        let clear = self.dialog.is_none() && !self.covered && self.pending.is_empty();
        clear && self.session().is_some_and(SessionSeat::is_as_begun)
    }

    /// What this seat lets the others know of itself.
    pub fn doing(&self) -> Doing {
        let Some(seat) = self.session() else { return Doing::default() };
        let line = seat.focus == Focus::Capture && !seat.capture.editor.is_empty();
        let edited = seat.editing.as_ref().filter(|_| seat.focus == Focus::Editing);
        let record = edited.and_then(|edit| match edit.target {
            Target::Existing(record) => Some(Writing::Record(record)),
            _ => None,
        });
        Doing { scope: Some(seat.scope()), writing: line.then_some(Writing::Line).or(record) }
    }
}
