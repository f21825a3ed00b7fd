//! `/users/`: accounts.

use actix_web::web::Data;
use helpdesk_domain::identity::{Role, UserOrder, UserQuery};
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};

use super::request::account::{AccountChange, NewAccount};
use super::say::gone;
use super::{classic, platform};
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type User = (platform::user::User, classic::user::User);

/// `GET /users/`: staff only.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let query = query(&params, caller.voice)?;
    let page = desk.accounts.list(&caller.actor, &query, &paged.request).await?;
    caller.list::<User, _>(page, &paged, desk.clock.now())
}

/// `POST /users/`: admins only.
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<NewAccount>) -> Answer {
    let user = desk.accounts.create(&caller.actor, body.into_creation()).await?;
    caller.created::<User, _>(&user, desk.clock.now())
}

/// `GET /users/me/`
pub async fn me(desk: Data<Desk>, caller: Caller, when: Preconditions) -> Answer {
    let id = caller.actor.user.into();
    show(&desk, &caller, &id, &when).await
}

/// `PUT` and `PATCH /users/me/`
pub async fn change_me(desk: Data<Desk>, caller: Caller, when: Preconditions, Body(body): Body<AccountChange>) -> Answer {
    let id = caller.actor.user.into();
    edit(&desk, &caller, id, &when, body).await
}

/// `GET /users/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    show(&desk, &caller, &id, &when).await
}

/// `PUT` and `PATCH /users/{id}/`: absent fields stay.
pub async fn change(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    when: Preconditions,
    Body(body): Body<AccountChange>,
) -> Answer {
    edit(&desk, &caller, id, &when, body).await
}

/// `DELETE /users/{id}/`: admins only.
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.accounts.delete(&caller.actor, &target).await?;
    Ok(gone())
}

async fn show(desk: &Desk, caller: &Caller, id: &Reference, when: &Preconditions) -> Answer {
    let user = desk.accounts.read(&caller.actor, id).await?;
    caller.found::<User, _>(&user, desk.clock.now(), when)
}

async fn edit(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions, body: AccountChange) -> Answer {
    let present = desk.accounts.read(&caller.actor, &id).await?;
    let target = target(desk, caller, id, when).await?;
    let command = body.into_command(target, caller.voice, present.role)?;
    let user = desk.accounts.edit(&caller.actor, command).await?;
    caller.changed::<User, _>(&user, desk.clock.now())
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let user = desk.accounts.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<User, _>(&user, &caller.seen()), user.revision))
    };
    when.target(caller, id, current).await
}

fn query(params: &Params, voice: Voice) -> Result<UserQuery, Problem> {
    let mut check = Check::new();
    let roles = params.list(&["role"]).into_iter().filter_map(|word| check.field("role", roles(word, voice)));
    let roles = roles.flatten().collect();
    let is_active = params.boolean(&mut check, "is_active");
    let (order, descending) = params.get(&["ordering"]).and_then(|word| check.field("ordering", order(word))).unwrap_or_default();
    let search = params.get(&["search"]).map(str::to_owned);
    check.done()?;
    Ok(UserQuery { search, roles, is_active, order, descending })
}

/// The roles that a word stands for: in platform one each (`agent` all who answer, as `is_agent` says), in classic two.
fn roles(word: &str, voice: Voice) -> Result<Vec<Role>, FieldProblem> {
    let found: Vec<Role> = match (voice, word) {
        (Voice::Platform, "agent") => Role::ALL.into_iter().filter(|role| role.is_staff()).collect(),
        (Voice::Classic, "admin" | "customer") => {
            Role::ALL.into_iter().filter(|role| classic::user::role(*role) == word).collect()
        }
        _ => Role::parse(word).into_iter().collect(),
    };
    if found.is_empty() { Err(FieldProblem::InvalidChoice(word.to_owned())) } else { Ok(found) }
}

fn order(word: &str) -> Result<(UserOrder, bool), FieldProblem> {
    let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
    let order = match name {
        "id" | "created_at" => UserOrder::CreatedAt,
        "email" => UserOrder::Email,
        "username" => UserOrder::Username,
        "last_name" | "name" => UserOrder::Name,
        _ => return Err(FieldProblem::InvalidChoice(word.to_owned())),
    };
    Ok((order, descending))
}
