//! Tickets as they are counted.

use sea_orm::{DbBackend, DbErr};

use crate::column::{NEVER, moment, priority, some_moment, status};
use crate::sql::{Fields, packed};
use crate::tally::Counted;

/// What [`counted`] reads of tickets `t`, to be [packed].
pub(crate) fn columns(backend: DbBackend) -> String {
    let tags = packed(backend, "g.tag", "g.tag");
    format!(
        "t.status, t.priority, t.category, t.department, t.requester, t.assignee, t.created_at, t.first_response_at, t.due_at, \
         t.resolved_at, t.closed_at, (SELECT {tags} FROM ticket_tag AS g WHERE t.tag_count > 0 AND g.ticket = t.serial)"
    )
}

/// Reads a ticket of an organization.
pub(crate) fn counted(organization: i64, fields: &mut Fields<'_>) -> Result<Counted, DbErr> {
    Ok(Counted {
        organization,
        status: status(fields.next()?)?,
        priority: priority(fields.next()?)?,
        category: fields.next()?,
        department: fields.next()?,
        requester: fields.next()?,
        assignee: fields.next()?,
        created_at: moment(fields.next()?)?,
        first_response_at: some_moment(fields.next()?)?,
        due_at: some_moment(Some(fields.next::<i64>()?).filter(|due| *due != NEVER))?,
        resolved_at: some_moment(fields.next()?)?,
        closed_at: some_moment(fields.next()?)?,
        tags: fields.rows(|tag| tag.next())?,
    })
}
