//! A configuration file as entries with their lines; what is no TOML is told and passed over.

use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use super::fault::{Fault, What};

/// A name, its value, and the line on which the name stands.
pub(super) struct Entry<'a> {
    pub(super) line: usize,
    pub(super) name: &'a str,
    pub(super) value: &'a DeValue<'a>,
}

/// A file's name and text.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) file: &'static str,
    pub(super) text: &'a str,
}

impl<'a> Source<'a> {
    /// The file's table as far as it can be read.
    pub(super) fn parse(self, faults: &mut Vec<Fault>) -> DeTable<'a> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let told = |error: &toml::de::Error| {
            let line = self.line(error.span().map_or(0, |span| span.start));
            self.fault(line, What::Syntax(error.message().to_owned()))
        };
        faults.extend(errors.iter().map(told));
        table.into_inner()
    }

    /// The entries of a table in the order of the file, without those that are no TOML: their values are guesses.
    pub(super) fn entries<'t>(self, table: &'t DeTable<'a>, faults: &[Fault]) -> Vec<Entry<'t>> {
        let mut found: Vec<(&Spanned<DeString<'a>>, _)> = table.iter().collect();
        found.sort_by_key(|(name, _)| name.span().start);
        let entry = |(name, value): (&'t Spanned<DeString<'a>>, &'t Spanned<DeValue<'a>>)| Entry {
            line: self.line(name.span().start),
            name: name.get_ref().as_ref(),
            value: value.get_ref(),
        };
        let is_broken = |line| {
            let mut broken = faults.iter().filter(|fault| matches!(fault.what, What::Syntax(_)));
            broken.any(|fault| fault.line == line)
        };
        found.into_iter().map(entry).filter(|entry| !is_broken(entry.line)).collect()
    }

    pub(super) fn fault(self, line: usize, what: What) -> Fault {
        Fault { file: self.file, line, what }
    }

    /// The line of a byte, from 1.
    fn line(self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        before.filter(|byte| **byte == b'\n').count() + 1
    }
}
