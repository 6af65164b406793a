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
pub fn vn_count<T>(count: &T, _: &dyn askama::Values) -> askama::Result<String>
where
    T: Copy + TryInto<i64> + std::fmt::Display,
{
    let number: Result<i64, _> = (*count).try_into();
    Ok(number.map_or_else(
        |_| count.to_string(),
        |number| Amount::from(number).vietnamese(),
    ))
}

/// One line of a section's text, its light markup as HTML.
#[askama::filter_fn]
pub fn prose<T: AsRef<str>>(
    line: T,
    _: &dyn askama::Values,
) -> askama::Result<askama::filters::Safe<String>> {
    Ok(crate::prose::line_html(line.as_ref()))
}

/// The whole text of a section as HTML.
#[askama::filter_fn]
pub fn prose_text<T: AsRef<str>>(
    text: T,
    _: &dyn askama::Values,
) -> askama::Result<askama::filters::Safe<String>> {
    Ok(crate::prose::text_html(text.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::{Amount, Date, Timestamp};
    use crate::filters;
    use askama::Template;

    #[derive(Template)]
    #[template(
        ext = "html",
        source = "{{ day|vn_date }} – {{ moment|vn_datetime }} – {{ amount|vn_number }} – {{ count|vn_count }}"
    )]
    struct Sample {
        day: Date,
        moment: Timestamp,
        amount: Amount,
        count: usize,
    }

    #[test]
    fn templates_write_dates_and_numbers_as_offices_do() {
        let sample = Sample {
            day: jiff::civil::date(2022, 9, 5),
            moment: "2022-09-05T02:05:00Z".parse().expect("a moment"),
            amount: Amount::parse_exact("-1234567.8").expect("an amount"),
            count: 54_000,
        };
        assert_eq!(
            sample.render().expect("it renders"),
            "5/9/2022 – 09:05, 5/9/2022 – -1.234.567,8 – 54.000"
        );
    }
}
