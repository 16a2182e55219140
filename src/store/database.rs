//! sled: records, the change log, the catalogue and the texts to search, by key. It is read from, and never trusted
//! without its marks and sums; whatever it does (errors, panics), the log stands beside it.
//!
//! Named trees, big-endian keys, values in parts of 4 KiB so that sled never needs its unsynced blob files.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::File,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use sled::{
    Transactional as _, Tree,
    transaction::{ConflictableTransactionResult, TransactionError, TransactionalTree},
};

use super::{
    error::{About as _, StoreError},
    files,
    folder::Marks,
    line::Line,
    obstacle,
};
use crate::domain::{
    board::Board,
    catalogue::SessionHeader,
    ids::{ChangeId, RecordId, ScopeId},
    record::Record,
    shared::Spread as _,
};

const PART: usize = 4096;
/// What sled may keep in memory by its own reckoning, which is less than half of what it takes. The boards are in memory anyway: it is
/// written to and hardly read.
const CACHE: u64 = 2 << 20;
const LOCK_TRIES: usize = 200;
const LOCK_PAUSE: Duration = Duration::from_millis(5);
/// Lines in one transaction while a scope is written anew.
const LINES_AT_ONCE: usize = 256;

/// What a search over everything reads of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its scope.
    pub scope: ScopeId,
    /// The record.
    pub record: RecordId,
    /// Its kind's name.
    pub kind: String,
    /// Its short number, if it has one.
    pub number: Option<String>,
    /// Its words.
    pub words: String,
}

/// The named trees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    Changes,
    Private,
    Records,
    Search,
    Catalogue,
    Meta,
}

const TABLES: [(Table, &str); 6] = [
    (Table::Changes, "changes"),
    (Table::Private, "private"),
    (Table::Records, "records"),
    (Table::Search, "search"),
    (Table::Catalogue, "catalogue"),
    (Table::Meta, "meta"),
];

/// The form in which this program keeps what it makes of the log; a scope in another form is written anew.
const FORM: u8 = 5;

/// How much of a scope's log the database holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Applied {
    #[serde(default)]
    form: u8,
    lines: u64,
    /// All changes' ids, combined by exclusive or: the same for every order of arrival.
    sum: [u8; 32],
    marks: Marks,
    /// Into how many values the texts are taken apart.
    #[serde(default)]
    shares: usize,
}

impl Applied {
    fn of<'a>(lines: impl IntoIterator<Item = &'a Line>, marks: Marks, shares: usize) -> Self {
        let mut applied = Self { form: FORM, marks, shares, ..Self::default() };
        lines.into_iter().for_each(|line| applied.add(line.change.id));
        applied
    }

    fn add(&mut self, id: ChangeId) {
        self.lines += 1;
        self.sum.iter_mut().zip(id.0).for_each(|(sum, byte)| *sum ^= byte);
    }
}

/// A key and its value.
type Entry = (Vec<u8>, Vec<u8>);

/// Values to set; an empty one is taken out.
#[derive(Debug, Default)]
struct Batch(Vec<(Table, Vec<u8>, Vec<u8>)>);

impl Batch {
    fn set(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.0.push((table, key, value));
    }

    fn line(&mut self, line: &Line) {
        let table = if line.private { Table::Private } else { Table::Changes };
        self.set(table, line_key(line), line.raw().to_vec());
    }

    fn record(&mut self, scope: ScopeId, record: &Record) {
        self.set(Table::Records, record_key(scope, record.id), fields(record));
    }

    /// The texts of one share of a board's records, in one value of about one part: many small ones would cost more than what they
    /// hold, and greater ones more at each commit.
    fn texts(&mut self, board: &Board, share: usize, shares: usize) {
        self.set(Table::Search, texts_key(board.scope(), share), texts(board, share, shares));
    }

    fn header(&mut self, board: &Board) {
        self.set(Table::Catalogue, scope_key(board.scope()), header(board));
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn fields(record: &Record) -> Vec<u8> {
    let fields = record.fields().filter_map(|(field, cell)| Some((field.as_str(), cell.value()?)));
    json(&fields.collect::<std::collections::BTreeMap<_, _>>())
}

fn texts(board: &Board, share: usize, shares: usize) -> Vec<u8> {
    let mut texts: Vec<StoredText<'_>> = board.share(share, shares).filter_map(StoredText::of).collect();
    texts.sort_unstable();
    if texts.is_empty() { Vec::new() } else { json(&texts) }
}

fn header(board: &Board) -> Vec<u8> {
    SessionHeader::of(board).map_or_else(Vec::new, |header| json(&header))
}

/// A text as it is stored: record, kind, number, words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct StoredText<'a>(RecordId, Cow<'a, str>, Option<Cow<'a, str>>, Cow<'a, str>);

impl<'a> StoredText<'a> {
    fn of(record: &'a Record) -> Option<Self> {
        let kind = record.kind().filter(|_| !record.is_removed() && !record.wording().is_empty())?;
        let number = record.short_number().map(Cow::Borrowed);
        Some(Self(record.id, kind.name().into(), number, record.wording().into()))
    }

    fn text(self, scope: ScopeId) -> Text {
        let Self(record, kind, number, words) = self;
        let (kind, number) = (kind.into_owned(), number.map(Cow::into_owned));
        Text { scope, record, kind, number, words: words.into_owned() }
    }
}

fn texts_key(scope: ScopeId, share: usize) -> Vec<u8> {
    let share = u16::try_from(share).unwrap_or(u16::MAX);
    [&scope.0.to_be_bytes()[..], &share.to_be_bytes()].concat()
}

fn scope_key(scope: ScopeId) -> Vec<u8> {
    scope.0.to_be_bytes().to_vec()
}

fn record_key(scope: ScopeId, record: RecordId) -> Vec<u8> {
    [scope.0.to_be_bytes(), record.0.to_be_bytes()].concat()
}

/// Changes stand in the order of their scope.
fn line_key(line: &Line) -> Vec<u8> {
    let header = &line.change.header;
    let mut key = scope_key(header.scope);
    key.extend(header.counter.to_be_bytes());
    key.extend(line.change.id.0);
    key
}

/// An open database.
pub(super) struct Database {
    db: sled::Db,
    trees: Vec<Tree>,
    path: PathBuf,
}

impl Database {
    /// Opens or makes the database in a folder of its own.
    ///
    /// The data folder's lock is ours; if sled's is not free, threads of an opening that just ended still hold it.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        // sled's files can be read by everybody, and hold what is off the record too.
        let folder = path.parent().unwrap_or(path);
        files::own(folder).about(folder)?;
        // It would wait at a pipe for ever.
        if let Some(obstacle) = obstacle::in_database(path).first() {
            return Err(StoreError::Database(obstacle.display().to_string()));
        }
        for _ in 0..LOCK_TRIES {
            match Self::try_open(path) {
                Err(StoreError::Database(error)) if error.contains("acquire lock") => {
                    thread::sleep(LOCK_PAUSE);
                }
                opened => return opened,
            }
        }
        Self::try_open(path)
    }

    fn try_open(path: &Path) -> Result<Self, StoreError> {
        guarded(|| {
            let config = sled::Config::new().path(path).cache_capacity(CACHE).flush_every_ms(None);
            let db = config.open()?;
            let trees = TABLES.iter().map(|(_, name)| db.open_tree(name)).collect::<sled::Result<_>>()?;
            Ok(Self { db, trees, path: path.to_owned() })
        })
    }

    /// Brings everything to the medium; sled's own flush alone does not.
    pub(super) fn flush(&self) -> Result<(), StoreError> {
        guarded(|| self.db.flush())?;
        let file = self.path.join("db");
        File::options().read(true).write(true).open(&file).and_then(|file| file.sync_all()).about(&file)
    }

    fn tree(&self, table: Table) -> Result<&Tree, sled::Error> {
        let missing = || sled::Error::Unsupported("no such tree".to_owned());
        self.trees.get(table as usize).ok_or_else(missing)
    }

    fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        guarded(|| {
            let trees: Vec<&Tree> = self.trees.iter().collect();
            let written = trees.as_slice().transaction(|views| {
                batch.0.iter().try_for_each(|(table, key, value)| match views.get(*table as usize) {
                    Some(view) => set(view, key, value),
                    None => Ok(()),
                })
            });
            written.map_err(|error: TransactionError<()>| match error {
                TransactionError::Storage(error) => error,
                TransactionError::Abort(()) => sled::Error::Unsupported("aborted".to_owned()),
            })
        })
    }

    /// Visits the values under a prefix, put together again, with their keys.
    fn each(
        &self,
        table: Table,
        prefix: &[u8],
        mut visit: impl FnMut(Vec<u8>, Vec<u8>),
    ) -> Result<(), StoreError> {
        guarded(|| {
            let mut waiting: Option<Entry> = None;
            for entry in self.tree(table)?.scan_prefix(prefix) {
                let (key, part) = entry?;
                let key = key.get(..key.len().saturating_sub(2)).unwrap_or_default();
                match &mut waiting {
                    Some((last, value)) if last.as_slice() == key => value.extend_from_slice(&part),
                    _ => {
                        if let Some((key, value)) = waiting.replace((key.to_vec(), part.to_vec())) {
                            visit(key, value);
                        }
                    }
                }
            }
            if let Some((key, value)) = waiting {
                visit(key, value);
            }
            Ok(())
        })
    }

    fn values(&self, table: Table, prefix: &[u8]) -> Result<Vec<Entry>, StoreError> {
        let mut values = Vec::new();
        self.each(table, prefix, |key, value| values.push((key, value)))?;
        Ok(values)
    }

    /// Whether so many values stand under a scope, each of them as it should be.
    fn has_all(
        &self,
        table: Table,
        scope: ScopeId,
        count: usize,
        is_right: impl Fn(&[u8], &[u8]) -> bool,
    ) -> Result<bool, StoreError> {
        let mut right = Some(0);
        self.each(table, &scope_key(scope), |key, value| {
            right = right.filter(|_| is_right(&key, &value)).map(|count| count + 1);
        })?;
        Ok(right == Some(count))
    }

    fn applied(&self, scope: ScopeId) -> Result<Option<Applied>, StoreError> {
        let stored = self.values(Table::Meta, &scope_key(scope))?;
        let applied = stored.first().and_then(|(_, value)| serde_json::from_slice(value).ok());
        Ok(applied.filter(|applied: &Applied| applied.form == FORM))
    }

    /// Where the logs of a scope ended when it was last written; `None` if it never was.
    pub(super) fn position(&self, scope: ScopeId) -> Result<Option<Marks>, StoreError> {
        Ok(self.applied(scope)?.map(|applied| applied.marks))
    }

    /// Whether the database holds exactly what ends with these marks.
    pub(super) fn is_at(&self, scope: ScopeId, marks: &Marks) -> Result<bool, StoreError> {
        Ok(self.applied(scope)?.is_some_and(|applied| applied.marks == *marks))
    }

    /// The scopes of which it holds something.
    pub(super) fn scopes(&self) -> Result<BTreeSet<ScopeId>, StoreError> {
        let mut scopes = BTreeSet::new();
        for table in [Table::Meta, Table::Changes, Table::Private] {
            guarded(|| {
                let tree = self.tree(table)?;
                let mut next = tree.first()?;
                while let Some((key, _)) = next {
                    let Some(scope) = key.first_chunk::<16>().map(|bytes| u128::from_be_bytes(*bytes)) else {
                        break;
                    };
                    scopes.insert(ScopeId(scope));
                    let Some(after) = scope.checked_add(1) else { break };
                    next = tree.range(after.to_be_bytes()..).next().transpose()?;
                }
                Ok(())
            })?;
        }
        Ok(scopes)
    }

    /// The lines of a scope in order, and how many values there are that are none.
    pub(super) fn lines(&self, scope: ScopeId) -> Result<(Vec<Line>, usize), StoreError> {
        let mut lines = Vec::new();
        let mut unreadable = 0;
        for table in [Table::Changes, Table::Private] {
            for (_, raw) in self.values(table, &scope_key(scope))? {
                match Line::decode(&raw) {
                    Ok(line) => lines.push(line.stored_as(table == Table::Private)),
                    Err(_counted) => unreadable += 1,
                }
            }
        }
        Ok((lines, unreadable))
    }

    /// Whether it has exactly these changes of a scope, those of the private log marked, and can read them.
    pub(super) fn has_lines(
        &self,
        scope: ScopeId,
        logged: &BTreeSet<(bool, ChangeId)>,
    ) -> Result<bool, StoreError> {
        let count = |private| logged.iter().filter(|line| line.0 == private).count();
        let is_right = |private| {
            move |_: &[u8], raw: &[u8]| {
                Line::decode(raw).is_ok_and(|line| logged.contains(&(private, line.change.id)))
            }
        };
        Ok(self.has_all(Table::Changes, scope, count(false), is_right(false))?
            && self.has_all(Table::Private, scope, count(true), is_right(true))?)
    }

    /// The lines of a scope, if all that the marks cover is here and whole.
    pub(super) fn load(&self, scope: ScopeId, marks: &Marks) -> Result<Option<Vec<Line>>, StoreError> {
        let Some(applied) = self.applied(scope)?.filter(|applied| applied.marks == *marks) else {
            return Ok(None);
        };
        let (lines, _) = self.lines(scope)?;
        let found = Applied::of(&lines, applied.marks.clone(), applied.shares);
        Ok((found == applied).then_some(lines))
    }

    /// Adds new lines, the records they wrote and the header of their board, in one transaction.
    ///
    /// Fails if the database does not stand exactly where the lines begin.
    pub(super) fn apply(
        &self,
        board: &Board,
        lines: &[Line],
        before: &Marks,
        after: Marks,
    ) -> Result<(), StoreError> {
        let scope = board.scope();
        let shares = board.shares();
        let mut applied = self.applied(scope)?.unwrap_or_else(|| Applied::of([], Marks::new(), shares));
        if applied.marks != *before {
            return Err(StoreError::Database(format!("scope {scope} stands elsewhere")));
        }
        applied.marks = after;
        let mut batch = Batch::default();
        let mut touched = BTreeSet::new();
        for line in lines {
            applied.add(line.change.id);
            batch.line(line);
            let written = line.change.writes().iter().filter(|_| !line.private);
            touched.extend(written.map(|write| write.record));
        }
        touched.iter().filter_map(|id| board.record(*id)).for_each(|record| batch.record(scope, record));
        let touched: BTreeSet<usize> = touched.iter().map(|record| record.share(shares)).collect();
        // Taken apart otherwise, all texts stand elsewhere; that is so when the records have doubled.
        let all = (0..shares.max(applied.shares)).filter(|_| shares != applied.shares);
        for share in all.chain(touched) {
            batch.texts(board, share, shares);
        }
        applied.shares = shares;
        batch.header(board);
        batch.set(Table::Meta, scope_key(scope), json(&applied));
        self.commit(&batch)
    }

    /// Writes a scope anew, whatever is there. Until the last step it is not taken for whole.
    pub(super) fn replay(&self, board: &Board, lines: &[Line], marks: Marks) -> Result<(), StoreError> {
        let scope = board.scope();
        self.clear(scope)?;
        for lines in lines.chunks(LINES_AT_ONCE) {
            let mut batch = Batch::default();
            for line in lines {
                batch.line(line);
            }
            self.commit(&batch)?;
        }
        let records: Vec<&Record> = board.records().collect();
        for records in records.chunks(LINES_AT_ONCE) {
            let mut batch = Batch::default();
            for record in records {
                batch.record(scope, record);
            }
            self.commit(&batch)?;
        }
        let mut batch = Batch::default();
        let shares = board.shares();
        (0..shares).for_each(|share| batch.texts(board, share, shares));
        batch.header(board);
        batch.set(Table::Meta, scope_key(scope), json(&Applied::of(lines, marks, shares)));
        self.commit(&batch)
    }

    fn clear(&self, scope: ScopeId) -> Result<(), StoreError> {
        let tables =
            [Table::Meta, Table::Catalogue, Table::Search, Table::Records, Table::Changes, Table::Private];
        guarded(|| {
            for table in tables {
                let tree = self.tree(table)?;
                for key in tree.scan_prefix(scope_key(scope)).keys() {
                    tree.remove(key?)?;
                }
            }
            Ok(())
        })
    }

    /// Whether records, texts and header are those of the board. They are looked at one by one: together they would take more memory
    /// than the board.
    pub(super) fn shows(&self, board: &Board) -> Result<bool, StoreError> {
        let (scope, shares) = (board.scope(), board.shares());
        let is_record = |key: &[u8], value: &[u8]| {
            let id = key.last_chunk().map(|id| RecordId(u128::from_be_bytes(*id)));
            id.and_then(|id| board.record(id)).is_some_and(|record| fields(record) == value)
        };
        let is_share = |key: &[u8], value: &[u8]| {
            let share = key.last_chunk().map(|share| usize::from(u16::from_be_bytes(*share)));
            share.is_some_and(|share| share < shares && texts(board, share, shares) == value)
        };
        let full = |share: &usize| board.share(*share, shares).any(|record| StoredText::of(record).is_some());
        let header = header(board);
        let is_header = |_: &[u8], value: &[u8]| value == header;
        Ok(self.has_all(Table::Records, scope, board.records().count(), is_record)?
            && self.has_all(Table::Search, scope, (0..shares).filter(full).count(), is_share)?
            && self.has_all(Table::Catalogue, scope, usize::from(!header.is_empty()), is_header)?)
    }

    /// The headers of all sessions.
    pub(super) fn headers(&self) -> Result<Vec<SessionHeader>, StoreError> {
        let stored = self.values(Table::Catalogue, &[])?;
        Ok(stored.iter().filter_map(|(_, value)| serde_json::from_slice(value).ok()).collect())
    }

    /// The texts of a scope's records.
    pub(super) fn texts(&self, scope: ScopeId) -> Result<Arc<[Text]>, StoreError> {
        let stored = self.values(Table::Search, &scope_key(scope))?;
        let texts = stored.iter().flat_map(|(_, value)| {
            let texts: Vec<StoredText<'_>> = serde_json::from_slice(value).unwrap_or_default();
            texts.into_iter().map(|text| text.text(scope))
        });
        Ok(texts.collect())
    }

    /// Closes it; sled's own clean-up may panic too.
    pub(super) fn close(self) -> Result<(), StoreError> {
        let flushed = self.flush();
        guarded(move || {
            drop(self);
            Ok(())
        })?;
        flushed
    }
}

/// Sets a value part by part, and takes out the parts of a longer one that stood there.
fn set(view: &TransactionalTree, key: &[u8], value: &[u8]) -> ConflictableTransactionResult<(), ()> {
    let mut number: u16 = 0;
    let mut part_key = || {
        let part_key = [key, &number.to_be_bytes()].concat();
        number = number.saturating_add(1);
        part_key
    };
    for part in value.chunks(PART) {
        view.insert(part_key(), part)?;
    }
    while view.remove(part_key())?.is_some() {}
    Ok(())
}

/// Runs something in sled: damaged files make it panic as well as fail.
fn guarded<T>(action: impl FnOnce() -> sled::Result<T>) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(action)) {
        Ok(result) => result.map_err(|error| StoreError::Database(error.to_string())),
        Err(payload) => {
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic");
            Err(StoreError::Database(text.to_owned()))
        }
    }
}
