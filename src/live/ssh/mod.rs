//! The door to other computers: SSH, opened by the facilitator, to whoever has the code or an approved key.
//!
//! ```text
//! client ─handshake→ handler ─code or key→ desk ─role→ caller's thread ─→ seat
//!                       └────────keys────── line ──────frames──────┘
//! ```
//!
//! Nothing of it exists before the door is opened, and nothing is left when it is closed: the runtime has a thread of its own, each
//! caller another. The facilitator's lobby is told of everything through [`House::note_lobby`]. Invariant: what a stranger sends costs a
//! bounded number of places for a bounded time, and what a caller sends reaches their own seat and nothing else.

mod approved;
mod caller;
mod code;
mod desk;
#[cfg(test)]
mod failing;
mod handler;
mod host_key;
mod line;
mod names;
mod permits;
mod reports;
mod server;
mod square;
mod waiting;

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket},
    sync::{Arc, Mutex, PoisonError, Weak},
    thread,
    time::Duration,
};

use tokio::sync::oneshot;

use approved::Approved;
use code::Code;
use desk::{Desk, Opening};
use host_key::KeyError;

use super::{DoorError, Manner, Welcome};
use crate::{
    app::lobby::{DoorNews, Wish},
    runtime::{Clock, DOOR_THREAD, Doorkeeper, House},
};

/// The port that is taken if no other is said.
const PORT: u16 = 2222;
/// How long closing waits until everybody was told.
const PATIENCE: Duration = Duration::from_secs(3);
const LOOK: Duration = Duration::from_millis(20);

impl From<KeyError> for DoorError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Damaged(path) => Self::KeyDamaged(path),
            KeyError::Readable(path) => Self::KeyReadable(path),
            KeyError::File(path, error) => Self::KeyFile(path, error),
        }
    }
}

struct Open {
    desk: Arc<Desk>,
    /// Dropped when the door closes.
    _stop: oneshot::Sender<()>,
}

struct Door {
    house: Weak<House>,
    manner: Manner,
    open: Mutex<Option<Open>>,
}

/// Keeps the door of a house.
#[derive(Clone)]
pub struct Keeper(Arc<Door>);

impl Keeper {
    /// A keeper whose door is closed.
    pub fn new(house: &Arc<House>, manner: Manner) -> Self {
        Self(Arc::new(Door { house: Arc::downgrade(house), manner, open: Mutex::default() }))
    }

    /// Opens the door, unless it is open.
    ///
    /// # Errors
    /// [`DoorError`].
    pub fn open(&self) -> Result<Welcome, DoorError> {
        let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = match open.take() {
            Some(open) => open,
            None => self.0.unlock()?,
        };
        let desk = &opened.desk;
        let welcome = Welcome {
            address: desk.address.to_string(),
            code: desk.code().digits(),
            fingerprint: desk.fingerprint.clone(),
        };
        desk.tell_lobby();
        *open = Some(opened);
        drop(open);
        if let Some(house) = self.0.house.upgrade() {
            let door = Arc::clone(&self.0);
            house.at_close(move || door.close());
        }
        Ok(welcome)
    }
}

impl Doorkeeper for Keeper {
    fn wish(&self, wish: Wish) {
        let keeper = self.clone();
        let deed = move || match wish {
            Wish::Open => keeper.open_or_tell(),
            Wish::Close => keeper.0.close(),
            wish => keeper.0.at_desk(|desk| desk.wish(wish)),
        };
        if let Err(error) = thread::Builder::new().name(DOOR_THREAD.to_owned()).spawn(deed) {
            tracing::error!("door: {error}");
        }
    }
}

impl Keeper {
    fn open_or_tell(&self) {
        let Err(error) = self.open() else { return };
        tracing::error!("door: {error}");
        if let Some(house) = self.0.house.upgrade() {
            house.note_door(&DoorNews::NotOpened(error.words(self.0.manner.lang.strings())));
        }
    }
}

impl Door {
    fn unlock(&self) -> Result<Open, DoorError> {
        let key = host_key::load(&self.manner.data)?;
        let (listener, address) = bind(self.manner.listen.as_deref())?;
        let failed = |error| DoorError::Listen(address, error);
        let code = Code::new(random().map_err(failed)?);
        let opening = Opening {
            house: self.house.clone(),
            lang: self.manner.lang,
            admit: self.manner.admit,
            address,
            fingerprint: host_key::fingerprint(&key),
            approved: Approved::read(&host_key::folder(&self.manner.data)),
            clock: Clock::system(),
        };
        let desk = Arc::new(Desk::new(opening, code));
        let stop = server::listen(listener, key, Arc::clone(&desk)).map_err(failed)?;
        tracing::info!("the door is open at {address}");
        Ok(Open { desk, _stop: stop })
    }

    fn at_desk(&self, deed: impl FnOnce(&Desk)) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = open.as_ref().map(|open| Arc::clone(&open.desk));
        drop(open);
        if let Some(desk) = desk {
            deed(&desk);
        }
    }

    /// Parts everybody, waits until they were told, and listens no more.
    fn close(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(open) = open else { return };
        open.desk.close();
        let looks = PATIENCE.as_millis() / LOOK.as_millis();
        for _ in (0..looks).take_while(|_| !open.desk.is_empty()) {
            thread::sleep(LOOK);
        }
        // The last words are on their way.
        thread::sleep(LOOK);
    }
}

fn random() -> io::Result<u128> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(u128::from_be_bytes(bytes))
}

/// Listens where somebody said, else at this computer's address in the local network: at the usual port, or at another if that is taken.
fn bind(listen: Option<&str>) -> Result<(TcpListener, SocketAddr), DoorError> {
    let Some(typed) = listen else {
        let at = SocketAddr::new(own_address(), PORT);
        return bound(at).or_else(|_taken| bound(SocketAddr::new(at.ip(), 0)));
    };
    bound(address(typed).ok_or_else(|| DoorError::Address(typed.to_owned()))?)
}

fn bound(at: SocketAddr) -> Result<(TcpListener, SocketAddr), DoorError> {
    let listener = TcpListener::bind(at).map_err(|error| DoorError::Listen(at, error))?;
    let at = listener.local_addr().map_err(|error| DoorError::Listen(at, error))?;
    Ok((listener, at))
}

/// An address with or without a port.
fn address(typed: &str) -> Option<SocketAddr> {
    let bare = typed.trim_start_matches('[').trim_end_matches(']');
    let without_port = || bare.parse::<IpAddr>().ok().map(|address| SocketAddr::new(address, PORT));
    typed.parse().ok().or_else(without_port)
}

/// This computer's address in the local network: the one from which it would send to another network. Nothing is sent for it.
fn own_address() -> IpAddr {
    let asked = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    asked.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_lack_its_port_and_nothing_else() {
        let at = |text: &str| text.parse().ok();
        assert_eq!(address("192.168.1.5:22"), at("192.168.1.5:22"));
        assert_eq!(address("192.168.1.5"), at("192.168.1.5:2222"));
        assert_eq!(address("[::1]:7"), at("[::1]:7"));
        assert_eq!(address("::1"), at("[::1]:2222"));
        assert_eq!([address("laptop"), address(""), address(":22"), address("1.2.3.4:99999")], [None; 4]);
        assert!(!own_address().is_unspecified());
    }
}
