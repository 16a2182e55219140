//! The person's own abbreviations: a file in the form of `UniKey`'s table, so that one can be copied there.

use std::{collections::BTreeMap, fs, io, path::Path};

use crate::text::{
    nfc,
    shorthand::{self, TableFile},
};

/// Its name.
const FILE: &str = "abbreviations.txt";

/// Reads the person's own abbreviations; a file that is not there holds none.
///
/// # Errors
/// What the system says; [`io::ErrorKind::InvalidData`] if it is no text.
pub fn read_abbreviations(folder: &Path) -> io::Result<TableFile> {
    let bytes = match fs::read(folder.join(FILE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(TableFile::default()),
        read => read?,
    };
    let text =
        nfc::decode_bytes(&bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(shorthand::parse(&text))
}

/// Keeps the person's own abbreviations instead of those that were there.
///
/// # Errors
/// What the system says; the file is as it was.
pub fn keep_abbreviations(folder: &Path, table: &BTreeMap<String, String>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let beside = folder.join("abbreviations.txt.new");
    fs::write(&beside, shorthand::print(table))?;
    fs::rename(beside, folder.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read_abbreviations(folder.path()).unwrap(), TableFile::default());
        let table = BTreeMap::from([("đv".into(), "đơn vị".into())]);
        let own = folder.path().join("cấu hình");
        keep_abbreviations(&own, &table).unwrap();
        assert_eq!(read_abbreviations(&own).unwrap().entries, table);
        fs::write(own.join(FILE), b"\xff\xfe\x00").unwrap();
        assert!(read_abbreviations(&own).is_err());
    }
}
