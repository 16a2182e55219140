//! What a record is, and the small enumerations its fields hold.

use serde::{Deserialize, Serialize};

/// An enumeration whose values have names in the log. The names are frozen; a new value is a new name.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the log.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The value with that name.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl From<$name> for $crate::domain::change::Value {
            fn from(value: $name) -> Self {
                value.name().into()
            }
        }
    };
}
pub(super) use named;

named! {
    /// What a record is.
    Kind {
        /// The session itself: the root record of its scope.
        Session = "session",
        /// A unit; in a session, its name as frozen there.
        Unit = "unit",
        /// Somebody at the table.
        Attendee = "attendee",
        /// A theme of the session.
        Theme = "theme",
        /// A point of the agenda.
        AgendaItem = "agenda_item",
        /// A heading of the keynote.
        Section = "section",
        /// A paragraph of a section.
        Paragraph = "paragraph",
        /// A captured line that nobody has classified yet.
        Note = "note",
        /// A difficulty, obstacle or shortcoming.
        Difficulty = "difficulty",
        /// Why a difficulty exists.
        Cause = "cause",
        /// An opinion.
        Opinion = "opinion",
        /// How a difficulty is settled.
        Solution = "solution",
        /// A request to an authority.
        Recommendation = "recommendation",
        /// What the chair concluded.
        Conclusion = "conclusion",
        /// Work that a conclusion gives to units.
        Task = "task",
        /// A content group of the pledge.
        PledgeGroup = "pledge_group",
        /// A target of a content group.
        Target = "target",
        /// The record that a unit signed the pledge.
        Signature = "signature",
        /// Part of a day's session.
        Sitting = "sitting",
        /// One of the places of a session held in several.
        Venue = "venue",
        /// One turn of one speaker.
        Speech = "speech",
        /// A time during which the clock of the session, or of one speech, stands still.
        Pause = "pause",
        /// A task or a recommendation of an earlier session, followed in this one.
        FollowUp = "follow_up",
        /// A cluster of the organisation.
        Cluster = "cluster",
    }
}

impl Kind {
    /// The letters before its short number; `None` for kinds that carry no number.
    pub const fn prefix(self) -> Option<&'static str> {
        Some(match self {
            Self::Note => "GN",
            Self::Difficulty => "KK",
            Self::Cause => "NN",
            Self::Opinion => "YK",
            Self::Solution => "GP",
            Self::Recommendation => "KN",
            Self::Conclusion => "KL",
            Self::Task => "NV",
            _ => return None,
        })
    }

    /// The kinds with which something is decided: a note-taker only proposes them.
    pub const DECIDING: &'static [Self] =
        &[Self::Solution, Self::Recommendation, Self::Conclusion, Self::Task];

    /// The kinds of what somebody said, as against what was drawn from it: each wants a speaker.
    pub const SAID: &'static [Self] = &[Self::Note, Self::Difficulty, Self::Opinion];

    /// The kinds that a captured line can have.
    pub const CAPTURED: &'static [Self] = &[
        Self::Note,
        Self::Difficulty,
        Self::Cause,
        Self::Opinion,
        Self::Solution,
        Self::Recommendation,
        Self::Conclusion,
        Self::Task,
    ];
}

named! {
    /// The nature of a difficulty.
    DifficultyNature {
        /// Khó khăn.
        Difficulty = "difficulty",
        /// Vướng mắc.
        Obstacle = "obstacle",
        /// Tồn tại.
        Shortcoming = "shortcoming",
    }
}

named! {
    /// Who may settle a recommendation.
    Authority {
        /// The unit itself.
        Unit = "unit",
        /// The cluster.
        Cluster = "cluster",
        /// The City.
        City = "city",
        /// The centre.
        Central = "central",
        /// Outside what this session can ask for.
        OutOfScope = "out_of_scope",
    }
}

named! {
    /// The state of a session.
    SessionState {
        /// Being prepared.
        Draft = "draft",
        /// In session.
        Open = "open",
        /// The meeting ended.
        Closed = "closed",
        /// The notice is out for comments.
        OutForComments = "out_for_comments",
        /// The notice awaits signature.
        ForSignature = "for_signature",
        /// Signed and issued.
        Issued = "issued",
        /// Sent to its recipients.
        Sent = "sent",
    }
}

named! {
    /// The state of the pledge.
    PledgeState {
        /// Being written.
        Draft = "draft",
        /// Agreed.
        Agreed = "agreed",
        /// Signed: the revision is frozen.
        Signed = "signed",
        /// Changed after signing.
        Amended = "amended",
    }
}

named! {
    /// Presence at the roll call.
    Attendance {
        /// Not asked yet.
        Unmarked = "unmarked",
        /// Có mặt.
        Present = "present",
        /// Dự thay.
        Substitute = "substitute",
        /// Vắng có lý do.
        AbsentExcused = "absent_excused",
        /// Vắng không lý do.
        AbsentUnexcused = "absent_unexcused",
    }
}

named! {
    /// What a person does at the session.
    PartPlayed {
        /// Chủ trì.
        Chair = "chair",
        /// Người điều hành.
        Facilitator = "facilitator",
        /// Thư ký.
        NoteTaker = "note_taker",
        /// Đại biểu.
        Delegate = "delegate",
        /// Khách mời.
        Guest = "guest",
    }
}

named! {
    /// What an agenda item is for.
    AgendaKind {
        /// Đón tiếp, điểm danh.
        Reception = "reception",
        /// Tuyên bố lý do, thông qua chương trình.
        Opening = "opening",
        /// Kết luận kỳ trước.
        FollowUp = "follow_up",
        /// Ký kết giao ước thi đua.
        Pledge = "pledge",
        /// Báo cáo đề dẫn.
        Keynote = "keynote",
        /// Thảo luận.
        Discussion = "discussion",
        /// Ý kiến lãnh đạo cấp trên.
        Guidance = "guidance",
        /// Chủ trì kết luận.
        Conclusion = "conclusion",
        /// Bàn giao, bế mạc.
        Closing = "closing",
        /// Anything else.
        Other = "other",
    }
}

named! {
    /// The part of the conclusion notice to which a conclusion belongs.
    ConclusionPart {
        /// Đánh giá chung.
        Assessment = "assessment",
        /// Hướng xử lý khó khăn.
        Settlement = "settlement",
        /// Tổ chức thực hiện.
        Organisation = "organisation",
    }
}

named! {
    /// Whether a task is done once, always, or again and again.
    TaskKind {
        /// Once, by a day.
        Dated = "dated",
        /// Thường xuyên.
        Standing = "standing",
        /// Hằng tuần.
        Weekly = "weekly",
        /// Hằng tháng.
        Monthly = "monthly",
        /// Hằng quý.
        Quarterly = "quarterly",
        /// Sáu tháng một lần.
        HalfYearly = "half_yearly",
        /// Hằng năm.
        Yearly = "yearly",
    }
}

named! {
    /// What was said of a paragraph when it was read back.
    Reading {
        /// Nhất trí.
        Agreed = "agreed",
        /// Sửa rồi nhất trí.
        Changed = "changed",
        /// Để lại.
        Left = "left",
    }
}

named! {
    /// The layout family of documents.
    Layout {
        /// Thể thức văn bản của Đảng.
        Party = "party",
        /// Thể thức văn bản hành chính.
        State = "state",
    }
}
