//! What routes name.

use std::collections::HashMap;

use helpdesk_domain::kernel::id::{CategoryId, DepartmentId, RouteId, UserId};
use helpdesk_domain::routing::RouteView;
use helpdesk_domain::taxonomy::{CategoryBrief, DepartmentBrief};
use sea_orm::{ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::strategy;
use crate::column::{from_json, moment};
use crate::entity::{account, category, department, route};

/// The rows as they are shown, in their order: at most three statements more, however many rows.
pub(super) async fn shown(connection: &DatabaseConnection, rows: Vec<route::Model>) -> Result<Vec<RouteView>, DbErr> {
    let agents: Vec<Vec<Uuid>> = rows.iter().map(|row| from_json(&row.agents)).collect::<Result<_, _>>()?;
    let names = Names::of(connection, &rows, &agents).await?;
    rows.into_iter().zip(agents).map(|(row, agents)| names.view(row, &agents)).collect()
}

/// What is named.
struct Names {
    categories: HashMap<i64, category::Model>,
    departments: HashMap<i64, department::Model>,
    people: HashMap<Uuid, i64>,
}

impl Names {
    async fn of(connection: &DatabaseConnection, rows: &[route::Model], agents: &[Vec<Uuid>]) -> Result<Self, DbErr> {
        let categories: Vec<i64> = rows.iter().filter_map(|row| row.category).collect();
        let departments: Vec<i64> = rows.iter().flat_map(|row| row.of_department.into_iter().chain(row.department)).collect();
        let people: Vec<Uuid> = agents.concat();
        let mut names = Self { categories: HashMap::new(), departments: HashMap::new(), people: HashMap::new() };
        if !categories.is_empty() {
            let found = category::Entity::find().filter(category::Column::Serial.is_in(categories)).all(connection).await?;
            names.categories = found.into_iter().map(|row| (row.serial, row)).collect();
        }
        if !departments.is_empty() {
            let found = department::Entity::find().filter(department::Column::Serial.is_in(departments)).all(connection).await?;
            names.departments = found.into_iter().map(|row| (row.serial, row)).collect();
        }
        if !people.is_empty() {
            let found = account::Entity::find().filter(account::Column::Id.is_in(people));
            let found = found.filter(account::Column::DeletedAt.is_null()).all(connection).await?;
            names.people = found.into_iter().map(|row| (row.id, row.serial)).collect();
        }
        Ok(names)
    }

    fn view(&self, row: route::Model, agents: &[Uuid]) -> Result<RouteView, DbErr> {
        let mut agents: Vec<(UserId, i64)> = agents.iter().filter_map(|id| Some((UserId(*id), *self.people.get(id)?))).collect();
        agents.sort_unstable_by_key(|(_, serial)| *serial);
        Ok(RouteView {
            id: RouteId(row.id),
            serial: row.serial,
            name: row.name,
            position: row.position,
            is_active: row.is_active,
            of_category: row.category.and_then(|serial| self.category(serial)),
            of_department: row.of_department.and_then(|serial| self.department(serial)),
            department: row.department.and_then(|serial| self.department(serial)),
            strategy: strategy(row.strategy)?,
            skills: from_json(&row.skills)?,
            agents,
            created_at: moment(row.created_at)?,
            updated_at: moment(row.updated_at)?,
            revision: row.revision,
        })
    }

    fn category(&self, serial: i64) -> Option<CategoryBrief> {
        let row = self.categories.get(&serial)?;
        let (name, slug, color) = (row.name.clone(), row.slug.clone(), row.color.clone());
        Some(CategoryBrief { id: CategoryId(row.id), serial, name, slug, color })
    }

    fn department(&self, serial: i64) -> Option<DepartmentBrief> {
        let row = self.departments.get(&serial)?;
        Some(DepartmentBrief { id: DepartmentId(row.id), serial, name: row.name.clone() })
    }
}
