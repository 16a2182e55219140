//! Finding records by folded text.
