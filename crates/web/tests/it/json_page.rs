//! The page that describes the API names exactly the routes that there are.

use std::collections::BTreeSet;
use web::ROUTES;

const PAGE: &str = include_str!("../../../../docs/json.md");

#[test]
fn every_route_of_the_api_is_described_and_no_other() {
    let there: BTreeSet<String> = ROUTES
        .iter()
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| format!("{} {}", route.method.to_uppercase(), route.path))
        .collect();
    // Code in the first column of the tables.
    let described: BTreeSet<String> = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|code| code.contains(" /api/"))
        .map(str::to_owned)
        .collect();
    let missing: Vec<&String> = there.difference(&described).collect();
    let gone: Vec<&String> = described.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "docs/json.md does not describe {missing:?} and describes {gone:?}, which are not there"
    );
}
