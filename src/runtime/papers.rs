//! Writing the papers of a session into a folder.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    app::msg::Msg,
    config,
    document::{Depth, Wording},
    domain::board::Board,
    export::{self, ExportError, OfficeStyles, Order, Profiles, Progress, Rendered, Written},
};

/// The profiles that hold with the files of a configuration folder, its DOCX with styles and its fonts too; read at each export, so that a file can be put right meanwhile.
///
/// # Errors
/// A file that cannot be read or used.
pub fn profiles(config: &Path) -> Result<Profiles, ExportError> {
    let unreadable = |error: io::Error| ExportError::Unreadable(error.to_string());
    let profiles = Profiles::read(&config::profiles(config).map_err(unreadable)?)?;
    let profiles = profiles.with_fonts(config::fonts(config).map_err(unreadable)?);
    match config::styles(config).map_err(unreadable)? {
        Some(bytes) => Ok(profiles.with_styles(OfficeStyles::read(&bytes).map_err(ExportError::Styles)?)),
        None => Ok(profiles),
    }
}

/// Where papers go, and by what they are written.
#[derive(Debug, Clone)]
pub(super) struct Papers {
    /// The folder.
    pub(super) folder: PathBuf,
    /// The configuration folder, which may hold profiles.
    pub(super) config: PathBuf,
    /// The sentences.
    pub(super) wording: Arc<Wording>,
}

impl Papers {
    /// Writes one page of a session, a `private` one for its owner only; what there is to tell of it.
    pub(super) fn print(&self, page: export::File, private: bool) -> Result<Msg, ExportError> {
        let written = export::write_all(&self.folder, &[page], private)?;
        Ok(self.told(&written, (0, 0)))
    }

    /// Writes all papers of a session under its stem, as long as it `goes_on`; what there is to tell of it.
    pub(super) fn write(
        &self,
        board: &Board,
        what: (String, Depth),
        goes_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Msg, ExportError> {
        let (rendered, written) = self.write_into(&self.folder, board, what, goes_on)?;
        Ok(self.told(&written, (rendered.missing.len(), rendered.withheld)))
    }

    /// The same into another folder; what was written there.
    pub(super) fn write_into(
        &self,
        folder: &Path,
        board: &Board,
        (stem, depth): (String, Depth),
        goes_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<(Rendered, Vec<Written>), ExportError> {
        let order = Order::all(depth).under(stem);
        let (profiles, wording) = (profiles(&self.config)?, &*self.wording);
        export::export(board, &order, (wording, &profiles), folder, goes_on)
    }

    fn told(&self, written: &[Written], (missing, withheld): (usize, usize)) -> Msg {
        let renamed = written.iter().find_map(|written| {
            let name = written.path.file_name()?.to_string_lossy().into_owned();
            Some((written.instead_of.clone()?, name))
        });
        Msg::Exported {
            files: written.len(),
            folder: self.folder.display().to_string(),
            missing,
            withheld,
            renamed,
        }
    }
}
