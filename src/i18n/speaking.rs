//! Words about the clock and about who speaks.

use super::{Strings, fill};
use crate::domain::{
    board::Board,
    field,
    record::Record,
    roster, speech,
    timing::{Allotment, Forecast},
};

impl Strings {
    /// Whose a speech is: its speaker and unit, as far as they are known.
    pub fn whose(&self, board: &Board, speech: &Record) -> String {
        let speaker = speech.link(&field::SPEAKER).and_then(|id| board.record(id)).map(Record::wording);
        let unit = speech::unit_of(board, speech).map(roster::code);
        let parts: Vec<&str> = unit.into_iter().chain(speaker).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { self.speaker_unknown.to_owned() } else { parts.join(" · ") }
    }

    /// `4 đơn vị chưa nói, giữ 20 phút kết luận: mỗi đơn vị 6 phút`.
    pub fn shared_out(&self, shared: &Allotment) -> String {
        let [conclusion, other] =
            [shared.conclusion, shared.reserve - shared.conclusion].map(|time| time.to_string());
        let kept = match (shared.conclusion > 0, shared.reserve > shared.conclusion) {
            (true, true) => fill(self.kept_for_both, &[&conclusion, &other]),
            (true, false) => fill(self.kept_for_conclusion, &[&conclusion]),
            (false, true) => fill(self.kept_for_later, &[&other]),
            (false, false) => String::new(),
        };
        fill(self.part_allotment, &[&shared.units.to_string(), &kept, &shared.each.to_string()])
    }

    /// The same in few words.
    pub fn shared_out_shortly(&self, shared: &Allotment) -> String {
        let parts = [shared.units.to_string(), shared.reserve.to_string(), shared.each.to_string()];
        fill(self.part_allotment_short, &parts.each_ref().map(String::as_str))
    }

    /// `bế mạc dự kiến 11:42 (trễ 12 phút)`.
    pub fn forecast(&self, forecast: &Forecast) -> String {
        let ends = forecast.ends.format("%H:%M").to_string();
        let minutes = forecast.late.abs().to_string();
        match forecast.late {
            0 => fill(self.forecast_on_time, &[&ends]),
            1.. => fill(self.forecast_late, &[&ends, &minutes]),
            _ => fill(self.forecast_early, &[&ends, &minutes]),
        }
    }

    /// A speech as sentences call it.
    pub(super) fn speech_called(&self, board: &Board, speech: &Record) -> String {
        fill(self.speech_of, &[&self.whose(board, speech)])
    }

    /// The sentence of a pause: of a speech, or of the session.
    pub(super) fn paused(&self, of_speech: bool) -> &'static str {
        if of_speech { self.history_pause_speech } else { self.history_pause }
    }

    /// The sentence of the end of a pause.
    pub(super) fn resumed(&self, of_speech: bool) -> &'static str {
        if of_speech { self.history_resume_speech } else { self.history_resume }
    }
}
