//! Whole-house tests: a module a theme, one binary to link.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod program;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod seat;
#[cfg(test)]
mod store;
#[cfg(test)]
mod support;
#[cfg(test)]
mod typed_session;
#[cfg(test)]
mod typing;
