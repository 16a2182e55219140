//! Whole-house tests: a module a theme, one binary to link.

#[cfg(test)]
mod rooms;
#[cfg(test)]
mod support;
#[cfg(test)]
mod typing;
