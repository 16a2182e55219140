//! What went wrong outside the domain, in the person's language: what happened, what was kept, what to do next.

use std::path::Path;

use crate::{
    i18n::{Strings, fill},
    store::StoreError,
};

/// An error of the store.
pub fn store_error(strings: &Strings, error: &StoreError) -> String {
    let named = |pattern: &str, path: &Path| fill(pattern, &[&path.display().to_string()]);
    match error {
        StoreError::Missing(path) => named(strings.store_missing, path),
        StoreError::Foreign(path) => named(strings.store_foreign, path),
        StoreError::Newer { path, .. } => named(strings.store_newer, path),
        StoreError::Damaged(path) => named(strings.store_damaged, path),
        StoreError::ReadOnly(path) => named(strings.store_read_only, path),
        StoreError::InUse { path, holder } => {
            fill(strings.store_in_use, &[&path.display().to_string(), holder])
        }
        StoreError::DiskFull(path) => named(strings.store_disk_full, path),
        StoreError::HasData(path) => named(strings.store_has_data, path),
        StoreError::NotChanges(path) => named(strings.store_not_changes, path),
        StoreError::BackupUnverified(path) => named(strings.store_unverified, path),
        StoreError::TooLong(bytes) => fill(strings.store_too_long, &[&bytes.to_string()]),
        StoreError::Database(detail) => fill(strings.store_database, &[detail]),
        StoreError::Stopped => strings.store_stopped.to_owned(),
        StoreError::Io { path, detail, .. } => fill(strings.store_io, &[&path.display().to_string(), detail]),
    }
}
