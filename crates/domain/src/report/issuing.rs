//! Issuing: number-symbol, date, signer and capacity of a report that its collective has adopted.

use jiff::civil::Date;

/// The abbreviation of a report in document symbols.
pub const REPORT_KIND: &str = "BC";
/// Highest number that one issuer can reach in one term; a typed number above it is a slip.
pub const HIGHEST_NUMBER: i64 = 99_999;

/// `12-BC/HU`: number, type of document, symbol of the issuer (36-HD/VPTW).
pub fn number_symbol(number: i64, kind: &str, issuer_symbol: &str) -> String {
    let number = if number < 10 {
        format!("0{number}")
    } else {
        number.to_string()
    };
    if issuer_symbol.is_empty() {
        format!("{number}-{kind}")
    } else {
        format!("{number}-{kind}/{issuer_symbol}")
    }
}

/// The usual term of a committee on a day: five years, counted from congress to congress (2015, 2020, 2025…).
/// A suggestion: the issuer may write another.
pub fn usual_term(day: Date) -> String {
    let begin = day.year() - day.year().rem_euclid(5);
    format!("{begin}-{}", begin + 5)
}

/// On whose behalf a document of `collective` is signed, e.g. `T/M BAN THƯỜNG VỤ`; empty when the head signs in
/// their own right. Recognised by the first words of the collective's name.
pub fn authority_of(collective: &str) -> String {
    const BODIES: [&str; 9] = [
        "ban thường vụ",
        "ban chấp hành",
        "ban cán sự đảng",
        "đảng đoàn",
        "đảng ủy",
        "chi ủy",
        "chi bộ",
        "ban bí thư",
        "ban thường trực",
    ];
    let name = collective.to_lowercase();
    let name = name.strip_prefix("tập thể ").unwrap_or(&name);
    BODIES
        .iter()
        .find(|body| name.starts_with(*body))
        .map(|body| format!("T/M {}", body.to_uppercase()))
        .unwrap_or_default()
}

/// Why a document cannot be issued like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    #[error("số văn bản phải từ 1 đến {HIGHEST_NUMBER}")]
    NumberOutOfRange,
    #[error("ngày ban hành trước ngày tập thể thông qua ({0}). Hãy chọn từ ngày đó trở đi")]
    BeforeAdoption(String),
    #[error("ngày ban hành sau ngày hôm nay ({0}). Hãy kiểm tra lại")]
    InTheFuture(String),
}

/// Checks the day of issue: not before the vote, not after today.
///
/// # Errors
/// [`IssueError`] with the day that stands against it.
pub fn check_date(dated: Date, adopted_on: Date, today: Date) -> Result<(), IssueError> {
    if dated < adopted_on {
        return Err(IssueError::BeforeAdoption(
            crate::deadline::vietnamese_date(adopted_on),
        ));
    }
    if dated > today {
        return Err(IssueError::InTheFuture(crate::deadline::vietnamese_date(
            today,
        )));
    }
    Ok(())
}

/// Checks a typed number.
///
/// # Errors
/// [`IssueError::NumberOutOfRange`].
pub fn check_number(number: i64) -> Result<(), IssueError> {
    if (1..=HIGHEST_NUMBER).contains(&number) {
        Ok(())
    } else {
        Err(IssueError::NumberOutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_symbol_of_a_report_is_number_type_and_issuer() {
        assert_eq!(number_symbol(12, REPORT_KIND, "HU"), "12-BC/HU");
        assert_eq!(number_symbol(5, REPORT_KIND, "ĐU"), "05-BC/ĐU");
    }

    #[test]
    fn a_standing_committee_and_a_party_committee_are_signed_for_and_a_board_is_not() {
        assert_eq!(
            authority_of("Ban Thường vụ Huyện ủy Bắc Bình"),
            "T/M BAN THƯỜNG VỤ"
        );
        assert_eq!(authority_of("Đảng ủy xã Phan Hòa"), "T/M ĐẢNG ỦY");
        assert_eq!(authority_of("Tập thể lãnh đạo Ban Tổ chức Tỉnh ủy"), "");
    }

    #[test]
    fn a_document_is_dated_between_the_vote_and_today() {
        let check = |day| check_date(date(2022, 9, day), date(2022, 9, 20), date(2022, 9, 26));
        assert_eq!(check(20), Ok(()));
        assert_eq!(check(26), Ok(()));
        assert_eq!(
            check(19),
            Err(IssueError::BeforeAdoption("20/9/2022".into()))
        );
        assert_eq!(check(27), Err(IssueError::InTheFuture("26/9/2022".into())));
    }

    #[test]
    fn the_term_runs_from_congress_to_congress() {
        assert_eq!(usual_term(date(2022, 9, 26)), "2020-2025");
        assert_eq!(usual_term(date(2019, 1, 1)), "2015-2020");
    }
}
