//! Dues and the moments they end, in the zone of the organisation.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// The zone in which a day ends. Vietnam keeps UTC+7 all year.
pub const ZONE: &str = "Asia/Ho_Chi_Minh";

/// The time zone of [`ZONE`].
pub fn zone() -> TimeZone {
    TimeZone::get(ZONE).unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(7)))
}

/// The calendar day at `instant` in Vietnam.
pub fn day_of(instant: Timestamp) -> Date {
    instant.to_zoned_datetime(zone()).date()
}

/// How a campaign reads "trước ngày": strictly the day itself no longer counts, leniently it still does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuePolicy {
    #[default]
    Strict,
    Lenient,
}

/// A due as a plan states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The words of the document, e.g. `trước ngày 30/9/2022`.
    pub phrase: String,
    pub date: Date,
    /// Whether the day itself counts: "chậm nhất", "đến hết" do, "trước ngày" does not.
    pub inclusive: bool,
}

impl Due {
    /// The last moment at which a report is on time: the last microsecond of the last day that counts.
    /// A report sent at or before it is on time.
    pub fn last_moment(&self, policy: DuePolicy) -> Timestamp {
        let counts = self.inclusive || policy == DuePolicy::Lenient;
        let last_day = if counts {
            self.date
        } else {
            self.date.saturating_sub(1.day())
        };
        end_of_day(last_day)
    }
}

/// The last microsecond of `day` in Vietnam.
pub fn end_of_day(day: Date) -> Timestamp {
    let midnight = day.saturating_add(1.day()).at(0, 0, 0, 0);
    match midnight.to_zoned_datetime(zone()) {
        Ok(zoned) => zoned.timestamp() - 1.microsecond(),
        // Only days at the very end of the calendar have no following midnight.
        Err(_) => Timestamp::MAX,
    }
}

/// Where one report stands against its due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// Sent more than a whole day before the last moment.
    Early,
    OnTime,
    /// Sent after the last moment, by this many begun days.
    Late {
        days: i64,
    },
    /// Not sent and the last moment has passed, this many begun days ago.
    Missing {
        days: i64,
    },
    /// Not sent, and the last moment is still to come (or no due is set).
    Pending,
}

impl Timeliness {
    /// The words on pages.
    pub fn label(self) -> String {
        match self {
            Timeliness::Early => "Sớm".to_owned(),
            Timeliness::OnTime => "Đúng hạn".to_owned(),
            Timeliness::Late { days } => format!("Chậm {days} ngày"),
            Timeliness::Missing { days } => format!("Quá hạn {days} ngày"),
            Timeliness::Pending => "Chưa đến hạn".to_owned(),
        }
    }

    /// The word on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Timeliness::Early => "early",
            Timeliness::OnTime => "on_time",
            Timeliness::Late { .. } => "late",
            Timeliness::Missing { .. } => "missing",
            Timeliness::Pending => "pending",
        }
    }

    /// The begun days after the last moment, of what is late or missing.
    pub fn days_over(self) -> Option<i64> {
        match self {
            Timeliness::Late { days } | Timeliness::Missing { days } => Some(days),
            Timeliness::Early | Timeliness::OnTime | Timeliness::Pending => None,
        }
    }
}

/// Early, on time, late or missing, by the moment of sending alone.
pub fn timeliness(
    due_at: Option<Timestamp>,
    sent_at: Option<Timestamp>,
    now: Timestamp,
) -> Timeliness {
    match (due_at, sent_at) {
        (Some(due), Some(sent)) if sent > due => Timeliness::Late {
            days: begun_days(due, sent),
        },
        (Some(due), Some(sent)) if begun_days(sent, due) > 1 => Timeliness::Early,
        (_, Some(_)) => Timeliness::OnTime,
        (Some(due), None) if now > due => Timeliness::Missing {
            days: begun_days(due, now),
        },
        (_, None) => Timeliness::Pending,
    }
}

/// Days from `from` to `to`, a begun day counted as one.
fn begun_days(from: Timestamp, to: Timestamp) -> i64 {
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    (to.as_microsecond() - from.as_microsecond() + DAY - 1).div_euclid(DAY)
}

/// Why a district may not set this due for its own units.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DueRefusal {
    #[error("hạn {due} đã qua (hôm nay là {today}). Hãy chọn ngày sau hôm nay")]
    Past { due: String, today: String },
    #[error("hạn {due} sớm hơn ngày mở đợt {opened}. Hãy chọn ngày sau ngày mở đợt")]
    BeforeOpening { due: String, opened: String },
    #[error(
        "hạn {due} không còn đủ {needed} ngày để cấp trên tổng hợp trước hạn của mình ({own}). Hãy chọn chậm nhất ngày {latest}"
    )]
    NoTimeLeft {
        due: String,
        own: String,
        needed: i64,
        latest: String,
    },
}

/// Days that a middle level needs between its units' due and its own, unless a campaign says otherwise.
pub const DAYS_TO_CONSOLIDATE: i64 = 5;

/// Checks a due that a middle level sets for its own units: not in the past, not before the campaign opened,
/// and `days_needed` whole days before the middle level's own due.
///
/// # Errors
/// [`DueRefusal`] names the rule and the latest day that is possible.
pub fn check_delegated_due(
    due: Date,
    own: Option<&Due>,
    opened: Date,
    today: Date,
    days_needed: i64,
) -> Result<(), DueRefusal> {
    let shown = |date: Date| vietnamese_date(date);
    if due < opened {
        return Err(DueRefusal::BeforeOpening {
            due: shown(due),
            opened: shown(opened),
        });
    }
    if due < today {
        return Err(DueRefusal::Past {
            due: shown(due),
            today: shown(today),
        });
    }
    if let Some(own) = own {
        let latest = own.date.saturating_sub(days_needed.days());
        if due > latest {
            return Err(DueRefusal::NoTimeLeft {
                due: shown(due),
                own: shown(own.date),
                needed: days_needed,
                latest: shown(latest),
            });
        }
    }
    Ok(())
}

/// `30/9/2022`, as plans write it.
pub fn vietnamese_date(date: Date) -> String {
    format!("{}/{}/{}", date.day(), date.month(), date.year())
}

/// `16:30, 26/9/2022` in Vietnam.
pub fn vietnamese_time(instant: Timestamp) -> String {
    let local = instant.to_zoned_datetime(zone());
    format!(
        "{:02}:{:02}, {}",
        local.hour(),
        local.minute(),
        vietnamese_date(local.date())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn before(day: Date) -> Due {
        Due {
            phrase: format!("trước ngày {}", vietnamese_date(day)),
            date: day,
            inclusive: false,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a test timestamp")
    }

    #[test]
    fn before_a_day_ends_at_midnight_in_vietnam_when_that_day_begins() {
        let due = before(date(2022, 9, 30)).last_moment(DuePolicy::Strict);
        assert_eq!(
            timeliness(Some(due), Some(at("2022-09-29T23:59:59.999999+07:00")), due),
            Timeliness::OnTime
        );
        assert_eq!(
            timeliness(Some(due), Some(at("2022-09-30T00:00:00+07:00")), due),
            Timeliness::Late { days: 1 }
        );
        assert_eq!(due, at("2022-09-29T16:59:59.999999Z"));
    }

    #[test]
    fn a_lenient_campaign_counts_the_day_itself() {
        let due = before(date(2022, 9, 30)).last_moment(DuePolicy::Lenient);
        assert_eq!(
            timeliness(Some(due), Some(at("2022-09-30T23:00:00+07:00")), due),
            Timeliness::OnTime
        );
    }

    #[test]
    fn at_the_latest_counts_the_day_itself_under_both_policies() {
        let due = Due {
            inclusive: true,
            ..before(date(2022, 9, 30))
        };
        assert_eq!(
            due.last_moment(DuePolicy::Strict),
            due.last_moment(DuePolicy::Lenient)
        );
    }

    #[test]
    fn an_unsent_report_is_missing_only_after_its_last_moment() {
        let due = before(date(2022, 9, 30)).last_moment(DuePolicy::Strict);
        assert_eq!(timeliness(Some(due), None, due), Timeliness::Pending);
        assert_eq!(
            timeliness(Some(due), None, at("2022-10-02T08:00:00+07:00")),
            Timeliness::Missing { days: 3 }
        );
        assert_eq!(timeliness(None, None, due), Timeliness::Pending);
    }

    #[test]
    fn a_district_must_leave_itself_days_to_consolidate() {
        let own = before(date(2022, 9, 30));
        let check = |due| {
            check_delegated_due(
                due,
                Some(&own),
                date(2022, 8, 1),
                date(2022, 8, 10),
                DAYS_TO_CONSOLIDATE,
            )
        };
        assert_eq!(check(date(2022, 9, 25)), Ok(()));
        assert!(
            matches!(check(date(2022, 9, 26)), Err(DueRefusal::NoTimeLeft { latest, .. }) if latest == "25/9/2022")
        );
        assert!(matches!(
            check(date(2022, 8, 9)),
            Err(DueRefusal::Past { .. })
        ));
        assert!(matches!(
            check(date(2022, 7, 31)),
            Err(DueRefusal::BeforeOpening { .. })
        ));
    }

    proptest! {
        #[test]
        fn the_last_moment_is_always_one_microsecond_before_a_vietnamese_midnight(days in 0i64..20_000, inclusive: bool) {
            let day = date(2000, 1, 1).saturating_add(days.days());
            let due = Due { phrase: String::new(), date: day, inclusive };
            let next = due.last_moment(DuePolicy::Strict) + 1.microsecond();
            let local = next.to_zoned_datetime(zone());
            prop_assert_eq!((local.hour(), local.minute(), local.second(), local.subsec_nanosecond()), (0, 0, 0, 0));
            prop_assert_eq!(local.date(), if inclusive { day.saturating_add(1.day()) } else { day });
        }
    }
}
