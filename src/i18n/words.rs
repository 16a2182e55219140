//! Names of enumeration values, fields and actions' objects.

use super::Strings;
use crate::domain::{
    change::Field,
    field::{self, set},
    kind::{
        AgendaKind, Attendance, Authority, ConclusionPart, DifficultyNature, Kind, Layout, PartPlayed,
        PledgeState, SessionState,
    },
    policy::Role,
    roll_call,
};

impl Strings {
    /// The name of a kind.
    pub fn kind(&self, value: Kind) -> &'static str {
        match value {
            Kind::Session => self.kind_session,
            Kind::Unit => self.kind_unit,
            Kind::Attendee => self.kind_attendee,
            Kind::Theme => self.kind_theme,
            Kind::AgendaItem => self.kind_agenda_item,
            Kind::Section => self.kind_section,
            Kind::Paragraph => self.kind_paragraph,
            Kind::Note => self.kind_note,
            Kind::Difficulty => self.kind_difficulty,
            Kind::Cause => self.kind_cause,
            Kind::Opinion => self.kind_opinion,
            Kind::Solution => self.kind_solution,
            Kind::Recommendation => self.kind_recommendation,
            Kind::Conclusion => self.kind_conclusion,
            Kind::Task => self.kind_task,
            Kind::PledgeGroup => self.kind_pledge_group,
            Kind::Target => self.kind_target,
            Kind::Signature => self.kind_signature,
            Kind::Sitting => self.kind_sitting,
            Kind::Venue => self.kind_venue,
            Kind::Speech => self.kind_speech,
            Kind::Pause => self.kind_pause,
            Kind::FollowUp => self.following.kind,
            Kind::Cluster => self.kind_cluster,
        }
    }

    /// The name of a nature.
    pub fn nature(&self, value: DifficultyNature) -> &'static str {
        match value {
            DifficultyNature::Difficulty => self.nature_difficulty,
            DifficultyNature::Obstacle => self.nature_obstacle,
            DifficultyNature::Shortcoming => self.nature_shortcoming,
        }
    }

    /// The name of an authority.
    pub fn authority(&self, value: Authority) -> &'static str {
        match value {
            Authority::Unit => self.authority_unit,
            Authority::Cluster => self.authority_cluster,
            Authority::City => self.authority_city,
            Authority::Central => self.authority_central,
            Authority::OutOfScope => self.authority_out_of_scope,
        }
    }

    /// The name of a session's state.
    pub fn state(&self, value: SessionState) -> &'static str {
        match value {
            SessionState::Draft => self.state_draft,
            SessionState::Open => self.state_open,
            SessionState::Closed => self.state_closed,
            SessionState::OutForComments => self.state_out_for_comments,
            SessionState::ForSignature => self.state_for_signature,
            SessionState::Issued => self.state_issued,
            SessionState::Sent => self.state_sent,
        }
    }

    /// The name of a pledge's state.
    pub fn pledge_state(&self, value: PledgeState) -> &'static str {
        match value {
            PledgeState::Draft => self.pledge_state_draft,
            PledgeState::Agreed => self.pledge_state_agreed,
            PledgeState::Signed => self.pledge_state_signed,
            PledgeState::Amended => self.pledge_state_amended,
        }
    }

    /// The name of an attendance.
    pub fn attendance(&self, value: Attendance) -> &'static str {
        match value {
            Attendance::Unmarked => self.attendance_unmarked,
            Attendance::Present => self.attendance_present,
            Attendance::Substitute => self.attendance_substitute,
            Attendance::AbsentExcused => self.attendance_excused,
            Attendance::AbsentUnexcused => self.attendance_unexcused,
        }
    }

    /// What somebody does at the session.
    pub fn part_played(&self, value: PartPlayed) -> &'static str {
        match value {
            PartPlayed::Chair => self.part_chair,
            PartPlayed::Facilitator => self.part_facilitator,
            PartPlayed::NoteTaker => self.part_note_taker,
            PartPlayed::Delegate => self.part_delegate,
            PartPlayed::Guest => self.part_guest,
        }
    }

    /// What an agenda item is for; also its usual title.
    pub fn agenda_kind(&self, value: AgendaKind) -> &'static str {
        match value {
            AgendaKind::Reception => self.agenda_reception,
            AgendaKind::Opening => self.agenda_opening,
            AgendaKind::FollowUp => self.agenda_follow_up,
            AgendaKind::Pledge => self.agenda_pledge,
            AgendaKind::Keynote => self.agenda_keynote,
            AgendaKind::Discussion => self.agenda_discussion,
            AgendaKind::Guidance => self.agenda_guidance,
            AgendaKind::Conclusion => self.agenda_conclusion,
            AgendaKind::Closing => self.agenda_closing,
            AgendaKind::Other => self.agenda_other,
        }
    }

    /// A part of the notice.
    pub fn conclusion_part(&self, value: ConclusionPart) -> &'static str {
        match value {
            ConclusionPart::Assessment => self.notice_part_assessment,
            ConclusionPart::Settlement => self.notice_part_settlement,
            ConclusionPart::Organisation => self.notice_part_organisation,
        }
    }

    /// A layout family.
    pub fn layout(&self, value: Layout) -> &'static str {
        match value {
            Layout::Party => self.layout_party,
            Layout::State => self.layout_state,
        }
    }

    /// A role.
    pub fn role(&self, value: Role) -> &'static str {
        match value {
            Role::Facilitator => self.role_facilitator,
            Role::Chair => self.role_chair,
            Role::NoteTaker => self.role_note_taker,
            Role::Observer => self.role_observer,
        }
    }

    /// The label of a field.
    pub fn field(&self, field: &Field) -> &'static str {
        let labels = [
            (field::KIND, self.field_kind),
            (field::TEXT, self.field_text),
            (field::TITLE, self.field_title),
            (field::CODE, self.field_code),
            (field::POST, self.field_post),
            (field::NATURE, self.field_nature),
            (field::WEIGHT, self.field_weight),
            (field::CHECK_LATER, self.field_check_later),
            (field::SAMPLE, self.field_sample),
            (field::UNIT, self.field_unit),
            (field::SPEAKER, self.field_speaker),
            (field::ITEM, self.field_item),
            (field::THEME, self.field_theme),
            (field::AUTHORITY, self.field_authority),
            (field::ADDRESSEE, self.field_addressee),
            (field::ANSWER, self.field_answer),
            (field::LEAD_UNIT, self.field_lead_unit),
            (field::DUE, self.field_due),
            (field::READING, self.read_back.field_reading),
            (field::READ_AS, self.read_back.field_read_as),
            (field::FROZEN_AS, self.read_back.field_frozen_as),
            (field::FROZEN_AT, self.read_back.field_frozen_at),
            (field::DUE_WORDS, self.concluding.field_due_words),
            (field::TASK_KIND, self.concluding.field_task_kind),
            (field::DELIVERABLE, self.field_deliverable),
            (field::DONE_ON, self.field_done_on),
            (field::EARLIER_NUMBER, self.following.field_from),
            (field::ASSIGNED, self.following.field_assigned),
            (field::RAISED, self.following.field_raised),
            (field::CARRIED, self.following.field_carried),
            (field::PART, self.field_part),
            (field::ITEM_KIND, self.field_item_kind),
            (field::PLANNED, self.field_planned),
            (field::SPEECH_LIMIT, self.field_speech_limit),
            (field::SPEECH, self.field_speech),
            (field::RESULT, self.field_result),
            (field::QUARTER, self.field_quarter),
            (field::YEAR, self.field_year),
            (field::DATE, self.field_date),
            (field::BEGINS, self.field_begins),
            (field::STARTED_AT, self.field_started_at),
            (field::ENDED_AT, self.field_ended_at),
            (field::CLOSED_AT, self.field_closed_at),
            (field::PLACE, self.field_place),
            (field::LOCALITY, self.field_locality),
            (field::CLUSTER, self.field_cluster),
            (field::HEAD_UNIT, self.field_head_unit),
            (field::DEPUTY_UNIT, self.field_deputy_unit),
            (field::SUPERIOR, self.field_superior),
            (field::ISSUER, self.field_issuer),
            (field::CHAIR, self.field_chair),
            (field::RECORDER, self.field_recorder),
            (field::LAYOUT, self.field_layout),
            (field::PART_PLAYED, self.field_part_played),
            (field::ATTENDANCE, self.field_attendance),
            (field::SUBSTITUTE_FOR, self.field_substitute_for),
            (field::ABSENCE_REASON, self.field_absence_reason),
            (field::ARRIVED, self.field_arrived),
            (field::LEFT, self.field_left),
            (field::VENUE, self.field_venue),
            (field::FIGURE, self.field_figure),
            (field::SIGNED_ON, self.field_signed_on),
            (field::STATE, self.field_state),
            (field::PLEDGE_STATE, self.field_pledge_state),
            (field::VALID_FROM, self.field_valid_from),
            (field::VALID_TO, self.following.field_valid_to),
            (field::SUCCESSOR, self.following.field_successor),
        ];
        let sets = [
            (set::SUPPORT, self.field_support),
            (set::TAG, self.field_tags),
            (set::ANSWERS, self.field_answers),
            (set::FOLLOWS, self.field_follows),
            (set::SAME_OPINION, self.field_same),
            (set::ALSO, self.following.field_also),
        ];
        let family = roll_call::family(field).map(|(family, _)| family);
        let field = family.as_ref().unwrap_or(field);
        let named = labels.into_iter().find(|(known, _)| known == field).map(|(_, label)| label);
        let member =
            || sets.into_iter().find(|(set, _)| field.member_of(set).is_some()).map(|(_, label)| label);
        named.or_else(member).unwrap_or(self.field_other)
    }
}
