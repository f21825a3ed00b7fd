//! The index in SQLite: an FTS5 table. Words are stored as they are, folded and apart; a match names its columns.

use std::fmt::Write;

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::find::{Alternatives, Reach, Terms};
use super::{Indexed, Scope};
use crate::portable::repeated;
use crate::sql::Sql;

/// As many documents as one statement takes.
const DOCUMENTS: usize = 500;

pub(super) async fn put<C: ConnectionTrait>(connection: &C, documents: &[Indexed]) -> Result<(), DbErr> {
    for documents in documents.chunks(DOCUMENTS) {
        let rows = repeated("(?, ?, ?, ?)", documents.len());
        let text = format!("INSERT OR REPLACE INTO ticket_search (rowid, scope, public, internal) VALUES {rows}");
        Sql::new(text, documents.iter().flat_map(row)).execute(connection).await?;
    }
    Ok(())
}

fn row(document: &Indexed) -> [Value; 4] {
    let scope: Vec<String> = document.scope.iter().map(|scope| word(*scope)).collect();
    [document.ticket.into(), scope.join(" ").into(), document.public.join(" ").into(), document.internal.join(" ").into()]
}

pub(super) async fn remove<C: ConnectionTrait>(connection: &C, ticket: i64) -> Result<(), DbErr> {
    Sql::new("DELETE FROM ticket_search WHERE rowid = ?", [ticket.into()]).execute(connection).await
}

fn word(scope: Scope) -> String {
    let (kind, serial) = scope.parts();
    format!("{kind}{serial}")
}

/// The condition that finds the documents within reach that have a term of every word.
pub(super) fn condition(reach: Reach, terms: &Terms) -> Sql {
    Sql::new("s.ticket_search MATCH ?", [expression(reach, terms).into()])
}

fn expression(reach: Reach, terms: &Terms) -> String {
    let words = terms.words().iter().map(|word| alternatives(&word.alternatives)).collect::<Vec<_>>().join(" AND ");
    let all = |scope| format!("(scope : {} AND {{public internal}} : ({words}))", word(scope));
    let public = |scope| format!("(scope : {} AND public : ({words}))", word(scope));
    match reach {
        Reach::Organization(serial) => all(Scope::Organization(serial)),
        Reach::Requester(serial) => public(Scope::Requester(serial)),
        Reach::RequesterOrAssignee(serial) => {
            format!("{} OR {}", all(Scope::Assignee(serial)), public(Scope::Requester(serial)))
        }
    }
}

fn alternatives(word: &Alternatives) -> String {
    match word {
        Alternatives::Exactly(terms) => {
            let mut shown = String::from("(");
            for (n, term) in terms.iter().enumerate() {
                let or = if n == 0 { "" } else { " OR " };
                let _ = write!(shown, "{or}\"{term}\"");
            }
            shown.push(')');
            shown
        }
        Alternatives::BeginningWith(prefix) => format!("(\"{prefix}\" *)"),
    }
}
