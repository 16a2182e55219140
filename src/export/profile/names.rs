//! The names of what a profile holds.

/// An enumeration whose values have names in profiles.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in profiles.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            pub(super) fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == name)
            }
        }
    };
}

named! {
    /// A length or a count.
    Length {
        /// Of the page, in millimetres.
        Width = "page.width",
        /// Of the page, in millimetres.
        Height = "page.height",
        /// The upper margin, in millimetres.
        Top = "page.top",
        /// The lower margin, in millimetres.
        Bottom = "page.bottom",
        /// The left margin, in millimetres.
        Left = "page.left",
        /// The right margin, in millimetres.
        Right = "page.right",
        /// From the upper edge to the page number, in millimetres.
        PageNumber = "page.number",
        /// Of the first line of a paragraph, in millimetres.
        Indent = "body.indent",
        /// Between two paragraphs, in points.
        Gap = "body.gap",
        /// From line to line: in points, or in lines of the font.
        Pitch = "body.pitch",
        /// The left column of the letterhead, in millimetres.
        HeadLeft = "head.left",
        /// The right column of the letterhead, in millimetres.
        HeadRight = "head.right",
        /// Above the type of the paper, in points.
        BeforeTitle = "head.before_title",
        /// Blank lines between position and name.
        Room = "signature.room",
    }
}

impl Length {
    /// What it may be at all, whatever the rules say: less or more makes no paper.
    pub(super) const fn bounds(self) -> (f64, f64) {
        match self {
            Self::Width | Self::Height => (90.0, 600.0),
            Self::Top | Self::Bottom | Self::Left | Self::Right | Self::PageNumber => (0.0, 100.0),
            Self::Indent | Self::Gap => (0.0, 60.0),
            Self::Pitch => (0.5, 60.0),
            Self::HeadLeft | Self::HeadRight => (20.0, 600.0),
            Self::BeforeTitle => (0.0, 200.0),
            Self::Room => (0.0, 12.0),
        }
    }
}

named! {
    /// A part of a paper that has a size and a style of its own.
    Part {
        /// The page number.
        PageNumber = "page_number",
        /// The Party's or the country's name.
        State = "state",
        /// The motto below it.
        Motto = "motto",
        /// The body above the issuing one.
        Superior = "superior",
        /// The issuing body.
        Issuer = "issuer",
        /// Number and symbol.
        Number = "number",
        /// Place and date.
        Date = "date",
        /// The type of the paper.
        Title = "title",
        /// The abstract.
        About = "about",
        /// To which paper it is attached.
        Note = "note",
        /// The text.
        Body = "body",
        /// `I-`.
        Heading = "heading",
        /// `1.`.
        Subheading = "subheading",
        /// A cell of a table.
        Cell = "cell",
        /// In whose place somebody signs.
        Authority = "authority",
        /// As what.
        Position = "position",
        /// Who.
        Name = "name",
        /// The words above the recipients.
        RecipientsTitle = "recipients_title",
        /// The recipients.
        Recipients = "recipients",
    }
}
