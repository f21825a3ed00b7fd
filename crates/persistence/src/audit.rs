//! The audit log, to show.

use async_trait::async_trait;
use helpdesk_domain::audit::port::AuditRepository;
use helpdesk_domain::audit::{AuditAction, AuditQuery, AuditSubject, AuditView};
use helpdesk_domain::kernel::id::{OrganizationId, Reference, UserId};
use helpdesk_domain::kernel::text::Email;
use helpdesk_domain::kernel::{Page, PageRequest, Paging, StoreError};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use crate::Store;
use crate::column::{from_json, micros, moment};
use crate::fault::{fault, lost};
use crate::portable::repeated;
use crate::sql::{Fields, Sql};
use crate::ticket_reader::{cut, empty, limit, person, person_columns};

/// A count stops here.
const MOST_COUNTED: i64 = 10_000;

#[async_trait]
impl AuditRepository for Store {
    async fn page(
        &self,
        organization: OrganizationId,
        query: &AuditQuery,
        page: &PageRequest,
    ) -> Result<Page<AuditView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(empty(page)) };
        let wanted = wanted(organization, query);
        let total = if page.wants_count() { Some(self.count_audit(wanted.clone()).await?) } else { None };
        let columns = "e.serial, e.id, e.action, e.subject_kind, e.subject_id, e.details, e.created_at";
        let mut question = Sql::new(
            format!(
                "SELECT {columns}, {} FROM audit_entry AS e LEFT JOIN account AS w ON w.serial = e.actor",
                person_columns("w")
            ),
            [],
        );
        question.append(wanted);
        if let Paging::After(cursor) = &page.paging {
            let (at, serial) = place(cursor).ok_or_else(|| fault(lost()))?;
            question.bind(" AND (e.created_at, e.serial) < (?, ?)", [at.into(), serial.into()]);
        }
        question.push(" ORDER BY e.created_at DESC, e.serial DESC").append(limit(page));
        let found = question.all(self.reader(), entry).await.map_err(fault)?;
        let (items, next) = cut(found, page, |last| format!("{}.{}", micros(last.created_at), last.serial));
        Ok(Page { items, total, next })
    }

    async fn person(&self, organization: OrganizationId, person: &Reference) -> Result<Option<UserId>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        anybody(self, organization, person).await
    }
}

/// The person who is meant, also when their account is gone; those who are there come first.
pub(crate) async fn anybody(store: &Store, organization: i64, person: &Reference) -> Result<Option<UserId>, StoreError> {
    let (meant, values): (&str, Vec<Value>) = match person {
        Reference::Id(id) => ("id = ?", vec![(*id).into()]),
        Reference::Serial(serial) => ("serial = ?", vec![(*serial).into()]),
        Reference::Name(name) => {
            let key = Email::trusted(name.clone()).key();
            ("(username_key = ? OR email_key = ?)", vec![key.clone().into(), key.into()])
        }
    };
    let text = format!("SELECT id FROM account WHERE organization = ? AND {meant} ORDER BY deleted_at IS NOT NULL, serial DESC");
    let mut question = Sql::new(text, [organization.into()]);
    question.bind(" LIMIT 1", values);
    question.one(store.reader(), |row| row.next::<Uuid>()).await.map(|found| found.map(UserId)).map_err(fault)
}

impl Store {
    async fn count_audit(&self, wanted: Sql) -> Result<u64, StoreError> {
        let mut question = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one FROM audit_entry AS e", []);
        question.append(wanted).bind(" LIMIT ?) AS counted", [MOST_COUNTED.into()]);
        let n = question.number(self.reader()).await.map_err(fault)?;
        Ok(u64::try_from(n).unwrap_or(0))
    }
}

/// ` WHERE …`: the lines that are wanted; every question begins here.
fn wanted(organization: i64, query: &AuditQuery) -> Sql {
    let AuditQuery { actor, actions, created_after, created_before } = query;
    let mut sql = Sql::new(" WHERE e.organization = ?", [organization.into()]);
    if let Some(user) = actor {
        sql.bind(
            " AND e.actor = (SELECT serial FROM account WHERE organization = ? AND id = ?)",
            [organization.into(), user.0.into()],
        );
    }
    if !actions.is_empty() {
        let words = actions.iter().copied().map(AuditAction::word).map(Value::from);
        sql.bind(&format!(" AND e.action IN ({})", repeated("?", actions.len())), words);
    }
    if let Some(from) = created_after {
        sql.bind(" AND e.created_at >= ?", [micros(*from).into()]);
    }
    if let Some(before) = created_before {
        sql.bind(" AND e.created_at < ?", [micros(*before).into()]);
    }
    sql
}

/// The place that a cursor names.
fn place(cursor: &str) -> Option<(i64, i64)> {
    let (at, serial) = cursor.split_once('.')?;
    Some((at.parse().ok()?, serial.parse().ok()?))
}

fn entry(row: &mut Fields<'_>) -> Result<AuditView, DbErr> {
    let (serial, id, action) = (row.next()?, row.next()?, row.next()?);
    let (kind, subject) = (row.next::<Option<String>>()?, row.next::<Option<Uuid>>()?);
    let details = from_json(&row.next::<String>()?)?;
    let created_at = moment(row.next()?)?;
    let subject = kind.zip(subject).map(|(kind, id)| AuditSubject { kind, id });
    Ok(AuditView { id, serial, actor: person(row)?, action, subject, details, created_at })
}
