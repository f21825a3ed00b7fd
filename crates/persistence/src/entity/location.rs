//! Locations.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "location")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub serial: i64,
    pub id: Uuid,
    pub organization: i64,
    pub name: String,
    pub name_key: String,
    pub address: String,
    pub city: String,
    pub postal_code: String,
    pub country: String,
    pub search_key: String,
    pub latitude: Option<i64>,
    pub longitude: Option<i64>,
    pub customer: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
