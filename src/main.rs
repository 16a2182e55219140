//! The `hoinghi` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    hoinghi::cli::main()
}
