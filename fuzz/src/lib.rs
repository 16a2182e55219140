//! What several targets need: lines whose hashes are right, and a folder in memory.

use std::path::Path;

use hoinghi::{domain::ids::ScopeId, store::Line};
use serde::Deserialize;
use serde_json::value::RawValue;
use tempfile::TempDir;

/// The wishes in an input's first byte, if that is no text; none without it.
#[must_use]
pub fn wishes(bytes: &[u8]) -> (u8, &[u8]) {
    match bytes {
        [wishes @ 0..9, rest @ ..] => (*wishes, rest),
        _ => (0, bytes),
    }
}

#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow)]
    h: &'a RawValue,
    #[serde(borrow)]
    p: &'a RawValue,
}

/// The same lines with the hashes that belong to them. Without that hardly any changed line would get beyond its hash.
#[must_use]
pub fn sealed(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| seal(line).unwrap_or_else(|| line.to_vec()));
    lines.collect::<Vec<_>>().join(&b'\n')
}

fn seal(line: &[u8]) -> Option<Vec<u8>> {
    const PAYLOAD: &str = r#""payload":""#;
    let parts: Parts<'_> = serde_json::from_slice(line).ok()?;
    let (header, payload) = (parts.h.get(), parts.p.get());
    let at = header.rfind(PAYLOAD)? + PAYLOAD.len();
    let (before, after) = (header.get(..at)?, header.get(at + 64..)?);
    let content = if payload == "null" { header.get(at..at + 64)?.to_owned() } else { hash(payload) };
    let header = [before, &content, after].concat();
    let id = hash(&header);
    Some(format!(r#"{{"h":{header},"p":{payload},"id":"{id}"}}"#).into_bytes())
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// The whole lines, without their ends; whatever stands behind the last line end is none.
pub fn whole_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').filter_map(|line| line.strip_suffix(b"\n"));
    lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// The scope of the first change.
#[must_use]
pub fn first_scope(bytes: &[u8]) -> ScopeId {
    let first = whole_lines(bytes).find_map(|line| Line::decode(line).ok());
    first.map_or(ScopeId(1), |line| line.change.header.scope)
}

/// A folder for one execution, in memory where the system has such a place.
///
/// # Panics
/// If none can be made.
#[must_use]
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}
