//! Parameters and columns: the three kinds of values both engines share, and their conversions.
//!
//! Integers are `BIGINT`/`INTEGER`, texts `TEXT`, bytes `BYTEA`/`BLOB`. An instant is an integer of
//! microseconds since 1970 (UTC), a date is ISO text (`2022-09-30`), a truth value is 0 or 1.
//! There are no floats.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Error, Result};

/// One value, bound to a statement or found in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value; fits a parameter of any type.
    Null,
    /// An integer of 64 bits.
    Int(i64),
    /// Text, in NFC by convention of the callers.
    Text(Cow<'a, str>),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
}

impl Value<'_> {
    /// The kind in words, for messages; never the content, which may be private.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Int(_) => "an integer",
            Value::Text(_) => "text",
            Value::Blob(_) => "bytes",
        }
    }
}

/// An array of [`Value`]s from anything that converts: `params![unit_id, "đang soạn", None::<i64>]`.
#[macro_export]
macro_rules! params {
    () => { [] as [$crate::Value<'_>; 0] };
    ($($value:expr),+ $(,)?) => { [$($crate::Value::from($value)),+] };
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<i32> for Value<'_> {
    fn from(value: i32) -> Self {
        Value::Int(value.into())
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Value::Int(value.into())
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Int(value.into())
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Value::Text(Cow::Borrowed(value))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Value::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Value::Text(Cow::Owned(value))
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Value::Blob(Cow::Borrowed(value))
    }
}

impl<'a> From<&'a Vec<u8>> for Value<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Value::Blob(Cow::Borrowed(value))
    }
}

impl From<Vec<u8>> for Value<'_> {
    fn from(value: Vec<u8>) -> Self {
        Value::Blob(Cow::Owned(value))
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(value: Timestamp) -> Self {
        Value::Int(value.as_microsecond())
    }
}

impl From<Date> for Value<'_> {
    fn from(value: Date) -> Self {
        Value::Text(Cow::Owned(value.to_string()))
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// One row of a result, valid while the query runs.
pub struct Row<'r> {
    pub(crate) cells: Cells<'r>,
}

/// Where the cells of a [`Row`] lie.
pub(crate) enum Cells<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r ::postgres::Row),
}

impl Row<'_> {
    /// The column at `index` (from 0) as `T`.
    ///
    /// # Errors
    /// [`Error::Column`] when the row has no such column or it does not hold a `T`.
    pub fn get<T: FromColumn>(&self, index: usize) -> Result<T> {
        let value = self.value(index)?;
        let found = value.kind();
        T::from_column(value).ok_or_else(|| Error::Column {
            index,
            expected: T::EXPECTED,
            found: found.to_owned(),
        })
    }

    /// The column at `index` as it lies in the row, without a copy.
    ///
    /// # Errors
    /// [`Error::Column`] when the row has no such column or its type is none of the shared ones:
    /// floats, and on PostgreSQL `numeric` (cast a `sum` to `BIGINT`).
    pub fn value(&self, index: usize) -> Result<Value<'_>> {
        match &self.cells {
            Cells::Sqlite(row) => crate::sqlite::column(row, index),
            Cells::Postgres(row) => crate::postgres::column(row, index),
        }
    }
}

/// A type that [`Row::get`] can give.
pub trait FromColumn: Sized {
    /// The type in words, for [`Error::Column`].
    const EXPECTED: &'static str;

    /// The value as this type, or `None` when it is of another kind or out of range.
    fn from_column(value: Value<'_>) -> Option<Self>;
}

impl FromColumn for i64 {
    const EXPECTED: &'static str = "an integer";

    fn from_column(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }
}

impl FromColumn for i32 {
    const EXPECTED: &'static str = "an integer of 32 bits";

    fn from_column(value: Value<'_>) -> Option<Self> {
        i64::from_column(value)?.try_into().ok()
    }
}

impl FromColumn for u32 {
    const EXPECTED: &'static str = "an integer of 32 bits, not negative";

    fn from_column(value: Value<'_>) -> Option<Self> {
        i64::from_column(value)?.try_into().ok()
    }
}

impl FromColumn for bool {
    const EXPECTED: &'static str = "0 or 1";

    fn from_column(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromColumn for String {
    const EXPECTED: &'static str = "text";

    fn from_column(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }
}

impl FromColumn for Vec<u8> {
    const EXPECTED: &'static str = "bytes";

    fn from_column(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Blob(bytes) => Some(bytes.into_owned()),
            _ => None,
        }
    }
}

impl FromColumn for Timestamp {
    const EXPECTED: &'static str = "an instant in microseconds";

    fn from_column(value: Value<'_>) -> Option<Self> {
        Timestamp::from_microsecond(i64::from_column(value)?).ok()
    }
}

impl FromColumn for Date {
    const EXPECTED: &'static str = "a date as ISO text";

    fn from_column(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn from_column(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_column(value).map(Some),
        }
    }
}
