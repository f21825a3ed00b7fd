//! Credentials and accounts, as clients write them.

use helpdesk_domain::identity::Role;
use helpdesk_domain::identity::command::{CreateUser, Door, EditUser, Login, Register, ResetPassword};
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Given, Ref};

use crate::dialect::v1::Voice;
use crate::problem::Problem as Refused;

/// Who wants to log in.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Credentials {
    /// Address (platform).
    pub email: Option<String>,
    /// Login name or address (classic).
    pub username: Option<String>,
    /// Password.
    pub password: Option<String>,
    /// Whether refresh tokens last 30 days.
    pub remember_me: Option<bool>,
}

impl Credentials {
    /// Who it claims to be.
    pub fn account(&self) -> Option<&str> {
        self.email.as_deref().or(self.username.as_deref())
    }

    /// The command.
    pub fn into_command(self, voice: Voice) -> Login {
        Login {
            login: self.email.or(self.username),
            password: self.password,
            remember: self.remember_me.unwrap_or(false),
            audience: voice.word().to_owned(),
            door: Door::Everybody,
        }
    }
}

/// A refresh token to spend or to end.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Refresh {
    /// The token (platform).
    pub refresh_token: Option<String>,
    /// The token (classic).
    pub refresh: Option<String>,
}

impl Refresh {
    /// The token.
    pub fn token(&self) -> Option<&str> {
        self.refresh_token.as_deref().or(self.refresh.as_deref())
    }
}

/// A token to look at.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Token {
    /// Access or refresh token.
    pub token: Option<String>,
}

/// A new account. `role`, `status` and flags are never taken from the public.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewAccount {
    /// Address; at most 254 characters.
    #[schema(required)]
    pub email: Option<String>,
    /// 8 characters to 72 bytes.
    #[schema(required, min_length = 8, max_length = 72)]
    pub password: Option<String>,
    /// Login name; made from the address when absent.
    #[schema(max_length = 150)]
    pub username: Option<String>,
    /// Given name.
    #[schema(max_length = 100)]
    pub first_name: Option<String>,
    /// Family name.
    #[schema(max_length = 100)]
    pub last_name: Option<String>,
    /// Organization to join; the default one when absent.
    pub organization_slug: Option<Ref>,
    /// The same.
    pub organization: Option<Ref>,
    /// `customer`, `technician`, `agent`, `coordinator` or `admin`; only where an admin makes the account.
    pub role: Option<String>,
    /// Department; only where an admin makes the account.
    pub department: Option<Ref>,
}

impl NewAccount {
    /// As a member of the public would register.
    pub fn into_registration(self) -> Register {
        let organization = self.organization_slug.or(self.organization).map(|given| given.0);
        Register {
            email: self.email,
            password: self.password,
            username: self.username,
            first_name: self.first_name,
            last_name: self.last_name,
            organization,
            image: None,
        }
    }

    /// As an admin makes it.
    pub fn into_creation(mut self) -> CreateUser {
        let role = self.role.take();
        let department = self.department.take().map(|given| given.0);
        CreateUser { account: self.into_registration(), role, department }
    }
}

/// Changes to an account; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct AccountChange {
    /// Address.
    pub email: Option<String>,
    /// Login name.
    #[schema(max_length = 150)]
    pub username: Option<String>,
    /// Given name.
    #[schema(max_length = 100)]
    pub first_name: Option<String>,
    /// Family name.
    #[schema(max_length = 100)]
    pub last_name: Option<String>,
    /// Role; admins only.
    pub role: Option<String>,
    /// Whether it may log in; admins only.
    pub is_active: Option<bool>,
    /// Department, or `null`; admins only.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub department: Given<Ref>,
}

impl AccountChange {
    /// The command. A role that `voice` already shows for `present` changes nothing.
    pub fn into_command(self, target: Target, voice: Voice, present: Role) -> Result<EditUser, Refused> {
        let mut check = Check::new();
        let role = self.role.as_deref().and_then(|word| check.field("role", role(word, voice, present)));
        check.done()?;
        Ok(EditUser {
            target,
            email: self.email,
            username: self.username,
            first_name: self.first_name,
            last_name: self.last_name,
            role: role.flatten(),
            is_active: self.is_active,
            department: self.department.map(|given| given.0),
        })
    }
}

/// The role that a word means; none when classic shows the present one by that word.
fn role(word: &str, voice: Voice, present: Role) -> Result<Option<Role>, Problem> {
    let parsed = Role::parse(word).ok_or_else(|| Problem::InvalidChoice(word.to_owned()))?;
    let shown = voice == Voice::Classic && crate::dialect::v1::classic::user::role(present) == word;
    Ok((!shown).then_some(parsed))
}

/// A new password.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct PasswordChange {
    /// The present one.
    #[schema(required)]
    pub current_password: Option<String>,
    /// The next one; 8 characters to 72 bytes.
    #[schema(required, min_length = 8, max_length = 72)]
    pub new_password: Option<String>,
}

/// Whose password is forgotten.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct ForgottenPassword {
    /// Address.
    #[schema(required)]
    pub email: Option<String>,
}

/// A new password for whoever got the link.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewPassword {
    /// From the link; good once.
    #[schema(required)]
    pub token: Option<String>,
    /// From the link; checked when given.
    pub uidb64: Option<String>,
    /// 8 characters to 72 bytes.
    #[schema(required, min_length = 8, max_length = 72)]
    pub new_password: Option<String>,
}

impl NewPassword {
    /// The command.
    pub fn into_command(self) -> ResetPassword {
        ResetPassword {
            user: self.uidb64.as_deref().map(crate::gate::reference::from_uidb64),
            token: self.token,
            new_password: self.new_password,
        }
    }
}

/// Who is to get a ticket.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Assignment {
    /// The person, or `null` for nobody (seed 002).
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub user_id: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub assigned_to: Given<Ref>,
    /// The same (seed 001).
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub assigned_to_id: Given<Ref>,
    /// The same (seed 003).
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub agent_id: Given<Ref>,
}

impl Assignment {
    /// The person, and the field that names it; none where the body says nothing.
    pub fn person(self) -> Option<(&'static str, Option<Reference>)> {
        let Self { user_id, assigned_to, assigned_to_id, agent_id } = self;
        let fields =
            [("user_id", user_id), ("assigned_to", assigned_to), ("assigned_to_id", assigned_to_id), ("agent_id", agent_id)];
        fields.into_iter().find_map(|(field, given)| Some((field, given.map(|person| person.0)?)))
    }
}
