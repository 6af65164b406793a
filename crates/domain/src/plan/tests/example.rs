//! The project's own example plan, value by value.

use super::*;

fn example() -> Reading {
    read_text(include_str!("../../../../../fixtures/plan-2022.md"))
}

#[test]
fn the_example_reads_into_exactly_this_object() {
    let json = serde_json::to_string_pretty(&example().plan).expect("a plan is plain data");
    insta::assert_snapshot!("example", json);
}
