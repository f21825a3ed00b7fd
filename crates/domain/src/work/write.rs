//! What can be written.

use uuid::Uuid;

use crate::attachment::File;
use crate::audit::AuditEntry;
use crate::automation::{Cursor, Macro, Rule, RuleLogEntry};
use crate::delivery::Delivery;
use crate::field_service::{Customer, Location, WorkOrder};
use crate::filter::SavedFilter;
use crate::identity::{ApiKey, Organization, PasswordReset, Rejection, Session, User};
use crate::kernel::clock::Moment;
#[cfg(doc)]
use crate::kernel::fault::StoreError;
use crate::kernel::id::{
    ApiKeyId, ArticleCategoryId, ArticleId, CalendarId, CategoryId, CommentId, CustomerId, DepartmentId, FaqId, FileId, FilterId,
    LinkId, LocationId, MacroId, NotificationId, PolicyId, ResetId, Revision, RouteId, RuleId, Serial, SessionId, TagId,
    TemplateId, TicketId, TransferId, UserId, WebhookId, WorkOrderId,
};
use crate::knowledge::{Article, ArticleCategory, Faq, Vote};
use crate::link::TicketLink;
use crate::mail::{Mail, MailKind};
use crate::notification::{Notification, NotificationKind};
use crate::privacy::RewrittenEvent;
use crate::realtime::Pass;
use crate::routing::{AgentProfile, Route};
use crate::satisfaction::Rating;
use crate::sla::{Calendar, Policy};
use crate::taxonomy::{Category, Department, Tag};
use crate::template::Template;
use crate::ticket::{Comment, Ticket};
use crate::transfer::Transfer;
use crate::webhook::Webhook;

/// One thing to write. What is checked by revision is [`StoreError::Stale`] unless the store has the one that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// A new organization, with its first categories and departments.
    AddOrganization(Organization),
    /// An organization as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveOrganization(Organization),
    /// A new ticket; the store numbers it.
    AddTicket(Box<Ticket>),
    /// A ticket as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveTicket(Box<Ticket>),
    /// A ticket to remove with its conversation; its history is kept for 30 days more.
    DeleteTicket(TicketId, Revision, Moment),
    /// A new comment.
    AddComment(Comment),
    /// A comment as it is now.
    SaveComment(Comment),
    /// A comment to remove.
    DeleteComment(TicketId, CommentId),
    /// A new account; the store gives it its company number.
    AddUser(Box<User>),
    /// An account as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveUser(Box<User>),
    /// What is kept of an account that was not let in.
    AddRejection(Box<Rejection>),
    /// Nothing; [`StoreError::Stale`] unless, after what was written before this, an admin of the organization may log in.
    KeepAdmin,
    /// Somebody was here; neither a revision nor an event.
    SeeUser(UserId, Moment),
    /// A new login.
    AddSession(Session),
    /// The next refresh token of a login; [`StoreError::Stale`] unless `spent` is still the good one.
    RotateSession {
        /// The login as it is now.
        session: Session,
        /// The refresh token that was brought.
        spent: Uuid,
    },
    /// A login to end.
    EndSession(SessionId, Moment),
    /// All logins of somebody to end.
    EndSessionsOf(UserId, Moment),
    /// Leave to choose a new password.
    AddReset(PasswordReset),
    /// A reset to spend; [`StoreError::Stale`] unless it is still unspent.
    SpendReset(ResetId, Moment),
    /// All unspent resets of somebody to end.
    EndResetsOf(UserId, Moment),
    /// A new pass to open a connection with.
    AddPass(Pass),
    /// A new key for a program.
    AddApiKey(Box<ApiKey>),
    /// A key was used.
    SeeApiKey(ApiKeyId, Moment),
    /// A key to end.
    DeleteApiKey(ApiKeyId),
    /// A mail to send.
    AddMail(Box<Mail>),
    /// A message to another program, due unless an older one about the same thing is pending.
    AddDelivery(Box<Delivery>),
    /// A kind of mail that somebody wants, or does without.
    MuteMail {
        /// Who.
        user: UserId,
        /// What.
        kind: MailKind,
        /// Whether they do without.
        muted: bool,
    },
    /// Something that somebody is told; nothing when they have been told of that event.
    AddNotification(Box<Notification>),
    /// Notifications of somebody that they have read; those that they had read before stay as they are.
    ReadNotifications(UserId, Vec<NotificationId>, Moment),
    /// A notification of somebody to remove; [`StoreError::Stale`] when there is none.
    DeleteNotification(UserId, NotificationId),
    /// A kind of notification that somebody wants, or does without.
    ChooseNotifications {
        /// Who.
        user: UserId,
        /// What.
        kind: NotificationKind,
        /// Whether they want it.
        wanted: bool,
    },
    /// How far a reader of the event log has come; [`StoreError::Stale`] unless it was at `from`.
    Advance {
        /// Which reader.
        consumer: &'static str,
        /// The position it was at.
        from: i64,
        /// The last position that it has read.
        to: i64,
    },
    /// A new category.
    AddCategory(Category),
    /// A category as it is now, checked by revision.
    SaveCategory(Category),
    /// A category to remove. [`StoreError::Taken`] (`category_in_use`) while tickets have it.
    DeleteCategory(CategoryId),
    /// A new tag.
    AddTag(Tag),
    /// A tag as it is now, checked by revision.
    SaveTag(Tag),
    /// A tag to remove, from its tickets too.
    DeleteTag(TagId),
    /// A new department.
    AddDepartment(Department),
    /// A department as it is now, checked by revision.
    SaveDepartment(Department),
    /// A department to remove. [`StoreError::Taken`] (`department_in_use`) while tickets or accounts have it.
    DeleteDepartment(DepartmentId),
    /// A new question with its answer.
    AddFaq(Box<Faq>),
    /// A question as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveFaq(Box<Faq>),
    /// A question to remove; [`StoreError::Stale`] unless the store has this revision.
    DeleteFaq(FaqId, Revision),
    /// A new article; its first version.
    AddArticle(Box<Article>),
    /// An article as it is now, and by whom: its next version, checked by revision.
    SaveArticle(Box<Article>, UserId),
    /// An article to remove with its versions and votes; [`StoreError::Stale`] unless the store has this revision.
    DeleteArticle(ArticleId, Revision),
    /// What somebody thinks of an article, in place of what they thought before; neither a revision nor a version.
    VoteOnArticle(Vote),
    /// A new category of articles.
    AddArticleCategory(ArticleCategory),
    /// A category of articles as it is now, checked by revision; [`StoreError::Stale`] too when it were a part of itself.
    SaveArticleCategory(ArticleCategory),
    /// A category of articles to remove, checked by revision. [`StoreError::Taken`] (`article_category_in_use`) while
    /// articles or other categories are in it.
    DeleteArticleCategory(ArticleCategoryId, Revision),
    /// A new file, whose content is stored; [`StoreError::Stale`] when the ledger does not have its object, or not for long.
    AddFile(Box<File>),
    /// A file to remove; its object goes to the ledger. [`StoreError::Stale`] when there is none.
    DeleteFile(FileId, Moment),
    /// A new calendar.
    AddCalendar(Box<Calendar>),
    /// A calendar as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveCalendar(Box<Calendar>),
    /// A calendar to remove, checked by revision. [`StoreError::Taken`] (`calendar_in_use`) while policies have it.
    DeleteCalendar(CalendarId, Revision),
    /// A new policy.
    AddPolicy(Box<Policy>),
    /// A policy as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SavePolicy(Box<Policy>),
    /// A policy to remove; [`StoreError::Stale`] unless the store has this revision.
    DeletePolicy(PolicyId, Revision),
    /// A new webhook.
    AddWebhook(Box<Webhook>),
    /// A webhook as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveWebhook(Box<Webhook>),
    /// A webhook to remove; [`StoreError::Stale`] unless the store has this revision.
    DeleteWebhook(WebhookId, Revision),
    /// A new response template.
    AddTemplate(Box<Template>),
    /// A response template as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveTemplate(Box<Template>),
    /// A response template to remove; [`StoreError::Stale`] unless the store has this revision.
    DeleteTemplate(TemplateId, Revision),
    /// A new rule.
    AddRule(Box<Rule>),
    /// A rule as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveRule(Box<Rule>),
    /// A rule to remove with its log; [`StoreError::Stale`] unless the store has this revision.
    DeleteRule(RuleId, Revision),
    /// A new macro.
    AddMacro(Box<Macro>),
    /// A macro as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveMacro(Box<Macro>),
    /// A macro to remove; [`StoreError::Stale`] unless the store has this revision.
    DeleteMacro(MacroId, Revision),
    /// What a rule did; nothing when it is gone.
    LogRule(Box<RuleLogEntry>),
    /// How far a rule has come among tickets that wait; [`StoreError::Stale`] unless it was at `from`.
    MoveCursor {
        /// The rule's key.
        key: String,
        /// Since when it is carried out.
        since: Moment,
        /// The place it was at.
        from: Option<Cursor>,
        /// The place it is at.
        to: Cursor,
    },
    /// The account that says what rules say, made unless it is there: nobody logs in with it, and no list shows it.
    KeepAutomaton(UserId),
    /// A line of the audit log that no event tells of; what events tell of is written with them ([`Event::audit`]).
    AddAudit(Box<AuditEntry>),
    /// A new link between two tickets; [`StoreError::Taken`] when they are linked so already, in either direction.
    AddLink(Box<TicketLink>),
    /// A link to end; [`StoreError::Stale`] when there is none.
    DeleteLink(LinkId),
    /// A first rating; [`StoreError::Taken`] when the ticket has one.
    AddRating(Box<Rating>),
    /// A rating as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveRating(Box<Rating>),
    /// Comments and files to move from one ticket to another, so that it can be undone; behind the writes of both tickets.
    AddTransfer(Box<Transfer>),
    /// A person to erase for good: the account is nobody's and says nothing of them; keys, mails and choices are removed.
    EraseUser(UserId, Moment),
    /// Tickets that a person asked for: what they wrote on them goes, with the files that they brought.
    EraseTickets(UserId, Vec<TicketId>, Moment),
    /// Events that say something else from now on, and with them what was made of them. Up to this position the log says
    /// nothing of the person any more: whoever begins again goes on behind it.
    RewriteEvents(UserId, Vec<RewrittenEvent>, i64),
    /// A transfer to undo: what it moved, and is still there, goes back; [`StoreError::Stale`] when there is none.
    UndoTransfer(TransferId),
    /// A new saved filter.
    AddFilter(Box<SavedFilter>),
    /// A saved filter as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveFilter(Box<SavedFilter>),
    /// A saved filter to remove; [`StoreError::Stale`] unless the store has this revision.
    DeleteFilter(FilterId, Revision),
    /// A new customer.
    AddCustomer(Box<Customer>),
    /// A customer as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveCustomer(Box<Customer>),
    /// A customer to remove, checked by revision. [`StoreError::Taken`] (`customer_in_use`) while work orders or locations have it.
    DeleteCustomer(CustomerId, Revision),
    /// A new location.
    AddLocation(Box<Location>),
    /// A location as it is now; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveLocation(Box<Location>),
    /// A location to remove, checked by revision. [`StoreError::Taken`] (`location_in_use`) while work orders have it.
    DeleteLocation(LocationId, Revision),
    /// A new work order with its tasks and materials; the store numbers it.
    AddWorkOrder(Box<WorkOrder>),
    /// A work order with its tasks and materials as they are now, checked by revision.
    SaveWorkOrder(Box<WorkOrder>),
    /// Nothing; [`StoreError::Taken`] (`technician_booked`) when, after what was written before this, another work order
    /// that is neither completed nor cancelled takes some of the technician's time that this one takes.
    KeepFree(WorkOrderId),
    /// A work order to remove with its tasks, materials and history, checked by revision.
    DeleteWorkOrder(WorkOrderId, Revision),
    /// A new route.
    AddRoute(Box<Route>),
    /// A route as it is now, checked by revision.
    SaveRoute(Box<Route>),
    /// Tickets that wait for a route are looked at again.
    AwaitAnew,
    /// A route to remove, checked by revision; tickets that wait for it are looked at again.
    DeleteRoute(RouteId, Revision),
    /// A ticket waits for somebody; nothing when it has somebody, or is not open. It ceases to wait when it is saved so.
    Await(TicketId),
    /// A waiting ticket goes by that route at this revision, else is looked at again; [`StoreError::Stale`] when it waits no more.
    AwaitBy(TicketId, RouteId, Revision),
    /// Nothing; [`StoreError::Stale`] unless the store has this revision of the route.
    KeepRoute(RouteId, Revision),
    /// A ticket waits no longer; [`StoreError::Stale`] when it does not wait.
    CeaseWaiting(TicketId),
    /// What somebody bears, can do, and wants; [`StoreError::Stale`] unless the store has the revision that was read.
    SaveAgent(Box<AgentProfile>),
    /// Whose turn it was; [`StoreError::Stale`] unless `last` was served last.
    Serve {
        /// Whose turns these are.
        turn: Uuid,
        /// Who was served last, by their integer; nobody yet when absent.
        last: Option<Serial>,
        /// Who is served now.
        to: UserId,
    },
    /// Nothing; [`StoreError::Taken`] (`Router::FULL`) unless the person bears what they have by now, is available, and may get tickets.
    KeepCapacity(UserId),
}
