//! What a person-day costs, for a plan that is to be costed. Exact: hundredths of the currency, whichever that is.

use std::{fmt, str::FromStr};

/// The cost of one person-day; any currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRate(Money);

/// An amount in hundredths of a currency. Prints whole amounts without decimals: `900`, `900.50`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money(u64);

/// The largest day rate that is taken, in whole units.
const LARGEST: u64 = 1_000_000;

impl DayRate {
    /// The cost of some work in half person-days, rounded half up to a hundredth.
    pub fn cost(self, half_days: u32) -> Money {
        Money((self.0.0 * u64::from(half_days)).div_ceil(2))
    }

    /// The rate as an amount.
    pub fn amount(self) -> Money {
        self.0
    }
}

impl Money {
    /// The amount as a number, for JSON.
    pub fn as_number(self) -> f64 {
        // Far below 2^53 hundredths, so that the number prints as the amount does.
        self.0 as f64 / 100.0
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (units, 0) => write!(f, "{units}"),
            (units, hundredths) => write!(f, "{units}.{hundredths:02}"),
        }
    }
}

/// Why a text is not a day rate.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a day rate; give an amount up to 1000000, for instance 900 or 862.50")]
pub struct DayRateError(String);

impl FromStr for DayRate {
    type Err = DayRateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (units, decimals) = text.split_once('.').unwrap_or((text, "00"));
        let is_number = |part: &str| !part.is_empty() && part.len() <= 7 && part.bytes().all(|b| b.is_ascii_digit());
        let hundredths = match decimals.len() {
            1 => format!("{units}{decimals}0"),
            2 => format!("{units}{decimals}"),
            _ => String::new(),
        };
        let amount = if is_number(units) && is_number(decimals) { hundredths.parse().ok() } else { None };
        let amount = amount.filter(|amount| *amount <= LARGEST * 100);
        amount.map(|amount| DayRate(Money(amount))).ok_or_else(|| DayRateError(text.chars().take(40).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        let case = |rate: &str, half_days: u32, cost: &str| {
            let rate: DayRate = rate.parse().expect("a day rate");
            assert_eq!(rate.cost(half_days).to_string(), cost);
        };
        case("900", 2, "900");
        case("900", 1, "450");
        case("862.5", 7, "3018.75");
        case("0.01", 1, "0.01");
        case("1000000", 30, "15000000");
        for text in ["", ".", "9.", ".5", "-1", "+1", "1e3", "1.234", "1000000.01", "٣", "1 000", "nan"] {
            assert!(text.parse::<DayRate>().is_err(), "{text:?} must be refused");
        }
    }
}
