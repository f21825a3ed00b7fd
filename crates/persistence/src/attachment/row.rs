//! A file, as it is read from a row.

use helpdesk_domain::attachment::{FileView, ObjectKey};
use helpdesk_domain::kernel::Sight;
use helpdesk_domain::kernel::id::{CommentId, FileId, TicketId, UserId};
use sea_orm::{ConnectionTrait, DbErr, Value};
use uuid::Uuid;

use crate::column::{damaged, moment};
use crate::sql::{Fields, Sql};
use crate::ticket_reader::{person, person_columns};

/// `SELECT … FROM …` of files with their ticket `t`, their comment `m` and their uploader `w`.
fn files() -> String {
    format!(
        "SELECT f.id, f.serial, t.id, m.id, m.is_internal, f.object, f.name, f.media_type, f.size, f.description, f.category, \
         f.created_at, {} FROM file AS f JOIN account AS w ON w.serial = f.uploader \
         LEFT JOIN ticket AS t ON t.serial = f.ticket LEFT JOIN comment AS m ON m.serial = f.comment",
        person_columns("w")
    )
}

/// Files of the organization that somebody may read; every question of an organization begins here.
pub(super) fn readable(organization: i64, sight: Sight) -> Sql {
    const ME: &str = "(SELECT serial FROM account WHERE id = ?)";
    let mut question = Sql::new(format!("{} WHERE f.organization = ?", files()), [organization.into()]);
    let me = |user: UserId| Value::from(user.0);
    match sight {
        Sight::All => {}
        Sight::Own(user) => {
            question.bind(
                &format!(
                    " AND (CASE WHEN f.ticket IS NULL THEN f.uploader = {ME} \
                     ELSE t.requester = {ME} AND (f.comment IS NULL OR NOT m.is_internal) END)"
                ),
                [me(user), me(user)],
            );
        }
        Sight::OwnAndAssigned(user) => {
            question.bind(
                &format!(
                    " AND (CASE WHEN f.ticket IS NULL THEN f.uploader = {ME} ELSE t.assignee = {ME} \
                     OR (t.requester = {ME} AND (f.comment IS NULL OR NOT m.is_internal)) END)"
                ),
                [me(user), me(user), me(user)],
            );
        }
    }
    question
}

/// The files of a ticket that the viewer sees, oldest first: with those of internal comments or without.
pub(crate) async fn of_ticket(connection: &impl ConnectionTrait, ticket: i64, internal: bool) -> Result<Vec<FileView>, DbErr> {
    let mut question = Sql::new(format!("{} WHERE f.ticket = ?", files()), [ticket.into()]);
    if !internal {
        question.push(" AND (f.comment IS NULL OR NOT m.is_internal)");
    }
    question.push(" ORDER BY f.serial");
    question.all(connection, read).await
}

/// Reads what [`files`] selects.
pub(super) fn read(row: &mut Fields<'_>) -> Result<FileView, DbErr> {
    let (id, serial) = (FileId(row.next()?), row.next()?);
    let (ticket, comment) = (row.next::<Option<Uuid>>()?.map(TicketId), row.next::<Option<Uuid>>()?.map(CommentId));
    let is_internal = row.next::<Option<bool>>()?.unwrap_or(false);
    let object = ObjectKey::trusted(row.next()?);
    let (name, media_type) = (row.next()?, row.next()?);
    let size: i64 = row.next()?;
    let (description, category) = (row.next()?, row.next()?);
    let created_at = moment(row.next()?)?;
    let uploaded_by = person(row)?.ok_or_else(|| damaged("uploader", serial))?;
    let size = u64::try_from(size).map_err(|_| damaged("size", size))?;
    Ok(FileView {
        id,
        serial,
        ticket,
        comment,
        is_internal,
        object,
        name,
        media_type,
        size,
        description,
        category,
        uploaded_by,
        created_at,
    })
}
