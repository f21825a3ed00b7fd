//! Files, to show and to decide on, and the objects that no row speaks of.

mod ledger;
mod row;

use std::collections::HashMap;

use async_trait::async_trait;
use helpdesk_domain::attachment::port::FileRepository;
use helpdesk_domain::attachment::{FileView, ObjectKey};
use helpdesk_domain::kernel::id::{OrganizationId, TicketId};
use helpdesk_domain::kernel::{Reference, StoreError};
use helpdesk_domain::ticket::port::Viewer;
use sea_orm::Value;

pub(crate) use row::of_ticket;
use row::{read, readable};

use crate::Store;
use crate::fault::fault;
use crate::portable::repeated;
use crate::sql::Sql;

#[async_trait]
impl FileRepository for Store {
    async fn find(&self, viewer: Viewer, file: &Reference) -> Result<Option<FileView>, StoreError> {
        let Some(organization) = self.organization_serial(viewer.organization).await? else { return Ok(None) };
        let mut question = readable(organization, viewer.sight);
        match file {
            Reference::Id(id) => question.bind(" AND f.id = ?", [Value::from(*id)]),
            Reference::Serial(serial) => question.bind(" AND f.serial = ?", [Value::from(*serial)]),
            Reference::Name(_) => return Ok(None),
        };
        question.one(self.reader(), read).await.map_err(fault)
    }

    async fn of_tickets(&self, viewer: Viewer, tickets: &[TicketId]) -> Result<HashMap<TicketId, Vec<FileView>>, StoreError> {
        let Some(organization) = self.organization_serial(viewer.organization).await? else { return Ok(HashMap::new()) };
        if tickets.is_empty() {
            return Ok(HashMap::new());
        }
        let mut question = readable(organization, viewer.sight);
        let places = repeated("?", tickets.len());
        question.bind(&format!(" AND t.id IN ({places})"), tickets.iter().map(|id| Value::from(id.0)));
        question.push(" ORDER BY f.ticket, f.serial");
        let mut by_ticket: HashMap<TicketId, Vec<FileView>> = HashMap::new();
        for file in question.all(self.reader(), read).await.map_err(fault)? {
            if let Some(ticket) = file.ticket {
                by_ticket.entry(ticket).or_default().push(file);
            }
        }
        Ok(by_ticket)
    }

    async fn count(&self, organization: OrganizationId, ticket: TicketId) -> Result<u64, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(0) };
        let text = "SELECT file_count FROM ticket WHERE organization = ? AND id = ?";
        let n = Sql::new(text, [organization.into(), ticket.0.into()]).number(self.reader()).await.map_err(fault)?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    async fn has_image(&self, organization: OrganizationId, object: &ObjectKey) -> Result<bool, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(false) };
        let text = "SELECT COUNT(*) FROM account WHERE organization = ? AND image = ?";
        let n = Sql::new(text, [organization.into(), object.as_str().into()]).number(self.reader()).await.map_err(fault)?;
        Ok(n > 0)
    }
}
