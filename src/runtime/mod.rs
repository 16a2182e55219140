//! The terminal, the clock, the loop: the only input and output of a seat.
//!
//! The room turns bytes into messages and effects into deeds; what they mean is decided in [`crate::app`]. Invariant: what was typed
//! is in the draft file before it is drawn.

mod clock;
mod crash;
pub mod decode;
mod effects;
mod find;
mod held;
mod inbox;
mod keynote;
mod local;
mod pace;
mod papers;
mod terminal;
pub mod words;
mod work;

pub use clock::Clock;
pub use crash::guard;
pub use inbox::interrupted;
pub use keynote::{KeynoteError, read_keynote, read_text};
pub use local::{Local, RunError, run};
pub use papers::profiles;
pub use terminal::Screen;
