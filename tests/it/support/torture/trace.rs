//! Every write and sync of the log files in their order, and what a medium may hold of them after a power cut.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use hoinghi::store::{Disk, Files, Handle};

use super::dice::Dice;

/// What a medium writes at once.
pub(super) const PAGE: usize = 4096;

#[derive(Debug, Clone)]
enum Deed {
    Write(Vec<u8>),
    Sync,
    Cut(usize),
}

/// The deeds in their order, each with its file.
#[derive(Debug, Clone, Default)]
pub(super) struct Trace(Vec<(PathBuf, Deed)>);

impl Trace {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Writes what may be there after a power cut at a moment: all that was synced, and of the rest any pages.
    pub(super) fn replay(&self, moment: usize, data: &Path, dice: &mut Dice) {
        let mut files: BTreeMap<&Path, Medium> = BTreeMap::new();
        for (path, deed) in &self.0[..moment] {
            files.entry(path).or_default().take(deed);
        }
        for (path, medium) in files {
            let file = data.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, medium.after_the_cut(dice)).unwrap();
        }
    }
}

/// A file as it was written, and how far it is surely on the medium.
#[derive(Default)]
struct Medium {
    written: Vec<u8>,
    synced: Vec<u8>,
}

impl Medium {
    fn take(&mut self, deed: &Deed) {
        match deed {
            Deed::Write(bytes) => self.written.extend_from_slice(bytes),
            Deed::Sync => self.synced.clone_from(&self.written),
            Deed::Cut(len) => self.written.truncate(*len),
        }
    }

    /// The pages that changed since the last sync arrive or not, in any order, the last of them perhaps in part; where
    /// a later page came and an earlier did not, there are zeros.
    fn after_the_cut(self, dice: &mut Dice) -> Vec<u8> {
        let mut medium = self.synced;
        for (number, page) in self.written.chunks(PAGE).enumerate() {
            let begin = number * PAGE;
            let same = medium.get(begin..begin + page.len()) == Some(page);
            if same || dice.chance(50) {
                continue;
            }
            let torn = if dice.chance(40) { dice.among(0..page.len() + 1) } else { page.len() };
            let known = medium.len().saturating_sub(begin).min(page.len());
            let end = torn.max(known);
            medium.resize(medium.len().max(begin + end), 0);
            medium[begin..begin + end].copy_from_slice(&page[..end]);
        }
        medium
    }
}

/// A disk that remembers what was done to it.
#[derive(Debug, Clone)]
pub(super) struct Recorder {
    data: PathBuf,
    trace: Arc<Mutex<Trace>>,
}

impl Recorder {
    pub(super) fn new(data: &Path) -> Self {
        Self { data: data.to_owned(), trace: Arc::default() }
    }

    /// How much has been done so far.
    pub(super) fn moment(&self) -> usize {
        self.trace.lock().unwrap().len()
    }

    pub(super) fn trace(&self) -> Trace {
        self.trace.lock().unwrap().clone()
    }
}

impl Files for Recorder {
    fn append(&self, path: &Path, private: bool) -> io::Result<Box<dyn Handle>> {
        let inner = Disk.append(path, private)?;
        if path.ends_with("reserve") {
            return Ok(inner);
        }
        let path = path.strip_prefix(&self.data).unwrap_or(path).to_owned();
        Ok(Box::new(Recorded { inner, path, trace: Arc::clone(&self.trace) }))
    }
}

struct Recorded {
    inner: Box<dyn Handle>,
    path: PathBuf,
    trace: Arc<Mutex<Trace>>,
}

impl Recorded {
    fn note(&self, deed: Deed) {
        self.trace.lock().unwrap().0.push((self.path.clone(), deed));
    }
}

impl Handle for Recorded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.note(Deed::Write(bytes[..written].to_vec()));
        Ok(written)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.inner.sync()?;
        self.note(Deed::Sync);
        Ok(())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.inner.cut(len)?;
        self.note(Deed::Cut(usize::try_from(len).unwrap()));
        Ok(())
    }
}
