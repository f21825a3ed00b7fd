//! Who is written to.

use std::collections::BTreeSet;

use async_trait::async_trait;
use helpdesk_domain::identity::full_name;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId, UserId};
use helpdesk_domain::kernel::text::Email;
use helpdesk_domain::mail::port::AddressBook;
use helpdesk_domain::mail::{Addressee, Correspondence, MailKind, Mailbox, TicketBrief};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::Store;
use crate::fault::fault;
use crate::sql::{Fields, Sql};

const TICKET: &str = "SELECT ticket.number, ticket.title, ticket.resolution, ticket.rejection_reason, requester.serial, assignee.serial \
    FROM ticket JOIN organization ON organization.serial = ticket.organization \
    JOIN account AS requester ON requester.serial = ticket.requester \
    LEFT JOIN account AS assignee ON assignee.serial = ticket.assignee WHERE organization.id = ? AND ticket.id = ?";

/// Who may not log in is not written to.
const PEOPLE: &str = "SELECT account.serial, account.id, username, email, first_name, last_name, mail_mute.kind FROM account \
    LEFT JOIN mail_mute ON mail_mute.account = account.serial \
    WHERE account.serial IN (?, ?) AND is_active AND is_approved AND deleted_at IS NULL";

const MUTED: &str = "SELECT organization.id, mail_mute.kind FROM account \
    JOIN organization ON organization.serial = account.organization \
    LEFT JOIN mail_mute ON mail_mute.account = account.serial WHERE account.id = ? AND deleted_at IS NULL";

#[async_trait]
impl AddressBook for Store {
    async fn correspondence(&self, organization: OrganizationId, ticket: TicketId) -> Result<Option<Correspondence>, StoreError> {
        let found = Sql::new(TICKET, [organization.0.into(), ticket.0.into()]);
        let found =
            found.one(self.reader(), |row| Ok((row.next()?, row.next()?, row.next()?, row.next()?, row.next()?, row.next()?)));
        let Some((number, title, resolution, rejection_reason, requester, assignee)) = found.await.map_err(fault)? else {
            return Ok(None);
        };
        let assignee: Option<i64> = assignee;
        let serials: [i64; 2] = [requester, assignee.unwrap_or(requester)];
        let people = Sql::new(PEOPLE, serials.map(Into::into)).all(self.reader(), person).await.map_err(fault)?;
        let ticket = TicketBrief { id: ticket, number, title };
        let (requester, assignee) = (gathered(&people, requester), assignee.and_then(|serial| gathered(&people, serial)));
        Ok(Some(Correspondence { ticket, requester, assignee, resolution, rejection_reason }))
    }

    async fn muted(&self, user: UserId) -> Result<Option<(OrganizationId, BTreeSet<MailKind>)>, StoreError> {
        let rows: Vec<(Uuid, Option<String>)> =
            Sql::new(MUTED, [user.0.into()]).all(self.reader(), |row| Ok((row.next()?, row.next()?))).await.map_err(fault)?;
        let Some((organization, _)) = rows.first() else { return Ok(None) };
        let muted = rows.iter().filter_map(|(_, kind)| MailKind::parse(kind.as_deref()?)).collect();
        Ok(Some((OrganizationId(*organization), muted)))
    }
}

/// Somebody and one of the kinds that they do without.
fn person(row: &mut Fields<'_>) -> Result<(i64, Addressee), DbErr> {
    let (serial, id) = (row.next()?, row.next()?);
    let username: String = row.next()?;
    let email: String = row.next()?;
    let (first, last): (String, String) = (row.next()?, row.next()?);
    let kind: Option<String> = row.next()?;
    let mailbox = Mailbox { name: full_name(&first, &last, &username), address: Email::trusted(email) };
    let muted = kind.as_deref().and_then(MailKind::parse).into_iter().collect();
    Ok((serial, Addressee { user: UserId(id), mailbox, muted }))
}

/// The rows of one person together.
fn gathered(people: &[(i64, Addressee)], serial: i64) -> Option<Addressee> {
    let mut rows = people.iter().filter(|(of, _)| *of == serial).map(|(_, addressee)| addressee.clone());
    let first = rows.next()?;
    Some(rows.fold(first, |mut whole, row| {
        whole.muted.extend(row.muted);
        whole
    }))
}
