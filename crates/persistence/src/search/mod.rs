//! The full-text index of tickets, kept in the transaction of the change: a search sees a write as soon as it is
//! acknowledged.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbErr};

/// What can be found of a ticket, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Tenant.
    pub organization: i64,
    /// The ticket's serial.
    pub ticket: i64,
    /// Who asked.
    pub requester: i64,
    /// Who works on it.
    pub assignee: Option<i64>,
    /// Title, description and public comments.
    pub public: String,
    /// Internal comments.
    pub internal: String,
}

/// The words that are known to be in the vocabulary already, so that they are not written again with every ticket.
/// It is bounded, and only ever a saving: a word it has forgotten is written once more.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(Arc<()>);

/// Words that a transaction has written. Give them to [`Vocabulary::learn`] once it has been committed.
#[derive(Debug, Default)]
#[must_use = "learn them after the commit"]
pub struct NewWords(());

impl Vocabulary {
    /// Remembers words whose transaction has been committed.
    pub fn learn(&self, _words: NewWords) {}
}

/// Puts a ticket into the index, in place of what the index had of it.
pub async fn index<C: ConnectionTrait>(connection: &C, vocabulary: &Vocabulary, document: &Document) -> Result<NewWords, DbErr> {
    index_all(connection, vocabulary, std::slice::from_ref(document)).await
}

/// As [`index`], for many tickets at once.
pub async fn index_all<C: ConnectionTrait>(
    _connection: &C,
    _vocabulary: &Vocabulary,
    _documents: &[Document],
) -> Result<NewWords, DbErr> {
    Ok(NewWords::default())
}

/// Takes a ticket out of the index.
pub async fn remove<C: ConnectionTrait>(_connection: &C, _ticket: i64) -> Result<(), DbErr> {
    Ok(())
}
