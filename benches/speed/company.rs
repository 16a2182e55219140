//! Measures of a session with many at the table: how soon all see what one has recorded, what that costs whoever types at the host's own
//! terminal, and how much memory it takes.

use std::{
    collections::BTreeMap,
    num::NonZero,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use vt100::Parser;

use super::{
    Failure, Rounds,
    archives::Place,
    crowd::{By, Crowd, Door, Sent},
    making::Size,
    screens::{CAPTURE, LINE, echoes},
    stranger::key,
    table::{Row, against, ms, ratio},
    terminal::{COLUMNS, ROWS, Terminal},
};

const SMALL: Size = Size { sessions: 1, records: 200, newest: None, seed: 1 };
const NOTE_TAKERS: u8 = 10;
/// How many lines a second are recorded by all note-takers together.
const BEAT: Duration = Duration::from_millis(100);
/// How long the last line may take to reach everybody.
const PATIENCE: Duration = Duration::from_secs(3);

/// A host with its own screens whose door is open: note-takers have keys that are approved, whoever has the code looks on.
pub(crate) fn host(place: &Place, name: &str) -> Result<(Terminal, Door), Failure> {
    let dir = place.copy(&place.archive("rows-200", SMALL)?, name)?;
    approve(&dir)?;
    let mut start = Place::start(&dir);
    start.arguments = ["host", "--listen", "127.0.0.1:0", "--admit", "observer"]
        .map(str::to_owned)
        .into_iter()
        .chain(start.arguments)
        .collect();
    // The fingerprint is the last that the invitation shows.
    "SHA256:".clone_into(&mut start.ready);
    let (mut terminal, _) = Terminal::start(&start, &place.home)?;
    let door = invitation(&terminal.text()).ok_or_else(|| format!("no invitation:\n{}", terminal.text()))?;
    terminal.press(&["\x1b"])?;
    Ok((terminal, door))
}

/// Writes the keys of the note-takers down as approved.
fn approve(dir: &Path) -> Result<(), Failure> {
    let approved = (0..NOTE_TAKERS).map(|number| {
        let key = key(number).public_key().to_openssh()?;
        Ok(serde_json::json!({ "key": key, "name": format!("Thư ký {number}"), "role": "note_taker" }))
    });
    let approved = approved.collect::<Result<Vec<_>, Failure>>()?;
    std::fs::create_dir_all(dir.join("door"))?;
    std::fs::write(dir.join("door/approved.json"), serde_json::to_vec(&approved)?)?;
    Ok(())
}

/// The port and the code that the host's screen shows.
fn invitation(text: &str) -> Option<Door> {
    let port = text.split("ssh -p ").nth(1)?.split_whitespace().next()?;
    let shown = text.lines().skip_while(|line| !line.contains("Mã vào họp")).nth(1)?;
    let code = shown.chars().filter(char::is_ascii_digit).collect();
    Some(Door { address: format!("127.0.0.1:{port}"), code })
}

/// The note-takers and so many others.
fn seats(crowd: &mut Crowd, door: &Door, count: usize) -> Result<(), Failure> {
    crowd.join(door, (0..NOTE_TAKERS).map(By::Key))?;
    crowd.join(door, std::iter::repeat_n(By::Code, count.saturating_sub(NOTE_TAKERS.into())))
}

/// Records lines at the beat; how long each took until the last client was sent that it, or one after it, is recorded.
fn record(crowd: &Crowd, lines: usize) -> Result<Vec<f64>, Failure> {
    let (mut entered, begun) = (Vec::new(), Instant::now());
    for line in 0..lines {
        entered.push(crowd.write(line % usize::from(NOTE_TAKERS), "noi dung cua mot dong")?);
        let beats = u32::try_from(line + 1)?;
        thread::sleep((BEAT * beats).saturating_sub(begun.elapsed()));
    }
    thread::sleep(PATIENCE);
    let told = told(crowd)?;
    let newest =
        told.values().flatten().map(|(number, _)| *number).max().ok_or("nobody was told anything")?;
    let first = (newest + 1).checked_sub(lines).ok_or("fewer lines than were typed")?;
    let took = |(line, entered): (usize, &Instant)| {
        let number = first + line;
        // Nobody is told their own lines as news.
        let others = told.iter().filter(|(client, _)| **client != line % usize::from(NOTE_TAKERS));
        let when = |news: &Vec<(usize, Instant)>| {
            news.iter()
                .find(|(told, _)| *told >= number)
                .map(|(_, at)| ms(at.saturating_duration_since(*entered)))
        };
        let all: Option<Vec<f64>> = others.map(|(_, news)| when(news)).collect();
        all.map(|all| all.into_iter().fold(0.0, f64::max))
    };
    // Of the last lines nobody is told anything later, so a writer among the last may have missed one.
    let all = entered.iter().enumerate().take(lines.saturating_sub(usize::from(NOTE_TAKERS)));
    all.map(|line| took(line).ok_or_else(|| "a line did not reach everybody".into())).collect()
}

/// The numbers of the lines that each client was told of, and when.
fn told(crowd: &Crowd) -> Result<BTreeMap<usize, Vec<(usize, Instant)>>, Failure> {
    let cells = |count| NonZero::new(count).ok_or("no cells");
    let (rows, columns) = (cells(ROWS)?, cells(COLUMNS)?);
    let mut clients: BTreeMap<usize, (Parser, Vec<(usize, Instant)>)> = BTreeMap::new();
    for Sent { client, at, bytes } in crowd.sent.try_iter() {
        let (parser, news) =
            clients.entry(client).or_insert_with(|| (Parser::new(rows, columns, 0), Vec::new()));
        parser.process(&bytes);
        let status = parser.screen().rows(0, COLUMNS).nth(usize::from(ROWS) - 2).unwrap_or_default();
        let number = status
            .split("ghi GN-")
            .nth(1)
            .and_then(|rest| rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok());
        if let Some(number) = number.filter(|number| news.last().is_none_or(|(last, _)| last < number)) {
            news.push((number, at));
        }
    }
    Ok(clients.into_iter().map(|(client, (_, news))| (client, news)).collect())
}

/// The value below which so many of a hundred lie.
fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(0.0)
}

/// Types lines at the host's own terminal; how long each letter took to be seen.
pub(crate) fn type_lines(terminal: &mut Terminal, lines: usize) -> Result<Vec<f64>, Failure> {
    let mut times = Vec::new();
    terminal.press(&[CAPTURE, "\x15"])?;
    for _ in 0..lines {
        echoes(terminal, LINE, &mut times)?;
        terminal.press(&["\x15"])?;
    }
    Ok(times)
}

pub(crate) fn rows(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let mut rows = of_seats(place, rounds, 200)?;
    rows.extend(of_seats(place, rounds, 500)?.into_iter().take(1));
    Ok(rows)
}

fn of_seats(place: &Place, rounds: &Rounds, count: usize) -> Result<Vec<Row>, Failure> {
    let (mut terminal, door) = host(place, "table")?;
    let mut crowd = Crowd::new()?;
    terminal.drain(Duration::from_secs(1));
    let alone = type_lines(&mut terminal, rounds.keys)?;
    let before = terminal.memory().ok_or("no memory figure")?;
    seats(&mut crowd, &door, count)?;
    terminal.drain(Duration::from_secs(2));
    let more = terminal.memory().ok_or("no memory figure")?.saturating_sub(before);
    let together = type_lines(&mut terminal, rounds.keys)?;
    let cpu = terminal.cpu();
    let begun = Instant::now();
    let took = record(&crowd, rounds.keys * 30)?;
    let load = terminal.cpu().saturating_sub(cpu).as_secs_f64() / begun.elapsed().as_secs_f64();
    drop(crowd);
    // Leaving would ask about those who are still here.
    terminal.kill()?;
    let figures = format!(
        "p50 {:.1} ms, p99 {:.1}, {} lines, host's CPU {:.0} %",
        percentile(&took, 50),
        percentile(&took, 99),
        took.len(),
        load * 100.0
    );
    let mib = f64::from(u32::try_from(more >> 10)?) / 1024.0;
    Ok(vec![
        Row::new(
            &format!("Enter → last of {count} seats, p99, ms"),
            percentile(&took, 99),
            100.0,
            30.0,
            figures,
        ),
        Row::new(
            &format!("typing with {count} seats attached : alone, p50"),
            ratio(&together, &alone),
            1.2,
            1.05,
            against(&together, &alone, "ms"),
        ),
        Row::new(&format!("memory of {count} seats more, MiB"), mib, 40.0, 16.0, String::new()),
    ])
}
