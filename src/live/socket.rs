//! Where the socket of a data folder is, and who may use it.
//!
//! It is not in the data folder, which may lie on a stick or be copied while it is open, but in a folder of the user's own that goes away with
//! the machine's next start, and is named by the data folder's device and number: the same folder by whatever path, and never a
//! copy. Nobody but the user may look into that folder, and on Linux both sides ask the system who the other is.

use std::{
    fs::{self, DirBuilder},
    io,
    os::unix::{
        fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
};

/// The longest path that every Unix takes for a socket.
const LONGEST: usize = 100;

/// A host that answered.
#[derive(Debug)]
pub struct Called {
    pub(super) stream: UnixStream,
    /// The folder, by the name that the host knows it by.
    pub(super) folder: String,
}

/// Calls the program that has a data folder open, if there is one that listens.
pub fn call(data: &Path) -> Option<Called> {
    let folder = name(data)?;
    let streams = places().into_iter().filter_map(|place| UnixStream::connect(place.join(&folder)).ok());
    let stream = streams.into_iter().find(is_same_user)?;
    Some(Called { stream, folder })
}

/// A socket that other starts on the folder find. The folder is locked by this program, so what stands in the way is left from one that was
/// killed.
pub(super) fn listen(data: &Path) -> io::Result<(UnixListener, PathBuf, String)> {
    let folder = name(data).ok_or(io::ErrorKind::NotFound)?;
    let mut refused = io::Error::from(io::ErrorKind::NotFound);
    for place in places() {
        match listen_in(&place, &folder) {
            Ok((listener, path)) => return Ok((listener, path, folder)),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn listen_in(place: &Path, folder: &str) -> io::Result<(UnixListener, PathBuf)> {
    make_own(place)?;
    let path = place.join(folder);
    if path.as_os_str().len() > LONGEST {
        return Err(io::ErrorKind::InvalidFilename.into());
    }
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    Ok((listener, path))
}

/// Makes a folder that only this user may look into, or refuses one that is not so.
fn make_own(place: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(place) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(place)?;
    let is_own = found.is_dir() && found.uid() == own_user() && found.mode().trailing_zeros() >= 6;
    if is_own { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Where sockets may be, the best place first.
fn places() -> Vec<PathBuf> {
    let given = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|given| given.is_absolute());
    let usual = Path::new("/run/user").join(own_user().to_string());
    let mut places: Vec<PathBuf> = given.into_iter().chain([usual]).map(|dir| dir.join("hoinghi")).collect();
    // Two shells need not agree on where temporary files go.
    let temporary = [PathBuf::from("/tmp"), std::env::temp_dir()];
    places.extend(temporary.map(|dir| dir.join(format!("hoinghi-{}", own_user()))));
    places.dedup();
    places
}

/// The name of a data folder's socket.
fn name(data: &Path) -> Option<String> {
    let found = fs::metadata(data).ok()?;
    Some(format!("{:x}-{:x}", found.dev(), found.ino()))
}

fn own_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Whether the other side is run by the same user; where the system does not tell, the folder's permissions have said so.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn is_same_user(stream: &UnixStream) -> bool {
    let peer = rustix::net::sockopt::socket_peercred(stream);
    peer.is_ok_and(|peer| peer.uid.as_raw() == own_user())
}

/// Whether the other side is run by the same user; where the system does not tell, the folder's permissions have said so.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn is_same_user(_stream: &UnixStream) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_known_by_any_path_and_its_copy_is_another() {
        let root = tempfile::tempdir().unwrap();
        let [data, copy, link] = ["data", "copy", "link"].map(|name| root.path().join(name));
        fs::create_dir(&data).unwrap();
        fs::create_dir(&copy).unwrap();
        std::os::unix::fs::symlink(&data, &link).unwrap();
        assert_eq!(name(&data), name(&link));
        assert_ne!(name(&data), name(&copy));
        assert_eq!(name(&root.path().join("missing")), None);
    }

    #[test]
    fn a_socket_that_was_left_is_replaced_and_is_the_users_own() {
        let place = tempfile::tempdir().unwrap();
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let (left, path) = listen_in(place.path(), "a").unwrap();
        drop(left);
        assert!(UnixStream::connect(&path).is_err(), "nobody listens");
        let (_listener, path) = listen_in(place.path(), "a").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert!(is_same_user(&UnixStream::connect(&path).unwrap()));
    }

    #[test]
    fn a_place_that_others_may_look_into_is_refused() {
        let place = tempfile::tempdir().unwrap();
        for mode in [0o755, 0o710, 0o701, 0o777] {
            fs::set_permissions(place.path(), fs::Permissions::from_mode(mode)).unwrap();
            let refused = listen_in(place.path(), "a").unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::PermissionDenied, "{mode:o}");
        }
        let own = place.path().join("own");
        make_own(&own).unwrap();
        assert_eq!(fs::metadata(&own).unwrap().mode() & 0o777, 0o700);
        let link = place.path().join("link");
        std::os::unix::fs::symlink(&own, &link).unwrap();
        assert!(make_own(&link).is_err(), "a link may lead anywhere tomorrow");
    }

    #[test]
    fn a_path_that_is_too_long_for_a_socket_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let deep = place.path().join("d".repeat(LONGEST));
        assert_eq!(listen_in(&deep, "a").unwrap_err().kind(), io::ErrorKind::InvalidFilename);
    }
}
