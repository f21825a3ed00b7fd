//! What done tickets were judged by.

use std::collections::HashMap;

use helpdesk_domain::sla::Terms;
use helpdesk_domain::ticket::Ticket;
use sea_orm::{ConnectionTrait, DbErr};

use crate::column::json;
use crate::portable::repeated;
use crate::sql::Sql;

/// Keeps what these tickets were judged by; the integer of each by its key.
pub(super) async fn keep<C: ConnectionTrait>(
    connection: &C,
    organization: i64,
    tickets: &[Ticket],
) -> Result<HashMap<String, i64>, DbErr> {
    let frozen = tickets.iter().filter_map(|ticket| ticket.judged.frozen.as_ref());
    let terms: HashMap<String, &Terms> = frozen.map(|frozen| (frozen.terms.key(), &frozen.terms)).collect();
    if terms.is_empty() {
        return Ok(HashMap::new());
    }
    let mut keep = Sql::new("INSERT INTO sla_terms (organization, version_key, terms) VALUES ", []);
    for (n, (key, terms)) in terms.iter().enumerate() {
        keep.bind(
            if n == 0 { "(?, ?, ?)" } else { ", (?, ?, ?)" },
            [organization.into(), key.as_str().into(), json(terms)?.into()],
        );
    }
    keep.push(" ON CONFLICT DO NOTHING");
    keep.execute(connection).await?;
    let mut kept = Sql::new("SELECT version_key, serial FROM sla_terms WHERE organization = ?", [organization.into()]);
    let places = format!(" AND version_key IN ({})", repeated("?", terms.len()));
    kept.bind(&places, terms.keys().map(|key| key.as_str().into()));
    Ok(kept.all(connection, |row| Ok((row.next()?, row.next()?))).await?.into_iter().collect())
}
