//! Stories of the use cases on a small province, on a real database.

mod board_views;
mod boards;
mod consolidation;
mod copying;
mod copying_sections;
mod demo_clock;
mod importing;
mod live_room;
mod mail_server;
mod recounting;
mod reminders;
mod reorganising;
mod reports;
mod searching;
mod setup;
#[path = "../support/smtp_server.rs"]
mod smtp_server;
mod world;
