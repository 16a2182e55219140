//! One writer a folder. The lock prevents accidents; that two copies of a folder can be united is the log's doing.

use std::{
    fs::{File, TryLockError},
    io,
};

use super::{
    error::{About as _, StoreError},
    files,
    folder::Folder,
    obstacle,
};

/// Held while a folder is open for writing; the system releases it even if the program is killed.
#[derive(Debug)]
pub(super) struct FolderLock {
    file: File,
}

impl FolderLock {
    /// Takes the lock and leaves word of who holds it.
    pub(super) fn take(folder: &Folder, holder: &str) -> Result<Self, StoreError> {
        let path = folder.lock();
        folder.clear_file(&path)?;
        folder.clear_file(&folder.holder())?;
        let file = File::options().write(true).create(true).truncate(false).open(&path).about(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(folder)),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(StoreError::io(&path, &error)),
        }
        // A word for the other program; after a power cut nobody holds the folder, so it need not be synced.
        match files::overwrite(&folder.holder(), holder.as_bytes()).about(&folder.holder()) {
            // On a full disk the reserve is for words, not for this.
            Err(StoreError::DiskFull(path)) => {
                tracing::warn!(path = %path.display(), "no space for the holder");
            }
            written => written?,
        }
        Ok(Self { file })
    }
}

/// Given back by name: a process that is being started holds a copy of every open file for a moment, and the lock with it.
impl Drop for FolderLock {
    fn drop(&mut self) {
        let _closing_gives_it_back_too = self.file.unlock();
    }
}

fn in_use(folder: &Folder) -> StoreError {
    let holder = obstacle::read(&folder.holder()).unwrap_or_default();
    let holder = String::from_utf8(holder).unwrap_or_default();
    StoreError::InUse { path: folder.root().to_owned(), holder }
}
