//! What stands in a place of ours and is no file or folder as it should be: a folder, a pipe, a link that leads nowhere.
//!
//! To open a pipe would wait for ever, and where a folder lies no file can be made. So an obstacle counts as if nothing stood there, and
//! an opening for writing puts it into `quarantine/` first, as it is. What should have stood there is then asked of the other copy.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    error::{About as _, StoreError},
    files,
    folder::Folder,
};
use crate::domain::ids::ScopeId;

/// What should stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    File,
    Folder,
}

impl Shape {
    fn fits(self, found: &fs::Metadata) -> bool {
        match self {
            Self::File => found.is_file(),
            Self::Folder => found.is_dir(),
        }
    }

    /// Whether something else stands there.
    pub(super) fn is_obstructed(self, path: &Path) -> bool {
        match path.metadata() {
            Ok(found) => !self.fits(&found),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => false,
            Err(_nowhere) => path.symlink_metadata().is_ok(),
        }
    }

    /// The same for an entry of a folder, whose kind is mostly known without another look.
    pub(super) fn is_of(self, entry: &fs::DirEntry) -> bool {
        match entry.file_type() {
            Ok(kind) if kind.is_symlink() => entry.path().metadata().is_ok_and(|found| self.fits(&found)),
            Ok(kind) => {
                if self == Self::File {
                    kind.is_file()
                } else {
                    kind.is_dir()
                }
            }
            Err(_gone) => false,
        }
    }
}

/// What stands in a file; an obstacle is as good as nothing.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if Shape::File.is_obstructed(path) {
        return Err(io::ErrorKind::NotFound.into());
    }
    let in_none = || path.parent().is_some_and(|folder| Shape::Folder.is_obstructed(folder));
    fs::read(path).map_err(|error| if in_none() { io::ErrorKind::NotFound.into() } else { error })
}

impl Folder {
    /// What stands in the way of files and folders right in the folder, and of drafts.
    pub(super) fn obstacles_near(&self) -> Vec<PathBuf> {
        let root = |name: &str| self.root().join(name);
        let folders = ["quarantine", "log", "private", "drafts", "db"];
        let files = [self.clean(), self.reserve(), self.scrub(), self.erasing(), self.reach()];
        let mut found: Vec<PathBuf> =
            folders.map(root).into_iter().filter(|path| Shape::Folder.is_obstructed(path)).collect();
        found.extend(files.into_iter().filter(|path| Shape::File.is_obstructed(path)));
        found.extend(others(&self.drafts(), Shape::File, |name| name.strip_suffix(".draft").is_some()));
        found
    }

    /// The same in the whole folder.
    pub(super) fn obstacles(&self) -> Vec<PathBuf> {
        let mut found = self.obstacles_near();
        for logs in ["log", "private"].map(|logs| self.root().join(logs)) {
            found.extend(others(&logs, Shape::Folder, |name| name.parse::<ScopeId>().is_ok()));
            for scope in entries(&logs).filter(|scope| Shape::Folder.is_of(scope)) {
                found
                    .extend(others(&scope.path(), Shape::File, |name| name.strip_suffix(".jsonl").is_some()));
            }
        }
        found.extend(others(&self.root().join("db"), Shape::Folder, |name| name.parse::<u32>().is_ok()));
        for number in self.databases() {
            found.extend(in_database(&self.database(number)));
        }
        found
    }

    /// Puts what obstructs into `quarantine/`; says by its path in the folder what that was.
    pub(super) fn clear(&self, obstacles: &[PathBuf]) -> Result<Vec<String>, StoreError> {
        obstacles.iter().map(|path| self.put_aside(path).about(path)).collect()
    }

    /// Clears one place, if something stands there that is no file.
    pub(super) fn clear_file(&self, path: &Path) -> Result<(), StoreError> {
        if Shape::File.is_obstructed(path) {
            self.put_aside(path).about(path)?;
        }
        Ok(())
    }

    fn put_aside(&self, path: &Path) -> io::Result<String> {
        let quarantine = self.quarantine();
        let here = if path == quarantine { self.root() } else { &quarantine };
        files::own(here)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let targets = (1..).map(|number: u32| here.join(format!("{name}.{number}")));
        let target =
            targets.into_iter().find(|target| target.symlink_metadata().is_err()).unwrap_or_default();
        fs::rename(path, target)?;
        files::sync_folder(path.parent().unwrap_or(here))?;
        let shown = self.shown(path);
        tracing::warn!("{shown} stood in the way");
        Ok(shown)
    }

    /// A path as it is told: in the folder.
    pub(super) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.root()).unwrap_or(path).display().to_string()
    }
}

/// What obstructs sled in a folder of its own.
pub(super) fn in_database(folder: &Path) -> Vec<PathBuf> {
    let mut found = others(folder, Shape::File, |name| name != "blobs");
    found.extend(others(folder, Shape::Folder, |name| name == "blobs"));
    found
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

/// The entries of a folder with such names that are of another shape.
fn others(folder: &Path, shape: Shape, names: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let is_ours = |entry: &fs::DirEntry| entry.file_name().to_str().is_some_and(&names);
    entries(folder).filter(|entry| is_ours(entry) && !shape.is_of(entry)).map(|entry| entry.path()).collect()
}
