//! The whole program under a clock that jumps, as a laptop's does that slept or whose clock somebody set: libfaketime stands
//! between the program and the system. Where it is not installed, the tests say so and look at nothing.

use std::{fs, time::Duration};

use crate::support::{pty::Program, wrong_clock};

/// A folder with a computer whose clock is told by a file.
struct Computer {
    folder: tempfile::TempDir,
}

impl Computer {
    fn new() -> Option<Self> {
        let computer = Self { folder: tempfile::tempdir().unwrap() };
        if wrong_clock::program(&[]).is_none() {
            eprintln!("skipped: libfaketime is not installed");
            return None;
        }
        Some(computer)
    }

    /// Sets the clock of the computer: it shows this so long after the program started as the program has run.
    fn set(&self, time: &str) {
        fs::write(self.folder.path().join("time"), format!("@2023-03-10 {time}:00\n")).unwrap();
    }

    /// Starts the program; it shows Hanoi's time. A laptop that sleeps does not wake the program, so that the time since its
    /// start is not the clock's.
    fn start(&self) -> Program {
        let told = format!("FAKETIME_TIMESTAMP_FILE={}", self.folder.path().join("time").display());
        let mut command = wrong_clock::program(&[told]).unwrap();
        command.args(["--user", "Lan"]);
        Program::launch(command, self.folder.path(), (100, 30), None)
    }
}

/// The minutes that the clock of the item shows.
fn minutes(text: &str) -> Option<u32> {
    let (before, _) = text.split_once(" / 15:00")?;
    let clock = before.rsplit(' ').next()?;
    clock.split_once(':')?.0.parse().ok()
}

fn comes_to(program: &mut Program, wanted: std::ops::RangeInclusive<u32>) {
    let shows = |text: &str| minutes(text).is_some_and(|minutes| wanted.contains(&minutes));
    let comes = program.comes_to(Duration::from_secs(20), shows);
    assert!(comes, "{wanted:?}\n{}", program.text());
}

#[test]
fn sleep_kill_and_a_clock_set_back_lose_no_time() {
    let Some(computer) = Computer::new() else { return };
    computer.set("01:00");
    let mut program = computer.start();
    program.wait_for("Các hội nghị").press(&["Ctrl+N"]).wait_for("Lập hội nghị mới");
    program.type_text("Chuyên đề").press(&["Tab"; 10]);
    program.type_text("Q1 Quận 1").press(&["Tab", "Enter"]).wait_for("Khó khăn, vướng mắc");
    program.press(&["Alt+9"]).wait_for("Đang ở mục");
    comes_to(&mut program, 0..=1);

    computer.set("01:30");
    comes_to(&mut program, 29..=31);

    computer.set("00:10");
    program.wait_for("Giờ của máy vừa lùi");
    program.press(&["F4"]);
    comes_to(&mut program, 29..=31);

    program.signal("KILL").wait();
    computer.set("00:11");
    let mut program = computer.start();
    program.wait_for("Giờ của máy vừa lùi").press(&["F2", "F4"]);
    comes_to(&mut program, 29..=32);

    computer.set("02:00");
    program.press(&["F2", "F4"]);
    comes_to(&mut program, 59..=62);
    program.quit();
}

#[test]
fn without_a_clock_that_runs_nothing_is_drawn_and_with_one_a_line_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = crate::support::capture::capturing(folder.path());
    let drawn = |program: &mut Program, seconds| {
        program.settle();
        let before = program.bytes();
        std::thread::sleep(Duration::from_secs(seconds));
        program.bytes() - before
    };
    assert_eq!(drawn(&mut program, 3), 0, "nothing was begun");
    program.press(&["Esc", "Alt+9"]).wait_for("Đang ở mục");
    program.wait_until(|text| minutes(text).is_some(), "the clock");
    let bytes = drawn(&mut program, 4);
    assert!((1..4 * 200).contains(&bytes), "{bytes}");
    program.press(&["F12"]);
    assert_eq!(drawn(&mut program, 3), 0, "covered");
    program.press(&["F12", "Esc"]).wait_for("Các hội nghị");
    assert_eq!(drawn(&mut program, 3), 0, "no clock is in view");
    program.quit();
}
