//! The session of the report typed from an empty folder through the real screens: every record comes from keys.

use std::{fs, path::Path, thread, time::Duration};

use crate::support::{
    ime::{Ime, Method, Order, Sending},
    pty::{Program, export},
};

const UNITS: [&str; 6] = [
    "Q1 Ban Tổ chức Quận ủy Quận 1",
    "Q3 Ban Tổ chức Quận ủy Quận 3",
    "Q5 Ban Tổ chức Quận ủy Quận 5",
    "Q10 Ban Tổ chức Quận ủy Quận 10",
    "TB Ban Tổ chức Quận ủy Tân Bình",
    "TĐ Ban Tổ chức Thành ủy Thủ Đức",
];

/// The four difficulties: unit code, words, the digit that sorts them.
const DIFFICULTIES: [(&str, &str, &str); 4] = [
    ("q1", "khó vận động đảng viên chuyển sinh hoạt đảng về nơi thực tế cư trú", "1"),
    ("q5", "giới thiệu đảng viên nhưng không chuyển đồng bộ dữ liệu", "3"),
    ("q3", "vướng mắc con dấu do sáp nhập nên không khắc phục được hồ sơ cũ", "2"),
    ("q10", "khó tiếp nhận đảng viên làm ở doanh nghiệp có trụ sở tại tỉnh khác", "1"),
];

struct Clerk {
    program: Program,
    ime: Ime,
}

impl Clerk {
    fn sit_down(folder: &Path) -> Self {
        let ime = Ime { method: Method::Telex, order: Order::AtTheEnd, sending: Sending::EchoThenReplace };
        Self { program: Program::start(folder, 100, 30, &[]), ime }
    }

    /// Types a text through the input method: each key's bytes in a write of their own.
    fn write(&mut self, text: &str) -> &mut Self {
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 {
                self.program.send(" ");
            }
            for burst in self.ime.keystrokes(word) {
                self.program.send(burst);
                thread::sleep(Duration::from_millis(1));
            }
        }
        self
    }

    fn press(&mut self, keys: &[&str]) -> &mut Self {
        self.program.press(keys);
        self
    }

    fn sees(&mut self, text: &str) -> &mut Self {
        self.program.wait_for(text);
        self
    }

    /// Does something by its accent-free name in the palette.
    fn command(&mut self, name: &str) -> &mut Self {
        self.press(&["F9"]).sees("┌─ Lệnh");
        self.program.send(name).settle();
        self.press(&["Enter"])
    }

    /// Adds a record of a kind that the pane offers: type, Enter.
    fn add(&mut self, kind: &str, text: &str) -> &mut Self {
        self.press(&["Ctrl+N"]).sees("┌─ Thêm");
        self.program.send(kind).settle();
        self.press(&["Enter"]).sees(&format!("Thêm: {kind}"));
        self.write(text).press(&["Enter"]).sees_start(text)
    }

    /// Waits for the first words of a text, as far as a narrow list shows them.
    fn sees_start(&mut self, text: &str) -> &mut Self {
        let start: String = text.chars().take(24).collect();
        self.sees(start.trim_end())
    }

    /// Gives a field of the selected record, found by its label, a value.
    fn field(&mut self, steps: usize, value: &str) -> &mut Self {
        self.press(&["Enter"]).press(&vec!["Down"; steps]).press(&["Enter"]);
        self.write(value).press(&["Enter", "Esc"])
    }

    /// Chooses a value of a field from its list by typing, once the list shows it.
    fn choose(&mut self, steps: usize, typed: &str) -> &mut Self {
        self.press(&["Enter"]).press(&vec!["Down"; steps]).press(&["Enter"]);
        self.program.send(typed).settle();
        self.press(&["Enter", "Esc"])
    }
}

fn fill_in_the_form(clerk: &mut Clerk) {
    clerk.sees("Chưa có hội nghị nào").press(&["Ctrl+N"]).sees("Lập hội nghị mới");
    clerk.write("Công tác tiếp nhận, giới thiệu chuyển sinh hoạt Đảng").press(&["Enter"]);
    for value in [
        "1",
        "2023",
        "10/3/2023",
        "08:00",
        "Hội trường Quận ủy",
        "Quận 1",
        "Cụm thi đua 1",
        "Ban Tổ chức Thành ủy",
        "Cụm thi đua 1",
    ] {
        clerk.press(&["Ctrl+U"]).write(value).press(&["Enter"]);
    }
    for (at, unit) in UNITS.iter().enumerate() {
        clerk.press(if at > 0 { &["Enter"] } else { &[] }).write(unit);
    }
    clerk.press(&["Tab", "Enter"]).sees("Quý I/2023 · Công tác tiếp nhận").sees("Chưa có khó khăn nào");
}

fn people_agenda_keynote(clerk: &mut Clerk) {
    clerk.command("don vi, dai bieu").sees("Ban Tổ chức Thành ủy Thủ Đức");
    clerk.add("đại biểu", "Đồng chí chủ trì").field(1, "Trưởng Ban Tổ chức Quận ủy Quận 1");
    clerk.choose(2, "q1").choose(3, "chu tri").choose(4, "co mat");
    clerk.add("đại biểu", "Khách mời của Thành phố").choose(3, "khach").choose(4, "co mat");
    clerk.press(&["F2", "Home"]).choose(7, "dong chi chu tri");
    clerk.add("mục chương trình", "Trao đổi thêm").field(1, "15").sees("15 phút");
    clerk.press(&["Ctrl+Up", "Ctrl+Up"]);
    clerk.press(&["F3"]).sees("Chưa có báo cáo đề dẫn").press(&["Ctrl+N"]).sees("Thêm: mục báo cáo");
    clerk.write("Vị trí của công tác chuyển sinh hoạt").press(&["Enter"]).choose(1, "q1");
    clerk.add("đoạn", "Đây là nhiệm vụ trọng tâm, thường xuyên, liên tục");
}

fn capture_and_sort(clerk: &mut Clerk) {
    clerk.command("chuyen trang thai hoi nghi").sees("Đang họp").press(&["Enter"]).sees("Đang họp");
    for _ in 0..6 {
        clerk.command("sang muc tiep");
    }
    clerk.sees("mục 6").press(&["F4", "F6"]);
    for (number, (unit, words, _)) in (1..).zip(DIFFICULTIES) {
        clerk.write(&format!("{unit} {words}")).press(&["Enter"]).sees(&format!("GN-0{number}"));
    }
    clerk.press(&["Esc", "Ctrl+T"]).sees("┌─ Sàng lọc").press(&["Home"]);
    for (_, _, digit) in DIFFICULTIES {
        clerk.press(&[digit]);
    }
    clerk.sees("Không còn ý kiến nào cần sàng lọc").press(&["F4", "Home"]).sees("KK-04");
}

fn conclude(clerk: &mut Clerk) {
    clerk.add("nguyên nhân", "Nhiều đảng viên ở trọ");
    clerk.press(&["Home"]).add("giải pháp", "Rà soát đảng viên đổi nơi cư trú");
    clerk.press(&["F4", "Home", "Down", "Down"]).add("kiến nghị", "Hướng dẫn xác nhận hồ sơ đóng dấu cũ");
    clerk.press(&["F5"]).add("kết luận", "Chuyên đề được chuẩn bị kỹ");
    clerk.add("nhiệm vụ", "Soạn quy trình phối hợp trong Cụm").choose(1, "q1").field(3, "30/6/2023");
    clerk.field(4, "Dự thảo quy trình");
}

/// The notice as text, every run of spaces and line ends one space.
fn exported_notice(folder: &Path) -> String {
    let out = export(folder, "txt", "notice");
    let text = fs::read_to_string(out.join("2023-Q1_thong-bao_du-thao-1.txt")).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_session_is_typed_killed_reopened_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let mut clerk = Clerk::sit_down(folder.path());
    fill_in_the_form(&mut clerk);
    people_agenda_keynote(&mut clerk);
    capture_and_sort(&mut clerk);
    clerk.press(&["F6"]).write("q10 giữ nguyên câu đang gõ dở ngh");
    clerk.program.settle().signal("KILL").wait();

    let mut clerk = Clerk::sit_down(folder.path());
    clerk.sees("KK-04").sees("giữ nguyên câu đang gõ dở ngh");
    clerk.write("iêng").press(&["Enter"]).sees("GN-05 Q10").press(&["Esc"]);
    conclude(&mut clerk);
    assert!(clerk.program.quit().success());

    let notice = exported_notice(folder.path());
    for (_, words, _) in DIFFICULTIES {
        assert!(notice.contains(words), "{words}\n{notice}");
    }
    for words in [
        "Quận 1, ngày tháng năm 2023",
        "Ngày 10/3/2023, tại Hội trường Quận ủy, Cụm thi đua 1",
        "Chủ trì hội nghị: Đồng chí chủ trì, Trưởng Ban Tổ chức Quận ủy Quận 1",
        "Khách mời của Thành phố",
        "báo cáo đề dẫn của Ban Tổ chức Quận ủy Quận 1",
        "Nguyên nhân: Nhiều đảng viên ở trọ",
        "Hướng xử lý: Rà soát đảng viên đổi nơi cư trú",
        "Kiến nghị: Hướng dẫn xác nhận hồ sơ đóng dấu cũ",
        "Chuyên đề được chuẩn bị kỹ",
        "Soạn quy trình phối hợp trong Cụm (chủ trì: Ban Tổ chức Quận ủy Quận 1; thời hạn: 30/6/2023; sản phẩm: Dự thảo \
         quy trình)",
    ] {
        assert!(notice.contains(words), "{words}\n{notice}");
    }
}
