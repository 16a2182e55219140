//! Anything at all pressed at a seat: no panic, nothing lost, and the seat always makes sense.
//!
//! Keys, bursts of input methods, pastes, clicks, sizes and another person's changes come from a seeded sequence, so a
//! failure comes back with its seed: `HOINGHI_SEED=… HOINGHI_KEYS=… cargo test --test it random`.

use std::{collections::VecDeque, env, panic, time::Duration};

use chrono::TimeDelta;
use hoinghi::{
    app::{
        Source,
        dialogs::Dialog,
        effect::Effect,
        msg::{Input, Mouse, MouseKind, Msg},
        panes::PaneId,
        session::{Focus, SessionSeat},
    },
    domain::{board::Board, command::Command, edit::Edit, field, kind::Kind},
    i18n::Lang,
    keymap::{
        Context, Keymap,
        key::{Key, KeyCode},
    },
    runtime::decode::Decoder,
    text::{clusters::is_boundary, fold::fold, nfc::clean},
    ui::{self, theme::Theme},
};
use ratatui::{buffer::Buffer, layout::Rect};

use crate::support::{
    desk::{Answering, Desk},
    ime::Ime,
    syllables,
};

/// Keys after which a fresh seat is taken, so that boards stay as large as real ones.
const KEYS_A_SEAT: u64 = 2_500;
const SIZES: [(u16, u16); 9] =
    [(10, 3), (1, 1), (60, 20), (80, 24), (99, 24), (100, 30), (120, 40), (200, 60), (61, 21)];

/// A seeded sequence of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() >> 11).unwrap() % end.max(1)
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

/// Something that happens at the seat.
#[derive(Debug, Clone)]
enum Event {
    Tell(Msg),
    Bytes(Vec<u8>),
    Answering(Answering),
    Deliver,
    Foreign,
    Restart,
}

struct Player {
    desk: Desk,
    dice: Dice,
    keys: Vec<Key>,
    syllables: Vec<String>,
    imes: Vec<Ime>,
    played: Vec<String>,
    /// What a person means to do next.
    meant: VecDeque<Event>,
}

impl Player {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let lang = dice.one(&[Lang::Vietnamese, Lang::English]);
        let desk = if dice.below(3) == 0 { Desk::empty(80, 24, lang) } else { Desk::sample(120, 40, lang) };
        let keymap = Keymap::default();
        let everywhere = Context::ALL.iter().flat_map(|context| {
            let keys = |action| keymap.keys(*context, action);
            keymap.actions(*context).into_iter().flat_map(keys)
        });
        let mut keys: Vec<Key> = everywhere.filter(|key| key.to_string() != "Ctrl+Q").collect();
        keys.sort();
        keys.dedup();
        let more =
            ["Backspace", "Ctrl+U", "Ctrl+W", "Shift+Left", "Shift+Right", "Alt+Enter", "Ctrl+Left", "F8"];
        keys.extend(more.map(|name| name.parse::<Key>().unwrap()));
        Self {
            desk,
            dice,
            keys,
            syllables: syllables::spread(500),
            imes: Ime::all().collect(),
            played: Vec::new(),
            meant: VecDeque::new(),
        }
    }

    /// Keys that make sense together; `…` stands for a syllable.
    fn mean(&mut self) {
        const DEEDS: [&str; 15] = [
            "F6 … … Enter",
            "F6 q1 … … Enter Esc",
            "Esc Right Down Enter … Enter",
            "Esc Right Enter … Enter",
            "Esc Right Enter … F6 … Esc Enter",
            "Ctrl+N Enter … Enter",
            "Ctrl+N Down Enter … Esc Ctrl+X Enter Enter",
            "Ctrl+N … Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Enter",
            "F5 Ctrl+L Down Enter Enter Esc",
            "Ctrl+T Ctrl+B Home Right Right Enter",
            "F4 Space Space Ctrl+G",
            "F7 1 Space 3 Enter … Enter Esc 5 Enter … Esc",
            "F7 2 Enter 2 Down Down Enter … Enter Ctrl+A 6",
            "F7 Ctrl+B Down Enter Ctrl+N … Enter 4",
            "F9 … Esc F2 Right Down Down Enter",
        ];
        for name in self.dice.one(&DEEDS).split(' ') {
            let event = match name {
                "…" => self.syllable(),
                "q1" => Event::Bytes(b"q1 ".to_vec()),
                name => Event::Tell(Msg::Input(vec![Input::Key(name.parse().unwrap())])),
            };
            self.meant.push_back(event);
        }
    }

    fn event(&mut self) -> Event {
        if let Some(event) = self.meant.pop_front() {
            return event;
        }
        if self.dice.below(12) == 0 {
            self.mean();
        }
        let dice = &mut self.dice;
        let key = |key: Key| Event::Tell(Msg::Input(vec![Input::Key(key)]));
        let app = &self.desk.app;
        match dice.below(6) {
            0 if app.covered => return key("F12".parse().unwrap()),
            0 if app.session().is_none() && app.dialog.is_none() => return key("Enter".parse().unwrap()),
            0 | 1 if self.desk.answering != Answering::AtOnce => return Event::Deliver,
            _ => {}
        }
        match dice.below(100) {
            0..48 => key(dice.one(&self.keys)),
            48..56 => key(dice.one(&["Up", "Down", "Enter", "Enter"]).parse().unwrap()),
            56..68 => {
                key(Key::char(dice.one(&['a', 'k', 'đ', 'ê', ' ', '1', '5', '9', '#', '?', '\u{323}', 'Q'])))
            }
            68..80 => self.syllable(),
            80..83 => self.burst(),
            83..86 => Event::Tell(Msg::Input(vec![Input::Paste(
                dice.one(&[
                    "một dòng",
                    "dòng 1\r\ndòng 2\n\nkk q1 dòng 3",
                    "",
                    "e\u{323}\u{302}\t\u{1b}[31m",
                    "9/3/2023",
                ])
                .into(),
            )])),
            86..89 => {
                let (columns, rows) = dice.one(&SIZES);
                Event::Tell(Msg::Resize { columns, rows })
            }
            89..93 => self.mouse(),
            93 => Event::Tell(dice.one(&[Msg::Tick, Msg::Input(vec![Input::Focus]), Msg::Input(Vec::new())])),
            94 => Event::Answering(dice.one(&[Answering::Later, Answering::Refusing, Answering::Failing])),
            95..97 => Event::Deliver,
            97..99 => Event::Foreign,
            _ => Event::Restart,
        }
    }

    fn syllable(&mut self) -> Event {
        let ime = self.dice.one(&self.imes);
        let syllable = self.dice.one(&self.syllables);
        let keystrokes = ime.keystrokes(&syllable).concat();
        Event::Bytes([keystrokes, self.dice.one(&[b" ".to_vec(), Vec::new()])].concat())
    }

    /// Keys that arrive together.
    fn burst(&mut self) -> Event {
        let keys: Vec<Key> = self.keys.iter().copied().chain("chữ".chars().map(Key::char)).collect();
        let burst = (0..self.dice.below(6)).map(|_| Input::Key(self.dice.one(&keys))).collect();
        Event::Tell(Msg::Input(burst))
    }

    fn mouse(&mut self) -> Event {
        use MouseKind as K;
        let (columns, rows) = self.desk.app.size;
        let kind = self.dice.one(&[K::Down, K::Down, K::Down, K::Drag, K::Up, K::ScrollUp, K::ScrollDown]);
        let mut cell = |size: u16| u16::try_from(self.dice.below(usize::from(size) + 2)).unwrap();
        let (column, row) = (cell(columns), cell(rows));
        Event::Tell(Msg::Input(vec![Input::Mouse(Mouse { kind, column, row })]))
    }

    fn play(&mut self) {
        let event = self.event();
        let told = format!("{event:?}");
        self.played.push(told.clone());
        self.desk.now += TimeDelta::milliseconds(self.dice.one(&[5, 30, 80, 400, 1500]));
        let before = drafts(&self.desk);
        let may_edit = self.may_edit(&event);
        match event {
            Event::Tell(msg) => self.desk.tell(msg),
            Event::Bytes(bytes) => {
                let mut decoder = Decoder::new();
                decoder.feed(&bytes, Duration::ZERO);
                self.desk.tell(Msg::Input(decoder.drain()));
            }
            Event::Answering(answering) => {
                self.desk.deliver();
                self.desk.answering = answering;
            }
            Event::Deliver => self.desk.deliver(),
            Event::Foreign => self.foreign(),
            Event::Restart => self.restart(),
        }
        nothing_vanished(&self.desk, &before, may_edit);
    }

    /// How many texts an event may change: the one that has the focus, by typing or by choosing another person's.
    fn may_edit(&self, event: &Event) -> usize {
        let app = &self.desk.app;
        let chooses = matches!(&app.dialog, Some(Dialog::Picker(picker)) if picker.title == app.strings().notice_stale_title);
        let completes = app.context() == Context::Capture;
        match event {
            Event::Bytes(_) => 1,
            Event::Tell(Msg::Input(inputs)) => match &inputs[..] {
                [Input::Key(key)] => usize::from(match key.code {
                    KeyCode::Enter => chooses,
                    KeyCode::Tab => completes,
                    KeyCode::Backspace | KeyCode::Delete => true,
                    KeyCode::Char(c) => key.text().is_some() || (key.ctrl && "uwzy".contains(c)),
                    _ => false,
                }),
                [Input::Mouse(_)] => usize::from(chooses),
                burst => burst.len(),
            },
            _ => 0,
        }
    }

    /// Another person edits, removes or adds something.
    fn foreign(&mut self) {
        let Some(seat) = self.desk.app.session() else { return };
        let records: Vec<_> = seat.board.records().filter(|record| record.kind().is_some()).collect();
        if records.is_empty() {
            return;
        }
        let record = self.dice.one(&records);
        let edit = Edit::Text(format!("người khác sửa {}", self.dice.below(100)));
        let command = match self.dice.below(4) {
            0 if record.kind() != Some(Kind::Session) => Command::Remove { record: record.id },
            1 => Command::Restore { record: record.id },
            _ => Command::Edit { record: record.id, seen: record.seen(&edit.field()), edit },
        };
        self.desk.foreign(command);
    }

    /// The program is killed and started again: it shows what it showed.
    fn restart(&mut self) {
        self.desk.deliver();
        let mut again = self.desk.restarted();
        assert_eq!(drafts(&again), drafts(&self.desk), "texts after a restart");
        let seat = self.desk.app.session();
        assert_eq!(
            again.app.session().map(|seat| seat.focus),
            seat.map(|seat| seat.focus),
            "place after a restart"
        );
        assert_eq!(again.app.session().map(|seat| seat.pane), seat.map(|seat| seat.pane));
        assert_eq!(again.app.session().map(SessionSeat::list), seat.map(SessionSeat::list));
        if self.desk.app.dialog.is_none() && !self.desk.app.covered {
            let (before, after) = (self.desk.screen(), again.screen());
            // The line of what was just said starts anew, and so does how far a long text is scrolled.
            let body = |lines: &[String]| lines[..lines.len().saturating_sub(2)].join("\n");
            let long = drafts(&again).iter().any(|text| text.chars().count() > 40);
            assert!(long || body(&before.0) == body(&after.0), "{}\n{}", body(&before.0), body(&after.0));
        }
        again.effects.splice(0..0, std::mem::take(&mut self.desk.effects));
        self.desk = again;
    }
}

/// Every text that is typed and not stored, as the draft file holds it; dates and times are stored in another form than typed.
fn drafts(desk: &Desk) -> Vec<String> {
    let seat = serde_json::to_value(desk.app.seat()).unwrap();
    let mut found = Vec::new();
    for session in seat["sessions"].as_array().unwrap() {
        let fields = session["kept"].as_array().unwrap().iter().chain([&session["editing"]]);
        let changed = fields.filter(|kept| kept["draft"]["text"] != kept["original"]);
        found.extend(changed.map(|kept| kept["draft"]["text"].clone()));
        found.push(session["capture"]["line"]["text"].clone());
        found.extend(
            session["capture"]["waiting"].as_array().unwrap().iter().map(|line| line["text"].clone()),
        );
    }
    found.push(seat["wizard"]["texts"][0][1]["text"].clone());
    let text = |value: &serde_json::Value| value.as_str().map(|text| clean(text).trim().to_owned());
    let mut found: Vec<String> =
        found.iter().filter_map(text).filter(|text| text.contains(char::is_alphabetic)).collect();
    found.sort();
    found
}

/// Every text typed before is typed still, except those that an edit just changed, or is on its way, or on a board.
fn nothing_vanished(desk: &Desk, before: &[String], edited: usize) {
    let mut left = drafts(desk);
    let mut gone = Vec::new();
    for text in before {
        match left.iter().position(|known| known == text) {
            Some(at) => _ = left.remove(at),
            None => gone.push(text),
        }
    }
    let sent: Vec<String> = desk.app.pending.values().map(|sent| text_of(&sent.source)).collect();
    gone.retain(|text| {
        !sent.iter().any(|sent| clean(sent).contains(text.as_str())) && !was_stored(desk, text)
    });
    assert!(gone.len() <= edited, "lost: {gone:?}; left: {left:?}");
}

fn text_of(source: &Source) -> String {
    match source {
        Source::Capture(line) => line.text.clone(),
        Source::Field(edit) => edit.editor.text(),
        Source::Wizard(kept) => serde_json::to_string(kept).unwrap(),
        Source::Action => String::new(),
    }
}

/// Whether a command that the writer carried out took a text, or the words that its codes leave.
fn was_stored(desk: &Desk, text: &str) -> bool {
    // A unit may have been given any code.
    let units = desk.app.session().map(|seat| seat.board.of_kind(Kind::Unit)).unwrap_or_default();
    let codes: Vec<String> = units.into_iter().filter_map(|unit| unit.text(&field::CODE)).map(fold).collect();
    let is_code = |word: &&str| {
        let word = fold(word);
        codes.contains(&word)
            || word.chars().count() < 3
                && word.chars().all(|c| c.is_ascii_alphanumeric() || "!?*".contains(c))
    };
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_code(word)).collect();
    let stored = desk.effects.iter().rev().take(60).filter_map(|effect| match effect {
        Effect::Submit(sent) => Some(sent),
        _ => None,
    });
    let mut stored = stored.filter(|sent| {
        desk.writer.shared.get(&sent.scope).is_some_and(|board| board.outcome(sent.command_id).is_some())
    });
    let bare = |text: &str| clean(text).split_whitespace().collect::<String>();
    stored.any(|sent| {
        if let Command::Split { first, rest, .. } = &sent.command {
            let pieces: String =
                std::iter::once(first).chain(rest.iter().map(|(_, piece)| piece)).cloned().collect();
            return bare(&pieces) == bare(text);
        }
        let json = serde_json::to_string(&sent.command).unwrap();
        let quoted = |word: &str| serde_json::to_string(word.trim_start_matches('#')).unwrap();
        words.iter().all(|word| json.contains(quoted(word).trim_matches('"')))
    })
}

/// The seat makes sense: what has the focus exists, the selection exists, the cursor stands in the window on a cluster's edge.
fn check(desk: &mut Desk) {
    let (columns, rows) = desk.app.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let cursor = ui::view(&desk.app, Theme::full(), &mut buffer);
    desk.shows(&buffer);
    if let Some(cursor) = cursor {
        assert!(cursor.x < columns && cursor.y < rows, "cursor {cursor:?} outside");
        assert!(desk.app.is_typing(), "a cursor where nothing is typed");
    }
    if let Some(editor) = desk.app.editor() {
        let (text, head) = (editor.text(), editor.caret().head);
        let line = text.split('\n').nth(head.line).expect("the caret stands on a line");
        assert!(is_boundary(line, head.byte), "caret inside a cluster of {line:?}");
    }
    let Some(seat) = desk.app.session() else { return };
    let list = seat.list();
    let selectable = seat.rows.iter().any(|row| row.record().is_some());
    assert_eq!(list.selected.is_some(), selectable, "something is selected if something can be");
    assert_eq!(list.selected, seat.rows.get(list.at).and_then(|row| row.record()), "the selection is a row");
    match seat.focus {
        Focus::Detail(at) => {
            assert!(at < seat.specs().len(), "field {at} does not exist");
            assert!(seat.editing.is_none(), "an editor beside the fields");
        }
        Focus::Editing => assert!(seat.editing.is_some(), "nothing is edited"),
        Focus::List => assert!(seat.editing.is_none(), "an editor without focus"),
        Focus::Capture => {}
    }
    assert!(seat.marked.iter().all(|id| seat.board.record(*id).is_some()));
    assert!(PaneId::ALL.contains(&seat.pane));
}

fn refold(desk: &Desk) {
    if let Some(seat) = desk.app.session() {
        let folded = Board::fold(seat.scope(), seat.board.all_changes().cloned());
        assert_eq!(folded, *seat.board, "the board is the fold of its changes");
    }
}

fn session_of_keys(seed: u64, keys: u64) {
    let mut player = Player::new(seed);
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        for key in 0..keys {
            player.play();
            check(&mut player.desk);
            if key % 300 == 299 {
                refold(&player.desk);
            }
        }
    }));
    if let Err(why) = outcome {
        let events = &player.played;
        let from = events.len().saturating_sub(25);
        println!("seed {seed}, key {}\n{}\n{}", events.len(), events[from..].join("\n"), player.desk.text());
        panic::resume_unwind(why);
    }
}

fn number(name: &str, default: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn no_sequence_of_keys_breaks_a_seat() {
    let (seed, keys) = (number("HOINGHI_SEED", 20_230_310), number("HOINGHI_KEYS", 20_000));
    for seat in 0..keys.div_ceil(KEYS_A_SEAT) {
        println!("HOINGHI_SEED={} HOINGHI_KEYS={KEYS_A_SEAT}", seed + seat);
        session_of_keys(seed + seat, KEYS_A_SEAT.min(keys - seat * KEYS_A_SEAT));
    }
}
