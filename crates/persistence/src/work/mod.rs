//! The unit of work: `Changes` as statements, in one transaction.
//!
//! On SQLite all writing goes through one task that lets waiting commits share a transaction ([`queue`]); on
//! PostgreSQL each commit has its own ([`alone`]). What is written is the same ([`writing`]).

mod alarm;
mod alone;
mod api_key;
pub(crate) mod article;
mod article_category;
mod audit;
mod catalog;
mod comment;
mod customer;
mod delivery;
mod erasure;
mod faq;
mod file;
mod filter;
mod identity;
mod index;
mod key;
mod label;
mod link;
mod location;
mod log;
mod macros;
mod mail;
mod notification;
mod numbers;
mod organization;
mod pass;
mod queue;
mod rating;
mod reset;
mod rewriting;
mod route;
mod routing;
mod rule;
mod sla;
mod template;
mod ticket;
mod transfer;
mod webhook;
mod work_order;
mod work_part;
mod writing;

use std::time::Instant;

use async_trait::async_trait;
use helpdesk_domain::idempotency::Answer;
use helpdesk_domain::kernel::id::{OrganizationId, UserId};
use helpdesk_domain::kernel::{IdempotencyClaim, StoreError};
use helpdesk_domain::realtime::Signal;
use helpdesk_domain::realtime::port::Signals;
use helpdesk_domain::work::{Changes, UnitOfWork};
use sea_orm::DbErr;
use tracing::{Instrument, info_span};

use alarm::Alarms;
pub(crate) use article::article_text;
pub(crate) use faq::rest_of;
use index::Findable;
pub(crate) use index::{Touched, document};
pub(crate) use key::forgotten;
pub(crate) use queue::Queue;
pub(crate) use rewriting::{REACHED, REACHED_SCOPE};

use crate::Store;
use crate::fault::fault;
use crate::search::NewWords;

/// What the writer is asked for.
#[derive(Debug)]
pub(crate) enum Task {
    /// To write changes.
    Commit(Changes),
    /// To keep the answer that a key bought.
    Settle(UserId, IdempotencyClaim, Answer),
}

/// Why nothing was written.
#[derive(Debug)]
pub(crate) enum Refused {
    Stale,
    Taken(&'static str),
    KeySpent,
    Database(DbErr),
}

impl From<DbErr> for Refused {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

impl From<Refused> for StoreError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Stale => Self::Stale,
            Refused::Taken(rule) => Self::Taken(rule.to_owned()),
            Refused::KeySpent => Self::KeySpent,
            Refused::Database(error) => fault(error),
        }
    }
}

/// What this process has to remember, or forget, once the transaction is durable.
#[derive(Debug, Default)]
pub(crate) struct Aftermath {
    words: NewWords,
    /// Tickets that are still to be indexed, in the same transaction.
    findable: Findable,
    touches_logins: bool,
    is_news: bool,
    hands_over: bool,
    promises: bool,
    /// Alarms that rang.
    alarms: Alarms,
    /// An organization that is a sandbox now.
    sandbox: Option<OrganizationId>,
    /// Whose log has grown.
    grown: Option<OrganizationId>,
}

impl Store {
    /// Has it written. What was begun goes on to its end, even when nobody waits for it any more.
    pub(crate) async fn submit(&self, task: Task) -> Result<(), StoreError> {
        let began = Instant::now();
        let span = info_span!("commit", otel.kind = "client", db.system.name = self.system());
        let submit = async {
            match &self.queue {
                Some(queue) => queue.submit(task).await,
                None => alone::submit(self.clone(), task).await,
            }
        };
        let done = submit.instrument(span).await;
        let result = if done.is_ok() { "written" } else { "refused" };
        metrics::histogram!("database_commit_duration_seconds", "result" => result).record(began.elapsed().as_secs_f64());
        done
    }

    fn after(&self, aftermath: Aftermath) {
        let Aftermath { words, findable: _, touches_logins, is_news, hands_over, promises, alarms, sandbox, grown } = aftermath;
        if is_news {
            self.news.send_replace(());
        }
        if hands_over {
            self.wake_couriers();
        }
        if promises {
            self.promised.notify_one();
        }
        if let Some(organization) = sandbox.filter(|organization| self.sandboxes.learn(*organization)) {
            self.tell(Signal::Sandbox(organization));
        }
        alarms.count();
        self.vocabulary.learn(words);
        if touches_logins {
            self.sessions.forget();
            self.tell(Signal::Logins);
        }
        if let Some(organization) = grown {
            self.tell(Signal::Events(organization));
        }
    }
}

#[async_trait]
impl UnitOfWork for Store {
    async fn commit(&self, mut changes: Changes) -> Result<(), StoreError> {
        self.judge(&mut changes).await?;
        let Changes { organization: _, writes, events, key } = &changes;
        if writes.is_empty() && events.is_empty() && key.is_none() {
            return Ok(());
        }
        self.submit(Task::Commit(changes)).await
    }
}
