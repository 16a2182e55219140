//! How screens look: pictures of them as text, and what holds of every one of them.

use std::collections::BTreeSet;

use hoinghi::{
    app::{App, dialogs::Dialog, msg::Msg, panes::PaneId, session::Focus},
    i18n::Lang,
    keymap::{Context, Keymap, action::Action},
    text::fold::fold,
    ui::{self, theme::Theme},
};
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier},
};

use super::session;
use crate::support::desk::Desk;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (60, 20)];
const LANGS: [(Lang, &str); 2] = [(Lang::Vietnamese, "vi"), (Lang::English, "en")];

/// The screens of which there are pictures, and the keys that lead there from the difficulties.
const SCREENS: [(&str, &[&str]); 8] = [
    ("home", &["Esc"]),
    ("pane_agenda", &["F2"]),
    ("pane_keynote", &["F3"]),
    ("pane_difficulties", &["F4"]),
    ("pane_conclusions", &["F5"]),
    ("roll_call", &["F7"]),
    ("capture", &["F6"]),
    ("palette", &["F9"]),
];

/// Further screens.
const MORE: [&[&str]; 25] = [
    &["Right"],
    &["Right", "Enter"],
    &["Right", "Down", "Enter"],
    &["Alt+5"],
    &["Alt+6"],
    &["Ctrl+T"],
    &["F7", "2"],
    &["F7", "Right"],
    &["F1"],
    &["Alt+8"],
    &["Ctrl+K"],
    &["Ctrl+T", "Ctrl+B"],
    &["F8"],
    &["Alt+N"],
    &["Alt+L"],
    &["Alt+C"],
    &["Alt+H"],
    &["Alt+K"],
    &["Alt+V"],
    &["Alt+G"],
    &["Ctrl+L"],
    &["F2", "Right"],
    &["F2", "Ctrl+N"],
    &["Esc", "Ctrl+N"],
    &[
        "Esc",
        "Ctrl+N",
        "Shift+Tab",
        "Tab",
        "Tab",
        "Tab",
        "Tab",
        "Tab",
        "Tab",
        "Tab",
        "Tab",
        "Tab",
        "Tab",
        "Tab",
    ],
];

fn draw(app: &App, theme: Theme) -> (Buffer, Option<(u16, u16)>) {
    let (columns, rows) = app.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let cursor = ui::view(app, theme, &mut buffer);
    (buffer, cursor.map(|at| (at.x, at.y)))
}

fn full(columns: u16, rows: u16, lang: Lang) -> Desk {
    Desk::sample(columns, rows, lang)
}

/// A session in which nothing was said yet; for Home, a folder without sessions.
fn empty(name: &str, columns: u16, rows: u16, lang: Lang) -> Desk {
    if name == "home" {
        return Desk::empty(columns, rows, lang);
    }
    let mut desk = session(columns, rows);
    if lang == Lang::English {
        desk.press(&["F9"]).type_text("english").press(&["Enter"]);
    }
    desk
}

pub(super) fn picture(name: &str, desk: &Desk) {
    let (lines, cursor) = desk.screen();
    let text = format!("{}\ncursor: {cursor:?}", lines.join("\n"));
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn pictures_of_the_screens() {
    for (columns, rows) in SIZES {
        for (lang, code) in LANGS {
            for (name, keys) in SCREENS {
                let mut desk = full(columns, rows, lang);
                desk.press(keys);
                if name == "capture" {
                    desk.type_text("kk q10 doanh nghiệp trụ sở ở tỉnh khác");
                }
                picture(&format!("{name}_{columns}x{rows}_{code}"), &desk);
                let mut desk = empty(name, columns, rows, lang);
                desk.press(keys);
                picture(&format!("{name}_empty_{columns}x{rows}_{code}"), &desk);
            }
        }
    }
}

/// Every screen there is a key sequence for, in both languages, full.
fn every_screen(columns: u16, rows: u16, mut look: impl FnMut(&Desk)) {
    for (lang, _) in LANGS {
        for keys in SCREENS.iter().map(|(_, keys)| *keys).chain(MORE) {
            let mut desk = full(columns, rows, lang);
            desk.press(keys);
            look(&desk);
        }
    }
}

#[test]
fn in_the_smallest_window_no_tab_and_no_hint_is_cut_off() {
    every_screen(60, 20, |desk| {
        let (lines, _) = desk.screen();
        let dialog = desk.app.dialog.is_some();
        let labels = if dialog { &lines[19..] } else { &lines[..] };
        for line in [labels.first().filter(|_| dialog), lines.get(1).filter(|_| !dialog), lines.get(19)] {
            assert!(!line.is_some_and(|line| line.contains('…')), "{}", desk.text());
        }
        assert!(!lines[19].trim().is_empty(), "no hint\n{}", desk.text());
        assert!(dialog || lines[19].contains("F9"), "{}", desk.text());
    });
}

/// What a frame, a field or a command is called is read whole; only what somebody typed may be too long for its place.
#[test]
fn in_the_smallest_window_no_label_is_cut_off() {
    every_screen(60, 20, |desk| {
        let (lines, _) = desk.screen();
        let titles = lines.iter().filter(|line| line.starts_with('┌'));
        assert!(
            titles.clone().count() > 0 && titles.clone().all(|title| !title.contains('…')),
            "{}",
            desk.text()
        );
        assert!(!desk.text().contains(['{', '}']), "a pattern was not filled\n{}", desk.text());
        let strings = desk.app.strings();
        let Some(seat) = desk.app.session().filter(|seat| matches!(seat.focus, Focus::Detail(_))) else {
            return;
        };
        if desk.app.dialog.is_none() {
            let shown = seat.specs().iter().filter(|spec| desk.text().contains(spec.label(strings))).count();
            assert!(shown > 2, "{}", desk.text());
        }
        let labels =
            lines.iter().filter_map(|line| line.get("│ ".len()..)).map(|line| line.split("   ").next());
        assert!(
            labels.flatten().all(|label| label.chars().count() > 22 || !label.contains('…')),
            "{}",
            desk.text()
        );
    });
}

#[test]
fn every_action_is_read_whole_and_reached_without_accents_in_the_palette_of_the_smallest_window() {
    for (lang, _) in LANGS {
        let mut desk = full(60, 20, lang);
        for action in Action::ALL.iter().filter(|action| !action.is_movement()) {
            let name = desk.app.action_name(*action);
            desk.press(&["F9"]).type_text(&fold(name));
            let (lines, _) = desk.screen();
            let row = lines.iter().find(|line| line.contains(name) && !line.contains('>'));
            assert!(row.is_some_and(|row| !row.contains('…')), "{name}\n{}", desk.text());
            desk.press(&["Esc"]);
        }
    }
}

/// What has no key of its own place has one that works everywhere, or is in the palette; what only moves has a key.
#[test]
fn whatever_only_moves_has_a_key() {
    let keymap = Keymap::default();
    for action in Action::ALL.iter().filter(|action| action.is_movement()) {
        assert!(
            Context::ALL.iter().any(|context| keymap.shown_key(*context, *action).is_some()),
            "{action:?}"
        );
    }
}

#[test]
fn all_tabs_fit_with_large_counts_too() {
    use hoinghi::app::layout;
    for (lang, _) in LANGS {
        let mut desk = full(60, 20, lang);
        if let hoinghi::app::Screen::Session(seat) = &mut desk.app.screen {
            (seat.figures.difficulties, seat.figures.conclusions) = (1234, 567);
        }
        let last = layout::tabs(&desk.app).pop().unwrap();
        assert!(last.area.x + last.area.width <= 60, "{last:?}");
    }
}

#[test]
fn what_is_said_is_never_cut() {
    let mut desk = full(60, 20, Lang::Vietnamese);
    let what =
        "Đĩa đầy, chưa ghi được vào /home/lan/hoinghi; chữ vẫn còn trên màn hình. Giải phóng chỗ trống.";
    desk.tell(Msg::Failed(what.into()));
    let shown = desk.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(what), "{}", desk.text());
}

#[test]
fn only_safe_symbols_are_drawn() {
    let safe = "─│┌┐└┘├┤·–×“”•…↑↓←→";
    every_screen(80, 24, |desk| {
        let (buffer, _) = draw(&desk.app, Theme::full());
        for cell in buffer.content() {
            let known = |c: char| c.is_ascii() || c.is_alphabetic() || safe.contains(c);
            assert!(cell.symbol().chars().all(known), "{:?}\n{}", cell.symbol(), desk.text());
        }
    });
}

#[test]
fn ascii_frames_have_no_lines() {
    every_screen(80, 24, |desk| {
        let (buffer, _) = draw(&desk.app, Theme { colour: false, ascii: true, light: false });
        assert!(buffer.content().iter().all(|cell| !"─│┌┐└┘├┤".contains(cell.symbol())));
    });
}

#[test]
fn without_colours_the_selection_is_still_seen() {
    every_screen(80, 24, |desk| {
        let (buffer, _) = draw(&desk.app, Theme { colour: false, ..Theme::full() });
        let colours: BTreeSet<String> = buffer
            .content()
            .iter()
            .flat_map(|cell| [cell.fg, cell.bg])
            .map(|colour| colour.to_string())
            .collect();
        assert_eq!(colours, BTreeSet::from([Color::Reset.to_string()]));
        let reversed =
            buffer.content().iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count();
        let selects = match &desk.app.dialog {
            Some(Dialog::Pages(_) | Dialog::Wizard(_)) => false,
            Some(_) => true,
            None => desk.app.session().is_none_or(|seat| {
                seat.pane != PaneId::ReadBack && seat.selected().is_some() && seat.focus != Focus::Editing
            }),
        };
        assert!(reversed > 0 || !selects, "{}", desk.text());
    });
}

#[test]
fn every_size_draws() {
    for keys in SCREENS.iter().map(|(_, keys)| *keys).chain(MORE) {
        let mut desk = full(120, 40, Lang::Vietnamese);
        desk.press(keys);
        for (columns, rows) in (0..40).flat_map(|n| [(n * 5, n), (60 + n, 20 + n / 4), (n, n * 2), (200, n)])
        {
            desk.tell(Msg::Resize { columns, rows });
            let (_, cursor) = draw(&desk.app, Theme::full());
            assert!(cursor.is_none_or(|(x, y)| x < columns && y < rows));
        }
    }
}
