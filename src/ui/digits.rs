//! Large digits of blocks, for a clock that a whole room reads.

use ratatui::{layout::Rect, style::Style};

use super::canvas::{Canvas, below, skip};

/// The rows of a digit.
pub(super) const HEIGHT: u16 = 5;
/// The digits in a grid of three by five, a row three bits.
const DIGITS: [[u8; 5]; 10] = [
    [0b111, 0b101, 0b101, 0b101, 0b111],
    [0b010, 0b110, 0b010, 0b010, 0b111],
    [0b111, 0b001, 0b111, 0b100, 0b111],
    [0b111, 0b001, 0b111, 0b001, 0b111],
    [0b101, 0b101, 0b111, 0b001, 0b001],
    [0b111, 0b100, 0b111, 0b001, 0b111],
    [0b111, 0b100, 0b111, 0b101, 0b111],
    [0b111, 0b001, 0b001, 0b001, 0b001],
    [0b111, 0b101, 0b111, 0b101, 0b111],
    [0b111, 0b101, 0b111, 0b001, 0b111],
];
/// The two dots between minutes and seconds, one bit wide.
const COLON: [u8; 5] = [0, 1, 0, 1, 0];

/// A digit or a colon: its rows, and how many bits wide it is.
fn glyph(c: char) -> Option<([u8; 5], u16)> {
    if c == ':' {
        return Some((COLON, 1));
    }
    let digit = usize::try_from(c.to_digit(10)?).ok()?;
    DIGITS.get(digit).map(|rows| (*rows, 3))
}

/// The cells that a time takes: two a bit, and two between digits.
pub(super) fn width(time: &str, scale: u16) -> u16 {
    let cells = time.chars().filter_map(glyph).map(|(_, bits)| 2 * bits * scale + 2).sum::<u16>();
    cells.saturating_sub(2)
}

/// Draws a time at the right edge of an area, as large as `scale` says; what is left of the area.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, time: &str, scale: u16, style: Style) -> Rect {
    let block = if canvas.theme.ascii { "#" } else { "█" };
    let cells = width(time, scale);
    let mut at = skip(area, area.width.saturating_sub(cells));
    for (rows, bits) in time.chars().filter_map(glyph) {
        for row in 0..HEIGHT * scale {
            let line = rows.get(usize::from(row / scale)).copied().unwrap_or(0);
            let bit = |bit: u16| if line >> (bits - 1 - bit) & 1 == 1 { block } else { " " };
            let text: String = (0..bits).map(|at| bit(at).repeat(usize::from(2 * scale))).collect();
            canvas.text(below(at, row), &text, style);
        }
        at = skip(at, 2 * bits * scale + 2);
    }
    Rect { width: area.width.saturating_sub(cells + 2), ..area }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::ui::theme::Theme;

    fn drawn(time: &str, scale: u16, ascii: bool) -> Vec<String> {
        let area = Rect::new(0, 0, width(time, scale), HEIGHT * scale);
        let mut buffer = Buffer::empty(area);
        let mut canvas = Canvas { buffer: &mut buffer, theme: Theme { ascii, ..Theme::full() } };
        let left = draw(&mut canvas, area, time, scale, Style::new());
        assert_eq!(left.width, 0);
        let row = |y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..area.height).map(|y| row(y).trim_end().to_owned()).collect()
    }

    #[test]
    fn a_time_is_drawn_in_blocks_and_without_them() {
        let rows = [
            "  ##    ######      ##  ##  ######",
            "####        ##  ##  ##  ##  ##",
            "  ##    ######      ######  ######",
            "  ##    ##      ##      ##      ##",
            "######  ######          ##  ######",
        ];
        assert_eq!(drawn("12:45", 1, true), rows);
        let blocks: Vec<String> = rows.iter().map(|row| row.replace('#', "█")).collect();
        assert_eq!(drawn("12:45", 1, false), blocks);
    }

    #[test]
    fn a_larger_one_has_twice_the_rows_and_cells() {
        let large = drawn("7", 2, true);
        assert_eq!((large.len(), large[0].len()), (10, 12));
        assert_eq!((&large[0], &large[1]), (&large[1], &large[0]));
    }
}
