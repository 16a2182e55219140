//! Damaged files of either copy.

use std::fs;

use hoinghi::{
    domain::ids::{CommandId, ScopeId},
    store::{Damage, Store, examine},
};

use super::lab::{Lab, SESSION, files_under, refold, wordings};

/// Opens, waits for repairs, and expects all of a filled store.
fn assert_whole(lab: &mut Lab) -> Store {
    let mut store = lab.open();
    store.board(SESSION).unwrap();
    store.settle().unwrap();
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 3);
    assert_eq!(*store.board(SESSION).unwrap(), refold(&store, SESSION));
    store
}

fn break_line(lab: &Lab, number: usize) -> (std::path::PathBuf, String) {
    let log = lab.logs(SESSION).remove(0);
    let text = fs::read_to_string(&log).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[number] = "\0".repeat(lines[number].len());
    let broken = lines.join("\n") + "\n";
    fs::write(&log, &broken).unwrap();
    (log, broken)
}

fn forget_clean_close(lab: &Lab) {
    fs::remove_file(lab.path().join("clean")).unwrap();
}

#[test]
fn a_removed_database_is_made_again() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    fs::remove_dir_all(lab.path().join("db")).unwrap();
    assert_whole(&mut lab).close().unwrap();
    let mut again = assert_whole(&mut lab);
    assert_eq!(again.board(SESSION).unwrap().change_count(), 4);
}

#[test]
fn a_truncated_or_overwritten_database_is_made_again() {
    type Break = fn(&mut Vec<u8>);
    let breaks: [Break; 4] = [
        |bytes| bytes.truncate(bytes.len() / 2),
        Vec::clear,
        |bytes| bytes.fill(0xff),
        |bytes| bytes.iter_mut().step_by(37).for_each(|byte| *byte ^= 0x55),
    ];
    for break_it in breaks {
        for clean in [true, false] {
            let mut lab = Lab::new();
            lab.filled().close().unwrap();
            let file = lab.path().join("db/000001/db");
            let mut bytes = fs::read(&file).unwrap();
            break_it(&mut bytes);
            fs::write(&file, bytes).unwrap();
            if !clean {
                forget_clean_close(&lab);
            }
            assert_whole(&mut lab).close().unwrap();
            let again = assert_whole(&mut lab);
            again.close().unwrap();
            let sound = examine(&lab.path(), &lab.options(), false).unwrap();
            assert!(sound.is_sound(), "{sound:?}");
        }
    }
}

#[test]
fn a_database_that_disappears_while_working_delays_nobody() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let mut store = lab.open();
    store.board(SESSION).unwrap();
    fs::remove_dir_all(lab.path().join("db")).unwrap();
    let record = lab.capture(&mut store, "vẫn ghi");
    let _closed_or_not = store.close();
    let mut store = lab.open();
    assert_eq!(store.board(SESSION).unwrap().record(record).unwrap().wording(), "vẫn ghi");
    store.settle().unwrap();
    store.close().unwrap();
    let mut store = lab.open();
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 4);
    assert_eq!(store.log_lines_parsed(), 0);
}

#[test]
fn a_torn_last_line_is_put_into_quarantine() {
    let mut lab = Lab::new();
    drop(lab.filled());
    let log = lab.logs(SESSION).remove(0);
    let whole = fs::read(&log).unwrap();
    fs::write(&log, [&whole[..], b"{\"h\":{\"version\""].concat()).unwrap();
    let store = assert_whole(&mut lab);
    let torn = Damage::TornLine { offset: u64::try_from(whole.len()).unwrap() };
    assert!(store.findings().iter().any(|finding| finding.damage == torn && finding.repaired));
    assert_eq!(fs::read(&log).unwrap(), whole);
    let aside = files_under(&lab.path().join("quarantine"));
    assert_eq!(fs::read(&aside[0]).unwrap(), b"{\"h\":{\"version\"");
}

#[test]
fn an_acknowledged_line_that_was_torn_comes_back_from_the_database() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let log = lab.logs(SESSION).remove(0);
    let whole = fs::read(&log).unwrap();
    fs::write(&log, &whole[..whole.len() - 30]).unwrap();
    let mut store = lab.open();
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 2);
    store.settle().unwrap();
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 3);
    store.close().unwrap();
    assert_whole(&mut lab);
}

#[test]
fn a_bad_line_in_the_middle_stays_is_reported_and_fetched() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let (log, broken) = break_line(&lab, 1);
    forget_clean_close(&lab);
    let store = assert_whole(&mut lab);
    assert!(store.findings().iter().any(|finding| matches!(finding.damage, Damage::BadLine { .. })));
    store.close().unwrap();
    assert!(fs::read_to_string(log).unwrap().starts_with(&broken), "nothing before the end was touched");
    let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
    assert!(diagnosis.is_sound(), "{diagnosis:?}");
}

#[test]
fn removed_logs_come_back_from_the_database() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    fs::remove_dir_all(lab.path().join("log")).unwrap();
    forget_clean_close(&lab);
    let store = assert_whole(&mut lab);
    assert_eq!(lab.logs(SESSION).len(), 1);
    store.close().unwrap();
    assert_whole(&mut lab);
}

#[test]
fn the_doctor_names_and_mends() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let sound = examine(&lab.path(), &lab.options(), false).unwrap();
    assert_eq!((sound.scopes, sound.changes, sound.findings.len()), (1, 4, 0));

    break_line(&lab, 2);
    let options = lab.options();
    let sick = examine(&lab.path(), &options, false).unwrap();
    let damages: Vec<&Damage> = sick.findings.iter().map(|finding| &finding.damage).collect();
    assert!(!damages.contains(&&Damage::Lost { first: 3, last: 3 }), "the other copy has it: {damages:?}");
    assert!(damages.contains(&&Damage::LogLacks { changes: 1 }), "{damages:?}");
    assert!(!sick.is_sound());

    let mended = examine(&lab.path(), &options, true).unwrap();
    assert!(mended.is_sound(), "{mended:?}");
    assert_eq!(mended.findings.len(), sick.findings.len());
    assert_whole(&mut lab);
}

#[test]
fn the_doctor_names_what_both_copies_lost() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    break_line(&lab, 2);
    fs::remove_dir_all(lab.path().join("db")).unwrap();
    let diagnosis = examine(&lab.path(), &lab.options(), true).unwrap();
    let lost = diagnosis.findings.iter().find(|finding| finding.damage == Damage::Lost { first: 3, last: 3 });
    let lost = lost.unwrap();
    assert!(!lost.repaired && lost.scope == Some(SESSION) && lost.origin.is_some());
}

#[test]
fn the_doctor_makes_a_marker_again() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    fs::write(lab.path().join("hoinghi.json"), "").unwrap();
    let diagnosis = examine(&lab.path(), &lab.options(), true).unwrap();
    assert_eq!(diagnosis.findings[0].damage, Damage::Marker);
    assert_whole(&mut lab);
}

#[test]
fn a_line_of_another_scope_is_not_folded() {
    let mut lab = Lab::new();
    drop(lab.filled());
    let log = lab.logs(SESSION).remove(0);
    let other = ScopeId(9);
    let elsewhere = lab.path().join("log").join(other.to_string());
    fs::create_dir_all(&elsewhere).unwrap();
    fs::copy(&log, elsewhere.join(log.file_name().unwrap())).unwrap();
    let mut store = assert_whole(&mut lab);
    assert_eq!(store.board(other).unwrap().change_count(), 0);
    assert!(store.findings().iter().any(|finding| finding.damage == Damage::Misplaced { offset: 0 }));
}

/// Cuts the last line off the log, at a line's end, and removes the database.
fn lose_the_last_line(lab: &Lab) {
    let log = lab.logs(SESSION).remove(0);
    let text = fs::read_to_string(&log).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    fs::write(&log, lines[..3].join("\n") + "\n").unwrap();
    fs::remove_dir_all(lab.path().join("db")).unwrap();
}

#[test]
fn what_both_copies_lost_at_a_line_end_is_named() {
    let lost = Damage::Lost { first: 4, last: 4 };
    for whole_file in [false, true] {
        let mut lab = Lab::new();
        lab.filled().close().unwrap();
        lose_the_last_line(&lab);
        let lost = if whole_file {
            fs::remove_dir_all(lab.path().join("log")).unwrap();
            Damage::Lost { first: 1, last: 4 }
        } else {
            lost.clone()
        };
        let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
        assert!(diagnosis.findings.iter().any(|found| found.damage == lost), "{diagnosis:?}");
        let mut store = lab.open();
        store.board(SESSION).unwrap();
        store.settle().unwrap();
        assert!(store.findings().iter().any(|found| found.damage == lost && !found.repaired));
    }
}

#[test]
fn lines_in_the_log_of_another_scope_are_brought_home() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let log = lab.logs(SESSION).remove(0);
    let elsewhere = lab.path().join("log").join(ScopeId(9).to_string());
    fs::create_dir_all(&elsewhere).unwrap();
    fs::rename(&log, elsewhere.join(log.file_name().unwrap())).unwrap();
    fs::remove_dir_all(lab.path().join("db")).unwrap();
    assert!(!examine(&lab.path(), &lab.options(), false).unwrap().is_sound());
    let mended = examine(&lab.path(), &lab.options(), true).unwrap();
    assert!(mended.is_sound(), "{mended:?}");
    assert_whole(&mut lab);
}

#[test]
fn a_draft_that_is_damaged_or_gone_is_named_and_what_is_left_is_kept_aside() {
    for gone in [false, true] {
        let mut lab = Lab::new();
        let store = lab.filled();
        let (mut draft, _) = store.drafts().open("local").unwrap();
        draft.save(CommandId(1), b"first").unwrap();
        draft.save(CommandId(2), b"second").unwrap();
        store.close().unwrap();
        let file = lab.path().join("drafts/local.draft");
        let mut bytes = fs::read(&file).unwrap();
        bytes.pop();
        fs::write(&file, &bytes).unwrap();
        if gone {
            fs::remove_file(&file).unwrap();
        }
        let named = Damage::Draft { name: "local.draft".to_owned() };
        let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
        assert_eq!(diagnosis.findings.iter().map(|found| &found.damage).collect::<Vec<_>>(), [&named]);
        let (draft, kept) = lab.open().drafts().open("local").unwrap();
        assert!(draft.is_damaged());
        assert_eq!(kept.map(|kept| kept.state), (!gone).then(|| b"first".to_vec()));
        let aside = files_under(&lab.path().join("quarantine"));
        assert_eq!(aside.iter().map(|file| fs::read(file).unwrap()).next(), (!gone).then_some(bytes));
        drop(draft);
        let told_again = lab.open().drafts().open("local").unwrap().0.is_damaged();
        assert_eq!(
            told_again, gone,
            "what was cut off is told once; what is gone, until there is a draft again"
        );
    }
}
