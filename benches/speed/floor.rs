//! The least that a ratatui program does: a list of which it draws what is visible, a line of text, one drawing a key. What a
//! key costs here is what a key costs at all.

use ratatui::{
    crossterm::event::{self, Event, KeyCode},
    layout::{Constraint, Layout},
    style::{Modifier, Style},
    widgets::{Block, List, ListState, Paragraph},
};

/// What it shows when it can be used.
pub(crate) const READY: &str = "q leaves";

/// Arrows move, letters are typed, `q` leaves.
pub(crate) fn run(rows: usize) -> std::io::Result<()> {
    let lines: Vec<String> =
        (1..=rows).map(|row| format!("{row:>6}  what somebody said at the table")).collect();
    let (mut at, mut top, mut typed) = (0_usize, 0_usize, String::new());
    let mut terminal = ratatui::init();
    loop {
        terminal.draw(|frame| {
            let parts = [Constraint::Fill(1), Constraint::Length(3), Constraint::Length(1)];
            let [list, text, hint] = Layout::vertical(parts).areas(frame.area());
            let height = usize::from(list.height.saturating_sub(2));
            top = top.min(at).max((at + 1).saturating_sub(height));
            let shown = lines.iter().skip(top).take(height).map(String::as_str);
            let shown = List::new(shown)
                .block(Block::bordered())
                .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
            frame.render_stateful_widget(
                shown,
                list,
                &mut ListState::default().with_selected(Some(at - top)),
            );
            frame.render_widget(Paragraph::new(typed.as_str()).block(Block::bordered()), text);
            frame.render_widget(Paragraph::new(READY), hint);
        })?;
        let Event::Key(key) = event::read()? else { continue };
        match key.code {
            KeyCode::Char('q') => break,
            KeyCode::Char(letter) => typed.push(letter),
            KeyCode::Down => at = (at + 1).min(rows.saturating_sub(1)),
            KeyCode::Up => at = at.saturating_sub(1),
            _ => {}
        }
    }
    ratatui::restore();
    Ok(())
}
