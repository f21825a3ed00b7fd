//! Routes.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "route")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub serial: i64,
    pub id: Uuid,
    pub organization: i64,
    pub name: String,
    pub name_key: String,
    pub position: i64,
    pub is_active: bool,
    pub category: Option<i64>,
    pub of_department: Option<i64>,
    pub department: Option<i64>,
    pub strategy: i16,
    pub skills: String,
    pub agents: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
