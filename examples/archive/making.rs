//! Makes an archive: sessions of many years with everything that is said in them, the same for the same seed.
//!
//! Everything is made by ordinary commands that the store plans, numbers, hashes and syncs as if they had been typed; past
//! sessions are closed or issued, the newest one is open. What is said is put together from [`words`](super::words) and
//! means nothing.

use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use hoinghi::{
    domain::{
        agenda,
        change::Author,
        command::{Capture, Command, NewSession, Place, Request},
        edit::{Edit, Lead},
        ids::{IdStream, PersonId, RecordId, ScopeId},
        kind::{Attendance, Authority, ConclusionPart, DifficultyNature, Kind, PartPlayed, SessionState},
        policy::Role,
        quarter::Quarter,
    },
    i18n::Lang,
    store::{OpenOptions, Store},
};

use super::words;

pub(crate) type Failure = Box<dyn std::error::Error>;

/// The quarters that an archive spans: from the first of 2014 to the last of 2026.
const FIRST_YEAR: i32 = 2014;
const QUARTERS: usize = 52;

/// How large an archive is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) sessions: usize,
    /// Of all kinds, over all sessions; each session has at least its agenda, units and people.
    pub(crate) records: usize,
    /// How many of them are in the newest session alone; `None` for an equal share.
    pub(crate) newest: Option<usize>,
    pub(crate) seed: u64,
}

/// Makes an archive in a folder that is missing or empty, and closes it with the newest session open; how many records it has.
pub(crate) fn make(dir: &Path, size: Size) -> Result<usize, Failure> {
    let mut store = Store::open(dir, OpenOptions::new(u128::from(size.seed), "archive"))?;
    let mut made = 0;
    for place in 0..size.sessions {
        let mut script = Script::new(size, place)?;
        script.session(size.share(place));
        made += script.records;
        store.commit_all(script.scope, script.requests)?;
        if script.is_newest {
            store.board(script.scope)?;
        } else {
            store.leave(script.scope);
        }
    }
    store.close()?;
    Ok(made)
}

impl Size {
    /// The records of the session at a place, the oldest being at 0.
    fn share(self, place: usize) -> usize {
        let others = self.sessions.saturating_sub(1);
        match self.newest {
            Some(newest) if place == others => newest,
            Some(newest) => self.records.saturating_sub(newest).checked_div(others).unwrap_or(0),
            None => {
                let (each, rest) = (self.records / self.sessions.max(1), self.records % self.sessions.max(1));
                each + usize::from(place < rest)
            }
        }
    }
}

/// A stream of small numbers.
struct Dice(IdStream);

impl Dice {
    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        let drawn = self.0.draw() >> 64;
        usize::try_from(drawn % u128::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    fn word(&mut self, all: &[&'static str]) -> &'static str {
        self.pick(all).copied().unwrap_or_default()
    }

    /// True `times` in a hundred.
    fn in_hundred(&mut self, times: usize) -> bool {
        self.below(100) < times
    }
}

/// Collects the commands of one session.
struct Script {
    scope: ScopeId,
    ids: IdStream,
    dice: Dice,
    quarter: Quarter,
    date: NaiveDate,
    now: DateTime<FixedOffset>,
    is_newest: bool,
    units: Vec<RecordId>,
    discussion: Option<RecordId>,
    difficulties: Vec<RecordId>,
    requests: Vec<Request>,
    records: usize,
}

impl Script {
    fn new(size: Size, place: usize) -> Result<Self, Failure> {
        let seed = u128::from(size.seed) << 64 | u128::try_from(place)? << 8;
        let mut ids = IdStream::new(seed | 1);
        let mut dice = Dice(IdStream::new(seed | 2));
        // The newest session is in the last quarter, the others are spread evenly before it.
        let back = (size.sessions - 1 - place) * QUARTERS / size.sessions.max(QUARTERS);
        let spread = if size.sessions > QUARTERS { back } else { size.sessions - 1 - place };
        let at = QUARTERS - 1 - spread.min(QUARTERS - 1);
        let year = FIRST_YEAR + i32::try_from(at / 4)?;
        let number = u8::try_from(at % 4 + 1)?;
        let month = u32::from(number) * 3 - 1;
        let date =
            NaiveDate::from_ymd_opt(year, month, 2 + u32::try_from(dice.below(26))?).ok_or("no date")?;
        let hanoi = FixedOffset::east_opt(7 * 3600).ok_or("no offset")?;
        let eight = NaiveTime::from_hms_opt(8, 0, 0).ok_or("no time")?;
        let now = date.and_time(eight).and_local_timezone(hanoi).single().ok_or("no moment")?;
        Ok(Self {
            scope: ScopeId(ids.draw()),
            ids,
            dice,
            quarter: Quarter::new(year, number).ok_or("no quarter")?,
            date,
            now,
            is_newest: place + 1 == size.sessions,
            units: Vec::new(),
            discussion: None,
            difficulties: Vec::new(),
            requests: Vec::new(),
            records: 0,
        })
    }

    /// The commands of the whole session.
    fn session(&mut self, records: usize) {
        self.create();
        self.people();
        self.run(Role::Facilitator, Command::SetState { state: SessionState::Open });
        if let Some(item) = self.discussion {
            self.run(Role::Facilitator, Command::StartItem { record: Some(item) });
        }
        while self.records < records {
            self.line();
        }
        if !self.is_newest {
            self.end();
        }
    }

    fn run(&mut self, role: Role, command: Command) {
        let author = match role {
            Role::NoteTaker => Author { person: PersonId(2), name: "Thư ký".into() },
            Role::Chair => Author { person: PersonId(3), name: "Chủ trì".into() },
            _ => Author { person: PersonId(1), name: "Người điều hành".into() },
        };
        self.now += TimeDelta::seconds(7);
        let command_id = self.ids.command();
        self.requests.push(Request { command_id, scope: self.scope, author, role, at: self.now, command });
    }

    fn create(&mut self) {
        let count = 6 + self.dice.below(words::UNITS.len() - 5);
        let first = self.dice.below(words::UNITS.len());
        let all = words::UNITS.iter().cycle().skip(first).take(count);
        let units: Vec<_> =
            all.map(|(code, name)| (self.ids.record(), (*code).to_owned(), (*name).to_owned())).collect();
        let title = |kind| Lang::Vietnamese.strings().agenda_kind(kind).to_owned();
        let agenda = agenda::half_day_items(self.quarter.number() == 1, &mut self.ids, title);
        self.units = units.iter().map(|(unit, ..)| *unit).collect();
        self.discussion = agenda.iter().max_by_key(|item| item.planned).map(|item| item.record);
        let theme = self.dice.word(&words::THEMES).to_owned();
        self.records += 2 + units.len() + agenda.len();
        let details = vec![
            Edit::Date(self.date),
            Edit::Place("Hội trường Ban Tổ chức".to_owned()),
            Edit::Cluster("Cụm thi đua 1".to_owned()),
            Edit::Superior("Thành ủy".to_owned()),
            Edit::Issuer("Cụm thi đua 1".to_owned()),
            Edit::HeadUnit(self.units.first().copied()),
        ];
        let new = NewSession {
            title: theme.clone(),
            quarter: self.quarter,
            details,
            themes: vec![(self.ids.record(), theme)],
            agenda,
            units,
            further: Vec::new(),
            others: Vec::new(),
        };
        self.run(Role::Facilitator, Command::CreateSession(Box::new(new)));
    }

    /// One person a unit; the first one chairs.
    fn people(&mut self) {
        for (place, unit) in self.units.clone().into_iter().enumerate() {
            let name: Vec<&str> = words::NAMES.iter().map(|part| self.dice.word(part)).collect();
            let part = if place == 0 { PartPlayed::Chair } else { PartPlayed::Delegate };
            let there =
                if self.dice.in_hundred(92) { Attendance::Present } else { Attendance::AbsentExcused };
            let details = vec![
                Edit::Title(name.join(" ")),
                Edit::Unit(Some(unit)),
                Edit::PartPlayed(part),
                Edit::Attendance(there),
            ];
            let record = self.ids.record();
            let kind = Kind::Attendee;
            self.run(Role::Facilitator, Command::Add { record, kind, details, place: Place::Last });
            self.records += 1;
        }
    }

    /// Something that is said or concluded; sometimes it is corrected, merged or linked afterwards.
    fn line(&mut self) {
        let kind = match self.dice.below(100) {
            0..30 => Kind::Difficulty,
            30..55 => Kind::Opinion,
            55..67 => Kind::Cause,
            67..80 => Kind::Solution,
            80..88 => Kind::Recommendation,
            88..91 => Kind::Conclusion,
            91..98 => Kind::Task,
            _ => Kind::Note,
        };
        let mut details = self.answering(kind);
        details.extend(self.particulars(kind));
        let text = self.sentence(kind);
        let record = self.ids.record();
        let role = if Kind::DECIDING.contains(&kind) { Role::Chair } else { Role::NoteTaker };
        let said_at = self.now;
        let capture = Capture { record, kind, text, said_at, details, off_record: false };
        self.run(role, Command::Capture(Box::new(capture)));
        self.records += 1;
        if kind == Kind::Difficulty {
            self.gather(record);
        }
    }

    /// A twentieth of the difficulties says what another one said.
    fn gather(&mut self, record: RecordId) {
        let twin = self.dice.pick(&self.difficulties).copied();
        match twin {
            Some(into) if self.dice.in_hundred(5) => {
                self.run(Role::Facilitator, Command::Merge { into, from: vec![record] });
            }
            _ => self.difficulties.push(record),
        }
    }

    /// Which difficulty it answers, one of the last hundred.
    fn answering(&mut self, kind: Kind) -> Vec<Edit> {
        let answers = Kind::DECIDING.contains(&kind) || kind == Kind::Cause;
        let recent = self.difficulties.len().saturating_sub(100);
        let among = self.difficulties.get(recent..).unwrap_or_default();
        let to = if answers { self.dice.pick(among).copied() } else { None };
        to.map(|to| Edit::Answers(to, true)).into_iter().collect()
    }

    fn particulars(&mut self, kind: Kind) -> Vec<Edit> {
        let unit = self.dice.pick(&self.units).copied();
        let due = self.date + TimeDelta::days(30 + i64::try_from(self.dice.below(60)).unwrap_or(0));
        match kind {
            Kind::Task => vec![
                Edit::LeadUnit(unit.map(Lead::Unit)),
                Edit::Due(Some(due)),
                Edit::Deliverable(self.dice.word(&words::PAPER).to_owned()),
            ],
            Kind::Recommendation => vec![
                Edit::Authority(Some(Authority::City)),
                Edit::Addressee(self.dice.word(&words::ADDRESSEES).to_owned()),
            ],
            Kind::Conclusion => {
                vec![Edit::Part(*self.dice.pick(ConclusionPart::ALL).unwrap_or(&ConclusionPart::Settlement))]
            }
            Kind::Solution => Vec::new(),
            _ => self.spoken(kind, unit),
        }
    }

    fn spoken(&mut self, kind: Kind, unit: Option<RecordId>) -> Vec<Edit> {
        let mut details = vec![Edit::Unit(unit), Edit::Item(self.discussion)];
        if kind == Kind::Difficulty {
            let nature = *self.dice.pick(DifficultyNature::ALL).unwrap_or(&DifficultyNature::Difficulty);
            details.push(Edit::Nature(nature));
            if self.dice.in_hundred(30) {
                details.push(Edit::Weight(u8::try_from(1 + self.dice.below(3)).unwrap_or(1)));
            }
        }
        if self.dice.in_hundred(20) {
            details.push(Edit::Tag(self.dice.word(&words::TAGS).to_owned(), true));
        }
        details
    }

    /// A sentence; long ones name a figure and a second reason.
    fn sentence(&mut self, kind: Kind) -> String {
        let (who, what) = (self.dice.word(&words::WHO), self.dice.word(&words::WHAT));
        let (why, act) = (self.dice.word(&words::WHY), self.dice.word(&words::ACT));
        let text = match kind {
            Kind::Cause => format!("{} {what} {why}", "Nguyên nhân là"),
            Kind::Solution | Kind::Recommendation => format!("Đề nghị {act} {why}"),
            Kind::Conclusion => format!("Thống nhất {act}; {what} {why} thì báo cáo thường trực cụm"),
            Kind::Task => format!("{act} cho {} trường hợp {what}", 2 + self.dice.below(90)),
            _ => format!("{who} {what} {why}"),
        };
        match self.dice.below(10) {
            0..7 => text,
            7..9 => format!("{text}, hiện còn {} hồ sơ", 1 + self.dice.below(300)),
            _ => {
                let more = self.dice.word(&words::WHY);
                format!("{text}; {more}, đề nghị {}", self.dice.word(&words::ACT))
            }
        }
    }

    /// The session ends: closed, and mostly signed and issued.
    fn end(&mut self) {
        self.run(Role::Facilitator, Command::SetState { state: SessionState::Closed });
        if self.dice.in_hundred(85) {
            for state in [SessionState::ForSignature, SessionState::Issued] {
                self.now += TimeDelta::days(3);
                self.run(Role::Facilitator, Command::SetState { state });
            }
        }
    }
}
