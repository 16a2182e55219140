//! Beside the conclusions: the notice as it would be printed now, and the difficulties that nothing answers.

use super::canvas::{Canvas, below, skip};
use crate::{
    app::{App, layout::Areas, session::SessionSeat},
    domain::difficulty,
    i18n::fill,
};

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    if areas.unanswered.height > 0 {
        unanswered(canvas, app, seat, areas);
    }
}

fn unanswered(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    let strings = app.strings();
    let theme = canvas.theme;
    let open = difficulty::unanswered(&seat.board);
    let title = if open.is_empty() {
        strings.all_answered.to_owned()
    } else {
        fill(strings.unanswered_count, &[&open.len().to_string()])
    };
    let inner = canvas.frame(areas.unanswered, &title, false);
    for (record, row) in open.iter().zip(0..inner.height) {
        let line = skip(below(inner, row), 1);
        let number = format!("{} ", record.short_number().unwrap_or_default());
        canvas.parts(line, &[(&number, theme.strong()), (record.wording(), theme.plain())]);
    }
}
