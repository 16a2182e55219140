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
mod invitation;
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

/// Draws again what was touched since `buffer` was drawn; where the cursor stands, and the parts of the buffer that may look otherwise.
pub fn mend(app: &App, theme: Theme, touched: Touched, buffer: &mut Buffer) -> (Option<Position>, Vec<Rect>) {
    let areas = layout::areas(app);
    let window = buffer.area;
    let mut canvas = Canvas { buffer, theme };
    let seat = app.session().filter(|_| app.size.0 >= SMALLEST.0 && app.size.1 >= SMALLEST.1);
    let (cursor, mut parts) = match (touched, seat) {
        (Touched::Line, Some(seat)) => {
            canvas.clear(areas.capture);
            (panes::capture(&mut canvas, app, seat, &areas), vec![areas.capture])
        }
        (Touched::List(before), Some(seat)) => {
            let rows = reselect(&mut canvas, app, seat, before, &areas);
            (None, [rows, beside(&mut canvas, app, seat, &areas)].concat())
        }
        (Touched::Selection(before), Some(seat)) => (None, reselect(&mut canvas, app, seat, before, &areas)),
        (Touched::Beside, Some(seat)) => (None, beside(&mut canvas, app, seat, &areas)),
        _ => {
            canvas.buffer.reset();
            return (view(app, theme, buffer), vec![window]);
        }
    };
    let foot = [areas.status, areas.hints];
    clear(&mut canvas, &foot);
    lines::status(&mut canvas, app, &areas);
    lines::hints(&mut canvas, app, &areas);
    parts.extend(foot);
    (cursor.map(Position::from), parts)
}

/// Draws the selection of a list anew; the parts that may look otherwise.
fn reselect(
    canvas: &mut Canvas<'_>,
    app: &App,
    seat: &SessionSeat,
    before: List,
    areas: &Areas,
) -> Vec<Rect> {
    if before.top == seat.list().top {
        return panes::reselect(canvas, app, seat, before.at, areas.list);
    }
    canvas.clear(areas.list);
    panes::list(canvas, app, seat, areas.list);
    vec![areas.list]
}

/// Draws what stands beside a list anew; the parts that may look otherwise.
fn beside(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) -> Vec<Rect> {
    let parts = vec![areas.near, areas.detail, areas.preview, areas.unanswered];
    clear(canvas, &parts);
    panes::beside(canvas, app, seat, areas);
    parts
}

fn clear(canvas: &mut Canvas<'_>, areas: &[Rect]) {
    for area in areas {
        canvas.clear(*area);
    }
}
