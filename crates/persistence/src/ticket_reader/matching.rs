//! Tickets that a filter lets through, to be counted: those that have changed since some moment, and those that are open.

use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::ticket::port::Viewer;
use helpdesk_domain::ticket::{Status, TicketFilter};
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::branch::others;
use super::condition::{Column, Condition, Driver};
use super::plan::{Part, narrowest_for};
use super::wanted::Wanted;
use crate::column::{priority, status};
use crate::days;
use crate::fault::fault;
use crate::search::{Terms, matching, serial_column};
use crate::sql::{Fields, Sql, packed};
use crate::store::Store;
use crate::tally::{Counted, status_number};

/// The states of a ticket that has not come to its end.
const OPEN: [Status; 5] = [Status::New, Status::Open, Status::InProgress, Status::Pending, Status::OnHold];

/// The numbers of the states of a ticket that has not come to its end.
pub(crate) fn open() -> Vec<i64> {
    OPEN.into_iter().map(|status| i64::from(status_number(status))).collect()
}

/// Tickets that a filter lets through.
pub(crate) struct Matching {
    wanted: Wanted,
    /// The condition that its search is.
    found: Option<Sql>,
}

/// Open tickets that are alike.
pub(crate) struct OpenGroup {
    pub status: Status,
    pub priority: Option<helpdesk_domain::ticket::Priority>,
    pub assignee: Option<i64>,
    pub n: u64,
    pub overdue: u64,
}

impl Matching {
    /// Looks up what the filter refers to. None when nothing can match.
    pub async fn of(store: &Store, viewer: Viewer, filter: &TicketFilter) -> Result<Option<Self>, StoreError> {
        let Some(wanted) = Wanted::of(store, viewer, filter).await? else { return Ok(None) };
        if wanted.is_nothing() {
            return Ok(None);
        }
        let Some(search) = &filter.search else { return Ok(Some(Self { wanted, found: None })) };
        let terms = Terms::of(store.reader(), wanted.organization, search).await.map_err(fault)?;
        Ok(terms.map(|terms| {
            let backend = store.backend();
            let mut found =
                Sql::new(format!("t.serial IN (SELECT {} FROM ticket_search AS s WHERE ", serial_column(backend)), []);
            found.append(matching(backend, wanted.reach(), &terms)).push(")");
            Self { wanted, found: Some(found) }
        }))
    }

    /// Those that have changed since that moment, at most so many.
    pub async fn changed(&self, connection: &impl ConnectionTrait, since: i64, most: i64) -> Result<Vec<Counted>, DbErr> {
        let backend = connection.get_database_backend();
        let driver = narrowest_for(connection, &self.wanted, Part::ChangedSince(since)).await?;
        let plus = if driver == Driver::Order { "" } else { "+" };
        let fields = packed(backend, &days::columns(backend), "");
        let mut question = Sql::new(format!("SELECT CAST({fields} AS TEXT) FROM (SELECT t.*"), []);
        question
            .append(self.range(driver, None))
            .bind(&format!(" AND {plus}t.updated_at >= ? LIMIT ?) AS t"), [since.into(), most.into()]);
        let read = |fields: &mut Fields<'_>| days::counted(self.wanted.organization, fields);
        Ok(question.one(connection, |row| row.rows(read)).await?.unwrap_or_default())
    }

    /// Those that are open.
    pub async fn open(&self, connection: &impl ConnectionTrait, now: i64) -> Result<Vec<OpenGroup>, DbErr> {
        let backend = connection.get_database_backend();
        let driver = narrowest_for(connection, &self.wanted, Part::Open).await?;
        let fields = packed(backend, "status, priority, assignee, n, overdue", "");
        let mut question =
            Sql::new(format!("SELECT CAST({fields} AS TEXT) FROM (SELECT t.status, t.priority, t.assignee, COUNT(*) AS n, "), []);
        question.bind(
            "COUNT(CASE WHEN t.due_at < ? AND t.status <> ? THEN 1 END) AS overdue",
            [now.into(), status_number(Status::New).into()],
        );
        question.append(self.range(driver, Some(Condition::In(Column::Status, open()))));
        question.push(" GROUP BY t.status, t.priority, t.assignee) AS grouped");
        let read = |fields: &mut Fields<'_>| {
            let number = |n: i64| u64::try_from(n).unwrap_or(0);
            let (status, priority) = (status(fields.next()?)?, priority(fields.next()?)?);
            let assignee = fields.next()?;
            Ok(OpenGroup { status, priority, assignee, n: number(fields.next()?), overdue: number(fields.next()?) })
        };
        Ok(question.one(connection, |row| row.rows(read)).await?.unwrap_or_default())
    }

    fn range(&self, driver: Driver, more: Option<Condition>) -> Sql {
        let mut range = Sql::new(" FROM ticket AS t WHERE t.organization = ?", [Value::from(self.wanted.organization)]);
        for condition in others(&self.wanted, &[]).into_iter().chain(more) {
            range.push(" AND ").append(condition.sql(driver));
        }
        if let Some(found) = &self.found {
            range.push(" AND ").append(found.clone());
        }
        range
    }
}
