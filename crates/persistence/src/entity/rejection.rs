//! People who were not let in.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rejection")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub serial: i64,
    pub id: Uuid,
    pub organization: i64,
    pub account: Uuid,
    pub company_number: i64,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub department: Option<String>,
    pub reason: Option<String>,
    pub rejected_by: Uuid,
    pub rejected_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
