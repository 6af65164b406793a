//! The router on a real database, asked the way a browser or a program asks.

mod access_matrix;
mod consolidation;
mod fixture;
mod forms;
mod json_page;
mod pages;
mod report_api;
mod setup;
mod sign_in;
mod site;
