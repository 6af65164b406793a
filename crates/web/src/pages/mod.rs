//! The pages: one file or folder per screen, with its struct and handlers; templates beside them in `templates/`.

pub mod account;
pub mod demo;
pub mod home;
pub mod login;
pub mod reminders;
