//! A text being typed into a field: of a record that exists, of a new one, or of a line that is cut in two.

use serde::{Deserialize, Serialize};

use super::{
    editor::{Draft, Editor},
    form::{self, Spec},
};
use crate::domain::{
    change::{Field, WriteId},
    command::Place,
    edit::Edit,
    ids::RecordId,
    kind::Kind,
    record::Record,
};

/// What a typed text belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A field of a record that exists.
    Existing(RecordId),
    /// The main text of a record to be created.
    New {
        /// The record.
        record: RecordId,
        /// What it will be.
        kind: Kind,
        /// The fields it begins with.
        details: Vec<Edit>,
        /// Where it will stand.
        place: Place,
    },
    /// The text of a line that will be cut at the cursor.
    Split(RecordId),
}

impl Target {
    /// The record.
    pub fn record(&self) -> RecordId {
        match self {
            Self::Existing(record) | Self::Split(record) | Self::New { record, .. } => *record,
        }
    }
}

/// A text being typed into a field.
#[derive(Debug, Clone)]
pub struct FieldEdit {
    /// What it belongs to.
    pub target: Target,
    /// The field.
    pub spec: Spec,
    /// The text.
    pub editor: Editor,
    /// The writes that the person saw when they began.
    pub seen: Vec<WriteId>,
    /// The text at that time.
    pub original: String,
    /// Whether somebody wrote the field since, so that the next Enter asks whose text it is to be.
    pub stale: bool,
}

/// A typed text as it is kept in a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptEdit {
    target: Target,
    spec: Spec,
    draft: Draft,
    seen: Vec<WriteId>,
    original: String,
    stale: bool,
}

impl KeptEdit {
    /// Whether it says something else than what is stored.
    pub fn is_changed(&self) -> bool {
        self.draft.text != self.original
    }
}

impl FieldEdit {
    /// An editor for a field of a record that exists.
    pub fn existing(record: &Record, spec: Spec, text: &str) -> Self {
        let editor = editor_for(&spec).with_text(text);
        let seen = record.seen(&spec.field);
        let (target, original) = (Target::Existing(record.id), editor.text());
        Self { target, spec, editor, seen, original, stale: false }
    }

    /// An editor for the main text of a new record.
    pub fn new(record: RecordId, kind: Kind, details: Vec<Edit>, place: Place) -> Option<Self> {
        let spec = form::specs(kind).into_iter().next()?;
        let target = Target::New { record, kind, details, place };
        let editor = editor_for(&spec);
        Some(Self { target, spec, editor, seen: Vec::new(), original: String::new(), stale: false })
    }

    /// Whether the text differs from what is stored.
    pub fn is_changed(&self) -> bool {
        self.editor.text() != self.original
    }

    /// What is kept of it.
    pub fn kept(&self) -> KeptEdit {
        KeptEdit {
            target: self.target.clone(),
            spec: self.spec.clone(),
            draft: self.editor.draft(),
            seen: self.seen.clone(),
            original: self.original.clone(),
            stale: self.stale,
        }
    }

    /// The editor that was kept.
    pub fn restored(kept: KeptEdit) -> Self {
        let editor = editor_for(&kept.spec).with_draft(&kept.draft);
        let KeptEdit { target, spec, seen, original, stale, .. } = kept;
        Self { target, spec, editor, seen, original, stale }
    }

    /// Whether it is about the same text as another.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.target == other.target && self.spec == other.spec
    }

    /// Whether it is the editor of that field of that record.
    pub fn is_of(&self, record: RecordId, field: &Field) -> bool {
        self.target == Target::Existing(record) && self.spec.field == *field
    }
}

fn editor_for(spec: &Spec) -> Editor {
    if spec.input == form::Input::Text { Editor::multi() } else { Editor::line() }
}
