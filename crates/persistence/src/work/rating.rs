//! How content requesters are.

use helpdesk_domain::satisfaction::Rating;

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::portable;

const INSERT: &str = "INSERT INTO rating (ticket, organization, rated_by, score, comment, created_at, updated_at, revision) \
    SELECT t.serial, t.organization, a.serial, CAST(? AS SMALLINT), CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT), 1 \
    FROM ticket AS t JOIN account AS a ON a.organization = t.organization WHERE t.organization = ? AND t.id = ? AND a.id = ?";

const UPDATE: &str = "UPDATE rating SET score = ?, comment = ?, updated_at = ?, revision = revision + 1 \
    WHERE ticket = (SELECT serial FROM ticket WHERE organization = ? AND id = ?) AND revision = ?";

pub(super) async fn add(writing: &Writing<'_>, new: &Rating) -> Result<(), Refused> {
    let values = vec![
        i16::from(new.score.number()).into(),
        new.comment.as_ref().map(ToString::to_string).into(),
        micros(new.created_at).into(),
        micros(new.updated_at).into(),
        writing.organization.into(),
        new.ticket.0.into(),
        new.rated_by.0.into(),
    ];
    written(portable::execute(writing.transaction, INSERT, values).await?)
}

pub(super) async fn save(writing: &Writing<'_>, changed: &Rating) -> Result<(), Refused> {
    let values = vec![
        i16::from(changed.score.number()).into(),
        changed.comment.as_ref().map(ToString::to_string).into(),
        micros(changed.updated_at).into(),
        writing.organization.into(),
        changed.ticket.0.into(),
        changed.revision.into(),
    ];
    written(portable::execute(writing.transaction, UPDATE, values).await?)
}

fn written(rows: u64) -> Result<(), Refused> {
    if rows == 0 { Err(Refused::Stale) } else { Ok(()) }
}
