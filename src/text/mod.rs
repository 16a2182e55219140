//! Vietnamese text: `&str` in, values out.
