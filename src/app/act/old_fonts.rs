//! Text in the fonts of before Unicode, pasted or read from a file: shown both ways, converted only if a person says so.

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        msg::ReadKeynote,
    },
    domain::ids::ScopeId,
    text::legacy::{self, Legacy},
};

/// How much of a text is shown to choose by; columns cut the rest.
const SHOWN: usize = 120;

impl App {
    /// Pastes a text, or asks first what it is.
    pub(in crate::app) fn paste_or_ask(&mut self, text: &str) -> Vec<Effect> {
        match legacy::offer(text).filter(|_| self.dialog.is_none() && self.editor().is_some()) {
            Some(offer) => {
                let picks = [&offer.text, text].map(|text| Pick::Paste(text.to_owned()));
                self.ask_font(offer.encoding, [&offer.text, text], picks)
            }
            None => self.paste(text),
        }
    }

    /// Takes in a keynote, or asks first what its letters are.
    pub(in crate::app) fn take_or_ask_keynote(
        &mut self,
        scope: ScopeId,
        mut read: ReadKeynote,
    ) -> Vec<Effect> {
        let Some((encoding, sections)) = read.converted.take() else { return self.take_keynote(scope, read) };
        let converted = ReadKeynote { sections, ..read.clone() };
        let shown = [converted.start(), read.start()];
        let picks = [converted, read].map(|read| Pick::Keynote(scope, Box::new(read)));
        self.ask_font(encoding, shown.each_ref().map(String::as_str), picks)
    }

    fn ask_font(&mut self, encoding: Legacy, shown: [&str; 2], picks: [Pick; 2]) -> Vec<Effect> {
        let words = &self.strings().import;
        let title = match encoding {
            Legacy::Tcvn3 => words.title_tcvn3,
            Legacy::Vni => words.title_vni,
        };
        let labels = [words.convert, words.keep].into_iter().zip(shown);
        let label = |(what, text): (&str, &str)| {
            let start: String =
                text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
            format!("{what}: {start}")
        };
        let items = labels.map(label).zip(picks).map(|(label, pick)| Item::new(label, pick)).collect();
        self.show_picker(Picker::one(title.to_owned(), items))
    }
}

impl ReadKeynote {
    /// The words of its first section.
    fn start(&self) -> String {
        let first = self.sections.first();
        let lines = first.map(|(heading, paragraphs)| std::iter::once(heading).chain(paragraphs));
        lines.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}
