//! Somebody who takes the notes of a meeting: captures, corrects, merges, takes back, exports, changes the window.

use std::{fmt::Write as _, path::Path, time::Duration};

use hoinghi::domain::ids::IdStream;

use super::{
    Failure,
    terminal::{COLUMNS, ROWS, Start, Terminal},
    words,
};

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";
const END: &str = "\x1b[F";
const DIFFICULTIES: &str = "\x1bOS";
const CAPTURE: &str = "\x1b[17~";
const ESC: &str = "\x1b";
const ENTER: &str = "\r";
const UNDO: &str = "\x1a";
const REDO: &str = "\x19";
const EXPORT: &str = "\x05";
const MERGE: &str = "\x07";

/// Among so many of the first difficulties others are merged: in twenty thousand lines each comes to some twenty wordings.
const MERGED: usize = 40;
/// Of so many lines one is typed letter by letter and measured.
const MEASURED: usize = 10;
/// After the last key of an hour; longer than the database waits before it writes.
const REST: Duration = Duration::from_secs(3);

/// What an hour cost.
#[derive(Debug, Default)]
pub(crate) struct Hour {
    pub(crate) captures: usize,
    others: usize,
    keys: Vec<f64>,
    keys_cpu: Vec<f64>,
    commits: Vec<f64>,
    commits_cpu: Vec<f64>,
    /// Its memory at its end, in bytes.
    pub(crate) memory: u64,
    /// The memory of a program that was started at its end, in bytes; 0 if none was.
    pub(crate) fresh: u64,
}

impl Hour {
    /// The memory at its end, over that of a program that was started then.
    pub(crate) fn beyond_fresh(&self) -> f64 {
        mib(self.memory) / mib(self.fresh)
    }

    /// The memory at its end.
    pub(crate) fn mebibytes(&self) -> f64 {
        mib(self.memory)
    }

    pub(crate) fn key(&self) -> f64 {
        median(&self.keys)
    }

    pub(crate) fn key_cpu(&self) -> f64 {
        median(&self.keys_cpu)
    }

    pub(crate) fn commit(&self) -> f64 {
        median(&self.commits)
    }

    pub(crate) fn commit_cpu(&self) -> f64 {
        median(&self.commits_cpu)
    }

    /// What is told when it has passed.
    pub(crate) fn line(&self, number: u8, took: Duration) -> String {
        let mut line = format!("hour {number}: {} lines, {} other deeds", self.captures, self.others);
        let (key, commit) = (self.key(), self.commit());
        let _ = write!(line, "; a key {key:.2} ms ({:.2} CPU), a commit {commit:.2} ms", self.key_cpu());
        let _ = write!(
            line,
            " ({:.2} CPU), {:.1} MiB, in {:.0} s",
            self.commit_cpu(),
            mib(self.memory),
            took.as_secs_f64()
        );
        if self.fresh > 0 {
            let _ = write!(line, "; a fresh start takes {:.1} MiB", mib(self.fresh));
        }
        line
    }
}

fn mib(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The middle of some measures; 0 of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

/// A meeting that goes on.
pub(crate) struct Meeting {
    terminal: Terminal,
    dice: IdStream,
    /// How many lines there are.
    lines: usize,
}

impl Meeting {
    /// Sits down at the capture line.
    pub(crate) fn begin(start: &Start, home: &Path, seed: u64) -> Result<Self, Failure> {
        let (mut terminal, _) = Terminal::start(start, home)?;
        terminal.press(&[DIFFICULTIES, CAPTURE])?;
        Ok(Self { terminal, dice: IdStream::new(seed.into()), lines: 0 })
    }

    /// An hour in which so many lines are captured.
    pub(crate) fn hour(&mut self, captures: usize) -> Result<Hour, Failure> {
        let mut hour = Hour::default();
        for at in 1..=captures {
            self.capture(at % MEASURED == 0, &mut hour)?;
            let deed = DEEDS.iter().find(|(every, _)| at % every == 0);
            if let Some((_, deed)) = deed {
                deed(self)?;
                hour.others += 1;
            }
        }
        self.terminal.drain(REST);
        hour.memory = self.terminal.memory().ok_or("no memory figure")?;
        Ok(hour)
    }

    pub(crate) fn end(self) -> Result<(), Failure> {
        self.terminal.leave()
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.dice.draw() >> 64).unwrap_or(usize::MAX) % end
    }

    fn word(&mut self, all: &[&'static str]) -> &'static str {
        let at = self.below(all.len());
        all.get(at).copied().unwrap_or_default()
    }

    /// A line as it is typed: whose it is, sometimes with a code, a mark or a tag.
    fn sentence(&mut self) -> String {
        let (who, what, why) = (self.word(&words::WHO), self.word(&words::WHAT), self.word(&words::WHY));
        let unit = self.word(&words::UNITS.map(|(code, _)| code));
        let code = self.word(&["", "", "", "kk ", "vm ", "nn ", "yk "]);
        let mark = self.word(&["", "", "", "", " !!", " ??", " #hồsơ", " **"]);
        format!("{unit} {code}{who} {what} {why}, dòng {}{mark}", self.lines)
    }

    fn capture(&mut self, measured: bool, hour: &mut Hour) -> Result<(), Failure> {
        self.lines += 1;
        let line = self.sentence();
        if measured {
            self.type_measured(&line, hour)?;
        } else {
            let empty = self.terminal.cursor();
            self.terminal.send(&line)?;
            self.terminal.until_screen(|terminal| terminal.cursor() != empty, &line)?;
            self.terminal.drain(Duration::from_millis(1));
            self.terminal.send(ENTER)?;
            self.terminal.until_screen(|terminal| terminal.cursor() == empty, "an empty line")?;
        }
        hour.captures += 1;
        Ok(())
    }

    fn type_measured(&mut self, line: &str, hour: &mut Hour) -> Result<(), Failure> {
        self.terminal.drain(Duration::from_millis(50));
        let before = self.terminal.cpu();
        let (head, tail) = line.split_at(line.char_indices().nth(12).map_or(0, |(at, _)| at));
        let mut typed = 0.0;
        for letter in head.split_inclusive(|_| true) {
            hour.keys.extend(self.terminal.key(letter)?.map(|answer| ms(answer.last)));
            typed += 1.0;
        }
        hour.keys_cpu.push(ms(self.terminal.cpu().saturating_sub(before)) / typed);
        self.terminal.press(&[tail])?;
        let before = self.terminal.cpu();
        hour.commits.extend(self.terminal.key(ENTER)?.map(|answer| ms(answer.last)));
        hour.commits_cpu.push(ms(self.terminal.cpu().saturating_sub(before)));
        Ok(())
    }

    /// Goes to the list, does something there and comes back to the capture line.
    fn in_the_list(&mut self, keys: &[&str]) -> Result<(), Failure> {
        self.terminal.press(&[ESC])?;
        self.terminal.press(keys)?;
        self.terminal.press(&[CAPTURE])
    }

    /// Writes a text anew.
    fn edit(&mut self) -> Result<(), Failure> {
        let text = format!(", nêu lại {}", self.below(100));
        self.in_the_list(&[END, UP, RIGHT, ENTER, &text, ENTER, ESC])
    }

    /// Two difficulties that stand together become one; among the first ones, so that some come to have many wordings.
    fn merge(&mut self) -> Result<(), Failure> {
        let down = DOWN.repeat(1 + self.below(MERGED));
        self.in_the_list(&["\x1b[H", &down, " ", DOWN, " ", MERGE])
    }

    fn undo(&mut self) -> Result<(), Failure> {
        self.in_the_list(&[UNDO])
    }

    fn undo_and_redo(&mut self) -> Result<(), Failure> {
        self.in_the_list(&[UNDO, REDO])
    }

    fn export(&mut self) -> Result<(), Failure> {
        self.in_the_list(&[EXPORT])
    }

    fn resize(&mut self) -> Result<(), Failure> {
        for (columns, rows) in [(80, 24), (200, 60), (COLUMNS, ROWS)] {
            self.terminal.resize(columns, rows)?;
            self.terminal.drain(Duration::from_millis(30));
        }
        Ok(())
    }
}

type Deed = fn(&mut Meeting) -> Result<(), Failure>;

/// What is done beside capturing, after how many lines each; the rarer before the more frequent.
const DEEDS: [(usize, Deed); 6] = [
    (250, Meeting::export),
    (125, Meeting::resize),
    (25, Meeting::merge),
    (20, Meeting::edit),
    (14, Meeting::undo_and_redo),
    (10, Meeting::undo),
];
