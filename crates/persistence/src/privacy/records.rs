//! What is kept of a person, section by section.

use helpdesk_domain::field_service::Coordinate;
use helpdesk_domain::kernel::id::{TicketId, UserId};
use helpdesk_domain::privacy::{PersonalRecord, Section};
use helpdesk_domain::ticket::{Priority, Status};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{belongings, time};
use crate::column::{from_json, priority, status};
use crate::sql::{Fields, Sql};

/// What a field of a section is, and so how it is read.
#[derive(Clone, Copy)]
pub(super) enum As {
    Text,
    Number,
    Flag,
    Time,
    Degrees,
    Json,
    Status,
    Priority,
    TicketNumber,
}

/// A section: the question for its things, each with its place, its UUID and integer, its ticket's, and these fields.
pub(super) struct Plan {
    /// Binds the person's integer and the place behind which to begin.
    pub(super) text: &'static str,
    pub(super) fields: &'static [(&'static str, As)],
}

const fn plan(section: Section) -> Plan {
    match section {
        Section::Tickets => TICKETS,
        Section::Comments => COMMENTS,
        Section::Files => FILES,
        Section::Ratings => RATINGS,
        Section::Logins => LOGINS,
        Section::ApiKeys => API_KEYS,
        Section::AuditLog => AUDIT_LOG,
        Section::Notifications => NOTIFICATIONS,
        Section::Mails => MAILS,
        Section::Customers => belongings::CUSTOMERS,
        Section::Locations => belongings::LOCATIONS,
        Section::Templates => belongings::TEMPLATES,
        Section::Filters => belongings::FILTERS,
        Section::Votes => belongings::VOTES,
        Section::NotificationPreferences => belongings::NOTIFICATION_PREFERENCES,
        Section::MailMutes => belongings::MAIL_MUTES,
    }
}

const TICKETS: Plan = Plan {
    text: "SELECT t.serial, t.id, t.serial, CAST(NULL AS UUID), CAST(NULL AS BIGINT), t.number, t.title, t.description, t.status, t.priority, \
        t.contact_email, t.custom_fields, t.resolution, t.created_at, t.updated_at, t.resolved_at, t.closed_at \
        FROM ticket AS t WHERE t.organization = ? AND t.requester = ? AND t.serial > ? ORDER BY t.serial",
    fields: &[
        ("number", As::TicketNumber),
        ("title", As::Text),
        ("description", As::Text),
        ("status", As::Status),
        ("priority", As::Priority),
        ("contact_email", As::Text),
        ("custom_fields", As::Json),
        ("resolution", As::Text),
        ("created_at", As::Time),
        ("updated_at", As::Time),
        ("resolved_at", As::Time),
        ("closed_at", As::Time),
    ],
};

const COMMENTS: Plan = Plan {
    text: "SELECT c.serial, c.id, c.serial, t.id, t.serial, c.content, c.is_internal, c.created_at, c.updated_at \
        FROM comment AS c JOIN ticket AS t ON t.serial = c.ticket WHERE t.organization = ? AND c.author = ? \
        AND c.serial > ? ORDER BY c.serial",
    fields: &[("content", As::Text), ("is_internal", As::Flag), ("created_at", As::Time), ("updated_at", As::Time)],
};

const FILES: Plan = Plan {
    text: "SELECT f.serial, f.id, f.serial, t.id, t.serial, f.name, f.media_type, f.size, f.description, f.category, \
        f.created_at FROM file AS f LEFT JOIN ticket AS t ON t.serial = f.ticket WHERE f.organization = ? \
        AND f.uploader = ? AND f.serial > ? ORDER BY f.serial",
    fields: &[
        ("file_name", As::Text),
        ("file_type", As::Text),
        ("file_size", As::Number),
        ("description", As::Text),
        ("category", As::Text),
        ("created_at", As::Time),
    ],
};

const RATINGS: Plan = Plan {
    text: "SELECT s.ticket, CAST(NULL AS UUID), CAST(NULL AS BIGINT), t.id, t.serial, CAST(s.score AS BIGINT), s.comment, s.created_at, s.updated_at \
        FROM rating AS s JOIN ticket AS t ON t.serial = s.ticket WHERE s.organization = ? AND s.rated_by = ? \
        AND s.ticket > ? ORDER BY s.ticket",
    fields: &[("score", As::Number), ("comment", As::Text), ("created_at", As::Time), ("updated_at", As::Time)],
};

const LOGINS: Plan = Plan {
    text: "SELECT s.created_at, CAST(NULL AS UUID), CAST(NULL AS BIGINT), CAST(NULL AS UUID), CAST(NULL AS BIGINT), s.audience, s.created_at, s.expires_at, s.revoked_at \
        FROM session AS s JOIN account AS a ON a.serial = s.account WHERE a.organization = ? AND s.account = ? \
        AND s.created_at > ? ORDER BY s.created_at",
    fields: &[("api", As::Text), ("created_at", As::Time), ("expires_at", As::Time), ("ended_at", As::Time)],
};

const API_KEYS: Plan = Plan {
    text: "SELECT k.serial, k.id, k.serial, CAST(NULL AS UUID), CAST(NULL AS BIGINT), k.name, k.prefix, k.scopes, k.created_at, k.expires_at, \
        k.last_used_at FROM api_key AS k WHERE k.organization = ? AND k.account = ? AND k.serial > ? ORDER BY k.serial",
    fields: &[
        ("name", As::Text),
        ("prefix", As::Text),
        ("scopes", As::Json),
        ("created_at", As::Time),
        ("expires_at", As::Time),
        ("last_used_at", As::Time),
    ],
};

const AUDIT_LOG: Plan = Plan {
    text: "SELECT e.serial, e.id, e.serial, CAST(NULL AS UUID), CAST(NULL AS BIGINT), e.action, e.details, e.created_at FROM audit_entry AS e \
        WHERE e.organization = ? AND e.actor = ? AND e.serial > ? ORDER BY e.serial",
    fields: &[("action", As::Text), ("details", As::Json), ("created_at", As::Time)],
};

const NOTIFICATIONS: Plan = Plan {
    text: "SELECT n.serial, n.id, n.serial, t.id, t.serial, n.kind, n.title, n.message, n.created_at, n.read_at \
        FROM notification AS n JOIN account AS a ON a.serial = n.account LEFT JOIN ticket AS t ON t.id = n.ticket \
        WHERE a.organization = ? AND n.account = ? AND n.serial > ? ORDER BY n.serial",
    fields: &[("type", As::Text), ("title", As::Text), ("message", As::Text), ("created_at", As::Time), ("read_at", As::Time)],
};

const MAILS: Plan = Plan {
    text: "SELECT m.serial, m.id, m.serial, CAST(NULL AS UUID), CAST(NULL AS BIGINT), m.recipient, m.message, m.created_at, m.sent_at \
        FROM mail AS m JOIN account AS a ON a.organization = m.organization \
        AND (m.user_id = a.id OR m.recipient = a.email) WHERE m.organization = ? AND a.serial = ? AND m.serial > ? \
        ORDER BY m.serial",
    fields: &[("recipient", As::Text), ("message", As::Json), ("created_at", As::Time), ("sent_at", As::Time)],
};

/// Some things of a section, and the place behind them; none at the end.
pub(super) async fn read(
    connection: &impl ConnectionTrait,
    organization: i64,
    person: UserId,
    section: Section,
    after: i64,
    limit: u64,
) -> Result<(Vec<PersonalRecord>, Option<i64>), DbErr> {
    let Plan { text, fields } = plan(section);
    let whose = "SELECT serial FROM account WHERE organization = ? AND id = ?";
    let whose = Sql::new(whose, [organization.into(), person.0.into()]).number(connection).await?;
    let mut question = Sql::new(text, [organization.into(), whose.into(), after.into()]);
    question.bind(" LIMIT ?", [limit.cast_signed().into()]);
    let found = question.all(connection, |row| record(row, fields)).await?;
    let goes_on = found.len() as u64 >= limit;
    let next = found.last().map(|(place, _)| *place).filter(|_| goes_on);
    Ok((found.into_iter().map(|(_, record)| record).collect(), next))
}

fn record(row: &mut Fields<'_>, fields: &[(&str, As)]) -> Result<(i64, PersonalRecord), DbErr> {
    let place = row.next()?;
    let id = row.next::<Option<Uuid>>()?.zip(row.next()?);
    let ticket = row.next::<Option<Uuid>>()?.map(TicketId).zip(row.next()?);
    let mut told = Map::new();
    for (name, kind) in fields {
        told.insert((*name).to_owned(), field(row, *kind)?);
    }
    Ok((place, PersonalRecord { id, ticket, fields: told }))
}

fn field(row: &mut Fields<'_>, kind: As) -> Result<Value, DbErr> {
    Ok(match kind {
        As::Text => json!(row.next::<Option<String>>()?),
        As::Number => json!(row.next::<i64>()?),
        As::Flag => json!(row.flag()?),
        As::Time => time(row.next()?)?,
        As::Degrees => json!(row.next::<Option<i64>>()?.map(|parts| Coordinate::of_parts(parts).degrees())),
        As::Json => from_json(&row.next::<String>()?)?,
        As::Status => json!(status(row.next()?).map(Status::word)?),
        As::Priority => json!(priority(row.next()?)?.map(Priority::word)),
        As::TicketNumber => json!(format!("TX{:04}", row.next::<i64>()?)),
    })
}
