//! Tags of articles, as they are written and asked for.

use std::collections::BTreeSet;

use super::model::MOST_TAGS;
use crate::kernel::once::each_once;
use crate::kernel::text::ArticleTag;
use crate::kernel::violation::{Problem, Violations};

/// Tags in their order, each once whatever its case.
pub(super) fn parsed_tags(texts: &[String]) -> Result<Vec<ArticleTag>, Problem> {
    let (mut tags, mut known) = (Vec::new(), BTreeSet::new());
    for text in texts {
        let tag = ArticleTag::parse(text)?;
        if known.insert(tag.key()) {
            tags.push(tag);
        }
        if tags.len() > MOST_TAGS {
            return Err(Problem::TooMany(MOST_TAGS));
        }
    }
    Ok(tags)
}

/// Tags to find articles by, in small letters.
pub(super) fn wanted_tags(texts: &[String]) -> Result<Vec<String>, Violations> {
    let tags = few(each_once(texts.iter().map(|tag| tag.to_lowercase())));
    tags.map_err(|problem| Violations::one("tags", problem))
}

fn few<T>(tags: Vec<T>) -> Result<Vec<T>, Problem> {
    if tags.len() > MOST_TAGS { Err(Problem::TooMany(MOST_TAGS)) } else { Ok(tags) }
}
