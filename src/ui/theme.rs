//! How things look: by weight and reversal first, by colour second, so that nothing is said by colour alone. Colours are the terminal's own sixteen,
//! and of these only such as can be read on its ground.

use ratatui::style::{Color, Modifier, Style};

/// A seat's look: with or without colours, on which ground, with or without line-drawing characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Theme {
    /// Whether the terminal shall show colours.
    pub colour: bool,
    /// Whether its ground is light.
    pub light: bool,
    /// Whether frames are drawn with `+`, `-` and `|`.
    pub ascii: bool,
}

impl Theme {
    /// Colours and lines.
    pub const fn full() -> Self {
        Self { colour: true, light: false, ascii: false }
    }

    /// A bright colour, and the dark one that takes its place on a light ground.
    fn bright(self, colour: Color, dark: Color) -> Style {
        self.tinted(if self.light { dark } else { colour })
    }

    fn tinted(self, colour: Color) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new() }
    }

    /// Ordinary text: whatever the terminal's own colours are.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// Titles and headings.
    pub fn title(self) -> Style {
        self.bright(Color::Cyan, Color::Blue).add_modifier(Modifier::BOLD)
    }

    /// What matters in a line.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What may be overlooked.
    pub fn faint(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The selected row, while keys go to its list.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The selected row, while keys go elsewhere.
    pub fn selected_elsewhere(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What the room sees: black on white, whatever the terminal's own colours are.
    pub fn projected(self) -> Style {
        if self.colour { Style::new().fg(Color::Black).bg(Color::White) } else { Style::new() }
    }

    /// A frame without the focus.
    pub fn frame(self) -> Style {
        self.faint()
    }

    /// The frame that has the focus.
    pub fn focused_frame(self) -> Style {
        self.title()
    }

    /// Something worked.
    pub fn good(self) -> Style {
        self.bright(Color::Green, Color::Blue)
    }

    /// Something needs a look. Yellow cannot be read on white, blue not on black.
    pub fn warning(self) -> Style {
        self.tinted(Color::Magenta).add_modifier(Modifier::BOLD)
    }

    /// Something is not saved.
    pub fn error(self) -> Style {
        self.tinted(Color::Red).add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }
}
