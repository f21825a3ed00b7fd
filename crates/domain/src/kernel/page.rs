//! Parts of long lists.

/// How much of a list is wanted, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Where to begin.
    pub paging: Paging,
    /// How many entries at most; 1 to 100.
    pub size: u64,
}

/// Where a part of a list begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// Pages counted from 1; the answer carries a count.
    Number(u64),
    /// From the beginning, to be continued with a cursor; no count.
    Start,
    /// Behind the entry that this cursor names. Its form is the store's own.
    After(String),
}

impl PageRequest {
    /// Page `number` of so many entries each.
    pub fn number(number: u64, size: u64) -> Self {
        Self { paging: Paging::Number(number), size }
    }

    /// How many entries come before this page; 0 when walking by cursor.
    pub fn offset(&self) -> u64 {
        match self.paging {
            Paging::Number(page) => page.saturating_sub(1).saturating_mul(self.size),
            Paging::Start | Paging::After(_) => 0,
        }
    }

    /// Whether the answer needs a count.
    pub fn wants_count(&self) -> bool {
        matches!(self.paging, Paging::Number(_))
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// How many there are in all; none when walking by cursor. Counts of searches may stop at 10 000.
    pub total: Option<u64>,
    /// What to ask for to go on; none at the end, or when pages are numbered.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same part with its entries made into something else.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(make).collect(), total: self.total, next: self.next }
    }
}
