//! Tickets and comments, to decide on.

use std::collections::{BTreeSet, HashMap, HashSet};

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{CategoryId, CommentId, DepartmentId, OrganizationId, TagId, TicketId, UserId};
use helpdesk_domain::kernel::text::{CommentText, Description, Email, Title};
use helpdesk_domain::kernel::{Reference, Sight, StoreError};
use helpdesk_domain::sla::Rung;
use helpdesk_domain::ticket::port::{Conversations, TicketRepository, Viewer};
use helpdesk_domain::ticket::{Comment, CommentState, Frozen, Judged, Ticket, TicketState};
use sea_orm::{DbErr, FromQueryResult, Value};
use uuid::Uuid;

use crate::Store;
use crate::column::{damaged, deadline, from_json, moment, priority, some_moment, status};
use crate::fault::fault;
use crate::portable;
use crate::sql::{Fields, Sql, uuids};

#[derive(FromQueryResult)]
struct Row {
    serial: i64,
    id: Uuid,
    title: String,
    description: String,
    status: i16,
    priority: i16,
    category: Option<Uuid>,
    sub_category: Option<String>,
    department: Option<Uuid>,
    requester: Uuid,
    assignee: Option<Uuid>,
    contact_email: Option<String>,
    admin_notes: Option<String>,
    custom_fields: String,
    due_override: Option<i64>,
    scheduled_date: Option<String>,
    resolution: Option<String>,
    rejection_reason: Option<String>,
    tag_count: i64,
    created_at: i64,
    updated_at: i64,
    first_response_at: Option<i64>,
    resolved_at: Option<i64>,
    closed_at: Option<i64>,
    finalized_at: Option<i64>,
    pauses: String,
    merged_into: Option<Uuid>,
    due_at: i64,
    at_risk_at: i64,
    asked_at: Option<i64>,
    answered_at: Option<i64>,
    sla_version: i64,
    alarm_at: Option<i64>,
    alarms_rung: i16,
    terms: Option<String>,
    revision: i64,
}

const SELECT: &str = "SELECT t.serial, t.id, t.title, t.description, t.status, t.priority, category.id AS category, \
    t.sub_category, department.id AS department, requester.id AS requester, assignee.id AS assignee, t.contact_email, \
    t.admin_notes, t.custom_fields, t.due_override, t.scheduled_date, t.resolution, t.rejection_reason, t.tag_count, \
    t.created_at, t.updated_at, t.first_response_at, t.resolved_at, t.closed_at, t.finalized_at, t.pauses, t.due_at, \
    t.at_risk_at, t.asked_at, t.answered_at, t.sla_version, t.alarm_at, t.alarms_rung, terms.terms, \
    (SELECT o.id FROM ticket_transfer x JOIN ticket o ON o.serial = x.target WHERE x.source = t.serial AND x.kind = 1) AS merged_into, \
    t.revision \
    FROM ticket t JOIN account requester ON requester.serial = t.requester \
    LEFT JOIN account assignee ON assignee.serial = t.assignee \
    LEFT JOIN category ON category.serial = t.category LEFT JOIN department ON department.serial = t.department \
    LEFT JOIN sla_terms terms ON terms.serial = t.sla_terms WHERE t.organization = ?";

const TAGS: &str = "SELECT t.serial, tag.id FROM ticket t JOIN ticket_tag x ON x.ticket = t.serial JOIN tag ON tag.serial = x.tag \
    WHERE t.organization = ?";

#[async_trait]
impl TicketRepository for Store {
    async fn find(&self, viewer: Viewer, ticket: &Reference) -> Result<Option<Ticket>, StoreError> {
        let Some(organization) = self.organization_serial(viewer.organization).await? else { return Ok(None) };
        let (meant, reference): (&str, Value) = match ticket {
            Reference::Id(id) => ("t.id = ?", (*id).into()),
            Reference::Serial(serial) => ("t.serial = ?", (*serial).into()),
            Reference::Name(name) => match number(name) {
                Some(number) => ("t.number = ?", number.into()),
                None => return Ok(None),
            },
        };
        let (seen, viewers) = seen(viewer.sight);
        let text = format!("{SELECT} AND {meant} AND {seen}");
        let values = [vec![organization.into(), reference], viewers].concat();
        let row: Option<Row> = portable::one(self.reader(), &text, values).await.map_err(fault)?;
        let Some(row) = row else { return Ok(None) };
        let tags = self.tags_of(row.serial, row.tag_count).await.map_err(fault)?;
        row.restored(viewer.organization, tags).map(Some).map_err(fault)
    }

    async fn several(&self, organization: OrganizationId, tickets: &[TicketId]) -> Result<Vec<Ticket>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let (asked, ids) = uuids(self.backend(), tickets.iter().map(|ticket| ticket.0)).map_err(fault)?.into_parts();
        let values = [vec![serial.into()], ids].concat();
        // see `uuids`
        let of = |text: &str| format!("{} AND t.id IN {asked}", text.replace("t.organization = ?", "+t.organization = ?"));
        let rows: Vec<Row> = portable::all(self.reader(), &of(SELECT), values.clone()).await.map_err(fault)?;
        let text = of(TAGS);
        let read = |row: &mut Fields<'_>| Ok((row.next::<i64>()?, TagId(row.next()?)));
        let mut tags: HashMap<i64, BTreeSet<TagId>> = HashMap::new();
        for (ticket, tag) in Sql::new(text, values).all(self.reader(), read).await.map_err(fault)? {
            tags.entry(ticket).or_default().insert(tag);
        }
        let restored = rows.into_iter().map(|row| {
            let tags = tags.remove(&row.serial).unwrap_or_default();
            row.restored(organization, tags)
        });
        restored.collect::<Result<_, _>>().map_err(fault)
    }

    async fn comment(&self, viewer: Viewer, ticket: TicketId, comment: &Reference) -> Result<Option<Comment>, StoreError> {
        let Some(organization) = self.organization_serial(viewer.organization).await? else { return Ok(None) };
        let (meant, reference): (&str, Value) = match comment {
            Reference::Id(id) => ("c.id = ?", (*id).into()),
            Reference::Serial(serial) => ("c.serial = ?", (*serial).into()),
            Reference::Name(_) => return Ok(None),
        };
        let ((seen, viewers), (heard, hearers)) = (seen(viewer.sight), heard(viewer.sight));
        let text = format!("{SELECT_COMMENT} AND {meant} AND {seen} AND (NOT c.is_internal OR {heard})");
        let values = [vec![organization.into(), ticket.0.into(), reference], viewers, hearers].concat();
        let row: Option<CommentRow> = portable::one(self.reader(), &text, values).await.map_err(fault)?;
        row.map(|row| row.restored(ticket)).transpose().map_err(fault)
    }
}

const PUBLIC_COMMENTS: &str = "SELECT comment.id FROM comment JOIN ticket ON ticket.serial = comment.ticket \
    WHERE +ticket.organization = ? AND NOT comment.is_internal AND comment.id IN ";

/// A file stands beside a ticket's words, or with a comment.
const PUBLIC_FILES: &str = " UNION ALL SELECT file.id FROM file LEFT JOIN comment ON comment.serial = file.comment \
    WHERE +file.organization = ? AND (file.comment IS NULL OR NOT comment.is_internal) AND file.id IN ";

#[async_trait]
impl Conversations for Store {
    async fn public(&self, organization: OrganizationId, parts: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(HashSet::new()) };
        let parts = uuids(self.backend(), parts.iter().copied()).map_err(fault)?;
        let mut public = Sql::new(PUBLIC_COMMENTS, [organization.into()]);
        public.append(parts.clone()).bind(PUBLIC_FILES, [organization.into()]).append(parts);
        let found: Vec<Uuid> = public.column(self.reader()).await.map_err(fault)?;
        Ok(found.into_iter().collect())
    }
}

/// `TX0001` and on.
fn number(name: &str) -> Option<i64> {
    let digits = name.strip_prefix("TX").or_else(|| name.strip_prefix("tx"))?;
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Which tickets somebody sees, as a condition on `t` and its values.
fn seen(sight: Sight) -> (&'static str, Vec<Value>) {
    const ME: &str = "t.requester = (SELECT serial FROM account WHERE id = ?)";
    const MINE: &str = "(SELECT serial FROM account WHERE id = ?) IN (t.requester, t.assignee)";
    match sight {
        Sight::All => ("1 = 1", Vec::new()),
        Sight::OwnAndAssigned(user) => (MINE, vec![user.0.into()]),
        Sight::Own(user) => (ME, vec![user.0.into()]),
    }
}

/// On which tickets somebody sees internal notes, as a condition on `t` and its values.
fn heard(sight: Sight) -> (&'static str, Vec<Value>) {
    match sight {
        Sight::All => ("1 = 1", Vec::new()),
        Sight::OwnAndAssigned(user) => ("t.assignee = (SELECT serial FROM account WHERE id = ?)", vec![user.0.into()]),
        Sight::Own(_) => ("1 = 0", Vec::new()),
    }
}

impl Store {
    async fn tags_of(&self, ticket: i64, count: i64) -> Result<BTreeSet<TagId>, DbErr> {
        #[derive(FromQueryResult)]
        struct Tag {
            id: Uuid,
        }
        if count == 0 {
            return Ok(BTreeSet::new());
        }
        let text = "SELECT tag.id FROM ticket_tag JOIN tag ON tag.serial = ticket_tag.tag WHERE ticket_tag.ticket = ?";
        let tags: Vec<Tag> = portable::all(self.reader(), text, vec![ticket.into()]).await?;
        Ok(tags.into_iter().map(|tag| TagId(tag.id)).collect())
    }
}

impl Row {
    fn judged(&self) -> Result<Judged, DbErr> {
        let done = some_moment(self.resolved_at.or(self.closed_at))?;
        let terms = self.terms.as_deref().map(from_json).transpose()?;
        Ok(Judged {
            version: self.sla_version,
            resolution: deadline(self.due_at, self.at_risk_at)?,
            next_alarm: some_moment(self.alarm_at)?,
            rung: Rung::from_bits(self.alarms_rung),
            frozen: done.zip(terms).map(|(at, terms)| Frozen { at, terms }),
        })
    }

    fn restored(self, organization: OrganizationId, tags: BTreeSet<TagId>) -> Result<Ticket, DbErr> {
        let judged = self.judged()?;
        Ok(Ticket::restored(TicketState {
            id: TicketId(self.id),
            organization,
            title: Title::trusted(self.title),
            description: Description::trusted(self.description),
            status: status(self.status)?,
            priority: priority(self.priority)?,
            category: self.category.map(CategoryId),
            sub_category: self.sub_category,
            department: self.department.map(DepartmentId),
            requester: UserId(self.requester),
            assignee: self.assignee.map(UserId),
            contact_email: self.contact_email.map(Email::trusted),
            admin_notes: self.admin_notes,
            tags,
            custom_fields: from_json(&self.custom_fields)?,
            due_override: some_moment(self.due_override)?,
            scheduled_date: self.scheduled_date.map(|day| day.parse().map_err(|_| damaged("day", day))).transpose()?,
            resolution: self.resolution,
            rejection_reason: self.rejection_reason,
            created_at: moment(self.created_at)?,
            updated_at: moment(self.updated_at)?,
            first_response_at: some_moment(self.first_response_at)?,
            resolved_at: some_moment(self.resolved_at)?,
            closed_at: some_moment(self.closed_at)?,
            finalized_at: some_moment(self.finalized_at)?,
            asked_at: some_moment(self.asked_at)?,
            answered_at: some_moment(self.answered_at)?,
            pauses: from_json(&self.pauses)?,
            merged_into: self.merged_into.map(TicketId),
            judged,
            revision: self.revision,
        }))
    }
}

#[derive(FromQueryResult)]
struct CommentRow {
    id: Uuid,
    author: Uuid,
    content: String,
    is_internal: bool,
    mentions: String,
    created_at: i64,
    updated_at: i64,
    revision: i64,
}

const SELECT_COMMENT: &str = "SELECT c.id, author.id AS author, c.content, c.is_internal, c.mentions, c.created_at, \
    c.updated_at, c.revision FROM ticket t JOIN comment c ON c.ticket = t.serial \
    JOIN account author ON author.serial = c.author WHERE t.organization = ? AND t.id = ?";

impl CommentRow {
    fn restored(self, ticket: TicketId) -> Result<Comment, DbErr> {
        Ok(Comment::restored(CommentState {
            id: CommentId(self.id),
            ticket,
            author: UserId(self.author),
            content: CommentText::trusted(self.content),
            is_internal: self.is_internal,
            mentions: from_json(&self.mentions)?,
            created_at: moment(self.created_at)?,
            updated_at: moment(self.updated_at)?,
            revision: self.revision,
        }))
    }
}
