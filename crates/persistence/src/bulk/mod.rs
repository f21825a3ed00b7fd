//! Loading many tickets or articles at once: the rows are those that use cases would have written one by one, the statements are few.

mod article;
mod places;
mod rows;
mod serials;
mod terms;

use std::sync::Arc;

use helpdesk_domain::event::Event;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::sla::Book;
use helpdesk_domain::sla::port::SlaRepository;
use helpdesk_domain::ticket::{Comment, Ticket};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

pub use self::article::LoadedArticle;
use self::places::Places;
use self::rows::Rows;
use self::serials::Serials;
use crate::days::Days;
use crate::fault::fault;
use crate::search::{self, Document, NewWords};
use crate::tally::{self, Counted, Sums};
use crate::{Store, portable};

/// A new ticket as it is now, and everything that happened to it, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The ticket.
    pub ticket: Ticket,
    /// What was said on it.
    pub comments: Vec<Comment>,
    /// What happened, its creation first.
    pub events: Vec<Event>,
}

/// Loads tickets and articles into one organization. What they refer to MUST be there when the loader is made.
pub struct Loader {
    store: Store,
    organization: i64,
    places: Places,
    book: Arc<Book>,
}

impl Store {
    /// A loader for that organization; none when there is no such organization.
    pub async fn loader(&self, organization: OrganizationId) -> Result<Option<Loader>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(None) };
        let places = Places::read(self.reader(), serial).await.map_err(fault)?;
        let book = self.book(organization).await?;
        Ok(Some(Loader { store: self.clone(), organization: serial, places, book }))
    }
}

impl Loader {
    /// Writes all of it in one transaction: tickets with their numbers, conversation, history, events, tally and index.
    pub async fn load(&self, batch: &[Loaded]) -> Result<(), StoreError> {
        let transaction = self.begin().await.map_err(fault)?;
        let words = self.write(&transaction, batch).await.map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        self.store.vocabulary.learn(words);
        Ok(())
    }

    async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        self.store.writer().begin_with_options(options).await
    }

    async fn write(&self, transaction: &DatabaseTransaction, batch: &[Loaded]) -> Result<NewWords, DbErr> {
        let serials = Serials::take(transaction, self.organization, batch).await?;
        let judged: Vec<Ticket> = batch.iter().map(|loaded| self.judged(&loaded.ticket)).collect();
        let counting = serials.counting();
        let mut rows = Rows::new(self, serials, terms::keep(transaction, self.organization, &judged).await?);
        let (mut sums, mut days) = (Sums::new(), Days::default());
        let mut documents = Vec::with_capacity(batch.len());
        for (loaded, ticket) in batch.iter().zip(&judged) {
            let (serial, number) = rows.add(loaded, ticket)?;
            let counted = self.counted(ticket)?;
            for (key, amount) in tally::contributions(&counted) {
                tally::sum(&mut sums, key, amount);
            }
            let said = tally::comments(self.organization, i64::try_from(loaded.comments.len()).unwrap_or(i64::MAX));
            tally::sum(&mut sums, said.0, said.1);
            if counting.covers(number) {
                days.count(&counted, counting.zone);
            }
            documents.push(document(serial, &counted, loaded));
        }
        rows.write(transaction).await?;
        tally::add(transaction, &sums).await?;
        days.write(transaction).await?;
        search::index_all(transaction, &self.store.vocabulary, &documents).await
    }

    /// The ticket with its clocks; the alarms of what lies behind it do not ring.
    fn judged(&self, ticket: &Ticket) -> Ticket {
        let mut ticket = ticket.clone();
        ticket.ring(&self.book, self.store.clock.now());
        ticket.judge(&self.book);
        ticket
    }

    fn counted(&self, ticket: &Ticket) -> Result<Counted, DbErr> {
        let mut tags = ticket.tags.iter().map(|tag| self.places.tag(*tag)).collect::<Result<Vec<_>, _>>()?;
        tags.sort_unstable();
        Ok(Counted {
            organization: self.organization,
            status: ticket.status,
            priority: ticket.priority,
            category: ticket.category.map(|category| self.places.category(category)).transpose()?,
            department: ticket.department.map(|department| self.places.department(department)).transpose()?,
            requester: self.places.person(ticket.requester)?,
            assignee: ticket.assignee.map(|assignee| self.places.person(assignee)).transpose()?,
            tags,
            created_at: ticket.created_at,
            first_response_at: ticket.first_response_at,
            due_at: ticket.due(),
            resolved_at: ticket.resolved_at,
            closed_at: ticket.closed_at,
        })
    }
}

fn document(ticket: i64, counted: &Counted, loaded: &Loaded) -> Document {
    let mut public = format!("{}\n{}", loaded.ticket.title, loaded.ticket.description);
    let mut internal = String::new();
    for comment in loaded.comments.iter().rev() {
        let text = if comment.is_internal { &mut internal } else { &mut public };
        text.push('\n');
        text.push_str(comment.content.as_str());
    }
    Document {
        organization: counted.organization,
        ticket,
        requester: counted.requester,
        assignee: counted.assignee,
        public,
        internal,
    }
}

/// As many values as one statement binds; SQLite takes 32 766, PostgreSQL 65 535.
const BOUND: usize = 30_000;

/// Inserts rows of `columns`, as many in a statement as it takes.
pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    table: &str,
    columns: &[&str],
    values: Vec<sea_orm::Value>,
) -> Result<(), DbErr> {
    insert_unless(transaction, table, columns, "", values).await
}

/// The same but for rows that ` ON CONFLICT …` passes over.
pub(crate) async fn insert_unless(
    transaction: &DatabaseTransaction,
    table: &str,
    columns: &[&str],
    conflict: &str,
    values: Vec<sea_orm::Value>,
) -> Result<(), DbErr> {
    let backend = transaction.get_database_backend();
    let most = (BOUND / columns.len()).min(500) * columns.len();
    let place = format!("({})", vec!["?"; columns.len()].join(", "));
    let mut values = values.into_iter().peekable();
    while values.peek().is_some() {
        let part: Vec<_> = values.by_ref().take(most).collect();
        let places = vec![place.as_str(); part.len() / columns.len()].join(", ");
        let text = format!("INSERT INTO {table} ({}) VALUES {places}{conflict}", columns.join(", "));
        transaction.execute_raw(Statement::from_sql_and_values(backend, portable::sql(backend, &text), part)).await?;
    }
    Ok(())
}
