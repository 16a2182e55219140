//! The last frame of a seat, kept at the close so that the next start shows it before anything is read.
//!
//! It is a picture, believed for as long as the first true frame takes: that one is drawn over it. Invariant: what comes back holds no
//! control character, whoever wrote the bytes.

use std::borrow::Cow;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Position,
    style::{Color, Modifier, Style},
};
use serde::{Deserialize, Serialize};

use crate::text::width::width;

/// A frame and whose it is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LastFrame<'a> {
    /// Who looked at it, in which language and theme; another viewer shall not see it.
    viewer: Cow<'a, str>,
    columns: u16,
    rows: u16,
    cursor: Option<(u16, u16)>,
    lines: Vec<Vec<Run>>,
}

/// Cells of one style.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    text: String,
    #[serde(default, skip_serializing_if = "Look::is_plain")]
    look: Look,
}

#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Look {
    letters: Option<String>,
    ground: Option<String>,
    weight: u16,
}

impl<'a> LastFrame<'a> {
    /// The frame that a buffer holds.
    pub(super) fn of(viewer: &'a str, shown: &Buffer, cursor: Option<Position>) -> Self {
        let area = shown.area;
        let lines = (area.top()..area.bottom()).map(|y| runs(shown, y)).collect();
        let cursor = cursor.map(|cursor| (cursor.x, cursor.y));
        Self { viewer: viewer.into(), columns: area.width, rows: area.height, cursor, lines }
    }

    /// Reads what [`LastFrame::encode`] wrote, if it is this viewer's and fits a window of so many columns and rows.
    pub(super) fn decode(bytes: &'a [u8], viewer: &str, size: (u16, u16)) -> Option<Self> {
        let frame: Self = serde_json::from_slice(bytes).ok()?;
        ((&*frame.viewer, (frame.columns, frame.rows)) == (viewer, size)).then_some(frame)
    }

    /// Bytes for the store.
    pub(super) fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Draws it; where the cursor stood.
    pub(super) fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        for (y, runs) in (0..self.rows).zip(&self.lines) {
            let mut x = 0;
            for run in runs {
                let room = usize::from(self.columns.saturating_sub(x));
                (x, _) = buffer.set_stringn(x, y, &run.text, room, run.look.style());
            }
        }
        self.cursor.map(Position::from)
    }
}

fn runs(shown: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while let Some(cell) = shown.cell((x, y)) {
        let look = Look::of(cell);
        match runs.last_mut().filter(|run| run.look == look) {
            Some(run) => run.text.push_str(cell.symbol()),
            None => runs.push(Run { text: cell.symbol().to_owned(), look }),
        }
        // What stands behind a wide letter is its other half.
        x = x.saturating_add(u16::try_from(width(cell.symbol())).unwrap_or(1).max(1));
    }
    runs
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let named = |colour: Color| (colour != Color::Reset).then(|| colour.to_string());
        Self { letters: named(cell.fg), ground: named(cell.bg), weight: cell.modifier.bits() }
    }

    fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    fn style(&self) -> Style {
        let colour = |name: &Option<String>| name.as_ref()?.parse().ok();
        let (letters, ground): (Option<Color>, Option<Color>) = (colour(&self.letters), colour(&self.ground));
        let plain = Style::new().add_modifier(Modifier::from_bits_truncate(self.weight));
        let lettered = letters.map_or(plain, |letters| plain.fg(letters));
        ground.map_or(lettered, |ground| lettered.bg(ground))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;

    use super::*;

    const AREA: Rect = Rect::new(0, 0, 20, 3);
    const SIZE: (u16, u16) = (AREA.width, AREA.height);

    fn page(pieces: &[(u16, u16, &str, Style)]) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        for (x, y, text, style) in pieces {
            buffer.set_stringn(*x, *y, text, usize::from(AREA.width - x), *style);
        }
        buffer
    }

    proptest! {
        #[test]
        fn what_was_shown_comes_back(
            pieces in prop::collection::vec(
                (0..AREA.width, 0..AREA.height,
                 prop::sample::select(vec!["Quận 10", "會議", "e\u{302}\u{301}", "ữ · …", "👩‍👩‍👧 x"]),
                 prop::sample::select(vec![Style::new(), Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
                                           Style::new().bg(Color::Rgb(1, 2, 3)), Style::new().fg(Color::Indexed(9))])),
                0..8)
        ) {
            let shown = page(&pieces);
            let bytes = LastFrame::of("Lan", &shown, Some(Position::new(3, 1))).encode();
            let mut again = Buffer::empty(AREA);
            let cursor = LastFrame::decode(&bytes, "Lan", SIZE).unwrap().draw(&mut again);
            prop_assert_eq!(cursor, Some(Position::new(3, 1)));
            let mut sent = Buffer::empty(AREA);
            for (x, y, cell) in Buffer::empty(AREA).diff(&shown) { sent[(x, y)] = cell.clone(); }
            let missing = again.diff(&sent);
            prop_assert!(missing.is_empty(), "{:?}", missing);
        }
    }

    #[test]
    fn another_viewer_or_size_gets_nothing() {
        let bytes = LastFrame::of("Lan", &page(&[(0, 0, "riêng", Style::new())]), None).encode();
        assert!(LastFrame::decode(&bytes, "Lan", SIZE).is_some());
        assert!(LastFrame::decode(&bytes, "Minh", SIZE).is_none());
        assert!(LastFrame::decode(&bytes, "Lan", (10, 3)).is_none());
    }

    #[test]
    fn control_characters_do_not_come_back() {
        let text = r#"{"viewer":"Lan","columns":20,"rows":3,"cursor":null,"lines":[[{"text":"a\u001b]52;c;x\u0007b"}]]}"#;
        let mut buffer = Buffer::empty(AREA);
        LastFrame::decode(text.as_bytes(), "Lan", SIZE).unwrap().draw(&mut buffer);
        assert!(buffer.content.iter().all(|cell| !cell.symbol().contains(char::is_control)));
        assert_eq!(buffer[(0, 0)].symbol(), "a");
    }
}
