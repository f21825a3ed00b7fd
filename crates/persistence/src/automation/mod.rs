//! Rules, to decide on and to show, and what they did.

mod glossary;
mod macros;
mod queue;

use async_trait::async_trait;
use helpdesk_domain::automation::port::{RuleOrder, RuleQuery, RuleRepository};
use helpdesk_domain::automation::{Outcome, Rule, RuleLogView, RuleState, RuleView, TriggerKind};
use helpdesk_domain::kernel::id::{OrganizationId, RuleId, TicketId};
use helpdesk_domain::kernel::text::{Label, Note};
use helpdesk_domain::kernel::{Page, PageRequest, Paging, Reference, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QueryOrder, QueryResult, QueryTrait, Select,
};

use crate::Store;
use crate::column::{damaged, from_json, moment};
use crate::entity::rule::{Column, Entity, Model};
use crate::fault::{fault, lost};
use crate::page::{self, Key, Keys};
use crate::sql::{Fields, Sql};
use crate::taxonomy::catalog::containing;
use crate::ticket_reader::{cut, limit};

/// The organization's rules; every query starts here.
fn in_organization(organization: i64) -> Select<Entity> {
    Entity::find().filter(Column::Organization.eq(organization))
}

const EXTENT: &str = "SELECT COUNT(*), COALESCE(MAX(r.position), 0) FROM rule AS r JOIN organization AS o ON o.serial = r.organization \
    WHERE o.id = ?";

const LOG: &str = "SELECT l.serial, l.ticket, t.number, t.title, l.event_position, l.outcome, l.detail, l.created_at FROM rule_log AS l \
    LEFT JOIN ticket AS t ON t.id = l.ticket WHERE l.rule = (SELECT serial FROM rule WHERE organization = ? AND id = ?)";

const LINES: &str = "SELECT COUNT(*) FROM rule_log WHERE rule = (SELECT serial FROM rule WHERE organization = ? AND id = ?)";

#[async_trait]
impl RuleRepository for Store {
    async fn find(&self, organization: OrganizationId, rule: &Reference) -> Result<Option<Rule>, StoreError> {
        Ok(RuleRepository::view(self, organization, rule).await?.map(|view| view.rule))
    }

    async fn view(&self, organization: OrganizationId, rule: &Reference) -> Result<Option<RuleView>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(None) };
        let meant = match rule {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let row = in_organization(serial).filter(meant).one(self.reader()).await.map_err(fault)?;
        row.map(|row| view(organization, row)).transpose().map_err(fault)
    }

    async fn page(
        &self,
        organization: OrganizationId,
        query: &RuleQuery,
        page: &PageRequest,
    ) -> Result<Page<RuleView>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(nothing(page)) };
        let RuleQuery { search, is_active, trigger, order, descending } = query;
        let mut found = in_organization(serial);
        if let Some(text) = search {
            found = found.filter(Expr::col((Entity, Column::NameKey)).like(containing(&text.to_lowercase())));
        }
        if let Some(active) = is_active {
            found = found.filter(Column::IsActive.eq(*active));
        }
        if let Some(kind) = trigger {
            found = found.filter(Column::TriggerKind.eq(kind.word()));
        }
        let keys = Keys { columns: keys(*order), descending: *descending };
        let read = |row: &QueryResult| view(organization, Model::from_query_result(row, "")?);
        page::read(self.reader(), found.into_query(), &keys, page, read).await.map_err(fault)
    }

    async fn extent(&self, organization: OrganizationId) -> Result<(u64, i64), StoreError> {
        let read = |row: &mut Fields<'_>| Ok((row.next::<i64>()?, row.next::<i64>()?));
        let found = Sql::new(EXTENT, [organization.0.into()]).one(self.reader(), read).await.map_err(fault)?;
        let (count, last) = found.unwrap_or_default();
        Ok((count.unsigned_abs(), last))
    }

    async fn on_events(&self, organization: OrganizationId) -> Result<Vec<Rule>, StoreError> {
        self.active(organization, TriggerKind::Event).await
    }

    async fn on_time(&self, organization: OrganizationId) -> Result<Vec<Rule>, StoreError> {
        self.active(organization, TriggerKind::Time).await
    }

    async fn log(&self, organization: OrganizationId, rule: RuleId, page: &PageRequest) -> Result<Page<RuleLogView>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(nothing(page)) };
        let meant = || [serial.into(), rule.0.into()];
        let total = if page.wants_count() {
            Some(Sql::new(LINES, meant()).number(self.reader()).await.map_err(fault)?.unsigned_abs())
        } else {
            None
        };
        let mut question = Sql::new(LOG, meant());
        if let Paging::After(cursor) = &page.paging {
            question.bind(" AND l.serial < ?", [cursor.parse::<i64>().map_err(|_| fault(lost()))?.into()]);
        }
        question.push(" ORDER BY l.serial DESC").append(limit(page));
        let found = question.all(self.reader(), line).await.map_err(fault)?;
        let (items, next) = cut(found, page, |line| line.serial.to_string());
        Ok(Page { items, total, next })
    }
}

impl Store {
    async fn active(&self, organization: OrganizationId, kind: TriggerKind) -> Result<Vec<Rule>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let active = in_organization(serial).filter(Column::IsActive.eq(true)).filter(Column::TriggerKind.eq(kind.word()));
        let rows = active.order_by_asc(Column::Position).order_by_asc(Column::Serial).all(self.reader()).await.map_err(fault)?;
        let rules = rows.into_iter().map(|row| view(organization, row).map(|view| view.rule));
        rules.collect::<Result<_, _>>().map_err(fault)
    }
}

fn nothing<T>(page: &PageRequest) -> Page<T> {
    Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None }
}

fn keys(order: RuleOrder) -> Vec<Key> {
    let key = |column: Column, is_text| {
        let expression = Expr::col((Entity, column));
        Key { name: column.as_str().to_owned(), expression, is_text }
    };
    let serial = || key(Column::Serial, false);
    match order {
        RuleOrder::Position => vec![key(Column::Position, false), serial()],
        RuleOrder::Name => vec![key(Column::NameKey, true), serial()],
        RuleOrder::CreatedAt => vec![serial()],
    }
}

fn line(row: &mut Fields<'_>) -> Result<RuleLogView, DbErr> {
    let (serial, ticket) = (row.next()?, TicketId(row.next()?));
    let (number, title): (Option<i64>, Option<String>) = (row.next()?, row.next()?);
    let (event, outcome): (_, i16) = (row.next()?, row.next()?);
    let outcome = usize::try_from(outcome).ok().and_then(|place| Outcome::ALL.get(place).copied());
    Ok(RuleLogView {
        serial,
        ticket: (ticket, number.zip(title)),
        event,
        outcome: outcome.ok_or_else(|| damaged("outcome", serial))?,
        detail: row.next()?,
        at: moment(row.next()?)?,
    })
}

fn view(organization: OrganizationId, row: Model) -> Result<RuleView, DbErr> {
    let Model {
        serial,
        id,
        organization: _,
        name,
        name_key: _,
        description,
        is_active,
        position,
        trigger_kind: _,
        begins_with,
        conditions,
        actions,
        active_since,
        created_at,
        updated_at,
        revision,
    } = row;
    let rule = Rule::new(RuleState {
        id: RuleId(id),
        organization,
        name: Label::trusted(name),
        description: Note::trusted(description),
        is_active,
        position,
        trigger: from_json(&begins_with)?,
        conditions: from_json(&conditions)?,
        actions: from_json(&actions)?,
        active_since: moment(active_since)?,
        created_at: moment(created_at)?,
        updated_at: moment(updated_at)?,
        revision,
    });
    Ok(RuleView { rule, serial })
}
