//! Who finds the socket and is no client; starts that meet each other or what was left.

use std::{
    fs,
    io::{Read, Write},
    os::unix::{fs::MetadataExt, net::UnixStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use super::{guest, line, table};
use crate::support::pty::{Program, binary};

/// The socket of a folder: the programs under test have no folder of the session's own for such things.
fn socket(folder: &Path) -> PathBuf {
    let data = fs::metadata(folder.join("data")).unwrap();
    let name = format!("{:x}-{:x}", data.dev(), data.ino());
    let user = fs::metadata("/proc/self").map_or(0, |own| own.uid());
    let places = [format!("/run/user/{user}/hoinghi"), format!("/tmp/hoinghi-{user}")];
    let paths = places.map(|place| Path::new(&place).join(&name));
    paths.iter().find(|path| path.exists()).unwrap_or(&paths[1]).clone()
}

#[test]
fn nonsense_half_open_and_endless_connections_disturb_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    let socket = socket(folder.path());
    let frame = |kind: u8, length: u32| [&[kind][..], &length.to_be_bytes()].concat();
    let mut open = Vec::new();
    for bytes in [
        Vec::new(),
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        frame(b'h', u32::MAX),
        [frame(b'h', 2), b"{}".to_vec()].concat(),
        [frame(b'k', 3), b"abc".to_vec()].concat(),
        frame(b'k', 4 << 20),
        vec![0xff; 1 << 16],
    ] {
        let mut stream = UnixStream::connect(&socket).unwrap();
        // The host may hang up in the middle.
        drop(stream.write_all(&bytes));
        open.push(stream);
    }
    for _ in 0..200 {
        open.extend(UnixStream::connect(&socket));
    }
    mai.press(&["F6"]).type_text("vẫn ghi được").press(&["Enter"]).wait_for("GN-02");
    host.wait_for("GN-02 ?    vẫn ghi được");
    drop(open);
    let started = Instant::now();
    let mut late = loop {
        // Those that hung up are noticed one after the other.
        let mut late = guest(folder.path(), "Hoa", &[]);
        if late.comes_to(Duration::from_secs(5), |screen| screen.contains("GN-02")) {
            break late;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{}", late.text());
    };
    assert!(late.quit().success());
}

/// Says hello as a client of this version does.
fn hello(socket: &Path, name: &str) -> UnixStream {
    let folder = socket.file_name().unwrap().to_str().unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let hello = format!(
        r#"{{"protocol":1,"version":"{version}","folder":"{folder}","name":"{name}","role":"observer","lang":"vi",
        "colour":true,"ascii":false,"size":[20,6],"view":null}}"#
    );
    let mut stream = UnixStream::connect(socket).unwrap();
    let length = u32::try_from(hello.len()).unwrap().to_be_bytes();
    stream.write_all(&[b"h", &length[..], hello.as_bytes()].concat()).unwrap();
    stream
}

#[test]
fn those_who_say_nothing_keep_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let (_host, _mai) = table(folder.path());
    let socket = socket(folder.path());
    let silent: Vec<UnixStream> = (0..200).map(|_| UnixStream::connect(&socket).unwrap()).collect();
    let mut late = guest(folder.path(), "Hoa", &[]);
    late.wait_for("GN-01");
    let still_there = silent.iter().filter(|stream| {
        stream.set_nonblocking(true).unwrap();
        (&**stream).read(&mut [0]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    });
    assert!((1..=16).contains(&still_there.count()));
    assert!(late.quit().success());
}

#[test]
fn whoever_finds_no_place_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    let socket = socket(folder.path());
    let seated: Vec<UnixStream> = (0..63)
        .map(|number| {
            let mut stream = hello(&socket, &format!("Người {number}"));
            assert!(stream.read(&mut [0]).unwrap() > 0, "a first frame");
            stream
        })
        .collect();
    host.wait_for("cùng 64 người");
    let mut late = guest(folder.path(), "Hoa", &[]);
    assert_eq!(late.wait().exit_code(), 1);
    assert!(late.last_screen().contains("đã đủ 64 cửa sổ"), "{}", late.text());
    assert!(late.gave_the_terminal_back());
    drop(seated);
    assert!(mai.quit().success());
    host.wait_until(|text| !text.contains("cùng"), "all have left");
    let mut again = guest(folder.path(), "Hoa", &[]);
    again.wait_for("GN-01");
}

#[test]
fn a_hello_of_another_version_or_for_another_folder_is_answered_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (_host, _mai) = table(folder.path());
    let answer = |hello: &str| {
        let mut stream = UnixStream::connect(socket(folder.path())).unwrap();
        let length = u32::try_from(hello.len()).unwrap().to_be_bytes();
        stream.write_all(&[b"h", &length[..], hello.as_bytes()].concat()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    };
    let hello = |version: &str| {
        format!(
            r#"{{"protocol":1,"version":"{version}","folder":"x","name":"Mai","role":"facilitator","lang":"vi",
            "colour":true,"ascii":false,"size":[80,24],"view":null}}"#
        )
    };
    assert!(answer(&hello("0.0.0")).contains("OtherVersion"));
    assert!(answer(&hello(env!("CARGO_PKG_VERSION"))).contains("thư mục khác"));
}

#[test]
fn the_socket_is_the_users_own_and_goes_with_the_host() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    let socket = socket(folder.path());
    assert_eq!(fs::metadata(&socket).unwrap().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(socket.parent().unwrap()).unwrap().mode() & 0o777, 0o700);
    assert!(mai.quit().success());
    host.wait_until(|text| !text.contains("Mai"), "Mai has left");
    assert!(host.quit().success());
    assert!(!socket.exists());
}

#[test]
fn a_socket_that_a_killed_host_left_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    host.signal("KILL").wait();
    mai.wait();
    assert!(socket(folder.path()).exists());
    let mut next = guest(folder.path(), "Mai", &[]);
    next.wait_for("GN-01");
    let mut joined = guest(folder.path(), "Lan", &[]);
    joined.wait_for("GN-01").wait_for("cùng Mai");
}

#[test]
fn whoever_starts_at_the_same_moment_comes_to_one_table() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    mai.quit();
    host.wait_until(|text| !text.contains("Mai"), "Mai has left");
    assert!(host.quit().success());
    let names = ["Lan", "Mai", "Hoa", "Tú"];
    let starts = names.map(|name| {
        let folder = folder.path().to_owned();
        thread::spawn(move || guest(&folder, name, &[]))
    });
    let mut seats: Vec<Program> = starts.into_iter().map(|start| start.join().unwrap()).collect();
    for (seat, name) in seats.iter_mut().zip(names) {
        seat.wait_for("GN-01");
        for other in names.iter().filter(|other| **other != name) {
            seat.wait_for(other);
        }
    }
    seats[2].press(&["F6"]).type_text("cùng bàn").press(&["Enter"]).wait_for("GN-02");
    for seat in &mut seats {
        seat.wait_for("cùng bàn");
    }
}

#[test]
fn a_copy_of_the_folder_is_another_table() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, _mai) = table(folder.path());
    let copy = tempfile::tempdir().unwrap();
    let folders = [folder.path().join("data"), copy.path().join("data")];
    assert!(Command::new("cp").arg("-r").args(folders).status().unwrap().success());
    let mut other = guest(copy.path(), "Mai", &[]);
    other.wait_for("GN-01").press(&["F6"]).type_text("ở bản sao").press(&["Enter"]).wait_for("GN-02");
    host.type_text("ở bản gốc").press(&["Enter"]).wait_for("GN-02 ?    ở bản gốc");
    assert!(!host.text().contains("ở bản sao"));
}

#[test]
fn joining_nobody_says_so_and_deeds_are_refused_while_others_are_at_the_table() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    let mut alone = guest(folder.path(), "Mai", &["join"]);
    assert_eq!(alone.wait().exit_code(), 1);
    assert!(alone.last_screen().contains("Chưa có hoinghi nào đang mở"), "{}", alone.text());
    fs::remove_dir(folder.path().join("data")).unwrap();
    let (_host, mut mai) = table(folder.path());
    let done = Command::new(binary())
        .args(["doctor", "--repair", "--lang", "vi", "--data"])
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    mai.press(&["F6"]).send("x");
    assert_eq!(line(&mut mai), "x");
}
