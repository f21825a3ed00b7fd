//! Shapes that both voices have, but for how they say ids and people: each is written once, generic over [`Key`].

pub mod article;
pub mod audit;
mod document;
pub mod file;
pub mod filter;
pub mod link;
pub mod notification;
pub mod privacy;
pub mod routing;
pub mod satisfaction;
pub mod site;
pub mod sla;
pub mod template;
pub mod work_order;

use std::fmt::Debug;

use helpdesk_domain::ticket::UserBrief;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use document::settle;

use super::say::Shows;
use super::{Voice, classic, platform};

/// An id as a voice says it, and with it how the voice says people.
pub trait Key: Debug + Serialize + ToSchema {
    /// Whose ids look like this.
    const VOICE: Voice;
    /// A person beside something else.
    type Person: Debug + Serialize + ToSchema + for<'a> From<&'a UserBrief>;
    /// A person beside what strangers read too.
    type Author: Debug + Shows<UserBrief> + ToSchema;
    /// The id of something.
    fn of(id: Uuid, serial: i64) -> Self;
}

/// UUID.
#[derive(Debug, Serialize, ToSchema)]
pub struct Uid(Uuid);

impl Key for Uid {
    const VOICE: Voice = Voice::Platform;
    type Person = platform::user::Person;
    type Author = platform::user::Author;

    fn of(id: Uuid, _: i64) -> Self {
        Self(id)
    }
}

/// Integer.
#[derive(Debug, Serialize, ToSchema)]
pub struct SerialId(i64);

impl Key for SerialId {
    const VOICE: Voice = Voice::Classic;
    type Person = classic::user::Person;
    type Author = classic::user::Author;

    fn of(_: Uuid, serial: i64) -> Self {
        Self(serial)
    }
}
