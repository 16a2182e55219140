//! The words of which an archive's sentences are made.

/// Who is concerned.
pub(crate) const WHO: [&str; 28] = [
    "Đảng viên nghỉ hưu chuyển về nơi cư trú",
    "Chi bộ khu phố đông đảng viên",
    "Đảng viên làm việc lưu động ở nhiều tỉnh",
    "Cấp ủy cơ sở",
    "Đảng ủy phường",
    "Chi bộ doanh nghiệp ngoài khu vực nhà nước",
    "Đảng viên là sinh viên mới ra trường",
    "Ban Tổ chức quận ủy",
    "Cán bộ làm công tác đảng vụ",
    "Đảng viên đi lao động nước ngoài",
    "Chi bộ trường học",
    "Đảng bộ cơ quan vừa sáp nhập",
    "Bí thư chi bộ kiêm nhiệm",
    "Đảng viên được miễn công tác và sinh hoạt",
    "Quần chúng ưu tú ở khu nhà trọ",
    "Văn phòng cấp ủy",
    "Chi bộ quân sự",
    "Cán bộ trẻ trong quy hoạch",
    "Đảng viên dự bị chuyển đơn vị",
    "Tổ công tác thẩm tra lý lịch",
    "Đảng ủy xã mới thành lập",
    "Chi bộ y tế",
    "Đảng viên ở chung cư mới bàn giao",
    "Cán bộ luân chuyển",
    "Ủy ban kiểm tra đảng ủy",
    "Hộ kinh doanh có đảng viên",
    "Chi bộ sinh hoạt ghép",
    "Đảng viên mới kết nạp",
];

/// What happens to them.
pub(crate) const WHAT: [&str; 30] = [
    "chậm nộp hồ sơ giới thiệu sinh hoạt",
    "chưa được hướng dẫn thủ tục chuyển đi",
    "phải bổ sung lý lịch nhiều lần",
    "thiếu giấy xác nhận của nơi công tác cũ",
    "không khớp số liệu giữa sổ và phần mềm",
    "gặp trở ngại khi con dấu đã thay đổi",
    "ngại tham gia sinh hoạt hai chiều",
    "vắng sinh hoạt quá ba kỳ",
    "chưa cập nhật dữ liệu đảng viên",
    "làm mất phiếu đảng viên",
    "còn lúng túng khi tách, ghép chi bộ",
    "chưa thống nhất mức đóng đảng phí",
    "nhận hồ sơ không đủ thành phần",
    "kéo dài thời gian thẩm tra",
    "không liên hệ được với gia đình",
    "chưa phân công người theo dõi",
    "gửi báo cáo trễ so với quy định",
    "đề xuất rút gọn biểu mẫu",
    "xin gia hạn thời gian chuyển sinh hoạt",
    "thực hiện tốt việc kiểm tra chéo hồ sơ",
    "tổ chức đối thoại định kỳ với đảng viên",
    "lập danh sách đảng viên cư trú theo tổ dân phố",
    "thành lập tổ hỗ trợ nhập dữ liệu",
    "bố trí phòng lưu trữ hồ sơ riêng",
    "chưa có kinh phí in ấn, bồi dưỡng",
    "bị trả lại hồ sơ vì sai họ tên, năm sinh",
    "chưa kịp bổ sung quyết định kết nạp",
    "lấy ý kiến nơi cư trú còn hình thức",
    "xếp loại chất lượng chưa sát thực tế",
    "phát triển đảng viên chưa đạt chỉ tiêu",
];

/// Why, or where.
pub(crate) const WHY: [&str; 26] = [
    "do địa bàn vừa sắp xếp lại",
    "vì phần mềm quản lý hay gián đoạn",
    "do người phụ trách thay đổi liên tục",
    "vì hướng dẫn mới ban hành chưa lâu",
    "ở các phường giáp ranh",
    "trong quý vừa qua",
    "so với cùng kỳ năm trước",
    "theo kết luận của hội nghị kỳ trước",
    "khi đối chiếu với công an khu vực",
    "sau đợt kiểm tra của cấp trên",
    "do trụ sở doanh nghiệp đặt ở tỉnh khác",
    "vì đảng viên thường xuyên đi công tác xa",
    "ở những chi bộ trên năm mươi đảng viên",
    "do chưa có quy chế phối hợp",
    "vì thiếu máy tính và đường truyền",
    "nhất là dịp cuối năm",
    "do công việc kiêm nhiệm quá nhiều",
    "khi thực hiện mô hình mới",
    "ở khu chế xuất, khu công nghiệp",
    "vì mẫu giấy giới thiệu đã thay đổi",
    "trong thời gian chờ hợp nhất",
    "ở chi bộ sinh viên các trường đại học",
    "do đảng viên ngại thủ tục",
    "vì chưa rõ thẩm quyền giải quyết",
    "tại các dự án nhà ở đang giải tỏa",
    "khi hồ sơ gốc bị thất lạc",
];

/// What is to be done.
pub(crate) const ACT: [&str; 24] = [
    "phân công một đồng chí cấp ủy theo dõi",
    "rà soát toàn bộ hồ sơ trước ngày mười lăm hằng tháng",
    "ban hành quy chế phối hợp giữa hai nơi",
    "tập huấn nghiệp vụ cho chi ủy viên",
    "chuyển dữ liệu cùng lúc với hồ sơ giấy",
    "gửi danh sách về thường trực cụm",
    "thống nhất một biểu mẫu dùng chung",
    "báo cáo kết quả tại kỳ họp sau",
    "bố trí cán bộ trực giải đáp",
    "gặp gỡ từng đảng viên chậm chuyển",
    "đối chiếu số liệu hai lần một quý",
    "đề nghị Thành ủy sửa đổi hướng dẫn",
    "cấp tài khoản cho chi bộ tự cập nhật",
    "biểu dương những đơn vị làm tốt",
    "kiểm tra thực tế tại ba đơn vị",
    "công khai thời hạn giải quyết",
    "lập nhóm trao đổi nghiệp vụ của cụm",
    "số hóa phiếu đảng viên còn lại",
    "đưa nội dung này vào giao ước năm sau",
    "hỗ trợ kinh phí từ nguồn đảng phí",
    "rút ngắn thời gian thẩm tra còn mười ngày",
    "mời công an phường cùng xác minh",
    "cử người giúp chi bộ mới thành lập",
    "lưu một bản sao tại văn phòng cấp ủy",
];

/// What will be there in the end.
pub(crate) const PAPER: [&str; 8] = [
    "báo cáo kết quả",
    "danh sách có xác nhận",
    "quy chế phối hợp được ký",
    "bảng đối chiếu số liệu",
    "biên bản kiểm tra",
    "tài liệu tập huấn",
    "kế hoạch chi tiết",
    "tờ trình gửi Thành ủy",
];

/// To whom recommendations go.
pub(crate) const ADDRESSEES: [&str; 6] = [
    "Ban Tổ chức Thành ủy",
    "Văn phòng Thành ủy",
    "Công an Thành phố",
    "Sở Nội vụ",
    "Ủy ban Kiểm tra Thành ủy",
    "Đảng ủy Khối doanh nghiệp",
];

/// The themes of sessions.
pub(crate) const THEMES: [&str; 13] = [
    "Công tác tiếp nhận, giới thiệu chuyển sinh hoạt Đảng",
    "Nâng cao chất lượng sinh hoạt chi bộ khu phố",
    "Kết nạp đảng viên trong doanh nghiệp ngoài nhà nước",
    "Quản lý hồ sơ và dữ liệu đảng viên",
    "Sắp xếp tổ chức đảng theo địa giới mới",
    "Quy hoạch, luân chuyển và bố trí cán bộ",
    "Xét tặng Huy hiệu Đảng",
    "Kiểm tra, giám sát việc chấp hành Điều lệ",
    "Đánh giá, xếp loại chất lượng cuối năm",
    "Đào tạo, bồi dưỡng cấp ủy viên cơ sở",
    "Đảng viên giữ mối liên hệ nơi cư trú",
    "Bảo vệ chính trị nội bộ",
    "Chuyển đổi số trong công tác đảng vụ",
];

/// Tags.
pub(crate) const TAGS: [&str; 10] = [
    "hồ sơ",
    "dữ liệu",
    "con dấu",
    "cư trú",
    "doanh nghiệp",
    "đảng phí",
    "kết nạp",
    "cán bộ trẻ",
    "sáp nhập",
    "thời hạn",
];

/// Units: code and name.
pub(crate) const UNITS: [(&str, &str); 17] = [
    ("Q1", "Ban Tổ chức Quận ủy Quận 1"),
    ("Q3", "Ban Tổ chức Quận ủy Quận 3"),
    ("Q4", "Ban Tổ chức Quận ủy Quận 4"),
    ("Q5", "Ban Tổ chức Quận ủy Quận 5"),
    ("Q6", "Ban Tổ chức Quận ủy Quận 6"),
    ("Q7", "Ban Tổ chức Quận ủy Quận 7"),
    ("Q8", "Ban Tổ chức Quận ủy Quận 8"),
    ("Q10", "Ban Tổ chức Quận ủy Quận 10"),
    ("Q11", "Ban Tổ chức Quận ủy Quận 11"),
    ("Q12", "Ban Tổ chức Quận ủy Quận 12"),
    ("TB", "Ban Tổ chức Quận ủy Tân Bình"),
    ("TP", "Ban Tổ chức Quận ủy Tân Phú"),
    ("BT", "Ban Tổ chức Quận ủy Bình Thạnh"),
    ("PN", "Ban Tổ chức Quận ủy Phú Nhuận"),
    ("GV", "Ban Tổ chức Quận ủy Gò Vấp"),
    ("BTN", "Ban Tổ chức Quận ủy Bình Tân"),
    ("TĐ", "Ban Tổ chức Thành ủy Thủ Đức"),
];

/// Family names, middle names and given names of people who do not exist.
pub(crate) const NAMES: [[&str; 10]; 3] = [
    ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi"],
    ["Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc", "Hoàng", "Đức", "Hữu", "Kim"],
    ["Lan", "Hùng", "Mai", "Dũng", "Hạnh", "Phúc", "Yến", "Khánh", "Tâm", "Ước"],
];
