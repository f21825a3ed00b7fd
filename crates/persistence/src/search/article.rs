//! The index of articles: the title, and everything that one is found by.

use helpdesk_domain::search::words;
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::find::Terms;
use super::vocabulary::{NewWords, Vocabulary};
use super::{Indexed, Scope, postgres, sqlite};
use crate::portable::repeated;
use crate::sql::Sql;

/// As many documents as one statement takes.
const DOCUMENTS: usize = 500;

/// What can be found of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ArticleDocument {
    /// What it is filtered by.
    pub place: ArticlePlace,
    /// The article's serial.
    pub serial: i64,
    /// What it is called.
    pub title: String,
    /// Tags, summary and content.
    pub rest: String,
}

/// What an article is filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArticlePlace {
    /// Tenant.
    pub organization: i64,
    /// The status's number.
    pub status: i16,
    /// Where it stands.
    pub category: Option<i64>,
    /// Who wrote it.
    pub author: i64,
}

/// Which articles a search is about. It is a part of the match: what lies outside is never touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ArticleScope {
    /// Tenant.
    pub organization: i64,
    /// Any of these; none for all.
    pub statuses: Option<Vec<i16>>,
    /// Where they stand.
    pub category: Option<i64>,
    /// Who wrote them.
    pub author: Option<i64>,
}

impl ArticlePlace {
    fn scope(self) -> Vec<Scope> {
        let Self { organization, status, category, author } = self;
        let all = [Scope::Organization(organization), Scope::Status(status.into()), Scope::Author(author)];
        all.into_iter().chain(category.map(Scope::Category)).collect()
    }
}

impl ArticleScope {
    /// What must hold besides the organization: any of each.
    fn parts(&self) -> Vec<Vec<Scope>> {
        let statuses =
            self.statuses.iter().map(|statuses| statuses.iter().map(|status| Scope::Status((*status).into())).collect());
        let others = [self.category.map(Scope::Category), self.author.map(Scope::Author)];
        statuses.chain(others.into_iter().flatten().map(|scope| vec![scope])).collect()
    }

    /// Each part in a database's words.
    fn written(&self, word: impl Fn(Scope) -> String, or: &str) -> Vec<String> {
        let any = |scopes: Vec<Scope>| scopes.into_iter().map(&word).collect::<Vec<_>>().join(or);
        self.parts().into_iter().map(|scopes| format!("({})", any(scopes))).collect()
    }
}

/// The title stands as what is public, the rest as what is internal.
impl From<&ArticleDocument> for Indexed {
    fn from(document: &ArticleDocument) -> Self {
        Self {
            organization: document.place.organization,
            ticket: document.serial,
            scope: document.place.scope(),
            public: words(&document.title).collect(),
            internal: words(&document.rest).collect(),
        }
    }
}

/// Puts articles into the index, in place of what the index had of them.
pub(crate) async fn index_articles<C: ConnectionTrait>(
    connection: &C,
    vocabulary: &Vocabulary,
    articles: &[ArticleDocument],
) -> Result<NewWords, DbErr> {
    if articles.is_empty() {
        return Ok(NewWords::default());
    }
    let documents: Vec<Indexed> = articles.iter().map(Indexed::from).collect();
    for documents in documents.chunks(DOCUMENTS) {
        put(connection, documents).await?;
    }
    vocabulary.add(connection, &documents).await
}

async fn put<C: ConnectionTrait>(connection: &C, documents: &[Indexed]) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        let rows = repeated("(?, ?::tsvector, ?::tsvector)", documents.len());
        let text = format!(
            "INSERT INTO article_search (article, title, everything) VALUES {rows} \
             ON CONFLICT (article) DO UPDATE SET title = excluded.title, everything = excluded.everything"
        );
        let row = |document: &Indexed| {
            let Indexed { organization: _, ticket: serial, scope, public: title, internal: rest } = document;
            let scope: Vec<String> = scope.iter().map(|scope| postgres::lexeme(*scope)).collect();
            let everything = postgres::vector(&scope, title.iter().chain(rest));
            [(*serial).into(), postgres::vector(&scope, title.iter()).into(), everything.into()]
        };
        return Sql::new(text, documents.iter().flat_map(row)).execute(connection).await;
    }
    let rows = repeated("(?, ?, ?, ?)", documents.len());
    let row = |document: &Indexed| {
        let Indexed { organization, ticket: serial, scope, public: title, internal: rest } = document;
        let code = sqlite::code(*organization);
        let scope = scope.iter().filter(|scope| !matches!(scope, Scope::Organization(_)));
        let scope: Vec<String> = scope.map(|scope| sqlite::word(*scope)).collect();
        let [title, rest] = [title, rest].map(|words| sqlite::coded(&code, words).into());
        [(*serial).into(), scope.join(" ").into(), title, rest]
    };
    let text = format!("INSERT OR REPLACE INTO article_search (rowid, scope, title, rest) VALUES {rows}");
    Sql::new(text, documents.iter().flat_map(row)).execute(connection).await
}

/// Takes an article out of the index.
pub(crate) async fn remove_article<C: ConnectionTrait>(connection: &C, serial: i64) -> Result<(), DbErr> {
    let key = article_column(connection.get_database_backend());
    Sql::new(format!("DELETE FROM article_search WHERE {key} = ?"), [serial.into()]).execute(connection).await
}

/// The column of `article_search` that holds the article's serial.
pub(crate) fn article_column(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres { "article" } else { "rowid" }
}

/// The condition on `article_search AS s` that finds what is in scope and has a term of every word: in its title, or
/// anywhere.
pub(crate) fn articles_having(backend: DbBackend, scope: &ArticleScope, terms: &Terms, in_title: bool) -> Sql {
    if backend == DbBackend::Postgres {
        let words: Vec<String> = terms.words().iter().map(|word| postgres::alternatives(&word.alternatives)).collect();
        return on_postgres(scope, &words.join(" & "), in_title);
    }
    let code = sqlite::code(scope.organization);
    let words: Vec<String> = terms.words().iter().map(|word| sqlite::behind(&code, &word.alternatives)).collect();
    on_sqlite(scope, &words.join(" AND "), in_title)
}

/// The condition on `article_search AS s` that finds what is in scope and has this very word. A word is letters and
/// digits.
pub(crate) fn articles_saying(backend: DbBackend, scope: &ArticleScope, word: &str) -> Sql {
    if backend == DbBackend::Postgres {
        on_postgres(scope, &format!("'{word}'"), false)
    } else {
        on_sqlite(scope, &format!("\"{}{word}\"", sqlite::code(scope.organization)), false)
    }
}

fn on_postgres(scope: &ArticleScope, words: &str, in_title: bool) -> Sql {
    let quoted = |scope| format!("'{}'", postgres::lexeme(scope));
    let mut parts = scope.written(quoted, " | ");
    parts.push(quoted(Scope::Organization(scope.organization)));
    parts.push(words.to_owned());
    let column = if in_title { "title" } else { "everything" };
    Sql::new(format!("s.{column} @@ ?::tsquery"), [parts.join(" & ").into()])
}

/// The organization is a part of each word.
fn on_sqlite(scope: &ArticleScope, words: &str, in_title: bool) -> Sql {
    let columns = if in_title { "title" } else { "{title rest}" };
    let mut parts = vec![format!("{columns} : ({words})")];
    parts.extend(scope.written(sqlite::word, " OR ").into_iter().map(|part| format!("scope : {part}")));
    Sql::new("s.article_search MATCH ?", [parts.join(" AND ").into()])
}
