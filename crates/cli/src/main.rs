//! The `dondoc` binary.

fn main() {}
