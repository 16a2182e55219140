//! What an office puts in place of the program's own: its profiles of layout and its DOCX with styles, as they stand in its files.

use std::{collections::BTreeMap, fs, io, path::Path};

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
        let told = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        found.insert(name, fs::read_to_string(&path).map_err(told)?);
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
    let told = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Ok(meta) if meta.len() > MOST => Err(told(io::ErrorKind::FileTooLarge.into())),
        _ => fs::read(&path).map(Some).map_err(told),
    }
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
}
