//! A host without screens, and real SSH clients in real terminals that join it.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use portable_pty::CommandBuilder;

use super::pty::{Answers, HEALTHY, LIGHT, Program, binary};

const PATIENCE: Duration = Duration::from_secs(20);
/// What a client has to be told so that it knows nobody's keys and nobody's settings but those of the test.
const OPTIONS: [&str; 6] = [
    "StrictHostKeyChecking=no",
    "UserKnownHostsFile=/dev/null",
    "IdentitiesOnly=yes",
    "IdentityAgent=none",
    "LogLevel=ERROR",
    "IdentityFile=none",
];

/// A running host.
pub(crate) struct Host {
    child: Child,
    pub(crate) address: String,
    pub(crate) code: String,
    pub(crate) fingerprint: String,
    folder: PathBuf,
}

impl Host {
    /// Starts on a folder's data; people who have the code take notes unless `extra` says otherwise.
    pub(crate) fn start(folder: &Path, extra: &[&str]) -> Self {
        let admit: &[&str] = if extra.contains(&"--admit") { &[] } else { &["--admit", "note-taker"] };
        let mut child = Command::new(binary())
            .args(["host", "--headless", "--listen", "127.0.0.1:0", "--lang", "vi", "--user", "Lan"])
            .args(admit)
            .args(extra)
            .arg("--data")
            .arg(folder.join("data"))
            .env("HOME", folder.join("home"))
            .env_remove("XDG_STATE_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let welcome: serde_json::Value = serde_json::from_str(&line).expect(&line);
        let told = |name: &str| welcome[name].as_str().unwrap().to_owned();
        let (address, code, fingerprint) = (told("address"), told("code"), told("fingerprint"));
        Self { child, address, code, fingerprint, folder: folder.to_owned() }
    }

    /// Asks it to end, and whether it did so in order.
    pub(crate) fn end(mut self) -> bool {
        self.signal("TERM");
        self.child.wait().unwrap().success()
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    /// Kills it where it is.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Its memory in KiB, where the system tells.
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok())
    }

    /// What it has written into its log.
    pub(crate) fn log(&self) -> String {
        let logs = self.folder.join("home/.local/state/hoinghi/logs");
        let files = std::fs::read_dir(logs).into_iter().flatten().filter_map(Result::ok);
        files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
    }

    /// Waits until its log says something.
    pub(crate) fn logs(&self, what: &str) {
        let started = Instant::now();
        while !self.log().contains(what) {
            assert!(started.elapsed() < PATIENCE, "waited in vain for {what:?}:\n{}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The arguments with which a client finds it as a user.
    pub(crate) fn arguments(&self, user: &str, extra: &[&str]) -> Vec<String> {
        let port = self.address.rsplit(':').next().unwrap();
        let options = OPTIONS.iter().flat_map(|option| ["-o", option]);
        let given = ["-F", "none", "-p", port].into_iter().chain(extra.iter().copied()).chain(options);
        given.chain([&*format!("{user}@127.0.0.1")]).map(str::to_owned).collect()
    }

    /// A client in a terminal that is asked for the code.
    pub(crate) fn client(&self, user: &str, extra: &[&str]) -> Program {
        Program::attach(self.command(user, extra), (100, 30), None)
    }

    fn command(&self, user: &str, extra: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new("ssh");
        command.args(self.arguments(user, extra));
        command.env("TERM", "xterm-256color");
        command.env("HOME", self.folder.join("home"));
        command.env_remove("SSH_AUTH_SOCK");
        command
    }

    /// A client that has given the code, in a terminal that answers how it is.
    pub(crate) fn join_answering(&self, user: &str) -> Program {
        self.join_in(user, HEALTHY)
    }

    /// A client that has given the code, in a terminal that tells its light ground.
    pub(crate) fn join_light(&self, user: &str) -> Program {
        self.join_in(user, LIGHT)
    }

    fn join_in(&self, user: &str, answers: Answers) -> Program {
        let mut client = Program::answering(self.command(user, &[]), (100, 30), None, answers);
        client.wait_for("Join code").send(format!("{}\r", self.code));
        client
    }

    /// A client that has given the code.
    pub(crate) fn join(&self, user: &str) -> Program {
        let mut client = self.client(user, &[]);
        client.wait_for("Join code").send(format!("{}\r", self.code));
        client
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Whether there is a client to test with; says so if there is none.
pub(crate) fn has_client() -> bool {
    let found = Command::new("ssh").arg("-V").stderr(Stdio::null()).status().is_ok();
    if !found {
        // Past the runner's capture.
        use std::io::Write as _;
        drop(writeln!(std::io::stderr(), "skipped: joining with OpenSSH: there is no ssh"));
    }
    found
}
