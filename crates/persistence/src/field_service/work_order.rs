//! Work orders: one of them, who is booked, and what became of one.

use async_trait::async_trait;
use helpdesk_domain::field_service::port::{Booking, WorkOrderQuery, WorkOrderRepository, WorkSight};
use helpdesk_domain::field_service::{LONGEST_MINUTES, Slot, WorkOrderView};
use helpdesk_domain::kernel::id::{OrganizationId, WorkOrderId};
use helpdesk_domain::kernel::{Page, PageRequest, Paging, Reference, StoreError};
use helpdesk_domain::ticket::HistoryView;
use sea_orm::{DbErr, Value};

use super::row::{JOINS, orders, read};
use super::{OPEN, list};
use crate::Store;
use crate::column::{micros, moment};
use crate::fault::{fault, lost};
use crate::sql::Sql;
use crate::ticket_reader::{cut, empty, limit, person_columns, read_line};

#[async_trait]
impl WorkOrderRepository for Store {
    async fn view(
        &self,
        organization: OrganizationId,
        sight: WorkSight,
        order: &Reference,
    ) -> Result<Option<WorkOrderView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let Some(named) = named(order) else { return Ok(None) };
        let orders = orders(self.backend(), "");
        let text = format!("SELECT CAST({orders} AS TEXT) FROM work_order AS w {JOINS} WHERE w.organization = ? AND ");
        let mut question = Sql::new(text, [organization.into()]);
        question.append(named).append(seen(sight));
        let found = question.one(self.reader(), |row| row.rows(read)).await.map_err(fault)?;
        Ok(found.and_then(|mut orders| orders.pop()))
    }

    async fn page(
        &self,
        organization: OrganizationId,
        sight: WorkSight,
        query: &WorkOrderQuery,
        page: &PageRequest,
    ) -> Result<Page<WorkOrderView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(empty(page)) };
        list::page(self.reader(), organization, sight, query, page).await.map_err(fault)
    }

    async fn booked(&self, organization: OrganizationId, order: WorkOrderId, slot: &Slot) -> Result<Option<Booking>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let (from, to) = (micros(slot.from), micros(slot.to));
        let text = format!(
            "SELECT w.number, w.title, w.scheduled_at, w.ends_at FROM work_order AS w \
             WHERE w.technician = (SELECT serial FROM account WHERE organization = ? AND id = ?) AND w.scheduled_at < ? \
             AND w.scheduled_at > ? AND w.ends_at > ? AND w.ends_at > w.scheduled_at AND w.status IN ({OPEN}) AND w.id <> ? \
             ORDER BY w.scheduled_at LIMIT 1"
        );
        let earliest = from - LONGEST_MINUTES * 60_000_000;
        let values: [Value; 6] =
            [organization.into(), slot.technician.0.into(), to.into(), earliest.into(), from.into(), order.0.into()];
        let read = |row: &mut crate::sql::Fields<'_>| {
            let (number, title) = (row.next()?, row.next()?);
            Ok(Booking { number, title, from: moment(row.next()?)?, to: moment(row.next()?)? })
        };
        Sql::new(text, values).one(self.reader(), read).await.map_err(fault)
    }

    async fn history(
        &self,
        organization: OrganizationId,
        order: WorkOrderId,
        page: &PageRequest,
    ) -> Result<Page<HistoryView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(empty(page)) };
        self.lines(organization, order, page).await.map_err(fault)
    }
}

impl Store {
    async fn lines(&self, organization: i64, order: WorkOrderId, page: &PageRequest) -> Result<Page<HistoryView>, DbErr> {
        const OF_ORDER: &str = "h.work_order = (SELECT serial FROM work_order WHERE organization = ? AND id = ?)";
        let meant = || -> [Value; 2] { [organization.into(), order.0.into()] };
        let mut total = None;
        if page.wants_count() {
            let count = Sql::new(format!("SELECT COUNT(*) FROM work_order_history AS h WHERE {OF_ORDER}"), meant());
            total = Some(u64::try_from(count.number(self.reader()).await?).unwrap_or(0));
        }
        let text = format!(
            "SELECT h.serial, h.action, h.details, h.field, h.old_value, h.new_value, h.created_at, {}, NULL \
             FROM work_order_history AS h LEFT JOIN account AS w ON w.serial = h.actor WHERE {OF_ORDER}",
            person_columns("w")
        );
        let mut question = Sql::new(text, meant());
        if let Paging::After(cursor) = &page.paging {
            question.bind(" AND h.serial < ?", [Value::from(cursor.parse::<i64>().map_err(|_| lost())?)]);
        }
        question.push(" ORDER BY h.serial DESC").append(limit(page));
        let found = question.all(self.reader(), read_line).await?;
        let (items, next) = cut(found, page, |line| line.serial.to_string());
        Ok(Page { items, total, next })
    }
}

/// Which work order `w` is meant; none when none has such a name.
fn named(order: &Reference) -> Option<Sql> {
    Some(match order {
        Reference::Id(id) => Sql::new("w.id = ?", [(*id).into()]),
        Reference::Serial(serial) => Sql::new("w.serial = ?", [(*serial).into()]),
        Reference::Name(name) => Sql::new("w.number = ?", [Value::from(number(name)?)]),
    })
}

/// `WO0001` and on.
fn number(name: &str) -> Option<i64> {
    let digits = name.strip_prefix("WO").or_else(|| name.strip_prefix("wo"))?;
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// ` AND …` for what is seen of work orders `w`.
pub(super) fn seen(sight: WorkSight) -> Sql {
    match sight {
        WorkSight::All => Sql::default(),
        WorkSight::AssignedTo(user) => Sql::new(" AND w.technician = (SELECT serial FROM account WHERE id = ?)", [user.0.into()]),
    }
}
