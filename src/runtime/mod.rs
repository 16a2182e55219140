//! The terminal, the clock, the loop.

pub mod decode;
