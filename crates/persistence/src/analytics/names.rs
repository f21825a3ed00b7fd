//! What the integers of figures are called, in one statement.

use std::collections::HashMap;

use helpdesk_domain::analytics::{Flow, Standing, TicketFigures};
use helpdesk_domain::taxonomy::{CategoryBrief, TagBrief};
use helpdesk_domain::ticket::UserBrief;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::{Numbers, Open};
use crate::column::priority;
use crate::days::Sort;
use crate::sql::{Fields, Sql, fields, list, listed, packed};
use crate::ticket_reader::{category, person, tag};

const PERSON: &str = "#id, serial, username, email, first_name, last_name, role";

/// Everything with a name, by its integer.
#[derive(Default)]
struct Names {
    agents: HashMap<i64, UserBrief>,
    categories: HashMap<i64, CategoryBrief>,
    tags: HashMap<i64, TagBrief>,
}

/// The figures with names, in the order of the names.
pub(super) async fn tell(connection: &impl ConnectionTrait, numbers: Numbers) -> Result<TicketFigures, DbErr> {
    let names = Names::of(connection, &numbers).await?;
    let Numbers { by_day, by_sort, backlog, open } = numbers;
    let mut by_priority = Vec::new();
    for ((_, value), flow) in by_sort.iter().filter(|((sort, _), flow)| *sort == Sort::Priority && **flow != Flow::default()) {
        by_priority.push((priority(i16::try_from(*value).unwrap_or(-1))?, flow.clone()));
    }
    by_priority.sort_by_key(|(priority, _)| (priority.is_none(), *priority));
    let flows =
        |sort: Sort| by_sort.iter().filter(move |((of, _), _)| *of == sort).map(|((_, value), flow)| (*value, flow.clone()));
    let nothing = |flow: &Flow| *flow == Flow::default();
    Ok(TicketFigures {
        by_day,
        by_priority,
        by_category: by_name(flows(Sort::Category), &names.categories, |category| category.name.clone(), nothing),
        by_agent: by_name(flows(Sort::Agent), &names.agents, UserBrief::name, nothing),
        by_tag: by_name(flows(Sort::Tag), &names.tags, |tag| tag.name.clone(), nothing)
            .into_iter()
            .filter_map(|(tag, flow)| Some((tag?, flow)))
            .collect(),
        backlog,
        standing: standing(open, &names),
    })
}

fn standing(open: Open, names: &Names) -> Standing {
    let Open { by_status_and_priority, by_agent, overdue } = open;
    Standing { by_status_and_priority, by_agent: by_name(by_agent, &names.agents, UserBrief::name, |n| *n == 0), overdue }
}

/// Amounts with their names, in the order of those; what has none is last, and what comes to nothing is left out.
pub(super) fn by_name<T, N: Clone>(
    amounts: impl IntoIterator<Item = (i64, T)>,
    names: &HashMap<i64, N>,
    name: impl Fn(&N) -> String,
    is_nothing: impl Fn(&T) -> bool,
) -> Vec<(Option<N>, T)> {
    let told = amounts.into_iter().filter(|(_, amount)| !is_nothing(amount));
    let mut told: Vec<_> = told.map(|(serial, amount)| (names.get(&serial).cloned(), serial, amount)).collect();
    told.sort_by_cached_key(|(thing, serial, _)| {
        (thing.is_none(), thing.as_ref().map(|thing| name(thing).to_lowercase()), *serial)
    });
    told.into_iter().map(|(thing, _, amount)| (thing, amount)).collect()
}

impl Names {
    async fn of(connection: &impl ConnectionTrait, numbers: &Numbers) -> Result<Self, DbErr> {
        let backend = connection.get_database_backend();
        let serials = |sort: Sort| numbers.by_sort.keys().filter(move |(of, _)| *of == sort).map(|(_, serial)| *serial);
        let agents: Vec<i64> = serials(Sort::Agent).chain(numbers.open.by_agent.keys().copied()).collect();
        let parts = [
            (PERSON, "account", list(&agents)?),
            ("#id, serial, name, slug, color", "category", list(&serials(Sort::Category).collect::<Vec<_>>())?),
            ("#id, serial, name, color", "tag", list(&serials(Sort::Tag).collect::<Vec<_>>())?),
        ];
        let parts = parts.into_iter().map(|(columns, table, serials)| part(backend, columns, table, serials));
        let mut question = Sql::new("SELECT ", []);
        question.append(Sql::joined(parts, ", "));
        Ok(question.one(connection, read).await?.unwrap_or_default())
    }
}

/// People by their integers.
pub(super) async fn people(connection: &impl ConnectionTrait, serials: &[i64]) -> Result<HashMap<i64, UserBrief>, DbErr> {
    let part = part(connection.get_database_backend(), PERSON, "account", list(serials)?);
    let mut question = Sql::new("SELECT ", []);
    let found = question.append(part).clone().one(connection, |row| row.rows(person)).await?.unwrap_or_default();
    Ok(found.into_iter().flatten().map(|person| (person.serial, person)).collect())
}

/// The rows of a table that have these integers, as one value.
fn part(backend: DbBackend, columns: &str, table: &str, serials: Value) -> Sql {
    let rows = packed(backend, &fields(backend, columns), "");
    let wanted = format!("SELECT CAST(value AS BIGINT) FROM {}", listed(backend));
    Sql::new(format!("(SELECT CAST({rows} AS TEXT) FROM {table} WHERE serial IN ({wanted}))"), [serials])
}

fn read(row: &mut Fields<'_>) -> Result<Names, DbErr> {
    let agents = row.rows(person)?.into_iter().flatten().map(|agent| (agent.serial, agent)).collect();
    let categories = row.rows(category)?.into_iter().flatten().map(|category| (category.serial, category)).collect();
    let tags = row.rows(tag)?.into_iter().map(|tag| (tag.serial, tag)).collect();
    Ok(Names { agents, categories, tags })
}
