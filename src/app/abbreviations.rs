//! What a seat knows of abbreviations: the office's, which are changes of the organisation's log, and the person's own, which are a file of
//! their configuration. Both are asked for when somebody first records a line or looks at them. A person's own go before the office's.

use std::{collections::BTreeMap, sync::Arc};

use super::effect::Effect;
use crate::{
    domain::{
        abbreviation::{self, Table},
        board::Board,
        ids::ScopeId,
    },
    text::shorthand,
};

/// Whose an abbreviation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The person's own.
    Own,
    /// The office's.
    Office,
}

/// A step at the tables that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The person's own table before it.
    Own(Table),
    /// A change of the office's, the last one of this person.
    Office,
}

/// Both tables.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    /// The organisation's board, once it was opened.
    pub(super) office: Option<Arc<Board>>,
    of_office: Table,
    own: Table,
    /// By word: as written, and in lower case unless it is all capitals.
    index: BTreeMap<String, String>,
    is_asked: bool,
    pub(super) steps: Vec<Step>,
}

impl Abbreviations {
    /// Asks for both tables, once.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        if std::mem::replace(&mut self.is_asked, true) {
            return Vec::new();
        }
        vec![Effect::Open(ScopeId::ORGANISATION), Effect::ReadAbbreviations]
    }

    pub(super) fn note_office(&mut self, board: Arc<Board>) {
        self.of_office = abbreviation::of(&board);
        self.office = Some(board);
        self.fill_index();
    }

    pub(super) fn note_own(&mut self, own: Table) {
        self.own = own;
        self.fill_index();
    }

    /// The person's own.
    pub fn own(&self) -> &Table {
        &self.own
    }

    fn fill_index(&mut self) {
        self.index.clear();
        for (short, long) in self.of_office.iter().chain(&self.own) {
            let in_capitals = short.chars().filter(|c| c.is_uppercase()).count() > 1;
            if !in_capitals {
                self.index.insert(short.to_lowercase(), long.clone());
            }
            self.index.insert(short.clone(), long.clone());
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// A text with its abbreviations written out, and which those were; `None` if it has none.
    pub fn expand(&self, text: &str) -> Option<(String, Vec<(String, String)>)> {
        if self.index.is_empty() {
            return None;
        }
        shorthand::expand(text, |word| self.index.get(word).map(String::as_str))
    }

    /// All of both, by the short form, a person's own before the office's.
    pub fn all(&self) -> Vec<(&str, &str, Layer)> {
        let own = self.own.iter().map(|(short, long)| (short.as_str(), long.as_str(), Layer::Own));
        let office =
            self.of_office.iter().map(|(short, long)| (short.as_str(), long.as_str(), Layer::Office));
        let mut all: Vec<(&str, &str, Layer)> = own.chain(office).collect();
        all.sort_by_key(|(short, _, layer)| (*short, *layer));
        all
    }
}
