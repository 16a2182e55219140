//! Others at the table: how one joins, the lobby, a note-taker's seat beside the facilitator's.

use std::sync::Arc;

use hoinghi::{
    app::{
        company::{Company, Doing, Present, Writing},
        lobby::{Caller, CallerId, Invitation, Lobby},
        msg::Msg,
    },
    cli::sample,
    domain::policy::Role,
};
use qrcode::{Color, EcLevel, QrCode};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use super::{Failure, Stage, svg};

const LINE: &str = "ssh -p 2222 192.168.1.5";

/// The pictures, each with its file.
pub(super) fn pictures() -> Result<Vec<(String, String)>, Failure> {
    let open = |keys: &[&str]| {
        let mut stage = Stage::open((110, 28))?;
        stage.tell(Msg::Company(company("Thư ký", Role::NoteTaker, None)))?;
        stage.tell(Msg::Lobby(lobby()?))?;
        stage.play(keys)
    };
    Ok(vec![
        ("invitation".to_owned(), open(&["F9", "\"cach vao", "Enter"])?),
        ("lobby".to_owned(), open(&["F9", "\"phong cho", "Enter"])?),
        ("seats".to_owned(), seats()?),
    ])
}

fn company(name: &str, role: Role, writing: Option<Writing>) -> Company {
    let doing = Doing { scope: Some(sample::SCOPE), writing };
    Company { hosting: false, others: vec![Present { name: name.into(), role, doing }] }
}

fn lobby() -> Result<Lobby, Failure> {
    let code = QrCode::with_error_correction_level(LINE, EcLevel::L)?;
    let dark: Vec<bool> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    let invitation = Invitation {
        line: LINE.to_owned(),
        code: "4071 9236".to_owned(),
        fingerprint: "SHA256:2rT0sBqQm5m4pYbYQnDPvXq0c3b8k1mZ1yXjv7cWJ0E".to_owned(),
        until: "2023-03-10T19:30:00+07:00".parse()?,
        square: dark.chunks(code.width()).map(<[bool]>::to_vec).collect(),
    };
    let caller = |(id, name, role, has_key): (u32, &str, Option<Role>, bool)| Caller {
        id: CallerId(id),
        name: name.into(),
        from: format!("192.168.1.{}", 20 + id),
        has_key,
        role,
    };
    let callers = [
        (1, "Thư ký", Some(Role::NoteTaker), true),
        (2, "Thư ký 2", None, true),
        (3, "Chủ trì", Some(Role::Chair), true),
        (4, "Máy chiếu", Some(Role::Observer), false),
    ];
    Ok(Lobby { invitation: Some(Arc::new(invitation)), callers: callers.map(caller).into() })
}

/// What a note-taker types, and what the facilitator sees of it meanwhile.
fn seats() -> Result<String, Failure> {
    const SIZE: (u16, u16) = (84, 28);
    let mut host = Stage::open(SIZE)?;
    host.tell(Msg::Company(company("Thư ký", Role::NoteTaker, Some(Writing::Line))))?;
    let mut guest = Stage::open(SIZE)?;
    guest.app.role = Role::NoteTaker;
    guest.app.sit_as_guest();
    guest.tell(Msg::Company(company("Người điều hành", Role::Facilitator, None)))?;
    let left = host.drawn(&["F4"])?.0;
    let (right, cursor) = guest.drawn(&["F6", "\"q10 vm trụ sở ở tỉnh khác, khó tiếp nhận"])?;
    let (columns, rows) = SIZE;
    let mut both = Buffer::empty(Rect::new(0, 0, columns * 2 + 2, rows));
    for (seat, from) in [(&left, 0), (&right, columns + 2)] {
        for (x, y) in (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y))) {
            if let (Some(cell), Some(place)) = (seat.cell((x, y)), both.cell_mut((from + x, y))) {
                place.clone_from(cell);
            }
        }
    }
    Ok(svg(&both, cursor.map(|at| Position { x: at.x + columns + 2, ..at })))
}
