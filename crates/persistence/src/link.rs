//! Links between tickets, to show.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{LinkId, OrganizationId, Reference, TicketId};
use helpdesk_domain::kernel::{Page, PageRequest, Paging, StoreError};
use helpdesk_domain::link::port::LinkRepository;
use helpdesk_domain::link::{LinkKind, LinkView, Relation};
use helpdesk_domain::ticket::port::Viewer;
use sea_orm::{DbErr, Value};

use crate::Store;
use crate::column::{damaged, moment};
use crate::fault::{fault, lost};
use crate::sql::{Fields, Sql};
use crate::ticket_reader::{brief, cut, empty, limit, person, person_columns, seen};

#[async_trait]
impl LinkRepository for Store {
    async fn page(&self, viewer: Viewer, ticket: TicketId, page: &PageRequest) -> Result<Page<LinkView>, StoreError> {
        let Some(ticket) = self.linked(viewer, ticket).await? else { return Ok(empty(page)) };
        let total = if page.wants_count() {
            let mut question = Sql::new("SELECT COUNT(*)", []);
            question.append(from(ticket, viewer));
            Some(u64::try_from(question.number(self.reader()).await.map_err(fault)?).unwrap_or(0))
        } else {
            None
        };
        let mut question = links(ticket, viewer);
        if let Paging::After(cursor) = &page.paging {
            let serial: i64 = cursor.parse().map_err(|_| fault(lost()))?;
            question.bind(" AND l.serial > ?", [serial.into()]);
        }
        question.push(" ORDER BY l.serial").append(limit(page));
        let found = question.all(self.reader(), read).await.map_err(fault)?;
        let (items, next) = cut(found, page, |last| last.serial.to_string());
        Ok(Page { items, total, next })
    }

    async fn find(&self, viewer: Viewer, ticket: TicketId, link: &Reference) -> Result<Option<LinkView>, StoreError> {
        let Some(ticket) = self.linked(viewer, ticket).await? else { return Ok(None) };
        let mut question = links(ticket, viewer);
        match link {
            Reference::Id(id) => question.bind(" AND l.id = ?", [Value::from(*id)]),
            Reference::Serial(serial) => question.bind(" AND l.serial = ?", [Value::from(*serial)]),
            Reference::Name(_) => return Ok(None),
        };
        question.one(self.reader(), read).await.map_err(fault)
    }

    async fn exists(
        &self,
        organization: OrganizationId,
        one: TicketId,
        other: TicketId,
        kind: LinkKind,
    ) -> Result<bool, StoreError> {
        const TICKET: &str = "(SELECT serial FROM ticket WHERE organization = ? AND id = ?)";
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(false) };
        let text = format!(
            "SELECT COUNT(*) FROM ticket_link WHERE kind = ? AND ((source = {TICKET} AND target = {TICKET}) \
             OR (source = {TICKET} AND target = {TICKET}))"
        );
        let pairs = [one, other, other, one].into_iter().flat_map(|id| [Value::from(organization), id.0.into()]);
        let n = Sql::new(text, std::iter::once(Value::from(kind.word())).chain(pairs)).number(self.reader()).await;
        Ok(n.map_err(fault)? > 0)
    }
}

impl Store {
    async fn linked(&self, viewer: Viewer, ticket: TicketId) -> Result<Option<i64>, StoreError> {
        let Some(organization) = self.organization_serial(viewer.organization).await? else { return Ok(None) };
        let text = "SELECT serial FROM ticket WHERE organization = ? AND id = ?";
        let found = Sql::new(text, [organization.into(), ticket.0.into()]).column(self.reader()).await;
        Ok(found.map_err(fault)?.pop())
    }
}

/// The links of a ticket with the other one, as `t`, where the viewer sees it; every question begins here.
fn from(ticket: i64, viewer: Viewer) -> Sql {
    let mut sql = Sql::new(
        " FROM ticket_link AS l JOIN ticket AS t ON t.serial = CASE WHEN l.source = ? THEN l.target ELSE l.source END \
         JOIN account AS r ON r.serial = t.requester LEFT JOIN account AS a ON a.serial = t.assignee \
         JOIN account AS w ON w.serial = l.created_by WHERE (l.source = ? OR l.target = ?)",
        [ticket.into(), ticket.into(), ticket.into()],
    );
    sql.append(seen(viewer.sight));
    sql
}

fn links(ticket: i64, viewer: Viewer) -> Sql {
    let text = format!(
        "SELECT l.id, l.serial, l.kind, CASE WHEN l.target = ? THEN 1 ELSE 0 END, l.created_at, {}, {}",
        brief::COLUMNS,
        person_columns("w")
    );
    let mut sql = Sql::new(text, [ticket.into()]);
    sql.append(from(ticket, viewer));
    sql
}

fn read(row: &mut Fields<'_>) -> Result<LinkView, DbErr> {
    let (id, serial, word) = (LinkId(row.next()?), row.next()?, row.next::<String>()?);
    let kind = LinkKind::parse(&word).ok_or_else(|| damaged("kind of link", &word))?;
    let relation = Relation { kind, is_inverse: row.next::<i32>()? == 1 };
    let created_at = moment(row.next()?)?;
    let ticket = brief::read(row)?;
    let created_by = person(row)?.ok_or_else(|| damaged("person", serial))?;
    Ok(LinkView { id, serial, relation, ticket, created_by, created_at })
}
