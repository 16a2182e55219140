//! What is near to the selected line of the triage: what another note-taker wrote, then what this session and past ones have.

use super::canvas::{Canvas, below, skip};
use crate::{
    app::{App, layout::Areas, rows::author, session::SessionSeat},
    domain::{record::Record, roster},
};

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    if areas.near.height == 0 {
        return;
    }
    let words = &app.strings().sorting;
    let inner = canvas.frame(areas.near, words.near, false);
    let rows = rows(seat);
    if rows.is_empty() && seat.nearest.is_answered {
        canvas.text(skip(inner, 1), words.nothing_near, canvas.theme.faint());
    }
    for ((lead, text), y) in rows.into_iter().zip(0..inner.height) {
        let (theme, line) = (canvas.theme, skip(below(inner, y), 1));
        canvas.parts(line, &[(&lead, theme.strong()), (&text, theme.plain())]);
    }
}

/// Who or what, and the words. Of each kind the nearest comes first, then the next ones of this session, then of the others.
fn rows(seat: &SessionSeat) -> Vec<(String, String)> {
    let twin = seat.twin().map(|twin| {
        (format!("{}  ", author(&seat.board, twin).unwrap_or_default()), twin.wording().to_owned())
    });
    let here = |record: &Record| {
        let unit = roster::unit_of(&seat.board, record).map_or("?", roster::code);
        (format!("{} {unit}  ", record.short_number().unwrap_or_default()), record.wording().to_owned())
    };
    let mut here = seat.nearest_here().into_iter().map(here);
    let mut elsewhere = seat.nearest_elsewhere().map(|hit| (format!("{} ", hit.session), hit.text.clone()));
    let first = twin.into_iter().chain(here.next()).chain(elsewhere.next()).collect::<Vec<_>>();
    let all = first.into_iter().chain(here).chain(elsewhere);
    all.map(|(lead, text)| (lead, text.replace('\n', " "))).collect()
}
