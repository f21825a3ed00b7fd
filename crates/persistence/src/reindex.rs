//! Fills the search index anew, from what the tickets say.

use helpdesk_domain::kernel::StoreError;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::Store;
use crate::column::from_json;
use crate::fault::fault;
use crate::portable;
use crate::search::{self, ArticleDocument, ArticlePlace, Document, NewWords, serial_column};
use crate::sql::{Fields, Sql};
use crate::work::{Touched, article_text, document, rest_of};

/// As many tickets are indexed in one transaction.
const BATCH: i64 = 500;

#[derive(FromQueryResult)]
struct Indexable {
    organization: i64,
    serial: i64,
    requester: i64,
    assignee: Option<i64>,
    title: String,
    description: String,
    has_comments: bool,
}

impl Store {
    /// Whether the newest ticket is missing from the search index, as after a migration that made the index anew: tickets are
    /// indexed oldest first, so that an interrupted round is seen too.
    pub async fn is_unindexed(&self) -> Result<bool, StoreError> {
        let text = format!(
            "SELECT COUNT(*) FROM ticket AS t WHERE t.serial = (SELECT MAX(serial) FROM ticket) \
             AND NOT EXISTS (SELECT 1 FROM ticket_search AS s WHERE {} = t.serial)",
            serial_column(self.backend())
        );
        Ok(Sql::new(text, []).number(self.reader()).await.map_err(fault)? == 1)
    }

    /// How many tickets there are.
    pub async fn count_tickets(&self) -> Result<u64, StoreError> {
        let found = Sql::new("SELECT COUNT(*) FROM ticket", []).number(self.reader()).await.map_err(fault)?;
        Ok(u64::try_from(found).unwrap_or(0))
    }

    /// Indexes every ticket, batch after batch; tells after each how many it held. What is written meanwhile is indexed by its
    /// own commit.
    pub async fn reindex(&self, told: impl Fn(u64) + Sync) -> Result<(), StoreError> {
        let mut last = 0;
        while let Some((serial, count)) = self.index_after(last).await? {
            last = serial;
            told(count);
        }
        Ok(())
    }

    /// Indexes every question and every article, in one transaction.
    pub async fn reindex_knowledge(&self) -> Result<(), StoreError> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let transaction = self.writer().begin_with_options(options).await.map_err(fault)?;
        let words = self.index_knowledge(&transaction).await.map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        self.vocabulary.learn(words);
        Ok(())
    }

    async fn index_knowledge(&self, transaction: &DatabaseTransaction) -> Result<NewWords, DbErr> {
        let questions = format!("{QUESTIONS}{}", portable::for_update(self.backend()));
        let questions = Sql::new(questions, []).all(transaction, question).await?;
        let words = search::index_questions(transaction, &self.vocabulary, &questions).await?;
        let articles = format!("{ARTICLES}{}", portable::for_update_of(self.backend(), "a"));
        let articles = Sql::new(articles, []).all(transaction, article).await?;
        Ok(words.and(search::index_articles(transaction, &self.vocabulary, &articles).await?))
    }

    /// Indexes the next tickets behind that one; answers the last of them and how many they were.
    async fn index_after(&self, last: i64) -> Result<Option<(i64, u64)>, StoreError> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let transaction = self.writer().begin_with_options(options).await.map_err(fault)?;
        let documents = documents(&transaction, last).await.map_err(fault)?;
        let Some(end) = documents.last().map(|document| document.ticket) else { return Ok(None) };
        let words: NewWords = search::index_all(&transaction, &self.vocabulary, &documents).await.map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        self.vocabulary.learn(words);
        Ok(Some((end, u64::try_from(documents.len()).unwrap_or(0))))
    }
}

const QUESTIONS: &str = "SELECT organization, serial, question, tags, answer FROM faq ORDER BY serial";

fn question(row: &mut Fields<'_>) -> Result<search::Question, DbErr> {
    let (organization, serial, question) = (row.next()?, row.next()?, row.next()?);
    let rest = rest_of(&row.next::<String>()?, &row.next::<String>()?);
    Ok(search::Question { organization, serial, question, rest })
}

/// The content stands in the newest version.
const ARTICLES: &str = "SELECT a.organization, a.status, a.category, a.author, a.serial, a.title, a.tags, a.summary, v.content \
    FROM article AS a JOIN article_version AS v ON v.article = a.serial \
    AND v.version = (SELECT MAX(version) FROM article_version WHERE article = a.serial) ORDER BY a.serial";

fn article(row: &mut Fields<'_>) -> Result<ArticleDocument, DbErr> {
    let (organization, status, category, author) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let place = ArticlePlace { organization, status, category, author };
    let (serial, title) = (row.next()?, row.next()?);
    let (tags, summary, content): (String, String, String) = (row.next()?, row.next()?, row.next()?);
    let tags: Vec<String> = from_json(&tags)?;
    Ok(ArticleDocument { place, serial, title, rest: article_text(&tags.join(" "), &summary, &content) })
}

async fn documents(connection: &impl ConnectionTrait, last: i64) -> Result<Vec<Document>, DbErr> {
    // kept until it is indexed: what a commit indexes meanwhile must not be overwritten with what was read before
    let text = format!(
        "SELECT organization, serial, requester, assignee, title, description, (public_comments + internal_comments) > 0 \
         AS has_comments FROM ticket WHERE serial > ? ORDER BY serial LIMIT ?{}",
        portable::for_update(connection.get_database_backend())
    );
    let found: Vec<Indexable> = portable::all(connection, &text, vec![last.into(), BATCH.into()]).await?;
    let mut documents = Vec::with_capacity(found.len());
    for Indexable { organization, serial, requester, assignee, title, description, has_comments } in found {
        let ticket = Touched { serial, requester, assignee, title, description, has_comments, reindex: true };
        documents.push(document(connection, organization, &ticket).await?);
    }
    Ok(documents)
}
