//! The details of the selected record: its fields, its merged wordings, what answers it, how often it changed.

use ratatui::layout::Rect;

use super::canvas::{Canvas, below, skip};
use crate::{
    app::{
        App,
        details::{self, LABEL, Tone},
        field_edit::Target,
        layout::Areas,
        session::{Focus, SessionSeat},
    },
    domain::{field, record::Record, roster},
    i18n::{capitalised, fill},
};

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
    let editing = details::editing(seat);
    let new = editing.and_then(|edit| match &edit.target {
        Target::New { kind, .. } => Some(*kind),
        _ => None,
    });
    let title = match (new, details::shown(seat)) {
        (Some(kind), _) => format!("{}: {}", strings.action_add, strings.kind(kind)),
        (None, Some(record)) => title(app, seat, record),
        (None, None) => String::new(),
    };
    canvas.frame(areas.detail, &title, focused);
    rows(canvas, app, seat, areas);
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
    let mut parts = vec![record.short_number().map_or_else(|| capitalised(kind), str::to_owned)];
    let writers = app.writers_at(record.id);
    parts.extend(writers.map(|name| fill(strings.table.writes_here, &[name])));
    parts.extend(roster::unit_of(&seat.board, record).map(|unit| roster::code(unit).to_owned()));
    parts.extend(record.moment(&field::SAID_AT).map(|at| at.format("%H:%M").to_string()));
    let author = seat.board.change(record.born.id).map(|change| change.header.author.name.to_string());
    parts.extend(author);
    parts.join(" · ")
}

fn rows(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    let (area, theme) = (details::body(seat, areas), canvas.theme);
    for (row, y) in details::rows(app, seat, areas).iter().zip(0..area.height) {
        let line = below(area, y);
        let style = match row.tone {
            Tone::Plain => theme.plain(),
            Tone::Faint => theme.faint(),
            Tone::Strong => theme.strong(),
            Tone::Asking => theme.warning(),
        };
        let label = row.label.map_or(0, |label| {
            canvas.text(Rect { width: LABEL.min(line.width), ..line }, label, theme.faint());
            LABEL
        });
        canvas.text(skip(line, label), &row.text, style);
        if row.field.is_some() && row.field == selected(seat) {
            canvas.restyle(line, theme.selected());
        }
    }
}

fn selected(seat: &SessionSeat) -> Option<usize> {
    if let Focus::Detail(at) = seat.focus { Some(at) } else { None }
}
