//! Reading back: one paragraph in the middle of the window, large; what changed in it, what it lacks, and what comes next.

use ratatui::{layout::Rect, style::Style};

use super::canvas::{Canvas, below, rest, skip};
use crate::{
    app::{App, reading, session::SessionSeat},
    document::Paragraph,
    domain::{
        board::Board,
        kind::Reading,
        lint,
        reading::{frozen_at, is_unread},
        record::Record,
    },
    i18n::fill,
    keymap::action::Action,
    text::{width::truncate, wrap::wrap},
};

/// The most cells of a row that is read aloud: longer ones lose the eye.
const WIDEST: u16 = 76;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, area: Rect) {
    let strings = app.strings();
    let focused = app.dialog.is_none();
    let inner = canvas.frame(area, &title(app, seat), focused);
    let Some((at, paragraph)) = seat.paragraph() else {
        let words = fill(strings.read_back.empty, &[&app.key_name(Action::Add)]);
        canvas.wrapped(skip(inner, 1), &words, canvas.theme.plain());
        return;
    };
    let Some(record) = seat.board.record(paragraph.record) else { return };
    let width = inner.width.saturating_sub(2).min(WIDEST);
    let page = Rect { x: inner.x + (inner.width - width) / 2, width, ..inner };
    let (body, foot) =
        (Rect { height: page.height.saturating_sub(2), ..page }, page.height.saturating_sub(1));
    let counted = tally(app, seat);
    canvas.text(below(page, 0), &counted, canvas.theme.faint());
    canvas.text(below(page, 1), &paragraph.heading, canvas.theme.title());
    let mut left = rest(body, 3);
    left = rest(left, mark(canvas, app, record, &paragraph.words, left));
    left = rest(left, words(canvas, paragraph, left) + 1);
    left = rest(left, edited(canvas, app, seat, record, paragraph, left));
    for lint in lint::lints(&seat.board, record) {
        left = rest(left, canvas.wrapped(left, &strings.lint(&lint), canvas.theme.warning()));
    }
    if let Some(next) = seat.reading.paragraphs.get(at + 1) {
        let number = seat.board.record(next.record).and_then(Record::short_number).unwrap_or_default();
        let line = format!("{number} {}", next.words.replace('\n', " "));
        let text = fill(strings.read_back.next, &[&line]);
        canvas.text(below(page, foot), &truncate(&text, width.into()), canvas.theme.faint());
    }
}

/// `Đọc lại kết luận · đoạn 3/14 · chốt 10:55`.
fn title(app: &App, seat: &SessionSeat) -> String {
    let words = &app.strings().read_back;
    let mut parts = vec![words.pane.to_owned()];
    let total = seat.reading.paragraphs.len().to_string();
    parts.extend(seat.paragraph().map(|(at, _)| fill(words.place, &[&(at + 1).to_string(), &total])));
    parts.extend(frozen_at(&seat.board).map(|at| fill(words.frozen_at, &[&at.format("%H:%M").to_string()])));
    parts.join(" · ")
}

fn tally(app: &App, seat: &SessionSeat) -> String {
    let tally = seat.reading.tally(&seat.board);
    let counts = [&tally.agreed, &tally.changed, &tally.left, &tally.unread].map(|of| of.len().to_string());
    fill(app.strings().read_back.tally, &counts.each_ref().map(String::as_str))
}

/// `[x] KL-01 · Nhất trí`: a sign and a word, so that it can be told without colour. The rows that it takes.
fn mark(canvas: &mut Canvas<'_>, app: &App, record: &Record, words: &str, area: Rect) -> u16 {
    let strings = app.strings();
    let said = crate::domain::reading::reading(record);
    let (sign, mut style) = sign(canvas, said);
    let mut parts = vec![
        format!("{sign} {}", record.short_number().unwrap_or_default()),
        strings.reading(said).to_owned(),
    ];
    if said.is_some() && is_unread(record, words) {
        parts.push(strings.read_back.edited.to_owned());
        style = canvas.theme.warning();
    }
    canvas.text(below(area, 0), &parts.join(" · "), style);
    2
}

fn sign(canvas: &Canvas<'_>, said: Option<Reading>) -> (&'static str, Style) {
    match said {
        None => ("[ ]", canvas.theme.plain()),
        Some(Reading::Agreed) => ("[x]", canvas.theme.good()),
        Some(Reading::Changed) => ("[~]", canvas.theme.good()),
        Some(Reading::Left) => ("[-]", canvas.theme.warning()),
    }
}

/// The words, with an empty row between rows if there is room for that. The rows that they take.
fn words(canvas: &mut Canvas<'_>, paragraph: &Paragraph, area: Rect) -> u16 {
    let mut rows: Vec<&str> = Vec::new();
    for line in paragraph.words.split('\n') {
        let pieces = wrap(line, area.width.max(1).into()).into_iter();
        rows.extend(pieces.map(|range| line.get(range).unwrap_or_default()));
    }
    let count = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let apart = if count.saturating_mul(2) <= area.height.saturating_sub(4) { 2 } else { 1 };
    for (row, y) in rows.iter().zip((0..area.height).step_by(usize::from(apart))) {
        canvas.text(below(area, y), row, canvas.theme.strong());
    }
    count.saturating_mul(apart)
}

/// What was edited since it was read. The rows that it takes.
fn edited(
    canvas: &mut Canvas<'_>,
    app: &App,
    seat: &SessionSeat,
    record: &Record,
    paragraph: &Paragraph,
    area: Rect,
) -> u16 {
    let Some(changes) = reading::changes(record, &paragraph.words) else { return 0 };
    let words = &app.strings().read_back;
    let since =
        if is_frozen(&seat.board, record) { words.edited_since_frozen } else { words.edited_since_read };
    let used = canvas.wrapped(area, since, canvas.theme.warning());
    used + canvas.wrapped(rest(area, used), &changes, canvas.theme.plain()) + 1
}

fn is_frozen(board: &Board, record: &Record) -> bool {
    frozen_at(board).is_some() && record.text(&crate::domain::field::FROZEN_AS).is_some()
}
