//! E-mail: an outbox in the database, and the senders that empty it.

pub mod outbox;
pub mod smtp;
