//! The course of the whole campaign as one list in order of time, and the clock that is set to each step.

use crate::content::{Content, Moment, Step, StepKind};
use app::ports::Clock;
use app::{Error, Result};
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// One step with its moment on the time line.
#[derive(Debug, Clone)]
pub(crate) struct Scheduled {
    pub at: Timestamp,
    pub unit: String,
    pub kind: StepKind,
}

/// All steps of all units, the earliest first; at one moment in the order of the tree.
pub(crate) fn steps(content: &Content) -> Result<Vec<Scheduled>> {
    let mut steps = Vec::new();
    for course in content.schedule() {
        for Step { at, kind } in course.steps {
            steps.push(Scheduled {
                at: local(&at)?,
                unit: course.unit_code.clone(),
                kind,
            });
        }
    }
    steps.sort_by_key(|step| step.at);
    Ok(steps)
}

/// A local moment of the schedule.
pub(crate) fn local(moment: &Moment) -> Result<Timestamp> {
    timestamp(&format!("{}:00+07:00", moment.0))
}

/// A moment written in RFC 3339.
pub(crate) fn timestamp(text: &str) -> Result<Timestamp> {
    text.parse()
        .map_err(|error| Error::Internal(format!("moment {text} of the demo: {error}")))
}

/// Stands still until it is set; the script sets it to the moment of each step.
pub(crate) struct ScriptClock(AtomicI64);

impl ScriptClock {
    pub fn at(moment: Timestamp) -> ScriptClock {
        ScriptClock(AtomicI64::new(moment.as_microsecond()))
    }

    /// Sets the clock, never back.
    pub fn set(&self, moment: Timestamp) {
        self.0.fetch_max(moment.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for ScriptClock {
    fn now(&self) -> Timestamp {
        // Only moments go in, so one comes out.
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
    }
}
