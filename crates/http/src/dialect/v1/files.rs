//! `/files/` and `/tickets/{id}/attachments/`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use helpdesk_domain::attachment::command::{About, AttachFiles};
use helpdesk_domain::attachment::{FileView, Folder};
use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::kernel::id::{Reference, Revision};

use super::say::gone;
use super::shape::{self, SerialId, Uid};
use super::tickets::target;
use super::{classic, platform};
use crate::content;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::Id;
use crate::gate::etag::Preconditions;
use crate::gate::multipart::{Form, Parts, Takes};
use crate::problem::{Answer, Problem};

type File = (shape::file::File<Uid>, shape::file::File<SerialId>);
type User = (platform::user::User, classic::user::User);

/// The field that seed 001 sends a file in.
const FIELD: &str = "file";

/// A file never changes.
const REVISION: Revision = 1;

/// `POST /tickets/{id}/attachments/`: all of the files or none.
pub async fn attach(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, parts: Parts) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.files.may_attach(&caller.actor, &target).await?;
    let form = Form::read(parts, &desk.files, Takes::Files(Folder::Attachments), FIELD).await?;
    let comment = form.text_of(&["comment", "comment_id"]).filter(|text| !text.is_empty());
    let (comment, about) = (comment.as_deref().map(Reference::parse), about(&form));
    let made = form.spend(async |files| desk.files.attach(&caller.actor, AttachFiles { target, comment, about, files }).await);
    created(&desk, &caller, &made.await?)
}

/// `POST /files/upload/`
pub async fn upload(desk: Data<Desk>, caller: Caller, parts: Parts) -> Answer {
    let form = Form::read(parts, &desk.files, Takes::Files(Folder::Uploads), FIELD).await?;
    let about = about(&form);
    let made = form.spend(async |files| desk.files.upload(&caller.actor, &about, &files).await);
    created(&desk, &caller, &made.await?)
}

/// `GET /files/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let file = desk.files.read(&caller.actor, &id).await?;
    caller.found::<File, _>(&file, desk.clock.now(), &when)
}

/// `GET /files/{id}/download/`
pub async fn download(desk: Data<Desk>, caller: Caller, Id(id): Id, request: HttpRequest) -> Answer {
    let located = desk.files.locate(&caller.actor, &id).await?;
    content::answer(&desk.files, &located, &request).await
}

/// `DELETE /files/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let current = async |id: &Reference| {
        let file = desk.files.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<File, _>(&file, &caller.seen()), REVISION))
    };
    let target = when.target(&caller, id, current).await?;
    desk.files.remove(&caller.actor, &target.reference).await?;
    Ok(gone())
}

/// `POST /users/me/image/`: a picture of the caller.
pub async fn change_image(desk: Data<Desk>, caller: Caller, parts: Parts) -> Answer {
    let mut form = Form::read(parts, &desk.files, Takes::Image, "image").await?;
    let missing = || Problem::field("image", FieldProblem::Other("No file was submitted."));
    let image = form.take_image().ok_or_else(missing)?;
    let user = desk.portraits.change(&caller.actor, &image.field, image.bytes).await?;
    caller.changed::<User, _>(&user, desk.clock.now())
}

fn about(form: &Form) -> About {
    About { description: form.text_of(&["description"]), category: form.text_of(&["category"]) }
}

/// One file as itself, several as a list of them.
fn created(desk: &Desk, caller: &Caller, files: &[FileView]) -> Answer {
    if let [file] = files {
        return caller.created::<File, _>(file, desk.clock.now());
    }
    let seen = caller.seen();
    let all: Vec<_> = files.iter().map(|file| caller.voice.say::<File, _>(file, &seen)).collect();
    Ok(HttpResponse::Created().json(all))
}
