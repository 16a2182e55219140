//! What a meeting leaves behind: how long its log is, and what it takes to open it again.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use hoinghi::store::{OpenOptions, Store};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    Failure,
    making::{self, Size},
    meeting::median,
    start,
    terminal::Terminal,
};

/// How often each folder is opened, by turns.
const OPENINGS: usize = 11;
/// What goes on after the first frame is over by then.
const SETTLED: Duration = Duration::from_millis(1500);

/// The log of a folder.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// How many changes of each command there are.
    changes: BTreeMap<String, usize>,
    bytes: usize,
    payloads: usize,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    h: Head<'a>,
    #[serde(borrow)]
    p: &'a RawValue,
}

#[derive(Deserialize)]
struct Head<'a> {
    name: &'a str,
}

impl Log {
    pub(crate) fn read(data: &Path) -> Result<Self, Failure> {
        let mut log = Self::default();
        for scope in fs::read_dir(data.join("log"))? {
            for file in fs::read_dir(scope?.path())? {
                log.take(&fs::read_to_string(file?.path())?)?;
            }
        }
        Ok(log)
    }

    fn take(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes += text.len();
        for line in text.lines() {
            let line: Line<'_> = serde_json::from_str(line)?;
            *self.changes.entry(line.h.name.to_owned()).or_default() += 1;
            self.payloads += line.p.get().len();
        }
        Ok(())
    }

    /// How many lines were captured.
    pub(crate) fn captured(&self) -> usize {
        self.changes.get("Capture").copied().unwrap_or(0)
    }

    /// All of it and what of it is payload, in megabytes.
    pub(crate) fn megabytes(&self) -> Result<(f64, f64), Failure> {
        let mb = |bytes| u32::try_from(bytes).map(|bytes| f64::from(bytes) / 1e6);
        Ok((mb(self.bytes)?, mb(self.payloads)?))
    }

    /// What was done how often.
    pub(crate) fn told(&self) -> String {
        let each = self.changes.iter().map(|(name, count)| format!("{count} {name}"));
        format!("in the log: {}", each.collect::<Vec<_>>().join(", "))
    }
}

/// Until the program can be used, in milliseconds: on a folder, and on a fresh archive of as many records.
pub(crate) fn openings(program: &Path, home: &Path, data: &Path) -> Result<(f64, f64), Failure> {
    let fresh = home.join("fresh");
    making::make(&fresh, Size { sessions: 1, records: records(data)?, newest: None, seed: 1 })?;
    let mut times = [Vec::new(), Vec::new()];
    // The first opening of each reads files that nobody has read.
    for round in 0..=OPENINGS {
        for (folder, times) in [data, &fresh].iter().zip(&mut times) {
            let (terminal, took) = Terminal::start(&start(program, folder), home)?;
            terminal.leave()?;
            if round > 0 {
                times.push(took.as_secs_f64() * 1000.0);
            }
        }
    }
    let [ours, fresh] = times;
    Ok((median(&ours), median(&fresh)))
}

fn records(data: &Path) -> Result<usize, Failure> {
    let mut store = Store::open(data, OpenOptions::new(1, "soak").read_only())?;
    let scope = store.catalogue().first().ok_or("no session")?.scope;
    Ok(store.board(scope)?.records().count())
}

/// The memory, in bytes, of a program that has just opened what a folder holds now; somebody works in the folder meanwhile.
pub(crate) fn fresh_memory(program: &Path, home: &Path, data: &Path) -> Result<u64, Failure> {
    let copy = home.join("copy");
    copy_folder(data, &copy)?;
    // What a copy lacks to be opened at once is made at its first closing.
    let (first, _) = Terminal::start(&start(program, &copy), home)?;
    first.leave()?;
    let (mut terminal, _) = Terminal::start(&start(program, &copy), home)?;
    terminal.drain(SETTLED);
    let memory = terminal.memory().ok_or("no memory figure")?;
    terminal.leave()?;
    fs::remove_dir_all(copy)?;
    Ok(memory)
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target: PathBuf = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
