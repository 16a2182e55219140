//! Pages to read, and what the program says about itself.

use std::sync::Arc;

use crate::{
    app::{
        App, chair,
        dialogs::{
            Dialog,
            pages::{Line, Live, Pages},
            wizard::{Entry, Wizard},
        },
        editor::Editor,
        effect::Effect,
        hints,
        notice::Notice,
        preview,
        seat::KeptSession,
        session::SessionSeat,
        statistics,
        work::Task,
    },
    document::Depth,
    domain::{board::Board, change::Change, ids::ChangeId},
    i18n::{self, Strings, capitalised, fill},
    keymap::{Context, action::Action, key::Key},
};

impl App {
    fn show_pages(&mut self, title: String, lines: Vec<Line>) -> Vec<Effect> {
        self.show_dialog(Dialog::Pages(Pages { title, lines, ..Pages::default() }));
        Vec::new()
    }

    /// A page about the session as it stands; its lines are made when it is shown.
    pub(super) fn show_live(&mut self, live: Live) -> Vec<Effect> {
        let strings = self.strings();
        let title = match live {
            Live::Chair => strings.wall.chair,
            Live::Statistics => strings.papers.statistics.title,
        };
        self.show_dialog(Dialog::Pages(Pages {
            title: title.to_owned(),
            live: Some(live),
            ..Pages::default()
        }));
        Vec::new()
    }

    /// Which page about the session is shown.
    pub fn live_page(&self) -> Option<Live> {
        if let Some(Dialog::Pages(pages)) = &self.dialog { pages.live } else { None }
    }

    /// Writes the page that is shown into a file; where none is shown, the chair's.
    pub(super) fn print_page(&mut self) -> Vec<Effect> {
        let Some(scope) = self.session().map(SessionSeat::scope) else { return Vec::new() };
        if self.live_page() == Some(Live::Statistics) {
            return vec![Effect::Print { scope, slug: statistics::SLUG, text: statistics::printed(self) }];
        }
        if self.live_page().is_none() {
            self.show_live(Live::Chair);
            self.preview = preview::kept_or_made(self);
        }
        vec![Effect::Print { scope, slug: chair::SLUG, text: chair::printed(self) }]
    }

    pub(super) fn show_record_history(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(record) = seat.selected() else { return Vec::new() };
        let title = format!("{} · {}", strings.history, super::called(strings, record));
        let changes = seat.board.history_of(record.id).into_iter().rev();
        let lines = changes.map(|change| self.history_line(&seat.board, change)).collect();
        self.show_pages(title, lines)
    }

    pub(super) fn show_session_history(&mut self) -> Vec<Effect> {
        self.show_history(None)
    }

    /// Shows the history of the session and points at a change.
    pub(super) fn show_change(&mut self, id: ChangeId) -> Vec<Effect> {
        let at =
            self.session().and_then(|seat| seat.board.changes().rev().position(|change| change.id == id));
        self.show_history(at)
    }

    fn show_history(&mut self, marked: Option<usize>) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let title = self.strings().history.to_owned();
        let lines = seat.board.changes().rev().map(|change| self.history_line(&seat.board, change)).collect();
        // What happened next stands above it.
        let top = marked.unwrap_or(0).saturating_sub(2);
        self.show_dialog(Dialog::Pages(Pages { title, lines, top, marked, ..Pages::default() }));
        Vec::new()
    }

    fn history_line(&self, board: &Board, change: &Arc<Change>) -> Line {
        let at = change.header.at.format("%-d/%-m/%Y %H:%M:%S").to_string();
        Line::Pair(at, i18n::sentence(self.lang, board, change))
    }

    /// What the keys do. A list that help is asked over comes back when it has been read, with what it was about to do.
    pub(super) fn show_help(&mut self) -> Vec<Effect> {
        let behind = match self.dialog.take() {
            Some(Dialog::Picker(list)) => Some(list),
            Some(Dialog::Pages(pages)) => {
                self.dialog = Some(Dialog::Pages(pages));
                self.list_behind.take()
            }
            other => {
                self.dialog = other;
                None
            }
        };
        let effects = self.show_help_of_place();
        self.list_behind = behind;
        effects
    }

    fn show_help_of_place(&mut self) -> Vec<Effect> {
        let (strings, context) = (self.strings(), self.screen_context());
        if let Some(Dialog::Wizard(wizard)) = &self.dialog {
            let lines = self.help_of_form(wizard);
            return self.show_pages(strings.new_session.to_owned(), lines);
        }
        let mut lines = vec![Line::Heading(strings.help_here.to_owned())];
        lines.extend(self.help_of(context));
        if matches!(context, Context::Capture | Context::Session | Context::Triage) {
            lines.push(Line::Heading(strings.help_capture_codes.to_owned()));
            lines.extend(code_lines(strings));
        }
        lines.push(Line::Text(strings.help_saved.to_owned()));
        lines.push(Line::Text(strings.unclassified.to_owned()));
        self.show_pages(strings.help.to_owned(), lines)
    }

    /// What each field of the form of a new session asks for, and the keys in it.
    fn help_of_form(&self, wizard: &Wizard) -> Vec<Line> {
        let strings = self.strings();
        let field = |(entry, _): &(Entry, Editor)| {
            Line::Pair(entry.label(strings).to_owned(), entry.hint(strings).to_owned())
        };
        let keys = [
            (Action::Next, strings.action_next),
            (Action::Previous, strings.action_previous),
            (Action::Open, strings.import.making.on_the_button),
            (Action::Leave, strings.action_leave_text),
        ];
        let key = |(action, name): (Action, &str)| Line::Pair(self.key_name(action), name.to_owned());
        wizard.fields.iter().map(field).chain(keys.map(key)).collect()
    }

    /// The keys of a place, from the same table that the keys are looked up in: first what the last line hints at, then what is
    /// of this place alone, then what holds around it.
    fn help_of(&self, context: Context) -> Vec<Line> {
        let at_home = self.session().is_none();
        let idle = [Action::Next, Action::Previous, Action::Left, Action::Right];
        let mut actions = self.keymap.actions(context);
        actions.retain(|action| !at_home || self.is_possible_in_screen(*action) && !idle.contains(action));
        let likely = hints::likely_here(self);
        actions.sort_by_key(|action| {
            let place = likely.iter().position(|likely| likely == action).unwrap_or(usize::MAX);
            (place, action.is_movement(), self.keymap.nearness(context, *action))
        });
        actions.into_iter().map(|action| self.help_line(context, action)).collect()
    }

    fn help_line(&self, context: Context, action: Action) -> Line {
        let mut keys = self.keymap.keys(context, action);
        keys.sort_by_key(|key| key.text().is_some());
        let mut keys: Vec<String> = keys.iter().map(Key::shown).collect();
        keys.dedup();
        Line::Pair(keys.join("  "), self.action_name(action).to_owned())
    }

    pub(super) fn say_state(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let unsaved = self.has_unsaved();
        self.say(if !self.pending.is_empty() {
            Notice::info(strings.saving)
        } else if unsaved {
            Notice::warning(self.where_unsaved())
        } else {
            Notice::info(strings.notice_all_saved)
        });
        Vec::new()
    }

    /// Where the text is that is not stored, and how one comes to it.
    fn where_unsaved(&self) -> String {
        let strings = self.strings();
        let (words, action) = match self.session() {
            Some(seat) if seat.editing.is_some() => return capitalised(strings.unsaved_text),
            Some(_) => (strings.sorting.unsaved_here, Action::Unsaved),
            None if self.parked.values().any(KeptSession::has_unsaved) => {
                (strings.sorting.unsaved_in_session, Action::Open)
            }
            None => (strings.sorting.unsaved_form, Action::Add),
        };
        fill(words, &[&self.key_name(action)])
    }

    pub(super) fn switch_language(&mut self) -> Vec<Effect> {
        self.lang = self.lang.other();
        self.say(Notice::info(self.strings().notice_language));
        Vec::new()
    }

    pub(super) fn cover(&mut self) -> Vec<Effect> {
        self.covered = true;
        Vec::new()
    }

    pub(super) fn export(&mut self, depth: Depth) -> Vec<Effect> {
        let Some(scope) = self.session().map(SessionSeat::scope) else { return Vec::new() };
        self.begin_work(Task::Export, |generation| Effect::Export { generation, scope, depth })
    }
}

/// The codes of the capture line and what they mean.
fn code_lines(s: &Strings) -> Vec<Line> {
    let pairs = [
        ("kk  vm  tt", format!("{}, {}, {}", s.nature_difficulty, s.nature_obstacle, s.nature_shortcoming)),
        ("nn  gp  kn", format!("{}, {}, {}", s.kind_cause, s.kind_solution, s.kind_recommendation)),
        ("yk  kl  nv", format!("{}, {}, {}", s.kind_opinion, s.kind_conclusion, s.kind_task)),
        ("#…", s.field_tags.to_owned()),
        ("!  !!  !!!", s.field_weight.to_owned()),
        (">…", s.field_addressee.to_owned()),
        ("??", s.field_check_later.to_owned()),
        ("**", s.off_record.to_owned()),
    ];
    pairs.into_iter().map(|(code, meaning)| Line::Pair(code.to_owned(), meaning)).collect()
}
