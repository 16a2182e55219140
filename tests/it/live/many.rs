//! Many OpenSSH clients at once, each in a terminal that answers as real ones do.
//!
//! `HOINGHI_CLIENTS` says how many type Vietnamese at once, `HOINGHI_LINES` how many lines each of them.

use std::{
    env, thread,
    time::{Duration, Instant},
};

use super::{line, remote::hosted};
use crate::support::{
    capture::{exported_notes, shown_line},
    host::{Host, has_client},
    ime::Ime,
    pty::Program,
    syllables,
};

const PATIENCE: Duration = Duration::from_mins(1);
/// How many words a line has.
const WORDS: usize = 8;

fn setting(name: &str, usual: usize) -> usize {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// Clients who have come in, one after the other.
fn all_in(host: &Host, count: usize) -> Vec<Program> {
    let join = |number| {
        let mut client = host.join_answering(&format!("nguoi{number}"));
        client.wait_for("GN-01");
        client
    };
    (0..count).map(join).collect()
}

/// What the line shows as soon as it shows what is wanted, or in the end.
fn line_when(client: &Program, wanted: &str) -> String {
    let started = Instant::now();
    while shown_line(client) != wanted && started.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(1));
    }
    shown_line(client)
}

/// The lines of one of them, each with the input method by which it is typed.
fn lines_of(client: usize, count: usize, known: &[String]) -> Vec<(Ime, String)> {
    let imes: Vec<Ime> = Ime::all().collect();
    let word = |line: usize, at: usize| known[(client * 1_009 + line * 131 + at * 37) % known.len()].clone();
    let text = |line| (0..WORDS).map(|at| word(line, at)).collect::<Vec<_>>().join(" ");
    (0..count).map(|line| (imes[(client * count + line) % imes.len()], text(line))).collect()
}

fn type_lines(client: &mut Program, lines: &[(Ime, String)]) {
    for (ime, line) in lines {
        for (at, word) in line.split(' ').enumerate() {
            client.send(if at > 0 { " " } else { "" });
            for key in ime.keystrokes(word) {
                client.send(key);
                thread::sleep(Duration::from_millis(2));
            }
        }
        assert_eq!(line_when(client, line), *line, "as shown, {ime:?}");
        client.send("\r");
        assert_eq!(line_when(client, ""), "", "stored, {ime:?}");
    }
}

#[test]
fn vietnamese_that_many_type_at_once_is_shown_and_stored_letter_by_letter() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let (people, count) = (setting("HOINGHI_CLIENTS", 4), setting("HOINGHI_LINES", 3));
    let known = syllables::spread(5_000);
    let all: Vec<Vec<(Ime, String)>> = (0..people).map(|client| lines_of(client, count, &known)).collect();
    let host = hosted(folder.path(), &[]);
    let mut clients = all_in(&host, people);
    thread::scope(|scope| {
        for (client, lines) in clients.iter_mut().zip(&all) {
            scope.spawn(move || type_lines(client, lines));
        }
    });
    assert!(host.end());
    let mut stored = exported_notes(folder.path());
    let first = std::iter::once("dòng đầu".to_owned());
    let mut wanted: Vec<String> = all.into_iter().flatten().map(|(_, line)| line).chain(first).collect();
    let letters: usize = wanted.iter().map(|line| line.chars().count()).sum();
    println!("{people} clients, {} lines, {letters} letters", wanted.len());
    stored.sort();
    wanted.sort();
    assert_eq!(stored, wanted);
}

/// Types letters until the host is gone; what was typed, and the last of it that was shown.
fn type_to_the_end(client: &mut Program, first: char) -> (String, String) {
    let (mut typed, mut shown) = (String::new(), String::new());
    for letter in (first..='z').cycle().take(60) {
        if client.has_ended() || !client.offer(letter.to_string()) {
            break;
        }
        typed.push(letter);
        thread::sleep(Duration::from_millis(15));
        let now = shown_line(client);
        if typed.starts_with(&now) && now.len() > shown.len() {
            shown = now;
        }
    }
    (typed, shown)
}

#[test]
fn after_a_kill_while_ten_type_what_was_acknowledged_is_there_and_each_finds_their_draft() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &[]);
    let mut clients = all_in(&host, 10);
    for (number, client) in clients.iter_mut().enumerate() {
        client.type_text(&format!("đã lưu {number}")).press(&["Enter"]);
        assert_eq!(line_when(client, ""), "");
        client.wait_for(&format!("GN-{:02}", number + 2));
    }
    let typed: Vec<(String, String)> = thread::scope(|scope| {
        let typists = clients.iter_mut().zip('a'..='j');
        let typists: Vec<_> =
            typists.map(|(client, first)| scope.spawn(move || type_to_the_end(client, first))).collect();
        thread::sleep(Duration::from_millis(500));
        host.kill();
        typists.into_iter().map(|typist| typist.join().unwrap()).collect()
    });
    let host = Host::start(folder.path(), &[]);
    for (number, (typed, shown)) in typed.iter().enumerate() {
        assert!(!shown.is_empty(), "nobody was typing");
        let mut client = host.join_answering(&format!("nguoi{number}"));
        client.wait_for(shown);
        let draft = line(&mut client);
        assert!(draft.starts_with(shown) && typed.starts_with(&draft), "{shown} … {draft} … {typed}");
    }
    assert!(host.end());
    let mut stored = exported_notes(folder.path());
    stored.sort();
    let mut wanted: Vec<String> = (0..10).map(|number| format!("đã lưu {number}")).collect();
    wanted.insert(0, "dòng đầu".to_owned());
    assert_eq!(stored, wanted);
}
