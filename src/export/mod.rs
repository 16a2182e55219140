//! Documents to bytes: one small file a format, and the writing of files that loses none.
//!
//! A renderer knows a [`Document`](crate::document::Document) and nothing of sessions; only the record format reads a board. Invariant: the same data give the same
//! bytes.

mod files;
mod json;
mod markdown;
mod text;

pub use files::{Written, write_all};

use crate::{
    document::{self, Depth, Paper, Wording, WordingError},
    domain::{board::Board, session::Session},
};

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// Plain text, 80 columns.
    Text,
    /// All records, versioned.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Text, Self::Json];

    /// The name on the command line, and the ending of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Text => "txt",
            Self::Json => "json",
        }
    }
}

/// Why nothing was exported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Not a format.
    #[error("{0:?}: md, txt, json")]
    Format(String),
    /// Not a paper.
    #[error("{0:?}: notice, minutes, all")]
    Paper(String),
    /// Not a depth of the minutes.
    #[error("{0:?}: full, main-course, conclusions-only")]
    Depth(String),
    /// A template of the office cannot be used.
    #[error(transparent)]
    Wording(#[from] WordingError),
    /// A file could not be written; those before it were.
    #[error("{path}: {detail}")]
    Write {
        /// The file or folder.
        path: String,
        /// In the system's words.
        detail: String,
    },
}

/// What to export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// In which formats.
    pub formats: Vec<Format>,
    /// Which papers.
    pub papers: Vec<Paper>,
    /// How much the minutes tell.
    pub depth: Depth,
}

impl Order {
    /// Every paper in every format.
    pub fn all(depth: Depth) -> Self {
        Self { formats: Format::ALL.to_vec(), papers: Paper::ALL.to_vec(), depth }
    }

    /// Reads two lists with commas between and a depth, as the command line gives them.
    ///
    /// # Errors
    /// The first name that is not known, with those that are.
    pub fn parse(formats: &str, papers: &str, depth: &str) -> Result<Self, ExportError> {
        let format = |name: &str| {
            let known = Format::ALL.into_iter().find(|format| format.name() == name);
            known.ok_or_else(|| ExportError::Format(name.to_owned()))
        };
        let paper = |name: &str| {
            let known = Paper::ALL.into_iter().find(|paper| paper.name() == name);
            known.map(|paper| vec![paper]).or_else(|| (name == "all").then(|| Paper::ALL.to_vec()))
        };
        let names = |list: &str| list.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        let formats: Result<Vec<Format>, _> = names(formats).iter().map(|name| format(name)).collect();
        let mut chosen = Vec::new();
        for name in names(papers) {
            chosen.extend(paper(&name).ok_or(ExportError::Paper(name))?);
        }
        chosen.sort_unstable();
        chosen.dedup();
        let mut formats = formats?;
        formats.sort_unstable();
        formats.dedup();
        let known = Depth::ALL.into_iter().find(|known| known.name() == depth.trim());
        let depth = known.ok_or_else(|| ExportError::Depth(depth.to_owned()))?;
        Ok(Self { formats, papers: chosen, depth })
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
}

/// Renders what is ordered of a board.
///
/// # Errors
/// [`ExportError::Wording`].
pub fn render(board: &Board, order: &Order, wording: &Wording) -> Result<Rendered, ExportError> {
    let mut rendered = Rendered::default();
    for paper in &order.papers {
        let document = match paper {
            Paper::Notice => document::conclusion_notice(board, wording)?,
            Paper::Minutes => document::minutes(board, wording, order.depth)?,
        };
        for format in &order.formats {
            let text = match format {
                Format::Markdown => markdown::render(&document),
                Format::Text => text::render(&document),
                Format::Json => continue,
            };
            let name = file_name(board, paper.slug(), *format);
            rendered.files.push(File { name, bytes: text.into_bytes() });
        }
        rendered.withheld = document.withheld;
        for missing in document.missing {
            if !rendered.missing.contains(&missing) {
                rendered.missing.push(missing);
            }
        }
    }
    if order.formats.contains(&Format::Json) {
        let name = file_name(board, "du-lieu", Format::Json);
        rendered.files.push(File { name, bytes: json::render(board) });
    }
    Ok(rendered)
}

/// `2023-Q1_thong-bao.md`.
fn file_name(board: &Board, slug: &str, format: Format) -> String {
    let quarter = Session::of(board).and_then(Session::quarter);
    let quarter = quarter.map_or_else(|| "hoi-nghi".to_owned(), |q| format!("{}-Q{}", q.year(), q.number()));
    format!("{quarter}_{slug}.{}", format.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_and_what_is_not_known_is_named() {
        let order = Order::parse("txt, md,md", "all", "main-course").unwrap();
        assert_eq!(order.formats, [Format::Markdown, Format::Text]);
        assert_eq!((order.papers, order.depth), (Paper::ALL.to_vec(), Depth::MainCourse));
        let error = |format, paper, depth| Order::parse(format, paper, depth).unwrap_err();
        assert_eq!(error("pdf", "all", "full"), ExportError::Format("pdf".to_owned()));
        assert_eq!(error("md", "plan", "full"), ExportError::Paper("plan".to_owned()));
        assert_eq!(error("md", "all", "deep"), ExportError::Depth("deep".to_owned()));
    }
}
