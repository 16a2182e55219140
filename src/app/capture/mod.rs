//! The capture line: one bare line and Enter is a complete record.
//!
//! The context of the room (unit, agenda item, time) is taken at the line's first keystroke and shown as a prefix. It follows
//! the room, or stays where somebody pinned it while the room moves on.
//! Invariant: a text leaves the line only when the writer has acknowledged it, or a person removed it.

pub mod grammar;

use std::collections::VecDeque;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::editor::{Caret, Draft, Editor, Pos};
use crate::{
    domain::{
        agenda,
        board::Board,
        command::Capture,
        edit::Edit,
        field,
        ids::{IdStream, RecordId},
        kind::Kind,
        roster, speech,
    },
    text::nfc::{clean, nfc},
};
use grammar::Parsed;

/// What the room was like when the first letter was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// When.
    pub said_at: DateTime<FixedOffset>,
    /// Whose turn it was.
    pub unit: Option<RecordId>,
    /// Which agenda item was on.
    pub item: Option<RecordId>,
    /// Who spoke.
    #[serde(default)]
    pub speaker: Option<RecordId>,
    /// Which speech was on.
    #[serde(default)]
    pub speech: Option<RecordId>,
    /// Which theme the item was about, where the session has several.
    #[serde(default)]
    pub theme: Option<RecordId>,
}

/// A line that is typed and not stored yet, with the room at its first letter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// As typed.
    pub text: String,
    /// The room; `None` if it is not known any more.
    pub context: Option<Context>,
}

/// The line being typed.
#[derive(Debug, Clone)]
pub struct CaptureLine {
    /// The text.
    pub editor: Editor,
    /// The room at its first keystroke; `None` while the line is empty.
    pub context: Option<Context>,
    /// Further lines that wait for their Enter: they were pasted, or could not be stored.
    pub waiting: VecDeque<Line>,
    /// Whose turn it is: the unit of the next line, as long as no speech or this one is on.
    pub speaking: Option<RecordId>,
    /// The person of that unit, if somebody said who.
    person: Option<RecordId>,
    /// The room that all lines get until it is followed again; its moment means nothing.
    pub pinned: Option<Context>,
    /// The speech that was on when somebody said who speaks.
    floor: Option<RecordId>,
    /// The unit of that speech.
    floor_unit: Option<RecordId>,
    reading: Reading,
}

/// What the line said when it was read last. It may be as long as a text, so that it is read once for all who ask.
#[derive(Debug, Clone, Default)]
struct Reading {
    text: String,
    units: Vec<(String, RecordId)>,
    parsed: Parsed,
    times: u64,
}

impl Default for CaptureLine {
    fn default() -> Self {
        Self {
            editor: Editor::line(),
            context: None,
            waiting: VecDeque::new(),
            speaking: None,
            person: None,
            pinned: None,
            floor: None,
            floor_unit: None,
            reading: Reading::default(),
        }
    }
}

/// The line as it is kept in a draft.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    line: Draft,
    context: Option<Context>,
    waiting: Vec<Line>,
    speaking: Option<RecordId>,
    #[serde(default)]
    floor: Option<RecordId>,
    #[serde(default)]
    pinned: Option<Context>,
    #[serde(default)]
    person: Option<RecordId>,
}

impl Kept {
    /// Whether nothing is typed and nothing waits.
    pub fn is_empty(&self) -> bool {
        self.line.text.is_empty() && self.waiting.is_empty()
    }
}

impl CaptureLine {
    /// Whether something is typed or waits.
    pub fn has_text(&self) -> bool {
        !self.editor.is_empty() || !self.waiting.is_empty()
    }

    /// Whether Enter takes up the next line that waits, since nothing is typed.
    pub fn takes_up_next(&self) -> bool {
        !self.waiting.is_empty() && self.editor.text().trim().is_empty()
    }

    /// What is kept of it.
    pub fn kept(&self) -> Kept {
        Kept {
            line: self.editor.draft(),
            context: self.context,
            waiting: self.waiting.iter().cloned().collect(),
            speaking: self.speaking,
            floor: self.floor,
            pinned: self.pinned,
            person: self.person,
        }
    }

    /// The line that was kept.
    pub fn restored(kept: Kept) -> Self {
        Self {
            editor: Editor::line().with_draft(&kept.line),
            context: kept.context,
            waiting: kept.waiting.into(),
            speaking: kept.speaking,
            person: kept.person,
            pinned: kept.pinned,
            floor: kept.floor,
            floor_unit: None,
            reading: Reading::default(),
        }
    }

    /// The line as it stands.
    pub fn line(&self) -> Line {
        Line { text: self.editor.text(), context: self.context }
    }

    /// Takes note of the speech that is on. With another one, what was said of the last one's speaker holds no more.
    pub fn note_floor(&mut self, board: &Board) {
        let speech = speech::current(board);
        let now = speech.map(|speech| speech.id);
        if self.floor != now {
            self.floor = now;
            (self.speaking, self.person) = (None, None);
        }
        self.floor_unit = speech.and_then(|speech| speech::unit_of(board, speech)).map(|unit| unit.id);
    }

    /// Keeps the room of this line, or of now, for all further lines; if one is kept, follows the room again. Whether it is kept
    /// now.
    pub fn pin(&mut self, board: &Board, now: DateTime<FixedOffset>) -> bool {
        self.pinned = match self.pinned {
            Some(_) => None,
            None => Some(self.context.unwrap_or_else(|| self.room(board, now))),
        };
        self.pinned.is_some()
    }

    /// The room that lines get now: the one that is pinned, else whoever was said to speak, else who has the floor.
    fn room(&self, board: &Board, now: DateTime<FixedOffset>) -> Context {
        if let Some(pinned) = self.pinned {
            return Context { said_at: now, ..pinned };
        }
        let item = agenda::current(board);
        let floor = speech::current(board).filter(|_| self.speaking.or(self.person).is_none());
        Context {
            said_at: now,
            unit: self.speaking.or(self.floor_unit.filter(|_| floor.is_some())),
            item: item.map(|item| item.id),
            theme: item.and_then(|item| item.link(&field::THEME)),
            speaker: self.person.or_else(|| floor?.link(&field::SPEAKER)),
            speech: floor.map(|speech| speech.id),
        }
    }

    /// Takes the context of the room if this is the line's first letter, and lets it go with the last.
    pub fn note_context(&mut self, board: &Board, now: DateTime<FixedOffset>) {
        if self.editor.is_empty() {
            self.context = None;
        } else if self.context.is_none() {
            self.context = Some(self.room(board, now));
        }
    }

    /// The unit of this line, or of the next one.
    pub fn unit(&self) -> Option<RecordId> {
        let now = || self.pinned.map_or(self.speaking.or(self.floor_unit), |pinned| pinned.unit);
        self.context.map_or_else(now, |context| context.unit)
    }

    /// The agenda item of this line, or of the next one; `current` is the one that is on.
    pub fn item(&self, current: Option<RecordId>) -> Option<RecordId> {
        self.context.or(self.pinned).map_or(current, |context| context.item)
    }

    /// The person who speaks in this line, or in the next one, as far as somebody said who.
    pub fn speaker(&self) -> Option<RecordId> {
        self.context.or(self.pinned).map_or(self.person, |context| context.speaker)
    }

    /// Says who speaks: for this line and the next ones.
    pub fn set_speaker(&mut self, unit: Option<RecordId>, speaker: Option<RecordId>) {
        if self.pinned.is_none() {
            (self.speaking, self.person) = (unit, speaker);
        }
        for context in [&mut self.context, &mut self.pinned].into_iter().flatten() {
            *context = Context { unit, speaker, speech: None, ..*context };
        }
    }

    /// Adds a text of many lines: the first to the line, the others to wait; how many wait now.
    pub fn paste(&mut self, text: &str, board: &Board, now: DateTime<FixedOffset>) -> usize {
        let clean = clean(text);
        // One line may be a word of an input method, its spaces included.
        let trim = |line| if clean.contains('\n') { str::trim(line) } else { line };
        let mut lines = clean.split('\n').map(trim).filter(|line| !line.is_empty());
        self.editor.paste(lines.next().unwrap_or_default());
        self.note_context(board, now);
        let before = self.waiting.len();
        let context = self.context;
        self.waiting.extend(lines.map(|line| Line { text: line.to_owned(), context }));
        self.waiting.len() - before
    }

    /// Lines of one burst: the first stands in the line, the others wait before all that waits already.
    pub fn queue(&mut self, lines: Vec<String>, board: &Board, now: DateTime<FixedOffset>) {
        let context = Some(self.room(board, now));
        for text in lines.into_iter().rev().filter(|text| !text.trim().is_empty()) {
            self.waiting.push_front(Line { text, context });
        }
        self.advance();
    }

    /// Reads the line by the session's unit codes, if it or they changed since.
    pub fn read(&mut self, board: &Board) -> &Parsed {
        let (text, units) = (self.editor.text(), unit_codes(board));
        if text != self.reading.text || units != self.reading.units {
            let parsed = grammar::parse(&nfc(&text), &units);
            self.reading = Reading { text, units, parsed, times: self.reading.times + 1 };
        }
        &self.reading.parsed
    }

    /// What the line said when it was read last: after every message.
    pub fn parsed(&self) -> &Parsed {
        &self.reading.parsed
    }

    /// How often it was read: as long as this stays, what it says stays.
    pub fn readings(&self) -> u64 {
        self.reading.times
    }

    /// The capture that the line amounts to; `None` if it has no words.
    pub fn capture(
        &mut self,
        board: &Board,
        ids: &mut IdStream,
        now: DateTime<FixedOffset>,
    ) -> Option<Capture> {
        let parsed = self.read(board).clone();
        if parsed.text.is_empty() {
            return None;
        }
        let context = self.context;
        let kind = parsed.kind_or_note();
        let unit = parsed.unit.or_else(|| self.unit());
        let of_floor = context.filter(|context| parsed.unit.is_none_or(|unit| context.unit == Some(unit)));
        let mut details = parsed.details();
        details.extend(of_floor.and_then(|c| c.speaker).map(|speaker| Edit::Speaker(Some(speaker))));
        details.extend(of_floor.and_then(|c| c.speech).map(|speech| Edit::Speech(Some(speech))));
        details.extend(unit.map(|unit| Edit::Unit(Some(unit))));
        details.extend(context.and_then(|c| c.item).map(|item| Edit::Item(Some(item))));
        details.extend(context.and_then(|c| c.theme).map(|theme| Edit::Theme(Some(theme))));
        details.retain(|edit| edit.fits(kind));
        let said_at = context.map_or(now, |context| context.said_at);
        Some(Capture {
            record: ids.record(),
            kind,
            text: parsed.text,
            said_at,
            details,
            off_record: parsed.off_record,
        })
    }

    /// Empties the line and takes up the next waiting one.
    pub fn advance(&mut self) {
        let next = self.waiting.pop_front().unwrap_or_default();
        self.take_up(next);
    }

    fn take_up(&mut self, line: Line) {
        let end = Pos { line: 0, byte: line.text.len() };
        let caret = Caret { anchor: end, head: end };
        self.editor = Editor::line().with_draft(&Draft { text: line.text, caret });
        self.context = line.context;
    }

    /// Puts a line back that could not be stored. What is being typed is not touched: then the line waits.
    pub fn give_back(&mut self, line: Line) {
        if self.editor.is_empty() {
            self.take_up(line);
        } else {
            self.waiting.push_front(line);
        }
    }

    /// Completes the code before the cursor, if exactly one begins with it; all that begin with it.
    pub fn complete(&mut self, board: &Board) -> Vec<String> {
        let (before, after) = self.editor.split_at_cursor();
        let typed = before.rsplit(' ').next().unwrap_or_default();
        let is_code_place = before.split(' ').filter(|word| !word.is_empty()).count() <= 2;
        if typed.is_empty() || !is_code_place || !after.is_empty() {
            return Vec::new();
        }
        let found = grammar::completions(typed, &unit_codes(board));
        if let [only] = &found[..] {
            let head = before.strip_suffix(typed).unwrap_or_default();
            self.editor.select_all();
            self.editor.paste(&format!("{head}{only} "));
        }
        found
    }
}

/// The codes of a session's units.
pub fn unit_codes(board: &Board) -> Vec<(String, RecordId)> {
    board.of_kind(Kind::Unit).into_iter().map(|unit| (roster::code(unit).to_owned(), unit.id)).collect()
}
