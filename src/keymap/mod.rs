//! Keys, actions, contexts.

pub mod key;
