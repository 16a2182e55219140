//! The projector: what the room sees. The agenda item, its clock, who speaks, and lines that were published; five a page.
//!
//! While it is shown no key leads anywhere that the room must not see: it turns pages, moves the agenda on, covers, or leaves.
//! Texts that are being typed stay as they are. Invariant: nothing else of the session is shown, notices included.

use super::{
    App,
    effect::Effect,
    layout::Rect,
    msg::{Mouse, MouseKind},
    session::SessionSeat,
};
use crate::{
    domain::projection,
    keymap::{action::Action, key::Key},
    text::{nfc, wrap::wrap},
};

/// The most lines on a page.
pub const MOST: usize = 5;
/// The cells that a line's number takes.
pub const NUMBER: u16 = 8;
/// The rows of the item, its clock, who speaks and a rule, with the one above them.
const HEAD: u16 = 5;
/// The rows of the page's number and the keys, with the one above them.
const FOOT: u16 = 2;
/// The cells that are left free at either side.
const MARGIN: u16 = 4;

/// From which size on the item's clock is drawn in large digits, and in twice as large ones.
const LARGE: [(u16, u16); 2] = [(90, 30), (140, 48)];
/// The rows of large digits.
const DIGITS: u16 = 5;

/// How large the item's clock is drawn: 0 is an ordinary line.
pub fn clock_scale(seat: &SessionSeat, window: Rect) -> u16 {
    let fits = |(columns, rows): &&(u16, u16)| window.width >= *columns && window.height >= *rows;
    let scale = u16::try_from(LARGE.iter().filter(fits).count()).unwrap_or(0);
    if seat.figures.item.is_some() { scale } else { 0 }
}

/// The rows above the lines.
fn head_rows(seat: &SessionSeat, window: Rect) -> u16 {
    match clock_scale(seat, window) {
        0 => HEAD,
        scale => DIGITS * scale + 3,
    }
}

/// A line on a page, or the part of it that the page has room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its place among all lines.
    pub line: usize,
    /// Its number.
    pub number: String,
    /// Its words, a row each.
    pub rows: Vec<String>,
}

/// Where the head stands.
pub fn head(seat: &SessionSeat, window: Rect) -> Rect {
    Rect {
        y: window.y + 1.min(window.height),
        height: head_rows(seat, window).min(window.height).saturating_sub(1),
        ..between(window)
    }
}

/// Where the lines stand.
pub fn body(seat: &SessionSeat, window: Rect) -> Rect {
    let rows = head_rows(seat, window);
    let head = rows.min(window.height);
    Rect { y: window.y + head, height: window.height.saturating_sub(rows + FOOT), ..between(window) }
}

fn between(window: Rect) -> Rect {
    let margin = MARGIN.min(window.width / 2);
    Rect { x: window.x + margin, width: window.width.saturating_sub(2 * margin), ..window }
}

/// The pages: as many lines on each as fit, [`MOST`] at most; a line that is longer than a page goes on on the next.
pub fn pages(seat: &SessionSeat, body: Rect) -> Vec<Vec<Piece>> {
    let height = usize::from(body.height).max(1);
    let mut pages: Vec<Vec<Piece>> = Vec::new();
    let mut left = 0;
    for piece in pieces(seat, body.width.saturating_sub(NUMBER), height) {
        let needed = piece.rows.len() + 1;
        if pages.last().is_none_or(|page| page.len() == MOST || needed > left) {
            pages.push(Vec::new());
            left = height + 1;
        }
        left = left.saturating_sub(needed);
        if let Some(page) = pages.last_mut() {
            page.push(piece);
        }
    }
    pages
}

fn pieces(seat: &SessionSeat, columns: u16, height: usize) -> Vec<Piece> {
    let lines = seat.figures.published.iter().filter_map(|id| seat.board.record(*id));
    let lines = lines.enumerate().filter_map(|(at, line)| Some((at, line, projection::published(line)?)));
    let mut pieces = Vec::new();
    for (line, record, words) in lines {
        let number = record.short_number().unwrap_or_default();
        let rows = wrapped(words, columns);
        let parts = rows.chunks(height).map(<[String]>::to_vec);
        pieces.extend(parts.map(|rows| Piece { line, number: number.to_owned(), rows }));
    }
    pieces
}

fn wrapped(words: &str, columns: u16) -> Vec<String> {
    let words = nfc::drawable(words);
    let of = |paragraph: &str| -> Vec<String> {
        let ranges = wrap(paragraph, columns.max(1).into()).into_iter();
        ranges.map(|range| paragraph.get(range).unwrap_or_default().trim_end().to_owned()).collect()
    };
    words.split('\n').flat_map(of).collect()
}

/// What the projector does with an action.
enum Deed {
    Turn(isize),
    Leave,
    /// What it does elsewhere: the room sees no more of it than the clocks.
    Usual,
    Nothing,
}

fn deed(action: Action) -> Deed {
    use Action as A;
    match action {
        A::PageDown | A::Down | A::Right | A::Next => Deed::Turn(1),
        A::PageUp | A::Up | A::Left | A::Previous => Deed::Turn(-1),
        A::First => Deed::Turn(isize::MIN / 2),
        A::Last => Deed::Turn(isize::MAX / 2),
        A::Leave | A::Projector => Deed::Leave,
        A::NextItem | A::Pause | A::EndSpeech | A::PauseSpeech | A::Cover | A::Quit => Deed::Usual,
        _ => Deed::Nothing,
    }
}

impl App {
    /// The page that the room sees, while it does.
    pub fn projected(&self) -> Option<usize> {
        self.session()?.projected
    }

    /// Whether the screen shows nothing that may be typed into or chosen from.
    pub(super) fn is_veiled(&self) -> bool {
        self.covered || self.projected().is_some()
    }

    /// Shows what the room sees, from the page with the line that was published last.
    pub(super) fn project(&mut self) -> Vec<Effect> {
        self.close_dialog();
        let window = Rect { x: 0, y: 0, width: self.size.0, height: self.size.1 };
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let lines: Vec<_> = seat.figures.published.iter().filter_map(|id| seat.board.record(*id)).collect();
        let newest = projection::newest(&lines);
        let holds = |page: &Vec<Piece>| page.iter().any(|piece| Some(piece.line) == newest);
        seat.projected = Some(pages(seat, body(seat, window)).iter().position(holds).unwrap_or(0));
        self.notice = None;
        Vec::new()
    }

    pub(super) fn key_on_wall(&mut self, key: &Key) -> Vec<Effect> {
        let action = self.keymap.action(self.context(), key).filter(|_| key.text().is_none());
        action.map_or_else(Vec::new, |action| self.act_on_wall(action))
    }

    pub(super) fn wheel_on_wall(&mut self, mouse: Mouse) -> Vec<Effect> {
        match mouse.kind {
            MouseKind::ScrollUp => self.turn_page(-1),
            MouseKind::ScrollDown => self.turn_page(1),
            MouseKind::Down | MouseKind::Drag | MouseKind::Up => {}
        }
        Vec::new()
    }

    pub(super) fn act_on_wall(&mut self, action: Action) -> Vec<Effect> {
        self.leaving &= action == Action::Quit;
        match deed(action) {
            Deed::Turn(by) => self.turn_page(by),
            Deed::Leave => self.set_page(None),
            Deed::Usual if self.is_possible_in_screen(action) => return self.act_as_usual(action),
            Deed::Usual | Deed::Nothing => {}
        }
        Vec::new()
    }

    fn turn_page(&mut self, by: isize) {
        let window = Rect { x: 0, y: 0, width: self.size.0, height: self.size.1 };
        let Some((seat, page)) = self.session().and_then(|seat| Some((seat, seat.projected?))) else {
            return;
        };
        let last = pages(seat, body(seat, window)).len().saturating_sub(1);
        self.set_page(Some(page.min(last).saturating_add_signed(by).min(last)));
    }

    fn set_page(&mut self, page: Option<usize>) {
        if let Some(seat) = self.session_mut() {
            seat.projected = page;
        }
    }
}
