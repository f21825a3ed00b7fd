//! Articles, their versions and votes.

use helpdesk_domain::kernel::id::{ArticleId, Revision, UserId};
use helpdesk_domain::knowledge::{Article, Vote};
use sea_orm::{DatabaseTransaction, DbErr, FromQueryResult, Value};

use super::writing::Writing;
use super::{Refused, article_category};
use crate::column::{json, micros, some_micros};
use crate::knowledge::article::status_number;
use crate::search::{self, ArticleDocument, ArticlePlace};
use crate::sql::Sql;
use crate::{portable, sql};

/// What is indexed of an article at most.
const MOST_BYTES: usize = 256 * 1024;

const INSERT: &str = "INSERT INTO article (title, title_key, slug, summary, category, tags, status, seo_title, seo_description, \
    seo_keywords, published_at, updated_at, organization, id, author, created_at, views, helpful, not_helpful, revision) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, 0, 0, 0, 1) \
    RETURNING serial, author";

const UPDATE: &str = "UPDATE article SET title = ?, title_key = ?, slug = ?, summary = ?, category = ?, tags = ?, status = ?, \
    seo_title = ?, seo_description = ?, seo_keywords = ?, published_at = ?, updated_at = ?, revision = revision + 1 \
    WHERE organization = ? AND id = ? AND revision = ? RETURNING serial, author";

/// The present version of an article as it is now.
const VERSION: &str = "INSERT INTO article_version (article, version, title, content, summary, category, tags, status, seo_title, \
    seo_description, seo_keywords, edited_by, created_at) SELECT serial, revision, title, CAST(? AS TEXT), summary, category, tags, \
    status, seo_title, seo_description, seo_keywords, (SELECT serial FROM account WHERE organization = ? AND id = ?), updated_at \
    FROM article WHERE serial = ?";

const PLACE: &str = "SELECT serial, category, status FROM article WHERE organization = ? AND id = ?";

pub(crate) const COUNT: &str = "INSERT INTO article_tally (organization, category, status, n) VALUES (?, ?, ?, ?) \
    ON CONFLICT (organization, category, status) DO UPDATE SET n = article_tally.n + excluded.n";

const VOTE: &str = "INSERT INTO article_vote (article, voter, helpful, voted_at) \
    VALUES (?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?) \
    ON CONFLICT (article, voter) DO UPDATE SET helpful = excluded.helpful, voted_at = excluded.voted_at";

const VOTED: &str = "SELECT helpful FROM article_vote WHERE article = ? \
    AND voter = (SELECT serial FROM account WHERE organization = ? AND id = ?)";

#[derive(FromQueryResult)]
struct Placed {
    serial: i64,
    author: i64,
}

/// Where an article is counted.
#[derive(FromQueryResult)]
struct Counted {
    serial: i64,
    category: Option<i64>,
    status: i16,
}

pub(super) async fn add(writing: &mut Writing<'_>, article: &Article) -> Result<(), Refused> {
    let category = article_category::serial(writing, article.category).await?;
    let mut values = values(article, category)?;
    let organization = Value::from(writing.organization);
    values.extend([organization.clone(), article.id.0.into(), organization, article.author.0.into()]);
    values.push(micros(article.created_at).into());
    let placed: Option<Placed> = portable::one(writing.transaction, INSERT, values).await?;
    let placed = placed.ok_or(Refused::Stale)?;
    write(writing, article, &placed, category, article.author).await
}

pub(super) async fn save(writing: &mut Writing<'_>, article: &Article, by: UserId) -> Result<(), Refused> {
    let before = counted(writing, article.id).await?;
    let category = article_category::serial(writing, article.category).await?;
    let mut values = values(article, category)?;
    values.extend([writing.organization.into(), article.id.0.into(), article.revision.into()]);
    let placed: Option<Placed> = portable::one(writing.transaction, UPDATE, values).await?;
    let placed = placed.ok_or(Refused::Stale)?;
    count(writing, before.category, before.status, -1).await?;
    portable::execute(writing.transaction, "DELETE FROM article_tag WHERE article = ?", vec![placed.serial.into()]).await?;
    write(writing, article, &placed, category, by).await
}

pub(super) async fn delete(writing: &Writing<'_>, id: ArticleId, revision: Revision) -> Result<(), Refused> {
    let Counted { serial, category, status } = counted(writing, id).await?;
    for table in ["article_vote", "article_tag", "article_version"] {
        let text = format!("DELETE FROM {table} WHERE article = ?");
        portable::execute(writing.transaction, &text, vec![serial.into()]).await?;
    }
    let gone = "DELETE FROM article WHERE serial = ? AND revision = ?";
    if portable::execute(writing.transaction, gone, vec![serial.into(), revision.into()]).await? == 0 {
        return Err(Refused::Stale);
    }
    count(writing, category, status, -1).await?;
    Ok(search::remove_article(writing.transaction, serial).await?)
}

/// What is said of the article is moved from what the voter said before.
pub(super) async fn vote(writing: &Writing<'_>, vote: &Vote) -> Result<(), Refused> {
    let Vote { article, voter, helpful, at } = vote;
    let serial = counted(writing, *article).await?.serial;
    let (organization, voter) = (Value::from(writing.organization), Value::from(voter.0));
    let voted = Sql::new(VOTED, [serial.into(), organization.clone(), voter.clone()]);
    let before: Option<bool> = voted.one(writing.transaction, |row| row.next()).await?;
    let values = vec![serial.into(), organization, voter, (*helpful).into(), micros(*at).into()];
    portable::execute(writing.transaction, VOTE, values).await?;
    let moved = |side: bool| i64::from(*helpful == side) - i64::from(before == Some(side));
    let text = "UPDATE article SET helpful = helpful + ?, not_helpful = not_helpful + ? WHERE serial = ?";
    portable::execute(writing.transaction, text, vec![moved(true).into(), moved(false).into(), serial.into()]).await?;
    Ok(())
}

/// The version, the tags, the count; and what can be found of it goes into the index with the rest of the commit.
async fn write(
    writing: &mut Writing<'_>,
    article: &Article,
    placed: &Placed,
    category: Option<i64>,
    by: UserId,
) -> Result<(), Refused> {
    let (organization, status, serial) = (writing.organization, status_number(article.status), placed.serial);
    let values = vec![article.content.as_str().into(), organization.into(), by.0.into(), serial.into()];
    portable::execute(writing.transaction, VERSION, values).await?;
    tag(writing.transaction, organization, serial, article).await?;
    count(writing, category, status, 1).await?;
    let place = ArticlePlace { organization, status, category, author: placed.author };
    writing.articles.push(document(article, serial, place));
    Ok(())
}

/// What can be found of an article.
pub(crate) fn document(article: &Article, serial: i64, place: ArticlePlace) -> ArticleDocument {
    let tags = article.tags.iter().map(|tag| tag.as_str()).collect::<Vec<_>>().join(" ");
    let rest = article_text(&tags, article.summary.as_str(), article.content.as_str());
    ArticleDocument { place, serial, title: article.title.to_string(), rest }
}

/// What an article is found by besides its title.
pub(crate) fn article_text(tags: &str, summary: &str, content: &str) -> String {
    let mut rest = format!("{tags}\n{summary}\n{content}");
    rest.truncate(rest.floor_char_boundary(MOST_BYTES));
    rest
}

async fn tag(transaction: &DatabaseTransaction, organization: i64, serial: i64, article: &Article) -> Result<(), DbErr> {
    if article.tags.is_empty() {
        return Ok(());
    }
    let keys: Vec<String> = article.tags.iter().map(helpdesk_domain::kernel::text::ArticleTag::key).collect();
    let table = sql::listed(sea_orm::ConnectionTrait::get_database_backend(transaction));
    let text = format!(
        "INSERT INTO article_tag (organization, tag, article, status) \
         SELECT CAST(? AS BIGINT), value, CAST(? AS BIGINT), CAST(? AS SMALLINT) FROM {table}"
    );
    let status = status_number(article.status);
    Sql::new(text, [organization.into(), serial.into(), status.into(), sql::list(&keys)?]).execute(transaction).await
}

/// The article as it is counted now; [`Refused::Stale`] when it is gone.
async fn counted(writing: &Writing<'_>, id: ArticleId) -> Result<Counted, Refused> {
    let values = vec![writing.organization.into(), id.0.into()];
    let found: Option<Counted> = portable::one(writing.transaction, PLACE, values).await?;
    found.ok_or(Refused::Stale)
}

async fn count(writing: &Writing<'_>, category: Option<i64>, status: i16, n: i64) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), category.unwrap_or(0).into(), status.into(), n.into()];
    portable::execute(writing.transaction, COUNT, values).await?;
    Ok(())
}

fn values(article: &Article, category: Option<i64>) -> Result<Vec<Value>, DbErr> {
    let tags: Vec<&str> = article.tags.iter().map(|tag| tag.as_str()).collect();
    Ok(vec![
        article.title.as_str().into(),
        article.title.as_str().to_lowercase().into(),
        article.slug.as_str().into(),
        article.summary.as_str().into(),
        category.into(),
        json(&tags)?.into(),
        status_number(article.status).into(),
        article.seo.title.as_str().into(),
        article.seo.description.as_str().into(),
        article.seo.keywords.as_str().into(),
        some_micros(article.published_at).unwrap_or(0).into(),
        micros(article.updated_at).into(),
    ])
}
