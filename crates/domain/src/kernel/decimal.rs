//! Money and quantities: numbers whose decimals are exact.

use std::fmt;

use super::violation::Problem;

/// A number from 0 with at most `PLACES` decimals, kept as a whole number of its smallest parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal<const PLACES: u32>(i64);

impl<const PLACES: u32> Decimal<PLACES> {
    /// The largest that is taken: 9 999 999 999.
    pub const MOST: i64 = 9_999_999_999;

    /// How many smallest parts make one.
    pub const PARTS: i64 = 10_i64.pow(PLACES);

    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many smallest parts.
    pub const fn of_parts(parts: i64) -> Self {
        Self(parts)
    }

    /// How many smallest parts it is.
    pub const fn parts(self) -> i64 {
        self.0
    }

    /// Reads `12`, `12.5` or `12.50`; neither a sign nor an exponent, at most [`Self::MOST`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number(whole) || !is_number(part) {
            return Err(Problem::WrongType("number"));
        }
        if text.starts_with('-') && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
            return Err(Problem::BelowMinimum(0));
        }
        let whole = whole.parse::<i64>().ok().filter(|whole| *whole <= Self::MOST).ok_or(Problem::AboveMaximum(Self::MOST))?;
        let part = part.trim_end_matches('0');
        if part.len() > usize::try_from(PLACES).unwrap_or(0) {
            return Err(Problem::TooManyDecimals(PLACES));
        }
        let scale = u32::try_from(part.len()).map_or(1, |length| 10_i64.pow(PLACES - length));
        Ok(Self(whole * Self::PARTS + part.parse::<i64>().unwrap_or(0) * scale))
    }
}

/// As it is read, without zeros at its end.
impl<const PLACES: u32> fmt::Display for Decimal<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / Self::PARTS, self.0 % Self::PARTS);
        write!(f, "{whole}")?;
        if part == 0 {
            return Ok(());
        }
        let digits = format!("{part:0width$}", width = usize::try_from(PLACES).unwrap_or(0));
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}

impl<const PLACES: u32> std::iter::Sum for Decimal<PLACES> {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.fold(0, |sum, one| sum.saturating_add(one.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_and_as_few_as_are_needed() {
        for (text, parts, shown) in [("5.99", 599, "5.99"), ("10", 1000, "10"), ("0.10", 10, "0.1"), ("-0", 0, "0")] {
            let money = Decimal::<2>::parse(text).unwrap();
            assert_eq!((money.parts(), money.to_string().as_str()), (parts, shown));
        }
    }

    #[test]
    fn what_is_negative_enormous_or_too_fine_is_refused() {
        let refused = |text: &str| Decimal::<2>::parse(text).unwrap_err();
        assert_eq!(refused("-0.01"), Problem::BelowMinimum(0));
        assert_eq!(refused("1.999"), Problem::TooManyDecimals(2));
        for enormous in ["10000000000", "99999999999999999999999999999"] {
            assert_eq!(refused(enormous), Problem::AboveMaximum(9_999_999_999));
        }
        for nonsense in ["", "-", ".", "1e3", "NaN", "inf", "1,5", "+1", "1.", "٣"] {
            assert_eq!(refused(nonsense), Problem::WrongType("number"), "{nonsense}");
        }
    }
}
