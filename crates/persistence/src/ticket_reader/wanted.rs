//! Which tickets a question is about, in the integers of the database.

use std::collections::HashMap;

use helpdesk_domain::kernel::id::UserId;
use helpdesk_domain::kernel::{Sight, StoreError};
use helpdesk_domain::sla::SlaState;
use helpdesk_domain::ticket::port::Viewer;
use helpdesk_domain::ticket::{AssigneeFilter, TicketFilter};
use sea_orm::{ConnectionTrait, DbErr, Value};
use uuid::Uuid;

use super::condition::phases;
use crate::column::{NEVER, micros};
use crate::fault::fault;
use crate::search::Reach;
use crate::sql::Sql;
use crate::store::Store;
use crate::tally::{priority_number, status_number};

/// What no row has; stands for what was asked for and does not exist.
const NOBODY: i64 = -1;

/// A filter within what the viewer sees; its parts as in [`TicketFilter`].
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub organization: i64,
    pub seen: Seen,
    pub statuses: Option<Vec<i64>>,
    pub priorities: Option<Vec<i64>>,
    pub category: Option<i64>,
    pub department: Option<i64>,
    pub assignee: Option<Holder>,
    pub requester: Option<i64>,
    pub involving: Option<i64>,
    pub tags: Vec<i64>,
    pub created_from: Option<i64>,
    pub created_before: Option<i64>,
    pub due_from: Option<i64>,
    pub due_before: Option<i64>,
    pub stands: Option<(Vec<SlaState>, i64)>,
}

/// Whose tickets are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    All,
    Own(i64),
    OwnAndAssigned(i64),
}

/// Who has a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    Account(i64),
    Nobody,
}

impl Wanted {
    /// Looks up what the filter refers to, in one statement at most. None when the organization does not exist.
    pub async fn of(store: &Store, viewer: Viewer, filter: &TicketFilter) -> Result<Option<Self>, StoreError> {
        let Some(organization) = store.organization_serial(viewer.organization).await? else { return Ok(None) };
        let serials = Serials::of(store.reader(), organization, viewer.sight, filter).await.map_err(fault)?;
        let account = |id: Uuid| serials.get(id);
        Ok(Some(Self {
            organization,
            seen: match viewer.sight {
                Sight::All => Seen::All,
                Sight::Own(user) => Seen::Own(account(user.0)),
                Sight::OwnAndAssigned(user) => Seen::OwnAndAssigned(account(user.0)),
            },
            statuses: filter.statuses.as_ref().map(|all| distinct(all.iter().map(|status| status_number(*status)))),
            priorities: filter.priorities.as_ref().map(|all| distinct(all.iter().map(|priority| priority_number(*priority)))),
            category: filter.category.map(|id| serials.get(id.0)),
            department: filter.department.map(|id| serials.get(id.0)),
            assignee: filter.assignee.map(|assignee| match assignee {
                AssigneeFilter::User(id) => Holder::Account(account(id.0)),
                AssigneeFilter::Nobody => Holder::Nobody,
            }),
            requester: filter.requester.map(|id| account(id.0)),
            // Whoever sees no more than what involves them need not be asked twice.
            involving: filter.involving.filter(|user| Some(*user) != own_view(viewer.sight)).map(|id| account(id.0)),
            tags: distinct(filter.tags.iter().map(|id| serials.get(id.0))),
            created_from: filter.created_after.map(micros),
            created_before: filter.created_before.map(micros),
            due_from: filter.due_after.map(micros),
            // what has no deadline is not due after anything
            due_before: filter.due_before.map(micros).or(filter.due_after.map(|_| NEVER)),
            stands: filter.stands.as_ref().map(|(states, now)| (states.clone(), micros(*now))),
        }))
    }

    /// Where the clocks of such tickets may be; none where that does not matter.
    pub fn phases(&self) -> Option<Vec<i64>> {
        let (states, _) = self.stands.as_ref()?;
        Some(distinct(states.iter().flat_map(|state| phases(*state).iter().copied())))
    }

    /// Whether it asks for deadlines, which are not counted by sort.
    pub fn asks_for_deadlines(&self) -> bool {
        self.due_from.is_some() || self.due_before.is_some() || self.stands.is_some()
    }

    /// Whether nothing can be in it, because no status or priority is wanted.
    pub fn is_nothing(&self) -> bool {
        [&self.statuses, &self.priorities].into_iter().any(|values| values.as_ref().is_some_and(Vec::is_empty))
    }

    /// How far the viewer's searches reach.
    pub fn reach(&self) -> Reach {
        match self.seen {
            Seen::All => Reach::Organization,
            Seen::Own(account) => Reach::Requester(account),
            Seen::OwnAndAssigned(account) => Reach::RequesterOrAssignee(account),
        }
    }
}

/// Whose view it is, where it is somebody's own.
fn own_view(sight: Sight) -> Option<UserId> {
    match sight {
        Sight::All => None,
        Sight::Own(user) | Sight::OwnAndAssigned(user) => Some(user),
    }
}

fn distinct<T: Into<i64>>(values: impl Iterator<Item = T>) -> Vec<i64> {
    let mut values: Vec<i64> = values.map(Into::into).collect();
    values.sort_unstable();
    values.dedup();
    values
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Account,
    Category,
    Department,
    Tag,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Account, Self::Category, Self::Department, Self::Tag];

    /// The kind's question, up to the ids.
    fn question(self) -> &'static str {
        match self {
            Self::Account => "SELECT id, serial FROM account WHERE organization = ? AND id IN (?",
            Self::Category => "SELECT id, serial FROM category WHERE organization = ? AND id IN (?",
            Self::Department => "SELECT id, serial FROM department WHERE organization = ? AND id IN (?",
            Self::Tag => "SELECT id, serial FROM tag WHERE organization = ? AND id IN (?",
        }
    }
}

/// The integers of what a filter refers to. UUIDs are unique, so that kinds need not be told apart.
struct Serials(HashMap<Uuid, i64>);

impl Serials {
    fn get(&self, id: Uuid) -> i64 {
        self.0.get(&id).copied().unwrap_or(NOBODY)
    }

    async fn of(
        connection: &impl ConnectionTrait,
        organization: i64,
        sight: Sight,
        filter: &TicketFilter,
    ) -> Result<Self, DbErr> {
        let questions: Vec<Sql> =
            Kind::ALL.into_iter().filter_map(|kind| question(kind, organization, &ids(kind, sight, filter))).collect();
        if questions.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let found = Sql::joined(questions, " UNION ALL ").all(connection, |row| Ok((row.next()?, row.next()?))).await?;
        Ok(Self(found.into_iter().collect()))
    }
}

fn question(kind: Kind, organization: i64, ids: &[Uuid]) -> Option<Sql> {
    let (first, rest) = ids.split_first()?;
    let mut question = Sql::new(kind.question(), [Value::from(organization), (*first).into()]);
    for id in rest {
        question.bind(", ?", [(*id).into()]);
    }
    question.push(")");
    Some(question)
}

fn ids(kind: Kind, sight: Sight, filter: &TicketFilter) -> Vec<Uuid> {
    match kind {
        Kind::Account => {
            let assignee = match filter.assignee {
                Some(AssigneeFilter::User(user)) => Some(user),
                Some(AssigneeFilter::Nobody) | None => None,
            };
            [own_view(sight), assignee, filter.requester, filter.involving].into_iter().flatten().map(|user| user.0).collect()
        }
        Kind::Category => filter.category.iter().map(|id| id.0).collect(),
        Kind::Department => filter.department.iter().map(|id| id.0).collect(),
        Kind::Tag => filter.tags.iter().map(|id| id.0).collect(),
    }
}
