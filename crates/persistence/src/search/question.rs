//! The index of questions that are often asked: the question itself, and everything that it is found by.

use helpdesk_domain::search::words;
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::find::Terms;
use super::vocabulary::{NewWords, Vocabulary};
use super::{Indexed, Scope, postgres, sqlite};
use crate::sql::Sql;

/// What can be found of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "a question is what its question is called")]
pub(crate) struct Question {
    /// Tenant.
    pub organization: i64,
    /// The question's serial.
    pub serial: i64,
    /// What is asked.
    pub question: String,
    /// Tags and answer.
    pub rest: String,
}

/// Puts questions into the index, in place of what the index had of them.
pub(crate) async fn index_questions<C: ConnectionTrait>(
    connection: &C,
    vocabulary: &Vocabulary,
    questions: &[Question],
) -> Result<NewWords, DbErr> {
    if questions.is_empty() {
        return Ok(NewWords::default());
    }
    let documents: Vec<Indexed> = questions.iter().map(Indexed::from).collect();
    for document in &documents {
        put(connection, document).await?;
    }
    vocabulary.add(connection, &documents).await
}

/// The question stands as what is public, the rest as what is internal.
impl From<&Question> for Indexed {
    fn from(question: &Question) -> Self {
        Self {
            organization: question.organization,
            ticket: question.serial,
            scope: vec![Scope::Organization(question.organization)],
            public: words(&question.question).collect(),
            internal: words(&question.rest).collect(),
        }
    }
}

async fn put<C: ConnectionTrait>(connection: &C, document: &Indexed) -> Result<(), DbErr> {
    let Indexed { organization: _, ticket: serial, scope, public: question, internal: rest } = document;
    if connection.get_database_backend() == DbBackend::Postgres {
        let scope: Vec<String> = scope.iter().map(|scope| postgres::lexeme(*scope)).collect();
        let text = "INSERT INTO faq_search (faq, question, everything) VALUES (?, ?::tsvector, ?::tsvector) \
                    ON CONFLICT (faq) DO UPDATE SET question = excluded.question, everything = excluded.everything";
        let asked = postgres::vector(&scope, question.iter());
        let everything = postgres::vector(&scope, question.iter().chain(rest));
        return Sql::new(text, [(*serial).into(), asked.into(), everything.into()]).execute(connection).await;
    }
    let scope: Vec<String> = scope.iter().map(|scope| sqlite::word(*scope)).collect();
    let text = "INSERT OR REPLACE INTO faq_search (rowid, scope, question, rest) VALUES (?, ?, ?, ?)";
    let values = [(*serial).into(), scope.join(" ").into(), question.join(" ").into(), rest.join(" ").into()];
    Sql::new(text, values).execute(connection).await
}

/// Takes a question out of the index.
pub(crate) async fn remove_question<C: ConnectionTrait>(connection: &C, serial: i64) -> Result<(), DbErr> {
    let key = if connection.get_database_backend() == DbBackend::Postgres { "faq" } else { "rowid" };
    Sql::new(format!("DELETE FROM faq_search WHERE {key} = ?"), [serial.into()]).execute(connection).await
}

/// The condition on `faq_search AS s` that finds the organization's questions that have this very word. A word is
/// letters and digits.
pub(crate) fn questions_saying(backend: DbBackend, organization: i64, word: &str) -> Sql {
    let scope = Scope::Organization(organization);
    if backend == DbBackend::Postgres {
        let query = format!("'{}' & '{word}'", postgres::lexeme(scope));
        return Sql::new("s.everything @@ ?::tsquery", [query.into()]);
    }
    let query = format!("scope : {} AND {{question rest}} : \"{word}\"", sqlite::word(scope));
    Sql::new("s.faq_search MATCH ?", [query.into()])
}

/// The serials of the organization's questions that have a term of every word: in the question itself, or anywhere.
pub(crate) fn asked(backend: DbBackend, organization: i64, terms: &Terms, itself: bool) -> Sql {
    let scope = Scope::Organization(organization);
    if backend == DbBackend::Postgres {
        let words: Vec<String> = terms.words().iter().map(|word| postgres::alternatives(&word.alternatives)).collect();
        let column = if itself { "question" } else { "everything" };
        let query = format!("'{}' & {}", postgres::lexeme(scope), words.join(" & "));
        return Sql::new(format!("SELECT s.faq FROM faq_search AS s WHERE s.{column} @@ ?::tsquery"), [query.into()]);
    }
    let words: Vec<String> = terms.words().iter().map(|word| sqlite::alternatives(&word.alternatives)).collect();
    let columns = if itself { "question" } else { "{question rest}" };
    let query = format!("scope : {} AND {columns} : ({})", sqlite::word(scope), words.join(" AND "));
    Sql::new("SELECT s.rowid FROM faq_search AS s WHERE s.faq_search MATCH ?", [query.into()])
}
