//! Long work outside: an export or the reading of a file. One at a time; how far it is stands in the status line, Esc gives it up.
//!
//! Invariant: what came of it is told by whoever did it. A person who gives up is told so only when it has stopped, since it may have been
//! done already.

use super::{App, effect::Effect, msg::News, notice::Notice};

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Papers are written.
    Export,
    /// Papers and a backup are copied to a stick.
    CopyOut,
    /// A keynote is read.
    Import,
}

/// Work that is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Its number; news of another is old.
    pub generation: u64,
    /// What it is.
    pub task: Task,
    /// How far it is, in hundredths.
    pub percent: u8,
    /// Whether the person has given it up.
    pub given_up: bool,
}

impl App {
    /// Begins long work, unless there is some.
    pub(super) fn begin_work(&mut self, task: Task, effect: impl FnOnce(u64) -> Effect) -> Vec<Effect> {
        if self.work.is_some() {
            self.say(Notice::warning(self.strings().papers.busy));
            return Vec::new();
        }
        self.generation += 1;
        self.notice = None;
        self.work = Some(Work { generation: self.generation, task, percent: 0, given_up: false });
        vec![effect(self.generation)]
    }

    /// Esc where nothing else is to be left: gives up the work that is on its way, if there is some.
    pub(super) fn give_up(&mut self) -> Option<Vec<Effect>> {
        let work = self.work.as_mut().filter(|work| !work.given_up)?;
        work.given_up = true;
        Some(vec![Effect::GiveUp])
    }

    /// Takes news of the work that is on its way.
    pub(super) fn worked(&mut self, generation: u64, news: News) -> Vec<Effect> {
        let Some(work) = self.work.as_mut().filter(|work| work.generation == generation) else {
            return Vec::new();
        };
        match news {
            News::Percent(percent) => work.percent = percent,
            News::GivenUp => {
                self.work = None;
                self.say(Notice::info(self.strings().papers.given_up));
            }
            News::Done(msg) => {
                self.work = None;
                return self.heard(*msg);
            }
        }
        Vec::new()
    }
}
