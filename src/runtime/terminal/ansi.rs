//! Cells to bytes: a terminal behind any [`Write`] that is sent as little as a terminal needs.
//!
//! Beside a slow line the bytes of a frame are what a person waits for, so a short gap between two changed cells is written again or
//! stepped over where that is shorter than a new position, and a style is sent once, as the difference to the last.
//! Invariant: where the cursor is not known for certain (behind the last column, behind a wide or composed letter, whose
//! width terminals disagree about), the next cell is addressed by its row and column.

use std::{
    io::{self, Write},
    ops::Range,
};

use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
    style::{Color, Modifier},
};

use crate::text::width::width;

/// A terminal at the other end of a writer.
pub(super) struct Ansi<W> {
    out: W,
    /// What the terminal shows.
    shown: Buffer,
    /// Where its cursor certainly is.
    at: Option<Position>,
    cursor_shown: Option<bool>,
}

impl<W: Write> Ansi<W> {
    /// A terminal of this size that shows nothing yet.
    pub(super) fn new(out: W, columns: u16, rows: u16) -> Self {
        let shown = Buffer::empty(Rect::new(0, 0, columns, rows));
        Self { out, shown, at: None, cursor_shown: None }
    }

    /// Where the bytes go.
    pub(super) fn out(&mut self) -> &mut W {
        &mut self.out
    }

    /// The terminal has another size; it is cleared with the next frame.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) -> io::Result<()> {
        self.shown = Buffer::empty(Rect::new(0, 0, columns, rows));
        self.at = None;
        self.out.write_all(b"\x1b[2J")
    }

    /// Sends how a frame differs from what is shown in these parts; outside them nothing does. Where the cursor is to stand, if anywhere.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn show(
        &mut self,
        frame: &Buffer,
        parts: &[Rect],
        cursor: Option<Position>,
    ) -> io::Result<()> {
        let mut brush = Brush::default();
        for part in parts.iter().map(|part| part.intersection(frame.area)) {
            for y in part.y..part.bottom() {
                self.show_row(row(frame, y), part.x..part.right(), y, &mut brush)?;
            }
        }
        let pen = self.put_blanks(brush.blanks, brush.pen)?;
        pen.change(Pen::default(), &mut self.out)?;
        self.place_cursor(cursor)?;
        self.out.flush()
    }

    fn show_row(&mut self, cells: &[Cell], part: Range<u16>, y: u16, brush: &mut Brush) -> io::Result<()> {
        let Some((first, last)) = differing(cells, row(&self.shown, y), part) else { return Ok(()) };
        // Behind a wide letter its other half is no cell of its own; where one was written over, nobody knows what is shown.
        let (mut next, mut unknown) = (0, 0);
        for (x, cell) in (0_u16..).zip(cells).skip(letter_at(cells, first).into()) {
            if x < next {
                continue;
            }
            if x > last && x >= unknown {
                break;
            }
            next = x.saturating_add(columns(cell));
            let at = Position { x, y };
            if x < unknown || row(&self.shown, y).get(usize::from(x)) != Some(cell) {
                unknown = self.written_over(x..next, y).max(unknown);
                self.note(at, cell);
                self.change(at, cell, brush)?;
            }
        }
        Ok(())
    }

    /// The column behind the letters of which a part is written over.
    fn written_over(&self, written: Range<u16>, y: u16) -> u16 {
        let end = |x: u16| self.shown.cell((x, y)).map_or(x, |cell| x.saturating_add(columns(cell)));
        written.map(end).max().unwrap_or_default()
    }

    /// Brings a cell to the terminal, or keeps it back if it lengthens a run of blanks.
    fn change(&mut self, at: Position, cell: &Cell, brush: &mut Brush) -> io::Result<()> {
        if brush.blanks.take(at, cell, &self.shown) {
            return Ok(());
        }
        brush.pen = self.put_blanks(std::mem::take(&mut brush.blanks), brush.pen)?;
        if !brush.blanks.take(at, cell, &self.shown) {
            brush.pen = self.put(at, cell, brush.pen)?;
        }
        Ok(())
    }

    fn place_cursor(&mut self, cursor: Option<Position>) -> io::Result<()> {
        if self.cursor_shown.replace(cursor.is_some()) != Some(cursor.is_some()) {
            self.out.write_all(if cursor.is_some() { b"\x1b[?25h" } else { b"\x1b[?25l" })?;
        }
        if let Some(position) = cursor {
            self.go(position, Pen::default())?;
            self.at = Some(position);
        }
        Ok(())
    }

    /// Remembers what the terminal shows at a cell; what stood under the other half of a wide letter is gone.
    fn note(&mut self, at: Position, cell: &Cell) {
        for x in at.x.saturating_add(1)..at.x.saturating_add(columns(cell)) {
            if let Some(half) = self.shown.cell_mut((x, at.y)) {
                half.reset();
            }
        }
        if let Some(shown) = self.shown.cell_mut(at) {
            shown.clone_from(cell);
        }
    }

    /// Moves to a cell by the shortest way; in the gap on the way every cell is as it should be.
    fn go(&mut self, to: Position, pen: Pen) -> io::Result<()> {
        match self.at {
            Some(at) if at == to => Ok(()),
            Some(at) if at.y == to.y && at.x < to.x => self.step_over(at, to.x, pen),
            _ if to.x == 0 => write!(self.out, "\x1b[{}H", to.y.saturating_add(1)),
            _ => write!(self.out, "\x1b[{};{}H", to.y.saturating_add(1), to.x.saturating_add(1)),
        }
    }

    fn step_over(&mut self, at: Position, to: u16, pen: Pen) -> io::Result<()> {
        let steps = to.saturating_sub(at.x);
        let jump = if steps == 1 { "\x1b[C".to_owned() } else { format!("\x1b[{steps}C") };
        let gap = self.gap(at, to, pen, jump.len());
        self.out.write_all(gap.as_deref().unwrap_or(&jump).as_bytes())
    }

    /// The cells of a gap as text, if writing them again is certain and not longer than `limit`.
    fn gap(&self, at: Position, to: u16, pen: Pen, limit: usize) -> Option<String> {
        let mut text = String::new();
        for x in at.x..to {
            let cell = self.shown.cell((x, at.y)).filter(|cell| pen.writes(cell) && is_certain(cell))?;
            text.push_str(cell.symbol());
            if text.len() > limit {
                return None;
            }
        }
        Some(text)
    }

    /// Writes the letter of a cell.
    fn put(&mut self, at: Position, cell: &Cell, pen: Pen) -> io::Result<Pen> {
        self.go(at, pen)?;
        let pen = if pen.writes(cell) { pen } else { pen.change(Pen::of(cell), &mut self.out)? };
        self.out.write_all(cell.symbol().as_bytes())?;
        let last = self.shown.area.width.saturating_sub(1);
        let next = Position { x: at.x.saturating_add(1), y: at.y };
        self.at = (at.x < last && is_certain(cell)).then_some(next);
        Ok(pen)
    }

    /// Writes a run of blanks, a long one by erasing it.
    fn put_blanks(&mut self, blanks: Blanks, mut pen: Pen) -> io::Result<Pen> {
        let Blanks { from, count } = blanks;
        if count >= SHORTEST_ERASED && pen.is_clear() {
            self.go(from, pen)?;
            self.at = Some(from);
            write!(self.out, "\x1b[{count}X")?;
            return Ok(pen);
        }
        let blank = Cell::EMPTY;
        for x in from.x..from.x.saturating_add(count) {
            pen = self.put(Position { x, y: from.y }, &blank, pen)?;
        }
        Ok(pen)
    }
}

/// From how many blanks on erasing is shorter, with the step behind it.
const SHORTEST_ERASED: u16 = 9;

/// Blank cells beside each other that are not written yet.
#[derive(Debug, Clone, Copy, Default)]
struct Blanks {
    from: Position,
    count: u16,
}

impl Blanks {
    /// Takes in one more, if nothing but blanks stands between it and the last.
    fn take(&mut self, at: Position, cell: &Cell, shown: &Buffer) -> bool {
        let is_blank = |x| shown.cell((x, at.y)).is_some_and(|cell| *cell == Cell::EMPTY);
        let end = self.from.x.saturating_add(self.count);
        if *cell != Cell::EMPTY {
            return false;
        }
        if self.count > 0 && (at.y != self.from.y || !(end..at.x).all(is_blank)) {
            return false;
        }
        if self.count == 0 {
            self.from = at;
        }
        self.count = at.x.saturating_add(1).saturating_sub(self.from.x);
        true
    }
}

/// What a frame is sent with: the style in use, and the blanks that are kept back.
#[derive(Debug, Default)]
struct Brush {
    pen: Pen,
    blanks: Blanks,
}

fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    buffer.content.chunks(width.max(1)).nth(y.into()).unwrap_or_default()
}

/// The first and the last column of a part at which two rows differ.
fn differing(cells: &[Cell], known: &[Cell], part: Range<u16>) -> Option<(u16, u16)> {
    let range = usize::from(part.start)..usize::from(part.end);
    let mut pairs = cells.get(range.clone())?.iter().zip(known.get(range)?);
    let differs = |(cell, known): (&Cell, &Cell)| cell != known;
    let first = u16::try_from(pairs.position(differs)?).ok()?;
    let behind = pairs.rposition(differs).and_then(|behind| u16::try_from(behind).ok());
    let first = part.start.saturating_add(first);
    Some((first, behind.map_or(first, |behind| first.saturating_add(behind).saturating_add(1))))
}

/// Where the letter begins that a column shows: before it, if the column shows its other half.
fn letter_at(cells: &[Cell], column: u16) -> u16 {
    let reaches =
        |at: &u16| cells.get(usize::from(*at)).is_some_and(|cell| at.saturating_add(columns(cell)) > column);
    (column.saturating_sub(WIDEST)..column).find(reaches).unwrap_or(column)
}

/// So many columns back a letter is looked for that reaches into a column.
const WIDEST: u16 = 4;

/// The columns that a cell's letter takes.
fn columns(cell: &Cell) -> u16 {
    let letter = cell.symbol();
    if letter.len() == 1 { 1 } else { u16::try_from(width(letter)).unwrap_or(1).max(1) }
}

/// Whether every terminal moves on by one column behind this cell.
fn is_certain(cell: &Cell) -> bool {
    let letter = cell.symbol();
    letter.len() == 1 || (letter.chars().count() == 1 && width(letter) == 1)
}

/// The style in which the terminal writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pen {
    letters: Color,
    ground: Color,
    weight: Modifier,
}

/// Modifiers and the parameters that switch them on (ECMA-48, SGR).
const WEIGHTS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

/// What is seen of a pen where it writes a blank.
const SEEN_ON_BLANKS: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

impl Pen {
    fn of(cell: &Cell) -> Self {
        Self { letters: cell.fg, ground: cell.bg, weight: cell.modifier }
    }

    /// Whether nothing of this pen is seen on a blank.
    fn is_clear(self) -> bool {
        self.ground == Color::Reset && !self.weight.intersects(SEEN_ON_BLANKS)
    }

    /// Whether a cell looks right if this pen writes it.
    fn writes(self, cell: &Cell) -> bool {
        let other = Self::of(cell);
        self == other || (cell.symbol() == " " && self.is_clear() && other.is_clear())
    }

    /// Takes up another pen: what is missing is added, and if something must go, all is laid down first.
    fn change(self, to: Self, out: &mut impl Write) -> io::Result<Self> {
        if self == to {
            return Ok(to);
        }
        let goes = |from: Color, to: Color| from != Color::Reset && to == Color::Reset;
        let lays_down = !to.weight.contains(self.weight)
            || goes(self.letters, to.letters)
            || goes(self.ground, to.ground);
        let from = if lays_down { Self::default() } else { self };
        let mut parts = Vec::new();
        if lays_down && to != Self::default() {
            parts.push("0".to_owned());
        }
        let fresh = WEIGHTS
            .iter()
            .filter(|(weight, _)| to.weight.contains(*weight) && !from.weight.contains(*weight));
        parts.extend(fresh.map(|(_, code)| (*code).to_owned()));
        if to.letters != from.letters {
            parts.push(colour(to.letters, 30));
        }
        if to.ground != from.ground {
            parts.push(colour(to.ground, 40));
        }
        write!(out, "\x1b[{}m", parts.join(";"))?;
        Ok(to)
    }
}

/// The parameters of a colour; `base` is 30 for letters, 40 for the ground (ECMA-48; the bright ones as aixterm has them).
fn colour(colour: Color, base: u8) -> String {
    let dark = |number: u8| base.saturating_add(number).to_string();
    let bright = |number: u8| base.saturating_add(60).saturating_add(number).to_string();
    match colour {
        Color::Reset => dark(9),
        Color::Black => dark(0),
        Color::Red => dark(1),
        Color::Green => dark(2),
        Color::Yellow => dark(3),
        Color::Blue => dark(4),
        Color::Magenta => dark(5),
        Color::Cyan => dark(6),
        Color::Gray => dark(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(index) => format!("{};5;{index}", dark(8)),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", dark(8)),
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;

    const COLUMNS: u16 = 12;
    const ROWS: u16 = 3;

    fn page(lines: &[(u16, u16, &str, Style)]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
        for (x, y, text, style) in lines {
            buffer.set_stringn(*x, *y, text, usize::from(COLUMNS.saturating_sub(*x)), *style);
        }
        buffer
    }

    /// Draws pages one after another as a terminal receives them; what the last one took.
    fn sent(pages: &[Buffer]) -> (vt100::Parser, Vec<u8>) {
        let mut parser = vt100::Parser::new(NonZero::new(ROWS).unwrap(), NonZero::new(COLUMNS).unwrap(), 0);
        let mut ansi = Ansi::new(Vec::new(), COLUMNS, ROWS);
        for page in pages {
            ansi.out.clear();
            ansi.show(page, &[page.area], None).unwrap();
            parser.process(&ansi.out);
        }
        (parser, ansi.out)
    }

    fn last_bytes(pages: &[Buffer]) -> String {
        String::from_utf8(sent(pages).1).unwrap()
    }

    #[test]
    fn a_short_gap_is_written_again_and_a_long_one_stepped_over() {
        let plain = Style::new();
        let first = page(&[(0, 1, "một hai ba", plain)]);
        let second = page(&[(0, 1, "mốt hai bà", plain)]);
        assert_eq!(last_bytes(&[first.clone(), second]), "\x1b[2;2Hố\x1b[7Cà");
        assert_eq!(last_bytes(&[first, page(&[(0, 1, "nột kai ba", plain)])]), "\x1b[2Hn\x1b[3Ck");
        let close = [page(&[(0, 0, "abc", plain)]), page(&[(0, 0, "xby", plain)])];
        assert_eq!(last_bytes(&close), "\x1b[1Hxby");
    }

    #[test]
    fn behind_the_last_column_and_uncertain_letters_a_cell_is_addressed() {
        let plain = Style::new();
        let edge = [page(&[]), page(&[(10, 0, "ab", plain), (0, 1, "c", plain)])];
        assert_eq!(last_bytes(&edge), "\x1b[1;11Hab\x1b[2Hc");
        let composed = [page(&[]), page(&[(0, 0, "e\u{302}x", plain)])];
        assert_eq!(last_bytes(&composed), "\x1b[1He\u{302}\x1b[1;2Hx");
        let replaced = ["xzb", "会b", "a b", "k c"].map(|text| page(&[(0, 0, text, plain)]));
        assert_eq!(last_bytes(&replaced), "\x1b[1Hk c", "what a wide letter covered does not come back");
        let wide = [page(&[]), page(&[(0, 0, "会x", plain)])];
        assert_eq!(last_bytes(&wide), "\x1b[1H会\x1b[1;3Hx");
    }

    #[test]
    fn styles_are_sent_as_differences() {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let title = bold.fg(Color::Cyan);
        let styled = [page(&[]), page(&[(0, 0, "a", bold), (1, 0, "b", title), (2, 0, "c", bold)])];
        assert_eq!(last_bytes(&styled), "\x1b[1H\x1b[1ma\x1b[36mb\x1b[0;1mc\x1b[m");
    }

    #[test]
    fn a_long_blank_is_erased_and_a_short_one_written() {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let long = [page(&[(0, 0, "mười hai chữ", bold)]), page(&[(0, 0, "m", bold), (11, 0, "u", bold)])];
        assert_eq!(last_bytes(&long), "\x1b[1;2H\x1b[10X\x1b[10C\x1b[1mu\x1b[m");
        let words = [page(&[(0, 0, "một hai ba bốn", bold)]), page(&[(0, 0, "m", bold)])];
        assert_eq!(last_bytes(&words), "\x1b[1;2H\x1b[11X");
        let short = [page(&[(0, 0, "mười", bold)]), page(&[(0, 0, "m", bold), (4, 0, "u", bold)])];
        assert_eq!(last_bytes(&short), "\x1b[1;2H   \x1b[1mu\x1b[m");
    }

    #[test]
    fn the_cursor_is_sent_only_if_it_changes() {
        let mut ansi = Ansi::new(Vec::new(), COLUMNS, ROWS);
        let (page, at) = (page(&[]), Some(Position::new(4, 1)));
        ansi.show(&page, &[page.area], at).unwrap();
        ansi.out.clear();
        ansi.show(&page, &[page.area], at).unwrap();
        assert!(ansi.out.is_empty());
    }

    fn style() -> impl Strategy<Value = Style> {
        let colours = || {
            prop::sample::select(vec![
                Color::Reset,
                Color::Red,
                Color::LightBlue,
                Color::Indexed(200),
                Color::Rgb(1, 2, 3),
            ])
        };
        let weights = prop::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::REVERSED,
            Modifier::BOLD | Modifier::UNDERLINED,
        ]);
        (colours(), colours(), weights)
            .prop_map(|(fg, bg, weight)| Style::new().fg(fg).bg(bg).add_modifier(weight))
    }

    fn pages() -> impl Strategy<Value = Vec<Buffer>> {
        let text = prop::sample::select(vec![
            "một",
            "Quận 1",
            " ",
            "đề nghị",
            "ab",
            "mười hai chữ",
            "          ",
            "e\u{302}",
            "·…│",
            "a会議",
        ]);
        let piece = (0..COLUMNS, 0..ROWS, text, style());
        let page = prop::collection::vec(piece, 0..8).prop_map(|pieces| page(&pieces));
        prop::collection::vec(page, 1..5)
    }

    proptest! {
        /// Whatever was shown before, a terminal shows the page it was sent.
        #[test]
        fn the_terminal_shows_the_page(pages in pages()) {
            let (parser, _) = sent(&pages);
            let last = pages.last().unwrap();
            let screen = parser.screen();
            let covers = |x: u16, y| x > 0 && columns(last.cell((x - 1, y)).unwrap()) == 2;
            let all = (0..ROWS).flat_map(|y| (0..COLUMNS).map(move |x| (x, y)));
            for (x, y) in all.filter(|(x, y)| !covers(*x, *y)) {
                let (cell, wanted) = (screen.cell(y, x).unwrap(), last.cell((x, y)).unwrap());
                let contents = if cell.has_contents() { cell.contents() } else { " " };
                prop_assert_eq!(contents, wanted.symbol(), "at {},{}", x, y);
                let is_seen = wanted.symbol() != " ";
                prop_assert_eq!(cell.bold() && is_seen, wanted.modifier.contains(Modifier::BOLD) && is_seen);
                prop_assert_eq!(cell.inverse(), wanted.modifier.contains(Modifier::REVERSED));
                prop_assert_eq!(cell.underline(), wanted.modifier.contains(Modifier::UNDERLINED));
                if is_seen || cell.inverse() {
                    prop_assert_eq!(cell.fgcolor(), seen(wanted.fg));
                }
                prop_assert_eq!(cell.bgcolor(), seen(wanted.bg));
            }
        }
    }

    fn seen(colour: Color) -> vt100::Color {
        match colour {
            Color::Red => vt100::Color::Idx(1),
            Color::LightBlue => vt100::Color::Idx(12),
            Color::Indexed(index) => vt100::Color::Idx(index),
            Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
            _ => vt100::Color::Default,
        }
    }
}
