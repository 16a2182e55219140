//! A text as a QR code.

use qrcode::{Color, EcLevel, QrCode};

/// The rows of the code, whether each module is dark; nothing if the text is too long for one.
pub(super) fn of(text: &str) -> Vec<Vec<bool>> {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::L) else { return Vec::new() };
    let dark: Vec<bool> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    dark.chunks(code.width()).map(<[bool]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_address_of_the_older_kind_fits_a_small_code() {
        let square = of("ssh -p 65535 255.255.255.255");
        assert_eq!(square.len(), 25);
        assert!(square.iter().all(|row| row.len() == 25));
        assert!(square[0][..7].iter().all(|dark| *dark) && !square[1][1], "the corner is a frame");
        assert_eq!(of(&"a".repeat(9000)), Vec::<Vec<bool>>::new());
    }
}
