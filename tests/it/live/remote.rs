//! Joining from another computer with the client that everybody has: OpenSSH.

use std::{fs, path::Path, process::Command, time::Duration};

use super::line;
use crate::support::{
    capture::{capturing, exported_notes},
    host::{Host, has_client},
    pty::Program,
};

/// A folder with a session that holds one line, and a host on it.
pub(super) fn hosted(folder: &Path, extra: &[&str]) -> Host {
    let mut program = capturing(folder);
    program.type_text("dòng đầu").press(&["Enter"]).wait_for("GN-01");
    assert!(program.quit().success());
    Host::start(folder, extra)
}

#[test]
fn note_takers_join_with_nothing_but_ssh_and_type_vietnamese() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &[]);
    assert!(host.fingerprint.starts_with("SHA256:") && host.code.len() == 8);
    let mut mai = host.join("mai");
    mai.wait_for("GN-01 ?    dòng đầu");
    let mut hoa = host.join("hoa");
    hoa.wait_for("GN-01 ?    dòng đầu").wait_for("mai (thư ký)");
    for _ in 0..20 {
        mai.send("d\x7fđuo\x7f\x7fươc\x7f\x7fợc ");
        hoa.send("vie\x7fêt\x7f\x7fệt ");
    }
    mai.settle().press(&["Enter"]).wait_for("GN-02");
    hoa.settle().press(&["Enter"]).wait_for("GN-03");
    mai.wait_for("GN-03");
    assert!(mai.quit().success());
    assert!(mai.gave_the_terminal_back());
    assert!(host.end());
    assert_eq!(hoa.wait().exit_code(), 0);
    assert!(hoa.last_screen().contains("Cửa đã đóng"), "{}", hoa.text());
    let mut notes = exported_notes(folder.path());
    notes.sort();
    assert_eq!(notes, ["dòng đầu".to_owned(), ["việt"; 20].join(" "), ["được"; 20].join(" ")]);
}

#[test]
fn a_lost_connection_keeps_the_half_typed_line_and_so_does_a_killed_host() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &[]);
    let mut mai = host.join("mai");
    mai.wait_for("GN-01").type_text("nửa câu").wait_for("nửa câu");
    mai.settle().signal("KILL").wait();
    host.logs("mai leaves");
    let mut mai = host.join("mai");
    mai.wait_for("nửa câu");
    assert_eq!(line(&mut mai), "nửa câu");
    mai.type_text(" nữa").settle();
    host.kill();
    assert_ne!(mai.wait().exit_code(), 0);
    let host = Host::start(folder.path(), &[]);
    let mut mai = host.join("mai");
    mai.wait_for("nửa câu nữa");
    mai.press(&["Enter"]).wait_for("GN-02 ?    nửa câu nữa");
    assert!(host.end());
}

#[test]
fn whoever_only_has_the_code_and_somebodys_name_reads_nothing_that_they_said_off_the_record() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &[]);
    let mut mai = host.join("mai");
    mai.wait_for("GN-01").type_text("chuyện riêng **").press(&["Enter"]).wait_for("GN-02");
    mai.wait_for("chuyện riêng").settle();
    assert!(mai.quit().success());
    let mut somebody = host.join("mai");
    somebody.wait_for("GN-01").settle();
    assert!(!somebody.text().contains("chuyện riêng"), "{}", somebody.text());
    assert!(host.end());
}

#[test]
fn size_and_colours_are_those_of_the_clients_terminal() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &["--admit", "observer"]);
    let mut mai = host.join("mai");
    mai.wait_for("GN-01 ?    dòng đầu").resize(60, 20).wait_for("dòng đầu").settle();
    for columns in 0..60 {
        mai.storm(20 + columns * 2, 5 + columns % 40);
    }
    mai.resize(90, 28).wait_for("dòng đầu").settle();
    assert!(mai.has_colour() && mai.text().contains('│'));
    mai.press(&["F6"]).wait_for("chỉ xem; cần ghi thì hỏi người điều hành");
}

#[test]
fn the_window_is_called_by_session_and_role_and_colours_suit_a_light_ground() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &[]);
    let (mut mai, mut hoa) = (host.join("mai"), host.join_light("hoa"));
    for client in [&mut mai, &mut hoa] {
        client.wait_for("GN-01").settle();
    }
    assert!(mai.title().ends_with(" · thư ký – hoinghi") && mai.title().contains("Quý"), "{}", mai.title());
    assert_eq!(hoa.title(), mai.title());
    assert_eq!(mai.first_colour(), vt100::Color::Idx(6), "nobody knows what ground it has");
    assert_eq!(hoa.first_colour(), vt100::Color::Idx(4));
    assert_eq!(line(&mut hoa), "", "no letter of an answer is typed");
    hoa.type_text("không đổi").press(&["Enter"]).wait_for("GN-02 ?    không đổi");
    assert!(host.end());
}

#[test]
fn whoever_looks_on_at_a_light_ground_shares_no_frame_with_those_at_a_dark_one() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &["--admit", "observer"]);
    let (mut mai, mut hoa) = (host.join_answering("mai"), host.join_light("hoa"));
    for client in [&mut mai, &mut hoa] {
        client.wait_for("GN-01").settle();
        assert!(client.title().ends_with(" · người theo dõi – hoinghi"), "{}", client.title());
    }
    assert_eq!([mai, hoa].map(|client| client.first_colour()), [6, 4].map(vt100::Color::Idx));
    let log = host.log();
    assert!(
        ["mai", "hoa"].iter().all(|name| !log.contains(&format!("{name} (observer) takes seat"))),
        "{log}"
    );
}

/// Joins as OpenSSH does without a terminal; its exit code and what it said.
fn run(host: &Host, folder: &Path, extra: &[&str], command: &[&str]) -> (Option<i32>, String) {
    let ask = folder.join("ask");
    fs::write(&ask, format!("#!/bin/sh\necho {}\n", host.code)).unwrap();
    Command::new("chmod").arg("+x").arg(&ask).status().unwrap();
    let out = Command::new("timeout")
        .args(["15", "ssh"])
        .args(host.arguments("mai", extra))
        .args(command)
        .env("SSH_ASKPASS", &ask)
        .env("SSH_ASKPASS_REQUIRE", "force")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
}

#[test]
fn nothing_but_a_screen_is_given_and_whatever_else_is_asked_for_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &[]);
    for (extra, command) in [
        (&[][..], &["id"][..]),
        (&["-tt"], &["id"]),
        (&["-s"], &["sftp"]),
        (&["-T"], &[]),
        (&["-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:22"], &[]),
    ] {
        let (code, said) = run(&host, folder.path(), extra, command);
        assert_eq!(code, Some(255), "{extra:?} {command:?}: {said}");
    }
    let mut mai = host.client("mai", &["-A", "-X", "-o", "SetEnv=NO_COLOR=1"]);
    mai.wait_for("Join code").send(format!("{}\r", host.code));
    mai.wait_for("GN-01");
    assert!(mai.has_colour());
    assert!(host.end());
}

#[test]
fn a_key_opens_the_door_only_once_it_was_approved_and_proved() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let key = folder.path().join("key");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.unwrap().success());
    let mut program = capturing(folder.path());
    program.type_text("dòng đầu").press(&["Enter"]).wait_for("GN-01");
    assert!(program.quit().success());
    let mut screens = host_with_screens(folder.path());
    let (port, code) = invited(&mut screens);
    screens.press(&["Esc"]);
    let key = format!("IdentityFile={}", key.display());
    let join = |code: Option<&str>| {
        let mut client = client(folder.path(), &port, &["-o", &key]);
        if let Some(code) = code {
            client.wait_for("Join code").send(format!("{code}\r"));
        }
        client
    };
    let mut mai = join(Some(&code));
    mai.wait_for("Chờ vào họp").wait_for("Tên sẽ được ghi: mai");
    screens.wait_for("mai đang chờ ở cửa");
    mai.press(&["Enter"]).wait_for("GN-01");
    mai.press(&["F6"]).wait_for("chỉ xem");
    admit(&mut screens, "mai", "Thư ký");
    mai.wait_until(|text| !text.contains("chỉ xem"), "a seat in the new role");
    mai.wait_for("GN-01").settle().type_text("được ghi").press(&["Enter"]).wait_for("GN-02 ?    được ghi");
    assert!(mai.quit().success());
    let mut again = join(None);
    again.wait_for("GN-02 ?    được ghi").settle();
    again.type_text("không hỏi mã").press(&["Enter"]).wait_for("GN-03");
    screens.press(&["F9"]).type_text("phong cho").press(&["Enter"]).wait_for("mai (thư ký)");
    screens.press(&["Enter"]).wait_for("Mời ra").type_text("moi ra").press(&["Enter"]);
    assert_eq!(again.wait().exit_code(), 1);
    assert!(again.last_screen().contains("đã mời bạn ra"), "{}", again.last_screen());
    join(None).wait_for("Join code");
}

/// The usual screens with the door open.
fn host_with_screens(folder: &Path) -> Program {
    Program::start(folder, 100, 30, &["host", "--listen", "127.0.0.1:0"])
}

/// The port and the code that an invitation shows.
fn invited(host: &mut Program) -> (String, String) {
    let text = host.wait_for("ssh -p ").wait_for("Mã vào họp").settle().text();
    let line_behind = |mark: &str| {
        let line = text.lines().skip_while(|line| !line.contains(mark)).nth(1).unwrap();
        line.chars().filter(char::is_ascii_digit).collect::<String>()
    };
    let port = text.split("ssh -p ").nth(1).unwrap().split_whitespace().next().unwrap();
    (port.to_owned(), line_behind("Mã vào họp"))
}

/// Gives somebody who is in the lobby a role.
fn admit(host: &mut Program, name: &str, role: &str) {
    host.press(&["F9"]).type_text("phong cho").press(&["Enter"]).wait_for(name);
    host.type_text(name).press(&["Enter"]).wait_for("Vai:").type_text(role).press(&["Enter"]);
}

fn client(folder: &Path, port: &str, extra: &[&str]) -> Program {
    let mut command = portable_pty::CommandBuilder::new("ssh");
    command.args(["-F", "none", "-p", port, "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR"]);
    command.args(["-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes"]);
    command.args(["-o", "IdentityAgent=none"]);
    command.args(extra);
    command.arg("mai@127.0.0.1");
    command.env("TERM", "xterm-256color");
    command.env("HOME", folder.join("home"));
    Program::attach(command, (100, 30), None)
}

#[test]
fn somebody_who_does_not_read_is_parted_and_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    if !has_client() {
        return;
    }
    let host = hosted(folder.path(), &[]);
    let (mut mai, mut hoa) = (host.join("mai"), host.join("hoa"));
    hoa.wait_for("GN-01");
    mai.wait_for("hoa (thư ký)");
    hoa.signal("STOP");
    let started = std::time::Instant::now();
    for number in 2..8 {
        mai.type_text(&format!("dòng {number}")).press(&["Enter"]).wait_for(&format!("GN-{number:02}"));
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    hoa.signal("CONT").wait_for("GN-07");
}
