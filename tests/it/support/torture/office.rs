//! A folder with data, and the program at its command line.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use tempfile::TempDir;

use super::super::pty::binary;

/// A record as the program's own export gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) text: String,
}

/// How a run of the program ended.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Done {
    /// Whether a panic or a signal ended it, or was shown.
    pub(super) fn is_uncontained(&self) -> bool {
        self.code.is_none() || self.code == Some(101) || self.err.contains("panicked")
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// A folder in which `data` is the program's.
#[derive(Debug)]
pub(super) struct Office {
    root: PathBuf,
    /// Removes the folder at the end, unless it belongs to somebody else.
    _folder: Option<TempDir>,
}

impl Office {
    pub(super) fn new() -> Self {
        let folder = TempDir::with_prefix("torture-").unwrap();
        Self { root: folder.path().to_owned(), _folder: Some(folder) }
    }

    /// An office in a folder of somebody else.
    pub(super) fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), _folder: None }
    }

    /// An office whose data are a copy.
    pub(super) fn copy_of(data: &Path) -> Self {
        let office = Self::new();
        copy(data, &office.data());
        office
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// The program with these arguments, not yet started.
    pub(super) fn program(&self, arguments: &[&str]) -> Command {
        self.through(Command::new(binary()), arguments)
    }

    /// The same behind another command, or with another program.
    pub(super) fn through(&self, mut command: Command, arguments: &[&str]) -> Command {
        command.env("HOME", self.path("home")).env("LANG", "C.UTF-8").env_remove("HOINGHI_DATA");
        command.args(["--lang", "en", "--user", "Lan", "--data"]).arg(self.data()).args(arguments);
        command.stdin(Stdio::null());
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Done {
        self.program(arguments).output().unwrap().into()
    }

    /// Starts the program, kills it after a time unless it has ended before; its end in that case.
    pub(super) fn killed(&self, arguments: &[&str], after: Duration) -> Option<Done> {
        let mut command = self.program(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        thread::sleep(after);
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        let done = child.wait_with_output().unwrap().into();
        ended.then_some(done)
    }

    /// All records with words of the session to show first.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, Done> {
        let out = self.path("out");
        let _from_before = fs::remove_dir_all(&out);
        let done = self.run(&["export", "--format", "json", "--out", out.to_str().unwrap()]);
        // 4: done with what is there, and what is not was named.
        if !matches!(done.code, Some(0 | 4)) {
            return Err(done);
        }
        let Some(file) = files_under(&out).pop() else { return Err(done) };
        let json: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        let kinds = json["records"].as_object().unwrap().values();
        let listed = kinds.flat_map(|listed| listed.as_array().unwrap());
        let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let entry = |listed: &serde_json::Value| Entry {
            id: word(&listed["id"]),
            number: word(&listed["number"]),
            text: word(&listed["fields"]["text"]),
        };
        Ok(listed.map(entry).filter(|entry| !entry.text.is_empty()).collect())
    }

    /// The records by their ids, for comparing two folders.
    pub(super) fn content(&self) -> BTreeMap<String, String> {
        let entries = self.entries().unwrap_or_default();
        entries.into_iter().map(|entry| (entry.id, entry.text)).collect()
    }

    pub(super) fn doctor(&self, repair: bool) -> Done {
        self.run(if repair { &["doctor", "--repair"] } else { &["doctor"] })
    }

    /// Keeps the folder for looking at, and says where.
    pub(super) fn keep(&self, name: &str) -> String {
        let kept = std::env::temp_dir().join(format!("torture-kept-{name}"));
        let _from_before = fs::remove_dir_all(&kept);
        // What was put in the place of a file may be no file: a pipe would be waited for.
        let copied = Command::new("cp").arg("-a").args([self.root(), &kept]).status();
        assert!(copied.is_ok_and(|copied| copied.success()));
        kept.display().to_string()
    }
}

/// All files below a folder, in order.
pub(super) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(files_under(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// Copies a folder file by file; a file that goes away meanwhile is left out.
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in files_under(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        let (folder, source) = (target.parent().unwrap(), file.parent().unwrap());
        fs::create_dir_all(folder).unwrap();
        let _gone = fs::metadata(source).and_then(|found| fs::set_permissions(folder, found.permissions()));
        let _gone = fs::copy(&file, target);
    }
}
