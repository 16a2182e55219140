//! Words about the figures of a session.

/// The words of a language; `{}` is filled in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticsWords {
    /// The page.
    pub title: &'static str,
    /// Writes the page.
    pub print: &'static str,
    /// How many were summoned, present, excused, unexcused, not called.
    pub roll: &'static str,
    /// The units.
    pub by_unit: &'static str,
    /// Of a unit: people there, of how many.
    pub there: &'static str,
    /// How often it spoke, and how long.
    pub spoke: &'static str,
    /// How many difficulties it raised, and with how many it agreed.
    pub raised: &'static str,
    /// How many tasks it leads.
    pub leads: &'static str,
    /// The difficulties, and how many of them nothing answers.
    pub difficulties: &'static str,
    /// Of no theme.
    pub no_theme: &'static str,
    /// What was gathered beside the difficulties.
    pub gathered: &'static str,
    /// The recommendations by authority.
    pub authorities: &'static str,
    /// Of no authority.
    pub no_authority: &'static str,
    /// How many, and how many of them were answered.
    pub answered: &'static str,
    /// Tasks and conclusions that lack something.
    pub lacking: &'static str,
    /// What earlier sessions left.
    pub followed: &'static str,
    /// The minutes planned, and those that it took.
    pub minutes: &'static str,
    /// Who recorded.
    pub recorded: &'static str,
    /// How many lines.
    pub lines: &'static str,
}

pub(super) const VI: StatisticsWords = StatisticsWords {
    title: "Số liệu hội nghị",
    print: "Xuất trang số liệu",
    roll: "Triệu tập {}, có mặt {}, vắng có lý do {}, không lý do {}, chưa điểm danh {}",
    by_unit: "Theo đơn vị: có mặt, phát biểu, khó khăn nêu và cùng ý, việc chủ trì",
    there: "{}/{} có mặt",
    spoke: "nói {} lần {}",
    raised: "nêu {}, cùng {}",
    leads: "{} việc",
    difficulties: "Khó khăn, vướng mắc: {}, chưa có hướng xử lý {}",
    no_theme: "Chưa rõ chuyên đề",
    gathered: "Ý kiến khác, kết luận",
    authorities: "Kiến nghị theo thẩm quyền",
    no_authority: "Chưa rõ thẩm quyền",
    answered: "{}, đã trả lời {}",
    lacking: "Kết luận, nhiệm vụ còn thiếu đơn vị, thời hạn hoặc sản phẩm: {}",
    followed: "Việc kỳ trước",
    minutes: "Các mục đã và đang họp: dự kiến {} phút, thực tế {} phút",
    recorded: "Người ghi",
    lines: "{} dòng",
};

pub(super) const EN: StatisticsWords = StatisticsWords {
    title: "Statistics",
    print: "Write the statistics",
    roll: "Summoned {}, present {}, excused {}, unexcused {}, not called {}",
    by_unit: "By unit: people here, speeches, difficulties raised or shared, tasks led",
    there: "{}/{}",
    spoke: "spoke {}× {}",
    raised: "raised {}, shared {}",
    leads: "{} {task|tasks}",
    difficulties: "Difficulties: {}, unanswered {}",
    no_theme: "No theme",
    gathered: "Other lines and conclusions",
    authorities: "Recommendations by authority",
    no_authority: "No authority",
    answered: "{}, answered {}",
    lacking: "Conclusions and tasks without a lead, a date or a deliverable: {}",
    followed: "From earlier sessions",
    minutes: "Items held so far: planned {} minutes, took {}",
    recorded: "Recorded by",
    lines: "{} {line|lines}",
};
