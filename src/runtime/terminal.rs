//! The terminal as a screen: taken over at the start, given back at every kind of end.

use std::io::{self, BufWriter, Stdout, Write};

use crossterm::{
    cursor::Show,
    event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture},
    execute,
    style::force_color_output,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode},
};
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};

use crate::{
    app::App,
    ui::{self, theme::Theme},
};

/// The local terminal in full-screen use. Dropping it gives the terminal back.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    theme: Theme,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// The terminal does not answer, or there is none.
    pub(super) fn open(theme: Theme) -> io::Result<Self> {
        // Our own theme decides about colours; the library's NO_COLOR would reset reversed cells.
        force_color_output(true);
        enable_raw_mode()?;
        let mut out = io::stdout();
        execute!(out, EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture, SetTitle("hoinghi"))?;
        let (columns, rows) = crossterm::terminal::size()?;
        // A fixed viewport: the library would otherwise ask for the size at every frame; we hear of changes.
        let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
        let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, out));
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport })?;
        Ok(Self { terminal, theme })
    }

    /// Asks the terminal for its size after a change, and draws everything anew at the next frame.
    ///
    /// # Errors
    /// The terminal does not answer.
    pub(super) fn resize(&mut self) -> io::Result<(u16, u16)> {
        let (columns, rows) = crossterm::terminal::size()?;
        self.terminal.resize(Rect::new(0, 0, columns, rows))?;
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
        self.terminal.draw(|frame| {
            if let Some(cursor) = ui::view(app, theme, frame.buffer_mut()) {
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
