//! Beside the conclusions: the notice as it would be printed now, and the difficulties that nothing answers.

use ratatui::layout::Rect;

use super::canvas::{Canvas, below, rest, skip};
use crate::{
    app::{App, layout::Areas, session::SessionSeat},
    document::{Block, Document},
    domain::record::Record,
    i18n::fill,
};

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    if areas.preview.height > 0 {
        notice(canvas, app, seat, areas.preview);
    }
    if areas.unanswered.height > 0 {
        unanswered(canvas, app, seat, areas);
    }
}

fn notice(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, area: Rect) {
    let strings = app.strings();
    let theme = canvas.theme;
    let Some(preview) = &app.preview else { return };
    match &preview.notice {
        Err(error) => {
            let inner = canvas.frame(area, strings.preview, false);
            canvas.wrapped(skip(inner, 1), &error.to_string(), theme.warning());
        }
        Ok(document) => {
            let missing = fill(strings.missing_count, &[&document.missing.len().to_string()]);
            let inner = canvas.frame(area, &format!("{} · {missing}", strings.preview), false);
            body(canvas, document, seat.selected(), skip(inner, 1));
        }
    }
}

/// The document from the block that holds the selected record on, so that a change is seen where it lands.
fn body(canvas: &mut Canvas<'_>, document: &Document, selected: Option<&Record>, mut area: Rect) {
    let theme = canvas.theme;
    let wording = selected.map(Record::wording).filter(|wording| !wording.is_empty());
    let holds = |block: &Block| wording.is_some_and(|wording| block.text().contains(wording));
    let told = selected.and_then(|record| document.told.get(&record.id));
    let from = told.map_or(0, |at| at.saturating_sub(2));
    if from == 0 {
        area = rest(area, canvas.wrapped(area, &document.head.title, theme.title()));
        area = rest(area, canvas.wrapped(area, &document.head.about, theme.strong()));
    }
    for block in document.blocks.iter().skip(from) {
        if area.height == 0 {
            return;
        }
        let style = match block {
            Block::Heading { .. } => theme.title(),
            other if holds(other) => theme.strong(),
            _ => theme.plain(),
        };
        area = rest(area, canvas.wrapped(area, &labelled(block), style));
    }
}

fn labelled(block: &Block) -> String {
    match block {
        Block::Paragraph(_) | Block::Table(_) => block.text().to_owned(),
        Block::Heading { label, text, .. } | Block::Item { label, text, .. } => format!("{label} {text}"),
    }
}

fn unanswered(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    let strings = app.strings();
    let theme = canvas.theme;
    let title = match seat.figures.unanswered {
        0 => strings.all_answered.to_owned(),
        count => fill(strings.unanswered_count, &[&count.to_string()]),
    };
    let inner = canvas.frame(areas.unanswered, &title, false);
    for (record, row) in seat.board.unanswered().zip(0..inner.height) {
        let line = skip(below(inner, row), 1);
        let number = format!("{} ", record.short_number().unwrap_or_default());
        canvas.parts(line, &[(&number, theme.strong()), (record.wording(), theme.plain())]);
    }
}
