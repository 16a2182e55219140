//! The folders that are measured: made once, kept below `target/`, and copied where a measure changes them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    Failure,
    making::{self, Size},
    terminal::Start,
};

/// Where everything stands.
pub(crate) struct Place {
    root: PathBuf,
    pub(crate) home: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Result<Self, Failure> {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed");
        let home = root.join("home");
        fs::create_dir_all(&home)?;
        Ok(Self { root, home })
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// An archive of that size, made if it is not there.
    pub(crate) fn archive(&self, name: &str, size: Size) -> Result<PathBuf, Failure> {
        let dir = self.root.join(name);
        let made = self.root.join(format!("{name}.made"));
        if !made.exists() {
            note(&format!("making {name}"));
            if dir.exists() {
                fs::remove_dir_all(&dir)?;
            }
            let Size { sessions, records, newest, seed } = size;
            let newest = newest.map(|newest| newest.to_string()).unwrap_or_default();
            apart(&[
                "--make",
                &dir.display().to_string(),
                &sessions.to_string(),
                &records.to_string(),
                &newest,
                &seed.to_string(),
            ])?;
            fs::write(&made, b"")?;
            settle();
        }
        Ok(dir)
    }

    /// The program on a folder, in the newest session.
    pub(crate) fn start(dir: &Path) -> Start {
        let arguments = ["--data", &dir.display().to_string(), "--lang", "vi", "--user", "Lan"];
        Start {
            program: PathBuf::from(env!("CARGO_BIN_EXE_hoinghi")),
            arguments: arguments.map(str::to_owned).to_vec(),
            ready: "Ghi nhanh".to_owned(),
            quit: "\x11",
        }
    }

    /// A copy of a folder.
    pub(crate) fn copy(&self, dir: &Path, name: &str) -> Result<PathBuf, Failure> {
        let to = self.root.join(name);
        if to.exists() {
            fs::remove_dir_all(&to)?;
        }
        copy_folder(dir, &to)?;
        settle();
        Ok(to)
    }
}

/// Waits until the disk has what was written: a measure beside it was half as slow again.
fn settle() {
    drop(Command::new("sync").status());
}

/// Does something in a process of its own: what this one holds in memory makes every start of another program slower.
pub(crate) fn apart(arguments: &[&str]) -> Result<(), Failure> {
    let status = Command::new(std::env::current_exe()?).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("{arguments:?} failed").into()) }
}

/// The other end of that: makes an archive as the arguments say.
pub(crate) fn make(arguments: &[String]) -> Result<(), Failure> {
    let [dir, sessions, records, newest, seed] = arguments else { return Err("five arguments".into()) };
    let newest = if newest.is_empty() { None } else { Some(newest.parse()?) };
    let size = Size { sessions: sessions.parse()?, records: records.parse()?, newest, seed: seed.parse()? };
    making::make(Path::new(dir), size)?;
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "what is being done meanwhile")]
pub(crate) fn note(what: &str) {
    eprintln!("{what}");
}
