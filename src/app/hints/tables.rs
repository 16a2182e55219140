//! What is hinted at in each place, the likeliest first: as much of it as there is room for.

use crate::keymap::action::Action;

/// While a line is recorded.
pub(super) const CAPTURE: [Action; 9] = {
    use Action as A;
    [
        A::Open,
        A::ChangeSpeaker,
        A::Merge,
        A::Leave,
        A::PinContext,
        A::Near,
        A::Undo,
        A::EndSpeech,
        A::Abbreviations,
    ]
};

/// Over a line to be sorted.
pub(super) const TRIAGE: [Action; 17] = {
    use Action as A;
    [
        A::ClassifyDifficulty,
        A::ClassifyObstacle,
        A::Split,
        A::Merge,
        A::Attach,
        A::ChangeSpeaker,
        A::ChooseTheme,
        A::Publish,
        A::CheckLater,
        A::Unmerge,
        A::ClassifyShortcoming,
        A::ClassifyCause,
        A::ClassifySolution,
        A::ClassifyRecommendation,
        A::ClassifyOpinion,
        A::ClassifyConclusion,
        A::ClassifyTask,
    ]
};

/// Among the speakers.
pub(super) const SPEAKERS: [Action; 9] = {
    use Action as A;
    [A::GiveFloor, A::EndSpeech, A::Allot, A::Add, A::PauseSpeech, A::Capture, A::Undo, A::MoveUp, A::Remove]
};

/// In the agenda.
pub(super) const AGENDA: [Action; 11] = {
    use Action as A;
    [
        A::NextItem,
        A::Pause,
        A::Projector,
        A::ChairPage,
        A::PaneSpeakers,
        A::Sitting,
        A::ChooseTheme,
        A::SessionState,
        A::Open,
        A::Add,
        A::Undo,
    ]
};

/// Among the conclusions.
pub(super) const CONCLUSIONS: [Action; 10] = {
    use Action as A;
    [
        A::ChooseVersion,
        A::Fill,
        A::Add,
        A::ReadBack,
        A::ChairPage,
        A::Chain,
        A::Projector,
        A::Open,
        A::Capture,
        A::Undo,
    ]
};

/// What is hinted at in a list if there is room behind what is likelier.
pub(super) const BEHIND: [Action; 27] = {
    use Action as A;
    [
        A::Undo,
        A::SameOpinion,
        A::Link,
        A::SortList,
        A::FilterList,
        A::CheckLater,
        A::Merge,
        A::ChainNext,
        A::ChainPrevious,
        A::Chain,
        A::RollCall,
        A::PaneSpeakers,
        A::ReadBack,
        A::PaneFollowUp,
        A::Findings,
        A::Statistics,
        A::NextItem,
        A::Pause,
        A::Sitting,
        A::ChooseTheme,
        A::SessionState,
        A::Export,
        A::RecordHistory,
        A::SessionHistory,
        A::Redo,
        A::Cover,
        A::PanePledge,
    ]
};
