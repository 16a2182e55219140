//! The form of a new session: a few fields, of which only the theme must be filled.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    app::{
        editor::{Draft, Editor},
        form::{self, FieldError},
    },
    domain::{
        agenda,
        board::Board,
        change::Field,
        command::NewSession,
        edit::Edit,
        field,
        ids::{IdStream, RecordId},
        kind::{AgendaKind, Kind},
        quarter::Quarter,
        record::Record,
        roster,
        session::Session,
        template::{Made, Template},
        unit_line,
    },
    i18n::{Lang, Strings, fill},
};

/// The fields, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// The theme.
    Theme,
    /// The quarter.
    Quarter,
    /// The year.
    Year,
    /// The date.
    Date,
    /// When it begins.
    Begins,
    /// Where.
    Place,
    /// The locality of its papers.
    Locality,
    /// The cluster.
    Cluster,
    /// The superior body.
    Superior,
    /// The issuing body.
    Issuer,
    /// Who records; asked once.
    Author,
    /// The units, one a line.
    Units,
}

impl Entry {
    /// All fields.
    pub const ALL: [Self; 12] = [
        Self::Theme,
        Self::Quarter,
        Self::Year,
        Self::Date,
        Self::Begins,
        Self::Place,
        Self::Locality,
        Self::Cluster,
        Self::Superior,
        Self::Issuer,
        Self::Author,
        Self::Units,
    ];

    /// Whether a text is what it asks for: a number, a date or a time.
    fn is_figure(self, text: &str) -> bool {
        match self {
            Self::Quarter => form::parse_quarter(text, "2000").is_ok(),
            Self::Year => form::parse_quarter("1", text).is_ok(),
            Self::Date => form::parse_date(text).is_ok(),
            Self::Begins => form::parse_time(text).is_ok(),
            _ => false,
        }
    }

    /// What is asked for.
    pub fn hint(self, strings: &Strings) -> &'static str {
        let hints = Self::ALL.iter().zip(strings.import.making.hints);
        hints.into_iter().find(|(entry, _)| **entry == self).map_or("", |(_, hint)| hint)
    }

    /// The label.
    pub fn label(self, strings: &Strings) -> &'static str {
        match self {
            Self::Theme => strings.field_theme,
            Self::Quarter => strings.field_quarter,
            Self::Year => strings.field_year,
            Self::Date => strings.field_date,
            Self::Begins => strings.field_begins,
            Self::Place => strings.field_place,
            Self::Locality => strings.field_locality,
            Self::Cluster => strings.field_cluster,
            Self::Superior => strings.field_superior,
            Self::Issuer => strings.field_issuer,
            Self::Author => strings.field_author,
            Self::Units => strings.field_units,
        }
    }
}

/// The form.
#[derive(Debug, Clone)]
pub struct Wizard {
    /// Its fields in order, each with its editor.
    pub fields: Vec<(Entry, Editor)>,
    /// The field being typed; one past the last is the button.
    pub at: usize,
    /// The session after which the new one is made, if it is.
    pub template: Option<Template>,
}

/// What is kept of a half-filled form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    texts: Vec<(Entry, Draft)>,
    at: usize,
    #[serde(default)]
    template: Option<Template>,
}

/// Why no session was made; the form stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WizardError {
    /// There is no theme.
    NoTheme,
    /// A field is not what it should be.
    Field(Entry, FieldError),
}

impl WizardError {
    /// What is wrong, in the person's language.
    pub fn words(&self, strings: &Strings) -> String {
        match self {
            Self::NoTheme => strings.error_title.to_owned(),
            Self::Field(_, error) => error.words(strings),
        }
    }

    /// The field to go to.
    pub fn entry(&self) -> Entry {
        if let Self::Field(entry, _) = self { *entry } else { Entry::Theme }
    }
}

impl Wizard {
    /// A form for `today`'s quarter, filled from the last session's board, if there is one; with `author` it asks who records.
    pub fn new(today: NaiveDate, last: Option<&Board>, author: Option<&str>) -> Self {
        let session = last.and_then(Session::of);
        let text = |field: &Field| session.and_then(|s| s.record.text(field)).unwrap_or_default().to_owned();
        let of = |entry| match entry {
            Entry::Quarter => (today.month0() / 3 + 1).to_string(),
            Entry::Year => today.year().to_string(),
            Entry::Date => form::print_date(today),
            Entry::Begins => "08:00".to_owned(),
            Entry::Place => text(&field::PLACE),
            Entry::Locality => text(&field::LOCALITY),
            Entry::Cluster => text(&field::CLUSTER),
            Entry::Superior => text(&field::SUPERIOR),
            Entry::Issuer => text(&field::ISSUER),
            Entry::Author => author.unwrap_or_default().to_owned(),
            Entry::Units => last.map(|board| units_text(board, today)).unwrap_or_default(),
            Entry::Theme => String::new(),
        };
        let asked = Entry::ALL.into_iter().filter(|entry| *entry != Entry::Author || author.is_some());
        let fields = asked.map(|entry| (entry, empty(entry).with_text(&of(entry)))).collect();
        Self { fields, at: 0, template: None }
    }

    /// The same after the pattern of `board`'s session, for the quarter after that one, or today's if that is later still.
    pub fn after(board: &Board, today: NaiveDate, author: Option<&str>) -> Self {
        let mut form = Self::new(today, Some(board), author);
        form.template = Template::of(board);
        let session = Session::of(board);
        if let Some(begins) = session.and_then(Session::begins) {
            form.write(Entry::Begins, &begins.format("%H:%M").to_string());
        }
        let next = session.and_then(Session::quarter).map(Quarter::next);
        if let Some(next) = next.filter(|next| Quarter::of(today).is_none_or(|now| *next > now)) {
            form.write(Entry::Quarter, &next.number().to_string());
            form.write(Entry::Year, &next.year().to_string());
            form.write(Entry::Date, "");
        }
        form
    }

    /// The pattern of another form, and what that form says where nothing is typed in this one.
    pub fn take_pattern(&mut self, other: Self) {
        for (entry, editor) in other.fields {
            if let Some((_, own)) =
                self.fields.iter_mut().find(|(own, text)| *own == entry && text.is_empty())
            {
                *own = editor;
            }
        }
        self.template = other.template;
    }

    fn write(&mut self, entry: Entry, text: &str) {
        if let Some((_, editor)) = self.fields.iter_mut().find(|(known, _)| *known == entry) {
            *editor = empty(entry).with_text(text);
        }
    }

    /// The field being typed; `None` on the button.
    pub fn entry(&self) -> Option<Entry> {
        self.fields.get(self.at).map(|(entry, _)| *entry)
    }

    /// The editor of the field being typed.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        self.fields.get_mut(self.at).map(|(_, editor)| editor)
    }

    /// Goes to another field, or the button after the last.
    pub fn step(&mut self, by: isize) {
        self.arrive(self.at.saturating_add_signed(by).min(self.fields.len()));
    }

    /// A number or a date is replaced by what is typed: nobody adds a digit to a proposed quarter. What is none was meant otherwise and stays.
    fn arrive(&mut self, at: usize) {
        self.at = at;
        if let Some((entry, editor)) = self.fields.get_mut(at)
            && entry.is_figure(&editor.text_nfc())
        {
            editor.select_all();
        }
    }

    /// Enter: another unit among the units, the next field elsewhere.
    pub fn enter(&mut self) {
        match (self.entry(), self.editor()) {
            (Some(Entry::Units), Some(editor)) => editor.newline(),
            _ => self.step(1),
        }
    }

    /// Goes to a field.
    pub fn go(&mut self, entry: Entry) {
        self.arrive(self.fields.iter().position(|(known, _)| *known == entry).unwrap_or(0));
    }

    fn text(&self, entry: Entry) -> String {
        let field = self.fields.iter().find(|(known, _)| *known == entry);
        field.map(|(_, editor)| editor.text_nfc().trim().to_owned()).unwrap_or_default()
    }

    /// Whether a theme was typed; all else may have been proposed.
    pub fn is_begun(&self) -> bool {
        !self.text(Entry::Theme).is_empty()
    }

    /// Who records, if the form asks and somebody has answered.
    pub fn author(&self) -> Option<String> {
        Some(self.text(Entry::Author)).filter(|name| !name.is_empty())
    }

    /// Takes away the question who records.
    pub fn forget_author(&mut self) {
        if let Some(at) = self.fields.iter().position(|(entry, _)| *entry == Entry::Author) {
            self.fields.remove(at);
            self.at -= usize::from(self.at > at);
        }
    }

    /// What is kept of it.
    pub fn kept(&self) -> Kept {
        let draft = |(entry, editor): &(Entry, Editor)| (*entry, editor.draft());
        let texts = self.fields.iter().map(draft).collect();
        Kept { texts, at: self.at, template: self.template.clone() }
    }

    /// The form that was kept.
    pub fn restored(kept: &Kept) -> Self {
        let field = |(entry, draft): &(Entry, Draft)| (*entry, empty(*entry).with_draft(draft));
        let fields: Vec<(Entry, Editor)> = kept.texts.iter().map(field).collect();
        Self { at: kept.at.min(fields.len()), fields, template: kept.template.clone() }
    }

    /// The session that the form describes, with the usual half-day agenda, or after its pattern; `is_first` says whether a quarter is that of
    /// the year's first session.
    ///
    /// # Errors
    /// The first field that is not what it should be.
    pub fn session(
        &self,
        is_first: impl Fn(Quarter) -> bool,
        ids: &mut IdStream,
    ) -> Result<Made, WizardError> {
        let theme = self.text(Entry::Theme);
        if theme.is_empty() {
            return Err(WizardError::NoTheme);
        }
        let wrong = |entry| move |error| WizardError::Field(entry, error);
        let quarter =
            form::parse_quarter(&self.text(Entry::Quarter), &self.text(Entry::Year)).map_err(|error| {
                let entry = if error == FieldError::Quarter { Entry::Quarter } else { Entry::Year };
                WizardError::Field(entry, error)
            })?;
        let date = form::parse_date(&self.text(Entry::Date)).map_err(wrong(Entry::Date))?;
        let begins = form::parse_time(&self.text(Entry::Begins)).map_err(wrong(Entry::Begins))?;
        let mut details = vec![
            Edit::Begins(begins),
            Edit::Place(self.text(Entry::Place)),
            Edit::Locality(self.text(Entry::Locality)),
            Edit::Cluster(self.text(Entry::Cluster)),
            Edit::Superior(self.text(Entry::Superior)),
            Edit::Issuer(self.text(Entry::Issuer)),
        ];
        details.extend(date.map(Edit::Date));
        let units = self.units(ids);
        details.extend(units.first().map(|(unit, ..)| Edit::HeadUnit(Some(*unit))));
        // Titles of items stand in papers, which are Vietnamese whatever the screen's language.
        let title = |kind: AgendaKind| Lang::Vietnamese.strings().agenda_kind(kind).to_owned();
        let session = NewSession {
            title: theme.clone(),
            quarter,
            details,
            themes: vec![(ids.record(), theme)],
            agenda: agenda::half_day_items(is_first(quarter), ids, title),
            units,
            further: Vec::new(),
            others: Vec::new(),
        };
        Ok(match &self.template {
            Some(template) => template.lay(session, is_first(quarter), ids),
            None => Made { session, left_out: Vec::new() },
        })
    }

    fn units(&self, ids: &mut IdStream) -> Vec<(RecordId, String, String)> {
        let units = unit_line::read_all(&self.text(Entry::Units)).into_iter();
        units.map(|(code, name)| (ids.record(), code, name)).collect()
    }
}

fn empty(entry: Entry) -> Editor {
    if entry == Entry::Units { Editor::multi() } else { Editor::line() }
}

/// A session's units as the form shows them, without those that are over by a day.
fn units_text(board: &Board, day: NaiveDate) -> String {
    let line =
        |unit: &Record| unit_line::write(roster::code(unit), unit.text(&field::TITLE).unwrap_or_default());
    let units = board.of_kind(Kind::Unit).into_iter().filter(|unit| !roster::is_over_by(unit, day));
    let lines: Vec<String> = units.map(line).collect();
    lines.join("\n")
}

/// How Home and headers call a quarter.
pub fn quarter_words(strings: &Strings, quarter: Option<Quarter>) -> String {
    quarter.map_or(strings.no_quarter.to_owned(), |quarter| fill(strings.quarter, &[&quarter.to_string()]))
}
