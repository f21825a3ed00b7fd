//! The index in PostgreSQL: two `tsvector`s, made here and not by a dictionary, so that both databases keep the same words.

use std::collections::BTreeSet;
use std::fmt::Write;

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::find::{Alternatives, Reach, Terms};
use super::{Indexed, Scope};
use crate::portable::repeated;
use crate::sql::Sql;

/// As many documents as one statement takes.
const DOCUMENTS: usize = 500;

/// A vector holds less than 1 MiB; what a document says beyond that cannot be found.
const LONGEST_VECTOR: usize = 900_000;

pub(super) async fn put<C: ConnectionTrait>(connection: &C, documents: &[Indexed]) -> Result<(), DbErr> {
    for documents in documents.chunks(DOCUMENTS) {
        let rows = repeated("(?, ?::tsvector, ?::tsvector)", documents.len());
        let text = format!(
            "INSERT INTO ticket_search (ticket, public, everything) VALUES {rows} \
             ON CONFLICT (ticket) DO UPDATE SET public = excluded.public, everything = excluded.everything"
        );
        Sql::new(text, documents.iter().flat_map(row)).execute(connection).await?;
    }
    Ok(())
}

fn row(document: &Indexed) -> [Value; 3] {
    let scope: Vec<String> = document.scope.iter().map(|scope| lexeme(*scope)).collect();
    let everything = document.public.iter().chain(&document.internal);
    [document.ticket.into(), vector(&scope, document.public.iter()).into(), vector(&scope, everything).into()]
}

pub(super) async fn remove<C: ConnectionTrait>(connection: &C, ticket: i64) -> Result<(), DbErr> {
    Sql::new("DELETE FROM ticket_search WHERE ticket = ?", [ticket.into()]).execute(connection).await
}

/// No word has a colon: what somebody writes is never taken for a scope.
pub(super) fn lexeme(scope: Scope) -> String {
    let (kind, serial) = scope.parts();
    format!("{kind}:{serial}")
}

/// Words are letters and digits: nothing in them needs escaping. Positions are left out, since nothing asks for them.
pub(super) fn vector<'w>(scope: &'w [String], words: impl Iterator<Item = &'w String>) -> String {
    let mut lexemes: BTreeSet<&str> = scope.iter().map(String::as_str).collect();
    let mut length: usize = scope.iter().map(String::len).sum();
    for word in words {
        if length + word.len() > LONGEST_VECTOR {
            break;
        }
        if lexemes.insert(word) {
            length += word.len();
        }
    }
    let mut text = String::with_capacity(length + lexemes.len() * 3);
    for word in &lexemes {
        let _ = write!(text, "'{word}' ");
    }
    text
}

/// The condition that finds the documents within reach that have a term of every word.
pub(super) fn condition(reach: Reach, terms: &Terms) -> Sql {
    let words = terms.words().iter().map(|word| alternatives(&word.alternatives)).collect::<Vec<_>>().join(" & ");
    let query = |scope| Value::from(format!("'{}' & {words}", lexeme(scope)));
    match reach {
        Reach::Organization => Sql::new("s.everything @@ ?::tsquery", [query(Scope::Organization(terms.organization))]),
        Reach::Requester(serial) => Sql::new("s.public @@ ?::tsquery", [query(Scope::Requester(serial))]),
        Reach::RequesterOrAssignee(serial) => Sql::new(
            "(s.everything @@ ?::tsquery OR s.public @@ ?::tsquery)",
            [query(Scope::Assignee(serial)), query(Scope::Requester(serial))],
        ),
    }
}

pub(super) fn alternatives(word: &Alternatives) -> String {
    match word {
        Alternatives::Exactly(terms) => {
            let quoted: Vec<String> = terms.iter().map(|term| format!("'{term}'")).collect();
            format!("({})", quoted.join(" | "))
        }
        Alternatives::BeginningWith(prefix) => format!("'{prefix}':*"),
    }
}
