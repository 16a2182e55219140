//! What a person may do to a text, in any order, beside a plain string that does the same.

#![no_main]

use hoinghi::{
    app::editor::{Caret, Draft, Editor, Handled, Motion, Pos},
    keymap::key::{Key, KeyCode},
    text::{clusters, nfc},
};
use libfuzzer_sys::{arbitrary, fuzz_target};

#[derive(Debug, arbitrary::Arbitrary)]
enum Act<'a> {
    Letter(u8),
    Type(char),
    Paste(&'a str),
    Enter,
    Press(u8, bool, bool, bool),
    Go(u8, bool),
    Resize(u8, u8),
    Scroll(i8),
    Click(u8, u8),
    Drag(u8, u8),
    SelectAll,
    Cut,
    Undo,
    Redo,
    Keep,
}

const LETTERS: [char; 20] = [
    'a', 'e', 'ê', 'ệ', 'đ', 'ư', ' ', '\u{a0}', '\u{202f}', '\u{301}', '\u{323}', '\u{302}', '\u{31b}',
    '👩', '\u{200d}', '🇻', '🏽', '漢', '\u{1100}', '\u{1161}',
];

const CODES: [KeyCode; 13] = [
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::Enter,
    KeyCode::Tab,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::Char('w'),
    KeyCode::Char('u'),
    KeyCode::F(1),
];

const MOTIONS: [Motion; 12] = [
    Motion::Left,
    Motion::Right,
    Motion::WordLeft,
    Motion::WordRight,
    Motion::Up,
    Motion::Down,
    Motion::RowStart,
    Motion::RowEnd,
    Motion::PageUp,
    Motion::PageDown,
    Motion::TextStart,
    Motion::TextEnd,
];

fn pick<T: Copy>(of: &[T], at: u8) -> T {
    of[usize::from(at) % of.len()]
}

/// What an act may do to the text.
enum Effect {
    /// This text takes the place of the selection.
    Replaces(String),
    /// One run of it may go.
    Shortens,
    /// Nothing.
    Nothing,
    /// Whatever undo and redo do.
    Any,
}

fn perform(editor: &mut Editor, act: &Act<'_>) -> Effect {
    match act {
        Act::Letter(at) => type_char(editor, pick(&LETTERS, *at)),
        Act::Type(c) => type_char(editor, *c),
        Act::Paste(text) => {
            editor.paste(text);
            return Effect::Any;
        }
        Act::Enter => {
            editor.newline();
            return Effect::Any;
        }
        Act::Press(code, ctrl, alt, shift) => {
            return press(editor, Key::new(pick(&CODES, *code), *ctrl, *alt, *shift));
        }
        Act::Cut => return cut(editor),
        Act::Undo => return some(editor.undo()),
        Act::Redo => return some(editor.redo()),
        Act::Go(motion, select) => editor.go(pick(&MOTIONS, *motion), *select),
        Act::Resize(columns, height) => editor.resize((*columns).into(), (*height).into()),
        Act::Scroll(rows) => editor.scroll((*rows).into()),
        Act::Click(column, row) => editor.click((*column).into(), (*row).into()),
        Act::Drag(column, row) => editor.drag((*column).into(), (*row).into()),
        Act::SelectAll => editor.select_all(),
        Act::Keep => keep(editor),
    }
    match act {
        Act::Letter(at) => Effect::Replaces(pick(&LETTERS, *at).to_string()),
        Act::Type(c) if !c.is_control() => Effect::Replaces(c.to_string()),
        _ => Effect::Nothing,
    }
}

fn type_char(editor: &mut Editor, c: char) {
    editor.insert(c);
}

fn some(happened: bool) -> Effect {
    if happened { Effect::Any } else { Effect::Nothing }
}

fn cut(editor: &mut Editor) -> Effect {
    let copied = editor.copy();
    assert_eq!(editor.cut(), copied);
    if copied.is_some() { Effect::Replaces(String::new()) } else { Effect::Nothing }
}

fn press(editor: &mut Editor, key: Key) -> Effect {
    match (editor.apply(&key), key.code) {
        (Handled::Edited, KeyCode::Enter) => Effect::Replaces("\n".to_owned()),
        (Handled::Edited, KeyCode::Char(_)) if key.text().is_some() => {
            Effect::Replaces(key.text().into_iter().collect())
        }
        (Handled::Edited, _) => Effect::Shortens,
        (Handled::Moved | Handled::No, _) => Effect::Nothing,
    }
}

/// A draft comes back as it was.
fn keep(editor: &Editor) {
    let draft = editor.draft();
    let kept: Draft = serde_json::from_str(&serde_json::to_string(&draft).expect("written")).expect("read");
    let blank = if editor.split_at_cursor().0.contains('\n') || draft.text.contains('\n') {
        Editor::multi()
    } else {
        Editor::line()
    };
    assert_eq!(blank.with_draft(&kept).draft(), draft);
}

fn flat(text: &str, pos: Pos) -> usize {
    text.split('\n').take(pos.line).map(|line| line.len() + 1).sum::<usize>() + pos.byte
}

fn replaced(text: &str, caret: Caret, with: &str) -> String {
    let range = caret.range();
    let mut text = text.to_owned();
    text.replace_range(flat(&text, range.start)..flat(&text, range.end), with);
    text
}

/// Whether a text is another one without one run of it.
fn is_shortened(text: &str, before: &str) -> bool {
    let head = text.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
    let tail = text.bytes().rev().zip(before.bytes().rev()).take_while(|(a, b)| a == b).count();
    text.len() <= before.len() && head + tail >= text.len()
}

fn check(editor: &Editor, many: bool) {
    let text = editor.text();
    for pos in [editor.caret().head, editor.caret().anchor] {
        let line = text.split('\n').nth(pos.line).expect("a line");
        assert!(clusters::is_boundary(line, pos.byte), "{pos:?} in {line:?}");
    }
    assert!(many || !text.contains('\n'));
    let saved = editor.text_nfc();
    assert_eq!(nfc::nfc(&saved), saved.as_str());
    let view = editor.view();
    assert!(!view.rows.is_empty());
    for row in &view.rows {
        let line = text.split('\n').nth(row.line).expect("a line");
        assert_eq!(line.get(row.start..row.start + row.text.len()), Some(row.text));
        assert!(row.selected.clone().is_none_or(|bytes| row.text.get(bytes).is_some()));
    }
}

/// The rows, kept from key to key, are those of a text that was never edited.
fn check_rows(editor: &mut Editor) {
    let mut fresh = Editor::multi().with_draft(&editor.draft());
    editor.resize(9, 5000);
    fresh.resize(9, 5000);
    assert_eq!(editor.view().rows, fresh.view().rows);
}

fn check_history(editor: &mut Editor, begun: &str) {
    while editor.redo() {}
    let last = editor.text();
    while editor.undo() {}
    assert_eq!(editor.text(), begun);
    while editor.redo() {}
    assert_eq!(editor.text(), last);
}

fuzz_target!(|input: (bool, &str, Vec<Act<'_>>)| {
    let (many, begun, acts) = input;
    let mut editor = if many { Editor::multi() } else { Editor::line() }.with_text(begun);
    editor.resize(9, 3);
    let begun = editor.text();
    for act in acts.iter().take(200) {
        let (before, caret) = (editor.text(), editor.caret());
        match perform(&mut editor, act) {
            Effect::Replaces(with) => assert_eq!(editor.text(), replaced(&before, caret, &with)),
            Effect::Shortens => {
                assert!(is_shortened(&editor.text(), &before), "{before:?} became {:?}", editor.text());
            }
            Effect::Nothing => assert_eq!(editor.text(), before),
            Effect::Any => {}
        }
        check(&editor, many);
    }
    if many {
        check_rows(&mut editor);
    }
    check_history(&mut editor, &begun);
});
