//! Text that reads like what people write to a help desk.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};

use super::words;

/// Fewest and most words of a description.
const DESCRIPTION_WORDS: std::ops::RangeInclusive<usize> = 20..=150;

/// One of the pool.
pub fn pick<'a>(rng: &mut StdRng, pool: &[&'a str]) -> &'a str {
    pool.choose(rng).copied().unwrap_or_default()
}

/// A person's name.
pub fn name(rng: &mut StdRng) -> (&'static str, &'static str) {
    (pick(rng, words::people::FIRST_NAMES), pick(rng, words::people::LAST_NAMES))
}

/// One of the phrases, with its gaps filled and a capital letter in front.
pub fn phrase(rng: &mut StdRng, phrases: &[&str]) -> String {
    let mut text = String::with_capacity(128);
    let phrase = pick(rng, phrases);
    fill(rng, phrase, &mut text);
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// A description of 20 to 150 words, mostly short.
pub fn description(rng: &mut StdRng) -> String {
    let (least, most) = (*DESCRIPTION_WORDS.start(), *DESCRIPTION_WORDS.end());
    let wanted = rng.random_range(least..=most).min(rng.random_range(least..=most));
    let mut text = String::with_capacity(1_024);
    let mut count = 0;
    while count < wanted {
        let sentence = phrase(rng, words::ticket::SENTENCES);
        let length = sentence.split_whitespace().count();
        if count + length > most {
            break;
        }
        if count > 0 {
            text.push(if rng.random_ratio(1, 6) { '\n' } else { ' ' });
        }
        text.push_str(&sentence);
        count += length;
    }
    text
}

fn fill(rng: &mut StdRng, phrase: &str, text: &mut String) {
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (gap, after) = after.split_once('}').unwrap_or((after, ""));
        put(rng, gap, text);
        rest = after;
    }
    text.push_str(rest);
}

fn put(rng: &mut StdRng, gap: &str, text: &mut String) {
    match gap {
        "n" => text.push_str(&rng.random_range(1_000..100_000_u32).to_string()),
        "error" => text.push_str(&error_code(rng)),
        "version" => {
            let version = [rng.random_range(1..13_u8), rng.random_range(0..10), rng.random_range(0..20)];
            text.push_str(&version.map(|part| part.to_string()).join("."));
        }
        "name" => {
            let (first, last) = name(rng);
            text.push_str(first);
            text.push(' ');
            text.push_str(last);
        }
        pool => text.push_str(pick(rng, pool_of(pool))),
    }
}

fn error_code(rng: &mut StdRng) -> String {
    const CODES: [&str; 6] = ["E-", "ERR-", "0x8007", "HTTP ", "SQLSTATE ", "PAY-"];
    format!("{}{}", pick(rng, &CODES), rng.random_range(100..10_000_u32))
}

fn pool_of(name: &str) -> &'static [&'static str] {
    match name {
        "product" => words::PRODUCTS,
        "device" => words::DEVICES,
        "place" => words::PLACES,
        "time" => words::TIMES,
        "team" => words::TEAMS,
        "action" => words::ACTIONS,
        _ => &[],
    }
}

/// Ten random bytes: what a UUIDv7 has besides its time.
pub fn bytes(rng: &mut StdRng) -> [u8; 10] {
    let mut bytes = [0; 10];
    rng.fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn a_description_has_20_to_150_words_and_no_gaps() {
        let mut rng = StdRng::seed_from_u64(1);
        for _ in 0..500 {
            let text = description(&mut rng);
            assert!(DESCRIPTION_WORDS.contains(&text.split_whitespace().count()), "{text}");
            assert!(!text.contains(['{', '}']), "{text}");
        }
    }

    #[test]
    fn every_gap_has_its_pool() {
        let mut rng = StdRng::seed_from_u64(1);
        let all = [
            words::ticket::TITLES,
            words::ticket::SENTENCES,
            words::ticket::ANSWERS,
            words::ticket::REPLIES,
            words::ticket::NOTES,
            words::ticket::RESOLUTIONS,
        ];
        let articles = [words::article::TITLES, words::article::HEADINGS, words::article::STEPS];
        for phrase in all.concat().into_iter().chain(articles.concat()) {
            for gap in phrase.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
                let mut text = String::new();
                put(&mut rng, gap.0, &mut text);
                assert!(!text.is_empty(), "{phrase}");
            }
        }
    }
}
