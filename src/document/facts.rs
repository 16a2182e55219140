//! Facts of a board in the words of a paper; what is missing is noted as it is met.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{Block, Column, Document, Head, Letterhead, Paper, Signature, TO_FILL_IN, Table, Wording};
use crate::{
    domain::{
        board::Board,
        change::Field,
        conclusion, difficulty,
        edit::Lead,
        field,
        ids::RecordId,
        kind::{Kind, Layout, TaskKind},
        lint,
        record::Record,
        roll_call::Roll,
        roster,
        session::Session,
    },
    text::nfc,
};

/// After the wording of what completes a sample.
const SAMPLE: &str = "(mẫu)";
const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

/// A paper being written: its body so far, and what was missing.
pub(super) struct Pen<'a> {
    pub(super) board: &'a Board,
    pub(super) layout: Layout,
    pub(super) blocks: Vec<Block>,
    pub(super) missing: Vec<String>,
    headings: usize,
    /// Where each record is told first.
    pub(super) told: BTreeMap<RecordId, usize>,
    /// Which record each block tells, the first time or again.
    pub(super) telling: BTreeMap<usize, RecordId>,
}

impl<'a> Pen<'a> {
    /// A paper in the layout family that was asked for, else in the session's.
    pub(super) fn new(board: &'a Board, words: &Wording) -> Self {
        let own = Self::in_own_layout(board);
        Self { layout: words.layout().unwrap_or(own.layout), ..own }
    }

    /// A paper in the session's layout family.
    pub(super) fn in_own_layout(board: &'a Board) -> Self {
        let layout = Session::of(board).map_or(Layout::Party, Session::layout);
        Self {
            board,
            layout,
            blocks: Vec::new(),
            missing: Vec::new(),
            headings: 0,
            told: BTreeMap::new(),
            telling: BTreeMap::new(),
        }
    }

    /// The finished paper, every text in it safe to print: NFC, one line, no control character.
    pub(super) fn finish(
        self,
        paper: Paper,
        head: Head,
        signatures: Vec<Signature>,
        recipients: Vec<String>,
    ) -> Document {
        let withheld = self.withheld();
        let mut document = Document {
            paper,
            slug: paper.slug().to_owned(),
            layout: self.layout,
            head,
            blocks: self.blocks,
            signatures,
            recipients,
            missing: self.missing,
            withheld,
            told: self.told,
        };
        document.for_each_text(|text| {
            if !nfc::is_clean_line(text) {
                *text = nfc::clean_line(text);
            }
        });
        document
    }

    pub(super) fn session(&self) -> Option<Session<'a>> {
        Session::of(self.board)
    }

    /// A mark in place of a datum, which is noted as missing.
    pub(super) fn gap(&mut self, what: &str) -> String {
        self.missing.push(what.to_owned());
        format!("[{TO_FILL_IN}: {what}]")
    }

    /// A mark for what a record must have and has not; the list of what is missing names the record.
    pub(super) fn gap_of(&mut self, record: &Record, what: &str) -> String {
        let number = record.short_number().map(|number| format!("{number}: ")).unwrap_or_default();
        self.missing.push(format!("{number}{what}"));
        format!("[{TO_FILL_IN}: {what}]")
    }

    /// The datum, or a mark.
    pub(super) fn need(&mut self, datum: Option<String>, what: &str) -> String {
        let datum = datum.filter(|datum| !datum.trim().is_empty());
        datum.unwrap_or_else(|| self.gap(what))
    }

    /// A field of the session, or a mark.
    pub(super) fn need_field(&mut self, field: &Field, what: &str) -> String {
        let record = self.session().map(|session| session.record);
        let datum = record.and_then(|record| Some(marked(record.text(field)?, record.is_sample(field))));
        self.need(datum, what)
    }

    /// A numbered main heading: `I- TÊN MỤC` in Party papers, `I. TÊN MỤC` in State papers.
    pub(super) fn heading(&mut self, text: &str) {
        let number = ROMAN.get(self.headings).copied().unwrap_or("–");
        self.headings += 1;
        let label = match self.layout {
            Layout::Party => format!("{number}-"),
            Layout::State => format!("{number}."),
        };
        self.blocks.push(Block::Heading { level: 1, label, text: text.to_uppercase() });
    }

    pub(super) fn subheading(&mut self, label: String, text: &str) {
        self.blocks.push(Block::Heading { level: 2, label, text: text.to_owned() });
    }

    pub(super) fn paragraph(&mut self, text: String) {
        self.blocks.push(Block::Paragraph(text));
    }

    pub(super) fn item(&mut self, number: usize, text: String) {
        self.blocks.push(Block::Item { level: 1, label: format!("{number}."), text });
    }

    pub(super) fn table(&mut self, columns: Vec<Column>, rows: Vec<Vec<String>>) {
        self.blocks.push(Block::Table(Table { columns, rows, by_hand: false }));
    }

    pub(super) fn dash(&mut self, text: String) {
        self.blocks.push(Block::Item { level: 2, label: "-".to_owned(), text });
    }

    /// The records of a kind that stand for themselves and are on the record.
    pub(super) fn records(&self, kind: Kind) -> Vec<&'a Record> {
        on_record(difficulty::main_of(self.board, kind))
    }

    /// The records of a kind that this paper has not told yet.
    pub(super) fn untold(&self, kind: Kind) -> Vec<&'a Record> {
        let mut records = self.records(kind);
        records.retain(|record| !self.told.contains_key(&record.id));
        records
    }

    /// What a record says with the lines that continue it; a proposal that nobody has accepted has a gap.
    pub(super) fn tell(&mut self, record: &Record) -> String {
        self.told.entry(record.id).or_insert(self.blocks.len());
        self.telling.entry(self.blocks.len()).or_insert(record.id);
        let lines = on_record(continued(self.board, record.id));
        let mut text =
            lines.into_iter().fold(wording(record), |text, line| format!("{text} {}", wording(line)));
        if conclusion::is_proposed(record) {
            text = format!("{text} {}", self.gap_of(record, "chủ trì chấp thuận"));
        }
        text
    }

    /// The name of the unit that an id means, if it is one.
    pub(super) fn unit(&self, id: RecordId) -> Option<&'a str> {
        let unit = self.board.record(id).filter(|unit| unit.kind() == Some(Kind::Unit));
        unit.map(unit_name)
    }

    /// The name of a unit, with the sample mark where its attribution is one.
    pub(super) fn unit_of(&self, record: &Record) -> Option<String> {
        let name = unit_name(roster::unit_of(self.board, record)?);
        Some(marked(name, record.is_sample(&field::UNIT)))
    }

    /// The names of all units for which somebody is there.
    pub(super) fn units_of(&self, attendee: &Record) -> String {
        let own = self.unit_of(attendee);
        let units = roster::units_of(self.board, attendee).into_iter();
        let others = units
            .filter(|unit| attendee.link(&field::UNIT) != Some(unit.id))
            .map(|unit| unit_name(unit).to_owned());
        own.into_iter().chain(others).collect::<Vec<_>>().join("; ")
    }

    /// `chủ trì …; phối hợp …; thời hạn …; sản phẩm …`, with marks for what a task must have.
    pub(super) fn work(&mut self, record: &Record, is_task: bool) -> String {
        let lead = conclusion::lead(record).and_then(|lead| self.lead_words(lead));
        let mut parts = vec![self.part(record, "chủ trì", lead, ("đơn vị chủ trì", is_task))];
        let support: Vec<&str> = conclusion::support(self.board, record).into_iter().map(unit_name).collect();
        parts.push((!support.is_empty()).then(|| format!("phối hợp: {}", support.join(", "))));
        let due = self.due(record, is_task);
        parts.push(self.part(record, "thời hạn", due, ("thời hạn", is_task)));
        let deliverable = record.text(&field::DELIVERABLE).map(str::to_owned);
        parts.push(self.part(record, "sản phẩm", deliverable, ("sản phẩm", is_task)));
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// A conclusion, and who has to do what if its own words do not say it.
    pub(super) fn tell_conclusion(&mut self, record: &Record) -> String {
        let text = self.tell(record);
        let work = self.work(record, false);
        if work.is_empty() || lint::words_give_work(self.board, record) {
            text
        } else {
            format!("{text} ({work})")
        }
    }

    /// By when, as it was said; words that name no day leave a gap in a task.
    fn due(&mut self, record: &Record, is_task: bool) -> Option<String> {
        let day = record.date(&field::DUE);
        let words = record.text(&field::DUE_WORDS).map(str::to_owned);
        let often = match conclusion::task_kind(record) {
            TaskKind::Dated if day.is_none() && is_task => {
                return words.map(|words| format!("{words} {}", self.gap_of(record, "thời hạn")));
            }
            TaskKind::Dated => return words.or_else(|| day.map(full_date)),
            TaskKind::Standing => "thường xuyên",
            TaskKind::Weekly => "hằng tuần",
            TaskKind::Monthly => "hằng tháng",
            TaskKind::Quarterly => "hằng quý",
            TaskKind::HalfYearly => "sáu tháng một lần",
            TaskKind::Yearly => "hằng năm",
        };
        let until = day.map(|day| format!(", đến ngày {}", full_date(day))).unwrap_or_default();
        Some(format!("{often}{until}"))
    }

    fn part(
        &mut self,
        record: &Record,
        name: &str,
        datum: Option<String>,
        (what, needed): (&str, bool),
    ) -> Option<String> {
        let datum = datum.or_else(|| needed.then(|| self.gap_of(record, what)))?;
        Some(format!("{name}: {datum}"))
    }

    fn lead_words(&self, lead: Lead) -> Option<String> {
        match lead {
            Lead::Each => Some("mỗi đơn vị".to_owned()),
            Lead::Unit(unit) => self.unit(unit).map(str::to_owned),
        }
    }

    /// `08 giờ 00, ngày 10/3/2023`.
    pub(super) fn when(&mut self) -> String {
        let session = self.session();
        let began = session.and_then(|session| {
            Some(marked(&clock(session.begins()?), session.record.is_sample(&field::BEGINS)))
        });
        let date = session.and_then(Session::date).map(full_date);
        let (began, date) = (self.need(began, "giờ bắt đầu"), self.need(date, "ngày họp"));
        format!("{began}, ngày {date}")
    }

    /// When and where the session is, as lines of their own.
    pub(super) fn when_and_where(&mut self) {
        let when = self.when();
        self.dash(format!("Thời gian: {when}"));
        let place = self.need_field(&field::PLACE, "địa điểm");
        self.dash(format!("Địa điểm: {place}"));
    }

    /// Who chairs: name or title, and post.
    pub(super) fn chair(&mut self) -> String {
        let chair = self.session().and_then(Session::chair).map(person);
        self.need(chair, "chủ trì")
    }

    /// Locality and date; day and month are blank for the registry.
    fn place_and_date(&mut self) -> String {
        let locality = self.session().and_then(|session| {
            Some(marked(session.locality()?, session.record.is_sample(&field::LOCALITY)))
        });
        let locality = self.need(locality, "địa danh");
        format!("{locality}, {}", self.blank_date())
    }

    fn blank_date(&mut self) -> String {
        let year = self.session().and_then(Session::date).map(|date| date.format("%Y").to_string());
        let year = self.need(year, "năm");
        format!("ngày      tháng      năm {year}")
    }

    /// The head of a numbered paper of that type; the number is blank for the registry.
    pub(super) fn head(&mut self, title: &str, symbol: &str, about: String) -> Head {
        let number = match self.layout {
            Layout::Party => format!("Số        -{symbol}"),
            Layout::State => format!("Số:        /{symbol}"),
        };
        self.head_with(title, number, about)
    }

    /// The head of a paper that carries no number.
    pub(super) fn head_unnumbered(&mut self, title: &str, about: String) -> Head {
        self.head_with(title, String::new(), about)
    }

    fn head_with(&mut self, title: &str, number: String, about: String) -> Head {
        let superior = self.need_field(&field::SUPERIOR, "cơ quan cấp trên").to_uppercase();
        let issuer = self.need_field(&field::ISSUER, "cơ quan ban hành").to_uppercase();
        let place_and_date = self.place_and_date();
        let right: &[&str] = match self.layout {
            Layout::Party => &["ĐẢNG CỘNG SẢN VIỆT NAM"],
            Layout::State => &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        };
        let right = right.iter().map(|line| (*line).to_owned()).collect();
        let letterhead = Letterhead { superior, issuer, number, right, place_and_date };
        Head { letterhead: Some(letterhead), title: title.to_owned(), about, note: String::new() }
    }

    /// The head of what is attached to the conclusion notice.
    pub(super) fn head_attached(&mut self, title: String, about: String) -> Head {
        let date = self.blank_date();
        let number = match self.layout {
            Layout::Party => "-TB",
            Layout::State => "/TB",
        };
        let issuer = self.need_field(&field::ISSUER, "cơ quan ban hành");
        let note = format!("(Kèm theo Thông báo số        {number}, {date} của {issuer})");
        Head { letterhead: None, title, about, note }
    }

    /// The chair's signature on behalf of the issuing body.
    pub(super) fn chair_signs(&mut self) -> Signature {
        let issuer = self.need_field(&field::ISSUER, "cơ quan ban hành").to_uppercase();
        let on_behalf = match self.layout {
            Layout::Party => "T/M",
            Layout::State => "TM.",
        };
        let chair = self.session().and_then(Session::chair);
        let post = chair.and_then(|chair| chair.text(&field::POST)).map(str::to_owned);
        let position = self.need(post, "chức vụ người ký").to_uppercase();
        let name = chair.map(|chair| signed_name(chair.wording())).unwrap_or_default();
        Signature { authority: format!("{on_behalf} {issuer}"), position, name }
    }

    /// How many lines the board has that are off the record.
    pub(super) fn withheld(&self) -> usize {
        super::withheld(self.board)
    }
}

pub(super) fn on_record(mut records: Vec<&Record>) -> Vec<&Record> {
    records.retain(|record| !record.is_off_record());
    records
}

/// The lines that continue a record, and those that continue them, each after the line that it continues.
fn continued(board: &Board, id: RecordId) -> Vec<&Record> {
    let mut found = Vec::new();
    let mut open = difficulty::continuations(board, id);
    open.reverse();
    while let Some(line) = open.pop() {
        found.push(line);
        open.extend(difficulty::continuations(board, line.id).into_iter().rev());
    }
    found
}

/// What a record says, with the sample mark where it is one.
pub(super) fn wording(record: &Record) -> String {
    marked(nfc::clean_line(record.wording()).trim(), record.flag(&field::SAMPLE))
}

pub(super) fn marked(text: &str, sample: bool) -> String {
    if sample { format!("{text} {SAMPLE}") } else { text.to_owned() }
}

/// A unit's full name, or its code.
pub(super) fn unit_name(unit: &Record) -> &str {
    unit.text(&field::TITLE).unwrap_or_else(|| roster::code(unit))
}

/// A person: title or name, then post.
pub(super) fn person(attendee: &Record) -> String {
    match attendee.text(&field::POST) {
        Some(post) => format!("{}, {post}", attendee.wording()),
        None => attendee.wording().to_owned(),
    }
}

/// The name that stands below a signature: without forms of address and titles. Who is listed by what they do (`Đồng chí chủ trì`) has none
/// and writes it by hand.
pub(super) fn signed_name(person: &str) -> String {
    const ADDRESSES: [&str; 11] = ["đồng", "chí", "đ/c", "ông", "bà", "gs", "pgs", "ts", "ths", "bs", "ks"];
    let is_address = |word: &&str| {
        let parts = word.split(['.', ',']).filter(|part| !part.is_empty());
        parts.map(str::to_lowercase).all(|part| ADDRESSES.contains(&part.as_str()))
    };
    let words: Vec<&str> = person.split_whitespace().skip_while(is_address).collect();
    let is_name = words.iter().all(|word| word.starts_with(char::is_uppercase));
    if is_name { words.join(" ") } else { String::new() }
}

/// `10/3/2023`, `05/02/2023`: days below 10 and the months 1 and 2 have two digits, so that nobody puts one before them.
pub(super) fn full_date(date: NaiveDate) -> String {
    let months = if date.month() <= 2 { "%m" } else { "%-m" };
    date.format(&format!("%d/{months}/%Y")).to_string()
}

/// A time of day of a record, with the sample mark where it is one.
pub(super) fn time_of(record: &Record, field: &Field) -> Option<String> {
    let moment = record.moment(field)?;
    Some(marked(&clock(moment.time()), record.is_sample(field)))
}

/// `07 giờ 45 – 08 giờ 00`, or what is known of it, and whether that is a sample.
pub(super) fn times_of(record: &Record) -> (Vec<String>, bool) {
    let fields = [field::STARTED_AT, field::ENDED_AT];
    let sample = fields.iter().any(|field| record.is_sample(field));
    let moments = fields.iter().filter_map(|field| record.moment(field));
    (moments.map(|moment| clock(moment.time())).collect(), sample)
}

/// `08 giờ 00`.
pub(super) fn clock(time: NaiveTime) -> String {
    time.format("%H giờ %M").to_string()
}

/// The session's title as it follows the word `hội nghị`, which many titles begin with.
pub(super) fn called(session: Session<'_>) -> String {
    const WORD: &str = "hội nghị ";
    let title = session.title();
    let start: String = title.chars().take(WORD.chars().count()).collect();
    let rest = title.get(start.len()..).filter(|_| start.to_lowercase() == WORD);
    rest.unwrap_or(title).to_owned()
}

/// The figures of the roll call in one phrase, with the sample mark if one of the people is a sample.
pub(super) fn attendance(board: &Board) -> Option<String> {
    let roll = Roll::of(board);
    if roll.summoned == 0 {
        return None;
    }
    let mut parts = vec![format!("có mặt {}/{} đại biểu", roll.present, roll.summoned)];
    for (count, what) in [
        (roll.excused, "vắng có lý do"),
        (roll.unexcused, "vắng không lý do"),
        (roll.unmarked, "chưa điểm danh"),
        (roll.guests, "khách mời"),
    ] {
        if count > 0 {
            parts.push(format!("{what} {count}"));
        }
    }
    let people = board.of_kind(Kind::Attendee);
    Some(marked(&parts.join(", "), people.iter().any(|attendee| attendee.flag(&field::SAMPLE))))
}

/// A sentence that ends as one.
pub(super) fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?', '…', ':']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_below_a_signature_has_no_title_and_a_role_is_no_name() {
        for (person, name) in [
            ("Nguyễn Văn An", "Nguyễn Văn An"),
            ("Đồng chí Nguyễn Thị Bình", "Nguyễn Thị Bình"),
            ("đ/c PGS.TS. Trần Đức", "Trần Đức"),
            ("PGS, TS Trần Đức", "Trần Đức"),
            ("Bà H'Hen Niê", "H'Hen Niê"),
            ("Y Bhê\u{306} Ơ\u{306}ban", "Y Bhê\u{306} Ơ\u{306}ban"),
            ("Đồng chí chủ trì", ""),
            ("Đại diện Ban Tổ chức Quận ủy Quận 3", ""),
            ("Đồng chí", ""),
        ] {
            assert_eq!(signed_name(person), name, "{person}");
        }
    }

    #[test]
    fn days_and_the_first_months_have_two_digits() {
        for (day, written) in [
            ((2024, 2, 5), "05/02/2024"),
            ((2024, 10, 5), "05/10/2024"),
            ((2024, 1, 15), "15/01/2024"),
            ((2023, 3, 10), "10/3/2023"),
        ] {
            let (year, month, day) = day;
            assert_eq!(full_date(NaiveDate::from_ymd_opt(year, month, day).unwrap()), written);
        }
    }
}
