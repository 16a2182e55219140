//! Finding records of all sessions by folded text.
//!
//! The room owns an index over texts and the order of hits. It knows neither where the texts come from nor who asks. Invariant: a query
//! without accents finds every accent; one with accents ranks what has them first.

use crate::{
    domain::ids::{RecordId, ScopeId},
    text::fold::{Query, Rank, fold},
};

/// A record's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The session.
    pub scope: ScopeId,
    /// The record.
    pub record: RecordId,
    /// Number and words, as hits show them.
    pub text: String,
}

/// The texts of many records, folded once.
#[derive(Debug, Clone, Default)]
pub struct Index {
    entries: Vec<(Entry, String)>,
}

impl Index {
    /// The index of some texts, in their order.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let fold_one = |entry: Entry| {
            let folded = fold(&entry.text);
            (entry, folded)
        };
        Self { entries: entries.into_iter().map(fold_one).collect() }
    }

    /// The first `limit` entries that hold every word of the query; those that hold them with their accents first.
    pub fn find(&self, query: &str, limit: usize) -> Vec<&Entry> {
        let words: Vec<Query> = query.split_whitespace().map(Query::new).collect();
        let mut exact = Vec::new();
        let mut others = Vec::new();
        for (entry, folded) in &self.entries {
            if exact.len() == limit {
                break;
            }
            if !words.iter().all(|word| folded.contains(word.folded())) {
                continue;
            }
            let ranked = words.iter().all(|word| word.rank(&entry.text) == Rank::Exact);
            if ranked {
                exact.push(entry);
            } else if others.len() < limit {
                others.push(entry);
            }
        }
        exact.into_iter().chain(others).take(limit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(texts: &[&str]) -> Index {
        let entry = |(n, text): (u128, &&str)| Entry {
            scope: ScopeId(1),
            record: RecordId(n),
            text: (*text).to_owned(),
        };
        Index::new((0..).zip(texts).map(entry))
    }

    fn found(texts: &[&str], query: &str) -> Vec<String> {
        index(texts).find(query, 10).into_iter().map(|entry| entry.text.clone()).collect()
    }

    #[test]
    fn every_word_must_be_there_in_any_order() {
        let texts = ["KK-01 con dấu cũ", "KK-02 hồ sơ cũ", "KK-03 cư trú"];
        assert_eq!(found(&texts, "cu dau"), ["KK-01 con dấu cũ"]);
        assert_eq!(found(&texts, "cu").len(), 3);
        assert_eq!(found(&texts, "xyz").len(), 0);
        assert_eq!(found(&texts, "").len(), 3);
    }

    #[test]
    fn what_was_typed_with_accents_stands_first() {
        assert_eq!(found(&["dang", "Đảng", "đang"], "đảng"), ["Đảng", "dang", "đang"]);
    }

    #[test]
    fn no_more_than_asked_for() {
        assert_eq!(index(&["a", "a", "a"]).find("a", 2).len(), 2);
    }
}
