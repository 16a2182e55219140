//! What a client and its host say to each other: frames of a kind, a length and so many bytes.
//!
//! Invariant: a length is believed up to a bound only, so that no bytes from the other side make either of them take memory.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::Errand;
use crate::{app::company::View, domain::policy::Role, i18n::Lang, runtime::Parting};

/// What both have to agree about; another number is another language.
const PROTOCOL: u32 = 1;
/// The longest frame that is read: a whole window with a style for each cell takes less, and a paste comes in pieces.
const LONGEST: usize = 8 << 20;
/// The length of a frame's head.
const HEAD: usize = 5;

/// Who joins, as the client says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    protocol: u32,
    version: String,
    /// The folder that is meant, by the name of its socket.
    pub folder: String,
    /// The name under which changes are recorded.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The language, by its code.
    lang: String,
    /// Whether colours are shown.
    pub colour: bool,
    /// Whether frames are drawn without line-drawing characters.
    pub ascii: bool,
    /// Columns and rows.
    pub size: (u16, u16),
    /// What the seat is taken for.
    pub view: Option<View>,
    /// What is to be done, if no seat is wanted.
    pub errand: Option<Errand>,
}

impl Hello {
    /// Somebody in a language, who speaks as this version does; the rest is to be filled in.
    pub fn new(name: String, role: Role, lang: Lang) -> Self {
        Self {
            protocol: PROTOCOL,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            folder: String::new(),
            name,
            role,
            lang: lang.code().to_owned(),
            colour: true,
            ascii: false,
            size: (0, 0),
            view: None,
            errand: None,
        }
    }

    /// The language.
    pub(super) fn lang(&self) -> Lang {
        Lang::named(&self.lang).unwrap_or_default()
    }

    /// Whether it comes from this version of the program.
    pub(super) fn is_ours(&self) -> bool {
        self.protocol == PROTOCOL && self.version == env!("CARGO_PKG_VERSION")
    }
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Client: who joins.
    Hello(Box<Hello>),
    /// Client: what one read of the keyboard gave.
    Keys(Vec<u8>),
    /// Client: another size, columns and rows.
    Size(u16, u16),
    /// Client: a frame is shown.
    Taken,
    /// Host: bytes for the terminal.
    Frame(Vec<u8>),
    /// Host: the seat is left.
    Bye(Bye),
}

/// Why the host ends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Bye {
    /// The seat ended.
    Parted(Parting),
    /// The client is of another version.
    OtherVersion,
    /// What was to be done is done; the report, in the client's language.
    Told(Vec<String>),
    /// No seat is given, or nothing was done; why, in the client's language.
    Refused(String),
}

impl Said {
    /// Writes it in one go.
    pub(super) fn send(&self, mut to: impl Write) -> io::Result<()> {
        let (kind, body) = self.parts()?;
        let length = u32::try_from(body.len()).map_err(io::Error::other)?;
        let mut frame = Vec::with_capacity(HEAD + body.len());
        frame.push(kind);
        frame.extend(length.to_be_bytes());
        frame.extend(body);
        to.write_all(&frame)
    }

    fn parts(&self) -> io::Result<(u8, Vec<u8>)> {
        Ok(match self {
            Self::Hello(hello) => (b'h', serde_json::to_vec(hello)?),
            Self::Keys(bytes) => (b'k', bytes.clone()),
            Self::Size(columns, rows) => (b's', [columns.to_be_bytes(), rows.to_be_bytes()].concat()),
            Self::Taken => (b't', Vec::new()),
            Self::Frame(bytes) => (b'f', bytes.clone()),
            Self::Bye(bye) => (b'b', serde_json::to_vec(bye)?),
        })
    }

    /// Reads one; what makes no sense is an error, and so is the end.
    pub(super) fn read(mut from: impl Read) -> io::Result<Self> {
        let mut head = [0; HEAD];
        from.read_exact(&mut head)?;
        let [kind, length @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(io::Error::other)?;
        if length > LONGEST {
            return Err(nonsense());
        }
        let mut body = Vec::new();
        let limit = u64::try_from(length).map_err(io::Error::other)?;
        from.take(limit).read_to_end(&mut body)?;
        if body.len() < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Self::of(kind, body)
    }

    fn of(kind: u8, body: Vec<u8>) -> io::Result<Self> {
        Ok(match (kind, body.as_slice()) {
            (b'h', body) => Self::Hello(serde_json::from_slice(body)?),
            (b'k', _) => Self::Keys(body),
            (b's', [a, b, c, d]) => Self::Size(u16::from_be_bytes([*a, *b]), u16::from_be_bytes([*c, *d])),
            (b't', []) => Self::Taken,
            (b'f', _) => Self::Frame(body),
            (b'b', body) => Self::Bye(serde_json::from_slice(body)?),
            _ => return Err(nonsense()),
        })
    }
}

fn nonsense() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_said_is_heard() {
        let hello = Hello { size: (80, 24), ..Hello::new("Lan".to_owned(), Role::Chair, Lang::English) };
        assert!(hello.is_ours() && hello.lang() == Lang::English);
        let all = [
            Said::Hello(Box::new(hello)),
            Said::Keys("trú\r".into()),
            Said::Size(500, 3),
            Said::Taken,
            Said::Frame(vec![27; 100_000]),
            Said::Bye(Bye::Parted(Parting::Closing)),
            Said::Bye(Bye::Refused("đĩa đầy".to_owned())),
            Said::Bye(Bye::Told(vec!["Mới: 1".to_owned()])),
        ];
        let mut line = Vec::new();
        for said in &all {
            said.send(&mut line).unwrap();
        }
        let mut rest = line.as_slice();
        for said in all {
            assert_eq!(Said::read(&mut rest).unwrap(), said);
        }
        assert_eq!(Said::read(rest).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_length_beyond_the_bound_takes_no_memory() {
        let head = [b'k', 0xff, 0xff, 0xff, 0xff];
        assert_eq!(Said::read(head.as_slice()).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    proptest! {
        #[test]
        fn any_bytes_are_heard_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let mut rest = bytes.as_slice();
            while let Ok(said) = Said::read(&mut rest) {
                let mut again = Vec::new();
                said.send(&mut again).unwrap();
                prop_assert_eq!(Said::read(again.as_slice()).unwrap(), said);
            }
        }
    }
}
