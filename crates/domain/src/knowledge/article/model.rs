//! An article and its life.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::kernel::id::{ArticleCategoryId, ArticleId, OrganizationId, Revision, UserId};
use crate::kernel::slug::Slug;
use crate::kernel::text::{ArticleContent, ArticleTag, ArticleTitle, SeoDescription, SeoKeywords, SeoTitle, Summary};
use crate::kernel::violation::Problem;

/// The most tags that an article has.
pub const MOST_TAGS: usize = 50;

/// Who reads an article. Any of them may follow any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleStatus {
    /// Staff, who are still writing it.
    #[default]
    Draft,
    /// Everybody.
    Published,
    /// Staff, who keep it for later.
    Archived,
}

impl ArticleStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Archived];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Archived => "archived",
        }
    }

    /// The status of that word.
    pub fn parse(word: &str) -> Result<Self, Problem> {
        let found = Self::ALL.into_iter().find(|status| status.word() == word);
        found.ok_or_else(|| Problem::InvalidChoice(word.to_owned()))
    }
}

/// What search engines are told of an article; each may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seo {
    /// The title of the page.
    pub title: SeoTitle,
    /// Its description.
    pub description: SeoDescription,
    /// Its keywords.
    pub keywords: SeoKeywords,
}

/// All that is kept of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleState {
    /// Identity.
    pub id: ArticleId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub title: ArticleTitle,
    /// Its name in addresses; unique in the organization. Stays when the title changes.
    pub slug: Slug,
    /// What it says, in Markdown.
    pub content: ArticleContent,
    /// The same in a sentence or two; may be empty.
    pub summary: Summary,
    /// Where it stands.
    pub category: Option<ArticleCategoryId>,
    /// Words that it is also found by, in the author's order.
    pub tags: Vec<ArticleTag>,
    /// Who reads it.
    pub status: ArticleStatus,
    /// What search engines are told.
    pub seo: Seo,
    /// Who wrote it first.
    pub author: UserId,
    /// When it was last made public.
    pub published_at: Option<Moment>,
    /// Written.
    pub created_at: Moment,
    /// Last changed; votes and views are no changes.
    pub updated_at: Moment,
    /// How often written; the number of its present version.
    pub revision: Revision,
}

/// An article. Changed through its verbs, each of which returns what happened; each change is a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article(ArticleState);

/// What is to change; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleChange {
    /// What it is called.
    pub title: Option<ArticleTitle>,
    /// Its name in addresses.
    pub slug: Option<Slug>,
    /// What it says.
    pub content: Option<ArticleContent>,
    /// The same in a sentence or two.
    pub summary: Option<Summary>,
    /// Where it stands, or nowhere.
    pub category: Option<Option<ArticleCategoryId>>,
    /// Words that it is also found by.
    pub tags: Option<Vec<ArticleTag>>,
    /// Who reads it.
    pub status: Option<ArticleStatus>,
    /// The title that search engines are told.
    pub seo_title: Option<SeoTitle>,
    /// The description that search engines are told.
    pub seo_description: Option<SeoDescription>,
    /// The keywords that search engines are told.
    pub seo_keywords: Option<SeoKeywords>,
}

/// What somebody thinks of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Of which.
    pub article: ArticleId,
    /// Who.
    pub voter: UserId,
    /// Whether it helped.
    pub helpful: bool,
    /// When.
    pub at: Moment,
}

impl Deref for Article {
    type Target = ArticleState;

    fn deref(&self) -> &ArticleState {
        &self.0
    }
}

impl Article {
    /// An article as it was stored.
    pub fn restored(state: ArticleState) -> Self {
        Self(state)
    }

    /// A new article; public from its beginning when it says so.
    pub fn write(mut state: ArticleState) -> (Self, Happened) {
        state.published_at = (state.status == ArticleStatus::Published).then_some(state.created_at);
        let happened = Happened::ArticleCreated { title: state.title.to_string(), status: state.status };
        (Self(state), happened)
    }

    /// Applies the change; none when everything is so already.
    pub fn change(&mut self, change: ArticleChange, now: Moment) -> Option<Happened> {
        let ArticleChange { title, slug, content, summary, category, tags, status, seo_title, seo_description, seo_keywords } =
            change;
        let state = &mut self.0;
        let mut fields = Vec::new();
        let was_public = state.status == ArticleStatus::Published;
        set(&mut fields, "title", &mut state.title, title);
        set(&mut fields, "slug", &mut state.slug, slug);
        set(&mut fields, "content", &mut state.content, content);
        set(&mut fields, "summary", &mut state.summary, summary);
        set(&mut fields, "category", &mut state.category, category);
        set(&mut fields, "tags", &mut state.tags, tags);
        set(&mut fields, "status", &mut state.status, status);
        set(&mut fields, "seo_title", &mut state.seo.title, seo_title);
        set(&mut fields, "seo_description", &mut state.seo.description, seo_description);
        set(&mut fields, "seo_keywords", &mut state.seo.keywords, seo_keywords);
        if fields.is_empty() {
            return None;
        }
        state.updated_at = now;
        if state.status == ArticleStatus::Published && !was_public {
            state.published_at = Some(now);
        }
        Some(Happened::ArticleUpdated { title: state.title.to_string(), fields, status: state.status })
    }

    /// What is said when it goes.
    pub fn deleted(&self) -> Happened {
        Happened::ArticleDeleted { title: self.title.to_string(), status: self.status }
    }
}

fn set<T: PartialEq>(fields: &mut Vec<String>, name: &str, present: &mut T, wanted: Option<T>) {
    if let Some(wanted) = wanted.filter(|wanted| wanted != present) {
        *present = wanted;
        fields.push(name.to_owned());
    }
}
