//! The search index, after everything else is written: of tickets once for all commits that share a transaction, since each
//! savepoint after a word makes FTS5 write its index to its pages.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult};

use super::writing::Writing;
use crate::search::{self, Document, NewWords};
use crate::{Store, portable};

/// What is indexed of a ticket's texts at most, for each kind of reader.
const MOST_BYTES: usize = 256 * 1024;

/// How many comments are looked at, from the newest.
const MOST_COMMENTS: i64 = 2000;

/// A ticket that the commit has written.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Touched {
    pub serial: i64,
    pub requester: i64,
    pub assignee: Option<i64>,
    pub title: String,
    pub description: String,
    /// Whether there may be comments to read.
    pub has_comments: bool,
    /// Whether what can be found of it, or by whom, has changed.
    pub reindex: bool,
}

#[derive(FromQueryResult)]
struct Said {
    content: String,
    is_internal: bool,
}

/// What can be found of tickets once a transaction has ended, in their order; nothing of those that are gone.
#[derive(Debug, Default)]
pub(super) struct Findable(BTreeMap<i64, Option<Document>>);

impl Findable {
    /// What the commit has made of tickets.
    pub async fn after(writing: &Writing<'_>) -> Result<Self, DbErr> {
        let gone = writing.deleted.values().map(|(serial, _)| (*serial, None));
        let mut findable: BTreeMap<_, _> = gone.collect();
        for touched in writing.touched.values().filter(|touched| touched.reindex) {
            let document = document(writing.transaction, writing.organization, touched).await?;
            findable.insert(touched.serial, Some(document));
        }
        Ok(Self(findable))
    }

    /// What a later commit has made of them, besides.
    pub fn then(&mut self, later: Self) {
        self.0.extend(later.0);
    }

    /// Brings the index up to date.
    pub async fn index(self, store: &Store, transaction: &DatabaseTransaction) -> Result<NewWords, DbErr> {
        let documents: Vec<Document> = self.0.into_values().flatten().collect();
        if documents.is_empty() {
            return Ok(NewWords::default());
        }
        search::index_all(transaction, &store.vocabulary, &documents).await
    }
}

/// Indexes what the commit has changed besides tickets.
pub(super) async fn renew(writing: &Writing<'_>) -> Result<NewWords, DbErr> {
    let (transaction, vocabulary) = (writing.transaction, &writing.store.vocabulary);
    let questions = search::index_questions(transaction, vocabulary, &writing.questions).await?;
    let articles = search::index_articles(transaction, vocabulary, &writing.articles).await?;
    let orders = search::index_orders(transaction, vocabulary, &writing.order_texts).await?;
    Ok(questions.and(articles).and(orders))
}

/// Everything that can be found of a ticket.
pub(crate) async fn document(connection: &impl ConnectionTrait, organization: i64, touched: &Touched) -> Result<Document, DbErr> {
    let mut public = format!("{}\n{}", touched.title, touched.description);
    let mut internal = String::new();
    if touched.has_comments {
        let text = "SELECT content, is_internal FROM comment WHERE ticket = ? ORDER BY serial DESC LIMIT ?";
        let said: Vec<Said> = portable::all(connection, text, vec![touched.serial.into(), MOST_COMMENTS.into()]).await?;
        for Said { content, is_internal } in said {
            add(if is_internal { &mut internal } else { &mut public }, &content);
        }
    }
    let Touched { serial, requester, assignee, .. } = *touched;
    Ok(Document { organization, ticket: serial, requester, assignee, public, internal })
}

fn add(text: &mut String, content: &str) {
    if text.len() + content.len() < MOST_BYTES {
        text.push('\n');
        text.push_str(content);
    }
}
