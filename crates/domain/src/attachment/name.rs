//! What files are called.

use crate::kernel::violation::Problem;

/// The name of a file, safe to show and to save under; 255 characters (seed 004).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

/// What a name may not have: parts of a path, what file systems of clients give a meaning to, and what turns the
/// direction of text (`gpj.exe` that looks like `exe.jpg`).
const UNSAFE: &[char] = &[
    '/', '\\', '<', '>', ':', '"', '|', '?', '*', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}',
    '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

impl FileName {
    /// The most characters it may have.
    pub const MAX: usize = 255;

    /// Accepts a plain name: no path, no control characters, no leading dot.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim().trim_end_matches('.');
        if text.is_empty() {
            return Err(Problem::Other("The file has no name."));
        }
        if text.starts_with('.') || text.contains(UNSAFE) || text.contains(char::is_control) {
            return Err(Problem::Other("This file name is not allowed."));
        }
        if text.chars().count() > Self::MAX {
            return Err(Problem::TooLong(Self::MAX));
        }
        Ok(Self(text.to_owned()))
    }

    /// A name that is already known to be good.
    pub fn trusted(text: String) -> Self {
        Self(text)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the last dot.
    pub fn extension(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_is_taken_as_it_is() {
        for name in ["error.log", "Übersicht 2025 (final).pdf", "Makefile", "a.tar.gz", "写真.png"] {
            assert_eq!(FileName::parse(name).map(|name| name.0), Ok(name.to_owned()));
        }
        assert_eq!(FileName::parse("a.tar.gz").unwrap().extension(), "gz");
    }

    #[test]
    fn a_name_that_leads_somewhere_else_is_refused() {
        for name in
            ["../x", "..", ".", "/etc/passwd", "a/b", "a\\b", "C:x", ".bashrc", "a\nb", "a\0b", "x\u{202e}gpj.exe", " ", ""]
        {
            assert!(FileName::parse(name).is_err(), "{name:?}");
        }
        assert_eq!(FileName::parse(&"x".repeat(256)), Err(Problem::TooLong(255)));
    }
}
