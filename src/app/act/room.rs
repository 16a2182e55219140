//! What is so for the whole room: which sitting, which theme, which places are connected.

use chrono::Timelike as _;

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        form::{self, Spec},
        notice::Notice,
        roll_call::connection,
    },
    domain::{
        command::{Command, Place},
        edit::Edit,
        field,
        ids::RecordId,
        kind::Kind,
        record::Record,
        roster,
        session::Session,
        sitting, timing, venue,
    },
    i18n::{Lang, fill},
    keymap::action::Action,
};

impl App {
    /// The themes, to say which one the item that is on is about: what is captured from now on is about it too.
    pub(super) fn ask_theme(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        if seat.sorts_lines() {
            return self.ask_theme_of_lines();
        }
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

    /// The themes, to say which one the chosen lines are about.
    fn ask_theme_of_lines(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let chosen = self.chosen_records();
        let Some(seat) = self.session() else { return Vec::new() };
        let now = seat.selected().and_then(|line| line.link(&field::THEME));
        let item = |theme: &&Record| {
            Item::new(theme.wording(), Pick::Theme(Some(theme.id))).on(Some(theme.id) == now)
        };
        let none = Item::new(strings.sorting.no_theme, Pick::Theme(None)).on(now.is_none());
        let items = seat.board.of_kind(Kind::Theme).iter().map(item).chain([none]).collect();
        let title = format!("{} · {}", strings.sorting.theme_of_lines, chosen.len());
        self.show_picker(Picker::one(title, items))
    }

    /// Says which theme the chosen lines are about.
    pub(super) fn choose_theme_of_lines(&mut self, theme: Option<RecordId>) -> Vec<Effect> {
        let chosen = self.chosen_records();
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let lines: Vec<&Record> = chosen.iter().filter_map(|id| seat.board.record(*id)).collect();
        let seen = lines.iter().flat_map(|line| line.seen(&field::THEME)).collect();
        let edits = lines.iter().map(|line| (line.id, Edit::Theme(theme))).collect();
        seat.marked.clear();
        self.act_on_session(Command::FillEach { edits, seen })
    }

    /// The sittings; the usual one that is not there yet can be added.
    pub(super) fn ask_sitting(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let now = seat.sitting().map(|sitting| sitting.id);
        let sittings = seat.board.of_kind(Kind::Sitting);
        let papers = Lang::Vietnamese.strings();
        let usual = [papers.sitting_morning, papers.sitting_afternoon];
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
            Item::new(record.wording(), Pick::Connect(record.id, connected))
                .aside(connection(strings, record))
        };
        let items = seat.board.of_kind(Kind::Venue).into_iter().map(item).collect();
        self.show_picker(Picker::one(strings.action_connection, items))
    }

    /// A venue lost its connection, or has it again.
    pub(super) fn connect(&mut self, venue: RecordId, connected: bool) -> Vec<Effect> {
        let strings = self.strings();
        let record = self.session().and_then(|seat| seat.board.record(venue));
        let name = record.map(Record::wording).unwrap_or_default().to_owned();
        let said = if connected { strings.notice_back } else { strings.notice_lost };
        self.say(Notice::info(fill(said, &[&name])));
        self.act_on_session(Command::SetConnection { venue, connected })
    }

    /// The venues, for everybody of the selected person's unit or for this person alone.
    pub(super) fn ask_venue(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(person) = seat.selected() else { return Vec::new() };
        let unit = roster::unit_of(&seat.board, person);
        let of_unit =
            |other: &&Record| unit.is_some() && other.link(&field::UNIT) == person.link(&field::UNIT);
        let all: Vec<RecordId> =
            seat.board.of_kind(Kind::Attendee).into_iter().filter(of_unit).map(|other| other.id).collect();
        let item = |label: String, attendees: Vec<RecordId>, venue: Option<RecordId>| {
            let on = venue.is_some() && person.link(&field::VENUE) == venue;
            Item::new(label, Pick::Command(Box::new(Command::Seat { attendees, venue }))).on(on)
        };
        let venues = seat.board.of_kind(Kind::Venue);
        let code = unit.map(roster::code);
        let together = venues.iter().filter_map(|venue| {
            let label = fill(strings.venue_of_unit, &[venue.wording(), code?]);
            Some(item(label, all.clone(), Some(venue.id)))
        });
        let alone = venues.iter().map(|venue| {
            item(fill(strings.venue_of_one, &[venue.wording()]), vec![person.id], Some(venue.id))
        });
        let none = item(strings.venue_none.to_owned(), vec![person.id], None);
        let items = together.chain(alone).chain([none]).collect();
        self.show_picker(Picker::one(strings.action_choose_venue, items))
    }

    /// Ends the sitting that is on; between two of them, begins the next one.
    pub(super) fn turn_sitting(&mut self) -> Vec<Effect> {
        let adjourned = self.session().is_some_and(|seat| seat.figures.adjourned);
        if adjourned { self.begin_sitting() } else { self.end_sitting() }
    }

    fn end_sitting(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let new = self.ids.record();
        let Some(seat) = self.session() else { return Vec::new() };
        let on = sitting::current(&seat.board).or_else(|| sitting::next(&seat.board));
        let began =
            Session::of(&seat.board).and_then(Session::begins).map_or(self.now.hour(), |at| at.hour());
        let title = on.map_or_else(|| self.usual_sitting(began), |on| on.wording().to_owned());
        let sitting = on.map_or(new, |on| on.id);
        let key = self.key_name(Action::Sitting);
        self.say(Notice::info(fill(strings.notice_adjourned, &[&title.to_lowercase(), &key])));
        self.act_on_session(Command::EndSitting { sitting, title })
    }

    /// Begins the sitting that comes next, one that was prepared or a new one; its roll is called from now on.
    pub(super) fn begin_sitting(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let new = self.ids.record();
        let Some(seat) = self.session() else { return Vec::new() };
        let next = sitting::next(&seat.board);
        let title =
            next.map_or_else(|| self.usual_sitting(self.now.hour()), |next| next.wording().to_owned());
        let sitting = next.map_or(new, |next| next.id);
        self.say(Notice::info(fill(strings.notice_sitting, &[&title])));
        let effects = self.act_on_session(Command::BeginSitting { sitting, title });
        self.choose_sitting(sitting);
        effects
    }

    /// How a sitting is called in papers, which are Vietnamese, if it begins at an hour; where there is one of that name, with its date, on the same day with a number.
    fn usual_sitting(&self, hour: u32) -> String {
        let strings = Lang::Vietnamese.strings();
        let usual = match hour {
            ..12 => strings.sitting_morning,
            12..18 => strings.sitting_afternoon,
            _ => strings.sitting_evening,
        };
        let sittings = self.session().map(|seat| seat.board.of_kind(Kind::Sitting)).unwrap_or_default();
        let today = self.now.date_naive();
        let of_that_name = sittings.iter().filter(|sitting| sitting.wording().starts_with(usual));
        let is_today = |sitting: &&&Record| {
            let at = timing::began(sitting).or_else(|| timing::ended(sitting));
            at.is_none_or(|at| at.date_naive() == today)
        };
        match (of_that_name.clone().count(), of_that_name.filter(is_today).count()) {
            (0, _) => usual.to_owned(),
            (_, 0) => format!("{usual} {}", form::print_date(today)),
            (_, count) => format!("{usual} ({})", count + 1),
        }
    }
}
