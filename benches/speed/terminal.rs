//! A program in a pseudo-terminal, measured from outside. What it writes is stamped when it is read, and read by a thread that
//! does nothing else; the screen is made of it afterwards.

use std::{
    fs,
    io::{Read, Write},
    num::NonZero,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

use super::Failure;

pub(crate) const COLUMNS: u16 = 120;
pub(crate) const ROWS: u16 = 40;
/// How long a program may take to show what is waited for.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long an answer to a key is waited for.
const ANSWER: Duration = Duration::from_millis(500);
/// Silence that ends an answer.
const QUIET: Duration = Duration::from_millis(12);

/// How to start a program.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    /// Text on the screen that says that the program can be used.
    pub(crate) ready: String,
    /// The keys that leave it.
    pub(crate) quit: &'static str,
}

/// What one key cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) last: Duration,
    pub(crate) bytes: usize,
}

struct Chunk {
    at: Instant,
    bytes: Vec<u8>,
}

pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    chunks: Receiver<Chunk>,
    parser: Parser,
    pid: u32,
    bytes: usize,
    quit: &'static str,
}

impl Terminal {
    /// Starts a program; how long it took to be ready.
    pub(crate) fn start(start: &Start, home: &Path) -> Result<(Self, Duration), Failure> {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(&start.program);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")] {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.cwd(home);
        command.args(&start.arguments);
        let keyboard = pair.master.take_writer()?;
        let mut reader = pair.master.try_clone_reader()?;
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count) = reader.read(&mut buffer) {
                let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                if count == 0 || sender.send(Chunk { at: Instant::now(), bytes }).is_err() {
                    break;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let pid = child.process_id().ok_or("no process id")?;
        let (rows, columns) =
            (NonZero::new(ROWS).ok_or("no rows")?, NonZero::new(COLUMNS).ok_or("no columns")?);
        let parser = Parser::new(rows, columns, 0);
        let (quit, bytes) = (start.quit, 0);
        let mut terminal = Self { child, master: pair.master, keyboard, chunks, parser, pid, bytes, quit };
        let ready = terminal.until(|screen| screen.contains(&start.ready), &start.ready)?;
        Ok((terminal, ready.duration_since(started)))
    }

    fn take(&mut self, chunk: &Chunk) {
        self.bytes += chunk.bytes.len();
        self.parser.process(&chunk.bytes);
    }

    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub(crate) fn cursor(&self) -> (u16, u16) {
        self.parser.screen().cursor_position()
    }

    /// When the bytes were read after which the screen is as wanted.
    pub(crate) fn until(&mut self, holds: impl Fn(&str) -> bool, what: &str) -> Result<Instant, Failure> {
        self.until_screen(|terminal| holds(&terminal.text()), what)
    }

    pub(crate) fn until_screen(
        &mut self,
        holds: impl Fn(&Self) -> bool,
        what: &str,
    ) -> Result<Instant, Failure> {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(chunk) = self.chunks.recv_timeout(left) else {
                return Err(format!("{what:?} was never shown:\n{}", self.text()).into());
            };
            self.take(&chunk);
            if holds(self) {
                return Ok(chunk.at);
            }
        }
    }

    /// Takes what comes until nothing comes for a while; when the last came.
    pub(crate) fn drain(&mut self, quiet: Duration) -> Option<Instant> {
        let mut last = None;
        while let Ok(chunk) = self.chunks.recv_timeout(quiet) {
            self.take(&chunk);
            last = Some(chunk.at);
        }
        last
    }

    pub(crate) fn send(&mut self, keys: &str) -> Result<Instant, Failure> {
        let sent = Instant::now();
        self.keyboard.write_all(keys.as_bytes())?;
        self.keyboard.flush()?;
        Ok(sent)
    }

    /// Sends keys that are not measured.
    pub(crate) fn press(&mut self, keys: &[&str]) -> Result<(), Failure> {
        for key in keys {
            self.send(key)?;
            if let Ok(first) = self.chunks.recv_timeout(ANSWER) {
                self.take(&first);
                self.drain(QUIET * 3);
            }
        }
        Ok(())
    }

    /// Sends one key and waits for the end of its answer; `None` if there was none.
    pub(crate) fn key(&mut self, key: &str) -> Result<Option<Answer>, Failure> {
        self.drain(Duration::ZERO);
        let before = self.bytes;
        let sent = self.send(key)?;
        let first = match self.chunks.recv_timeout(ANSWER) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => return Ok(None),
            Err(RecvTimeoutError::Disconnected) => return Err("the program has ended".into()),
        };
        self.take(&first);
        let last = self.drain(QUIET).unwrap_or(first.at);
        Ok(Some(Answer { last: last.duration_since(sent), bytes: self.bytes - before }))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The time on a processor of all its threads.
    pub(crate) fn cpu(&self) -> Duration {
        let on_cpu = |task: PathBuf| {
            let line = fs::read_to_string(task.join("schedstat")).ok()?;
            line.split(' ').next()?.parse().ok().map(Duration::from_nanos)
        };
        self.tasks().filter_map(on_cpu).sum()
    }

    /// How often its threads have begun to wait.
    pub(crate) fn waits(&self) -> u64 {
        self.tasks().filter_map(|task| status(&task, "voluntary_ctxt_switches")).sum()
    }

    /// Its memory, in bytes.
    pub(crate) fn memory(&self) -> Option<u64> {
        status(&PathBuf::from(format!("/proc/{}", self.pid)), "VmRSS").map(|kib| kib << 10)
    }

    fn tasks(&self) -> impl Iterator<Item = PathBuf> + use<> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.pid)).into_iter().flatten();
        tasks.flatten().map(|task| task.path())
    }

    /// Changes the size of the window.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> Result<(), Failure> {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })?;
        let (rows, columns) =
            (NonZero::new(rows).ok_or("no rows")?, NonZero::new(columns).ok_or("no columns")?);
        self.parser.screen_mut().set_size(rows, columns);
        Ok(())
    }

    /// Ends it by the signal that nobody can catch.
    pub(crate) fn kill(mut self) -> Result<(), Failure> {
        Command::new("kill").args(["-9", &self.pid.to_string()]).status()?;
        self.child.wait()?;
        Ok(())
    }

    /// Leaves it as a person would.
    pub(crate) fn leave(mut self) -> Result<(), Failure> {
        self.send(self.quit)?;
        let end = Instant::now() + PATIENCE;
        while self.child.try_wait()?.is_none() {
            if Instant::now() > end {
                return Err(format!("the program does not end:\n{}", self.text()).into());
            }
            self.drain(Duration::from_millis(2));
        }
        Ok(())
    }
}

fn status(process: &Path, field: &str) -> Option<u64> {
    let text = fs::read_to_string(process.join("status")).ok()?;
    let line = text.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
