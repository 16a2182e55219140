//! Whole-house tests: a module a theme, one binary to link.

#[cfg(test)]
mod seat;
#[cfg(test)]
mod support;
#[cfg(test)]
mod typing;
