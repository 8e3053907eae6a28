//! What several screens draw alike.

pub mod bars;
pub mod level_bar;
pub mod line_input;
pub mod paging;
pub mod pick_page;
pub mod terms;
pub mod text;
