//! A word of somebody's vocabulary for a state that we distinguish more finely.

/// A word that a client wrote: it *means* one value, and *stands for* every value that its dialect shows
/// under the same word. Writing a word that already stands for the present value changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<T: 'static> {
    /// The value that is set when the word is written.
    pub means: T,
    /// The values that are shown as this word.
    pub stands_for: &'static [T],
}

impl<T: PartialEq + Copy> Word<T> {
    /// The value to move to, or none when `present` is already shown as this word.
    pub fn moves(&self, present: T) -> Option<T> {
        (!self.stands_for.contains(&present) && self.means != present).then_some(self.means)
    }
}
