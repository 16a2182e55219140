//! Normal form.
use unicode_normalization::UnicodeNormalization;

/// External text in normal form.
pub fn clean(text: &str) -> String {
    text.nfc().collect()
}
