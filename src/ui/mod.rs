//! A seat as cells: a pure function of the seat, the size and the theme.
//!
//! The room owns looks and nothing else; what is shown where comes from [`crate::app::layout`]. It reads no clock and keeps no state.
//! Invariant: every window size draws without panic, and every text passes the normal form.

mod canvas;
mod course;
mod detail;
mod dialogs;
mod digits;
mod home;
mod lines;
mod near;
mod panes;
mod preview;
mod projector;
mod reading;
pub mod theme;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::app::{
    App, Screen, Touched,
    layout::{self, Areas, SMALLEST},
    session::{List, SessionSeat},
};
use canvas::Canvas;
use theme::Theme;

/// Draws a seat into an empty buffer; where the cursor stands, if a text is being typed.
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

/// Draws again what was touched since `buffer` was drawn; where the cursor stands, and from which row on the buffer may look otherwise.
pub fn mend(app: &App, theme: Theme, touched: Touched, buffer: &mut Buffer) -> (Option<Position>, u16) {
    let areas = layout::areas(app);
    let foot = [areas.status, areas.hints];
    let mut canvas = Canvas { buffer, theme };
    let seat = app.session().filter(|_| app.size.0 >= SMALLEST.0 && app.size.1 >= SMALLEST.1);
    let (cursor, from) = match (touched, seat) {
        (Touched::Line, Some(seat)) => {
            clear(&mut canvas, &[areas.capture]);
            (panes::capture(&mut canvas, app, seat, &areas), areas.capture.y)
        }
        (Touched::List(before), Some(seat)) => {
            reselect(&mut canvas, app, seat, before, &areas);
            beside(&mut canvas, app, seat, &areas);
            (None, areas.list.y)
        }
        (Touched::Selection(before), Some(seat)) => {
            reselect(&mut canvas, app, seat, before, &areas);
            (None, areas.list.y)
        }
        (Touched::Beside, Some(seat)) => {
            beside(&mut canvas, app, seat, &areas);
            (None, areas.list.y)
        }
        _ => {
            canvas.buffer.reset();
            return (view(app, theme, buffer), 0);
        }
    };
    clear(&mut canvas, &foot);
    lines::status(&mut canvas, app, &areas);
    lines::hints(&mut canvas, app, &areas);
    (cursor.map(Position::from), from)
}

fn reselect(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, before: List, areas: &Areas) {
    if before.top == seat.list().top {
        panes::reselect(canvas, app, seat, before.at, areas.list);
    } else {
        canvas.clear(areas.list);
        panes::list(canvas, app, seat, areas.list);
    }
}

fn beside(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    clear(canvas, &[areas.near, areas.detail, areas.preview, areas.unanswered]);
    panes::beside(canvas, app, seat, areas);
}

fn clear(canvas: &mut Canvas<'_>, areas: &[Rect]) {
    for area in areas {
        canvas.clear(*area);
    }
}
