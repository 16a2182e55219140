//! What it costs that a line is on the disk, against the bare minimum of bringing as many bytes there.

use std::{fs::File, io::Write as _, time::Instant};

use chrono::DateTime;
use hoinghi::{
    domain::{
        change::Author,
        command::{Capture, Command, Request},
        ids::{IdStream, PersonId},
        kind::Kind,
        policy::Role,
    },
    store::{OpenOptions, Store},
};

use super::{
    Failure, Rounds,
    archives::Place,
    screens::EQUAL,
    table::{Row, against, ms, ratio},
};

/// The whole commit is measured, from the wish to the board; the reference writes the bytes of the same line.
pub(crate) fn rows(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let dir = place.copy(&place.archive("archive-20000", EQUAL)?, "appended")?;
    let mut store = Store::open(&dir, OpenOptions::new(99, "the benchmark"))?;
    let scope = store.catalogue().first().ok_or("no session")?.scope;
    store.board(scope)?;
    let mut bare = File::options().create(true).append(true).open(place.file("bare.jsonl"))?;
    let mut ids = IdStream::new(5);
    let said_at = DateTime::parse_from_rfc3339("2026-11-05T09:31:00+07:00")?;
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    let mut bytes = vec![b'x'; 700];
    for round in 0..rounds.commits {
        let text = format!("Đảng viên nghỉ hưu chậm nộp hồ sơ giới thiệu sinh hoạt, lần {round}");
        let (record, kind) = (ids.record(), Kind::Opinion);
        let capture = Capture { record, kind, text, said_at, details: Vec::new(), off_record: false };
        let request = Request {
            command_id: ids.command(),
            scope,
            author: Author { person: PersonId(1), name: "Lan".into() },
            role: Role::Facilitator,
            at: said_at,
            command: Command::Capture(Box::new(capture)),
        };
        let started = Instant::now();
        store.commit(&request)?;
        ours.push(ms(started.elapsed()));
        let started = Instant::now();
        bare.write_all(&bytes)?;
        bare.sync_data()?;
        floor.push(ms(started.elapsed()));
        if round == 0 {
            bytes = vec![b'x'; length_of_last(&store, scope)?];
        }
    }
    store.close()?;
    let what = "durable commit : append and fdatasync of the same bytes";
    Ok(vec![Row::new(what, ratio(&ours, &floor), 1.5, 1.1, against(&ours, &floor, "ms"))])
}

fn length_of_last(store: &Store, scope: hoinghi::domain::ids::ScopeId) -> Result<usize, Failure> {
    let lines = store.lines(scope, false)?;
    Ok(lines.last().map_or(0, |line| line.raw().len() + 1))
}
