//! Articles.

use chrono::TimeDelta;
use helpdesk_domain::event::Event;
use helpdesk_domain::kernel::id::{ArticleCategoryId, ArticleId};
use helpdesk_domain::kernel::slug::Slug;
use helpdesk_domain::kernel::text::{ArticleContent, ArticleTag, ArticleTitle, SeoDescription, SeoKeywords, SeoTitle, Summary};
use helpdesk_domain::kernel::{Actor, Moment, PageRequest};
use helpdesk_domain::knowledge::article::command::{CreateArticleCategory, FindArticleCategories};
use helpdesk_domain::knowledge::{Article, ArticleState, ArticleStatus, Reader, Seo};
use helpdesk_persistence::LoadedArticle;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::{Casting, SPAN, life, text, words};
use crate::failure::{Failure, Result};
use crate::settings::Settings;

/// Most sections of an article.
const MOST_SECTIONS: usize = 4;
/// Most tags of an article.
const MOST_TAGS: usize = 4;

/// Generates articles, oldest first; nothing is kept of those that were given away.
pub struct ArticleGenerator {
    /// Who writes them.
    pub authors: Vec<Actor>,
    /// Where they stand.
    pub categories: Vec<ArticleCategoryId>,
    rng: StdRng,
    now: Moment,
    count: u64,
    made: u64,
}

impl ArticleGenerator {
    /// So many articles, spread over [`SPAN`] until `now`.
    pub fn new(authors: Vec<Actor>, categories: Vec<ArticleCategoryId>, seed: u64, count: u64, now: Moment) -> Self {
        Self { authors, categories, rng: StdRng::seed_from_u64(seed), now, count, made: 0 }
    }

    fn status(&mut self) -> ArticleStatus {
        match self.rng.random_range(0..20_u8) {
            0 | 1 => ArticleStatus::Draft,
            2 => ArticleStatus::Archived,
            _ => ArticleStatus::Published,
        }
    }

    fn tags(&mut self) -> Vec<ArticleTag> {
        let mut tags: Vec<&str> =
            (0..self.rng.random_range(0..=MOST_TAGS)).map(|_| text::pick(&mut self.rng, words::TAGS)).collect();
        tags.sort_unstable();
        tags.dedup();
        tags.into_iter().map(|tag| ArticleTag::trusted(tag.to_owned())).collect()
    }

    /// Markdown with a heading for each section.
    fn content(&mut self) -> String {
        let mut content = text::description(&mut self.rng);
        for _ in 0..self.rng.random_range(1..=MOST_SECTIONS) {
            let heading = text::phrase(&mut self.rng, words::article::HEADINGS);
            let said = text::description(&mut self.rng);
            let steps: Vec<String> =
                (0..3).map(|_| format!("1. {}\n", text::phrase(&mut self.rng, words::article::STEPS))).collect();
            content.extend(["\n\n## ", &heading, "\n\n", &steps.concat(), "\n", &said]);
        }
        content
    }

    fn article(&mut self, at: Moment) -> Option<LoadedArticle> {
        let author = self.authors.choose(&mut self.rng)?.clone();
        let id = ArticleId(life::id(&mut self.rng, at));
        let title = text::phrase(&mut self.rng, words::article::TITLES);
        let changed = at + (self.now - at) / self.rng.random_range(1..20);
        let state = ArticleState {
            id,
            organization: author.organization,
            slug: Slug::of(&title).apart(id.0),
            title: ArticleTitle::trusted(title),
            content: ArticleContent::trusted(self.content()),
            summary: Summary::trusted(text::phrase(&mut self.rng, words::ticket::SENTENCES)),
            category: self.categories.choose(&mut self.rng).copied(),
            tags: self.tags(),
            status: self.status(),
            seo: Seo {
                title: SeoTitle::trusted(String::new()),
                description: SeoDescription::trusted(String::new()),
                keywords: SeoKeywords::trusted(String::new()),
            },
            author: author.user,
            published_at: None,
            created_at: at,
            updated_at: at,
            revision: 1,
        };
        let (article, happened) = Article::write(state);
        let article = Article::restored(ArticleState { updated_at: changed, ..(*article).clone() });
        let views = self.rng.random_range(0..5_000_u32).min(self.rng.random_range(0..5_000));
        Some(LoadedArticle { article, views, created: Event::of_article(id, &author, at, happened) })
    }
}

impl Casting<'_> {
    /// The categories that so many articles stand in: those that are there, or some.
    pub async fn article_categories(
        &self,
        articles: u64,
        settings: &Settings,
        author: Option<&Actor>,
    ) -> Result<Vec<ArticleCategoryId>> {
        let Some(author) = author.filter(|_| articles > 0) else { return Ok(Vec::new()) };
        let categories = self.installation.article_categories(settings);
        let refused = |error| Failure::because("Categories of articles cannot be made", &error);
        let (wanted, all) = (FindArticleCategories::default(), PageRequest::number(1, 100));
        let there = categories.list(Reader::Member(author), wanted, &all).await.map_err(refused)?;
        let mut ids: Vec<ArticleCategoryId> = there.items.into_iter().map(|category| category.brief.id).collect();
        if ids.is_empty() {
            for name in words::article::CATEGORIES {
                let command = CreateArticleCategory { name: Some((*name).to_owned()), ..CreateArticleCategory::default() };
                ids.push(categories.create(author, command).await.map_err(refused)?.brief.id);
            }
        }
        Ok(ids)
    }
}

impl Iterator for ArticleGenerator {
    type Item = LoadedArticle;

    fn next(&mut self) -> Option<Self::Item> {
        if self.made == self.count {
            return None;
        }
        let slot = SPAN.num_microseconds()? / i64::try_from(self.count).ok()?;
        let offset = slot * i64::try_from(self.made).ok()?;
        self.made += 1;
        self.article(self.now - SPAN + TimeDelta::microseconds(offset))
    }
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::testing::{an_agent, minutes};

    use uuid::Uuid;

    use super::*;

    fn generated(seed: u64, count: u64) -> Vec<LoadedArticle> {
        let categories = (1..4).map(|number| ArticleCategoryId(Uuid::from_u128(number))).collect();
        ArticleGenerator::new(vec![an_agent()], categories, seed, count, minutes(30_000_000)).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_articles_and_none_is_empty() {
        let articles = generated(7, 200);
        assert_eq!(articles, generated(7, 200));
        assert_ne!(articles, generated(8, 200));
        assert_eq!(articles.len(), 200);
        for LoadedArticle { article, .. } in articles {
            assert!(article.title.as_str().chars().count() <= ArticleTitle::MAX);
            assert!(article.content.as_str().contains("## ") && !article.content.as_str().contains(['{', '}']));
            assert_eq!(article.published_at.is_some(), article.status == ArticleStatus::Published);
        }
    }
}
