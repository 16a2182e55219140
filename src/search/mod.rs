//! Finding records of all sessions by folded text, while somebody types.
//!
//! The room owns shelves of texts, one a session, and the order of hits. It knows neither where the texts come from nor who
//! asks. Invariant: a query without accents finds every accent; one with accents ranks what has them first.

mod query;
pub mod radar;
mod shelf;

use std::collections::BTreeMap;

use crate::domain::ids::{RecordId, ScopeId};
use query::Query;
pub use shelf::{Shelf, label};

/// A record that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// The session.
    pub scope: ScopeId,
    /// The record.
    pub record: RecordId,
    /// Number and words.
    pub text: &'a str,
}

/// The hits of a search so far.
#[derive(Debug)]
pub struct Hits<'a> {
    limit: usize,
    has_accents: bool,
    exact: Vec<Found<'a>>,
    others: Vec<Found<'a>>,
}

impl<'a> Hits<'a> {
    fn add(&mut self, found: Found<'a>, is_exact: bool) {
        if is_exact {
            self.exact.push(found);
        } else if self.others.len() < self.limit {
            self.others.push(found);
        }
    }

    /// Whether no better hits can come: those without the accents typed give way to those that have them.
    fn is_complete(&self) -> bool {
        self.exact.len() >= self.limit || (!self.has_accents && self.is_full())
    }

    /// Whether there are as many as are wanted.
    pub fn is_full(&self) -> bool {
        self.exact.len() + self.others.len() >= self.limit
    }

    /// The best ones, as many as are wanted.
    pub fn best(&self) -> impl Iterator<Item = Found<'a>> {
        self.exact.iter().chain(&self.others).take(self.limit).copied()
    }
}

/// The texts of many sessions.
#[derive(Debug, Clone, Default)]
pub struct Index {
    shelves: BTreeMap<ScopeId, Shelf>,
}

impl Index {
    /// Puts the texts of a session in the place of those that were there, and gives these back.
    pub fn put(&mut self, scope: ScopeId, texts: Shelf) -> Option<Shelf> {
        self.shelves.insert(scope, texts)
    }

    /// The text of a record.
    pub fn text(&self, scope: ScopeId, record: RecordId) -> Option<&str> {
        self.shelves.get(&scope)?.of_record(record)
    }

    /// The sessions whose texts are here.
    pub fn scopes(&self) -> impl Iterator<Item = ScopeId> {
        self.shelves.keys().copied()
    }

    /// The texts of a session, if they are here.
    pub fn shelf(&mut self, scope: ScopeId) -> Option<&mut Shelf> {
        self.shelves.get_mut(&scope)
    }

    /// The first `limit` records that hold every word of the query, those that hold them with their accents first; else in
    /// the order of `scopes`, and in a session in the order of its shelf.
    ///
    /// `goes_on` is asked after each session and may stop the search.
    pub fn find(
        &self,
        query: &str,
        scopes: impl IntoIterator<Item = ScopeId>,
        limit: usize,
        mut goes_on: impl FnMut(&Hits<'_>) -> bool,
    ) -> Hits<'_> {
        let here = scopes.into_iter().filter_map(|scope| Some((scope, self.shelves.get(&scope)?)));
        let mut shelves = here.peekable();
        let query = Query::new(query, shelves.peek().map_or(&[][..], |(_, shelf)| shelf.folded()));
        let (has_accents, exact, others) = (query.has_accents(), Vec::new(), Vec::new());
        let mut hits = Hits { limit, has_accents, exact, others };
        for (scope, shelf) in shelves {
            for (record, text) in shelf.matching(&query) {
                hits.add(Found { scope, record, text }, query.is_exact(text));
                if hits.is_complete() {
                    return hits;
                }
            }
            if !goes_on(&hits) {
                break;
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(texts: &[&str]) -> Shelf {
        let mut shelf = Shelf::default();
        texts.iter().zip(0..).for_each(|(text, n)| shelf.push(RecordId(n), text));
        shelf
    }

    fn found(shelf: Shelf, query: &str, limit: usize) -> Vec<String> {
        let mut index = Index::default();
        index.put(ScopeId(1), shelf);
        let hits = index.find(query, [ScopeId(1)], limit, |_| true);
        hits.best().map(|found| found.text.to_owned()).collect()
    }

    #[test]
    fn every_word_must_be_there_in_any_order() {
        let texts = ["KK-01 con dấu cũ", "KK-02 hồ sơ cũ", "KK-03 cư trú"];
        assert_eq!(found(shelf(&texts), "cu dau", 10), ["KK-01 con dấu cũ"]);
        assert_eq!(found(shelf(&texts), "KK-02  HỒ", 10), ["KK-02 hồ sơ cũ"]);
        assert_eq!(found(shelf(&texts), "cu", 10).len(), 3);
        assert_eq!(found(shelf(&texts), "xyz", 10).len(), 0);
        assert_eq!(found(shelf(&texts), " ", 10).len(), 3);
        assert_eq!(found(Shelf::default(), "cu", 10).len(), 0);
    }

    #[test]
    fn a_word_does_not_reach_from_one_text_into_the_next() {
        assert_eq!(found(shelf(&["con", "dấu"]), "nd", 10).len(), 0);
        assert_eq!(found(shelf(&["con", "dấu"]), "con dau", 10).len(), 0);
        assert_eq!(found(shelf(&["một\nhai"]), "mot hai", 10).len(), 1);
    }

    #[test]
    fn what_was_typed_with_accents_stands_first() {
        let texts = ["dang", "đang", "Đảng", "ĐẢNG bộ", "dâng"];
        assert_eq!(found(shelf(&texts), "đảng", 3), ["Đảng", "ĐẢNG bộ", "dang"]);
        assert_eq!(found(shelf(&texts), "dang", 3), ["dang", "đang", "Đảng"]);
    }

    #[test]
    fn what_changed_is_found_as_it_is_and_what_went_is_not() {
        let mut changed = shelf(&["một", "hai", "ba"]);
        changed.set(RecordId(1), Some("hai rưỡi"));
        changed.set(RecordId(0), None);
        changed.set(RecordId(3), Some("bốn"));
        changed.set(RecordId(9), None);
        assert_eq!(found(changed.clone(), "", 10), ["ba", "hai rưỡi", "bốn"]);
        assert_eq!(found(changed.clone(), "mot", 10).len(), 0);
        assert_eq!(found(changed, "hai", 10), ["hai rưỡi"]);
    }

    #[test]
    fn sessions_come_in_the_order_asked_for_until_somebody_says_stop() {
        let mut index = Index::default();
        for scope in 1..=3 {
            index.put(ScopeId(scope), shelf(&["đảng viên"]));
        }
        let order = [3, 1, 7, 2].map(ScopeId);
        let scopes = |hits: Hits<'_>| hits.best().map(|found| found.scope.0).collect::<Vec<_>>();
        assert_eq!(scopes(index.find("dang", order, 10, |_| true)), [3, 1, 2]);
        assert_eq!(scopes(index.find("dang", order, 2, |_| true)), [3, 1]);
        assert_eq!(scopes(index.find("dang", order, 10, |_| false)), [3]);
    }
}
