//! The state of a seat.
