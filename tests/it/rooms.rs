//! What each room may know, read from the source itself.
//!
//! The table below is the house's plan. Every path under `src/` is resolved to the room or crate it names and held against
//! it; test code is left out. A crate that is added to `Cargo.toml` gets its place in the table, with the reason in
//! ARCHITECTURE.md.

mod files;
mod scan;

use std::collections::BTreeSet;

use files::{module_of, program, test_modules};
use scan::{Named, Source, Token};

/// A room, the rooms it may use beside itself, and the crates it may name. `*` is every room.
const TABLE: &[(&str, &str, &str)] = &[
    ("text", "", "unicode_normalization unicode_segmentation unicode_width"),
    ("keymap", "", "toml"),
    ("domain", "text", ""),
    ("i18n", "domain text", "memchr"),
    ("search", "domain text", "memchr"),
    ("document", "domain text i18n", "minijinja"),
    ("store", "domain text", "sled blake3 postcard"),
    (
        "export",
        "document domain text i18n",
        "zip quick_xml typst typst_layout typst_pdf comemo csv pulldown_cmark toml",
    ),
    ("import", "document domain text i18n", "zip quick_xml typst csv pulldown_cmark toml"),
    ("config", "text keymap i18n", "toml directories"),
    ("app", "document search domain text i18n keymap", ""),
    ("ui", "app document search domain text i18n keymap", "ratatui"),
    (
        "runtime",
        "text keymap domain i18n search document store export import config app ui",
        "crossterm termina ratatui getrandom signal_hook",
    ),
    (
        "live",
        "text keymap domain i18n search document store export import config app ui runtime",
        "rustix russh tokio qrcode getrandom",
    ),
    ("cli", "*", "clap getrandom directories tracing_subscriber tracing_appender"),
    ("main", "*", "clap getrandom directories tracing_subscriber tracing_appender"),
    ("lib", "*", ""),
];

/// Crates that any room may name: data, errors, dates and the log's call sites do no work of their own.
const EVERYWHERE: &[&str] = &["serde", "serde_json", "thiserror", "chrono", "tracing"];

/// One name of a crate that one file may use although its room may not use the crate.
const EXCEPTIONS: &[(&str, &str)] = &[("app/layout.rs", "ratatui::layout::Rect")];

/// Rooms that know no clock, no environment and no outside world: those are arguments.
const PURE: &[&str] = &["text", "keymap", "domain", "i18n", "search", "document", "app", "ui"];
const OUTSIDE: &[&str] = &["std::env", "std::fs", "std::net", "std::process", "std::thread"];
const CLOCKS: &[&str] = &["Instant", "Local", "SystemTime", "Utc"];

/// Statics that hold state, by file and name: only the log's subscriber and the panic hook may have one.
const STATICS: &[(&str, &str)] = &[];
const STATEFUL: &[&str] = &["Cell", "LazyLock", "Mutex", "Once", "OnceLock", "RefCell", "RwLock"];

/// A line that names what its room may not know.
#[derive(Debug, PartialEq, Eq)]
struct Breach {
    path: String,
    line: usize,
    what: String,
}

/// Where a path leads, seen from the file that names it.
#[derive(Debug, PartialEq, Eq)]
enum Reach<'a> {
    /// Into the file's own module, or into the standard library.
    Within,
    Room(&'a str),
    Crate(&'a str),
    /// To the crate's root, from where every room is open.
    House,
}

/// The house as the scanner needs it: the crates of `Cargo.toml`, as names in code.
struct House {
    crates: BTreeSet<String>,
}

impl House {
    /// Reads the names in the sections of dependencies that are not for tests.
    fn new(manifest: &str) -> Self {
        let mut crates = BTreeSet::new();
        let mut listing = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                listing = line.ends_with("dependencies]") && !line.contains("dev-");
            } else if let (true, Some((name, _))) = (listing, line.split_once('=')) {
                crates.insert(name.trim().replace('-', "_"));
            }
        }
        Self { crates }
    }

    /// Everything in the file at `path` (below `src/`) that its room may not know.
    fn breaches(&self, path: &str, text: &str) -> Vec<Breach> {
        let room = room_of(path);
        let source = Source::read(text);
        let named = source.paths().into_iter().filter_map(|Named { line, within, names }| {
            let mut module = module_of(path);
            module.resize(module.len() + within, "a module inside the file");
            refusal(path, room, &self.reach(&module, &names), &names).map(|what| (line, what))
        });
        let state = state(path, &source.tokens);
        named.chain(state).map(|(line, what)| Breach { path: path.to_owned(), line, what }).collect()
    }

    fn reach<'a>(&self, module: &[&'a str], names: &[&'a str]) -> Reach<'a> {
        let mut at = module.to_vec();
        let mut rest = names.iter().copied().peekable();
        match names {
            ["crate" | "hoinghi", ..] => {
                at.clear();
                rest.next();
            }
            ["self" | "super", ..] => {
                while let Some(step) = rest.next_if(|name| matches!(*name, "self" | "super")) {
                    if step == "super" {
                        at.pop();
                    }
                }
            }
            [first, ..] if self.crates.contains(*first) => return Reach::Crate(first),
            _ => return Reach::Within,
        }
        match rest.next() {
            _ if !at.is_empty() => Reach::Within,
            Some(name) if TABLE.iter().any(|(room, ..)| *room == name) => Reach::Room(name),
            _ => Reach::House,
        }
    }
}

/// Why a room may not use what a path of a file names.
fn refusal(path: &str, room: &str, reach: &Reach<'_>, names: &[&str]) -> Option<String> {
    let Some((_, rooms, crates)) = TABLE.iter().find(|(name, ..)| *name == room) else {
        return Some(format!("the room {room} has no line in the table"));
    };
    let lists = |list: &str, name: &str| list == "*" || list.split(' ').any(|item| item == name);
    let whole = names.join("::");
    let excepted = || EXCEPTIONS.iter().any(|(file, name)| *file == path && starts(&whole, name));
    let known = match reach {
        Reach::Within => true,
        Reach::Room(other) => *other == room || lists(rooms, other),
        Reach::Crate(name) => EVERYWHERE.contains(name) || lists(crates, name) || excepted(),
        Reach::House => *rooms == "*",
    };
    let may = known && !(PURE.contains(&room) && outside(names, &whole));
    (!may).then(|| format!("{room} may not use {whole}"))
}

/// Whether a path asks the world outside for something, or a clock for the time.
fn outside(names: &[&str], whole: &str) -> bool {
    let asks_clock = matches!(names, [.., clock, "now"] if CLOCKS.contains(clock));
    asks_clock || OUTSIDE.iter().any(|module| starts(whole, module))
}

fn starts(path: &str, with: &str) -> bool {
    path.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The room a file belongs to: its first folder, or its name when it stands directly in `src/`.
fn room_of(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or(path)
}

/// State that outlives a call without being passed, and code the compiler does not check.
fn state(path: &str, tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let mut rest = tokens.iter().skip(index + 1).map(|token| token.text);
        match token.text {
            "unsafe" | "thread_local" => found.push((token.line, token.text.to_owned())),
            "static" => {
                let name = rest.next().unwrap_or_default();
                let kept = |word: &str| STATEFUL.contains(&word) || word.starts_with("Atomic");
                let stateful = name == "mut" || rest.take_while(|word| !matches!(*word, "=" | ";")).any(kept);
                if stateful && !STATICS.contains(&(path, name)) {
                    found.push((token.line, format!("static {name} holds state")));
                }
            }
            _ => {}
        }
    }
    found
}

fn house() -> House {
    House::new(include_str!("../../Cargo.toml"))
}

/// What is found in one file, as text.
fn found(path: &str, text: &str) -> Vec<String> {
    house().breaches(path, text).into_iter().map(|breach| breach.what).collect()
}

#[test]
fn every_room_keeps_to_its_line_of_the_table() {
    let files = program();
    assert!(files.len() > 50, "only {} files were found", files.len());
    let breaches: Vec<_> = files.iter().flat_map(|(path, text)| house().breaches(path, text)).collect();
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn every_crate_has_a_place() {
    let placed = |name: &String| {
        EVERYWHERE.contains(&name.as_str())
            || TABLE.iter().any(|(_, _, crates)| crates.split(' ').any(|item| item == name))
    };
    let homeless: Vec<_> = house().crates.into_iter().filter(|name| !placed(name)).collect();
    assert!(homeless.is_empty(), "no room may use {homeless:?}: give them a line or drop them");
}

#[test]
fn a_planted_breach_is_found_with_its_line() {
    let text = "//! A room.\n\nuse std::fmt;\nuse crate::store::Log;\n";
    let breach = Breach {
        path: "domain/plan.rs".into(),
        line: 4,
        what: "domain may not use crate::store::Log".into(),
    };
    assert_eq!(house().breaches("domain/plan.rs", text), [breach]);
}

#[test]
fn every_sort_of_breach_is_found() {
    for (path, planted, named) in [
        ("text/fold.rs", "use crate::domain::Unit;", "crate::domain::Unit"),
        ("text/mod.rs", "use super::app;", "super::app"),
        ("app/panes/home.rs", "use super::super::super::store::Log;", "store::Log"),
        ("app/panes/home.rs", "fn f() { super::super::super::store::open(); }", "store::open"),
        ("app/mod.rs", "fn f() { let log = crate::store::Log::new(); }", "crate::store::Log::new"),
        ("app/mod.rs", "use crate::{domain::Unit, store::{self as s}};", "crate::store"),
        ("app/mod.rs", "use crate::{text, {domain::{Unit, ids}, store::Log}};", "crate::store::Log"),
        ("app/mod.rs", "mod inner { use super::super::store; }", "store"),
        ("app/mod.rs", "mod inner { fn f() {} } use super::store;", "store"),
        ("app/mod.rs", "pub use crate as house;", "crate"),
        ("app/mod.rs", "use crate::*;", "crate::*"),
        ("app/mod.rs", "use super::*;", "super::*"),
        ("app/mod.rs", "use hoinghi::store;", "hoinghi::store"),
        ("app/mod.rs", "fn f(area: ratatui::layout::Rect) {}", "ratatui::layout::Rect"),
        ("app/layout.rs", "use ratatui::layout::{Layout, Rect};", "ratatui::layout::Layout"),
        ("app/layout.rs", "use ratatui::layout::Rectangle;", "Rectangle"),
        ("export/text.rs", "use ::sled::Db;", "sled::Db"),
        ("ui/mod.rs", "use sled;", "sled"),
        ("ui/mod.rs", "use sled as s;", "sled"),
        ("ui/mod.rs", "extern crate sled;", "sled"),
        ("domain/ids.rs", "fn f() { getrandom::fill(&mut bytes); }", "getrandom::fill"),
        ("domain/ids.rs", "macro_rules! m { () => { $crate::ui::draw() }; }", "crate::ui::draw"),
        ("domain/ids.rs", "#[cfg(unix)] use crate::cli;", "crate::cli"),
        ("domain/ids.rs", "#[cfg(not(test))] use crate::cli;", "crate::cli"),
        ("domain/ids.rs", "#[cfg(test)] mod tests { fn f() {} } use crate::cli;", "crate::cli"),
        ("domain/ids.rs", "const QUOTE: char = '\"'; use crate::cli; const END: char = '\"';", "crate::cli"),
        ("domain/ids.rs", "fn f<'a>(x: &'a str) { crate::cli::run() }", "crate::cli::run"),
        ("domain/ids.rs", "use std::{env, fmt};", "std::env"),
        ("domain/ids.rs", "fn f() { let now = chrono::Utc::now(); }", "chrono::Utc::now"),
        ("ui/mod.rs", "fn f() { let now = Instant::now(); }", "Instant::now"),
        ("attic/mod.rs", "use std::fmt;", "the room attic has no line"),
        ("store/log.rs", "static mut OPEN: bool = false;", "static mut"),
        ("store/log.rs", "static OPEN: std::sync::Mutex<u8> = std::sync::Mutex::new(0);", "static OPEN"),
        ("store/log.rs", "static OPEN: AtomicBool = AtomicBool::new(false);", "static OPEN"),
        ("store/log.rs", "fn f() { static NAME: OnceLock<String> = OnceLock::new(); }", "static NAME"),
        ("store/log.rs", "thread_local! { static OPEN: u8 = 0; }", "thread_local"),
        ("store/log.rs", "fn f() { unsafe { g() } }", "unsafe"),
    ] {
        let found = found(path, planted);
        assert!(matches!(&found[..], [one] if one.contains(named)), "{path}: {planted}\nfound {found:?}");
    }
}

#[test]
fn what_is_allowed_passes() {
    for (path, text) in [
        ("text/fold.rs", "use unicode_normalization::UnicodeNormalization;\nuse super::nfc;"),
        ("app/panes/home.rs", "use super::super::msg::Msg;\nuse crate::app::App;\nuse crate::domain::Unit;"),
        ("app/layout.rs", "use ratatui::layout::Rect;\nfn f() { ratatui::layout::Rect::new(0, 0, 1, 1); }"),
        (
            "domain/ids.rs",
            "use serde::{Deserialize, de};\nuse std::{fmt, str::FromStr};\npub(crate) fn f() {}",
        ),
        ("domain/ids.rs", "// use crate::store;\n/* use /* sled; */ crate::store */\n//! crate::store::Log"),
        (
            "domain/ids.rs",
            r##"const A: &str = "use sled; \" crate::ui::x"; const B: &str = r#"" crate::ui::x"#;"##,
        ),
        (
            "domain/ids.rs",
            "#[cfg(test)]\nmod tests {\n use proptest::prelude::*;\n use crate::store::Log;\n}",
        ),
        ("domain/ids.rs", "#[cfg(test)]\n#[allow(dead_code)]\nfn f(x: [u8; 3]) { crate::store::open(); }"),
        ("domain/ids.rs", "#[cfg(test)]\nuse crate::store::{Log, open};"),
        (
            "domain/ids.rs",
            "fn f(store: &str) { let sled = store; model::sled::go(); iter::<crate::text::Nfc>(); }",
        ),
        ("domain/ids.rs", "static NAMES: [&str; 2] = [\"a\", \"b\"]; fn f() -> &'static Mutex<u8> { g() }"),
        (
            "runtime/mod.rs",
            "use std::{env, time::Instant};\nfn f() { Instant::now(); crate::store::open(); }",
        ),
        ("main.rs", "use hoinghi::cli;\nfn main() { hoinghi::run(); }"),
        ("lib.rs", "pub mod app;\npub use app::App;"),
    ] {
        assert_eq!(found(path, text), [""; 0], "{path}: {text}");
    }
}

#[test]
fn a_module_for_tests_is_known_by_its_file() {
    let text = "#[cfg(test)]\nmod laws;\n#[cfg(test)]\npub mod testing;\nmod plan;\n#[cfg(test)]\nmod tests { mod inner; }";
    assert_eq!(test_modules("domain/mod.rs", text), ["domain/laws", "domain/testing"]);
    assert_eq!(test_modules("runtime/decode.rs", "#[cfg(test)]\nmod tests;"), ["runtime/decode/tests"]);
    assert_eq!(test_modules("lib.rs", "#[cfg(test)]\nmod support;"), ["support"]);
}
