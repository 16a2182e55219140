//! Which texts of two lists are versions of each other.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, VecDeque},
};

/// Texts are versions of each other from this share of common words on, in thousandths.
const NEAR: usize = 500;

/// How far from its place among the texts left over a version is looked for: keeps long keynotes from being compared with each other whole.
const REACH: usize = 60;

/// Pairs of an older and a newer text; each text is in one pair at most.
#[derive(Debug)]
pub(super) struct Pairs {
    older: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs {
    pub(super) fn new(older: usize, newer: usize) -> Self {
        Self { older: vec![None; newer], taken: vec![false; older] }
    }

    /// The older text that a newer one is a version of.
    pub(super) fn older(&self, newer: usize) -> Option<usize> {
        self.older.get(newer).copied().flatten()
    }

    /// The same for all newer texts in order.
    pub(super) fn all(&self) -> Vec<Option<usize>> {
        self.older.clone()
    }

    /// The older texts that are in no pair.
    pub(super) fn left(&self) -> Vec<usize> {
        (0..).zip(&self.taken).filter(|(_, taken)| !**taken).map(|(at, _)| at).collect()
    }

    /// Makes a pair of two texts, unless one is in a pair.
    pub(super) fn join(&mut self, old: usize, new: usize) {
        if let (Some(older @ None), Some(taken @ false)) = (self.older.get_mut(new), self.taken.get_mut(old))
        {
            (*older, *taken) = (Some(old), true);
        }
    }

    /// Makes pairs of texts that are equal, in their order.
    pub(super) fn join_equal<T: Ord>(&mut self, older: &[T], newer: &[T]) {
        let mut places: BTreeMap<&T, VecDeque<usize>> = BTreeMap::new();
        for at in self.left() {
            if let Some(text) = older.get(at) {
                places.entry(text).or_default().push_back(at);
            }
        }
        for at in self.unpaired() {
            let place = newer.get(at).and_then(|text| places.get_mut(text)?.pop_front());
            if let Some(old) = place {
                self.join(old, at);
            }
        }
    }

    /// Makes pairs of texts that have most words in common: the nearest first, and of equally near ones those in order.
    pub(super) fn join_nearest(&mut self, older: &[&str], newer: &[&str]) {
        let (left, unpaired) = (self.left(), self.unpaired());
        let words = |places: &[usize], texts: &[&str]| -> Vec<Vec<String>> {
            places.iter().map(|at| words(texts.get(*at).copied().unwrap_or_default())).collect()
        };
        let (old_words, new_words) = (words(&left, older), words(&unpaired, newer));
        let mut near = Vec::new();
        for (rank, new) in new_words.iter().enumerate() {
            let centre = rank * left.len() / unpaired.len().max(1);
            let from = centre.saturating_sub(REACH);
            for (at, old) in old_words.iter().enumerate().skip(from).take(2 * REACH + 1) {
                let likeness = likeness(old, new);
                if likeness >= NEAR {
                    near.push((Reverse(likeness), centre.abs_diff(at), at, rank));
                }
            }
        }
        near.sort_unstable();
        for (.., at, rank) in near {
            if let (Some(old), Some(new)) = (left.get(at), unpaired.get(rank)) {
                self.join(*old, *new);
            }
        }
    }

    fn unpaired(&self) -> Vec<usize> {
        (0..).zip(&self.older).filter(|(_, older)| older.is_none()).map(|(at, _)| at).collect()
    }
}

/// The words of a text in the order of the alphabet; marks at their ends and capitals make no other word.
fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut words: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

/// The share of their words that two texts have in common, in thousandths; the words are sorted.
fn likeness(one: &[String], other: &[String]) -> usize {
    let (mut a, mut b, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        common += usize::from(left == right);
        let order = left.cmp(right);
        a += usize::from(order.is_le());
        b += usize::from(order.is_ge());
    }
    2000 * common / (one.len() + other.len()).max(1)
}
