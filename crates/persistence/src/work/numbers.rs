//! Numbers without gaps. Taking them locks the organization's row until the commit, so that numbers and positions
//! follow the order of the commits.

use helpdesk_domain::work::Write;
use sea_orm::{DatabaseTransaction, DbErr, FromQueryResult};

use super::Refused;
use crate::days::Counting;
use crate::portable;

/// The next of each sequence.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub ticket: i64,
    pub company: i64,
    pub work_order: i64,
    pub position: i64,
    /// How many webhooks are told what happens.
    pub webhooks: i64,
    /// How the organization's days are counted, where it was asked along the way.
    pub counting: Option<Counting>,
}

#[derive(FromQueryResult)]
struct Last {
    ticket: i64,
    company: i64,
    work_order: i64,
    position: i64,
    time_zone: String,
    days_until: i64,
    webhooks: i64,
}

const TAKE: &str = "UPDATE organization SET last_ticket_number = last_ticket_number + ?, \
    last_company_number = last_company_number + ?, last_work_order_number = last_work_order_number + ?, \
    last_event_position = last_event_position + ? WHERE serial = ? \
    RETURNING last_ticket_number AS ticket, last_company_number AS company, last_work_order_number AS work_order, \
    last_event_position AS position, time_zone, days_until, webhooks";

/// Takes as many numbers as the commit needs, in one statement. A commit that needs none waits for nobody.
pub(super) async fn take(
    transaction: &DatabaseTransaction,
    organization: i64,
    writes: &[Write],
    events: usize,
) -> Result<Numbers, Refused> {
    let tickets = count(writes.iter().filter(|write| matches!(write, Write::AddTicket(_))).count());
    let accounts = count(writes.iter().filter(|write| matches!(write, Write::AddUser(_))).count());
    let orders = count(writes.iter().filter(|write| matches!(write, Write::AddWorkOrder(_))).count());
    let events = count(events);
    if tickets + accounts + orders + events == 0 {
        return Ok(Numbers::default());
    }
    let values = vec![tickets.into(), accounts.into(), orders.into(), events.into(), organization.into()];
    let last: Option<Last> = portable::one(transaction, TAKE, values).await?;
    let last = last.ok_or_else(|| DbErr::RecordNotFound(format!("organization {organization}")))?;
    Ok(Numbers {
        ticket: last.ticket - tickets + 1,
        company: last.company - accounts + 1,
        work_order: last.work_order - orders + 1,
        position: last.position - events + 1,
        counting: Some(Counting::of(&last.time_zone, last.days_until)),
        webhooks: last.webhooks,
    })
}

/// A length as the store counts.
pub(super) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The next number of a sequence.
pub(super) fn next(number: &mut i64) -> i64 {
    *number += 1;
    *number - 1
}
