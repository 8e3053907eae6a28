//! The natural order of ids: runs of digits compare as numbers, so `ask:A.10` comes after `ask:A.2`.

use std::cmp::Ordering;

/// Compares two ids in natural order.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    loop {
        let (a_run, a_next) = split_run(a_rest);
        let (b_run, b_next) = split_run(b_rest);
        let by_run = match (a_run.parse::<u64>(), b_run.parse::<u64>()) {
            (Ok(a_number), Ok(b_number)) => a_number.cmp(&b_number),
            (Ok(_), Err(_)) | (Err(_), Ok(_)) | (Err(_), Err(_)) => a_run.cmp(b_run),
        };
        if by_run != Ordering::Equal {
            return by_run;
        }
        if a_next.is_empty() || b_next.is_empty() {
            return a_next.len().cmp(&b_next.len()).then_with(|| a.cmp(b));
        }
        (a_rest, b_rest) = (a_next, b_next);
    }
}

/// Splits off the leading run of digits, or of anything else.
fn split_run(text: &str) -> (&str, &str) {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut ids = ["ask:A.10", "scope", "ask:A.2", "ask:10", "ask:4", "a10b", "a10", "a9z", "", "system:x:banned"];
        ids.sort_by(|a, b| compare(a, b));
        assert_eq!(
            ids,
            ["", "a9z", "a10", "a10b", "ask:4", "ask:10", "ask:A.2", "ask:A.10", "scope", "system:x:banned"]
        );
    }
}
