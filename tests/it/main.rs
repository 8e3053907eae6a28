//! End-to-end tests: the real binary, the real terminal, the real files, and the house itself.

#![allow(unreachable_pub, reason = "a test binary exports nothing")]

mod aibom;
mod assessment;
mod bill_schema;
mod cli;
mod content;
mod durable;
mod example;
mod exchange;
mod fuzz;
mod git;
mod golden;
mod history;
mod hostile;
mod layers;
mod lenses;
mod pty;
mod readme;
mod report;
mod rounds;
mod session;
mod support;
mod tickets;
mod workbook;
