//! Integration tests of the format readers and writers.

mod docx_reading;
mod fuzz;
mod hostile;
mod labelled_plans;
mod mail_reading;
mod odt_reading;
mod official_docx;
mod pdf_tables;
mod plan_example;
mod round_trip;
mod tables;
