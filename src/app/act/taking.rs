//! Taking papers along: their folder, and a stick.

use crate::{
    app::{
        App,
        company::Terminal,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        msg::Stick,
        notice::Notice,
        session::SessionSeat,
        work::Task,
    },
    i18n::fill,
    keymap::{Context, action::Action, key::Key},
    text::nfc,
};

impl App {
    pub(super) fn may_open_folder(&self) -> bool {
        self.terminal == Terminal::Hosts
    }

    /// A backup holds everything that is shared: it is for whoever decides.
    pub(super) fn may_copy_out(&self) -> bool {
        self.may_receive() && self.session().is_some()
    }

    /// There is no folder for papers; it is said how there comes to be one, also on Home, where that key means nothing.
    pub(in crate::app) fn tell_nothing_exported(&mut self) {
        let key = self.keymap.shown_key(Context::Session, Action::Export);
        let key = key.as_ref().map(Key::shown).unwrap_or_default();
        self.say(Notice::warning(fill(self.strings().papers.taking.nothing_exported, &[&key])));
    }

    /// Looks for sticks, unless long work is on its way: then nothing could be copied to them.
    pub(super) fn find_sticks(&mut self) -> Vec<Effect> {
        if self.work.is_some() {
            self.say(Notice::warning(self.strings().papers.busy));
            return Vec::new();
        }
        vec![Effect::FindSticks]
    }

    /// Goes to the one stick there is, or asks for one of several.
    pub(in crate::app) fn found_sticks(&mut self, sticks: Vec<Stick>) -> Vec<Effect> {
        let words = &self.strings().papers.taking;
        let mut sticks = sticks.into_iter();
        match (sticks.next(), sticks.as_slice().is_empty()) {
            (None, _) => {
                self.say(Notice::warning(words.no_stick));
                Vec::new()
            }
            (Some(only), true) => self.copy_out(only.path),
            (Some(first), false) => {
                let item = |stick: Stick| {
                    let place = nfc::clean_line(&stick.path);
                    Item::new(stick.name, Pick::Stick(stick.path)).aside(place)
                };
                let items = std::iter::once(first).chain(sticks).map(item).collect();
                self.show_picker(Picker::one(words.title_stick, items))
            }
        }
    }

    pub(super) fn copy_out(&mut self, stick: String) -> Vec<Effect> {
        let Some(scope) = self.session().map(SessionSeat::scope) else { return Vec::new() };
        self.begin_work(Task::CopyOut, |generation| Effect::CopyToStick { generation, scope, stick })
    }

    /// Tells what is on the stick now. A report over a line that is being typed would take its letters: then what has to be known is said
    /// in the line.
    pub(in crate::app) fn copied_out(&mut self, lines: Vec<String>) {
        if self.is_typing() {
            let first = lines.into_iter().next().unwrap_or_default();
            return self.say(Notice::warning(first));
        }
        self.show_report(self.strings().papers.taking.action_stick.to_owned(), lines);
    }
}
