//! The cases of typing, deleting and pasting, each from its bytes to the text that is kept.

use unicode_normalization::UnicodeNormalization;

use crate::support::typist::Typist;

fn nfd(text: &str) -> String {
    text.nfd().collect()
}

/// The text after one write into an empty editor.
fn typed(text: &str) -> String {
    Typist::multi().write(text).text()
}

const CASE_3: &str = "vie⌫êt⌫⌫ê\u{323}t";
const CASE_4: &str = "⌫⌫⌫ê\u{301}t";

#[test]
fn case_01_a_replacing_method_and_undo_by_word() {
    let mut typist = Typist::multi();
    typist.write("hội vie⌫êt⌫⌫ệt");
    assert_eq!(typist.text(), "hội việt");
    assert_eq!(typist.key("Ctrl+Z").text(), "hội ");
    assert_eq!(typist.key("Ctrl+Y").text(), "hội việt");
    assert_eq!(typist.key("Ctrl+Z").key("Ctrl+Z").text(), "");
}

#[test]
fn case_01_the_word_has_four_clusters() {
    let mut typist = Typist::multi();
    typist.write("vie⌫êt⌫⌫ệt").key("Left").key("Left").key("Left");
    assert_eq!(typist.editor.caret().head.byte, 1);
}

#[test]
fn case_02_two_letters_changed_at_once() {
    assert_eq!(typed("d⌫đuo⌫⌫ươc⌫⌫ợc"), "được");
}

#[test]
fn case_03_compound_letters_are_kept_as_typed_and_saved_composed() {
    let mut typist = Typist::multi();
    typist.write(CASE_3);
    assert_eq!(typist.text(), "viê\u{323}t");
    assert_eq!(typist.editor.text_nfc(), "việt");
}

#[test]
fn case_04_a_compound_letter_is_taken_back_mark_by_mark() {
    let mut typist = Typist::multi();
    typist.write(CASE_3).write(CASE_4);
    assert_eq!(typist.editor.text_nfc(), "viết");
}

#[test]
fn case_05_narrow_space_sent_and_deleted() {
    let mut typist = Typist::multi();
    typist.write("a\u{202f}⌫⌫â");
    assert_eq!(typist.text(), "â");
    typist.key("Ctrl+Z");
    assert_eq!(typist.text(), "", "one word, one step");
}

#[test]
fn case_06_the_other_backspace() {
    assert_eq!(typed("vie\u{8}ê"), "viê");
}

#[test]
fn case_07_a_long_burst_needs_no_further_key() {
    let burst = "vie⌫êt⌫⌫ệt ".repeat(600);
    assert_eq!(burst.replace('⌫', "\u{7f}").len(), 8_400);
    assert_eq!(typed(&burst), "việt ".repeat(600));
}

#[test]
fn case_08_a_mark_that_comes_late() {
    let mut typist = Typist::multi();
    typist.write("ê").wait(300).write("\u{323}");
    assert_eq!(typist.editor.text_nfc(), "ệ");
    assert_eq!(typist.editor.view().cursor, Some((1, 0)));
}

#[test]
fn case_09_a_mark_without_a_letter_is_kept() {
    assert_eq!(typed("\u{301}a"), "\u{301}a");
}

#[test]
fn case_10_press_and_release() {
    assert_eq!(typed("\u{1b}[273;1:1u\u{1b}[273;1:3u"), "đ");
}

#[test]
fn case_11_altgr_alt_and_shift() {
    let mut typist = Typist::multi();
    typist.write("\u{1b}[432;7u\u{1b}đ\u{1b}[7870;2u");
    assert_eq!(typist.text(), "ưđẾ");
    assert_eq!(typist.unhandled, ["Esc"]);
}

#[test]
fn case_12_nul() {
    assert_eq!(typed("a\0b"), "ab");
}

#[test]
fn case_13_back_over_a_space() {
    assert_eq!(Typist::multi().write("khong ⌫").write("⌫⌫⌫ông").text(), "không");
}

#[test]
fn case_14_nothing_comes_between_backspace_and_letter() {
    let mut typist = Typist::multi();
    typist.write("vie⌫");
    let draft = typist.editor.draft();
    typist.editor.resize(30, 2);
    typist.write("êt⌫⌫ệt");
    assert_eq!((draft.text.as_str(), typist.text().as_str()), ("vi", "việt"));
}

#[test]
fn case_15_backspace_takes_a_composed_letter() {
    assert_eq!(typed("tệ⌫"), "t");
}

#[test]
fn case_16_backspace_takes_marks_one_by_one() {
    let mut typist = Typist::multi();
    typist.write("e\u{323}\u{302}");
    for left in ["e\u{323}", "e", ""] {
        assert_eq!(typist.write("⌫").text(), left);
    }
}

#[test]
fn case_17_delete_takes_the_whole_cluster() {
    assert_eq!(Typist::multi().write("e\u{323}\u{302}x\u{1b}[H\u{1b}[3~").text(), "x");
}

#[test]
fn case_18_arrows_go_by_cluster() {
    let (family, flag, thumb) = ("👨‍👩‍👧", "🇻🇳", "👍🏽");
    for cluster in [family, flag, thumb, &nfd("ệ")] {
        let mut typist = Typist::multi();
        typist.write(&format!("a{cluster}b\u{1b}[H"));
        for byte in [1, 1 + cluster.len(), 2 + cluster.len(), 2 + cluster.len()] {
            assert_eq!(typist.write("\u{1b}[C").editor.caret().head.byte, byte, "{cluster}");
        }
    }
    assert_eq!(typed("a🇻🇳⌫"), "a");
}

#[test]
fn case_19_delete_word() {
    for text in ["Đồng chí Nguyễn".to_owned(), nfd("Đồng chí Nguyễn")] {
        for key in ["\u{17}", "\u{1b}\u{7f}", "\u{1b}[127;5u"] {
            let mut typist = Typist::multi();
            typist.write(&text).write(key);
            assert_eq!(typist.editor.text_nfc(), "Đồng chí ");
        }
    }
}

#[test]
fn case_20_a_selection_is_replaced_by_cluster() {
    let mut typist = Typist::multi();
    typist.write(&nfd("tiếế")).write("\u{1b}[1;2D\u{1b}[1;2D").write("x");
    assert_eq!(typist.text(), "tix");
}

#[test]
fn case_21_backspace_joins_lines_and_marks() {
    let mut typist = Typist::multi();
    typist.write("a\rb\u{1b}[H⌫");
    assert_eq!(typist.text(), "ab");
    let mut typist = Typist::multi();
    typist.write("e\r\u{323}t\u{1b}[H⌫");
    assert_eq!((typist.text().as_str(), typist.editor.caret().head.byte), ("e\u{323}t", 3));
    assert_eq!(typist.write("x").editor.text_nfc(), "ẹxt");
}

#[test]
fn case_22_undo_and_redo_are_byte_identical() {
    let mut typist = Typist::multi();
    typist.write(CASE_3);
    let (third, caret) = (typist.text(), typist.editor.caret());
    typist.key("Home").key("End").write(CASE_4);
    let fourth = typist.text();
    assert_eq!(typist.key("Ctrl+Z").text(), third);
    assert_eq!(typist.editor.caret(), caret);
    assert_eq!(typist.key("Ctrl+Y").text(), fourth);
    assert_eq!(typist.key("Ctrl+Z").key("Ctrl+Z").text(), "");
    assert_eq!(typist.key("Ctrl+Y").text(), third);
}

#[test]
fn case_29_a_paste_of_lines_is_one_step() {
    let mut typist = Typist::multi();
    typist.write("đầu ").write("\u{1b}[200~dòng 1\r\ndòng 2\rdòng 3\nhết\u{1b}[201~").wait(30);
    assert_eq!(typist.text(), "đầu dòng 1\ndòng 2\ndòng 3\nhết");
    assert_eq!(typist.key("Ctrl+Z").text(), "đầu ");
    assert_eq!(typist.key("Ctrl+Y").text(), "đầu dòng 1\ndòng 2\ndòng 3\nhết");
}

#[test]
fn case_30_a_paste_is_stored_composed() {
    let mut typist = Typist::multi();
    typist.write(&format!("\u{1b}[200~{}\u{1b}[201~", nfd("việt"))).wait(30);
    assert_eq!(typist.text(), "việt");
}

#[test]
fn case_31_a_paste_runs_nothing() {
    let mut typist = Typist::new(hoinghi::app::editor::Editor::line());
    typist.write("\u{1b}[200~ghi \u{1b}[201~rm -rf\r\u{1b}[D").wait(30);
    assert_eq!((typist.text().as_str(), typist.unhandled.len()), ("ghi rm -rf", 0));
}

#[test]
fn case_32_lines_without_brackets() {
    assert_eq!(typed("a\r\nb"), "a\nb");
}

#[test]
fn case_33_a_paste_of_a_megabyte_is_whole_and_typing_goes_on() {
    let line = "Tiếp nhận, giới thiệu chuyển sinh hoạt Đảng\n";
    let text = line.repeat(1_000_000 / line.len());
    let mut typist = Typist::multi();
    typist.write(&format!("\u{1b}[200~{text}\u{1b}[201~")).wait(30).write("x");
    assert_eq!(typist.text(), text + "x");
}

#[test]
fn case_44_a_late_rest_of_a_sequence_is_never_text() {
    let mut typist = Typist::multi();
    typist.write("ab\u{1b}").wait(50).write("[D").write("x");
    assert_eq!(typist.text(), "axb");
}

#[test]
fn case_45_a_letter_split_over_three_reads() {
    let mut typist = Typist::multi();
    "ệ".bytes().for_each(|byte| _ = typist.write_bytes(&[byte]).wait(10));
    assert_eq!(typist.text(), "ệ");
}
