//! Integration tests of the format readers and writers.

mod hostile;
mod official_docx;
mod plan_example;
mod tables;
