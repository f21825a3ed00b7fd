//! What is kept of people, to take out and to look for.

mod belongings;
mod log;
mod records;

use async_trait::async_trait;
use helpdesk_domain::event::Recorded;
use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::id::{OrganizationId, Reference, TicketId, UserId};
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::privacy::port::PersonalRepository;
use helpdesk_domain::privacy::{ERASED, PersonalRecord, PersonalView, Section};
use sea_orm::{DbErr, FromQueryResult, Value as Bound};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::Store;
use crate::audit;
use crate::column::{damaged, moment, some_moment};
use crate::fault::fault;
use crate::portable;
use crate::sql::Sql;

#[derive(FromQueryResult)]
struct Account {
    serial: i64,
    username: String,
    email: String,
    first_name: String,
    last_name: String,
    middle_name: String,
    suffix: String,
    role: String,
    is_approved: bool,
    is_active: bool,
    department: Option<String>,
    company_number: i64,
    image: Option<String>,
    created_at: i64,
    updated_at: i64,
    last_active_at: Option<i64>,
    deleted_at: Option<i64>,
    erased_at: Option<i64>,
}

const ACCOUNT: &str = "SELECT a.serial, a.username, a.email, a.first_name, a.last_name, a.middle_name, a.suffix, a.role, \
    a.is_approved, a.is_active, d.name AS department, a.company_number, a.image, a.created_at, a.updated_at, a.last_active_at, \
    a.deleted_at, a.erased_at FROM account AS a LEFT JOIN department AS d ON d.serial = a.department \
    WHERE a.organization = ? AND a.id = ?";

/// Tickets on which something is left that their requester wrote.
const TICKETS: &str = "SELECT id FROM ticket WHERE organization = ? AND requester = (SELECT serial FROM account WHERE id = ?) \
    AND (title <> ? OR description <> ? OR contact_email IS NOT NULL OR custom_fields <> '{}') ORDER BY serial LIMIT ?";

/// Those that are there, and those that the log tells of.
const ASKED_FOR: &str = "SELECT id FROM ticket WHERE organization = ? AND requester = (SELECT serial FROM account WHERE id = ?) \
    UNION SELECT subject_id FROM event WHERE organization = ? AND subject_kind = 'ticket' AND payload LIKE ?";

/// The customers of work orders that somebody is, and where those live.
const SITES: &str = "SELECT c.id FROM customer AS c JOIN account AS a ON a.serial = c.account WHERE a.id = ? \
    UNION SELECT l.id FROM location AS l JOIN customer AS c ON c.serial = l.customer JOIN account AS a ON a.serial = c.account \
    WHERE a.id = ?";

#[async_trait]
impl PersonalRepository for Store {
    async fn person(&self, organization: OrganizationId, person: &Reference) -> Result<Option<PersonalView>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(None) };
        let Some(id) = audit::anybody(self, serial, person).await? else { return Ok(None) };
        let found: Option<Account> =
            portable::one(self.reader(), ACCOUNT, vec![serial.into(), id.0.into()]).await.map_err(fault)?;
        let Some(account) = found else { return Ok(None) };
        account.shown(id, self.sites_of(id).await?).map(Some).map_err(fault)
    }

    async fn records(
        &self,
        organization: OrganizationId,
        person: UserId,
        section: Section,
        after: i64,
        limit: u64,
    ) -> Result<(Vec<PersonalRecord>, Option<i64>), StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok((Vec::new(), None)) };
        records::read(self.reader(), organization, person, section, after, limit).await.map_err(fault)
    }

    async fn tickets(&self, organization: OrganizationId, person: UserId, limit: u64) -> Result<Vec<TicketId>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let values = [organization.into(), person.0.into(), ERASED.into(), ERASED.into(), limit.cast_signed().into()];
        let found: Vec<Uuid> = Sql::new(TICKETS, values).column(self.reader()).await.map_err(fault)?;
        Ok(found.into_iter().map(TicketId).collect())
    }

    async fn asked_for(&self, organization: OrganizationId, person: UserId) -> Result<Vec<TicketId>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let values = [organization.into(), person.0.into(), organization.into(), requested_by(person)];
        let found: Vec<Uuid> = Sql::new(ASKED_FOR, values).column(self.reader()).await.map_err(fault)?;
        Ok(found.into_iter().map(TicketId).collect())
    }

    async fn reached(&self, organization: OrganizationId, person: UserId) -> Result<i64, StoreError> {
        log::reached(self, organization, person).await.map_err(fault)
    }

    async fn deeds(
        &self,
        organization: OrganizationId,
        person: UserId,
        tickets: &[TicketId],
        until: i64,
    ) -> Result<Vec<Recorded>, StoreError> {
        log::deeds(self, organization, person, tickets, until).await
    }

    async fn events(
        &self,
        organization: OrganizationId,
        person: UserId,
        things: &[Uuid],
        after: i64,
        positions: i64,
    ) -> Result<Option<(Vec<Recorded>, i64)>, StoreError> {
        log::events(self, organization, person, things, after, positions).await
    }
}

/// What the event has in it by which somebody asked for a ticket.
fn requested_by(person: UserId) -> Bound {
    format!("%\"requester\":\"{person}\"%").into()
}

impl Store {
    async fn sites_of(&self, person: UserId) -> Result<Vec<Uuid>, StoreError> {
        Sql::new(SITES, [person.0.into(), person.0.into()]).column(self.reader()).await.map_err(fault)
    }
}

impl Account {
    fn shown(self, id: UserId, sites: Vec<Uuid>) -> Result<PersonalView, DbErr> {
        let role = Role::parse(&self.role).ok_or_else(|| damaged("role", &self.role))?;
        let is_there = self.is_active && self.is_approved && self.deleted_at.is_none();
        Ok(PersonalView {
            id,
            serial: self.serial,
            is_active_admin: role == Role::Admin && is_there,
            sites,
            erased_at: some_moment(self.erased_at)?,
            account: self.fields()?,
        })
    }

    fn fields(self) -> Result<Map<String, Value>, DbErr> {
        let fields = [
            ("username", json!(self.username)),
            ("email", json!(self.email)),
            ("first_name", json!(self.first_name)),
            ("middle_name", json!(self.middle_name)),
            ("last_name", json!(self.last_name)),
            ("suffix", json!(self.suffix)),
            ("role", json!(self.role)),
            ("department", json!(self.department)),
            ("company_id", json!(format!("MA{:04}", self.company_number))),
            ("has_picture", json!(self.image.is_some())),
            ("is_approved", json!(self.is_approved)),
            ("is_active", json!(self.is_active)),
            ("created_at", time(Some(self.created_at))?),
            ("updated_at", time(Some(self.updated_at))?),
            ("last_active_at", time(self.last_active_at)?),
            ("deleted_at", time(self.deleted_at)?),
        ];
        Ok(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// A time as it is read by people and programs.
fn time(micros: Option<i64>) -> Result<Value, DbErr> {
    let time: Option<Moment> = micros.map(moment).transpose()?;
    Ok(json!(time))
}
