//! What stands over a screen.

use ratatui::layout::Rect;

use super::{
    canvas::{Canvas, below, rest, skip},
    invitation,
};
use crate::{
    app::{
        App,
        dialogs::{
            Dialog,
            folder::FolderForm,
            pages::{Line, Pages, TERM},
            picker::{Item, Picker},
            wizard::{Entry, Wizard},
        },
        layout::{Areas, FOLDER_WORDS, WIZARD_LABEL, picker_top, wizard_rows},
    },
    i18n::fill,
};

/// Draws the dialog; where the cursor stands.
pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) -> Option<(u16, u16)> {
    let dialog = app.dialog.as_ref()?;
    canvas.clear(areas.dialog);
    match dialog {
        Dialog::Picker(picker) => self::picker(canvas, app, picker, areas),
        Dialog::Pages(pages) => {
            self::pages(canvas, pages, areas);
            None
        }
        Dialog::Wizard(wizard) => self::wizard(canvas, app, wizard, areas),
        Dialog::Folder(form) => folder(canvas, app, form, areas),
        Dialog::Invitation => {
            if let Some(invitation) = &app.door.lobby.invitation {
                invitation::draw(canvas, app, invitation, areas.dialog);
            }
            None
        }
    }
}

/// Nothing but the key that shows the screen again.
pub(super) fn cover(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let text = fill(app.strings().covered, &[&app.uncovering().to_string()]);
    let middle = below(areas.window, areas.window.height / 2);
    canvas.text(skip(middle, middle.width / 4), &text, canvas.theme.faint());
}

fn picker(canvas: &mut Canvas<'_>, app: &App, picker: &Picker, areas: &Areas) -> Option<(u16, u16)> {
    let theme = canvas.theme;
    canvas.frame(areas.dialog, &picker.title, true);
    let query = areas.query();
    canvas.text(Rect { x: query.x.saturating_sub(2), width: 2, ..query }, ">", theme.strong());
    let cursor = canvas.editor(query, &picker.query.view());
    let rows = areas.dialog_rows();
    if picker.count() == 0 {
        let said = Rect { width: rows.width.saturating_sub(2), ..skip(rows, 1) };
        canvas.wrapped(said, &picker.nothing(app.strings()), theme.faint());
        return cursor;
    }
    let top = picker_top(picker.selected, rows);
    for ((at, item), row) in picker.matching().enumerate().skip(top).zip(0..rows.height) {
        let line = below(rows, row);
        item_row(canvas, item, picker.many, line);
        if at == picker.selected {
            canvas.restyle(line, theme.selected());
        }
    }
    cursor
}

fn item_row(canvas: &mut Canvas<'_>, item: &Item, many: bool, line: Rect) {
    let theme = canvas.theme;
    let style = if item.enabled { theme.plain() } else { theme.faint() };
    let mark = match (many, item.on) {
        (true, true) => " [x] ",
        (true, false) => " [ ] ",
        (false, true) => " • ",
        (false, false) => "   ",
    };
    let aside = if item.aside.is_empty() { String::new() } else { format!(" {} ", item.aside) };
    let left = canvas.right(line, &aside, theme.faint());
    canvas.parts(left, &[(mark, style), (&item.label, style)]);
}

fn pages(canvas: &mut Canvas<'_>, pages: &Pages, areas: &Areas) {
    let theme = canvas.theme;
    canvas.frame(areas.dialog, &pages.title, true);
    let mut area = areas.pages_text();
    for (at, line) in pages.lines.iter().enumerate().skip(pages.top) {
        if area.height == 0 {
            return;
        }
        let used = match line {
            Line::Heading(text) => canvas.wrapped(area, text, theme.title()),
            Line::Text(text) => canvas.wrapped(area, text, theme.plain()),
            Line::Pair(term, meaning) => {
                let first = below(area, 0);
                canvas.text(Rect { width: TERM.min(first.width), ..first }, term, theme.strong());
                canvas.wrapped(skip(area, TERM), meaning, theme.plain()).max(1)
            }
        };
        if pages.marked == Some(at) {
            canvas.restyle(Rect { height: used.min(area.height), ..area }, theme.selected());
        }
        area = rest(area, used);
    }
}

fn folder(canvas: &mut Canvas<'_>, app: &App, form: &FolderForm, areas: &Areas) -> Option<(u16, u16)> {
    let strings = app.strings();
    let theme = canvas.theme;
    canvas.frame(areas.dialog, strings.action_elsewhere, true);
    let text = areas.pages_text();
    let words = Rect { height: (FOLDER_WORDS - 1).min(text.height), ..text };
    canvas.wrapped(words, strings.folder_words, theme.plain());
    let path = areas.path();
    canvas.text(Rect { width: 2.min(path.width), ..path }, ">", theme.strong());
    let cursor = canvas.editor(skip(path, 2), &form.path.view());
    if let Some(problem) = &form.problem {
        canvas.wrapped(rest(text, FOLDER_WORDS + 2), problem, theme.warning());
    }
    cursor
}

fn wizard(canvas: &mut Canvas<'_>, app: &App, wizard: &Wizard, areas: &Areas) -> Option<(u16, u16)> {
    let strings = app.strings();
    let theme = canvas.theme;
    let title = match &wizard.template {
        Some(template) => strings.import.making.title_clone(template.quarter, template.counts()),
        None => strings.new_session.to_owned(),
    };
    canvas.frame(areas.dialog, &title, true);
    let rows = wizard_rows(areas, wizard.fields.len());
    let mut cursor = None;
    for (at, ((entry, editor), row)) in wizard.fields.iter().zip(&rows).enumerate() {
        let style = if at == wizard.at { theme.title() } else { theme.faint() };
        let label = Rect { width: WIZARD_LABEL.min(row.width), height: 1, ..*row };
        canvas.text(skip(label, 1), entry.label(strings), style);
        let field = skip(*row, WIZARD_LABEL);
        if at == wizard.at {
            cursor = canvas.editor(field, &editor.view());
        } else if *entry == Entry::Units {
            canvas.editor(field, &editor.view());
        } else {
            // What is not being typed is read from its beginning.
            canvas.text(field, &editor.text_nfc(), theme.plain());
        }
        if editor.is_empty() {
            // In brackets, for those who do not see that it is faint.
            canvas.text(below(field, 0), &format!("({})", entry.hint(strings)), theme.faint());
        }
    }
    if let Some(button) = rows.last() {
        let style = if wizard.entry().is_none() { theme.selected() } else { theme.plain() };
        canvas.text(skip(*button, WIZARD_LABEL), &format!("[ {} ]", strings.action_create), style);
    }
    cursor
}
