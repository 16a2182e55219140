//! Somebody at the terminal who types numbered lines, and everything that the screen ever showed of them.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
    thread,
    time::Duration,
};

use portable_pty::CommandBuilder;

use super::{
    super::pty::{Program, Watch, binary},
    dice::Dice,
    office::{Entry, Office},
    tally::{Tally, Wrong},
};

/// How long opening may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(20);
/// A line is known on the screen by so many letters at its beginning.
const CODE: usize = 6;
/// Whether a screen says that something could not be stored: in its status, or with the reason.
pub(super) fn is_not_saved(screen: &str) -> bool {
    ["CHƯA LƯU", "Đĩa đầy", "Không có gì tại", "Lỗi với"].iter().any(|words| screen.contains(words))
}

/// What the first line of every office begins with.
pub(super) const FIRST: &str = "l00000";

/// A line, and what was seen of it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// The greatest number of its letters that stood in the capture line.
    pub(super) shown: usize,
    /// The number under which the screen listed it last: from then on it is saved.
    pub(super) number: Option<String>,
}

/// The lines of an office.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) lines: Vec<Line>,
}

impl Sheet {
    /// A new line to type.
    fn next(&mut self, dice: &mut Dice) -> String {
        const WORDS: [&str; 8] =
            ["chuyển", "sinh hoạt", "đảng viên", "cư trú", "hồ sơ", "con dấu", "quận", "ủy"];
        let words: Vec<&str> = (0..dice.among(1..5)).map(|_| *dice.pick(&WORDS)).collect();
        let text = format!("l{:05} {}", self.lines.len(), words.join(" "));
        self.lines.push(Line { text: text.clone(), shown: 0, number: None });
        text
    }

    fn by_code(&mut self, text: &str) -> Option<&mut Line> {
        let code = text.get(..CODE)?;
        self.lines.iter_mut().find(|line| line.text.starts_with(code))
    }

    /// Takes in what a screen shows: the line before the cursor, and rows under a number.
    fn look(&mut self, screen: &vt100::Screen) {
        // Of a program that has ended the terminal itself shows what is typed.
        if !screen.alternate_screen() {
            return;
        }
        let (row, column) = screen.cursor_position();
        let typed = screen.contents_between(row, 0, row, column);
        let typed = typed.trim_start_matches(['│', ' ']);
        if let Some(line) = self.by_code(typed).filter(|line| line.text.starts_with(typed.trim_end())) {
            line.shown = line.shown.max(typed.trim_end().len());
        }
        let width = screen.size().1.get();
        for shown in screen.rows(0, width) {
            let Some((before, rest)) = shown.split_once(" ?    l") else { continue };
            let number = before.trim_start_matches(['│', '>', '*', ' ', '·']).to_owned();
            if let Some(line) = self.by_code(&format!("l{rest}")) {
                line.number = Some(number);
            }
        }
    }
}

/// How a program comes to its end.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    Signal(&'static str),
    /// Its terminal is no more.
    Terminal,
}

/// A seat at the program's screen.
pub(super) struct Hand {
    pub(super) program: Program,
    pub(super) sheet: Arc<Mutex<Sheet>>,
}

impl Hand {
    /// Starts the program in an office.
    pub(super) fn sit(office: &Office, sheet: &Arc<Mutex<Sheet>>) -> Self {
        Self::behind(CommandBuilder::new(binary()), office.root(), sheet)
    }

    /// Starts the program through a command.
    pub(super) fn behind(mut command: CommandBuilder, root: &Path, sheet: &Arc<Mutex<Sheet>>) -> Self {
        command.args(["--user", "Lan"]);
        let seen = Arc::clone(sheet);
        let watch: Watch = Box::new(move |screen| seen.lock().unwrap().look(screen));
        let program = Program::launch(command, root, (120, 60), Some(watch));
        Self { program, sheet: Arc::clone(sheet) }
    }

    pub(super) fn lines(&self) -> MutexGuard<'_, Sheet> {
        self.sheet.lock().unwrap()
    }

    /// Whether the session comes to be shown. Where nobody has been yet, the list of sessions comes first after an
    /// unclean end.
    pub(super) fn opens(&mut self) -> bool {
        let home = |screen: &str| screen.contains("Các hội nghị") && screen.contains("Chuyên đề");
        if self.program.comes_to(PATIENCE, |screen| screen.contains(FIRST) || home(screen))
            && home(&self.program.text())
        {
            self.program.offer("\r");
        }
        let opened = self.program.comes_to(PATIENCE, |screen| screen.contains(FIRST));
        self.program.settle();
        opened
    }

    /// Sends Enter until no line waits any more for it.
    pub(super) fn store_waiting(&mut self) {
        for _ in 0..20 {
            if !self.program.text().contains("dòng chờ ghi") {
                return;
            }
            self.program.press(&["Enter"]);
        }
    }

    /// What stands in the capture line, up to its cursor.
    pub(super) fn line(&self) -> String {
        let line = self.program.before_cursor().unwrap_or_default();
        line.strip_prefix("│ ").unwrap_or(&line).to_owned()
    }

    /// Whether any screen of the program comes to be shown.
    pub(super) fn opens_something(&mut self) -> bool {
        // A long warning stands in the place of the hints.
        self.program.comes_to(PATIENCE, |screen| {
            screen.contains("F1 Trợ giúp")
                || screen.contains("hoinghi doctor")
                || screen.contains("quarantine")
        })
    }

    /// Goes to the capture line and empties it.
    pub(super) fn clear_line(&mut self) {
        self.show_capture();
        self.program.press(&["Ctrl+U"]);
    }

    /// Goes to the capture line of the session, if there is one.
    pub(super) fn show_capture(&mut self) {
        if self.program.text().contains("Các hội nghị") {
            self.program.press(&["Enter"]);
        }
        if self.program.before_cursor().is_none() {
            self.program.press(&["F6"]);
        }
    }

    /// Goes to the capture line; what was left half-typed there is finished and stored.
    pub(super) fn take_up(&mut self) {
        if self.program.before_cursor().is_none() {
            self.program.offer("\x1b[17~");
            self.program.shows_cursor(PATIENCE);
        }
        let line = self.line();
        let known = self
            .lines()
            .lines
            .iter()
            .rev()
            .find_map(|known| known.text.strip_prefix(&line).map(str::to_owned));
        if let Some(rest) = known.filter(|_| !line.is_empty()) {
            self.program.offer(&rest);
            let whole = line + &rest;
            self.store(&whole);
        }
    }

    /// Waits until a line is typed, presses Enter, and waits until the line is free again.
    fn store(&mut self, whole: &str) -> bool {
        self.program.comes_to(PATIENCE, |screen| screen.contains(whole))
            && self.program.offer("\r")
            && self.gone_from_the_line(whole)
    }

    /// Types a line of some kilobytes in one go and presses Enter; whether it came to be listed.
    pub(super) fn type_long_line(&mut self, dice: &mut Dice) -> bool {
        self.try_line(dice, 8_000)
    }

    /// Types a line with so many words more in one go and presses Enter; whether it came to be listed.
    pub(super) fn try_line(&mut self, dice: &mut Dice, more: usize) -> bool {
        let text = self.lines().next(dice) + &" chữ".repeat(more);
        if let Some(line) = self.lines().lines.last_mut() {
            line.text.clone_from(&text);
        }
        self.program.offer(&text);
        self.program.settle();
        self.program.offer("\r");
        self.is_listed()
    }

    /// Whether the last line comes to be listed; not if the program says that it is not saved.
    pub(super) fn is_listed(&mut self) -> bool {
        let sheet = Arc::clone(&self.sheet);
        let listed = || sheet.lock().unwrap().lines.last().is_some_and(|line| line.number.is_some());
        self.program.comes_to(PATIENCE, |screen| listed() || is_not_saved(screen));
        listed()
    }

    /// Types a line letter by letter and Enter, looking at the screen as people do; `false` if the program is gone.
    pub(super) fn type_line(&mut self, dice: &mut Dice, pause: std::ops::Range<usize>) -> bool {
        let text = self.lines().next(dice);
        if pause.end < 100 {
            if !self.program.offer(&text) {
                return false;
            }
        } else {
            for letter in text.chars() {
                if !self.program.offer(letter.to_string()) {
                    return false;
                }
                thread::sleep(dice.pause(pause.clone()));
            }
        }
        self.store(&text)
    }

    fn gone_from_the_line(&mut self, whole: &str) -> bool {
        let waited = std::time::Instant::now();
        let mut drawn = 0;
        // A frame may come in pieces: it counts when nothing more came for a moment.
        loop {
            let free = self.program.before_cursor().is_some() && self.line() != whole;
            if free && self.program.bytes() == drawn {
                return true;
            }
            if waited.elapsed() > PATIENCE || self.program.has_ended() {
                return false;
            }
            drawn = self.program.bytes();
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Lets the program be killed after a while, whatever it does then.
    pub(super) fn doom(&self, after: Duration) {
        self.end_after(End::Signal("KILL"), after);
    }

    /// Ends it after a while.
    pub(super) fn end_after(&self, end: End, after: Duration) {
        let end: Box<dyn FnOnce() + Send> = match end {
            End::Signal(name) => Box::new(self.program.signaller(name)),
            End::Terminal => Box::new(self.program.unplugger()),
        };
        thread::spawn(move || {
            thread::sleep(after);
            end();
        });
    }
}

/// Holds what is there to what was seen: nothing saved is lost, no half line, no line twice, and each letter that was
/// shown is in a record or, if it is known, in the capture line.
pub(super) fn compare(sheet: &Sheet, entries: &[Entry], line: Option<&str>) -> Vec<(Wrong, String)> {
    let mut wrong = Vec::new();
    for expected in &sheet.lines {
        let count = entries.iter().filter(|entry| entry.text == expected.text).count();
        let shown = expected.text.get(..expected.shown).unwrap_or_default();
        if count > 1 {
            wrong.push((Wrong::Doubled, format!("{count} × {expected:?}")));
        } else if count == 0 && expected.number.is_some() {
            wrong.push((Wrong::Lost, format!("saved and not there: {expected:?}")));
        } else if count == 0 && !shown.is_empty() && line.is_some_and(|line| !line.starts_with(shown)) {
            wrong.push((Wrong::Lost, format!("letters lost: {expected:?}, the line is {line:?}")));
        }
    }
    let known = |entry: &&Entry| sheet.lines.iter().all(|line| line.text != entry.text);
    for entry in entries.iter().filter(known) {
        wrong.push((Wrong::Half, format!("never typed so: {entry:?}")));
    }
    wrong
}

/// The records as they are on disk, or what the program said instead.
pub(super) fn entries(office: &Office, tally: &mut Tally) -> Vec<Entry> {
    office.entries().unwrap_or_else(|done| {
        let wrong = if done.is_uncontained() { Wrong::Uncontained } else { Wrong::NotOpened };
        tally.wrong(wrong, format!("export: {done:?}"));
        Vec::new()
    })
}
