//! The router on a real database, asked the way a browser or a program asks.

mod access_matrix;
mod board;
mod board_views;
mod checks;
mod consolidation;
mod decisions;
mod editor;
mod fixture;
mod forms;
mod json_page;
mod margin;
mod pages;
mod plan_files;
mod plan_review;
mod province;
mod report_api;
mod reports;
mod setup;
mod sign_in;
mod site;
mod word_files;
