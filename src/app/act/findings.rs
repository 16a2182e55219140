//! One list of everything that a board's views find, and the way to each.

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        notice::Notice,
        session::SessionSeat,
        versions,
    },
    domain::{
        finding::{self, Finding},
        ids::RecordId,
        kind::Kind,
    },
    i18n::Strings,
    keymap::action::Action,
};

use super::listed_in;

impl App {
    /// Shows what is found; Enter goes there.
    pub(super) fn show_findings(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let mut found: Vec<Finding> = finding::to_look_at(&seat.board);
        found.retain(|finding| is_for_people(seat, finding));
        found.sort_by_key(rank);
        if found.is_empty() {
            self.close_dialog();
            self.say(Notice::info(strings.following.nothing_found));
            return Vec::new();
        }
        let items = found.iter().map(|finding| item(strings, seat, finding)).collect();
        let title = format!("{} · {}", strings.following.findings, found.len());
        self.show_picker(Picker::one(title, items))
    }
}

/// What is about a record that this seat may not see, or a field that no person reads, is nobody's question here.
fn is_for_people(seat: &SessionSeat, finding: &Finding) -> bool {
    let silent = matches!(finding, Finding::Contested { field, .. } if versions::is_silent(field));
    let record = place(finding).and_then(|id| seat.board.record(id));
    !silent && record.is_none_or(|record| seat.may_see(record))
}

/// What is broken stands before what people wrote at odds, and that before what is not finished.
fn rank(finding: &Finding) -> u8 {
    match finding {
        Finding::SealBroken { .. } | Finding::Gap(_) | Finding::Fork(_) => 0,
        Finding::UnknownChanges(_) | Finding::UnknownKind(_) | Finding::Waiting(_) => 1,
        Finding::Contested { .. } | Finding::SameNumber { .. } | Finding::SignedTwice(_) => 2,
        Finding::MergeCircle(_) | Finding::ChainCircle(_) | Finding::Dangling { .. } => 3,
        Finding::SpeechesOverlap(..) | Finding::EndsBeforeItBegins(_) => 4,
        Finding::Lint { .. } => 5,
        Finding::OfNobody(_) => 6,
        Finding::Unanswered(_) => 7,
        Finding::Loose(_) => 8,
    }
}

/// The record to go to; the younger one of two.
fn place(finding: &Finding) -> Option<RecordId> {
    match finding {
        Finding::Contested { record, .. }
        | Finding::Dangling { record, .. }
        | Finding::Lint { record, .. }
        | Finding::MergeCircle(record)
        | Finding::ChainCircle(record)
        | Finding::UnknownKind(record)
        | Finding::SignedTwice(record)
        | Finding::SpeechesOverlap(_, record)
        | Finding::EndsBeforeItBegins(record)
        | Finding::OfNobody(record)
        | Finding::Unanswered(record)
        | Finding::Loose(record) => Some(*record),
        Finding::SameNumber { records, .. } => records.last().copied(),
        Finding::Gap(_)
        | Finding::Fork(_)
        | Finding::UnknownChanges(_)
        | Finding::Waiting(_)
        | Finding::SealBroken { .. } => None,
    }
}

fn item(strings: &Strings, seat: &SessionSeat, finding: &Finding) -> Item {
    let record = place(finding).and_then(|id| seat.board.record(id));
    let what = strings.finding(finding);
    let label = record.map(|record| format!("{what}: {}", listed_in(strings, seat, record)));
    let label = label.unwrap_or(what);
    match (record, finding::change_of(&seat.board, finding)) {
        (Some(record), _) if record.kind().is_some_and(|kind| kind != Kind::Pause) => {
            Item::new(label, Pick::Go(record.id))
        }
        (_, Some(change)) => Item::new(label, Pick::Change(change)).aside(strings.action_session_history),
        _ if matches!(finding, Finding::Waiting(_)) => Item::new(label, Pick::Action(Action::Proposals)),
        _ => Item::new(label, Pick::Action(Action::SayState)).enabled(false).aside(strings.following.doctor),
    }
}
