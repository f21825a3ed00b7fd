//! Writes changes into a transaction, whichever database it is of.

use std::collections::HashMap;

use helpdesk_domain::automation::automaton;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId, UserId, WorkOrderId};
use helpdesk_domain::mail::Mail;
use helpdesk_domain::notification::Notification;
use helpdesk_domain::work::{Changes, Write};
use sea_orm::{DatabaseTransaction, DbErr};

use super::alarm::Alarms;
use super::index::{Findable, Touched};
use super::numbers::{self, Numbers};
use super::{
    Aftermath, Refused, Task, api_key, article, article_category, audit, catalog, comment, customer, delivery, erasure, faq,
    file, filter, identity, index, key, link, location, log, macros, mail, notification, organization, pass, rating, reset,
    rewriting, route, routing, rule, sla, template, ticket, transfer, webhook, work_order,
};
use crate::days::Counting;
use crate::{Store, search};

/// A commit that is being written.
pub(super) struct Writing<'a> {
    pub store: &'a Store,
    pub transaction: &'a DatabaseTransaction,
    /// The organization's integer.
    pub organization: i64,
    /// What the organization's sequences gave to this commit.
    pub numbers: Numbers,
    /// Tickets that this commit has written, so that nothing of them is read or indexed twice.
    pub touched: HashMap<TicketId, Touched>,
    /// Questions that this commit has written, to be indexed.
    pub questions: Vec<search::Question>,
    /// Articles that this commit has written, to be indexed.
    pub articles: Vec<search::ArticleDocument>,
    /// Tickets that this commit has deleted, and until when their history is kept.
    pub deleted: HashMap<TicketId, (i64, Moment)>,
    /// Who says what rules say.
    pub automaton: UserId,
    /// Whether there is anything to send to other programs.
    pub hands_over: bool,
    /// Work orders that this commit has written.
    pub orders: HashMap<WorkOrderId, i64>,
    /// What of them, and of others, is to be indexed.
    pub order_texts: Vec<search::OrderText>,
}

/// Does what was asked for, inside the transaction.
pub(super) async fn perform(store: &Store, transaction: &DatabaseTransaction, task: &Task) -> Result<Aftermath, Refused> {
    match task {
        Task::Commit(changes) => write(store, transaction, changes).await,
        Task::Settle(user, claim, answer) => {
            key::settle(transaction, *user, claim, answer, store.clock.now()).await?;
            Ok(Aftermath::default())
        }
    }
}

async fn write(store: &Store, transaction: &DatabaseTransaction, changes: &Changes) -> Result<Aftermath, Refused> {
    let Changes { organization: id, writes, events, key } = changes;
    if let Some(key) = key {
        key::spend(transaction, key, store.clock.now()).await?;
    }
    let organization = serial(store, transaction, *id, writes).await?;
    let numbers = numbers::take(transaction, organization, writes, events.len()).await?;
    let (touched, deleted) = (HashMap::new(), HashMap::new());
    let mut writing = Writing {
        store,
        transaction,
        organization,
        numbers,
        touched,
        questions: Vec::new(),
        articles: Vec::new(),
        deleted,
        orders: HashMap::new(),
        order_texts: Vec::new(),
        hands_over: false,
        automaton: automaton(*id),
    };
    for write in writes {
        writing.apply(write).await?;
    }
    let mails: Vec<&Mail> = writes.iter().filter_map(mail_in).collect();
    mail::add(&writing, &mails).await?;
    let notifications: Vec<&Notification> = writes.iter().filter_map(notification_in).collect();
    notification::add(&writing, &notifications).await?;
    log::record(&mut writing, events).await?;
    let (words, findable) = (index::renew(&writing).await?, Findable::after(&writing).await?);
    let is_news = !events.is_empty() || writes.iter().any(|write| matches!(write, Write::AddMail(_)));
    let promises = writes.iter().any(promises);
    let hands_over = writing.hands_over || writes.iter().any(|write| matches!(write, Write::AddDelivery(_)));
    let grown = (!events.is_empty()).then_some(*id);
    let touches_logins = writes.iter().any(touches_logins);
    let sandbox = writes.iter().find_map(sandbox);
    let alarms = Alarms::of(events);
    Ok(Aftermath { words, findable, touches_logins, is_news, hands_over, promises, alarms, sandbox, grown })
}

/// The organization's integer; a new organization is written here, since everything else refers to it.
async fn serial(store: &Store, transaction: &DatabaseTransaction, id: OrganizationId, writes: &[Write]) -> Result<i64, Refused> {
    for write in writes {
        if let Write::AddOrganization(new) = write {
            return organization::add(store, transaction, new).await;
        }
    }
    let known = store.organization_serial_in(transaction, id).await?;
    Ok(known.ok_or_else(|| DbErr::RecordNotFound(format!("organization {id}")))?)
}

fn promises(write: &Write) -> bool {
    matches!(write, Write::SaveCalendar(_) | Write::AddPolicy(_) | Write::SavePolicy(_) | Write::DeletePolicy(..))
}

fn sandbox(write: &Write) -> Option<OrganizationId> {
    let Write::SaveOrganization(organization) = write else { return None };
    organization.is_sandbox().then_some(organization.id)
}

fn mail_in(write: &Write) -> Option<&Mail> {
    if let Write::AddMail(mail) = write { Some(mail) } else { None }
}

fn notification_in(write: &Write) -> Option<&Notification> {
    if let Write::AddNotification(notification) = write { Some(notification) } else { None }
}

fn touches_logins(write: &Write) -> bool {
    matches!(write, Write::SaveUser(_) | Write::EndSession(..) | Write::EndSessionsOf(..) | Write::RotateSession { .. })
}

impl Writing<'_> {
    /// How the organization's days are counted.
    pub async fn counting(&mut self) -> Result<Counting, DbErr> {
        let counting = match self.numbers.counting {
            Some(counting) => counting,
            None => Counting::read(self.transaction, self.organization).await?,
        };
        self.numbers.counting = Some(counting);
        Ok(counting)
    }

    #[expect(clippy::too_many_lines, reason = "one line for every kind of write")]
    async fn apply(&mut self, write: &Write) -> Result<(), Refused> {
        match write {
            Write::AddOrganization(_) => Ok(()),
            Write::SaveOrganization(changed) => organization::save(self, changed).await,
            Write::AddTicket(new) => ticket::add(self, new).await,
            Write::SaveTicket(changed) => ticket::save(self, changed).await,
            Write::DeleteTicket(id, revision, at) => ticket::delete(self, *id, *revision, *at).await,
            Write::AddComment(new) => comment::add(self, new).await,
            Write::SaveComment(changed) => comment::save(self, changed).await,
            Write::DeleteComment(ticket, id) => comment::delete(self, *ticket, *id).await,
            Write::AddUser(new) => identity::add(self, new).await,
            Write::SaveUser(changed) => identity::save(self, changed).await,
            Write::AddRejection(new) => identity::add_rejection(self, new).await,
            Write::KeepAdmin => identity::keep_admin(self).await,
            Write::SeeUser(id, at) => identity::see(self, *id, *at).await,
            Write::AddSession(new) => identity::add_session(self, new).await,
            Write::RotateSession { session, spent } => identity::rotate(self, session, *spent).await,
            Write::EndSession(id, at) => identity::end_session(self, *id, *at).await,
            Write::EndSessionsOf(id, at) => identity::end_sessions_of(self, *id, *at).await,
            Write::AddReset(new) => reset::add(self, new).await,
            Write::SpendReset(id, at) => reset::spend(self, *id, *at).await,
            Write::EndResetsOf(id, at) => reset::end_of(self, *id, *at).await,
            Write::AddPass(new) => pass::add(self, new).await,
            Write::AddApiKey(new) => api_key::add(self, new).await,
            Write::SeeApiKey(id, at) => api_key::see(self, *id, *at).await,
            Write::DeleteApiKey(id) => api_key::delete(self, *id).await,
            // All of them together, at last.
            Write::AddMail(_) | Write::AddNotification(_) => Ok(()),
            Write::AddDelivery(new) => delivery::add(self, new).await,
            Write::MuteMail { user, kind, muted } => mail::mute(self, *user, *kind, *muted).await,
            Write::ReadNotifications(user, ids, at) => notification::read(self, *user, ids, *at).await,
            Write::DeleteNotification(user, id) => notification::delete(self, *user, *id).await,
            Write::ChooseNotifications { user, kind, wanted } => notification::choose(self, *user, *kind, *wanted).await,
            Write::Advance { consumer, from, to } => mail::advance(self, consumer, *from, *to).await,
            Write::AddCategory(new) => catalog::add_category(self, new).await,
            Write::SaveCategory(changed) => catalog::save_category(self, changed).await,
            Write::DeleteCategory(id) => catalog::delete_category(self, *id).await,
            Write::AddTag(new) => catalog::add_tag(self, new).await,
            Write::SaveTag(changed) => catalog::save_tag(self, changed).await,
            Write::DeleteTag(id) => catalog::delete_tag(self, *id).await,
            Write::AddDepartment(new) => catalog::add_department(self, new).await,
            Write::SaveDepartment(changed) => catalog::save_department(self, changed).await,
            Write::DeleteDepartment(id) => catalog::delete_department(self, *id).await,
            Write::AddFaq(new) => faq::add(self, new).await,
            Write::SaveFaq(changed) => faq::save(self, changed).await,
            Write::DeleteFaq(id, revision) => faq::delete(self, *id, *revision).await,
            Write::AddArticle(new) => article::add(self, new).await,
            Write::SaveArticle(changed, by) => article::save(self, changed, *by).await,
            Write::DeleteArticle(id, revision) => article::delete(self, *id, *revision).await,
            Write::VoteOnArticle(vote) => article::vote(self, vote).await,
            Write::AddArticleCategory(new) => article_category::add(self, new).await,
            Write::SaveArticleCategory(changed) => article_category::save(self, changed).await,
            Write::DeleteArticleCategory(id, revision) => article_category::delete(self, *id, *revision).await,
            Write::AddFile(new) => file::add(self, new).await,
            Write::DeleteFile(id, at) => file::delete(self, *id, *at).await,
            Write::AddCalendar(new) => sla::add_calendar(self, new).await,
            Write::SaveCalendar(changed) => sla::save_calendar(self, changed).await,
            Write::DeleteCalendar(id, revision) => sla::delete_calendar(self, *id, *revision).await,
            Write::AddPolicy(new) => sla::add_policy(self, new).await,
            Write::SavePolicy(changed) => sla::save_policy(self, changed).await,
            Write::DeletePolicy(id, revision) => sla::delete_policy(self, *id, *revision).await,
            Write::AddWebhook(new) => webhook::add(self, new).await,
            Write::SaveWebhook(changed) => webhook::save(self, changed).await,
            Write::DeleteWebhook(id, revision) => webhook::delete(self, *id, *revision).await,
            Write::AddTemplate(new) => template::add(self, new).await,
            Write::SaveTemplate(changed) => template::save(self, changed).await,
            Write::DeleteTemplate(id, revision) => template::delete(self, *id, *revision).await,
            Write::AddRule(new) => rule::add(self, new).await,
            Write::SaveRule(changed) => rule::save(self, changed).await,
            Write::DeleteRule(id, revision) => rule::delete(self, *id, *revision).await,
            Write::AddMacro(new) => macros::add(self, new).await,
            Write::SaveMacro(changed) => macros::save(self, changed).await,
            Write::DeleteMacro(id, revision) => macros::delete(self, *id, *revision).await,
            Write::LogRule(entry) => rule::log(self, entry).await,
            Write::MoveCursor { key, since, from, to } => rule::move_cursor(self, key, *since, *from, *to).await,
            Write::KeepAutomaton(id) => rule::keep_automaton(self, *id).await,
            Write::AddAudit(new) => audit::add(self, new).await,
            Write::AddLink(new) => link::add(self, new).await,
            Write::DeleteLink(id) => link::delete(self, *id).await,
            Write::AddRating(new) => rating::add(self, new).await,
            Write::SaveRating(changed) => rating::save(self, changed).await,
            Write::AddTransfer(new) => transfer::add(self, new).await,
            Write::EraseUser(id, at) => erasure::user(self, *id, *at).await,
            Write::EraseTickets(user, tickets, at) => erasure::tickets(self, *user, tickets, *at).await,
            Write::RewriteEvents(user, events, reached) => rewriting::events(self, *user, events, *reached).await,
            Write::UndoTransfer(id) => transfer::undo(self, *id).await,
            Write::AddFilter(new) => filter::add(self, new).await,
            Write::SaveFilter(changed) => filter::save(self, changed).await,
            Write::DeleteFilter(id, revision) => filter::delete(self, *id, *revision).await,
            Write::AddCustomer(new) => customer::add(self, new).await,
            Write::SaveCustomer(changed) => customer::save(self, changed).await,
            Write::DeleteCustomer(id, revision) => customer::delete(self, *id, *revision).await,
            Write::AddLocation(new) => location::add(self, new).await,
            Write::SaveLocation(changed) => location::save(self, changed).await,
            Write::DeleteLocation(id, revision) => location::delete(self, *id, *revision).await,
            Write::AddWorkOrder(new) => work_order::add(self, new).await,
            Write::SaveWorkOrder(changed) => work_order::save(self, changed).await,
            Write::KeepFree(id) => work_order::keep_free(self, *id).await,
            Write::DeleteWorkOrder(id, revision) => work_order::delete(self, *id, *revision).await,
            Write::AddRoute(new) => route::add(self, new).await,
            Write::SaveRoute(changed) => route::save(self, changed).await,
            Write::DeleteRoute(id, revision) => route::delete(self, *id, *revision).await,
            Write::Await(ticket) => route::wait(self, *ticket).await,
            Write::AwaitBy(ticket, route, revision) => route::wait_by(self, *ticket, *route, *revision).await,
            Write::AwaitAnew => route::wait_anew(self).await,
            Write::KeepRoute(id, revision) => route::keep(self, *id, *revision).await,
            Write::CeaseWaiting(ticket) => route::cease(self, *ticket).await,
            Write::SaveAgent(changed) => routing::save_agent(self, changed).await,
            Write::Serve { turn, last, to } => routing::serve(self, *turn, *last, *to).await,
            Write::KeepCapacity(user) => routing::keep_capacity(self, *user).await,
        }
    }
}
