//! Everything outside that is not the database: the clock, fresh ids, slow hashes, signed tokens. Implements those
//! ports of `helpdesk-domain`.

mod clock;
mod ids;
mod password;
mod token;

pub use clock::SystemClock;
pub use ids::UuidIds;
pub use password::Bcrypt;
pub use token::{Jwt, SHORTEST_KEY};
