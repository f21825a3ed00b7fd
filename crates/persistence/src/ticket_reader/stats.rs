//! Figures over the tickets that somebody sees: from the tally for staff, from their own tickets for others.

use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::ticket::port::Viewer;
use helpdesk_domain::ticket::{CategoryName, Status, TicketFilter, TicketStats};
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::count::MICROS_A_DAY;
use super::wanted::{Seen, Wanted};
use crate::column::{micros, priority, status};
use crate::fault::fault;
use crate::portable::repeated;
use crate::sql::Sql;
use crate::store::Store;
use crate::tally::{Facet, status_number};

/// How many figures are read at once.
const FIGURES: usize = 8;

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
    /// Category's name and slug, how many; by name.
    by_category: Sql,
    /// Overdue, resolved ever, the seconds that took, created today, resolved today, answered ever, the seconds that took,
    /// comments.
    figures: Sql,
}

impl Source {
    async fn read(self, connection: &impl ConnectionTrait) -> Result<TicketStats, DbErr> {
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        let by_status_and_priority = self
            .by_status_and_priority
            .all(connection, |row| Ok((status(row.next()?)?, priority(row.next()?)?, number(row.next()?))))
            .await?;
        let by_category = self
            .by_category
            .all(connection, |row| {
                let name: Option<String> = row.next()?;
                Ok((name.zip(row.next()?).map(|(name, slug)| CategoryName { name, slug }), number(row.next()?)))
            })
            .await?;
        let figures = self.figures.one(connection, |row| (0..FIGURES).map(|_| row.next::<i64>()).collect::<Result<Vec<_>, _>>());
        let figures = figures.await?.unwrap_or_default();
        let [overdue, resolved, seconds, created_today, resolved_today, answered, answering, comments] =
            <[i64; FIGURES]>::try_from(figures).unwrap_or_default();
        Ok(TicketStats {
            by_status_and_priority,
            by_category,
            overdue: number(overdue),
            mean_resolution_seconds: mean(seconds, resolved),
            comments: number(comments),
            mean_response_seconds: mean(answering, answered),
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
            "SELECT c.name, c.slug, CAST(SUM(n) AS BIGINT) FROM ticket_tally AS y LEFT JOIN category AS c ON c.serial = y.value \
             WHERE y.organization = ? AND y.facet = ? GROUP BY y.value, c.name, c.slug, c.name_key HAVING SUM(n) > 0 \
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
                "SELECT c.name, c.slug, y.n FROM (SELECT category, COUNT(*) AS n {mine} GROUP BY category) AS y \
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
                 COUNT(CASE WHEN created_at >= ? THEN 1 END), COUNT(CASE WHEN resolved_at >= ? THEN 1 END), \
                 COUNT(first_response_at), CAST(COALESCE(SUM((first_response_at - created_at) / 1000000), 0) AS BIGINT), \
                 CAST(COALESCE(SUM(public_comments + internal_comments), 0) AS BIGINT) {mine}"
            ),
            std::iter::once(micros(now).into()).chain(numbers),
        );
        figures.bind("", [micros(midnight).into(), micros(midnight).into()]).bind("", mine_values());
        Self { by_status_and_priority, by_category, figures }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a mean of fewer than 2^53 seconds")]
fn mean(seconds: i64, n: i64) -> Option<f64> {
    (n > 0).then(|| seconds as f64 / n as f64)
}

/// Days that are over come from the tally, the day that is not from the index.
fn tallied_figures(organization: i64, now: i64, midnight: i64) -> Sql {
    let organization = Value::from(organization);
    let of = |facet: Facet| [organization.clone(), facet.number().into()];
    let mut figures = Sql::new("SELECT ", []);
    figures.append(overdue(&organization, now)).push(", (");
    figures.bind(&sum("n"), of(Facet::Resolution)).push("), (").bind(&sum("total"), of(Facet::Resolution)).push("), (");
    for column in ["created_at", "resolved_at"] {
        let since = [organization.clone(), midnight.into()];
        figures.bind(&format!("SELECT COUNT(*) FROM ticket WHERE organization = ? AND {column} >= ?"), since).push("), (");
    }
    figures.bind(&sum("n"), of(Facet::FirstResponse)).push("), (").bind(&sum("total"), of(Facet::FirstResponse));
    figures.push("), (").bind(&sum("n"), of(Facet::Comment)).push(")");
    figures
}

/// How many tickets of the organization are active and past their deadline, as an expression.
pub(crate) fn overdue(organization: &Value, now: i64) -> Sql {
    let today = now.div_euclid(MICROS_A_DAY);
    let (active, numbers) = active();
    let mut overdue = Sql::new("(", []);
    overdue.bind(&sum("n"), [organization.clone(), Facet::DueDay.number().into()]).bind(" AND value < ?) + (", [today.into()]);
    let due_today = [organization.clone(), (today * MICROS_A_DAY).into(), now.into()];
    overdue.bind("SELECT COUNT(*) FROM ticket WHERE organization = ? AND due_at >= ? AND due_at < ?", due_today);
    overdue.bind(&format!(" AND +status IN ({active}))"), numbers);
    overdue
}

fn sum(column: &str) -> String {
    format!("SELECT CAST(COALESCE(SUM({column}), 0) AS BIGINT) FROM ticket_tally WHERE organization = ? AND facet = ?")
}

/// The active states: placeholders and numbers.
fn active() -> (String, Vec<Value>) {
    let numbers: Vec<Value> =
        Status::ALL.into_iter().filter(|status| status.is_active()).map(|status| status_number(status).into()).collect();
    (repeated("?", numbers.len()), numbers)
}
