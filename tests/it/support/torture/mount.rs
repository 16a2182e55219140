//! File systems of our own, where the machine lets us have them.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// `FS_IOC_SHUTDOWN` without writing the journal: what the medium holds is what a power cut leaves.
const SHUTDOWN: &str =
    r#"open(my $f, "<", $ARGV[0]) or die; my $how = pack("L", 2); ioctl($f, 0x8004587d, $how) or die "$!""#;

/// Runs a command without a word; what it complained about if it failed.
pub(super) fn quietly(program: &str, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program}: {}", complaint.lines().next().unwrap_or("failed")))
}

/// A mounted file system; unmounted when dropped.
pub(super) struct Mount {
    _folder: TempDir,
    image: PathBuf,
    pub(super) point: PathBuf,
    mounted: bool,
}

impl Mount {
    fn new() -> Self {
        let folder = TempDir::with_prefix("torture-fs-").unwrap();
        let (image, point) = (folder.path().join("image"), folder.path().join("fs"));
        fs::create_dir(&point).unwrap();
        Self { _folder: folder, image, point, mounted: false }
    }

    /// An ext4 file system in a file on a loop device.
    pub(super) fn disk(megabytes: u64) -> Result<Self, String> {
        let mut mount = Self::new();
        File::create(&mount.image)
            .and_then(|file| file.set_len(megabytes << 20))
            .map_err(|e| e.to_string())?;
        quietly("mkfs.ext4", &["-q", "-F", text(&mount.image)])?;
        mount.mount()?;
        Ok(mount)
    }

    /// A file system in memory.
    pub(super) fn memory(kilobytes: u64) -> Result<Self, String> {
        let mut mount = Self::new();
        let size = format!("size={kilobytes}k");
        quietly("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", text(&mount.point)])?;
        mount.mounted = true;
        Ok(mount)
    }

    pub(super) fn mount(&mut self) -> Result<(), String> {
        quietly("mount", &["-o", "loop", text(&self.image), text(&self.point)])?;
        self.mounted = true;
        Ok(())
    }

    pub(super) fn unmount(&mut self) -> Result<(), String> {
        if self.mounted {
            quietly("umount", &[text(&self.point)])
                .or_else(|_busy| quietly("umount", &["-l", text(&self.point)]))?;
            self.mounted = false;
        }
        Ok(())
    }

    /// Cuts the power.
    pub(super) fn cut_power(&self) -> Result<(), String> {
        quietly("perl", &["-e", SHUTDOWN, text(&self.point)])
    }

    /// Makes everything read-only, or writable again.
    pub(super) fn allow_writing(&self, allow: bool) -> Result<(), String> {
        let how = if allow { "remount,rw" } else { "remount,ro" };
        quietly("mount", &["-o", how, text(&self.point)])
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // What cannot be unmounted is told by the next one that wants to mount.
        let _ = self.unmount();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
