//! One file with all changes, and the way back. A backup is lines of the logs between a head and a checksum, so that a
//! damaged one still gives every line that is whole.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{
    error::{About as _, StoreError},
    files::sync_folder,
    folder::Folder,
    line::{BadLine, LONGEST, Line},
    log::{Found, read_line},
    open::Store,
    receive::Gate,
    union::{Union, UnionReport},
};
use crate::domain::{ids::ScopeId, kind::Kind};

/// The format of backups and notebooks that this program writes.
pub(super) const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Head {
    hoinghi: String,
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct End {
    end: Sum,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Sum {
    lines: u64,
    blake3: String,
}

/// Writes lines and sums them up.
struct Pen {
    file: BufWriter<File>,
    hasher: blake3::Hasher,
    lines: u64,
}

impl Pen {
    fn line(&mut self, bytes: &[u8]) -> io::Result<()> {
        for part in [bytes, b"\n"] {
            self.hasher.update(part);
            self.file.write_all(part)?;
        }
        self.lines += 1;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        let sum = Sum { lines: self.lines, blake3: self.hasher.finalize().to_hex().to_string() };
        let end = serde_json::to_string(&End { end: sum })?;
        writeln!(self.file, "{end}")?;
        self.file.flush()?;
        self.file.get_ref().sync_all()
    }
}

/// Hears how many scopes of how many are written, and says whether to go on.
type GoesOn<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// What goes into a file.
pub(super) struct Cargo<'a> {
    pub(super) folder: &'a Folder,
    pub(super) head: serde_json::Value,
    pub(super) scopes: BTreeSet<ScopeId>,
    /// Whether off-record bodies are among it.
    pub(super) private: bool,
}

impl Cargo<'_> {
    /// Writes it beside the file, reads it back and compares, and only then gives it the file's name; how many changes. Whatever goes wrong,
    /// nothing is left beside.
    pub(super) fn write(&self, file: &Path, goes_on: GoesOn<'_>) -> Result<u64, StoreError> {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let beside = file.with_file_name(name);
        let written = self.write_verified(&beside, goes_on).and_then(|written| {
            fs::rename(&beside, file).about(file)?;
            Ok(written)
        });
        if written.is_err() {
            drop(fs::remove_file(&beside));
        }
        let written = written?;
        sync_folder(file.parent().unwrap_or(Path::new("."))).about(file)?;
        Ok(written - 1)
    }

    fn write_verified(&self, path: &Path, goes_on: GoesOn<'_>) -> Result<u64, StoreError> {
        let written = self.write_lines(path, goes_on)?;
        if read_back(path).about(path)? == Some(written) {
            Ok(written)
        } else {
            Err(StoreError::BackupUnverified(path.to_owned()))
        }
    }

    fn write_lines(&self, path: &Path, goes_on: GoesOn<'_>) -> Result<u64, StoreError> {
        let file = BufWriter::new(File::create(path).about(path)?);
        let mut pen = Pen { file, hasher: blake3::Hasher::new(), lines: 0 };
        pen.line(self.head.to_string().as_bytes()).about(path)?;
        let total = self.scopes.len() as u64;
        for (scope, done) in self.scopes.iter().zip(1..) {
            for line in self.folder.lines(*scope, self.private)? {
                pen.line(line.raw()).about(path)?;
            }
            if !goes_on(done, total) {
                return Err(StoreError::GivenUp);
            }
        }
        let lines = pen.lines;
        pen.finish().about(path)?;
        Ok(lines)
    }
}

/// Writes backups of what is shared; usable from another thread than the store, while that goes on.
#[derive(Debug, Clone)]
pub struct Backups(Folder);

impl Backups {
    /// Of a folder that is open somewhere.
    pub fn of(folder: &Path) -> Self {
        Self(Folder::at(folder))
    }

    /// Writes all shared changes that are in the logs now into one file, as [`Store::backup`]; never an off-record body.
    ///
    /// # Errors
    /// The same, [`StoreError::Missing`] if the folder is not there any more, or [`StoreError::GivenUp`]: in each case there is no file.
    pub fn write(&self, file: &Path, goes_on: &mut dyn FnMut(u64, u64) -> bool) -> Result<u64, StoreError> {
        if !self.0.is_there() {
            return Err(StoreError::Missing(self.0.root().to_owned()));
        }
        everything(&self.0, false).write(file, goes_on)
    }
}

fn everything(folder: &Folder, private: bool) -> Cargo<'_> {
    let head = serde_json::json!(Head { hoinghi: "backup".to_owned(), version: FORMAT });
    Cargo { folder, head, scopes: folder.scopes(), private }
}

impl Store {
    /// Writes all shared changes into one file, off-record bodies only if asked for; how many changes.
    ///
    /// It is written beside, read back and compared, and only then takes the file's name.
    ///
    /// # Errors
    /// What the system says, or [`StoreError::BackupUnverified`].
    pub fn backup(&self, file: &Path, private: bool) -> Result<u64, StoreError> {
        everything(&self.folder, private).write(file, &mut |_, _| true)
    }

    /// A hand that writes backups in another thread.
    pub fn backups(&self) -> Backups {
        Backups::of(self.folder.root())
    }

    /// Fills a folder that holds nothing, or only who opened it, from a backup.
    ///
    /// # Errors
    /// [`StoreError::HasData`] if the folder has more; else as [`Store::unite`].
    pub fn restore(&mut self, file: &Path) -> Result<UnionReport, StoreError> {
        if !self.knows_only_people()? {
            return Err(StoreError::HasData(self.folder.root().to_owned()));
        }
        self.unite(file)
    }

    /// Whether nothing was written here but people's names, which the program writes by itself at a first start.
    fn knows_only_people(&mut self) -> Result<bool, StoreError> {
        let scopes = self.folder.scopes();
        if scopes.is_empty() {
            return Ok(true);
        }
        let organisation = self.board(ScopeId::ORGANISATION)?;
        Ok(scopes.iter().all(|scope| *scope == ScopeId::ORGANISATION)
            && organisation.unknown_changes() == 0
            && organisation.records().all(|record| record.kind() == Some(Kind::Attendee)))
    }

    /// The bare union of copies of one's own: adds what a backup, a log file or another data folder has and this folder lacks, whoever
    /// wrote it. What others bring comes through [`Store::receive`], which asks who is admitted. Off-record bodies come from
    /// backups that hold them, never from a folder.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotChanges`], [`StoreError::Newer`], or what the system says. What was
    /// added before an error stays; uniting again goes on.
    pub fn unite(&mut self, source: &Path) -> Result<UnionReport, StoreError> {
        self.unite_through(source, None)
    }

    pub(super) fn unite_through(
        &mut self,
        source: &Path,
        gate: Option<Gate>,
    ) -> Result<UnionReport, StoreError> {
        self.ensure_writable()?;
        if source.is_dir() { self.import_folder(source, gate) } else { self.import_file(source, gate) }
    }

    /// Whether a file or folder holds changes, whatever it is called.
    pub fn recognises(source: &Path) -> bool {
        if source.is_dir() {
            return Folder::at(source).recognise().unwrap_or(false);
        }
        open_source(source).is_ok_and(|mut file| recognise(&mut file, source).is_ok())
    }

    fn import_folder(&mut self, source: &Path, gate: Option<Gate>) -> Result<UnionReport, StoreError> {
        let other = Folder::at(source);
        if !other.recognise()? {
            return Err(StoreError::NotChanges(source.to_owned()));
        }
        let mut union = Union::new(self, gate);
        add_folder(&mut union, &other)?;
        while union.looks_again()? {
            add_folder(&mut union, &other)?;
        }
        union.finish()
    }

    fn import_file(&mut self, path: &Path, gate: Option<Gate>) -> Result<UnionReport, StoreError> {
        let mut union = Union::new(self, gate);
        let complete = add_file(&mut union, path)?;
        while union.looks_again()? {
            add_file(&mut union, path)?;
        }
        Ok(UnionReport { complete, ..union.finish()? })
    }
}

fn add_folder(union: &mut Union<'_>, other: &Folder) -> Result<(), StoreError> {
    for scope in other.scopes() {
        let shared = other.marks(scope)?.into_iter().filter(|(file, _)| !file.private);
        for (file, mark) in shared {
            let mut number = 0;
            let mut outcome = Ok(());
            other.read(scope, file, mark.len, |_, found| {
                number += 1;
                let added = take(union, number, found);
                outcome = std::mem::replace(&mut outcome, Ok(())).and(added);
            })?;
            outcome?;
        }
    }
    Ok(())
}

/// Whether the file ended as a backup should; `None` for a log file.
fn add_file(union: &mut Union<'_>, path: &Path) -> Result<Option<bool>, StoreError> {
    let mut source = open_source(path)?;
    let is_backup = recognise(&mut source, path)?;
    let mut reading = Reading::default();
    while let Some(found) = reading.next(&mut source).about(path)? {
        take(union, reading.number, found)?;
    }
    Ok(is_backup.then_some(reading.complete))
}

/// Opens what somebody hands in. A device or a pipe is no file that can be read to its end, and then once more.
pub(super) fn open_source(path: &Path) -> Result<BufReader<File>, StoreError> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(BufReader::new(File::open(path).about(path)?)),
        Ok(_) => Err(StoreError::NotChanges(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StoreError::Missing(path.to_owned())),
        Err(error) => Err(StoreError::io(path, &error)),
    }
}

fn take(union: &mut Union<'_>, number: u64, found: Found) -> Result<(), StoreError> {
    match found {
        Found::Line(line) => union.add(number, line)?,
        Found::Bad(reason) => union.refuse(number, reason),
        Found::Torn => union.refuse(number, BadLine::Unreadable("no line end".to_owned())),
    }
    Ok(())
}

/// Whether it is a backup; a log file is none but may be imported too.
fn recognise(source: &mut BufReader<File>, path: &Path) -> Result<bool, StoreError> {
    let begin = source.fill_buf().about(path)?;
    let first = begin.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match serde_json::from_slice::<Head>(first) {
        Ok(head) if head.version > FORMAT => {
            Err(StoreError::Newer { path: path.to_owned(), version: head.version })
        }
        Ok(_) => Ok(true),
        Err(_not_a_head) if begin.starts_with(br#"{"h":{"#) => Ok(false),
        Err(_not_a_head) => Err(StoreError::NotChanges(path.to_owned())),
    }
}

/// The lines of a file, and whether its checksum was met.
#[derive(Default)]
struct Reading {
    number: u64,
    hasher: blake3::Hasher,
    complete: bool,
    line: Vec<u8>,
}

impl Reading {
    /// The next change or damaged line; heads and ends are passed over.
    fn next(&mut self, source: &mut BufReader<File>) -> io::Result<Option<Found>> {
        loop {
            self.line.clear();
            let (len, ended) = read_line(source, &mut self.line)?;
            if len == 0 {
                return Ok(None);
            }
            if let Some(found) = self.classify(ended) {
                return Ok(Some(found));
            }
        }
    }

    fn classify(&mut self, ended: bool) -> Option<Found> {
        let text = self.line.trim_ascii_end();
        let before = self.number;
        self.number += 1;
        self.complete = false;
        if let Some(Ok(end)) = text.starts_with(br#"{"end""#).then(|| serde_json::from_slice::<End>(text)) {
            let sum = Sum { lines: before, blake3: self.hasher.finalize().to_hex().to_string() };
            self.complete = end.end == sum;
            return None;
        }
        self.hasher.update(&self.line);
        if text.starts_with(br#"{"hoinghi""#) && serde_json::from_slice::<Head>(text).is_ok() {
            return None;
        }
        if text.len() > LONGEST {
            return Some(Found::Bad(BadLine::TooLong));
        }
        Some(match Line::decode(text) {
            Ok(line) => Found::Line(line),
            Err(_) if !ended => Found::Torn,
            Err(reason) => Found::Bad(reason),
        })
    }
}

/// The number of lines of a backup in which every line is whole and the checksum is met.
fn read_back(path: &Path) -> io::Result<Option<u64>> {
    let mut source = BufReader::new(File::open(path)?);
    let mut reading = Reading::default();
    while let Some(found) = reading.next(&mut source)? {
        if !matches!(found, Found::Line(_)) {
            return Ok(None);
        }
    }
    Ok(reading.complete.then(|| reading.number - 1))
}
