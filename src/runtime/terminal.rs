//! The terminal as a screen: taken over at the start, given back at every kind of end.

mod ansi;
mod last_frame;

use std::io::{self, BufWriter, Stdout, Write};

use crossterm::{
    cursor::Show,
    event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture},
    execute, queue,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode},
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    app::{App, Touched},
    ui::{self, theme::Theme},
};
use ansi::Ansi;
use last_frame::LastFrame;

/// The local terminal in full-screen use. Dropping it gives the terminal back.
pub struct Screen {
    terminal: Ansi<BufWriter<Stdout>>,
    /// How the seat looked when it was drawn last.
    frame: Buffer,
    /// Whether that was a true frame of it.
    is_true: bool,
    theme: Theme,
    viewer: String,
}

impl Screen {
    /// Takes the terminal over, and shows the frame it was left with, until the first true one is drawn.
    ///
    /// `viewer` names who looks (with what that person may see, and the language): another viewer's frame is not shown.
    ///
    /// # Errors
    /// The terminal does not answer, or there is none.
    pub fn open(theme: Theme, viewer: &str, last_frame: &[u8]) -> io::Result<Self> {
        enable_raw_mode()?;
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
        queue!(out, EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture, SetTitle("hoinghi"))?;
        let (columns, rows) = crossterm::terminal::size()?;
        let terminal = Ansi::new(out, columns, rows);
        let frame = Buffer::empty(Rect::new(0, 0, columns, rows));
        // Another version may draw otherwise.
        let viewer = format!("{} {theme:?} {viewer}", env!("CARGO_PKG_VERSION"));
        let mut screen = Self { terminal, frame, is_true: false, theme, viewer };
        screen.recall(last_frame)?;
        Ok(screen)
    }

    /// Asks the terminal for its size after a change, and draws everything anew at the next frame.
    ///
    /// # Errors
    /// The terminal does not answer.
    pub(super) fn resize(&mut self) -> io::Result<(u16, u16)> {
        let (columns, rows) = crossterm::terminal::size()?;
        self.terminal.resize(columns, rows)?;
        self.frame = Buffer::empty(Rect::new(0, 0, columns, rows));
        self.is_true = false;
        Ok((columns, rows))
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        (self.frame.area.width, self.frame.area.height)
    }

    /// Draws what was touched of a seat since the last frame; only cells that changed are sent.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn draw(&mut self, app: &App, touched: Touched) -> io::Result<()> {
        let touched = if self.is_true { touched } else { Touched::Window };
        let (cursor, from) = ui::mend(app, self.theme, touched, &mut self.frame);
        self.is_true = true;
        self.terminal.show(&self.frame, from, cursor)
    }

    /// How a seat looks, for the next start of the same viewer.
    pub(super) fn remember(&self, app: &App) -> Vec<u8> {
        let mut buffer = Buffer::empty(self.frame.area);
        let cursor = ui::view(app, self.theme, &mut buffer);
        LastFrame::of(&self.viewer, &buffer, cursor).encode()
    }

    fn recall(&mut self, frame: &[u8]) -> io::Result<()> {
        let size = self.size();
        let Some(frame) = LastFrame::decode(frame, &self.viewer, size) else { return Ok(()) };
        let cursor: Option<Position> = frame.draw(&mut self.frame);
        self.terminal.show(&self.frame, 0, cursor)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back, whatever state it is in; also used by the panic hook.
pub(super) fn give_back() {
    let mut out = io::stdout();
    // A terminal that is gone cannot be restored; there is nobody left to tell.
    drop(execute!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show));
    drop(out.flush());
    drop(disable_raw_mode());
}
