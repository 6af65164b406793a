//! From a table of units and a plan to an issued campaign with its dues: what the use cases do and refuse.
#![expect(clippy::unwrap_used, reason = "a test says what failed by panicking")]

mod campaign;
mod imports;
mod plan_files;
mod support;
