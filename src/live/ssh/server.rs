//! The listening side: a thread with a runtime of its own, from the door's opening to its closing.

use std::{
    borrow::Cow,
    io,
    net::{IpAddr, Shutdown},
    sync::{Arc, atomic::Ordering},
    thread,
    time::Duration,
};

use russh::{
    MethodKind, MethodSet, Preferred, SshId, cipher, kex,
    keys::{Algorithm, PrivateKey},
    mac,
    server::{Config, run_stream},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::oneshot,
    time::Instant,
};

use super::{desk::Desk, handler::Visit, permits::Permits};
use crate::runtime::DOOR_THREAD;

/// How long somebody may take to prove who they are and to ask for a screen.
const LOGIN: Duration = Duration::from_secs(20);
/// How long nothing has to be heard before a client is asked whether it is there, and how often it may be silent.
const KEEPALIVE: Duration = Duration::from_secs(15);
const SILENCES: usize = 2;
/// How long a refusal takes.
const REFUSAL: Duration = Duration::from_millis(400);
/// How many times somebody may try to prove who they are, in one connection.
const TRIES: usize = 4;
/// How long the door rests when the system has no connection for it.
const PAUSE: Duration = Duration::from_millis(100);

/// How connections are made safe: what every client of the last ten years speaks, and nothing that is broken.
fn preferred() -> Preferred {
    Preferred {
        kex: Cow::Borrowed(&[
            kex::MLKEM768X25519_SHA256,
            kex::CURVE25519,
            kex::CURVE25519_PRE_RFC_8731,
            kex::EXTENSION_SUPPORT_AS_SERVER,
            kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
        ]),
        key: Cow::Borrowed(&[Algorithm::Ed25519]),
        cipher: Cow::Borrowed(&[
            cipher::CHACHA20_POLY1305,
            cipher::AES_256_GCM,
            cipher::AES_128_GCM,
            cipher::AES_256_CTR,
        ]),
        mac: Cow::Borrowed(&[mac::HMAC_SHA512_ETM, mac::HMAC_SHA256_ETM]),
        ..Preferred::DEFAULT
    }
}

fn config(key: PrivateKey) -> Config {
    Config {
        server_id: SshId::Standard("SSH-2.0-hoinghi".into()),
        methods: MethodSet::from(&[MethodKind::PublicKey, MethodKind::KeyboardInteractive][..]),
        auth_rejection_time: REFUSAL,
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![key],
        max_auth_attempts: TRIES,
        inactivity_timeout: None,
        keepalive_interval: Some(KEEPALIVE),
        keepalive_max: SILENCES,
        preferred: preferred(),
        ..Config::default()
    }
}

/// Listens from now on; whoever drops what comes back ends it.
///
/// # Errors
/// What the system says.
pub(super) fn listen(
    listener: std::net::TcpListener,
    key: PrivateKey,
    desk: Arc<Desk>,
) -> io::Result<oneshot::Sender<()>> {
    listener.set_nonblocking(true)?;
    allow_many();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let (stop, stopped) = oneshot::channel();
    let config = Arc::new(config(key));
    let serve = move || {
        runtime.spawn(welcome(listener, config, desk));
        // An answer means the same as none.
        drop(runtime.block_on(stopped));
    };
    thread::Builder::new().name(DOOR_THREAD.to_owned()).spawn(serve)?;
    Ok(stop)
}

/// A connection takes two of the files that a program may have open, a seat one more; the usual limit is for less than that.
#[cfg(unix)]
fn allow_many() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::warn!("open files: {error}");
    }
}

#[cfg(not(unix))]
fn allow_many() {}

async fn welcome(listener: std::net::TcpListener, config: Arc<Config>, desk: Arc<Desk>) {
    let permits = Permits::default();
    let listener = match TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(error) => return tracing::error!("door: {error}"),
    };
    loop {
        match listener.accept().await {
            Ok((stream, from)) => {
                let from = from.ip().to_canonical();
                let (config, desk, permits) = (Arc::clone(&config), Arc::clone(&desk), permits.clone());
                tokio::spawn(receive((stream, from), config, desk, permits));
            }
            Err(error) => {
                tracing::warn!("door: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Serves one connection to its end.
async fn receive(
    (stream, from): (TcpStream, IpAddr),
    config: Arc<Config>,
    desk: Arc<Desk>,
    permits: Permits,
) {
    let prepared = stream.set_nodelay(true).and_then(|()| stream.into_std()).and_then(|stream| {
        let socket = Arc::new(stream.try_clone()?);
        Ok((TcpStream::from_std(stream)?, socket))
    });
    let Ok((stream, socket)) = prepared else { return };
    let permit = permits.stranger(from, Arc::clone(&socket));
    let visit = Visit::new(desk, from, Arc::clone(&socket), permit);
    let is_in = visit.is_in();
    let deadline = Instant::now() + LOGIN;
    let Ok(Ok(session)) = tokio::time::timeout_at(deadline, run_stream(config, stream, visit)).await else {
        return;
    };
    let late = tokio::spawn(async move {
        tokio::time::sleep_until(deadline).await;
        if !is_in.load(Ordering::SeqCst) {
            drop(socket.shutdown(Shutdown::Both));
        }
    });
    if let Err(error) = session.await {
        tracing::info!("connection from {from}: {error}");
    }
    late.abort();
}
