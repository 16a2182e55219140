//! A second version of the keynote laid over the first: which record each of its paragraphs is, and what changed.
//!
//! A paragraph is known again by its words, else by being the nearest in order; what is known again keeps its record, and with it every
//! mark, link and line of history. Of several reports that were imported one behind the other, the one with most in common is
//! revised and the others stay. Invariant: the same version laid over itself is the command that changes nothing.

mod alike;

use std::collections::BTreeMap;

use super::{
    board::Board,
    change::{Change, WriteId},
    command::{Command, NewSection},
    edit::Edit,
    field,
    ids::{ChangeId, IdStream, RecordId},
    keynote, position,
    record::Record,
};
use alike::Pairs;

/// A heading and its paragraphs.
pub type Part = (String, Vec<String>);

/// A text of the keynote that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its words before, if it was there.
    pub before: Option<String>,
    /// Its words now, if it is there.
    pub after: Option<String>,
    /// Whether it stands elsewhere.
    pub is_moved: bool,
}

/// How many headings and paragraphs changed, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Other words.
    pub edited: usize,
    /// Not there before.
    pub added: usize,
    /// Not there any more.
    pub gone: usize,
    /// In another place, with the same words or others.
    pub moved: usize,
}

/// A newer version of a board's keynote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    sections: Vec<NewSection>,
    gone: Vec<RecordId>,
    seen: Vec<WriteId>,
    /// What changed, in the order of the newer version; what is gone comes last.
    pub changed: Vec<Changed>,
    /// How many paragraphs of the older version are known again; with none, this is another report and no newer version.
    pub known: usize,
    /// Whether most of the shorter of the two versions is known again; with less it may well be another report that quotes this one.
    pub is_likely: bool,
}

impl Revision {
    /// Lays a version over the keynote of a board. New paragraphs get their ids from `ids`.
    pub fn of(board: &Board, newer: &[Part], ids: &mut IdStream) -> Self {
        let newer: Vec<Part> = newer.iter().map(stored).collect();
        let all = reports(board, keynote::sections(board));
        let sections = all.iter().map(|(_, section)| section.clone()).collect();
        let report = Versions::new(sections, &newer).nearest(&all);
        let sections = all.into_iter().filter(|(of, _)| *of == report).map(|(_, section)| section).collect();
        Versions::new(sections, &newer).revision(ids, |record| report.is_none() || is_imported(board, record))
    }

    /// Whether the keynote is as this version says already.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }

    /// How much changed.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for Changed { before, after, is_moved } in &self.changed {
            counts.moved += usize::from(*is_moved);
            match (before, after) {
                (None, _) => counts.added += 1,
                (_, None) => counts.gone += 1,
                (before, after) => counts.edited += usize::from(before != after),
            }
        }
        counts
    }

    /// The command that writes the differences.
    pub fn command(self) -> Command {
        Command::ReviseKeynote { sections: self.sections, gone: self.gone, seen: self.seen }
    }

    /// The same, if there are any.
    pub fn differing(self) -> Option<Command> {
        (!self.is_empty()).then(|| self.command())
    }
}

/// The sections of a keynote that stands for itself.
pub fn created(parts: Vec<Part>, ids: &mut IdStream) -> Vec<NewSection> {
    let mut created = |text: String| (ids.record(), text);
    let new = |(heading, texts): Part| {
        let (record, heading) = created(heading);
        NewSection { record, heading, paragraphs: texts.into_iter().map(&mut created).collect() }
    };
    parts.into_iter().map(new).collect()
}

/// The words as they would be stored.
fn stored((heading, paragraphs): &Part) -> Part {
    let clean = |text: &String| match Edit::Text(text.clone()).normalised() {
        Edit::Text(text) => text,
        _ => String::new(),
    };
    let worded = paragraphs.iter().map(clean).filter(|text| !text.is_empty());
    (clean(heading), worded.collect())
}

/// The names of the commands that take in what a file holds.
const IMPORTS: [&str; 2] = ["AddKeynote", "ReviseKeynote"];

/// Whether a record came from a file, and was not added by hand.
fn is_imported(board: &Board, record: &Record) -> bool {
    born(board, record).is_some_and(|change| IMPORTS.contains(&&*change.header.name))
}

fn born<'a>(board: &'a Board, record: &Record) -> Option<&'a Change> {
    board.change(record.born.id).map(AsRef::as_ref)
}

/// Sections with the report to which each belongs: the change that brought it in. What came in between belongs to the one before.
fn reports<'a>(
    board: &Board,
    sections: Vec<keynote::Section<'a>>,
) -> Vec<(Option<ChangeId>, keynote::Section<'a>)> {
    let own = |section: &keynote::Section<'a>| {
        born(board, section.record)
            .filter(|change| &*change.header.name == IMPORTS[0])
            .map(|change| change.id)
    };
    let mut last = sections.iter().find_map(own);
    let belongs = |section: keynote::Section<'a>| {
        last = own(&section).or(last);
        (last, section)
    };
    sections.into_iter().map(belongs).collect()
}

/// A paragraph of the older version: its record, and the place of its section.
struct Standing<'a> {
    record: &'a Record,
    under: usize,
}

/// Two versions of a keynote, and which parts of them are the same.
struct Versions<'a> {
    older: Vec<keynote::Section<'a>>,
    paragraphs: Vec<Standing<'a>>,
    newer: &'a [Part],
    sections: Pairs,
    pairs: Pairs,
}

impl<'a> Versions<'a> {
    fn new(older: Vec<keynote::Section<'a>>, newer: &'a [Part]) -> Self {
        let standing = |(under, section): (usize, &keynote::Section<'a>)| {
            section.paragraphs.clone().into_iter().map(move |record| Standing { record, under })
        };
        let paragraphs: Vec<Standing<'_>> = older.iter().enumerate().flat_map(standing).collect();
        let count = newer.iter().map(|(_, paragraphs)| paragraphs.len()).sum();
        let mut versions = Self {
            sections: Pairs::new(older.len(), newer.len()),
            pairs: Pairs::new(paragraphs.len(), count),
            older,
            paragraphs,
            newer,
        };
        versions.pair_paragraphs();
        versions.pair_sections();
        versions
    }

    /// The heading that each older paragraph stands under, and its words.
    fn older_texts(&self) -> Vec<(&'a str, &'a str)> {
        let heading = |under: usize| self.older.get(under).map_or("", |section| section.record.wording());
        self.paragraphs.iter().map(|standing| (heading(standing.under), standing.record.wording())).collect()
    }

    /// The place of the section of each newer paragraph, and its words.
    fn newer_texts(&self) -> Vec<(usize, &'a str)> {
        let parts = self.newer.iter().enumerate();
        parts.flat_map(|(under, (_, texts))| texts.iter().map(move |text| (under, text.as_str()))).collect()
    }

    fn pair_paragraphs(&mut self) {
        let (older, newer) = (self.older_texts(), self.newer_texts());
        let heading = |under: usize| self.newer.get(under).map_or("", |(heading, _)| heading.as_str());
        let titled: Vec<(&str, &str)> = newer.iter().map(|(under, text)| (heading(*under), *text)).collect();
        let words = |texts: &[(&'a str, &'a str)]| texts.iter().map(|(_, text)| *text).collect::<Vec<_>>();
        self.pairs.join_equal(&older, &titled);
        let (older, newer) = (words(&older), newer.iter().map(|(_, text)| *text).collect::<Vec<_>>());
        self.pairs.join_equal(&older, &newer);
        self.pairs.join_nearest(&older, &newer);
    }

    /// Sections are known again by heading and content, by heading, by content, and by a heading that is nearly the same.
    fn pair_sections(&mut self) {
        let older: Vec<&str> = self.older.iter().map(|section| section.record.wording()).collect();
        let newer: Vec<&str> = self.newer.iter().map(|(heading, _)| heading.as_str()).collect();
        let votes = self.votes();
        for (old, new) in &votes {
            if older.get(*old) == newer.get(*new) {
                self.sections.join(*old, *new);
            }
        }
        self.sections.join_equal(&older, &newer);
        for (old, new) in votes {
            self.sections.join(old, new);
        }
        self.sections.join_nearest(&older, &newer);
    }

    /// The pairs of sections that have paragraphs in common, most of them first.
    fn votes(&self) -> Vec<(usize, usize)> {
        let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (at, (new, _)) in self.newer_texts().into_iter().enumerate() {
            if let Some(standing) = self.pairs.older(at).and_then(|old| self.paragraphs.get(old)) {
                *votes.entry((standing.under, new)).or_default() += 1;
            }
        }
        let mut votes: Vec<_> = votes.into_iter().collect();
        votes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        votes.into_iter().map(|(pair, _)| pair).collect()
    }

    /// The report of which most paragraphs are known again.
    fn nearest(&self, reports: &[(Option<ChangeId>, keynote::Section<'_>)]) -> Option<ChangeId> {
        let mut known: BTreeMap<Option<ChangeId>, usize> = BTreeMap::new();
        for section in self.known() {
            *known.entry(reports.get(section).and_then(|(report, _)| *report)).or_default() += 1;
        }
        known.into_iter().max_by_key(|(_, count)| *count).and_then(|(report, _)| report)
    }

    /// The section of each paragraph that is known again; of a version of headings alone, each section that is.
    fn known(&self) -> Vec<usize> {
        if self.newer.iter().all(|(_, texts)| texts.is_empty()) {
            return self.sections.all().into_iter().flatten().collect();
        }
        let known = self.pairs.all().into_iter().flatten();
        known.filter_map(|old| self.paragraphs.get(old)).map(|standing| standing.under).collect()
    }

    /// How many paragraphs the shorter version has; of headings alone, how many sections.
    fn shorter(&self) -> usize {
        match self.pairs.all().len() {
            0 => self.older.len().min(self.newer.len()),
            newer => newer.min(self.paragraphs.len()),
        }
    }

    /// What the newer version amounts to; what it has not goes if it `may_go`.
    fn revision(&self, ids: &mut IdStream, may_go: impl Fn(&Record) -> bool) -> Revision {
        let mut changed = Vec::new();
        let mut sections: Vec<NewSection> = Vec::new();
        let stays = position::staying(&self.sections.all());
        for ((at, (heading, _)), stays) in self.newer.iter().enumerate().zip(stays) {
            let old =
                self.sections.older(at).and_then(|old| self.older.get(old)).map(|section| section.record);
            changed.extend(difference(old, heading, !stays));
            let record = old.map_or_else(|| ids.record(), |old| old.id);
            let paragraphs = self.revised_paragraphs(at, ids, &mut changed);
            sections.push(NewSection { record, heading: kept(old, heading).to_owned(), paragraphs });
        }
        let gone = self.gone(may_go);
        changed.extend(gone.iter().map(|record| Changed {
            before: Some(record.wording().to_owned()),
            after: None,
            is_moved: false,
        }));
        Revision {
            sections,
            gone: gone.iter().map(|record| record.id).collect(),
            seen: self.seen(),
            changed,
            known: self.known().len(),
            is_likely: self.known().len() * 2 > self.shorter(),
        }
    }

    fn revised_paragraphs(
        &self,
        section: usize,
        ids: &mut IdStream,
        changed: &mut Vec<Changed>,
    ) -> Vec<(RecordId, String)> {
        let before: usize = self.newer.iter().take(section).map(|(_, texts)| texts.len()).sum();
        let texts = self.newer.get(section).map_or(&[][..], |(_, texts)| texts);
        let from = self.sections.older(section);
        let old = |at: usize| self.pairs.older(at).and_then(|old| Some((old, self.paragraphs.get(old)?)));
        let here =
            |at: usize| old(at).filter(|(_, standing)| Some(standing.under) == from).map(|(old, _)| old);
        let stays = position::staying(&(before..before + texts.len()).map(here).collect::<Vec<_>>());
        let mut revised = |((at, text), stays): ((usize, &String), bool)| {
            let record = old(at).map(|(_, standing)| standing.record);
            changed.extend(difference(record, text, !stays));
            (record.map_or_else(|| ids.record(), |record| record.id), kept(record, text).to_owned())
        };
        (before..).zip(texts).zip(stays).map(&mut revised).collect()
    }

    /// What the newer version has not and that may go; a section stays with a paragraph that stays.
    fn gone(&self, may_go: impl Fn(&Record) -> bool) -> Vec<&'a Record> {
        let left = self.pairs.left().into_iter().filter_map(|at| self.paragraphs.get(at));
        let (go, stay): (Vec<_>, Vec<_>) = left.partition(|standing| may_go(standing.record));
        let is_bare = |at: &usize| !stay.iter().any(|standing| standing.under == *at);
        let sections = self.sections.left().into_iter().filter(is_bare).filter_map(|at| self.older.get(at));
        let sections = sections.map(|section| section.record).filter(|record| may_go(record));
        sections.chain(go.iter().map(|standing| standing.record)).collect()
    }

    /// The writes that hold the words of the older version and where they stand.
    fn seen(&self) -> Vec<WriteId> {
        let paragraphs = self.paragraphs.iter().map(|standing| standing.record);
        let records = self.older.iter().map(|section| section.record).chain(paragraphs);
        let fields = [field::TITLE, field::TEXT, field::PARENT, field::POSITION];
        records.flat_map(|record| fields.iter().flat_map(|field| record.seen(field))).collect()
    }
}

/// A text as it shall be: as it was, if nothing but the space between its words is otherwise.
fn kept<'a>(old: Option<&'a Record>, words: &'a str) -> &'a str {
    let same = |old: &&str| old.split_whitespace().eq(words.split_whitespace());
    old.map(Record::wording).filter(same).unwrap_or(words)
}

/// What is told of a text, if there is anything to tell.
fn difference(old: Option<&Record>, words: &str, elsewhere: bool) -> Option<Changed> {
    let words = kept(old, words);
    let before = old.map(|record| record.wording().to_owned());
    let is_moved = elsewhere && before.is_some();
    let differs = before.as_deref() != Some(words);
    (differs || is_moved).then(|| Changed { before, after: Some(words.to_owned()), is_moved })
}

#[cfg(test)]
mod tests;
