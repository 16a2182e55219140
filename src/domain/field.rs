//! The names of fields. A new field is a new name here; nothing else in the fold changes.

use super::change::Field;

/// Whether a field says something about changes or their authors, not about the session, and belongs in no paper.
pub fn is_bookkeeping(field: &Field) -> bool {
    [SEAL, BORN].contains(field) || set::OF_CHANGES.iter().any(|set| field.member_of(set).is_some())
}

/// Whether a write of the field is a remark that stands in its change alone and on no record.
pub(super) fn is_remark(field: &Field) -> bool {
    *field == BORN || [set::HELD, set::ERASED, set::AFTER].iter().any(|set| field.member_of(set).is_some())
}

macro_rules! fields {
    ($($(#[$doc:meta])* $constant:ident = $name:literal;)*) => {
        $($(#[$doc])* pub const $constant: Field = Field::named(&$name);)*

        /// The constant for a known name, so that boards share one text a name.
        pub(super) fn known(name: &str) -> Option<Field> {
            match name {
                $($name => Some($constant),)*
                _ => None,
            }
        }
    };
}

fields! {
    /// What the record is: a [`super::kind::Kind`]'s name.
    KIND = "kind";
    /// The short human number, such as `KK-05`; given by the host, never reused.
    NUMBER = "number";
    /// Set when the record was removed; cleared when restored.
    REMOVED = "removed";
    /// Fractional key among its siblings.
    POSITION = "position";
    /// The record that contains this one (a section's paragraph, a group's target).
    PARENT = "parent";
    /// The main text, NFC.
    TEXT = "text";
    /// A title or name.
    TITLE = "title";
    /// A short code of a unit (`Q1`).
    CODE = "code";
    /// A description of a person's post, in place of or beside a name.
    POST = "post";
    /// Difficulty, obstacle or shortcoming.
    NATURE = "nature";
    /// Weight 0 to 3, from `!` to `!!!`.
    WEIGHT = "weight";
    /// To be checked later (`??`).
    CHECK_LATER = "check_later";
    /// Filled in to complete a sample; not a fact of the source.
    SAMPLE = "sample";
    /// The session's unit that raised or holds it.
    UNIT = "unit";
    /// The attendee who said it.
    SPEAKER = "speaker";
    /// The agenda item during which it was said.
    ITEM = "item";
    /// The theme to which it belongs.
    THEME = "theme";
    /// When it was said (first keystroke), RFC 3339.
    SAID_AT = "said_at";
    /// The record it was merged into.
    MERGED_INTO = "merged_into";
    /// The record it continues.
    ATTACHED_TO = "attached_to";
    /// The record it was split from.
    SPLIT_FROM = "split_from";
    /// Who may settle it: unit, cluster, city, central, out of scope.
    AUTHORITY = "authority";
    /// To whom a recommendation goes.
    ADDRESSEE = "addressee";
    /// The answer that came.
    ANSWER = "answer";
    /// The one unit that leads a task, or `each`.
    LEAD_UNIT = "lead_unit";
    /// Due date, `2023-06-30`.
    DUE = "due";
    /// By when something is due, as it was said, if that was not just the date.
    DUE_WORDS = "due_words";
    /// Whether a task is done once, always, or again and again.
    TASK_KIND = "task_kind";
    /// What will exist when the task is done.
    DELIVERABLE = "deliverable";
    /// The date on which a task was done.
    DONE_ON = "done_on";
    /// Which part of the notice a conclusion belongs to.
    PART = "part";
    /// The kind of an agenda item.
    ITEM_KIND = "item_kind";
    /// Planned minutes.
    PLANNED = "planned";
    /// When an item began, RFC 3339.
    STARTED_AT = "started_at";
    /// When an item ended, RFC 3339.
    ENDED_AT = "ended_at";
    /// How many minutes a speech may take during an item.
    SPEECH_LIMIT = "speech_limit";
    /// The speech during which a line was said.
    SPEECH = "speech";
    /// A state: of the session or the pledge.
    STATE = "state";
    /// The state of the pledge, on the session.
    PLEDGE_STATE = "pledge_state";
    /// The year of a session.
    YEAR = "year";
    /// The quarter of a session, 1 to 4.
    QUARTER = "quarter";
    /// A calendar date.
    DATE = "date";
    /// When a session begins, `08:00`.
    BEGINS = "begins";
    /// When a session ended, RFC 3339.
    CLOSED_AT = "closed_at";
    /// Where a session is held: a hall, an office.
    PLACE = "place";
    /// The name of the locality that stands before the date of papers.
    LOCALITY = "locality";
    /// The name of the cluster.
    CLUSTER = "cluster";
    /// The unit that heads the cluster.
    HEAD_UNIT = "head_unit";
    /// The unit that deputises.
    DEPUTY_UNIT = "deputy_unit";
    /// The body above the issuing one, as printed.
    SUPERIOR = "superior";
    /// The body that issues documents, as printed.
    ISSUER = "issuer";
    /// The attendee who chairs.
    CHAIR = "chair";
    /// The attendee who records.
    RECORDER = "recorder";
    /// The layout family of the cluster's documents: `party` or `state`.
    LAYOUT = "layout";
    /// The role of an attendee at the session.
    PART_PLAYED = "part_played";
    /// Attendance.
    ATTENDANCE = "attendance";
    /// When an attendee arrived, RFC 3339.
    ARRIVED = "arrived";
    /// When an attendee left, RFC 3339.
    LEFT = "left";
    /// For whom a substitute stands: an attendee's id, or a name that is not on the list.
    SUBSTITUTE_FOR = "substitute_for";
    /// Why somebody is absent.
    ABSENCE_REASON = "absence_reason";
    /// The venue at which an attendee sits.
    VENUE = "venue";
    /// On the sitting that was made first: what was marked before there were sittings belongs to it.
    OPENING = "opening";
    /// A target's figure and unit of measure, as text.
    FIGURE = "figure";
    /// When a unit signed.
    SIGNED_ON = "signed_on";
    /// The first day on which a unit exists.
    VALID_FROM = "valid_from";
    /// The last day on which a unit exists.
    VALID_TO = "valid_to";
    /// The unit that took its place.
    SUCCESSOR = "successor";
    /// A stub whose body is in the private log.
    OFF_RECORD = "off_record";
    /// The session and the record in which an item that is followed was first: both ids with a slash between.
    EARLIER = "earlier";
    /// What it was there: a task or a recommendation.
    EARLIER_KIND = "earlier_kind";
    /// The number that it had there.
    EARLIER_NUMBER = "earlier_number";
    /// The codes of the units that have to do it, as they were called there.
    ASSIGNED = "assigned";
    /// In how many sessions before this one it was raised.
    RAISED = "raised";
    /// This session raises it again.
    CARRIED = "carried";
    /// Somebody arranged the people of its unit by hand, in an earlier session.
    ARRANGED = "arranged";
    /// What came of a point of the agenda, a speech or a task.
    RESULT = "result";
    /// What the session was closed or issued with: a [`super::cover::Cover`], on the session.
    SEAL = "seal";
    /// When a record came into being whose first change was erased: the counter and the hash of that change.
    BORN = "born";
    /// What was said of a paragraph when it was read back: a [`super::kind::Reading`]'s name.
    READING = "reading";
    /// The words of a paragraph when that was said.
    READ_AS = "read_as";
    /// The words of a paragraph in the version that was frozen as read.
    FROZEN_AS = "frozen_as";
    /// When the version as read was frozen, on the session, RFC 3339.
    FROZEN_AT = "frozen_at";
    /// A note-taker proposes it; the chair or a facilitator has not accepted it yet.
    PROPOSED = "proposed";
    /// The words that the room sees on the projector: as they were when somebody published them.
    PUBLISHED = "published";
}

/// The links by which the records that point at one are found.
pub const LINKS: &[&str] = &["parent", "merged_into", "attached_to"];

/// Sets: the members are fields `set.key` that hold `true`.
pub mod set {
    /// The office's abbreviations, keyed by the short form, on the organisation; they hold what it stands for.
    pub const ABBREVIATION: &str = "abbr";
    /// Tags, keyed by the tag's text.
    pub const TAG: &str = "tag";
    /// Units that support a task, keyed by unit.
    pub const SUPPORT: &str = "support";
    /// Units that share the opinion, keyed by unit.
    pub const SAME_OPINION: &str = "same";
    /// Further units to which a person belongs, keyed by unit.
    pub const ALSO: &str = "also";
    /// Fields whose content completes a sample, keyed by the field's name.
    pub const SAMPLE_OF: &str = "sample";
    /// Lines of other note-takers that are not about the same words, keyed by record.
    pub const APART: &str = "apart";
    /// Difficulties that a solution, recommendation, conclusion or task answers, keyed by record.
    pub const ANSWERS: &str = "answers";
    /// The times for which a venue was not connected, keyed by the moment it was lost; they hold the moment it came back, or
    /// `true` as long as it has not.
    pub const OUTAGE: &str = "outage";
    /// Records that this one follows from (a task from a conclusion, a conclusion from a recommendation).
    pub const FOLLOWS: &str = "follows";

    /// What was decided about changes that are not in effect by themselves, keyed by change, on the session.
    pub const VERDICT: &str = "verdict";
    /// Covers of changes that came from people who were not admitted, keyed by digest, on the session.
    pub const HELD: &str = "held";
    /// Changes whose payload is erased, keyed by change, on the session.
    pub const ERASED: &str = "erased";
    /// The seal that the author of a change knew of, keyed by the change that sealed.
    pub const AFTER: &str = "after";
    /// The role in which somebody was admitted, keyed by person, on the session.
    pub const ADMITTED: &str = "admitted";

    /// Who took a notebook, keyed by its letter, on the session.
    pub const NOTEBOOK: &str = "notebook";

    /// The sets that say something about changes and their authors.
    pub(in crate::domain) const OF_CHANGES: &[&str] = &[VERDICT, HELD, ERASED, AFTER, ADMITTED, NOTEBOOK];

    /// The sets whose keys are records.
    pub const OF_RECORDS: &[&str] = &[SUPPORT, SAME_OPINION, ANSWERS, FOLLOWS, ALSO];
}
