//! Macros.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "macro")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub serial: i64,
    pub id: Uuid,
    pub organization: i64,
    pub private_to: i64,
    pub name: String,
    pub name_key: String,
    pub description: String,
    pub actions: String,
    pub created_by: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
