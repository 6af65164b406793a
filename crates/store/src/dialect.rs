//! Every place where the engines differ in SQL, each a named function with two arms.
//!
//! What is alike needs nothing from here: `RETURNING`, `ON CONFLICT … DO UPDATE`, recursive `WITH`, window
//! functions, `CAST(? AS BIGINT)`, `CAST(sum(x) AS BIGINT)`, `coalesce`, `||`, `string_agg`, `LIMIT`/`OFFSET`.

use std::borrow::Cow;

use crate::Engine;

/// The end of a `SELECT` that claims rows nobody else is claiming.
///
/// On SQLite nothing: its writes come one after another.
pub fn for_update_skip_locked(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE SKIP LOCKED",
    }
}

/// A subquery of the ids in a parameter that holds them as the text of a JSON array: `id IN (…)`.
///
/// `parameter` is the parameter's number, from 1.
pub fn ids_in_json(engine: Engine, parameter: usize) -> String {
    match engine {
        Engine::Sqlite => format!("(SELECT value FROM json_each(?{parameter}))"),
        Engine::Postgres => format!(
            "(SELECT CAST(value AS BIGINT) \
             FROM json_array_elements_text(CAST(CAST(?{parameter} AS TEXT) AS JSON)))"
        ),
    }
}

/// A subquery of rows `id`, `lft`, `rgt` in a parameter that holds them as the text of a JSON array of arrays.
///
/// `parameter` is the parameter's number, from 1.
pub fn intervals_in_json(engine: Engine, parameter: usize) -> String {
    match engine {
        Engine::Sqlite => format!(
            "(SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS lft, \
             json_extract(value, '$[2]') AS rgt FROM json_each(?{parameter}))"
        ),
        Engine::Postgres => format!(
            "(SELECT CAST(value->>0 AS BIGINT) AS id, CAST(value->>1 AS BIGINT) AS lft, CAST(value->>2 AS BIGINT) AS rgt \
             FROM json_array_elements(CAST(CAST(?{parameter} AS TEXT) AS JSON)))"
        ),
    }
}

/// The joins that take the figures of a revision apart into `indicator` and `year` (key and value each), and the sum over
/// them.
pub(crate) fn figures_taken_apart(engine: Engine) -> (&'static str, &'static str) {
    match engine {
        Engine::Sqlite => (
            "JOIN json_each(revision.figures) AS indicator JOIN json_each(indicator.value) AS year",
            "SUM(CAST(year.value AS INTEGER))",
        ),
        Engine::Postgres => (
            "CROSS JOIN LATERAL jsonb_each(CAST(revision.figures AS JSONB)) AS indicator \
             CROSS JOIN LATERAL jsonb_each_text(indicator.value) AS year",
            "SUM(CAST(year.value AS NUMERIC))",
        ),
    }
}

/// The statement with `$1` for `?1`, as PostgreSQL wants it.
///
/// Literals, quoted names and comments stay as they are; so does a `?` that no digit follows.
pub(crate) fn numbered_with_dollar(sql: &str) -> Cow<'_, str> {
    let bytes = sql.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        at = match bytes[at] {
            quote @ (b'\'' | b'"') => after(bytes, at + 1, &[quote]),
            b'-' if bytes[at..].starts_with(b"--") => after(bytes, at + 2, b"\n"),
            b'/' if bytes[at..].starts_with(b"/*") => after(bytes, at + 2, b"*/"),
            b'?' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                out.push_str(&sql[copied..at]);
                out.push('$');
                copied = at + 1;
                copied
            }
            _ => at + 1,
        };
    }
    if copied == 0 {
        return Cow::Borrowed(sql);
    }
    out.push_str(&sql[copied..]);
    Cow::Owned(out)
}

/// The position behind the next `end` at or after `from`, or the end of the statement.
///
/// A doubled quote inside a literal ends it and at once begins the next, which comes to the same.
fn after(bytes: &[u8], from: usize, end: &[u8]) -> usize {
    bytes[from..]
        .windows(end.len())
        .position(|window| window == end)
        .map_or(bytes.len(), |found| from + found + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_dollars_outside_of_literals_names_and_comments() {
        let sql = "SELECT '?1 it''s ?2', \"odd ?3\" -- ?4 isn't one\n/* ?5 ' */ FROM báo_cáo WHERE a = ?1 AND b = ?12 AND c ? 'x'";
        assert_eq!(
            numbered_with_dollar(sql),
            "SELECT '?1 it''s ?2', \"odd ?3\" -- ?4 isn't one\n/* ?5 ' */ FROM báo_cáo WHERE a = $1 AND b = $12 AND c ? 'x'"
        );
    }

    #[test]
    fn a_statement_without_placeholders_is_not_copied() {
        assert!(matches!(
            numbered_with_dollar("SELECT 1 -- ?1"),
            Cow::Borrowed(_)
        ));
        assert_eq!(numbered_with_dollar("SELECT 'open ?1"), "SELECT 'open ?1");
    }
}
