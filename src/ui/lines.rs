//! The lines above and below a screen: title, tabs, status, hints.

use std::ops::Range;

use ratatui::{layout::Rect, style::Style};

use super::{
    canvas::{Canvas, skip},
    course,
};
use crate::{
    app::{
        App, Saved,
        dialogs::wizard::quarter_words,
        layout::{self, Areas},
        notice::Level,
        session::SessionSeat,
        work::Task,
    },
    domain::session::Session,
    i18n::fill,
    keymap::action::Action,
    text::{
        nfc,
        width::{truncate, width},
        wrap::wrap,
    },
};

/// The session's cluster, quarter, title and state.
pub(super) fn header(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    let strings = app.strings();
    let theme = canvas.theme;
    let Some(session) = Session::of(&seat.board) else { return };
    let state = format!("  {} ", strings.state(session.state()));
    let left = canvas.right(skip(areas.header, 1), &state, theme.strong());
    let quarter = quarter_words(strings, session.quarter());
    let parts: Vec<&str> = [session.cluster().unwrap_or_default(), &quarter, session.title()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let used = canvas.text(left, strings.app, theme.title());
    canvas.text(skip(left, used + 2), &parts.join(" · "), theme.plain());
}

/// The tabs of the four panes.
pub(super) fn tabs(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat) {
    let theme = canvas.theme;
    for tab in layout::tabs(app) {
        let style = if tab.pane == seat.pane { theme.selected() } else { theme.plain() };
        canvas.text(tab.area, &tab.text, style);
    }
}

/// What was just said, else how things stand: saved or not, how the session goes.
///
/// What was said is never cut: if it is long, it takes the line of the hints too.
pub(super) fn status(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let theme = canvas.theme;
    let area = skip(areas.status, 1);
    let (saved, saved_style) = saved_words(app, canvas);
    let saved = format!(" {saved} ");
    if let Some(text) = working(app) {
        let left = canvas.right(area, &saved, saved_style);
        canvas.text(left, &text, theme.strong());
        return;
    }
    if let Some(notice) = &app.notice {
        let (text, style) = (&notice.text, notice_style(canvas, notice.level));
        if width(text) + width(&saved) <= area.width.into() {
            let left = canvas.right(area, &saved, saved_style);
            canvas.text(left, text, style);
        } else {
            long_notice(canvas, app, areas, (text, style));
        }
        return;
    }
    let left = canvas.right(area, &saved, saved_style);
    let left = company(canvas, app, left);
    if let Some(seat) = app.session() {
        let course = course::words(app, seat, left.width.into());
        let over = course.over.unwrap_or(0..0);
        let part = |range: Range<usize>| course.text.get(range).unwrap_or_default();
        canvas.parts(
            left,
            &[
                (part(0..over.start), theme.plain()),
                (part(over.clone()), theme.warning()),
                (part(over.end..course.text.len()), theme.plain()),
            ],
        );
    }
}

/// Something long that was said, in two lines, beside whether all is saved: that gets shorter before words are lost. Only that something is not
/// saved says so itself and may take all the room.
fn long_notice(canvas: &mut Canvas<'_>, app: &App, areas: &Areas, (text, style): (&str, Style)) {
    let (saved, saved_style) = saved_words(app, canvas);
    let is_saved = matches!(app.saved, Saved::At(_)) && app.pending.is_empty();
    let is_typed = app.has_unsaved();
    let short = if is_saved && !is_typed { app.strings().sorting.saved_short } else { &saved };
    let text = nfc::drawable(text).replace('\n', " ");
    let [first, second] = [areas.status, areas.hints].map(|area| skip(area, 1));
    let fits = |saved: &str| {
        let room = usize::from(first.width).saturating_sub(width(saved));
        in_two(&text, room, second.width.into())[2].is_empty()
    };
    let forms = [format!(" {saved} "), format!(" {short} ")];
    let fitting = forms.iter().find(|saved| fits(saved)).map_or(&*forms[1], String::as_str);
    let says_itself = app.saved == Saved::Failed && text.contains(&saved);
    let left = canvas.right(first, if says_itself { "" } else { fitting }, saved_style);
    let [above, below, rest] = in_two(&text, left.width.into(), second.width.into());
    canvas.text(left, above.trim_end(), style);
    canvas.text(second, &[below, rest].concat(), style);
}

/// A text in a row of some cells and one of others, and what fits into neither.
fn in_two(text: &str, first: usize, second: usize) -> [&str; 3] {
    let cut = |text, cells: usize| wrap(text, cells.max(1)).first().map_or(0, |row| row.end);
    let (above, rest) = text.split_at_checked(cut(text, first)).unwrap_or((text, ""));
    let (below, rest) = rest.split_at_checked(cut(rest, second)).unwrap_or((rest, ""));
    [above, below, rest]
}

/// How far long work is, unless something is told that matters more.
fn working(app: &App) -> Option<String> {
    let work = app.work.filter(|_| app.notice.as_ref().is_none_or(|notice| notice.level == Level::Info))?;
    let words = &app.strings().papers;
    let pattern = match work.task {
        _ if work.given_up => return Some(words.giving_up.to_owned()),
        Task::Export => words.exporting,
        Task::CopyOut => words.taking.copying,
        Task::Import => words.reading,
    };
    Some(fill(pattern, &[&work.percent.to_string(), &app.key_name(Action::Leave)]))
}

/// The cells that the course of the session keeps beside the others' names; in a small window six tenths.
const COURSE: u16 = 48;
/// The same beside news, which are gone after a moment.
const BRIEFLY: u16 = 22;
/// The cells between the course and who is here.
const GAP: u16 = 3;
/// The cells below which news say nothing.
const LEAST: usize = 20;

/// Who else is here or what one of them has just done, before whether all is saved, where there is room beside the course; what is left for
/// that.
fn company(canvas: &mut Canvas<'_>, app: &App, area: Rect) -> Rect {
    let beside = |course: u16| {
        let course = course.min(area.width / 10 * 6);
        usize::from(area.width.saturating_sub(if app.session().is_some() { course } else { 0 }))
    };
    let (room, briefly) = (beside(COURSE), beside(BRIEFLY));
    let (text, style) = match app.news.as_ref().filter(|_| briefly > LEAST) {
        Some(news) => (truncate(&news.text, briefly.saturating_sub(2)).into_owned(), canvas.theme.good()),
        None => match app.company_words().into_iter().find(|text| width(text) + 2 <= room) {
            Some(text) if app.is_somebody_at_door() => (text, canvas.theme.warning()),
            Some(text) => (text, canvas.theme.faint()),
            None => return area,
        },
    };
    let left = canvas.right(area, &format!("{text}  "), style);
    // The course ends before it with a gap as between its parts.
    Rect { width: left.width.saturating_sub(GAP), ..left }
}

fn notice_style(canvas: &Canvas<'_>, level: Level) -> Style {
    match level {
        Level::Info => canvas.theme.good(),
        Level::Warning => canvas.theme.warning(),
        Level::Error => canvas.theme.error(),
    }
}

fn saved_words(app: &App, canvas: &Canvas<'_>) -> (String, Style) {
    let theme = canvas.theme;
    let style = match app.saved {
        Saved::Failed => theme.error(),
        _ if !app.pending.is_empty() || app.has_unsaved() => theme.warning(),
        Saved::At(_) => theme.good(),
        Saved::Nothing => theme.faint(),
    };
    (app.saved_words(), style)
}

/// The keys that matter here and now; those of help and palette always.
pub(super) fn hints(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let theme = canvas.theme;
    for hint in app.hints(areas) {
        let (key, name) =
            if hint.aside { (theme.faint(), theme.faint()) } else { (theme.strong(), theme.plain()) };
        canvas.parts(hint.area, &[(&hint.key, key), (" ", theme.plain()), (hint.name, name)]);
    }
}
