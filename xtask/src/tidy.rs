//! Rules for files that no compiler checks: headings, sizes, the map's paths, migrations, leftovers.

use std::collections::{BTreeMap, BTreeSet};

use crate::source;

/// Longer source files want splitting, or a line in `LONG_FILES`.
const MAX_LINES: usize = 600;
/// Each line: a path, a colon, and why that file may be longer.
const LONG_FILES: &str = "xtask/long-files.txt";
const MAX_BYTES: u64 = 1024 * 1024;
const MAP: &str = "ARCHITECTURE.md";
const MAX_MAP_LINES: usize = 200;
const SOURCE_ENDINGS: &[&str] = &["rs", "html", "css", "js", "sql", "typ"];
const MIGRATIONS: &str = "crates/store/migrations/";
/// Spelled in halves, so that this file does not find itself.
const LEFTOVERS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Every breach, one line each.
pub fn check() -> Vec<String> {
    let files = match source::files() {
        Ok(files) => files,
        Err(problem) => return vec![problem],
    };
    let long = source::text(LONG_FILES).unwrap_or_default();
    let reasons: BTreeMap<&str, &str> = long
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(path, why)| (path.trim(), why.trim()))
        .collect();
    let mut findings = Vec::new();
    for path in &files {
        let bytes = std::fs::metadata(source::root().join(path))
            .map(|m| m.len())
            .unwrap_or_default();
        if bytes > MAX_BYTES {
            findings.push(format!(
                "{path}: {bytes} bytes; a file of the repository stays under {MAX_BYTES}"
            ));
        }
        if let Some(text) = source::text(path) {
            findings.extend(check_text(path, &text, reasons.get(path.as_str()).copied()));
        }
    }
    for path in reasons
        .keys()
        .filter(|path| !files.iter().any(|file| file == *path))
    {
        findings.push(format!("{LONG_FILES}: {path} does not exist"));
    }
    findings.extend(check_migrations(&files));
    if let Some(map) = source::text(MAP) {
        findings.extend(check_map(&map, &|path| source::root().join(path).exists()));
    }
    findings
}

fn check_text(path: &str, text: &str, long_because: Option<&str>) -> Vec<String> {
    let mut findings = Vec::new();
    let ending = path
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .unwrap_or_default();
    let is_source = SOURCE_ENDINGS.contains(&ending);
    if ending == "rs" && !text.starts_with("//!") {
        findings.push(format!(
            "{path}: the first line says with `//!` what the file holds"
        ));
    }
    let lines = text.lines().count();
    match long_because {
        None if is_source && lines > MAX_LINES => findings.push(format!(
            "{path}: {lines} lines; look for the second subject in it, or give the reason in {LONG_FILES}"
        )),
        Some(_) if lines <= MAX_LINES => findings.push(format!("{LONG_FILES}: {path} is no longer long; remove it")),
        Some("") => findings.push(format!("{LONG_FILES}: {path} without a reason")),
        _ => {}
    }
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
            findings.push(format!("{path}:{}: a conflict left by a merge", at + 1));
        }
        if let Some(word) = LEFTOVERS
            .iter()
            .find(|word| is_source && source::has_word(line, word))
        {
            findings.push(format!("{path}:{}: `{word}`: do it, or file it", at + 1));
        }
    }
    findings
}

/// Both engines have the same migrations, numbered from 1 without a gap.
fn check_migrations(files: &[String]) -> Vec<String> {
    let of = |engine: &str| -> BTreeSet<&str> {
        let folder = format!("{MIGRATIONS}{engine}/");
        files
            .iter()
            .filter_map(|path| path.strip_prefix(&folder))
            .collect()
    };
    let (sqlite, postgres) = (of("sqlite"), of("postgres"));
    let mut findings: Vec<String> = sqlite
        .symmetric_difference(&postgres)
        .map(|name| format!("{MIGRATIONS}: {name} is there for one engine only"))
        .collect();
    for (at, name) in sqlite.iter().enumerate() {
        let number = format!("{:04}_", at + 1);
        if !name.starts_with(&number) {
            findings.push(format!(
                "{MIGRATIONS}sqlite/{name}: expected {number}…, one number each and no gap"
            ));
        }
    }
    findings
}

/// Every path that the map names in backticks exists, and the map stays short.
fn check_map(map: &str, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut findings = Vec::new();
    let lines = map.lines().count();
    if lines > MAX_MAP_LINES {
        findings.push(format!(
            "{MAP}: {lines} lines; a map has at most {MAX_MAP_LINES}"
        ));
    }
    let mut fenced = false;
    for (at, line) in map.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let quoted = line.split('`').skip(1).step_by(2);
            let missing = quoted.filter_map(path_of).filter(|path| !exists(path));
            findings
                .extend(missing.map(|path| format!("{MAP}:{}: `{path}` does not exist", at + 1)));
        }
    }
    findings
}

/// The path that a quoted word names, if it is one: `crates/app/src/lib.rs`, also with `: thing` behind it.
fn path_of(quoted: &str) -> Option<&str> {
    let path = quoted.split_once(": ").map_or(quoted, |(path, _)| path);
    let plain = path
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    if !plain || path.starts_with('/') || !path.contains('/') {
        return None;
    }
    let ours = [
        "crates/",
        "xtask/",
        "e2e/",
        "docs/",
        "fixtures/",
        ".ci/",
        ".cargo/",
    ]
    .iter()
    .any(|top| path.starts_with(top));
    let ending = path
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .unwrap_or_default();
    (ours || SOURCE_ENDINGS.contains(&ending) || matches!(ending, "md" | "toml")).then_some(path)
}

#[cfg(test)]
mod cases {
    use super::*;

    #[test]
    fn a_file_without_heading_or_with_leftovers_is_found() {
        assert_eq!(check_text("a.rs", "fn main() {}\n", None).len(), 1);
        assert_eq!(check_text("a.rs", "//! A.\n", None), Vec::<String>::new());
        let leftover = format!("//! A.\n// {}: later\n", LEFTOVERS[0]);
        assert_eq!(check_text("a.rs", &leftover, None).len(), 1);
        assert_eq!(check_text("a.md", "<<<<<<< ours\n", None).len(), 1);
    }

    #[test]
    fn a_long_file_needs_a_reason_and_a_short_one_none() {
        let long = format!("//! A.\n{}", "x\n".repeat(MAX_LINES));
        assert_eq!(check_text("a.rs", &long, None).len(), 1);
        assert!(check_text("a.rs", &long, Some("a table of letters")).is_empty());
        assert_eq!(
            check_text("a.rs", "//! A.\n", Some("a table of letters")).len(),
            1
        );
        assert!(check_text("a.tsv", &long, None).is_empty());
    }

    #[test]
    fn migrations_are_the_same_on_both_engines_without_gaps() {
        let paths = |names: &[&str]| -> Vec<String> {
            names
                .iter()
                .map(|name| format!("{MIGRATIONS}{name}"))
                .collect()
        };
        assert!(
            check_migrations(&paths(&[
                "sqlite/0001_initial.sql",
                "postgres/0001_initial.sql"
            ]))
            .is_empty()
        );
        assert_eq!(
            check_migrations(&paths(&["sqlite/0001_initial.sql"])).len(),
            1
        );
        assert_eq!(
            check_migrations(&paths(&["sqlite/0002_a.sql", "postgres/0002_a.sql"])).len(),
            1
        );
    }

    #[test]
    fn the_map_names_only_what_exists() {
        let map = "`crates/a/src/lib.rs: Thing` `Unit/Report` `GET /units/1` `text/html`\n```\n`crates/gone`\n```\n`crates/b`";
        let found = check_map(map, &|path| path == "crates/a/src/lib.rs");
        assert_eq!(found, ["ARCHITECTURE.md:5: `crates/b` does not exist"]);
    }
}
