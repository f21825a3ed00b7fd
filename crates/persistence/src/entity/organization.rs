//! Tenants, and the last number of each of their sequences.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub serial: i64,
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub domain: Option<String>,
    pub time_zone: String,
    pub settings: String,
    pub last_ticket_number: i64,
    pub last_company_number: i64,
    pub last_event_position: i64,
    pub revision: i64,
    pub clock_ahead: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
