//! Which paper, and how much it tells.

/// Which paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// Thông báo kết luận.
    Notice,
    /// Biên bản.
    Minutes,
    /// Phụ lục kiến nghị, one for each addressee.
    Annex,
    /// Bản giao ước thi đua.
    Pledge,
    /// Danh sách đại biểu.
    Attendance,
    /// Danh sách ký nhận.
    SignIn,
    /// Chương trình.
    Programme,
}

impl Paper {
    /// All papers.
    pub const ALL: [Self; 7] = [
        Self::Notice,
        Self::Minutes,
        Self::Annex,
        Self::Pledge,
        Self::Attendance,
        Self::SignIn,
        Self::Programme,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Minutes => "minutes",
            Self::Annex => "annex",
            Self::Pledge => "pledge",
            Self::Attendance => "attendance",
            Self::SignIn => "signin",
            Self::Programme => "programme",
        }
    }

    /// The name in file names: ASCII.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Notice => "thong-bao",
            Self::Minutes => "bien-ban",
            Self::Annex => "phu-luc",
            Self::Pledge => "giao-uoc",
            Self::Attendance => "danh-sach-dai-bieu",
            Self::SignIn => "danh-sach-ky-nhan",
            Self::Programme => "chuong-trinh",
        }
    }
}

/// How much of the course of a session the minutes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// Everything that was said, speaker by speaker.
    #[default]
    Full,
    /// The main difficulties and what was proposed.
    MainCourse,
    /// What was concluded.
    ConclusionsOnly,
}

impl Depth {
    /// All depths, the deepest first.
    pub const ALL: [Self; 3] = [Self::Full, Self::MainCourse, Self::ConclusionsOnly];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::MainCourse => "main-course",
            Self::ConclusionsOnly => "conclusions-only",
        }
    }
}
