//! What must hold of every kind of command. A new kind does not compile here until it says who may give it.

use std::collections::{BTreeMap, BTreeSet};

use hoinghi::{
    document::{Depth, Wording},
    domain::{
        change::{Field, Value, Write},
        command::{Command, Refusal},
        edit::Edit,
        field::{self, set},
        ids::ScopeId,
        kind::SessionState,
        policy::Role,
    },
    export::{self, Format, Order, Profiles},
    i18n::{Lang, sentence},
};

use crate::support::{
    commands::{Example, examples},
    domain::testing::{HOA, LAN, shown},
};

/// What a note-taker may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoteTaker {
    Always,
    WithOwn,
    /// With everybody's while the session is open, else with their own.
    WhileOpen,
    Never,
    /// For themselves.
    ForOneself,
}

macro_rules! kinds {
    ($($pattern:pat => $name:literal $note_taker:ident,)*) => {
        /// Every kind of command, by the name in the log.
        const KINDS: &[&str] = &[$($name),*];

        fn note_taker(command: &Command) -> NoteTaker {
            match command {
                $($pattern => NoteTaker::$note_taker,)*
            }
        }
    };
}

kinds! {
    Command::CreateSession(_) => "CreateSession" Never,
    Command::Add { .. } => "Add" Always,
    Command::AddRoster { .. } => "AddRoster" Never,
    Command::AddKeynote { .. } => "AddKeynote" Never,
    Command::ReviseKeynote { .. } => "ReviseKeynote" Never,
    Command::TakeUp { .. } => "TakeUp" Never,
    Command::Capture(_) => "Capture" Always,
    Command::Edit { .. } => "Edit" WithOwn,
    Command::Fill { .. } => "Fill" WithOwn,
    Command::FillEach { .. } => "FillEach" WhileOpen,
    Command::Expand { .. } => "Expand" WithOwn,
    Command::SetAbbreviations { .. } => "SetAbbreviations" Never,
    Command::ReadBack { .. } => "ReadBack" Never,
    Command::Freeze { .. } => "Freeze" Never,
    Command::Classify { .. } => "Classify" WhileOpen,
    Command::Split { .. } => "Split" WhileOpen,
    Command::Merge { .. } => "Merge" WhileOpen,
    Command::Unmerge { .. } => "Unmerge" WhileOpen,
    Command::Attach { .. } => "Attach" WhileOpen,
    Command::Take { .. } => "Take" WhileOpen,
    Command::KeepBoth { .. } => "KeepBoth" WhileOpen,
    Command::ChangeSpeaker { .. } => "ChangeSpeaker" WhileOpen,
    Command::Link { .. } => "Link" WithOwn,
    Command::Unlink { .. } => "Unlink" WithOwn,
    Command::Move { .. } => "Move" Never,
    Command::Remove { .. } => "Remove" WithOwn,
    Command::Restore { .. } => "Restore" WithOwn,
    Command::SetState { .. } => "SetState" Never,
    Command::SetPledge { .. } => "SetPledge" Never,
    Command::StartItem { .. } => "StartItem" Never,
    Command::MarkAttendance { .. } => "MarkAttendance" Never,
    Command::BeginSitting { .. } => "BeginSitting" Never,
    Command::EndSitting { .. } => "EndSitting" Never,
    Command::Seat { .. } => "Seat" Never,
    Command::SetConnection { .. } => "SetConnection" Never,
    Command::Pause { .. } => "Pause" Never,
    Command::Resume { .. } => "Resume" Never,
    Command::Allot { .. } => "Allot" Never,
    Command::Register { .. } => "Register" Never,
    Command::GiveFloor { .. } => "GiveFloor" Never,
    Command::EndSpeech => "EndSpeech" Never,
    Command::Publish { .. } => "Publish" Never,
    Command::Unpublish { .. } => "Unpublish" Never,
    Command::Disclose { .. } => "Disclose" WithOwn,
    Command::Sign { .. } => "Sign" Never,
    Command::Accept { .. } => "Accept" Never,
    Command::Decline { .. } => "Decline" Never,
    Command::Admit { .. } => "Admit" Never,
    Command::TakeNotebook { .. } => "TakeNotebook" ForOneself,
    Command::Receive { .. } => "Receive" Never,
    Command::Erase { .. } => "Erase" Never,
    Command::Undo { .. } => "Undo" WithOwn,
    Command::Redo { .. } => "Redo" WithOwn,
}

type Picture = BTreeMap<(hoinghi::domain::ids::RecordId, String), BTreeSet<String>>;

fn picture(example: &Example) -> (Picture, Picture) {
    (shown(&example.desk.board), shown(&example.desk.private))
}

#[test]
fn there_is_an_example_of_every_kind() {
    let named: BTreeSet<&str> = examples().iter().map(|example| example.command.name()).collect();
    assert_eq!(named, KINDS.iter().copied().collect());
}

/// What holds back changes of others, and what erases, is never taken back.
fn is_for_good(command: &Command) -> bool {
    matches!(command, Command::Receive { .. } | Command::Erase { .. })
}

/// What makes public what was off the record.
fn discloses(command: &Command) -> bool {
    matches!(command, Command::Disclose { .. })
}

/// What decides about changes, not about the session, is possible whatever its state.
fn decides(command: &Command) -> bool {
    matches!(command, Command::Accept { .. } | Command::Decline { .. } | Command::Admit { .. })
        || is_for_good(command)
}

#[test]
fn every_command_is_planned_written_undone_and_redone() {
    for mut example in examples() {
        let command = example.command.clone();
        let before = picture(&example);
        let plan = example.desk.plan(&command);
        assert!(plan.as_ref().is_ok_and(|plan| !plan.shared.is_empty()), "{command:?}: {plan:?}");
        let shared = format!("{:?}", plan.unwrap().shared);
        assert_eq!(shared.contains("BÍ MẬT"), discloses(&command), "{command:?}");
        let mut done = example.desk.submit(&command).unwrap();
        let after = picture(&example);
        assert!(before != after || matches!(command, Command::Receive { .. }), "{command:?}");
        if is_for_good(&command) {
            assert_eq!(example.desk.submit(&Command::Undo { change: done }), Err(Refusal::NothingToUndo));
            continue;
        }
        for _ in 0..2 {
            let undone = example.desk.submit(&Command::Undo { change: done }).unwrap();
            assert_eq!(picture(&example), before, "{command:?} undone");
            done = example.desk.submit(&Command::Redo { change: undone }).unwrap();
            assert_eq!(picture(&example), after, "{command:?} redone");
        }
    }
}

#[test]
fn every_change_is_a_sentence_in_both_languages() {
    for mut example in examples() {
        let id = example.desk.submit(&example.command.clone()).unwrap();
        let change = example.desk.board.change(id).unwrap();
        let [vi, en] =
            [Lang::Vietnamese, Lang::English].map(|lang| sentence(lang, &example.desk.board, change));
        let who = &*change.header.author.name;
        assert!(vi.contains(who) && en.contains(who) && vi != en, "{:?}: {vi} / {en}", example.command);
    }
}

/// The export holds every record that a command wrote, but for those whose creation is undone and those off the record. What is the
/// organisation's is in no session's export.
#[test]
fn what_every_command_wrote_is_in_the_export() {
    let wording = Wording::new(&BTreeMap::new()).unwrap();
    let order = Order { formats: vec![Format::Json], papers: Vec::new(), ..Order::all(Depth::Full) };
    let profiles = Profiles::read(&BTreeMap::new()).unwrap();
    for mut example in examples() {
        let id = example.desk.submit(&example.command.clone()).unwrap();
        let board = &example.desk.board;
        if board.scope() == ScopeId::ORGANISATION {
            continue;
        }
        let files = export::render(board, &order, &wording, &profiles).unwrap().files;
        let json = std::str::from_utf8(&files[0].bytes).unwrap();
        for write in board.change(id).unwrap().writes() {
            let record = board.record(write.record).unwrap();
            let exported = record.kind().is_some() && !record.is_off_record();
            let listed = json.contains(&format!("\"id\": \"{}\"", write.record));
            assert_eq!(listed, exported, "{:?}", example.command);
        }
        assert_eq!(json.contains("BÍ MẬT"), discloses(&example.command), "{:?}", example.command);
    }
}

#[test]
fn what_somebody_has_written_since_is_not_undone() {
    for mut example in examples() {
        let command = example.command.clone();
        if is_for_good(&command) {
            continue;
        }
        let change = example.desk.submit(&command).unwrap();
        let own = example.desk.board.change(change).unwrap().clone();
        let (id, write) = own.identified().last().unwrap();
        let (record, field) = (write.record, write.field.clone());
        let over = Write { record, field: field.clone(), value: Value::Number(99), replaces: vec![id] };
        let counter = example.desk.board.counter() + 1;
        let knowing = example.desk.board.seal().map(|seal| Write {
            record,
            field: Field::member(set::AFTER, seal.by),
            value: true.into(),
            replaces: Vec::new(),
        });
        example.meet(78, counter, [over].into_iter().chain(knowing).collect());
        let answer = example.desk.submit(&Command::Undo { change });
        let stale = matches!(&answer, Err(Refusal::Stale { record: of, .. }) if *of == record);
        assert!(stale, "{command:?}: {answer:?}");
    }
}

#[test]
fn a_text_that_somebody_has_changed_meanwhile_is_not_overwritten() {
    for mut example in examples() {
        let (Command::Edit { record, .. } | Command::Split { record, .. } | Command::Expand { record, .. }) =
            example.command
        else {
            continue;
        };
        example.desk.seat(HOA, Role::Facilitator);
        example.desk.edit(record, Edit::Text("trong lúc đó".into())).unwrap();
        let before = picture(&example);
        let answer = example.desk.submit(&example.command.clone());
        assert_eq!(answer, Err(Refusal::Stale { record, field: "text".into() }));
        assert_eq!(picture(&example), before, "nothing was written");
    }
}

/// Whether a command says what its author has seen.
fn says_what_it_has_seen(command: &Command) -> bool {
    use Command as C;
    let of_a_text = matches!(command, C::Edit { .. } | C::Split { .. } | C::Expand { .. } | C::Allot { .. });
    of_a_text || matches!(command, C::Fill { .. } | C::FillEach { .. } | C::ReviseKeynote { .. })
}

/// What says which writes it has seen, in texts, places, minutes, or what it fills in: somebody else's write is met before anything is written.
#[test]
fn whatever_says_what_it_has_seen_is_stale_once_somebody_else_has_written() {
    let mut kinds = BTreeSet::new();
    for example in examples() {
        if !says_what_it_has_seen(&example.command) {
            continue;
        }
        let plan = example.desk.plan(&example.command).unwrap().shared;
        let covered = |write: &&Write| {
            let fills = matches!(example.command, Command::Fill { .. } | Command::FillEach { .. });
            let places = matches!(example.command, Command::ReviseKeynote { .. });
            (fills && write.field != field::OFF_RECORD)
                || (places && write.field == field::POSITION)
                || [field::TEXT, field::TITLE, field::PLANNED, field::SPEECH_LIMIT].contains(&write.field)
        };
        let known = |write: &&Write| example.desk.board.record(write.record).is_some();
        for write in plan.iter().filter(known).filter(covered) {
            kinds.insert(example.command.name());
            let mut example = example.clone();
            let replaces = example.desk.seen(write.record, &write.field);
            let counter = example.desk.board.counter() + 1;
            let theirs = Write { value: "người khác".into(), replaces, ..write.clone() };
            example.meet(79, counter, vec![theirs]);
            let before = picture(&example);
            let answer = example.desk.submit(&example.command.clone());
            assert!(
                matches!(answer, Err(Refusal::Stale { .. })),
                "{:?}: {write:?}: {answer:?}",
                example.command
            );
            assert_eq!(picture(&example), before, "nothing was written");
        }
    }
    assert_eq!(kinds.len(), 7, "{kinds:?}");
}

#[test]
fn the_chair_may_what_a_facilitator_may_and_an_observer_nothing() {
    for example in examples() {
        let may = |role| example.seated(LAN, role).desk.plan(&example.command);
        assert_eq!(may(Role::Chair), may(Role::Facilitator));
        assert_eq!(may(Role::Observer), Err(Refusal::NotPermitted(Role::Observer)));
    }
}

#[test]
fn a_note_taker_may_what_the_table_of_roles_says() {
    for example in examples() {
        for (state, person) in [
            (SessionState::Open, LAN),
            (SessionState::Open, HOA),
            (SessionState::Closed, LAN),
            (SessionState::Closed, HOA),
        ] {
            let table = note_taker(&example.command);
            let allowed = match table {
                NoteTaker::Always => true,
                NoteTaker::WithOwn | NoteTaker::ForOneself => person == LAN,
                NoteTaker::WhileOpen => person == LAN || state == SessionState::Open,
                NoteTaker::Never => false,
            };
            let answer = example.in_state(state).seated(person, Role::NoteTaker).desk.plan(&example.command);
            let wanted = match (&answer, table) {
                (Ok(_), _) => allowed,
                (Err(Refusal::NotPermitted(Role::NoteTaker)), NoteTaker::Never | NoteTaker::ForOneself)
                | (Err(Refusal::NotYours(_) | Refusal::NothingToUndo), _) => !allowed,
                _ => false,
            };
            assert!(wanted, "{state:?}, {person:?}, {:?}: {answer:?}", example.command);
        }
    }
}

#[test]
fn from_the_signature_on_only_the_state_moves() {
    for example in examples() {
        for state in SessionState::ALL {
            let frozen =
                [SessionState::ForSignature, SessionState::Issued, SessionState::Sent].contains(state);
            let answer = example.in_state(*state).desk.plan(&example.command);
            let moves_state =
                matches!(example.command, Command::SetState { .. }) || decides(&example.command);
            if frozen && !moves_state {
                assert_eq!(answer, Err(Refusal::WrongState(*state)), "{:?}", example.command);
            } else if !moves_state {
                assert!(answer.is_ok(), "{state:?}, {:?}: {answer:?}", example.command);
            }
        }
    }
}

#[test]
fn the_states_follow_one_another_step_by_step_and_an_undo_takes_a_step_back() {
    use SessionState as S;
    let steps = [
        (S::Draft, vec![S::Open]),
        (S::Open, vec![S::Draft, S::Closed]),
        (S::Closed, vec![S::Open, S::OutForComments, S::ForSignature]),
        (S::OutForComments, vec![S::Closed, S::ForSignature]),
        (S::ForSignature, vec![S::Closed, S::OutForComments, S::Issued]),
        (S::Issued, vec![S::Sent]),
        (S::Sent, vec![]),
    ];
    let any = examples().into_iter().find(|example| example.command.name() == "SetState").unwrap();
    for (from, possible) in steps {
        for to in S::ALL {
            let mut example = any.in_state(from);
            let before = picture(&example);
            match example.desk.submit(&Command::SetState { state: *to }) {
                Err(refusal) => {
                    assert_eq!(refusal, Refusal::NoSuchStep { from, to: *to });
                    assert!(!possible.contains(to));
                }
                Ok(change) => {
                    assert!(possible.contains(to), "{from:?} to {to:?}");
                    example.desk.submit(&Command::Undo { change }).unwrap();
                    assert_eq!(picture(&example), before);
                }
            }
        }
    }
}
