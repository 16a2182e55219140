//! Measures of the host's own terminal while somebody attacks the door: a letter typed there, and the memory of the program.

use std::{
    io::Write as _,
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use russh::{
    Channel,
    client::{Handle, Msg},
};

use super::{
    Failure, Rounds,
    archives::{Place, note},
    company::{host, type_lines},
    crowd::{By, Crowd, Door},
    stranger::{Trusting, connect, give_code, shell},
    table::{Row, against, ratio},
    terminal::{COLUMNS, ROWS, Terminal},
};

/// A letter typed meanwhile may take so many times what it takes otherwise, and the program so much more memory, in MiB.
const MUST: f64 = 1.2;
const MEMORY: f64 = 64.0;
/// A thousand connections a minute, and some more.
const KNOCK: Duration = Duration::from_millis(50);

/// Somebody who attacks until they are told to stop.
type Attack = fn(&Door, &Stop) -> Result<(), Failure>;

#[derive(Clone, Default)]
struct Stop(Arc<AtomicBool>);

impl Stop {
    fn is_near(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

const ATTACKS: [(&str, Attack); 8] = [
    ("ten stalled clients", stalled),
    ("ten windows dragged without end", dragged),
    ("1,000 connections a minute", knocking),
    ("200 half-open connections", half_open),
    ("an endless paste", pasting),
    ("random bytes before login", noise_before),
    ("random bytes after login", noise_after),
    ("wrong codes of many users", guessing),
];

pub(crate) fn rows(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (what, attack) in ATTACKS {
        note(&format!("attack: {what}"));
        let (mut terminal, door) = host(place, "attacked")?;
        let measured = under(&mut terminal, &door, attack, rounds.keys);
        terminal.kill()?;
        match measured {
            Ok((alone, attacked, mib)) => {
                let figures = format!("{}, {mib:+.1} MiB", against(&attacked, &alone, "ms"));
                let ratio = if mib > MEMORY { f64::INFINITY } else { ratio(&attacked, &alone) };
                let what = format!("typing at the host, {what} : none, p50");
                rows.push(Row::new(&what, ratio, MUST, 1.05, figures));
            }
            Err(error) => rows.push(Row::skipped(what, &error.to_string().replace('\n', " "))),
        }
    }
    Ok(rows)
}

/// Letters typed before and during an attack, and how much more memory the program has then.
fn under(
    terminal: &mut Terminal,
    door: &Door,
    attack: Attack,
    lines: usize,
) -> Result<(Vec<f64>, Vec<f64>, f64), Failure> {
    terminal.drain(Duration::from_secs(1));
    let alone = type_lines(terminal, lines)?;
    let before = terminal.memory().ok_or("no memory figure")?;
    let (stop, at) = (Stop::default(), door.clone());
    let told = stop.clone();
    let attacking: JoinHandle<Result<(), String>> =
        thread::spawn(move || attack(&at, &told).map_err(|error| error.to_string()));
    // Meanwhile others may be writing, so the screen need not come to rest.
    thread::sleep(Duration::from_secs(2));
    terminal.drain(Duration::ZERO);
    let attacked = type_lines(terminal, lines * 2);
    let after = terminal.memory().ok_or("no memory figure")?;
    stop.0.store(true, Ordering::SeqCst);
    attacking.join().map_err(|_panic| "the attacker failed")??;
    let mib = |bytes: u64| u32::try_from(bytes >> 10).map(|kib| f64::from(kib) / 1024.0);
    Ok((alone, attacked?, mib(after)? - mib(before)?))
}

/// Somebody who has come in and looks on.
async fn looker(door: &Door, name: &str) -> Result<(Handle<Trusting>, Channel<Msg>), Failure> {
    let mut session = connect(&door.address).await?;
    if !give_code(&mut session, name, &door.code).await {
        return Err("not let in".into());
    }
    let channel = shell(&session, (COLUMNS.into(), ROWS.into())).await?;
    Ok((session, channel))
}

/// Does something of a client until it is time to stop.
fn until_stopped<F: Future<Output = Result<(), Failure>>>(deed: F) -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(deed)
}

async fn pause(pause: Duration) {
    tokio::time::sleep(pause).await;
}

/// They show that they are terminals which answer, and then neither read nor answer, while somebody writes.
fn stalled(door: &Door, stop: &Stop) -> Result<(), Failure> {
    let mut crowd = Crowd::new()?;
    crowd.join(door, std::iter::once(By::Key(0)))?;
    let writing = (door.clone(), stop.clone());
    let all = thread::spawn(move || {
        until_stopped(async {
            let mut all = Vec::new();
            for number in 0..10 {
                let (session, channel) =
                    looker(&writing.0, &format!("im{number}")).await.map_err(|error| error.to_string())?;
                channel.data_bytes(&b"\x1b[0n"[..]).await?;
                all.push((session, channel));
            }
            while !writing.1.is_near() {
                pause(KNOCK).await;
            }
            Ok(())
        })
        .map_err(|error| error.to_string())
    });
    while !stop.is_near() {
        crowd.write(0, "noi dung cua mot dong")?;
        thread::sleep(Duration::from_millis(400));
    }
    all.join().map_err(|_panic| "the attacker failed")??;
    Ok(())
}

fn dragged(door: &Door, stop: &Stop) -> Result<(), Failure> {
    until_stopped(async {
        let mut all = Vec::new();
        for number in 0..10 {
            let (session, channel) = looker(door, &format!("keo{number}")).await?;
            // Five have seats of their own.
            channel.data_bytes(if number < 5 { &b"\x1b[B"[..] } else { b"" }).await?;
            let (mut screen, window) = channel.split();
            tokio::spawn(async move { while screen.wait().await.is_some() {} });
            all.push((session, window));
        }
        let mut turn = 0_u32;
        while !stop.is_near() {
            turn += 1;
            for (_, window) in &all {
                window.window_change(60 + turn % 80, 20 + turn % 30, 0, 0).await?;
            }
            pause(Duration::from_millis(5)).await;
        }
        Ok(())
    })
}

fn knocking(door: &Door, stop: &Stop) -> Result<(), Failure> {
    until_stopped(async {
        while !stop.is_near() {
            drop(connect(&door.address).await?);
            pause(KNOCK).await;
        }
        Ok(())
    })
}

fn half_open(door: &Door, stop: &Stop) -> Result<(), Failure> {
    let open = (0..200).map(|_| TcpStream::connect(&door.address)).collect::<Result<Vec<_>, _>>()?;
    while !stop.is_near() {
        thread::sleep(KNOCK);
    }
    drop(open);
    Ok(())
}

fn noise(count: usize) -> Vec<u8> {
    let mix = |at: usize| u8::try_from((at.wrapping_mul(2_654_435_761) >> 13) & 0xff).unwrap_or(0);
    (0..count).map(mix).collect()
}

/// Sends bytes in without end.
fn flooding(door: &Door, stop: &Stop, first: &'static [u8], flood: Vec<u8>) -> Result<(), Failure> {
    until_stopped(async {
        let (session, channel) = looker(door, "lut").await?;
        let (mut screen, keyboard) = channel.split();
        tokio::spawn(async move { while screen.wait().await.is_some() {} });
        keyboard.data_bytes(first).await?;
        let sending = tokio::spawn(async move { while keyboard.data_bytes(flood.clone()).await.is_ok() {} });
        while !stop.is_near() {
            pause(KNOCK).await;
        }
        sending.abort();
        drop(session);
        Ok(())
    })
}

fn pasting(door: &Door, stop: &Stop) -> Result<(), Failure> {
    flooding(door, stop, b"\x1b[200~", vec![b'x'; 1 << 15])
}

fn noise_after(door: &Door, stop: &Stop) -> Result<(), Failure> {
    flooding(door, stop, b"", noise(1 << 15))
}

fn noise_before(door: &Door, stop: &Stop) -> Result<(), Failure> {
    let bytes = noise(70_000);
    while !stop.is_near() {
        let mut stream = TcpStream::connect(&door.address)?;
        // The host hangs up as soon as it makes no sense.
        drop(stream.write_all(&bytes));
        thread::sleep(KNOCK);
    }
    Ok(())
}

fn guessing(door: &Door, stop: &Stop) -> Result<(), Failure> {
    until_stopped(async {
        let mut user = 0;
        while !stop.is_near() {
            user += 1;
            let mut session = connect(&door.address).await?;
            tokio::spawn(async move { give_code(&mut session, &format!("u{user}"), "00000000").await });
            pause(KNOCK).await;
        }
        Ok(())
    })
}
