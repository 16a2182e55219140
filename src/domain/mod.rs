//! What happened, what it amounts to, and what may happen next.
//!
//! The room owns changes, the board they fold into, typed views over records, commands and the rules they obey. It knows
//! no clock, no environment, no file and no terminal: time, ids and people are arguments.
//!
//! Invariant: a [`board::Board`] depends on the set of its changes alone.

pub mod abbreviation;
pub mod admission;
pub mod agenda;
pub mod assignment;
pub mod board;
pub mod catalogue;
pub mod chain;
pub mod change;
pub mod closing;
pub mod command;
pub mod conclusion;
pub mod confidence;
pub mod cover;
pub mod deadline;
pub mod difficulty;
pub mod edit;
pub mod field;
pub mod finding;
pub mod follow_up;
pub mod gathering;
mod group;
pub mod ids;
mod index;
pub mod keynote;
pub mod kind;
#[cfg(test)]
pub(crate) mod laws;
pub mod lint;
pub mod notebook;
pub mod plan;
pub mod pledge;
pub mod policy;
pub mod position;
pub mod projection;
pub mod quarter;
pub mod reading;
pub mod record;
mod refusal;
pub mod revision;
pub mod roll_call;
pub mod roster;
pub mod rulings;
pub mod session;
pub mod shared;

pub mod sitting;
pub mod speech;
pub mod statistics;
pub mod summons;
pub mod template;
#[cfg(test)]
pub mod testing;
pub mod timing;
pub mod undo;
pub mod unit_line;
pub mod venue;
