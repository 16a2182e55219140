//! The values that a chosen field can take.

use super::{Input, Spec, short_name};
use crate::{
    domain::{
        board::Board,
        change::{Field, Value},
        difficulty,
        edit::{Edit, Lead, WEIGHTS},
        field::{self, set},
        ids::RecordId,
        kind::{
            AgendaKind, Attendance, Authority, ConclusionPart, DifficultyNature, Kind, Layout, PartPlayed,
            TaskKind,
        },
        record::Record,
        roll_call,
    },
    i18n::Strings,
};

/// A choice: what it says, and the edit it makes; `on` is set where it holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the list shows.
    pub label: String,
    /// What choosing it does.
    pub edit: Edit,
    /// Whether it holds now.
    pub on: bool,
}

/// The choices of a chosen field.
pub fn choices(board: &Board, record: &Record, spec: &Spec, strings: &Strings) -> Vec<Choice> {
    if spec.input == Input::Many {
        return many(board, record, spec);
    }
    let options = options(board, &super::family(&spec.field), strings);
    let now = record.value(&spec.field).cloned().unwrap_or(Value::Absent);
    let choice = |(label, edit): (String, Edit)| {
        let placed = edit.value().as_text().and_then(|text| roll_call::edit_of(&spec.field, text));
        let edit = placed.unwrap_or(edit);
        let value = edit.value();
        Choice { label, edit, on: value == now }
    };
    let is_itself = |edit: &Edit| *edit == Edit::Successor(Some(record.id));
    options.into_iter().filter(|(_, edit)| !is_itself(edit)).map(choice).collect()
}

/// Names and edits of a field that takes one of few values.
fn options(board: &Board, field: &Field, s: &Strings) -> Vec<(String, Edit)> {
    let none = || s.none.to_owned();
    match field.as_str() {
        "nature" => list(DifficultyNature::ALL, |v| s.nature(v), Edit::Nature),
        "authority" => {
            let mut all = vec![(none(), Edit::Authority(None))];
            all.extend(list(Authority::ALL, |v| s.authority(v), |v| Edit::Authority(Some(v))));
            all
        }
        "task_kind" => list(TaskKind::ALL, |v| s.task_kind(v), Edit::TaskKind),
        "part" => list(ConclusionPart::ALL, |v| s.conclusion_part(v), Edit::Part),
        "part_played" => list(PartPlayed::ALL, |v| s.part_played(v), Edit::PartPlayed),
        "attendance" => list(Attendance::ALL, |v| s.attendance(v), Edit::Attendance),
        "item_kind" => list(AgendaKind::ALL, |v| s.agenda_kind(v), Edit::ItemKind),
        "layout" => list(Layout::ALL, |v| s.layout(v), Edit::Layout),
        "check_later" => flag(s, Edit::CheckLater),
        "sample" => flag(s, Edit::Sample),
        "carried" => flag(s, Edit::Carried),
        "weight" => WEIGHTS.map(|w| ("!".repeat(w.into()), Edit::Weight(w))).collect(),
        "unit" => records(board, Kind::Unit, none(), Edit::Unit),
        "head_unit" => records(board, Kind::Unit, none(), Edit::HeadUnit),
        "speaker" => records(board, Kind::Attendee, none(), Edit::Speaker),
        "chair" => records(board, Kind::Attendee, none(), Edit::Chair),
        "recorder" => records(board, Kind::Attendee, none(), Edit::Recorder),
        "successor" => records(board, Kind::Unit, none(), Edit::Successor),
        "venue" => records(board, Kind::Venue, none(), Edit::Venue),
        "theme" => records(board, Kind::Theme, none(), Edit::Theme),
        "item" => records(board, Kind::AgendaItem, none(), Edit::Item),
        "lead_unit" => {
            let lead = |unit: Option<RecordId>| Edit::LeadUnit(unit.map(Lead::Unit));
            let mut all = records(board, Kind::Unit, none(), lead);
            all.push((s.every_unit.to_owned(), Edit::LeadUnit(Some(Lead::Each))));
            all
        }
        _ => Vec::new(),
    }
}

fn list<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
    edit: impl Fn(T) -> Edit,
) -> Vec<(String, Edit)> {
    all.iter().map(|value| (name(*value).to_owned(), edit(*value))).collect()
}

fn flag(strings: &Strings, edit: impl Fn(bool) -> Edit) -> Vec<(String, Edit)> {
    vec![(strings.yes.to_owned(), edit(true)), (strings.no.to_owned(), edit(false))]
}

fn records(
    board: &Board,
    kind: Kind,
    none: String,
    edit: impl Fn(Option<RecordId>) -> Edit,
) -> Vec<(String, Edit)> {
    let named = |record: &Record| match record.text(&field::CODE) {
        Some(code) => format!("{code}  {}", record.wording()),
        None => record.wording().to_owned(),
    };
    let found = board.of_kind(kind).into_iter().map(|record| (named(record), edit(Some(record.id))));
    std::iter::once((none, edit(None))).chain(found).collect()
}

/// The members a set could have.
fn many(board: &Board, record: &Record, spec: &Spec) -> Vec<Choice> {
    let set = spec.field.as_str();
    let members: Vec<RecordId> = record.linked(set).collect();
    let make = |id: RecordId, on: bool| match set {
        set::SUPPORT => Edit::Support(id, on),
        set::SAME_OPINION => Edit::SameOpinion(id, on),
        set::ALSO => Edit::AlsoUnit(id, on),
        set::FOLLOWS => Edit::Follows(id, on),
        _ => Edit::Answers(id, on),
    };
    let candidates: Vec<&Record> = match set {
        set::SUPPORT | set::SAME_OPINION => board.of_kind(Kind::Unit),
        set::ALSO => {
            let own = record.link(&field::UNIT);
            board.of_kind(Kind::Unit).into_iter().filter(|unit| Some(unit.id) != own).collect()
        }
        set::FOLLOWS => [Kind::Conclusion, Kind::Recommendation, Kind::Solution]
            .iter()
            .flat_map(|kind| board.of_kind(*kind))
            .collect(),
        _ => difficulty::main_difficulties(board),
    };
    let others = candidates.into_iter().filter(|other| other.id != record.id && !other.is_off_record());
    others
        .map(|other| {
            let on = members.contains(&other.id);
            let label = format!("{}  {}", short_name(other), other.wording());
            Choice { label, edit: make(other.id, !on), on }
        })
        .collect()
}
