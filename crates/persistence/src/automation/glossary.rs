//! What rules name: found, and called by name.

use std::collections::BTreeMap;

use async_trait::async_trait;
use helpdesk_domain::automation::Names;
use helpdesk_domain::automation::port::{Findings, Found, Glossary, Thing};
use helpdesk_domain::identity::{Role, full_name};
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Reference, StoreError};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use crate::Store;
use crate::fault::fault;
use crate::portable::repeated;
use crate::sql::{Fields, Sql, uuids};

const NAMES: &str = "SELECT id, name, '', '' FROM category WHERE +organization = ? AND id IN @ \
    UNION ALL SELECT id, name, '', '' FROM department WHERE +organization = ? AND id IN @ \
    UNION ALL SELECT id, name, '', '' FROM tag WHERE +organization = ? AND id IN @ \
    UNION ALL SELECT id, first_name, last_name, username FROM account WHERE +organization = ? AND id IN @";

/// What is read of a webhook that is told something.
const SERVES: &str = "active";

/// A row that may be meant, by all that it answers to.
struct Candidate {
    id: Uuid,
    serial: i64,
    names: [String; 2],
    serves: bool,
}

#[async_trait]
impl Glossary for Store {
    async fn find(&self, organization: OrganizationId, named: &[(Thing, Reference)]) -> Result<Findings, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Findings::new()) };
        let mut wanted: BTreeMap<Thing, Vec<&Reference>> = BTreeMap::new();
        for (thing, reference) in named {
            wanted.entry(*thing).or_default().push(reference);
        }
        let mut findings = Findings::new();
        for (thing, references) in wanted {
            let candidates = self.candidates(serial, thing, &references).await.map_err(fault)?;
            for reference in references {
                if let Some(meant) = candidates.iter().find(|candidate| candidate.is(reference)) {
                    let Candidate { id, serves, .. } = *meant;
                    findings.insert((thing, reference.clone()), Found { id, serves });
                }
            }
        }
        Ok(findings)
    }

    async fn names(&self, organization: OrganizationId, ids: &[Uuid]) -> Result<Names, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Names::new()) };
        if ids.is_empty() {
            return Ok(Names::new());
        }
        let (asked, ids) = uuids(self.backend(), ids.iter().copied()).map_err(fault)?.into_parts();
        let values = [vec![Value::from(serial)], ids].concat();
        let question = Sql::new(NAMES.replace('@', &asked), [values.clone(), values.clone(), values.clone(), values].concat());
        Ok(question.all(self.reader(), called).await.map_err(fault)?.into_iter().collect())
    }
}

fn called(row: &mut Fields<'_>) -> Result<(Uuid, String), DbErr> {
    let id = row.next()?;
    let [first, last, fallback]: [String; 3] = [row.next()?, row.next()?, row.next()?];
    Ok((id, full_name(&first, &last, &fallback)))
}

impl Store {
    /// What may be meant by these references, in one statement.
    async fn candidates(&self, organization: i64, thing: Thing, references: &[&Reference]) -> Result<Vec<Candidate>, DbErr> {
        let (columns, table, keys, alive) = match thing {
            Thing::Category => ("name_key, slug, ''", "category", ["name_key", "slug"], ""),
            Thing::Department => ("name_key, name_key, ''", "department", ["name_key", "name_key"], ""),
            Thing::Tag => ("name_key, name_key, ''", "tag", ["name_key", "name_key"], ""),
            Thing::Person => (
                "username_key, email_key, CASE WHEN is_active AND is_approved THEN role ELSE '' END",
                "account",
                ["username_key", "email_key"],
                " AND deleted_at IS NULL",
            ),
            // A webhook is not found by its name.
            Thing::Webhook => ("'', '', CASE WHEN is_active THEN 'active' ELSE '' END", "webhook", ["''", "''"], ""),
        };
        let mut question = Sql::new(
            format!("SELECT id, serial, {columns} FROM {table} WHERE organization = ?{alive} AND ("),
            [organization.into()],
        );
        let (ids, serials, names) = sorted(references);
        let lists = [("id", ids), ("serial", serials), (keys[0], names.clone()), (keys[1], names)];
        let parts = lists.into_iter().filter(|(_, values)| !values.is_empty());
        let parts = parts.map(|(key, values)| Sql::new(format!("{key} IN ({})", repeated("?", values.len())), values));
        question.append(Sql::joined(parts, " OR ")).push(")");
        question.all(self.reader(), candidate).await
    }
}

fn sorted(references: &[&Reference]) -> (Vec<Value>, Vec<Value>, Vec<Value>) {
    let (mut ids, mut serials, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for reference in references {
        match reference {
            Reference::Id(id) => ids.push(Value::from(*id)),
            Reference::Serial(serial) => serials.push(Value::from(*serial)),
            Reference::Name(name) => names.push(Value::from(name.to_lowercase())),
        }
    }
    (ids, serials, names)
}

fn candidate(row: &mut Fields<'_>) -> Result<Candidate, DbErr> {
    let (id, serial, names) = (row.next()?, row.next()?, [row.next()?, row.next()?]);
    let role: String = row.next()?;
    let serves = role == SERVES || Role::parse(&role).is_some_and(Role::is_assignable);
    Ok(Candidate { id, serial, names, serves })
}

impl Candidate {
    fn is(&self, reference: &Reference) -> bool {
        match reference {
            Reference::Id(id) => self.id == *id,
            Reference::Serial(serial) => self.serial == *serial,
            Reference::Name(name) => !name.is_empty() && self.names.contains(&name.to_lowercase()),
        }
    }
}
