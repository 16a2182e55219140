//! What is so for the whole room: which sitting, which theme, which places are connected.

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        form::{self, Spec},
        roll_call::connection,
    },
    domain::{
        command::{Command, Place},
        edit::Edit,
        field,
        ids::RecordId,
        kind::Kind,
        record::Record,
        venue,
    },
    i18n::fill,
};

impl App {
    /// The themes, to say which one the item that is on is about: what is captured from now on is about it too.
    pub(super) fn ask_theme(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let on = seat.figures.item.and_then(|(id, _)| seat.board.record(id));
        let Some(item) = on else { return self.not_here() };
        let spec = Spec::choice(field::THEME);
        let seen = item.seen(&field::THEME);
        let choice = |choice: form::Choice| {
            let pick = Pick::Edit { record: item.id, edit: choice.edit, seen: Some(seen.clone()) };
            Item::new(choice.label, pick).on(choice.on)
        };
        let items = form::choices(&seat.board, item, &spec, strings).into_iter().map(choice).collect();
        self.show_picker(Picker::one(strings.action_choose_theme, items))
    }

    /// The sittings; the usual one that is not there yet can be added.
    pub(super) fn ask_sitting(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let now = seat.sitting().map(|sitting| sitting.id);
        let sittings = seat.board.of_kind(Kind::Sitting);
        let usual = [strings.sitting_morning, strings.sitting_afternoon];
        let missing = usual.into_iter().nth(sittings.len());
        let item = |sitting: &&Record| {
            Item::new(sitting.wording(), Pick::Sitting(sitting.id)).on(Some(sitting.id) == now)
        };
        let mut items: Vec<Item> = sittings.iter().map(item).collect();
        items.extend(
            missing.map(|title| {
                Item::new(fill(strings.sitting_new, &[title]), Pick::NewSitting(title.to_owned()))
            }),
        );
        self.show_picker(Picker::one(strings.action_choose_sitting, items))
    }

    pub(super) fn choose_sitting(&mut self, sitting: RecordId) -> Vec<Effect> {
        if let Some(seat) = self.session_mut() {
            seat.chosen_sitting = Some(sitting);
            seat.refresh();
        }
        Vec::new()
    }

    pub(super) fn add_sitting(&mut self, title: String) -> Vec<Effect> {
        let record = self.ids.record();
        self.choose_sitting(record);
        let details = vec![Edit::Title(title)];
        self.act_on_session(Command::Add { record, kind: Kind::Sitting, details, place: Place::Last })
    }

    /// The venues, to say that one lost its connection or has it again.
    pub(super) fn ask_connection(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let item = |record: &Record| {
            let connected = venue::lost_since(record).is_some();
            let command = Command::SetConnection { venue: record.id, connected };
            Item::new(record.wording(), Pick::Command(Box::new(command))).aside(connection(strings, record))
        };
        let items = seat.board.of_kind(Kind::Venue).into_iter().map(item).collect();
        self.show_picker(Picker::one(strings.action_connection, items))
    }
}
