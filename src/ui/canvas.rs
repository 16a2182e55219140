//! Drawing into cells: text passes the normal form and never leaves its area.

use std::ops::Range;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
    style::Style,
};

use super::theme::Theme;
use crate::{
    app::{editor::View, layout::inside},
    text::{
        clusters::{clusters, is_plain},
        nfc,
        width::{cluster_width, truncate, width},
        wrap,
    },
};

/// A buffer and the look of the seat.
pub(super) struct Canvas<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) theme: Theme,
}

/// The corners and sides of a frame.
const LINES: [&str; 6] = ["┌", "┐", "└", "┘", "─", "│"];
const ASCII: [&str; 6] = ["+", "+", "+", "+", "-", "|"];

impl Canvas<'_> {
    /// Writes a text into one line, cut with `…` where it does not fit; the cells it took.
    pub(super) fn text(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        self.clipped(area, &truncate(text, area.width.into()), style)
    }

    /// Writes a text that is known to fit but for a space at its end: a row of wrapped text, of an editor.
    fn clipped(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        if area.width == 0 || area.height == 0 {
            return 0;
        }
        self.put(area, &nfc::drawable(text), style)
    }

    /// Writes drawable text cluster by cluster. ratatui's own way finds the clusters by table, which costs a third of a frame.
    fn put(&mut self, area: Rect, drawable: &str, style: Style) -> u16 {
        if drawable.chars().all(is_plain) {
            return self.put_plain(area, drawable, style);
        }
        let mut used = 0;
        for (_, cluster) in clusters(drawable) {
            let cells = u16::try_from(cluster_width(cluster)).unwrap_or(u16::MAX);
            if cells == 0 {
                continue;
            }
            if cells > area.width - used {
                break;
            }
            self.set(area.x + used, area.y, cluster, style);
            for behind in 1..cells {
                self.set(area.x + used + behind, area.y, "", style);
            }
            used += cells;
        }
        used
    }

    /// The same of letters that are a cluster and a cell each.
    fn put_plain(&mut self, area: Rect, letters: &str, style: Style) -> u16 {
        let mut used = 0;
        for (letter, cell) in letters.chars().zip(self.cells(area, area.y)) {
            cell.set_char(letter).set_style(style);
            used += 1;
        }
        used
    }

    /// The cells of a row of an area.
    fn cells(&mut self, area: Rect, y: u16) -> &mut [Cell] {
        let area = area.intersection(self.buffer.area);
        let first = usize::from(y) * usize::from(self.buffer.area.width) + usize::from(area.x);
        self.buffer.content.get_mut(first..first + usize::from(area.width)).unwrap_or_default()
    }

    fn set(&mut self, x: u16, y: u16, cluster: &str, style: Style) {
        let Some(cell) = self.buffer.cell_mut((x, y)) else { return };
        match cluster {
            "" => cell.reset(),
            _ => drop(cell.set_symbol(cluster).set_style(style)),
        }
    }

    /// Writes parts of different styles one after the other.
    pub(super) fn parts(&mut self, area: Rect, parts: &[(&str, Style)]) -> u16 {
        let mut used = 0;
        for (text, style) in parts {
            used += self.text(skip(area, used), text, *style);
        }
        used
    }

    /// Writes a text at the right edge; what is left of the area.
    pub(super) fn right(&mut self, area: Rect, text: &str, style: Style) -> Rect {
        let cells = u16::try_from(width(&nfc::drawable(text))).unwrap_or(area.width).min(area.width);
        self.text(skip(area, area.width - cells), text, style);
        Rect { width: area.width - cells, ..area }
    }

    /// Writes a text wrapped into an area; the rows it took.
    pub(super) fn wrapped(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        let mut row = 0;
        for line in text.split('\n') {
            let line = nfc::drawable(line);
            for range in wrap::wrap(&line, area.width.max(1).into()) {
                if row >= area.height {
                    return row;
                }
                let piece = line.get(range).unwrap_or_default();
                self.clipped(below(area, row), piece, style);
                row += 1;
            }
        }
        row
    }

    /// Empties an area, so that a dialog stands on nothing.
    pub(super) fn clear(&mut self, area: Rect) {
        for y in area.y..area.y.saturating_add(area.height) {
            self.cells(area, y).iter_mut().for_each(Cell::reset);
        }
    }

    /// Adds a style to what stands in an area.
    pub(super) fn restyle(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Draws a frame with a title; the area inside.
    pub(super) fn frame(&mut self, area: Rect, title: &str, focused: bool) -> Rect {
        if area.width < 2 || area.height < 2 {
            return Rect::default();
        }
        let style = if focused { self.theme.focused_frame() } else { self.theme.frame() };
        let [top_left, top_right, bottom_left, bottom_right, flat, upright] =
            if self.theme.ascii { ASCII } else { LINES };
        let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
        for (y, left_corner, right_corner) in
            [(area.y, top_left, top_right), (bottom, bottom_left, bottom_right)]
        {
            self.set(area.x, y, left_corner, style);
            (area.x + 1..right).for_each(|x| self.set(x, y, flat, style));
            self.set(right, y, right_corner, style);
        }
        for y in area.y + 1..bottom {
            self.set(area.x, y, upright, style);
            self.set(right, y, upright, style);
        }
        let title_area = Rect { x: area.x + 2, width: area.width.saturating_sub(4), height: 1, ..area };
        let title_style = if focused { self.theme.title() } else { self.theme.strong() };
        if !title.is_empty() {
            self.text(title_area, &format!(" {title} "), title_style);
        }
        inside(area)
    }

    /// Draws an editor; where its cursor stands.
    pub(super) fn editor(&mut self, area: Rect, view: &View<'_>) -> Option<(u16, u16)> {
        for (row, at) in view.rows.iter().zip(0..area.height) {
            let line = below(area, at);
            match &row.selected {
                None => {
                    self.clipped(line, row.text, self.theme.plain());
                }
                Some(selected) => self.selection(line, row.text, selected),
            }
        }
        let (x, y) = view.cursor?;
        (x <= area.width && y < area.height)
            .then(|| (area.x + x.min(area.width.saturating_sub(1)), area.y + y))
    }

    fn selection(&mut self, line: Rect, text: &str, selected: &Range<usize>) {
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let (plain, marked) = (self.theme.plain(), self.theme.selected());
        let parts = [
            (part(0..selected.start), plain),
            (part(selected.clone()), marked),
            (part(selected.end..text.len()), plain),
        ];
        let mut used = 0;
        for (text, style) in parts {
            used += self.clipped(skip(line, used), text, style);
        }
    }
}

/// The area without its first cells.
pub(super) fn skip(area: Rect, cells: u16) -> Rect {
    let cells = cells.min(area.width);
    Rect { x: area.x + cells, width: area.width - cells, ..area }
}

/// The line `row` of an area.
pub(super) fn below(area: Rect, row: u16) -> Rect {
    let row = row.min(area.height);
    Rect { y: area.y + row, height: (area.height - row).min(1), ..area }
}

/// The area without its first rows.
pub(super) fn rest(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that a canvas of that size shows after `draw`.
    fn drawn(columns: u16, rows: u16, draw: impl Fn(&mut Canvas<'_>, Rect)) -> Vec<String> {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        draw(&mut Canvas { buffer: &mut buffer, theme: Theme::full() }, area);
        let line =
            |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..rows).map(line).collect()
    }

    #[test]
    fn a_row_whose_space_hangs_over_loses_no_letter() {
        let lines = drawn(8, 2, |canvas, area| {
            canvas.wrapped(area, "đảng ủy nghiêng", Style::new());
        });
        assert_eq!(lines, ["đảng ủy", "nghiêng"]);
        let lines = drawn(7, 2, |canvas, area| {
            canvas.wrapped(area, "đảng ủy nghiêng", Style::new());
        });
        assert_eq!(lines, ["đảng ủy", "nghiêng"]);
    }

    #[test]
    fn a_text_that_does_not_fit_says_so() {
        let lines = drawn(6, 1, |canvas, area| {
            canvas.text(area, "nghiêng", Style::new());
        });
        assert_eq!(lines, ["nghiê…"]);
    }
}
