//! All records of a session as versioned JSON; off-record ones are counted and left out.
//!
//! The schema is `assets/schema/export-v1.json`.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::domain::{
    board::Board,
    change::{Change, Field, Value},
    conclusion, difficulty,
    field::{self, set},
    kind::Kind,
    record::Record,
    roster,
    session::Session,
};

/// The version of the format.
const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct Export<'a> {
    format: &'static str,
    version: u32,
    /// The time of the last change, so that equal data give equal bytes.
    exported_at: Option<String>,
    session: Header<'a>,
    records: BTreeMap<&'a str, Vec<Listed<'a>>>,
    links: Vec<Link<'a>>,
    assignments: Vec<Assigned<'a>>,
    withheld: usize,
}

#[derive(Debug, Serialize)]
struct Header<'a> {
    id: String,
    title: &'a str,
    quarter: Option<String>,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct Listed<'a> {
    id: String,
    number: Option<&'a str>,
    removed: bool,
    fields: BTreeMap<&'a str, &'a Value>,
    author: &'a str,
    time: String,
}

#[derive(Debug, Serialize)]
struct Link<'a> {
    from: String,
    relation: &'a str,
    to: &'a str,
}

/// A task of one unit: what every unit has to do stands here once a unit.
#[derive(Debug, Serialize)]
struct Assigned<'a> {
    task: String,
    number: Option<&'a str>,
    unit: String,
    code: &'a str,
    kind: &'static str,
    due: Option<&'a str>,
}

/// The bytes of the export.
pub(super) fn render(board: &Board) -> Vec<u8> {
    let mut all: Vec<&Record> = board.records().filter(|record| record.kind().is_some()).collect();
    all.sort_by_key(|record| (record.born, record.id));
    let (withheld, shown): (Vec<&Record>, Vec<&Record>) = all.into_iter().partition(|r| r.is_off_record());
    let mut records: BTreeMap<&str, Vec<Listed<'_>>> = BTreeMap::new();
    for record in &shown {
        let kind = record.kind().map_or("", |kind| kind.name());
        records.entry(kind).or_default().push(listed(board, record));
    }
    let session = Session::of(board);
    let export = Export {
        format: "hoinghi",
        version: VERSION,
        exported_at: moment(board).map(|at| at.to_rfc3339()),
        session: Header {
            id: board.scope().to_string(),
            title: session.map_or("", Session::title),
            quarter: session.and_then(Session::quarter).map(|quarter| quarter.to_string()),
            state: session.map_or("draft", |session| session.state().name()),
        },
        records,
        links: shown.iter().flat_map(|record| links(board, record)).collect(),
        assignments: assignments(board),
        withheld: withheld.len(),
    };
    let mut bytes = serde_json::to_vec_pretty(&export).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn assignments(board: &Board) -> Vec<Assigned<'_>> {
    let tasks = difficulty::main_of(board, Kind::Task).into_iter().filter(|task| !task.is_off_record());
    tasks.flat_map(|task| of_units(board, task)).collect()
}

fn of_units<'a>(board: &'a Board, task: &'a Record) -> impl Iterator<Item = Assigned<'a>> {
    let units = conclusion::bearers(board, task).into_iter().filter_map(|unit| board.record(unit));
    units.map(|unit| Assigned {
        task: task.id.to_string(),
        number: task.short_number(),
        unit: unit.id.to_string(),
        code: roster::code(unit),
        kind: conclusion::task_kind(task).name(),
        due: task.text(&field::DUE),
    })
}

fn listed<'a>(board: &'a Board, record: &'a Record) -> Listed<'a> {
    let born = board.change(record.born.id);
    let said = record.fields().filter(|(field, _)| !field::is_bookkeeping(field));
    let fields = said.filter_map(|(field, cell)| Some((field.as_str(), cell.value()?)));
    Listed {
        id: record.id.to_string(),
        number: record.short_number(),
        removed: record.is_removed(),
        fields: fields.filter(|(name, _)| !is_link(name)).collect(),
        author: born.map_or("", |change| &change.header.author.name),
        time: born.map(|change| change.header.at.to_rfc3339()).unwrap_or_default(),
    }
}

/// When the newest change was made that says something about the session.
pub(super) fn moment(board: &Board) -> Option<DateTime<FixedOffset>> {
    board.changes().rfind(|change| says_something(change)).map(|change| change.header.at)
}

/// Whether a change says something about the session, not only about other changes.
fn says_something(change: &Change) -> bool {
    change.writes().iter().any(|write| !field::is_bookkeeping(&write.field))
}

fn is_link(name: &str) -> bool {
    set::OF_RECORDS.iter().any(|set| name.strip_prefix(set).is_some_and(|rest| rest.starts_with('.')))
}

/// The record's links to records that are on the record.
fn links<'a>(board: &'a Board, record: &'a Record) -> Vec<Link<'a>> {
    let shown =
        |to: &str| to.parse().ok().and_then(|id| board.record(id)).is_some_and(|to| !to.is_off_record());
    let member = |(field, relation): (&'a Field, &'a str)| {
        let to = field.member_of(relation).filter(|to| shown(to))?;
        Some(Link { from: record.id.to_string(), relation, to })
    };
    let live = record.fields().filter(|(_, cell)| cell.value() == Some(&Value::Flag(true)));
    let pairs = live.flat_map(|(field, _)| set::OF_RECORDS.iter().map(move |set| (field, *set)));
    pairs.filter_map(member).collect()
}
