//! Two lines that say the same: merged, one taken, or both kept.

use crate::{
    app::{App, effect::Effect, notice::Notice, panes::PaneId},
    domain::{command::Command, ids::RecordId, record::Record},
    i18n::fill,
};

impl App {
    /// Keeps the selected one of two lines.
    pub(super) fn take_one(&mut self) -> Vec<Effect> {
        let pattern = self.strings().sorting.notice_took;
        self.settle_twins(pattern, |record, twin| Command::Take { record, twin })
    }

    /// Says that two lines are two matters.
    pub(super) fn keep_both(&mut self) -> Vec<Effect> {
        let pattern = self.strings().sorting.notice_kept_both;
        self.settle_twins(pattern, |record, twin| Command::KeepBoth { record, twin })
    }

    /// Without marks: puts what another note-taker wrote under the selected line.
    pub(super) fn merge_twin(&mut self) -> Option<Vec<Effect>> {
        self.session()?.twin()?;
        let pattern = self.strings().sorting.notice_merged;
        Some(self.settle_twins_as(pattern, true, |into, twin| Command::Merge { into, from: vec![twin] }))
    }

    /// Without marks and a twin: puts a line under the difficulty of this session that the triage shows as nearest.
    pub(super) fn merge_into_nearest(&mut self) -> Option<Vec<Effect>> {
        let strings = self.strings();
        let seat = self.session().filter(|seat| seat.pane == PaneId::Triage)?;
        let (line, near) = (seat.selected()?, seat.nearest_here().into_iter().next()?);
        let names = [super::called(strings, line).to_owned(), super::called(strings, near).to_owned()];
        let command = Command::Merge { into: near.id, from: vec![line.id] };
        self.say(Notice::info(fill(strings.sorting.notice_merged, &names.each_ref().map(String::as_str))));
        Some(self.act_on_session(command))
    }

    fn settle_twins(&mut self, pattern: &str, how: fn(RecordId, RecordId) -> Command) -> Vec<Effect> {
        self.settle_twins_as(pattern, false, how)
    }

    /// `turned`: the notice names the other line first.
    fn settle_twins_as(
        &mut self,
        pattern: &str,
        turned: bool,
        how: fn(RecordId, RecordId) -> Command,
    ) -> Vec<Effect> {
        let strings = self.strings();
        let pair = self.session().and_then(|seat| Some((seat.selected()?, seat.twin()?)));
        let Some((record, twin)) = pair else { return self.not_here() };
        let name = |record: &Record| super::called(strings, record).to_owned();
        let names = if turned { [name(twin), name(record)] } else { [name(record), name(twin)] };
        let command = how(record.id, twin.id);
        self.say(Notice::info(fill(pattern, &names.each_ref().map(String::as_str))));
        self.act_on_session(command)
    }
}
