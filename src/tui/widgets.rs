//! What several screens draw alike.

pub mod bars;
pub mod figure_table;
pub mod heat_grid;
pub mod level_bar;
pub mod line_input;
pub mod list;
pub mod paging;
pub mod pick_page;
pub mod radar;
pub mod terms;
pub mod text;
pub mod text_editor;
