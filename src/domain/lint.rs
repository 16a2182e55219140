//! What a task, a solution or a recommendation lacks before anybody can be held to it.
//!
//! The same checks run on a record and on what is only being typed. Invariant: they refuse nothing; what they find is told, and
//! where the words say what is missing, it is offered.

use chrono::NaiveDate;

use super::{
    assignment::{self, Assignment},
    board::Board,
    chain, conclusion,
    deadline::{self, Deadline},
    difficulty,
    edit::{Edit, Lead},
    field::{self, set},
    ids::RecordId,
    kind::{Kind, TaskKind},
    record::{Cell, Record},
    session::Session,
};

/// Something that is missing or cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lint {
    /// Nobody leads.
    NoLead,
    /// More than one leads.
    SeveralLeads,
    /// What leads is no unit of the session.
    UnknownLead,
    /// It is to be done once, and there is no date.
    NoDue,
    /// The words for the date name no day.
    VagueDue,
    /// It is not said what there will be.
    NoDeliverable,
    /// A supporter is no unit of the session; its name, if it has one.
    UnknownSupport(String),
    /// The leading unit supports itself.
    LeadSupports,
    /// A recommendation goes to nobody.
    NoAddressee,
}

/// Work, or a request for it, as far as it is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// A task, a solution, a recommendation or a conclusion.
    pub kind: Kind,
    /// Who leads.
    pub leads: Vec<Lead>,
    /// The units that support.
    pub support: Vec<RecordId>,
    /// Supporters that are no units, by what they were called.
    pub strangers: Vec<String>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// By when, as it was said; empty if that is just the date.
    pub due_words: String,
    /// How often.
    pub task_kind: TaskKind,
    /// What there will be; empty if nobody said it.
    pub deliverable: String,
    /// To whom it goes.
    pub addressee: String,
}

impl Work {
    /// Of a record to be made; nothing if its kind is none that is checked.
    pub fn new(kind: Kind) -> Option<Self> {
        let is_checked =
            matches!(kind, Kind::Task | Kind::Solution | Kind::Recommendation | Kind::Conclusion);
        is_checked.then(|| Self {
            kind,
            leads: Vec::new(),
            support: Vec::new(),
            strangers: Vec::new(),
            due: None,
            due_words: String::new(),
            task_kind: TaskKind::Dated,
            deliverable: String::new(),
            addressee: String::new(),
        })
    }

    /// Of a record.
    pub fn of(record: &Record) -> Option<Self> {
        Self::as_kind(record, record.kind()?)
    }

    /// Of a record as if it were of that kind.
    fn as_kind(record: &Record, kind: Kind) -> Option<Self> {
        let text = |field| record.text(field).unwrap_or_default().to_owned();
        let leads = record.cell(&field::LEAD_UNIT).map_or(&[][..], Cell::live);
        let mut leads: Vec<Lead> =
            leads.iter().filter_map(|live| live.value().as_text().and_then(Lead::parse)).collect();
        leads.dedup();
        Some(Self {
            leads,
            support: record.linked(set::SUPPORT).collect(),
            due: record.date(&field::DUE),
            due_words: text(&field::DUE_WORDS),
            task_kind: conclusion::task_kind(record),
            deliverable: text(&field::DELIVERABLE),
            addressee: text(&field::ADDRESSEE),
            ..Self::new(kind)?
        })
    }

    /// Whether units do it, so that they can be named.
    fn is_done_by_units(&self) -> bool {
        self.kind != Kind::Recommendation
    }

    /// Whether somebody will be held to it: a task always is, a conclusion if it says who or what.
    fn is_binding(&self) -> bool {
        let names_nobody = self.leads.is_empty() && self.support.is_empty() && self.strangers.is_empty();
        let says_nothing = names_nobody && self.deliverable.is_empty();
        self.kind == Kind::Task || self.kind == Kind::Conclusion && !says_nothing
    }

    fn has_deadline(&self) -> bool {
        self.due.is_some() || !self.due_words.is_empty() || self.task_kind != TaskKind::Dated
    }

    /// The edits with which a sentence fills in what is missing; what it only may mean, if `guessing`.
    fn fills(&self, said: &Assignment, guessing: bool) -> Vec<Edit> {
        let mut edits = Vec::new();
        if self.is_done_by_units() {
            if let (true, [lead]) = (self.leads.is_empty(), &said.leads[..]) {
                edits.push(Edit::LeadUnit(Some(*lead)));
            }
            let new = said.support.iter().filter(|unit| !self.support.contains(unit));
            edits.extend(new.map(|unit| Edit::Support(*unit, true)));
            let named = said.deliverable.as_ref().filter(|_| self.deliverable.is_empty());
            edits.extend(named.map(|named| Edit::Deliverable(named.clone())));
        }
        if !self.has_deadline() {
            edits.extend(self.takes(said.deadline, guessing));
        }
        edits
    }

    /// The edit that takes a deadline as a day or as a rhythm.
    fn takes(&self, deadline: Deadline, guessing: bool) -> Option<Edit> {
        let (day, kind) = match deadline {
            Deadline::Unsaid => return None,
            Deadline::Day(day) => (Some(day), None),
            Deadline::Vague(day) => (Some(day).filter(|_| guessing), None),
            Deadline::Regular(kind, until) => (until, Some(kind).filter(|_| self.is_done_by_units())),
        };
        let says_something = day.is_some() || kind.is_some();
        says_something.then_some(Edit::Deadline { words: String::new(), day, kind })
    }

    /// The same with what some edits would make of it.
    #[must_use]
    pub fn with(mut self, edits: &[Edit]) -> Self {
        for edit in edits {
            match edit {
                Edit::LeadUnit(lead) => self.leads = lead.iter().copied().collect(),
                Edit::Support(unit, true) => self.support.push(*unit),
                Edit::Deliverable(named) => self.deliverable.clone_from(named),
                Edit::Addressee(to) => self.addressee.clone_from(to),
                Edit::Deadline { words, day, kind } => {
                    self.due_words.clone_from(words);
                    self.due = *day;
                    self.task_kind = kind.unwrap_or(self.task_kind);
                }
                _ => {}
            }
        }
        self
    }

    /// The same with what a sentence says of it that fits into no field.
    fn besides(mut self, said: &Assignment) -> Self {
        if self.is_done_by_units() {
            if self.leads.is_empty() {
                self.leads.clone_from(&said.leads);
            }
            self.strangers.clone_from(&said.strangers);
        }
        self
    }

    /// What is missing or cannot be.
    pub fn lints(&self, board: &Board) -> Vec<Lint> {
        let mut lints = Vec::new();
        let is_binding = self.is_binding();
        let is_unit = |id: &RecordId| board.record(*id).is_some_and(|unit| unit.kind() == Some(Kind::Unit));
        match &self.leads[..] {
            [] if is_binding => lints.push(Lint::NoLead),
            [Lead::Unit(unit)] if !is_unit(unit) => lints.push(Lint::UnknownLead),
            [] | [_] => {}
            _ => lints.push(Lint::SeveralLeads),
        }
        if self.due.is_none() && self.task_kind == TaskKind::Dated {
            let vague = (!self.due_words.is_empty()).then_some(Lint::VagueDue);
            lints.extend(vague.or_else(|| is_binding.then_some(Lint::NoDue)));
        }
        lints.extend((is_binding && self.deliverable.is_empty()).then_some(Lint::NoDeliverable));
        let unknown = self.support.iter().filter(|unit| !is_unit(unit)).map(|_| String::new());
        lints.extend(unknown.chain(self.strangers.iter().cloned()).map(Lint::UnknownSupport));
        let leads = |unit: &RecordId| self.leads.contains(&Lead::Unit(*unit));
        lints.extend(self.support.iter().any(leads).then_some(Lint::LeadSupports));
        let goes_nowhere = self.kind == Kind::Recommendation && self.addressee.is_empty();
        lints.extend(goes_nowhere.then_some(Lint::NoAddressee));
        lints
    }
}

/// What a record lacks; nothing, if it is off the record.
///
/// A conclusion is checked if it gives work to somebody and no task says the same more closely.
pub fn lints(board: &Board, record: &Record) -> Vec<Lint> {
    let Some(work) = Work::of(record).filter(|_| !record.is_off_record()) else { return Vec::new() };
    if work.kind != Kind::Conclusion {
        return work.lints(board);
    }
    let is_task = |after: &&Record| after.kind() == Some(Kind::Task);
    if chain::after(board, record.id).iter().any(is_task) {
        return Vec::new();
    }
    let said = assignment::read(board, record.wording(), said_on(board, NaiveDate::MIN));
    if gives_work(&said) { work.besides(&said).lints(board) } else { work.lints(board) }
}

/// Whether the words of a conclusion say themselves who has to do what.
pub fn words_give_work(board: &Board, record: &Record) -> bool {
    gives_work(&assignment::read(board, record.wording(), said_on(board, NaiveDate::MIN)))
}

/// Whether a conclusion's sentence gives work to units, and does not only say how they did.
fn gives_work(said: &Assignment) -> bool {
    let names_one = said.leads.iter().any(|lead| *lead != Lead::Each);
    let all_until = !said.leads.is_empty() && said.deadline != Deadline::Unsaid;
    let is_joint = !(said.support.is_empty() && said.strangers.is_empty());
    names_one || all_until || is_joint || said.deliverable.is_some()
}

/// The records that stand for themselves and lack something, with what they lack, in the order of the notice.
pub fn all(board: &Board) -> Vec<(RecordId, Vec<Lint>)> {
    let kinds = [Kind::Conclusion, Kind::Solution, Kind::Task, Kind::Recommendation];
    let records = kinds.iter().flat_map(|kind| difficulty::main_of(board, *kind));
    let found = records.map(|record| (record.id, lints(board, record)));
    found.filter(|(_, lints)| !lints.is_empty()).collect()
}

/// The day on which things are said in a session: its own, if it has one.
pub fn said_on(board: &Board, today: NaiveDate) -> NaiveDate {
    Session::of(board).and_then(Session::date).unwrap_or(today)
}

/// What a sentence says of a record to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfSentence {
    /// What it says beyond doubt.
    pub fills: Vec<Edit>,
    /// What is missing then.
    pub lints: Vec<Lint>,
    /// The day that its deadline may mean, if it has none yet.
    pub may_mean: Option<NaiveDate>,
}

/// What a sentence says of a record to be made, of which some fields are `given`.
pub fn of_sentence(board: &Board, kind: Kind, said: &Assignment, given: &[Edit]) -> OfSentence {
    let is_plain = kind == Kind::Conclusion && !gives_work(said);
    let Some(work) = Work::new(kind).filter(|_| !is_plain) else { return OfSentence::default() };
    let work = work.with(given);
    let fills = work.fills(said, false);
    let mut settled = work.with(&fills).besides(said);
    let mut may_mean = None;
    if let (false, Deadline::Vague(day)) = (settled.has_deadline(), said.deadline) {
        "?".clone_into(&mut settled.due_words);
        may_mean = Some(day);
    }
    OfSentence { fills, lints: settled.lints(board), may_mean }
}

/// What the sentence of a record says beyond doubt, once it is of a kind.
pub fn fills_as(board: &Board, record: &Record, kind: Kind, today: NaiveDate) -> Vec<Edit> {
    let said = assignment::read(board, record.wording(), said_on(board, today));
    let is_plain = kind == Kind::Conclusion && !gives_work(&said);
    let work = Work::as_kind(record, kind).filter(|_| !is_plain && !record.is_off_record());
    work.map(|work| work.fills(&said, false)).unwrap_or_default()
}

/// What would fill in what a record lacks: what its sentence says, and the day that its deadline may mean.
pub fn offers(board: &Board, record: &Record, today: NaiveDate) -> Vec<Edit> {
    let Some(work) = Work::of(record) else { return Vec::new() };
    let on = said_on(board, today);
    let said = assignment::read(board, record.wording(), on);
    if work.kind == Kind::Conclusion && !work.is_binding() && !gives_work(&said) {
        return Vec::new();
    }
    let mut offers = work.fills(&said, true);
    if work.due.is_none() && !work.due_words.is_empty() && work.task_kind == TaskKind::Dated {
        offers.extend(work.takes(deadline::of_field(&work.due_words, on), true));
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Relation},
        testing::{Desk, UNITS, eight_o_clock},
    };

    fn day() -> NaiveDate {
        eight_o_clock().date_naive()
    }

    fn april() -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2023, 4, 10)
    }

    fn deadline(words: &str, day: Option<NaiveDate>, kind: Option<TaskKind>) -> Edit {
        Edit::Deadline { words: words.into(), day, kind }
    }

    fn found(kind: Kind, edits: &[Edit]) -> Vec<Lint> {
        let mut desk = Desk::at_session(1);
        let record = desk.line(kind, "rà soát đảng viên");
        for edit in edits {
            desk.edit(record, edit.clone()).unwrap();
        }
        lints(&desk.board, desk.board.record(record).unwrap())
    }

    #[test]
    fn a_task_wants_one_lead_a_day_and_a_deliverable() {
        let lead = Edit::LeadUnit(Some(Lead::Unit(UNITS[0])));
        let each = Edit::LeadUnit(Some(Lead::Each));
        let stranger = Edit::LeadUnit(Some(Lead::Unit(RecordId(404))));
        let made = Edit::Deliverable("danh sách".into());
        let due = deadline("trong quý II/2023", Some(day()), None);
        let table = [
            (vec![], vec![Lint::NoLead, Lint::NoDue, Lint::NoDeliverable]),
            (vec![lead.clone(), due.clone(), made.clone()], vec![]),
            (vec![each, due.clone(), made.clone()], vec![]),
            (vec![stranger, due.clone(), made.clone()], vec![Lint::UnknownLead]),
            (vec![lead.clone(), deadline("sớm", None, None), made.clone()], vec![Lint::VagueDue]),
            (vec![lead.clone(), Edit::TaskKind(TaskKind::Standing), made.clone()], vec![]),
            (vec![lead.clone(), deadline("", None, Some(TaskKind::Quarterly)), made.clone()], vec![]),
            (vec![lead.clone(), due.clone()], vec![Lint::NoDeliverable]),
            (
                vec![lead.clone(), due.clone(), made.clone(), Edit::Support(UNITS[0], true)],
                vec![Lint::LeadSupports],
            ),
            (
                vec![lead, due, made, Edit::Support(RecordId(404), true)],
                vec![Lint::UnknownSupport(String::new())],
            ),
        ];
        for (edits, lints) in table {
            assert_eq!(found(Kind::Task, &edits), lints, "{edits:?}");
        }
    }

    #[test]
    fn a_solution_may_leave_open_what_a_task_must_say_and_a_recommendation_goes_to_somebody() {
        assert_eq!(found(Kind::Solution, &[]), []);
        assert_eq!(found(Kind::Solution, &[deadline("sớm", None, None)]), [Lint::VagueDue]);
        assert_eq!(found(Kind::Recommendation, &[]), [Lint::NoAddressee]);
        assert_eq!(found(Kind::Recommendation, &[Edit::Addressee("Thành ủy".into())]), []);
        assert_eq!(found(Kind::Conclusion, &[]), []);
    }

    #[test]
    fn a_conclusion_that_gives_work_says_who_when_and_what_and_one_that_assesses_need_not() {
        let mut desk = Desk::at_session(1);
        let mut found = |text: &str| {
            let record = desk.line(Kind::Conclusion, text);
            (record, lints(&desk.board, desk.board.record(record).unwrap()))
        };
        for plain in ["đạt yêu cầu trong quý I/2023", "các đơn vị thành viên tham gia đầy đủ"]
        {
            assert_eq!(found(plain).1, [], "{plain}");
        }
        assert_eq!(found("giao Q1 chủ trì rà soát").1, [Lint::NoLead, Lint::NoDue, Lint::NoDeliverable][1..]);
        assert_eq!(found("Q1, Q2 chủ trì rà soát").1[0], Lint::SeveralLeads);
        let (of_all, lints_of_all) = found("mỗi đơn vị rà soát xong trước 10/4/2023");
        assert_eq!(lints_of_all, [Lint::NoDue, Lint::NoDeliverable], "nobody has filled in the day");
        let offered = offers(&desk.board, desk.board.record(of_all).unwrap(), day());
        assert_eq!(offered, [Edit::LeadUnit(Some(Lead::Each)), deadline("", april(), None)]);
        let task = desk.line(Kind::Task, "rà soát");
        desk.submit(&Command::Link { from: task, relation: Relation::Follows, to: of_all }).unwrap();
        assert_eq!(lints(&desk.board, desk.board.record(of_all).unwrap()), [], "the task says it");
    }

    #[test]
    fn two_leads_written_at_the_same_time_are_one_too_many() {
        let mut desk = Desk::at_session(1);
        let task = desk.line(Kind::Task, "rà soát");
        let mut other = desk.elsewhere(2);
        desk.edit(task, Edit::LeadUnit(Some(Lead::Unit(UNITS[0])))).unwrap();
        other.edit(task, Edit::LeadUnit(Some(Lead::Unit(UNITS[1])))).unwrap();
        other.board.changes().for_each(|change| {
            desk.board.apply(std::sync::Arc::clone(change));
        });
        let lints = lints(&desk.board, desk.board.record(task).unwrap());
        assert_eq!(lints, [Lint::SeveralLeads, Lint::NoDue, Lint::NoDeliverable]);
    }

    #[test]
    fn what_a_sentence_says_beyond_doubt_is_filled_in_and_the_rest_is_found() {
        let desk = Desk::at_session(1);
        let read = |text, given: &[Edit]| {
            let found =
                of_sentence(&desk.board, Kind::Task, &assignment::read(&desk.board, text, day()), given);
            (found.fills, found.lints, found.may_mean)
        };
        let whole = "Q1 chủ trì, phối hợp Q2 soạn quy trình, xong trước 10/4/2023; sản phẩm: dự thảo";
        let lead = Edit::LeadUnit(Some(Lead::Unit(UNITS[0])));
        let support = Edit::Support(UNITS[1], true);
        let made = Edit::Deliverable("dự thảo".into());
        assert_eq!(read(whole, &[]), (vec![lead, support, made, deadline("", april(), None)], vec![], None));
        let (fills, lints, may_mean) = read("Q1, Q2 chủ trì rà soát sớm, phối hợp Q99", &[]);
        assert_eq!((fills, may_mean), (vec![], april()));
        let given = [deadline("", april(), None)];
        let (_, lints_given, may_mean) = read("Q1, Q2 chủ trì rà soát sớm, phối hợp Q99", &given);
        assert!(!lints_given.contains(&Lint::VagueDue) && may_mean.is_none());
        let unknown = Lint::UnknownSupport("Q99".into());
        assert_eq!(lints, [Lint::SeveralLeads, Lint::VagueDue, Lint::NoDeliverable, unknown]);
        let (fills, lints, _) = read("Mỗi đơn vị rà soát hằng quý", &[]);
        assert_eq!(fills, [Edit::LeadUnit(Some(Lead::Each)), deadline("", None, Some(TaskKind::Quarterly))]);
        assert_eq!(lints, [Lint::NoDeliverable]);
    }

    #[test]
    fn what_may_be_meant_is_offered() {
        let mut desk = Desk::at_session(1);
        let task = desk.line(Kind::Task, "Giao Q1 rà soát sớm");
        let offers = |desk: &Desk| offers(&desk.board, desk.board.record(task).unwrap(), day());
        let lead = Edit::LeadUnit(Some(Lead::Unit(UNITS[0])));
        let due = deadline("", april(), None);
        assert_eq!(offers(&desk), [lead.clone(), due.clone()]);
        desk.edit(task, deadline("sớm", None, None)).unwrap();
        assert_eq!(offers(&desk), [lead.clone(), due]);
        desk.edit(task, lead).unwrap();
        desk.edit(task, deadline("", april(), None)).unwrap();
        assert_eq!(offers(&desk), []);
        assert_eq!(all(&desk.board), [(task, vec![Lint::NoDeliverable])]);
    }
}
