//! Those who only watch share what they are sent; whoever touches something has a seat of their own.

use std::{num::NonZero, path::Path, time::Duration};

use russh::{Channel, ChannelMsg, client::Handle, client::Msg};
use vt100::Parser;

use crate::support::{
    capture::capturing,
    host::Host,
    stranger::{Trusting, connect, give_code, key, prove_key, run, shell},
};

const PATIENCE: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (100, 30);

/// A host whose code lets people look on, and where one key is a note-taker's.
fn hosted(folder: &Path) -> Host {
    let mut program = capturing(folder);
    program.type_text("dòng đầu").press(&["Enter"]).wait_for("GN-01");
    assert!(program.quit().success());
    let approved = key(1).public_key().to_openssh().unwrap();
    let kept = serde_json::json!([{ "key": approved, "name": "Mai", "role": "note_taker" }]);
    let door = folder.join("data/door");
    std::fs::create_dir_all(&door).unwrap();
    std::fs::write(door.join("approved.json"), kept.to_string()).unwrap();
    Host::start(folder, &["--admit", "observer"])
}

/// A client's terminal.
struct Terminal {
    _session: Handle<Trusting>,
    channel: Channel<Msg>,
    parser: Parser,
    /// The frames that were sent.
    frames: Vec<Vec<u8>>,
    /// Whether it answers each frame at once.
    answers: bool,
}

impl Terminal {
    async fn open(session: Handle<Trusting>, (columns, rows): (u16, u16)) -> Self {
        let channel = shell(&session, (columns.into(), rows.into())).await.unwrap();
        let cells = |count| NonZero::new(count).unwrap();
        let parser = Parser::new(cells(rows), cells(columns), 0);
        Self { _session: session, channel, parser, frames: Vec::new(), answers: true }
    }

    async fn watching(host: &Host, user: &str, size: (u16, u16)) -> Self {
        let mut session = connect(&host.address).await.unwrap();
        assert!(give_code(&mut session, user, &host.code).await);
        Self::open(session, size).await
    }

    async fn note_taking(host: &Host) -> Self {
        let mut session = connect(&host.address).await.unwrap();
        assert!(prove_key(&mut session, "mai", key(1)).await);
        Self::open(session, SIZE).await
    }

    fn text(&self) -> String {
        self.parser.screen().contents()
    }

    async fn send(&self, bytes: &str) {
        self.channel.data_bytes(bytes.as_bytes().to_vec()).await.unwrap();
    }

    /// Takes what is sent until the screen holds something; whether it came to that.
    async fn comes_to(&mut self, patience: Duration, holds: impl Fn(&str) -> bool) -> bool {
        let reading = async {
            while !holds(&self.text()) {
                let Some(said) = self.channel.wait().await else { return false };
                let ChannelMsg::Data { data } = said else { continue };
                self.parser.process(&data);
                if data.windows(4).any(|window| window == b"\x1b[5n") {
                    self.frames.push(data.to_vec());
                    if self.answers {
                        self.channel.data_bytes(&b"\x1b[0n"[..]).await.unwrap();
                    }
                }
            }
            true
        };
        tokio::time::timeout(patience, reading).await.unwrap_or(false)
    }

    async fn wait_for(&mut self, words: &str) {
        let holds = self.comes_to(PATIENCE, |text| text.contains(words)).await;
        assert!(holds, "waited in vain for {words:?}:\n{}", self.text());
    }

    /// Takes what is still on its way.
    async fn rest(&mut self) {
        self.comes_to(Duration::from_millis(300), |_| false).await;
    }
}

#[test]
fn whoever_watches_in_windows_of_one_size_is_sent_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path());
    run(async {
        let mut mai = Terminal::note_taking(&host).await;
        mai.wait_for("GN-01").await;
        let mut all = Vec::new();
        for (user, size) in [("hoalan", SIZE), ("tumy", SIZE), ("an", (90, 25))] {
            let mut terminal = Terminal::watching(&host, user, size).await;
            terminal.wait_for("GN-01").await;
            all.push(terminal);
        }
        for terminal in &mut all {
            terminal.rest().await;
            terminal.frames.clear();
        }
        mai.wait_for("hoalan").await;
        mai.send("dòng hai").await;
        mai.send("\r").await;
        for terminal in &mut all {
            terminal.wait_for("dòng hai").await;
            terminal.rest().await;
        }
        let [hoa, tu, an] = all.as_slice() else { panic!() };
        // Those that follow may be left out for one who is read later.
        assert!(!hoa.frames.is_empty() && hoa.frames.first() == tu.frames.first());
        assert_ne!(hoa.frames.first(), an.frames.first());
        assert_eq!(hoa.text(), tu.text());
        let names_watchers = ["hoalan", "tumy"].iter().any(|name| hoa.text().contains(name));
        assert!(!names_watchers, "who watches sees that of all who do: {}", hoa.text());
    });
    let log = host.log();
    assert!(log.contains("hoalan watches") && !log.contains("hoalan (observer) takes seat"), "{log}");
}

#[test]
fn whoever_touches_something_has_a_seat_of_their_own_and_pointing_is_no_touch() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path());
    run(async {
        let mut hoa = Terminal::watching(&host, "hoalan", SIZE).await;
        let mut tu = Terminal::watching(&host, "tumy", SIZE).await;
        hoa.wait_for("GN-01").await;
        tu.wait_for("GN-01").await;
        tu.send("\x1b[<35;10;10M").await;
        hoa.send("\x1b[15~").await;
        hoa.wait_for("Kết luận").await;
        let moved = hoa.comes_to(PATIENCE, |text| !text.contains("GN-01")).await;
        assert!(moved, "{}", hoa.text());
        tu.rest().await;
        assert!(tu.text().contains("GN-01"));
    });
    host.logs("hoalan (observer) takes seat");
    assert!(!host.log().contains("tumy (observer) takes seat"));
}

#[test]
fn a_watching_terminal_that_is_behind_is_sent_two_frames_and_then_the_whole_picture_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path());
    run(async {
        let mut mai = Terminal::note_taking(&host).await;
        mai.wait_for("GN-01").await;
        let mut hoa = Terminal::watching(&host, "hoalan", SIZE).await;
        let mut tu = Terminal::watching(&host, "tumy", SIZE).await;
        for terminal in [&mut hoa, &mut tu] {
            terminal.wait_for("GN-01").await;
            terminal.rest().await;
        }
        hoa.answers = false;
        hoa.frames.clear();
        for number in 2..8 {
            mai.send(&format!("dòng {number}")).await;
            mai.send("\r").await;
            mai.wait_for(&format!("GN-{number:02}")).await;
            mai.rest().await;
        }
        tu.wait_for("dòng 7").await;
        hoa.rest().await;
        assert!((1..=2).contains(&hoa.frames.len()), "{} frames without an answer", hoa.frames.len());
        assert!(!hoa.text().contains("dòng 7"));
        hoa.answers = true;
        hoa.send("\x1b[0n").await;
        hoa.wait_for("dòng 7").await;
        hoa.rest().await;
        tu.rest().await;
        assert_eq!(hoa.text(), tu.text());
    });
}

#[test]
fn a_watching_window_of_another_size_is_drawn_for_and_parting_ends_the_watching() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path());
    run(async {
        let mut hoa = Terminal::watching(&host, "hoalan", SIZE).await;
        hoa.wait_for("GN-01").await;
        for columns in 60..90 {
            hoa.channel.window_change(columns, 25, 0, 0).await.unwrap();
        }
        let cells = |count| NonZero::new(count).unwrap();
        hoa.parser = Parser::new(cells(25), cells(89), 0);
        hoa.wait_for("GN-01").await;
        let mut mai = Terminal::note_taking(&host).await;
        mai.wait_for("hoalan").await;
        drop(hoa);
        assert!(mai.comes_to(PATIENCE, |text| !text.contains("hoalan")).await, "{}", mai.text());
    });
    assert!(host.end());
}
