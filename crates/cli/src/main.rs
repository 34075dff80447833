//! The `rutter` binary.
fn main() {}
