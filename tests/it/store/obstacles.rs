//! Something else where a file or folder of ours should stand: a folder, a pipe, a link that leads nowhere or to itself.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use hoinghi::{
    domain::ids::CommandId,
    store::{Damage, Store, StoreError, examine},
};

use super::lab::{Lab, SESSION, capture, files_under, wordings};

type Obstruct = fn(&Path);

const OBSTACLES: [(&str, Obstruct); 5] = [
    ("folder", |path| fs::create_dir(path).unwrap()),
    ("pipe", |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success())),
    ("dangling link", |path| symlink("/nowhere/at/all", path).unwrap()),
    ("link to itself", |path| symlink(path.file_name().unwrap(), path).unwrap()),
    ("file", |path| fs::write(path, "x").unwrap()),
];

/// A closed folder with an off-record line and a draft.
fn closed() -> Lab {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    lab.commit(&mut store, capture(0xff, "nội bộ", true));
    store.drafts().open("local").unwrap().0.save(CommandId(1), b"half").unwrap();
    store.close().unwrap();
    lab
}

/// The places of a folder, by their paths in it.
fn places(data: &Path) -> Vec<PathBuf> {
    let one = |folder: &str| files_under(&data.join(folder)).remove(0).strip_prefix(data).unwrap().to_owned();
    let (log, body) = (one(&format!("log/{SESSION}")), one("private"));
    let names = "log private drafts db db/000001 db/000001/db db/000001/conf drafts/local.draft \
                 reach clean lock holder reserve scrub erasing quarantine";
    let folders = [&log, &body].map(|file| file.parent().unwrap().to_owned());
    folders
        .into_iter()
        .chain([log.clone(), body.clone()])
        .chain(names.split(' ').map(PathBuf::from))
        .collect()
}

fn clear(place: &Path) {
    if place.is_dir() {
        fs::remove_dir_all(place).unwrap();
    } else {
        let _not_there = fs::remove_file(place);
    }
}

/// The same as it was left, with something else in one place; `None` if that is what should stand there.
fn obstructed(place: &Path, (what, obstruct): (&str, Obstruct), clean: bool) -> Option<Lab> {
    let lab = closed();
    if !clean {
        fs::remove_file(lab.path().join("clean")).unwrap();
    }
    let place = lab.path().join(place);
    let wants_file =
        place.is_file() || place.ends_with("scrub") || place.ends_with("erasing") || place.ends_with("clean");
    if what == if wants_file { "file" } else { "folder" } {
        return None;
    }
    clear(&place);
    obstruct(&place);
    Some(lab)
}

#[test]
fn whatever_stands_in_the_way_is_put_aside_and_nothing_is_lost() {
    let seen = closed();
    for (place, obstacle, clean) in places(&seen.path()).iter().flat_map(|place| {
        OBSTACLES.into_iter().flat_map(move |obstacle| [(place, obstacle, true), (place, obstacle, false)])
    }) {
        let case = format!("a {} at {}, closed {clean}", obstacle.0, place.display());
        let Some(mut lab) = obstructed(place, obstacle, clean) else { continue };
        let sick = examine(&lab.path(), &lab.options(), false).unwrap();
        // What only the lock needs is cleared with it.
        let is_word = place.ends_with("lock") || place.ends_with("holder");
        assert_eq!(sick.findings.is_empty(), is_word, "{case}: {sick:?}");
        let read = Store::open(&lab.path(), lab.options().read_only()).unwrap().board(SESSION);
        read.unwrap_or_else(|error| panic!("{case}: {error}"));
        let mut store = lab.open();
        store.board(SESSION).unwrap();
        store.settle().unwrap();
        let (board, private) = store.boards(SESSION).unwrap();
        assert_eq!((wordings(&board).len(), private.records().count()), (4, 1), "{case}");
        let (draft, kept) = store.drafts().open("local").unwrap();
        let without = place.starts_with("drafts");
        assert_eq!((draft.is_damaged(), kept.is_none()), (without, without), "{case}");
        drop(draft);
        lab.capture(&mut store, "ghi tiếp");
        store.close().unwrap();
        let sound = examine(&lab.path(), &lab.options(), true).unwrap();
        assert!(sound.is_sound(), "{case}: {sound:?}");
        assert_eq!(wordings(&lab.open().board(SESSION).unwrap()).len(), 5, "{case}");
    }
}

#[test]
fn the_doctor_names_what_stands_in_the_way_and_clears_it() {
    for (place, obstacle) in
        [("reach", OBSTACLES[0]), ("hoinghi.json", OBSTACLES[0]), ("hoinghi.json", OBSTACLES[1])]
    {
        let mut lab = closed();
        clear(&lab.path().join(place));
        obstacle.1(&lab.path().join(place));
        if place == "reach" {
            let named = Damage::Obstacle { path: place.to_owned() };
            let sick = examine(&lab.path(), &lab.options(), false).unwrap();
            assert!(sick.findings.iter().any(|found| found.damage == named && !found.repaired), "{sick:?}");
        } else {
            assert!(matches!(examine(&lab.path(), &lab.options(), false), Err(StoreError::Damaged(_))));
        }
        let mended = examine(&lab.path(), &lab.options(), true).unwrap();
        assert!(mended.is_sound() && !mended.findings.is_empty(), "{mended:?}");
        assert!(examine(&lab.path(), &lab.options(), false).unwrap().findings.is_empty());
    }
}
