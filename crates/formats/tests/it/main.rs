//! Integration tests of the format readers and writers.

mod docx_reading;
mod hostile;
mod official_docx;
mod labelled_plans;
mod plan_example;
mod tables;
