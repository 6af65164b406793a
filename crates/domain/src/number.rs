//! Exact amounts, and how Vietnamese offices write them: `1.234.567,8`.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Most digits that one entered amount may have, decimals included.
/// With 18 digits a sum over 10^10 units still fits the 28 digits of the decimal type.
pub const MAX_DIGITS: usize = 18;
/// Most decimals that one entered amount may have.
pub const MAX_DECIMALS: u32 = 6;

/// An exact decimal amount of a figure. Never a float.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(Decimal);

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    #[error(
        "“{0}” không phải là số. Hãy ghi số theo cách viết Việt Nam, ví dụ 1.234.567,8; ô không có số liệu để trống, không áp dụng ghi “-”"
    )]
    NotANumber(String),
    #[error("số có quá {MAX_DIGITS} chữ số. Hãy kiểm tra lại, hoặc ghi theo đơn vị tính lớn hơn")]
    TooManyDigits,
    #[error("số có quá {MAX_DECIMALS} chữ số thập phân. Hãy làm tròn")]
    TooManyDecimals,
    #[error("“{0}” có thể hiểu là số nghìn hoặc số lẻ. Hãy viết rõ, ví dụ {1} hoặc {2}")]
    Ambiguous(String, String, String),
}

impl Amount {
    pub const ZERO: Amount = Amount(Decimal::ZERO);

    /// A number as typed in Vietnam: dots or blanks between thousands, a comma before decimals, an optional `%`.
    ///
    /// # Errors
    /// [`NumberError`] when letters stand in it, groups are not of three digits, or it is too long;
    /// `1,234` (an English thousands comma or three decimals) is [`NumberError::Ambiguous`].
    pub fn parse_vietnamese(input: &str) -> Result<Amount, NumberError> {
        let shown: String = input.trim().chars().take(40).collect();
        let not_a_number = || NumberError::NotANumber(shown.clone());
        let text = input.trim().trim_end_matches('%').trim_end();
        let compact: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
            .collect();
        let (sign, digits) = match compact.strip_prefix(['-', '−']) {
            Some(rest) => ("-", rest),
            None => ("", compact.as_str()),
        };
        let (whole, decimals) = match digits.split_once(',') {
            Some((whole, decimals)) => (whole, decimals),
            None => (digits, ""),
        };
        if digits.ends_with(',')
            || whole.is_empty()
            || !decimals.chars().all(|c| c.is_ascii_digit())
        {
            return Err(not_a_number());
        }
        let mut groups = whole.split('.');
        let first = groups.next().unwrap_or_default();
        let grouped = whole.contains('.');
        let first_fits = if grouped {
            (1..=3).contains(&first.len())
        } else {
            !first.is_empty()
        };
        let all_digits = |group: &str| group.chars().all(|c| c.is_ascii_digit());
        if !first_fits
            || !all_digits(first)
            || !groups.all(|group| group.len() == 3 && all_digits(group))
        {
            return Err(not_a_number());
        }
        if !grouped && decimals.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0" {
            let as_thousands = format!("{whole}.{decimals}");
            let as_decimals = format!("{whole},{decimals}0");
            return Err(NumberError::Ambiguous(shown, as_thousands, as_decimals));
        }
        let plain = whole.replace('.', "");
        let canonical = if decimals.is_empty() {
            format!("{sign}{plain}")
        } else {
            format!("{sign}{plain}.{decimals}")
        };
        Amount::parse_exact(&canonical)
    }

    /// A canonical decimal with a point (`1234.5`), as in files, JSON and the database.
    ///
    /// # Errors
    /// [`NumberError`] when it is no plain decimal or too long.
    pub fn parse_exact(input: &str) -> Result<Amount, NumberError> {
        let unsigned = input.strip_prefix('-').unwrap_or(input);
        let digits = unsigned.chars().filter(char::is_ascii_digit).count();
        if digits == 0 || !unsigned.chars().all(|c| c.is_ascii_digit() || c == '.') {
            return Err(NumberError::NotANumber(input.chars().take(40).collect()));
        }
        let significant = unsigned
            .trim_start_matches('0')
            .chars()
            .filter(char::is_ascii_digit)
            .count();
        if significant > MAX_DIGITS {
            return Err(NumberError::TooManyDigits);
        }
        let value = Decimal::from_str(input)
            .map_err(|_| NumberError::NotANumber(input.chars().take(40).collect()))?;
        let value = value.normalize();
        if value.scale() > MAX_DECIMALS {
            return Err(NumberError::TooManyDecimals);
        }
        Ok(Amount(value))
    }

    /// The sum, or `None` when it leaves the range of the type.
    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        self.0.checked_add(other.0).map(Amount)
    }
    pub fn checked_sub(self, other: Amount) -> Option<Amount> {
        self.0.checked_sub(other.0).map(Amount)
    }
    pub fn checked_mul(self, other: Amount) -> Option<Amount> {
        self.0.checked_mul(other.0).map(Amount)
    }

    /// `self / divisor * factor`, rounded half away from zero to `decimals` places; `None` when the divisor is zero.
    pub fn ratio(self, divisor: Amount, factor: i64, decimals: u32) -> Option<Amount> {
        if divisor.0.is_zero() {
            return None;
        }
        let value = self
            .0
            .checked_mul(Decimal::from(factor))?
            .checked_div(divisor.0)?;
        Some(Amount(
            value
                .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
                .normalize(),
        ))
    }

    /// As Vietnamese offices print it: `-1.234.567,8`.
    pub fn vietnamese(self) -> String {
        let plain = self.0.normalize().to_string();
        let (sign, unsigned) = match plain.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", plain.as_str()),
        };
        let (whole, decimals) = match unsigned.split_once('.') {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (unsigned, None),
        };
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        match decimals {
            Some(decimals) => format!("{sign}{grouped},{decimals}"),
            None => format!("{sign}{grouped}"),
        }
    }
}

impl From<i64> for Amount {
    fn from(value: i64) -> Self {
        Amount(Decimal::from(value))
    }
}

/// The canonical decimal with a point and without trailing zeros.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.normalize().to_string())
    }
}

impl TryFrom<String> for Amount {
    type Error = NumberError;
    fn try_from(text: String) -> Result<Self, NumberError> {
        Amount::parse_exact(&text)
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> String {
        amount.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vietnamese_numbers_are_read_with_dots_for_thousands_and_a_comma_for_decimals() {
        for (typed, exact) in [
            ("1.234.567,8", "1234567.8"),
            ("1234", "1234"),
            ("1 234", "1234"),
            ("12,5%", "12.5"),
            ("05", "5"),
            ("-3", "-3"),
            ("0", "0"),
            ("0,125", "0.125"),
        ] {
            assert_eq!(
                Amount::parse_vietnamese(typed).map(|a| a.to_string()),
                Ok(exact.to_string()),
                "{typed}"
            );
        }
    }

    #[test]
    fn letters_wrong_groups_and_forty_digits_are_refused() {
        for typed in [
            "12a",
            "1.23",
            "1..234",
            "",
            ",5",
            "12,",
            "1.234.56",
            "mười",
            "1,2,3",
            "9".repeat(40).as_str(),
        ] {
            assert!(Amount::parse_vietnamese(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn an_english_thousands_comma_is_asked_about_not_guessed() {
        assert!(matches!(
            Amount::parse_vietnamese("1,234"),
            Err(NumberError::Ambiguous(..))
        ));
    }

    #[test]
    fn ratio_is_undefined_over_zero_and_rounds_half_away_from_zero() {
        assert_eq!(Amount::from(1).ratio(Amount::ZERO, 100, 2), None);
        assert_eq!(
            Amount::from(1)
                .ratio(Amount::from(8), 100, 0)
                .map(|a| a.to_string()),
            Some("13".into())
        );
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back_exactly(mantissa in -999_999_999_999i64..999_999_999_999, scale in 0u32..3) {
            let amount = Amount(Decimal::new(mantissa, scale));
            // A lone group of three decimals is ambiguous by rule, and scale < 3 never prints one.
            prop_assert_eq!(Amount::parse_vietnamese(&amount.vietnamese()), Ok(amount));
        }

        #[test]
        fn no_input_panics(text in ".{0,60}") {
            let _ = Amount::parse_vietnamese(&text);
            let _ = Amount::parse_exact(&text);
        }
    }
}
