//! A paper as DOCX: `WordprocessingML` of ECMA-376, transitional, in the order that its schema wants.
//!
//! The looks stand in named styles and the numbers of headings and items in a list bound to them, so an office can reorder and restyle in
//! its own program. Invariant: equal papers give equal bytes.

mod body;
mod head;
mod numbering;
mod office;
mod package;
mod paragraph;
mod styles;
mod xml;

pub use office::{OfficeStyles, StylesFault};

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::profile::Profile;
use crate::document::Document;

/// A part of fewer bytes is not compressed: to begin with each of them takes longer than to write a short paper.
const SMALL: usize = 2000;

/// The bytes of a paper.
///
/// # Errors
/// The package cannot be put together: it would be larger than a package can be.
pub(super) fn render(document: &Document, profile: &Profile) -> Result<Vec<u8>, ZipError> {
    let parts = [
        ("[Content_Types].xml", package::content_types()),
        ("_rels/.rels", package::relations()),
        ("docProps/core.xml", package::properties(document)),
        ("word/styles.xml", styles::render(profile)),
        ("word/numbering.xml", numbering::render(profile)),
        ("word/settings.xml", package::settings()),
        ("word/fontTable.xml", package::fonts(profile)),
        ("word/theme1.xml", package::theme()),
        ("word/header1.xml", package::header(true)),
        ("word/header2.xml", package::header(false)),
        ("word/_rels/document.xml.rels", package::document_relations()),
    ];
    let options = |method| {
        SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default())
    };
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let is_small = bytes.len() < SMALL;
        let method = if is_small { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        package.start_file(name, options(method))?;
        package.write_all(&bytes)?;
    }
    package.start_file("word/document.xml", options(CompressionMethod::Deflated))?;
    body::render(document, profile, &mut package)?;
    Ok(package.finish()?.into_inner())
}

/// The names of the styles that an office's file has not, so that ours are used.
pub(super) fn missing_styles(profile: &Profile) -> Vec<String> {
    styles::missing(profile)
}

/// Twentieths of a point in which the format measures, from millimetres.
fn twips(millimetres: f64) -> String {
    format!("{:.0}", millimetres * 1440.0 / 25.4)
}

/// The same from points.
fn twips_of(points: f64) -> String {
    format!("{:.0}", points * 20.0)
}
