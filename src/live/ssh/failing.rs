//! A panic in one seat of somebody who came through the door, with real clients over real sockets.

use std::{collections::BTreeMap, path::Path, sync::atomic::Ordering, time::Duration};

use russh::{Channel, ChannelMsg, client::Msg};

use super::Keeper;
use crate::{
    document::Wording,
    domain::{
        change::Author,
        command::{Command, Request},
        ids::{CommandId, PersonId, ScopeId},
        policy::Role,
        testing::new_session,
    },
    i18n::Lang,
    keymap::Keymap,
    live::{Manner, Welcome},
    runtime::{Clock, Headless, RunError, serve},
    store::{OpenOptions, Store},
};

#[expect(dead_code, reason = "shared with tests of what strangers do")]
#[path = "../../../tests/it/support/stranger.rs"]
mod stranger;

use stranger::{read_until, run, screen};

/// The end of a test, for which the host closes.
#[derive(Debug, PartialEq, Eq)]
enum Over {
    Tested,
    Failed(String),
}

impl From<RunError> for Over {
    fn from(error: RunError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// A store with a session.
fn stored(folder: &Path) -> Store {
    let mut store = Store::open(folder, OpenOptions::new(1, "test")).unwrap();
    let request = Request {
        command_id: CommandId(1),
        scope: ScopeId(7),
        author: Author { person: PersonId(1), name: "Lan".into() },
        role: Role::Facilitator,
        at: Clock::system().now(),
        command: Command::CreateSession(Box::new(new_session())),
    };
    store.commit(&request).unwrap();
    store
}

/// Does something while a host's door is open, and closes the host.
fn with_host(folder: &Path, deed: impl FnOnce(&Keeper, &Welcome)) {
    let host = Headless {
        store: stored(folder),
        name: "Lan".to_owned(),
        config: folder.into(),
        clock: Clock::system(),
        session: Some(ScopeId(7)),
        keymap: Keymap::default(),
        exports: folder.join("exports"),
        wording: Wording::new(&BTreeMap::new()).unwrap(),
    };
    let manner = Manner {
        data: folder.into(),
        lang: Lang::Vietnamese,
        listen: Some("127.0.0.1:0".to_owned()),
        admit: Some(Role::NoteTaker),
    };
    let ended = serve(host, |house| {
        let keeper = Keeper::new(house, manner);
        let welcome = keeper.open().unwrap();
        deed(&keeper, &welcome);
        Err(Over::Tested)
    });
    assert_eq!(ended, Err(Over::Tested));
}

/// What a terminal is sent until its program ends, and with which status that does.
async fn end_of(channel: &mut Channel<Msg>) -> (String, Option<u32>) {
    let (mut said, mut status) = (Vec::new(), None);
    while let Some(message) = channel.wait().await {
        match message {
            ChannelMsg::Data { data } => said.extend_from_slice(&data),
            ChannelMsg::ExitStatus { exit_status } => status = Some(exit_status),
            _ => {}
        }
    }
    (String::from_utf8_lossy(&said).into_owned(), status)
}

#[test]
fn a_panic_closes_its_own_seat_only_and_what_was_typed_there_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    with_host(folder.path(), |keeper, welcome| {
        run(async {
            let (_mai, mut mai) = screen(&welcome.address, "Mai", &welcome.code).await;
            let (_hoa, mut hoa) = screen(&welcome.address, "Hoa", &welcome.code).await;
            for (channel, line) in [(&mut mai, "lời của Mai"), (&mut hoa, "nửa câu của Hoa")] {
                read_until(channel, "Ghi nhanh", true).await;
                channel.data_bytes(line.as_bytes()).await.unwrap();
                read_until(channel, line, true).await;
            }
            keeper.0.at_desk(|desk| desk.line_of("Hoa").unwrap().fails.store(true, Ordering::SeqCst));
            hoa.data_bytes(&b" x"[..]).await.unwrap();
            let (said, status) =
                tokio::time::timeout(Duration::from_secs(20), end_of(&mut hoa)).await.unwrap();
            let words = said.replace("\r\n", " ");
            assert!(words.contains(Lang::Vietnamese.strings().table.crashed), "{said:?}");
            assert!(said.contains("\x1b[?1049l"), "the terminal is given back: {said:?}");
            assert_eq!(status, Some(1));
            mai.data_bytes(&b"\r"[..]).await.unwrap();
            read_until(&mut mai, "GN-01", true).await;
            let (_again, mut again) = screen(&welcome.address, "Hoa", &welcome.code).await;
            let seen = read_until(&mut again, "nửa câu của Hoa x", true).await;
            // In which role Hoa came back is told first.
            if !seen.contains("Mai (thư ký)") {
                read_until(&mut again, "Mai (thư ký)", true).await;
            }
        });
    });
    let mut store = Store::open(folder.path(), OpenOptions::new(2, "test")).unwrap();
    let board = store.board(ScopeId(7)).unwrap();
    let lines = board.changes().filter(|change| &*change.header.name == "Capture");
    assert_eq!(lines.map(|change| &*change.header.author.name).collect::<Vec<_>>(), ["Mai"]);
}
