//! The index of work orders.

use helpdesk_domain::search::words;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::find::Terms;
use super::vocabulary::{NewWords, Vocabulary};
use super::{Indexed, Scope, postgres, sqlite};
use crate::portable::repeated;
use crate::sql::Sql;

/// As many documents as one statement takes.
const DOCUMENTS: usize = 500;

/// What can be found of a work order, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OrderText {
    /// Tenant.
    pub organization: i64,
    /// The work order's serial.
    pub serial: i64,
    /// Who does it.
    pub technician: Option<i64>,
    /// Title, number, customer and description.
    pub text: String,
}

/// Whose work orders are searched: an organization's, or a technician's.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose {
    Organization,
    Technician(i64),
}

impl From<&OrderText> for Indexed {
    fn from(order: &OrderText) -> Self {
        let whose = order.technician.map(Scope::Assignee);
        Self {
            organization: order.organization,
            ticket: order.serial,
            scope: std::iter::once(Scope::Organization(order.organization)).chain(whose).collect(),
            public: words(&order.text).collect(),
            internal: Vec::new(),
        }
    }
}

/// Puts work orders into the index, in place of what the index had of them.
pub(crate) async fn index_orders<C: ConnectionTrait>(
    connection: &C,
    vocabulary: &Vocabulary,
    orders: &[OrderText],
) -> Result<NewWords, DbErr> {
    if orders.is_empty() {
        return Ok(NewWords::default());
    }
    let documents: Vec<Indexed> = orders.iter().map(Indexed::from).collect();
    for documents in documents.chunks(DOCUMENTS) {
        put(connection, documents).await?;
    }
    vocabulary.add(connection, &documents).await
}

async fn put<C: ConnectionTrait>(connection: &C, documents: &[Indexed]) -> Result<(), DbErr> {
    let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
    let row = |document: &Indexed| -> Vec<Value> {
        let (serial, scope) = (Value::from(document.ticket), document.scope.iter());
        if is_postgres {
            let scope: Vec<String> = scope.map(|scope| postgres::lexeme(*scope)).collect();
            return vec![serial, postgres::vector(&scope, document.public.iter()).into()];
        }
        let people = scope.filter(|scope| matches!(scope, Scope::Assignee(_)));
        let people: Vec<String> = people.map(|scope| sqlite::word(*scope)).collect();
        let words = sqlite::coded(&sqlite::code(document.organization), &document.public);
        vec![serial, people.join(" ").into(), words.into()]
    };
    let text = if is_postgres {
        format!(
            "INSERT INTO work_order_search (work_order, words) VALUES {} ON CONFLICT (work_order) DO UPDATE SET words = excluded.words",
            repeated("(?, ?::tsvector)", documents.len())
        )
    } else {
        let rows = repeated("(?, ?, ?)", documents.len());
        format!("INSERT OR REPLACE INTO work_order_search (rowid, scope, words) VALUES {rows}")
    };
    Sql::new(text, documents.iter().flat_map(row)).execute(connection).await
}

/// Takes a work order out of the index.
pub(crate) async fn remove_order<C: ConnectionTrait>(connection: &C, serial: i64) -> Result<(), DbErr> {
    let key = if connection.get_database_backend() == DbBackend::Postgres { "work_order" } else { "rowid" };
    Sql::new(format!("DELETE FROM work_order_search WHERE {key} = ?"), [serial.into()]).execute(connection).await
}

/// The column of `work_order_search AS s` that holds the serial, and the condition that finds those that have a term of
/// every word.
pub(crate) fn ordered(backend: DbBackend, whose: Whose, terms: &Terms) -> (&'static str, Sql) {
    let scope = match whose {
        Whose::Organization => Scope::Organization(terms.organization),
        Whose::Technician(serial) => Scope::Assignee(serial),
    };
    if backend == DbBackend::Postgres {
        let words: Vec<String> = terms.words().iter().map(|word| postgres::alternatives(&word.alternatives)).collect();
        let query = format!("'{}' & {}", postgres::lexeme(scope), words.join(" & "));
        return ("s.work_order", Sql::new("s.words @@ ?::tsquery", [query.into()]));
    }
    let code = sqlite::code(terms.organization);
    let words: Vec<String> = terms.words().iter().map(|word| sqlite::behind(&code, &word.alternatives)).collect();
    let words = format!("words : ({})", words.join(" AND "));
    let query = match whose {
        Whose::Organization => words,
        Whose::Technician(_) => format!("scope : {} AND {words}", sqlite::word(scope)),
    };
    ("s.rowid", Sql::new("s.work_order_search MATCH ?", [query.into()]))
}
