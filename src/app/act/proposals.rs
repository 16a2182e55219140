//! Changes that are not in effect: late ones, and proposals of people who are not admitted. One list, and a verdict on one or all.

use std::collections::BTreeMap;

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
    },
    domain::{
        board::Board,
        change::{Author, Body, Change},
        command::Command,
        field,
        ids::ChangeId,
        policy::Role,
        rulings::{self, Aside},
    },
    i18n::{self, Lang, Strings, fill},
};

/// How many changes one verdict on all takes: its line has to stay within what a line may hold.
const AT_ONCE: usize = 20_000;

/// The changes to decide about that can still be read, and why they are not in effect.
fn aside(board: &Board) -> impl Iterator<Item = (&Change, Aside)> {
    let all = board.aside().map(|(change, why)| (change.as_ref(), why));
    all.filter(|(change, _)| change.body != Body::Erased && !board.is_erased(change))
}

/// How many wait for a verdict.
pub(in crate::app) fn waiting(board: &Board) -> usize {
    aside(board).filter(|(_, why)| *why != Aside::Declined).count()
}

impl App {
    pub(super) fn ask_proposals(&mut self) -> Vec<Effect> {
        let (lang, strings) = (self.lang, self.strings());
        let Some(seat) = self.session() else { return Vec::new() };
        let open: Vec<ChangeId> = aside(&seat.board)
            .filter(|(_, why)| *why != Aside::Declined)
            .map(|(change, _)| change.id)
            .take(AT_ONCE)
            .collect();
        let mut items = Vec::new();
        if !open.is_empty() {
            items.extend(verdicts_on_all(strings, open));
        }
        items.extend(accept_of_each(strings, &seat.board));
        let (declined, waiting): (Vec<_>, Vec<_>) =
            aside(&seat.board).partition(|(_, why)| *why == Aside::Declined);
        let listed = waiting.into_iter().chain(declined);
        items.extend(listed.map(|(change, why)| item(lang, &seat.board, change, why)));
        self.show_picker(Picker::one(strings.action_proposals, items))
    }

    /// What can be done with one of them.
    pub(super) fn ask_verdict(&mut self, id: ChangeId) -> Vec<Effect> {
        let (lang, strings) = (self.lang, self.strings());
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(change) = seat.board.change(id) else { return Vec::new() };
        let title = proposal(lang, &seat.board, change);
        let author = change.header.author.clone();
        let mut items = Vec::new();
        if rulings::is_acceptable(&seat.board, change) {
            items.push(give(strings.proposal_accept, Command::Accept { changes: vec![id] }));
        }
        if seat.board.aside_of(id) != Some(Aside::Declined) {
            items.push(give(strings.proposal_decline, Command::Decline { changes: vec![id] }));
        }
        if seat.board.aside_of(id) == Some(Aside::Proposed) {
            let admit = Command::Admit { person: author.person, role: Role::NoteTaker };
            items.push(give(fill(strings.proposal_admit, &[&author.name]), admit));
        }
        self.show_picker(Picker::one(title, items))
    }
}

fn give(label: impl Into<String>, command: Command) -> Item {
    Item::new(label, Pick::Command(Box::new(command)))
}

fn verdicts_on_all(strings: &Strings, open: Vec<ChangeId>) -> [Item; 2] {
    let count = open.len().to_string();
    let accept = Command::Accept { changes: open.clone() };
    let decline = Command::Decline { changes: open };
    [
        give(fill(strings.proposal_accept_all, &[&count]), accept),
        give(fill(strings.proposal_decline_all, &[&count]), decline),
    ]
}

/// Where several people wait, all that one of them brought.
fn accept_of_each(strings: &Strings, board: &Board) -> Vec<Item> {
    let mut people: BTreeMap<Author, Vec<ChangeId>> = BTreeMap::new();
    for (change, _) in aside(board).filter(|(_, why)| *why != Aside::Declined) {
        people.entry(change.header.author.clone()).or_default().push(change.id);
    }
    if people.len() < 2 {
        return Vec::new();
    }
    let of_one = |(author, mut changes): (Author, Vec<ChangeId>)| {
        changes.truncate(AT_ONCE);
        let label = fill(strings.proposal_accept_of, &[&author.name, &changes.len().to_string()]);
        give(label, Command::Accept { changes })
    };
    people.into_iter().map(of_one).collect()
}

fn item(lang: Lang, board: &Board, change: &Change, why: Aside) -> Item {
    let strings = lang.strings();
    let why = match why {
        Aside::Late => strings.proposal_late,
        Aside::Proposed => strings.proposal_outside,
        Aside::Declined => strings.proposal_declined,
    };
    Item::new(proposal(lang, board, change), Pick::Proposal(change.id)).aside(why)
}

/// What a change would do, with the words that it would bring.
fn proposal(lang: Lang, board: &Board, change: &Change) -> String {
    let sentence = i18n::sentence(lang, board, change);
    let words = change.writes().iter().find(|write| [field::TEXT, field::TITLE].contains(&write.field));
    match words.and_then(|write| write.value.as_text()) {
        Some(words) if !sentence.contains(words) => format!("{sentence}: “{words}”"),
        _ => sentence,
    }
}
