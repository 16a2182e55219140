//! One caller's thread: they wait, sit down, take another seat when their role changes, and are seen off.

use std::{
    io,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use super::{
    desk::{Desk, Standing},
    line::{Heard, Line},
    names,
    waiting::{Waiting, Wanted},
};
use crate::{
    app::{company::View, lobby::CallerId},
    domain::policy::Role,
    i18n::Lang,
    runtime::{
        Clock, Guest, GuestSeat, House, Onlooker, Out, Parting, RunError,
        decode::{Decoder, Input},
        entering, leaving, words,
    },
    text::wrap,
    ui::theme::Theme,
};

/// A caller who has a terminal.
pub(super) struct Caller {
    pub(super) desk: Arc<Desk>,
    pub(super) id: CallerId,
    pub(super) line: Arc<Line>,
    pub(super) heard: Receiver<Heard>,
    pub(super) theme: Theme,
    /// What was typed before anybody took it.
    pub(super) ahead: Vec<u8>,
}

/// How a caller's use of the program ends.
enum End {
    Parted(Parting),
    Refused(String),
}

impl Caller {
    /// Serves them to their end.
    pub(super) fn attend(mut self) {
        self.line.write(entering());
        let whole = || self.look().map_or_else(|| self.stay(), End::Parted);
        let end = panic::catch_unwind(AssertUnwindSafe(whole)).unwrap_or(End::Parted(Parting::Crashed));
        self.line.leave();
        self.desk.leave(self.id);
        let said = self.farewell(&end);
        let status = u32::from(!matches!(end, End::Parted(Parting::Left | Parting::Closing)));
        self.line.end([leaving(), said.into_bytes()].concat(), status);
    }

    /// Lets the terminal tell what ground it writes on, for a moment; why they leave meanwhile, if they do.
    fn look(&mut self) -> Option<Parting> {
        let clock = Clock::system();
        let until = clock.elapsed() + ANSWER;
        while self.line.is_light().is_none() {
            match self.next(Some(until), clock) {
                Ok(Heard::Bytes(bytes)) => self.ahead.extend(bytes),
                Ok(Heard::Part(parting)) => return Some(parting),
                Ok(Heard::Size(_) | Heard::Admitted) => {}
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => return Some(Parting::Gone),
            }
        }
        None
    }

    fn stay(&mut self) -> End {
        loop {
            let Some(standing) = self.desk.standing(self.id) else { return End::Parted(Parting::Gone) };
            let Some(role) = standing.role else {
                match self.wait(standing.name) {
                    Some(parting) => return End::Parted(parting),
                    None => continue,
                }
            };
            match self.sit(role, &standing) {
                End::Parted(Parting::Moved) => {}
                end => return end,
            }
        }
    }

    /// Waits until they may sit down; why they do not.
    fn wait(&mut self, name: String) -> Option<Parting> {
        let (clock, door) = (Clock::system(), &self.desk.lang.strings().table.door);
        let mut screen = Waiting::new(name, door, self.line.size());
        loop {
            let name = names::clean(&screen.name);
            screen.problem = (!self.desk.may_be(&name)).then_some(door.wait_taken);
            self.line.write(screen.draw());
            let wanted = match self.next_or_ahead(screen.deadline(), clock) {
                Ok(Heard::Bytes(bytes)) => screen.type_bytes(&bytes, clock.elapsed()),
                Ok(Heard::Size(size)) => screen.resize(size),
                Ok(Heard::Admitted) => Wanted::Stay,
                Ok(Heard::Part(parting)) => return Some(parting),
                Err(RecvTimeoutError::Timeout) => screen.note_silence(clock.elapsed()),
                Err(RecvTimeoutError::Disconnected) => return Some(Parting::Gone),
            };
            match wanted {
                Wanted::Leave => return Some(Parting::Left),
                Wanted::LookOn => self.look_on(&names::clean(&screen.name)),
                Wanted::Stay => {}
            }
            // A role may have come before the news of it, too.
            if self.desk.standing(self.id).is_some_and(|standing| standing.role.is_some()) {
                return None;
            }
        }
    }

    fn next(&self, deadline: Option<Duration>, clock: Clock) -> Result<Heard, RecvTimeoutError> {
        match deadline {
            Some(deadline) => self.heard.recv_timeout(deadline.saturating_sub(clock.elapsed())),
            None => self.heard.recv().map_err(RecvTimeoutError::from),
        }
    }

    fn next_or_ahead(&mut self, deadline: Option<Duration>, clock: Clock) -> Result<Heard, RecvTimeoutError> {
        match std::mem::take(&mut self.ahead) {
            ahead if ahead.is_empty() => self.next(deadline, clock),
            ahead => Ok(Heard::Bytes(ahead)),
        }
    }

    /// Looks on until the facilitator decides, under a name that is not somebody else's.
    fn look_on(&self, name: &str) {
        if !self.desk.may_be(name) {
            return;
        }
        if self.desk.standing(self.id).is_some_and(|standing| standing.name != name) {
            self.desk.rename(self.id, name);
        }
        self.desk.look_on(self.id);
    }

    /// Sits down in a role, until that ends.
    fn sit(&mut self, role: Role, standing: &Standing) -> End {
        let Some(house) = self.desk.house() else { return End::Parted(Parting::Closing) };
        let watched = if role == Role::Observer { self.watch(&house, standing) } else { Ok(Vec::new()) };
        let typed = match watched {
            Ok(typed) => [std::mem::take(&mut self.ahead), typed].concat(),
            Err(end) => return end,
        };
        match self.seat(&house, role, standing, &typed).and_then(GuestSeat::run) {
            Ok(parting) => End::Parted(parting),
            Err(error) => self.failed(&error),
        }
    }

    fn failed(&self, error: &RunError) -> End {
        match error {
            RunError::Closing => End::Parted(Parting::Closing),
            error => End::Refused(words::run_error(self.desk.lang.strings(), error)),
        }
    }

    fn theme(&self) -> Theme {
        Theme { light: self.line.is_light().unwrap_or_default(), ..self.theme }
    }

    fn guest(&self, role: Role, standing: &Standing) -> Guest {
        Guest {
            name: standing.name.clone(),
            role,
            lang: self.desk.lang,
            theme: self.theme(),
            size: self.line.size(),
            view: (role == Role::NoteTaker).then_some(View::NoteTaker),
            is_away: true,
            is_proven: standing.is_proven,
        }
    }

    /// Watches what everybody sees who touches nothing, until a seat of their own is wanted; what was typed then.
    fn watch(&mut self, house: &Arc<House>, standing: &Standing) -> Result<Vec<u8>, End> {
        let onlooker: Arc<dyn Onlooker> = Arc::<Line>::clone(&self.line);
        loop {
            let guest = self.guest(Role::Observer, standing);
            let watch = house.let_look_on(&guest, &onlooker).map_err(|error| self.failed(&error))?;
            let Some(watch) = watch else { return Ok(Vec::new()) };
            let eyes = watch.eyes();
            self.line.watch(eyes.clone());
            if self.desk.standing(self.id).is_none_or(|now| now != *standing) {
                return Err(End::Parted(Parting::Moved));
            }
            eyes.open();
            if let Some(typed) = self.touch(&guest)? {
                return Ok(typed);
            }
            drop(watch);
            self.settle();
        }
    }

    /// Waits until somebody who watches touches something, and gives that, or nothing once their window is not of that size and look any more.
    /// Where a mouse only points touches nothing.
    fn touch(&mut self, guest: &Guest) -> Result<Option<Vec<u8>>, End> {
        let (clock, mut decoder, mut typed) = (Clock::system(), Decoder::new(), Vec::new());
        while (self.line.size(), self.theme()) == (guest.size, guest.theme) {
            match self.next_or_ahead(decoder.pending_deadline(), clock) {
                Ok(Heard::Bytes(bytes)) => {
                    typed.extend_from_slice(&bytes);
                    decoder.feed(&bytes, clock.elapsed());
                }
                Ok(Heard::Size(_)) => {}
                Ok(Heard::Admitted) => return Err(End::Parted(Parting::Moved)),
                Ok(Heard::Part(Parting::Moved)) => return Ok(Some(typed)),
                Ok(Heard::Part(parting)) => return Err(End::Parted(parting)),
                Err(RecvTimeoutError::Timeout) => decoder.flush(clock.elapsed()),
                Err(RecvTimeoutError::Disconnected) => return Err(End::Parted(Parting::Gone)),
            }
            let touches = |input: &Input| !matches!(input, Input::Focus | Input::Reply);
            if decoder.drain().iter().any(touches) {
                return Ok(Some(typed));
            }
            if decoder.pending_deadline().is_none() {
                typed.clear();
            }
            self.line.calm();
        }
        Ok(None)
    }

    /// Waits until the window keeps its size: while it is dragged nothing is drawn for it.
    fn settle(&self) {
        let mut size = None;
        while size.replace(self.line.size()) != Some(self.line.size()) {
            thread::sleep(SETTLED);
        }
    }

    fn seat(
        &self,
        house: &Arc<House>,
        role: Role,
        standing: &Standing,
        typed: &[u8],
    ) -> Result<GuestSeat, RunError> {
        let guest = self.guest(role, standing);
        let line = Arc::clone(&self.line);
        let out: Out = Box::new(move |frame| {
            let taken = line.show(frame);
            if taken { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
        });
        self.line.write(b"\x1b[0m\x1b[2J".to_vec());
        let (knock, seat) = house.seat(&guest, out)?;
        if !typed.is_empty() {
            knock.bytes(typed);
        }
        self.line.seat(knock.clone(), guest.size, &self.heard);
        // That may have changed while the seat was made.
        match self.desk.standing(self.id) {
            Some(now) if now == *standing => {}
            Some(now) => house.give_role(&knock, now.role.unwrap_or(role)),
            None => knock.gone(),
        }
        Ok(seat)
    }

    /// The last words to whoever leaves.
    fn farewell(&self, end: &End) -> String {
        let table = &self.desk.lang.strings().table;
        let said = match end {
            End::Parted(Parting::Left | Parting::Gone | Parting::Moved) => return String::new(),
            End::Parted(Parting::Closing) => table.door.closed,
            End::Parted(Parting::Dismissed) => table.door.dismissed,
            End::Parted(Parting::Silent) => table.silent,
            End::Parted(Parting::Crashed) => table.crashed,
            End::Refused(why) => why,
        };
        wrapped(said, self.line.size().0)
    }
}

/// A sentence for somebody who gets no seat, as their terminal shows it.
pub(super) fn refusal(lang: Lang, is_full: bool) -> String {
    let door = &lang.strings().table.door;
    format!("{}\r\n", if is_full { door.full } else { door.no_terminal })
}

/// Lines that no terminal of so many columns breaks within a word; its own last column is left free.
fn wrapped(said: &str, columns: u16) -> String {
    let rows = wrap::wrap(said, usize::from(columns.max(20)) - 1);
    rows.into_iter().filter_map(|row| said.get(row)).flat_map(|row| [row.trim_end(), "\r\n"]).collect()
}

/// How long a terminal is waited for that may tell its ground.
const ANSWER: Duration = Duration::from_millis(150);
/// How long a window has to keep its size before it is drawn for.
const SETTLED: Duration = Duration::from_millis(150);
/// How long the last words may take on their way.
pub(super) const FAREWELL: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn the_last_words_are_broken_between_words() {
        assert_eq!(wrapped("Cửa đã đóng. Mọi dòng còn.", 20), "Cửa đã đóng. Mọi\r\ndòng còn.\r\n");
    }
}
