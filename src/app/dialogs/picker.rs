//! A list that narrows as one types, accents aside: the palette, choices of a field, links, find, restore.

use crate::{
    app::{
        abbreviations::Layer,
        arrangement::Arrangement,
        editor::Editor,
        lobby::{CallerId, Wish},
        msg::ReadKeynote,
        panes::PaneId,
    },
    document::Paper,
    domain::{
        abbreviation::Table,
        change::WriteId,
        command::{Command, NewRecord},
        edit::Edit,
        ids::{ChangeId, RecordId, ScopeId},
    },
    i18n::{Strings, fill},
    keymap::action::Action,
    text::fold::fold,
};

/// What choosing an item does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Do an action.
    Action(Action),
    /// Give a field of a record a value.
    Edit {
        /// The record.
        record: RecordId,
        /// The field and its value.
        edit: Edit,
        /// The writes that the person saw in it; `None`: whatever is there when it is chosen.
        seen: Option<Vec<WriteId>>,
    },
    /// Submit a command.
    Command(Box<Command>),
    /// Say who speaks from now on, and who spoke in the lines before.
    Speaker {
        /// The unit; `None` is "not known yet".
        unit: Option<RecordId>,
        /// The person, if somebody said that.
        speaker: Option<RecordId>,
        /// How many lines before.
        before: usize,
    },
    /// Store the line that is typed, and put it under another record.
    Under {
        /// The other record.
        to: RecordId,
        /// How.
        how: Joining,
    },
    /// Type for whom the selected person is there.
    TypeWhom,
    /// Say which theme the chosen lines are about.
    Theme(Option<RecordId>),
    /// Call the roll of a sitting.
    Sitting(RecordId),
    /// Record that a venue lost its connection, or has it again.
    Connect(RecordId, bool),
    /// Add a sitting of that name, and call its roll.
    NewSitting(String),
    /// Begin to add what the pane offers at this place.
    Addition(usize),
    /// Go on with a text that was left half-typed, by its place among them.
    Kept(usize),
    /// Decide about a change that is not in effect.
    Proposal(ChangeId),
    /// Say whose text a field is to hold.
    Settle(Settle),
    /// Go on with all versions of a field, one after the other, by its place.
    Join(usize),
    /// Go to a record of this session.
    Go(RecordId),
    /// Look at a change among the others in the history.
    Change(ChangeId),
    /// Go to a link of the chain that is walked.
    Walk(RecordId),
    /// Go to what is missing, in the pane where it can be put right.
    Missing(PaneId, RecordId),
    /// Go into a folder.
    Folder(Wanted, String),
    /// Take in a file.
    File(Wanted, String),
    /// Look at the difficulties so.
    Arrange(Arrangement),
    /// An abbreviation, to do something with.
    Abbreviation {
        /// Whose.
        layer: Layer,
        /// The short form.
        short: String,
        /// What it stands for.
        long: String,
    },
    /// Type an abbreviation anew, beginning with this.
    TypeAbbreviation(String),
    /// Give a short form what it stands for, or nothing.
    Abbreviate {
        /// Whose.
        layer: Layer,
        /// The short form.
        short: String,
        /// What it stands for.
        long: Option<String>,
    },
    /// Take in the rows of an input method's table.
    Table {
        /// Whose they shall be.
        layer: Layer,
        /// The rows.
        entries: Table,
        /// How many lines were no rows.
        skipped: usize,
    },
    /// Give out a notebook to somebody of that name.
    Notebook(String),
    /// Copy papers and a backup to the stick at this path.
    Stick(String),
    /// Decide about somebody who came through the door.
    Caller(CallerId),
    /// Want something of the door.
    Door(Wish),
    /// Go on as before.
    Stay,
    /// Close the seat, and with it everybody else's.
    Quit,
    /// Create the units and people of a list.
    Roster {
        /// The session.
        scope: ScopeId,
        /// Those that are new.
        records: Vec<NewRecord>,
        /// What the list brings, in the person's language.
        report: Vec<String>,
    },
    /// Paste a text as it stands here.
    Paste(String),
    /// Take in a keynote as it stands here; where there is one, ask how it is meant.
    Keynote(ScopeId, Box<ReadKeynote>),
    /// Take in a keynote where there is one.
    Lay(Laying, ScopeId, Box<ReadKeynote>),
    /// Look at what a paper would say.
    Paper(Paper),
    /// Open a session, and go to a record of it.
    Session(ScopeId, Option<RecordId>),
}

impl Pick {
    /// Whether it gives a field of a record that value.
    pub fn edits(&self, of: RecordId, to: &Edit) -> bool {
        matches!(self, Self::Edit { record, edit, .. } if *record == of && edit == to)
    }
}

/// How a keynote is meant where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Laying {
    /// As a newer version of it.
    Over,
    /// As another one.
    Behind,
}

/// How a line is put under another record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// It says the same.
    Merge,
    /// It goes on where the other stops.
    Attach,
}

/// Whose text a field is to hold when two people wrote it at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settle {
    /// One's own.
    Mine,
    /// The other person's.
    Theirs,
    /// One after the other, to be edited further.
    Both,
}

/// An item of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What the list shows.
    pub label: String,
    /// What stands at its right: a key, a reason.
    pub aside: String,
    /// Whether it is marked as holding now.
    pub on: bool,
    /// Whether it can be chosen; `aside` says why not.
    pub enabled: bool,
    /// What it does.
    pub pick: Pick,
    folded: String,
}

impl Item {
    /// An item that can be chosen.
    pub fn new(label: impl Into<String>, pick: Pick) -> Self {
        let label = label.into();
        let folded = fold(&label);
        Self { label, aside: String::new(), on: false, enabled: true, pick, folded }
    }

    /// The same with something at its right.
    #[must_use]
    pub fn aside(self, aside: impl Into<String>) -> Self {
        Self { aside: aside.into(), ..self }
    }

    /// The same, marked.
    #[must_use]
    pub fn on(self, on: bool) -> Self {
        Self { on, ..self }
    }

    /// The same, shown but not to be chosen.
    #[must_use]
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }
}

/// What fills a list from outside as one types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remote {
    /// A search over all sessions.
    Search,
    /// The folder of the path that is typed, to find such a file.
    Files(Wanted),
    /// The abbreviations; they are at hand.
    Abbreviations,
    /// Whoever may take a notebook; they are at hand.
    Takers,
}

/// What a file is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A keynote.
    Keynote,
    /// The table of an input method's abbreviations.
    Table,
    /// A notebook or a backup.
    Changes,
    /// A list of units and people.
    List,
}

/// The list.
#[derive(Debug, Clone)]
pub struct Picker {
    /// The title.
    pub title: String,
    /// What is typed to narrow it.
    pub query: Editor,
    /// All items.
    pub items: Vec<Item>,
    /// The places of the items that match what is typed, the best first.
    found: Vec<usize>,
    /// The selected place among the matching items.
    pub selected: usize,
    /// Whether choosing leaves the list open, as for sets.
    pub many: bool,
    /// Whether its items come from outside, and from where.
    pub remote: Option<Remote>,
    /// The number of the last question outside.
    pub generation: u64,
    /// Whether the last key went to what narrows the list.
    narrows: bool,
    /// Whether Space has chosen something since anything was typed.
    chose: bool,
}

impl Picker {
    /// A list in which one item is chosen; the selection begins on the item that holds now.
    pub fn one(title: impl Into<String>, items: Vec<Item>) -> Self {
        let selected = items.iter().position(|item| item.on).unwrap_or(0);
        let (title, query, found) = (title.into(), Editor::line(), (0..items.len()).collect());
        Self {
            title,
            query,
            items,
            found,
            selected,
            many: false,
            remote: None,
            generation: 0,
            narrows: false,
            chose: false,
        }
    }

    /// A list in which several items are chosen.
    pub fn many(title: impl Into<String>, items: Vec<Item>) -> Self {
        Self { many: true, selected: 0, ..Self::one(title, items) }
    }

    /// A list that is filled from outside.
    pub fn remote(title: impl Into<String>, remote: Remote) -> Self {
        Self { remote: Some(remote), ..Self::one(title, Vec::new()) }
    }

    /// Gives the list other items; a selection that was moved stays on its item if that is still there.
    pub fn fill(&mut self, items: Vec<Item>) {
        let moved = self.chosen().filter(|_| self.selected > 0).map(|item| item.pick.clone());
        self.items = items;
        self.narrow();
        let still = moved.and_then(|pick| self.matching().position(|item| item.pick == pick));
        self.selected = still.unwrap_or(0);
    }

    /// Finds the items that match what is typed: every word of it, accents aside; exact matches first.
    pub fn narrow(&mut self) {
        self.selected = 0;
        self.narrows = !self.query.is_empty();
        self.chose = false;
        self.found = (0..self.items.len()).collect();
        if self.remote.is_some() {
            return;
        }
        let query = self.query.text_nfc().to_lowercase();
        let folded = fold(&query);
        let words: Vec<&str> = folded.split(' ').collect();
        let item = |at: usize| self.items.get(at);
        let fits =
            |at: &usize| item(*at).is_some_and(|item| words.iter().all(|word| item.folded.contains(word)));
        self.found.retain(fits);
        if query != folded {
            let exact =
                |at: &usize| item(*at).is_some_and(|item| item.label.to_lowercase().contains(query.trim()));
            self.found.sort_by_key(|at| !exact(at));
        }
    }

    /// The items that match what is typed.
    pub fn matching(&self) -> impl Iterator<Item = &Item> {
        self.found.iter().filter_map(|at| self.items.get(*at))
    }

    /// What the list says while nothing is found: where files are looked for, which, and how to look elsewhere.
    pub fn nothing(&self, strings: &Strings) -> String {
        let words = &strings.import;
        let wanted = match self.remote {
            Some(Remote::Files(Wanted::Keynote)) => words.wants_keynote,
            Some(Remote::Files(Wanted::Table)) => words.wants_table,
            Some(Remote::Files(Wanted::Changes)) => words.wants_changes,
            Some(Remote::Files(Wanted::List)) => words.wants_list,
            _ if self.query.is_empty() => return String::new(),
            _ => return strings.empty_list.to_owned(),
        };
        fill(words.no_files, &[wanted])
    }

    /// How many match.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The selected item.
    pub fn chosen(&self) -> Option<&Item> {
        self.items.get(*self.found.get(self.selected)?)
    }

    /// Whether Space chooses: where several are chosen, and not as part of what is just being typed.
    pub fn takes_space(&self) -> bool {
        self.many && !self.narrows
    }

    /// Space chooses.
    pub fn space(&mut self) {
        self.chose = self.many;
    }

    /// Whether Enter says that all is chosen: whoever chose by Space does not mean to take the last one back by it.
    pub fn is_done_by_enter(&self) -> bool {
        self.chose
    }

    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        self.narrows &= by == 0;
        let last = self.found.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn picker(query: &str) -> Picker {
        let labels = ["Khó khăn, vướng mắc", "Kết luận", "Khôi phục", "Đưa lên"];
        let items = labels.map(|label| Item::new(label, Pick::Action(Action::Help))).to_vec();
        let mut picker = Picker { query: Editor::line().with_text(query), ..Picker::one("Lệnh", items) };
        picker.narrow();
        picker
    }

    #[test]
    fn the_list_narrows_accents_aside() {
        let labels = |query: &str| picker(query).matching().map(|i| i.label.clone()).collect::<Vec<_>>();
        assert_eq!(labels("kho"), ["Khó khăn, vướng mắc", "Khôi phục"]);
        assert_eq!(labels("dua len"), ["Đưa lên"]);
        assert_eq!(labels("khôi"), ["Khôi phục"]);
        assert_eq!(labels("xyz").len(), 0);
        assert_eq!(labels("").len(), 4);
    }

    #[test]
    fn what_is_typed_with_accents_stands_first() {
        assert_eq!(picker("khô").chosen().map(|item| item.label.as_str()), Some("Khôi phục"));
    }

    #[test]
    fn a_moved_selection_stays_on_its_item_when_more_are_found() {
        let item = |label: &str, n| Item::new(label, Pick::Go(RecordId(n)));
        let mut picker = Picker::remote("Tìm", Remote::Search);
        picker.fill(vec![item("một", 1), item("hai", 2)]);
        picker.step(1);
        picker.fill(vec![item("ba", 3), item("một", 1), item("hai", 2)]);
        assert_eq!(picker.chosen().map(|item| item.label.as_str()), Some("hai"));
        picker.fill(vec![item("bốn", 4)]);
        assert_eq!(picker.selected, 0);
    }

    #[test]
    fn where_no_file_is_found_it_says_which_are_looked_for_and_that_a_path_can_be_typed() {
        for (lang, path) in [(Lang::Vietnamese, "Gõ đường dẫn"), (Lang::English, "Type a path")] {
            let strings = lang.strings();
            let said = |remote| Picker::remote("", remote).nothing(strings);
            let wanted = [Wanted::Keynote, Wanted::Table, Wanted::Changes, Wanted::List];
            let said_of = wanted.map(|wanted| said(Remote::Files(wanted)));
            let named = ["DOCX", "UniKey", "hoinghi", "CSV"];
            for (said, name) in said_of.iter().zip(named) {
                assert!(said.contains(name) && said.contains(path), "{said}");
            }
            assert_eq!(said(Remote::Search), "", "nothing was looked for yet");
            let search =
                Picker { query: Editor::line().with_text("kho"), ..Picker::remote("", Remote::Search) };
            assert_eq!(search.nothing(strings), strings.empty_list);
        }
    }

    #[test]
    fn the_selection_stays_inside() {
        let mut picker = picker("kho");
        picker.step(10);
        assert_eq!(picker.selected, 1);
        picker.step(-10);
        assert_eq!(picker.selected, 0);
    }
}
