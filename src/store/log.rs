//! The append-only files: reading lines, adding lines, cutting back what failed.

use std::{
    io::{self, BufRead},
    path::{Path, PathBuf},
};

use super::{
    error::StoreError,
    files::{Files, Handle, write_all},
    folder::Mark,
    line::{BadLine, LONGEST, Line},
};

/// What stands in a place of a log.
#[derive(Debug)]
pub(super) enum Found {
    /// A change.
    Line(Line),
    /// A whole line that is none.
    Bad(BadLine),
    /// A last line without its end.
    Torn,
}

/// Visits all lines with their offsets; memory stays within one line of permitted length.
pub(super) fn read(mut source: impl BufRead, mut visit: impl FnMut(u64, Found)) -> io::Result<()> {
    let mut offset = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let (len, ended) = read_line(&mut source, &mut line)?;
        match (len, ended) {
            (0, _) => return Ok(()),
            (_, false) => visit(offset, Found::Torn),
            _ => visit(offset, decoded(&line, len)),
        }
        offset += len;
    }
}

fn decoded(line: &[u8], len: u64) -> Found {
    let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    if len > limit {
        return Found::Bad(BadLine::TooLong);
    }
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    match Line::decode(line.strip_suffix(b"\r").unwrap_or(line)) {
        Ok(line) => Found::Line(line),
        Err(reason) => Found::Bad(reason),
    }
}

/// Reads up to a line end; keeps no more than a permitted line of it. The length read, and whether there was an end.
pub(super) fn read_line(source: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<(u64, bool)> {
    let mut total = 0;
    loop {
        let available = match source.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = available.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(available.len(), |at| at + 1);
        if line.len() <= LONGEST {
            line.extend_from_slice(available.get(..taken).unwrap_or_default());
        }
        source.consume(taken);
        total += u64::try_from(taken).unwrap_or_default();
        if end.is_some() || taken == 0 {
            return Ok((total, end.is_some()));
        }
    }
}

/// The end of a log file, where lines are added.
pub(super) struct Tail {
    handle: Box<dyn Handle>,
    path: PathBuf,
    good: u64,
    usable: bool,
}

impl Tail {
    /// Opens a file at its end; a half line there must have been cut off before.
    pub(super) fn open(files: &dyn Files, path: &Path, private: bool) -> io::Result<Self> {
        let handle = files.append(path, private)?;
        let good = path.metadata()?.len();
        Ok(Self { handle, path: path.to_owned(), good, usable: true })
    }

    /// Adds lines and brings them to the medium; on failure the file is cut back to what was good.
    ///
    /// After a failed sync the handle is not used again: what the system then holds of the file is unknown.
    pub(super) fn append<'a>(&mut self, lines: impl IntoIterator<Item = &'a Line>) -> io::Result<Mark> {
        let mut bytes = Vec::new();
        for line in lines {
            bytes.extend_from_slice(line.raw());
            bytes.push(b'\n');
        }
        if let Err(error) = write_all(self.handle.as_mut(), &bytes) {
            let is_full = matches!(StoreError::io(Path::new(""), &error), StoreError::DiskFull(_));
            self.usable = self.handle.cut(self.good).is_ok() && is_full;
            return Err(error);
        }
        if let Err(error) = self.handle.sync() {
            self.usable = false;
            // The line was not acknowledged and is written again elsewhere; best if it does not come back here.
            let _not_needed = self.handle.cut(self.good);
            return Err(error);
        }
        if !self.path.exists() {
            // Written well, to a file that was taken away; should it come back, the line is not to be in it.
            self.usable = false;
            let _gone_anyway = self.handle.cut(self.good);
            return Err(io::ErrorKind::NotFound.into());
        }
        self.good += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(Mark::new(self.good, &bytes))
    }

    /// Takes the last `len` bytes back, which were synced but belong to a command that failed later.
    pub(super) fn retract(&mut self, line: &Line) {
        let len = u64::try_from(line.raw().len()).unwrap_or_default() + 1;
        self.good = self.good.saturating_sub(len);
        self.usable &= self.handle.cut(self.good).is_ok();
    }

    /// Whether more lines may be added.
    pub(super) fn is_usable(&self) -> bool {
        self.usable
    }
}
