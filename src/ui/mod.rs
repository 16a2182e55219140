//! The state of a seat, drawn.
