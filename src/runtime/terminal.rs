//! The terminal as a screen: taken over at the start, given back at every kind of end.

mod ansi;
mod last_frame;

use std::io::{self, Write};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::Show,
    event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture},
    queue,
    style::Print,
    terminal::{
        Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode,
        enable_raw_mode,
    },
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use super::decode::ground;
use crate::{
    app::{App, Touched},
    ui::{self, theme::Theme},
};
use ansi::Ansi;
use last_frame::LastFrame;

/// Takes the bytes of a whole frame to a terminal.
pub type Out = Box<dyn FnMut(&[u8]) -> io::Result<()> + Send>;

/// Has the terminal put its window's title aside, or take it up again.
const KEEP_TITLE: &str = "\x1b[22;0t";
const OLD_TITLE: &str = "\x1b[23;0t";

/// A program that was killed leaves its screen behind, and a terminal that is on the other screen already does not
/// empty it: so that is asked for.
fn enter(out: &mut Vec<u8>) -> io::Result<()> {
    queue!(out, Print(KEEP_TITLE), EnterAlternateScreen, Clear(ClearType::All))?;
    queue!(out, EnableBracketedPaste, EnableMouseCapture, SetTitle("hoinghi"))
}

fn leave(out: &mut impl Write) -> io::Result<()> {
    queue!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show, Print(OLD_TITLE))
}

/// What a terminal elsewhere is sent before full-screen use.
pub fn entering() -> Vec<u8> {
    let mut out = Vec::new();
    // Into memory: there is nothing that could fail.
    drop(enter(&mut out));
    out.extend_from_slice(ground::ASK);
    out
}

/// What it is sent when that is over.
pub fn leaving() -> Vec<u8> {
    let mut out = Vec::new();
    drop(leave(&mut out));
    out
}

/// This program's own terminal in full-screen use. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Tty(());

impl Tty {
    /// Takes the terminal over; what it has to be sent is left in `out`.
    ///
    /// # Errors
    /// The terminal does not answer, or there is none.
    pub fn take(out: &mut Vec<u8>) -> io::Result<Self> {
        enable_raw_mode()?;
        let tty = Self(());
        enter(out)?;
        // The console of Windows gives answers as if they were typed.
        if cfg!(unix) {
            out.extend_from_slice(ground::ASK);
        }
        Ok(tty)
    }

    /// Sends bytes, and waits until the terminal has them.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn send(frame: &[u8]) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(frame)?;
        out.flush()
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// The terminal does not answer.
    pub fn size() -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        give_back();
    }
}

/// A terminal as something to draw on, wherever it is.
pub struct Screen {
    terminal: Ansi<Vec<u8>>,
    out: Out,
    /// How the seat looked when it was drawn last.
    frame: Buffer,
    /// Where the cursor stood then.
    cursor: Option<Position>,
    /// Whether that was a true frame of it.
    is_true: bool,
    theme: Theme,
    /// What its window is called.
    title: String,
    viewer: String,
    tty: Option<Tty>,
}

impl Screen {
    /// Takes this program's own terminal over, and shows the frame it was left with, until the first true one is drawn.
    ///
    /// `viewer` names who looks (with what that person may see, and the language): another viewer's frame is not shown.
    ///
    /// # Errors
    /// The terminal does not answer, or there is none.
    pub fn open(theme: Theme, viewer: &str, last_frame: &[u8]) -> io::Result<Self> {
        let mut first = Vec::with_capacity(1 << 16);
        let tty = Tty::take(&mut first)?;
        // Another version may draw otherwise.
        let viewer = format!("{} {theme:?} {viewer}", env!("CARGO_PKG_VERSION"));
        let mut screen = Self::new(first, Tty::size()?, Box::new(Tty::send), theme);
        (screen.viewer, screen.tty) = (viewer, Some(tty));
        screen.recall(last_frame)?;
        Ok(screen)
    }

    /// A terminal elsewhere, which is in full-screen use and shows nothing yet.
    pub(super) fn elsewhere(theme: Theme, size: (u16, u16), out: Out) -> Self {
        Self::new(Vec::new(), size, out, theme)
    }

    fn new(first: Vec<u8>, (columns, rows): (u16, u16), out: Out, theme: Theme) -> Self {
        let terminal = Ansi::new(first, columns, rows);
        let frame = Buffer::empty(Rect::new(0, 0, columns, rows));
        let (title, viewer) = (String::new(), String::new());
        Self { terminal, out, frame, cursor: None, is_true: false, theme, title, viewer, tty: None }
    }

    /// The terminal tells whether its ground is light; whether everything has to be drawn anew for that.
    pub(super) fn stands_on(&mut self, light: bool) -> bool {
        std::mem::replace(&mut self.theme.light, light) != light
    }

    /// The window has another size: everything is drawn anew at the next frame.
    ///
    /// # Errors
    /// None is expected: drawing is into memory.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) -> io::Result<()> {
        self.terminal.resize(columns, rows)?;
        self.frame = Buffer::empty(Rect::new(0, 0, columns, rows));
        self.is_true = false;
        Ok(())
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        (self.frame.area.width, self.frame.area.height)
    }

    /// Draws what was touched of a seat since the last frame; only cells that changed are sent. Whether there were any.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn draw(&mut self, app: &App, touched: Touched) -> io::Result<bool> {
        let touched = if self.is_true { touched } else { Touched::Window };
        if touched == Touched::Window {
            self.entitle(app.title())?;
        }
        let (cursor, parts) = ui::mend(app, self.theme, touched, &mut self.frame);
        (self.is_true, self.cursor) = (true, cursor);
        self.show(&parts, cursor)
    }

    /// Calls the window so with the next frame, if it is called otherwise.
    fn entitle(&mut self, title: String) -> io::Result<()> {
        if title == self.title {
            return Ok(());
        }
        queue!(self.terminal.out(), SetTitle(&title))?;
        self.title = title;
        Ok(())
    }

    /// Puts a text into the terminal's clipboard with the next frame.
    ///
    /// # Errors
    /// None is expected: it is written into memory.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self.terminal.out(), CopyToClipboard::to_clipboard_from(text))
    }

    /// The bytes with which a terminal that shows anything at all comes to show what this one does.
    ///
    /// # Errors
    /// None is expected: drawing is into memory.
    pub(super) fn whole(&self) -> io::Result<Vec<u8>> {
        let (columns, rows) = self.size();
        let mut terminal = Ansi::new(b"\x1b[0m\x1b[2J".to_vec(), columns, rows);
        queue!(terminal.out(), SetTitle(&self.title))?;
        terminal.show(&self.frame, &[self.frame.area], self.cursor)?;
        Ok(std::mem::take(terminal.out()))
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
        self.show(&[self.frame.area], cursor).map(drop)
    }

    /// Sends how these parts of the frame differ from what is shown.
    fn show(&mut self, parts: &[Rect], cursor: Option<Position>) -> io::Result<bool> {
        self.terminal.show(&self.frame, parts, cursor)?;
        let bytes = self.terminal.out();
        if bytes.is_empty() {
            return Ok(false);
        }
        (self.out)(bytes)?;
        bytes.clear();
        Ok(true)
    }
}

/// Gives the terminal back, whatever state it is in; also used by the panic hook.
pub(super) fn give_back() {
    let mut out = io::stdout();
    // A terminal that is gone cannot be restored; there is nobody left to tell.
    drop(leave(&mut out));
    drop(out.flush());
    drop(disable_raw_mode());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_on_the_other_screen_is_cleared_away() {
        let sent = String::from_utf8(entering()).unwrap();
        let (_, after) = sent.split_once("\x1b[?1049h").unwrap();
        assert!(after.starts_with("\x1b[2J"), "{after:?}");
    }
}
