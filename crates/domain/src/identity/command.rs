//! What can be asked of identity. Text is as the client wrote it; the use case looks at it.

use crate::attachment::ObjectKey;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Reference, Revision, Target};

/// A new account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// Address.
    pub email: Option<String>,
    /// Password, 8 characters to 72 bytes.
    pub password: Option<String>,
    /// Login name; made from the address when absent.
    pub username: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// The organization to join; the default one when absent.
    pub organization: Option<Reference>,
    /// A picture, prepared by [`crate::attachment::Portraits::prepare`].
    pub image: Option<ObjectKey>,
}

/// An application for an account that waits for approval (seed 004).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apply {
    /// As anybody would register; names are required.
    pub account: Register,
    /// The password once more; not compared when absent.
    pub confirmation: Option<String>,
    /// Name between the two.
    pub middle_name: Option<String>,
    /// What stands behind the name.
    pub suffix: Option<String>,
    /// Department, by id or name.
    pub department: Option<Reference>,
}

/// An account without a password that an admin makes and that waits for approval (seed 004).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invite {
    /// Address; required.
    pub email: Option<String>,
    /// Given name; required.
    pub first_name: Option<String>,
    /// Family name; required.
    pub last_name: Option<String>,
    /// Name between the two.
    pub middle_name: Option<String>,
    /// What stands behind the name.
    pub suffix: Option<String>,
    /// Department, by id or name.
    pub department: Option<Reference>,
    /// Role; customer when absent.
    pub role: Option<super::Role>,
}

/// What an organization is to be; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeOrganization {
    /// The revision that it must have, if any.
    pub revision: Option<Revision>,
    /// Name.
    pub name: Option<String>,
    /// Internet domain; an empty one is taken away.
    pub domain: Option<String>,
    /// IANA name of its time zone.
    pub time_zone: Option<String>,
    /// Whether its time can be moved.
    pub sandbox: Option<bool>,
    /// Whether tickets of every channel wait for approval.
    pub requires_approval: Option<bool>,
    /// Whether new accounts wait for approval.
    pub requires_account_approval: Option<bool>,
    /// For how many days a requester may reopen a resolved ticket, 0 to 3 650.
    pub reopen_days: Option<i64>,
    /// For how many minutes authors may edit and delete their comments, 0 to 525 600.
    pub comment_edit_minutes: Option<i64>,
    /// After how many days resolved tickets are closed, 1 to 3 650; an inner none for never.
    pub auto_close_days: Option<Option<i64>>,
    /// After how many days requesters of pending tickets are reminded, 1 to 3 650; an inner none for never.
    pub pending_reminder_days: Option<Option<i64>>,
    /// Where finished tickets go; an empty one is taken away.
    pub workflow_url: Option<String>,
    /// What is signed with for it; an empty one is taken away.
    pub workflow_secret: Option<String>,
}

/// A new account, made by an admin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateUser {
    /// As anybody would register.
    pub account: Register,
    /// Role word; `customer` when absent.
    pub role: Option<String>,
    /// Department, by id or name.
    pub department: Option<Reference>,
}

/// A new organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundOrganization {
    /// Its word in URLs; required.
    pub slug: Option<String>,
    /// Its name; required.
    pub name: Option<String>,
    /// Its internet domain.
    pub domain: Option<String>,
    /// IANA name of its zone; UTC when absent.
    pub time_zone: Option<String>,
}

/// Changes to an account; none leaves a field as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditUser {
    /// Whose.
    pub target: Target,
    /// Address.
    pub email: Option<String>,
    /// Login name.
    pub username: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Role; admins only.
    pub role: Option<super::Role>,
    /// Whether it may log in; admins only.
    pub is_active: Option<bool>,
    /// Department or none.
    pub department: Option<Option<Reference>>,
}

/// A new password for whoever has the secret of a reset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResetPassword {
    /// Whose the link says it is; only checked when given.
    pub user: Option<Reference>,
    /// The secret.
    pub token: Option<String>,
    /// The next password, 8 characters to 72 bytes.
    pub new_password: Option<String>,
}

/// A new key for a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateApiKey {
    /// What its maker calls it; required.
    pub name: Option<String>,
    /// Words of [`super::Scope`]s; at least one.
    pub scopes: Option<Vec<String>>,
    /// When it ends.
    pub expires_at: Option<Moment>,
    /// Which API it speaks.
    pub audience: String,
}

/// A login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Address or username.
    pub login: Option<String>,
    /// Password.
    pub password: Option<String>,
    /// Whether refresh tokens last 30 days.
    pub remember: bool,
    /// Which API the login is made for.
    pub audience: String,
    /// Whom the door lets in.
    pub door: Door,
}

/// Whom a login door lets in; others are refused after the right password (seed 004).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Door {
    /// Everybody.
    #[default]
    Everybody,
    /// Whoever is not staff.
    Employees,
    /// Staff.
    Staff,
}
