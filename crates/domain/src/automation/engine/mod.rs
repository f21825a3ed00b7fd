//! How rules are carried out.

mod clockwork;
mod deed;
mod due;
mod harvest;
mod known;
mod pass;
mod past;
mod reader;
mod replay;
mod runner;

use uuid::Uuid;

pub use clockwork::Clockwork;
pub(super) use deed::{Deed, Hand};
pub(super) use known::{Known, Needed, Sources};
pub use reader::RuleReader;
pub use replay::Match;
pub(super) use replay::{Stage, Stretch};
pub use runner::RuleEngine;

use crate::kernel::id::{OrganizationId, UserId};

/// What is mixed into an organization's id, so that its automaton has one of its own.
const MARK: u128 = 0x0000_0000_0000_0000_00a0_7074_a70e_0001;

/// Who says what rules say: an account of the organization that nobody logs in with and no list shows.
pub const fn automaton(organization: OrganizationId) -> UserId {
    UserId(Uuid::from_u128(organization.0.as_u128() ^ MARK))
}
