//! Folders that other machines write to: a lock does not hold there, and a copier may catch a file half-written.

use std::path::Path;

/// File systems that live on another machine, as the system names them.
const NETWORK: [&str; 9] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs"];
/// Folders that a program copies elsewhere, by a part of their name in lower case.
const COPIED: [&str; 8] =
    ["dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud", "syncthing", "pcloud"];

/// Whether a data folder lies on a network file system (by the text of `/proc/mounts`) or in a folder that is copied elsewhere.
pub fn is_shared(folder: &Path, mounts: &str) -> bool {
    on_network(folder, mounts) || is_copied(folder)
}

fn on_network(folder: &Path, mounts: &str) -> bool {
    let mount = |line: &str| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?.replace("\\040", " "), words.next()?.to_owned()))
    };
    let holding = mounts.lines().filter_map(mount).filter(|(point, _)| folder.starts_with(point));
    let nearest = holding.max_by_key(|(point, _)| point.len());
    nearest.is_some_and(|(_, kind)| NETWORK.contains(&kind.as_str()))
}

fn is_copied(folder: &Path) -> bool {
    let parts = folder.iter().filter_map(|part| part.to_str()).map(str::to_lowercase);
    let mut copied = parts.filter(|part| COPIED.iter().any(|name| part.contains(name)));
    copied.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str =
        "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/chung nfs4 rw 0 0\n//s/y /mnt/o\\040chung cifs rw 0 0\n";

    #[test]
    fn the_nearest_mount_decides() {
        for (folder, shared) in [
            ("/home/lan/data", false),
            ("/mnt/chung/data", true),
            ("/mnt/o chung/data", true),
            ("/mnt/chungx", false),
        ] {
            assert_eq!(is_shared(Path::new(folder), MOUNTS), shared, "{folder}");
        }
    }

    #[test]
    fn folders_that_are_copied_are_known_by_name() {
        assert!(is_shared(Path::new("/home/lan/OneDrive - Cơ quan/hoinghi"), MOUNTS));
        assert!(!is_shared(Path::new("/home/lan/tài liệu"), MOUNTS));
    }
}
