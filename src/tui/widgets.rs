//! What several screens draw alike.

pub mod bars;
pub mod level_bar;
pub mod paging;
pub mod text;
