//! The demonstration's own clock: it starts in September 2022 and a button moves it on.

use crate::ctx::{App, Ctx};
use crate::error::{Error, Result};
use crate::ports::Clock;
use domain::event::EventKind;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use store::Db;

/// Where the demonstration starts: 08:00 on 26/9/2022 in Vietnam.
pub const START: &str = "2022-09-26T08:00:00+07:00";

const SETTING: &str = "demo_clock";
const PLAYED: &str = "demo_played_until";
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Up to which moment the scripted course of the demonstration was played; `None` before it is complete.
pub fn played_until(app: &App) -> Result<Option<Timestamp>> {
    let kept = app.db.read(|tx| store::settings::get(tx, PLAYED))?;
    kept.map(|text| {
        text.parse()
            .map_err(|error| Error::Internal(format!("how far the demo was played: {error}")))
    })
    .transpose()
}

/// Keeps how far the course was played.
pub fn set_played_until(app: &App, moment: Timestamp) -> Result<()> {
    app.db.write(move |tx| -> Result<()> {
        Ok(store::settings::set(tx, PLAYED, &moment.to_string())?)
    })
}

/// Runs on from a kept moment while the program runs and stands still while it does not. It never goes back.
pub struct DemoClock {
    base: Mutex<Base>,
}

/// The moment that the clock showed when `since` was taken.
#[derive(Clone, Copy)]
struct Base {
    shown: Timestamp,
    since: Instant,
}

impl Base {
    fn now(self) -> Timestamp {
        SignedDuration::try_from(self.since.elapsed())
            .ok()
            .and_then(|elapsed| self.shown.checked_add(elapsed).ok())
            .unwrap_or(self.shown)
    }
}

impl DemoClock {
    /// The clock of a database: after the kept moment and after everything that was recorded there.
    ///
    /// # Errors
    /// [`Error::Internal`] when the kept moment is no moment.
    pub fn open(db: &Db) -> Result<DemoClock> {
        let (kept, recorded) = db.read(|tx| -> Result<_> {
            let kept = store::settings::get(tx, SETTING)?;
            Ok((kept, store::events::latest(tx)?))
        })?;
        let kept: Timestamp = kept
            .as_deref()
            .unwrap_or(START)
            .parse()
            .map_err(|error| Error::Internal(format!("the kept time of the demo: {error}")))?;
        let shown = recorded.map_or(kept, |recorded| kept.max(recorded));
        Ok(DemoClock {
            base: Mutex::new(Base {
                shown,
                since: Instant::now(),
            }),
        })
    }

    /// The clock of a database that holds the demonstration; `None` for one in real use. Whoever works on the
    /// demonstration's data acts in its time, or its clock would have to run after them.
    ///
    /// # Errors
    /// As [`DemoClock::open`].
    pub fn of_demo(db: &Db) -> Result<Option<DemoClock>> {
        let played = db.read(|tx| store::settings::get(tx, PLAYED))?;
        played.map(|_| DemoClock::open(db)).transpose()
    }

    fn set(&self, shown: Timestamp) {
        let mut base = self.base.lock().unwrap_or_else(PoisonError::into_inner);
        *base = Base {
            shown,
            since: Instant::now(),
        };
    }

    /// Moves the clock on to a later moment, keeps it and records it; sessions last as much longer.
    ///
    /// # Errors
    /// [`Error::Refused`] when the moment has passed.
    pub fn move_to(&self, ctx: &Ctx, moment: Timestamp) -> Result<()> {
        let now = self.now();
        if moment < now {
            return Err(Error::refused("đồng hồ trình diễn không quay lại được"));
        }
        let skipped = i64::try_from(moment.duration_since(now).as_micros())
            .map_err(|error| Error::Internal(error.to_string()))?;
        let mut event = ctx.event(EventKind::ClockMoved, None);
        event.at = moment;
        event.detail =
            serde_json::json!({ "from": now.to_string(), "to": moment.to_string() }).to_string();
        ctx.db().write(move |tx| -> Result<()> {
            store::settings::set(tx, SETTING, &moment.to_string())?;
            store::accounts::prolong_sessions(tx, now, skipped)?;
            store::events::append(tx, &event)?;
            Ok(())
        })?;
        self.set(moment);
        Ok(())
    }

    /// The moment 24 hours from now.
    ///
    /// # Errors
    /// [`Error::Internal`] at the end of time.
    pub fn tomorrow(&self) -> Result<Timestamp> {
        self.now()
            .checked_add(DAY)
            .map_err(|error| Error::Internal(error.to_string()))
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        self.base
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .now()
    }
}
