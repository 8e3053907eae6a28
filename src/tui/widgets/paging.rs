//! Paging: which items of a list are on screen, from selection and height alone. Moving within a page redraws two rows.

use std::ops::Range;

/// The items of the page that holds `selected`, for items of these heights in an area of `height` rows.
///
/// Pages are filled from the top; an item taller than the area has a page of its own.
pub fn page(heights: &[u16], selected: usize, height: u16) -> Range<usize> {
    let mut start = 0;
    let mut used = 0;
    for (index, item) in heights.iter().enumerate() {
        if used + item > height && index > start {
            if index > selected {
                return start..index;
            }
            (start, used) = (index, 0);
        }
        used += item;
    }
    start..heights.len()
}

/// The same for items of one row each. The last page is full: it begins before the end of the page above.
pub fn page_of_lines(count: usize, selected: usize, height: u16) -> Range<usize> {
    let height = usize::from(height.max(1));
    let start = (selected / height * height).min(count.saturating_sub(height));
    start..(start + height).min(count)
}

/// The first item of the page after the one that holds `selected`, or before it for negative `pages`; the last item
/// where no page follows.
pub fn turned(heights: &[u16], selected: usize, height: u16, pages: isize) -> usize {
    let last = heights.len().saturating_sub(1);
    let mut selected = selected.min(last);
    for _ in 0..pages.unsigned_abs() {
        let shown = page(heights, selected, height);
        selected =
            if pages > 0 { shown.end.min(last) } else { page(heights, shown.start.saturating_sub(1), height).start };
    }
    selected
}

/// The item of the page that is drawn in that row, counted from the top of the area.
pub fn item_at(heights: &[u16], selected: usize, height: u16, row: u16) -> Option<usize> {
    let mut bottom = 0;
    page(heights, selected, height).find(|item| {
        bottom += heights[*item];
        row < bottom
    })
}

/// A selection moved by `steps`, kept within the list.
pub fn moved(selected: usize, steps: isize, count: usize) -> usize {
    selected.saturating_add_signed(steps).min(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_filled_from_the_top() {
        let heights = [1, 2, 2, 3, 9, 1];
        assert_eq!(page(&heights, 0, 5), 0..3);
        assert_eq!(page(&heights, 2, 5), 0..3);
        assert_eq!(page(&heights, 3, 5), 3..4);
        assert_eq!(page(&heights, 4, 5), 4..5);
        assert_eq!(page(&heights, 5, 5), 5..6);
        assert_eq!(page(&[], 0, 5), 0..0);
        assert_eq!(page_of_lines(12, 5, 5), 5..10);
        assert_eq!(page_of_lines(12, 9, 5), 5..10);
        assert_eq!(page_of_lines(12, 11, 5), 7..12);
        assert_eq!(page_of_lines(3, 2, 5), 0..3);
        assert_eq!(page_of_lines(0, 0, 5), 0..0);
    }

    #[test]
    fn pages_are_turned_one_by_one() {
        let heights = [1, 2, 2, 3, 9, 1];
        assert_eq!(turned(&heights, 1, 5, 1), 3);
        assert_eq!(turned(&heights, 4, 5, 1), 5);
        assert_eq!(turned(&heights, 5, 5, 1), 5);
        assert_eq!(turned(&heights, 4, 5, -1), 3);
        assert_eq!(turned(&heights, 3, 5, -1), 0);
        assert_eq!(turned(&heights, 2, 5, -1), 0);
        assert_eq!(turned(&[], 0, 5, 1), 0);
    }

    #[test]
    fn a_row_belongs_to_an_item() {
        let heights = [1, 2, 2, 3, 9, 1];
        assert_eq!(item_at(&heights, 0, 5, 0), Some(0));
        assert_eq!(item_at(&heights, 0, 5, 2), Some(1));
        assert_eq!(item_at(&heights, 3, 5, 2), Some(3));
        assert_eq!(item_at(&heights, 3, 5, 3), None);
    }

    #[test]
    fn a_selection_stays_in_the_list() {
        assert_eq!(moved(0, -1, 3), 0);
        assert_eq!(moved(1, 10, 3), 2);
        assert_eq!(moved(0, 1, 0), 0);
    }
}
