//! Articles and their categories, shown.

use super::ArticleStatus;
use crate::kernel::clock::Moment;
use crate::kernel::id::{ArticleCategoryId, ArticleId, Revision, Serial};
use crate::ticket::UserBrief;

/// A category beside an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleCategoryBrief {
    /// UUID.
    pub id: ArticleCategoryId,
    /// Integer.
    pub serial: Serial,
    /// Name.
    pub name: String,
    /// Colour, `#rrggbb`.
    pub color: String,
}

/// An article, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleView {
    /// UUID.
    pub id: ArticleId,
    /// Integer.
    pub serial: Serial,
    /// What it is called.
    pub title: String,
    /// Its name in addresses.
    pub slug: String,
    /// What it says, in Markdown.
    pub content: String,
    /// The same as HTML; only where that was asked for.
    pub content_html: Option<String>,
    /// The same in a sentence or two; may be empty.
    pub summary: String,
    /// Where it stands.
    pub category: Option<ArticleCategoryBrief>,
    /// Words that it is also found by.
    pub tags: Vec<String>,
    /// Who reads it.
    pub status: ArticleStatus,
    /// The title that search engines are told.
    pub seo_title: String,
    /// The description that search engines are told.
    pub seo_description: String,
    /// The keywords that search engines are told.
    pub seo_keywords: String,
    /// Who wrote it first.
    pub author: UserBrief,
    /// How often it was looked at.
    pub views: u64,
    /// Whom it helped.
    pub helpful: u64,
    /// Whom it did not help.
    pub not_helpful: u64,
    /// When it was last made public.
    pub published_at: Option<Moment>,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// Where the search words were found: HTML-escaped, hits in `<mark>`; only in answers to a search.
    pub snippet: Option<String>,
    /// How often written; the number of this version.
    pub revision: Revision,
}

/// An article as it once was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionView {
    /// Which: 1, 2, 3 …
    pub version: Revision,
    /// What it was called.
    pub title: String,
    /// What it said, in Markdown; none in lists.
    pub content: Option<String>,
    /// The same in a sentence or two.
    pub summary: String,
    /// Where it stood; none too when that is gone.
    pub category: Option<ArticleCategoryBrief>,
    /// Words that it was also found by.
    pub tags: Vec<String>,
    /// Who read it.
    pub status: ArticleStatus,
    /// The title that search engines were told.
    pub seo_title: String,
    /// The description that search engines were told.
    pub seo_description: String,
    /// The keywords that search engines were told.
    pub seo_keywords: String,
    /// Who made it so.
    pub edited_by: UserBrief,
    /// When.
    pub created_at: Moment,
}

/// A category of articles, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleCategoryView {
    /// Identity, name, colour.
    pub brief: ArticleCategoryBrief,
    /// What belongs into it.
    pub description: String,
    /// UUID and integer of what it is a part of.
    pub parent: Option<(ArticleCategoryId, Serial)>,
    /// How many articles that the reader sees are in it, not counting those of its parts.
    pub article_count: u64,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}
