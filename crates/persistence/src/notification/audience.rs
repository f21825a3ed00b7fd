//! Whom things concern.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
use crate::sql::{Fields, Sql, uuids};

const TICKETS: &str = "SELECT ticket.id, ticket.number, ticket.title, ticket.priority, requester.id, assignee.id \
    FROM ticket JOIN organization ON organization.serial = +ticket.organization \
    JOIN account AS requester ON requester.serial = ticket.requester \
    LEFT JOIN account AS assignee ON assignee.serial = ticket.assignee WHERE organization.id = ? AND ticket.id IN ";

const WORK_ORDERS: &str = "SELECT work_order.id, work_order.number, work_order.title, work_order.priority, planner.id, technician.id \
    FROM work_order JOIN organization ON organization.serial = +work_order.organization \
    JOIN account AS planner ON planner.serial = work_order.created_by \
    LEFT JOIN account AS technician ON technician.serial = work_order.technician \
    WHERE organization.id = ? AND work_order.id IN ";

/// Who may not log in is told nothing.
const PEOPLE: &str = "SELECT account.id, account.role, notification_preference.kind, notification_preference.wanted \
    FROM account JOIN organization ON organization.serial = +account.organization \
    LEFT JOIN notification_preference ON notification_preference.account = account.serial \
    WHERE organization.id = ? AND account.is_active AND account.is_approved AND account.deleted_at IS NULL AND account.id IN ";

const ASKING: &str = "SELECT account.id FROM notification_preference \
    JOIN account ON account.serial = notification_preference.account \
    JOIN organization ON organization.serial = account.organization \
    WHERE notification_preference.kind = ? AND notification_preference.wanted AND organization.id = ? \
    AND account.role IN ('agent', 'coordinator', 'admin') \
    AND account.is_active AND account.is_approved AND account.deleted_at IS NULL";

const OF_ROLES: &str = "SELECT account.id FROM account JOIN organization ON organization.serial = account.organization \
    WHERE organization.id = ? AND account.is_active AND account.is_approved AND account.deleted_at IS NULL";

const WHO_HANDS_OUT: &str = "SELECT account.id FROM account JOIN organization ON organization.serial = account.organization \
    WHERE organization.id = ? AND account.role IN ('coordinator', 'admin') \
    AND account.is_active AND account.is_approved AND account.deleted_at IS NULL";

/// Somebody and one of the kinds that they chose, or did not choose.
type Choice = (UserId, Role, Option<(NotificationKind, bool)>);

#[async_trait]
impl Audience for Store {
    async fn of_tickets(
        &self,
        organization: OrganizationId,
        tickets: &[TicketId],
        others: &[UserId],
    ) -> Result<HashMap<TicketId, TicketAudience>, StoreError> {
        let tickets = tickets.iter().map(|ticket| ticket.0);
        let mut found: Vec<TicketAudience> = self.found(TICKETS, organization, tickets, ticket).await.map_err(fault)?;
        let users = found.iter().flat_map(|one| one.assignee.into_iter().chain([one.requester]));
        let people = self.recipients(organization, users.chain(others.iter().copied())).await.map_err(fault)?;
        for audience in &mut found {
            let (requester, assignee) = (audience.requester, audience.assignee);
            let concerns = |user: UserId| user == requester || Some(user) == assignee || others.contains(&user);
            audience.people = people.iter().filter(|person| concerns(person.user)).cloned().collect();
        }
        Ok(found.into_iter().map(|audience| (audience.ticket.id, audience)).collect())
    }

    async fn of_work_orders(
        &self,
        organization: OrganizationId,
        orders: &[WorkOrderId],
    ) -> Result<HashMap<WorkOrderId, WorkAudience>, StoreError> {
        let orders = orders.iter().map(|order| order.0);
        let mut found: Vec<WorkAudience> = self.found(WORK_ORDERS, organization, orders, work_order).await.map_err(fault)?;
        let users = found.iter().flat_map(|one| one.technician.into_iter().chain([one.planner]));
        let people = self.recipients(organization, users).await.map_err(fault)?;
        for audience in &mut found {
            let (planner, technician) = (audience.planner, audience.technician);
            let concerns = |user: UserId| user == planner || Some(user) == technician;
            audience.people = people.iter().filter(|person| concerns(person.user)).cloned().collect();
        }
        Ok(found.into_iter().map(|audience| (audience.id, audience)).collect())
    }

    async fn of_roles(&self, organization: OrganizationId, roles: &[Role]) -> Result<Vec<UserId>, StoreError> {
        if roles.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!("{OF_ROLES} AND account.role IN ({})", repeated("?", roles.len()));
        let words = roles.iter().map(|role| Value::from(role.word()));
        let question = Sql::new(text, std::iter::once(organization.0.into()).chain(words));
        let found = question.column::<Uuid>(self.reader()).await.map_err(fault)?;
        Ok(found.into_iter().map(UserId).collect())
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
    async fn found<T>(
        &self,
        text: &str,
        organization: OrganizationId,
        ids: impl Iterator<Item = Uuid>,
        read: impl Fn(&mut Fields<'_>) -> Result<T, DbErr>,
    ) -> Result<Vec<T>, DbErr> {
        let mut found = Sql::new(text, [organization.0.into()]);
        found.append(uuids(self.backend(), ids)?);
        found.all(self.reader(), read).await
    }

    /// Those of these people who may log in, with what they chose.
    async fn recipients(
        &self,
        organization: OrganizationId,
        users: impl Iterator<Item = UserId>,
    ) -> Result<Vec<Recipient>, DbErr> {
        let users: BTreeSet<Uuid> = users.map(|user| user.0).collect();
        Ok(gathered(self.found(PEOPLE, organization, users.into_iter(), choice).await?))
    }
}

/// A ticket's, without its people.
fn ticket(row: &mut Fields<'_>) -> Result<TicketAudience, DbErr> {
    Ok(TicketAudience {
        ticket: TicketBrief { id: TicketId(row.next()?), number: row.next()?, title: row.next()? },
        priority: priority(row.next()?)?,
        requester: UserId(row.next()?),
        assignee: row.next::<Option<Uuid>>()?.map(UserId),
        people: Vec::new(),
    })
}

/// A work order's, without its people.
fn work_order(row: &mut Fields<'_>) -> Result<WorkAudience, DbErr> {
    Ok(WorkAudience {
        id: WorkOrderId(row.next()?),
        number: row.next()?,
        title: row.next()?,
        priority: field_service::priority(row.next()?)?,
        planner: UserId(row.next()?),
        technician: row.next::<Option<Uuid>>()?.map(UserId),
        people: Vec::new(),
    })
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
