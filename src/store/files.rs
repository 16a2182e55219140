//! Writing to disk, behind a trait so that tests can let it fail.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

/// A file to which bytes are added.
pub trait Handle: Send {
    /// Writes some of the bytes at the end; says how many.
    ///
    /// # Errors
    /// What the system says.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Brings what was written to the medium.
    ///
    /// # Errors
    /// What the system says; the handle must not be used for writing after that.
    fn sync(&mut self) -> io::Result<()>;

    /// Makes the file as short as `len`.
    ///
    /// # Errors
    /// What the system says.
    fn cut(&mut self, len: u64) -> io::Result<()>;
}

/// Where appended files come from.
pub trait Files: Send + Sync + fmt::Debug {
    /// Opens a file for appending, made with its folders if missing; `private` ones only their owner may read.
    ///
    /// # Errors
    /// What the system says.
    fn append(&self, path: &Path, private: bool) -> io::Result<Box<dyn Handle>>;
}

/// The real disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Files for Disk {
    fn append(&self, path: &Path, private: bool) -> io::Result<Box<dyn Handle>> {
        let folder = path.parent().unwrap_or(Path::new("."));
        make_folder(folder, private)?;
        let is_new = !path.exists();
        let file = owner_only(File::options().append(true).create(true), private).open(path)?;
        if is_new {
            sync_folder(folder)?;
        }
        Ok(Box::new(file))
    }
}

impl Handle for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::Write::write(self, bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)
    }
}

#[cfg(unix)]
fn owner_only(options: &mut fs::OpenOptions, private: bool) -> &mut fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    if private { options.mode(0o600) } else { options }
}

#[cfg(not(unix))]
fn owner_only(options: &mut fs::OpenOptions, _private: bool) -> &mut fs::OpenOptions {
    options
}

/// Makes a folder and those above it, each recorded in the one that holds it.
fn make_folder(path: &Path, private: bool) -> io::Result<()> {
    if path.is_dir() || path.as_os_str().is_empty() {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(Path::new("."));
    make_folder(parent, false)?;
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    #[cfg(not(unix))]
    let _ = private;
    builder.create(path)?;
    sync_folder(parent)
}

/// Makes a folder that only its owner may enter, whoever made it otherwise before. A medium without owners keeps it as it is.
pub(super) fn own(path: &Path) -> io::Result<()> {
    make_folder(path, true)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if fs::metadata(path)?.permissions().mode() & 0o077 != 0
            && let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(0o700))
        {
            tracing::warn!("{}: {error}", path.display());
        }
    }
    Ok(())
}

/// Brings a folder's list of files to the medium, where the system can.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        File::open(path)?.sync_all()?;
    }
    Ok(())
}

/// Writes all bytes through a handle.
pub(super) fn write_all(handle: &mut dyn Handle, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match handle.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Puts a small file in place of another so that at any moment one of the two is there whole.
pub(super) fn replace(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder, private)?;
    let beside = path.with_extension("new");
    let mut file =
        owner_only(File::options().write(true).create(true).truncate(true), private).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    fs::rename(&beside, path)?;
    sync_folder(folder)
}

/// Writes a small file in its place. Nothing is cut first: some file systems write a cut file out before they go on.
pub(super) fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create(true).truncate(false).open(path)?;
    file.write_all(bytes)?;
    let len = u64::try_from(bytes.len()).unwrap_or_default();
    if file.metadata()?.len() == len { Ok(()) } else { file.set_len(len) }
}

/// Removes a file for good; one that is not there is removed already.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_folder(path.parent().unwrap_or(Path::new("."))),
    }
}
