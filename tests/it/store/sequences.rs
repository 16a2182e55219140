//! Random commands with clean and unclean ends between them.

use std::fs;

use hoinghi::{
    domain::{
        board::Board,
        command::{Command, Place},
        edit::Edit,
        field,
        ids::RecordId,
        kind::{DifficultyNature, Kind},
        policy,
    },
    store::{CommitError, Store, examine},
};
use proptest::prelude::*;

use super::lab::{Lab, SESSION, capture, new_session, refold, request};

#[derive(Debug, Clone)]
enum Step {
    Capture(String, bool),
    Edit(usize, String),
    Merge(usize, usize),
    Classify(usize, bool),
    Remove(usize),
    Restore(usize),
    Add(String),
    MoveFirst(usize),
    Undo(usize),
    NextState,
    Close,
    Kill,
    KillAndTear(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let text = "[a-zăâđêôơư ]{0,12}";
    prop_oneof![
        6 => (text, any::<bool>()).prop_map(|(text, private)| Step::Capture(text, private)),
        4 => (0_usize..20, text).prop_map(|(at, text)| Step::Edit(at, text)),
        1 => (0_usize..20, 0_usize..20).prop_map(|(a, b)| Step::Merge(a, b)),
        2 => (0_usize..20, any::<bool>()).prop_map(|(at, nature)| Step::Classify(at, nature)),
        1 => (0_usize..20).prop_map(Step::Remove),
        1 => (0_usize..20).prop_map(Step::Restore),
        2 => text.prop_map(Step::Add),
        1 => (0_usize..20).prop_map(Step::MoveFirst),
        2 => (0_usize..40).prop_map(Step::Undo),
        1 => Just(Step::NextState),
        1 => Just(Step::Close),
        1 => Just(Step::Kill),
        1 => (0_usize..200).prop_map(Step::KillAndTear),
    ]
}

fn pick(board: &Board, at: usize) -> RecordId {
    let mut ids: Vec<RecordId> = board.records().map(|record| record.id).collect();
    ids.sort_unstable();
    ids.get(at % ids.len().max(1)).copied().unwrap_or(RecordId(1))
}

fn command(lab: &mut Lab, board: &Board, step: &Step) -> Option<Command> {
    Some(match step {
        Step::Capture(text, private) => capture(lab.ids.draw(), text, *private),
        Step::Edit(at, text) => {
            let record = pick(board, *at);
            let seen = board.record(record).map(|record| record.seen(&field::TEXT)).unwrap_or_default();
            Command::Edit { record, edit: Edit::Text(text.clone()), seen }
        }
        Step::Merge(into, from) => {
            Command::Merge { into: pick(board, *into), from: vec![pick(board, *from)] }
        }
        Step::Classify(at, difficulty) => {
            let kind = if *difficulty { Kind::Difficulty } else { Kind::Solution };
            let nature = Some(DifficultyNature::Obstacle);
            Command::Classify { records: vec![pick(board, *at)], kind, nature }
        }
        Step::Remove(at) => Command::Remove { record: pick(board, *at) },
        Step::Restore(at) => Command::Restore { record: pick(board, *at) },
        Step::Add(title) => {
            let details = vec![Edit::Title(title.clone())];
            Command::Add { record: lab.ids.record(), kind: Kind::AgendaItem, details, place: Place::Last }
        }
        Step::MoveFirst(at) => Command::Move { record: pick(board, *at), place: Place::First },
        Step::Undo(at) => Command::Undo { change: board.changes().nth(*at).map(|change| change.id)? },
        Step::NextState => {
            let state = policy::next_states(policy::session_state(board)).first().copied()?;
            Command::SetState { state }
        }
        Step::Close | Step::Kill | Step::KillAndTear(_) => return None,
    })
}

/// A power cut in the middle of a line that was not acknowledged.
fn tear(lab: &Lab, keep: usize) {
    let Some(log) = lab.logs(SESSION).pop() else { return };
    let mut bytes = fs::read(&log).unwrap();
    let line: Vec<u8> = bytes.iter().copied().take_while(|byte| *byte != b'\n').take(keep).collect();
    bytes.extend(line);
    fs::write(log, bytes).unwrap();
}

fn restart(lab: &mut Lab, store: Store, step: &Step) -> Store {
    match step {
        Step::Close => store.close().unwrap(),
        Step::KillAndTear(keep) => {
            drop(store);
            tear(lab, *keep);
        }
        _ => drop(store),
    }
    lab.open()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_board_is_the_refold_of_the_log(steps in prop::collection::vec(step(), 1..40)) {
        let mut lab = Lab::new();
        let mut store = lab.open();
        lab.commit(&mut store, new_session("Quý I"));
        let (mut expected, mut private) = (store.board(SESSION).unwrap(), store.private_board(SESSION).unwrap());
        for step in &steps {
            if let Some(command) = command(&mut lab, &expected, step) {
                let outcome = store.commit(&request(lab.ids.draw(), SESSION, command));
                let fine = !matches!(outcome, Err(CommitError::NotSaved(_)));
                prop_assert!(fine, "{:?}", outcome);
                expected = store.board(SESSION).unwrap();
                private = store.private_board(SESSION).unwrap();
                prop_assert_eq!(&*expected, &refold(&store, SESSION));
            } else {
                store = restart(&mut lab, store, step);
                prop_assert_eq!(&store.board(SESSION).unwrap(), &expected);
                prop_assert_eq!(&store.private_board(SESSION).unwrap(), &private);
            }
        }
        store.close().unwrap();
        let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
        prop_assert!(diagnosis.findings.is_empty(), "{:?}", diagnosis);
        let mut store = lab.open();
        prop_assert_eq!(&store.board(SESSION).unwrap(), &expected);
        prop_assert_eq!(&store.private_board(SESSION).unwrap(), &private);
        prop_assert_eq!(store.log_lines_parsed(), 0);
    }
}
