//! The texts of one session: folded ones end to end, so that one pass looks at all of them.

use memchr::{memchr, memrchr};

use super::query::Query;
use crate::{
    domain::{board::Board, ids::RecordId, record::Record},
    text::fold::fold,
};

/// Ends each folded text. Folding makes white space of line ends, so no text holds it.
const END: u8 = b'\n';

/// What hits show of a record: its number and its words.
pub fn label(number: Option<&str>, words: &str) -> String {
    number.map(|number| format!("{number}  ")).unwrap_or_default() + words
}

/// Where a record's texts end.
#[derive(Debug, Clone, Copy)]
struct Place {
    record: RecordId,
    folded: usize,
    text: usize,
}

/// The texts of a session, in the order in which they were put there. One that went is blanked.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    folded: Vec<u8>,
    texts: String,
    places: Vec<Place>,
}

impl Shelf {
    /// The texts of a board, those with a number first, kind by kind and by age.
    pub fn of(board: &Board) -> Self {
        let mut shelf = Self::default();
        let mut records: Vec<&Record> = board.records().filter(|record| words(record).is_some()).collect();
        records.sort_by_key(|record| (record.short_number().is_none(), record.kind(), record.born));
        for record in records {
            shelf.push(record.id, &label(record.short_number(), record.wording()));
        }
        shelf.fit();
        shelf
    }

    /// Brings the text of a record up to date with its board.
    pub fn follow(&mut self, board: &Board, record: RecordId) {
        let record_here = board.record(record).and_then(|record| Some((record, words(record)?)));
        let text = record_here.map(|(record, words)| label(record.short_number(), words));
        self.set(record, text.as_deref());
    }

    /// Adds a record's text at the end.
    pub fn push(&mut self, record: RecordId, text: &str) {
        self.folded.extend_from_slice(fold(text).as_bytes());
        self.folded.push(END);
        self.texts.push_str(text);
        self.places.push(Place { record, folded: self.folded.len(), text: self.texts.len() });
    }

    /// How many places there are, blank ones included.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nothing was ever put there.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The record at a place and its text; none where one went.
    pub fn at(&self, place: usize) -> Option<(RecordId, &str)> {
        let record = self.places.get(place)?.record;
        if self.is_blank(place) { None } else { Some((record, self.text(place)?)) }
    }

    /// The text of a record.
    pub fn of_record(&self, record: RecordId) -> Option<&str> {
        let at = self.places.iter().rposition(|place| place.record == record)?;
        self.at(at).map(|(_, text)| text)
    }

    /// Gives up memory that was set aside for more texts.
    pub fn fit(&mut self) {
        self.folded.shrink_to_fit();
        self.texts.shrink_to_fit();
        self.places.shrink_to_fit();
    }

    /// Gives a record another text, or none.
    pub fn set(&mut self, record: RecordId, text: Option<&str>) {
        let at = self.places.iter().rposition(|place| place.record == record);
        let shown = at.filter(|at| !self.is_blank(*at));
        if shown.and_then(|at| self.text(at)) == text {
            return;
        }
        if let Some(at) = shown {
            let range = self.folded_start(at)..self.places.get(at).map_or(0, |place| place.folded);
            self.folded.get_mut(range).unwrap_or_default().fill(END);
        }
        if let Some(text) = text {
            self.push(record, text);
        }
    }

    pub(super) fn folded(&self) -> &[u8] {
        &self.folded
    }

    /// The records that hold every word of a query, with their texts.
    pub(super) fn matching<'a, 'q>(
        &'a self,
        query: &'q Query,
    ) -> impl Iterator<Item = (RecordId, &'a str)> + use<'a, 'q> {
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let (start, end) = self.next_line(query, from)?;
                from = end + 1;
                if start < end && query.holds(self.folded.get(start..end)?) {
                    return self.entry(start);
                }
            }
        })
    }

    /// The next folded text from a start of one on that holds the rarest word.
    fn next_line(&self, query: &Query, from: usize) -> Option<(usize, usize)> {
        let rest = self.folded.get(from..)?;
        let at = match query.rarest() {
            Some(word) => word.find(rest)?,
            None => 0,
        };
        let start = memrchr(END, rest.get(..at)?).map_or(0, |end| end + 1);
        let end = at + memchr(END, rest.get(at..)?)?;
        Some((from + start, from + end))
    }

    /// The record whose folded text starts there.
    fn entry(&self, start: usize) -> Option<(RecordId, &str)> {
        let at = self.places.partition_point(|place| place.folded <= start);
        Some((self.places.get(at)?.record, self.text(at)?))
    }

    fn text(&self, at: usize) -> Option<&str> {
        let start =
            at.checked_sub(1).and_then(|before| self.places.get(before)).map_or(0, |place| place.text);
        self.texts.get(start..self.places.get(at)?.text)
    }

    fn folded_start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.places.get(before)).map_or(0, |place| place.folded)
    }

    fn is_blank(&self, at: usize) -> bool {
        self.folded.get(self.folded_start(at)) == Some(&END)
    }
}

/// The words by which a record is found, if it is there to be found.
fn words(record: &Record) -> Option<&str> {
    let there = record.kind().is_some() && !record.is_removed();
    Some(record.wording()).filter(|words| there && !words.is_empty())
}
