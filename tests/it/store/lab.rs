//! A data folder to try things on, with fixed ids and time.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, FixedOffset};
use hoinghi::{
    domain::{
        board::Board,
        change::Author,
        command::{Capture, Command, NewSession, Request},
        ids::{CommandId, IdStream, PersonId, RecordId, ScopeId},
        kind::Kind,
        policy::Role,
        quarter::Quarter,
    },
    store::{OpenOptions, Saved, Store},
};
use tempfile::TempDir;

pub(super) const SESSION: ScopeId = ScopeId(0x5e55);
pub(super) const OTHER: ScopeId = ScopeId(0x07e8);

pub(super) fn at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2023-03-10T09:31:00+07:00").unwrap()
}

pub(super) fn author() -> Author {
    Author { person: PersonId(0x1a), name: "Lan".into() }
}

pub(super) fn request(id: u128, scope: ScopeId, command: Command) -> Request {
    let (command_id, role) = (CommandId(id), Role::Facilitator);
    Request { command_id, scope, author: author(), role, at: at(), command }
}

pub(super) fn new_session(title: &str) -> Command {
    Command::CreateSession(Box::new(NewSession {
        title: title.to_owned(),
        quarter: Quarter::new(2023, 1).unwrap(),
        details: Vec::new(),
        themes: Vec::new(),
        agenda: Vec::new(),
        units: vec![(RecordId(0xa1), "Q1".to_owned(), "Quận 1".to_owned())],
        further: Vec::new(),
        others: Vec::new(),
    }))
}

pub(super) fn capture(record: u128, text: &str, off_record: bool) -> Command {
    let (record, text, kind) = (RecordId(record), text.to_owned(), Kind::Difficulty);
    Command::Capture(Box::new(Capture { record, kind, text, said_at: at(), details: Vec::new(), off_record }))
}

pub(super) struct Lab {
    pub(super) dir: TempDir,
    pub(super) ids: IdStream,
}

impl Lab {
    pub(super) fn new() -> Self {
        Self { dir: TempDir::new().unwrap(), ids: IdStream::new(7) }
    }

    pub(super) fn path(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub(super) fn options(&mut self) -> OpenOptions {
        OpenOptions::new(self.ids.draw(), "the test")
    }

    pub(super) fn open(&mut self) -> Store {
        let options = self.options();
        Store::open(&self.path(), options).unwrap()
    }

    pub(super) fn commit(&mut self, store: &mut Store, command: Command) -> Saved {
        let id = self.ids.draw();
        store.commit(&request(id, SESSION, command)).unwrap()
    }

    pub(super) fn capture(&mut self, store: &mut Store, text: &str) -> RecordId {
        let record = self.ids.draw();
        self.commit(store, capture(record, text, false));
        RecordId(record)
    }

    /// A session with three difficulties, in a store still open.
    pub(super) fn filled(&mut self) -> Store {
        let mut store = self.open();
        self.commit(&mut store, new_session("Quý I"));
        for text in ["Đảng viên ngại chuyển", "Con dấu thay đổi", "Chuyển người, không chuyển dữ liệu"]
        {
            self.capture(&mut store, text);
        }
        store
    }

    /// The log files of a scope, oldest name first.
    pub(super) fn logs(&self, scope: ScopeId) -> Vec<PathBuf> {
        files_under(&self.path().join("log").join(scope.to_string()))
    }
}

pub(super) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_under(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

pub(super) fn copy_folder(from: &Path, to: &Path) {
    for file in files_under(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
}

/// The board of the lines alone.
pub(super) fn refold(store: &Store, scope: ScopeId) -> Board {
    Board::fold(scope, store.lines(scope, false).unwrap().into_iter().map(|line| line.change))
}

pub(super) fn wordings(board: &Board) -> Vec<String> {
    board.of_kind(Kind::Difficulty).iter().map(|record| record.wording().to_owned()).collect()
}

/// A line as any program could write it: the header with some keys set otherwise, and a payload.
pub(super) fn forge(line: &[u8], header: &[(&str, serde_json::Value)], payload: Option<&str>) -> Vec<u8> {
    let text = std::str::from_utf8(line).unwrap();
    let parts: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut envelope = parts["h"].clone();
    let payload = payload.map_or_else(|| parts["p"].to_string(), str::to_owned);
    envelope["payload"] = blake3::hash(payload.as_bytes()).to_hex().to_string().into();
    for (key, value) in header {
        envelope[*key] = value.clone();
    }
    let envelope = envelope.to_string();
    let id = blake3::hash(envelope.as_bytes()).to_hex();
    format!(r#"{{"h":{envelope},"p":{payload},"id":"{id}"}}"#).into_bytes()
}

pub(super) fn import_lines(store: &mut Store, dir: &Path, lines: &[Vec<u8>]) -> hoinghi::store::UnionReport {
    let file = dir.join("lines.jsonl");
    fs::write(&file, lines.iter().flat_map(|line| [&line[..], b"\n"].concat()).collect::<Vec<u8>>()).unwrap();
    store.unite(&file).unwrap()
}
