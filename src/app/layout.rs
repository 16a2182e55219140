//! Where everything stands, as a pure function of the seat: what is drawn, clicked and scrolled share it.
//!
//! ```text
//!  header                                            1
//!  tabs                                              1
//!  ┌ list ──────────────┐┌ detail ─────────────────┐
//!  │                    ││                         │
//!  ├ capture ───────────┴┴─────────────────────────┤ 3
//!  status                                            1
//!  hints                                             1
//! ```

pub use ratatui::layout::Rect;

use super::{
    App, Screen,
    dialogs::Dialog,
    panes::PaneId,
    roll_call,
    session::{Focus, SessionSeat},
};
use crate::{
    i18n::Strings,
    text::{width::width, wrap::wrap},
};

/// The rows that what is near to a line of the triage takes, with its frame.
const NEAR: u16 = 5;
/// From this width on, list and detail stand side by side.
pub const WIDE: u16 = 100;
/// The most rows that the sentence of the roll call takes.
const MOST_ROLL: u16 = 4;
/// The smallest window that works.
pub const SMALLEST: (u16, u16) = (60, 20);

/// The parts of the window. A part that is not shown has no area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// The whole window.
    pub window: Rect,
    /// The session's title.
    pub header: Rect,
    /// The tabs of the panes.
    pub tabs: Rect,
    /// The list, with its frame.
    pub list: Rect,
    /// The details, with their frame.
    pub detail: Rect,
    /// What is near to the selected line of the triage, with its frame.
    pub near: Rect,
    /// The figures of the roll call, with their frame.
    pub roll: Rect,
    /// The preview of the notice, with its frame.
    pub preview: Rect,
    /// The list of what nothing answers, with its frame.
    pub unanswered: Rect,
    /// The capture line, with its frame.
    pub capture: Rect,
    /// The status line.
    pub status: Rect,
    /// The hints.
    pub hints: Rect,
    /// The dialog, with its frame.
    pub dialog: Rect,
}

/// The area inside a frame.
pub fn inside(frame: Rect) -> Rect {
    Rect {
        x: frame.x.saturating_add(1),
        y: frame.y.saturating_add(1),
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(2),
    }
}

impl Areas {
    /// How many rows of the list are shown.
    pub fn list_rows(&self) -> usize {
        inside(self.list).height.into()
    }

    /// How many rows a page has: of the dialog, if there is one, else of the list.
    pub fn page_rows(&self) -> usize {
        if self.dialog.height > 0 { self.dialog_rows().height.into() } else { self.list_rows() }
    }

    /// Where the capture line's text stands.
    pub fn capture_text(&self) -> Rect {
        let inner = inside(self.capture);
        Rect {
            x: inner.x + 1,
            width: inner.width.saturating_sub(2).max(1),
            height: inner.height.max(1),
            ..inner
        }
    }

    /// Where the text of a field is typed: the lower half of the details.
    pub fn field_text(&self) -> Rect {
        let inner = inside(self.detail);
        let height = (inner.height / 2).max(3).min(inner.height);
        let y = inner.y + inner.height.saturating_sub(height);
        Rect {
            x: inner.x.saturating_add(1),
            y: y.saturating_add(1),
            width: inner.width.saturating_sub(2).max(1),
            height: height.saturating_sub(1).max(1),
        }
    }

    /// Where the query of a list dialog is typed.
    pub fn query(&self) -> Rect {
        let inner = inside(self.dialog);
        Rect {
            height: 1.min(inner.height),
            x: inner.x + 2,
            width: inner.width.saturating_sub(3).max(1),
            ..inner
        }
    }

    /// Where a path is typed.
    pub fn path(&self) -> Rect {
        let text = self.pages_text();
        Rect { y: text.y + FOLDER_WORDS.min(text.height), height: 1.min(text.height), ..text }
    }

    /// Where the lines of pages stand.
    pub fn pages_text(&self) -> Rect {
        let inner = inside(self.dialog);
        Rect { x: inner.x.saturating_add(1), width: inner.width.saturating_sub(2), ..inner }
    }

    /// Where the rows of a dialog stand.
    pub fn dialog_rows(&self) -> Rect {
        let inner = inside(self.dialog);
        Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner }
    }
}

/// The parts of the window for a seat.
pub fn areas(app: &App) -> Areas {
    let (columns, rows) = app.size;
    let window = Rect { x: 0, y: 0, width: columns, height: rows };
    let line = |y: u16| Rect { y, height: 1.min(rows), ..window };
    let mut areas = Areas {
        window,
        header: line(0),
        tabs: line(1.min(rows.saturating_sub(1))),
        status: line(rows.saturating_sub(2)),
        hints: line(rows.saturating_sub(1)),
        dialog: dialog_area(app, window),
        ..Areas::default()
    };
    let body = Rect { y: 2, height: rows.saturating_sub(4), ..window };
    match &app.screen {
        Screen::Home(_) => areas.list = body,
        Screen::Session(seat) => {
            let reads = seat.pane == PaneId::ReadBack && seat.focus != Focus::Capture;
            let capture = if reads { 0 } else { 3.min(body.height) };
            areas.capture = Rect { y: body.y + body.height - capture, height: capture, ..body };
            let body = Rect { height: body.height - capture, ..body };
            split_body(&mut areas, body, seat.pane, seat.focus);
            if seat.pane == PaneId::RollCall && areas.list.height > 0 {
                let height = roll_height(app, seat, areas.list);
                (areas.list, areas.roll) = cut_rows(areas.list, areas.list.height.saturating_sub(height));
            }
            if seat.pane == PaneId::Triage && areas.list.height > NEAR {
                (areas.list, areas.near) = cut_rows(areas.list, areas.list.height - NEAR);
            }
        }
    }
    areas
}

/// List and details side by side in a wide window, one of them in a narrow one; the conclusions keep the preview beside.
fn split_body(areas: &mut Areas, body: Rect, pane: PaneId, focus: Focus) {
    let in_detail = matches!(focus, Focus::Detail(_) | Focus::Editing);
    if pane == PaneId::ReadBack && !in_detail {
        areas.list = body;
        return;
    }
    if body.width < WIDE {
        if in_detail {
            areas.detail = body;
        } else if pane == PaneId::Conclusions {
            let (list, preview) = cut_rows(body, body.height * 55 / 100);
            areas.list = list;
            split_preview(areas, preview);
        } else {
            areas.list = body;
        }
        return;
    }
    let (list, right) = cut_columns(body, body.width * 55 / 100);
    areas.list = list;
    if pane == PaneId::Conclusions && !in_detail {
        split_preview(areas, right);
    } else {
        areas.detail = right;
    }
}

/// The rows that the sentence of the roll call takes, with its frame.
fn roll_height(app: &App, seat: &SessionSeat, list: Rect) -> u16 {
    let columns = usize::from(list.width.saturating_sub(4).max(1));
    let rows = wrap(&roll_call::sentence(app.strings(), seat), columns).len();
    u16::try_from(rows).unwrap_or(u16::MAX).min(MOST_ROLL) + 2
}

fn split_preview(areas: &mut Areas, area: Rect) {
    if area.width >= WIDE / 2 && area.height >= 12 {
        let (preview, unanswered) = cut_rows(area, area.height - 6);
        areas.preview = preview;
        areas.unanswered = unanswered;
    } else {
        areas.preview = area;
    }
}

fn cut_rows(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

fn cut_columns(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    (Rect { width, ..area }, Rect { x: area.x + width, width: area.width - width, ..area })
}

fn dialog_area(app: &App, window: Rect) -> Rect {
    let (width, height) = match &app.dialog {
        None => return Rect::default(),
        Some(Dialog::Invitation) => return window,
        // What is wrong with a field is said in the line below it.
        Some(Dialog::Wizard(_)) => (window.width.min(96), window.height.saturating_sub(3).min(24)),
        // What is said about it stands below.
        Some(Dialog::Pages(pages)) if pages.live.is_some() => (window.width, window.height.saturating_sub(3)),
        Some(Dialog::Pages(_)) => (window.width.min(100), window.height.saturating_sub(2)),
        Some(Dialog::Folder(_)) => (window.width.min(84), window.height.min(16)),
        Some(Dialog::Picker(_)) => (window.width.min(84), window.height.saturating_sub(4).min(22)),
    };
    Rect {
        x: (window.width - width.min(window.width)) / 2,
        y: (window.height - height.min(window.height)) / 2,
        width: width.min(window.width),
        height: height.min(window.height),
    }
}

/// Where the fields of the wizard stand: label and text of each, the units taking what is left, then the button.
pub fn wizard_rows(areas: &Areas, fields: usize) -> Vec<Rect> {
    let inner = inside(areas.dialog);
    let single = u16::try_from(fields.saturating_sub(1)).unwrap_or(0);
    let units = inner.height.saturating_sub(single + 2).clamp(1, 8);
    let mut rows = Vec::with_capacity(fields + 1);
    for at in 0..single {
        rows.push(Rect {
            y: inner.y + at.min(inner.height.saturating_sub(1)),
            height: 1.min(inner.height),
            ..inner
        });
    }
    let y = inner.y + single.min(inner.height.saturating_sub(1));
    rows.push(Rect { y, height: units.min(inner.height), ..inner });
    let y = inner.y + (single + units + 1).min(inner.height.saturating_sub(1));
    rows.push(Rect { y, height: 1.min(inner.height), ..inner });
    rows
}

/// The rows that the words above a path take, with an empty one.
pub const FOLDER_WORDS: u16 = 5;
/// The columns that the labels of the wizard take.
pub const WIZARD_LABEL: u16 = 22;

/// Where the text of a field of the wizard stands in its row.
pub fn wizard_text(row: Rect) -> Rect {
    Rect {
        x: row.x + WIZARD_LABEL.min(row.width),
        width: row.width.saturating_sub(WIZARD_LABEL).max(1),
        ..row
    }
}

/// Sizes the editors of a dialog.
pub(super) fn settle_dialog(app: &mut App, areas: &Areas) {
    match &mut app.dialog {
        Some(Dialog::Picker(picker)) => {
            let query = areas.query();
            picker.query.resize(query.width, 1);
            picker.step(0);
        }
        Some(Dialog::Pages(pages)) => {
            let text = areas.pages_text();
            pages.settle(text.width, text.height);
        }
        Some(Dialog::Wizard(wizard)) => {
            let rows = wizard_rows(areas, wizard.fields.len());
            for ((_, editor), row) in wizard.fields.iter_mut().zip(rows) {
                editor.resize(wizard_text(row).width, row.height);
            }
        }
        Some(Dialog::Folder(form)) => {
            let path = areas.path();
            form.path.resize(path.width.saturating_sub(2).max(1), 1);
        }
        Some(Dialog::Invitation) | None => {}
    }
}

/// Whether an area holds a cell.
pub fn holds(area: Rect, column: u16, row: u16) -> bool {
    let within = |at: u16, from: u16, length: u16| at >= from && at - from < length;
    within(column, area.x, area.width) && within(row, area.y, area.height)
}

/// The first item of a list dialog that is shown.
pub fn picker_top(selected: usize, rows: Rect) -> usize {
    (selected + 1).saturating_sub(rows.height.max(1).into())
}

/// A tab: its pane, what it says, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// The pane.
    pub pane: PaneId,
    /// Key, name and count.
    pub text: String,
    /// Where it stands.
    pub area: Rect,
}

/// The tabs of a session: with full names and counts if they fit, else with short ones, else without counts.
pub fn tabs(app: &App) -> Vec<Tab> {
    let room = usize::from(app.size.0);
    let tries = [tab_texts(app, PaneId::title, true), tab_texts(app, short_title, true)];
    let fits =
        |texts: &Vec<(PaneId, String)>| texts.iter().map(|(_, text)| width(text) + 2).sum::<usize>() <= room;
    let texts = tries.into_iter().find(fits).unwrap_or_else(|| tab_texts(app, short_title, false));
    let mut x = 1;
    let mut tabs = Vec::new();
    for (pane, text) in texts {
        let width = u16::try_from(width(&text)).unwrap_or(0);
        tabs.push(Tab { pane, text, area: Rect { x, y: 1, width, height: 1 } });
        x += width + 2;
    }
    tabs
}

fn tab_texts(
    app: &App,
    title: fn(PaneId, &'static Strings) -> &'static str,
    counted: bool,
) -> Vec<(PaneId, String)> {
    let text = |pane: PaneId| {
        let key = app.key_name(super::mouse::pane_action(pane));
        let count = count(app, pane).filter(|count| counted && *count > 0);
        let count = count.map(|count| format!(" {count}")).unwrap_or_default();
        format!("{key} {}{count}", title(pane, app.strings()))
    };
    PaneId::TABS.iter().map(|pane| (*pane, text(*pane).trim().to_owned())).collect()
}

fn short_title(pane: PaneId, strings: &'static Strings) -> &'static str {
    match pane {
        PaneId::Agenda => strings.tab_agenda,
        PaneId::Keynote => strings.tab_keynote,
        PaneId::Difficulties => strings.tab_difficulties,
        PaneId::Conclusions => strings.tab_conclusions,
        other => other.title(strings),
    }
}

/// How many records a tab counts.
fn count(app: &App, pane: PaneId) -> Option<usize> {
    let figures = &app.session()?.figures;
    match pane {
        PaneId::Difficulties => Some(figures.difficulties),
        PaneId::Conclusions => Some(figures.conclusions),
        _ => None,
    }
}
