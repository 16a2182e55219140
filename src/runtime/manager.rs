//! The system's own window on a folder.

use std::{
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long a program has to say that it cannot. One that is still there then has opened its window.
const PATIENCE: Duration = Duration::from_secs(3);

/// The program that opens a folder where this one runs. None where there are no windows: `xdg-open` would start a browser in the terminal.
pub(super) fn program() -> Option<&'static str> {
    if cfg!(target_os = "macos") {
        return Some("open");
    }
    if cfg!(windows) {
        return Some("explorer");
    }
    let has_windows = ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    has_windows.then_some("xdg-open")
}

/// Opens a folder with a program, which goes on when this one ends; whether it could.
pub(super) fn open(program: &str, folder: &Path) -> bool {
    let mut command = Command::new(program);
    command.arg(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match detached(&mut command).spawn() {
        Ok(child) => has_opened(child),
        Err(error) => {
            tracing::warn!("{program}: {error}");
            false
        }
    }
}

/// What is typed at this terminal, Ctrl+C too, is not the other program's.
#[cfg(unix)]
fn detached(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0)
}

#[cfg(not(unix))]
fn detached(command: &mut Command) -> &mut Command {
    command
}

/// Waits for its end a while; a thread goes on waiting, so that the system can forget the child when it ends.
fn has_opened(mut child: Child) -> bool {
    let (sender, ended) = mpsc::channel();
    thread::spawn(move || drop(sender.send(child.wait())));
    match ended.recv_timeout(PATIENCE) {
        Ok(Ok(status)) => is_good(status),
        Ok(Err(error)) => {
            tracing::warn!("file manager: {error}");
            false
        }
        Err(_still_there) => true,
    }
}

/// What `explorer` ends with says nothing.
fn is_good(status: ExitStatus) -> bool {
    cfg!(windows) || status.success()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_fails_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(open("true", folder.path()));
        assert!(!open("false", folder.path()));
        assert!(!open("no-such-program-of-ours", folder.path()));
    }

    #[test]
    fn the_program_gets_the_folder_and_nothing_of_this_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let [tool, seen] = ["Văn bản", "seen"].map(|name| folder.path().join(name));
        // A shell is given the "folder" as its script, so that no file is run that was just written.
        let script = format!(
            "echo loud; echo louder >&2; {{ printf '%s|' \"$0\"; read line || printf nothing; }} > '{}'\n",
            seen.display()
        );
        std::fs::write(&tool, script).unwrap();
        assert!(open("sh", &tool));
        let said = std::fs::read_to_string(&seen).unwrap();
        assert_eq!(said, format!("{}|nothing", tool.display()));
    }

    #[test]
    fn what_stays_open_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let tool = folder.path().join("tool");
        std::fs::write(&tool, "sleep 30\n").unwrap();
        let begun = std::time::Instant::now();
        assert!(open("sh", &tool));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}
