//! Figures over the tickets that somebody sees: from the tally for staff, from their own tickets for others.

use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::ticket::port::Viewer;
use helpdesk_domain::ticket::{Status, TicketFilter, TicketStats};
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::count::MICROS_A_DAY;
use super::wanted::{Seen, Wanted};
use crate::column::{micros, priority, status};
use crate::fault::fault;
use crate::portable::repeated;
use crate::sql::Sql;
use crate::store::Store;
use crate::tally::{Facet, status_number};

/// Three statements, and one to know the viewer.
pub(super) async fn stats(store: &Store, viewer: Viewer, now: Moment, midnight: Moment) -> Result<TicketStats, StoreError> {
    let Some(wanted) = Wanted::of(store, viewer, &TicketFilter::default()).await? else { return Ok(TicketStats::default()) };
    let source = match wanted.seen {
        Seen::All => Source::tally(wanted.organization, now, midnight),
        Seen::Own(account) => Source::tickets(wanted.organization, "requester = ?", &[account], now, midnight),
        Seen::OwnAndAssigned(account) => {
            Source::tickets(wanted.organization, "(requester = ? OR assignee = ?)", &[account, account], now, midnight)
        }
    };
    source.read(store.reader()).await.map_err(fault)
}

/// The three questions.
struct Source {
    /// Status, priority, how many.
    by_status_and_priority: Sql,
    /// Category's name, how many; by name.
    by_category: Sql,
    /// Overdue, resolved ever, the seconds that took, created today, resolved today.
    figures: Sql,
}

impl Source {
    async fn read(self, connection: &impl ConnectionTrait) -> Result<TicketStats, DbErr> {
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        let by_status_and_priority = self
            .by_status_and_priority
            .all(connection, |row| Ok((status(row.next()?)?, priority(row.next()?)?, number(row.next()?))))
            .await?;
        let by_category = self.by_category.all(connection, |row| Ok((row.next()?, number(row.next()?)))).await?;
        let figures =
            self.figures.one(connection, |row| Ok([row.next::<i64>()?, row.next()?, row.next()?, row.next()?, row.next()?]));
        let [overdue, resolved, seconds, created_today, resolved_today] = figures.await?.unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "a mean of fewer than 2^53 seconds")]
        let mean_resolution_seconds = (resolved > 0).then(|| seconds as f64 / resolved as f64);
        Ok(TicketStats {
            by_status_and_priority,
            by_category,
            overdue: number(overdue),
            mean_resolution_seconds,
            created_today: number(created_today),
            resolved_today: number(resolved_today),
        })
    }

    fn tally(organization: i64, now: Moment, midnight: Moment) -> Self {
        let of = |facet: Facet| [Value::from(organization), facet.number().into()];
        let by_status_and_priority = Sql::new(
            "SELECT status, priority, n FROM ticket_tally WHERE organization = ? AND facet = ? AND value = 0 AND n > 0 \
             ORDER BY status, priority",
            of(Facet::All),
        );
        let by_category = Sql::new(
            "SELECT c.name, CAST(SUM(n) AS BIGINT) FROM ticket_tally AS y LEFT JOIN category AS c ON c.serial = y.value \
             WHERE y.organization = ? AND y.facet = ? GROUP BY y.value, c.name, c.name_key HAVING SUM(n) > 0 \
             ORDER BY CASE WHEN c.name_key IS NULL THEN 1 ELSE 0 END, c.name_key",
            of(Facet::Category),
        );
        Self { by_status_and_priority, by_category, figures: tallied_figures(organization, micros(now), micros(midnight)) }
    }

    fn tickets(organization: i64, mine: &str, accounts: &[i64], now: Moment, midnight: Moment) -> Self {
        let mine_values = || std::iter::once(organization).chain(accounts.iter().copied()).map(Value::from);
        let mine = format!("FROM ticket AS t WHERE organization = ? AND {mine}");
        let by_status_and_priority = Sql::new(
            format!("SELECT status, priority, COUNT(*) {mine} GROUP BY status, priority ORDER BY status, priority"),
            mine_values(),
        );
        let by_category = Sql::new(
            format!(
                "SELECT c.name, y.n FROM (SELECT category, COUNT(*) AS n {mine} GROUP BY category) AS y \
                 LEFT JOIN category AS c ON c.serial = y.category \
                 ORDER BY CASE WHEN c.name_key IS NULL THEN 1 ELSE 0 END, c.name_key"
            ),
            mine_values(),
        );
        let (active, numbers) = active();
        let mut figures = Sql::new(
            format!(
                "SELECT COUNT(CASE WHEN due_at < ? AND status IN ({active}) THEN 1 END), COUNT(resolved_at), \
                 CAST(COALESCE(SUM((resolved_at - created_at) / 1000000), 0) AS BIGINT), \
                 COUNT(CASE WHEN created_at >= ? THEN 1 END), COUNT(CASE WHEN resolved_at >= ? THEN 1 END) {mine}"
            ),
            std::iter::once(micros(now).into()).chain(numbers),
        );
        figures.bind("", [micros(midnight).into(), micros(midnight).into()]).bind("", mine_values());
        Self { by_status_and_priority, by_category, figures }
    }
}

/// Days that are over come from the tally, the day that is not from the index.
fn tallied_figures(organization: i64, now: i64, midnight: i64) -> Sql {
    let today = now.div_euclid(MICROS_A_DAY);
    let (active, numbers) = active();
    let organization = Value::from(organization);
    let of = |facet: Facet| [organization.clone(), facet.number().into()];
    let sum = |column: &str| {
        format!("SELECT CAST(COALESCE(SUM({column}), 0) AS BIGINT) FROM ticket_tally WHERE organization = ? AND facet = ?")
    };
    let mut figures = Sql::new("SELECT (", []);
    figures.bind(&sum("n"), of(Facet::DueDay)).bind(" AND value < ?) + (", [today.into()]);
    let due_today = [organization.clone(), (today * MICROS_A_DAY).into(), now.into()];
    figures.bind("SELECT COUNT(*) FROM ticket WHERE organization = ? AND due_at >= ? AND due_at < ?", due_today);
    figures.bind(&format!(" AND +status IN ({active})), ("), numbers);
    figures.bind(&sum("n"), of(Facet::Resolution)).push("), (").bind(&sum("total"), of(Facet::Resolution)).push("), (");
    for column in ["created_at", "resolved_at"] {
        let between = if column == "created_at" { "), (" } else { ")" };
        let since = [organization.clone(), midnight.into()];
        figures.bind(&format!("SELECT COUNT(*) FROM ticket WHERE organization = ? AND {column} >= ?"), since).push(between);
    }
    figures
}

/// The active states: placeholders and numbers.
fn active() -> (String, Vec<Value>) {
    let numbers: Vec<Value> =
        Status::ALL.into_iter().filter(|status| status.is_active()).map(|status| status_number(status).into()).collect();
    (repeated("?", numbers.len()), numbers)
}
