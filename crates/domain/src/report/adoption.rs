//! Adoption by the collective: the record of a meeting or written consultation, and when it passes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingKind {
    #[default]
    Meeting,
    /// Phiếu xin ý kiến; the same denominator applies.
    Written,
}

/// What the minutes say. All counts are persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    pub kind: MeetingKind,
    pub held_on: Date,
    pub place: String,
    pub chair: String,
    pub secretary: String,
    pub incumbents: u32,
    pub present: u32,
    pub absent_excused: u32,
    pub absent_unexcused: u32,
    pub votes_for: u32,
    pub votes_against: u32,
    pub abstaining: u32,
    /// Minority views and changes asked for, in the words of the minutes.
    pub minutes: String,
}

/// Why a record of a vote cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AdoptionError {
    #[error("tổng số ủy viên đương nhiệm phải lớn hơn 0")]
    NoIncumbents,
    #[error(
        "số có mặt cộng số vắng ({counted}) khác tổng số ủy viên đương nhiệm ({incumbents}). Hãy kiểm tra lại"
    )]
    AttendanceDoesNotAddUp { counted: u32, incumbents: u32 },
    #[error("số phiếu ({cast}) nhiều hơn số người được biểu quyết ({voters}). Hãy kiểm tra lại")]
    MoreVotesThanVoters { cast: u32, voters: u32 },
    #[error("ngày họp sau ngày hôm nay. Hãy kiểm tra lại ngày họp")]
    InTheFuture,
}

impl Adoption {
    /// Checks that the numbers of the record can be true.
    ///
    /// # Errors
    /// [`AdoptionError`] names the numbers that do not agree.
    pub fn check(&self, today: Date) -> Result<(), AdoptionError> {
        if self.incumbents == 0 {
            return Err(AdoptionError::NoIncumbents);
        }
        if self.held_on > today {
            return Err(AdoptionError::InTheFuture);
        }
        let counted = sum([self.present, self.absent_excused, self.absent_unexcused]);
        if counted != u64::from(self.incumbents) {
            return Err(AdoptionError::AttendanceDoesNotAddUp {
                counted: counted.min(u64::from(u32::MAX)) as u32,
                incumbents: self.incumbents,
            });
        }
        let voters = match self.kind {
            MeetingKind::Meeting => self.present,
            MeetingKind::Written => self.incumbents,
        };
        let cast = sum([self.votes_for, self.votes_against, self.abstaining]);
        if cast > u64::from(voters) {
            return Err(AdoptionError::MoreVotesThanVoters {
                cast: cast.min(u64::from(u32::MAX)) as u32,
                voters,
            });
        }
        Ok(())
    }

    /// Passed when more than half of all incumbent members are for it, not of those present
    /// (Party Statutes art. 9.5; denominator by Quy định 24-QĐ/TW of 2021, point 9.3).
    pub fn passes(&self) -> bool {
        2 * u64::from(self.votes_for) > u64::from(self.incumbents)
    }
}

fn sum(counts: [u32; 3]) -> u64 {
    counts.into_iter().map(u64::from).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn vote(incumbents: u32, present: u32, votes_for: u32) -> Adoption {
        Adoption {
            kind: MeetingKind::Meeting,
            held_on: date(2022, 9, 20),
            place: String::new(),
            chair: String::new(),
            secretary: String::new(),
            incumbents,
            present,
            absent_excused: incumbents - present,
            absent_unexcused: 0,
            votes_for,
            votes_against: present - votes_for,
            abstaining: 0,
            minutes: String::new(),
        }
    }

    #[test]
    fn all_present_for_it_is_no_majority_when_half_the_incumbents_are_away() {
        assert!(!vote(14, 7, 7).passes());
        assert!(vote(14, 8, 8).passes());
    }

    #[test]
    fn exactly_half_does_not_pass() {
        assert!(!vote(10, 10, 5).passes());
        assert!(vote(11, 11, 6).passes());
    }

    #[test]
    fn records_that_cannot_be_true_are_refused() {
        let today = date(2022, 9, 26);
        assert_eq!(vote(11, 9, 9).check(today), Ok(()));
        assert_eq!(
            vote(11, 9, 9).check(date(2022, 9, 19)),
            Err(AdoptionError::InTheFuture)
        );
        assert!(matches!(
            Adoption {
                present: 10,
                ..vote(11, 9, 9)
            }
            .check(today),
            Err(AdoptionError::AttendanceDoesNotAddUp { counted: 12, .. })
        ));
        assert!(matches!(
            Adoption {
                votes_for: 10,
                ..vote(11, 9, 9)
            }
            .check(today),
            Err(AdoptionError::MoreVotesThanVoters { .. })
        ));
    }

    proptest! {
        #[test]
        fn one_vote_more_never_unmakes_a_majority(incumbents in 1u32..200, extra in 0u32..200) {
            let votes = extra % incumbents;
            prop_assert!(!vote(incumbents, incumbents, votes).passes() || vote(incumbents, incumbents, votes + 1).passes());
        }
    }
}
