//! What an organization promises, remembered for as long as its version stays.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{CalendarId, OrganizationId, PolicyId};
use helpdesk_domain::kernel::text::Label;
use helpdesk_domain::sla::{Book, Calendar, Policy, PolicyState, Targets};
use helpdesk_domain::work::{Changes, Write};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{calendar_of, calendars, policies};
use crate::Store;
use crate::column::{from_json, moment};
use crate::entity::{sla_calendar, sla_policy};
use crate::fault::fault;
use crate::sql::Sql;

const VERSION: &str = "SELECT sla_version FROM organization WHERE serial = ?";

/// Books by the integer of their organization.
#[derive(Clone, Debug, Default)]
pub(crate) struct Books(Arc<RwLock<HashMap<i64, Arc<Book>>>>);

impl Books {
    fn get(&self, organization: i64, version: i64) -> Option<Arc<Book>> {
        let books = self.0.read().ok()?;
        books.get(&organization).filter(|book| book.version == version).cloned()
    }

    fn keep(&self, organization: i64, book: &Arc<Book>) {
        if let Ok(mut books) = self.0.write() {
            books.insert(organization, Arc::clone(book));
        }
    }
}

impl Store {
    /// What the organization promises; one statement unless it has changed.
    pub(super) async fn promises(&self, id: OrganizationId) -> Result<Arc<Book>, StoreError> {
        let Some(organization) = self.organization_serial(id).await? else { return Ok(Arc::default()) };
        self.promises_of(id, organization).await.map_err(fault)
    }

    async fn promises_of(&self, id: OrganizationId, organization: i64) -> Result<Arc<Book>, DbErr> {
        let version = Sql::new(VERSION, [organization.into()]).number(self.reader()).await?;
        if let Some(book) = self.books.get(organization, version) {
            return Ok(book);
        }
        // what changes while it is read has a later version, by which its tickets are judged again
        let book = Arc::new(Book { version, policies: read(self.reader(), id, organization).await? });
        self.books.keep(organization, &book);
        Ok(book)
    }

    /// Judges every ticket of a commit by what its organization promises.
    pub(crate) async fn judge(&self, changes: &mut Changes) -> Result<(), StoreError> {
        let writes_ticket = |write: &Write| matches!(write, Write::AddTicket(_) | Write::SaveTicket(_));
        if !changes.writes.iter().any(writes_ticket) {
            return Ok(());
        }
        let book = self.promises(changes.organization).await?;
        for write in &mut changes.writes {
            if let Write::AddTicket(ticket) | Write::SaveTicket(ticket) = write {
                ticket.judge(&book);
            }
        }
        Ok(())
    }
}

async fn read<C: ConnectionTrait>(
    connection: &C,
    id: OrganizationId,
    organization: i64,
) -> Result<Vec<(Policy, Option<Calendar>)>, DbErr> {
    let calendars = calendars(organization).all(connection).await?;
    let policies = policies(organization).order_by_asc(sla_policy::Column::Serial).all(connection).await?;
    policies.into_iter().map(|row| policy_of(id, row, &calendars)).collect()
}

fn policy_of(
    organization: OrganizationId,
    row: sla_policy::Model,
    calendars: &[sla_calendar::Model],
) -> Result<(Policy, Option<Calendar>), DbErr> {
    let calendar = calendars.iter().find(|calendar| Some(calendar.serial) == row.calendar);
    let policy = Policy::restored(PolicyState {
        id: PolicyId(row.id),
        organization,
        name: Label::trusted(row.name),
        position: row.position,
        conditions: from_json(&row.conditions)?,
        targets: Targets { first_response: row.first_response, next_response: row.next_response, resolution: row.resolution },
        calendar: calendar.map(|calendar| CalendarId(calendar.id)),
        at_risk_percent: row.at_risk_percent,
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    });
    let calendar = calendar.map(|calendar| calendar_of(organization, calendar.clone())).transpose()?;
    Ok((policy, calendar))
}

/// The UUID of each calendar of those integers.
pub(super) async fn calendar_ids<C: ConnectionTrait>(connection: &C, serials: Vec<i64>) -> Result<HashMap<i64, Uuid>, DbErr> {
    if serials.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sla_calendar::Entity::find().filter(sla_calendar::Column::Serial.is_in(serials)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.serial, row.id)).collect())
}
