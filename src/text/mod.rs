//! Vietnamese text: `&str` in, values out.
//!
//! This room owns what a letter is: normal form, clusters, cells, rows, folding and order. It knows nothing
//! of records, screens, keys or files.
//!
//! Invariant: every byte offset taken or returned is one of the text passed in, and every range returned
//! lies on grapheme-cluster boundaries, so that no letter ever loses its mark.

pub mod clusters;
pub mod collate;
pub mod difference;
pub mod fold;
pub mod legacy;
#[cfg(test)]
mod letters;
pub mod nfc;
pub mod redact;
pub mod shorthand;
pub mod typed;
pub mod width;
pub mod wrap;

/// What can be wrong with text that comes from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The bytes stop being UTF-8 at `offset` (bytes from the start, a byte-order mark included).
    #[error("not UTF-8 at byte {offset}")]
    NotUtf8 {
        /// The first byte that does not fit.
        offset: usize,
    },
    /// The bytes start with a UTF-16 mark, and stop being UTF-16 at `offset`.
    #[error("not UTF-16 at byte {offset}")]
    NotUtf16 {
        /// The first byte that does not fit.
        offset: usize,
    },
}
