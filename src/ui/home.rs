//! Home: all sessions by year and quarter, newest first.
//!
//! ```text
//!  hoinghi   Các hội nghị
//! ┌────────────────────────────────────────────────────────────┐
//! │ Năm 2023                                                   │
//! │  Quý I/2023   10/3/2023   Đang họp    Công tác tiếp nhận… 4 │
//! └────────────────────────────────────────────────────────────┘
//! ```

use ratatui::layout::Rect;

use super::canvas::{Canvas, below, skip};
use crate::{
    app::{
        App,
        form::print_date,
        home::{Home, HomeRow, rows},
        layout::Areas,
    },
    domain::{catalogue::SessionHeader, kind::SessionState},
    i18n::fill,
    keymap::action::Action,
    text::width::width,
};

/// The cells of a quarter.
const QUARTER: u16 = 13;
/// The cells of a date.
const DATE: u16 = 12;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, home: &Home, areas: &Areas) {
    let strings = app.strings();
    let theme = canvas.theme;
    canvas.parts(areas.header, &[(" ", theme.plain()), (strings.app, theme.title())]);
    let inner = canvas.frame(areas.list, strings.home, true);
    let sessions = app.catalogue.sessions();
    if sessions.is_empty() {
        let key = app.key_name(Action::Add);
        let inner = skip(inner, 1);
        let first_step = fill(strings.empty_home, &[&key]);
        let text = [strings.first_run, "", &first_step, "", strings.unclassified].join("\n");
        canvas.wrapped(inner, &text, theme.plain());
        return;
    }
    for (row, y) in rows(&app.catalogue).into_iter().skip(home.top).zip(0..inner.height) {
        let line = below(inner, y);
        match row {
            HomeRow::Year(year) => {
                let words = year
                    .map_or(strings.no_quarter.to_owned(), |year| fill(strings.year, &[&year.to_string()]));
                canvas.text(skip(line, 1), &words, theme.title());
            }
            HomeRow::Session(at) => {
                let Some(header) = sessions.get(at) else { continue };
                session_row(canvas, app, header, skip(line, 1));
                if at == home.selected {
                    canvas.restyle(line, theme.selected());
                }
            }
        }
    }
}

fn session_row(canvas: &mut Canvas<'_>, app: &App, header: &SessionHeader, line: Rect) {
    let strings = app.strings();
    let theme = canvas.theme;
    let quarter =
        header.quarter().map(|quarter| fill(strings.quarter, &[quarter.roman()])).unwrap_or_default();
    let date = header.date.map(print_date).unwrap_or_default();
    let line = skip(line, 1);
    let states = SessionState::ALL.iter().map(|state| width(strings.state(*state))).max().unwrap_or(0);
    let state_cells = u16::try_from(states + 2).unwrap_or(QUARTER);
    canvas.text(cell(line, 0, QUARTER), &quarter, theme.strong());
    canvas.text(cell(line, QUARTER, DATE), &date, theme.plain());
    canvas.text(cell(line, QUARTER + DATE, state_cells), strings.state(header.state), theme.plain());
    let count = format!(" {} ", header.difficulties);
    let mut left = canvas.right(skip(line, QUARTER + DATE + state_cells), &count, theme.faint());
    if app.has_unsaved_in(header.scope) {
        left = canvas.right(left, &format!(" {}", strings.unsaved_text), theme.warning());
    }
    canvas.text(left, &header.title, theme.plain());
}

fn cell(line: Rect, from: u16, width: u16) -> Rect {
    let left = skip(line, from);
    Rect { width: width.saturating_sub(1).min(left.width), ..left }
}
