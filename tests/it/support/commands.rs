//! An example of every kind of command, each at a desk where it can be carried out.

use hoinghi::domain::{
    board::Board,
    change::{Write, WriteId},
    command::{Capture, Command, NewRecord, NewSection, NewSession, Place, Relation},
    cover::Cover,
    edit::{Edit, Lead},
    field, follow_up,
    ids::{IdStream, RecordId, ScopeId},
    kind::{DifficultyNature, Kind, PledgeState, Reading, SessionState, TaskKind},
    policy::Role,
    revision::Revision,
    roll_call::Mark,
    template::Template,
};

use super::domain::testing::{Desk, HOA, ITEMS, LAN, THEME, UNITS, eight_o_clock, foreign, new_session};

/// A command, and the desk at which a facilitator may give it. Every line there is `LAN`'s.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) desk: Desk,
    pub(crate) command: Command,
}

/// The lines on the desk of the examples.
struct Lines {
    desk: Desk,
    note: RecordId,
    first: RecordId,
    second: RecordId,
    solution: RecordId,
    secret: RecordId,
}

impl Lines {
    fn new() -> Self {
        let mut desk = Desk::at_session(1);
        desk.submit(&Command::SetState { state: SessionState::Open }).unwrap();
        desk.seat(LAN, Role::NoteTaker);
        let note = desk.line(Kind::Note, "chưa có tài khoản dùng chung");
        let first = desk.line(Kind::Difficulty, "chuyển người, không chuyển dữ liệu");
        let second = desk.line(Kind::Difficulty, "con dấu thay đổi; hồ sơ cũ kẹt");
        let solution = desk.line(Kind::Solution, "một đầu mối mỗi phường");
        let secret = desk.capture(Kind::Difficulty, "BÍ MẬT", true);
        desk.seat(LAN, Role::Facilitator);
        Self { desk, note, first, second, solution, secret }
    }

    fn example(&self, command: Command) -> Example {
        Example { desk: self.desk.clone(), command }
    }

    /// The example of a command that needs another before it.
    fn after(&self, before: &Command, command: Command) -> Example {
        let mut desk = self.desk.clone();
        desk.submit(before).unwrap();
        Example { desk, command }
    }

    fn seen(&self, record: RecordId) -> Vec<WriteId> {
        self.desk.seen(record, &field::TEXT)
    }

    fn capture(off_record: bool) -> Command {
        Command::Capture(Box::new(Capture {
            record: RecordId(0x51),
            kind: Kind::Opinion,
            text: "nên có một sổ tay".into(),
            said_at: eight_o_clock(),
            details: vec![Edit::Unit(Some(UNITS[1])), Edit::CheckLater(true)],
            off_record,
        }))
    }

    fn edit(&self, record: RecordId) -> Command {
        Command::Edit { record, edit: Edit::Text("viết lại".into()), seen: self.seen(record) }
    }

    /// What somebody who read the line found missing.
    fn fill(record: RecordId) -> Command {
        let due = Edit::Deadline { words: "quý II/2023".into(), day: None, kind: Some(TaskKind::Quarterly) };
        let edits = vec![Edit::LeadUnit(Some(Lead::Each)), due, Edit::Deliverable("sổ tay".into())];
        Command::Fill { record, edits, seen: Vec::new() }
    }

    fn split(&self, record: RecordId) -> Command {
        let rest = vec![(RecordId(0x52), "hồ sơ cũ kẹt".into()), (RecordId(0x53), "thiếu mẫu".into())];
        Command::Split { record, first: "con dấu thay đổi".into(), rest, seen: self.seen(record) }
    }
}

/// Examples of every kind, at least one each.
pub(crate) fn examples() -> Vec<Example> {
    let create = |session| Command::CreateSession(Box::new(session));
    let new = |session| Example { desk: Desk::empty(1), command: create(session) };
    let mut examples = vec![new(new_session()), new(cloned_session())];
    let lines = Lines::new();
    examples.push(of_the_office());
    examples.extend(making(&lines));
    examples.extend(sorting(&lines));
    examples.extend(running(&lines));
    examples.extend(ruling(&lines));
    examples.extend(speaking(&lines));
    examples.extend(reading(&lines));
    examples.extend(showing(&lines));
    examples.extend(reverting(&lines));
    examples
}

/// A session after the pattern of another one, with people.
fn cloned_session() -> NewSession {
    let mut before = Desk::at_session_in(ScopeId(0x99), 4);
    let (record, kind) = (RecordId(0x63), Kind::Attendee);
    let details = vec![Edit::Title("đại biểu Quận 1".into()), Edit::Unit(Some(UNITS[0]))];
    before.submit(&Command::Add { record, kind, details, place: Place::Last }).unwrap();
    let template = Template::of(&before.board).unwrap();
    template.lay(new_session(), false, &mut IdStream::new(9)).session
}

fn making(lines: &Lines) -> Vec<Example> {
    let add = Command::Add {
        record: RecordId(0x50),
        kind: Kind::Conclusion,
        details: vec![Edit::Text("Thống nhất một đầu mối".into())],
        place: Place::Last,
    };
    let of = |record, kind, details| NewRecord { record: RecordId(record), kind, details };
    let unit = of(0x5d, Kind::Unit, vec![Edit::Code("Q9".into()), Edit::Title("Quận 9".into())]);
    let person = vec![Edit::Title("Bà Chín".into()), Edit::Unit(Some(RecordId(0x5d)))];
    let roster = Command::AddRoster { records: vec![unit, of(0x5e, Kind::Attendee, person)] };
    let paragraphs = vec![(RecordId(0x56), "Đoạn một".into()), (RecordId(0x57), "Đoạn hai".into())];
    let section = NewSection { record: RecordId(0x55), heading: "Thực trạng".into(), paragraphs };
    let keynote = Command::AddKeynote { sections: vec![section] };
    let mut examples = revising(lines, &keynote);
    let plain = [add, roster, keynote, take_up(), Lines::capture(false), Lines::capture(true)];
    examples.extend(plain.map(|command| lines.example(command)));
    examples
}

/// A newer version in which one paragraph has other words, one is new, one is gone, and the sections stand elsewhere.
fn revising(lines: &Lines, keynote: &Command) -> Vec<Example> {
    let mut desk = lines.desk.clone();
    desk.submit(keynote).unwrap();
    let newer = [("Số liệu", vec!["Đoạn ba"]), ("Thực trạng", vec!["Đoạn một sửa"])];
    let part = |(heading, texts): (&str, Vec<&str>)| {
        (heading.to_owned(), texts.into_iter().map(str::to_owned).collect())
    };
    let command = Revision::of(&desk.board, &newer.map(part), &mut desk.ids).command();
    vec![Example { desk, command }]
}

/// Lines and the theme that they are about.
fn about(lines: &[RecordId]) -> Vec<(RecordId, Edit)> {
    lines.iter().map(|line| (*line, Edit::Theme(Some(THEME)))).collect()
}

/// What the session before left: a task that every unit has to do, and a recommendation.
fn take_up() -> Command {
    let mut before = Desk::at_session_in(ScopeId(0x99), 3);
    let task = before.line(Kind::Task, "rà soát đảng viên");
    before.edit(task, Edit::LeadUnit(Some(Lead::Each))).unwrap();
    before.line(Kind::Recommendation, "cấp kinh phí");
    Command::TakeUp { items: follow_up::left_by(&before.board) }
}

fn sorting(lines: &Lines) -> Vec<Example> {
    let Lines { note, first, second, solution, secret, .. } = *lines;
    let nature = Some(DifficultyNature::Obstacle);
    let merge = Command::Merge { into: first, from: vec![second] };
    let link = Command::Link { from: solution, relation: Relation::Answers, to: first };
    let unlink = Command::Unlink { from: solution, relation: Relation::Answers, to: first };
    let unit = Some(UNITS[2]);
    let mut examples = vec![
        lines.after(&merge, Command::Unmerge { record: second }),
        lines.after(&link, unlink),
        lines.after(&Command::Remove { record: first }, Command::Restore { record: first }),
    ];
    let plain = [
        lines.edit(first),
        lines.edit(secret),
        Lines::fill(solution),
        Command::FillEach { edits: about(&[note, first, secret]), seen: Vec::new() },
        Command::Classify { records: vec![note, solution], kind: Kind::Difficulty, nature },
        Command::Classify { records: vec![secret], kind: Kind::Opinion, nature: None },
        lines.split(second),
        expand(first, "chuyển người, không chuyển dữ liệu"),
        expand(secret, "BÍ MẬT"),
        lines.split(secret),
        merge,
        Command::Attach { record: note, to: Some(first) },
        Command::Take { record: first, twin: second },
        Command::KeepBoth { record: first, twin: second },
        Command::ChangeSpeaker { records: vec![first, second, secret], unit, speaker: None },
        link,
        Command::Move { record: second, place: Place::First },
        Command::Remove { record: first },
    ];
    examples.extend(plain.map(|command| lines.example(command)));
    examples
}

fn expand(record: RecordId, from: &str) -> Command {
    Command::Expand { record, from: from.into(), to: "viết đủ chữ".into() }
}

/// The office's abbreviations are the organisation's.
fn of_the_office() -> Example {
    let mut desk = Desk::empty(1);
    desk.board = Board::empty(ScopeId::ORGANISATION);
    let entries = [("đv", "đơn vị"), ("shđ", "sinh hoạt đảng")];
    let entries = entries.map(|(short, long)| (short.to_owned(), Some(long.to_owned()))).to_vec();
    Example { desk, command: Command::SetAbbreviations { entries } }
}

fn running(lines: &Lines) -> Vec<Example> {
    let day = eight_o_clock().date_naive();
    let details = vec![Edit::Unit(Some(UNITS[0])), Edit::SignedOn(Some(day))];
    let start = |item| Command::StartItem { record: Some(item) };
    let add = |record, kind, title: &str| {
        let details = vec![Edit::Title(title.into())];
        Command::Add { record, kind, details, place: Place::Last }
    };
    let (attendee, venue, sitting) = (RecordId(0x58), RecordId(0x59), RecordId(0x5a));
    let adding_attendee = add(attendee, Kind::Attendee, "đại biểu Quận 1");
    let marked = |sitting, mark| Command::MarkAttendance { attendees: vec![attendee], sitting, mark };
    let lost = Command::SetConnection { venue, connected: false };
    let adding_venue = add(venue, Kind::Venue, "Điểm cầu Thủ Đức");
    let plain = [
        Command::SetState { state: SessionState::Closed },
        Command::SetPledge { state: PledgeState::Agreed },
        start(ITEMS[0]),
        Command::Sign { record: RecordId(0x54), details },
    ];
    let mut examples = plain.map(|command| lines.example(command)).to_vec();
    examples.push(lines.after(&start(ITEMS[0]), start(ITEMS[1])));
    examples.push(lines.after(&adding_venue, lost.clone()));
    let back = Command::SetConnection { venue, connected: true };
    examples.push(lines.after(&adding_venue, lost).then(back));
    let seat = Command::Seat { attendees: vec![attendee], venue: Some(venue) };
    examples.push(lines.after(&adding_attendee, adding_venue).then(seat));
    examples.extend(sittings(lines, sitting));
    let marks = [
        Mark::Present,
        Mark::Substitute("ông A".into()),
        Mark::Excused,
        Mark::Unexcused,
        Mark::Late(eight_o_clock()),
        Mark::LeftEarly(eight_o_clock()),
    ];
    examples.extend(marks.map(|mark| lines.after(&adding_attendee, marked(None, mark))));
    let second = lines.after(&adding_attendee, add(RecordId(0x5b), Kind::Sitting, "Buổi sáng"));
    let second = second.then(add(sitting, Kind::Sitting, "Buổi chiều"));
    examples.push(second.then(marked(Some(sitting), Mark::Present)));
    examples
}

fn sittings(lines: &Lines, sitting: RecordId) -> Vec<Example> {
    let end = Command::EndSitting { sitting, title: "Buổi sáng".into() };
    let begin = |sitting| Command::BeginSitting { sitting, title: "Buổi chiều".into() };
    let ended = lines.after(&Command::StartItem { record: Some(ITEMS[0]) }, end);
    vec![ended.clone(), ended.clone().then(begin(RecordId(0x5c))), ended.then(begin(sitting))]
}

fn ruling(lines: &Lines) -> Vec<Example> {
    let stranger = foreign(
        40,
        1,
        90,
        vec![Write {
            record: lines.first,
            field: field::TEXT,
            value: "người ngoài sửa".into(),
            replaces: lines.seen(lines.first),
        }],
    );
    let mut desk = lines.desk.clone();
    desk.board.apply(std::sync::Arc::clone(&stranger));
    let receive = Command::Receive { cover: Box::new(Cover::of(&desk.board, [stranger.as_ref()])) };
    let mut holding = desk.clone();
    holding.submit(&receive).unwrap();
    let changes = vec![stranger.id];
    vec![
        Example { desk, command: receive },
        Example { desk: holding.clone(), command: Command::Accept { changes: changes.clone() } },
        Example { desk: holding, command: Command::Decline { changes } },
        lines.example(Command::Admit { person: HOA, role: Role::NoteTaker }),
        lines.example(Command::TakeNotebook { person: LAN, letter: 'B' }),
        lines.example(Command::Erase { words: "dùng chung".into() }),
    ]
}

fn speaking(lines: &Lines) -> Vec<Example> {
    let (speech, pause) = (RecordId(0x60), RecordId(0x61));
    let unit = Some(UNITS[1]);
    let register = Command::Register { record: speech, unit, speaker: None };
    let floor = Command::GiveFloor { record: speech, unit, speaker: None };
    let stop = |speech| Command::Pause { record: pause, speech };
    let [seen, seen_limit] =
        [field::PLANNED, field::SPEECH_LIMIT].map(|field| lines.desk.seen(ITEMS[1], &field));
    let allot = Command::Allot { item: ITEMS[1], planned: 40, limit: 6, seen, seen_limit };
    let plain = [register.clone(), floor.clone(), stop(None), allot];
    let mut examples = plain.map(|command| lines.example(command)).to_vec();
    examples.push(lines.after(&register, floor.clone()));
    examples.push(lines.after(&stop(None), Command::Resume { speech: None }));
    examples.push(lines.after(&floor, stop(Some(speech))));
    examples.push(lines.after(&floor, Command::EndSpeech));
    let mut stopped = lines.after(&floor, Command::Resume { speech: Some(speech) });
    stopped.desk.submit(&stop(Some(speech))).unwrap();
    examples.push(stopped.clone());
    examples.push(Example { command: Command::SetState { state: SessionState::Closed }, ..stopped });
    examples
}

fn showing(lines: &Lines) -> Vec<Example> {
    let records = vec![lines.first, lines.second];
    let publish = Command::Publish { records: records.clone() };
    let disclose = Command::Disclose { record: lines.secret, into: RecordId(0x62) };
    let edited = lines.after(&publish, lines.edit(lines.first));
    vec![
        lines.example(publish.clone()),
        edited.then(publish.clone()),
        lines.after(&publish, Command::Unpublish { records }),
        lines.example(disclose),
    ]
}

fn reading(lines: &Lines) -> Vec<Example> {
    let (record, words) = (lines.solution, "Hướng xử lý: một đầu mối mỗi phường.".to_owned());
    let read = |reading| Command::ReadBack { record, reading, words: words.clone() };
    let freeze = |paragraphs| Command::Freeze { paragraphs };
    let frozen = freeze(vec![(record, words.clone()), (lines.first, "Chuyển người.".to_owned())]);
    let mut examples = Reading::ALL.iter().map(|reading| lines.example(read(*reading))).collect::<Vec<_>>();
    examples.push(lines.after(&read(Reading::Left), read(Reading::Agreed)));
    examples.push(lines.example(frozen.clone()));
    examples.push(lines.after(&frozen, freeze(vec![(lines.second, "Con dấu.".to_owned())])));
    examples
}

fn reverting(lines: &Lines) -> Vec<Example> {
    let mut examples = Vec::new();
    for command in [lines.edit(lines.first), lines.split(lines.secret)] {
        let mut desk = lines.desk.clone();
        let change = desk.submit(&command).unwrap();
        let undo = Command::Undo { change };
        examples.push(Example { desk: desk.clone(), command: undo.clone() });
        let change = desk.submit(&undo).unwrap();
        examples.push(Example { desk, command: Command::Redo { change } });
    }
    examples
}

impl Example {
    /// The example of a command after this one.
    fn then(mut self, command: Command) -> Self {
        self.desk.submit(&self.command).unwrap();
        Self { command, ..self }
    }

    /// The same with the session in a state, whatever steps lead there.
    pub(crate) fn in_state(&self, state: SessionState) -> Self {
        let mut example = self.clone();
        let record = example.desk.board.scope().root();
        let replaces = example.desk.seen(record, &field::STATE);
        let write = Write { record, field: field::STATE, value: state.into(), replaces };
        let counter = example.desk.board.counter() + 1;
        example.meet(77, counter, vec![write]);
        example
    }

    /// Somebody else's change arrives.
    pub(crate) fn meet(&mut self, origin: u128, counter: u64, writes: Vec<Write>) {
        let mut change = (*foreign(origin, 1, counter, writes)).clone();
        change.header.scope = self.desk.board.scope();
        self.desk.board.apply(change.into());
    }

    /// The same with somebody else at the desk, or the same person in another role.
    pub(crate) fn seated(&self, person: hoinghi::domain::ids::PersonId, role: Role) -> Self {
        let mut example = self.clone();
        example.desk.seat(person, role);
        example
    }
}
