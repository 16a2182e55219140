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
    Terminal,
    buffer::Buffer,
    layout::{Position, Size},
};

use crate::{
    app::App,
    ui::{self, theme::Theme},
};
use ansi::Ansi;
use last_frame::LastFrame;

/// The local terminal in full-screen use. Dropping it gives the terminal back.
pub struct Screen {
    terminal: Terminal<Ansi<BufWriter<Stdout>>>,
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
        let terminal = Terminal::new(Ansi::new(out, columns, rows))?;
        // Another version may draw otherwise.
        let viewer = format!("{} {theme:?} {viewer}", env!("CARGO_PKG_VERSION"));
        let mut screen = Self { terminal, theme, viewer };
        screen.recall(last_frame)?;
        Ok(screen)
    }

    /// Asks the terminal for its size after a change, and draws everything anew at the next frame.
    ///
    /// # Errors
    /// The terminal does not answer.
    pub(super) fn resize(&mut self) -> io::Result<(u16, u16)> {
        let (columns, rows) = crossterm::terminal::size()?;
        self.terminal.backend_mut().resize(columns, rows);
        self.terminal.resize(Size::new(columns, rows).into())?;
        Ok((columns, rows))
    }

    /// Columns and rows.
    pub(super) fn size(&mut self) -> (u16, u16) {
        let area = self.terminal.get_frame().area();
        (area.width, area.height)
    }

    /// Draws a seat; only cells that changed are sent.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        let theme = self.theme;
        self.draw_with(|buffer| ui::view(app, theme, buffer))
    }

    /// How a seat looks, for the next start of the same viewer.
    pub(super) fn remember(&mut self, app: &App) -> Vec<u8> {
        let mut buffer = Buffer::empty(self.terminal.get_frame().area());
        let cursor = ui::view(app, self.theme, &mut buffer);
        LastFrame::of(&self.viewer, &buffer, cursor).encode()
    }

    fn recall(&mut self, frame: &[u8]) -> io::Result<()> {
        let size = self.size();
        let Some(frame) = LastFrame::decode(frame, &self.viewer, size) else { return Ok(()) };
        self.draw_with(|buffer| frame.draw(buffer))
    }

    fn draw_with(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        self.terminal.draw(|frame| {
            if let Some(cursor) = draw(frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        Ok(())
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
