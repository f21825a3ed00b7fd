//! What every feature is made of: who acts, when, on what, and how a refusal is told.

pub mod actor;
pub(crate) mod breath;
pub mod clock;
pub mod decimal;
pub mod fault;
pub mod id;
pub(crate) mod once;
pub mod page;
pub mod race;
pub mod slug;
pub mod text;
pub mod violation;
pub mod word;
pub mod zone;

pub use actor::{Actor, Fingerprint, IdempotencyClaim, Sight};
pub use clock::{Clock, Ids, Moment};
pub use decimal::Decimal;
pub use fault::{Fault, Kind, StoreError};
pub use id::{Reference, Revision, Serial, Target};
pub use page::{Page, PageRequest, Paging};
pub use slug::Slug;
pub use violation::{Check, Problem, Violation, Violations};
pub use word::Word;
pub use zone::Zone;
