//! The papers of a meeting held against its log and against what was typed.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use serde_json::Value;

use super::script::Line;
use crate::support::pty::{binary, export};

/// What people say, as records.
const SAID: [&str; 6] = ["note", "difficulty", "cause", "opinion", "solution", "recommendation"];
/// What is told among the conclusions of the minutes.
const CONCLUDED: [&str; 2] = ["conclusion", "task"];

/// All records of the session, as the JSON export has them.
struct Log {
    json: Value,
}

impl Log {
    fn records<'a>(&'a self, kind: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        let all = self.json["records"][kind].as_array().into_iter().flatten();
        all.filter(|record| record["removed"] == false)
    }

    fn said(&self) -> Vec<&Value> {
        SAID.iter().flat_map(|kind| self.records(kind)).collect()
    }

    /// A field of the record of that id; nothing of no id.
    fn look_up<'a>(&'a self, kind: &str, id: &Value, field: &str) -> Option<&'a str> {
        let found = self.records(kind).find(|record| record["id"] == *id)?;
        found["fields"][field].as_str()
    }

    fn item_of(&self, record: &Value) -> &str {
        self.look_up("agenda_item", &record["fields"]["item"], "title").unwrap_or_default()
    }

    /// Who said it, as papers say it.
    fn who_said(&self, record: &Value) -> Option<String> {
        let fields = &record["fields"];
        let speaker = self.look_up("attendee", &fields["speaker"], "title").map(|name| {
            let post = self.look_up("attendee", &fields["speaker"], "post");
            post.map_or_else(|| name.to_owned(), |post| format!("{name}, {post}"))
        });
        speaker.or_else(|| self.look_up("unit", &fields["unit"], "title").map(str::to_owned))
    }

    fn code_of(&self, record: &Value) -> &str {
        self.look_up("unit", &record["fields"]["unit"], "code").unwrap_or("?")
    }
}

fn text_of(record: &Value) -> &str {
    record["fields"]["text"].as_str().unwrap_or_default()
}

/// A line of the minutes under its item.
#[derive(Debug)]
struct Told {
    item: String,
    /// The theme that was told last in the item.
    theme: Option<String>,
    /// Whose passage it stands in.
    passage: Option<String>,
    text: String,
}

/// The course of the session as the minutes tell it.
fn course(minutes: &str) -> Vec<Told> {
    let from = minutes.split_once("### 2. Diễn biến").unwrap().1;
    let (course, _) = from.split_once("### 3. Kết luận").unwrap();
    let (mut item, mut theme, mut passage) = (String::new(), None, None);
    let mut told = Vec::new();
    for line in course.lines().map(|line| line.replace('\\', "")).filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("### 2.") {
            let title = heading.split_once(". ").unwrap().1;
            item = title.rsplit_once(" (").map_or(title, |(title, _)| title).to_owned();
            (theme, passage) = (None, None);
        } else if let Some(title) = line.strip_prefix("Chuyên đề: ") {
            theme = Some(title.trim_end_matches('.').to_owned());
        } else if line == "Ý kiến khác:" {
            (item, passage) = (String::new(), None);
        } else if let Some(text) = line.strip_prefix("- ") {
            let (item, theme, passage) = (item.clone(), theme.clone(), passage.clone());
            told.push(Told { item, theme, passage, text: text.to_owned() });
        } else if let Some((who, _)) = line.split_once(" (").filter(|_| line.contains(" giờ ")) {
            passage = Some(who.to_owned());
        }
    }
    told
}

/// Whether a line of the minutes tells a record: at its item and theme, in the passage of its speech or with who said it.
fn is_told(told: &Told, log: &Log, record: &Value) -> bool {
    let (text, who) = (text_of(record), log.who_said(record));
    let sentence =
        if text.ends_with(['.', '!', '?', '…', ':']) { text.to_owned() } else { format!("{text}.") };
    let speech = log.records("speech").find(|speech| speech["id"] == record["fields"]["speech"]);
    let within = speech.is_some_and(|speech| speech["fields"]["unit"] == record["fields"]["unit"]);
    let theme = log.look_up("theme", &record["fields"]["theme"], "title");
    told.item == log.item_of(record)
        && theme.is_none_or(|theme| told.theme.as_deref() == Some(theme))
        && match who {
            Some(who) if within => told.text == sentence && told.passage == Some(who),
            Some(who) => told.text == format!("{who}: {sentence}"),
            None => told.text.ends_with(&format!("]: {sentence}")) || told.text == sentence,
        }
}

/// The one file of the folder with that ending, and those words in its name.
fn file(out: &Path, name: &str) -> String {
    let mut files = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path());
    let found = files.find(|path| path.file_name().unwrap().to_string_lossy().contains(name));
    fs::read_to_string(found.unwrap_or_else(|| panic!("no {name}"))).unwrap()
}

/// Every captured line is in the log, and every said record of the log in the minutes, by whom and at which item; what is off the
/// record is nowhere; the list knows the session.
pub(crate) fn papers_with_the_log(folder: &Path, said: &[(String, Line)]) {
    let out = export(folder, "md,txt,html,csv,json,docx", "all");
    let (minutes, notice) = (file(&out, "bien-ban.md"), file(&out, "thong-bao_du-thao-1.md"));
    if let Some(kept) = std::env::var_os("HOINGHI_KEEP") {
        fs::write(Path::new(&kept), format!("{minutes}\n\n=====\n\n{notice}")).unwrap();
    }
    let log = Log { json: serde_json::from_str(&file(&out, "du-lieu.json")).unwrap() };
    everything_typed_is_in_the_log(&log, said);
    everything_said_is_in_the_minutes(&log, &minutes);
    everything_concluded_is_told(&log, &minutes, &notice);
    nothing_off_the_record_leaves(&out, &log, said);
    let list = Command::new(binary()).args(["list", "--json", "--data"]).arg(folder.join("data")).output();
    let list: Value = serde_json::from_slice(&list.unwrap().stdout).unwrap();
    let title = &log.json["records"]["session"][0]["fields"]["title"];
    let of_title = list.as_array().unwrap().iter().filter(|session| session["title"] == *title);
    assert_eq!(of_title.map(|session| &session["state"]).collect::<Vec<_>>(), ["closed"], "{list}");
}

fn everything_typed_is_in_the_log(log: &Log, said: &[(String, Line)]) {
    let all = SAID.iter().chain(&CONCLUDED).flat_map(|kind| log.records(kind)).collect::<Vec<_>>();
    for (item, line) in said.iter().filter(|(_, line)| !line.is_off_record()) {
        let parts: Vec<&&Value> = all.iter().filter(|record| is_part(text_of(record), &line.words)).collect();
        let rest = parts.iter().fold(line.words.clone(), |rest, part| without(&rest, text_of(part)));
        assert!(rest.chars().filter(|c| c.is_alphabetic()).count() < 8, "{line:?}: {rest}");
        for part in parts {
            assert_eq!(
                (log.item_of(part), log.code_of(part)),
                (item.as_str(), line.who.as_str()),
                "{line:?}"
            );
        }
    }
}

/// A piece of a line, or the line with what was added when it was read back.
fn is_part(text: &str, words: &str) -> bool {
    !text.is_empty() && (words.contains(text) || text.starts_with(words))
}

/// What is left of a line without a part of it.
fn without(words: &str, part: &str) -> String {
    if part.starts_with(words) { String::new() } else { words.replace(part, "") }
}

fn everything_said_is_in_the_minutes(log: &Log, minutes: &str) {
    let told = course(minutes);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for record in log.said() {
        let found = told.iter().filter(|told| is_told(told, log, record));
        assert_eq!(found.count(), 1, "{:?}: {record}\n{minutes}", log.item_of(record));
        *counts.entry(log.item_of(record).to_owned()).or_default() += 1;
    }
    eprintln!("lines of the log in the minutes, by item: {counts:?}");
}

fn everything_concluded_is_told(log: &Log, minutes: &str, notice: &str) {
    let (minutes, notice) = (minutes.replace('\\', ""), notice.replace('\\', ""));
    let (_, concluded) = minutes.split_once("### 3. Kết luận").unwrap();
    for record in CONCLUDED.iter().flat_map(|kind| log.records(kind)) {
        assert!(concluded.contains(text_of(record)), "{}\n{minutes}", text_of(record));
        assert!(notice.contains(text_of(record)), "{}\n{notice}", text_of(record));
    }
    for record in log.records("difficulty").filter(|record| record["fields"]["merged_into"].is_null()) {
        assert!(notice.contains(text_of(record)), "{}\n{notice}", text_of(record));
    }
}

fn nothing_off_the_record_leaves(out: &Path, log: &Log, said: &[(String, Line)]) {
    let secrets: Vec<&str> =
        said.iter().filter(|(_, line)| line.is_off_record()).map(|(_, line)| line.words.as_str()).collect();
    assert_eq!(log.json["withheld"], secrets.len());
    for entry in fs::read_dir(out).unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert!(secrets.iter().all(|secret| !text.contains(secret)), "{}", path.display());
    }
}
