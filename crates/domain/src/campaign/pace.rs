//! How reports come in over the days of a campaign, and how that compares with an earlier one.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use std::collections::BTreeMap;

/// The reports of one campaign by the day on which they were first sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// The day it began; its day 0.
    pub start: Date,
    pub expected: u32,
    pub sent_by_day: BTreeMap<Date, u32>,
}

/// Where the earlier campaign stood after as many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameDay {
    pub received: u32,
    pub expected: u32,
    /// The same share of the reports of this campaign, rounded down.
    pub rolled: u32,
}

impl Pace {
    /// How many days a day lies after the beginning; negative before it.
    pub fn number_of(&self, day: Date) -> i64 {
        let days = self.start.until((Unit::Day, day));
        days.map_or(0, |days| days.get_days().into())
    }

    /// Where it stood at the end of the day with this number, rolled to `expected` reports.
    pub fn at(&self, number: i64, expected: u32) -> SameDay {
        let day = self.start.saturating_add(number.days());
        let received = self.sent_by_day.range(..=day).map(|(_, count)| count).sum();
        SameDay {
            received,
            expected: self.expected,
            rolled: share(received, self.expected, expected),
        }
    }
}

/// `received` of `of`, as a part of `expected`.
fn share(received: u32, of: u32, expected: u32) -> u32 {
    let rolled = u64::from(received) * u64::from(expected) / u64::from(of.max(1));
    u32::try_from(rolled).unwrap_or(expected).min(expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn earlier() -> Pace {
        Pace {
            start: date(2017, 8, 1),
            expected: 10,
            sent_by_day: BTreeMap::from([(date(2017, 8, 11), 4), (date(2017, 8, 21), 5)]),
        }
    }

    #[test]
    fn the_last_campaign_is_laid_over_this_one_by_the_day_since_its_beginning() {
        let this = Pace {
            start: date(2022, 8, 10),
            expected: 200,
            ..Pace::default()
        };
        let tenth = this.number_of(date(2022, 8, 20));
        assert_eq!(tenth, 10);
        let same = earlier().at(tenth, this.expected);
        assert_eq!((same.received, same.expected, same.rolled), (4, 10, 80));
        assert_eq!(earlier().at(9, 200).rolled, 0);
        assert_eq!(earlier().at(1000, 200).rolled, 180);
    }

    #[test]
    fn what_came_before_the_beginning_counts_from_the_first_day() {
        let early = Pace {
            start: date(2022, 8, 10),
            expected: 2,
            sent_by_day: BTreeMap::from([(date(2022, 8, 9), 1)]),
        };
        assert_eq!(early.at(0, 2).received, 1);
        assert_eq!(early.number_of(date(2022, 8, 9)), -1);
    }

    proptest! {
        #[test]
        fn a_rolled_course_never_falls_nor_exceeds_what_is_expected(
            sent in proptest::collection::vec((0i64..60, 1u32..50), 0..20),
            expected in 0u32..100_000,
        ) {
            let mut pace = Pace { start: date(2020, 1, 1), ..Pace::default() };
            for (day, count) in sent {
                *pace.sent_by_day.entry(pace.start.saturating_add(day.days())).or_default() += count;
                pace.expected += count;
            }
            let mut before = 0;
            for number in 0..60 {
                let now = pace.at(number, expected);
                prop_assert!(now.rolled >= before && now.rolled <= expected);
                before = now.rolled;
            }
            prop_assert_eq!(pace.at(60, pace.expected).rolled, pace.expected);
        }
    }
}
