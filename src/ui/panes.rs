//! A session: tabs, list, details or preview, capture line.

use ratatui::{layout::Rect, style::Style};

use super::{
    canvas::{Canvas, below, skip},
    course, detail, lines, near, preview, reading,
};
use crate::{
    app::{
        App,
        layout::{Areas, inside},
        panes::{PaneId, Row},
        roll_call,
        rows::RowWords,
        session::{Focus, SessionSeat},
    },
    domain::{agenda, field, ids::RecordId, kind::Kind, record::Record, roster},
    i18n::{Strings, capitalised, fill},
    keymap::action::Action,
    text::width::{truncate, width},
};

/// The cells of a theme's title over the capture line.
const THEME: usize = 16;

/// Draws the session; where the cursor stands.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    seat: &SessionSeat,
    areas: &Areas,
) -> Option<(u16, u16)> {
    lines::header(canvas, app, seat, areas);
    lines::tabs(canvas, app, seat);
    if seat.pane == PaneId::ReadBack && areas.list.height > 0 {
        reading::draw(canvas, app, seat, areas.list);
    } else {
        list(canvas, app, seat, areas.list);
    }
    if areas.roll.height > 0 {
        roll(canvas, app, seat, areas.roll);
    }
    let field = beside(canvas, app, seat, areas);
    let line = capture(canvas, app, seat, areas);
    match seat.focus {
        Focus::Editing => field,
        Focus::Capture => line,
        Focus::List | Focus::Detail(_) => None,
    }
}

/// Draws what stands beside and below the list and follows its selection; where the cursor of a field stands.
pub(super) fn beside(
    canvas: &mut Canvas<'_>,
    app: &App,
    seat: &SessionSeat,
    areas: &Areas,
) -> Option<(u16, u16)> {
    near::draw(canvas, app, seat, areas);
    preview::draw(canvas, app, seat, areas);
    detail::draw(canvas, app, seat, areas)
}

/// Draws the row that was selected before and the one that is now, in a list that was not scrolled since; where they stand.
pub(super) fn reselect(
    canvas: &mut Canvas<'_>,
    app: &App,
    seat: &SessionSeat,
    before: usize,
    area: Rect,
) -> Vec<Rect> {
    let (inner, list) = (inside(area), seat.list());
    let mut drawn = Vec::new();
    for at in [before, list.at] {
        let y = at.checked_sub(list.top).and_then(|y| u16::try_from(y).ok());
        let (Some(y), Some(row)) = (y.filter(|y| *y < inner.height), seat.rows.get(at)) else { continue };
        let line = below(inner, y);
        canvas.clear(line);
        list_row(canvas, app, seat, at, row, line);
        drawn.push(line);
    }
    drawn
}

pub(super) fn list(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, area: Rect) {
    if area.height == 0 {
        return;
    }
    let strings = app.strings();
    let theme = canvas.theme;
    let focused = seat.focus == Focus::List && app.dialog.is_none();
    let sitting = seat.sitting().filter(|_| seat.pane == PaneId::RollCall);
    let aside = match sitting {
        Some(sitting) => format!(" · {}", sitting.wording()),
        None if seat.pane == PaneId::Difficulties => seat.arrangement.title(strings, seat),
        None => String::new(),
    };
    let inner = canvas.frame(area, &[seat.pane.title(strings), &aside].concat(), focused);
    if seat.rows.is_empty() && seat.is_filtered() {
        let key = key_here(app, seat, Action::FilterList);
        canvas.wrapped(skip(inner, 1), &fill(strings.sorting.nothing_seen, &[&key]), theme.plain());
        return;
    }
    if seat.rows.is_empty() {
        let step = match seat.pane {
            PaneId::Difficulties => Action::Capture,
            PaneId::FollowUp => Action::TakeUp,
            _ => Action::Add,
        };
        let key = key_here(app, seat, step);
        canvas.wrapped(skip(inner, 1), &fill(seat.pane.empty(strings), &[&key]), theme.plain());
        return;
    }
    let list = seat.list();
    let shown = seat.rows.iter().enumerate().skip(list.top).take(inner.height.into());
    for ((at, row), y) in shown.zip(0..) {
        list_row(canvas, app, seat, at, row, below(inner, y));
    }
}

fn list_row(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, at: usize, row: &Row, line: Rect) {
    let strings = app.strings();
    let theme = canvas.theme;
    match row {
        Row::Heading(kind) => {
            canvas.text(skip(line, 1), &capitalised(strings.kind(*kind)), theme.title());
        }
        Row::Group(unit) => group_row(canvas, app, seat, *unit, line),
        Row::Theme(about) => {
            let about = about.and_then(|id| seat.board.record(id)).map(Record::wording);
            let about = about.unwrap_or(strings.sorting.no_theme);
            let heading = format!("{} · {about}", capitalised(strings.kind(Kind::Difficulty)));
            canvas.text(skip(line, 1), &heading, theme.title());
        }
        Row::Due(bucket, count) => {
            let heading = [strings.due_bucket(*bucket), &count.to_string()];
            canvas.text(skip(line, 1), &fill(strings.following.heading, &heading), theme.title());
        }
        Row::Part(part) => {
            let line = skip(line, 1);
            canvas.text(line, &course::part_words(app, seat, *part, line.width.into()), theme.title());
        }
        Row::Record { id, depth } => {
            let Some(words) = seat.words.get(&at) else { return };
            let is_selected = at == seat.list().at;
            let mark = match (is_selected, seat.marked.contains(id)) {
                (true, true) => ">*",
                (false, true) => " *",
                (true, false) => ">",
                (false, false) => " ",
            };
            let used = canvas.text(line, mark, theme.strong());
            // Times stand in two panes; elsewhere no row is asked for one at every key.
            let record = seat.board.record(*id).filter(|_| seat.shows_clocks());
            let timed = record.and_then(|record| course::tail(app, seat, record));
            let tail = timed.as_ref().unwrap_or(&words.tail);
            let is_over = record.is_some_and(|record| course::is_over(app, seat, record));
            let style = if is_over { theme.warning() } else { theme.faint() };
            let left = skip(line, used + u16::from(*depth) * 2);
            record_row(canvas, strings, words, (tail, style), left);
            if is_selected {
                let focused = seat.focus == Focus::List && app.dialog.is_none();
                let style = if focused { theme.selected() } else { theme.selected_elsewhere() };
                canvas.restyle(line, style);
            }
        }
    }
}

/// The key of an action in the list, wherever one types just now.
fn key_here(app: &App, seat: &SessionSeat, action: Action) -> String {
    let key = app.keymap.shown_key(seat.pane.context(), action);
    key.map(|key| key.shown()).unwrap_or_default()
}

/// A unit, and how many of its people are there.
fn group_row(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, unit: Option<RecordId>, line: Rect) {
    let theme = canvas.theme;
    let count = format!(" {} ", roll_call::of_group(seat, unit));
    let left = canvas.right(line, &count, theme.strong());
    let unit = unit.and_then(|id| seat.board.record(id));
    let name = unit.map(|unit| format!("{} {}", roster::code(unit), unit.wording()));
    canvas.text(skip(left, 1), name.as_deref().unwrap_or(app.strings().roll_others), theme.title());
}

/// The sentence that is read aloud.
fn roll(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, area: Rect) {
    let inner = canvas.frame(area, app.strings().roll_aloud, false);
    let text = Rect { width: inner.width.saturating_sub(1), ..skip(inner, 1) };
    canvas.wrapped(text, &roll_call::sentence(app.strings(), seat), canvas.theme.strong());
}

fn record_row(
    canvas: &mut Canvas<'_>,
    strings: &Strings,
    words: &RowWords,
    (tail, style): (&str, Style),
    line: Rect,
) {
    let theme = canvas.theme;
    let line = if words.is_contested {
        canvas.right(line, &format!(" {} ", strings.contested_mark), theme.warning())
    } else {
        line
    };
    let tail = truncate(tail, usize::from(line.width / 2));
    let left = canvas.right(line, &tail, style);
    let used = canvas.text(left, &words.lead, theme.strong());
    let left = skip(left, used);
    let room = usize::from(left.width).saturating_sub(width(&words.mark));
    canvas.text(left, &[&*truncate(&words.text, room), &words.mark].concat(), theme.plain());
}

/// The capture line with its context.
pub(super) fn capture(
    canvas: &mut Canvas<'_>,
    app: &App,
    seat: &SessionSeat,
    areas: &Areas,
) -> Option<(u16, u16)> {
    let strings = app.strings();
    let theme = canvas.theme;
    let focused = seat.focus == Focus::Capture && app.dialog.is_none();
    let title = capture_title(app, seat);
    canvas.frame(areas.capture, &title, focused);
    let text = areas.capture_text();
    if inside(areas.capture).height == 0 {
        return None;
    }
    if seat.capture.editor.is_empty() && !focused {
        let records = || fill(strings.capture_here, &[&app.key_name(Action::Capture)]);
        let hint = if app.only_watches() { strings.reasons.looks_on.to_owned() } else { records() };
        canvas.text(text, &hint, theme.faint());
        return None;
    }
    let cursor = canvas.editor(text, &seat.capture.editor.view());
    if !app.abbreviations.is_empty()
        && let Some((_, met)) = app.abbreviations.expand(&seat.capture.parsed().text)
    {
        expansions(canvas, areas.capture, &met);
    }
    if let Some(number) = seat.near().and_then(Record::short_number) {
        similar(canvas, seat, areas.capture, width(&title), &fill(strings.similar_to, &[number]));
    }
    cursor
}

/// `đv = đơn vị` in the frame below the line: what Enter will write; the last ones if there are many.
fn expansions(canvas: &mut Canvas<'_>, frame: Rect, met: &[(String, String)]) {
    let room = usize::from(frame.width.saturating_sub(6));
    let mut shown = String::new();
    for (short, long) in met.iter().rev() {
        let one = format!("{short} = {long}");
        let all = if shown.is_empty() { one } else { format!("{one} · {shown}") };
        if !shown.is_empty() && width(&all) > room {
            break;
        }
        shown = all;
    }
    let y = frame.y + frame.height.saturating_sub(1);
    let line = Rect { y, height: 1, width: frame.width.saturating_sub(2), ..frame };
    canvas.right(line, &format!(" {} ", truncate(&shown, room)), canvas.theme.strong());
}

/// `gần giống KK-04` at the right of the line; in its frame, behind the title, when the text needs the room.
fn similar(canvas: &mut Canvas<'_>, seat: &SessionSeat, frame: Rect, title: usize, hint: &str) {
    let theme = canvas.theme;
    let inner = inside(frame);
    let line = Rect { width: inner.width.saturating_sub(1), height: 1, ..inner };
    let (room, needed) = (usize::from(line.width), width(hint) + 3);
    if width(&seat.capture.editor.text()) + needed <= room {
        canvas.right(line, hint, theme.faint());
    } else if title + needed <= room {
        canvas.right(Rect { y: frame.y, ..line }, &format!(" {hint} "), theme.faint());
    }
}

/// Which of several themes the line is about, by the first words of its title.
fn theme_short(strings: &Strings, seat: &SessionSeat) -> Option<String> {
    let themes = Some(seat.board.of_kind(Kind::Theme)).filter(|themes| themes.len() > 1)?;
    let of_item = || seat.board.record(seat.figures.item?.0)?.link(&field::THEME);
    let theme = seat.capture.context.or(seat.capture.pinned).map_or_else(of_item, |context| context.theme)?;
    let theme = themes.into_iter().find(|known| known.id == theme)?;
    Some(fill(strings.theme_short, &[&truncate(theme.wording(), THEME)]))
}

/// `Ghi nhanh · Q10 · khó khăn · mục 4`, and how many lines wait.
fn capture_title(app: &App, seat: &SessionSeat) -> String {
    let strings = app.strings();
    let board = &seat.board;
    let parsed = seat.capture.parsed();
    let unit = parsed.unit.or_else(|| seat.capture.unit()).and_then(|id| board.record(id)).map(roster::code);
    let item = seat.capture.item(seat.figures.item.map(|(id, _)| id));
    let number = match seat.figures.item.filter(|(id, _)| Some(*id) == item) {
        Some((_, number)) => Some(number),
        None => item.and_then(|id| agenda::ordinal(board, id)),
    };
    let item = number.map(|n| fill(strings.item_short, &[&n.to_string()]));
    let mut parts = vec![strings.capture.to_owned(), unit.unwrap_or("?").to_owned()];
    parts.extend(parsed.kind.map(|kind| match parsed.nature {
        Some(nature) => strings.nature(nature).to_lowercase(),
        None => strings.kind(kind).to_owned(),
    }));
    parts.extend(item);
    parts.extend(theme_short(strings, seat));
    parts.extend(seat.capture.pinned.map(|_| strings.sorting.pinned.to_owned()));
    parts.extend(parsed.off_record.then(|| strings.off_record.to_owned()));
    let waiting = seat.capture.waiting.len();
    parts.extend((waiting > 0).then(|| fill(strings.waiting_lines, &[&waiting.to_string()])));
    parts.join(" · ")
}
