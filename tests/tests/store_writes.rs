//! What every store keeps to when it writes, on both databases.

#![expect(clippy::unwrap_used, reason = "tests")]

use futures_util::future::join_all;
use helpdesk_domain::event::port::EventRepository;
use helpdesk_domain::event::{CatalogChange, CatalogKind, Event, Happened};
use helpdesk_domain::idempotency::{Answer, IdempotencyRepository};
use helpdesk_domain::identity::port::{IdentityRepository, OrganizationRepository};
use helpdesk_domain::identity::{Role, User, UserChange, UserState};
use helpdesk_domain::kernel::id::{CategoryId, CommentId, TagId, Target};
use helpdesk_domain::kernel::text::{Color, Description, Email, Label, Note, TagName, Title, Username};
use helpdesk_domain::kernel::{IdempotencyClaim, Reference, Sight, StoreError};
use helpdesk_domain::taxonomy::port::TaxonomyRepository;
use helpdesk_domain::taxonomy::{Category, Tag};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::ticket::command::EditTicket;
use helpdesk_domain::ticket::port::{TicketRepository, Viewer};
use helpdesk_domain::ticket::{Ticket, TicketError, TicketState};
use helpdesk_domain::work::{Changes, Outcome, SpentKey, UnitOfWork, Write};
use helpdesk_persistence::{Store, Swept};
use helpdesk_tests::office::{Office, id, labelled, somebody};
use helpdesk_tests::on_both_backends;
use uuid::Uuid;
