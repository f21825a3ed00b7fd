//! Organizations.

use async_trait::async_trait;
use chrono::TimeDelta;
use helpdesk_domain::identity::Organization;
use helpdesk_domain::identity::port::OrganizationRepository;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Reference, StoreError};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::Store;
use crate::column::from_json;
use crate::entity::organization::{Column, Entity, Model};
use crate::fault::fault;

#[async_trait]
impl OrganizationRepository for Store {
    async fn get(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        self.find(&id.into()).await
    }

    async fn find(&self, reference: &Reference) -> Result<Option<Organization>, StoreError> {
        let meant = match reference {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(slug) => Column::Slug.eq(slug.as_str()),
        };
        let row = Entity::find().filter(meant).one(self.reader()).await.map_err(fault)?;
        row.map(organization).transpose().map_err(fault)
    }

    async fn all(&self) -> Result<Vec<Organization>, StoreError> {
        let rows = Entity::find().order_by_asc(Column::Serial).all(self.reader()).await.map_err(fault)?;
        rows.into_iter().map(organization).collect::<Result<_, _>>().map_err(fault)
    }
}

fn organization(row: Model) -> Result<Organization, DbErr> {
    let Model { serial: _, id, slug, name, domain, time_zone, settings, clock_ahead, revision, .. } = row;
    let (id, ahead) = (OrganizationId(id), clock_ahead.map(TimeDelta::microseconds));
    Ok(Organization { id, slug, name, domain, time_zone, settings: from_json(&settings)?, ahead, revision })
}
