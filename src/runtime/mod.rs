//! The terminal, the clock, the loop.
