//! An article, as it is read from a row.

use helpdesk_domain::kernel::id::{ArticleCategoryId, ArticleId, OrganizationId};
use helpdesk_domain::kernel::slug::Slug;
use helpdesk_domain::kernel::text::{ArticleContent, ArticleTag, ArticleTitle, SeoDescription, SeoKeywords, SeoTitle, Summary};
use helpdesk_domain::knowledge::{Article, ArticleCategoryBrief, ArticleState, ArticleStatus, ArticleView, Seo};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use uuid::Uuid;

use crate::column::{damaged, from_json, moment};
use crate::sql::{Fields, Sql, fields, packed};
use crate::ticket_reader::person;

/// What [`read`] reads, in its order, to be [packed](crate::sql::packed).
const COLUMNS: &str = "a.serial, #a.id, a.title, a.slug, v.content, a.summary, a.tags, a.status, a.seo_title, a.seo_description, \
    a.seo_keywords, a.views, a.helpful, a.not_helpful, a.published_at, a.created_at, a.updated_at, a.revision, \
    #c.id, c.serial, c.name, c.color, #w.id, w.serial, w.username, w.email, w.first_name, w.last_name, w.role";

/// What [`COLUMNS`] names besides the article.
const JOINS: &str = "JOIN article_version AS v ON v.article = a.serial AND v.version = a.revision \
    JOIN account AS w ON w.serial = a.author LEFT JOIN article_category AS c ON c.serial = a.category";

/// Loads the articles whose serials `part` gives, in an order of its columns, and the answer to `total`, in one statement.
pub(super) async fn load(
    connection: &impl ConnectionTrait,
    total: Option<Sql>,
    part: Sql,
    order_by: &str,
) -> Result<(Option<u64>, Vec<ArticleView>), DbErr> {
    let is_counted = total.is_some();
    let mut question = Sql::new("SELECT (", []);
    question.append(total.unwrap_or_else(|| Sql::new("SELECT CAST(0 AS BIGINT)", [])));
    question.push(&format!("), (SELECT CAST({} AS TEXT) FROM (", articles(connection.get_database_backend(), order_by)));
    question.append(part).push(&format!(") AS p JOIN article AS a ON a.serial = p.serial {JOINS})"));
    let read = |row: &mut Fields<'_>| Ok((row.next::<i64>()?, row.rows(read)?));
    let (total, articles) = question.one(connection, read).await?.unwrap_or_default();
    Ok((is_counted.then(|| u64::try_from(total).unwrap_or(0)), articles))
}

fn articles(backend: DbBackend, order_by: &str) -> String {
    packed(backend, &fields(backend, COLUMNS), order_by)
}

fn read(row: &mut Fields<'_>) -> Result<ArticleView, DbErr> {
    let (serial, id) = (row.next()?, ArticleId(row.next()?));
    let (title, slug, content, summary) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let tags = from_json(&row.next::<String>()?)?;
    let status = status(row.next()?)?;
    let (seo_title, seo_description, seo_keywords) = (row.next()?, row.next()?, row.next()?);
    let (views, helpful, not_helpful) = (count(row)?, count(row)?, count(row)?);
    let published_at = Some(row.next::<i64>()?).filter(|at| *at != 0).map(moment).transpose()?;
    let (created_at, updated_at) = (moment(row.next()?)?, moment(row.next()?)?);
    let revision = row.next()?;
    let category = category(row)?;
    let author = person(row)?.ok_or_else(|| damaged("author", serial))?;
    Ok(ArticleView {
        id,
        serial,
        title,
        slug,
        content,
        content_html: None,
        summary,
        category,
        tags,
        status,
        seo_title,
        seo_description,
        seo_keywords,
        author,
        views,
        helpful,
        not_helpful,
        published_at,
        created_at,
        updated_at,
        snippet: None,
        revision,
    })
}

/// Reads id, serial, name and color of a category; none where there is none.
pub(super) fn category(row: &mut Fields<'_>) -> Result<Option<ArticleCategoryBrief>, DbErr> {
    let Some(id) = row.next::<Option<Uuid>>()? else {
        row.skip(3);
        return Ok(None);
    };
    Ok(Some(ArticleCategoryBrief { id: ArticleCategoryId(id), serial: row.next()?, name: row.next()?, color: row.next()? }))
}

fn count(row: &mut Fields<'_>) -> Result<u64, DbErr> {
    Ok(u64::try_from(row.next::<i64>()?).unwrap_or(0))
}

/// The article that a view shows, to decide on.
pub(super) fn restored(organization: OrganizationId, view: ArticleView) -> Article {
    Article::restored(ArticleState {
        id: view.id,
        organization,
        title: ArticleTitle::trusted(view.title),
        slug: Slug::trusted(view.slug),
        content: ArticleContent::trusted(view.content),
        summary: Summary::trusted(view.summary),
        category: view.category.map(|category| category.id),
        tags: view.tags.into_iter().map(ArticleTag::trusted).collect(),
        status: view.status,
        seo: Seo {
            title: SeoTitle::trusted(view.seo_title),
            description: SeoDescription::trusted(view.seo_description),
            keywords: SeoKeywords::trusted(view.seo_keywords),
        },
        author: view.author.id,
        published_at: view.published_at,
        created_at: view.created_at,
        updated_at: view.updated_at,
        revision: view.revision,
    })
}

/// The number of a status.
pub(crate) const fn status_number(status: ArticleStatus) -> i16 {
    match status {
        ArticleStatus::Draft => 0,
        ArticleStatus::Published => 1,
        ArticleStatus::Archived => 2,
    }
}

/// The status of that number.
pub(super) fn status(number: i16) -> Result<ArticleStatus, DbErr> {
    let found = ArticleStatus::ALL.into_iter().find(|status| status_number(*status) == number);
    found.ok_or_else(|| damaged("status", number))
}
