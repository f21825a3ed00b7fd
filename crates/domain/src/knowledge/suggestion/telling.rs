//! Which words of a text say what it is about.

use std::collections::HashSet;

use crate::search::words;

/// The most words that are looked for; those that come later say little more.
const MOST_WORDS: usize = 24;

/// Shorter words say nothing by themselves.
const SHORTEST: usize = 3;

/// English words that stand in every text. How rare a word is weighs it anyway: in a small knowledge base these
/// would be rare by chance.
const SILENT: &[&str] = &[
    "about", "after", "again", "all", "also", "and", "any", "anybody", "are", "because", "been", "before", "but", "can", "could",
    "did", "does", "doing", "don", "for", "from", "get", "gets", "had", "has", "have", "hello", "help", "her", "here", "him",
    "his", "how", "into", "its", "just", "like", "may", "more", "most", "need", "not", "now", "off", "one", "only", "other",
    "our", "out", "over", "please", "she", "should", "since", "some", "such", "than", "thank", "thanks", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "too", "try", "tried", "until", "use", "very", "want", "was",
    "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you", "your",
];

/// The words that tell what a text is about, each once, the title's first.
pub fn telling_words(title: &str, text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let tells = |word: &String| word.chars().count() >= SHORTEST && !SILENT.contains(&word.as_str());
    let all = words(title).chain(words(text)).filter(tells);
    all.filter(|word| seen.insert(word.clone())).take(MOST_WORDS).collect()
}
