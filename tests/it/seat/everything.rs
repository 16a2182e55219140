//! Everything is at a key of its place, in the hint bar, in the help and in the palette; held against the keys themselves.

use std::collections::BTreeSet;

use hoinghi::{
    app::{
        dialogs::{Dialog, pages::Line},
        layout,
        msg::Msg,
    },
    i18n::Lang,
    keymap::{Context, action::Action},
};

use crate::support::desk::Desk;

/// Ways into every place, from the sample's difficulties.
const PLACES: [(&[&str], Context); 14] = [
    (&["Esc"], Context::Home),
    (&["F2"], Context::Session),
    (&["F3"], Context::Session),
    (&["F4"], Context::Session),
    (&["F5"], Context::Session),
    (&["Alt+5"], Context::Session),
    (&["Alt+6"], Context::Pledge),
    (&["Alt+K"], Context::Session),
    (&["Ctrl+T"], Context::Triage),
    (&["F7"], Context::RollCall),
    (&["F8"], Context::Speakers),
    (&["Alt+L"], Context::ReadBack),
    (&["Alt+N"], Context::FollowUp),
    (&["F6"], Context::Capture),
];

/// What the facilitator and the chair do while the session runs, and where one key does it.
const FEATURES: [(Context, &[Action]); 7] = {
    use Action as A;
    [
        (Context::Home, &[A::Add, A::CloneSession, A::Find, A::Open]),
        (
            Context::RollCall,
            &[
                A::AllPresent,
                A::TogglePresent,
                A::MarkPresent,
                A::MarkSubstitute,
                A::MarkExcused,
                A::MarkUnexcused,
                A::MarkLate,
                A::MarkLeftEarly,
                A::ChooseSitting,
                A::ChooseVenue,
                A::Add,
                A::Sitting,
            ],
        ),
        (
            Context::Session,
            &[
                A::SessionState,
                A::NextItem,
                A::Pause,
                A::Sitting,
                A::ChooseTheme,
                A::PaneSpeakers,
                A::RollCall,
                A::Triage,
                A::ReadBack,
                A::Chain,
                A::ChainNext,
                A::ChainPrevious,
                A::Fill,
                A::Link,
                A::SameOpinion,
                A::SortList,
                A::FilterList,
                A::Publish,
                A::Projector,
                A::ChairPage,
                A::Statistics,
                A::PaneFollowUp,
                A::Findings,
                A::Cover,
                A::Undo,
                A::Redo,
                A::SessionHistory,
                A::RecordHistory,
                A::Export,
            ],
        ),
        (
            Context::Speakers,
            &[A::Add, A::GiveFloor, A::PauseSpeech, A::EndSpeech, A::Allot, A::MoveUp, A::Remove],
        ),
        (
            Context::Triage,
            &[
                A::ClassifyDifficulty,
                A::ClassifyTask,
                A::Split,
                A::Attach,
                A::Merge,
                A::Unmerge,
                A::Take,
                A::KeepBoth,
                A::CheckLater,
                A::ChangeSpeaker,
            ],
        ),
        (
            Context::Capture,
            &[A::Open, A::ChangeSpeaker, A::PinContext, A::Near, A::Merge, A::Abbreviations, A::EndSpeech],
        ),
        (Context::ReadBack, &[A::Agree, A::LeaveOpen, A::Freeze, A::Open]),
    ]
};

/// A way into each of these places.
fn way(context: Context) -> &'static [&'static str] {
    PLACES.iter().find(|(keys, known)| *known == context && *keys != ["F2"] && *keys != ["F3"]).unwrap().0
}

#[test]
fn what_the_session_needs_is_at_one_key_and_in_the_hint_bar_where_it_is_needed() {
    for (context, actions) in FEATURES {
        let mut desk = Desk::sample(1100, 40, Lang::Vietnamese);
        desk.press(way(context));
        assert_eq!(desk.app.context(), context);
        let hints = desk.screen().0.last().cloned().unwrap_or_default();
        for action in actions {
            let key = desk.app.keymap.shown_key(context, *action).map(|key| key.shown());
            let key = key.unwrap_or_else(|| panic!("{action:?} has no key in {context:?}"));
            // All at once is hinted at as long as somebody was not called.
            let is_over = *action == Action::AllPresent;
            let seen = is_over || hints.contains(&format!("{key} ")) || !desk.app.is_possible(*action);
            assert!(seen, "{action:?} by {key} in {context:?}: {hints}");
        }
    }
}

#[test]
fn what_is_hinted_at_stands_two_cells_from_what_always_stands_there() {
    for lang in [Lang::Vietnamese, Lang::English] {
        for (keys, context) in PLACES {
            let mut desk = Desk::sample(80, 24, lang);
            desk.press(keys);
            for columns in 60..=130 {
                desk.tell(Msg::Resize { columns, rows: 24 });
                let hints = desk.app.hints(&layout::areas(&desk.app));
                let (aside, here): (Vec<_>, Vec<_>) = hints.iter().partition(|hint| hint.aside);
                let start = aside.iter().map(|hint| hint.area.x).min().unwrap();
                let end = here.iter().map(|hint| hint.area.right()).max().unwrap();
                assert!(end + 2 <= start, "{context:?} {columns}: {hints:?}");
            }
        }
    }
}

#[test]
fn every_key_of_a_place_is_in_its_help() {
    for (keys, context) in PLACES {
        let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
        desk.press(keys);
        assert_eq!(desk.app.context(), context, "{keys:?}");
        let mut actions = desk.app.keymap.actions(context);
        // On Home nothing is told that leads nowhere there.
        let idle = [Action::Next, Action::Previous, Action::Left, Action::Right];
        let leads = |action: &Action| desk.app.is_possible(*action) && !idle.contains(action);
        actions.retain(|action| context != Context::Home || leads(action));
        let names: Vec<&str> = actions.into_iter().map(|action| desk.app.action_name(action)).collect();
        desk.press(&["F1"]);
        let Some(Dialog::Pages(help)) = &desk.app.dialog else { panic!("{}", desk.text()) };
        let what = |line: &Line| if let Line::Pair(_, what) = line { Some(what.clone()) } else { None };
        let told: BTreeSet<String> = help.lines.iter().filter_map(what).collect();
        for name in names {
            assert!(told.contains(name), "{name} at {keys:?}");
        }
    }
}

#[test]
fn everything_has_a_name_of_its_own_in_the_palette_in_both_languages_and_the_palette_is_everywhere() {
    let all: Vec<Action> = Action::ALL.iter().copied().filter(|action| !action.is_movement()).collect();
    for lang in [Lang::Vietnamese, Lang::English] {
        for (keys, _) in PLACES {
            let mut desk = Desk::sample(80, 24, lang);
            desk.press(keys).press(&["F9"]);
            let Some(Dialog::Picker(palette)) = &desk.app.dialog else { panic!("{}", desk.text()) };
            let named: BTreeSet<&str> = palette.items.iter().map(|item| &*item.label).collect();
            assert_eq!((named.len(), palette.items.len()), (all.len(), all.len()), "{lang:?} {keys:?}");
            let impossible = palette.items.iter().filter(|item| !item.enabled);
            assert!(impossible.clone().all(|item| !item.aside.is_empty()), "greyed out with the reason");
        }
    }
}
