//! Filters of the templates: dates and numbers as Vietnamese offices write them. Page files say `use crate::filters;`.

use domain::number::Amount;
use jiff::Timestamp;
use jiff::civil::Date;

/// `30/9/2022`
#[askama::filter_fn]
pub fn vn_date(day: &Date, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(domain::deadline::vietnamese_date(*day))
}

/// `16:30, 26/9/2022`, in Vietnam.
#[askama::filter_fn]
pub fn vn_datetime(instant: &Timestamp, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(domain::deadline::vietnamese_time(*instant))
}

/// `1.234.567,8`
#[askama::filter_fn]
pub fn vn_number(amount: &Amount, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(amount.vietnamese())
}

/// `1.234` for a count.
#[askama::filter_fn]
pub fn vn_count(count: &usize, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(i64::try_from(*count).map_or_else(
        |_| count.to_string(),
        |count| Amount::from(count).vietnamese(),
    ))
}
