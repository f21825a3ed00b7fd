//! Tickets, named beside others.

use std::collections::HashMap;

use helpdesk_domain::kernel::id::TicketId;
use helpdesk_domain::kernel::{Reference, StoreError};
use helpdesk_domain::ticket::TicketBrief;
use helpdesk_domain::ticket::port::Viewer;
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::view::{number, seen};
use crate::column::status;
use crate::fault::fault;
use crate::portable::repeated;
use crate::sql::{Fields, Sql};
use crate::store::Store;

/// As many are looked up by one statement.
const AT_ONCE: usize = 200;

/// What [`read`] reads of ticket `t`, in its order.
pub(crate) const COLUMNS: &str = "t.id, t.serial, t.number, t.title, t.status";

/// Those of these tickets that the viewer sees, each in the place of its reference.
pub(super) async fn briefs(store: &Store, viewer: Viewer, tickets: &[Reference]) -> Result<Vec<Option<TicketBrief>>, StoreError> {
    let Some(organization) = store.organization_serial(viewer.organization).await? else { return Ok(vec![None; tickets.len()]) };
    let mut found = HashMap::new();
    for some in tickets.chunks(AT_ONCE) {
        for brief in look_up(store.reader(), organization, viewer, some).await.map_err(fault)? {
            found.insert(Reference::Id(brief.id.0), brief.clone());
            found.insert(Reference::Serial(brief.serial), brief.clone());
            found.insert(numbered(brief.number), brief);
        }
    }
    let name = |reference: &Reference| match reference {
        Reference::Name(name) => number(name).map(numbered),
        other => Some(other.clone()),
    };
    Ok(tickets.iter().map(|reference| found.get(&name(reference)?).cloned()).collect())
}

/// A ticket's number as a reference of its own kind.
fn numbered(number: i64) -> Reference {
    Reference::Name(number.to_string())
}

async fn look_up(
    connection: &impl ConnectionTrait,
    organization: i64,
    viewer: Viewer,
    tickets: &[Reference],
) -> Result<Vec<TicketBrief>, DbErr> {
    let mut by: [(&str, Vec<Value>); 3] = [("t.id", Vec::new()), ("t.serial", Vec::new()), ("t.number", Vec::new())];
    for reference in tickets {
        let (place, value) = match reference {
            Reference::Id(id) => (0, Value::from(*id)),
            Reference::Serial(serial) => (1, Value::from(*serial)),
            Reference::Name(name) => match number(name) {
                Some(number) => (2, Value::from(number)),
                None => continue,
            },
        };
        if let Some((_, values)) = by.get_mut(place) {
            values.push(value);
        }
    }
    let questions = by.into_iter().filter(|(_, values)| !values.is_empty()).map(|(column, values)| {
        let text = format!(
            "SELECT {COLUMNS} FROM ticket AS t JOIN account AS r ON r.serial = t.requester \
             LEFT JOIN account AS a ON a.serial = t.assignee WHERE t.organization = ? AND {column} IN ({})",
            repeated("?", values.len())
        );
        let mut question = Sql::new(text, std::iter::once(Value::from(organization)).chain(values));
        question.append(seen(viewer.sight));
        question
    });
    let question = Sql::joined(questions, " UNION ALL ");
    if question.is_empty() { Ok(Vec::new()) } else { question.all(connection, read).await }
}

/// Reads [`COLUMNS`].
pub(crate) fn read(row: &mut Fields<'_>) -> Result<TicketBrief, DbErr> {
    let (id, serial, number, title) = (TicketId(row.next()?), row.next()?, row.next()?, row.next()?);
    Ok(TicketBrief { id, serial, number, title, status: status(row.next()?)? })
}
