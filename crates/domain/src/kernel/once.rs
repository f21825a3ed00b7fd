//! Lists of clients, who may name one thing as often as an address is long.

use std::collections::BTreeSet;

/// The values in order, each once.
pub fn each_once<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    values.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}
