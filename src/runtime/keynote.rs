//! Keynotes and tables of abbreviations in files: finding one, and reading it.

use std::{
    collections::BTreeSet,
    env,
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use crate::{
    app::msg::Listed,
    import::{
        self, Keynote, Shape,
        docx::{self, DocxError},
    },
    store::{Notebook, StoreError},
    text::{TextError, fold::fold, legacy, nfc},
};

/// How many entries of a folder are shown.
const SHOWN: usize = 200;
/// No keynote is longer in bytes; a file that is was named by mistake, or to do harm.
const LONGEST: u64 = 16 << 20;

/// The same of a DOCX, which may hold pictures.
const LARGEST_DOCX: u64 = 64 << 20;

/// How many bytes are read between two looks whether to go on.
const STEP: usize = 1 << 16;

/// Why no keynote was read.
#[derive(Debug, thiserror::Error)]
pub enum KeynoteError {
    /// The file cannot be read.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// In the system's words.
        error: io::Error,
    },
    /// It is no text.
    #[error("{path}: {error}")]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it is not.
        error: TextError,
    },
    /// It is no DOCX that can be read.
    #[error("{path}: {error}")]
    Docx {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: DocxError,
    },
    /// It is of a kind from which no keynote is read.
    #[error("{path}: {shape:?}")]
    Kind {
        /// The file.
        path: PathBuf,
        /// Its kind.
        shape: Shape,
    },
    /// It was given up on the way.
    #[error("given up")]
    GivenUp,
    /// There is nothing in it.
    #[error(transparent)]
    Empty(StoreError),
}

/// Hears how many bytes of how many were read, and says whether to go on.
pub(super) type GoesOn<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// Reads a DOCX or a text file as a keynote, as long as it `goes_on`; which it is says its content, not its name. What comes slowly is waited
/// for, since that can be given up.
///
/// # Errors
/// [`KeynoteError`]; a keynote that is read has a section.
pub fn read_keynote(path: &Path, goes_on: GoesOn<'_>) -> Result<Keynote, KeynoteError> {
    let unread = |error| KeynoteError::File { path: path.to_owned(), error };
    if path.is_dir() {
        return Err(KeynoteError::Empty(StoreError::NotChanges(path.to_owned())));
    }
    let mut file = Watched::open(path, goes_on).map_err(unread)?;
    let read = read_shaped(path, &mut file);
    let keynote = if file.given_up { Err(KeynoteError::GivenUp) } else { read }?;
    if keynote.sections.is_empty() {
        return Err(KeynoteError::Empty(StoreError::NotChanges(path.to_owned())));
    }
    Ok(keynote)
}

fn read_shaped(path: &Path, file: &mut Watched<'_>) -> Result<Keynote, KeynoteError> {
    let unread = |error| KeynoteError::File { path: path.to_owned(), error };
    let broken = |error| KeynoteError::Docx { path: path.to_owned(), error };
    let mut head = Vec::new();
    Read::by_ref(file).take(Shape::HEAD).read_to_end(&mut head).map_err(unread)?;
    match Shape::of(&head) {
        Shape::Docx if file.length > LARGEST_DOCX => Err(broken(DocxError::TooLarge)),
        Shape::Docx => {
            file.rewind().map_err(unread)?;
            docx::keynote(file).map_err(broken)
        }
        Shape::Text => {
            let mut bytes = head;
            file.take(LONGEST).read_to_end(&mut bytes).map_err(unread)?;
            if bytes.len() as u64 > LONGEST {
                return Err(unread(io::ErrorKind::FileTooLarge.into()));
            }
            Ok(import::keynote(&letters(path, &bytes)?))
        }
        shape => Err(KeynoteError::Kind { path: path.to_owned(), shape }),
    }
}

/// The text in these bytes, also one that an old font's typing has left in single bytes.
fn letters(path: &Path, bytes: &[u8]) -> Result<String, KeynoteError> {
    nfc::decode_bytes(bytes).or_else(|error| {
        let letters: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        match legacy::offer(&letters) {
            Some(_) => Ok(letters),
            None => Err(KeynoteError::NotText { path: path.to_owned(), error }),
        }
    })
}

/// A file that tells how much of it was read, and fails once it shall not go on.
struct Watched<'a> {
    file: File,
    length: u64,
    read: u64,
    goes_on: GoesOn<'a>,
    given_up: bool,
}

impl<'a> Watched<'a> {
    fn open(path: &Path, goes_on: GoesOn<'a>) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file, length, read: 0, goes_on, given_up: false })
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let longest = buffer.len().min(STEP);
        let count = self.file.read(buffer.get_mut(..longest).unwrap_or_default())?;
        let before = self.read / STEP as u64;
        self.read = self.read.saturating_add(count as u64);
        if self.read / STEP as u64 > before && !(self.goes_on)(self.read, self.length) {
            self.given_up = true;
        }
        if self.given_up { Err(io::ErrorKind::Other.into()) } else { Ok(count) }
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// What is known of a file; a folder, a device or a pipe has no keynote, and may have no end.
fn ensure_file(path: &Path) -> Result<fs::Metadata, KeynoteError> {
    let known = fs::metadata(path).map_err(|error| KeynoteError::File { path: path.to_owned(), error })?;
    if known.is_file() {
        Ok(known)
    } else {
        Err(KeynoteError::Empty(StoreError::NotChanges(path.to_owned())))
    }
}

/// Reads a text file.
///
/// # Errors
/// [`KeynoteError::File`] or [`KeynoteError::NotText`].
pub fn read_text(path: &Path) -> Result<String, KeynoteError> {
    let path = || path.to_owned();
    let unread = |error| KeynoteError::File { path: path(), error };
    if ensure_file(&path())?.len() > LONGEST {
        return Err(unread(io::ErrorKind::FileTooLarge.into()));
    }
    let bytes = fs::read(path()).map_err(unread)?;
    nfc::decode_bytes(&bytes).map_err(|error| KeynoteError::NotText { path: path(), error })
}

/// What a half-typed path may mean: of its folder the folders and files in whose name the rest is found, accents aside. `~` is the home.
/// The folder in which somebody works on a notebook goes with its file and is not listed.
pub(super) fn list(typed: &str) -> Vec<Listed> {
    let (folder, part) = typed.rsplit_once('/').map_or(("", typed), |(folder, part)| (folder, part));
    let home = env::home_dir().filter(|_| folder == "~" || folder.starts_with("~/"));
    let place = match home {
        Some(home) => home.join(folder.trim_start_matches(['~', '/'])),
        None if folder.is_empty() => PathBuf::from(if typed.starts_with('/') { "/" } else { "." }),
        None => PathBuf::from(folder),
    };
    let part = fold(part);
    let entries = fs::read_dir(place).into_iter().flatten().filter_map(Result::ok);
    let listed = |entry: fs::DirEntry| {
        let (name, path) = (entry.file_name().into_string().ok()?, entry.path());
        let wanted = !name.starts_with('.') && fold(&name).contains(&part);
        let (path, is_folder) = (path.to_str()?.to_owned(), path.is_dir());
        wanted.then_some(Listed { name, path, is_folder })
    };
    let mut found: Vec<Listed> = entries.filter_map(listed).collect();
    let of_notebooks: BTreeSet<PathBuf> =
        found.iter().map(|listed| Notebook::folder(Path::new(&listed.path))).collect();
    found.retain(|listed| !listed.is_folder || !of_notebooks.contains(Path::new(&listed.path)));
    found.sort_by_cached_key(|listed| (!listed.is_folder, fold(&listed.name)));
    found.truncate(SHOWN);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_typed_path_lists_what_it_may_mean() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["đề dẫn.txt", "Báo cáo.md", ".ẩn.txt"] {
            fs::write(folder.path().join(name), "một").unwrap();
        }
        for name in ["quý 1", "Báo cáo.md-data"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let names = |part: &str| {
            let typed = format!("{}/{part}", folder.path().display());
            list(&typed).into_iter().map(|listed| listed.name).collect::<Vec<_>>()
        };
        assert_eq!(names(""), ["quý 1", "Báo cáo.md", "đề dẫn.txt"]);
        assert_eq!(names("de d"), ["đề dẫn.txt"]);
        assert_eq!(names("quý 1/"), Vec::<String>::new());
        assert_eq!(list("/không/có/").len(), 0);
        assert!(list("/").iter().any(|listed| listed.path == "/tmp" && listed.is_folder));
    }
}
