//! The notice beside the conclusions, made anew when the board or the pane changes and not at every key.

use std::sync::Arc;

use super::{App, dialogs::pages::Live, panes::PaneId, session::SessionSeat};
use crate::{
    document::{self, Document, WordingError},
    domain::board::Board,
};

/// The notice of a board.
#[derive(Debug, Clone)]
pub struct Preview {
    board: Arc<Board>,
    /// The notice, or why the office's wording cannot be used.
    pub notice: Result<Document, WordingError>,
}

/// The preview that the seat needs now: none outside the conclusions and the chair's page, the present one if its board is still shown.
pub(super) fn kept_or_made(app: &mut App) -> Option<Preview> {
    let kept = app.preview.take();
    let needed =
        |seat: &&SessionSeat| seat.pane == PaneId::Conclusions || app.live_page() == Some(Live::Chair);
    let board = &app.session().filter(needed)?.board;
    let fresh = kept.filter(|preview| Arc::ptr_eq(&preview.board, board));
    fresh.or_else(|| {
        let notice = document::conclusion_notice(board, &app.wording);
        Some(Preview { board: Arc::clone(board), notice })
    })
}
