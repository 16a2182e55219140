//! A disk that fails when it is told to.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use hoinghi::store::{Disk, Files, Handle};

/// What goes wrong next, in log files only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The next sync fails, and every one after it on the same handle.
    Sync,
    /// The next write stops after so many bytes and fails.
    Short(usize),
    /// Writes fail as long as this file exists; it is the space that is left.
    FullWhile(PathBuf),
    /// Nothing can be opened or written for good.
    ReadOnly,
    /// The next write in the private log goes well, the next shared one fails for good.
    SharedFails,
}

#[derive(Debug, Default)]
pub(super) struct Faults {
    next: Mutex<Option<Fault>>,
}

impl Faults {
    pub(super) fn set(&self, fault: Option<Fault>) {
        *self.next.lock().unwrap() = fault;
    }

    pub(super) fn is_spent(&self) -> bool {
        self.next.lock().unwrap().is_none()
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct FaultyDisk(pub(super) Arc<Faults>);

impl Files for FaultyDisk {
    fn append(&self, path: &Path, private: bool) -> io::Result<Box<dyn Handle>> {
        let is_log = path.extension().is_some_and(|extension| extension == "jsonl");
        let fault = self.0.next.lock().unwrap().clone();
        if fault == Some(Fault::ReadOnly) {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        let inner = Disk.append(path, private)?;
        if !is_log {
            return Ok(inner);
        }
        Ok(Box::new(FaultyFile { inner, private, faults: Arc::clone(&self.0), broken: false }))
    }
}

struct FaultyFile {
    inner: Box<dyn Handle>,
    private: bool,
    faults: Arc<Faults>,
    broken: bool,
}

impl Handle for FaultyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut next = self.faults.next.lock().unwrap();
        match next.clone() {
            Some(Fault::Short(0)) => {
                *next = None;
                Err(io::Error::other("input/output error"))
            }
            Some(Fault::Short(some)) => {
                *next = Some(Fault::Short(0));
                self.inner.write(&bytes[..some])
            }
            Some(Fault::FullWhile(reserve)) if fs::exists(reserve.as_path())? => {
                Err(io::ErrorKind::StorageFull.into())
            }
            Some(Fault::ReadOnly) => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
            Some(Fault::SharedFails) if !self.private => Err(io::Error::other("input/output error")),
            _ => self.inner.write(bytes),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut next = self.faults.next.lock().unwrap();
        assert!(!self.broken, "a handle whose sync failed was used again");
        if *next == Some(Fault::Sync) {
            *next = None;
            self.broken = true;
            return Err(io::Error::other("input/output error"));
        }
        self.inner.sync()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.inner.cut(len)
    }
}
