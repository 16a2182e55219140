//! Half-typed lines: opaque bytes a seat, appended at each burst, so that a kill loses nothing that was shown.
//!
//! A draft is no change and is never folded, exported or backed up.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    error::{About as _, StoreError},
    files::{self, Files, Handle, write_all},
    folder::Folder,
    frames::{Pen, has_pieces, newest, only},
    obstacle,
    reach::Reach,
};
use crate::{domain::ids::CommandId, text::redact::Redaction};

/// When the file is this long, and as long as four whole states, it begins anew with the newest one. It is read whole at the next start.
const LONGEST_FILE: u64 = 1 << 17;

/// What a seat was about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedDraft {
    /// The id that its command will carry: if a change has it already, the Enter was acknowledged.
    pub command: CommandId,
    /// The seat's state, as the seat wrote it.
    pub state: Vec<u8>,
}

/// The drafts of a folder.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: Folder,
    files: Arc<dyn Files>,
}

/// The draft file of one seat.
pub struct Draft {
    path: PathBuf,
    files: Arc<dyn Files>,
    handle: Box<dyn Handle>,
    pen: Pen,
    len: u64,
    is_damaged: bool,
}

impl Drafts {
    pub(super) fn new(folder: Folder, files: Arc<dyn Files>) -> Self {
        Self { folder, files }
    }

    /// Opens the draft of a seat, and what it held last.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(&self, seat: &str) -> Result<(Draft, Option<SavedDraft>), StoreError> {
        let name = format!("{}.draft", file_name(seat));
        let path = self.folder.drafts().join(&name);
        let content = read(&path)?;
        let (last, len) = newest(&content);
        let is_damaged = self.is_damaged(&name, &content);
        if is_damaged {
            self.put_aside(&name, &content)?;
        }
        let mut handle = self.files.append(&path, true).about(&path)?;
        if u64::try_from(content.len()).ok() != Some(len) {
            handle.cut(len).about(&path)?;
        }
        let (files, pen) = (Arc::clone(&self.files), Pen::default());
        Ok((Draft { path, files, handle, pen, len, is_damaged }, last))
    }

    /// Whether something is kept of a seat.
    ///
    /// # Errors
    /// What the system says.
    pub fn is_kept(&self, seat: &str) -> Result<bool, StoreError> {
        let path = self.folder.drafts().join(format!("{}.draft", file_name(seat)));
        Ok(kept(&path)?.is_some())
    }

    /// The name of a seat's draft. It does not say who the person is, since an erased name shall be nowhere.
    pub fn seat_name(person: &str, role: &str) -> String {
        let hash = blake3::hash(person.as_bytes()).to_hex();
        format!("{}-{role}", hash.chars().take(16).collect::<String>())
    }

    /// Gives a kept draft another name, unless one is kept under that name already. An empty draft stays behind, since one that is
    /// gone would be missed.
    ///
    /// # Errors
    /// What the system says.
    pub fn rename(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let path = |seat: &str| self.folder.drafts().join(format!("{}.draft", file_name(seat)));
        let (from, to) = (path(from), path(to));
        let Some(draft) = kept(&from)? else { return Ok(()) };
        if kept(&to)?.is_some() {
            return Ok(());
        }
        files::replace(&to, &only(draft.command, &draft.state), true).about(&to)?;
        files::replace(&from, &only(CommandId(0), b""), true).about(&from)
    }

    /// Keeps the state of a seat that this program cannot read, as another version may: a person may still find letters in it.
    /// Where it lies now.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep_unread(&self, seat: &str, state: &[u8]) -> Result<PathBuf, StoreError> {
        let aside = self.folder.quarantine().join(format!("{}.unread.json", file_name(seat)));
        files::replace(&aside, state, true).about(&aside)?;
        Ok(aside)
    }

    /// Whether a file does not end with a whole draft, or is empty or gone although it once held one.
    fn is_damaged(&self, name: &str, content: &[u8]) -> bool {
        if content.is_empty() {
            return Reach::read(&self.folder).knows_draft(name);
        }
        newest(content).1 != u64::try_from(content.len()).unwrap_or_default()
    }

    /// Keeps what cannot be read: a person may still find letters in it.
    fn put_aside(&self, name: &str, content: &[u8]) -> Result<(), StoreError> {
        if content.is_empty() {
            return Ok(());
        }
        let aside = self.folder.quarantine().join(name);
        files::replace(&aside, content, true).about(&aside)
    }

    /// The names of the files that are damaged.
    pub(super) fn damaged(&self) -> Result<Vec<String>, StoreError> {
        let mut names: BTreeSet<String> = Reach::read(&self.folder).drafts().map(str::to_owned).collect();
        names.extend(self.folder.kept_drafts());
        let mut damaged = Vec::new();
        for name in names {
            if self.is_damaged(&name, &read(&self.folder.drafts().join(&name))?) {
                damaged.push(name);
            }
        }
        Ok(damaged)
    }

    /// Cuts off what cannot be read, and puts it aside.
    pub(super) fn mend(&self) -> Result<(), StoreError> {
        for name in self.damaged()? {
            let path = self.folder.drafts().join(&name);
            let content = read(&path)?;
            self.put_aside(&name, &content)?;
            self.files.append(&path, true).and_then(|mut file| file.cut(newest(&content).1)).about(&path)?;
        }
        Ok(())
    }
}

/// The newest draft in a file, if it holds anything.
fn kept(path: &Path) -> Result<Option<SavedDraft>, StoreError> {
    Ok(newest(&read(path)?).0.filter(|draft| !draft.state.is_empty()))
}

/// What stands in a file; nothing if it is not there.
fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    match obstacle::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        content => content.about(path),
    }
}

impl Drafts {
    /// Takes words out of all drafts: of each only the newest state stays, if it is free of them. How many had them.
    pub(super) fn forget(&self, words: &Redaction) -> Result<usize, StoreError> {
        let mut cleaned = 0;
        for entry in fs::read_dir(self.folder.drafts()).into_iter().flatten().flatten() {
            let path = entry.path();
            // What an erasure left beside a draft when it was killed is gone once that draft is replaced.
            let content = read(&path)?;
            let has_them = words.is_in_bytes(&content);
            let last = newest(&content).0;
            if !has_them && !has_pieces(&content) {
                continue;
            }
            let free = last.as_ref().filter(|last| !words.is_in_bytes(&last.state));
            cleaned += usize::from(has_them || free.is_none());
            match free {
                Some(last) => files::replace(&path, &only(last.command, &last.state), true),
                // An empty draft, since one that is gone would be missed.
                None => files::replace(&path, &only(CommandId(0), b""), true),
            }
            .about(&path)?;
        }
        Ok(cleaned)
    }
}

impl Draft {
    /// Whether the last letters may be missing: the file was damaged or gone when it was opened.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Writes the seat's state; the system has it when this returns, the medium after [`Draft::sync`].
    ///
    /// # Errors
    /// What the system says; the file then ends with the draft before.
    pub fn save(&mut self, command: CommandId, state: &[u8]) -> Result<(), StoreError> {
        let frame = self.pen.next(command, state);
        let [len, whole] = [frame.len(), state.len()].map(|len| u64::try_from(len).unwrap_or_default());
        if self.len + len > LONGEST_FILE.max(4 * whole) {
            return self.begin_anew(command, state).about(&self.path);
        }
        if let Err(error) = write_all(self.handle.as_mut(), &frame) {
            self.pen.forget();
            let _unread_anyway = self.handle.cut(self.len);
            return Err(StoreError::io(&self.path, &error));
        }
        self.len += len;
        Ok(())
    }

    fn begin_anew(&mut self, command: CommandId, state: &[u8]) -> io::Result<()> {
        let frame = self.pen.whole(command, state);
        let begun =
            files::replace(&self.path, &frame, true).and_then(|()| self.files.append(&self.path, true));
        match begun {
            Ok(handle) => (self.handle, self.len) = (handle, u64::try_from(frame.len()).unwrap_or_default()),
            Err(error) => {
                self.pen.forget();
                return Err(error);
            }
        }
        Ok(())
    }

    /// Brings the draft to the medium.
    ///
    /// # Errors
    /// What the system says.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.handle.sync().about(&self.path)
    }

    /// The same as a task for another thread: at the first pause in typing, where a slow disk must not keep the next key waiting.
    pub fn sync_elsewhere(&self) -> impl FnOnce() -> Result<(), StoreError> + Send + use<> {
        let (files, path) = (Arc::clone(&self.files), self.path.clone());
        move || files.append(&path, true).and_then(|mut handle| handle.sync()).about(&path)
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Letters and digits stay; everything else is written as its bytes, so that no two seats share a file.
fn file_name(seat: &str) -> String {
    let shown = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("_{byte:02x}") }
    };
    seat.bytes().map(shown).collect()
}
