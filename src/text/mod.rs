//! Vietnamese text: `&str` in, values out.

pub mod nfc;
