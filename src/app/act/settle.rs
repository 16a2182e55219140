//! Whose text a field is to hold: mine, theirs or both.

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker, Settle},
        effect::Effect,
        field_edit::{FieldEdit, Target},
        form::{self, Input},
        session::{Focus, SessionSeat},
        versions::{Contest, Version, contests},
    },
    domain::ids::RecordId,
    i18n::fill,
    text::width::truncate,
};

/// The cells of a text that stand in a list of choices.
const QUOTED: usize = 60;

impl App {
    /// Somebody wrote the field while this text was typed: whose is it to be?
    pub(super) fn ask_which(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(edit) = &seat.editing else { return Vec::new() };
        let (mine, theirs) = (edit.editor.text_nfc(), seat.stored(edit, strings));
        let mut items = vec![
            Item::new(quote(strings.keep_mine, &mine), Pick::Settle(Settle::Mine)),
            Item::new(quote(strings.take_theirs, &theirs), Pick::Settle(Settle::Theirs)),
        ];
        if matches!(edit.spec.input, Input::Text | Input::Line) && matches!(edit.target, Target::Existing(_))
        {
            items.push(Item::new(strings.keep_both, Pick::Settle(Settle::Both)));
        }
        self.show_picker(Picker::one(strings.notice_stale_title, items))
    }

    pub(super) fn settle_stale(&mut self, how: Settle) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some(mut edit) = seat.editing.take() else { return Vec::new() };
        let theirs = seat.stored(&edit, strings);
        edit.stale = false;
        edit.seen = seat.seen(&edit);
        edit.original.clone_from(&theirs);
        match how {
            Settle::Mine => {
                seat.begin(edit);
                return self.store_field();
            }
            Settle::Theirs => seat.focus = Focus::List,
            Settle::Both => {
                let both = [theirs, edit.editor.text_nfc()];
                join(&mut edit, &both);
                seat.begin(edit);
            }
        }
        Vec::new()
    }

    /// The first field of the selected record that somebody should choose for: the selected one, if it is one of them.
    fn contest(&self) -> Option<Contest> {
        let seat = self.session()?;
        let open = |contest: &Contest| contest.place.is_some() || contest.versions.iter().any(is_choosable);
        let mut all = contests(seat, seat.selected()?, self.strings());
        all.retain(open);
        let here =
            all.iter().position(|contest| seat.focus == contest.place.map_or(Focus::List, Focus::Detail));
        (!all.is_empty()).then(|| all.swap_remove(here.unwrap_or(0)))
    }

    /// Whether the selected record has a field that somebody should choose for.
    pub fn may_choose_version(&self) -> bool {
        self.contest().is_some()
    }

    /// Whether that is the field selected in the details.
    pub(super) fn is_contested_at(&self, at: usize) -> bool {
        self.contest().is_some_and(|contest| contest.place == Some(at))
    }

    /// Asks which of several versions written at the same time is to stand.
    pub(super) fn ask_version(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(contest) = self.contest() else { return self.not_here() };
        let mut items: Vec<Item> =
            contest.versions.iter().filter_map(|version| self.choice(version)).collect();
        let Some(at) = contest.place else { return self.show_picker(Picker::one(contest.label, items)) };
        if items.is_empty() {
            return self.begin_edit(at);
        }
        if self.is_text(at) {
            items.push(Item::new(strings.keep_both, Pick::Join(at)));
        }
        let title = format!("{}: {}", contest.label, strings.action_choose_version.to_lowercase());
        self.show_picker(Picker::one(title, items))
    }

    fn is_text(&self, at: usize) -> bool {
        let spec = self.session().and_then(|seat| seat.specs().into_iter().nth(at));
        spec.is_some_and(|spec| matches!(spec.input, Input::Text | Input::Line))
    }

    fn choice(&self, version: &Version) -> Option<Item> {
        let strings = self.strings();
        let command = version.choose.clone()?;
        let author = version.author.as_ref();
        let label = match author {
            Some(author) if author.person != self.me.person => fill(strings.take_version, &[&author.name]),
            _ => strings.keep_mine.to_owned(),
        };
        let item = Item::new(quote(&label, &version.text), Pick::Command(Box::new(command)));
        Some(item.aside(version.origin()))
    }

    /// Begins to edit a field with all its versions one after the other.
    pub(super) fn join_versions(&mut self, at: usize) -> Vec<Effect> {
        let Some(contest) = self.contest().filter(|contest| contest.place == Some(at)) else {
            return Vec::new();
        };
        let strings = self.strings();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some((id, spec)) = seat.list().selected.zip(seat.specs().into_iter().nth(at)) else {
            return Vec::new();
        };
        let Some(mut edit) = begun(seat, id, spec, strings) else { return Vec::new() };
        let texts: Vec<String> = contest.versions.into_iter().map(|version| version.text).collect();
        join(&mut edit, &texts);
        seat.begin(edit);
        Vec::new()
    }
}

fn begun(
    seat: &SessionSeat,
    id: RecordId,
    spec: form::Spec,
    strings: &crate::i18n::Strings,
) -> Option<FieldEdit> {
    let record = seat.holder(id, &spec.field)?;
    let text = form::show(&seat.board, record, &spec, strings);
    Some(FieldEdit::existing(record, spec, &text))
}

fn is_choosable(version: &Version) -> bool {
    version.choose.is_some()
}

/// Puts texts one after the other into an editor: a line each where there are lines.
fn join(edit: &mut FieldEdit, texts: &[String]) {
    let between = if edit.spec.input == Input::Text { "\n" } else { " " };
    edit.editor.select_all();
    edit.editor.paste(&texts.join(between));
}

fn quote(label: &str, text: &str) -> String {
    format!("{label}: “{}”", truncate(&text.replace('\n', " "), QUOTED))
}
