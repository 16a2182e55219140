//! The lines above and below a screen: title, tabs, status, hints.

use std::ops::Range;

use ratatui::{layout::Rect, style::Style};

use super::{
    canvas::{Canvas, skip},
    course,
    panes::capitalised,
};
use crate::{
    app::{
        App, Saved,
        dialogs::{Dialog, wizard::quarter_words},
        labels::action_name,
        layout::{self, Areas},
        notice::Level,
        panes::PaneId,
        session::{Focus, SessionSeat},
        work::Task,
    },
    domain::{field, follow_up, kind::Kind, record::Record, roll_call::Roll, session::Session},
    i18n::fill,
    keymap::{Context, action::Action},
    text::{
        nfc,
        width::{truncate, width},
        wrap::wrap,
    },
};

/// The session's cluster, quarter, title and state.
pub(super) fn header(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat, areas: &Areas) {
    let strings = app.strings();
    let theme = canvas.theme;
    let Some(session) = Session::of(&seat.board) else { return };
    let state = format!("  {} ", strings.state(session.state()));
    let left = canvas.right(skip(areas.header, 1), &state, theme.strong());
    let quarter = quarter_words(strings, session.quarter());
    let parts: Vec<&str> = [session.cluster().unwrap_or_default(), &quarter, session.title()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let used = canvas.text(left, strings.app, theme.title());
    canvas.text(skip(left, used + 2), &parts.join(" · "), theme.plain());
}

/// The tabs of the four panes.
pub(super) fn tabs(canvas: &mut Canvas<'_>, app: &App, seat: &SessionSeat) {
    let theme = canvas.theme;
    for tab in layout::tabs(app) {
        let style = if tab.pane == seat.pane { theme.selected() } else { theme.plain() };
        canvas.text(tab.area, &tab.text, style);
    }
}

/// What was just said, else how things stand: saved or not, how the session goes.
///
/// What was said is never cut: if it is long, it takes the line of the hints too.
pub(super) fn status(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let theme = canvas.theme;
    let area = skip(areas.status, 1);
    let (saved, saved_style) = saved_words(app, canvas);
    let saved = format!(" {saved} ");
    if let Some(text) = working(app) {
        let left = canvas.right(area, &saved, saved_style);
        canvas.text(left, &text, theme.strong());
        return;
    }
    if let Some(notice) = &app.notice {
        let (text, style) = (&notice.text, notice_style(canvas, notice.level));
        if width(text) + width(&saved) <= area.width.into() {
            let left = canvas.right(area, &saved, saved_style);
            canvas.text(left, text, style);
        } else {
            long_notice(canvas, app, areas, (text, style));
        }
        return;
    }
    let left = canvas.right(area, &saved, saved_style);
    let left = company(canvas, app, left);
    if let Some(seat) = app.session() {
        let course = course::words(app, seat, left.width.into());
        let over = course.over.unwrap_or(0..0);
        let part = |range: Range<usize>| course.text.get(range).unwrap_or_default();
        canvas.parts(
            left,
            &[
                (part(0..over.start), theme.plain()),
                (part(over.clone()), theme.warning()),
                (part(over.end..course.text.len()), theme.plain()),
            ],
        );
    }
}

/// Something long that was said, in two lines, beside whether all is saved: that gets shorter before words are lost. Only that something is not
/// saved says so itself and may take all the room.
fn long_notice(canvas: &mut Canvas<'_>, app: &App, areas: &Areas, (text, style): (&str, Style)) {
    let (saved, saved_style) = saved_words(app, canvas);
    let is_saved = matches!(app.saved, Saved::At(_)) && app.pending.is_empty();
    let is_typed = app.session().is_some_and(SessionSeat::has_unsaved);
    let short = if is_saved && !is_typed { app.strings().sorting.saved_short } else { &saved };
    let text = nfc::drawable(text).replace('\n', " ");
    let [first, second] = [areas.status, areas.hints].map(|area| skip(area, 1));
    let fits = |saved: &str| {
        let room = usize::from(first.width).saturating_sub(width(saved));
        in_two(&text, room, second.width.into())[2].is_empty()
    };
    let forms = [format!(" {saved} "), format!(" {short} ")];
    let fitting = forms.iter().find(|saved| fits(saved)).map_or(&*forms[1], String::as_str);
    let says_itself = app.saved == Saved::Failed && text.contains(&saved);
    let left = canvas.right(first, if says_itself { "" } else { fitting }, saved_style);
    let [above, below, rest] = in_two(&text, left.width.into(), second.width.into());
    canvas.text(left, above.trim_end(), style);
    canvas.text(second, &[below, rest].concat(), style);
}

/// A text in a row of some cells and one of others, and what fits into neither.
fn in_two(text: &str, first: usize, second: usize) -> [&str; 3] {
    let cut = |text, cells: usize| wrap(text, cells.max(1)).first().map_or(0, |row| row.end);
    let (above, rest) = text.split_at_checked(cut(text, first)).unwrap_or((text, ""));
    let (below, rest) = rest.split_at_checked(cut(rest, second)).unwrap_or((rest, ""));
    [above, below, rest]
}

/// How far long work is, unless something is told that matters more.
fn working(app: &App) -> Option<String> {
    let work = app.work.filter(|_| app.notice.as_ref().is_none_or(|notice| notice.level == Level::Info))?;
    let words = &app.strings().papers;
    let pattern = match work.task {
        _ if work.given_up => return Some(words.giving_up.to_owned()),
        Task::Export => words.exporting,
        Task::Import => words.reading,
    };
    Some(fill(pattern, &[&work.percent.to_string(), &app.key_name(Action::Leave)]))
}

/// The cells that the course of the session keeps beside the others' names; in a small window six tenths.
const COURSE: u16 = 48;
/// The same beside news, which are gone after a moment.
const BRIEFLY: u16 = 22;
/// The cells below which news say nothing.
const LEAST: usize = 20;

/// Who else is here or what one of them has just done, before whether all is saved, where there is room beside the course; what is left for
/// that.
fn company(canvas: &mut Canvas<'_>, app: &App, area: Rect) -> Rect {
    let beside = |course: u16| {
        let course = course.min(area.width / 10 * 6);
        usize::from(area.width.saturating_sub(if app.session().is_some() { course } else { 0 }))
    };
    let (room, briefly) = (beside(COURSE), beside(BRIEFLY));
    let (text, style) = match app.news.as_ref().filter(|_| briefly > LEAST) {
        Some(news) => (truncate(&news.text, briefly.saturating_sub(2)).into_owned(), canvas.theme.good()),
        None => match app.company_words().into_iter().find(|text| width(text) + 2 <= room) {
            Some(text) => (text, canvas.theme.faint()),
            None => return area,
        },
    };
    let left = canvas.right(area, &format!("{text}  "), style);
    // The course ends before it with a gap.
    Rect { width: left.width.saturating_sub(1), ..left }
}

/// Whether what was said takes the line of the hints.
fn is_long(app: &App, canvas: &Canvas<'_>, areas: &Areas) -> bool {
    let saved = width(&saved_words(app, canvas).0) + 2;
    let text = app.notice.as_ref().map_or(0, |notice| width(&notice.text));
    text > 0 && text + saved > usize::from(areas.status.width.saturating_sub(1))
}

fn notice_style(canvas: &Canvas<'_>, level: Level) -> Style {
    match level {
        Level::Info => canvas.theme.good(),
        Level::Warning => canvas.theme.warning(),
        Level::Error => canvas.theme.error(),
    }
}

fn saved_words(app: &App, canvas: &Canvas<'_>) -> (String, Style) {
    let strings = app.strings();
    let theme = canvas.theme;
    let unsaved = app.session().is_some_and(SessionSeat::has_unsaved);
    let (text, style) = match app.saved {
        Saved::Failed => return (strings.not_saved.to_owned(), theme.error()),
        _ if !app.pending.is_empty() => return (strings.saving.to_owned(), theme.warning()),
        Saved::At(at) => (fill(strings.saved, &[&at.format("%H:%M:%S").to_string()]), theme.good()),
        Saved::Nothing => (String::new(), theme.faint()),
    };
    if !unsaved {
        return (text, style);
    }
    let both = if text.is_empty() {
        capitalised(strings.unsaved_text)
    } else {
        format!("{text} · {}", strings.unsaved_text)
    };
    (both, theme.warning())
}

/// The keys that matter here and now, from the same table that they are looked up in; those of help and palette always.
pub(super) fn hints(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    if is_long(app, canvas, areas) {
        return;
    }
    let mut area = skip(areas.hints, 1);
    if app.dialog.is_none() {
        let always = [Action::Palette, Action::Help].map(|action| (app.key_name(action), name(app, action)));
        for (key, name) in always {
            let text = format!("{key} {name} ");
            area = canvas.right(area, &text, canvas.theme.faint());
            area.width = area.width.saturating_sub(1);
        }
    }
    for action in relevant(app).into_iter().filter(|action| app.is_possible(*action)) {
        let (key, name) = (app.key_name(action), name(app, action));
        let needed = width(&key) + width(name) + 1;
        if key.is_empty() || needed > area.width.into() {
            continue;
        }
        let theme = canvas.theme;
        let used = canvas.parts(area, &[(&key, theme.strong()), (" ", theme.plain()), (name, theme.plain())]);
        area = skip(area, used + 3);
    }
}

/// What an action is called here: Enter and Esc by what they do.
fn name(app: &App, action: Action) -> &'static str {
    let strings = app.strings();
    let editing = app.dialog.is_none() && app.is_typing();
    match (action, &app.dialog) {
        (Action::SayState, None) if app.saved == Saved::Failed => strings.action_elsewhere,
        (Action::Pause, _) if app.session().is_some_and(|seat| seat.figures.paused) => strings.resume,
        (Action::Projector, _) => strings.wall.projector_short,
        (Action::ChairPage, _) => strings.wall.chair_short,
        (Action::Allot, _) => strings.allot,
        (Action::ToggleDone, _) if selected(app, |item| item.date(&field::DONE_ON).is_some()) => {
            strings.following.action_not_done
        }
        (Action::CarryOver, _) if selected(app, follow_up::is_carried) => strings.following.action_carry_not,
        (Action::ChainPrevious, _) if selected(app, |item| item.kind() == Some(Kind::FollowUp)) => {
            strings.following.action_origin
        }
        (Action::CheckLater, _) if selected(app, |line| line.flag(&field::CHECK_LATER)) => {
            strings.sorting.action_checked
        }
        (Action::TogglePresent, _) if at_venue(app) => strings.action_connection,
        (Action::Sitting, _) if app.session().is_some_and(|seat| seat.figures.adjourned) => {
            strings.begin_sitting
        }
        (Action::Sitting, _) => strings.end_sitting,
        (Action::Pause, _) => strings.pause,
        (Action::Publish, _) if app.publishes_no_more() => strings.wall.unpublish,
        (Action::Open, Some(Dialog::Picker(picker))) if picker.many => strings.action_mark,
        (Action::Open, Some(Dialog::Picker(_))) => strings.choose,
        (Action::Open, Some(Dialog::Wizard(_))) => strings.action_create,
        (Action::Open, None) if app.context() == Context::ReadBack && !in_details(app) => {
            strings.read_back.action_edit
        }
        (Action::Open, _) if editing => strings.action_save_line,
        (Action::Open, Some(Dialog::Folder(_))) => strings.go_elsewhere,
        (Action::Leave, Some(Dialog::Wizard(_) | Dialog::Folder(_))) => strings.action_leave_text,
        (Action::Leave, _) if editing => strings.action_leave_text,
        _ => action_name(strings, action),
    }
}

/// The actions to hint at, the likeliest first.
fn relevant(app: &App) -> Vec<Action> {
    use Action as A;
    match &app.dialog {
        Some(Dialog::Pages(pages)) if pages.is_chairs => {
            return vec![A::PageUp, A::PageDown, A::PrintChairPage, A::Leave];
        }
        Some(Dialog::Invitation) => return vec![A::Leave],
        Some(Dialog::Pages(_)) => return vec![A::Up, A::Down, A::PageDown, A::Leave],
        Some(Dialog::Wizard(wizard)) if wizard.entry().is_none() => {
            return vec![A::Open, A::Leave, A::Previous];
        }
        Some(Dialog::Wizard(_)) => return vec![A::Next, A::Leave, A::Previous],
        Some(Dialog::Picker(picker)) if picker.takes_space() => return vec![A::Mark, A::Leave],
        Some(_) => return vec![A::Open, A::Leave],
        None => {}
    }
    let offer = (app.saved == Saved::Failed).then_some(A::SayState);
    let adjourned = app.session().is_some_and(|seat| seat.figures.adjourned && seat.focus == Focus::List);
    let next = adjourned.then_some(A::Sitting);
    offer.into_iter().chain(next).chain(relevant_in_screen(app)).collect()
}

/// Whether the selected record is of that sort.
fn selected(app: &App, is: impl Fn(&Record) -> bool) -> bool {
    app.session().and_then(SessionSeat::selected).is_some_and(is)
}

fn at_venue(app: &App) -> bool {
    selected(app, |record| record.kind() == Some(Kind::Venue))
}

fn relevant_in_screen(app: &App) -> Vec<Action> {
    use Action as A;
    match app.context() {
        Context::Home => vec![A::Open, A::Add, A::Find, A::Quit],
        Context::Capture => {
            vec![A::Open, A::ChangeSpeaker, A::Merge, A::Leave, A::PinContext, A::Near, A::Undo]
        }
        Context::Chair => vec![A::PageUp, A::PageDown, A::PrintChairPage, A::Leave],
        Context::Session
        | Context::RollCall
        | Context::Speakers
        | Context::ReadBack
        | Context::FollowUp
        | Context::Dialog
        | Context::Choices
            if in_details(app) =>
        {
            vec![A::ChooseVersion, A::Fill, A::Open, A::Leave, A::RecordHistory, A::Undo]
        }
        Context::ReadBack => relevant_in_read_back(app),
        Context::FollowUp => {
            vec![A::ToggleDone, A::CarryOver, A::Open, A::ChainPrevious, A::TakeUp, A::Remove, A::Undo]
        }
        Context::Projector => vec![A::PageUp, A::PageDown, A::Leave, A::Cover],
        Context::Triage | Context::Session if marks(app) => {
            vec![A::Merge, A::Publish, A::ChangeSpeaker, A::ChooseTheme, A::Mark, A::Leave]
        }
        Context::Text if app.is_possible(A::Split) => vec![A::Open, A::Split, A::Next, A::Leave, A::Undo],
        Context::Text => vec![A::Fill, A::Open, A::Leave, A::Next, A::Undo],
        Context::Triage if app.is_possible(A::Take) => {
            vec![A::Take, A::Merge, A::KeepBoth, A::ClassifyDifficulty, A::Split, A::Attach]
        }
        Context::Triage => {
            vec![
                A::ClassifyDifficulty,
                A::ClassifyObstacle,
                A::Split,
                A::Merge,
                A::Attach,
                A::ChangeSpeaker,
                A::ChooseTheme,
                A::Publish,
            ]
        }
        Context::RollCall => relevant_in_roll_call(app),
        Context::Speakers => {
            vec![A::GiveFloor, A::EndSpeech, A::Allot, A::Add, A::PauseSpeech, A::Capture, A::Undo]
        }
        Context::Session if in_pane(app, PaneId::Agenda) => {
            vec![
                A::NextItem,
                A::Pause,
                A::Projector,
                A::ChairPage,
                A::PaneSpeakers,
                A::Sitting,
                A::ChooseTheme,
                A::SessionState,
                A::Open,
                A::Add,
                A::Undo,
            ]
        }
        Context::Session if in_pane(app, PaneId::Chain) => {
            vec![A::ChainNext, A::ChainPrevious, A::Leave, A::Open, A::Add, A::Link, A::Undo]
        }
        Context::Session if in_pane(app, PaneId::Conclusions) => {
            vec![
                A::ChooseVersion,
                A::Fill,
                A::Add,
                A::ReadBack,
                A::ChairPage,
                A::Chain,
                A::Projector,
                A::Open,
                A::Capture,
                A::Undo,
            ]
        }
        Context::Session | Context::Dialog | Context::Choices => {
            let shown = app.session().is_some_and(|seat| !seat.figures.published.is_empty());
            let first = [A::ChooseVersion, A::Fill, A::Capture, A::Open].into_iter();
            let last = (!shown).then_some(A::Projector);
            let rest = [A::Add, A::Triage, A::ChairPage, A::Publish].into_iter().chain(last);
            first.chain(shown.then_some(A::Projector)).chain(rest).chain([A::Undo]).collect()
        }
    }
}

/// Once all is read, freezing comes first.
fn relevant_in_read_back(app: &App) -> Vec<Action> {
    use Action as A;
    let is_read = |seat: &SessionSeat| seat.reading.tally(&seat.board).unread.is_empty();
    let first = app.session().is_some_and(is_read).then_some(A::Freeze);
    let rest = [A::Agree, A::Open, A::LeaveOpen, A::Fill, A::Close, A::Undo];
    let last = first.is_none().then_some(A::Freeze);
    first.into_iter().chain(rest).chain(last).collect()
}

/// All at once as long as somebody was not called, then the exceptions.
fn relevant_in_roll_call(app: &App) -> Vec<Action> {
    use Action as A;
    let unmarked = app.session().is_some_and(|seat| Roll::at(&seat.board, seat.slot()).unmarked > 0);
    let marks = [A::MarkSubstitute, A::MarkExcused, A::MarkUnexcused, A::MarkLate, A::MarkLeftEarly];
    let all = unmarked.then_some(A::AllPresent);
    all.into_iter().chain([A::TogglePresent]).chain(marks).chain([A::ChooseSitting, A::Add]).collect()
}

fn marks(app: &App) -> bool {
    app.session().is_some_and(|seat| !seat.marked.is_empty())
}

fn in_pane(app: &App, pane: PaneId) -> bool {
    app.session().is_some_and(|seat| seat.pane == pane)
}

fn in_details(app: &App) -> bool {
    app.session().is_some_and(|seat| matches!(seat.focus, Focus::Detail(_)))
}
