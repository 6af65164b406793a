//! Integration tests of the format readers and writers.

mod hostile;
mod plan_example;
mod tables;
