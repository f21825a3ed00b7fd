//! Tickets that wait, and how far rules have come among them.

use std::collections::HashMap;

use async_trait::async_trait;
use helpdesk_domain::automation::port::TimeQueue;
use helpdesk_domain::automation::{Cursor, Outcome, Waiting};
use helpdesk_domain::kernel::id::{OrganizationId, RuleId, TicketId};
use helpdesk_domain::kernel::{Moment, StoreError};
use sea_orm::Value;

use crate::Store;
use crate::column::{micros, moment};
use crate::fault::fault;
use crate::sql::{Fields, Sql};
use crate::tally::status_number;

/// Organizations with rules that begin with time, or that have the desk do something of its own.
const WATCHED: &str = "SELECT id FROM organization WHERE serial IN (SELECT organization FROM rule WHERE is_active AND trigger_kind = 'time') \
    OR settings LIKE '%\"auto_close\":{%' OR settings LIKE '%\"pending_reminder\":{%' ORDER BY serial";

const CURSORS: &str = "SELECT c.rule_key, c.since, c.at, c.ticket FROM rule_cursor AS c JOIN organization AS o ON o.serial = c.organization \
    WHERE o.id = ?";

const TIMES: &str = "SELECT COUNT(*) FROM rule_log WHERE ticket = ? AND event_position IS NULL AND outcome = ? AND created_at > ? \
    AND rule = (SELECT serial FROM rule WHERE organization = ? AND id = ?)";

#[async_trait]
impl TimeQueue for Store {
    async fn watched(&self) -> Result<Vec<OrganizationId>, StoreError> {
        let read = |row: &mut Fields<'_>| Ok(OrganizationId(row.next()?));
        Sql::new(WATCHED, []).all(self.reader(), read).await.map_err(fault)
    }

    async fn cursors(&self, organization: OrganizationId) -> Result<HashMap<String, (Moment, Cursor)>, StoreError> {
        let read = |row: &mut Fields<'_>| {
            let (key, since) = (row.next()?, moment(row.next()?)?);
            Ok((key, (since, Cursor { at: moment(row.next()?)?, ticket: row.next()? })))
        };
        let found = Sql::new(CURSORS, [organization.0.into()]).all(self.reader(), read).await.map_err(fault)?;
        Ok(found.into_iter().collect())
    }

    async fn waiting(
        &self,
        organization: OrganizationId,
        waiting: Waiting,
        behind: Cursor,
        until: Moment,
        limit: u64,
    ) -> Result<Vec<(Cursor, TicketId)>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let (column, is_meant, status) = match waiting {
            Waiting::Status(status) => ("status_since", " AND status = ?", Some(Value::from(status_number(status)))),
            Waiting::NoReply => ("replied_at", " AND replied_at IS NOT NULL", None),
            Waiting::Created => ("created_at", "", None),
        };
        let mut question = Sql::new(
            format!("SELECT {column}, serial, id FROM ticket WHERE organization = ?{is_meant} AND closed_at IS NULL"),
            std::iter::once(serial.into()).chain(status),
        );
        let place = [micros(behind.at).into(), behind.ticket.into(), micros(until).into(), limit.cast_signed().into()];
        let walk = format!(" AND ({column}, serial) > (?, ?) AND {column} <= ? ORDER BY {column}, serial LIMIT ?");
        question.bind(&walk, place);
        let read = |row: &mut Fields<'_>| {
            let place = Cursor { at: moment(row.next()?)?, ticket: row.next()? };
            Ok((place, TicketId(row.next()?)))
        };
        question.all(self.reader(), read).await.map_err(fault)
    }

    async fn times(
        &self,
        organization: OrganizationId,
        rule: RuleId,
        ticket: TicketId,
        behind: Moment,
    ) -> Result<u64, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(0) };
        let done = Value::from(Outcome::Done as i16);
        let question = Sql::new(TIMES, [ticket.0.into(), done, micros(behind).into(), serial.into(), rule.0.into()]);
        Ok(question.number(self.reader()).await.map_err(fault)?.unsigned_abs())
    }
}
