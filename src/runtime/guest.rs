//! A seat for a terminal that joined: bytes come in by a [`Knock`], frames go out by an [`Out`], and the loop is the host's own.

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, mpsc},
};

use super::{
    clock::Clock,
    effects::Deeds,
    house::{Card, House, SeatId},
    inbox::{Happening, Inbox, Outlet},
    load::Load,
    seat::{Far, Parting, RunError, Seat},
    sitter::{Sitter, draft_name, read_kept, take_place},
    terminal::{Out, Screen},
};
use crate::{
    app::{Asking, company::View, msg::Msg},
    domain::{change::Author, ids::PersonId, policy::Role},
    i18n::Lang,
    store::StoreError,
    text::nfc,
    ui::theme::Theme,
};

/// The largest window that is drawn: columns, rows.
const LARGEST: (u16, u16) = (500, 200);
/// The window of a terminal that does not know its own.
const USUAL: (u16, u16) = (80, 24);

/// Who joins, and how it looks to them.
#[derive(Debug, Clone)]
pub struct Guest {
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// The language of their screens.
    pub lang: Lang,
    /// Their terminal's look.
    pub theme: Theme,
    /// Its columns and rows.
    pub size: (u16, u16),
    /// What the seat is taken for.
    pub view: Option<View>,
    /// Whether the terminal is another computer's: nothing is done there to this one's files.
    pub is_away: bool,
    /// Whether it is certain who they are; others see nothing off the record but what they record themselves.
    pub is_proven: bool,
}

/// The way in to a guest's seat.
#[derive(Clone)]
pub struct Knock {
    outlet: Outlet,
    load: Arc<Load>,
    clock: Clock,
    pub(super) seat: SeatId,
}

impl Knock {
    /// What one read of the terminal gave. Waits while the seat has too much to take.
    pub fn bytes(&self, bytes: &[u8]) {
        self.load.put(bytes.len());
        self.outlet.send(Happening::Bytes(bytes.to_vec(), self.clock.elapsed()));
    }

    /// The terminal has another size.
    pub fn resized(&self, size: (u16, u16)) {
        let (columns, rows) = clamped(size);
        self.outlet.send(Happening::Resized(columns, rows));
    }

    /// The terminal has shown a frame.
    pub fn taken(&self) {
        self.outlet.send(Happening::Taken);
    }

    /// Whether what is typed now is taken without waiting.
    pub fn has_room(&self) -> bool {
        self.load.has_room()
    }

    /// The person has to leave; why.
    pub fn part(&self, why: Parting) {
        self.outlet.send(Happening::Part(why));
    }

    /// The terminal is gone.
    pub fn gone(&self) {
        self.outlet.send(Happening::Part(Parting::Gone));
    }
}

/// A size that can be drawn.
pub(super) fn clamped((columns, rows): (u16, u16)) -> (u16, u16) {
    if columns == 0 || rows == 0 { USUAL } else { (columns.min(LARGEST.0), rows.min(LARGEST.1)) }
}

/// A guest's seat, before its loop runs.
pub struct GuestSeat {
    seat: Seat,
    screen: Screen,
    inbox: Inbox,
    load: Arc<Load>,
}

impl House {
    /// Gives a guest a seat; the draft of the same person in the same role is taken up.
    ///
    /// # Errors
    /// The house closes, or the person or draft cannot be read.
    pub fn seat(self: &Arc<Self>, guest: &Guest, out: Out) -> Result<(Knock, GuestSeat), RunError> {
        let (me, size) = (self.who(&guest.name)?, clamped(guest.size));
        let screen = Screen::elsewhere(guest.theme, size, out);
        let ((inbox, outlet), load) = (Inbox::new(), Arc::<Load>::default());
        let (session, seed) = (self.session(), random()?);
        let mut card =
            Card::new(Arc::clone(&me.name), guest.role, draft_name(&me, guest.role), outlet.clone());
        card.is_away = guest.is_away;
        let member = self.enter(card).ok_or(RunError::Closing)?;
        let (load_of, clock) = (Arc::clone(&load), self.kit().clock);
        let knock = Knock { outlet: outlet.clone(), load: load_of, clock, seat: member.seat() };
        let drafts = self.drafts();
        let (draft, kept) = drafts.open(member.draft())?;
        let (kept, unread) = read_kept(kept);
        let unread = unread.map(|state| drafts.keep_unread(member.draft(), &state));
        let sitter = Sitter { me, asking: Asking::No, role: guest.role, lang: guest.lang, size, seed };
        let mut app = sitter.app(self.kit());
        app.sit_as_guest();
        if !guest.is_proven {
            app.sit_unproven();
        }
        let mut effects = take_place(&mut app, kept, session);
        effects.extend(app.update(Msg::Catalogue(self.catalogue()), self.kit().clock.now()));
        if let Some(view) = guest.view {
            effects.extend(session.into_iter().flat_map(|scope| app.open(scope, None)));
            app.begin(view);
        }
        if guest.is_away && guest.role != Role::Observer {
            app.greet();
        }
        let rests = (guest.is_away && guest.role == Role::Observer).then(|| self.kit().clock.elapsed());
        let far = Far { frames: VecDeque::new(), load: Arc::clone(&load), ahead: Vec::new(), rests };
        let mut seat =
            Seat::new(app, Deeds::new(member, outlet, (guest.lang, guest.is_away)), draft, Some(far));
        seat.deeds.run(effects);
        seat.tell_of_draft(unread);
        Ok((knock, GuestSeat { seat, screen, inbox, load }))
    }

    /// Whether somebody who looks on was at a place of their own when they left.
    pub(super) fn has_draft(&self, name: &str, role: Role) -> Result<bool, RunError> {
        let me = Author { person: PersonId(0), name: nfc::clean_line(name).into() };
        Ok(self.drafts().is_kept(&draft_name(&me, role))?)
    }

    /// Who a name is; asked of the writer, for which the guest's own thread waits.
    fn who(&self, name: &str) -> Result<Author, RunError> {
        let (answer, answered) = mpsc::channel();
        let name = nfc::clean_line(name);
        self.writer().person(name, self.kit().clock.now(), move |found| drop(answer.send(found)))?;
        Ok(answered.recv().map_err(|_gone| StoreError::Stopped)??)
    }
}

pub(super) fn random() -> io::Result<u128> {
    let mut seed = [0; 16];
    getrandom::fill(&mut seed).map_err(io::Error::other)?;
    Ok(u128::from_be_bytes(seed))
}

impl GuestSeat {
    /// Runs the loop until the person leaves, the terminal ends or the house closes; why.
    ///
    /// # Errors
    /// The way out is broken.
    pub fn run(mut self) -> Result<Parting, RunError> {
        let ended = self.seat.turn(&mut self.screen, &mut self.inbox);
        self.seat.put_away();
        self.seat.deeds.stop();
        ended
    }
}

impl Drop for GuestSeat {
    fn drop(&mut self) {
        self.load.end();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        path::Path,
        thread::{self, JoinHandle},
        time::Duration,
    };

    use super::*;
    use crate::{
        app::company::Company,
        document::Wording,
        domain::{
            command::{Command, Refusal, Request},
            ids::{CommandId, RecordId, ScopeId},
        },
        keymap::Keymap,
        runtime::{SEAT_THREAD, house::Kit, papers::Papers},
        store::{Event, OpenOptions, Store},
    };

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A house on an empty folder, and what its host hears.
    fn house(folder: &Path) -> (Arc<House>, Inbox) {
        let store = Store::open(folder, OpenOptions::new(1, "test")).unwrap();
        let (inbox, outlet) = Inbox::new();
        let wording = Arc::new(Wording::new(&std::collections::BTreeMap::new()).unwrap());
        let papers =
            Papers { folder: folder.join("exports"), config: folder.into(), wording: wording.clone() };
        let kit = Kit {
            clock: Clock::system(),
            config: folder.into(),
            keymap: Arc::new(Keymap::default()),
            wording,
            rests_at: None,
            elsewhere: String::new(),
        };
        let host = Card::new("Lan".into(), Role::Facilitator, "host".to_owned(), outlet);
        (House::open(store, kit, papers, host).unwrap(), inbox)
    }

    /// A guest whose frames go to `out`.
    fn sit(house: &Arc<House>, name: &str, out: Out) -> (Knock, JoinHandle<Option<Parting>>) {
        let guest = Guest {
            name: name.to_owned(),
            role: Role::NoteTaker,
            lang: Lang::Vietnamese,
            theme: Theme::full(),
            size: (0, 0),
            view: None,
            is_away: false,
            is_proven: true,
        };
        let (knock, seat) = house.seat(&guest, out).unwrap();
        let thread = thread::Builder::new().name(SEAT_THREAD.to_owned());
        (knock, thread.spawn(move || seat.run().ok()).unwrap())
    }

    fn frames() -> (Out, mpsc::Receiver<Vec<u8>>) {
        let (sender, frames) = mpsc::channel();
        (Box::new(move |frame: &[u8]| sender.send(frame.to_vec()).map_err(io::Error::other)), frames)
    }

    /// Waits until the host has heard something.
    fn hears(host: &mut (Inbox, Vec<Happening>), wanted: impl Fn(&Happening) -> bool) {
        while !host.1.iter().any(&wanted) {
            let news = host.0.wait(Some(PATIENCE));
            assert!(!news.is_empty(), "waited in vain: {:?}", host.1);
            host.1.extend(news);
        }
    }

    fn is_company(happening: &Happening, names: &[&str]) -> bool {
        let Happening::Done(Msg::Company(Company { others, hosting: true })) = happening else {
            return false;
        };
        others.iter().map(|other| &*other.name).eq(names.iter().copied())
    }

    #[test]
    fn a_panic_closes_its_own_seat_only_and_the_host_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (house, inbox) = house(folder.path());
        let mut host = (inbox, Vec::new());
        let (out, seen) = frames();
        let (mai, mais) = sit(&house, "Mai", out);
        seen.recv_timeout(PATIENCE).unwrap();
        let mut drawn = 0;
        let failing: Out = Box::new(move |_| {
            drawn += 1;
            assert!(drawn < 2, "the second frame fails");
            Ok(())
        });
        let (hoa, hoas) = sit(&house, "Hoa", failing);
        hears(&mut host, |happening| is_company(happening, &["Mai", "Hoa"]));
        host.1.clear();
        hoa.bytes(b"\x1bOP");
        assert!(hoas.join().is_err());
        hears(&mut host, |happening| matches!(happening, Happening::Crashed(name) if &**name == "Hoa"));
        hears(&mut host, |happening| is_company(happening, &["Mai"]));
        mai.taken();
        mai.bytes(b"\x1bOP");
        assert!(!seen.recv_timeout(PATIENCE).unwrap().is_empty(), "Mai's seat goes on");
        mai.gone();
        assert_eq!(mais.join().unwrap(), Some(Parting::Gone));
        house.close(Vec::new()).unwrap();
    }

    #[test]
    fn no_more_than_two_frames_are_on_their_way_and_the_newest_comes_when_one_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let (house, _inbox) = house(folder.path());
        let (out, seen) = frames();
        let (knock, seat) = sit(&house, "Mai", out);
        for columns in 40..60 {
            knock.resized((columns, 20));
            thread::sleep(Duration::from_millis(5));
        }
        let within = |pause| seen.recv_timeout(Duration::from_millis(pause)).is_ok();
        assert!(within(20_000) && within(20_000));
        assert!(!within(100), "a third waits for an answer");
        knock.taken();
        assert!(within(20_000));
        knock.gone();
        seat.join().unwrap();
        house.close(Vec::new()).unwrap();
    }

    #[test]
    fn closing_parts_everybody_and_lets_nobody_in() {
        let folder = tempfile::tempdir().unwrap();
        let (house, _inbox) = house(folder.path());
        let seats = ["Mai", "Hoa"].map(|name| sit(&house, name, Box::new(|_| Ok(()))));
        house.close(Vec::new()).unwrap();
        for (_, seat) in seats {
            assert_eq!(seat.join().unwrap(), Some(Parting::Closing));
        }
        let card = Card::new("Tú".into(), Role::Observer, "late".to_owned(), Inbox::new().1);
        assert!(house.enter(card).is_none());
    }

    #[test]
    fn a_command_is_judged_by_the_role_that_the_house_holds_when_it_is_handed_in() {
        let folder = tempfile::tempdir().unwrap();
        let (house, _host) = house(folder.path());
        let (mut inbox, outlet) = Inbox::new();
        let card = Card::new("Mai".into(), Role::Facilitator, "mai".to_owned(), outlet.clone());
        let member = house.enter(card).unwrap();
        let (load, clock) = (Arc::default(), house.kit().clock);
        let knock = Knock { outlet, load, clock, seat: member.seat() };
        let author = house.who("Mai").unwrap();
        let mut refused = |number| {
            let request = Request {
                command_id: CommandId(number),
                scope: ScopeId(7),
                author: author.clone(),
                role: Role::Facilitator,
                at: clock.now(),
                command: Command::Remove { record: RecordId(1) },
            };
            house.submit(member.seat(), request).unwrap();
            loop {
                for happening in inbox.wait(Some(PATIENCE)) {
                    if let Happening::Store(Event::Refused { refusal, .. }) = happening {
                        return refusal;
                    }
                }
            }
        };
        let is_of_observer = |refusal: &Refusal| matches!(refusal, Refusal::NotPermitted(Role::Observer));
        assert!(!is_of_observer(&refused(1)));
        house.give_role(&knock, Role::Observer);
        assert!(is_of_observer(&refused(2)), "whatever the seat says");
        drop(member);
        house.close(Vec::new()).unwrap();
    }

    #[test]
    fn a_size_is_clamped_to_what_can_be_drawn() {
        assert_eq!([(0, 9), (3, 2), (9999, 9999)].map(clamped), [USUAL, (3, 2), LARGEST]);
    }
}
