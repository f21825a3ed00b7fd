//! `/tickets/{id}/comments/`: the conversation.

use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Target};

use super::request::ticket::CommentBody;
use super::say::gone;
use super::tickets::target;
use super::{classic, platform};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, CommentPath, Id, Paged};
use crate::problem::{Answer, Problem};

type Comment = (platform::ticket::Comment, classic::ticket::Comment);

/// `GET /tickets/{id}/comments/`: oldest first.
pub async fn list(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged) -> Answer {
    let page = desk.tickets.comments(&caller.actor, &id, &paged.request).await?;
    caller.list::<Comment, _>(page, &paged, desk.clock.now())
}

/// `POST /tickets/{id}/comments/`
pub async fn add(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<CommentBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.comment(&caller.actor, body.into_comment(target)).await?;
    caller.created::<Comment, _>(&view, desk.clock.now())
}

/// `GET /tickets/{id}/comments/{comment}/`
pub async fn read(desk: Data<Desk>, caller: Caller, path: CommentPath, when: Preconditions) -> Answer {
    let view = desk.tickets.read_comment(&caller.actor, &path.ticket, &path.comment).await?;
    caller.found::<Comment, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /tickets/{id}/comments/{comment}/`
pub async fn change(
    desk: Data<Desk>,
    caller: Caller,
    path: CommentPath,
    when: Preconditions,
    Body(body): Body<CommentBody>,
) -> Answer {
    let comment = comment_target(&desk, &caller, &path, &when).await?;
    let view = desk.tickets.edit_comment(&caller.actor, body.into_edit(path.ticket, comment)).await?;
    caller.changed::<Comment, _>(&view, desk.clock.now())
}

/// `DELETE /tickets/{id}/comments/{comment}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, path: CommentPath, when: Preconditions) -> Answer {
    let comment = comment_target(&desk, &caller, &path, &when).await?;
    desk.tickets.delete_comment(&caller.actor, &path.ticket, &comment).await?;
    Ok(gone())
}

async fn comment_target(desk: &Desk, caller: &Caller, path: &CommentPath, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |comment: &Reference| {
        let view = desk.tickets.read_comment(&caller.actor, &path.ticket, comment).await?;
        Ok((caller.voice.say::<Comment, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, path.comment.clone(), current).await
}
