//! Who will be late: a forecast for each report that is still to be sent, simple enough to be said with its reason.
//!
//! Two signs are multiplied as odds. The first is the slack: the working days left less those that a report usually takes
//! from its step to its sending. The second is the unit's own history. `trial` holds both against simulated campaigns.

pub mod trial;

use crate::report::lifecycle::State;

/// What is known of a report that has not been sent, before its due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    pub step: State,
    /// Working days until the due, today and its last day among them.
    pub days_left: u32,
    pub kept: Kept,
}

/// How a unit kept its dues in earlier campaigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Sent too late, or never.
    pub late: u32,
    pub of: u32,
}

/// How likely a report will be late, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chance(u32);

/// From this chance on a report is forecast to be late.
const LIKELY: Chance = Chance(500);

/// Chances in thousandths by slack, for units without a history: the first for [`LEAST_SLACK`] days or less, the last
/// for as many or more.
const BY_SLACK: [u32; 14] = [
    970, 950, 920, 870, 790, 600, 420, 260, 190, 130, 80, 50, 30, 20,
];
const LEAST_SLACK: i64 = -6;

/// What the history is weighed with: a unit without one counts as late once in four.
const LATE_BEFORE: u64 = 1;
const KEPT_BEFORE: u64 = 3;

impl Chance {
    pub fn thousandths(self) -> u32 {
        self.0
    }

    /// Rounded to whole percent, but never to certainty.
    pub fn percent(self) -> u32 {
        ((self.0 + 5) / 10).clamp(1, 99)
    }

    /// It will rather be late than not.
    pub fn is_likely(self) -> bool {
        self >= LIKELY
    }
}

/// The working days that a report usually takes from a step to its sending; `None` once it was sent, or will not be.
pub fn usual_days(step: State) -> Option<u32> {
    match step {
        State::Assigned => Some(12),
        State::Drafting => Some(8),
        State::InAdoption => Some(4),
        State::Adopted => Some(2),
        State::Issued => Some(1),
        _ => None,
    }
}

/// How likely it will be late; `None` for a report that is not still to be sent.
pub fn forecast(signs: Signs) -> Option<Chance> {
    let by_slack = u64::from(BY_SLACK[place_of(signs)?]);
    let (late, kept) = (
        u64::from(signs.kept.late),
        u64::from(signs.kept.of.saturating_sub(signs.kept.late)),
    );
    // Odds of the slack times odds of the history over the odds without one.
    let against = by_slack * (late + LATE_BEFORE) * KEPT_BEFORE;
    let in_favour = (1000 - by_slack) * (kept + KEPT_BEFORE) * LATE_BEFORE;
    let chance = 1000 * against / (against + in_favour);
    Some(Chance(u32::try_from(chance).unwrap_or(1000)))
}

/// The place of the slack in [`BY_SLACK`].
fn place_of(signs: Signs) -> Option<usize> {
    let slack = i64::from(signs.days_left) - i64::from(usual_days(signs.step)?);
    let place = usize::try_from(slack - LEAST_SLACK).unwrap_or(0);
    Some(place.min(BY_SLACK.len() - 1))
}

impl Signs {
    /// Why, in words: what is left and what is usual, and how the unit kept its dues before.
    pub fn reason(self) -> String {
        let left = match self.days_left {
            0 => "hôm nay là ngày cuối".to_owned(),
            days => format!("còn {days} ngày làm việc"),
        };
        let usual = usual_days(self.step).map_or_else(String::new, |days| {
            format!(
                ", từ bước “{}” đến khi gửi thường cần {days} ngày",
                self.step.label()
            )
        });
        let history = match self.kept {
            Kept { of: 0, .. } => "chưa có đợt trước để so".to_owned(),
            Kept { late: 0, of } => format!("{of} đợt trước đều đúng hạn"),
            Kept { late, of } => format!("chậm {late}/{of} đợt trước"),
        };
        format!("{left}{usual}; {history}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signs(step: State, days_left: u32, late: u32, of: u32) -> Signs {
        Signs {
            step,
            days_left,
            kept: Kept { late, of },
        }
    }

    #[test]
    fn what_was_sent_or_will_not_be_has_no_forecast() {
        for step in State::ALL {
            let is_open = matches!(
                step,
                State::Assigned
                    | State::Drafting
                    | State::InAdoption
                    | State::Adopted
                    | State::Issued
            );
            assert_eq!(
                forecast(signs(step, 3, 0, 0)).is_some(),
                is_open,
                "{step:?}"
            );
        }
    }

    #[test]
    fn the_reason_names_the_days_the_step_and_the_history() {
        assert_eq!(
            signs(State::Drafting, 3, 3, 4).reason(),
            "còn 3 ngày làm việc, từ bước “Đang soạn thảo” đến khi gửi thường cần 8 ngày; chậm 3/4 đợt trước"
        );
        assert_eq!(
            signs(State::Issued, 0, 0, 0).reason(),
            "hôm nay là ngày cuối, từ bước “Đã ban hành” đến khi gửi thường cần 1 ngày; chưa có đợt trước để so"
        );
    }

    #[test]
    fn a_chance_is_never_shown_as_certainty() {
        let worst = forecast(signs(State::Assigned, 0, 1000, 1000)).expect("still to be sent");
        let best = forecast(signs(State::Issued, 99, 0, 1000)).expect("still to be sent");
        assert_eq!((worst.percent(), best.percent()), (99, 1));
    }

    proptest! {
        #[test]
        fn more_days_or_a_better_history_never_make_it_worse(
            step in 0usize..5, days in 0u32..40, late in 0u32..9, kept in 0u32..9,
        ) {
            let step = State::ALL[step];
            let chance = |days, late, kept| forecast(signs(step, days, late, late + kept)).expect("still to be sent");
            prop_assert!(chance(days + 1, late, kept) <= chance(days, late, kept));
            prop_assert!(chance(days, late, kept + 1) <= chance(days, late, kept));
            prop_assert!(chance(days, late + 1, kept) >= chance(days, late, kept));
        }

        #[test]
        fn a_step_further_never_makes_it_worse(step in 0usize..4, days in 0u32..40) {
            let at = |step: usize| forecast(signs(State::ALL[step], days, 0, 0)).expect("still to be sent");
            prop_assert!(at(step + 1) <= at(step));
        }
    }
}
