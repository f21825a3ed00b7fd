//! The integers of what tickets and articles refer to.

use std::collections::HashMap;

use helpdesk_domain::kernel::id::{ArticleCategoryId, CategoryId, DepartmentId, TagId, UserId};
use sea_orm::{ConnectionTrait, DbErr, Statement};
use uuid::Uuid;

use crate::portable;

/// The integers of an organization's people, categories, departments, tags and categories of articles.
pub(super) struct Places {
    people: HashMap<Uuid, i64>,
    categories: HashMap<Uuid, i64>,
    departments: HashMap<Uuid, i64>,
    tags: HashMap<Uuid, i64>,
    article_categories: HashMap<Uuid, i64>,
}

impl Places {
    pub async fn read<C: ConnectionTrait>(connection: &C, organization: i64) -> Result<Self, DbErr> {
        Ok(Self {
            people: all(connection, "account", organization).await?,
            categories: all(connection, "category", organization).await?,
            departments: all(connection, "department", organization).await?,
            tags: all(connection, "tag", organization).await?,
            article_categories: all(connection, "article_category", organization).await?,
        })
    }

    pub fn person(&self, id: UserId) -> Result<i64, DbErr> {
        find(&self.people, id.0)
    }

    pub fn category(&self, id: CategoryId) -> Result<i64, DbErr> {
        find(&self.categories, id.0)
    }

    pub fn department(&self, id: DepartmentId) -> Result<i64, DbErr> {
        find(&self.departments, id.0)
    }

    pub fn article_category(&self, id: ArticleCategoryId) -> Result<i64, DbErr> {
        find(&self.article_categories, id.0)
    }

    pub fn tag(&self, id: TagId) -> Result<i64, DbErr> {
        find(&self.tags, id.0)
    }
}

async fn all<C: ConnectionTrait>(connection: &C, table: &str, organization: i64) -> Result<HashMap<Uuid, i64>, DbErr> {
    let backend = connection.get_database_backend();
    let text = portable::sql(backend, &format!("SELECT id, serial FROM {table} WHERE organization = ?"));
    let question = Statement::from_sql_and_values(backend, text, [organization.into()]);
    let rows = connection.query_all_raw(question).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

fn find(known: &HashMap<Uuid, i64>, id: Uuid) -> Result<i64, DbErr> {
    known.get(&id).copied().ok_or_else(|| DbErr::RecordNotFound(id.to_string()))
}
