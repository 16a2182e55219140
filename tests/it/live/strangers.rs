//! Who comes to the door and is no honest client.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use russh::{ChannelMsg, client::Msg};

use super::remote::hosted;
use crate::support::{
    capture::exported_notes,
    host::Host,
    stranger::{connect, give_code, key, prove_key, read_until, run, screen},
};

/// Whether somebody with the code still gets a screen.
fn lets_in(host: &Host, user: &str) -> bool {
    run(async {
        let (_session, mut channel) = screen(&host.address, user, &host.code).await;
        read_until(&mut channel, "hoinghi", false).await.contains("hoinghi")
    })
}

#[test]
fn half_open_and_endless_connections_and_random_bytes_cost_nobody_else_anything() {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::start(folder.path(), &[]);
    let noise: Vec<u8> = (0..70_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut open = Vec::new();
    for bytes in [&b""[..], b"SSH-2.0-x\r\n", b"GET / HTTP/1.1\r\n\r\n", &noise, &[b'a'; 300]] {
        for _ in 0..10 {
            let mut stream = TcpStream::connect(&host.address).unwrap();
            drop(stream.write_all(bytes));
            open.push(stream);
        }
    }
    let started = Instant::now();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(&host.address).unwrap();
        drop(stream.write_all(b"SSH-2.0-flood\r\n\x00\x00\x00\x05"));
    }
    assert!(lets_in(&host, "mai"));
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    thread::sleep(Duration::from_secs(21).saturating_sub(started.elapsed()));
    for stream in &mut open {
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let ended = stream.read_to_end(&mut Vec::new());
        let is_reset = |error: &std::io::Error| error.kind() == std::io::ErrorKind::ConnectionReset;
        assert!(ended.as_ref().is_ok() || ended.as_ref().is_err_and(is_reset), "{ended:?}");
    }
    assert!(host.end());
}

#[test]
fn guessing_the_code_ends_for_the_user_and_for_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::start(folder.path(), &[]);
    let tried = |user: &str, codes: &[&str]| {
        run(async {
            let mut session = connect(&host.address).await.unwrap();
            let mut right = Vec::new();
            for code in codes {
                right.push(give_code(&mut session, user, code).await);
            }
            right
        })
    };
    assert_eq!(tried("mai", &["1", "2", "3", "4", &host.code]), [false; 5], "a connection has four tries");
    assert_eq!(tried("mai", &["5", &host.code]), [false; 2], "the user is locked out");
    assert!(tried("hoa", &[&host.code])[0], "others are not");
    for user in 0..15 {
        assert_eq!(tried(&format!("guest{user}"), &["00000000"]), [false]);
    }
    host.logs("Locked");
    assert_eq!(tried("tu", &[&host.code]), [false], "the address is locked out");
    assert!(!host.log().contains(&host.code));
}

#[test]
fn a_key_that_nobody_approved_opens_nothing_and_neither_does_one_that_is_only_offered() {
    let folder = tempfile::tempdir().unwrap();
    let approved = key(1).public_key().to_openssh().unwrap();
    let door = folder.path().join("data/door");
    assert!(Host::start(folder.path(), &[]).end());
    let kept = serde_json::json!([{ "key": approved, "name": "Lê Thị Mai", "role": "note_taker" }]);
    std::fs::write(door.join("approved.json"), kept.to_string()).unwrap();
    let host = Host::start(folder.path(), &[]);
    run(async {
        let mut session = connect(&host.address).await.unwrap();
        assert!(!prove_key(&mut session, "mai", key(2)).await);
        assert!(session.channel_open_session().await.is_err());
        let mut session = connect(&host.address).await.unwrap();
        assert!(prove_key(&mut session, "whoever", key(1)).await);
        // Somebody who has the public half only, and signs with what they have.
        let mut session = connect(&host.address).await.unwrap();
        let mut forger = Forger;
        let offered = key(1).public_key().clone();
        let done = session.authenticate_publickey_with("mai", offered, None, &mut forger).await;
        assert!(!matches!(done, Ok(russh::client::AuthResult::Success)));
    });
    host.end();
}

/// Signs with a key of its own whatever it is asked to sign.
struct Forger;

impl russh::Signer for Forger {
    type Error = russh::SendError;

    async fn auth_sign(
        &mut self,
        _: &russh::keys::agent::AgentIdentity,
        _: Option<russh::keys::HashAlg>,
        to_sign: Vec<u8>,
    ) -> Result<Vec<u8>, Self::Error> {
        Ok(to_sign)
    }
}

#[test]
fn whatever_is_asked_for_beside_a_screen_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path(), &[]);
    run(async {
        let session = connect(&host.address).await.unwrap();
        assert!(session.channel_open_session().await.is_err(), "nobody has proved anything");
        let mut session2 = connect(&host.address).await.unwrap();
        assert!(give_code(&mut session2, "mai", &host.code).await);
        assert!(session2.channel_open_direct_tcpip("127.0.0.1", 22, "127.0.0.1", 1).await.is_err());
        assert!(session2.channel_open_direct_streamlocal("/run/x").await.is_err());
        assert!(session2.tcpip_forward("127.0.0.1", 0).await.is_err());
        let mut channel = session2.channel_open_session().await.unwrap();
        assert!(session2.channel_open_session().await.is_err(), "one screen a connection");
        channel.set_env(true, "LD_PRELOAD", "/x.so").await.unwrap();
        assert!(fails(&mut channel).await, "env");
        channel.agent_forward(true).await.unwrap();
        assert!(fails(&mut channel).await, "agent");
        channel.request_x11(true, false, "MIT-MAGIC-COOKIE-1", "00", 0).await.unwrap();
        assert!(fails(&mut channel).await, "X11");
        channel.exec(true, "id").await.unwrap();
        assert!(fails(&mut channel).await, "exec");
        drop(session.disconnect(russh::Disconnect::ByApplication, "", "").await);
    });
    assert!(lets_in(&host, "hoa"));
}

/// Whether the next answer on a channel is a no.
async fn fails(channel: &mut russh::Channel<Msg>) -> bool {
    loop {
        match channel.wait().await {
            Some(ChannelMsg::Failure) => return true,
            Some(ChannelMsg::WindowAdjusted { .. }) => {}
            _ => return false,
        }
    }
}

#[test]
fn a_terminal_that_answers_gets_no_third_frame_until_it_has_shown_one_and_its_answers_are_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path(), &[]);
    run(async {
        let (_session, mut channel) = screen(&host.address, "mai", &host.code).await;
        read_until(&mut channel, "GN-01", true).await;
        for letters in ["vi\x1b[0ne\x7f", "\x1b[0nê\x7fệ", "t ", "\x1b[0n"] {
            channel.data_bytes(letters.as_bytes().to_vec()).await.unwrap();
        }
        channel.data_bytes(&b"\x1b[200~d\xc3\xa1\x1b[0nn\x1b[201~"[..]).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        channel.data_bytes(&b"\r"[..]).await.unwrap();
        read_until(&mut channel, "GN-02", true).await;
        for size in 0..30 {
            channel.window_change(60 + size, 24, 0, 0).await.unwrap();
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        let mut frames = 0;
        while let Ok(Some(said)) = tokio::time::timeout(Duration::from_millis(500), channel.wait()).await {
            let ChannelMsg::Data { data } = said else { continue };
            frames += data.windows(4).filter(|window| *window == b"\x1b[5n").count();
        }
        assert!((1..=2).contains(&frames), "{frames} frames without an answer");
    });
    assert!(host.end());
    assert_eq!(exported_notes(folder.path()), ["dòng đầu", "việt dán"]);
}

#[test]
fn an_endless_paste_and_random_keys_reach_their_own_seat_only() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path(), &[]);
    run(async {
        let (_one, mut paster) = screen(&host.address, "mai", &host.code).await;
        read_until(&mut paster, "GN-01", false).await;
        let (_two, mut random) = screen(&host.address, "hoa", &host.code).await;
        read_until(&mut random, "GN-01", false).await;
        let mut flood = b"\x1b[200~".to_vec();
        flood.resize(1 << 20, b'x');
        let flooded = async {
            for _ in 0..16 {
                paster.data_bytes(flood.clone()).await.unwrap();
            }
        };
        drop(tokio::time::timeout(Duration::from_secs(10), flooded).await);
        let noise: Vec<u8> = (0..20_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        drop(tokio::time::timeout(Duration::from_secs(5), random.data_bytes(noise)).await);
        let (_three, mut tu) = screen(&host.address, "tu", &host.code).await;
        read_until(&mut tu, "GN-01", false).await;
        let started = Instant::now();
        tu.data_bytes("vẫn gõ".as_bytes().to_vec()).await.unwrap();
        read_until(&mut tu, "vẫn gõ", false).await;
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    });
}

#[test]
fn what_is_copied_goes_to_the_clipboard_of_the_clients_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path(), &[]);
    run(async {
        let (_session, mut channel) = screen(&host.address, "mai", &host.code).await;
        read_until(&mut channel, "GN-01", true).await;
        channel.data_bytes("dán".as_bytes().to_vec()).await.unwrap();
        read_until(&mut channel, "dán", true).await;
        channel.data_bytes(&b"\x1by"[..]).await.unwrap();
        read_until(&mut channel, "\x1b]52;c;ZMOhbg==", true).await;
    });
}

#[test]
fn a_thousand_connections_in_a_row_keep_nobody_waiting_and_take_no_memory() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path(), &[]);
    run(async {
        let (_session, mut mai) = screen(&host.address, "mai", &host.code).await;
        read_until(&mut mai, "GN-01", true).await;
        let (before, address) = (host.memory(), host.address.clone());
        let knocking = thread::spawn(move || {
            for _ in 0..1_000 {
                let mut stream = TcpStream::connect(&address).unwrap();
                drop(stream.write_all(b"SSH-2.0-knock\r\n"));
            }
        });
        for number in 2..15 {
            let begun = Instant::now();
            mai.data_bytes(format!("dòng {number}").into_bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
            mai.data_bytes(&b"\r"[..]).await.unwrap();
            read_until(&mut mai, &format!("GN-{number:02}"), true).await;
            assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        }
        knocking.join().unwrap();
        let (_other, mut hoa) = screen(&host.address, "hoa", &host.code).await;
        read_until(&mut hoa, "GN-01", true).await;
        if let (Some(before), Some(after)) = (before, host.memory()) {
            assert!(after < before + (64 << 10), "{before} KiB, then {after}");
        }
    });
    assert!(host.end());
}

#[test]
fn ten_who_stop_reading_at_once_delay_nobody_and_are_parted() {
    let folder = tempfile::tempdir().unwrap();
    let host = hosted(folder.path(), &[]);
    run(async {
        let (_session, mut mai) = screen(&host.address, "mai", &host.code).await;
        read_until(&mut mai, "GN-01", true).await;
        let mut stalled = Vec::new();
        for number in 0..10 {
            let (session, mut channel) = screen(&host.address, &format!("im{number}"), &host.code).await;
            read_until(&mut channel, "GN-01", true).await;
            stalled.push((session, channel));
        }
        for number in 2..8 {
            let begun = Instant::now();
            mai.data_bytes(format!("dòng {number}").into_bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
            mai.data_bytes(&b"\r"[..]).await.unwrap();
            read_until(&mut mai, &format!("GN-{number:02}"), true).await;
            assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        }
        tokio::spawn(async move {
            while let Some(said) = mai.wait().await {
                if matches!(&said, ChannelMsg::Data { data } if data.windows(4).any(|window| window == b"\x1b[5n"))
                {
                    mai.data_bytes(&b"\x1b[0n"[..]).await.unwrap();
                }
            }
        });
        let is_there = |number| !host.log().contains(&format!("im{number} leaves seat"));
        while (0..10).any(is_there) {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        assert!(!host.log().contains("mai leaves"), "{}", host.log());
    });
    assert!(host.end());
}
