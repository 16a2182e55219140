//! A seat in one session: which pane, what is selected, what is being typed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    arrangement::{self, Arrangement, Filter},
    capture::CaptureLine,
    field_edit::{FieldEdit, Target},
    figures::Figures,
    form::{self, Spec},
    listing,
    nearest::Nearest,
    panes::{Addition, PaneId, Row, chain, conclusions, difficulties, follow_up, triage},
    radar::Similar,
    reading::ReadBack,
    roll_call::open_field,
    rows::RowWords,
    twins::{self, Twins},
};
use crate::{
    domain::{
        board::Board,
        change::{Field, WriteId},
        field,
        gathering::Under,
        ids::{RecordId, ScopeId},
        kind::Kind,
        plan,
        record::Record,
        session::Session,
        speech::Heard,
    },
    i18n::{Lang, Strings},
};

/// Where keys go in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Focus {
    /// The list of the pane.
    #[default]
    List,
    /// A field of the selected record, by its place among the fields.
    Detail(usize),
    /// The text of a field.
    Editing,
    /// The capture line.
    Capture,
}

/// The list of a pane: what is selected, and how far it is scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct List {
    /// The selected record.
    pub selected: Option<RecordId>,
    /// The place of the selected row when it was last seen, for when the record goes away.
    pub at: usize,
    /// The first row shown.
    pub top: usize,
    /// A record that is on its way and will be selected.
    pub awaited: Option<RecordId>,
}

/// A seat in a session.
#[derive(Debug, Clone)]
pub struct SessionSeat {
    /// The shared board.
    pub board: Arc<Board>,
    /// The off-record bodies that this seat may see.
    pub private: Arc<Board>,
    /// The pane shown.
    pub pane: PaneId,
    /// The pane with a tab that was shown last: where one comes back to from the others.
    pub behind: PaneId,
    /// The list of each pane.
    pub lists: BTreeMap<PaneId, List>,
    /// The rows of the pane shown.
    pub rows: Vec<Row>,
    /// What the rows in view say, by their places.
    pub words: BTreeMap<usize, RowWords>,
    /// In which language they say it.
    pub(super) worded_in: Option<Lang>,
    /// Where keys go.
    pub focus: Focus,
    /// Where keys went before the capture line was opened.
    pub before_capture: Focus,
    /// The capture line.
    pub capture: CaptureLine,
    /// The text being typed into a field.
    pub editing: Option<FieldEdit>,
    /// Texts that were left half-typed.
    pub kept: Vec<FieldEdit>,
    /// Rows marked for merging and the like.
    pub marked: BTreeSet<RecordId>,
    /// The line captured last.
    pub captured: Option<RecordId>,
    /// The sitting whose roll is called, if somebody chose one.
    pub chosen_sitting: Option<RecordId>,
    /// Which units have spoken.
    heard: Heard,
    /// What is counted on the board.
    pub figures: Figures,
    /// What says nearly the same as the capture line.
    pub similar: Similar,
    /// How the difficulties are looked at.
    pub arrangement: Arrangement,
    /// What says nearly the same as the selected line of the triage.
    pub nearest: Nearest,
    /// The lines that two note-takers wrote, as the triage shows them.
    pub twins: Twins,
    /// The records whose chains were looked at one after the other, the present one last.
    pub trail: Vec<RecordId>,
    /// Where the first of them was selected.
    pub(super) trail_from: PaneId,
    /// The paragraphs that are read back, while they are.
    pub reading: ReadBack,
    /// The page that the room sees, while this seat shows it.
    pub projected: Option<usize>,
    /// The day on which it is seen what is overdue.
    today: NaiveDate,
}

impl SessionSeat {
    /// A seat at the difficulties of a session.
    pub fn new(board: Arc<Board>, private: Arc<Board>) -> Self {
        let heard = Heard::of(&board);
        let mut seat = Self {
            figures: Figures::of(&board, &heard),
            heard,
            similar: Similar::default(),
            twins: Twins::new(),
            nearest: Nearest::default(),
            trail: Vec::new(),
            trail_from: PaneId::Difficulties,
            arrangement: Arrangement::default(),
            reading: ReadBack::default(),
            board,
            private,
            pane: PaneId::Difficulties,
            behind: PaneId::Difficulties,
            lists: BTreeMap::new(),
            rows: Vec::new(),
            words: BTreeMap::new(),
            worded_in: None,
            focus: Focus::List,
            before_capture: Focus::List,
            capture: CaptureLine::default(),
            editing: None,
            kept: Vec::new(),
            marked: BTreeSet::new(),
            captured: None,
            chosen_sitting: None,
            projected: None,
            today: NaiveDate::MIN,
        };
        seat.refresh();
        seat
    }

    /// Whether nothing is chosen, typed or turned to.
    pub(super) fn is_as_begun(&self) -> bool {
        let List { at, top, .. } = self.list();
        let is_written = !self.capture.editor.is_empty() || self.editing.is_some() || !self.kept.is_empty();
        self.pane == PaneId::Difficulties
            && self.focus == Focus::List
            && (at, top) == (0, 0)
            && self.arrangement == Arrangement::default()
            && self.projected.is_none()
            && self.marked.is_empty()
            && !is_written
    }

    /// The scope.
    pub fn scope(&self) -> ScopeId {
        self.board.scope()
    }

    /// Takes a new board: rows follow it, or are computed again, and the selection stays on its record.
    pub fn publish(&mut self, board: Arc<Board>, private: Arc<Board>) {
        self.heard = std::mem::take(&mut self.heard).followed(&self.board, &board);
        self.figures = Figures::of(&board, &self.heard);
        let older = std::mem::replace(&mut self.board, board);
        let sees_the_same = Arc::ptr_eq(&self.private, &private);
        self.private = private;
        if !(sees_the_same && self.follow_board(&older)) {
            self.rows = self.computed_rows();
        }
        self.settle();
    }

    /// Brings the rows from an older board to this one; whether that was possible without computing them anew.
    fn follow_board(&mut self, older: &Board) -> bool {
        let kinds = match self.pane {
            PaneId::Difficulties if self.arrangement == Arrangement::default() => &arrangement::KINDS[..],
            PaneId::Conclusions => &conclusions::KINDS[..],
            _ => return false,
        };
        let mut rows = std::mem::take(&mut self.rows);
        let seen = |board: &Board, id| board.record(id).is_some_and(|record| self.may_see(record));
        let followed = listing::follow(&mut rows, kinds, (older, &self.board), seen);
        self.rows = rows;
        followed
    }

    /// Shows a pane; a text being typed into a field is put away.
    pub fn show(&mut self, pane: PaneId) {
        self.keep_editing();
        self.pane = pane;
        if PaneId::TABS.contains(&pane) {
            self.behind = pane;
        }
        self.focus = Focus::List;
        self.marked.clear();
        if pane != PaneId::Chain {
            self.trail.clear();
        }
        self.refresh();
    }

    /// Shows the chain around a record, and remembers the way there; without one, what hangs loose.
    pub fn look_around(&mut self, record: Option<RecordId>) {
        if self.pane != PaneId::Chain {
            self.trail.clear();
            self.trail_from = self.pane;
        }
        self.trail.extend(record.filter(|id| self.trail.last() != Some(id)));
        self.show(PaneId::Chain);
        if let Some(record) = record {
            self.select(record);
        }
    }

    /// One step back on the way along chains; at its beginning, to where it was begun.
    pub(super) fn look_back(&mut self) {
        let first = self.trail.pop();
        if let Some(before) = self.trail.last().copied() {
            self.show(PaneId::Chain);
            self.select(before);
            return;
        }
        self.show(self.trail_from);
        if let Some(first) = first {
            self.select(first);
        }
    }

    /// Takes the day, on which it depends what is overdue; whether the rows are others now.
    pub(super) fn note_day(&mut self, today: NaiveDate) -> bool {
        let turns = std::mem::replace(&mut self.today, today) != today && self.pane == PaneId::FollowUp;
        if turns {
            self.refresh();
        }
        turns
    }

    /// Whether captured lines are being sorted: in the triage, or where several are marked.
    pub(super) fn sorts_lines(&self) -> bool {
        let is_line = |record: &Record| record.kind().is_some_and(|kind| Kind::CAPTURED.contains(&kind));
        let chosen = self.pane == PaneId::Triage || !self.marked.is_empty();
        self.focus == Focus::List && chosen && self.selected().is_some_and(is_line)
    }

    /// Whether a text is being typed here.
    pub(super) fn is_busy(&self) -> bool {
        matches!(self.focus, Focus::Editing | Focus::Capture)
    }

    /// Computes the rows and settles the selection: on its record, else on the row nearest to where it was.
    pub fn refresh(&mut self) {
        self.rows = self.computed_rows();
        self.settle();
    }

    fn computed_rows(&mut self) -> Vec<Row> {
        let rows = match self.pane {
            PaneId::Triage => {
                self.twins = twins::of(&self.board);
                triage::rows(&self.board, &self.twins)
            }
            PaneId::Chain => chain::rows(&self.board, self.trail.last().copied()),
            PaneId::FollowUp => follow_up::rows(&self.board, self.today),
            PaneId::Difficulties => difficulties::rows(&self.board, &self.arrangement),
            pane => pane.rows(&self.board),
        };
        self.visible(rows)
    }

    fn settle(&mut self) {
        if self.pane == PaneId::ReadBack {
            self.reading.look(&self.board);
        }
        self.words.clear();
        self.capture.note_floor(&self.board);
        let list = self.list();
        let arrived = list.awaited.and_then(|id| self.place_of(id));
        let awaited = list.awaited.filter(|_| arrived.is_none());
        let place = arrived.or_else(|| list.selected.and_then(|id| self.place_of(id)));
        let at = place.or_else(|| self.nearest(list.at));
        let selected = at.and_then(|at| self.rows.get(at)).and_then(|row| row.record());
        self.lists.insert(self.pane, List { selected, at: at.unwrap_or(0), top: list.top, awaited });
        let kept = selected == list.selected;
        self.focus = self.existing(self.focus, kept);
        self.before_capture = self.existing(self.before_capture, kept);
        let board = &self.board;
        self.marked.retain(|id| board.record(*id).is_some_and(|record| !record.is_removed()));
    }

    /// Rows without those of lines off the record that this seat may not see, and without headings over nothing.
    fn visible(&self, mut rows: Vec<Row>) -> Vec<Row> {
        let is_hidden = |row: &Row| {
            let record = row.record().and_then(|id| self.board.record(id));
            record.is_some_and(|record| !self.may_see(record))
        };
        if rows.iter().any(is_hidden) {
            rows.retain(|row| !is_hidden(row));
            let below = rows.iter().skip(1).map(|row| row.record().is_some()).chain([false]);
            let kept: Vec<bool> =
                rows.iter().zip(below).map(|(row, leads)| row.record().is_some() || leads).collect();
            let mut kept = kept.into_iter();
            rows.retain(|_| kept.next().unwrap_or(true));
        }
        rows
    }

    /// Whether this seat may see what a record says.
    pub fn may_see(&self, record: &Record) -> bool {
        let body = || self.private.record(record.id);
        !record.is_off_record() || body().is_some_and(|body| !body.wording().is_empty())
    }

    /// A focus that still names something: a field only of the record it was a field of.
    fn existing(&self, focus: Focus, same_record: bool) -> Focus {
        match (focus, self.specs().len().checked_sub(1)) {
            (Focus::Detail(at), Some(last)) if same_record => Focus::Detail(at.min(last)),
            (Focus::Detail(_), _) => Focus::List,
            (Focus::Editing, _) if self.editing.is_none() => Focus::List,
            (other, _) => other,
        }
    }

    /// The list of the pane shown.
    pub fn list(&self) -> List {
        self.lists.get(&self.pane).copied().unwrap_or_default()
    }

    pub(super) fn place_of(&self, id: RecordId) -> Option<usize> {
        let here = self.list().at;
        let is_here = self.rows.get(here).is_some_and(|row| row.record() == Some(id));
        if is_here { Some(here) } else { listing::place_of(&self.rows, id) }
    }

    fn is_selectable(&self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|row| row.record().is_some())
    }

    /// The selectable row nearest to a place; headings never stand together, so a look to each side is enough.
    fn nearest(&self, place: usize) -> Option<usize> {
        let place = place.min(self.rows.len().checked_sub(1)?);
        let either = |by: usize| [place.checked_sub(by), Some(place + by)].into_iter().flatten();
        (0..=self.rows.len()).flat_map(either).find(|at| self.is_selectable(*at))
    }

    /// The selected record.
    pub fn selected(&self) -> Option<&Record> {
        self.board.record(self.list().selected?)
    }

    /// Selects a record of the pane shown.
    pub fn select(&mut self, id: RecordId) {
        if let Some(at) = self.place_of(id) {
            self.select_row(at);
        }
    }

    fn select_row(&mut self, at: usize) {
        let selected = self.rows.get(at).and_then(|row| row.record());
        let list = self.list();
        self.lists.insert(self.pane, List { selected, at, awaited: None, ..list });
    }

    /// Selects a record of the pane as soon as it is there.
    pub fn await_selection(&mut self, id: RecordId) {
        let list = self.list();
        self.lists.insert(self.pane, List { awaited: Some(id), ..list });
    }

    /// Moves the selection by rows that can be selected, at the cost of the rows passed and not of the list.
    pub fn step(&mut self, by: isize) {
        let now = Some(self.list().at).filter(|at| self.is_selectable(*at)).or_else(|| self.nearest(0));
        let Some(now) = now else { return };
        let far = by.unsigned_abs();
        let last = if by < 0 {
            (0..now).rev().filter(|at| self.is_selectable(*at)).take(far).last()
        } else {
            (now + 1..self.rows.len()).filter(|at| self.is_selectable(*at)).take(far).last()
        };
        self.select_row(last.unwrap_or(now));
    }

    /// Scrolls as little as possible so that the selection is among `height` rows, and its heading if it has one above; while
    /// lines are captured, the one captured last. Below the last row no row stays empty that another could fill. A list that is not
    /// shown stays as it was. The first row that is shown.
    pub fn follow(&mut self, height: usize) -> usize {
        let mut list = self.list();
        if height == 0 {
            return list.top;
        }
        let captured = self.captured.filter(|_| self.focus == Focus::Capture);
        let at = captured.and_then(|id| self.place_of(id)).unwrap_or(list.at);
        let has_heading = at > 0 && self.rows.get(at - 1).is_some_and(|row| row.record().is_none());
        let first = at - usize::from(has_heading);
        let full = self.rows.len().saturating_sub(height);
        list.top = list.top.min(first).min(full).max((at + 1).saturating_sub(height));
        self.lists.insert(self.pane, list);
        list.top
    }

    /// Whether a field is edited from the details: a text that is read back is edited from where it is read.
    pub(super) fn edits_in_details(&self, at: usize) -> bool {
        self.pane != PaneId::ReadBack || at > 0
    }

    /// Whether a field is the one that Enter takes behind a mark of the roll call: then the list has the focus again, for the next person.
    pub(super) fn was_asked_by_mark(&self, field: &Field) -> bool {
        let asked = self.selected().and_then(|person| open_field(self.slot(), person));
        self.pane == PaneId::RollCall && asked.as_ref() == Some(field)
    }

    /// The fields of the selected record.
    pub fn specs(&self) -> Vec<Spec> {
        self.selected().map(|record| self.specs_of(record)).unwrap_or_default()
    }

    /// The fields of a record; those of attendance at the sitting whose roll is called, a theme where there are several.
    pub fn specs_of(&self, record: &Record) -> Vec<Spec> {
        let mut specs = form::specs_of(record, self.slot());
        let several = self.board.of_kind(Kind::Theme).len() > 1;
        specs.retain(|spec| several || spec.field != field::THEME);
        specs
    }

    /// What can be added to the pane shown.
    pub fn additions(&self) -> Vec<Addition> {
        self.pane.additions(&self.board, self.selected(), self.slot())
    }

    /// A moment on the day of the session, if that is known.
    pub fn on_its_day(&self, now: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        let date = Session::of(&self.board).and_then(Session::date);
        let moment =
            date.and_then(|date| date.and_time(now.time()).and_local_timezone(*now.offset()).single());
        moment.unwrap_or(now)
    }

    /// Where a field of a record is kept: on the private board for what is off the record.
    pub fn holder(&self, id: RecordId, field: &Field) -> Option<&Record> {
        let record = self.board.record(id)?;
        let hidden = record.is_off_record() && !plan::STUB.contains(field);
        let body = self.private.record(id).filter(|_| hidden);
        Some(body.unwrap_or(record))
    }

    /// The writes of the field that an edit is about.
    pub fn seen(&self, edit: &FieldEdit) -> Vec<WriteId> {
        let field = &edit.spec.field;
        self.holder(edit.target.record(), field).map(|holder| holder.seen(field)).unwrap_or_default()
    }

    /// What is stored in the field that an edit is about.
    pub fn stored(&self, edit: &FieldEdit, strings: &Strings) -> String {
        let holder = self.holder(edit.target.record(), &edit.spec.field);
        holder.map(|holder| form::show(&self.board, holder, &edit.spec, strings)).unwrap_or_default()
    }

    /// Begins to type into a field; what was being typed elsewhere is put away.
    pub fn begin(&mut self, edit: FieldEdit) {
        self.keep_editing();
        self.editing = Some(edit);
        self.focus = Focus::Editing;
    }

    /// Takes back a text that could not be stored: into its editor if the person is still there and types nothing else.
    pub fn give_back(&mut self, mut edit: FieldEdit, stale: bool) {
        edit.stale = stale;
        let elsewhere = match edit.target {
            Target::New { .. } => false,
            Target::Existing(record) | Target::Split(record) => self.list().selected != Some(record),
        };
        if elsewhere || matches!(self.focus, Focus::Editing | Focus::Capture) {
            self.kept.push(edit);
        } else {
            self.begin(edit);
        }
    }

    /// Goes to a record, or to the one that stands for it: to the first pane that shows it.
    pub fn go(&mut self, id: RecordId) {
        let id = self.shown_for(id);
        if let Some(pane) = self.pane_of(id) {
            self.show(pane);
            if self.place_of(id).is_none() {
                self.arrangement.filter = Filter::All;
                self.refresh();
            }
            self.select(id);
        }
    }

    /// The pane that lists a record: this one rather than another.
    pub(super) fn pane_of(&self, id: RecordId) -> Option<PaneId> {
        let order = [PaneId::Difficulties, PaneId::Conclusions, PaneId::Agenda, PaneId::Keynote];
        let mut panes = std::iter::once(self.pane).chain(order).chain(PaneId::ALL.iter().copied());
        panes.find(|pane| pane.rows(&self.board).iter().any(|row| row.record() == Some(id)))
    }

    /// The difficulty that says nearly what is typed in the capture line, as the list shows it.
    pub fn near(&self) -> Option<&Record> {
        let record = self.board.record(self.shown_for(self.similar.near()?))?;
        Some(record).filter(|record| !record.is_removed() && !record.is_off_record())
    }

    /// Whether some of the lines that would stand in the list shown are not seen.
    pub fn is_filtered(&self) -> bool {
        self.pane == PaneId::Difficulties && self.arrangement.filter != Filter::All
    }

    /// The line in which another note-taker wrote what the selected one says.
    pub fn twin(&self) -> Option<&Record> {
        let twin = self.twins.get(&self.list().selected?).filter(|_| self.pane == PaneId::Triage)?;
        self.board.record(*twin)
    }

    /// The record under which a merged or attached one is shown.
    pub(super) fn shown_for(&self, id: RecordId) -> RecordId {
        let above = |id: &RecordId| self.board.under(*id).map(Under::record);
        std::iter::successors(Some(id), above).last().unwrap_or(id)
    }

    /// Puts the text being typed away, if it differs from what is stored; whether something was kept.
    pub fn keep_editing(&mut self) -> bool {
        let Some(edit) = self.editing.take() else { return false };
        let changed = edit.is_changed();
        self.kept.retain(|kept| !kept.is_like(&edit) || kept.editor.text() != edit.editor.text());
        if changed {
            self.kept.push(edit);
        }
        changed
    }

    /// Whether a line is being cut.
    pub fn is_splitting(&self) -> bool {
        let is_split = |edit: &FieldEdit| matches!(edit.target, Target::Split(_));
        self.focus == Focus::Editing && self.editing.as_ref().is_some_and(is_split)
    }

    /// Takes a kept text up again.
    pub fn take_kept(&mut self, wanted: impl Fn(&FieldEdit) -> bool) -> Option<FieldEdit> {
        let at = self.kept.iter().position(wanted)?;
        Some(self.kept.remove(at))
    }

    /// Whether some text is typed that is not stored.
    pub fn has_unsaved(&self) -> bool {
        let editing = self.editing.as_ref().is_some_and(FieldEdit::is_changed);
        editing || !self.kept.is_empty() || self.capture.has_text()
    }
}
