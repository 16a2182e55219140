//! A seat with a writer that lives in memory: keys in, screen out, no terminal and no disk.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset, TimeDelta};
use hoinghi::{
    app::{
        App, Asking, Setup, Touched,
        effect::{Effect, ListSource},
        msg::{Hit, Input, Msg, ReadList},
        session::SessionSeat,
    },
    document::Wording,
    domain::{
        board::Board,
        catalogue::{Catalogue, SessionHeader},
        change::{Author, Body, Change, FORMAT, Header, Write},
        command::{Command, Refusal, Request},
        ids::{ChangeId, CommandId, OriginId, PersonId, RecordId, ScopeId},
        kind::Kind,
        plan::Room,
        policy::Role,
    },
    i18n::Lang,
    import::list::{List, list},
    keymap::{Keymap, key::Key},
    search::radar::Radar,
    ui::{self, theme::Theme},
};
use ratatui::{buffer::Buffer, layout::Rect};

/// The writer: boards by scope, and how many changes it has made.
#[derive(Debug, Clone, Default)]
pub(crate) struct MemoryWriter {
    pub(crate) shared: BTreeMap<ScopeId, Board>,
    pub(crate) private: BTreeMap<ScopeId, Board>,
    /// The person's own abbreviations, as their file would hold them.
    pub(crate) own: BTreeMap<String, String>,
    made: u64,
}

impl MemoryWriter {
    fn board(boards: &mut BTreeMap<ScopeId, Board>, scope: ScopeId) -> &mut Board {
        boards.entry(scope).or_insert_with(|| Board::empty(scope))
    }

    /// Carries a submission out, or says why not.
    pub(crate) fn submit(&mut self, sent: &Request) -> Vec<Msg> {
        let board = Self::board(&mut self.shared, sent.scope).clone();
        let private = Self::board(&mut self.private, sent.scope).clone();
        if board.outcome(sent.command_id).is_some() {
            return vec![Msg::Saved { command: sent.command_id }];
        }
        let room = Room { board: &board, author: &sent.author, role: sent.role, at: sent.at, notebook: None };
        match room.plan_with(&private, &sent.command) {
            Err(refusal) => vec![Msg::Refused { command: sent.command_id, refusal }],
            Ok(plan) => {
                if !plan.private.is_empty() {
                    let change = self.change(sent, private.counter(), plan.private);
                    Self::board(&mut self.private, sent.scope).apply(change);
                }
                let change = self.change(sent, board.counter(), plan.shared);
                Self::board(&mut self.shared, sent.scope).apply(change);
                let mut told = self.publish(sent.scope);
                told.push(Msg::Saved { command: sent.command_id });
                told
            }
        }
    }

    fn change(&mut self, sent: &Request, counter: u64, writes: Vec<Write>) -> Arc<Change> {
        self.made += 1;
        let header = Header {
            version: FORMAT,
            scope: sent.scope,
            origin: OriginId(7),
            sequence: self.made,
            previous: None,
            counter: counter + 1,
            command: sent.command_id,
            name: sent.command.name().into(),
            author: sent.author.clone(),
            role: sent.role,
            at: sent.at,
        };
        let id = ChangeId(*blake3::hash(&self.made.to_be_bytes()).as_bytes());
        Arc::new(Change { id, header, body: Body::Writes(writes) })
    }

    /// The difficulties of all sessions that say nearly what a text says, without that record.
    fn near(&self, (scope, of): (ScopeId, RecordId), text: &str) -> Vec<Hit> {
        let mut radar = Radar::default();
        for board in self.shared.values() {
            for record in board.of_kind(Kind::Difficulty).into_iter().filter(|record| record.id != of) {
                radar.put((board.scope(), record.id), record.wording());
            }
        }
        let hit = |(scope, record): (ScopeId, RecordId)| {
            let found = self.shared[&scope].record(record).unwrap();
            let text = format!("{}  {}", found.short_number().unwrap_or_default(), found.wording());
            Hit { scope, record, session: "IV/2022".into(), text }
        };
        let near = radar.nearest(text, 8).into_iter().filter(|near| near.likeness > 0.4);
        let mut hits: Vec<Hit> = near.map(|near| hit(near.key)).collect();
        hits.sort_by_key(|hit| hit.scope != scope);
        hits
    }

    pub(crate) fn publish(&mut self, scope: ScopeId) -> Vec<Msg> {
        let board = Arc::new(Self::board(&mut self.shared, scope).clone());
        let private = Arc::new(Self::board(&mut self.private, scope).clone());
        vec![Msg::Published { board, private }, Msg::Catalogue(Arc::new(self.catalogue()))]
    }

    pub(crate) fn catalogue(&self) -> Catalogue {
        Catalogue::new(self.shared.values().filter_map(SessionHeader::of).collect())
    }
}

/// How the writer answers the next requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Answering {
    /// At once.
    #[default]
    AtOnce,
    /// When [`Desk::deliver`] is called.
    Later,
    /// It refuses.
    Refusing,
    /// The disk is full.
    Failing,
}

/// A seat at the memory writer.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) writer: MemoryWriter,
    pub(crate) now: DateTime<FixedOffset>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) answering: Answering,
    /// Effects that wait for [`Desk::deliver`].
    waiting: VecDeque<Effect>,
    /// What the terminal shows: after each message only what it touched is drawn.
    frame: Buffer,
    sent: Buffer,
}

/// 10/3/2023, 08:00, +07:00.
pub(crate) fn morning() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2023-03-10T08:00:00+07:00").unwrap()
}

/// The person who sits at the desk.
pub(crate) fn lan() -> Author {
    Author { person: PersonId(1), name: "Lan".into() }
}

impl Desk {
    /// A seat over an empty folder.
    pub(crate) fn empty(columns: u16, rows: u16, lang: Lang) -> Self {
        Self::at(MemoryWriter::default(), columns, rows, lang)
    }

    /// A seat over what a writer holds.
    pub(crate) fn at(writer: MemoryWriter, columns: u16, rows: u16, lang: Lang) -> Self {
        Self::at_moment(writer, (columns, rows), lang, morning())
    }

    fn at_moment(
        writer: MemoryWriter,
        (columns, rows): (u16, u16),
        lang: Lang,
        now: DateTime<FixedOffset>,
    ) -> Self {
        let setup = Setup {
            lang,
            me: lan(),
            asking: Asking::No,
            role: Role::Facilitator,
            keymap: Arc::new(Keymap::default()),
            wording: Arc::new(Wording::new(&BTreeMap::new()).unwrap()),
            size: (columns, rows),
            now,
            seed: 42 + u128::from(writer.made),
            rests_at: None,
            elsewhere: "/media/usb/hoinghi".into(),
        };
        let (app, effects, waiting) = (App::new(setup), Vec::new(), VecDeque::new());
        let (answering, frame) = (Answering::AtOnce, Buffer::empty(Rect::default()));
        let sent = frame.clone();
        let mut desk = Self { app, writer, now, effects, answering, waiting, frame, sent };
        desk.tell(Msg::Resize { columns, rows });
        desk.tell(Msg::Catalogue(Arc::new(desk.writer.catalogue())));
        desk
    }

    /// A seat over the sample session.
    pub(crate) fn sample(columns: u16, rows: u16, lang: Lang) -> Self {
        let mut desk = Self::empty(columns, rows, lang);
        let scope = hoinghi::cli::sample::SCOPE;
        for sent in hoinghi::cli::sample::requests() {
            let told = desk.writer.submit(&sent);
            assert!(!told.iter().any(|msg| matches!(msg, Msg::Refused { .. })), "{sent:?} {told:?}");
        }
        let catalogue = desk.writer.catalogue();
        desk.tell(Msg::Catalogue(Arc::new(catalogue)));
        let effects = desk.app.open(scope, None);
        desk.run(effects);
        desk.tell(Msg::Resize { columns, rows });
        desk
    }

    /// Gives the seat a message and does what it asks for, until it asks for nothing more.
    pub(crate) fn tell(&mut self, msg: Msg) {
        let effects = self.update(msg);
        self.run(effects);
    }

    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = self.app.update(msg, self.now);
        let (columns, rows) = self.app.size;
        let size = Rect::new(0, 0, columns, rows);
        let touched = if self.frame.area == size { self.app.touched() } else { Touched::Window };
        self.frame.resize(size);
        self.sent.resize(size);
        if touched != Touched::Nothing {
            let (_, parts) = ui::mend(&self.app, Theme::full(), touched, &mut self.frame);
            for at in parts.into_iter().flat_map(Rect::positions) {
                self.sent[at] = self.frame[at].clone();
            }
        }
        effects
    }

    /// Whether what was sent of the mended frames, message by message, is the frame that is drawn anew. Below, the clock goes on until its next
    /// tick when nothing is touched.
    pub(crate) fn shows(&self, anew: &Buffer) {
        let is_idle = self.app.touched() == Touched::Nothing;
        let seen = anew.area.height.saturating_sub(if is_idle { 2 } else { 0 });
        let missing: Vec<_> = self.sent.diff(anew).into_iter().filter(|(_, y, _)| *y < seen).collect();
        assert!(missing.is_empty(), "not drawn again: {missing:?}");
    }

    pub(crate) fn run(&mut self, effects: Vec<Effect>) {
        let mut todo: VecDeque<Effect> = effects.into();
        while let Some(effect) = todo.pop_front() {
            if self.answering == Answering::Later {
                self.waiting.push_back(effect);
                continue;
            }
            let told = self.answer(&effect);
            self.effects.push(effect);
            for msg in told {
                todo.extend(self.update(msg));
            }
        }
    }

    fn answer(&mut self, effect: &Effect) -> Vec<Msg> {
        match (effect, self.answering) {
            (Effect::Submit(sent), Answering::Refusing) => {
                vec![Msg::Refused { command: sent.command_id, refusal: Refusal::NoChange }]
            }
            (Effect::Submit(sent), Answering::Failing) => {
                vec![Msg::NotSaved { command: sent.command_id, what: "Đĩa đầy".into() }]
            }
            (Effect::Submit(sent), _) => self.writer.submit(sent),
            (Effect::Author { .. }, Answering::Failing) => vec![Msg::Failed("Đĩa đầy".into())],
            (Effect::Author { name, .. }, _) => {
                vec![Msg::Author(Author { person: PersonId(9), name: name.as_str().into() })]
            }
            (Effect::GoElsewhere(folder), _) if folder.starts_with("/cdrom") => {
                vec![Msg::NotMoved(format!("{folder}: chỉ đọc"))]
            }
            (Effect::GoElsewhere(folder), _) => {
                self.answering = Answering::AtOnce;
                vec![Msg::Moved { folder: folder.clone(), changes: 12 }]
            }
            (Effect::Open(scope), _) => self.writer.publish(*scope),
            (Effect::Nearest { generation, scope, record, text }, _) => {
                vec![Msg::Nearest {
                    generation: *generation,
                    hits: self.writer.near((*scope, *record), text),
                }]
            }
            (Effect::ReadList { scope, from, codes }, _) => {
                let (text, is_pasted) = match from {
                    ListSource::File(text) => (text, false),
                    ListSource::Pasted(text) => (text, true),
                };
                let List { entries, unread } =
                    list(text, &codes.iter().map(String::as_str).collect::<Vec<_>>());
                vec![Msg::List { scope: *scope, list: ReadList { entries, unread, is_pasted } }]
            }
            (Effect::ReadAbbreviations, _) => vec![Msg::Abbreviations(self.writer.own.clone())],
            (Effect::KeepAbbreviations(own), _) => {
                self.writer.own.clone_from(own);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Lets the writer answer what it has left lying.
    pub(crate) fn deliver(&mut self) {
        self.deliver_as(Answering::AtOnce);
    }

    /// Lets the writer answer that in its own way, and what comes after at once.
    pub(crate) fn deliver_as(&mut self, answering: Answering) {
        self.answering = answering;
        let waiting = std::mem::take(&mut self.waiting);
        self.run(waiting.into());
        self.answering = Answering::AtOnce;
    }

    /// Another person carries out a command in the session that is open here.
    pub(crate) fn foreign(&mut self, command: Command) -> bool {
        let Some(scope) = self.app.session().map(SessionSeat::scope) else { return false };
        let author = Author { person: PersonId(2), name: "Minh".into() };
        let (command_id, role, at) =
            (CommandId(u128::MAX - u128::from(self.writer.made)), Role::Facilitator, self.now);
        let sent = Request { command_id, scope, author, role, at, command };
        let told = self.writer.submit(&sent);
        let done = told.iter().any(|msg| matches!(msg, Msg::Saved { .. }));
        for msg in told.into_iter().filter(|msg| matches!(msg, Msg::Published { .. } | Msg::Catalogue(_))) {
            self.tell(msg);
        }
        done
    }

    /// Another person's notebook arrives: its writes were made without knowledge of what was written here.
    pub(crate) fn arrive(&mut self, writes: Vec<Write>) {
        let scope = self.app.session().map(SessionSeat::scope).unwrap();
        let author = Author { person: PersonId(2), name: "Minh".into() };
        let record = writes[0].record;
        let sent = Request {
            command_id: CommandId(u128::MAX / 2 - u128::from(self.writer.made)),
            scope,
            author,
            role: Role::Facilitator,
            at: self.now,
            command: Command::Remove { record },
        };
        let counter = self.writer.shared[&scope].counter();
        let change = self.writer.change(&sent, counter, writes);
        self.writer.shared.get_mut(&scope).unwrap().apply(change);
        for msg in self.writer.publish(scope) {
            self.tell(msg);
        }
    }

    /// The program ends here and starts again on what its draft file holds.
    pub(crate) fn restarted(&self) -> Self {
        self.restarted_at(self.now)
    }

    /// The same, with the computer's clock at a moment.
    pub(crate) fn restarted_at(&self, now: DateTime<FixedOffset>) -> Self {
        let seat = serde_json::to_vec(&self.app.seat()).unwrap();
        let (columns, rows) = self.app.size;
        let mut desk = Self::at_moment(self.writer.clone(), (columns, rows), self.app.lang, now);
        let effects = desk.app.resume(serde_json::from_slice(&seat).unwrap());
        desk.run(effects);
        desk.tell(Msg::Resize { columns, rows });
        desk
    }

    /// Somebody else's seat in the session that is open here.
    pub(crate) fn joined_by(&self, me: Author, role: Role) -> Self {
        let (columns, rows) = self.app.size;
        let mut desk = Self::at(self.writer.clone(), columns, rows, self.app.lang);
        (desk.app.me, desk.app.role, desk.now) = (me, role, self.now);
        let effects = desk.app.open(self.app.session().unwrap().scope(), None);
        desk.run(effects);
        desk.tell(Msg::Resize { columns, rows });
        desk
    }

    /// Presses keys named as in keymap files, each in a burst of its own, two seconds apart.
    pub(crate) fn press(&mut self, keys: &[&str]) -> &mut Self {
        for name in keys {
            let key: Key = name.parse().unwrap_or_else(|_| panic!("no key {name}"));
            self.now += TimeDelta::seconds(2);
            self.tell(Msg::Input(vec![Input::Key(key)]));
        }
        self
    }

    /// Types a text letter by letter.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.now += TimeDelta::milliseconds(80);
            self.tell(Msg::Input(vec![Input::Key(Key::char(c))]));
        }
        self
    }

    /// Pastes a text, as a terminal with bracketed paste tells it.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.now += TimeDelta::seconds(2);
        self.tell(Msg::Input(vec![Input::Paste(text.into())]));
        self
    }

    /// Sends letters in one burst; `⌫` is Backspace, `⏎` Enter.
    pub(crate) fn burst(&mut self, text: &str) -> &mut Self {
        let key = |c| match c {
            '⌫' => "Backspace".parse().unwrap(),
            '⏎' => "Enter".parse().unwrap(),
            c => Key::char(c),
        };
        self.now += TimeDelta::milliseconds(80);
        self.tell(Msg::Input(text.chars().map(|c| Input::Key(key(c))).collect()));
        self
    }

    /// The screen as lines of text, with the cursor's cell if there is one.
    pub(crate) fn screen(&self) -> (Vec<String>, Option<(u16, u16)>) {
        let (columns, rows) = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = ui::view(&self.app, Theme::full(), &mut buffer);
        let line =
            |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        ((0..rows).map(line).collect(), cursor.map(|at| (at.x, at.y)))
    }

    /// The screen as one text.
    pub(crate) fn text(&self) -> String {
        self.screen().0.join("\n")
    }
}
