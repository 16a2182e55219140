//! The details of the selected record: its fields, its merged wordings, what answers it, how often it changed.

use ratatui::layout::Rect;

use super::{
    canvas::{Canvas, below, rest, skip},
    panes::{field_line, wording},
};
use crate::{
    app::{
        App,
        field_edit::Target,
        form::{self, short_name},
        layout::Areas,
        session::{Focus, SessionSeat},
    },
    domain::{difficulty, field, kind::Kind, record::Record, roster},
    i18n::fill,
};

/// The cells that labels take.
const LABEL: u16 = 22;

/// Draws the details; where the cursor stands, if a field is being typed.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    seat: &SessionSeat,
    areas: &Areas,
) -> Option<(u16, u16)> {
    if areas.detail.height == 0 {
        return None;
    }
    let strings = app.strings();
    let focused = matches!(seat.focus, Focus::Detail(_) | Focus::Editing) && app.dialog.is_none();
    let editing = seat.editing.as_ref().filter(|_| seat.focus == Focus::Editing);
    // A text goes on belonging to its record, whatever is selected by now.
    let edited = editing.and_then(|edit| seat.board.record(edit.target.record()));
    let selected = edited.or_else(|| seat.selected());
    let new = editing.and_then(|edit| match &edit.target {
        Target::New { kind, .. } => Some(*kind),
        _ => None,
    });
    let title = match (new, selected) {
        (Some(kind), _) => format!("{}: {}", strings.action_add, strings.kind(kind)),
        (None, Some(record)) => title(app, seat, record),
        (None, None) => String::new(),
    };
    let inner = canvas.frame(areas.detail, &title, focused);
    if let (None, Some(record)) = (new, selected) {
        let height =
            if editing.is_some() { areas.field_text().y.saturating_sub(inner.y + 1) } else { inner.height };
        let body = Rect { height: height.min(inner.height), ..skip(inner, 1) };
        record_body(canvas, app, seat, record, body);
    }
    let edit = editing?;
    let text = areas.field_text();
    let label = Rect { y: text.y.saturating_sub(1), height: 1, ..text };
    let label_text = format!("{}:", edit.spec.label(strings));
    canvas.text(label, &label_text, canvas.theme.title());
    canvas.editor(text, &edit.editor.view())
}

/// `KK-03 · Quận 3 · 09:31 · thư ký Lan`.
fn title(app: &App, seat: &SessionSeat, record: &Record) -> String {
    let strings = app.strings();
    let kind = record.kind().map(|kind| strings.kind(kind)).unwrap_or_default();
    let mut parts = vec![record.short_number().unwrap_or(kind).to_owned()];
    parts.extend(roster::unit_of(&seat.board, record).map(|unit| roster::code(unit).to_owned()));
    parts.extend(record.moment(&field::SAID_AT).map(|at| at.format("%H:%M").to_string()));
    let author = seat.board.change(record.born.id).map(|change| change.header.author.name.to_string());
    parts.extend(author);
    parts.join(" · ")
}

fn record_body(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, record: &Record, area: Rect) {
    let strings = app.strings();
    let theme = canvas.theme;
    let specs = record.kind().map(form::specs).unwrap_or_default();
    let at = if let Focus::Detail(at) = seat.focus { Some(at) } else { None };
    let text = wording(strings, seat, record);
    let most = (area.height / 3).max(2);
    let first = Rect { height: most.min(area.height), ..area };
    let mut used = canvas.wrapped(first, &text, theme.plain());
    if at == Some(0) {
        canvas.restyle(Rect { height: used, ..first }, theme.selected());
    }
    used += 1;
    let room = usize::from(area.height.saturating_sub(used));
    let top = at.map_or(0, |at| at.saturating_sub(room.max(1)));
    for (index, spec) in specs.iter().enumerate().skip(1 + top) {
        if used >= area.height {
            return;
        }
        let (label, value) = field_line(strings, seat, record, spec);
        if value.is_empty() && at.is_none() {
            continue;
        }
        let line = below(area, used);
        canvas.text(Rect { width: LABEL.min(line.width), ..line }, &label, theme.faint());
        let shown = if value.is_empty() { strings.none } else { &value };
        canvas.text(skip(line, LABEL), shown, theme.plain());
        if at == Some(index) {
            canvas.restyle(line, theme.selected());
        }
        used += 1;
    }
    related(canvas, app, seat, record, rest(area, used + 1));
}

/// Merged wordings, continuations, answers and history, as far as there is room.
fn related(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, record: &Record, area: Rect) {
    let strings = app.strings();
    let theme = canvas.theme;
    let board = &seat.board;
    let mut lines: Vec<(String, bool)> = Vec::new();
    let merged = board.merged_into(record.id);
    let continued = difficulty::continuations(board, record.id);
    if !merged.is_empty() || !continued.is_empty() {
        lines.push((strings.wordings.to_owned(), true));
    }
    for other in merged.into_iter().chain(continued) {
        let unit = roster::unit_of(board, other).map_or("?", roster::code);
        lines.push((format!("{} {unit}  {}", short_name(other), other.wording()), false));
    }
    let kinds = [Kind::Cause, Kind::Solution, Kind::Recommendation, Kind::Conclusion, Kind::Task];
    let answers: Vec<&Record> =
        kinds.iter().flat_map(|kind| difficulty::answers(board, record.id, *kind)).collect();
    if !answers.is_empty() {
        lines.push((strings.answers.to_owned(), true));
    }
    lines.extend(
        answers.into_iter().map(|other| (format!("{}  {}", short_name(other), other.wording()), false)),
    );
    let changes = seat.figures.changes_of(record.id).to_string();
    lines.push((fill(strings.history_count, &[&changes]), true));
    for ((text, heading), row) in lines.iter().zip(0..area.height) {
        let style = if *heading { theme.faint() } else { theme.plain() };
        canvas.text(below(area, row), text, style);
    }
}
