//! A session: tabs, list, details or preview, capture line.

use ratatui::layout::Rect;

use super::{
    canvas::{Canvas, below, skip},
    detail, lines, preview,
};
use crate::{
    app::{
        App,
        details::{sample_mark, wording},
        form::print_date,
        layout::{Areas, inside},
        panes::{PaneId, Row},
        session::{Focus, SessionSeat},
        versions::is_contested,
    },
    domain::{
        agenda, board::Board, conclusion, difficulty, edit::Lead, field, kind::Kind, record::Record, roster,
        session::Session,
    },
    i18n::{Strings, fill},
    keymap::action::Action,
    text::width::{truncate, width},
};

/// Draws the session; where the cursor stands.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    seat: &SessionSeat,
    areas: &Areas,
) -> Option<(u16, u16)> {
    lines::header(canvas, app, seat, areas);
    lines::tabs(canvas, app, seat);
    list(canvas, app, seat, areas.list);
    preview::draw(canvas, app, seat, areas);
    let field = detail::draw(canvas, app, seat, areas);
    let line = capture(canvas, app, seat, areas);
    match seat.focus {
        Focus::Editing => field,
        Focus::Capture => line,
        Focus::List | Focus::Detail(_) => None,
    }
}

fn list(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, area: Rect) {
    if area.height == 0 {
        return;
    }
    let strings = app.strings();
    let theme = canvas.theme;
    let focused = seat.focus == Focus::List && app.dialog.is_none();
    let inner = canvas.frame(area, seat.pane.title(strings), focused);
    if seat.rows.is_empty() {
        let step = if seat.pane == PaneId::Difficulties { Action::Capture } else { Action::Add };
        let key = app.key_name(step);
        canvas.wrapped(skip(inner, 1), &fill(seat.pane.empty(strings), &[&key]), theme.plain());
        return;
    }
    let list = seat.list();
    let shown = seat.rows.iter().enumerate().skip(list.top).take(inner.height.into());
    for ((at, row), y) in shown.zip(0..) {
        let line = below(inner, y);
        match row {
            Row::Heading(kind) => {
                canvas.text(skip(line, 1), &capitalised(strings.kind(*kind)), theme.title());
            }
            Row::Record { id, depth } => {
                let Some(record) = seat.board.record(*id) else { continue };
                let mark = match (seat.marked.contains(id), at == list.at) {
                    (true, _) => "*",
                    (false, true) => ">",
                    (false, false) => " ",
                };
                let used = canvas.text(line, mark, theme.strong());
                record_row(canvas, app, seat, record, skip(line, used + u16::from(*depth) * 2));
            }
        }
        if at == list.at && row.record().is_some() {
            let style = if focused { theme.selected() } else { theme.selected_elsewhere() };
            canvas.restyle(line, style);
        }
    }
}

pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn record_row(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, record: &Record, line: Rect) {
    let strings = app.strings();
    let theme = canvas.theme;
    let line = if is_contested(seat, record) {
        canvas.right(line, &format!(" {} ", strings.contested_mark), theme.warning())
    } else {
        line
    };
    let left = canvas.right(line, &tail(strings, seat, record), theme.faint());
    let lead = lead(&seat.board, record);
    let used = canvas.text(left, &lead, theme.strong());
    let left = skip(left, used);
    let text = wording(strings, seat, record);
    let mark = sample_mark(strings, record);
    let room = usize::from(left.width).saturating_sub(width(&mark));
    let said = truncate(text.strip_suffix(&*mark).unwrap_or(&text), room);
    canvas.text(left, &[&*said, &mark].concat(), theme.plain());
}

/// What stands before the wording: number, code, unit.
fn lead(board: &Board, record: &Record) -> String {
    let unit = || roster::unit_of(board, record).map_or("?", roster::code);
    match record.kind() {
        Some(Kind::AgendaItem) => {
            agenda::ordinal(board, record.id).map(|n| format!("{n:>2} ")).unwrap_or_default()
        }
        Some(Kind::Unit) => format!("{:<5} ", roster::code(record)),
        Some(Kind::Paragraph) => "· ".to_owned(),
        Some(Kind::Task) => {
            let lead = match conclusion::lead(record) {
                Some(Lead::Unit(id)) => board.record(id).map_or("?", roster::code),
                Some(Lead::Each) => "*",
                None => "?",
            };
            format!("{} {lead:<4} ", record.short_number().unwrap_or_default())
        }
        Some(Kind::Conclusion | Kind::Recommendation) => {
            format!("{} ", record.short_number().unwrap_or_default())
        }
        Some(kind) if Kind::CAPTURED.contains(&kind) => {
            format!("{} {:<4} ", record.short_number().unwrap_or_default(), unit())
        }
        _ => String::new(),
    }
}

/// What stands at the right: weight and coverage, minutes, due date, attendance.
fn tail(strings: &Strings, seat: &SessionSeat, record: &Record) -> String {
    let board = &*seat.board;
    let mut parts = Vec::new();
    match record.kind() {
        Some(Kind::Difficulty) => {
            parts.push("!".repeat(difficulty::weight(record).into()));
            parts.push(format!("{}/{}", difficulty::raised_by(board, record).len(), seat.figures.units));
        }
        Some(Kind::AgendaItem) => {
            let on = seat.figures.item.is_some_and(|(item, _)| item == record.id);
            parts.push(if on { "•".to_owned() } else { String::new() });
            parts.push(fill(strings.planned_minutes, &[&agenda::planned(record).to_string()]));
        }
        Some(Kind::Task) => parts.extend(record.date(&field::DUE).map(print_date)),
        Some(Kind::Recommendation) => parts.extend(record.text(&field::ADDRESSEE).map(str::to_owned)),
        Some(Kind::Attendee) => parts.push(attendee_tail(strings, board, record)),
        Some(Kind::Target) => parts.extend(record.text(&field::FIGURE).map(str::to_owned)),
        Some(Kind::Signature) => parts.extend(record.date(&field::SIGNED_ON).map(print_date)),
        Some(Kind::Session) => parts.extend(Session::of(board).and_then(Session::date).map(print_date)),
        _ => {}
    }
    if record.flag(&field::CHECK_LATER) {
        parts.push("??".to_owned());
    }
    parts.retain(|part| !part.is_empty());
    let text = parts.join(" ");
    if text.is_empty() { " ".to_owned() } else { format!(" {text} ") }
}

fn attendee_tail(strings: &Strings, board: &Board, record: &Record) -> String {
    let unit = roster::unit_of(board, record).map(roster::code).unwrap_or_default();
    let part = strings.part_played(roster::part_played(record));
    format!("{unit} {part}").trim().to_owned()
}

/// The capture line with its context.
fn capture(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) -> Option<(u16, u16)> {
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
        let hint = fill(strings.capture_here, &[&app.key_name(Action::Capture)]);
        canvas.text(text, &hint, theme.faint());
        return None;
    }
    canvas.editor(text, &seat.capture.editor.view())
}

/// `Ghi nhanh · Q10 · khó khăn · mục 4`, and how many lines wait.
fn capture_title(app: &App, seat: &SessionSeat) -> String {
    let strings = app.strings();
    let board = &seat.board;
    let parsed = seat.capture.parsed(board);
    let unit = parsed.unit.or_else(|| seat.capture.unit()).and_then(|id| board.record(id)).map(roster::code);
    let number = match seat.capture.context {
        Some(context) => context.item.and_then(|id| agenda::ordinal(board, id)),
        None => seat.figures.item.map(|(_, number)| number),
    };
    let item = number.map(|n| fill(strings.item_short, &[&n.to_string()]));
    let mut parts = vec![strings.capture.to_owned(), unit.unwrap_or("?").to_owned()];
    parts.extend(parsed.kind.map(|kind| match parsed.nature {
        Some(nature) => strings.nature(nature).to_lowercase(),
        None => strings.kind(kind).to_owned(),
    }));
    parts.extend(item);
    parts.extend(parsed.off_record.then(|| strings.off_record.to_owned()));
    let waiting = seat.capture.waiting.len();
    parts.extend((waiting > 0).then(|| fill(strings.waiting_lines, &[&waiting.to_string()])));
    parts.join(" · ")
}
