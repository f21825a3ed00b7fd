//! The rules of links, over mocked ports.

use super::*;

#[test]
fn every_free_word_makes_the_relation_that_it_is_shown_as_and_turns_into_its_inverse() {
    for (word, inverse) in [
        ("relates_to", "relates_to"),
        ("blocks", "blocked_by"),
        ("blocked_by", "blocks"),
        ("duplicates", "duplicated_by"),
        ("duplicated_by", "duplicates"),
        ("parent", "child"),
        ("child", "parent"),
    ] {
        let relation = Relation::parse(word).unwrap();
        assert_eq!((relation.word(), relation.turned().word()), (word, inverse));
    }
}

#[test]
fn nobody_makes_the_links_of_merging_and_splitting_by_hand() {
    for word in ["merged_into", "merged_from", "split_from", "split_into", "", "Blocks"] {
        assert_eq!(Relation::parse(word), None, "{word}");
    }
}
