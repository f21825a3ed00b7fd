//! A hit, shown: a few words around the first one found, escaped for HTML, hits in `<mark>`.

use unicode_segmentation::UnicodeSegmentation;

use super::{SearchText, words};

const WORDS_BEFORE: usize = 6;
const WORDS_SHOWN: usize = 30;

/// The passage of `text` around the first word that `search` asks for; none when it has none of them.
pub fn snippet(text: &str, search: &SearchText) -> Option<String> {
    let pieces: Vec<(&str, bool)> = text.split_word_bounds().map(|piece| (piece, is_hit(piece, search))).collect();
    let first = pieces.iter().position(|(_, hit)| *hit)?;
    let start = word_start(&pieces, first);
    let mut shown = String::new();
    if start > 0 {
        shown.push('…');
    }
    let mut count = 0;
    for (piece, hit) in pieces.iter().skip(start) {
        if count == WORDS_SHOWN {
            shown.push('…');
            break;
        }
        count += usize::from(is_word(piece));
        push(&mut shown, piece, *hit);
    }
    Some(shown)
}

/// Where to begin so that a few words come before the hit.
fn word_start(pieces: &[(&str, bool)], hit: usize) -> usize {
    let before = pieces.iter().enumerate().take(hit).rev().filter(|(_, (piece, _))| is_word(piece)).map(|(n, _)| n);
    before.take(WORDS_BEFORE).last().unwrap_or(hit)
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

fn is_hit(piece: &str, search: &SearchText) -> bool {
    is_word(piece) && words(piece).any(|word| search.words().iter().any(|wanted| word.starts_with(wanted.as_str())))
}

fn push(shown: &mut String, piece: &str, hit: bool) {
    if hit {
        shown.push_str("<mark>");
    }
    for c in piece.chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            '\n' | '\r' | '\t' => shown.push(' '),
            other => shown.push(other),
        }
    }
    if hit {
        shown.push_str("</mark>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_marked_and_everything_else_is_escaped() {
        let shown = snippet("The <b>Database</b> is \"down\" & out", &SearchText::parse("data down"));
        assert_eq!(
            shown.as_deref(),
            Some("The &lt;b&gt;<mark>Database</mark>&lt;/b&gt; is &quot;<mark>down</mark>&quot; &amp; out")
        );
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_hit() {
        let text = format!("{} needle {}", "hay ".repeat(50), "straw ".repeat(50));
        let shown = snippet(&text, &SearchText::parse("needle")).unwrap();
        assert!(shown.starts_with("…hay"));
        assert!(shown.ends_with('…'));
        assert!(shown.contains("<mark>needle</mark>"));
    }

    #[test]
    fn without_a_hit_there_is_no_snippet() {
        assert_eq!(snippet("nothing here", &SearchText::parse("needle")), None);
    }
}
