//! The neutral document.
