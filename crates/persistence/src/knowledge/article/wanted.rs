//! Which articles a list is of, with the integers of what it refers to; and the ways to find them.

use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::knowledge::ArticleStatus;
use helpdesk_domain::knowledge::article::port::{ArticleQuery, ArticleSight};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::row::status_number;
use crate::Store;
use crate::fault::fault;
use crate::portable::repeated;
use crate::search::ArticleScope;
use crate::sql::Sql;

/// Which articles a list is of.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub organization: i64,
    /// Any of these; none for all.
    pub statuses: Option<Vec<i16>>,
    pub category: Option<i64>,
    pub author: Option<i64>,
    /// Any of these, in small letters.
    pub tags: Vec<String>,
}

/// Which index a list is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Driver {
    /// That of the list's order; what is not wanted is passed over.
    Order,
    /// That of the category.
    Category,
    /// That of the author.
    Author,
    /// That of the tags.
    Tags,
}

impl Wanted {
    /// What a query wants; none when nothing is like that.
    pub async fn of(
        store: &Store,
        organization: OrganizationId,
        sight: ArticleSight,
        query: &ArticleQuery,
    ) -> Result<Option<Self>, StoreError> {
        let Some(organization) = store.organization_serial(organization).await? else { return Ok(None) };
        let statuses = statuses(sight, query.statuses.as_deref());
        if statuses.as_ref().is_some_and(Vec::is_empty) {
            return Ok(None);
        }
        let (category, author) = referred(store.reader(), query).await.map_err(fault)?;
        if category.is_some() != query.category.is_some() || author.is_some() != query.author.is_some() {
            return Ok(None);
        }
        Ok(Some(Self { organization, statuses, category, author, tags: query.tags.clone() }))
    }

    /// The part of it that the index of words knows.
    pub fn scope(&self) -> ArticleScope {
        let Self { organization, statuses, category, author, tags: _ } = self.clone();
        ArticleScope { organization, statuses, category, author }
    }

    /// The narrowest index besides that of the order, if there is one.
    pub fn narrow(&self) -> Option<Driver> {
        if !self.tags.is_empty() {
            Some(Driver::Tags)
        } else if self.category.is_some() {
            Some(Driver::Category)
        } else {
            self.author.map(|_| Driver::Author)
        }
    }

    /// ` FROM … WHERE …` of the articles `a`, to be read by that index. A plus keeps SQLite from another.
    pub fn range(&self, backend: DbBackend, driver: Driver) -> Sql {
        let plus = |is_driving: bool| if is_driving || backend == DbBackend::Postgres { "" } else { "+" };
        let mut sql = if driver == Driver::Tags {
            let mut tagged = Sql::new(" FROM (", []);
            tagged.append(self.tagged()).push(") AS g CROSS JOIN article AS a WHERE a.serial = g.article AND ");
            tagged
        } else {
            Sql::new(" FROM article AS a WHERE ", [])
        };
        sql.bind(&format!("{}a.organization = ?", plus(driver == Driver::Order)), [self.organization.into()]);
        for (column, value, by) in [("category", self.category, Driver::Category), ("author", self.author, Driver::Author)] {
            if let Some(value) = value {
                sql.bind(&format!(" AND {}a.{column} = ?", plus(driver == by)), [value.into()]);
            }
        }
        sql.append(self.in_status(&format!("{}a.status", plus(false))));
        if driver != Driver::Tags {
            sql.append(self.having_tags("a.serial"));
        }
        sql
    }

    /// The serials of what has any of the tags, each once.
    fn tagged(&self) -> Sql {
        let each = if self.tags.len() > 1 { "DISTINCT " } else { "" };
        let mut tagged =
            Sql::new(format!("SELECT {each}article FROM article_tag WHERE organization = ?"), [self.organization.into()]);
        tagged.append(self.any_tag()).append(self.in_status("status"));
        tagged
    }

    fn any_tag(&self) -> Sql {
        let tags = self.tags.iter().map(|tag| Value::from(tag.as_str()));
        Sql::new(format!(" AND tag IN ({})", repeated("?", self.tags.len())), tags)
    }

    fn in_status(&self, column: &str) -> Sql {
        let Some(statuses) = &self.statuses else { return Sql::default() };
        let values = statuses.iter().map(|status| Value::from(*status));
        Sql::new(format!(" AND {column} IN ({})", repeated("?", statuses.len())), values)
    }

    /// ` AND …` for what has any of the tags.
    pub fn having_tags(&self, serial: &str) -> Sql {
        if self.tags.is_empty() {
            return Sql::default();
        }
        let mut sql = Sql::new(" AND EXISTS (SELECT 1 FROM article_tag WHERE organization = ?", [self.organization.into()]);
        sql.append(self.any_tag()).push(&format!(" AND article = {serial})"));
        sql
    }

    /// How many there are: from the tally where it knows, else from the narrowest index.
    pub fn count(&self, backend: DbBackend) -> Sql {
        match self.narrow() {
            None | Some(Driver::Category) if self.author.is_none() => {
                let text = "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM article_tally WHERE organization = ?";
                let mut tally = Sql::new(text, [self.organization.into()]);
                if let Some(category) = self.category {
                    tally.bind(" AND category = ?", [category.into()]);
                }
                tally.append(self.in_status("status"));
                tally
            }
            Some(Driver::Tags) if self.author.is_none() && self.category.is_none() => {
                let mut count = Sql::new("SELECT COUNT(*) FROM (", []);
                count.append(self.tagged()).push(") AS tagged");
                count
            }
            narrow => {
                let mut count = Sql::new("SELECT COUNT(*)", []);
                count.append(self.range(backend, narrow.unwrap_or(Driver::Order)));
                count
            }
        }
    }
}

fn statuses(sight: ArticleSight, asked: Option<&[ArticleStatus]>) -> Option<Vec<i16>> {
    let is_seen = |status: &ArticleStatus| sight == ArticleSight::All || *status == ArticleStatus::Published;
    match (sight, asked) {
        (ArticleSight::All, None) => None,
        (ArticleSight::Published, None) => Some(vec![status_number(ArticleStatus::Published)]),
        (_, Some(asked)) => Some(asked.iter().copied().filter(is_seen).map(status_number).collect()),
    }
}

/// The integers of the category and of the author that a query names.
async fn referred(connection: &impl ConnectionTrait, query: &ArticleQuery) -> Result<(Option<i64>, Option<i64>), DbErr> {
    if query.category.is_none() && query.author.is_none() {
        return Ok((None, None));
    }
    let question = Sql::new(
        "SELECT (SELECT serial FROM article_category WHERE id = ?), (SELECT serial FROM account WHERE id = ?)",
        [query.category.map(|id| id.0).into(), query.author.map(|id| id.0).into()],
    );
    Ok(question.one(connection, |row| Ok((row.next()?, row.next()?))).await?.unwrap_or_default())
}
