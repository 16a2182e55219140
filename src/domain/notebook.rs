//! Notebooks that note-takers take to work apart from the host: whose they are, and by which letter their numbers are known.

use super::{board::Board, field::set, ids::PersonId, record::Record};

/// The letters, in the order in which they are given. The host's own numbers have none.
const LETTERS: std::ops::RangeInclusive<char> = 'B'..='Z';

/// The letter of the next notebook: one that nobody has; when none is left, the person's own of an earlier notebook, else the last.
/// Two notebooks with one letter may give a number twice, which is then listed among the findings.
pub fn next_letter(board: &Board, person: PersonId) -> char {
    let given: Vec<(char, Option<PersonId>)> = notebooks(board).collect();
    let free = LETTERS.into_iter().find(|letter| given.iter().all(|(other, _)| other != letter));
    let own = given.iter().find(|(_, taker)| *taker == Some(person)).map(|(letter, _)| *letter);
    free.or(own).unwrap_or(*LETTERS.end())
}

/// The notebooks that were taken of a session, by letter, and who took each.
pub fn notebooks(board: &Board) -> impl Iterator<Item = (char, Option<PersonId>)> + '_ {
    let fields = board.root().into_iter().flat_map(Record::fields);
    fields.filter_map(|(field, cell)| {
        let letter = field.member_of(set::NOTEBOOK)?.chars().next()?;
        Some((letter, cell.value()?.as_text()?.parse().ok()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        admission::Admission,
        command::Command,
        policy::Role,
        testing::{Desk, HOA, LAN},
    };

    #[test]
    fn each_notebook_has_a_letter_of_its_own_and_whoever_takes_one_is_admitted() {
        let mut desk = Desk::at_session(1);
        let stranger = PersonId(77);
        for (person, wanted) in [(stranger, 'B'), (HOA, 'C'), (stranger, 'D')] {
            let letter = next_letter(&desk.board, person);
            assert_eq!(letter, wanted);
            desk.submit(&Command::TakeNotebook { person, letter }).unwrap();
        }
        let admission = Admission::of(&desk.board);
        assert_eq!(admission.role(stranger), Some(Role::NoteTaker));
        let taken: Vec<_> = notebooks(&desk.board).collect();
        assert_eq!(taken, [('B', Some(stranger)), ('C', Some(HOA)), ('D', Some(stranger))]);
    }

    #[test]
    fn whoever_decides_stays_so_with_a_notebook() {
        let mut desk = Desk::at_session(1);
        desk.submit(&Command::TakeNotebook { person: LAN, letter: 'B' }).unwrap();
        assert_eq!(Admission::of(&desk.board).role(LAN), Some(Role::Facilitator));
    }

    #[test]
    fn when_all_letters_are_given_ones_own_comes_again() {
        let mut desk = Desk::at_session(1);
        for letter in LETTERS {
            let person = if letter == 'K' { HOA } else { LAN };
            desk.submit(&Command::TakeNotebook { person, letter }).unwrap();
        }
        assert_eq!(next_letter(&desk.board, HOA), 'K');
        assert_eq!(next_letter(&desk.board, PersonId(77)), 'Z');
    }
}
