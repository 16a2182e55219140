//! A stick: finding it, and copying the papers of a session and a backup to it.
//!
//! Each copy is a folder of its own. It is written under a hidden name and gets its own when everything is in it and on the medium, so that
//! whatever happens there is all of it or nothing. The backup is read from the logs beside the writer, which goes on meanwhile.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};

use super::papers::Papers;
use crate::{
    app::msg::Stick,
    document::Depth,
    domain::board::Board,
    export::{ExportError, Progress},
    store::{Backups, StoreError},
    text::nfc,
};

/// The backup's name on a stick.
pub(super) const BACKUP: &str = "sao-luu.hoinghi";

/// Where systems put what is plugged in.
const PLACES: [&str; 3] = ["/media/", "/run/media/", "/Volumes/"];

/// How many copies of one minute have names.
const NAMES: u32 = 100;

/// Of ten parts of the work those that papers are.
const PAPERS: u64 = 8;

/// The sticks that are plugged in and take writes; none if the system does not say.
pub(super) fn plugged_in() -> Option<Vec<Stick>> {
    let table = table()?;
    let sticks = mounted(&table).into_iter().filter(|path| path.is_dir());
    let stick = |path: PathBuf| {
        let name = nfc::clean_line(&path.file_name()?.to_string_lossy());
        Some(Stick { name, path: path.to_str()?.to_owned() })
    };
    Some(sticks.filter_map(stick).collect())
}

/// What is mounted, as the system tells it.
fn table() -> Option<String> {
    let text = if cfg!(target_os = "linux") {
        fs::read("/proc/mounts").ok()
    } else if cfg!(unix) {
        let asked = std::process::Command::new("/sbin/mount").stdin(std::process::Stdio::null()).output();
        asked.ok().map(|told| told.stdout)
    } else {
        None
    };
    text.map(|text| String::from_utf8_lossy(&text).into_owned())
}

/// Where removable disks are mounted that take writes, by the text of `/proc/mounts` or of what `mount` says on other systems. What lies over
/// another mount hides it.
fn mounted(table: &str) -> Vec<PathBuf> {
    let mounts = table.lines().filter_map(|line| on_linux(line).or_else(|| elsewhere(line)));
    let mounts: BTreeMap<String, bool> = mounts.collect();
    let removable =
        |place: &str| PLACES.iter().any(|begin| place.len() > begin.len() && place.starts_with(begin));
    let found = mounts.into_iter().filter(|(place, takes_writes)| *takes_writes && removable(place));
    found.map(|(place, _)| PathBuf::from(place)).collect()
}

/// `/dev/sdb1 /media/lan/STICK vfat rw,nosuid 0 0`: where, and whether it is a disk that takes writes.
fn on_linux(line: &str) -> Option<(String, bool)> {
    let mut words = line.split(' ');
    let (device, place, _kind, options) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let place = unescaped(place);
    let takes_writes = options.split(',').any(|option| option == "rw");
    place.starts_with('/').then_some((place, takes_writes && is_disk(device)))
}

/// `/dev/disk2s1 on /Volumes/STICK (msdos, local, nodev)`: the same.
fn elsewhere(line: &str) -> Option<(String, bool)> {
    let (device, rest) = line.split_once(" on ")?;
    let (place, options) = rest.rsplit_once(" (")?;
    let read_only = options.trim_end_matches(')').split(", ").any(|option| option == "read-only");
    Some((place.to_owned(), !read_only && is_disk(device)))
}

/// Not another computer, nor what a program shows as a folder.
fn is_disk(device: &str) -> bool {
    device.starts_with("/dev/")
}

/// A path of `/proc/mounts`, where blanks and the like are written as three octal digits.
fn unescaped(path: &str) -> String {
    let mut pieces = path.split('\\');
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let sign = piece.split_at_checked(3).and_then(|(digits, rest)| {
            Some((u8::from_str_radix(digits, 8).ok().filter(u8::is_ascii)?, rest))
        });
        if let Some((byte, rest)) = sign {
            whole.push(char::from(byte));
            whole.push_str(rest);
        } else {
            whole.push('\\');
            whole.push_str(piece);
        }
    }
    whole
}

/// What is copied.
pub(super) struct Luggage {
    /// By what papers are written.
    pub(super) papers: Papers,
    /// What writes the backup.
    pub(super) backups: Backups,
    /// The session.
    pub(super) board: Arc<Board>,
    /// What the names of its papers begin with.
    pub(super) stem: String,
    /// When.
    pub(super) at: DateTime<FixedOffset>,
}

/// What is on a stick now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Copied {
    /// The folder of this copy.
    pub(super) folder: PathBuf,
    /// How many papers.
    pub(super) papers: usize,
    /// How many changes the backup has.
    pub(super) changes: u64,
    /// How many places have to be filled in.
    pub(super) missing: usize,
    /// How many lines are off the record and were left out.
    pub(super) withheld: usize,
}

/// Why nothing was copied.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum StickError {
    /// It was given up on the way.
    GivenUp,
    /// The stick is not there any more, or does not keep what is written.
    Gone,
    /// It is full.
    Full,
    /// It takes no writes.
    ReadOnly,
    /// The papers could not be made, wherever to.
    Papers(ExportError),
    /// The logs could not be read.
    Backup(StoreError),
}

impl From<io::ErrorKind> for StickError {
    fn from(kind: io::ErrorKind) -> Self {
        match kind {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Gone,
        }
    }
}

impl From<io::Error> for StickError {
    fn from(error: io::Error) -> Self {
        tracing::warn!("stick: {error}");
        error.kind().into()
    }
}

impl From<ExportError> for StickError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::GivenUp => Self::GivenUp,
            ExportError::Write { kind, .. } => {
                tracing::warn!("stick: {error}");
                kind.into()
            }
            other => Self::Papers(other),
        }
    }
}

/// Hears how much of how much is done, and says whether to go on.
type GoesOn<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

impl Luggage {
    /// Copies to a stick, into a folder of its own there.
    pub(super) fn copy(&self, stick: &Path, goes_on: GoesOn<'_>) -> Result<Copied, StickError> {
        let name = format!("hoinghi_{}_{}", self.stem, self.at.format("%Y-%m-%d_%H%M"));
        let copied = begin(stick, &name).and_then(|(part, folder)| {
            let copied = or_remove(&part, || {
                let copied = self.pack(&part, goes_on)?;
                fs::rename(&part, &folder)?;
                Ok(copied)
            })?;
            or_remove(&folder, || Ok(sync(stick)?))?;
            Ok(Copied { folder, ..copied })
        });
        // A place where nothing is mounted any more may not be written to.
        let is_there = copied.is_ok() || stick.is_dir();
        copied.map_err(
            |error| if error == StickError::ReadOnly && !is_there { StickError::Gone } else { error },
        )
    }

    /// Writes everything into a folder.
    fn pack(&self, part: &Path, goes_on: GoesOn<'_>) -> Result<Copied, StickError> {
        let what = (self.stem.clone(), Depth::Full);
        let (rendered, written) =
            self.papers.write_into(part, &self.board, what, &mut |Progress { done, total }| {
                goes_on(done * PAPERS, total * 10)
            })?;
        let mut further = |done: u64, total: u64| goes_on(total * PAPERS + done * (10 - PAPERS), total * 10);
        let changes =
            self.backups.write(&part.join(BACKUP), &mut further).map_err(|error| of_store(error, part))?;
        Ok(Copied {
            folder: part.to_owned(),
            papers: written.len(),
            changes,
            missing: rendered.missing.len(),
            withheld: rendered.withheld,
        })
    }
}

/// An error of the backup: of the stick, or of what is copied.
fn of_store(error: StoreError, part: &Path) -> StickError {
    let (path, kind) = match &error {
        StoreError::GivenUp => return StickError::GivenUp,
        StoreError::DiskFull(path) => (path, io::ErrorKind::StorageFull),
        StoreError::ReadOnly(path) => (path, io::ErrorKind::ReadOnlyFilesystem),
        StoreError::BackupUnverified(path) => (path, io::ErrorKind::InvalidData),
        StoreError::Io { path, kind, .. } => (path, *kind),
        _ => return StickError::Backup(error),
    };
    if path.starts_with(part) {
        tracing::warn!("stick: {error}");
        kind.into()
    } else {
        StickError::Backup(error)
    }
}

/// Does something to a folder that was made for it; if it fails, the folder goes, with all that is in it.
fn or_remove<T>(folder: &Path, deed: impl FnOnce() -> Result<T, StickError>) -> Result<T, StickError> {
    let done = deed();
    if done.is_err() {
        drop(fs::remove_dir_all(folder));
    }
    done
}

/// Makes the hidden folder of a copy; it, and the name that it gets. No name is taken that is there.
fn begin(stick: &Path, name: &str) -> Result<(PathBuf, PathBuf), StickError> {
    let numbered = (2..NAMES).map(|number| format!("{name}_{number}"));
    for name in std::iter::once(name.to_owned()).chain(numbered) {
        let (part, folder) = (stick.join(format!(".{name}.part")), stick.join(&name));
        if folder.exists() {
            continue;
        }
        // Nothing above it is made: where a stick was pulled out there is none any more.
        match fs::create_dir(&part) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return Ok(made.map(|()| (part, folder))?),
        }
    }
    Err(StickError::Full)
}

/// Brings a folder's list of files to the medium, where the system can.
fn sync(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

#[cfg(test)]
mod tests;
