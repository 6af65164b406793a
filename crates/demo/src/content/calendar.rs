//! Days and moments of the campaign's ten weeks in Vietnamese local time, kept
//! as text that any date library reads.

/// A local moment, "2022-09-14T15:20".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub String);

impl Moment {
    /// The date part, "2022-09-14".
    #[must_use]
    pub fn date(&self) -> &str {
        self.0.split('T').next().unwrap_or_default()
    }
}

/// A day counted from 1 August 2022 (day 0), a Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

const MONTHS: [(i64, i64); 4] = [(8, 31), (9, 30), (10, 31), (11, 30)];

impl Day {
    /// Reads "2022-09-14"; `None` outside August to November 2022.
    #[must_use]
    pub fn parse(iso: &str) -> Option<Self> {
        let (month, day) = iso.strip_prefix("2022-")?.split_once('-')?;
        let (month, day): (i64, i64) = (month.parse().ok()?, day.parse().ok()?);
        let mut count = 0;
        for (number, length) in MONTHS {
            if number == month {
                return (1..=length).contains(&day).then_some(Self(count + day - 1));
            }
            count += length;
        }
        None
    }

    /// ISO date; days before August or after November are clamped.
    #[must_use]
    pub fn iso(self) -> String {
        let mut rest = self.0.max(0);
        for (number, length) in MONTHS {
            if rest < length {
                return format!("2022-{number:02}-{:02}", rest + 1);
            }
            rest -= length;
        }
        "2022-11-30".to_owned()
    }

    /// At a time of this day.
    #[must_use]
    pub fn at(self, hour: i64, minute: i64) -> Moment {
        Moment(format!("{}T{hour:02}:{minute:02}", self.iso()))
    }

    /// Saturday, Sunday or the national holiday (1 and 2 September 2022).
    #[must_use]
    pub fn is_off(self) -> bool {
        matches!(self.0.rem_euclid(7), 5 | 6) || matches!(self.0, 31 | 32)
    }

    /// This day or the next working day.
    #[must_use]
    pub fn or_next_working(self) -> Self {
        let mut day = self;
        while day.is_off() {
            day.0 += 1;
        }
        day
    }

    /// This day or the last working day before it.
    #[must_use]
    pub fn or_last_working(self) -> Self {
        let mut day = self;
        while day.is_off() {
            day.0 -= 1;
        }
        day
    }

    /// A number of days later (or earlier when negative).
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn the_demo_starts_on_a_monday_and_holidays_are_off() {
        let start = Day::parse("2022-09-26").expect("in range");
        assert_eq!(start.0 % 7, 0);
        assert_eq!(start.iso(), "2022-09-26");
        assert_eq!(start.plus(8).iso(), "2022-10-04");
        assert!(Day::parse("2022-09-02").expect("in range").is_off());
        assert_eq!(Day::parse("2022-12-01"), None);
    }
}
