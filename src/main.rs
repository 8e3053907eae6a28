//! The `aimscope` program.

fn main() {}
