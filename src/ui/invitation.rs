//! How one joins from another computer, for the room to see: black on white, with the line as a QR code.

use ratatui::layout::Rect;

use super::canvas::{Canvas, below, rest};
use crate::{
    app::{App, lobby::Invitation},
    i18n::fill,
    keymap::action::Action,
};

/// The modules that have to stay light around a QR code.
const QUIET: usize = 4;
/// The cells that are left free at either side.
const MARGIN: u16 = 3;
/// The fewest cells that the words take.
const WORDS: u16 = 40;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, invitation: &Invitation, window: Rect) {
    let margin = MARGIN.min(window.width / 2);
    let area =
        Rect { x: window.x + margin, width: window.width.saturating_sub(2 * margin), ..rest(window, 1) };
    let square = square(invitation, canvas.theme.ascii);
    let wide = square.first().map_or(0, |row| cells(row.chars().count()));
    let fits = area.width >= WORDS + wide && area.height >= cells(square.len());
    let beside = if fits { wide } else { 0 };
    words(canvas, app, invitation, Rect { width: area.width - beside, ..area });
    if fits {
        let at = Rect { x: area.x + area.width - wide, width: wide, ..area };
        for (row, text) in (0..).zip(&square) {
            canvas.text(below(at, row), text, canvas.theme.plain());
        }
    }
    canvas.restyle(window, canvas.theme.projected());
}

fn words(canvas: &mut Canvas<'_>, app: &App, invitation: &Invitation, area: Rect) {
    let (theme, words) = (canvas.theme, &app.strings().table.door);
    let until = fill(words.invite_until, &[&invitation.until.format("%H:%M %d/%m").to_string()]);
    let leave = format!("{} {}", app.key_name(Action::Leave), app.strings().action_leave);
    let paragraphs = [
        (words.invite_title, theme.title(), true),
        (words.invite_line, theme.plain(), false),
        (&invitation.line, theme.strong(), false),
        (words.invite_name, theme.plain(), true),
        (words.invite_code, theme.plain(), false),
        (&invitation.code, theme.strong(), false),
        (&until, theme.plain(), true),
        (words.invite_key, theme.plain(), false),
        (&invitation.fingerprint, theme.plain(), true),
        (&leave, theme.plain(), false),
    ];
    let mut area = area;
    for (text, style, ends) in paragraphs {
        let used = canvas.wrapped(area, text, style).max(1);
        area = rest(area, used + u16::from(ends));
    }
}

/// The QR code with the light around it: two modules a cell, one above the other; without such characters a module is two cells wide.
fn square(invitation: &Invitation, ascii: bool) -> Vec<String> {
    let side = invitation.square.len() + 2 * QUIET;
    let is_dark = |row: usize, column: usize| {
        let (row, column) = (row.checked_sub(QUIET), column.checked_sub(QUIET));
        let row = row.and_then(|row| invitation.square.get(row));
        row.zip(column).and_then(|(row, column)| row.get(column)).copied().unwrap_or(false)
    };
    if ascii {
        let row = |row| (0..side).map(|column| if is_dark(row, column) { "##" } else { "  " }).collect();
        return (0..side).map(row).collect();
    }
    let cell = |row, column| match (is_dark(row, column), is_dark(row + 1, column)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    (0..side).step_by(2).map(|row| (0..side).map(|column| cell(row, column)).collect()).collect()
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
