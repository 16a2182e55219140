//! Finding in all sessions, in a thread of its own: the seat's loop hands over what it learns and never waits.
//!
//! ```text
//! boards, sessions, texts of the database ─→ shelves ─┐
//! what is typed ─────────────────────────────────────→┴→ the first screen of hits
//! ```
//!
//! The shelves cost memory and a second's work where a million records are kept, so they are filled when somebody is where
//! all sessions are found: a moment after Home was shown, behind its first frame, or when something is looked for. The newest
//! session comes first. A session whose board is published follows its board from then on.

mod nearest;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError},
    },
    thread,
    time::Duration,
};

use super::house::SeatId;
use crate::{
    app::msg::{Hit, Msg},
    domain::{
        board::Board,
        catalogue::Catalogue,
        change::Order,
        ids::{RecordId, ScopeId},
        kind::Kind,
    },
    search::{Found, Hits, Index, Shelf, label},
    store::Text,
};
use nearest::Difficulties;
pub(super) use nearest::Question;

/// How many hits a search shows.
const HITS: usize = 100;
/// How long after Home is shown the shelves are filled, if nobody asks before.
const PAUSE: Duration = Duration::from_millis(200);

/// Something that the thread is told.
enum Told {
    AtHome,
    Sessions(Arc<Catalogue>),
    Board(Arc<Board>),
    Texts(ScopeId, Arc<[Text]>),
    Wanted(SeatId, Wanted),
    Near(SeatId, Question),
    Left(SeatId),
}

/// A search.
struct Wanted {
    generation: u64,
    query: String,
}

/// The records that answer a question.
type Answer = Vec<(ScopeId, RecordId)>;
/// Asks the store for the texts of sessions.
type Ask = Box<dyn Fn(Vec<ScopeId>) + Send>;
/// Gives a seat a message.
type Tell = Box<dyn Fn(SeatId, Msg) + Send>;

/// A hold on the thread. It ends when nobody holds it any more.
#[derive(Clone)]
pub(super) struct Finder(Sender<Told>);

impl Finder {
    /// Starts the thread when something that it needs is there: see [`Unstarted::start`].
    pub(super) fn new() -> (Self, Unstarted) {
        let (sender, told) = mpsc::channel();
        (Self(sender), Unstarted(told))
    }

    /// Looks for what says nearly the same as a line, in all sessions; an earlier question of the seat is given up.
    pub(super) fn near(&self, seat: SeatId, question: Question) {
        self.tell(Told::Near(seat, question));
    }

    fn tell(&self, told: Told) {
        // The thread ends only with the house.
        drop(self.0.send(told));
    }

    /// Tells that something may be looked for soon.
    pub(super) fn note_home(&self) {
        self.tell(Told::AtHome);
    }

    /// Tells which sessions there are.
    pub(super) fn note_sessions(&self, catalogue: &Arc<Catalogue>) {
        self.tell(Told::Sessions(Arc::clone(catalogue)));
    }

    /// Tells a session's newest board.
    pub(super) fn note_board(&self, board: &Arc<Board>) {
        self.tell(Told::Board(Arc::clone(board)));
    }

    /// Tells what the database holds of a session.
    pub(super) fn note_texts(&self, scope: ScopeId, texts: Arc<[Text]>) {
        self.tell(Told::Texts(scope, texts));
    }

    /// Searches; an earlier search of the seat is given up.
    pub(super) fn find(&self, seat: SeatId, generation: u64, query: String) {
        self.tell(Told::Wanted(seat, Wanted { generation, query }));
    }

    /// Nobody waits for what a seat asked any more.
    pub(super) fn leave(&self, seat: SeatId) {
        self.tell(Told::Left(seat));
    }
}

/// The other end of a [`Finder`].
pub(super) struct Unstarted(Receiver<Told>);

impl Unstarted {
    pub(super) fn start(
        self,
        ask: impl Fn(Vec<ScopeId>) + Send + 'static,
        tell: impl Fn(SeatId, Msg) + Send + 'static,
    ) {
        let desk = Desk {
            told: self.0,
            ask: Box::new(ask),
            tell: Box::new(tell),
            index: Index::default(),
            catalogue: Arc::default(),
            at_home: false,
            asked: BTreeSet::new(),
            followed: BTreeMap::new(),
            boards: BTreeMap::new(),
            searches: BTreeMap::new(),
            difficulties: None,
            asked_near: BTreeMap::new(),
        };
        thread::spawn(move || desk.run());
    }
}

/// How far a shelf follows its board.
#[derive(Clone, Copy)]
struct Followed {
    changes: usize,
    last: Option<Order>,
}

/// The thread's own state.
struct Desk {
    told: Receiver<Told>,
    ask: Ask,
    tell: Tell,
    index: Index,
    catalogue: Arc<Catalogue>,
    /// Whether Home has been shown.
    at_home: bool,
    /// The sessions whose texts the database was asked for.
    asked: BTreeSet<ScopeId>,
    followed: BTreeMap<ScopeId, Followed>,
    /// Boards that no shelf follows yet.
    boards: BTreeMap<ScopeId, Arc<Board>>,
    /// The newest search of each seat.
    searches: BTreeMap<SeatId, Search>,
    /// The difficulties by what they say, once somebody asked.
    difficulties: Option<Difficulties>,
    /// The newest question of each seat about them, as long as more difficulties may answer it, and what was answered last.
    asked_near: BTreeMap<SeatId, (Question, Option<Answer>)>,
}

/// A search and how far it is.
struct Search {
    wanted: Wanted,
    /// Its hits, as the seat was told them.
    shown: Option<Answer>,
    /// Whether the shelves that are here have been searched for it to their end.
    is_answered: bool,
}

impl Desk {
    fn run(mut self) {
        let Some(()) = self.wait_for_the_start() else { return };
        loop {
            self.take_all();
            self.follow_boards();
            self.ask_for_texts();
            let interrupted = self.search();
            let Some(told) = interrupted.or_else(|| self.wait()) else { return };
            self.take(told);
        }
    }

    /// Waits for something to be told; meanwhile reads difficulties in and answers who asked for near ones. `None` if the seat is
    /// gone.
    fn wait(&mut self) -> Option<Told> {
        self.answer_near();
        while self.difficulties.as_mut().is_some_and(|known| known.read_on(&mut self.index)) {
            match self.told.try_recv() {
                Ok(told) => return Some(told),
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) => {}
            }
        }
        self.answer_near();
        self.told.recv().ok()
    }

    /// Answers the newest question of each seat about near difficulties, if the answer is another one by now.
    fn answer_near(&mut self) {
        let Some(known) = &self.difficulties else { return };
        for (seat, (question, answered)) in &mut self.asked_near {
            let found = known.answer(question);
            if (found.is_empty() && known.is_behind()) || answered.as_ref() == Some(&found) {
                continue;
            }
            let hit = |(scope, record): &(ScopeId, RecordId)| {
                let text = self.index.text(*scope, *record)?.to_owned();
                Some(Hit { scope: *scope, record: *record, session: title(&self.catalogue, *scope)?, text })
            };
            let hits = found.iter().filter_map(hit).collect();
            (self.tell)(*seat, Msg::Nearest { generation: question.generation, hits });
            *answered = Some(found);
        }
    }

    /// Until a moment after Home was shown, or until somebody searches; `None` if the seat is gone.
    fn wait_for_the_start(&mut self) -> Option<()> {
        while self.searches.is_empty() && self.asked_near.is_empty() {
            let told = if self.at_home {
                self.told.recv_timeout(PAUSE)
            } else {
                self.told.recv().map_err(RecvTimeoutError::from)
            };
            match told {
                Ok(told) => self.take(told),
                Err(RecvTimeoutError::Timeout) => return Some(()),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        Some(())
    }

    fn take_all(&mut self) {
        while let Ok(told) = self.told.try_recv() {
            self.take(told);
        }
    }

    fn take(&mut self, told: Told) {
        match told {
            Told::AtHome => self.at_home = true,
            Told::Sessions(catalogue) => self.catalogue = catalogue,
            Told::Board(board) => drop(self.boards.insert(board.scope(), board)),
            Told::Texts(scope, texts) => {
                self.put(scope, &texts);
                self.searches.values_mut().for_each(|search| search.is_answered = false);
            }
            Told::Near(seat, question) => {
                let index = &self.index;
                self.difficulties.get_or_insert_with(|| Difficulties::of(index));
                self.asked_near.insert(seat, (question, None));
            }
            Told::Wanted(seat, wanted) => {
                self.searches.insert(seat, Search { wanted, shown: None, is_answered: false });
            }
            Told::Left(seat) => {
                self.searches.remove(&seat);
                self.asked_near.remove(&seat);
            }
        }
    }

    /// Fills a shelf from the database, unless its board is known, which is newer.
    fn put(&mut self, scope: ScopeId, texts: &[Text]) {
        if self.followed.contains_key(&scope) || self.boards.contains_key(&scope) {
            return;
        }
        let mut texts: Vec<&Text> = texts.iter().collect();
        texts.sort_by_cached_key(|text| (text.number.is_none(), Kind::named(&text.kind), numbered(text)));
        let mut filled = Shelf::default();
        for text in texts {
            filled.push(text.record, &label(text.number.as_deref(), &text.words));
        }
        filled.fit();
        self.shelve(scope, filled);
    }

    /// Puts a shelf in its place.
    fn shelve(&mut self, scope: ScopeId, texts: Shelf) {
        let old = self.index.put(scope, texts);
        if let Some(known) = &mut self.difficulties {
            known.replace(scope, old.as_ref());
        }
    }

    fn follow_boards(&mut self) {
        for (scope, board) in std::mem::take(&mut self.boards) {
            let last = board.changes().next_back().map(|change| change.order());
            let touched = self.followed.get(&scope).and_then(|followed| touched(&board, *followed));
            match (touched, self.index.shelf(scope)) {
                (Some(records), Some(present)) => {
                    for record in records {
                        present.follow(&board, record);
                        if let Some(known) = &mut self.difficulties {
                            known.follow(&board, record);
                        }
                    }
                }
                _ => self.shelve(scope, Shelf::of(&board)),
            }
            self.followed.insert(scope, Followed { changes: board.change_count(), last });
        }
    }

    /// Asks for the sessions that are neither here nor asked for, the newest first.
    fn ask_for_texts(&mut self) {
        let sessions = self.catalogue.sessions().iter().map(|session| session.scope);
        let unknown = |scope: &ScopeId| !self.followed.contains_key(scope) && !self.asked.contains(scope);
        let missing: Vec<ScopeId> = sessions.filter(unknown).collect();
        if !missing.is_empty() {
            self.asked.extend(&missing);
            (self.ask)(missing);
        }
    }

    /// Answers the newest search of each seat, again when more shelves are filled; what interrupted it.
    fn search(&mut self) -> Option<Told> {
        let Self { index, catalogue, tell, told, searches, .. } = self;
        for (seat, search) in searches.iter_mut().filter(|(_, search)| !search.is_answered) {
            let tell = |msg| tell(*seat, msg);
            let newer = search.go_on(index, catalogue, told, &tell);
            if newer.is_some() {
                return newer;
            }
        }
        None
    }
}

impl Search {
    fn go_on(
        &mut self,
        index: &mut Index,
        catalogue: &Catalogue,
        told: &Receiver<Told>,
        tell: &dyn Fn(Msg),
    ) -> Option<Told> {
        let scopes = catalogue.sessions().iter().map(|session| session.scope);
        let Wanted { generation, query } = &self.wanted;
        let mut newer = None;
        let hits = index.find(query, scopes, HITS, |hits| {
            if hits.is_full() && self.shown.is_none() {
                self.shown = Some(show(hits, *generation, catalogue, tell));
            }
            newer = told.try_recv().ok();
            newer.is_none()
        });
        if newer.is_none() {
            if self.shown.as_ref() != Some(&places(&hits)) {
                self.shown = Some(show(&hits, *generation, catalogue, tell));
            }
            self.is_answered = true;
        }
        newer
    }
}

fn places(hits: &Hits<'_>) -> Answer {
    hits.best().map(|found| (found.scope, found.record)).collect()
}

/// The records that were written since; `None` if changes came in between those that were there.
fn touched(board: &Board, followed: Followed) -> Option<BTreeSet<RecordId>> {
    let new = board.changes().rev().take_while(|change| Some(change.order()) > followed.last);
    let (mut count, mut records) = (0, BTreeSet::new());
    for change in new {
        count += 1;
        records.extend(change.writes().iter().map(|write| write.record));
    }
    (followed.changes + count == board.change_count()).then_some(records)
}

/// Short numbers in their order: `KK-99` before `KK-100`.
fn numbered(text: &Text) -> Option<(usize, String)> {
    text.number.as_ref().map(|number| (number.len(), number.clone()))
}

/// How a session is called: by its quarter.
fn title(catalogue: &Catalogue, scope: ScopeId) -> Option<String> {
    let header = catalogue.sessions().iter().find(|header| header.scope == scope)?;
    Some(header.quarter().map_or_else(|| header.title.clone(), |quarter| quarter.to_string()))
}

fn show(hits: &Hits<'_>, generation: u64, catalogue: &Catalogue, tell: &dyn Fn(Msg)) -> Answer {
    let hit = |found: Found<'_>| {
        let session = title(catalogue, found.scope)?;
        Some(Hit { scope: found.scope, record: found.record, session, text: found.text.to_owned() })
    };
    tell(Msg::Found { generation, hits: hits.best().filter_map(hit).collect() });
    places(hits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            catalogue::SessionHeader,
            command::Command,
            edit::Edit,
            testing::{self, SCOPE},
        },
        runtime::house::HOST,
    };

    const PAST: ScopeId = ScopeId(0xba5);
    const PATIENCE: Duration = Duration::from_secs(20);

    struct Seat {
        finder: Finder,
        heard: Receiver<(SeatId, Msg)>,
        asked: Receiver<Vec<ScopeId>>,
    }

    /// A seat with an open session and a past one.
    fn seat(desk: &testing::Desk) -> Seat {
        let (finder, unstarted) = Finder::new();
        let ((ask, asked), (tell, heard)) = (mpsc::channel(), mpsc::channel());
        unstarted
            .start(move |scopes| ask.send(scopes).unwrap(), move |seat, msg| tell.send((seat, msg)).unwrap());
        let open = SessionHeader::of(&desk.board).unwrap();
        let past = SessionHeader { scope: PAST, quarter: Some((2014, 1)), ..open.clone() };
        finder.note_sessions(&Arc::new(Catalogue::new(vec![past, open])));
        finder.note_board(&Arc::new(desk.board.clone()));
        Seat { finder, heard, asked }
    }

    impl Seat {
        fn next(&self) -> (u64, Vec<String>) {
            match self.heard.recv_timeout(PATIENCE).unwrap().1 {
                Msg::Found { generation, hits } => (
                    generation,
                    hits.into_iter().map(|hit| format!("{} {}", hit.session, hit.text)).collect(),
                ),
                other => panic!("{other:?}"),
            }
        }

        fn finds(&self, generation: u64, query: &str) -> Vec<String> {
            self.finder.find(HOST, generation, query.to_owned());
            let (answered, hits) = self.next();
            assert_eq!(answered, generation);
            hits
        }
    }

    #[test]
    fn an_open_session_is_found_at_once_and_follows_its_board() {
        let mut desk = testing::Desk::at_session(1);
        let line = desk.line(Kind::Difficulty, "Đảng viên ngại chuyển");
        let seat = seat(&desk);
        assert_eq!(seat.finds(1, "ngai chuyen"), ["I/2023 KK-01  Đảng viên ngại chuyển"]);
        desk.edit(line, Edit::Text("Con dấu cũ".to_owned())).unwrap();
        let removed = desk.line(Kind::Difficulty, "không còn");
        desk.submit(&Command::Remove { record: removed }).unwrap();
        seat.finder.note_board(&Arc::new(desk.board.clone()));
        assert_eq!(seat.finds(2, "con"), ["I/2023 KK-01  Con dấu cũ"]);
        assert!(seat.finds(3, "ngai").is_empty());
        assert_eq!(SCOPE, desk.board.scope());
    }

    #[test]
    fn each_seat_is_answered_what_it_asked_and_nothing_once_it_is_left() {
        let mut desk = testing::Desk::at_session(1);
        desk.line(Kind::Difficulty, "con dấu");
        let Seat { finder, heard, asked: _asked } = seat(&desk);
        let guests = [SeatId(1), SeatId(2), SeatId(3)];
        for (guest, query) in guests.into_iter().zip(["con", "dau", "con dau"]) {
            finder.find(guest, u64::from(guest.0), query.to_owned());
        }
        let mut answered = BTreeSet::new();
        while answered.len() < guests.len() {
            let (guest, msg) = heard.recv_timeout(PATIENCE).unwrap();
            let Msg::Found { generation, hits } = msg else { panic!("{msg:?}") };
            assert_eq!((generation, hits.len()), (guest.0.into(), 1));
            answered.insert(guest);
        }
        finder.leave(SeatId(2));
        let text = |record| Text {
            scope: PAST,
            record: RecordId(record),
            kind: Kind::Difficulty.name().to_owned(),
            number: None,
            words: "Con dấu cũ".to_owned(),
        };
        finder.note_texts(PAST, Arc::new([text(1)]));
        let again: Vec<SeatId> = (0..2).map(|_| heard.recv_timeout(PATIENCE).unwrap().0).collect();
        assert_eq!(again, [SeatId(1), SeatId(3)]);
    }

    #[test]
    fn past_sessions_come_from_the_database_and_the_search_is_answered_again() {
        let mut desk = testing::Desk::at_session(1);
        desk.line(Kind::Difficulty, "con dấu");
        let seat = seat(&desk);
        assert_eq!(seat.finds(1, "con dau").len(), 1);
        assert_eq!(seat.asked.recv_timeout(PATIENCE).unwrap(), [PAST]);
        let text = |record, number: &str| Text {
            scope: PAST,
            record: RecordId(record),
            kind: Kind::Difficulty.name().to_owned(),
            number: Some(number.to_owned()),
            words: "Con dấu thay đổi".to_owned(),
        };
        seat.finder.note_texts(PAST, Arc::new([text(1, "KK-100"), text(2, "KK-99")]));
        let expected =
            ["I/2023 KK-01  con dấu", "I/2014 KK-99  Con dấu thay đổi", "I/2014 KK-100  Con dấu thay đổi"];
        assert_eq!(seat.next(), (1, expected.map(str::to_owned).to_vec()));
        assert_eq!(seat.finds(2, "thay doi").len(), 2);
    }

    #[test]
    fn what_is_near_to_a_line_comes_from_this_session_and_from_past_ones() {
        let mut desk = testing::Desk::at_session(1);
        let line = desk.line(Kind::Difficulty, "con dấu cũ, hồ sơ kẹt");
        desk.line(Kind::Difficulty, "Con dấu thay đổi nên hồ sơ cũ bị kẹt");
        desk.line(Kind::Opinion, "con dấu cũ, hồ sơ kẹt là ý kiến");
        for other in [
            "Kinh phí cấp chậm cuối năm",
            "Phần mềm hay treo",
            "Thiếu cán bộ chuyên trách",
            "Nhà văn hóa xuống cấp",
        ] {
            desk.line(Kind::Difficulty, other);
        }
        let seat = seat(&desk);
        let text = |record, kind: Kind, number: &str, words: &str| Text {
            scope: PAST,
            record: RecordId(record),
            kind: kind.name().to_owned(),
            number: Some(number.to_owned()),
            words: words.to_owned(),
        };
        let ask = |generation, text: &str| {
            let question = Question { generation, scope: SCOPE, record: line, text: text.to_owned() };
            seat.finder.near(HOST, question);
        };
        let next = || match seat.heard.recv_timeout(PATIENCE).unwrap().1 {
            Msg::Nearest { generation, hits } => {
                (generation, hits.into_iter().map(|hit| format!("{} {}", hit.session, hit.text)).collect())
            }
            other => panic!("{other:?}"),
        };
        ask(1, "con dau cu, hs ket");
        let here = "I/2023 KK-02  Con dấu thay đổi nên hồ sơ cũ bị kẹt".to_owned();
        assert_eq!(next(), (1, vec![here.clone()]));
        assert_eq!(seat.asked.recv_timeout(PATIENCE).unwrap(), [PAST]);
        let past = [
            text(1, Kind::Difficulty, "KK-100", "Hồ sơ cũ kẹt do con dấu"),
            text(2, Kind::Solution, "GP-01", "Hồ sơ cũ kẹt do con dấu"),
        ];
        seat.finder.note_texts(PAST, Arc::new(past));
        assert_eq!(next(), (1, vec![here, "I/2014 KK-100  Hồ sơ cũ kẹt do con dấu".to_owned()]));
        ask(2, "heo bị dịch tả");
        assert_eq!(next(), (2, Vec::<String>::new()));
        desk.line(Kind::Difficulty, "Dịch tả heo lan rộng");
        seat.finder.note_board(&Arc::new(desk.board.clone()));
        assert_eq!(next(), (2, vec!["I/2023 KK-07  Dịch tả heo lan rộng".to_owned()]));
    }

    #[test]
    fn the_shelves_are_filled_a_moment_after_home_is_shown() {
        let seat = seat(&testing::Desk::at_session(1));
        assert!(seat.asked.recv_timeout(PAUSE * 2).is_err(), "in a session they are not needed");
        seat.finder.note_home();
        assert_eq!(seat.asked.recv_timeout(PATIENCE).unwrap(), [PAST]);
        assert!(seat.heard.try_recv().is_err(), "nobody searched");
    }

    #[test]
    fn changes_that_come_late_are_noticed() {
        let mut desk = testing::Desk::at_session(1);
        let followed = |board: &Board| Followed {
            changes: board.change_count(),
            last: board.changes().next_back().map(|change| change.order()),
        };
        let before = followed(&desk.board);
        let line = desk.line(Kind::Difficulty, "một");
        assert_eq!(touched(&desk.board, before), Some(BTreeSet::from([line])));
        let before = followed(&desk.board);
        desk.board.apply(testing::foreign(9, 1, 1, Vec::new()));
        assert_eq!(touched(&desk.board, before), None);
    }
}
