//! Many articles at once.

use std::collections::BTreeMap;

use helpdesk_domain::event::Event;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::knowledge::Article;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement, Value};

use super::rows::EVENT;
use super::serials::keys;
use super::{Loader, insert};
use crate::column::{json, micros, some_micros};
use crate::fault::fault;
use crate::knowledge::article::status_number;
use crate::portable;
use crate::search::{self, ArticlePlace, NewWords};
use crate::work::article::{COUNT, document};

const ARTICLE: [&str; 21] = [
    "serial",
    "id",
    "organization",
    "title",
    "title_key",
    "slug",
    "summary",
    "category",
    "tags",
    "status",
    "seo_title",
    "seo_description",
    "seo_keywords",
    "author",
    "views",
    "helpful",
    "not_helpful",
    "published_at",
    "created_at",
    "updated_at",
    "revision",
];

const VERSION: [&str; 13] = [
    "article",
    "version",
    "title",
    "content",
    "summary",
    "category",
    "tags",
    "status",
    "seo_title",
    "seo_description",
    "seo_keywords",
    "edited_by",
    "created_at",
];

const TAG: [&str; 4] = ["organization", "tag", "article", "status"];

/// A new article in its first version, and how often it was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedArticle {
    /// The article.
    pub article: Article,
    /// How often it was looked at.
    pub views: u32,
    /// That it was written.
    pub created: Event,
}

/// Rows that wait to be written.
#[derive(Default)]
struct Rows {
    articles: Vec<Value>,
    versions: Vec<Value>,
    tags: Vec<Value>,
    events: Vec<Value>,
    /// How many there are, by category and status.
    counts: BTreeMap<(i64, i16), i64>,
    documents: Vec<search::ArticleDocument>,
}

impl Loader {
    /// Writes all of it in one transaction: articles with their versions, tags, events, counts and index.
    pub async fn load_articles(&self, batch: &[LoadedArticle]) -> Result<(), StoreError> {
        let transaction = self.begin().await.map_err(fault)?;
        let words = self.write_articles(&transaction, batch).await.map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        self.store.vocabulary.learn(words);
        Ok(())
    }

    async fn write_articles(&self, transaction: &DatabaseTransaction, batch: &[LoadedArticle]) -> Result<NewWords, DbErr> {
        let count = i64::try_from(batch.len()).unwrap_or(i64::MAX);
        let first = self.positions(transaction, count).await?;
        let serials = keys(transaction, "article", count).await?;
        let mut rows = Rows::default();
        for ((loaded, serial), position) in batch.iter().zip(serials).zip(first..) {
            self.add(&mut rows, loaded, serial)?;
            rows.events.extend(self.event(&loaded.created, position)?);
        }
        insert(transaction, "article", &ARTICLE, rows.articles).await?;
        insert(transaction, "article_version", &VERSION, rows.versions).await?;
        insert(transaction, "article_tag", &TAG, rows.tags).await?;
        insert(transaction, "event", &EVENT, rows.events).await?;
        for ((category, status), n) in rows.counts {
            let values = vec![self.organization.into(), category.into(), status.into(), n.into()];
            portable::execute(transaction, COUNT, values).await?;
        }
        search::index_articles(transaction, &self.store.vocabulary, &rows.documents).await
    }

    /// Takes so many positions of the log; answers the first.
    async fn positions(&self, transaction: &DatabaseTransaction, count: i64) -> Result<i64, DbErr> {
        let backend = transaction.get_database_backend();
        let text = "UPDATE organization SET last_event_position = last_event_position + ? WHERE serial = ? \
                    RETURNING last_event_position";
        let values = [count.into(), self.organization.into()];
        let question = Statement::from_sql_and_values(backend, portable::sql(backend, text), values);
        let row = transaction.query_one_raw(question).await?;
        let last: i64 = row.ok_or_else(|| DbErr::RecordNotFound("organization".to_owned()))?.try_get_by_index(0)?;
        Ok(last - count + 1)
    }

    fn add(&self, rows: &mut Rows, loaded: &LoadedArticle, serial: i64) -> Result<(), DbErr> {
        let LoadedArticle { article, views, created: _ } = loaded;
        let category = article.category.map(|category| self.places.article_category(category)).transpose()?;
        let author = self.places.person(article.author)?;
        let tags = json(&article.tags.iter().map(|tag| tag.as_str()).collect::<Vec<_>>())?;
        let (title, status) = (article.title.as_str(), status_number(article.status));
        let text = |text: &str| Value::from(text);
        let seo = [&article.seo.title.to_string(), &article.seo.description.to_string(), &article.seo.keywords.to_string()];
        rows.articles.extend([serial.into(), article.id.0.into(), self.organization.into(), text(title)]);
        rows.articles.extend([title.to_lowercase().into(), text(article.slug.as_str()), text(article.summary.as_str())]);
        rows.articles.extend([category.into(), text(&tags), status.into()]);
        rows.articles.extend(seo.map(|part| text(part)));
        rows.articles.extend([author.into(), i64::from(*views).into(), 0_i64.into(), 0_i64.into()]);
        rows.articles.extend([some_micros(article.published_at).unwrap_or(0).into(), micros(article.created_at).into()]);
        rows.articles.extend([micros(article.updated_at).into(), 1_i64.into()]);
        rows.versions.extend([serial.into(), 1_i64.into(), text(title), text(article.content.as_str())]);
        rows.versions.extend([text(article.summary.as_str()), category.into(), text(&tags), status.into()]);
        rows.versions.extend(seo.map(|part| text(part)));
        rows.versions.extend([author.into(), micros(article.updated_at).into()]);
        for tag in &article.tags {
            rows.tags.extend([self.organization.into(), tag.key().into(), serial.into(), status.into()]);
        }
        *rows.counts.entry((category.unwrap_or(0), status)).or_default() += 1;
        let place = ArticlePlace { organization: self.organization, status, category, author };
        rows.documents.push(document(article, serial, place));
        Ok(())
    }
}
