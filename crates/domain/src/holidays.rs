//! Working days of Vietnamese offices: Saturdays, Sundays and public holidays with their days in lieu are none.
//!
//! The lunar dates are data; where they end, no working day is told.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A month and a day of it.
type MonthDay = (i8, i8);

/// First day of the lunar year and the Hùng Kings' day (10th of the 3rd lunar month): year, Tết, Giỗ Tổ as (month, day).
const LUNAR: [(i16, MonthDay, MonthDay); 19] = [
    (2017, (1, 28), (4, 6)),
    (2018, (2, 16), (4, 25)),
    (2019, (2, 5), (4, 14)),
    (2020, (1, 25), (4, 2)),
    (2021, (2, 12), (4, 21)),
    (2022, (2, 1), (4, 10)),
    (2023, (1, 22), (4, 29)),
    (2024, (2, 10), (4, 18)),
    (2025, (1, 29), (4, 7)),
    (2026, (2, 17), (4, 26)),
    (2027, (2, 6), (4, 16)),
    (2028, (1, 26), (4, 4)),
    (2029, (2, 13), (4, 23)),
    (2030, (2, 2), (4, 12)),
    (2031, (1, 23), (4, 1)),
    (2032, (2, 11), (4, 19)),
    (2033, (1, 31), (4, 9)),
    (2034, (2, 19), (4, 28)),
    (2035, (2, 8), (4, 17)),
];

/// First and last day off around Tết where the yearly schedule departs from "the last day of the old year and four
/// of the new".
const TET: [(i16, MonthDay, MonthDay); 6] = [
    (2018, (2, 14), (2, 20)),
    (2020, (1, 23), (1, 29)),
    (2021, (2, 10), (2, 16)),
    (2023, (1, 20), (1, 26)),
    (2024, (2, 8), (2, 14)),
    (2025, (1, 27), (1, 31)),
];

/// The second day of the National Day holiday lies before or after 2 September: since 2021, by the yearly schedule.
const SECOND_BEFORE: [i16; 4] = [2022, 2023, 2025, 2026];

/// Whether offices work on `day`; `None` in years whose lunar dates are not known here.
pub fn is_working_day(day: Date) -> Option<bool> {
    let rests = days_off(day.year())?;
    Some(!is_weekend(day) && !rests.contains(&day))
}

/// The day that lies `count` working days after `base` (before it, when negative); `base` itself is not counted.
pub fn working_days_from(base: Date, count: i32) -> Option<Date> {
    let step: Span = if count < 0 { -1.day() } else { 1.day() };
    let mut day = base;
    let mut left = count.unsigned_abs();
    while left > 0 {
        day = day.checked_add(step).ok()?;
        left -= u32::from(is_working_day(day)?);
    }
    Some(day)
}

/// How many working days lie after `from`, up to `to` and with it; none when `to` is not later.
pub fn working_days_between(from: Date, to: Date) -> Option<u32> {
    let mut count = 0;
    let mut day = from;
    let mut year: Option<(i16, Vec<Date>)> = None;
    while day < to {
        day = day.checked_add(1.day()).ok()?;
        let off = match year {
            Some((known, off)) if known == day.year() => off,
            _ => days_off(day.year())?,
        };
        count += u32::from(!is_weekend(day) && !off.contains(&day));
        year = Some((day.year(), off));
    }
    Some(count)
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Weekdays off in `year`.
fn days_off(year: i16) -> Option<Vec<Date>> {
    let (_, tet, kings) = LUNAR.iter().find(|(known, ..)| *known == year)?;
    let on = |(month, day): MonthDay| Date::new(year, month, day).ok();
    let mut holidays = vec![on((1, 1))?];
    match TET.iter().find(|(known, ..)| *known == year) {
        Some((_, first, last)) => {
            let (mut day, last) = (on(*first)?, on(*last)?);
            // The schedule has its days in lieu inside already.
            while day <= last {
                if !is_weekend(day) {
                    holidays.push(day);
                }
                day = day.checked_add(1.day()).ok()?;
            }
        }
        None => {
            let eve = on(*tet)?.checked_sub(1.day()).ok()?;
            for after in 0..5 {
                holidays.push(eve.checked_add(i64::from(after).days()).ok()?);
            }
        }
    }
    holidays.extend([on(*kings)?, on((4, 30))?, on((5, 1))?]);
    if year > 2020 {
        let before = SECOND_BEFORE.contains(&year);
        holidays.push(on((9, if before { 1 } else { 3 }))?);
    }
    holidays.push(on((9, 2))?);
    let mut off: Vec<Date> = holidays
        .iter()
        .copied()
        .filter(|day| !is_weekend(*day))
        .collect();
    for holiday in holidays.iter().copied().filter(|day| is_weekend(*day)) {
        let mut lieu = holiday;
        while is_weekend(lieu) || off.contains(&lieu) || holidays.contains(&lieu) {
            lieu = lieu.checked_add(1.day()).ok()?;
        }
        off.push(lieu);
    }
    Some(off)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_and_holidays_are_passed_over() {
        // Wednesday to the Wednesday before.
        assert_eq!(
            working_days_from(date(2024, 10, 30), -5),
            Some(date(2024, 10, 23))
        );
        // The National Day of 2022 took Thursday and Friday.
        assert_eq!(
            working_days_from(date(2022, 8, 31), 1),
            Some(date(2022, 9, 5))
        );
        assert_eq!(
            working_days_from(date(2025, 1, 24), 1),
            Some(date(2025, 2, 3))
        );
    }

    #[test]
    fn a_holiday_on_a_weekend_is_taken_on_the_next_working_day() {
        // 30 April and 1 May 2022 were Saturday and Sunday.
        assert_eq!(is_working_day(date(2022, 5, 2)), Some(false));
        assert_eq!(is_working_day(date(2022, 5, 3)), Some(false));
        assert_eq!(is_working_day(date(2022, 5, 4)), Some(true));
        assert_eq!(is_working_day(date(2022, 4, 11)), Some(false));
    }

    #[test]
    fn working_days_are_counted_after_the_first_day_and_with_the_last() {
        // Monday to Friday of one week, then over the National Day of 2022.
        assert_eq!(
            working_days_between(date(2022, 8, 22), date(2022, 8, 26)),
            Some(4)
        );
        assert_eq!(
            working_days_between(date(2022, 8, 31), date(2022, 9, 5)),
            Some(1)
        );
        let day = date(2024, 12, 20);
        assert_eq!(working_days_between(day, day), Some(0));
        for count in 0..40 {
            let end = working_days_from(day, count).expect("within the known years");
            assert_eq!(working_days_between(day, end), u32::try_from(count).ok());
        }
    }

    #[test]
    fn nothing_is_told_of_years_without_lunar_dates() {
        assert_eq!(is_working_day(date(2050, 3, 1)), None);
        assert_eq!(working_days_from(date(2035, 12, 31), 1), None);
    }
}
