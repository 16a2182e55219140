//! Bytes to keynotes.
