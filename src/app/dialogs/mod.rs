//! What stands over a screen: a list to choose from, pages to read, a form.

pub mod folder;
pub mod pages;
pub mod picker;
pub mod wizard;

use folder::FolderForm;
use pages::Pages;
use picker::Picker;
use wizard::Wizard;

/// A dialog.
#[derive(Debug, Clone)]
pub enum Dialog {
    /// A list that narrows as one types.
    Picker(Box<Picker>),
    /// Lines to read.
    Pages(Pages),
    /// The form of a new session.
    Wizard(Box<Wizard>),
    /// The form for another data folder.
    Folder(Box<FolderForm>),
    /// How one joins from another computer, for the room to see.
    Invitation,
}
