//! Events. Their JSON is stored and sent: it is a contract, so fields are only ever added.

use uuid::Uuid;

use super::catalog::{CatalogChange, CatalogKind};
use super::happened::Happened;
use super::named::FieldChange;
use super::origin::{ByRoute, ByRule, Origin};
use super::subject::Subject;
use crate::identity::UserState;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{ArticleId, EventId, FaqId, FileId, OrganizationId, TicketId, UserId, WorkOrderId};
use crate::ticket::TicketState;

/// Something that happened. The unit of work gives it its id and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// In which organization.
    pub organization: OrganizationId,
    /// To what.
    pub subject: Subject,
    /// By whom; none when nobody was logged in (a registration).
    pub actor: Option<UserId>,
    /// By whom, as their name was.
    pub actor_name: String,
    /// What made it, where nobody did; for staff.
    pub origin: Option<Origin>,
    /// When.
    pub at: Moment,
    /// What.
    pub happened: Happened,
}

/// An event as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Identity, for consumers to drop doubles by.
    pub id: EventId,
    /// Its place: 1, 2, 3 … in each organization, in the order of the commits, without gaps.
    pub position: i64,
    /// What happened.
    pub event: Event,
}

impl Event {
    /// Something that somebody did to a ticket.
    pub fn of_ticket(ticket: TicketId, by: &Actor, at: Moment, happened: Happened) -> Self {
        Self::by(by, Subject::Ticket(ticket), at, happened)
    }

    /// Something that somebody did to a work order.
    pub fn of_work_order(order: WorkOrderId, by: &Actor, at: Moment, happened: Happened) -> Self {
        Self::by(by, Subject::WorkOrder(order), at, happened)
    }

    /// Something that somebody did to what [`CatalogKind`] lists.
    pub fn of_catalog(kind: CatalogKind, id: Uuid, by: &Actor, at: Moment, change: CatalogChange, name: &str) -> Self {
        Self::by(by, Subject::Catalog(kind, id), at, Happened::Cataloged { change, name: name.to_owned() })
    }

    /// Something that somebody did to a question that is often asked.
    pub fn of_faq(faq: FaqId, by: &Actor, at: Moment, happened: Happened) -> Self {
        Self::by(by, Subject::Faq(faq), at, happened)
    }

    /// Something that somebody did to an article.
    pub fn of_article(article: ArticleId, by: &Actor, at: Moment, happened: Happened) -> Self {
        Self::by(by, Subject::Article(article), at, happened)
    }

    /// Somebody chose something else for their organization.
    pub fn of_organization(by: &Actor, at: Moment, changes: Vec<FieldChange>) -> Self {
        Self::by(by, Subject::Organization(by.organization), at, Happened::OrganizationUpdated { changes })
    }

    /// Something that somebody did to a file of their own.
    pub fn of_file(file: FileId, by: &Actor, at: Moment, happened: Happened) -> Self {
        Self::by(by, Subject::File(file), at, happened)
    }

    /// Something that happened to an account; `by` is none when the person did it without being logged in.
    pub fn of_user(user: &UserState, by: Option<UserId>, at: Moment, happened: Happened) -> Self {
        Self {
            organization: user.organization,
            subject: Subject::User(user.id),
            actor: by,
            actor_name: String::new(),
            origin: None,
            at,
            happened,
        }
    }

    /// Something that somebody did to a person, whose account may be gone.
    pub fn of_person(by: &Actor, person: UserId, at: Moment, happened: Happened) -> Self {
        Self::by(by, Subject::User(person), at, happened)
    }

    /// Something that happened to a ticket because time went by.
    pub fn by_itself(ticket: &TicketState, at: Moment, happened: Happened) -> Self {
        let (organization, subject) = (ticket.organization, Subject::Ticket(ticket.id));
        Self { organization, subject, actor: None, actor_name: "System".to_owned(), origin: None, at, happened }
    }

    /// Something that a rule did to a ticket. Who is no staff is not told which.
    pub fn of_rule(ticket: &TicketState, rule: ByRule, at: Moment, happened: Happened) -> Self {
        Self { actor_name: "Automation".to_owned(), origin: Some(Origin::ByRule(rule)), ..Self::by_itself(ticket, at, happened) }
    }

    /// Something that a route did to a ticket. Who is no staff is not told which.
    pub fn of_route(ticket: &TicketState, route: ByRoute, at: Moment, happened: Happened) -> Self {
        Self {
            actor_name: "Automation".to_owned(),
            origin: Some(Origin::ByRoute(route)),
            ..Self::by_itself(ticket, at, happened)
        }
    }

    /// The rule that made it, if one did.
    pub fn by_rule(&self) -> Option<&ByRule> {
        self.origin.as_ref().and_then(Origin::by_rule)
    }

    fn by(actor: &Actor, subject: Subject, at: Moment, happened: Happened) -> Self {
        let (organization, actor_name) = (actor.organization, actor.name.clone());
        Self { organization, subject, actor: Some(actor.user), actor_name, origin: None, at, happened }
    }

    /// The event's type as subscribers name it, e.g. `ticket.status_changed`.
    pub fn kind(&self) -> String {
        let verb = match &self.happened {
            Happened::TicketCreated { .. }
            | Happened::UserCreated { .. }
            | Happened::FaqCreated { .. }
            | Happened::ArticleCreated { .. } => "created",
            Happened::TicketStatusChanged { .. } => "status_changed",
            Happened::TicketAssigned { .. } => "assigned",
            Happened::WorkOrder(happened) => happened.verb(),
            Happened::TicketUpdated { .. }
            | Happened::UserUpdated { .. }
            | Happened::FaqUpdated { .. }
            | Happened::ArticleUpdated { .. }
            | Happened::OrganizationUpdated { .. } => "updated",
            Happened::ArticleVoted { .. } => "voted",
            Happened::TicketFinalized => "finalized",
            Happened::TicketDeleted { .. }
            | Happened::UserDeleted
            | Happened::FaqDeleted { .. }
            | Happened::ArticleDeleted { .. }
            | Happened::FileDeleted { .. } => "deleted",
            Happened::TicketLinked { .. } => "linked",
            Happened::TicketUnlinked { .. } => "unlinked",
            Happened::TicketMerged { .. } => "merged",
            Happened::TicketAbsorbed { .. } => "absorbed",
            Happened::TicketMergeUndone { .. } => "unmerged",
            Happened::TicketSplit { .. } => "split",
            Happened::TicketSplitOff { .. } => "split_off",
            Happened::TicketSplitUndone { .. } => "unsplit",
            Happened::TicketRated { .. } => "rated",
            Happened::TicketNotified { .. } => "notified",
            Happened::AttachmentAdded { .. } => "attachment_added",
            Happened::AttachmentRemoved { .. } => "attachment_removed",
            Happened::FileUploaded { .. } => "uploaded",
            Happened::SlaWarned { .. } => "sla_warned",
            Happened::SlaBreached { .. } => "sla_breached",
            Happened::CommentAdded { .. } => "comment_added",
            Happened::CommentEdited { .. } => "comment_edited",
            Happened::CommentDeleted { .. } => "comment_deleted",
            Happened::UserErased => "erased",
            Happened::UserApproved => "approved",
            Happened::UserRejected { .. } => "rejected",
            Happened::PasswordChanged => "password_changed",
            Happened::Cataloged { change: CatalogChange::Created, .. } => "created",
            Happened::Cataloged { change: CatalogChange::Updated, .. } => "updated",
            Happened::Cataloged { change: CatalogChange::Deleted, .. } => "deleted",
        };
        format!("{}.{verb}", self.subject.kind())
    }
}
