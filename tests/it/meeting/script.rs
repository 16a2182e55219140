//! A meeting as somebody at its keyboard lives through it: a text with a step a line.
//!
//! `see WORDS` waits for words on the screen, `gone WORDS` until they are not there, `key NAMES` presses keys, `type WORDS` writes
//! words, `enter WORDS` does so and stores them, `pick LETTERS` chooses from a list, `do NAME` runs a command of the palette,
//! `field N WORDS` writes the Nth field of the selected record, `choose N LETTERS` chooses its value, `at MM:SS` is a moment of
//! the meeting, `on ITEM` the agenda item from here on, `show` a screen for whoever looks at a run at true speed.
//! `line WHO | CODES | WORDS | MARKS` is a captured line; `WHO` is the unit's code that the room or the codes shall give it, or `?`.
//! `{today}`, `{now}` and `{soon}`, a minute later, stand for the clock's.

use std::time::Duration;

/// One thing that the person does or waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    See(String),
    Gone(String),
    Keys(Vec<String>),
    Type(String),
    Enter(String),
    Pick(String),
    Command(String),
    Field(usize, String),
    Choose(usize, String),
    At(Duration),
    On(String),
    Line(Line),
    Show,
}

/// A captured line, and what shall become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The code of the unit, or `?`.
    pub(crate) who: String,
    /// The codes before the words.
    pub(crate) codes: String,
    pub(crate) words: String,
    /// The marks behind the words.
    pub(crate) marks: String,
}

impl Line {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('|').map(|part| part.trim().to_owned());
        Some(Self { who: parts.next()?, codes: parts.next()?, words: parts.next()?, marks: parts.next()? })
    }

    /// As it is typed.
    pub(crate) fn typed(&self) -> String {
        let parts = [&self.codes, &self.words, &self.marks].map(String::as_str);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether it never leaves.
    pub(crate) fn is_off_record(&self) -> bool {
        self.marks.split(' ').any(|mark| mark == "**")
    }
}

/// The steps of a script, each with its line in the file.
pub(crate) fn steps(script: &str) -> Vec<(usize, Step)> {
    let lines = (1..).zip(script.lines().map(str::trim));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(at, line)| (at, read(line).unwrap_or_else(|| panic!("line {at}: {line}")))).collect()
}

fn read(line: &str) -> Option<Step> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let text = || rest.to_owned();
    Some(match verb {
        "see" => Step::See(text()),
        "gone" => Step::Gone(text()),
        "key" => Step::Keys(rest.split(' ').map(str::to_owned).collect()),
        "type" => Step::Type(text()),
        "enter" => Step::Enter(text()),
        "pick" => Step::Pick(text()),
        "do" => Step::Command(text()),
        "field" | "choose" => {
            let (number, value) = rest.split_once(' ')?;
            let (number, value) = (number.parse().ok()?, value.to_owned());
            if verb == "field" { Step::Field(number, value) } else { Step::Choose(number, value) }
        }
        "at" => {
            let (minutes, seconds) = rest.split_once(':')?;
            Step::At(Duration::from_secs(minutes.parse::<u64>().ok()? * 60 + seconds.parse::<u64>().ok()?))
        }
        "on" => Step::On(text()),
        "line" => Step::Line(Line::read(rest)?),
        "show" => Step::Show,
        _ => return None,
    })
}
