//! Settings and folders.
