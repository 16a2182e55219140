//! The form for another data folder, offered when the present one takes no more writes.

use crate::app::editor::Editor;

/// The form.
#[derive(Debug, Clone)]
pub struct FolderForm {
    /// The path, as typed.
    pub path: Editor,
    /// Why the last folder could not be used.
    pub problem: Option<String>,
    /// Whether the folder is being tried.
    pub trying: bool,
}

impl FolderForm {
    /// A form that begins with a path.
    pub fn new(path: &str) -> Self {
        Self { path: Editor::line().with_text(path), problem: None, trying: false }
    }
}
