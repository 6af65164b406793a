//! On whose side the clock of a report runs: with the unit that owes it, or with the superior it waits for.

use super::lifecycle::State;

/// Who is to act next on an open report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The unit: it writes, adopts, issues and sends, or mends what was returned.
    Unit,
    /// The body it travels through: it receives and passes on, or returns.
    Intermediary,
    /// The body it is addressed to: it receives and accepts, or returns.
    Addressee,
}

/// Who is to act next; `None` when nobody is: it was accepted, or is not expected any more.
pub fn side(state: State, has_intermediary: bool) -> Option<Side> {
    match state {
        State::Assigned
        | State::Drafting
        | State::InAdoption
        | State::Adopted
        | State::Issued
        | State::Returned => Some(Side::Unit),
        State::Sent | State::Received if has_intermediary => Some(Side::Intermediary),
        State::Sent | State::Received | State::Forwarded => Some(Side::Addressee),
        State::Accepted | State::Waived | State::Superseded => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::lifecycle::{Action, Facts, offered};

    fn ready(has_intermediary: bool) -> Facts {
        Facts {
            campaign_is_open: true,
            has_intermediary,
            vote_passes: true,
            text_is_adopted: true,
            has_reason: true,
            ..Facts::default()
        }
    }

    #[test]
    fn reaching_the_intermediary_stops_the_clock_of_the_unit() {
        assert_eq!(side(State::Issued, true), Some(Side::Unit));
        assert_eq!(side(State::Sent, true), Some(Side::Intermediary));
        assert_eq!(side(State::Forwarded, true), Some(Side::Addressee));
        assert_eq!(side(State::Sent, false), Some(Side::Addressee));
    }

    #[test]
    fn a_returned_report_runs_on_the_clock_of_the_unit() {
        assert_eq!(side(State::Returned, true), Some(Side::Unit));
        assert_eq!(side(State::Returned, false), Some(Side::Unit));
    }

    #[test]
    fn whoever_holds_a_report_has_something_to_do_with_it() {
        const OF_SUPERIORS: [Action; 4] = [
            Action::Receive,
            Action::Forward,
            Action::Return,
            Action::Accept,
        ];
        for state in State::ALL.into_iter().filter(|state| state.is_expected()) {
            for has_intermediary in [false, true] {
                let actions = offered(state, ready(has_intermediary));
                let with_superior = actions.iter().any(|action| OF_SUPERIORS.contains(action));
                // The machine alone does not know that nothing is forwarded without an intermediary.
                let expected = match side(state, has_intermediary) {
                    Some(Side::Unit) => !with_superior && !actions.is_empty(),
                    Some(Side::Intermediary | Side::Addressee) => with_superior,
                    None => actions.is_empty(),
                };
                assert!(
                    expected,
                    "{state:?}, through an intermediary: {has_intermediary}"
                );
            }
        }
    }
}
