//! People. A deleted account stays, for the name on what the person wrote.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub serial: i64,
    pub id: Uuid,
    pub organization: i64,
    pub username: String,
    pub username_key: String,
    pub email: String,
    pub email_key: String,
    pub password_hash: String,
    pub first_name: String,
    pub last_name: String,
    pub middle_name: String,
    pub suffix: String,
    pub role: String,
    pub is_approved: bool,
    pub is_active: bool,
    pub department: Option<i64>,
    pub image: Option<String>,
    pub company_number: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_active_at: Option<i64>,
    pub deleted_at: Option<i64>,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
