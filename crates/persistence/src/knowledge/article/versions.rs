//! What articles once were.

use helpdesk_domain::kernel::{Page, PageRequest, Paging};
use helpdesk_domain::knowledge::VersionView;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::list::cut;
use super::row::{category, status};
use crate::column::{damaged, from_json, moment};
use crate::fault::lost;
use crate::sql::{Fields, Sql};
use crate::ticket_reader::{person, person_columns};

/// `SELECT … WHERE` of an article's versions; with what they said, or without.
fn shown(organization: i64, article: Uuid, with_content: bool) -> Sql {
    let content = if with_content { "v.content" } else { "CAST(NULL AS TEXT)" };
    let text = format!(
        "SELECT v.version, v.title, {content}, v.summary, v.tags, v.status, v.seo_title, v.seo_description, v.seo_keywords, \
         v.created_at, c.id, c.serial, c.name, c.color, {} FROM article AS a JOIN article_version AS v ON v.article = a.serial \
         JOIN account AS w ON w.serial = v.edited_by LEFT JOIN article_category AS c ON c.serial = v.category \
         WHERE a.organization = ? AND a.id = ?",
        person_columns("w")
    );
    Sql::new(text, [organization.into(), article.into()])
}

fn show(row: &mut Fields<'_>) -> Result<VersionView, DbErr> {
    let (version, title, content, summary) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let tags = from_json(&row.next::<String>()?)?;
    let status = status(row.next()?)?;
    let (seo_title, seo_description, seo_keywords) = (row.next()?, row.next()?, row.next()?);
    let created_at = moment(row.next()?)?;
    let category = category(row)?;
    let edited_by = person(row)?.ok_or_else(|| damaged("editor", version))?;
    Ok(VersionView {
        version,
        title,
        content,
        summary,
        category,
        tags,
        status,
        seo_title,
        seo_description,
        seo_keywords,
        edited_by,
        created_at,
    })
}

/// One of them, whole.
pub(super) async fn one(
    connection: &impl ConnectionTrait,
    organization: i64,
    article: Uuid,
    version: i64,
) -> Result<Option<VersionView>, DbErr> {
    let mut question = shown(organization, article, true);
    question.bind(" AND v.version = ?", [version.into()]);
    question.one(connection, show).await
}

/// A part of them, the newest first. Each change is one, so that there are as many as the article was written.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    organization: i64,
    article: Uuid,
    page: &PageRequest,
) -> Result<Page<VersionView>, DbErr> {
    let mut question = shown(organization, article, false);
    if let Paging::After(cursor) = &page.paging {
        let before: i64 = cursor.strip_prefix("n.").and_then(|version| version.parse().ok()).ok_or_else(lost)?;
        question.bind(" AND v.version < ?", [before.into()]);
    }
    question.push(" ORDER BY v.version DESC").append(super::list::limit(page));
    let (items, next) = cut(question.all(connection, show).await?, page, |last| format!("n.{}", last.version));
    let total = if page.wants_count() {
        let count = "SELECT revision FROM article WHERE organization = ? AND id = ?";
        Some(Sql::new(count, [organization.into(), article.into()]).number(connection).await?.unsigned_abs())
    } else {
        None
    };
    Ok(Page { items, total, next })
}
