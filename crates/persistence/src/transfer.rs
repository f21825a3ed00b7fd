//! Merges and splits that can be undone.

use async_trait::async_trait;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId, TransferId, UserId};
use helpdesk_domain::transfer::port::TransferRepository;
use helpdesk_domain::transfer::{Moved, Transfer, TransferKind};
use sea_orm::{DbErr, Value};

use crate::Store;
use crate::column::{damaged, from_json, moment};
use crate::fault::fault;
use crate::sql::{Fields, Sql};

/// The number of a kind in the store.
pub(crate) const fn number(kind: TransferKind) -> i16 {
    match kind {
        TransferKind::Merge => 1,
        TransferKind::Split => 2,
    }
}

const SELECT: &str = "SELECT x.id, x.kind, s.id, t.id, x.former, w.id, x.made_at FROM ticket_transfer AS x \
    JOIN ticket AS s ON s.serial = x.source JOIN ticket AS t ON t.serial = x.target JOIN account AS w ON w.serial = x.made_by \
    WHERE x.organization = ? AND x.kind = ?";

/// A later one of which a ticket is one of the two.
const LATER: &str = "SELECT COUNT(*) FROM ticket_transfer AS x JOIN ticket_transfer AS y ON y.serial > x.serial \
    AND (y.source IN (x.source, x.target) OR y.target IN (x.source, x.target)) WHERE x.organization = ? AND x.id = ?";

/// Comments on the second ticket, and files of no comment, that it did not bring.
const MORE: &str = "SELECT (SELECT COUNT(*) FROM comment AS c WHERE c.ticket = x.target AND c.serial NOT IN \
    (SELECT comment FROM transferred_comment WHERE transfer = x.serial)) + (SELECT COUNT(*) FROM file AS f \
    WHERE f.ticket = x.target AND f.comment IS NULL AND f.serial NOT IN \
    (SELECT file FROM transferred_file WHERE transfer = x.serial)) FROM ticket_transfer AS x WHERE x.organization = ? AND x.id = ?";

#[async_trait]
impl TransferRepository for Store {
    async fn merge_of(&self, organization: OrganizationId, source: TicketId) -> Result<Option<Transfer>, StoreError> {
        self.transfer(organization, TransferKind::Merge, " AND s.id = ?", source).await
    }

    async fn split_of(&self, organization: OrganizationId, target: TicketId) -> Result<Option<Transfer>, StoreError> {
        self.transfer(organization, TransferKind::Split, " AND t.id = ?", target).await
    }

    async fn is_latest(&self, organization: OrganizationId, transfer: TransferId) -> Result<bool, StoreError> {
        self.has_none(LATER, organization, transfer).await
    }

    async fn is_untouched(&self, organization: OrganizationId, transfer: TransferId) -> Result<bool, StoreError> {
        self.has_none(MORE, organization, transfer).await
    }
}

impl Store {
    async fn transfer(
        &self,
        organization: OrganizationId,
        kind: TransferKind,
        of: &str,
        ticket: TicketId,
    ) -> Result<Option<Transfer>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(None) };
        let mut question = Sql::new(SELECT, [serial.into(), number(kind).into()]);
        question.bind(of, [Value::from(ticket.0)]);
        question.one(self.reader(), |row| read(row, organization)).await.map_err(fault)
    }

    async fn has_none(&self, text: &str, organization: OrganizationId, transfer: TransferId) -> Result<bool, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(false) };
        let n = Sql::new(text, [organization.into(), transfer.0.into()]).number(self.reader()).await.map_err(fault)?;
        Ok(n == 0)
    }
}

fn read(row: &mut Fields<'_>, organization: OrganizationId) -> Result<Transfer, DbErr> {
    let id = TransferId(row.next()?);
    let kind = match row.next::<i16>()? {
        1 => TransferKind::Merge,
        2 => TransferKind::Split,
        other => return Err(damaged("kind of transfer", other)),
    };
    let (source, target) = (TicketId(row.next()?), TicketId(row.next()?));
    let before = from_json(&row.next::<String>()?)?;
    let made_by = UserId(row.next()?);
    Ok(Transfer { id, organization, kind, source, target, moved: Moved::All, before, made_by, made_at: moment(row.next()?)? })
}
