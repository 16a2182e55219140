use proptest::prelude::*;

use super::*;

const AGES: Duration = Duration::from_secs(5);

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// What one write gives, all silences over.
fn decode(bytes: &[u8]) -> Vec<Input> {
    let mut decoder = Decoder::new();
    decoder.feed(bytes, ms(0));
    decoder.flush(AGES);
    decoder.drain()
}

fn keys(names: &str) -> Vec<Input> {
    names.split_whitespace().map(|name| Input::Key(name.parse().unwrap())).collect()
}

fn paste(text: &str) -> Vec<Input> {
    vec![Input::Paste(text.into())]
}

#[test]
fn every_way_to_say_backspace_is_backspace() {
    for bytes in [&b"\x7f"[..], b"\x08", b"\x1b[127u", b"\x1b[104;5u", b"\x1b[8u"] {
        assert_eq!(decode(bytes), keys("Backspace"), "{bytes:?}");
    }
    assert_eq!(decode(b"\x1b\x7f"), keys("Alt+Backspace"));
    assert_eq!(decode(b"\x1b\x08"), keys("Alt+Backspace"));
    assert_eq!(decode(b"\x1b[127;5u"), keys("Ctrl+Backspace"));
}

#[test]
fn case_10_press_and_release_are_one_letter() {
    assert_eq!(decode(b"\x1b[273;1:1u\x1b[273;1:3u"), keys("đ"));
    assert_eq!(decode("đ\x1b[273;1:3u".as_bytes()), keys("đ"));
    assert_eq!(decode(b"\x1b[97;1:3u"), []);
    assert_eq!(decode(b"\x1b[1;1:3D"), []);
}

#[test]
fn a_letter_that_only_has_a_release_is_that_letter() {
    assert_eq!(decode(b"\x1b[273;1:3u\x1b[273;1:3u"), keys("đ đ"));
}

#[test]
fn esc_and_a_control_key_in_one_read_are_two_keys_and_no_letter() {
    assert_eq!(decode(b"\x1b\x1a"), keys("Esc Ctrl+z"));
    assert_eq!(decode(b"\x1b\x1aQ4nn"), keys("Esc Ctrl+z Q 4 n n"));
}

#[test]
fn case_11_modifiers_that_belong_to_the_letter() {
    assert_eq!(decode(b"\x1b[432;7u"), keys("ư"));
    assert_eq!(decode("\x1bđ".as_bytes()), keys("Esc đ"));
    assert_eq!(decode(b"\x1b[273;3u"), keys("Esc đ"));
    assert_eq!(decode(b"\x1b[7870;2u"), keys("Ế"));
    assert_eq!(decode(b"\x1b[7871;2u"), keys("Ế"));
    assert_eq!(decode(b"\x1b1\x1ba"), keys("Alt+1 Alt+a"));
}

#[test]
fn a_word_that_a_method_commits_with_esc_is_no_alt() {
    assert_eq!(decode("\x1bViệt".as_bytes()), keys("Esc V i ệ t"));
    assert_eq!(decode("\x1ba\x1bbc".as_bytes()), keys("Alt+a Esc b c"));
    assert_eq!(decode(b"\x1b5a\x1bx \x1by\r"), keys("Alt+5 a Alt+x Space Alt+y Enter"));
    let mut decoder = Decoder::new();
    decoder.feed(b"\x1bv", ms(0));
    assert_eq!(decoder.drain(), keys("Alt+v"));
    decoder.feed(b"i", ms(1));
    assert_eq!(decoder.drain(), keys("i"));
}

#[test]
fn case_12_nul_is_nothing() {
    assert_eq!(decode(b"a\0b\x1b\0\x1b[0u"), [keys("a b"), vec![Input::Reply]].concat());
}

#[test]
fn case_31_what_follows_an_end_marker_without_a_pause_is_text() {
    let bytes = b"\x1b[200~a\x1b[201~rm -rf\r\x1b[D\x1b[<0;1;1M\x03\x1b[201~";
    assert_eq!(decode(bytes), paste("arm -rf\n"));
    let mut decoder = Decoder::new();
    for (n, byte) in bytes.iter().enumerate() {
        decoder.feed(&[*byte], ms(n as u64));
        assert_eq!(decoder.drain(), [], "no byte of it may act");
    }
    decoder.flush(AGES);
    assert_eq!(decoder.drain(), paste("arm -rf\n"));
}

#[test]
fn a_method_that_pastes_its_letters_corrects_them_without_a_pause() {
    let paste_of = |text: &str| format!("\x1b[200~{text}\x1b[201~");
    let word = ["vie\x7f", &paste_of("êt"), "\x7f\x7f", &paste_of("ệt"), " nam"].concat();
    assert_eq!(decode(word.as_bytes()), [keys("v i e Backspace"), paste("ệt nam")].concat());
    let over = [&paste_of("ê"), "\x7f\x7fx"].concat();
    assert_eq!(decode(over.as_bytes()), [keys("Backspace"), paste("x")].concat());
}

#[test]
fn a_key_after_a_pause_is_a_key_again() {
    let mut decoder = Decoder::new();
    decoder.feed(b"\x1b[200~a\x1b[201~", ms(0));
    assert_eq!(decoder.pending_deadline(), Some(ESC_SILENCE));
    decoder.feed(b"\r", ms(40));
    assert_eq!(decoder.drain(), [paste("a"), keys("Enter")].concat());
    assert_eq!(decoder.pending_deadline(), None);
}

#[test]
fn two_pastes_in_one_burst_keep_all_their_text() {
    assert_eq!(
        decode(b"\x1b[200~a\r\n\x1b[201~\x1b[200~b\x1b[201~\x1b[I"),
        [vec![Input::Focus], paste("a\r\nb")].concat()
    );
}

#[test]
fn a_paste_without_an_end_is_taken_after_a_second() {
    let mut decoder = Decoder::new();
    decoder.feed("\x1b[200~chữ".as_bytes(), ms(0));
    decoder.flush(ms(999));
    assert_eq!(decoder.drain(), []);
    decoder.feed(b"\x1b[D", ms(1_000));
    assert_eq!(decoder.drain(), [paste("chữ"), keys("Left")].concat());
}

#[test]
fn a_paste_beyond_the_cap_comes_in_parts_that_cut_neither_letter_nor_marker() {
    let text = "ệ".repeat(paste::PART / 3) + "a\x1b[2xệ";
    let inputs = decode(&[paste::START, text.as_bytes(), paste::END].concat());
    let parts: Vec<&str> = inputs
        .iter()
        .map(|input| match input {
            Input::Paste(part) => part.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(parts.len(), 2);
    assert_eq!(parts.concat(), text);
    for padding in 0..8 {
        let text = "a".repeat(paste::PART - padding);
        let inputs = decode(&[paste::START, text.as_bytes(), paste::END, paste::END].concat());
        let whole: String = inputs
            .iter()
            .map(|input| match input {
                Input::Paste(part) => part.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(whole.len(), text.len(), "{padding}");
    }
}

#[test]
fn case_32_a_line_end_is_one_enter() {
    assert_eq!(decode(b"a\r\nb"), keys("a Enter b"));
    assert_eq!(decode(b"a\nb\n\n"), keys("a Enter b Enter Enter"));
    assert_eq!(decode(b"\r\n\r\n"), keys("Enter Enter"));
    let mut decoder = Decoder::new();
    decoder.feed(b"\r", ms(0));
    decoder.feed(b"\n", ms(20));
    assert_eq!(decoder.drain(), keys("Enter"));
}

#[test]
fn case_44_the_rest_of_a_sequence_50_ms_after_its_esc_is_never_text() {
    for (rest, names) in [("[D", "Left"), ("OP", "F1"), ("[1;5Ca", "Ctrl+Right a"), ("[3~", "Delete")] {
        let mut decoder = Decoder::new();
        decoder.feed(b"\x1b", ms(0));
        decoder.flush(ms(30));
        assert_eq!(decoder.drain(), keys("Esc"));
        decoder.feed(rest.as_bytes(), ms(50));
        assert_eq!(decoder.drain(), keys(names), "{rest}");
    }
}

#[test]
fn a_lone_esc_waits_30_ms_and_a_whole_sequence_not_at_all() {
    let mut decoder = Decoder::new();
    decoder.feed(b"\x1b", ms(0));
    decoder.flush(ms(29));
    assert_eq!((decoder.next(), decoder.pending_deadline()), (None, Some(ms(30))));
    decoder.feed(b"[D", ms(29));
    assert_eq!(decoder.drain(), keys("Left"));
    assert_eq!(decode(b"\x1b\x1b[D"), keys("Esc Left"));
}

#[test]
fn text_typed_after_esc_stays_text() {
    let mut decoder = Decoder::new();
    decoder.feed(b"\x1b", ms(0));
    decoder.feed(b"[", ms(200));
    decoder.feed("Ông".as_bytes(), ms(300));
    assert_eq!(decoder.drain(), keys("Esc [ Ô n g"));
}

#[test]
fn case_45_a_letter_split_over_three_reads_is_one_letter() {
    let mut decoder = Decoder::new();
    for (n, byte) in "ệ".bytes().enumerate() {
        decoder.feed(&[byte], ms(400 * n as u64));
    }
    assert_eq!(decoder.drain(), keys("ệ"));
}

#[test]
fn invalid_bytes_are_dropped_and_what_follows_is_kept() {
    assert_eq!(decode(b"a\xffb\xe1\xbbc\x80d\xe1\x1b[D"), keys("a b c d Left"));
    assert_eq!(decode("\x1b[1ệ\x1b]11;rgbđ\x1bPê".as_bytes()), keys("ệ đ ê"));
}

#[test]
fn control_characters_of_two_bytes_are_no_letters() {
    assert_eq!(decode("a\u{90}b\u{9b}D\u{85}".as_bytes()), keys("a b D"));
}

#[test]
fn answers_of_the_terminal_are_no_keys() {
    for answer in [
        "\x1b[?62;22c",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1b]11;rgb:00/00/00\x07",
        "\x1b[12;40R",
        "\x1bP1$r0m\x1b\\",
        "\x1b[?1;2;4S",
        "\x1b[>0q",
        "\x1b[>1;4000;0c",
        "\x1b_Gi=1;OK\x1b\\",
    ] {
        let mut inputs = decode([answer, "x"].concat().as_bytes());
        assert_eq!(inputs.pop(), keys("x").pop(), "{answer:?}");
        assert_eq!(inputs, [Input::Reply], "{answer:?}");
    }
}

#[test]
fn no_letter_of_an_answer_about_the_ground_is_typed_wherever_it_is_cut_and_however_late_it_comes() {
    for answer in ["\x1b]11;rgb:ffff/fafa/abcd\x1b\\", "\x1b]11;rgb:ff/ff/ff\x07"] {
        for (cut, pause) in (1..answer.len()).flat_map(|cut| [1, 40, 300, 1_900].map(|pause| (cut, pause))) {
            let (left, right) = answer.split_at(cut);
            let mut decoder = Decoder::new();
            decoder.feed(format!("a{left}").as_bytes(), ms(0));
            decoder.flush(ms(pause));
            decoder.feed(format!("{right}ệ").as_bytes(), ms(pause));
            decoder.flush(AGES);
            let typed: String = decoder
                .drain()
                .iter()
                .filter_map(|input| if let Input::Key(key) = input { key.text() } else { None })
                .collect();
            assert_eq!((&*typed, decoder.is_light()), ("aệ", Some(true)), "{left:?} {pause} ms {right:?}");
        }
    }
}

#[test]
fn what_only_looks_like_the_beginning_of_an_answer_is_typed() {
    for (first, pause, second, names) in [
        ("\x1b", 100, "]", "Esc ]"),
        ("\x1b", 100, "11", "Esc 1 1"),
        ("\x1b]", 100, "1", "Alt+] 1"),
        ("\x1b]11;rgb:ff", 3_000, "ff", "f f"),
        ("\x1b]11;rgb:ff", 300, "x", "x"),
    ] {
        let mut decoder = Decoder::new();
        decoder.feed(first.as_bytes(), ms(0));
        decoder.flush(ms(pause));
        decoder.feed(second.as_bytes(), ms(pause));
        decoder.flush(AGES);
        assert_eq!(decoder.drain(), keys(names), "{first:?} {second:?}");
    }
}

#[test]
fn mouse_and_focus() {
    let mouse = |kind, column, row| Input::Mouse(Mouse { kind, column, row });
    let bytes = b"\x1b[<0;3;2M\x1b[<32;4;2M\x1b[<0;4;2m\x1b[<64;1;1M\x1b[<65;1;1M\x1b[I\x1b[O";
    let expected = [
        mouse(MouseKind::Down, 2, 1),
        mouse(MouseKind::Drag, 3, 1),
        mouse(MouseKind::Up, 3, 1),
        mouse(MouseKind::ScrollUp, 0, 0),
        mouse(MouseKind::ScrollDown, 0, 0),
        Input::Focus,
        Input::Focus,
    ];
    assert_eq!(decode(bytes), expected);
}

#[test]
fn keys_of_the_terminals_we_care_for() {
    for (bytes, name) in [
        ("\x1b[Z", "Shift+Tab"),
        ("\x1bOP", "F1"),
        ("\x1b[[A", "F1"),
        ("\x1b[15~", "F5"),
        ("\x1b[24~", "F12"),
        ("\x1b[1;5D", "Ctrl+Left"),
        ("\x1b[1;2D", "Shift+Left"),
        ("\x1b[5~", "PageUp"),
        ("\x1b[H", "Home"),
        ("\x1bOF", "End"),
        ("\x1b[3;5~", "Ctrl+Delete"),
        ("\x10", "Ctrl+P"),
        ("\x0b", "Ctrl+K"),
        ("\x1bO", "Alt+O"),
        ("\x1b\r", "Alt+Enter"),
        ("\x1b[13;2u", "Shift+Enter"),
        ("\x1b[110;5u", "Ctrl+N"),
        ("\x1b[110;6u", "Ctrl+N"),
    ] {
        assert_eq!(decode(bytes.as_bytes()), keys(name), "{bytes:?}");
    }
}

#[test]
fn enter_is_inside_a_burst_when_text_follows_it() {
    let burst = decode(b"a\rb\r");
    assert!(enter_inside_burst(&burst, 1));
    assert!(!enter_inside_burst(&burst, 0), "no Enter");
    assert!(!enter_inside_burst(&burst, 3), "the last one");
    assert!(!enter_inside_burst(&decode(b"\r\x7f\x1b[D"), 0), "no text follows");
}

#[test]
fn console_events_obey_the_same_rules() {
    use crossterm::event::{Event, KeyCode as C, KeyEvent, KeyEventKind as K, KeyModifiers as M};
    let event = |code, modifiers, kind| Event::Key(KeyEvent::new_with_kind(code, modifiers, kind));
    let mut decoder = Decoder::new();
    for (code, modifiers, kind) in [
        (C::Char('đ'), M::NONE, K::Press),
        (C::Char('đ'), M::NONE, K::Release),
        (C::Char('ế'), M::NONE, K::Release),
        (C::Char('d'), M::NONE, K::Release),
        (C::Enter, M::NONE, K::Press),
        (C::Char('j'), M::CONTROL, K::Press),
        (C::Char('h'), M::CONTROL, K::Press),
        (C::Char('\0'), M::NONE, K::Press),
        (C::Char('ư'), M::CONTROL | M::ALT, K::Press),
        (C::BackTab, M::SHIFT, K::Press),
    ] {
        decoder.feed_event(&event(code, modifiers, kind), ms(0));
    }
    assert_eq!(decoder.drain(), keys("đ ế Enter Backspace ư Shift+Tab"));
}

proptest! {
    #[test]
    fn no_bytes_hold_back_a_later_key(bytes in proptest::collection::vec(
        prop_oneof![Just(0x1b), Just(b'['), Just(b'2'), Just(b'0'), Just(b'~'), Just(b'P'), Just(b']'), any::<u8>()], 0..60,
    ), start in any::<bool>()) {
        let mut decoder = Decoder::new();
        decoder.feed(if start { paste::START } else { b"" }, ms(0));
        decoder.feed(&bytes, ms(0));
        decoder.flush(AGES);
        decoder.drain();
        prop_assert_eq!(decoder.pending_deadline(), None);
        decoder.feed(b"x", AGES);
        prop_assert_eq!(decoder.drain(), keys("x"));
    }

    #[test]
    fn reads_may_be_cut_anywhere(text in "[a-zăđệ\\r\u{1b}]{0,12}", cut in 0_usize..40) {
        let bytes = text.as_bytes();
        let (left, right) = bytes.split_at(cut.min(bytes.len()));
        let mut decoder = Decoder::new();
        decoder.feed(left, ms(0));
        decoder.feed(right, ms(1));
        decoder.flush(AGES);
        prop_assert_eq!(decoder.drain(), decode(bytes));
    }
}
