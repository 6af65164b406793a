//! Tables: reading TSV, CSV, XLSX and ODS as rows of text; writing XLSX.

mod budget;
mod delimited;
mod ods;
mod read;
mod write;
mod xlsx;

pub use read::{Sheet, SheetRow, read_table};
pub use write::{CellOut, SheetOut, Workbook, write_workbook};
