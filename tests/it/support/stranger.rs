//! An SSH client of which every byte is known: it does what no honest client does.

use std::{future::Future, sync::Arc, time::Duration};

use russh::{
    Channel, ChannelMsg,
    client::{self, AuthResult, Handle, KeyboardInteractiveAuthResponse as Answer, Msg},
    keys::{PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate, ssh_key::private::Ed25519Keypair},
};

const PATIENCE: Duration = Duration::from_secs(20);

/// Takes whatever key the host has.
pub(crate) struct Trusting;

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

/// Runs what clients do, and fails if it takes too long.
pub(crate) fn run<T>(deed: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(3 * PATIENCE, deed).await.expect("in time") })
}

/// A connection whose user has not proved anything.
pub(crate) async fn connect(address: &str) -> Result<Handle<Trusting>, russh::Error> {
    client::connect(Arc::new(client::Config::default()), address, Trusting).await
}

/// Whether the host takes a code of a user.
pub(crate) async fn give_code(session: &mut Handle<Trusting>, user: &str, code: &str) -> bool {
    let Ok(mut answer) = session.authenticate_keyboard_interactive_start(user, None).await else {
        return false;
    };
    let mut asked = false;
    loop {
        answer = match answer {
            Answer::Success => return true,
            Answer::InfoRequest { .. } if !std::mem::replace(&mut asked, true) => {
                match session.authenticate_keyboard_interactive_respond(vec![code.to_owned()]).await {
                    Ok(answer) => answer,
                    Err(_gone) => return false,
                }
            }
            Answer::InfoRequest { .. } | Answer::Failure { .. } => return false,
        };
    }
}

/// A key that is always the same.
pub(crate) fn key(seed: u8) -> Arc<PrivateKey> {
    Arc::new(PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32])))
}

/// Whether the host takes a key of a user, proved by a signature.
pub(crate) async fn prove_key(session: &mut Handle<Trusting>, user: &str, key: Arc<PrivateKey>) -> bool {
    let key = PrivateKeyWithHashAlg::new(key, None);
    session.authenticate_publickey(user, key).await.is_ok_and(|result| matches!(result, AuthResult::Success))
}

/// A screen, for a user who has the code.
pub(crate) async fn screen(address: &str, user: &str, code: &str) -> (Handle<Trusting>, Channel<Msg>) {
    let mut session = connect(address).await.unwrap();
    assert!(give_code(&mut session, user, code).await);
    let channel = shell(&session, (100, 30)).await.unwrap();
    (session, channel)
}

/// A screen of so many columns and rows, for whoever is in.
pub(crate) async fn shell(
    session: &Handle<Trusting>,
    (columns, rows): (u32, u32),
) -> Result<Channel<Msg>, russh::Error> {
    let channel = session.channel_open_session().await?;
    channel.request_pty(true, "xterm-256color", columns, rows, 0, 0, &[]).await?;
    channel.request_shell(true).await?;
    Ok(channel)
}

/// Reads until the screen was sent some words, answering each frame as a terminal does if it shall; everything that was sent.
pub(crate) async fn read_until(channel: &mut Channel<Msg>, words: &str, answers: bool) -> String {
    let mut bytes = Vec::new();
    let found = async {
        while let Some(said) = channel.wait().await {
            let ChannelMsg::Data { data } = said else { continue };
            bytes.extend_from_slice(&data);
            if answers && data.windows(4).any(|window| window == b"\x1b[5n") {
                channel.data_bytes(&b"\x1b[0n"[..]).await.unwrap();
            }
            if String::from_utf8_lossy(&bytes).contains(words) {
                return true;
            }
        }
        false
    };
    let found = tokio::time::timeout(PATIENCE, found).await.unwrap_or(false);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(found, "waited in vain for {words:?}: {text:?}");
    text
}
