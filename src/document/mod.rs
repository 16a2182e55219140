//! The neutral document: what an office paper says, before it is Markdown, text or anything else.
//!
//! The room turns a board into blocks with labels already computed. It knows no format and no file; wording comes from templates that are
//! handed in. Documents are Vietnamese. Invariant: nothing off the record is in a document, and every datum that is missing is
//! visible in it and listed.

mod composition;
mod facts;
mod minutes;
mod notice;
mod wording;

pub use minutes::minutes;
pub use notice::conclusion_notice;
pub use wording::{Wording, WordingError};

use std::collections::BTreeMap;

use crate::domain::{ids::RecordId, kind::Layout};

/// What stands in place of a datum that is missing.
pub const TO_FILL_IN: &str = "CẦN BỔ SUNG";

/// Which paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// Thông báo kết luận.
    Notice,
    /// Biên bản.
    Minutes,
}

impl Paper {
    /// All papers.
    pub const ALL: [Self; 2] = [Self::Notice, Self::Minutes];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Minutes => "minutes",
        }
    }

    /// The name in file names: ASCII.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Notice => "thong-bao",
            Self::Minutes => "bien-ban",
        }
    }
}

/// How much of the course of a session the minutes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// Everything that was said, speaker by speaker.
    #[default]
    Full,
    /// The main difficulties and what was proposed.
    MainCourse,
    /// What was concluded.
    ConclusionsOnly,
}

impl Depth {
    /// All depths, the deepest first.
    pub const ALL: [Self; 3] = [Self::Full, Self::MainCourse, Self::ConclusionsOnly];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::MainCourse => "main-course",
            Self::ConclusionsOnly => "conclusions-only",
        }
    }
}

/// The head of a paper: two columns, then type and abstract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The body above the issuing one, upper case.
    pub superior: String,
    /// The issuing body, upper case.
    pub issuer: String,
    /// `Số … -TB`, the number blank for the registry.
    pub number: String,
    /// What stands at the right: the Party's name, or the country's and its motto.
    pub right: Vec<String>,
    /// Locality and date, day and month blank.
    pub place_and_date: String,
    /// The type, upper case.
    pub title: String,
    /// What it is about.
    pub about: String,
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading: 1 for `I-`, 2 for `1.`.
    Heading {
        /// 1 or 2.
        level: u8,
        /// The label, computed.
        label: String,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// A member of a list: 1 for `1.`, 2 for `a)` and `-`.
    Item {
        /// 1 or 2.
        level: u8,
        /// The label, computed.
        label: String,
        /// The words.
        text: String,
    },
}

/// A signature to be given by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `T/M …`, upper case; empty where nobody is stood for.
    pub authority: String,
    /// The position, upper case.
    pub position: String,
    /// The name; empty where it is written by hand.
    pub name: String,
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which.
    pub paper: Paper,
    /// The layout family.
    pub layout: Layout,
    /// The head.
    pub head: Head,
    /// The body.
    pub blocks: Vec<Block>,
    /// From left to right.
    pub signatures: Vec<Signature>,
    /// Nơi nhận; empty for minutes.
    pub recipients: Vec<String>,
    /// What is missing, in the order in which it stands.
    pub missing: Vec<String>,
    /// How many off-record lines were left out.
    pub withheld: usize,
    /// The block in which each record is told first.
    pub told: BTreeMap<RecordId, usize>,
}

impl Document {
    /// Every text of the paper but its labels.
    fn for_each_text(&mut self, mut change: impl FnMut(&mut String)) {
        let head = &mut self.head;
        let of_head = [
            &mut head.superior,
            &mut head.issuer,
            &mut head.number,
            &mut head.place_and_date,
            &mut head.title,
            &mut head.about,
        ];
        let of_blocks = self.blocks.iter_mut().map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Item { text, .. } => text,
        });
        let of_signatures = self
            .signatures
            .iter_mut()
            .flat_map(|signature| [&mut signature.authority, &mut signature.position, &mut signature.name]);
        let texts = of_head.into_iter().chain(of_blocks).chain(of_signatures);
        texts.chain(&mut self.recipients).for_each(&mut change);
    }
}
