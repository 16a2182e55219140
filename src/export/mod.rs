//! Documents to bytes: one small file a format, and the writing of files that loses none.
//!
//! A renderer knows a [`Document`] and nothing of sessions; only the record format reads a board. Invariant: the same data give the same
//! bytes.

mod csv;
mod docx;
mod files;
mod html;
mod json;
mod markdown;
mod measure;
mod naming;
mod order;
#[cfg(feature = "pdf")]
mod pdf;
mod profile;
mod text;

pub use docx::{OfficeStyles, StylesFault};
pub use files::{Batch, Written, write_all};
pub use naming::stem;
pub use order::{Format, Order, Page};
pub use profile::{Deviation, Length, Part, Profile, ProfileError, ProfileFault, Profiles, Style};

#[cfg(feature = "pdf")]
use std::cell::LazyCell;
use std::{collections::BTreeSet, io, path::Path};

#[cfg(feature = "pdf")]
use chrono::{DateTime, FixedOffset};

use crate::{
    document::{self, Document, Paper, Wording, WordingError},
    domain::board::Board,
};

/// Why nothing was exported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Not a format.
    #[error("{0:?}: {known}", known = Format::names())]
    Format(String),
    /// Not a paper.
    #[error("{0:?}: notice, minutes, annex, pledge, attendance, signin, programme, all")]
    Paper(String),
    /// Not a depth of the minutes.
    #[error("{0:?}: full, main-course, conclusions-only")]
    Depth(String),
    /// Not a layout.
    #[error("{0:?}: party, state, auto")]
    Layout(String),
    /// No profile has that name.
    #[error("{0:?}: {known}", known = .1.join(", "))]
    NoProfile(String, Vec<String>),
    /// Nothing but PDF was asked for, which this build cannot write.
    #[error("pdf")]
    NoPdf,
    /// A profile of the office cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A template of the office cannot be used.
    #[error(transparent)]
    Wording(#[from] WordingError),
    /// The office's own DOCX cannot be used for its styles.
    #[error("styles.docx")]
    Styles(StylesFault),
    /// A file of the office cannot be read; in the system's words.
    #[error("{0}")]
    Unreadable(String),
    /// It was given up on the way; nothing was written.
    #[error("given up")]
    GivenUp,
    /// A file could not be put together.
    #[error("{0}")]
    Package(String),
    /// A file could not be written; those before it were.
    #[error("{path}: {detail}")]
    Write {
        /// The file or folder.
        path: String,
        /// The kind of refusal.
        kind: io::ErrorKind,
        /// In the system's words.
        detail: String,
    },
}

impl ExportError {
    /// Whether the person asked for something that there is not.
    pub fn is_misuse(&self) -> bool {
        use ExportError as E;
        matches!(self, E::Format(_) | E::Paper(_) | E::Depth(_) | E::Layout(_) | E::NoProfile(..) | E::NoPdf)
    }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name: ASCII.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Files, and what people should know about them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The files.
    pub files: Vec<File>,
    /// What has to be filled in, each once.
    pub missing: Vec<String>,
    /// How many off-record lines were left out.
    pub withheld: usize,
    /// The papers for which the session has nothing.
    pub empty: Vec<Paper>,
    /// What PDF shows as an empty square, because no font has it.
    pub unprintable: BTreeSet<String>,
    /// The styles that the office's own DOCX has not.
    pub missing_styles: Vec<String>,
    /// Where the office's profile leaves the rules.
    pub deviations: Vec<Deviation>,
}

impl Rendered {
    /// What people should know about a document, each gap once; `told` are those so far.
    fn note(&mut self, document: Document, told: &mut BTreeSet<String>) {
        self.withheld = document.withheld;
        self.missing.extend(document.missing.into_iter().filter(|missing| told.insert(missing.clone())));
    }
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many steps are done: papers in a format, and the records.
    pub done: u64,
    /// How many there are.
    pub total: u64,
}

/// Renders what is ordered of a board, all files at once.
///
/// # Errors
/// [`ExportError::NoProfile`], [`ExportError::Wording`], [`ExportError::Package`].
pub fn render(
    board: &Board,
    order: &Order,
    wording: &Wording,
    profiles: &Profiles,
) -> Result<Rendered, ExportError> {
    let mut files = Vec::new();
    let rendered = render_each(board, order, wording, profiles, &mut |file, _| {
        files.extend(file);
        Ok(())
    })?;
    Ok(Rendered { files, ..rendered })
}

/// Writes what is ordered of a board into a folder, one file after the other. Between two of them `goes_on` hears how far it is and says
/// whether to go on.
///
/// # Errors
/// [`ExportError::GivenUp`] if it shall not go on; what [`render`] and [`Batch`] say. In each case but one no file has changed: see
/// [`Batch::finish`].
pub fn export(
    board: &Board,
    order: &Order,
    (wording, profiles): (&Wording, &Profiles),
    folder: &Path,
    goes_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<(Rendered, Vec<Written>), ExportError> {
    let mut batch = Batch::new(folder, document::withheld(board) > 0)?;
    let rendered = render_each(board, order, wording, profiles, &mut |file, progress| {
        file.iter().try_for_each(|file| batch.add(file))?;
        if goes_on(progress) { Ok(()) } else { Err(ExportError::GivenUp) }
    })?;
    Ok((rendered, batch.finish()?))
}

/// What the PDF of the first paper of an order is set from, as `typst compile` reads it: the template, and its data.
///
/// # Errors
/// What [`render`] says.
#[cfg(feature = "pdf")]
pub fn pdf_source(
    board: &Board,
    order: &Order,
    wording: &Wording,
    profiles: &Profiles,
) -> Result<Option<[File; 2]>, ExportError> {
    let profile = order.choose(board, profiles)?;
    let wording = wording.clone().in_layout(profile.family);
    let Some(paper) = order.papers.first() else { return Ok(None) };
    let documents = document::write(board, *paper, &wording, order.depth)?;
    let press = pdf::Press::new(&profile.office_fonts);
    let source = documents.first().map(|document| press.source(document, profile));
    source.transpose().map_err(ExportError::Package)
}

/// Takes a file, if a step made one, and how far it is.
type Take<'a> = &'a mut dyn FnMut(Option<File>, Progress) -> Result<(), ExportError>;

fn render_each(
    board: &Board,
    order: &Order,
    wording: &Wording,
    profiles: &Profiles,
    take: Take<'_>,
) -> Result<Rendered, ExportError> {
    let profile = order.choose(board, profiles)?;
    let wording = wording.clone().in_layout(profile.family);
    let missing_styles =
        if order.formats.contains(&Format::Docx) { docx::missing_styles(profile) } else { Vec::new() };
    let deviations = profile.deviations.clone();
    let mut rendered = Rendered { missing_styles, deviations, ..Rendered::default() };
    let mut told = BTreeSet::new();
    let stem = order.stem.clone().unwrap_or_else(|| naming::by_quarter(board));
    let named = |slug: &str, format: Format, bytes| File { name: naming::file(&stem, slug, format), bytes };
    let with_records = order.formats.contains(&Format::Json);
    let total = order.papers.len() as u64 + u64::from(with_records);
    let writer = Writer::new(board, profile);
    for (paper, done) in order.papers.iter().zip(1..) {
        let documents = document::write(board, *paper, &wording, order.depth)?;
        if documents.is_empty() {
            rendered.empty.push(*paper);
        }
        for document in documents {
            for format in &order.formats {
                let bytes = writer.write(&document, *format, &mut rendered.unprintable)?;
                let file = bytes.map(|bytes| named(&document.slug, *format, bytes));
                take(file, Progress { done: done - 1, total })?;
            }
            rendered.note(document, &mut told);
        }
        take(None, Progress { done, total })?;
    }
    if with_records {
        let file = named("du-lieu", Format::Json, json::render(board));
        take(Some(file), Progress { done: total, total })?;
    }
    Ok(rendered)
}

/// What all documents of an order share.
struct Writer<'a> {
    profile: &'a Profile,
    #[cfg(feature = "pdf")]
    press: LazyCell<pdf::Press, Box<dyn FnOnce() -> pdf::Press + 'a>>,
    #[cfg(feature = "pdf")]
    moment: Option<DateTime<FixedOffset>>,
}

impl<'a> Writer<'a> {
    #[cfg_attr(not(feature = "pdf"), expect(unused_variables, reason = "only PDF is dated"))]
    fn new(board: &Board, profile: &'a Profile) -> Self {
        Self {
            profile,
            #[cfg(feature = "pdf")]
            press: LazyCell::new(Box::new(|| pdf::Press::new(&profile.office_fonts))),
            #[cfg(feature = "pdf")]
            moment: json::moment(board),
        }
    }

    /// A document in a format, `None` if there is nothing of it in that format; what a format cannot show goes to `unprintable`.
    #[cfg_attr(not(feature = "pdf"), expect(unused_variables, reason = "only PDF needs fonts"))]
    fn write(
        &self,
        document: &Document,
        format: Format,
        unprintable: &mut BTreeSet<String>,
    ) -> Result<Option<Vec<u8>>, ExportError> {
        let profile = self.profile;
        let package = |error: zip::result::ZipError| ExportError::Package(error.to_string());
        Ok(match format {
            Format::Docx => Some(docx::render(document, profile).map_err(package)?),
            #[cfg(feature = "pdf")]
            Format::Pdf => {
                let printed =
                    self.press.print(document, profile, self.moment).map_err(ExportError::Package)?;
                unprintable.extend(printed.unprintable);
                Some(printed.bytes)
            }
            Format::Html => Some(html::render(document, profile).into_bytes()),
            Format::Markdown => Some(markdown::render(document, profile).into_bytes()),
            Format::Text => Some(text::render(document, profile).into_bytes()),
            Format::Csv => csv::render(document),
            Format::Json => None,
        })
    }
}

/// The recipients, with what stands after each: the profile's separator, a full stop after the last.
fn recipient_lines(document: &Document, profile: &Profile) -> Vec<String> {
    let last = document.recipients.len().saturating_sub(1);
    let after = |at: usize| if at == last { "." } else { &profile.separator };
    let recipients = document.recipients.iter().enumerate();
    recipients.map(|(at, recipient)| format!("{recipient}{}", after(at))).collect()
}

/// A page of a session, as a text that somebody else has set, under the session's stem.
pub fn page(stem: &str, slug: &str, text: String) -> File {
    File { name: naming::file(stem, slug, Format::Text), bytes: text.into_bytes() }
}
