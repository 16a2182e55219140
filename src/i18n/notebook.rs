//! Words about working apart and bringing it together: notebooks, and the report of what a file brought.

use super::{Strings, fill};
use crate::domain::kind::Kind;

/// The words of one language; `{}` is filled in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotebookWords {
    /// The command that takes in what others wrote.
    pub action_receive: &'static str,
    /// The command that gives out a notebook.
    pub action_notebook: &'static str,
    /// Asks who takes a notebook.
    pub title_taker: &'static str,
    /// That somebody gave out a notebook; its letter.
    pub history: &'static str,
    /// A notebook was written: its letter, whose, the file.
    pub taken: &'static str,
    /// What to run on the other computer; the file.
    pub how_to_open: &'static str,
    /// How it comes back; the file.
    pub how_to_return: &'static str,
    /// The work of a notebook was written into its file: how many changes, the file.
    pub left: &'static str,
    /// The same where nothing was recorded.
    pub left_empty: &'static str,
    /// Lines off the record that are not in the file: how many, and the folder that has them.
    pub withheld: &'static str,
    /// A file that is no notebook.
    pub no_notebook: &'static str,
    /// A file that is there already.
    pub exists: &'static str,
    /// Everything that a file holds was here already; how many changes.
    pub nothing_new: &'static str,
    /// What a file brought: records by kind, and edits.
    pub brought: &'static str,
    /// How many edits.
    pub edits: &'static str,
    /// Where to decide about what waits.
    pub waiting: &'static str,
}

impl Strings {
    /// How many records of each kind came, and how many edits.
    pub fn brought(&self, records: impl IntoIterator<Item = (Kind, usize)>, edits: usize) -> String {
        let kinds = records.into_iter().map(|(kind, count)| format!("{} {count}", self.kind(kind)));
        let edits = (edits > 0).then(|| fill(self.notebook.edits, &[&edits.to_string()]));
        fill(self.notebook.brought, &[&kinds.chain(edits).collect::<Vec<_>>().join(", ")])
    }
}

pub(super) const VI: NotebookWords = NotebookWords {
    action_receive: "Nhập sổ ghi, bản sao lưu",
    action_notebook: "Sổ ghi riêng",
    title_taker: "Sổ ghi riêng: ai mang đi? Gõ tên hoặc chọn",
    history: "{} lập sổ ghi riêng {}",
    taken: "Đã lập sổ ghi riêng {} cho {}: {}",
    how_to_open: "Chép tệp này sang máy kia, rồi chạy ở đó: hoinghi notebook open {}",
    how_to_return: "Ghi xong, mang tệp về máy chính: hoinghi import {} (đang mở chương trình: F9, “Nhập sổ ghi”)",
    left: "Đã ghi {} thay đổi mới vào {}. Mang tệp này về máy chính.",
    left_empty: "Chưa ghi gì mới. Sổ ghi riêng vẫn ở {}.",
    withheld: "Lưu nội bộ: lời của {} dòng ở lại trong {}, không đi theo tệp.",
    no_notebook: "{} không phải sổ ghi riêng. Lập sổ ở máy chính: hoinghi notebook take",
    exists: "Đã có tệp {}. Chọn tên khác.",
    nothing_new: "Không có gì mới: cả {} thay đổi trong tệp đã có ở đây.",
    brought: "Gồm: {}",
    edits: "sửa, phân loại {} lần",
    waiting: "Xem và quyết định ở lệnh “{}”.",
};

pub(super) const EN: NotebookWords = NotebookWords {
    action_receive: "Import a notebook or backup",
    action_notebook: "Notebook to take along",
    title_taker: "Notebook: who takes it? Type a name or choose",
    history: "{} gave out notebook {}",
    taken: "Notebook {} was made for {}: {}",
    how_to_open: "Copy this file to the other computer, then run there: hoinghi notebook open {}",
    how_to_return: "When done, bring the file back to this computer: hoinghi import {} (or in the program: F9, “Import a notebook”)",
    left: "{} new {change was|changes were} written into {}. Bring this file back to the host's computer.",
    left_empty: "Nothing new was recorded. The notebook is still in {}.",
    withheld: "Off the record: the words of {} {line|lines} stay in {} and are not in the file.",
    no_notebook: "{} is no notebook. Make one on the host's computer: hoinghi notebook take",
    exists: "There is a file {} already. Choose another name.",
    nothing_new: "Nothing new: all {} {change|changes} of the file are here already.",
    brought: "That is: {}",
    edits: "{} {edit|edits}",
    waiting: "See and decide with the command “{}”.",
};
