//! Everything outside that is not the database: the clock, fresh ids, slow hashes, signed tokens, mail, the external
//! workflow. Implements those
//! ports of `helpdesk-domain`.

mod clock;
mod ids;
pub mod mail;
mod password;
mod secret;
mod token;
mod workflow;

pub use clock::SystemClock;
pub use ids::UuidIds;
pub use password::Bcrypt;
pub use secret::KeyedSecrets;
pub use token::{Jwt, SHORTEST_KEY};
pub use workflow::{Unready, WorkflowSettings, WorkflowWebhook};
