//! Who people are: organizations, users, roles, logins.

mod api_key;
pub mod command;
mod error;
mod organization;
pub mod policy;
pub mod port;
mod rejection;
mod reset;
mod role;
pub mod service;
mod session;
mod user;
mod view;

pub use api_key::{ApiKey, ApiKeyView, Scope};
pub use error::IdentityError;
pub use organization::{Chosen, Organization, OrganizationSettings};
pub use rejection::{Rejection, RejectionView};
pub use reset::{PasswordReset, Resets, SecretDigest};
pub use role::Role;
pub use service::{Accounts, Admission, ApiKeys, KeyAdmission, Lifetimes, Logins, Passwords, TokenPair};
pub use session::{Claims, Session, TokenUse};
pub use user::{Approval, SUFFIXES, User, UserChange, UserState, full_name};
pub use view::{UserOrder, UserQuery, UserView};
