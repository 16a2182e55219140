//! The mouse, where a person would click.

use super::{
    App, Screen, details,
    dialogs::Dialog,
    effect::Effect,
    home::{self, HomeRow},
    layout::{self, Areas, Rect},
    msg::{Mouse, MouseKind},
    panes::PaneId,
    session::Focus,
};
use crate::keymap::action::Action;

/// Does what a mouse event means.
pub(super) fn apply(app: &mut App, mouse: Mouse) -> Vec<Effect> {
    let areas = layout::areas(app);
    match mouse.kind {
        MouseKind::Down if holds(areas.hints, mouse) => click_hint(app, &areas, mouse),
        MouseKind::Down if app.dialog.is_some() => click_dialog(app, &areas, mouse),
        MouseKind::Down => click(app, &areas, mouse),
        MouseKind::ScrollUp => app.act(Action::Up),
        MouseKind::ScrollDown => app.act(Action::Down),
        MouseKind::Drag => drag(app, &areas, mouse),
        MouseKind::Up => Vec::new(),
    }
}

/// A click on a hint does what its key does.
fn click_hint(app: &mut App, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    let hint = app.hints(areas).into_iter().find(|hint| holds(hint.area, mouse));
    app.notice = None;
    hint.map_or_else(Vec::new, |hint| app.act(hint.action))
}

fn click(app: &mut App, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    if let Some(pane) = tab_at(app, areas, mouse) {
        return app.act(pane);
    }
    let rows = layout::inside(areas.list);
    if holds(areas.capture, mouse) {
        let effects = app.act(Action::Capture);
        put_cursor(app, areas.capture_text(), mouse);
        effects
    } else if holds(rows, mouse) {
        click_row(app, usize::from(mouse.row - rows.y))
    } else if is_editing(app) && holds(areas.field_text(), mouse) {
        put_cursor(app, areas.field_text(), mouse);
        Vec::new()
    } else {
        click_field(app, areas, mouse)
    }
}

/// A click selects a field of the details; on the selected field it does what Enter does.
fn click_field(app: &mut App, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    let Some(seat) = app.session() else { return Vec::new() };
    let body = details::body(seat, areas);
    if !holds(body, mouse) || details::editing(seat).is_some() {
        return Vec::new();
    }
    let rows = details::rows(app, seat, areas);
    let row = rows.get(usize::from(mouse.row - body.y));
    let Some(at) = row.and_then(|row| row.field) else { return Vec::new() };
    if seat.focus == Focus::Detail(at) {
        return app.act(Action::Open);
    }
    if let Some(seat) = app.session_mut() {
        // A text may still be open behind the capture line.
        seat.keep_editing();
        seat.focus = Focus::Detail(at);
    }
    Vec::new()
}

fn holds(area: Rect, mouse: Mouse) -> bool {
    layout::holds(area, mouse.column, mouse.row)
}

fn is_editing(app: &App) -> bool {
    app.session().is_some_and(|seat| seat.focus == Focus::Editing)
}

fn put_cursor(app: &mut App, text: Rect, mouse: Mouse) {
    if let Some(editor) = app.editor() {
        editor.click(mouse.column.saturating_sub(text.x), mouse.row.saturating_sub(text.y));
    }
}

/// Selects text under the mouse.
fn drag(app: &mut App, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    let text = if is_editing(app) { areas.field_text() } else { areas.capture_text() };
    if app.dialog.is_none()
        && holds(text, mouse)
        && let Some(editor) = app.editor()
    {
        editor.drag(mouse.column - text.x, mouse.row - text.y);
    }
    Vec::new()
}

/// A click selects a row; on the selected row it opens it.
fn click_row(app: &mut App, row: usize) -> Vec<Effect> {
    match &mut app.screen {
        Screen::Home(home) => {
            let Some(HomeRow::Session(at)) = home::rows(&app.catalogue).get(home.top + row).copied() else {
                return Vec::new();
            };
            let again = home.selected == at;
            home.selected = at;
            if again { app.act(Action::Open) } else { Vec::new() }
        }
        // The window shows one paragraph: a click changes it.
        Screen::Session(seat) if seat.pane == PaneId::ReadBack => app.act(Action::Open),
        Screen::Session(seat) => {
            let at = seat.list().top + row;
            let Some(id) = seat.rows.get(at).and_then(|row| row.record()) else { return Vec::new() };
            let again = seat.focus == Focus::List && seat.list().selected == Some(id);
            seat.keep_editing();
            seat.focus = Focus::List;
            seat.select(id);
            if again { app.act(Action::Open) } else { Vec::new() }
        }
    }
}

fn click_dialog(app: &mut App, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    let rows = areas.dialog_rows();
    match &mut app.dialog {
        Some(Dialog::Picker(picker)) if holds(rows, mouse) => {
            let at = layout::picker_top(picker.selected, rows) + usize::from(mouse.row - rows.y);
            if at >= picker.count() {
                return Vec::new();
            }
            picker.selected = at;
            let chooses = if picker.many { Action::Mark } else { Action::Open };
            app.act(chooses)
        }
        Some(Dialog::Wizard(wizard)) => {
            let places = layout::wizard_rows(areas, wizard.fields.len());
            let Some(at) = places.iter().position(|place| holds(*place, mouse)) else { return Vec::new() };
            wizard.at = at;
            if wizard.entry().is_none() {
                return app.act(Action::Open);
            }
            let text = places.get(at).map(|place| layout::wizard_text(*place)).unwrap_or_default();
            put_cursor(app, text, mouse);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The pane whose tab stands under the mouse.
fn tab_at(app: &App, areas: &Areas, mouse: Mouse) -> Option<Action> {
    if !holds(areas.tabs, mouse) {
        return None;
    }
    let tabs = layout::tabs(app);
    let tab = tabs.into_iter().find(|tab| holds(tab.area, mouse))?;
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
        PaneId::RollCall => Action::RollCall,
        PaneId::Speakers => Action::PaneSpeakers,
        PaneId::ReadBack => Action::ReadBack,
        PaneId::Chain => Action::Chain,
        PaneId::FollowUp => Action::PaneFollowUp,
    }
}
