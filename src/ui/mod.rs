//! A seat as cells: a pure function of the seat, the size and the theme.
//!
//! The room owns looks and nothing else; what is shown where comes from [`crate::app::layout`]. It reads no clock and keeps no state.
//! Invariant: every window size draws without panic, and every text passes the normal form.

mod canvas;
mod course;
mod detail;
mod dialogs;
mod home;
mod lines;
mod near;
mod panes;
mod preview;
mod projector;
mod reading;
pub mod theme;

use ratatui::{buffer::Buffer, layout::Position};

use crate::app::{
    App, Screen,
    layout::{self, SMALLEST},
};
use canvas::Canvas;
use theme::Theme;

/// Draws a seat; where the cursor stands, if a text is being typed.
pub fn view(app: &App, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    let mut canvas = Canvas { buffer, theme };
    let areas = layout::areas(app);
    if app.size.0 < SMALLEST.0 || app.size.1 < SMALLEST.1 {
        canvas.wrapped(areas.window, app.strings().window_too_small, theme.strong());
        return None;
    }
    if app.covered {
        dialogs::cover(&mut canvas, app, &areas);
        return None;
    }
    if let Some((seat, page)) = app.session().and_then(|seat| Some((seat, seat.projected?))) {
        projector::draw(&mut canvas, app, seat, page, &areas);
        return None;
    }
    let below = match &app.screen {
        Screen::Home(screen) => {
            home::draw(&mut canvas, app, screen, &areas);
            None
        }
        Screen::Session(seat) => panes::draw(&mut canvas, app, seat, &areas),
    };
    lines::status(&mut canvas, app, &areas);
    lines::hints(&mut canvas, app, &areas);
    let above = dialogs::draw(&mut canvas, app, &areas);
    let cursor = if app.dialog.is_some() { above } else { below };
    cursor.map(Position::from)
}
