//! Whole-house tests: a module a theme, one binary to link.

#[cfg(test)]
mod store;
