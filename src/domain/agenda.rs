//! The agenda: points, planned minutes, and which point is on.

use chrono::{DateTime, FixedOffset};

use super::{
    board::Board,
    command::NewItem,
    field,
    ids::{IdStream, RecordId},
    kind::{AgendaKind, Kind},
    record::Record,
};

/// What an agenda item is for.
pub fn item_kind(item: &Record) -> AgendaKind {
    item.text(&field::ITEM_KIND).and_then(AgendaKind::named).unwrap_or(AgendaKind::Other)
}

/// Its planned minutes.
pub fn planned(item: &Record) -> u16 {
    item.number(&field::PLANNED).and_then(|minutes| u16::try_from(minutes).ok()).unwrap_or(0)
}

/// The planned minutes of all items together.
pub fn total_planned(board: &Board) -> u32 {
    board.of_kind(Kind::AgendaItem).into_iter().map(|item| u32::from(planned(item))).sum()
}

/// The item that is on: started last and not ended.
pub fn current(board: &Board) -> Option<&Record> {
    let running =
        |item: &&Record| item.moment(&field::STARTED_AT).is_some() && item.moment(&field::ENDED_AT).is_none();
    let started = board.of_kind(Kind::AgendaItem).into_iter().filter(running);
    started.max_by_key(|item| (item.moment(&field::STARTED_AT), item.id))
}

/// The item that was on at a moment: of several the one that had begun last.
pub fn on_at(board: &Board, at: DateTime<FixedOffset>) -> Option<&Record> {
    let was_on = |item: &&Record| {
        item.moment(&field::STARTED_AT).is_some_and(|began| began <= at)
            && item.moment(&field::ENDED_AT).is_none_or(|ended| at < ended)
    };
    let items = board.of_kind(Kind::AgendaItem).into_iter().filter(was_on);
    items.max_by_key(|item| (item.moment(&field::STARTED_AT), item.id))
}

/// The theme that a line, a speech or an item is about: its own, else that of its item, else the session's if it has only one.
pub fn theme_of<'a>(board: &'a Board, record: &Record) -> Option<&'a Record> {
    let own = |record: &Record| record.link(&field::THEME);
    let of_item = || board.record(record.link(&field::ITEM)?).and_then(own);
    let themes = board.of_kind(Kind::Theme);
    let only = || if let [only] = themes[..] { Some(only.id) } else { None };
    let id = own(record).or_else(of_item).or_else(only)?;
    themes.into_iter().find(|theme| theme.id == id)
}

/// An item's number on the agenda, from 1.
pub fn ordinal(board: &Board, item: RecordId) -> Option<usize> {
    board.of_kind(Kind::AgendaItem).iter().position(|other| other.id == item).map(|at| at + 1)
}

/// The usual half-day agenda: kinds and minutes; the pledge is signed in the year's first session only.
pub fn half_day(first_of_year: bool) -> Vec<(AgendaKind, u16)> {
    use AgendaKind as A;
    let all = [
        (A::Reception, 15),
        (A::Opening, 10),
        (A::FollowUp, 10),
        (A::Pledge, 20),
        (A::Keynote, 15),
        (A::Discussion, 60),
        (A::Guidance, 15),
        (A::Conclusion, 20),
        (A::Closing, 5),
    ];
    all.into_iter().filter(|(kind, _)| first_of_year || *kind != A::Pledge).collect()
}

/// The half-day agenda as records to create, titled by `title`.
pub fn half_day_items(first: bool, ids: &mut IdStream, title: impl Fn(AgendaKind) -> String) -> Vec<NewItem> {
    let items = half_day(first).into_iter();
    items.map(|(kind, planned)| NewItem { record: ids.record(), kind, title: title(kind), planned }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Place},
        edit::Edit,
        testing::{Desk, ITEMS, UNITS},
    };

    #[test]
    fn a_line_is_about_its_own_theme_or_its_items_or_the_only_one() {
        let mut desk = Desk::at_session(1);
        let first = desk.board.of_kind(Kind::Theme)[0].id;
        let line = desk.line(Kind::Note, "một câu");
        let of = |desk: &Desk| theme_of(&desk.board, desk.board.record(line).unwrap()).map(|theme| theme.id);
        assert_eq!(of(&desk), Some(first));
        let second = RecordId(0x81);
        let details = vec![Edit::Title("Chuyên đề hai".into())];
        let add = Command::Add { record: second, kind: Kind::Theme, details, place: Place::Last };
        desk.submit(&add).unwrap();
        assert_eq!(of(&desk), None, "nobody has said which");
        desk.edit(ITEMS[1], Edit::Theme(Some(second))).unwrap();
        desk.edit(line, Edit::Item(Some(ITEMS[1]))).unwrap();
        assert_eq!(of(&desk), Some(second));
        desk.edit(line, Edit::Theme(Some(first))).unwrap();
        assert_eq!(of(&desk), Some(first));
        desk.edit(line, Edit::Theme(Some(UNITS[0]))).unwrap();
        assert_eq!(of(&desk), None, "a unit is no theme");
    }

    #[test]
    fn the_pledge_is_signed_in_the_first_session_of_a_year_only() {
        let minutes = |first| half_day(first).iter().map(|(_, minutes)| *minutes).sum::<u16>();
        assert_eq!((minutes(true), minutes(false)), (170, 150));
        let items = half_day_items(false, &mut IdStream::new(1), |kind| kind.name().to_owned());
        assert_eq!(items.len(), 8);
        assert!(items.iter().all(|item| item.kind != AgendaKind::Pledge && item.title == item.kind.name()));
    }
}
