//! The state of a seat.

pub mod editor;
