//! What an office puts in place of the program's own: its profiles of layout, its DOCX with styles and its fonts, as they stand in its files.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

/// The profiles in `profiles/` of a configuration folder by name, without `.toml`; a folder that is not there has none.
///
/// # Errors
/// The first file that cannot be read, in the system's words.
pub fn profiles(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let entries = match fs::read_dir(folder.join("profiles")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).map(str::to_owned);
        let Some(name) = name.filter(|_| path.extension().is_some_and(|ending| ending == "toml")) else {
            continue;
        };
        found.insert(name, fs::read_to_string(&path).map_err(|error| named(&path, &error))?);
    }
    Ok(found)
}

/// The office's own DOCX, `templates/styles.docx`, whose styles papers shall have; `None` if there is none.
///
/// # Errors
/// The file cannot be read, or is larger than a file of styles can be.
pub fn styles(folder: &Path) -> io::Result<Option<Vec<u8>>> {
    const MOST: u64 = 16 << 20;
    let path = folder.join("templates").join("styles.docx");
    match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Ok(meta) if meta.len() > MOST => Err(named(&path, &io::ErrorKind::FileTooLarge.into())),
        _ => fs::read(&path).map(Some).map_err(|error| named(&path, &error)),
    }
}

/// The office's own fonts for PDF, in `fonts/` of the configuration folder, in the order of their names; a folder that is not there has
/// none.
///
/// # Errors
/// The first file that cannot be read, or is larger than a font is.
pub fn fonts(folder: &Path) -> io::Result<Vec<Vec<u8>>> {
    const MOST: u64 = 32 << 20;
    let entries = match fs::read_dir(folder.join("fonts")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<BTreeSet<_>>>()?;
    let is_font = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        ["ttf", "otf", "ttc"].contains(&ending.to_ascii_lowercase().as_str())
    };
    let read = |path: PathBuf| match fs::metadata(&path) {
        Ok(meta) if meta.len() > MOST => Err(named(&path, &io::ErrorKind::FileTooLarge.into())),
        _ => fs::read(&path).map_err(|error| named(&path, &error)),
    };
    paths.into_iter().filter(is_font).map(read).collect()
}

/// An error with the file that it is about.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_read_and_what_cannot_be_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(profiles(folder.path()).unwrap().is_empty());
        let inner = folder.path().join("profiles");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("a.toml"), "font = \"x\"").unwrap();
        fs::write(inner.join("a.toml~"), "rest").unwrap();
        assert_eq!(profiles(folder.path()).unwrap(), BTreeMap::from([("a".into(), "font = \"x\"".into())]));
        fs::write(inner.join("b.toml"), b"\xFF").unwrap();
        assert!(profiles(folder.path()).unwrap_err().to_string().contains("b.toml"));
    }

    #[test]
    fn fonts_are_read_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        assert!(fonts(folder.path()).unwrap().is_empty());
        let inner = folder.path().join("fonts");
        fs::create_dir(&inner).unwrap();
        for (name, bytes) in [("timesbd.TTF", "b"), ("times.ttf", "a"), ("README.txt", "none")] {
            fs::write(inner.join(name), bytes).unwrap();
        }
        assert_eq!(fonts(folder.path()).unwrap(), [b"a", b"b"]);
        fs::create_dir(inner.join("x.otf")).unwrap();
        assert!(fonts(folder.path()).unwrap_err().to_string().contains("x.otf"));
    }
}
