//! The keys of people whom the facilitator has admitted: they come back without the code.
//!
//! Only a key that was proved by a signature gets in here. The file lies in the data folder and is the host's alone.

use std::{fs, io, path::PathBuf};

use russh::keys::PublicKey;
use serde::{Deserialize, Serialize};

use super::host_key::write_own;
use crate::domain::policy::Role;

const FILE: &str = "approved.json";
/// How many keys are kept; the oldest goes first.
const MOST: usize = 500;

/// Somebody's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Approval {
    /// In the form of an `authorized_keys` line, without a comment.
    key: String,
    /// The name under which they record.
    pub(super) name: String,
    /// The role in which they sat last.
    pub(super) role: Role,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Approved {
    path: PathBuf,
    all: Vec<Approval>,
}

/// A key without what its owner remarks about it.
fn named(key: &PublicKey) -> Option<String> {
    let mut key = key.clone();
    key.set_comment("");
    key.to_openssh().ok()
}

impl Approved {
    /// Reads them; a file that makes no sense approves nobody.
    pub(super) fn read(folder: &std::path::Path) -> Self {
        let path = folder.join(FILE);
        let all = match fs::read(&path).map(|bytes| serde_json::from_slice(&bytes)) {
            Ok(Ok(all)) => all,
            Ok(Err(error)) => {
                tracing::warn!("approved keys: {error}");
                Vec::new()
            }
            Err(_there_is_none) => Vec::new(),
        };
        Self { path, all }
    }

    /// What is known of a key.
    pub(super) fn of(&self, key: &PublicKey) -> Option<&Approval> {
        let key = named(key)?;
        self.all.iter().find(|approval| approval.key == key)
    }

    /// Whether anybody of that name has a key.
    pub(super) fn knows(&self, is_named: impl Fn(&str) -> bool) -> bool {
        self.all.iter().any(|approval| is_named(&approval.name))
    }

    /// Keeps a key with the name and the role of its owner.
    pub(super) fn approve(&mut self, key: &PublicKey, name: &str, role: Role) {
        self.forget(key);
        let Some(key) = named(key) else { return };
        self.all.push(Approval { key, name: name.to_owned(), role });
        let excess = self.all.len().saturating_sub(MOST);
        self.all.drain(..excess);
    }

    /// The key opens nothing any more.
    pub(super) fn forget(&mut self, key: &PublicKey) {
        let key = named(key);
        self.all.retain(|approval| Some(&approval.key) != key.as_ref());
    }

    /// Writes them.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn write(&self) -> io::Result<()> {
        write_own(&self.path, &serde_json::to_vec_pretty(&self.all)?)
    }
}

#[cfg(test)]
mod tests {
    use russh::keys::{PrivateKey, ssh_key::private::Ed25519Keypair};

    use super::*;

    fn key(seed: u8) -> PublicKey {
        PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32])).public_key().clone()
    }

    #[test]
    fn a_key_is_known_again_with_its_owner_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let mut approved = Approved::read(folder.path());
        approved.approve(&key(1), "Lê Thị Mai", Role::NoteTaker);
        approved.approve(&key(1), "Lê Thị Mai", Role::Chair);
        approved.write().unwrap();
        let mut again = Approved::read(folder.path());
        let mut remarked = key(1);
        remarked.set_comment("mai@laptop");
        let found = again.of(&remarked).unwrap();
        assert_eq!((found.name.as_str(), found.role), ("Lê Thị Mai", Role::Chair));
        assert_eq!(again.of(&key(2)), None);
        again.forget(&key(1));
        assert_eq!(again.of(&key(1)), None);
    }

    #[test]
    fn nonsense_approves_nobody() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "[{\"key\": 1}]").unwrap();
        assert!(!Approved::read(folder.path()).knows(|_| true));
    }
}
