//! Messages on their way to other programs.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub serial: i64,
    pub id: Uuid,
    pub organization: i64,
    pub webhook: i64,
    pub subject: Uuid,
    pub kind: String,
    pub event: Option<Uuid>,
    pub body: String,
    pub created_at: i64,
    pub due_at: Option<i64>,
    pub pending: bool,
    pub expires_at: i64,
    pub delivered_at: Option<i64>,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub response_status: Option<i32>,
    pub response_body: Option<String>,
    pub leased_until: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
