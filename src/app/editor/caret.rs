//! Where typing goes, and what is selected.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::buffer::Pos;

/// The insertion point `head`, and the other end of the selection; equal when nothing is selected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caret {
    /// Where the selection began.
    pub anchor: Pos,
    /// Where the cursor stands.
    pub head: Pos,
}

impl Caret {
    /// A caret with nothing selected.
    pub(super) fn at(pos: Pos) -> Self {
        Self { anchor: pos, head: pos }
    }

    /// The selected range, from its first to its last end; empty when nothing is selected.
    pub fn range(&self) -> Range<Pos> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// Whether something is selected.
    pub fn is_selection(&self) -> bool {
        self.anchor != self.head
    }
}
