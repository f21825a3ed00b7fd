//! Macros, to decide on and to show.

use async_trait::async_trait;
use helpdesk_domain::automation::port::MacroRepository;
use helpdesk_domain::automation::{Macro, MacroView};
use helpdesk_domain::kernel::id::{MacroId, OrganizationId, UserId};
use helpdesk_domain::kernel::text::{Label, Note};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QueryResult, QueryTrait, Select,
};

use super::nothing;
use crate::Store;
use crate::authored::{author, says_public, seen_by, with_author};
use crate::column::{from_json, moment};
use crate::entity::macros::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::taxonomy::catalog::containing;

/// What the reader sees of the organization's macros; every query starts here.
fn in_organization(organization: i64, reader: UserId) -> Select<Entity> {
    let found = with_author(Entity::find(), Column::CreatedBy);
    found.filter(Column::Organization.eq(organization)).filter(seen_by(Column::PrivateTo, reader))
}

#[async_trait]
impl MacroRepository for Store {
    async fn view(
        &self,
        organization: OrganizationId,
        reader: UserId,
        meant: &Reference,
    ) -> Result<Option<MacroView>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(None) };
        let is_meant = match meant {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let query = in_organization(serial, reader).filter(is_meant).into_query();
        let row = self.reader().query_one(&query).await.map_err(fault)?;
        row.map(|row| view(organization, &row)).transpose().map_err(fault)
    }

    async fn page(
        &self,
        organization: OrganizationId,
        reader: UserId,
        search: Option<String>,
        page: &PageRequest,
    ) -> Result<Page<MacroView>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(nothing(page)) };
        let mut found = in_organization(serial, reader);
        if let Some(text) = search {
            found = found.filter(Expr::col((Entity, Column::NameKey)).like(containing(&text.to_lowercase())));
        }
        let key = |column: Column, is_text| {
            let expression = Expr::col((Entity, column));
            Key { name: column.as_str().to_owned(), expression, is_text }
        };
        let keys = Keys { columns: vec![key(Column::NameKey, true), key(Column::Serial, false)], descending: false };
        let read = |row: &QueryResult| view(organization, row);
        page::read(self.reader(), found.into_query(), &keys, page, read).await.map_err(fault)
    }
}

fn view(organization: OrganizationId, row: &QueryResult) -> Result<MacroView, DbErr> {
    let author = author(row)?;
    let row = Model::from_query_result(row, "")?;
    let shown = Macro {
        id: MacroId(row.id),
        organization,
        name: Label::trusted(row.name),
        description: Note::trusted(row.description),
        is_public: says_public(row.private_to),
        actions: from_json(&row.actions)?,
        created_by: author.id,
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    };
    Ok(MacroView { shown, serial: row.serial })
}
