//! Integration tests of the format readers and writers.

mod docx_reading;
mod hostile;
mod labelled_plans;
mod official_docx;
mod plan_example;
mod tables;
