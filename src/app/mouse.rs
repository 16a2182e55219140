//! The mouse, where a person would click.

use super::{
    App, Screen,
    dialogs::Dialog,
    effect::Effect,
    layout::{self, Areas},
    msg::{Mouse, MouseKind},
    panes::PaneId,
    session::Focus,
};
use crate::keymap::action::Action;

/// Does what a mouse event means.
pub(super) fn apply(app: &mut App, mouse: Mouse) -> Vec<Effect> {
    let areas = layout::areas(app);
    match mouse.kind {
        MouseKind::Down => click(app, &areas, mouse),
        MouseKind::ScrollUp => app.act(Action::Up),
        MouseKind::ScrollDown => app.act(Action::Down),
        MouseKind::Drag | MouseKind::Up => Vec::new(),
    }
}

fn click(app: &mut App, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    if app.dialog.is_some() {
        return click_dialog(app, areas, mouse);
    }
    if let Some(pane) = tab_at(app, areas, mouse) {
        return app.act(pane);
    }
    if layout::holds(areas.capture, mouse.column, mouse.row) {
        let effects = app.act(Action::Capture);
        let text = areas.capture_text();
        if let Some(editor) = app.editor() {
            editor.click(mouse.column.saturating_sub(text.x), 0);
        }
        return effects;
    }
    let rows = layout::inside(areas.list);
    if layout::holds(rows, mouse.column, mouse.row) {
        click_row(app, usize::from(mouse.row - rows.y));
    }
    Vec::new()
}

fn click_row(app: &mut App, row: usize) {
    match &mut app.screen {
        Screen::Home(home) => home.selected = home.top + row,
        Screen::Session(seat) => {
            if matches!(seat.focus, Focus::Detail(_)) {
                seat.focus = Focus::List;
            }
            seat.select_at(seat.list().top + row);
        }
    }
}

fn click_dialog(app: &mut App, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    let rows = areas.dialog_rows();
    if !layout::holds(rows, mouse.column, mouse.row) {
        return Vec::new();
    }
    let Some(Dialog::Picker(picker)) = &mut app.dialog else { return Vec::new() };
    picker.selected = layout::picker_top(picker.selected, rows) + usize::from(mouse.row - rows.y);
    picker.step(0);
    app.act(Action::Open)
}

/// The pane whose tab stands under the mouse.
fn tab_at(app: &App, areas: &Areas, mouse: Mouse) -> Option<Action> {
    if !layout::holds(areas.tabs, mouse.column, mouse.row) {
        return None;
    }
    let tabs = layout::tabs(app);
    let tab = tabs.into_iter().find(|tab| layout::holds(tab.area, mouse.column, mouse.row))?;
    Some(pane_action(tab.pane))
}

/// The action that shows a pane.
pub(super) fn pane_action(pane: PaneId) -> Action {
    match pane {
        PaneId::Agenda => Action::PaneAgenda,
        PaneId::Keynote => Action::PaneKeynote,
        PaneId::Difficulties => Action::PaneDifficulties,
        PaneId::Conclusions => Action::PaneConclusions,
        PaneId::Roster => Action::PaneRoster,
        PaneId::Pledge => Action::PanePledge,
        PaneId::Triage => Action::Triage,
    }
}
