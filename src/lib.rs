//! `hoinghi` runs an organisation's quarterly thematic sessions in a terminal.
//!
//! The map of the house, from the inside out; a room may use the rooms above it and nothing below
//! (the exact table is enforced by `tests/it/rooms.rs`):
//!
//! | room | owns |
//! |---|---|
//! | [`text`] | Vietnamese text: normal form, folding, width, wrapping, order |
//! | [`domain`] | changes, the board they fold into, commands and the rules they obey |
//! | [`i18n`] | every word a person sees, in Vietnamese and English |
//! | [`search`] | finding records by folded text |
//! | [`keymap`] | keys, actions and which key means which action where |
//! | [`document`] | the neutral document, built from a board |
//! | [`store`] | the log, sled, the writer thread, drafts, backup |
//! | [`export`] | documents to bytes |
//! | [`import`] | bytes to keynotes |
//! | [`config`] | settings, folders, their defaults and validation |
//! | [`app`] | the state of a seat and how messages change it |
//! | [`ui`] | the state of a seat drawn as cells |
//! | [`runtime`] | the terminal, the clock, the loop: the only input and output of a seat |
//! | [`live`] | how other terminals reach the seats of a running program |
//! | [`cli`] | arguments and subcommands |

pub mod app;
pub mod cli;
pub mod config;
pub mod document;
pub mod domain;
pub mod export;
pub mod i18n;
pub mod import;
pub mod keymap;
pub mod live;
pub mod runtime;
pub mod search;
pub mod store;
pub mod text;
pub mod ui;
