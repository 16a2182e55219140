//! Undo and redo: what was replaced by what, in steps a person would name.
//!
//! A step is one word with everything an input method sent for it, or one paste, or one command.
//! The history holds edits and carets only; the editor plays them. Invariant: playing a step
//! backwards, then forwards, gives the same bytes.

use super::buffer::Pos;
use super::caret::Caret;

/// One replacement: at `at`, `removed` gave way to `inserted`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) at: Pos,
    pub(super) removed: String,
    pub(super) inserted: String,
}

/// Edits that are undone together, with the carets around them.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) edits: Vec<Edit>,
    pub(super) before: Caret,
    pub(super) after: Caret,
}

/// How an edit takes part in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    /// A typed letter or a Backspace: it goes on with the word before it.
    Typing,
    /// A step of its own.
    Alone,
}

/// The steps that can be undone and redone.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    open: bool,
}

impl History {
    /// Remembers an edit that was just made.
    pub(super) fn record(&mut self, edit: Edit, before: Caret, after: Caret, grouping: Grouping) {
        self.undone.clear();
        let goes_on = self.open && grouping == Grouping::Typing;
        self.open = grouping == Grouping::Typing;
        match self.done.last_mut() {
            Some(step) if goes_on && !leaves_word(step, &edit) => {
                step.edits.push(edit);
                step.after = after;
            }
            _ => self.done.push(Step { edits: vec![edit], before, after }),
        }
    }

    /// Lets the next edit begin a step of its own: the caret was moved, or the text left the screen.
    pub(super) fn close(&mut self) {
        self.open = false;
    }

    /// The step to play backwards.
    pub(super) fn undo(&mut self) -> Option<Step> {
        self.open = false;
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        Some(step)
    }

    /// The step to play forwards again.
    pub(super) fn redo(&mut self) -> Option<Step> {
        self.open = false;
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        Some(step)
    }
}

/// Whether an edit begins another word than the one the step is about: a letter behind a space, or a
/// space taken away. The narrow no-break space counts as a letter, because some input methods send
/// and delete it inside a word.
fn leaves_word(step: &Step, edit: &Edit) -> bool {
    let is_space = |text: &str| text.ends_with([' ', '\t', '\n']);
    let follows_space = step.edits.last().is_some_and(|last| is_space(&last.inserted));
    let begins = follows_space && !edit.inserted.is_empty() && !is_space(&edit.inserted);
    begins || is_space(&edit.removed)
}
