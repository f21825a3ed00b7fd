//! How long things took.

/// Durations in whole seconds, in no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Durations(pub Vec<i64>);

/// What a set of durations comes to; in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many there are.
    pub count: u64,
    /// The one in the middle; of two in the middle their mean, rounded down.
    pub median: i64,
    /// The shortest that nine of ten are no longer than.
    pub p90: i64,
    /// Their mean, rounded down.
    pub average: i64,
}

impl Durations {
    /// How many there are.
    pub fn count(&self) -> u64 {
        count(self.0.len())
    }

    /// Takes in others.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// What they come to, exactly; none where there are none.
    pub fn summary(&self) -> Option<Summary> {
        let n = self.0.len();
        if n == 0 {
            return None;
        }
        let average = self.0.iter().sum::<i64>() / i64::try_from(n).unwrap_or(i64::MAX);
        let mut values = self.0.clone();
        let (below, upper, above) = values.select_nth_unstable(n / 2);
        let lower = below.iter().copied().max().filter(|_| n.is_multiple_of(2)).unwrap_or(*upper);
        // it is never below the middle: only that half is looked through
        let p90 = match (n * 9).div_ceil(10) - 1 - n / 2 {
            0 => *upper,
            behind => *above.select_nth_unstable(behind - 1).1,
        };
        Some(Summary { count: count(n), median: i64::midpoint(lower, *upper), p90, average })
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_has_no_median() {
        assert_eq!(Durations::default().summary(), None);
    }

    #[test]
    fn of_two_in_the_middle_the_median_is_their_mean() {
        let summary = Durations(vec![40, 10, 31, 20]).summary().unwrap();
        assert_eq!(summary, Summary { count: 4, median: 25, p90: 40, average: 25 });
    }

    #[test]
    fn nine_of_ten_are_no_longer_than_the_ninetieth_percentile() {
        let summary = Durations((1..=10).rev().collect()).summary().unwrap();
        assert_eq!(summary, Summary { count: 10, median: 5, p90: 9, average: 5 });
    }

    proptest! {
        #[test]
        fn a_summary_is_what_sorting_and_counting_says(mut values in proptest::collection::vec(0_i64..1_000_000, 1..200)) {
            let summary = Durations(values.clone()).summary().unwrap();
            values.sort_unstable();
            let n = values.len();
            prop_assert_eq!(summary.median, values[(n - 1) / 2].midpoint(values[n / 2]));
            let within = |bound: i64| values.iter().filter(|value| **value <= bound).count() * 10 >= n * 9;
            let shortest = values.iter().copied().find(|value| within(*value));
            prop_assert_eq!(Some(summary.p90), shortest);
            prop_assert_eq!(summary.average, values.iter().sum::<i64>() / i64::try_from(n).unwrap());
        }
    }
}
