//! What people are told in the desk.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub serial: i64,
    pub id: Uuid,
    pub account: i64,
    pub event: Uuid,
    pub kind: String,
    pub priority: i16,
    pub title: String,
    pub message: String,
    pub ticket: Option<Uuid>,
    pub work_order: Option<Uuid>,
    pub is_internal: bool,
    pub created_at: i64,
    pub read_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
