//! A ticket in a list, as it is read from a row.

use std::str::FromStr;
use std::sync::LazyLock;

use chrono::NaiveDate;
use helpdesk_domain::attachment::ObjectKey;
use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::Sight;
use helpdesk_domain::kernel::id::{CategoryId, DepartmentId, TagId, TicketId, UserId};
use helpdesk_domain::sla::Pauses;
use helpdesk_domain::taxonomy::{CategoryBrief, DepartmentBrief, TagBrief};
use helpdesk_domain::ticket::{Employment, TicketRow, UserBrief};
use sea_orm::{DbBackend, DbErr};
use serde_json::Map;
use uuid::Uuid;

use crate::column::{damaged, deadline, from_json, moment, priority, some_moment, status};
use crate::sql::{Fields, fields, packed};

/// What [`read`] reads, in its order, to be [packed](crate::sql::packed). `t` is the ticket.
const COLUMNS: &str = "t.serial, #t.id, t.number, t.title, t.description, t.status, t.priority, t.sub_category, \
    t.contact_email, t.admin_notes, t.custom_fields, t.due_override, t.due_at, t.at_risk_at, t.scheduled_date, t.resolution, \
    t.rejection_reason, t.public_comments, t.internal_comments, t.file_count, t.created_at, t.updated_at, \
    t.first_response_at, t.resolved_at, t.closed_at, t.pauses, t.revision, \
    #c.id, c.serial, c.name, c.slug, c.color, #d.id, d.serial, d.name, \
    #r.id, r.serial, r.username, r.email, r.first_name, r.last_name, r.role, r.company_number, w.name, r.image, \
    #a.id, a.serial, a.username, a.email, a.first_name, a.last_name, a.role";

/// Tickets and `more` fields of each, in that order, as one value.
pub(super) fn tickets(backend: DbBackend, more: &str, order_by: &str) -> String {
    static SQLITE: LazyLock<String> = LazyLock::new(|| ticket(DbBackend::Sqlite));
    static POSTGRES: LazyLock<String> = LazyLock::new(|| ticket(DbBackend::Postgres));
    let ticket = if backend == DbBackend::Postgres { &POSTGRES } else { &SQLITE };
    packed(backend, &format!("{}{more}", ticket.as_str()), order_by)
}

/// The fields of a ticket, its tags among them.
fn ticket(backend: DbBackend) -> String {
    let tags = packed(backend, &fields(backend, "#tag.id, tag.serial, tag.name, tag.color"), "tag.name_key");
    format!(
        "{}, (SELECT {tags} FROM ticket_tag AS g JOIN tag ON tag.serial = g.tag WHERE t.tag_count > 0 AND g.ticket = t.serial)",
        fields(backend, COLUMNS)
    )
}

/// What [`COLUMNS`] names besides the ticket. Accounts that are gone keep their names.
pub(super) const JOINS: &str = "JOIN account AS r ON r.serial = t.requester LEFT JOIN account AS a ON a.serial = t.assignee \
    LEFT JOIN category AS c ON c.serial = t.category LEFT JOIN department AS d ON d.serial = t.department \
    LEFT JOIN department AS w ON w.serial = r.department";

/// What [`person`] reads of `account AS {alias}`, in its order.
pub(crate) fn person_columns(alias: &str) -> String {
    ["id", "serial", "username", "email", "first_name", "last_name", "role"].map(|column| format!("{alias}.{column}")).join(", ")
}

/// A row, and what only the store wants to know of it.
pub(super) struct Listed {
    pub row: TicketRow,
    pub due_at: i64,
    pub has_files: bool,
    /// Whether the viewer sees internal comments.
    pub shows_internal: bool,
}

/// Reads a ticket of [`tickets`]: without snippet, and without what the viewer may not see.
pub(super) fn read(fields: &mut Fields<'_>, sight: Sight) -> Result<Listed, DbErr> {
    let serial = fields.next()?;
    let id = TicketId(fields.next()?);
    let number = fields.next()?;
    let (title, description) = (fields.next()?, fields.next()?);
    let (status, priority) = (status(fields.next()?)?, priority(fields.next()?)?);
    let (sub_category, contact_email) = (fields.next()?, fields.next()?);
    let admin_notes: Option<String> = fields.next()?;
    let custom_fields = object(&fields.next::<String>()?)?;
    let due_override = some_moment(fields.next()?)?;
    let due_at = fields.next()?;
    let deadline = deadline(due_at, fields.next()?)?;
    let scheduled_date = fields.next::<Option<String>>()?.map(|day| date(&day)).transpose()?;
    let (resolution, rejection_reason) = (fields.next()?, fields.next()?);
    let (public, internal): (i64, i64) = (fields.next()?, fields.next()?);
    let has_files = fields.next::<i64>()? > 0;
    let (created_at, updated_at) = (moment(fields.next()?)?, moment(fields.next()?)?);
    let first_response_at = some_moment(fields.next()?)?;
    let (resolved_at, closed_at) = (some_moment(fields.next()?)?, some_moment(fields.next()?)?);
    let pauses = pauses(&fields.next::<String>()?)?;
    let revision = fields.next()?;
    let (category, department) = (category(fields)?, department(fields)?);
    let requester = person(fields)?.ok_or_else(|| damaged("requester", serial))?;
    let (company_number, works_at) = (fields.next()?, fields.next()?);
    let image = fields.next::<Option<String>>()?.map(ObjectKey::trusted);
    let employment = Employment { company_number, department: works_at, image };
    let assignee = person(fields)?;
    let tags = fields.rows(tag)?;
    let shows_internal = sight.covers_internal(assignee.as_ref().map(|person| person.id));
    let comments = if shows_internal { public + internal } else { public };
    let row = TicketRow {
        id,
        serial,
        number,
        title,
        description,
        status,
        priority,
        category,
        sub_category,
        department,
        requester,
        employment,
        assignee,
        contact_email,
        admin_notes: admin_notes.filter(|_| sight == Sight::All),
        tags,
        custom_fields,
        due_override,
        scheduled_date,
        resolution,
        rejection_reason,
        comment_count: u64::try_from(comments).unwrap_or(0),
        created_at,
        updated_at,
        first_response_at,
        resolved_at,
        closed_at,
        pauses,
        deadline,
        snippet: None,
        revision,
    };
    Ok(Listed { row, due_at, has_files, shows_internal })
}

/// Reads [`person_columns`]; none where nobody was joined.
pub(crate) fn person(fields: &mut Fields<'_>) -> Result<Option<UserBrief>, DbErr> {
    let Some(id) = fields.next::<Option<Uuid>>()? else {
        fields.skip(6);
        return Ok(None);
    };
    Ok(Some(UserBrief {
        id: UserId(id),
        serial: fields.next()?,
        username: fields.next()?,
        email: fields.next()?,
        first_name: fields.next()?,
        last_name: fields.next()?,
        role: role(&fields.next::<String>()?)?,
    }))
}

/// Reads id, serial, name, slug and color.
pub(crate) fn category(fields: &mut Fields<'_>) -> Result<Option<CategoryBrief>, DbErr> {
    let Some(id) = fields.next::<Option<Uuid>>()? else {
        fields.skip(4);
        return Ok(None);
    };
    let (serial, name, slug, color) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    Ok(Some(CategoryBrief { id: CategoryId(id), serial, name, slug, color }))
}

fn department(fields: &mut Fields<'_>) -> Result<Option<DepartmentBrief>, DbErr> {
    let Some(id) = fields.next::<Option<Uuid>>()? else {
        fields.skip(2);
        return Ok(None);
    };
    Ok(Some(DepartmentBrief { id: DepartmentId(id), serial: fields.next()?, name: fields.next()? }))
}

/// Reads id, serial, name and color.
pub(crate) fn tag(fields: &mut Fields<'_>) -> Result<TagBrief, DbErr> {
    let (id, serial) = (TagId(fields.next()?), fields.next()?);
    Ok(TagBrief { id, serial, name: fields.next()?, color: fields.next()? })
}

fn role(word: &str) -> Result<Role, DbErr> {
    Role::parse(word).ok_or_else(|| damaged("role", word))
}

fn date(text: &str) -> Result<NaiveDate, DbErr> {
    NaiveDate::from_str(text).map_err(|_| damaged("date", text))
}

/// Most tickets have no fields of their own.
fn object(text: &str) -> Result<Map<String, serde_json::Value>, DbErr> {
    if text == "{}" { Ok(Map::new()) } else { from_json(text) }
}

/// Most tickets have never waited.
fn pauses(text: &str) -> Result<Pauses, DbErr> {
    if text == "[]" { Ok(Pauses::default()) } else { from_json(text) }
}
