//! The full-text indexes of tickets, questions and articles, kept in the transaction of the change: a search sees a write as soon as it is
//! acknowledged.
//!
//! Both databases keep the same words (`helpdesk_domain::search::words`), and with them who may find the ticket: the
//! words of its *scope*. A match asks for the scope too, so that it never crosses a border. What a typed word may
//! stand for is looked up in the [`vocabulary`](Vocabulary), not in the documents.

mod article;
mod find;
mod postgres;
mod question;
mod sqlite;
mod vocabulary;
mod work_order;

use helpdesk_domain::search::words;
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

pub(crate) use article::{
    ArticleDocument, ArticlePlace, ArticleScope, article_column, articles_having, articles_saying, index_articles, remove_article,
};
pub(crate) use find::{Reach, Terms, matching, serial_column};
pub(crate) use question::{Question, asked, index_questions, questions_saying, remove_question};
pub use vocabulary::{NewWords, Vocabulary};
pub(crate) use work_order::{OrderText, Whose, index_orders, ordered, remove_order};

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

/// A document as the index keeps it: its words.
struct Indexed {
    organization: i64,
    ticket: i64,
    scope: Vec<Scope>,
    public: Vec<String>,
    internal: Vec<String>,
}

/// Who may find a ticket; or what an article is filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Organization(i64),
    Requester(i64),
    Assignee(i64),
    Status(i64),
    Category(i64),
    Author(i64),
}

impl Scope {
    fn parts(self) -> (char, i64) {
        match self {
            Self::Organization(serial) => ('o', serial),
            Self::Requester(serial) => ('r', serial),
            Self::Assignee(serial) => ('a', serial),
            Self::Status(number) => ('s', number),
            Self::Category(serial) => ('c', serial),
            Self::Author(serial) => ('w', serial),
        }
    }
}

impl From<&Document> for Indexed {
    fn from(document: &Document) -> Self {
        let scope = [Scope::Organization(document.organization), Scope::Requester(document.requester)];
        Self {
            organization: document.organization,
            ticket: document.ticket,
            scope: scope.into_iter().chain(document.assignee.map(Scope::Assignee)).collect(),
            public: words(&document.public).collect(),
            internal: words(&document.internal).collect(),
        }
    }
}

/// Puts a ticket into the index, in place of what the index had of it.
pub async fn index<C: ConnectionTrait>(connection: &C, vocabulary: &Vocabulary, document: &Document) -> Result<NewWords, DbErr> {
    index_all(connection, vocabulary, std::slice::from_ref(document)).await
}

/// As [`index`], for many tickets at once; a few hundred make a good statement.
pub async fn index_all<C: ConnectionTrait>(
    connection: &C,
    vocabulary: &Vocabulary,
    documents: &[Document],
) -> Result<NewWords, DbErr> {
    let documents: Vec<Indexed> = documents.iter().map(Indexed::from).collect();
    if connection.get_database_backend() == DbBackend::Postgres {
        postgres::put(connection, &documents).await?;
    } else {
        sqlite::put(connection, &documents).await?;
    }
    vocabulary.add(connection, &documents).await
}

/// Takes a ticket out of the index.
pub async fn remove<C: ConnectionTrait>(connection: &C, ticket: i64) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        postgres::remove(connection, ticket).await
    } else {
        sqlite::remove(connection, ticket).await
    }
}
