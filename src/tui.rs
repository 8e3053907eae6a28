//! The screens. They see values and return [`Effect`](effect::Effect)s; they touch no file, no environment, no clock.

pub mod app;
pub mod effect;
pub mod input;
pub mod keys;
#[cfg(test)]
pub(crate) mod sample;
pub mod screens;
pub mod search;
pub mod session;
#[cfg(feature = "terminal")]
pub mod terminal;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod widgets;
