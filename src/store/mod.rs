//! The log, the database beside it, the writer, drafts, backup: everything that is written to disk.
//!
//! The room owns one data folder and is the only place that names sled. It knows no clock and no words for people:
//! moments and random numbers are handed in, errors and findings are values.
//!
//! Invariant: what was acknowledged is in a synced log line. Everything else (the database, the boards in memory) can
//! be made again from those lines, and is checked against them before it is trusted.

mod backup;
mod bulk;
mod commit;
mod database;
mod doctor;
mod draft;
mod elsewhere;
mod erase;
mod error;
mod files;
mod folder;
mod frames;
mod keeper;
mod line;
mod lock;
mod log;
mod notebook;
mod obstacle;
mod open;
mod people;
mod picture;
mod reach;
mod receive;
mod scope;
mod scrub;
mod union;
mod writer;

pub use backup::Backups;
pub use commit::{CommitError, Saved};
pub use database::Text;
pub use doctor::{Damage, Diagnosis, Finding, examine};
pub use draft::{Draft, Drafts, SavedDraft};
pub use elsewhere::Elsewhere;
pub use erase::Erasure;
pub use error::StoreError;
pub use files::{Disk, Files, Handle};
pub use keeper::DATABASE_THREAD;
pub use line::{BadLine, Line};
pub use notebook::{Notebook, Written};
pub use open::{Access, OpenOptions, Store};
pub use receive::Host;
pub use union::{Fork, RefusedLine, UnionReport};
pub use writer::{Event, Reader, Writer};
