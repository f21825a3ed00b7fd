//! Everything outside that is not the database: the clock, fresh ids, slow hashes, signed tokens and links, mail, contents
//! of files in a folder or in S3, pictures, Markdown, the external workflow. Implements those ports of `helpdesk-domain`.

mod clock;
mod content;
mod ids;
mod image;
mod inspector;
mod link;
pub mod mail;
mod markdown;
mod password;
mod redis;
mod secret;
mod token;
mod traces;
mod webhook;

pub use clock::SystemClock;
pub use content::{Contents, Place};
pub use ids::UuidIds;
pub use image::Images;
pub use inspector::Inspector;
pub use link::{PublicLinks, SignedLinks};
pub use markdown::Markdown;
pub use password::Bcrypt;
pub use redis::{Redis, Taken};
pub use secret::KeyedSecrets;
pub use token::{Jwt, SHORTEST_KEY};
pub use traces::{NoTraces, Traces};
pub use webhook::{Poster, PublicEndpoints, Unready};
