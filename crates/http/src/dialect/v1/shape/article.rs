//! Articles and their categories.

use chrono::{DateTime, Utc};
use helpdesk_domain::knowledge::suggestion::SuggestionKind;
use helpdesk_domain::knowledge::{self, ArticleCategoryBrief, ArticleCategoryView, ArticleView, VersionView};
use serde::Serialize;
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A category beside an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleCategoryRef<K: Key> {
    /// Its id.
    pub id: K,
    /// Name.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
}

/// An article.
#[derive(Debug, Serialize, ToSchema)]
pub struct Article<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub title: String,
    /// Its name in addresses; the path takes it too.
    pub slug: String,
    /// What it says, in Markdown.
    pub content: String,
    /// The same as HTML that is safe in any page; with `?render=html`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_html: Option<String>,
    /// The same in a sentence or two; may be empty.
    pub summary: String,
    /// Where it stands.
    pub category_id: Option<K>,
    /// The same, with its name.
    pub category: Option<ArticleCategoryRef<K>>,
    /// Words that it is also found by.
    pub tags: Vec<String>,
    /// `draft`, `published` or `archived`.
    pub status: &'static str,
    /// The title that search engines are told.
    pub seo_title: String,
    /// The description that search engines are told.
    pub seo_description: String,
    /// The keywords that search engines are told.
    pub seo_keywords: String,
    /// Who wrote it first.
    pub author: K::Author,
    /// How often it was looked at.
    pub views: u64,
    /// Whom it helped.
    pub helpful_count: u64,
    /// Whom it did not help.
    pub not_helpful_count: u64,
    /// Number of the present version; each change is one.
    pub version: i64,
    /// When it was last made public.
    pub published_at: Option<DateTime<Utc>>,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed; views and votes are no changes.
    pub updated_at: DateTime<Utc>,
    /// Where the search words were found, HTML-escaped, hits in `<mark>`; in answers to a search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
}

/// An article as it once was.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleVersion<K: Key> {
    /// Which: 1, 2, 3 …
    pub version: i64,
    /// What it was called.
    pub title: String,
    /// What it said, in Markdown; not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The same in a sentence or two.
    pub summary: String,
    /// Where it stood; `null` too when that is gone.
    pub category: Option<ArticleCategoryRef<K>>,
    /// Words that it was also found by.
    pub tags: Vec<String>,
    /// `draft`, `published` or `archived`.
    pub status: &'static str,
    /// The title that search engines were told.
    pub seo_title: String,
    /// The description that search engines were told.
    pub seo_description: String,
    /// The keywords that search engines were told.
    pub seo_keywords: String,
    /// Who made it so.
    pub edited_by: K::Author,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A category of articles.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleCategory<K: Key> {
    /// Its id.
    pub id: K,
    /// Name.
    pub name: String,
    /// What belongs into it.
    pub description: String,
    /// `#rrggbb`.
    pub color: String,
    /// What it is a part of.
    pub parent: Option<K>,
    /// How many articles that the reader sees are in it, without those of its parts.
    pub article_count: u64,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

/// Something that may help.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion<K: Key> {
    /// `article` or `faq`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its id.
    pub id: K,
    /// What it is called, or asks.
    pub title: String,
    /// An article's name in addresses.
    pub slug: Option<String>,
    /// Where words of the text were found, HTML-escaped, hits in `<mark>`.
    pub snippet: String,
    /// How well it fits: more is better.
    pub score: f64,
}

/// What may help, best first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggested<K: Key> {
    /// At most five.
    pub results: Vec<Suggestion<K>>,
}

impl<K: Key> From<&ArticleCategoryBrief> for ArticleCategoryRef<K> {
    fn from(category: &ArticleCategoryBrief) -> Self {
        Self { id: K::of(category.id.0, category.serial), name: category.name.clone(), color: category.color.clone() }
    }
}

impl<K: Key> Shows<ArticleView> for Article<K> {
    fn show(view: &ArticleView, seen: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            title: view.title.clone(),
            slug: view.slug.clone(),
            content: view.content.clone(),
            content_html: view.content_html.clone(),
            summary: view.summary.clone(),
            category_id: view.category.as_ref().map(|category| K::of(category.id.0, category.serial)),
            category: view.category.as_ref().map(ArticleCategoryRef::from),
            tags: view.tags.clone(),
            status: view.status.word(),
            seo_title: view.seo_title.clone(),
            seo_description: view.seo_description.clone(),
            seo_keywords: view.seo_keywords.clone(),
            author: K::Author::show(&view.author, seen),
            views: view.views,
            helpful_count: view.helpful,
            not_helpful_count: view.not_helpful,
            version: view.revision,
            published_at: view.published_at,
            created_at: view.created_at,
            updated_at: view.updated_at,
            snippet: view.snippet.clone(),
        }
    }
}

impl<K: Key> Shows<VersionView> for ArticleVersion<K> {
    fn show(view: &VersionView, seen: &Seen<'_>) -> Self {
        Self {
            version: view.version,
            title: view.title.clone(),
            content: view.content.clone(),
            summary: view.summary.clone(),
            category: view.category.as_ref().map(ArticleCategoryRef::from),
            tags: view.tags.clone(),
            status: view.status.word(),
            seo_title: view.seo_title.clone(),
            seo_description: view.seo_description.clone(),
            seo_keywords: view.seo_keywords.clone(),
            edited_by: K::Author::show(&view.edited_by, seen),
            created_at: view.created_at,
        }
    }
}

impl<K: Key> Shows<ArticleCategoryView> for ArticleCategory<K> {
    fn show(view: &ArticleCategoryView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.brief.id.0, view.brief.serial),
            name: view.brief.name.clone(),
            description: view.description.clone(),
            color: view.brief.color.clone(),
            parent: view.parent.map(|(id, serial)| K::of(id.0, serial)),
            article_count: view.article_count,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

impl<K: Key> From<&knowledge::Suggestion> for Suggestion<K> {
    fn from(view: &knowledge::Suggestion) -> Self {
        let kind = match view.kind {
            SuggestionKind::Article => "article",
            SuggestionKind::Faq => "faq",
        };
        let (title, slug, snippet) = (view.title.clone(), view.slug.clone(), view.snippet.clone());
        Self { kind, id: K::of(view.id, view.serial), title, slug, snippet, score: view.score }
    }
}

impl<K: Key> Shows<Vec<knowledge::Suggestion>> for Suggested<K> {
    fn show(found: &Vec<knowledge::Suggestion>, _: &Seen<'_>) -> Self {
        Self { results: found.iter().map(Suggestion::from).collect() }
    }
}
