//! Many people at one table: SSH clients in a thread of their own, over real sockets on the loopback, each of which answers every
//! frame as a terminal does and keeps what it was sent, and when.

use std::{
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf, client::Msg};
use tokio::{
    runtime::{Builder, Runtime},
    sync::oneshot,
    task::JoinSet,
};

use super::{
    Failure,
    stranger::{connect, give_code, key, prove_key, shell},
    terminal::{COLUMNS, ROWS},
};

/// What a frame is followed by, and what a terminal answers.
const ASK: &[u8] = b"\x1b[5n";
const ANSWER: &[u8] = b"\x1b[0n";
/// How many join at a time.
const AT_ONCE: usize = 8;
/// How long one may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a line stands before its Enter, so that they are two reads.
const APART: Duration = Duration::from_millis(30);

/// Where the door is.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) address: String,
    pub(crate) code: String,
}

/// What a client was sent, and when.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) client: usize,
    pub(crate) at: Instant,
    pub(crate) bytes: Vec<u8>,
}

/// People at their terminals.
pub(crate) struct Crowd {
    pub(crate) sent: Receiver<Sent>,
    /// What the note-takers type.
    keyboards: Vec<tokio::sync::mpsc::UnboundedSender<Vec<u8>>>,
    told: Sender<Sent>,
    runtime: Option<(oneshot::Sender<()>, thread::JoinHandle<()>)>,
    handle: tokio::runtime::Handle,
    joined: usize,
}

/// By what somebody comes in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By {
    Code,
    Key(u8),
}

impl Crowd {
    pub(crate) fn new() -> Result<Self, Failure> {
        let runtime: Runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::spawn(move || drop(runtime.block_on(stopped)));
        let (told, sent) = mpsc::channel();
        Ok(Self { sent, keyboards: Vec::new(), told, runtime: Some((stop, thread)), handle, joined: 0 })
    }

    /// Lets people join, until each was sent a frame.
    pub(crate) fn join(&mut self, door: &Door, all: impl Iterator<Item = By>) -> Result<(), Failure> {
        let all: Vec<By> = all.collect();
        for group in all.chunks(AT_ONCE) {
            let mut joining = JoinSet::new();
            for by in group {
                let (keyboard, keys) = tokio::sync::mpsc::unbounded_channel();
                if matches!(by, By::Key(_)) {
                    self.keyboards.push(keyboard);
                }
                let client = Client { number: self.joined, told: self.told.clone() };
                self.joined += 1;
                joining.spawn_on(client.join(door.clone(), *by, keys), &self.handle);
            }
            let (done, all_in) = mpsc::channel();
            self.handle.spawn(async move { drop(done.send(joining.join_all().await)) });
            let came = all_in.recv_timeout(PATIENCE).map_err(|_late| "somebody did not get in")?;
            came.into_iter().collect::<Result<Vec<()>, String>>()?;
        }
        Ok(())
    }

    /// A note-taker types a line and its Enter; when that was sent.
    pub(crate) fn write(&self, who: usize, line: &str) -> Result<Instant, Failure> {
        let keyboard = self.keyboards.get(who).ok_or("no such note-taker")?;
        keyboard.send(line.as_bytes().to_vec())?;
        thread::sleep(APART);
        let sent = Instant::now();
        keyboard.send(b"\r".to_vec())?;
        Ok(sent)
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.runtime.take() {
            drop(stop);
            drop(thread.join());
        }
    }
}

struct Client {
    number: usize,
    told: Sender<Sent>,
}

impl Client {
    /// Joins, and goes on in a task of its own once it was sent a frame.
    async fn join(
        self,
        door: Door,
        by: By,
        mut keys: tokio::sync::mpsc::UnboundedReceiver<Vec<u8>>,
    ) -> Result<(), String> {
        let failed = |what: &str| format!("client {}: {what}", self.number);
        let mut session = connect(&door.address).await.map_err(|error| failed(&error.to_string()))?;
        let is_in = match by {
            By::Code => give_code(&mut session, &format!("khach{}", self.number), &door.code).await,
            By::Key(seed) => prove_key(&mut session, "thuky", key(seed)).await,
        };
        if !is_in {
            return Err(failed("not let in"));
        }
        let size = (u32::from(COLUMNS), u32::from(ROWS));
        let channel = shell(&session, size).await.map_err(|error| failed(&error.to_string()))?;
        let (mut screen, terminal) = channel.split();
        let terminal = Arc::new(terminal);
        let framed = async {
            while !self.hear(&mut screen, &terminal).await? {}
            Some(())
        };
        framed.await.ok_or_else(|| failed("parted"))?;
        let keyboard = Arc::clone(&terminal);
        tokio::spawn(async move {
            while let Some(typed) = keys.recv().await {
                drop(keyboard.data_bytes(typed).await);
            }
        });
        tokio::spawn(async move {
            let _session = session;
            while self.hear(&mut screen, &terminal).await.is_some() {}
        });
        Ok(())
    }

    /// Takes what the host sends next; whether it ends a frame, nothing if the connection has ended.
    async fn hear(&self, screen: &mut ChannelReadHalf, terminal: &ChannelWriteHalf<Msg>) -> Option<bool> {
        let ChannelMsg::Data { data } = screen.wait().await? else { return Some(false) };
        let at = Instant::now();
        let asked = data.windows(ASK.len()).filter(|window| *window == ASK).count();
        if asked > 0 {
            terminal.data_bytes(ANSWER.repeat(asked)).await.ok()?;
        }
        drop(self.told.send(Sent { client: self.number, at, bytes: data.to_vec() }));
        Some(asked > 0)
    }
}
