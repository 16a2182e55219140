//! Keys, actions, contexts.
