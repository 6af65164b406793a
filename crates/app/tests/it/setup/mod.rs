//! From a table of units and a plan to an issued campaign with its dues: what the use cases do and refuse.

mod campaign;
mod imports;
mod support;
