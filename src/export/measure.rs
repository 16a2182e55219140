//! How long a line of bold text is, for the rules below it.

use crate::text::fold::fold;

/// Millimetres in a point.
const POINT: f64 = 25.4 / 72.0;

/// From line to line, in sizes of the font: the ascent and descent that Times New Roman has.
pub(super) const LINE: f64 = 1.15;

/// The length of a line in Times New Roman Bold, in millimetres.
pub(super) fn length(text: &str, points: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() / 1000.0 * points * POINT
}

/// The advance of a letter in thousandths of its size; Vietnamese marks take no room.
fn advance(c: char) -> f64 {
    let folded = fold(c.encode_utf8(&mut [0; 4]));
    let base = folded.chars().next().unwrap_or(' ');
    if c.is_uppercase() { upper(base) } else { lower(base) }
}

fn upper(base: char) -> f64 {
    match base {
        'i' => 389.0,
        'j' => 500.0,
        's' => 556.0,
        'f' | 'p' => 611.0,
        'b' | 'e' | 'l' | 't' | 'z' => 667.0,
        'g' | 'h' | 'k' | 'o' | 'q' => 778.0,
        'm' => 944.0,
        'w' => 1000.0,
        _ => 722.0,
    }
}

fn lower(base: char) -> f64 {
    match base {
        ' ' | '.' | ',' => 250.0,
        'i' | 'l' => 278.0,
        'f' | 'j' | 't' | '-' | '(' | ')' | ':' | ';' => 333.0,
        's' => 389.0,
        'c' | 'e' | 'r' | 'z' => 444.0,
        'b' | 'd' | 'h' | 'k' | 'n' | 'p' | 'q' | 'u' => 556.0,
        'w' => 722.0,
        'm' => 833.0,
        _ => 500.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_letterheads_have_the_length_that_they_print_with() {
        for (text, points, wanted) in [
            ("ĐẢNG CỘNG SẢN VIỆT NAM", 15.0, 72.9),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13.0, 95.7),
            ("Độc lập - Tự do - Hạnh phúc", 14.0, 60.2),
        ] {
            let found = length(text, points);
            assert!((found - wanted).abs() < 0.1, "{text}: {found}");
        }
    }
}
