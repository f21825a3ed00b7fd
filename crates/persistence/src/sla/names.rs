//! What the conditions of policies name.

use std::collections::HashMap;

use helpdesk_domain::kernel::id::{CalendarId, CategoryId, DepartmentId, PolicyId};
use helpdesk_domain::sla::{Conditions, PolicyView, Targets};
use helpdesk_domain::taxonomy::{CategoryBrief, DepartmentBrief};
use sea_orm::{ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::book::calendar_ids;
use crate::column::{from_json, moment};
use crate::entity::{category, department, sla_policy, tag};

/// The rows as they are shown, in their order: at most four statements more, however many rows.
pub(super) async fn shown(connection: &DatabaseConnection, rows: Vec<sla_policy::Model>) -> Result<Vec<PolicyView>, DbErr> {
    let conditions: Vec<Conditions> = rows.iter().map(|row| from_json(&row.conditions)).collect::<Result<_, _>>()?;
    let names = Names::of(connection, &rows, &conditions).await?;
    rows.into_iter().zip(conditions).map(|(row, conditions)| names.view(row, &conditions)).collect()
}

/// What is named, by id.
struct Names {
    categories: HashMap<Uuid, category::Model>,
    departments: HashMap<Uuid, department::Model>,
    tags: HashMap<Uuid, String>,
    calendars: HashMap<i64, Uuid>,
}

impl Names {
    async fn of(connection: &DatabaseConnection, rows: &[sla_policy::Model], conditions: &[Conditions]) -> Result<Self, DbErr> {
        let categories: Vec<Uuid> = conditions.iter().flat_map(|said| said.categories.iter().map(|id| id.0)).collect();
        let departments: Vec<Uuid> = conditions.iter().flat_map(|said| said.departments.iter().map(|id| id.0)).collect();
        let tags: Vec<Uuid> = conditions.iter().flat_map(|said| said.tags.iter().map(|id| id.0)).collect();
        let mut names = Self {
            categories: HashMap::new(),
            departments: HashMap::new(),
            tags: HashMap::new(),
            calendars: calendar_ids(connection, rows.iter().filter_map(|row| row.calendar).collect()).await?,
        };
        if !categories.is_empty() {
            let found = category::Entity::find().filter(category::Column::Id.is_in(categories)).all(connection).await?;
            names.categories = found.into_iter().map(|row| (row.id, row)).collect();
        }
        if !departments.is_empty() {
            let found = department::Entity::find().filter(department::Column::Id.is_in(departments)).all(connection).await?;
            names.departments = found.into_iter().map(|row| (row.id, row)).collect();
        }
        if !tags.is_empty() {
            let found = tag::Entity::find().filter(tag::Column::Id.is_in(tags)).all(connection).await?;
            names.tags = found.into_iter().map(|row| (row.id, row.name)).collect();
        }
        Ok(names)
    }

    fn view(&self, row: sla_policy::Model, conditions: &Conditions) -> Result<PolicyView, DbErr> {
        let category = |row: &category::Model| CategoryBrief {
            id: CategoryId(row.id),
            serial: row.serial,
            name: row.name.clone(),
            slug: row.slug.clone(),
            color: row.color.clone(),
        };
        let department =
            |row: &department::Model| DepartmentBrief { id: DepartmentId(row.id), serial: row.serial, name: row.name.clone() };
        let mut tags: Vec<String> = conditions.tags.iter().filter_map(|id| self.tags.get(&id.0)).cloned().collect();
        tags.sort_unstable();
        Ok(PolicyView {
            id: PolicyId(row.id),
            serial: row.serial,
            name: row.name,
            position: row.position,
            priorities: conditions.priorities.iter().copied().collect(),
            categories: conditions.categories.iter().filter_map(|id| self.categories.get(&id.0)).map(category).collect(),
            departments: conditions.departments.iter().filter_map(|id| self.departments.get(&id.0)).map(department).collect(),
            tags,
            targets: Targets { first_response: row.first_response, next_response: row.next_response, resolution: row.resolution },
            calendar: row.calendar.and_then(|serial| Some((CalendarId(*self.calendars.get(&serial)?), serial))),
            at_risk_percent: row.at_risk_percent,
            created_at: moment(row.created_at)?,
            updated_at: moment(row.updated_at)?,
            revision: row.revision,
        })
    }
}
