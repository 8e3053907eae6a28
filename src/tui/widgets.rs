//! What several screens draw alike.

pub mod bars;
pub mod figure_table;
pub mod level_bar;
pub mod line_input;
pub mod list;
pub mod paging;
pub mod radar;
pub mod text;
