//! The clock: the only place that reads it.

use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, Local, Utc};

/// Wall time with an offset, and a monotonic time for time-outs.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: Instant,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self { started: Instant::now() }
    }

    /// Wall time. The offset is the system's, or +07:00 if the system keeps UTC.
    pub fn now(&self) -> DateTime<FixedOffset> {
        let local = Local::now().fixed_offset();
        if local.offset().local_minus_utc() == 0 { Utc::now().with_timezone(&hanoi()) } else { local }
    }

    /// Time since the clock was made; never runs backwards.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

/// +07:00.
fn hanoi() -> FixedOffset {
    FixedOffset::east_opt(7 * 3600).unwrap_or_else(|| Utc::now().fixed_offset().timezone())
}
