//! The host's key: by it a client knows the computer again.
//!
//! It is made at the first opening and stays. A file that is damaged, or that others on this computer can read, is never replaced unasked:
//! to clients a new key looks like an attack.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use russh::keys::{
    HashAlg, PrivateKey,
    ssh_key::{LineEnding, private::Ed25519Keypair},
};

/// What is kept of the door, below the data folder.
const FOLDER: &str = "door";
const FILE: &str = "host_key";

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeyError {
    /// It is no key.
    #[error("{0} is damaged")]
    Damaged(PathBuf),
    /// Others may read it.
    #[error("others can read {0}")]
    Readable(PathBuf),
    /// It cannot be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
}

/// The folder with what is kept of the door.
pub(super) fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

/// The key of a data folder; made if there is none.
///
/// # Errors
/// [`KeyError`].
pub(super) fn load(data: &Path) -> Result<PrivateKey, KeyError> {
    let path = folder(data).join(FILE);
    match fs::read_to_string(&path) {
        Ok(text) => read(&path, &text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(&path),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(KeyError::Damaged(path)),
        Err(error) => Err(KeyError::File(path, error)),
    }
}

fn read(path: &Path, text: &str) -> Result<PrivateKey, KeyError> {
    if !is_private(path).map_err(|error| KeyError::File(path.into(), error))? {
        return Err(KeyError::Readable(path.into()));
    }
    let key = PrivateKey::from_openssh(text).ok().filter(|key| key.key_data().ed25519().is_some());
    key.ok_or_else(|| KeyError::Damaged(path.into()))
}

#[cfg(unix)]
fn is_private(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let others = fs::metadata(path)?.mode() & 0o077;
    Ok(others == 0)
}

/// The folder of a person is private there.
#[cfg(not(unix))]
fn is_private(_: &Path) -> io::Result<bool> {
    Ok(true)
}

fn make(path: &Path) -> Result<PrivateKey, KeyError> {
    let failed = |error: io::Error| KeyError::File(path.into(), error);
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| failed(io::Error::other(error)))?;
    let key = PrivateKey::from(Ed25519Keypair::from_seed(&seed));
    let text = key.to_openssh(LineEnding::LF).map_err(|error| failed(io::Error::other(error)))?;
    write_own(path, text.as_bytes()).map_err(failed)?;
    Ok(key)
}

/// Writes a file that only its owner may read, whole or not at all.
pub(super) fn write_own(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut folder = DirBuilder::new();
    let mut file = OpenOptions::new();
    file.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        folder.mode(0o700);
        file.mode(0o600);
    }
    folder.recursive(true).create(path.parent().unwrap_or(path))?;
    let beside = path.with_extension("new");
    drop(fs::remove_file(&beside));
    let mut written = file.open(&beside)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    fs::rename(&beside, path)
}

/// By what a client shows the key.
pub(super) fn fingerprint(key: &PrivateKey) -> String {
    key.public_key().fingerprint(HashAlg::Sha256).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_and_stays() {
        let data = tempfile::tempdir().unwrap();
        let key = load(data.path()).unwrap();
        assert_eq!(fingerprint(&load(data.path()).unwrap()), fingerprint(&key));
        assert!(fingerprint(&key).starts_with("SHA256:"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let path = folder(data.path()).join(FILE);
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            assert!(matches!(load(data.path()), Err(KeyError::Readable(_))));
        }
    }

    #[test]
    fn a_damaged_key_is_told_and_left_alone() {
        let data = tempfile::tempdir().unwrap();
        load(data.path()).unwrap();
        let path = folder(data.path()).join(FILE);
        let whole = fs::read(&path).unwrap();
        for damaged in [&whole[..whole.len() / 2], b"", &[0xff; 40]] {
            fs::write(&path, damaged).unwrap();
            assert!(matches!(load(data.path()), Err(KeyError::Damaged(_))));
            assert_eq!(fs::read(&path).unwrap(), damaged);
        }
    }
}
