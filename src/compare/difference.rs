//! The difference of two fractions as an exact, signed fraction, so that the parts of a difference add up to it.

use std::{
    fmt,
    ops::{Add, Sub},
};

use crate::score::ratio::Ratio;

/// A signed fraction in lowest terms; the denominator is above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    numerator: i128,
    denominator: i128,
}

impl Difference {
    /// No difference.
    pub const NONE: Difference = Difference { numerator: 0, denominator: 1 };

    /// How much further `to` is than `from`.
    pub fn between(from: Ratio, to: Ratio) -> Difference {
        Difference::from(to) - Difference::from(from)
    }

    /// The part above the line.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// The part below the line.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// Whether nothing differs.
    pub fn is_none(self) -> bool {
        self.numerator == 0
    }

    /// The difference in hundredths, rounded half away from zero.
    pub fn hundredths(self) -> i128 {
        let rounded = (2 * self.numerator.abs() * 100 + self.denominator) / (2 * self.denominator);
        rounded * self.numerator.signum()
    }

    fn reduced(numerator: i128, denominator: i128) -> Difference {
        let divisor = greatest_common_divisor(numerator.abs(), denominator);
        Difference { numerator: numerator / divisor, denominator: denominator / divisor }
    }
}

impl From<Ratio> for Difference {
    fn from(ratio: Ratio) -> Difference {
        Difference::reduced(i128::from(ratio.numerator), i128::from(ratio.denominator))
    }
}

impl Add for Difference {
    type Output = Difference;

    fn add(self, other: Difference) -> Difference {
        let numerator = self.numerator * other.denominator + other.numerator * self.denominator;
        Difference::reduced(numerator, self.denominator * other.denominator)
    }
}

impl Sub for Difference {
    type Output = Difference;

    fn sub(self, other: Difference) -> Difference {
        self + Difference { numerator: -other.numerator, ..other }
    }
}

/// With its sign and two decimals: `+0.40`, `-0.05`; `0.00` only for no difference or one that rounds to it.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = self.hundredths();
        let sign = match hundredths.signum() {
            1 => "+",
            -1 => "-",
            _ => "",
        };
        let size = hundredths.abs();
        f.pad(&format!("{sign}{}.{:02}", size / 100, size % 100))
    }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    if a == 0 { b } else { greatest_common_divisor(b % a, a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_exact_and_rounded_once() {
        let ratio = |(numerator, denominator)| Ratio::new(numerator, denominator).expect("a ratio in a test");
        let case = |from, to| Difference::between(ratio(from), ratio(to)).to_string();
        assert_eq!(case((64, 20), (72, 20)), "+0.40");
        assert_eq!(case((72, 20), (64, 20)), "-0.40");
        assert_eq!(case((1, 3), (2, 6)), "0.00");
        assert_eq!(case((0, 1), (1, 200)), "+0.01", "half away from zero");
        assert_eq!(case((1, 200), (0, 1)), "-0.01");
        let thirds = Difference::between(ratio((1, 3)), ratio((2, 3)));
        assert_eq!((thirds + thirds - thirds, thirds.hundredths()), (thirds, 33));
    }
}
