//! The `hoinghi` program.

fn main() {}
