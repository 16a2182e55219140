//! One connection, as the protocol tells it: who somebody proves to be, which terminal they have, and nothing else.
//!
//! Invariant: whatever is asked for gets an answer, and only a terminal with a shell on it gets a yes.

use std::{
    net::{IpAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use russh::{
    Channel, ChannelId, ChannelOpenFailure, MethodKind, MethodSet, Pty,
    keys::{Certificate, PublicKey},
    server::{
        Auth, ChannelOpenHandle, Handle, Handler, Msg, PublicKeyOffer, Response, Session, VerifiedPublicKey,
    },
};
use tokio::sync::mpsc::{self, UnboundedReceiver};

use super::{
    caller::{Caller, FAREWELL, refusal},
    desk::{Desk, Pass},
    line::{Line, Sent},
    permits::Permit,
    reports,
};
use crate::{config, runtime::SEAT_THREAD, ui::theme::Theme};

/// How long somebody waits until a busy seat takes what they type.
const PAUSE: Duration = Duration::from_millis(5);
/// Asked in ASCII: what the client shows is not in our hands.
const PROMPT: &str = "Join code / Ma vao hop: ";

/// What a terminal is.
struct Terminal {
    size: (u16, u16),
    theme: Theme,
}

/// A connection.
pub(super) struct Visit {
    desk: Arc<Desk>,
    from: IpAddr,
    socket: Arc<TcpStream>,
    /// Given back once they have proved who they are.
    permit: Option<Permit>,
    /// A place among those who are in.
    place: Option<Permit>,
    user: String,
    /// The key that they proved to have.
    key: Option<PublicKey>,
    pass: Option<Pass>,
    channel: Option<ChannelId>,
    terminal: Option<Terminal>,
    line: Option<Arc<Line>>,
    flow: Flow,
    /// Whether they have a screen.
    is_in: Arc<AtomicBool>,
}

/// How many bytes of a keyboard are taken a second; a paste of more waits on its way.
const FLOW: usize = 1 << 18;

/// What has come of a keyboard in this second.
#[derive(Debug, Default)]
struct Flow {
    since: Option<Instant>,
    bytes: usize,
}

impl Flow {
    /// Takes bytes, and tells how long the next have to wait.
    fn take(&mut self, count: usize, now: Instant) -> Duration {
        let second = Duration::from_secs(1);
        let since = *self.since.get_or_insert(now);
        let left = (since + second).saturating_duration_since(now);
        if left.is_zero() {
            (self.since, self.bytes) = (Some(now), count);
            return Duration::ZERO;
        }
        self.bytes = self.bytes.saturating_add(count);
        if self.bytes > FLOW { left } else { Duration::ZERO }
    }
}

type Done = Result<(), russh::Error>;

impl Visit {
    pub(super) fn new(desk: Arc<Desk>, from: IpAddr, socket: Arc<TcpStream>, permit: Permit) -> Self {
        Self {
            desk,
            from,
            socket,
            permit: Some(permit),
            place: None,
            user: String::new(),
            key: None,
            pass: None,
            channel: None,
            terminal: None,
            line: None,
            flow: Flow::default(),
            is_in: Arc::default(),
        }
    }

    /// Whether they have a screen, now and later.
    pub(super) fn is_in(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_in)
    }

    fn accept(&mut self, user: &str, pass: Pass) -> Auth {
        user.clone_into(&mut self.user);
        self.pass = Some(pass);
        Auth::Accept
    }

    /// Says no and ends the channel.
    fn refuse(channel: ChannelId, said: &str, session: &mut Session) -> Done {
        session.channel_failure(channel)?;
        if !said.is_empty() {
            session.extended_data(channel, 1, said.to_owned().into_bytes())?;
        }
        session.exit_status_request(channel, 1)?;
        session.eof(channel)?;
        session.close(channel)
    }

    /// Opens the line to a caller with a terminal; the thread that serves them begins.
    fn begin(&mut self, terminal: &Terminal, pass: Pass, way: (ChannelId, Handle)) -> Option<()> {
        let (out, queue) = mpsc::unbounded_channel();
        let (line, heard) = Line::new(out, Arc::clone(&self.socket), terminal.size);
        let line = Arc::new(line);
        let id = self.desk.enter(&self.user, (self.from, self.key.clone()), pass, Arc::clone(&line))?;
        let (desk, theme) = (Arc::clone(&self.desk), terminal.theme);
        let caller = Caller { desk, id, line: Arc::clone(&line), heard, theme, ahead: Vec::new() };
        self.line = Some(Arc::clone(&line));
        tokio::spawn(carry(queue, line, way));
        let seat = thread::Builder::new().name(SEAT_THREAD.to_owned());
        if seat.spawn(move || caller.attend()).is_err() {
            self.desk.leave(id);
            return None;
        }
        self.is_in.store(true, Ordering::SeqCst);
        Some(())
    }

    fn is_ours(&self, channel: ChannelId) -> bool {
        self.channel == Some(channel)
    }
}

/// Carries to the client what it is sent. The connection takes no more than a few frames that the client does not read.
async fn carry(mut queue: UnboundedReceiver<Sent>, line: Arc<Line>, (channel, client): (ChannelId, Handle)) {
    while let Some(sent) = queue.recv().await {
        let (bytes, is_frame) = match sent {
            Sent::Plain(bytes) => (bytes, false),
            Sent::Frame(frame) => ([&*frame, reports::ASK].concat(), true),
            Sent::Shared(frame) => ([&*frame, reports::ASK].concat(), true),
            Sent::End(bytes, status) => {
                drop(tokio::time::timeout(FAREWELL, end(&client, channel, bytes, status)).await);
                // The client hangs up by itself once its only channel is closed.
                tokio::time::sleep(FAREWELL).await;
                return line.hang_up();
            }
        };
        if client.data(channel, bytes).await.is_err() {
            return;
        }
        if is_frame {
            line.handed_on();
        }
    }
}

async fn end(client: &Handle, channel: ChannelId, bytes: Vec<u8>, status: u32) -> Result<(), ()> {
    client.data(channel, bytes).await.map_err(|_unsent| ())?;
    client.exit_status_request(channel, status).await?;
    client.eof(channel).await?;
    client.close(channel).await
}

impl Drop for Visit {
    fn drop(&mut self) {
        if let Some(line) = &self.line {
            line.gone();
        }
    }
}

impl Handler for Visit {
    type Error = russh::Error;

    async fn auth_publickey_offered(
        &mut self,
        user: &str,
        offer: PublicKeyOffer<'_>,
    ) -> Result<Auth, Self::Error> {
        // A key that nobody knows is proved once, so that it can be approved; of somebody who has another one, that is waited for.
        let is_known = self.desk.approval(offer.public_key).is_some();
        let asks = is_known || (self.key.is_none() && !self.desk.has_key(user));
        Ok(if asks { Auth::Accept } else { Auth::reject() })
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        self.key = Some(key.public_key.clone());
        if let Some(approval) = self.desk.approval(key.public_key) {
            return Ok(self.accept(user, Pass::Key(approval)));
        }
        let methods = MethodSet::from(&[MethodKind::KeyboardInteractive][..]);
        Ok(Auth::Reject { proceed_with_methods: Some(methods), partial_success: true })
    }

    async fn auth_openssh_certificate(&mut self, _: &str, _: &Certificate) -> Result<Auth, Self::Error> {
        Ok(Auth::reject())
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Self::Error> {
        if !self.desk.asks(user, self.from) {
            return Ok(Auth::reject());
        }
        let Some(mut given) = response else {
            let prompts = vec![(PROMPT.into(), true)].into();
            return Ok(Auth::Partial { name: "".into(), instructions: "".into(), prompts });
        };
        let given = given.next().unwrap_or_default();
        let opens = self.desk.opens(user, self.from, &given);
        Ok(if opens { self.accept(user, Pass::Code) } else { Auth::reject() })
    }

    async fn auth_succeeded(&mut self, _: &mut Session) -> Done {
        self.place = self.permit.take().and_then(Permit::come_in);
        Ok(())
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Done {
        if self.channel.is_some() {
            reply.reject(ChannelOpenFailure::AdministrativelyProhibited).await;
            return Ok(());
        }
        self.channel = Some(channel.id());
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        session: &mut Session,
    ) -> Done {
        if !self.is_ours(channel) || self.terminal.is_some() {
            return session.channel_failure(channel);
        }
        let ascii = config::wants_ascii(&|name| (name == "TERM").then(|| term.to_owned()));
        let colour = !matches!(term, "" | "dumb" | "unknown" | "vt100" | "vt102" | "vt220");
        self.terminal =
            Some(Terminal { size: size(columns, rows), theme: Theme { colour, ascii, light: false } });
        session.channel_success(channel)
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Done {
        let (terminal, pass) = (self.terminal.take(), self.pass.take());
        let (Some(terminal), Some(pass)) = (terminal.filter(|_| self.is_ours(channel)), pass) else {
            return Self::refuse(channel, &refusal(self.desk.lang, false), session);
        };
        let begun = self.place.is_some().then(|| self.begin(&terminal, pass, (channel, session.handle())));
        match begun.flatten() {
            Some(()) => session.channel_success(channel),
            None => Self::refuse(channel, &refusal(self.desk.lang, true), session),
        }
    }

    async fn exec_request(&mut self, channel: ChannelId, _: &[u8], session: &mut Session) -> Done {
        Self::refuse(channel, &refusal(self.desk.lang, false), session)
    }

    async fn subsystem_request(&mut self, channel: ChannelId, _: &str, session: &mut Session) -> Done {
        Self::refuse(channel, "", session)
    }

    async fn env_request(&mut self, channel: ChannelId, _: &str, _: &str, session: &mut Session) -> Done {
        session.channel_failure(channel)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _: bool,
        _: &str,
        _: &str,
        _: u32,
        session: &mut Session,
    ) -> Done {
        session.channel_failure(channel)
    }

    async fn window_change_request(
        &mut self,
        channel: ChannelId,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        session: &mut Session,
    ) -> Done {
        let size = size(columns, rows);
        match (&self.line, &mut self.terminal) {
            (Some(line), _) => line.resized(size),
            (None, Some(terminal)) => terminal.size = size,
            (None, None) => {}
        }
        session.channel_success(channel)
    }

    async fn data(&mut self, channel: ChannelId, data: &[u8], _: &mut Session) -> Done {
        let Some(line) = self.line.clone().filter(|_| self.is_ours(channel)) else { return Ok(()) };
        tokio::time::sleep(self.flow.take(data.len(), Instant::now())).await;
        while !line.has_room() {
            tokio::time::sleep(PAUSE).await;
        }
        line.hear(data);
        Ok(())
    }

    async fn channel_eof(&mut self, _: ChannelId, session: &mut Session) -> Done {
        match &self.line {
            Some(line) => {
                line.gone();
                Ok(())
            }
            None => session.disconnect(russh::Disconnect::ByApplication, "", ""),
        }
    }

    async fn channel_close(&mut self, channel: ChannelId, session: &mut Session) -> Done {
        self.channel_eof(channel, session).await
    }
}

fn size(columns: u32, rows: u32) -> (u16, u16) {
    let cells = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
    (cells(columns), cells(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_keyboard_gives_waits_for_the_next_second() {
        let (mut flow, begun) = (Flow::default(), Instant::now());
        let at = |ms| begun + Duration::from_millis(ms);
        assert_eq!(flow.take(FLOW, at(0)), Duration::ZERO);
        assert_eq!(flow.take(1, at(400)), Duration::from_millis(600));
        assert_eq!(flow.take(FLOW, at(1000)), Duration::ZERO);
        assert_eq!(flow.take(1, at(2500)), Duration::ZERO);
    }
}
