//! What can be asked of the knowledge base. Text is as the client wrote it.

use super::ArticleStatus;
use super::port::ArticleOrder;
use crate::kernel::id::{Reference, Target};

/// A new article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateArticle {
    /// What it is called; required.
    pub title: Option<String>,
    /// Its name in addresses; made of the title when absent.
    pub slug: Option<String>,
    /// What it says, in Markdown; required.
    pub content: Option<String>,
    /// The same in a sentence or two.
    pub summary: Option<String>,
    /// Where it stands.
    pub category: Option<Reference>,
    /// Words that it is also found by.
    pub tags: Option<Vec<String>>,
    /// Word of a status; a draft when absent.
    pub status: Option<String>,
    /// The title that search engines are told.
    pub seo_title: Option<String>,
    /// The description that search engines are told.
    pub seo_description: Option<String>,
    /// The keywords that search engines are told.
    pub seo_keywords: Option<String>,
}

/// Changes to an article; none leaves a field as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditArticle {
    /// Which.
    pub target: Target,
    /// What it is called.
    pub title: Option<String>,
    /// Its name in addresses.
    pub slug: Option<String>,
    /// What it says.
    pub content: Option<String>,
    /// The same in a sentence or two.
    pub summary: Option<String>,
    /// Where it stands, or nowhere.
    pub category: Option<Option<Reference>>,
    /// Words that it is also found by.
    pub tags: Option<Vec<String>>,
    /// Word of a status.
    pub status: Option<String>,
    /// The title that search engines are told.
    pub seo_title: Option<String>,
    /// The description that search engines are told.
    pub seo_description: Option<String>,
    /// The keywords that search engines are told.
    pub seo_keywords: Option<String>,
}

/// Which articles, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindArticles {
    /// In this category.
    pub category: Option<Reference>,
    /// In any of these states; none for all.
    pub statuses: Option<Vec<ArticleStatus>>,
    /// With all of these words.
    pub search: Option<String>,
    /// Written by them.
    pub author: Option<Reference>,
    /// With any of these tags.
    pub tags: Vec<String>,
    /// Sorted by; a search's by relevance when absent, else the newest first.
    pub order: Option<ArticleOrder>,
}

/// A new category of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateArticleCategory {
    /// Name; required.
    pub name: Option<String>,
    /// What belongs into it.
    pub description: Option<String>,
    /// `#rgb` or `#rrggbb`.
    pub color: Option<String>,
    /// What it is a part of.
    pub parent: Option<Reference>,
}

/// Changes to a category of articles; none leaves a field as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditArticleCategory {
    /// Which.
    pub target: Target,
    /// Name.
    pub name: Option<String>,
    /// What belongs into it.
    pub description: Option<String>,
    /// `#rgb` or `#rrggbb`.
    pub color: Option<String>,
    /// What it is a part of, or nothing.
    pub parent: Option<Option<Reference>>,
}

/// Which categories of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindArticleCategories {
    /// Part of the name, in any case.
    pub search: Option<String>,
    /// Parts of this one; of none (`Some(None)`): the tops of the trees.
    pub parent: Option<Option<Reference>>,
    /// By name, from the end.
    pub descending: bool,
}
