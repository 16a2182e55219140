//! The room's own test support, compiled here against its public interface: one desk for both crates' tests.

#[allow(unused_imports, reason = "what the included file names under `super`")]
pub(crate) use hoinghi::domain::*;

#[path = "../../../src/domain/testing.rs"]
#[allow(dead_code, reason = "the library's own tests use all of it")]
pub(crate) mod testing;
