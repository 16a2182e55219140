//! Home: all sessions by year and quarter, newest first.
//!
//! ```text
//!  hoinghi   Các hội nghị
//! ┌────────────────────────────────────────────────────────────┐
//! │ Quý I/2023   10/3/2023   Đang họp     Công tác tiếp nhận…  4│
//! └────────────────────────────────────────────────────────────┘
//! ```

use ratatui::layout::Rect;

use super::canvas::{Canvas, below, skip};
use crate::{
    app::{App, Home, dialogs::wizard::quarter_words, form::print_date, layout::Areas},
    domain::catalogue::SessionHeader,
    i18n::fill,
    keymap::action::Action,
};

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
    for ((at, header), row) in sessions.iter().enumerate().skip(home.top).zip(0..inner.height) {
        let line = below(inner, row);
        session_row(canvas, app, header, line);
        if at == home.selected {
            canvas.restyle(line, theme.selected());
        }
    }
}

fn session_row(canvas: &mut Canvas<'_>, app: &App, header: &SessionHeader, line: Rect) {
    let strings = app.strings();
    let theme = canvas.theme;
    let quarter = quarter_words(strings, header.quarter());
    let date = header.date.map(print_date).unwrap_or_default();
    let line = skip(line, 1);
    canvas.text(Rect { width: 15.min(line.width), ..line }, &quarter, theme.strong());
    canvas.text(cell(line, 16, 11), &date, theme.plain());
    canvas.text(cell(line, 27, 14), strings.state(header.state), theme.plain());
    let count = format!(" {} ", header.difficulties);
    let left = canvas.right(skip(line, 41), &count, theme.faint());
    canvas.text(left, &header.title, theme.plain());
}

fn cell(line: Rect, from: u16, width: u16) -> Rect {
    let left = skip(line, from);
    Rect { width: width.saturating_sub(1).min(left.width), ..left }
}
