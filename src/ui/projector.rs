//! What the room sees: black on white, wide margins, few lines.

use ratatui::layout::Rect;

use super::{
    canvas::{Canvas, below, skip},
    course, digits,
};
use crate::{
    app::{
        App, Saved,
        labels::action_name,
        layout::Areas,
        projector::{self, NUMBER, Piece},
        session::SessionSeat,
    },
    domain::{
        agenda, field,
        kind::{AgendaKind, Kind},
        record::Record,
        speech,
    },
    i18n::fill,
    keymap::action::Action,
};

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, page: usize, areas: &Areas) {
    let (top, scale) = (projector::head(seat, areas.window), projector::clock_scale(seat, areas.window));
    if scale > 0 {
        large_head(canvas, app, seat, top, scale);
    } else {
        head(canvas, app, seat, top);
    }
    let body = projector::body(seat, areas.window);
    let pages = projector::pages(seat, body);
    let page = page.min(pages.len().saturating_sub(1));
    if let Some(pieces) = pages.get(page) {
        lines(canvas, pieces, body);
    }
    foot(canvas, app, (page + 1, pages.len()), areas.hints);
    canvas.restyle(areas.window, canvas.theme.projected());
}

/// The item with its clock, the speaker with theirs, a rule.
fn head(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, area: Rect) {
    let theme = canvas.theme;
    if let Some(item) = seat.figures.item.and_then(|(id, _)| seat.board.record(id)) {
        let clock = format!("  {}", course::item_clock(app, seat, item));
        let left = canvas.right(below(area, 0), &clock, theme.strong());
        canvas.text(left, &item_title(app, item), theme.strong());
    }
    if let Some(speech) = seat.figures.floor.and_then(|id| seat.board.record(id)) {
        let clock = format!("  {}", course::speech_clock(app, seat, speech));
        let left = canvas.right(below(area, 1), &clock, theme.plain());
        canvas.text(left, &speaker(seat, speech), theme.plain());
    }
    rule(canvas, below(area, 2));
}

fn rule(canvas: &mut Canvas<'_>, line: Rect) {
    let rule = if canvas.theme.ascii { "-" } else { "─" };
    canvas.text(line, &rule.repeat(line.width.into()), canvas.theme.plain());
}

/// The same with the item's time in large digits at the right.
fn large_head(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, area: Rect, scale: u16) {
    let theme = canvas.theme;
    rule(canvas, below(area, digits::HEIGHT * scale));
    let Some(item) = seat.figures.item.and_then(|(id, _)| seat.board.record(id)) else { return };
    let left = match course::item_time(app, seat, item) {
        Some(time) => digits::draw(canvas, area, &time, scale, theme.strong()),
        None => area,
    };
    canvas.text(below(left, 0), &item_title(app, item), theme.strong());
    canvas.text(below(left, 1), &course::item_clock(app, seat, item), theme.plain());
    if let Some(speech) = seat.figures.floor.and_then(|id| seat.board.record(id)) {
        canvas.text(below(left, 3), &speaker(seat, speech), theme.strong());
        canvas.text(below(left, 4), &course::speech_clock(app, seat, speech), theme.plain());
    }
}

fn item_title<'a>(app: &App, item: &'a Record) -> std::borrow::Cow<'a, str> {
    match agenda::item_kind(item) {
        AgendaKind::Other => item.wording().into(),
        kind => app.strings().agenda_kind(kind).into(),
    }
}

/// The speaker's unit by its name, and the speaker.
fn speaker(seat: &SessionSeat, speech: &Record) -> String {
    let unit = speech::unit_of(&seat.board, speech).map(Record::wording);
    let person = speech.link(&field::SPEAKER).and_then(|id| seat.board.record(id));
    let person = person.filter(|person| person.kind() == Some(Kind::Attendee)).map(Record::wording);
    let parts = unit.into_iter().chain(person).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

fn lines(canvas: &mut Canvas<'_>, pieces: &[Piece], area: Rect) {
    let theme = canvas.theme;
    let mut row = 0;
    for piece in pieces {
        let number = below(area, row);
        canvas.text(Rect { width: NUMBER.min(number.width), ..number }, &piece.number, theme.strong());
        for words in &piece.rows {
            canvas.text(skip(below(area, row), NUMBER), words, theme.strong());
            row += 1;
        }
        row += 1;
    }
}

/// The page, the keys that work here; and loudly, if something could not be saved.
fn foot(canvas: &mut Canvas<'_>, app: &App, (page, pages): (usize, usize), area: Rect) {
    let (strings, theme) = (app.strings(), canvas.theme);
    let page = match pages {
        0 => strings.wall.nothing_published.to_owned(),
        1 => String::new(),
        _ => fill(strings.wall.page, &[&page.to_string(), &pages.to_string()]),
    };
    let mut left = canvas.right(skip(area, 1), &format!("  {page} "), theme.plain());
    if app.saved == Saved::Failed {
        left = skip(left, canvas.text(left, strings.not_saved, theme.error()) + 2);
    }
    if app.leaving {
        let others = app.company.others.len().to_string();
        let question = fill(strings.table.quit_on_wall, &[&others, &app.key_name(Action::Quit)]);
        left = skip(left, canvas.text(left, &question, theme.error()) + 3);
    }
    let turn = (pages > 1).then_some([Action::PageUp, Action::PageDown]);
    for action in turn.into_iter().flatten().chain([Action::Leave, Action::Cover]) {
        let hint = format!("{} {}", app.key_name(action), action_name(strings, action));
        if crate::text::width::width(&hint) <= left.width.into() {
            left = skip(left, canvas.text(left, &hint, theme.faint()) + 3);
        }
    }
}
