//! Where things stand in a data folder, and what makes a folder ours.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use serde::{Deserialize, Serialize};

use super::{
    error::{About as _, StoreError},
    files,
    line::Line,
    log::{self, Found},
    obstacle::{self, Shape},
};
use crate::domain::ids::{OriginId, ScopeId};

/// The folder's format that this program makes.
const FORMAT: u32 = 1;
const MARKER: &str = "hoinghi.json";
/// Names that may stand in a folder whose making was interrupted.
const OURS: [&str; 4] = ["hoinghi.new", "lock", "holder", "holder.new"];
/// How many bytes at a file's end its mark covers.
const MARKED: u64 = 128;

#[derive(Serialize, Deserialize)]
struct Marker {
    format: String,
    version: u32,
}

/// How far a file goes and how it ends: two files with the same mark are taken to be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) len: u64,
    end: String,
}

impl Mark {
    /// The mark of a file of that length that ends with these bytes.
    pub(super) fn new(len: u64, end: &[u8]) -> Self {
        let covered = usize::try_from(MARKED.min(len)).unwrap_or_default();
        let end = end.get(end.len().saturating_sub(covered)..).unwrap_or_default();
        Self { len, end: blake3::hash(end).to_hex().to_string() }
    }
}

/// One log file of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(super) struct FileId {
    pub(super) private: bool,
    pub(super) origin: OriginId,
}

impl From<FileId> for String {
    fn from(id: FileId) -> Self {
        format!("{}{}", if id.private { "private/" } else { "" }, id.origin)
    }
}

impl TryFrom<String> for FileId {
    type Error = crate::domain::ids::BadId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let shared = text.strip_prefix("private/");
        Ok(Self { private: shared.is_some(), origin: shared.unwrap_or(&text).parse()? })
    }
}

/// The marks of all log files of a scope.
pub(super) type Marks = BTreeMap<FileId, Mark>;

/// A data folder.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    root: PathBuf,
    parsed: Arc<AtomicU64>,
}

impl Folder {
    /// The folder at a path, whatever is there.
    pub(super) fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), parsed: Arc::default() }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    pub(super) fn holder(&self) -> PathBuf {
        self.root.join("holder")
    }

    /// There after a clean close only.
    pub(super) fn clean(&self) -> PathBuf {
        self.root.join("clean")
    }

    /// Given up when the disk is full.
    pub(super) fn reserve(&self) -> PathBuf {
        self.root.join("reserve")
    }

    /// Where the slow look behind has got to.
    pub(super) fn scrub(&self) -> PathBuf {
        self.root.join("scrub")
    }

    /// There while something is being erased: the wish.
    pub(super) fn erasing(&self) -> PathBuf {
        self.root.join("erasing")
    }

    /// How far each log had come when that was written down last.
    pub(super) fn reach(&self) -> PathBuf {
        self.root.join("reach")
    }

    pub(super) fn quarantine(&self) -> PathBuf {
        self.root.join("quarantine")
    }

    pub(super) fn drafts(&self) -> PathBuf {
        self.root.join("drafts")
    }

    /// The draft files that hold something.
    pub(super) fn kept_drafts(&self) -> BTreeSet<String> {
        let holds = |name: &String| self.drafts().join(name).metadata().is_ok_and(|file| file.len() > 0);
        names(&self.drafts(), Shape::File)
            .filter(|name| name.strip_suffix(".draft").is_some())
            .filter(holds)
            .collect()
    }

    pub(super) fn database(&self, number: u32) -> PathBuf {
        self.root.join("db").join(format!("{number:06}"))
    }

    /// The numbers of the databases there are, the newest last.
    pub(super) fn databases(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> =
            names(&self.root.join("db"), Shape::Folder).filter_map(|name| name.parse().ok()).collect();
        numbers.sort_unstable();
        numbers
    }

    pub(super) fn log(&self, scope: ScopeId, file: FileId) -> PathBuf {
        self.logs(file.private).join(scope.to_string()).join(format!("{}.jsonl", file.origin))
    }

    fn logs(&self, private: bool) -> PathBuf {
        self.root.join(if private { "private" } else { "log" })
    }

    /// The scopes that have a log, in order.
    pub(super) fn scopes(&self) -> BTreeSet<ScopeId> {
        let folders = [false, true].map(|private| self.logs(private));
        folders
            .iter()
            .flat_map(|folder| names(folder, Shape::Folder))
            .filter_map(|name| name.parse().ok())
            .collect()
    }

    /// The log files of a scope, shared ones first.
    pub(super) fn files(&self, scope: ScopeId) -> Vec<FileId> {
        let mut found = Vec::new();
        for private in [false, true] {
            let names = names(&self.logs(private).join(scope.to_string()), Shape::File);
            let origins = names.filter_map(|name| name.strip_suffix(".jsonl")?.parse().ok());
            found.extend(origins.map(|origin| FileId { private, origin }));
        }
        found.sort_unstable();
        found
    }

    /// Where each log file of a scope ends.
    pub(super) fn marks(&self, scope: ScopeId) -> Result<Marks, StoreError> {
        let marked = self.files(scope).into_iter().map(|file| {
            let path = self.log(scope, file);
            Ok((file, mark(&path).about(&path)?))
        });
        marked.collect()
    }

    /// Visits the lines of a log file, at most its first `upto` bytes, with their offsets.
    pub(super) fn read(
        &self,
        scope: ScopeId,
        file: FileId,
        upto: u64,
        mut visit: impl FnMut(u64, Found),
    ) -> Result<(), StoreError> {
        let path = self.log(scope, file);
        let source = fs::File::open(&path).about(&path)?.take(upto);
        let counted = |offset, found| {
            self.parsed.fetch_add(1, Ordering::Relaxed);
            match found {
                Found::Line(line) => visit(offset, Found::Line(line.stored_as(file.private))),
                other => visit(offset, other),
            }
        };
        log::read(io::BufReader::new(source), counted).about(&path)
    }

    /// All lines of a scope's log as they stand there; off-record bodies only if asked for.
    pub(super) fn lines(&self, scope: ScopeId, private: bool) -> Result<Vec<Line>, StoreError> {
        let mut lines: BTreeMap<_, Line> = BTreeMap::new();
        for (file, mark) in self.marks(scope)? {
            if file.private && !private {
                continue;
            }
            self.read(scope, file, mark.len, |_, found| {
                let Found::Line(line) = found else { return };
                if line.change.header.scope == scope && (private || !line.private) {
                    lines.insert((line.private, line.change.order()), line);
                }
            })?;
        }
        Ok(lines.into_values().collect())
    }

    /// How many log lines have been parsed since the folder was opened.
    pub(super) fn lines_parsed(&self) -> u64 {
        self.parsed.load(Ordering::Relaxed)
    }

    /// Cuts a half line off a log file's end and keeps it aside; says at which offset.
    pub(super) fn cut_torn(&self, scope: ScopeId, file: FileId) -> Result<Option<u64>, StoreError> {
        let path = self.log(scope, file);
        let Some(good) = torn_end(&path).about(&path)? else { return Ok(None) };
        let aside = self.quarantine().join(format!("{scope}-{}-{good}", file.origin));
        keep_end(&path, good, &aside).about(&aside)?;
        let log = fs::File::options().write(true).open(&path).about(&path)?;
        log.set_len(good).and_then(|()| log.sync_all()).about(&path)?;
        Ok(Some(good))
    }

    /// Whether the folder is ours and of a format that we know.
    ///
    /// `Ok(false)` means that it is missing or empty and may be made into one.
    pub(super) fn recognise(&self) -> Result<bool, StoreError> {
        if self.root.exists() && !self.root.is_dir() {
            return Err(StoreError::Foreign(self.root.clone()));
        }
        let marker = self.root.join(MARKER);
        let text = match obstacle::read(&marker) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return self.is_fresh(),
            Err(error) => return Err(StoreError::io(&marker, &error)),
        };
        let parsed: Result<Marker, _> = serde_json::from_slice(&text);
        match parsed {
            Ok(found) if found.format != "hoinghi" => Err(StoreError::Foreign(self.root.clone())),
            Ok(found) if found.version > FORMAT => {
                Err(StoreError::Newer { path: self.root.clone(), version: found.version })
            }
            Ok(_) => Ok(true),
            Err(_unreadable) => Err(StoreError::Damaged(marker)),
        }
    }

    fn is_fresh(&self) -> Result<bool, StoreError> {
        if !self.root.exists() {
            return Ok(false);
        }
        let mut entries = fs::read_dir(&self.root).about(&self.root)?.flatten();
        let foreign = entries.any(|entry| !OURS.iter().any(|name| entry.file_name() == *name));
        if !foreign {
            return Ok(false);
        }
        let damaged = self.root.join("log").is_dir();
        Err(if damaged {
            StoreError::Damaged(self.root.join(MARKER))
        } else {
            StoreError::Foreign(self.root.clone())
        })
    }

    /// Whether it is still where it was.
    pub(super) fn is_there(&self) -> bool {
        self.root.join(MARKER).exists()
    }

    /// Makes the folder ours.
    pub(super) fn make(&self) -> Result<(), StoreError> {
        let marker = self.root.join(MARKER);
        self.clear_file(&marker)?;
        let content = serde_json::json!(Marker { format: "hoinghi".to_owned(), version: FORMAT });
        files::replace(&marker, content.to_string().as_bytes(), false).about(&self.root)
    }
}

fn names(folder: &Path, shape: Shape) -> impl Iterator<Item = String> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(move |entry| shape.is_of(entry)).filter_map(|entry| entry.file_name().into_string().ok())
}

fn mark(path: &Path) -> io::Result<Mark> {
    let mut file = fs::File::open(path)?;
    let len = file.metadata()?.len();
    file.seek(SeekFrom::Start(len.saturating_sub(MARKED)))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    Ok(Mark::new(len, &end))
}

/// The offset of a half line at a file's end. What it holds may be longer than memory.
fn torn_end(path: &Path) -> io::Result<Option<u64>> {
    const STEP: u64 = 64 << 10;
    let mut file = fs::File::open(path)?;
    let len = file.metadata()?.len();
    let mut from = len;
    let mut bytes = Vec::new();
    while from > 0 {
        let upto = from;
        from = upto.saturating_sub(STEP);
        file.seek(SeekFrom::Start(from))?;
        bytes.clear();
        file.by_ref().take(upto - from).read_to_end(&mut bytes)?;
        if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
            from += u64::try_from(end).unwrap_or_default() + 1;
            break;
        }
    }
    Ok((from < len).then_some(from))
}

/// Copies the end of a file into one that only its owner may read.
fn keep_end(path: &Path, from: u64, aside: &Path) -> io::Result<()> {
    files::replace(aside, b"", true)?;
    let mut source = fs::File::open(path)?;
    source.seek(SeekFrom::Start(from))?;
    let mut kept = fs::File::options().append(true).open(aside)?;
    io::copy(&mut source, &mut kept)?;
    kept.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_line_is_found_and_kept_however_long_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let [log, aside] = ["log", "aside"].map(|name| folder.path().join(name));
        for (whole, half) in
            [(0, 0), (3, 0), (0, 7), (3, 7), (65_536, 1), (9, 65_536), (70_000, 200_000), (1, 65_535)]
        {
            let line = |len: usize| "x".repeat(len);
            let begin = if whole > 0 { line(whole - 1) + "\n" } else { String::new() };
            fs::write(&log, format!("{begin}{}", line(half))).unwrap();
            let found = torn_end(&log).unwrap();
            assert_eq!(found, (half > 0).then_some(whole.try_into().unwrap()), "{whole} {half}");
            if let Some(from) = found {
                keep_end(&log, from, &aside).unwrap();
                assert_eq!(fs::read_to_string(&aside).unwrap(), line(half));
            }
        }
    }
}
