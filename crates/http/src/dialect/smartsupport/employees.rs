//! Accounts: applying for one, making one, and deciding who is let in.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::attachment::ObjectKey;
use helpdesk_domain::identity::command::{Apply, Invite, Register};
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Caller;
use super::vocabulary::parse_role;
use super::wire::Detail;
use super::wire::employee::{Applied, Employee, EmployeeCreated, ImageUploaded, RejectedCount, RejectedEmployee};
use crate::desk::Desk;
use crate::gate::etag::Preconditions;
use crate::gate::multipart::{Form, Parts, Takes};
use crate::gate::reference::Ref;
use crate::gate::stream::array;
use crate::gate::written::Written;
use crate::gate::{Body, Door, Id};
use crate::problem::{Answer, Problem};

/// Who wants an account. Role and status are not theirs to say.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Application {
    /// Given name.
    #[schema(required, max_length = 100)]
    pub first_name: Option<String>,
    /// Family name.
    #[schema(required, max_length = 100)]
    pub last_name: Option<String>,
    /// Name between the two.
    #[schema(max_length = 100)]
    pub middle_name: Option<String>,
    /// `Jr.`, `Sr.`, `III`, `IV`, `V`, `VI`, `VII`, `VIII`, `IX` or `X`.
    pub suffix: Option<String>,
    /// Address.
    #[schema(required)]
    pub email: Option<String>,
    /// 8 characters to 72 bytes.
    #[schema(required, min_length = 8, max_length = 72)]
    pub password: Option<String>,
    /// The same again.
    pub confirm_password: Option<String>,
    /// Name or id of a department.
    pub department: Option<Ref>,
    /// A picture, PNG or JPEG, 2 MB at most.
    #[serde(skip)]
    #[schema(value_type = Option<String>, format = Binary)]
    pub image: (),
}

impl Application {
    fn into_command(self, image: Option<ObjectKey>) -> Apply {
        let account = Register {
            email: self.email,
            password: self.password,
            username: None,
            first_name: self.first_name,
            last_name: self.last_name,
            organization: None,
            image,
        };
        Apply {
            account,
            confirmation: self.confirm_password,
            middle_name: self.middle_name,
            suffix: self.suffix,
            department: named(self.department),
        }
    }
}

/// An account that an admin makes.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewAccount {
    /// Given name.
    #[schema(required, max_length = 100)]
    pub first_name: Option<String>,
    /// Family name.
    #[schema(required, max_length = 100)]
    pub last_name: Option<String>,
    /// Name between the two.
    #[schema(max_length = 100)]
    pub middle_name: Option<String>,
    /// As for an application.
    pub suffix: Option<String>,
    /// Address.
    #[schema(required)]
    pub email: Option<String>,
    /// Name or id of a department.
    pub department: Option<Ref>,
    /// `Employee` (also when absent), `Ticket Coordinator` or `System Admin`.
    pub role: Option<String>,
}

/// Why somebody is not let in.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Reason {
    /// A sentence.
    pub reason: Option<String>,
}

/// What a form leaves empty names nothing.
fn named(reference: Option<Ref>) -> Option<Reference> {
    reference.map(|given| given.0).filter(|given| !matches!(given, Reference::Name(name) if name.is_empty()))
}

/// `POST /create_employee/`: for everybody, with a picture or without.
pub async fn apply(desk: Data<Desk>, door: Door, written: Written<Application>) -> Answer {
    let (body, image) = match written {
        Written::Plain(body) => (body, None),
        Written::Form(parts) => {
            let mut form = Form::read(parts, &desk.files, Takes::Image, "image").await?;
            (form.object()?, form.take_image())
        }
    };
    door.knock(body.email.as_deref()).await?;
    let image = match image {
        Some(image) => Some(desk.portraits.prepare(&image.field, image.bytes).await?),
        None => None,
    };
    let made = desk.accounts.apply(body.into_command(image.clone())).await;
    if made.is_err()
        && let Some(image) = &image
    {
        // what cannot be removed now is swept later
        let _ = desk.portraits.discard(image).await;
    }
    Ok(HttpResponse::Created().json(Applied::from(&made?)))
}

/// `POST /admin/create-employee/`: admins only.
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<NewAccount>) -> Answer {
    let mut check = Check::new();
    let role = check.optional("role", body.role.as_deref().map(parse_role));
    check.done()?;
    let command = Invite {
        email: body.email,
        first_name: body.first_name,
        last_name: body.last_name,
        middle_name: body.middle_name,
        suffix: body.suffix,
        department: named(body.department),
        role,
    };
    let user = desk.accounts.invite(&caller.actor, command).await?;
    Ok(HttpResponse::Created().json(EmployeeCreated::new(&user, &caller.seen())))
}

/// `GET /employees/`: admins only.
pub async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let actor = caller.actor.clone();
    let read = move |page| {
        let (desk, actor) = (desk.clone(), actor.clone());
        async move { Ok(desk.accounts.roster(&actor, &page).await?) }
    };
    array(read, move |user| Employee::new(user, &caller.seen())).await
}

/// `POST /employees/{id}/approve/`: admins only.
pub async fn approve(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.accounts.approve(&caller.actor, &target).await?;
    Ok(HttpResponse::Ok().json(APPROVED))
}

/// `POST /employees/{id}/reject/`: admins only.
pub async fn reject(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Reason>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.accounts.reject(&caller.actor, &target, body.reason).await?;
    Ok(HttpResponse::Ok().json(REJECTED))
}

/// What an admin is told after letting somebody in.
pub const APPROVED: Detail = Detail { detail: "Employee approved and email sent." };
/// What an admin is told after turning somebody down.
pub const REJECTED: Detail = Detail { detail: "Employee rejected, audited, and deleted." };

/// `GET /rejected-employees/`: admins only, newest first.
pub async fn rejected(desk: Data<Desk>, caller: Caller) -> Answer {
    let read = move |page| {
        let (desk, actor) = (desk.clone(), caller.actor.clone());
        async move { Ok(desk.accounts.rejections(&actor, &page).await?) }
    };
    array(read, |rejection| RejectedEmployee::from(rejection)).await
}

/// `GET /admin/rejected-users-count/`: staff only.
pub async fn count(desk: Data<Desk>, caller: Caller) -> Answer {
    let rejected_users_count = desk.accounts.count_rejections(&caller.actor).await?;
    Ok(HttpResponse::Ok().json(RejectedCount { rejected_users_count }))
}

/// `GET /employee/profile/`: the caller's own account.
pub async fn profile(desk: Data<Desk>, caller: Caller, when: Preconditions) -> Answer {
    let user = desk.accounts.read(&caller.actor, &caller.actor.user.into()).await?;
    when.answer(&caller, &Employee::new(&user, &caller.seen()))
}

/// `POST /employee/upload-image/`: a picture of the caller.
pub async fn upload_image(desk: Data<Desk>, caller: Caller, parts: Parts) -> Answer {
    let mut form = Form::read(parts, &desk.files, Takes::Image, "image").await?;
    let missing = || Problem::field("image", FieldProblem::Other("No file was submitted."));
    let image = form.take_image().ok_or_else(missing)?;
    let user = desk.portraits.change(&caller.actor, &image.field, image.bytes).await?;
    Ok(HttpResponse::Ok().json(ImageUploaded::new(&user, &caller.seen())))
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let user = desk.accounts.read(&caller.actor, id).await?;
        Ok((Employee::new(&user, &caller.seen()), user.revision))
    };
    when.target(caller, id, current).await
}
