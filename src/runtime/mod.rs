//! The terminal, the clock, the loop: the only input and output of a seat.
//!
//! The room turns bytes into messages and effects into deeds; what they mean is decided in [`crate::app`]. Invariant: what was typed
//! is in the draft file before it is drawn.

mod apart;
mod beat;
mod clock;
mod crash;
pub mod decode;
mod effects;
mod find;
mod gallery;
mod guest;
mod headless;
mod held;
mod house;
mod inbox;
mod keynote;
mod load;
mod local;
mod manager;
mod pace;
mod papers;
mod reception;
mod seat;
mod sitter;
mod stick;
mod terminal;
pub mod words;
mod work;

pub use apart::Named;
pub use clock::Clock;
pub use crash::{DOOR_THREAD, SEAT_THREAD, guard};
pub use gallery::{Eyes, Onlooker, Watch};
pub use guest::{Guest, GuestSeat, Knock};
pub use headless::{Headless, serve};
pub use house::House;
pub use inbox::interrupted;
#[cfg(unix)]
pub use inbox::on_signals;
pub use keynote::{KeynoteError, read_keynote, read_text};
pub use local::{Later, Local, run};
pub use papers::profiles;
pub use reception::Doorkeeper;
pub use seat::{Parting, RunError};
pub use terminal::{Out, Screen, Tty, entering, leaving};
