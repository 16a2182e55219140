//! Chances that a seed repeats.

use std::{ops::Range, time::Duration};

/// A stream of chances.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of a range that is not empty.
    pub(super) fn among(&mut self, range: Range<usize>) -> usize {
        let width = range.len().max(1) as u64;
        range.start + usize::try_from(self.next() % width).unwrap()
    }

    pub(super) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.among(0..all.len())]
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.among(0..100) < percent
    }

    /// So many microseconds.
    pub(super) fn pause(&mut self, range: Range<usize>) -> Duration {
        Duration::from_micros(self.among(range) as u64)
    }
}
