//! Exact fractions of integers: compared by cross-multiplication, rounded once, half up, when printed.

use std::{cmp::Ordering, fmt};

/// A fraction as it was summed up, not reduced; the denominator is above 0.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// The sum above the line.
    pub numerator: u64,
    /// The sum below the line, above 0.
    pub denominator: u64,
}

impl Ratio {
    /// The fraction, or nothing when there is nothing below the line.
    pub fn new(numerator: u64, denominator: u64) -> Option<Ratio> {
        (denominator > 0).then_some(Ratio { numerator, denominator })
    }

    /// The value times `scale`, rounded half up to an integer.
    pub fn rounded(self, scale: u64) -> u64 {
        (2 * self.numerator * scale + self.denominator) / (2 * self.denominator)
    }

    /// The value in hundredths, rounded half up.
    pub fn hundredths(self) -> u64 {
        self.rounded(100)
    }

    /// A share as a whole percentage, rounded down, so that 100 is said of nothing less.
    pub fn percent(self) -> u64 {
        self.numerator * 100 / self.denominator
    }

    /// Whether a share is under so many percent; exact.
    pub fn is_under_percent(self, percent: u64) -> bool {
        self.numerator * 100 < self.denominator * percent
    }
}

/// A level with one decimal, rounded half up.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.rounded(10);
        f.pad(&format!("{}.{}", tenths / 10, tenths % 10))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        product(self.numerator, other.denominator).cmp(&product(other.numerator, self.denominator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_happens_once_and_half_up() {
        let case = |numerator, denominator| {
            let ratio = Ratio::new(numerator, denominator).expect("a denominator above 0");
            (ratio.to_string(), ratio.hundredths(), ratio.percent())
        };
        assert_eq!(case(72, 20), ("3.6".into(), 360, 360));
        assert_eq!(case(64, 24), ("2.7".into(), 267, 266));
        assert_eq!(case(5, 4), ("1.3".into(), 125, 125), "1.25 rounds up");
        assert_eq!(case(1, 8), ("0.1".into(), 13, 12), "0.125 rounds up to 13 hundredths, 12 percent rounds down");
        assert_eq!(case(199, 200), ("1.0".into(), 100, 99), "100 percent is never said of less");
    }

    #[test]
    fn comparison_is_exact() {
        let ratio = |numerator, denominator| Ratio::new(numerator, denominator).expect("a denominator above 0");
        assert_eq!(ratio(1, 3), ratio(2, 6));
        assert!(ratio(1, 3) < ratio(34, 100));
        assert!(ratio(79, 99).is_under_percent(80));
        assert!(!ratio(80, 100).is_under_percent(80));
    }
}
