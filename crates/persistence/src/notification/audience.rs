//! Whom things concern.

use std::collections::BTreeMap;

use async_trait::async_trait;
use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId, UserId, WorkOrderId};
use helpdesk_domain::mail::TicketBrief;
use helpdesk_domain::notification::port::Audience;
use helpdesk_domain::notification::{NotificationKind, Recipient, TicketAudience, WorkAudience};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use crate::Store;
use crate::column::{damaged, priority};
use crate::fault::fault;
use crate::field_service;
use crate::portable::repeated;
use crate::sql::{Fields, Sql};

const TICKET: &str = "SELECT ticket.number, ticket.title, ticket.priority, requester.id, assignee.id \
    FROM ticket JOIN organization ON organization.serial = ticket.organization \
    JOIN account AS requester ON requester.serial = ticket.requester \
    LEFT JOIN account AS assignee ON assignee.serial = ticket.assignee WHERE organization.id = ? AND ticket.id = ?";

const WORK_ORDER: &str = "SELECT work_order.number, work_order.title, work_order.priority, planner.id, technician.id \
    FROM work_order JOIN organization ON organization.serial = work_order.organization \
    JOIN account AS planner ON planner.serial = work_order.created_by \
    LEFT JOIN account AS technician ON technician.serial = work_order.technician \
    WHERE organization.id = ? AND work_order.id = ?";

/// Who may not log in is told nothing.
const PEOPLE: &str = "SELECT account.id, account.role, notification_preference.kind, notification_preference.wanted \
    FROM account JOIN organization ON organization.serial = account.organization \
    LEFT JOIN notification_preference ON notification_preference.account = account.serial \
    WHERE organization.id = ? AND account.is_active AND account.is_approved AND account.deleted_at IS NULL";

const ASKING: &str = "SELECT account.id FROM notification_preference \
    JOIN account ON account.serial = notification_preference.account \
    JOIN organization ON organization.serial = account.organization \
    WHERE notification_preference.kind = ? AND notification_preference.wanted AND organization.id = ? \
    AND account.role IN ('agent', 'coordinator', 'admin') \
    AND account.is_active AND account.is_approved AND account.deleted_at IS NULL";

const WHO_HANDS_OUT: &str = "SELECT account.id FROM account JOIN organization ON organization.serial = account.organization \
    WHERE organization.id = ? AND account.role IN ('coordinator', 'admin') \
    AND account.is_active AND account.is_approved AND account.deleted_at IS NULL";

/// Somebody and one of the kinds that they chose, or did not choose.
type Choice = (UserId, Role, Option<(NotificationKind, bool)>);

#[async_trait]
impl Audience for Store {
    async fn of_ticket(
        &self,
        organization: OrganizationId,
        ticket: TicketId,
        others: &[UserId],
    ) -> Result<Option<TicketAudience>, StoreError> {
        let found = Sql::new(TICKET, [organization.0.into(), ticket.0.into()]);
        let found = found.one(self.reader(), |row| Ok((row.next()?, row.next()?, row.next()?, row.next()?, row.next()?)));
        let Some((number, title, urgency, requester, assignee)) = found.await.map_err(fault)? else { return Ok(None) };
        let (requester, assignee): (Uuid, Option<Uuid>) = (requester, assignee);
        let ids = std::iter::once(requester).chain(assignee).chain(others.iter().map(|user| user.0));
        Ok(Some(TicketAudience {
            ticket: TicketBrief { id: ticket, number, title },
            priority: priority(urgency).map_err(fault)?,
            requester: UserId(requester),
            assignee: assignee.map(UserId),
            people: self.recipients(organization, ids.collect()).await.map_err(fault)?,
        }))
    }

    async fn of_work_order(&self, organization: OrganizationId, order: WorkOrderId) -> Result<Option<WorkAudience>, StoreError> {
        let found = Sql::new(WORK_ORDER, [organization.0.into(), order.0.into()]);
        let found = found.one(self.reader(), |row| Ok((row.next()?, row.next()?, row.next()?, row.next()?, row.next()?)));
        let Some((number, title, urgency, planner, technician)) = found.await.map_err(fault)? else { return Ok(None) };
        let (planner, technician): (Uuid, Option<Uuid>) = (planner, technician);
        let ids = std::iter::once(planner).chain(technician).collect();
        Ok(Some(WorkAudience {
            id: order,
            number,
            title,
            priority: field_service::priority(urgency).map_err(fault)?,
            planner: UserId(planner),
            technician: technician.map(UserId),
            people: self.recipients(organization, ids).await.map_err(fault)?,
        }))
    }

    async fn who_hands_out(&self, organization: OrganizationId) -> Result<Vec<UserId>, StoreError> {
        let found = Sql::new(WHO_HANDS_OUT, [organization.0.into()]).column::<Uuid>(self.reader());
        Ok(found.await.map_err(fault)?.into_iter().map(UserId).collect())
    }

    async fn asking_for(&self, organization: OrganizationId, kind: NotificationKind) -> Result<Vec<UserId>, StoreError> {
        let asking = Sql::new(ASKING, [kind.word().into(), organization.0.into()]).column::<Uuid>(self.reader());
        Ok(asking.await.map_err(fault)?.into_iter().map(UserId).collect())
    }
}

impl Store {
    /// Those of these people who may log in, with what they chose.
    async fn recipients(&self, organization: OrganizationId, ids: Vec<Uuid>) -> Result<Vec<Recipient>, DbErr> {
        let mut people = Sql::new(PEOPLE, [organization.0.into()]);
        people.bind(&format!(" AND account.id IN ({})", repeated("?", ids.len())), ids.into_iter().map(Value::from));
        Ok(gathered(people.all(self.reader(), choice).await?))
    }
}

fn choice(row: &mut Fields<'_>) -> Result<Choice, DbErr> {
    let user = UserId(row.next()?);
    let role: String = row.next()?;
    let kind: Option<String> = row.next()?;
    let wanted: Option<bool> = row.next()?;
    let role = Role::parse(&role).ok_or_else(|| damaged("role", role))?;
    Ok((user, role, kind.as_deref().and_then(NotificationKind::parse).zip(wanted)))
}

/// The choices of each person together.
fn gathered(choices: Vec<Choice>) -> Vec<Recipient> {
    let mut people: BTreeMap<UserId, Recipient> = BTreeMap::new();
    for (user, role, chosen) in choices {
        let person = people.entry(user).or_insert_with(|| Recipient { user, role, chosen: BTreeMap::new() });
        person.chosen.extend(chosen);
    }
    people.into_values().collect()
}
