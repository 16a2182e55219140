//! Writing files so that none is lost: a temporary name, a sync, a rename; a file that cannot be replaced is left alone.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{ExportError, File};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it is now.
    pub path: PathBuf,
    /// The name it should have had, if that file is held open elsewhere.
    pub instead_of: Option<String>,
}

/// How many other names are tried for a file that is held open.
const NAMES: u32 = 100;

/// Files on their way into a folder: under temporary names until all of them are complete, so that a set that is given up or does
/// not fit on the disk leaves the folder as it was.
#[derive(Debug)]
pub struct Batch {
    folder: PathBuf,
    /// Whether only their owner may read the files, where the system knows owners.
    private: bool,
    /// Names, and where their contents stand meanwhile.
    waiting: Vec<(String, PathBuf)>,
    /// The folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
}

impl Batch {
    /// Begins a set of files; the folder is made if missing.
    ///
    /// # Errors
    /// [`ExportError::Write`] if the folder cannot be made.
    pub fn new(folder: &Path, private: bool) -> Result<Self, ExportError> {
        let made = folder.ancestors().take_while(|place| !place.as_os_str().is_empty() && !place.exists());
        let made = made.map(Path::to_owned).collect();
        fs::create_dir_all(folder).map_err(|error| write_error(folder, &error))?;
        Ok(Self { folder: folder.to_owned(), private, waiting: Vec::new(), made })
    }

    /// Takes a file.
    ///
    /// # Errors
    /// [`ExportError::Write`] if it cannot be written under its temporary name.
    pub fn add(&mut self, file: &File) -> Result<(), ExportError> {
        let temporary = self.folder.join(format!(".{}.part", file.name));
        self.waiting.push((file.name.clone(), temporary.clone()));
        fill(&temporary, &file.bytes, self.private)
            .map_err(|error| write_error(&self.folder.join(&file.name), &error))
    }

    /// Gives all files their names.
    ///
    /// # Errors
    /// [`ExportError::Write`] names the first file that could not be put in its place under any name; those before it were.
    pub fn finish(mut self) -> Result<Vec<Written>, ExportError> {
        self.made.clear();
        let waiting = std::mem::take(&mut self.waiting);
        let mut files = waiting.into_iter();
        let mut place = || {
            let (name, temporary) = files.next()?;
            let placed = place(&self.folder, &name, &temporary);
            if placed.is_err() {
                self.waiting = std::iter::once((name, temporary)).chain(files.by_ref()).collect();
            }
            Some(placed)
        };
        let written = std::iter::from_fn(&mut place).collect();
        sync_folder(&self.folder);
        written
    }
}

impl Drop for Batch {
    /// What did not get its name goes, and the folders that were made for it.
    fn drop(&mut self) {
        for (_, temporary) in &self.waiting {
            drop(fs::remove_file(temporary));
        }
        for folder in &self.made {
            drop(fs::remove_dir(folder));
        }
    }
}

/// Writes files into a folder, which is made if missing; `private` ones can be read by their owner only.
///
/// # Errors
/// [`ExportError::Write`] names the first file that could not be written under any name.
pub fn write_all(folder: &Path, files: &[File], private: bool) -> Result<Vec<Written>, ExportError> {
    let mut batch = Batch::new(folder, private)?;
    for file in files {
        batch.add(file)?;
    }
    batch.finish()
}

/// Gives a file its name, or another one if that name is taken by a file that may not be replaced.
fn place(folder: &Path, name: &str, temporary: &Path) -> Result<Written, ExportError> {
    let path = folder.join(name);
    if !is_held(folder, name) && fs::rename(temporary, &path).is_ok() {
        return Ok(Written { path, instead_of: None });
    }
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for path in other_names(folder, name).filter(|path| !path.exists()) {
        match fs::rename(temporary, &path) {
            Ok(()) => return Ok(Written { path, instead_of: Some(name.to_owned()) }),
            Err(error) => last = error,
        }
    }
    Err(write_error(&path, &last))
}

/// Whether a file may not be replaced: it is write-protected, or an office program has left its lock file beside it
/// (`LibreOffice`: `.~lock.name#`; Word: `~$name`, where a longer name loses its first two letters).
fn is_held(folder: &Path, name: &str) -> bool {
    let protected = fs::metadata(folder.join(name)).is_ok_and(|meta| meta.permissions().readonly());
    let shortened = name.get(2..).unwrap_or(name);
    let locks = [format!(".~lock.{name}#"), format!("~${name}"), format!("~${shortened}")];
    protected || locks.iter().any(|lock| folder.join(lock).exists())
}

/// The new name reaches the disk where the system can sync a folder; where it cannot, the file's content is safe all the same.
fn sync_folder(folder: &Path) {
    drop(fs::File::open(folder).and_then(|folder| folder.sync_all()));
}

fn fill(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    if private {
        for_owner(&file)?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

/// Lets nobody but its owner read a file, before anything is in it.
#[cfg(unix)]
fn for_owner(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn for_owner(_file: &fs::File) -> io::Result<()> {
    Ok(())
}

/// `name-2.md`, `name-3.md`, …
fn other_names(folder: &Path, name: &str) -> impl Iterator<Item = PathBuf> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    (2..NAMES).map(move |number| folder.join(format!("{stem}-{number}.{ending}")))
}

fn write_error(path: &Path, error: &io::Error) -> ExportError {
    ExportError::Write { path: path.display().to_string(), kind: error.kind(), detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> File {
        File { name: "a.md".to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn a_folder_is_made_and_a_file_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("x/y");
        write_all(&inner, &[file(b"1")], false).unwrap();
        write_all(&inner, &[file(b"2")], false).unwrap();
        assert_eq!(fs::read(inner.join("a.md")).unwrap(), b"2");
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_replaced_is_left_and_another_name_told() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a.md/held")).unwrap();
        let written = write_all(folder.path(), &[file(b"1")], false).unwrap();
        assert_eq!(written[0].path, folder.path().join("a-2.md"));
        assert_eq!(written[0].instead_of.as_deref(), Some("a.md"));
    }

    #[test]
    fn what_an_office_program_holds_open_or_somebody_protected_is_left() {
        for lock in [".~lock.a.md#", "~$a.md", "~$md"] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("a.md"), b"held").unwrap();
            fs::write(folder.path().join(lock), b"").unwrap();
            let written = write_all(folder.path(), &[file(b"1")], false).unwrap();
            assert_eq!(written[0].path, folder.path().join("a-2.md"));
            assert_eq!(fs::read(folder.path().join("a.md")).unwrap(), b"held");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, b"signed").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(
            write_all(folder.path(), &[file(b"1")], false).unwrap()[0].path,
            folder.path().join("a-2.md")
        );
        assert_eq!(fs::read(&path).unwrap(), b"signed");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_private_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), b"0").unwrap();
        write_all(folder.path(), &[file(b"1")], true).unwrap();
        let mode = fs::metadata(folder.path().join("a.md")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_set_that_is_given_up_leaves_the_folder_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("x/y"));
        write_all(&old, &[file(b"1")], false).unwrap();
        for place in [&old, &new] {
            let mut batch = Batch::new(place, false).unwrap();
            batch.add(&file(b"2")).unwrap();
            assert!(place.join(".a.md.part").exists());
        }
        assert_eq!(fs::read(old.join("a.md")).unwrap(), b"1");
        assert_eq!(fs::read_dir(&old).unwrap().count(), 1);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "folders made for it are gone too");
    }

    #[test]
    fn where_one_file_fails_those_before_it_are_there_and_no_temporary_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut batch = Batch::new(folder.path(), false).unwrap();
        for name in ["a.md", "b.md", "c.md"] {
            batch.add(&File { name: name.to_owned(), bytes: b"1".to_vec() }).unwrap();
        }
        fs::remove_file(folder.path().join(".b.md.part")).unwrap();
        let error = batch.finish().unwrap_err();
        assert!(matches!(error, ExportError::Write { path, .. } if path.ends_with("b.md")));
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["a.md"]);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), b"").unwrap();
        let error = write_all(&folder.path().join("file/x"), &[file(b"1")], false).unwrap_err();
        assert!(matches!(error, ExportError::Write { path, .. } if path.ends_with("file/x")));
    }
}
