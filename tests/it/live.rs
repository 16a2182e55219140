//! Several terminals at one table: real programs in real pseudo-terminals on one data folder.

mod apart;
mod guests;
mod intruders;
#[cfg(feature = "ssh")]
mod many;
#[cfg(feature = "ssh")]
mod remote;
#[cfg(feature = "ssh")]
mod strangers;
#[cfg(feature = "ssh")]
mod watching;

use std::path::Path;

use portable_pty::CommandBuilder;

use crate::support::{
    capture::{capturing, shown_line},
    pty::{Program, binary},
};

/// Somebody else at the same folder, with a window of the usual size.
fn guest(folder: &Path, name: &str, extra: &[&str]) -> Program {
    guest_with(folder, name, extra, &[])
}

/// The same with variables of the environment.
fn guest_with(folder: &Path, name: &str, extra: &[&str], variables: &[&str]) -> Program {
    let mut command = CommandBuilder::new("env");
    command.args(variables);
    command.arg(binary());
    command.args(extra);
    command.args(["--user", name]);
    Program::launch(command, folder, (100, 30), None)
}

/// A host who has just captured one line, and a guest who sees it.
fn table(folder: &Path) -> (Program, Program) {
    let mut host = capturing(folder);
    host.type_text("dòng đầu").press(&["Enter"]).wait_for("GN-01 ?    dòng đầu");
    let mut mai = guest(folder, "Mai", &[]);
    mai.wait_for("GN-01 ?    dòng đầu");
    (host, mai)
}

/// What the capture line shows.
fn line(program: &mut Program) -> String {
    shown_line(program.settle())
}
