//! The search index, once for each ticket of a commit, after everything else is written.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};

use super::Refused;
use super::writing::Writing;
use crate::portable;
use crate::search::{self, Document, NewWords};

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

/// Indexes what the commit has changed.
pub(super) async fn renew(writing: &Writing<'_>) -> Result<Option<NewWords>, Refused> {
    let mut documents = Vec::new();
    for touched in writing.touched.values().filter(|touched| touched.reindex) {
        documents.push(document(writing.transaction, writing.organization, touched).await?);
    }
    documents.sort_unstable_by_key(|document| document.ticket);
    let (transaction, vocabulary) = (writing.transaction, &writing.store.vocabulary);
    let questions = search::index_questions(transaction, vocabulary, &writing.questions).await?;
    let articles = search::index_articles(transaction, vocabulary, &writing.articles).await?;
    let orders = search::index_orders(transaction, vocabulary, &writing.order_texts).await?;
    let others = questions.and(articles).and(orders);
    if documents.is_empty() {
        return Ok(Some(others));
    }
    Ok(Some(search::index_all(transaction, vocabulary, &documents).await?.and(others)))
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
