//! Who is written to.

use std::collections::{BTreeSet, HashMap};

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
use crate::sql::{Fields, Sql, list, listed, uuids};

const TICKETS: &str = "SELECT ticket.id, ticket.number, ticket.title, ticket.resolution, ticket.rejection_reason, ticket.requester, \
    ticket.assignee FROM ticket JOIN organization ON organization.serial = +ticket.organization WHERE organization.id = ? AND ticket.id IN ";

/// Who may not log in is not written to.
const PEOPLE: &str = "SELECT account.serial, account.id, username, email, first_name, last_name, mail_mute.kind FROM account \
    LEFT JOIN mail_mute ON mail_mute.account = account.serial \
    WHERE is_active AND is_approved AND deleted_at IS NULL AND account.serial IN";

const MUTED: &str = "SELECT organization.id, mail_mute.kind FROM account \
    JOIN organization ON organization.serial = account.organization \
    LEFT JOIN mail_mute ON mail_mute.account = account.serial WHERE account.id = ? AND deleted_at IS NULL";

#[async_trait]
impl AddressBook for Store {
    async fn correspondence(
        &self,
        organization: OrganizationId,
        tickets: &[TicketId],
    ) -> Result<HashMap<TicketId, Correspondence>, StoreError> {
        let subjects = self.subjects(organization, tickets).await.map_err(fault)?;
        let people = self.addressees(&subjects).await.map_err(fault)?;
        let found = subjects.into_iter().map(|Subject { ticket, requester, assignee, resolution, rejection_reason }| {
            let (requester, assignee) = (people.get(&requester).cloned(), assignee.and_then(|one| people.get(&one).cloned()));
            (ticket.id, Correspondence { ticket, requester, assignee, resolution, rejection_reason })
        });
        Ok(found.collect())
    }

    async fn muted(&self, user: UserId) -> Result<Option<(OrganizationId, BTreeSet<MailKind>)>, StoreError> {
        let rows: Vec<(Uuid, Option<String>)> =
            Sql::new(MUTED, [user.0.into()]).all(self.reader(), |row| Ok((row.next()?, row.next()?))).await.map_err(fault)?;
        let Some((organization, _)) = rows.first() else { return Ok(None) };
        let muted = rows.iter().filter_map(|(_, kind)| MailKind::parse(kind.as_deref()?)).collect();
        Ok(Some((OrganizationId(*organization), muted)))
    }
}

/// A ticket that there is news of.
struct Subject {
    ticket: TicketBrief,
    requester: i64,
    assignee: Option<i64>,
    resolution: Option<String>,
    rejection_reason: Option<String>,
}

impl Store {
    async fn subjects(&self, organization: OrganizationId, tickets: &[TicketId]) -> Result<Vec<Subject>, DbErr> {
        let mut found = Sql::new(TICKETS, [organization.0.into()]);
        found.append(uuids(self.backend(), tickets.iter().map(|ticket| ticket.0))?);
        found.all(self.reader(), subject).await
    }

    /// Those of them who may be written to, by their serials.
    async fn addressees(&self, subjects: &[Subject]) -> Result<HashMap<i64, Addressee>, DbErr> {
        let serials: BTreeSet<i64> = subjects.iter().flat_map(|one| one.assignee.into_iter().chain([one.requester])).collect();
        let serials: Vec<i64> = serials.into_iter().collect();
        let text = format!("{PEOPLE} (SELECT CAST(value AS BIGINT) FROM {})", listed(self.backend()));
        let rows = Sql::new(text, [list(&serials)?]).all(self.reader(), person).await?;
        let mut people: HashMap<i64, Addressee> = HashMap::new();
        for (serial, Addressee { user, mailbox, muted }) in rows {
            let one = people.entry(serial).or_insert(Addressee { user, mailbox, muted: BTreeSet::new() });
            one.muted.extend(muted);
        }
        Ok(people)
    }
}

fn subject(row: &mut Fields<'_>) -> Result<Subject, DbErr> {
    let ticket = TicketBrief { id: TicketId(row.next()?), number: row.next()?, title: row.next()? };
    let (resolution, rejection_reason) = (row.next()?, row.next()?);
    Ok(Subject { ticket, requester: row.next()?, assignee: row.next()?, resolution, rejection_reason })
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
