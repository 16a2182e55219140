//! What a person can do, by name.

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Something a person can do with one key or from the palette.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// All actions, in the order in which the palette lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in keymap files.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The action of that name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.name() == name)
            }
        }
    };
}

actions! {
    /// Record a line.
    Capture = "capture",
    /// The agenda.
    PaneAgenda = "pane_agenda",
    /// The keynote report.
    PaneKeynote = "pane_keynote",
    /// The difficulties.
    PaneDifficulties = "pane_difficulties",
    /// The conclusions.
    PaneConclusions = "pane_conclusions",
    /// Units and people.
    PaneRoster = "pane_roster",
    /// The pledge.
    PanePledge = "pane_pledge",
    /// Who is there.
    RollCall = "roll_call",
    /// Say that everybody of whom nothing is said is there.
    AllPresent = "all_present",
    /// Say that somebody is there, or take it back.
    TogglePresent = "toggle_present",
    /// Say that somebody is there, and go on to the next person.
    MarkPresent = "mark_present",
    /// Say for whom somebody is there.
    MarkSubstitute = "mark_substitute",
    /// Say that somebody is absent with a reason.
    MarkExcused = "mark_excused",
    /// Say that somebody is absent.
    MarkUnexcused = "mark_unexcused",
    /// Say that somebody came late, now.
    MarkLate = "mark_late",
    /// Say that somebody left early, now.
    MarkLeftEarly = "mark_left_early",
    /// Choose the sitting whose roll is called.
    ChooseSitting = "choose_sitting",
    /// End the sitting that is on, or begin the next one.
    Sitting = "sitting",
    /// Say at which venue people sit.
    ChooseVenue = "choose_venue",
    /// Say which theme the item that is on is about.
    ChooseTheme = "choose_theme",
    /// Record that a venue lost its connection or has it again.
    Connection = "connection",
    /// What earlier sessions left to do.
    PaneFollowUp = "pane_follow_up",
    /// Take up what the session before left to do.
    TakeUp = "take_up",
    /// Say that what an earlier session left is done, or take it back.
    ToggleDone = "toggle_done",
    /// Raise again what an earlier session left, for the next one to follow.
    CarryOver = "carry_over",
    /// Sort captured lines.
    Triage = "triage",
    /// All sessions.
    Home = "home",
    /// Open what is selected, or store what is typed.
    Open = "open",
    /// Leave; never loses anything.
    Leave = "leave",
    /// Add a record.
    Add = "add",
    /// Make a session after another one.
    CloneSession = "clone_session",
    /// Remove what is selected.
    Remove = "remove",
    /// Bring back removed records.
    Restore = "restore",
    /// One place up.
    MoveUp = "move_up",
    /// One place down.
    MoveDown = "move_down",
    /// Mark a row to act on several.
    Mark = "mark",
    /// Put the marked rows under the selected one.
    Merge = "merge",
    /// Take a row out of the one it was merged into.
    Unmerge = "unmerge",
    /// Cut a line in two at the cursor.
    Split = "split",
    /// Attach a line to the one above.
    Attach = "attach",
    /// Say that lines are to be checked later, or that they were.
    CheckLater = "check_later",
    /// Say who spoke.
    ChangeSpeaker = "change_speaker",
    /// Take what is offered for what a task lacks.
    Fill = "fill",
    /// Read the conclusions back, paragraph by paragraph.
    ReadBack = "read_back",
    /// Show the chain around the selected record.
    Chain = "chain",
    /// To what comes of the selected record.
    ChainNext = "chain_next",
    /// To what leads to the selected record.
    ChainPrevious = "chain_previous",
    /// Agree to a paragraph that is read back.
    Agree = "agree",
    /// Leave a paragraph that is read back for later.
    LeaveOpen = "leave_open",
    /// Freeze the version as it was read.
    Freeze = "freeze",
    /// Close the session, what is missing before one's eyes.
    Close = "close",
    /// Relate to another record.
    Link = "link",
    /// Say which units are of the same opinion.
    SameOpinion = "same_opinion",
    /// The abbreviations of the office and one's own.
    Abbreviations = "abbreviations",
    /// Take in abbreviations from an input method's table.
    ImportAbbreviations = "import_abbreviations",
    /// Keep this one of two lines that say the same.
    Take = "take",
    /// Say that two lines that say nearly the same are two matters.
    KeepBoth = "keep_both",
    /// Choose the order of the difficulties.
    SortList = "sort_list",
    /// Choose which difficulties are seen.
    FilterList = "filter_list",
    /// Keep the room of the captured lines, or follow it again.
    PinContext = "pin_context",
    /// Go to the difficulty that says nearly what is typed.
    Near = "near",
    /// Say that a line is a difficulty.
    ClassifyDifficulty = "classify_difficulty",
    /// Say that a line is an obstacle.
    ClassifyObstacle = "classify_obstacle",
    /// Say that a line is a shortcoming.
    ClassifyShortcoming = "classify_shortcoming",
    /// Say that a line is a cause.
    ClassifyCause = "classify_cause",
    /// Say that a line is a solution.
    ClassifySolution = "classify_solution",
    /// Say that a line is a recommendation.
    ClassifyRecommendation = "classify_recommendation",
    /// Say that a line is an opinion.
    ClassifyOpinion = "classify_opinion",
    /// Say that a line is a conclusion.
    ClassifyConclusion = "classify_conclusion",
    /// Say that a line is a task.
    ClassifyTask = "classify_task",
    /// Move the session to another state.
    SessionState = "session_state",
    /// Move the pledge to another state.
    PledgeState = "pledge_state",
    /// Begin the next agenda item.
    NextItem = "next_item",
    /// Stop the session's clock, or let it go on.
    Pause = "pause",
    /// Who wants to speak, who speaks, who has not spoken.
    PaneSpeakers = "pane_speakers",
    /// Give somebody the floor.
    GiveFloor = "give_floor",
    /// End the speech that is on.
    EndSpeech = "end_speech",
    /// Stop the clock of the speech that is on, or let it go on.
    PauseSpeech = "pause_speech",
    /// Share the time that is left out among the units that have not spoken.
    Allot = "allot",
    /// Show lines on the projector, or take them off.
    Publish = "publish",
    /// Make public what is off the record.
    Disclose = "disclose",
    /// What the chair has to know before the end.
    ChairPage = "chair_page",
    /// The figures of the session.
    Statistics = "statistics",
    /// Write the page that is shown, the chair's or the figures, into a file; where none is shown, the chair's.
    PrintPage = "print_chair_page",
    /// What the room sees.
    Projector = "projector",
    /// Record that a unit signed the pledge.
    Sign = "sign",
    /// Decide about changes that came late or from outside.
    Proposals = "proposals",
    /// Everything that is found on the board.
    Findings = "findings",
    /// Find.
    Find = "find",
    /// The texts that were left half-typed.
    Unsaved = "unsaved",
    /// Choose between versions that were written at the same time.
    ChooseVersion = "choose_version",
    /// History of what is selected.
    RecordHistory = "record_history",
    /// History of the session.
    SessionHistory = "session_history",
    /// Write the documents, the minutes in full.
    Export = "export",
    /// Open the folder for papers with the system's file manager.
    OpenFolder = "open_folder",
    /// Copy the papers and a backup to a stick.
    CopyToUsb = "copy_to_usb",
    /// Look at what a paper would say.
    Preview = "preview",
    /// Undo.
    Undo = "undo",
    /// Redo.
    Redo = "redo",
    /// Go on in another folder.
    Elsewhere = "elsewhere",
    /// Say that everything is saved.
    SayState = "say_state",
    /// Show the other language.
    SwitchLanguage = "switch_language",
    /// Take in a keynote from a text file.
    Import = "import",
    /// Take in a list of units and people.
    ImportList = "import_list",
    /// Take in what others wrote: a notebook, a backup.
    Receive = "receive",
    /// Give out a notebook, to record where there is no network.
    Notebook = "notebook",
    /// Write the documents, the minutes with the main course.
    ExportMainCourse = "export_main_course",
    /// Write the documents, the minutes with the conclusions only.
    ExportConclusionsOnly = "export_conclusions_only",
    /// What the keys do here.
    Help = "help",
    /// All commands.
    Palette = "palette",
    /// Put what is selected or typed into the clipboard.
    Copy = "copy",
    /// Cover the screen.
    Cover = "cover",
    /// Let other computers in.
    OpenDoor = "open_door",
    /// Let no other computer in any more.
    CloseDoor = "close_door",
    /// Who came through the door: admit them, give roles, part them.
    Lobby = "lobby",
    /// How one joins from another computer.
    Invitation = "invitation",
    /// Leave the program.
    Quit = "quit",
    /// To the row above.
    Up = "up",
    /// To the row below.
    Down = "down",
    /// A screenful up.
    PageUp = "page_up",
    /// A screenful down.
    PageDown = "page_down",
    /// To the first row.
    First = "first",
    /// To the last row.
    Last = "last",
    /// To the next field or pane.
    Next = "next",
    /// To the previous field or pane.
    Previous = "previous",
    /// To the list.
    Left = "left",
    /// To the details.
    Right = "right",
}

impl Action {
    /// Whether it says what a captured line is.
    pub fn is_classification(self) -> bool {
        self.name().starts_with("classify_")
    }

    /// Whether it says how the selected person attends.
    pub fn is_attendance(self) -> bool {
        matches!(self, Self::TogglePresent) || self.name().starts_with("mark_")
    }

    /// Whether it only moves the selection, so that the palette need not list it.
    pub fn is_movement(self) -> bool {
        use Action as A;
        matches!(
            self,
            A::Up
                | A::Down
                | A::PageUp
                | A::PageDown
                | A::First
                | A::Last
                | A::Next
                | A::Previous
                | A::Left
                | A::Right
                | A::Open
                | A::Leave
                | A::Palette
        )
    }
}
