//! The lines above and below a screen: title, tabs, status, hints.

use super::canvas::{Canvas, skip};
use crate::{
    app::{
        App, Saved,
        dialogs::{Dialog, wizard::quarter_words},
        labels::action_name,
        layout::{self, Areas},
        notice::Level,
        session::{Focus, SessionSeat},
    },
    domain::{agenda, difficulty, session::Session},
    i18n::fill,
    keymap::{Context, action::Action, key::Key},
};

/// The session's cluster, quarter, title and state.
pub(super) fn header(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    let strings = app.strings();
    let theme = canvas.theme;
    let Some(session) = Session::of(&seat.board) else { return };
    let state = format!("{} ", strings.state(session.state()));
    let left = canvas.right(skip(areas.header, 1), &state, theme.strong());
    let quarter = quarter_words(strings, session.quarter());
    let parts: Vec<&str> = [session.cluster().unwrap_or_default(), &quarter, session.title()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let used = canvas.text(left, strings.app, theme.title());
    canvas.text(skip(left, used + 2), &parts.join(" · "), theme.plain());
}

/// The tabs of the four panes, and the key of help where it fits.
pub(super) fn tabs(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    let theme = canvas.theme;
    let mut end = 0;
    for tab in layout::tabs(app) {
        let style = if tab.pane == seat.pane { theme.selected() } else { theme.plain() };
        canvas.text(tab.area, &tab.text, style);
        end = tab.area.x + tab.area.width;
    }
    let help = format!("{} {} ", app.key_name(Action::Help), action_name(app.strings(), Action::Help));
    let left = skip(areas.tabs, end + 2);
    if usize::from(left.width) > crate::text::width::width(&help) {
        canvas.right(left, &help, theme.faint());
    }
}

/// What was just said, else how things stand: saved or not, the item that is on, what is unanswered.
pub(super) fn status(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let theme = canvas.theme;
    let area = skip(areas.status, 1);
    let (saved, style) = saved_words(app, canvas);
    let left = canvas.right(area, &format!(" {saved} "), style);
    if let Some(notice) = &app.notice {
        let style = match notice.level {
            Level::Info => theme.good(),
            Level::Warning => theme.warning(),
            Level::Error => theme.error(),
        };
        canvas.text(left, &notice.text, style);
        return;
    }
    let Some(seat) = app.session() else { return };
    canvas.text(left, &session_words(app, seat), theme.plain());
}

fn saved_words(app: &App, canvas: &Canvas<'_>) -> (String, ratatui::style::Style) {
    let strings = app.strings();
    let theme = canvas.theme;
    let unsaved = app.session().is_some_and(SessionSeat::has_unsaved);
    let (text, style) = match app.saved {
        Saved::Failed => return (strings.not_saved.to_owned(), theme.error()),
        _ if !app.pending.is_empty() => return (strings.saving.to_owned(), theme.warning()),
        Saved::At(at) => (fill(strings.saved, &[&at.format("%H:%M:%S").to_string()]), theme.good()),
        Saved::Nothing => (String::new(), theme.faint()),
    };
    if !unsaved {
        return (text, style);
    }
    let both = if text.is_empty() {
        strings.unsaved_text.to_owned()
    } else {
        format!("{text} · {}", strings.unsaved_text)
    };
    (both, theme.warning())
}

/// The agenda item that is on, and how much is unanswered.
fn session_words(app: &App, seat: &SessionSeat) -> String {
    let strings = app.strings();
    let item = agenda::current(&seat.board).map(|item| {
        let number = agenda::ordinal(&seat.board, item.id).unwrap_or(0);
        format!("{number} {}", item.wording())
    });
    let unanswered = difficulty::unanswered(&seat.board).len();
    let open = (unanswered > 0).then(|| fill(strings.unanswered_count, &[&unanswered.to_string()]));
    item.into_iter().chain(open).collect::<Vec<_>>().join(" · ")
}

/// The keys that matter here and now, from the same table that they are looked up in.
pub(super) fn hints(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let theme = canvas.theme;
    let strings = app.strings();
    let mut area = skip(areas.hints, 1);
    for action in relevant(app) {
        let Some(key) = app.keymap.shown_key(app.context(), action).as_ref().map(Key::to_string) else {
            continue;
        };
        let name = match (action, app.is_typing()) {
            (Action::Open, true) if app.dialog.is_none() => strings.action_save_line,
            (Action::Leave, true) if app.dialog.is_none() => strings.action_leave_text,
            _ => action_name(strings, action),
        };
        let needed = crate::text::width::width(&key) + crate::text::width::width(name) + 1;
        if needed > area.width.into() {
            return;
        }
        let used = canvas.parts(area, &[(&key, theme.strong()), (" ", theme.plain()), (name, theme.plain())]);
        area = skip(area, used + 3);
    }
}

/// The actions to hint at, the likeliest first.
fn relevant(app: &App) -> Vec<Action> {
    use Action as A;
    match &app.dialog {
        Some(Dialog::Pages(_)) => return vec![A::Up, A::Down, A::PageDown, A::Leave],
        Some(Dialog::Wizard(_)) => return vec![A::Open, A::Next, A::Previous, A::Leave],
        Some(_) => return vec![A::Open, A::Up, A::Down, A::Leave],
        None => {}
    }
    match app.context() {
        Context::Home => vec![A::Open, A::Add, A::Find, A::Palette, A::Help, A::Quit],
        Context::Capture => vec![A::Open, A::ChangeSpeaker, A::Leave, A::Undo, A::Palette],
        Context::Text => vec![A::Open, A::Leave, A::Next, A::Undo, A::Palette],
        Context::Triage => {
            vec![
                A::ClassifyDifficulty,
                A::ClassifyObstacle,
                A::Split,
                A::Merge,
                A::Attach,
                A::ChangeSpeaker,
                A::Palette,
            ]
        }
        Context::Session | Context::Dialog if in_details(app) => {
            vec![A::Open, A::Up, A::Down, A::Leave, A::Undo, A::Palette]
        }
        Context::Session | Context::Dialog => {
            vec![A::Capture, A::Open, A::Add, A::Triage, A::Undo, A::Palette, A::Help]
        }
    }
}

fn in_details(app: &App) -> bool {
    app.session().is_some_and(|seat| matches!(seat.focus, Focus::Detail(_)))
}
