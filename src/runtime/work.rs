//! Long work in a thread of its own: it says how far it is, and stops when it is given up.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use super::inbox::{Happening, Outlet};
use crate::app::msg::{Msg, News};

/// How long the end of the program waits for work that is given up.
const LONGEST: Duration = Duration::from_secs(2);
/// How often it looks.
const LOOK: Duration = Duration::from_millis(5);

/// The work that is on its way, if there is some.
#[derive(Debug, Default)]
pub(super) struct LongWork {
    given_up: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// What work asks between two steps.
pub(super) struct Going {
    generation: u64,
    given_up: Arc<AtomicBool>,
    outlet: Outlet,
}

impl Going {
    /// Tells how far the work is; whether it goes on.
    pub(super) fn on(&self, done: u64, total: u64) -> bool {
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0).min(100);
        self.tell(News::Percent(u8::try_from(percent).unwrap_or(100)));
        !self.given_up.load(Ordering::Relaxed)
    }

    fn tell(&self, news: News) {
        self.outlet.send(Happening::Done(Msg::Work { generation: self.generation, news }));
    }
}

impl LongWork {
    /// Begins work, and tells what comes of it.
    pub(super) fn begin(
        &mut self,
        generation: u64,
        outlet: &Outlet,
        work: impl FnOnce(&Going) -> News + Send + 'static,
    ) {
        self.given_up = Arc::default();
        let (given_up, outlet) = (Arc::clone(&self.given_up), outlet.clone());
        let going = Going { generation, given_up, outlet };
        self.thread = Some(thread::spawn(move || going.tell(work(&going))));
    }

    /// Lets the work stop at its next step.
    pub(super) fn give_up(&self) {
        self.given_up.store(true, Ordering::Relaxed);
    }

    /// The same, and waits until it has, so that no temporary file is left when the program ends; not for ever, since a disk may be gone.
    pub(super) fn stop(&mut self) {
        self.give_up();
        let Some(thread) = self.thread.take() else { return };
        let looks = 0..LONGEST.as_millis() / LOOK.as_millis();
        for _ in looks.take_while(|_| !thread.is_finished()) {
            thread::sleep(LOOK);
        }
    }
}
