//! libfaketime between the program and the system. The library is loaded by the program itself: the `faketime` wrapper leaves
//! a semaphore named after its process number behind when it is killed, and then refuses to start under that number again.

use std::path::Path;

use portable_pty::CommandBuilder;

use super::pty::binary;

/// Where distributions keep the library.
const PLACES: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib64/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
];

/// The program under a clock that these settings tell (`FAKETIME…=…`), in UTC. The clock that only counts goes on as it does
/// on a real machine. Nothing where the library is not installed.
pub(crate) fn program(settings: &[String]) -> Option<CommandBuilder> {
    let library = PLACES.into_iter().find(|place| Path::new(place).exists())?;
    let mut command = CommandBuilder::new("env");
    command.arg(format!("LD_PRELOAD={library}"));
    command.args(["TZ=UTC", "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"]);
    command.args(settings);
    command.arg(binary());
    Some(command)
}
