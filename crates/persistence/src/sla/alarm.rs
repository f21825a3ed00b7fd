//! When alarms ring.

use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId};
use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::column::{micros, moment};
use crate::sql::{Fields, Sql};

/// One look into the index for each organization that lives in real time.
const WAITING: &str = "SELECT o.id, o.serial FROM organization AS o WHERE (o.clock_ahead IS NULL OR o.clock_ahead = 0) AND \
    (SELECT MIN(t.alarm_at) FROM ticket AS t WHERE t.organization = o.serial AND t.alarm_at IS NOT NULL) < ?";

const RINGING: &str = "SELECT id FROM ticket WHERE organization = ? AND alarm_at < ? ORDER BY alarm_at LIMIT ?";

const NEXT: &str =
    "SELECT MIN(alarm_at) FROM ticket WHERE organization = ? AND alarm_at IS NOT NULL AND alarm_at > ? AND alarm_at < ?";

const AT: &str = "SELECT id FROM ticket WHERE organization = ? AND alarm_at = ? ORDER BY serial LIMIT ?";

pub(super) async fn ringing(
    connection: &impl ConnectionTrait,
    before: Moment,
    limit: i64,
) -> Result<Vec<(OrganizationId, TicketId)>, DbErr> {
    let before = micros(before);
    let (mut ringing, mut left) = (Vec::new(), limit);
    for (organization, serial) in Sql::new(WAITING, [before.into()]).all(connection, waiting).await? {
        let tickets = Sql::new(RINGING, [serial.into(), before.into(), left.into()]).column(connection).await?;
        left -= i64::try_from(tickets.len()).unwrap_or(i64::MAX);
        ringing.extend(tickets.into_iter().map(|ticket| (organization, TicketId(ticket))));
        if left <= 0 {
            break;
        }
    }
    Ok(ringing)
}

fn waiting(row: &mut Fields<'_>) -> Result<(OrganizationId, i64), DbErr> {
    Ok((OrganizationId(row.next()?), row.next()?))
}

pub(super) async fn next(
    connection: &impl ConnectionTrait,
    organization: i64,
    after: Option<Moment>,
    until: Moment,
) -> Result<Option<Moment>, DbErr> {
    let values: [Value; 3] = [organization.into(), after.map_or(i64::MIN, micros).into(), micros(until).into()];
    let next: Option<Option<i64>> = Sql::new(NEXT, values).one(connection, |row| row.next()).await?;
    next.flatten().map(moment).transpose()
}

pub(super) async fn at(
    connection: &impl ConnectionTrait,
    organization: i64,
    at: Moment,
    limit: i64,
) -> Result<Vec<TicketId>, DbErr> {
    let tickets = Sql::new(AT, [organization.into(), micros(at).into(), limit.into()]).column(connection).await?;
    Ok(tickets.into_iter().map(TicketId).collect())
}
