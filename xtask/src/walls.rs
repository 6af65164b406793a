//! The walls between the crates: which may depend on which, and why; checked from `cargo metadata` and the sources.
//!
//! Only what ships is checked (normal and build dependencies). Tests may reach further, but nobody imports `cli`, and
//! only `cli` may bring typst into its tests.

use serde_json::Value;
use std::process::Command;

use crate::source;

/// One crate's wall: what of our own it may import.
struct Wall {
    name: &'static str,
    may_import: &'static [&'static str],
    why: &'static str,
}

const WALLS: &[Wall] = &[
    Wall {
        name: "domain",
        may_import: &[],
        why: "the rules stand on nothing",
    },
    Wall {
        name: "formats",
        may_import: &["domain"],
        why: "bytes to values and back, nothing else",
    },
    Wall {
        name: "typeset",
        may_import: &["domain"],
        why: "a page is set from a document, not from a database",
    },
    Wall {
        name: "analysis",
        may_import: &["domain"],
        why: "pure algorithms over text",
    },
    Wall {
        name: "store",
        may_import: &["domain"],
        why: "storage takes and returns values of the domain",
    },
    Wall {
        name: "app",
        may_import: &["store", "analysis", "formats", "domain"],
        why: "use cases ask for a PDF renderer through a port; they know neither HTTP nor typst",
    },
    Wall {
        name: "web",
        may_import: &["app", "domain"],
        why: "a handler that cannot reach SQL cannot skip the permission check",
    },
    Wall {
        name: "demo",
        may_import: &["app", "domain"],
        why: "the example goes through the use cases like a person",
    },
    Wall {
        name: "cli",
        may_import: &[
            "app", "web", "demo", "store", "analysis", "formats", "typeset", "domain",
        ],
        why: "the binary wires everything together",
    },
    Wall {
        name: "xtask",
        may_import: &[],
        why: "automation must build when the product does not",
    },
    Wall {
        name: "e2e",
        may_import: &[],
        why: "the browser sees the product from outside",
    },
];

/// The only outside crates that `domain` may use.
const DOMAIN_MAY_USE: &[&str] = &[
    "jiff",
    "regex",
    "rust_decimal",
    "serde",
    "thiserror",
    "unicode-normalization",
];

/// An outside crate (by name or by the start of its name) and who alone may use it.
struct Reserved {
    matches: fn(&str) -> bool,
    owners: &'static [&'static str],
    why: &'static str,
}

const RESERVED: &[Reserved] = &[
    Reserved {
        matches: |name| name.starts_with("typst"),
        owners: &["typeset"],
        why: "typst takes minutes to compile; only the crate behind the PDF port pays for it",
    },
    Reserved {
        matches: |name| {
            matches!(
                name,
                "rusqlite" | "libsqlite3-sys" | "postgres" | "tokio-postgres" | "sqlx" | "diesel"
            )
        },
        owners: &["store"],
        why: "SQL lives in one crate, tested on both engines",
    },
    Reserved {
        matches: |name| name == "axum" || name.starts_with("axum-") || name == "askama",
        owners: &["web"],
        why: "HTTP and templates live in one crate",
    },
    Reserved {
        matches: |name| {
            matches!(
                name,
                "tower" | "tower-http" | "hyper" | "hyper-util" | "tokio"
            )
        },
        owners: &["web", "cli", "e2e"],
        why: "the rest of the product is synchronous",
    },
];

/// Words that begin a statement of SQL; in capitals, as the house writes SQL.
const SQL_WORDS: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
];

/// Every breach of a wall, one line each.
pub fn check() -> Vec<String> {
    let mut findings = match metadata() {
        Ok(metadata) => check_dependencies(&metadata),
        Err(problem) => vec![problem],
    };
    match source::files() {
        Ok(files) => findings.extend(files.iter().flat_map(|path| check_source(path))),
        Err(problem) => findings.push(problem),
    }
    findings
}

fn metadata() -> Result<Value, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .output()
        .map_err(|e| format!("cargo metadata: {e}"))?;
    if !output.status.success() {
        return Err(format!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ));
    }
    serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))
}

fn check_dependencies(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let ours: Vec<&str> = packages
        .iter()
        .filter_map(|package| package["name"].as_str())
        .collect();
    if ours.is_empty() {
        return vec!["cargo metadata names no crate of this workspace".to_owned()];
    }
    let mut findings = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(wall) = WALLS.iter().find(|wall| wall.name == name) else {
            findings.push(format!("{name}: a crate without a wall; add it to xtask/src/walls.rs with what it may import"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = dependency["name"].as_str().unwrap_or_default();
            let in_tests = dependency["kind"].as_str() == Some("dev");
            findings.extend(breach(wall, on, in_tests, ours.contains(&on)));
        }
    }
    findings
}

/// Why `wall`'s crate may not depend on `on`, if it may not.
fn breach(wall: &Wall, on: &str, in_tests: bool, on_is_ours: bool) -> Option<String> {
    let name = wall.name;
    if on == "cli" {
        return Some(format!("{name} -> cli: nobody imports the binary"));
    }
    if in_tests {
        let typst = on == "typeset" || on.starts_with("typst");
        return (typst && !matches!(name, "typeset" | "cli"))
            .then(|| format!("{name} -> {on} (tests): only the binary's tests pay for typst"));
    }
    if on_is_ours {
        return (!wall.may_import.contains(&on)).then(|| {
            let may = if wall.may_import.is_empty() {
                "none of ours".to_owned()
            } else {
                wall.may_import.join(", ")
            };
            format!("{name} -> {on}: {name} may import {may}: {}", wall.why)
        });
    }
    if name == "domain" && !DOMAIN_MAY_USE.contains(&on) {
        return Some(format!(
            "domain -> {on}: domain may use {}: no I/O, no async, no SQL, no wire formats",
            DOMAIN_MAY_USE.join(", ")
        ));
    }
    let reserved = RESERVED.iter().find(|reserved| (reserved.matches)(on))?;
    (!reserved.owners.contains(&name)).then(|| {
        format!(
            "{name} -> {on}: only {} may: {}",
            reserved.owners.join(", "),
            reserved.why
        )
    })
}

/// Floats in the domain and SQL outside the store, by line.
fn check_source(path: &str) -> Vec<String> {
    let Some((folder, _)) = path
        .strip_prefix("crates/")
        .and_then(|rest| rest.split_once("/src/"))
    else {
        return Vec::new();
    };
    if !path.ends_with(".rs") {
        return Vec::new();
    }
    let Some(text) = source::text(path) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (at, line) in source::code_lines(&text) {
        if folder == "domain" {
            findings.extend(float_in(line).map(|word| {
                format!("{path}:{at}: `{word}` in the domain: figures are exact; say why in a comment on the line if it is no figure")
            }));
        }
        if folder != "store" {
            findings.extend(sql_in(line).map(|word| {
                format!(
                    "{path}:{at}: `{}`: SQL lives in crates/store only",
                    word.trim()
                )
            }));
        }
    }
    findings
}

/// The float type that a line names without a comment saying why.
fn float_in(line: &str) -> Option<&'static str> {
    let commented = line.contains("//");
    ["f32", "f64"]
        .into_iter()
        .find(|word| source::has_word(line, word) && !commented)
}

/// The word of SQL that opens a string literal in a line, or a line of a longer literal.
fn sql_in(line: &str) -> Option<&'static str> {
    let opens =
        |word: &&&str| line.contains(&format!("\"{word}")) || line.trim_start().starts_with(**word);
    SQL_WORDS.iter().find(opens).copied()
}

#[cfg(test)]
mod cases {
    use super::*;

    fn findings(name: &str, on: &str, kind: Option<&str>) -> Vec<String> {
        let package = |name: &str, dependencies: Value| serde_json::json!({ "name": name, "dependencies": dependencies });
        let mut packages: Vec<Value> = WALLS
            .iter()
            .filter(|wall| wall.name != name)
            .map(|wall| package(wall.name, Value::Array(vec![])))
            .collect();
        packages.push(package(
            name,
            serde_json::json!([{ "name": on, "kind": kind }]),
        ));
        check_dependencies(&serde_json::json!({ "packages": packages }))
    }

    #[test]
    fn forbidden_arrows_are_named() {
        for (name, on) in [
            ("domain", "tokio"),
            ("domain", "store"),
            ("formats", "store"),
            ("app", "web"),
            ("app", "axum"),
            ("app", "rusqlite"),
            ("app", "typst-pdf"),
            ("web", "store"),
            ("web", "formats"),
            ("web", "postgres"),
            ("cli", "typst"),
            ("cli", "axum"),
            ("demo", "store"),
            ("web", "cli"),
        ] {
            let found = findings(name, on, None);
            assert!(
                found.len() == 1 && found[0].starts_with(&format!("{name} -> {on}")),
                "{name} -> {on}: {found:?}"
            );
        }
    }

    #[test]
    fn allowed_arrows_pass() {
        for (name, on) in [
            ("app", "store"),
            ("web", "axum"),
            ("store", "rusqlite"),
            ("cli", "tokio"),
            ("typeset", "typst"),
        ] {
            assert_eq!(findings(name, on, None), Vec::<String>::new());
        }
    }

    #[test]
    fn tests_may_reach_further_but_not_for_typst_nor_the_binary() {
        assert!(findings("web", "store", Some("dev")).is_empty());
        assert_eq!(findings("web", "typeset", Some("dev")).len(), 1);
        assert_eq!(findings("web", "cli", Some("dev")).len(), 1);
    }

    #[test]
    fn a_new_crate_needs_a_wall() {
        assert_eq!(findings("utils", "serde", None).len(), 1);
    }

    #[test]
    fn a_float_needs_a_reason_and_sql_needs_the_store() {
        assert_eq!(float_in("fn share() -> f64 {"), Some("f64"));
        assert_eq!(
            float_in("let width: f32 = 2.0; // points on the page, not a figure"),
            None
        );
        assert_eq!(
            sql_in("    tx.exec(\"INSERT INTO unit VALUES (?1)\")"),
            Some("INSERT INTO ")
        );
        assert_eq!(sql_in("      SELECT code FROM unit"), Some("SELECT "));
        assert_eq!(sql_in("let label = \"Select a unit\";"), None);
    }
}
