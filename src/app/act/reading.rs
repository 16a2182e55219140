//! Reading back, freezing what was read, and closing with what is missing before one's eyes.

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        notice::Notice,
        panes::PaneId,
        session::SessionSeat,
    },
    document,
    domain::{
        closing::Missing,
        command::Command,
        ids::RecordId,
        kind::{Reading, SessionState},
        reading,
    },
    i18n::{Strings, fill},
    keymap::action::Action,
};

impl App {
    /// The selected paragraph is agreed to; on to the next that is still to be read.
    pub(super) fn agree(&mut self) -> Vec<Effect> {
        self.say_of_paragraph(|seat, record, words| {
            let record = seat.board.record(record)?;
            Some(seat.reading.agreement(record, words))
        })
    }

    /// The selected paragraph is left for later; on to the next.
    pub(super) fn leave_open(&mut self) -> Vec<Effect> {
        self.say_of_paragraph(|_, _, _| Some(Reading::Left))
    }

    fn say_of_paragraph(
        &mut self,
        how: impl Fn(&SessionSeat, RecordId, &str) -> Option<Reading>,
    ) -> Vec<Effect> {
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some((at, paragraph)) = seat.paragraph() else { return Vec::new() };
        let (record, words) = (paragraph.record, paragraph.words.clone());
        let Some(how) = how(seat, record, &words) else { return Vec::new() };
        seat.reading.said(record, &words);
        let next = seat.reading.next_unread(&seat.board, at);
        if let Some(next) = next {
            seat.select(next);
        }
        let stored = seat.board.record(record);
        let is_said = stored.is_some_and(|stored| {
            reading::reading(stored) == Some(how) && !reading::is_unread(stored, &words)
        });
        if next.is_none() {
            let key = self.key_name(Action::Freeze);
            self.say(Notice::info(fill(self.strings().read_back.all_read, &[&key])));
        }
        if is_said {
            return Vec::new();
        }
        self.act_on_session(Command::ReadBack { record, reading: how, words })
    }

    /// Freezes all paragraphs as they are.
    pub(super) fn freeze(&mut self) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let paragraphs: Vec<(RecordId, String)> =
            seat.reading.pairs().map(|(record, words)| (record, words.to_owned())).collect();
        let count = paragraphs.len().to_string();
        let unread = seat.reading.tally(&seat.board).unread.len();
        let effects = self.act_on_session(Command::Freeze { paragraphs });
        let words = &self.strings().read_back;
        let undo = self.key_name(Action::Undo);
        let told = if unread == 0 {
            fill(words.notice_frozen, &[&count])
        } else {
            fill(words.notice_frozen_unread, &[&count, &unread.to_string(), &undo])
        };
        self.say(Notice::info(told));
        effects
    }

    /// Closes the session; if something is missing, the chair sees it first and decides.
    pub(super) fn close_session(&mut self) -> Vec<Effect> {
        let close = Command::SetState { state: SessionState::Closed };
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let paragraphs = document::paragraphs(&seat.board);
        let pairs = paragraphs.iter().map(|paragraph| (paragraph.record, &*paragraph.words));
        let missing = told(strings, &Missing::of(&seat.board, pairs));
        let Some((first, go)) = missing.first().cloned() else { return self.act_on_session(close) };
        let way = format!("{}: {first}", strings.read_back.go_to_first);
        let mut items = vec![
            Item::new(way, go),
            Item::new(strings.read_back.close_anyway, Pick::Command(Box::new(close))),
        ];
        items.extend(missing.into_iter().map(|(words, go)| Item::new(words, go)));
        self.show_picker(Picker::one(strings.read_back.closing, items))
    }

    /// Shows what is missing where it can be put right.
    pub(super) fn go_to_missing(&mut self, pane: PaneId, record: RecordId) -> Vec<Effect> {
        let effects = self.show(pane);
        if let Some(seat) = self.session_mut() {
            seat.select(record);
        }
        effects
    }
}

/// What is missing, and the way to the first of each kind.
fn told(strings: &Strings, missing: &Missing) -> Vec<(String, Pick)> {
    let words = &strings.read_back;
    let lacking: Vec<RecordId> = missing.lacking.iter().map(|(record, _)| *record).collect();
    let all = [
        (words.missing_unclassified, &missing.unclassified, PaneId::Triage),
        (words.missing_speaker, &missing.without_speaker, PaneId::Speakers),
        (words.missing_answer, &missing.unanswered, PaneId::Difficulties),
        (words.missing_lints, &lacking, PaneId::Conclusions),
        (words.missing_reading, &missing.unread, PaneId::ReadBack),
    ];
    let told = |(words, records, pane): (&str, &Vec<RecordId>, PaneId)| {
        let first = records.first()?;
        Some((fill(words, &[&records.len().to_string()]), Pick::Missing(pane, *first)))
    };
    all.into_iter().filter_map(told).collect()
}
