//! What is said on a ticket, and its history.

use std::collections::HashMap;

use helpdesk_domain::attachment::FileView;
use helpdesk_domain::event::{RATING, TECHNICIANS_READ};
use helpdesk_domain::kernel::id::{CommentId, TicketId, UserId};
use helpdesk_domain::kernel::{Page, PageRequest, Paging, Reference, Sight, StoreError};
use helpdesk_domain::ticket::port::Viewer;
use helpdesk_domain::ticket::{CommentView, HistoryView, UserBrief};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};
use uuid::Uuid;

use super::page::{cut, empty};
use super::question::limit;
use super::row::{person, person_columns};
use super::view::seen;
use crate::attachment::of_ticket;
use crate::column::{damaged, from_json, moment};
use crate::fault::{fault, lost};
use crate::portable::repeated;
use crate::sql::{Fields, Sql, fields, packed};
use crate::store::Store;

/// What [`read_comment`] reads besides the author, in its order.
const COMMENT: &str = "m.id, m.serial, m.content, m.is_internal, m.mentions, m.created_at, m.updated_at, m.revision";

/// A ticket that the viewer sees, and whether they hear what is said among staff.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard {
    pub ticket: i64,
    pub internal: bool,
}

/// A conversation: whose, how many comments of it are heard, and whether the ticket has files.
struct Conversation {
    heard: Heard,
    count: i64,
    has_files: bool,
}

/// The ticket as the viewer sees it; none when they don't.
async fn heard(store: &Store, viewer: Viewer, ticket: TicketId) -> Result<Option<Conversation>, StoreError> {
    let Some(organization) = store.organization_serial(viewer.organization).await? else { return Ok(None) };
    let mut question = Sql::new(
        "SELECT t.serial, a.id, t.public_comments, t.internal_comments, t.file_count FROM ticket AS t \
         JOIN account AS r ON r.serial = t.requester LEFT JOIN account AS a ON a.serial = t.assignee WHERE t.organization = ? AND t.id = ?",
        [organization.into(), ticket.0.into()],
    );
    question.append(seen(viewer.sight));
    let found = question.one(store.reader(), |row| {
        let (ticket, assignee) = (row.next()?, row.next::<Option<Uuid>>()?.map(UserId));
        let internal = viewer.sight.covers_internal(assignee);
        let (public_comments, internal_comments): (i64, i64) = (row.next()?, row.next()?);
        let count = public_comments + if internal { internal_comments } else { 0 };
        Ok(Conversation { heard: Heard { ticket, internal }, count, has_files: row.next::<i64>()? > 0 })
    });
    found.await.map_err(fault)
}

impl Heard {
    /// `SELECT … WHERE …` of the comments that are heard.
    fn comments(self) -> Sql {
        let text = format!(
            "SELECT {COMMENT}, {} FROM comment AS m JOIN account AS w ON w.serial = m.author WHERE m.ticket = ?{}",
            person_columns("w"),
            if self.internal { "" } else { " AND NOT m.is_internal" }
        );
        Sql::new(text, [self.ticket.into()])
    }
}

/// The newest comments of ticket `t` with assignee `a` that are seen, as one value: oldest first.
pub(super) fn newest(backend: DbBackend, sight: Sight, most: i64) -> Sql {
    let seen = match sight {
        Sight::All => Sql::default(),
        Sight::Own(_) => Sql::new(" AND NOT is_internal", []),
        Sight::OwnAndAssigned(user) => Sql::new(" AND (NOT is_internal OR a.id = ?)", [user.0.into()]),
    };
    let columns = fields(backend, &format!("#{COMMENT}, #{}", person_columns("w")));
    let mut newest = Sql::new(
        format!(
            "(SELECT {} FROM comment AS m JOIN account AS w ON w.serial = m.author WHERE m.serial IN (SELECT serial FROM comment \
             WHERE ticket = t.serial AND t.public_comments + t.internal_comments > 0",
            packed(backend, &columns, "m.serial")
        ),
        [],
    );
    newest.append(seen).push(&format!(" ORDER BY serial DESC LIMIT {most}))"));
    newest
}

/// A part of the conversation, oldest first.
pub(super) async fn comments(
    store: &Store,
    viewer: Viewer,
    ticket: TicketId,
    page: &PageRequest,
) -> Result<Page<CommentView>, StoreError> {
    let Some(said_on) = heard(store, viewer, ticket).await? else { return Ok(empty(page)) };
    let mut question = said_on.heard.comments();
    if let Some(place) = place(page)? {
        question.bind(" AND m.serial > ?", [place.into()]);
    }
    question.push(" ORDER BY m.serial").append(limit(page));
    let said = question.all(store.reader(), read_comment).await.map_err(fault)?;
    let (said, next) = cut(said, page, |(comment, _)| comment.serial.to_string());
    let items = said_on.completed(store, said).await.map_err(fault)?;
    Ok(Page { items, total: page.wants_count().then_some(u64::try_from(said_on.count).unwrap_or(0)), next })
}

/// One comment.
pub(super) async fn comment(
    store: &Store,
    viewer: Viewer,
    ticket: TicketId,
    comment: &Reference,
) -> Result<Option<CommentView>, StoreError> {
    let Some(said_on) = heard(store, viewer, ticket).await? else { return Ok(None) };
    let mut question = said_on.heard.comments();
    match comment {
        Reference::Id(id) => question.bind(" AND m.id = ?", [Value::from(*id)]),
        Reference::Serial(serial) => question.bind(" AND m.serial = ?", [Value::from(*serial)]),
        Reference::Name(_) => return Ok(None),
    };
    let said = question.all(store.reader(), read_comment).await.map_err(fault)?;
    Ok(said_on.completed(store, said).await.map_err(fault)?.pop())
}

/// A comment, and whom it mentions.
pub(super) fn read_comment(row: &mut Fields<'_>) -> Result<(CommentView, Vec<Uuid>), DbErr> {
    let (id, serial) = (CommentId(row.next()?), row.next()?);
    let (content, is_internal) = (row.next()?, row.flag()?);
    let mentions: String = row.next()?;
    let (created_at, updated_at) = (moment(row.next()?)?, moment(row.next()?)?);
    let revision = row.next()?;
    let author = person(row)?.ok_or_else(|| damaged("author", serial))?;
    let (names, mentions, attachments) = (mentions, Vec::new(), Vec::new());
    let comment =
        CommentView { id, serial, author, content, is_internal, mentions, attachments, created_at, updated_at, revision };
    Ok((comment, if names == "[]" { Vec::new() } else { from_json(&names)? }))
}

impl Conversation {
    /// Puts in who is mentioned, and the files: a statement each, where there are any.
    async fn completed(&self, store: &Store, said: Vec<(CommentView, Vec<Uuid>)>) -> Result<Vec<CommentView>, DbErr> {
        let mut comments = mentioned(store.reader(), said).await?;
        if self.has_files && !comments.is_empty() {
            filed(&mut comments, &of_ticket(store.reader(), self.heard.ticket, self.heard.internal).await?);
        }
        Ok(comments)
    }
}

/// Puts the files of a ticket that belong to these comments into them.
pub(super) fn filed(comments: &mut [CommentView], files: &[FileView]) {
    if files.iter().any(|file| file.comment.is_some()) {
        for comment in comments {
            comment.attachments = files.iter().filter(|file| file.comment == Some(comment.id)).cloned().collect();
        }
    }
}

/// Puts in who is mentioned, in one statement where anybody is.
pub(super) async fn mentioned(
    connection: &impl ConnectionTrait,
    said: Vec<(CommentView, Vec<Uuid>)>,
) -> Result<Vec<CommentView>, DbErr> {
    let mut ids: Vec<Uuid> = said.iter().flat_map(|(_, mentions)| mentions.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    let people = if ids.is_empty() { HashMap::new() } else { people(connection, &ids).await? };
    let filled = |(mut comment, mentions): (CommentView, Vec<Uuid>)| {
        comment.mentions = mentions.iter().filter_map(|id| people.get(id).cloned()).collect();
        comment
    };
    Ok(said.into_iter().map(filled).collect())
}

async fn people(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, UserBrief>, DbErr> {
    let places = repeated("?", ids.len());
    let text = format!("SELECT {} FROM account AS w WHERE w.id IN ({places})", person_columns("w"));
    let found = Sql::new(text, ids.iter().map(|id| Value::from(*id))).all(connection, person).await?;
    Ok(found.into_iter().flatten().map(|person| (person.id.0, person)).collect())
}

/// Lines of history, newest first. What is internal is for those who hear internal comments.
pub(super) async fn history(
    store: &Store,
    viewer: Viewer,
    ticket: TicketId,
    page: &PageRequest,
) -> Result<Page<HistoryView>, StoreError> {
    let Some(Conversation { heard, .. }) = heard(store, viewer, ticket).await? else { return Ok(empty(page)) };
    let total = if page.wants_count() { Some(lines(store, heard, viewer.sight).await.map_err(fault)?) } else { None };
    let text = format!(
        "SELECT h.serial, h.action, h.details, h.field, h.old_value, h.new_value, h.created_at, {}, {} \
         FROM ticket_history AS h LEFT JOIN account AS w ON w.serial = h.actor WHERE h.ticket = ?{}",
        person_columns("w"),
        if viewer.sight == Sight::All { "h.origin" } else { "NULL" },
        heard.shown_lines(viewer.sight)
    );
    let mut question = Sql::new(text, [heard.ticket.into()]);
    if let Some(place) = place(page)? {
        question.bind(" AND h.serial < ?", [place.into()]);
    }
    question.push(" ORDER BY h.serial DESC").append(limit(page));
    let found = question.all(store.reader(), read_line).await.map_err(fault)?;
    let (items, next) = cut(found, page, |line| line.serial.to_string());
    Ok(Page { items, total, next })
}

impl Heard {
    /// Which lines of history who has that sight reads.
    fn shown_lines(self, sight: Sight) -> String {
        match (self.internal, sight) {
            (true, Sight::All) => String::new(),
            (true, _) => {
                let theirs = TECHNICIANS_READ.map(|action| format!("'{action}'")).join(", ");
                format!(" AND (h.action IN ({theirs}) OR (h.is_public AND h.action <> '{RATING}'))")
            }
            (false, _) => " AND h.is_public".to_owned(),
        }
    }
}

async fn lines(store: &Store, heard: Heard, sight: Sight) -> Result<u64, DbErr> {
    let text = format!("SELECT COUNT(*) FROM ticket_history AS h WHERE h.ticket = ?{}", heard.shown_lines(sight));
    let n = Sql::new(text, [heard.ticket.into()]).number(store.reader()).await?;
    Ok(u64::try_from(n).unwrap_or(0))
}

/// Reads a line of history and who made it.
pub(crate) fn read_line(row: &mut Fields<'_>) -> Result<HistoryView, DbErr> {
    let (serial, action, details) = (row.next()?, row.next()?, row.next()?);
    let (field, old, new) = (row.next()?, row.next()?, row.next()?);
    let created_at = moment(row.next()?)?;
    let actor = person(row)?;
    let origin = row.next::<Option<String>>()?.as_deref().map(from_json).transpose()?;
    Ok(HistoryView { serial, actor, origin, action, details, field, old, new, created_at })
}

/// The serial behind which a walk goes on.
fn place(page: &PageRequest) -> Result<Option<i64>, StoreError> {
    match &page.paging {
        Paging::After(cursor) => cursor.parse().map(Some).map_err(|_| fault(lost())),
        Paging::Number(_) | Paging::Start => Ok(None),
    }
}
