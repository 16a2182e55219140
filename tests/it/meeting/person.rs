//! Somebody who follows a script at the real program.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use chrono::Local;

use super::script::{Line, Step, steps};
use crate::support::{ime::Ime, pty::Program};

/// How fast keys come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// As fast as the screen answers.
    Short,
    /// As people type, and not before their moment: some 55 syllables a minute.
    True,
}

impl Pace {
    /// What the environment asks for.
    pub(crate) fn wanted() -> Self {
        if std::env::var_os("HOINGHI_TRUE_SPEED").is_some() { Self::True } else { Self::Short }
    }
}

/// Between two keys of a person; a little less or more each time.
const KEY: Duration = Duration::from_millis(165);
/// Before a command key: a look at the screen.
const LOOK: Duration = Duration::from_millis(600);
/// How long a line may take to the disk.
const STORING: Duration = Duration::from_secs(10);

pub(crate) struct Person {
    pub(crate) program: Program,
    ime: Ime,
    pace: Pace,
    /// What the palette is called on the screen.
    palette: &'static str,
    started: Option<Instant>,
    keys: u32,
    /// The lines that were captured, each with the item that was on.
    pub(crate) said: Vec<(String, Line)>,
    item: String,
}

impl Person {
    pub(crate) fn sit_down(folder: &Path, language: &str, ime: Ime, pace: Pace) -> Self {
        let program = Program::start(folder, 80, 24, &["--lang", language]);
        let palette = if language == "vi" { "┌─ Lệnh" } else { "┌─ Commands" };
        Self { program, ime, pace, palette, started: None, keys: 0, said: Vec::new(), item: String::new() }
    }

    /// Follows a script to its end.
    pub(crate) fn follow(&mut self, script: &str) {
        for (at, step) in steps(script) {
            self.take(at, step);
        }
    }

    fn take(&mut self, at: usize, step: Step) {
        match step {
            Step::See(words) => self.sees(at, &words),
            Step::Gone(words) => {
                let gone = self.program.comes_to(Duration::from_secs(10), |screen| !screen.contains(&words));
                assert!(gone, "line {at}: {words:?} stays:\n{}", self.program.text());
            }
            Step::Keys(names) => names.iter().for_each(|name| self.press(name)),
            Step::Type(words) => self.write(&words),
            Step::Enter(words) => {
                self.write(&words);
                self.press("Enter");
            }
            Step::Pick(letters) => self.pick(&letters),
            Step::Command(name) => {
                self.press("F9");
                self.sees(at, self.palette);
                self.pick(&name);
            }
            Step::Field(number, words) => {
                self.open_field(number);
                self.press("Ctrl+U");
                self.write(&words);
                self.press("Enter");
                self.press("Esc");
            }
            Step::Choose(number, letters) => {
                self.open_field(number);
                self.pick(&letters);
                self.press("Esc");
            }
            Step::At(moment) => self.wait_until(moment),
            Step::On(item) => self.item = item,
            Step::Line(line) => self.capture(line),
            Step::Show if self.pace == Pace::True => eprintln!("{}\n", self.program.text()),
            Step::Show => {}
        }
    }

    fn sees(&mut self, at: usize, words: &str) {
        let words = filled(words);
        let seen = self.program.comes_to(Duration::from_secs(10), |screen| screen.contains(&words));
        assert!(seen, "line {at}: {words:?} does not come:\n{}", self.program.text());
    }

    /// Chooses from a list that narrows while letters are typed.
    fn pick(&mut self, letters: &str) {
        self.program.send(letters).settle();
        self.press("Enter");
    }

    fn open_field(&mut self, number: usize) {
        self.press("Enter");
        (0..number).for_each(|_| self.press("Down"));
        self.press("Enter");
    }

    fn press(&mut self, name: &str) {
        if self.pace == Pace::True {
            thread::sleep(LOOK);
        }
        self.program.press(&[name]);
    }

    /// Types words through the input method, each key's bytes in a write of their own.
    fn write(&mut self, words: &str) {
        for (at, word) in filled(words).split(' ').enumerate() {
            if at > 0 {
                self.key(" ");
            }
            for burst in self.ime.keystrokes(word) {
                self.key(burst);
            }
        }
        self.program.settle();
    }

    fn key(&mut self, bytes: impl AsRef<[u8]>) {
        self.keys = self.keys.wrapping_add(1);
        let pause = match self.pace {
            Pace::Short => Duration::from_millis(1),
            // Three uneven steps, so that no two neighbours are alike.
            Pace::True => KEY * (70 + self.keys * 37 % 61) / 100,
        };
        self.program.send(bytes);
        thread::sleep(pause);
    }

    fn capture(&mut self, line: Line) {
        self.write(&line.typed());
        self.press("Enter");
        let empty = |program: &Program| program.cursor_line().trim_matches(['│', ' ']).is_empty();
        let started = Instant::now();
        while !empty(&self.program) {
            assert!(started.elapsed() < STORING, "not stored: {line:?}\n{}", self.program.text());
            thread::sleep(Duration::from_millis(5));
        }
        self.said.push((self.item.clone(), line));
    }

    /// Waits for a moment of the meeting, which begins at the first such step.
    fn wait_until(&mut self, moment: Duration) {
        let started = *self.started.get_or_insert_with(Instant::now);
        if self.pace == Pace::True {
            let late = started.elapsed().saturating_sub(moment);
            eprintln!("{moment:?}, {:.0} s late", late.as_secs_f64());
            thread::sleep(moment.saturating_sub(started.elapsed()));
        }
    }
}

/// The words with today, now and a minute from now in the places that are kept for them.
fn filled(words: &str) -> String {
    let now = Local::now().fixed_offset().to_utc() + chrono::TimeDelta::hours(7);
    let soon = now + chrono::TimeDelta::minutes(1);
    let filled = words.replace("{today}", &now.format("%-d/%-m/%Y").to_string());
    let filled = filled.replace("{now}", &now.format("%H:%M").to_string());
    filled.replace("{soon}", &soon.format("%H:%M").to_string())
}
