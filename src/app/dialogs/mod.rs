//! What stands over a screen: a list to choose from, pages to read, the form of a new session.

pub mod pages;
pub mod picker;
pub mod wizard;

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
}
