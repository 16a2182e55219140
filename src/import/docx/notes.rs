//! The words of notes and comments, which a report of what was left out tells.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::{attribute, referred};
use crate::import::Omission;

/// How many letters of a note are told.
const TOLD: usize = 200;
/// More notes than anybody writes.
const MOST: usize = 5000;

/// The notes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    words: BTreeMap<(Omission, String), String>,
    /// The note that is open.
    at: Option<String>,
    takes: bool,
}

/// The name of the part that holds notes of a kind.
pub(super) fn part(what: Omission) -> &'static str {
    match what {
        Omission::Endnote => "endnotes",
        Omission::Comment => "comments",
        _ => "footnotes",
    }
}

impl Notes {
    /// Reads the part of a kind.
    pub(super) fn take(&mut self, what: Omission, event: &Event<'_>) {
        match event {
            Event::Start(mark) => match mark.local_name().as_ref() {
                "footnote" | "endnote" | "comment" => self.at = attribute(mark, "id"),
                "t" => self.takes = true,
                _ => {}
            },
            Event::End(mark) => match mark.local_name().as_ref() {
                "t" => self.takes = false,
                "p" => self.letters(what, " "),
                _ => {}
            },
            Event::Text(text) if self.takes => self.letters(what, text),
            Event::CData(text) if self.takes => self.letters(what, text),
            Event::GeneralRef(reference) if self.takes => self.letters(what, &referred(reference)),
            _ => {}
        }
    }

    fn letters(&mut self, what: Omission, letters: &str) {
        let Some(at) = self.at.clone().filter(|_| self.words.len() < MOST) else { return };
        let words = self.words.entry((what, at)).or_default();
        let room = TOLD.saturating_sub(words.chars().count());
        words.extend(letters.chars().take(room));
    }

    /// The words of a note; none if it has none.
    pub(super) fn words(&self, what: Omission, id: &str) -> Option<&str> {
        let words = self.words.get(&(what, id.to_owned()))?.trim();
        (!words.is_empty()).then_some(words)
    }
}
