//! The index in SQLite: an FTS5 table. Words are stored folded and apart, each behind the code of its organization: a frequent word is
//! then walked alone, and not beside all documents of the organization. A match names its columns.

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
    let code = code(document.organization);
    let people = document.scope.iter().filter(|scope| !matches!(scope, Scope::Organization(_)));
    let people: Vec<String> = people.map(|scope| word(*scope)).collect();
    let (public, internal) = (coded(&code, &document.public), coded(&code, &document.internal));
    [document.ticket.into(), people.join(" ").into(), public.into(), internal.into()]
}

/// The words of an organization, each behind its code.
pub(super) fn coded(code: &str, words: &[String]) -> String {
    words.iter().map(|word| format!("{code}{word}")).collect::<Vec<_>>().join(" ")
}

/// What the words of an organization begin with: its serial in as many digits as every other's, so that no word of one
/// organization is a word of another.
pub(super) fn code(organization: i64) -> String {
    format!("{organization:0CODE$x}")
}

/// The index of beginnings (`prefix` in the migration) counts these letters too.
const CODE: usize = 8;

pub(super) async fn remove<C: ConnectionTrait>(connection: &C, ticket: i64) -> Result<(), DbErr> {
    Sql::new("DELETE FROM ticket_search WHERE rowid = ?", [ticket.into()]).execute(connection).await
}

pub(super) fn word(scope: Scope) -> String {
    let (kind, serial) = scope.parts();
    format!("{kind}{serial}")
}

/// The condition that finds the documents within reach that have a term of every word.
pub(super) fn condition(reach: Reach, terms: &Terms) -> Sql {
    Sql::new("s.ticket_search MATCH ?", [expression(reach, terms).into()])
}

fn expression(reach: Reach, terms: &Terms) -> String {
    let code = code(terms.organization);
    let words = terms.words().iter().map(|word| behind(&code, &word.alternatives)).collect::<Vec<_>>().join(" AND ");
    let all = |scope| format!("(scope : {} AND {{public internal}} : ({words}))", word(scope));
    let public = |scope| format!("(scope : {} AND public : ({words}))", word(scope));
    match reach {
        Reach::Organization => format!("{{public internal}} : ({words})"),
        Reach::Requester(serial) => public(Scope::Requester(serial)),
        Reach::RequesterOrAssignee(serial) => {
            format!("{} OR {}", all(Scope::Assignee(serial)), public(Scope::Requester(serial)))
        }
    }
}

/// The terms that a word stands for.
pub(super) fn alternatives(word: &Alternatives) -> String {
    behind("", word)
}

/// The same, of the organization of that code.
pub(super) fn behind(code: &str, word: &Alternatives) -> String {
    match word {
        Alternatives::Exactly(terms) => {
            let mut shown = String::from("(");
            for (n, term) in terms.iter().enumerate() {
                let or = if n == 0 { "" } else { " OR " };
                let _ = write!(shown, "{or}\"{code}{term}\"");
            }
            shown.push(')');
            shown
        }
        Alternatives::BeginningWith(prefix) => format!("(\"{code}{prefix}\" *)"),
    }
}
