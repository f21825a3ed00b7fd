//! `/api-keys/`: keys for programs, for staff.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use helpdesk_domain::identity::command::CreateApiKey;
use helpdesk_domain::identity::{ApiKeyView, Scope};
use helpdesk_domain::kernel::{Check, Moment, Problem as FieldProblem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::say::{Shows, gone};
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::idempotency::NotKept;
use crate::gate::reference::Time;
use crate::gate::{Body, Id, Paged};
use crate::problem::{Answer, Problem};

/// A new key.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewApiKey {
    /// What its maker calls it.
    #[schema(required, max_length = 100)]
    pub name: Option<String>,
    /// `tickets:read`, `tickets:write`, `admin`; at least one.
    #[schema(required)]
    pub scopes: Option<Vec<String>>,
    /// When it ends; never when absent.
    pub expires_at: Option<Time>,
    /// `platform` (when absent) or `classic`.
    pub dialect: Option<String>,
}

impl NewApiKey {
    fn into_command(self) -> Result<CreateApiKey, Problem> {
        let mut check = Check::new();
        let dialect =
            self.dialect.as_deref().map(|word| Voice::parse(word).ok_or_else(|| FieldProblem::InvalidChoice(word.to_owned())));
        let voice = check.optional("dialect", dialect).unwrap_or(Voice::Platform);
        check.done()?;
        let audience = voice.word().to_owned();
        Ok(CreateApiKey { name: self.name, scopes: self.scopes, expires_at: self.expires_at.map(|time| time.0), audience })
    }
}

/// A key. Nobody is shown its secret again.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKey {
    /// UUID.
    pub id: Uuid,
    /// What its maker calls it.
    pub name: String,
    /// How its secret begins.
    #[schema(example = "hd_3kV9xQz")]
    pub prefix: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// The dialect that it speaks.
    pub dialect: String,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A key that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreshApiKey {
    /// The key.
    #[serde(flatten)]
    pub key: ApiKey,
    /// What to send as `X-API-Key`; shown this once.
    #[schema(example = "hd_3kV9xQzA…")]
    pub secret: String,
}

impl Shows<ApiKeyView> for ApiKey {
    fn show(view: &ApiKeyView, _: Moment) -> Self {
        let key = &view.key;
        Self {
            id: key.id.0,
            name: key.name.clone(),
            prefix: key.prefix.clone(),
            scopes: key.scopes.iter().copied().map(Scope::word).map(str::to_owned).collect(),
            dialect: key.audience.clone(),
            expires_at: key.expires_at,
            last_used_at: key.last_used_at,
            created_at: key.created_at,
        }
    }
}

/// `POST /api-keys/`: 201 with the secret, which is not kept for a repeat of the idempotency key.
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<NewApiKey>) -> Answer {
    let (view, secret) = desk.api_keys.create(&caller.actor, body.into_command()?).await?;
    let mut answer = HttpResponse::Created().json(FreshApiKey { key: ApiKey::show(&view, desk.clock.now()), secret });
    answer.extensions_mut().insert(NotKept);
    Ok(answer)
}

/// `GET /api-keys/`: the caller's; of everybody for admins.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged) -> Answer {
    let page = desk.api_keys.list(&caller.actor, &paged.request).await?;
    caller.list::<(ApiKey, ApiKey), _>(page, &paged, desk.clock.now())
}

/// `DELETE /api-keys/{id}/`: it opens nothing any more.
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id) -> Answer {
    desk.api_keys.delete(&caller.actor, &id).await?;
    Ok(gone())
}
