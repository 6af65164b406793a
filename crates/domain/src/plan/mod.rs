//! What a plan document says, and the parser that reads it.
