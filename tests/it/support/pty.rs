//! The real program in a real pseudo-terminal: bytes in, screen out.

use std::{
    io::{Read, Write},
    num::NonZero,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

/// How long a screen may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long an answer to what was sent is waited for; some keys have none.
const ANSWER: Duration = Duration::from_millis(400);
/// How long the screen must not change to count as settled.
const QUIET: Duration = Duration::from_millis(50);

/// A running program and its screen.
pub(crate) struct Program {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Keyboard>,
    /// Whether the terminal is to end: who reads from it stops then, and the next key finds it gone.
    unplugged: Arc<AtomicBool>,
    screen: Arc<Mutex<Shown>>,
    /// How much the screen had received when something was sent last.
    before: u64,
}

/// The person types, and a terminal may answer what it is asked.
type Keyboard = Arc<Mutex<Box<dyn Write + Send>>>;

/// What a terminal is asked, and what it answers.
pub(crate) type Answers = &'static [(&'static [u8], &'static [u8])];

/// Says how it is; tells its light ground too.
#[cfg(feature = "ssh")]
pub(crate) const HEALTHY: Answers = &[(b"\x1b[5n", b"\x1b[0n")];
pub(crate) const LIGHT: Answers =
    &[(b"\x1b[5n", b"\x1b[0n"), (b"\x1b]11;?\x1b\\", b"\x1b]11;rgb:ffff/fafa/eded\x1b\\")];

/// What its window is called.
#[derive(Default)]
struct Title(String);

impl vt100::Callbacks for Title {
    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.0 = String::from_utf8_lossy(title).into_owned();
    }
}

/// Takes the first thing that is asked out of what came; its answer.
fn next_answer(came: &mut Vec<u8>, answers: Answers) -> Option<&'static [u8]> {
    let place = |asked: &[u8]| came.windows(asked.len()).position(|window| window == asked);
    let found = answers.iter().filter_map(|(asked, answer)| Some((place(asked)? + asked.len(), *answer)));
    let (end, answer) = found.min()?;
    came.drain(..end);
    Some(answer)
}

struct Shown {
    parser: Parser<Title>,
    bytes: u64,
    ended: bool,
    /// Looks at every screen, if somebody wants to know them all.
    watch: Option<Watch>,
}

/// Sees the screen after each piece that the program wrote.
pub(crate) type Watch = Box<dyn FnMut(&vt100::Screen) + Send>;

/// The real program: the one that cargo made for the tests, or beside an example.
pub(crate) fn binary() -> PathBuf {
    let beside = || {
        let example = std::env::current_exe().unwrap();
        let profile = example.ancestors().nth(2).unwrap();
        profile.join("hoinghi").with_extension(std::env::consts::EXE_EXTENSION)
    };
    option_env!("CARGO_BIN_EXE_hoinghi").map_or_else(beside, PathBuf::from)
}

/// Exports the session of a data folder as the program does; the folder that holds the files.
pub(crate) fn export(data: &Path, format: &str, kind: &str) -> PathBuf {
    let out = data.join("out");
    let done = Command::new(binary())
        .args(["export", "--format", format, "--kind", kind, "--data"])
        .arg(data.join("data"))
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    out
}

/// Gives a command all that the program needs to know.
fn furnish(command: &mut CommandBuilder, data: &Path) {
    command.env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("HOME", data.join("home"));
    command.cwd(data);
    command.arg("--data");
    command.arg(data.join("data"));
    command.env("USER", "lan");
    if !command.get_argv().iter().any(|argument| argument == "--lang") {
        command.args(["--lang", "vi"]);
    }
}

impl Program {
    /// Starts the program on a data folder as Lan, in Vietnamese unless `extra` says otherwise.
    pub(crate) fn start(data: &Path, columns: u16, rows: u16, extra: &[&str]) -> Self {
        Self::start_unnamed(data, columns, rows, &[&["--user", "Lan"], extra].concat())
    }

    /// The same as whoever the system or the configuration says.
    pub(crate) fn start_unnamed(data: &Path, columns: u16, rows: u16, extra: &[&str]) -> Self {
        let mut command = CommandBuilder::new(binary());
        command.args(extra);
        Self::launch(command, data, (columns, rows), None)
    }

    /// Starts a command that is the program, or leads to it, with all that it needs to know in its environment and
    /// its last arguments.
    pub(crate) fn launch(
        mut command: CommandBuilder,
        data: &Path,
        size: (u16, u16),
        watch: Option<Watch>,
    ) -> Self {
        furnish(&mut command, data);
        Self::attach(command, size, watch)
    }

    /// Starts the program as Lan in a terminal that tells its light ground.
    pub(crate) fn on_light_ground(data: &Path, size: (u16, u16), extra: &[&str]) -> Self {
        let mut command = CommandBuilder::new(binary());
        command.args(["--user", "Lan"]);
        command.args(extra);
        furnish(&mut command, data);
        Self::answering(command, size, None, LIGHT)
    }

    /// Starts any command in a terminal.
    pub(crate) fn attach(command: CommandBuilder, size: (u16, u16), watch: Option<Watch>) -> Self {
        Self::answering(command, size, watch, &[])
    }

    /// The same in a terminal that answers, as real ones do, what it is asked.
    pub(crate) fn answering(
        command: CommandBuilder,
        (columns, rows): (u16, u16),
        watch: Option<Watch>,
        answers: Answers,
    ) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keyboard: Keyboard = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let answering = (!answers.is_empty()).then(|| Arc::clone(&keyboard));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let screen = Arc::new(Mutex::new(Shown {
            parser: Parser::new_with_callbacks(cells(rows), cells(columns), 0, Title::default()),
            bytes: 0,
            ended: false,
            watch,
        }));
        let shown = Arc::clone(&screen);
        let unplugged = Arc::new(AtomicBool::new(false));
        let unplug = Arc::clone(&unplugged);
        thread::spawn(move || {
            let mut buffer = [0; 1 << 14];
            let mut asked = Vec::new();
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 {
                    break;
                }
                if let Some(keyboard) = &answering {
                    asked.extend_from_slice(&buffer[..count]);
                    while let Some(answer) = next_answer(&mut asked, answers) {
                        drop(keyboard.lock().unwrap().write_all(answer));
                    }
                    let longest = answers.iter().map(|(asked, _)| asked.len()).max().unwrap_or(0);
                    asked.drain(..asked.len().saturating_sub(longest));
                }
                let Shown { parser, bytes, watch, .. } = &mut *shown.lock().unwrap();
                parser.process(&buffer[..count]);
                *bytes += count as u64;
                if let Some(watch) = watch {
                    watch(parser.screen());
                }
                if unplug.load(Ordering::SeqCst) {
                    break;
                }
            }
            // The terminal ends only when nobody holds it any more.
            drop((reader, answering));
            shown.lock().unwrap().ended = true;
        });
        let (master, keyboard) = (Some(pair.master), Some(keyboard));
        Self { child, master, keyboard, unplugged, screen, before: 0 }
    }

    /// Sends bytes in one write.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.before = self.bytes();
        let mut keyboard = self.keyboard.as_ref().unwrap().lock().unwrap();
        keyboard.write_all(bytes.as_ref()).unwrap();
        keyboard.flush().unwrap();
        drop(keyboard);
        self
    }

    /// Sends bytes to a program that may be gone; whether it took them.
    pub(crate) fn offer(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.before = self.bytes();
        if self.unplugged.load(Ordering::SeqCst) {
            self.end_terminal();
        }
        let Some(keyboard) = &self.keyboard else { return false };
        let mut keyboard = keyboard.lock().unwrap();
        keyboard.write_all(bytes.as_ref()).and_then(|()| keyboard.flush()).is_ok()
    }

    /// Types a text, each letter in a write of its own, as fast as a typist.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.send(letter.to_string());
            thread::sleep(Duration::from_millis(2));
        }
        self
    }

    /// Presses keys by the names of the keymap, waiting after each until the screen is quiet.
    pub(crate) fn press(&mut self, keys: &[&str]) -> &mut Self {
        for key in keys {
            self.send(bytes_of(key));
            self.settle();
        }
        self
    }

    /// Waits for an answer to what was sent last, and until the screen has not changed for a while.
    pub(crate) fn settle(&mut self) -> &mut Self {
        let started = Instant::now();
        while self.bytes() == self.before && started.elapsed() < ANSWER {
            thread::sleep(Duration::from_millis(2));
        }
        let (mut seen, mut since) = (self.bytes(), Instant::now());
        while since.elapsed() < QUIET && started.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(5));
            let now = self.bytes();
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
        self
    }

    /// How much has come from the program.
    pub(crate) fn bytes(&self) -> u64 {
        self.screen.lock().unwrap().bytes
    }

    /// The screen as text.
    pub(crate) fn text(&self) -> String {
        self.screen.lock().unwrap().parser.screen().contents()
    }

    /// What the window is called.
    pub(crate) fn title(&self) -> String {
        self.screen.lock().unwrap().parser.callbacks().0.clone()
    }

    /// The colour of the first cell that has one of its own.
    pub(crate) fn first_colour(&self) -> vt100::Color {
        let shown = self.screen.lock().unwrap();
        let screen = shown.parser.screen();
        let (rows, columns) = screen.size();
        let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        let colours = cells.filter_map(|(row, column)| Some(screen.cell(row, column)?.fgcolor()));
        colours.into_iter().find(|colour| *colour != vt100::Color::Default).unwrap_or(vt100::Color::Default)
    }

    /// Whether any cell has a colour of its own.
    pub(crate) fn has_colour(&self) -> bool {
        let shown = self.screen.lock().unwrap();
        let screen = shown.parser.screen();
        let (rows, columns) = screen.size();
        let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        let tinted = |cell: &vt100::Cell| [cell.fgcolor(), cell.bgcolor()] != [vt100::Color::Default; 2];
        cells.filter_map(|(row, column)| screen.cell(row, column)).any(tinted)
    }

    /// The line of the screen that holds the cursor.
    pub(crate) fn cursor_line(&self) -> String {
        let shown = self.screen.lock().unwrap();
        let screen = shown.parser.screen();
        let (row, _) = screen.cursor_position();
        screen.rows(0, screen.size().1.get()).nth(row.into()).unwrap_or_default()
    }

    /// What stands before the cursor in its line, spaces included; nothing while the cursor is hidden.
    pub(crate) fn before_cursor(&self) -> Option<String> {
        let shown = self.screen.lock().unwrap();
        let screen = shown.parser.screen();
        let (row, column) = screen.cursor_position();
        let cell = |at| {
            screen.cell(row, at).map_or(" ", |cell| if cell.has_contents() { cell.contents() } else { " " })
        };
        (!screen.hide_cursor()).then(|| (0..column).map(cell).collect())
    }

    /// Waits until the cursor is shown; whether it came to that.
    pub(crate) fn shows_cursor(&mut self, patience: Duration) -> bool {
        let started = Instant::now();
        while self.before_cursor().is_none() && started.elapsed() < patience && !self.has_ended() {
            thread::sleep(Duration::from_millis(1));
        }
        self.before_cursor().is_some()
    }

    /// Waits until the screen holds a text.
    pub(crate) fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(|screen| screen.contains(text), text)
    }

    /// Waits until the screen holds something; whether it came to that before the program ended or time was up.
    pub(crate) fn comes_to(&mut self, patience: Duration, holds: impl Fn(&str) -> bool) -> bool {
        let started = Instant::now();
        while !holds(&self.text()) {
            if started.elapsed() > patience || self.screen.lock().unwrap().ended {
                return holds(&self.text());
            }
            thread::sleep(Duration::from_millis(2));
        }
        true
    }

    /// Waits until the screen is as it should be.
    pub(crate) fn wait_until(&mut self, holds: impl Fn(&str) -> bool, what: &str) -> &mut Self {
        let started = Instant::now();
        while !holds(&self.text()) {
            assert!(started.elapsed() < PATIENCE, "waited in vain for {what:?}:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
        self
    }

    /// Changes the size of the window.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.storm(columns, rows).settle()
    }

    /// The same without waiting for what is drawn then.
    pub(crate) fn storm(&mut self, columns: u16, rows: u16) -> &mut Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.screen.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(columns));
        self.master.as_ref().unwrap().resize(size).unwrap();
        self
    }

    /// Kills the program with a signal by its name.
    pub(crate) fn signal(&mut self, name: &str) -> &mut Self {
        let pid = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args([&format!("-{name}"), &pid]).status().unwrap();
        assert!(sent.success());
        self
    }

    /// Kills the program without a word, from any thread.
    pub(crate) fn killer(&self) -> impl FnOnce() + Send + use<> {
        self.signaller("KILL")
    }

    /// Sends it a signal by its name, from any thread.
    pub(crate) fn signaller(&self, name: &str) -> impl FnOnce() + Send + use<> {
        let (pid, name) = (self.child.process_id().unwrap().to_string(), format!("-{name}"));
        move || {
            // It may be gone already.
            let _ = std::process::Command::new("kill").args([&name, &pid]).stderr(Stdio::null()).status();
        }
    }

    /// Ends the terminal at the next key, from any thread.
    pub(crate) fn unplugger(&self) -> impl FnOnce() + Send + use<> {
        let unplugged = Arc::clone(&self.unplugged);
        move || unplugged.store(true, Ordering::SeqCst)
    }

    /// Whether nothing more comes from the program.
    pub(crate) fn has_ended(&self) -> bool {
        self.screen.lock().unwrap().ended
    }

    /// Ends the terminal under the program.
    pub(crate) fn hang_up(&mut self) {
        self.unplugged.store(true, Ordering::SeqCst);
        self.end_terminal();
        self.wait();
    }

    /// Gives up all that holds the terminal. Who reads from it wakes at the next frame, which another size of the window brings about.
    fn end_terminal(&mut self) {
        let Some(master) = self.master.take() else { return };
        let started = Instant::now();
        let mut size = master.get_size().unwrap();
        while !self.has_ended() && started.elapsed() < PATIENCE {
            size.cols ^= 1;
            master.resize(size).unwrap();
            thread::sleep(Duration::from_millis(5));
        }
        // The keyboard writes an Enter when it goes, which nobody typed: the program is not to read it, and the hang-up takes it away.
        self.signal("STOP");
        // Each of its threads has to come to a halt.
        thread::sleep(QUIET);
        self.keyboard = None;
        drop(master);
        self.signal("CONT");
    }

    /// Waits for the program's end.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if self.unplugged.load(Ordering::SeqCst) {
                self.end_terminal();
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "the program does not end:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until nothing more comes from the program, which has ended.
    pub(crate) fn last_screen(&self) -> String {
        let started = Instant::now();
        while !self.screen.lock().unwrap().ended && started.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(1));
        }
        self.text()
    }

    /// Leaves with the key that quits.
    pub(crate) fn quit(&mut self) -> ExitStatus {
        self.press(&["Ctrl+Q"]);
        self.wait()
    }

    /// Whether the alternate screen is left and the cursor shown again.
    pub(crate) fn gave_the_terminal_back(&self) -> bool {
        self.last_screen();
        let shown = self.screen.lock().unwrap();
        let screen = shown.parser.screen();
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a window has cells")
}

/// What a terminal sends for a key named as in keymap files.
pub(crate) fn bytes_of(key: &str) -> Vec<u8> {
    let named = [
        ("Enter", "\r"),
        ("Esc", "\x1b"),
        ("Tab", "\t"),
        ("Shift+Tab", "\x1b[Z"),
        ("Backspace", "\x7f"),
        ("Delete", "\x1b[3~"),
        ("Space", " "),
        ("Up", "\x1b[A"),
        ("Down", "\x1b[B"),
        ("Right", "\x1b[C"),
        ("Left", "\x1b[D"),
        ("Home", "\x1b[H"),
        ("End", "\x1b[F"),
        ("PageUp", "\x1b[5~"),
        ("PageDown", "\x1b[6~"),
        ("Ctrl+Up", "\x1b[1;5A"),
        ("Ctrl+Down", "\x1b[1;5B"),
        ("F1", "\x1bOP"),
        ("F2", "\x1bOQ"),
        ("F3", "\x1bOR"),
        ("F4", "\x1bOS"),
        ("F5", "\x1b[15~"),
        ("F6", "\x1b[17~"),
        ("F7", "\x1b[18~"),
        ("F8", "\x1b[19~"),
        ("F9", "\x1b[20~"),
        ("F12", "\x1b[24~"),
    ];
    if let Some((_, bytes)) = named.iter().find(|(name, _)| *name == key) {
        return bytes.as_bytes().to_vec();
    }
    if let Some(letter) = key.strip_prefix("Alt+") {
        return [b"\x1b", letter.to_lowercase().as_bytes()].concat();
    }
    match key.strip_prefix("Ctrl+").and_then(|letter| letter.bytes().next()) {
        Some(letter) => vec![letter & 31],
        None => key.as_bytes().to_vec(),
    }
}
