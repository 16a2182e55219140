//! A disk on which log files fail at random, as real ones do: in part, and without saying what became of the bytes.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};

use hoinghi::store::{Disk, Files, Handle};

use super::dice::Dice;

#[derive(Debug)]
struct Chances {
    dice: Dice,
    fails: bool,
    faults: usize,
}

impl Chances {
    fn strikes(&mut self, percent: usize) -> bool {
        let strikes = self.fails && self.dice.chance(percent);
        self.faults += usize::from(strikes);
        strikes
    }
}

/// The disk.
#[derive(Debug, Clone)]
pub(super) struct FaultyDisk(Arc<Mutex<Chances>>);

impl FaultyDisk {
    pub(super) fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Chances { dice: Dice::new(seed), fails: false, faults: 0 })))
    }

    pub(super) fn begin_to_fail(&self) {
        self.chances().fails = true;
    }

    /// How often something failed.
    pub(super) fn faults(&self) -> usize {
        self.chances().faults
    }

    fn chances(&self) -> MutexGuard<'_, Chances> {
        self.0.lock().unwrap()
    }
}

impl Files for FaultyDisk {
    fn append(&self, path: &Path, private: bool) -> io::Result<Box<dyn Handle>> {
        if self.chances().strikes(5) {
            return Err(io::Error::other("input/output error"));
        }
        let inner = Disk.append(path, private)?;
        let synced = path.metadata()?.len();
        Ok(Box::new(Faulty { inner, path: path.to_owned(), disk: self.clone(), synced, broken: false }))
    }
}

struct Faulty {
    inner: Box<dyn Handle>,
    path: PathBuf,
    disk: FaultyDisk,
    /// What is surely there.
    synced: u64,
    broken: bool,
}

impl Faulty {
    /// After a failed sync the bytes since the last good one are there, gone, or something else.
    fn lose(&self) -> io::Result<()> {
        match self.disk.chances().dice.among(0..3) {
            0 => Ok(()),
            1 => fs::File::options().write(true).open(&self.path)?.set_len(self.synced),
            _ => {
                let mut bytes = fs::read(&self.path)?;
                let synced = usize::try_from(self.synced).unwrap();
                bytes.iter_mut().skip(synced).for_each(|byte| *byte = 0);
                fs::write(&self.path, bytes)
            }
        }
    }
}

impl Handle for Faulty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        assert!(!self.broken, "a handle whose sync failed was written to again");
        if self.disk.chances().strikes(8) {
            return Err(io::Error::other("input/output error"));
        }
        if self.disk.chances().strikes(8) {
            let part = self.disk.chances().dice.among(1..bytes.len() + 1);
            return self.inner.write(&bytes[..part]);
        }
        self.inner.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        assert!(!self.broken, "a handle whose sync failed was synced again");
        if self.disk.chances().strikes(10) {
            self.broken = true;
            self.lose()?;
            return Err(io::Error::other("input/output error"));
        }
        self.inner.sync()?;
        self.synced = self.path.metadata()?.len();
        Ok(())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        if self.disk.chances().strikes(10) {
            return Err(io::Error::other("input/output error"));
        }
        self.inner.cut(len)
    }
}
