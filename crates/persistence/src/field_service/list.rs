//! Lists of work orders: the serials of a page from an index, then those work orders whole, and the count, in one
//! statement.

use helpdesk_domain::field_service::WorkOrderView;
use helpdesk_domain::field_service::port::{WorkOrderQuery, WorkOrderSort, WorkSight};
use helpdesk_domain::kernel::{Page, PageRequest, Paging};
use helpdesk_domain::ticket::AssigneeFilter;
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::row::{JOINS, orders, read};
use super::tally::Facet;
use super::work_order::seen;
use super::{found, priority_number, status_number};
use crate::column::{NEVER, micros};
use crate::fault::lost;
use crate::portable::repeated;
use crate::sql::{Fields, Sql};
use crate::ticket_reader::{cut, empty, limit};

/// A part of a list.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    organization: i64,
    sight: WorkSight,
    query: &WorkOrderQuery,
    page: &PageRequest,
) -> Result<Page<WorkOrderView>, DbErr> {
    let order = Order { sort: query.sort, descending: query.descending };
    if let Some(search) = &query.search {
        let wanted = found::Wanted { organization, sight, query, order };
        return found::page(connection, &wanted, search, page).await;
    }
    let mut part = Sql::new(format!("SELECT w.serial AS serial, {} AS k0 FROM work_order AS w", order.key()), []);
    part.append(of(organization, sight, query)).append(conditions(organization, sight, query));
    part.append(order.behind(page, "w.serial")?).push(&order.by("w.serial")).append(limit(page));
    let total = page.wants_count().then(|| count(organization, sight, query));
    load(connection, total, part, order, page).await
}

/// Loads the work orders whose serials `part` gives, and the answer to `total`, in one statement.
pub(super) async fn load(
    connection: &impl ConnectionTrait,
    total: Option<Sql>,
    part: Sql,
    order: Order,
    page: &PageRequest,
) -> Result<Page<WorkOrderView>, DbErr> {
    let is_counted = total.is_some();
    let direction = order.direction();
    let orders = orders(connection.get_database_backend(), &format!("p.k0 {direction}, p.serial {direction}"));
    let mut question = Sql::new("SELECT (", []);
    question
        .append(total.unwrap_or_else(|| Sql::new("SELECT CAST(0 AS BIGINT)", [])))
        .push(&format!("), (SELECT CAST({orders} AS TEXT) FROM ("));
    question.append(part).push(&format!(") AS p JOIN work_order AS w ON w.serial = p.serial {JOINS})"));
    let both = |row: &mut Fields<'_>| Ok((row.next::<i64>()?, row.rows(read)?));
    let Some((total, listed)) = question.one(connection, both).await? else { return Ok(empty(page)) };
    let (items, next) = cut(listed, page, |last| order.cursor(last));
    Ok(Page { items, total: is_counted.then(|| u64::try_from(total).unwrap_or(0)), next })
}

/// What a list is sorted by; ties go the same way, by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub sort: WorkOrderSort,
    pub descending: bool,
}

impl Order {
    /// What work orders `w` are sorted by, besides their age.
    pub const fn key(self) -> &'static str {
        match self.sort {
            WorkOrderSort::CreatedAt => "w.serial",
            WorkOrderSort::ScheduledAt => "w.scheduled_at",
            WorkOrderSort::UpdatedAt => "w.updated_at",
            WorkOrderSort::Priority => "w.priority",
            WorkOrderSort::Status => "w.status",
        }
    }

    pub const fn direction(self) -> &'static str {
        if self.descending { "DESC" } else { "ASC" }
    }

    /// ` ORDER BY …`; `serial` is where the serial stands.
    pub fn by(self, serial: &str) -> String {
        let direction = self.direction();
        if self.sort == WorkOrderSort::CreatedAt {
            return format!(" ORDER BY {serial} {direction}");
        }
        format!(" ORDER BY {} {direction}, {serial} {direction}", self.key())
    }

    /// ` AND …` for what comes behind the place where a walk goes on; `own` is where the serial stands.
    pub fn behind(self, page: &PageRequest, own: &str) -> Result<Sql, DbErr> {
        let Paging::After(cursor) = &page.paging else { return Ok(Sql::default()) };
        let (key, serial) = self.place(cursor).ok_or_else(lost)?;
        let sign = if self.descending { "<" } else { ">" };
        if self.sort == WorkOrderSort::CreatedAt {
            return Ok(Sql::new(format!(" AND {own} {sign} ?"), [serial.into()]));
        }
        Ok(Sql::new(format!(" AND ({}, {own}) {sign} (?, ?)", self.key()), [key.into(), serial.into()]))
    }

    /// The place of a work order in this order, as text: the order, its key, its serial.
    pub fn cursor(self, order: &WorkOrderView) -> String {
        let key = match self.sort {
            WorkOrderSort::CreatedAt => order.serial,
            WorkOrderSort::ScheduledAt => order.scheduled_at.map_or(NEVER, micros),
            WorkOrderSort::UpdatedAt => micros(order.updated_at),
            WorkOrderSort::Priority => priority_number(order.priority).into(),
            WorkOrderSort::Status => status_number(order.status).into(),
        };
        format!("{}.{key}.{}", self.letter(), order.serial)
    }

    fn place(self, cursor: &str) -> Option<(i64, i64)> {
        let mut parts = cursor.split('.');
        let (letter, key, serial) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        (letter == self.letter() && parts.next().is_none()).then_some((key, serial))
    }

    /// Small when ascending.
    const fn letter(self) -> &'static str {
        match (self.sort, self.descending) {
            (WorkOrderSort::CreatedAt, false) => "c",
            (WorkOrderSort::CreatedAt, true) => "C",
            (WorkOrderSort::ScheduledAt, false) => "t",
            (WorkOrderSort::ScheduledAt, true) => "T",
            (WorkOrderSort::UpdatedAt, false) => "u",
            (WorkOrderSort::UpdatedAt, true) => "U",
            (WorkOrderSort::Priority, false) => "p",
            (WorkOrderSort::Priority, true) => "P",
            (WorkOrderSort::Status, false) => "s",
            (WorkOrderSort::Status, true) => "S",
        }
    }
}

/// ` AND …` for everything that is wanted of work orders `w`, besides words.
pub(super) fn conditions(organization: i64, sight: WorkSight, query: &WorkOrderQuery) -> Sql {
    let mut wanted = seen(sight);
    wanted.append(sorts(query, "w."));
    let meant = [
        ("customer", "customer", query.customer.map(|id| id.0)),
        ("location", "location", query.location.map(|id| id.0)),
        ("ticket", "ticket", query.ticket.map(|id| id.0)),
    ];
    for (column, table, id) in meant {
        if let Some(id) = id {
            let text = format!(" AND w.{column} = (SELECT serial FROM {table} WHERE organization = ? AND id = ?)");
            wanted.bind(&text, [organization.into(), id.into()]);
        }
    }
    match query.technician {
        None => {}
        Some(AssigneeFilter::Nobody) => drop(wanted.push(" AND w.technician IS NULL")),
        Some(AssigneeFilter::User(user)) => drop(wanted.append(seen(WorkSight::AssignedTo(user)))),
    }
    if let Some(after) = query.scheduled_after {
        wanted.bind(" AND w.scheduled_at >= ?", [micros(after).into()]);
    }
    if query.scheduled_after.is_some() || query.scheduled_before.is_some() {
        let before = query.scheduled_before.map_or(NEVER, micros);
        wanted.bind(" AND w.scheduled_at < ?", [before.into()]);
    }
    wanted
}

/// ` AND …` for the states and priorities that are wanted.
fn sorts(query: &WorkOrderQuery, of: &str) -> Sql {
    let mut sorts = Sql::default();
    let statuses: Vec<i16> = query.statuses.iter().map(|status| status_number(*status)).collect();
    let priorities: Vec<i16> = query.priorities.iter().map(|priority| priority_number(*priority)).collect();
    for (column, wanted) in [("status", statuses), ("priority", priorities)] {
        match wanted.as_slice() {
            [] => {}
            [one] => drop(sorts.bind(&format!(" AND {of}{column} = ?"), [Value::from(*one)])),
            some => {
                let text = format!(" AND {of}{column} IN ({})", repeated("?", some.len()));
                sorts.bind(&text, some.iter().map(|number| Value::from(*number)));
            }
        }
    }
    sorts
}

/// How many there are: from the tally where it knows, else by an index.
fn count(organization: i64, sight: WorkSight, query: &WorkOrderQuery) -> Sql {
    if let Some(facet) = facet(sight, query) {
        let text =
            "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM work_order_tally WHERE organization = ? AND facet = ? AND value = ";
        let (number, value) = facet;
        let mut question = Sql::new(text, [organization.into(), number.number().into()]);
        question.append(value).append(sorts(query, ""));
        return question;
    }
    let mut question = Sql::new("SELECT COUNT(*) FROM work_order AS w", []);
    question.append(of(organization, sight, query)).append(conditions(organization, sight, query));
    question
}

/// ` WHERE …` of the organization's work orders `w`. Where they are somebody's or somewhere, a plus keeps the indexes of the whole
/// organization out: those few are sorted instead of being looked for among all.
fn of(organization: i64, sight: WorkSight, query: &WorkOrderQuery) -> Sql {
    let is_few = sight != WorkSight::All
        || query.technician.is_some()
        || query.customer.is_some()
        || query.location.is_some()
        || query.ticket.is_some();
    Sql::new(format!(" WHERE {}w.organization = ?", if is_few { "+" } else { "" }), [organization.into()])
}

/// What the work orders of a list have in common besides state and priority; none when it is not one thing of the tally.
fn facet(sight: WorkSight, query: &WorkOrderQuery) -> Option<(Facet, Sql)> {
    let is_timed = query.scheduled_after.is_some() || query.scheduled_before.is_some();
    if is_timed || query.location.is_some() || query.ticket.is_some() {
        return None;
    }
    let of = |table: &str, id: uuid::Uuid| Sql::new(format!("(SELECT serial FROM {table} WHERE id = ?)"), [id.into()]);
    let technician = match sight {
        WorkSight::All => None,
        WorkSight::AssignedTo(user) => Some(of("account", user.0)),
    };
    let wanted = query.technician.map(|filter| match filter {
        AssigneeFilter::Nobody => Sql::new("0", []),
        AssigneeFilter::User(user) => of("account", user.0),
    });
    let customer = query.customer.map(|customer| of("customer", customer.0));
    let facets = [(Facet::Technician, technician), (Facet::Technician, wanted), (Facet::Customer, customer)];
    let mut given = facets.into_iter().filter_map(|(facet, value)| Some((facet, value?)));
    let first = given.next();
    given.next().is_none().then(|| first.unwrap_or_else(|| (Facet::All, Sql::new("0", []))))
}
