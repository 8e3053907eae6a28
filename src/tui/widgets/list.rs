//! A list in view: which items are on screen and where, what the mouse points at, and a cursor that follows its item.

use std::collections::BTreeSet;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::{
    input::{Mouse, MouseKind},
    widgets::paging,
};

/// A list of items of these heights, drawn page by page into an area.
#[derive(Debug)]
pub struct List {
    /// The rows of each item.
    pub heights: Vec<u16>,
    /// The item that the cursor is on.
    pub selected: usize,
    /// Where the list is drawn.
    pub area: Rect,
}

/// What the mouse asks of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// Nothing.
    Nothing,
    /// To put the cursor on an item.
    At(usize),
    /// To choose the item that the cursor is on.
    Choose,
}

impl List {
    /// A list that leaves the last row of its area to [`List::range`] where it takes more than one page.
    pub fn with_range(heights: Vec<u16>, selected: usize, area: Rect) -> (List, Rect) {
        let all: u32 = heights.iter().map(|height| u32::from(*height)).sum();
        let foot = u16::from(all > u32::from(area.height));
        let [area, foot] = Layout::vertical([Constraint::Fill(1), Constraint::Length(foot)]).areas(area);
        (List { heights, selected, area }, foot)
    }

    /// The items of the page in view, each with its part of the area.
    pub fn places(&self) -> Vec<(usize, Rect)> {
        let page = paging::page(&self.heights, self.selected, self.area.height);
        let heights = page.clone().map(|item| Constraint::Length(self.heights[item]));
        let rows = Layout::vertical(heights.chain([Constraint::Fill(1)])).split(self.area);
        page.zip(rows.iter().copied()).collect()
    }

    /// The item to go to when so many pages are turned.
    pub fn turned(&self, pages: isize) -> usize {
        paging::turned(&self.heights, self.selected, self.area.height, pages)
    }

    /// Which part is in view, such as `10-18 of 38` with a space behind; empty when all of it is.
    pub fn range(&self) -> String {
        let page = paging::page(&self.heights, self.selected, self.area.height);
        let count = self.heights.len();
        match page.len() {
            all if all == count => String::new(),
            1 => format!("{} of {count} ", page.end),
            _ => format!("{}-{} of {count} ", page.start + 1, page.end),
        }
    }

    /// What the mouse asks for: a click selects, a click on what is selected chooses, the wheel moves.
    pub fn pointed(&self, mouse: Mouse) -> Pointed {
        let moved = |steps| Pointed::At(paging::moved(self.selected, steps, self.heights.len()));
        match mouse.kind {
            MouseKind::WheelUp => moved(-1),
            MouseKind::WheelDown => moved(1),
            MouseKind::Click => match self.item_at(mouse) {
                None => Pointed::Nothing,
                Some(item) if item == self.selected => Pointed::Choose,
                Some(item) => Pointed::At(item),
            },
        }
    }

    /// The item that the mouse is on.
    pub fn item_at(&self, mouse: Mouse) -> Option<usize> {
        let is_at = |area: &Rect| area.contains((mouse.column, mouse.row).into());
        self.places().into_iter().find(|(_, area)| is_at(area)).map(|(item, _)| item)
    }
}

/// A place in a list that changes: the cursor follows its item by key, and stays where it was when the item is gone.
#[derive(Clone, Debug, Default)]
pub struct Cursor {
    key: Option<String>,
    index: usize,
    /// The keys before a new item was asked for.
    before_new: Option<BTreeSet<String>>,
}

impl Cursor {
    /// A cursor on the item of that key, once the list is there.
    pub fn on(key: &str) -> Cursor {
        Cursor { key: Some(key.to_owned()), ..Cursor::default() }
    }

    /// Where the cursor is in a list with these keys.
    pub fn index<K: AsRef<str>>(&self, keys: &[K]) -> usize {
        let is_new = |key: &K| self.before_new.as_ref().is_some_and(|before| !before.contains(key.as_ref()));
        if let Some(new) = keys.iter().position(is_new) {
            return new;
        }
        let of_key = self.key.as_ref().and_then(|key| keys.iter().position(|other| other.as_ref() == key));
        of_key.unwrap_or(self.index).min(keys.len().saturating_sub(1))
    }

    /// Puts the cursor on an item of a list with these keys.
    pub fn put<K: AsRef<str>>(&mut self, index: usize, keys: &[K]) {
        self.key = keys.get(index).map(|key| key.as_ref().to_owned());
        self.index = index;
        self.before_new = None;
    }

    /// Puts the cursor on the item of that key, which stands at `index` or is looked for when the list is there.
    pub fn put_on(&mut self, key: &str, index: usize) {
        self.put(0, &[key]);
        self.index = index;
    }

    /// Goes to the item that will be added to a list with these keys, once it is there.
    pub fn go_to_new<K: AsRef<str>>(&mut self, keys: &[K]) {
        self.before_new = Some(keys.iter().map(|key| key.as_ref().to_owned()).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> List {
        List { heights: vec![1, 2, 2, 3], selected: 1, area: Rect::new(2, 3, 10, 5) }
    }

    #[test]
    fn items_of_a_page_stand_below_one_another() {
        let places = list().places();
        assert_eq!(places, [(0, Rect::new(2, 3, 10, 1)), (1, Rect::new(2, 4, 10, 2)), (2, Rect::new(2, 6, 10, 2))]);
        assert_eq!(list().range(), "1-3 of 4 ");
        assert_eq!(List { area: Rect::new(0, 0, 9, 8), ..list() }.range(), "");
        assert_eq!(List { selected: 3, ..list() }.places(), [(3, Rect::new(2, 3, 10, 3))]);
        assert_eq!(List { heights: Vec::new(), ..list() }.places(), []);
        let foot = |height| List::with_range(vec![1, 2, 2], 0, Rect::new(0, 0, 9, height)).1;
        assert_eq!((foot(5), foot(4)), (Rect::new(0, 5, 9, 0), Rect::new(0, 3, 9, 1)));
    }

    #[test]
    fn the_mouse_selects_chooses_and_moves() {
        let pointed = |kind, column, row| list().pointed(Mouse { kind, column, row });
        assert_eq!(pointed(MouseKind::Click, 2, 7), Pointed::At(2));
        assert_eq!(pointed(MouseKind::Click, 11, 5), Pointed::Choose);
        assert_eq!(pointed(MouseKind::Click, 1, 5), Pointed::Nothing);
        assert_eq!(pointed(MouseKind::Click, 5, 8), Pointed::Nothing);
        assert_eq!(pointed(MouseKind::WheelUp, 0, 0), Pointed::At(0));
        assert_eq!(pointed(MouseKind::WheelDown, 0, 0), Pointed::At(2));
    }

    #[test]
    fn a_cursor_follows_its_item() {
        let mut cursor = Cursor::default();
        assert_eq!(cursor.index(&["a", "b", "c"]), 0);
        cursor.put(1, &["a", "b", "c"]);
        assert_eq!(cursor.index(&["b", "a", "c"]), 0);
        assert_eq!(cursor.index(&["a", "c"]), 1, "gone: the place stays");
        assert_eq!(cursor.index(&["a"]), 0);
        assert_eq!(cursor.index::<&str>(&[]), 0);
        cursor.go_to_new(&["a", "c"]);
        assert_eq!(cursor.index(&["a", "c"]), 1, "nothing new yet");
        assert_eq!(cursor.index(&["a", "b", "c"]), 1);
        assert_eq!(cursor.index(&["0", "a", "c"]), 0);
    }
}
