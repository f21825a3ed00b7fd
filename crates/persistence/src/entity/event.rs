//! The event log.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub id: Uuid,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub actor_id: Option<Uuid>,
    pub actor_name: String,
    pub at: i64,
    pub payload: String,
    pub origin: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
