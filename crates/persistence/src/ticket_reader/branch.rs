//! A list as one or several ranges of indexes that do not overlap, merged in the order of the list.
//!
//! *Of these two states*, *asked by or assigned to me*: no single index is in the order of such a list, but one range for
//! each state, or for each role, is. Both databases merge ordered ranges lazily, so that a page costs what it shows.

use super::condition::{Column, Condition, Driver};
use super::order::{Key, Level, Order};
use super::wanted::{Holder, Seen, Wanted};

/// With more ranges than this, values are filtered on the way instead.
const MOST_BRANCHES: usize = 18;

/// One range: tickets of the organization for which all of this holds.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub driver: Driver,
    /// Walk the tickets of this tag, in the order of their age, instead of the tickets.
    pub tag: Option<i64>,
    pub conditions: Vec<Condition>,
    /// What the first level of the order is in this range, where it is the same for all of it.
    pub constant: Option<i64>,
}

impl Branch {
    fn new(driver: Driver, conditions: Vec<Condition>) -> Self {
        Self { driver, tag: None, conditions, constant: None }
    }

    fn and(mut self, conditions: impl IntoIterator<Item = Condition>) -> Self {
        self.conditions.extend(conditions);
        self
    }
}

/// The ranges that show a list in this order when it is driven by this index.
pub(super) fn branches(wanted: &Wanted, order: &Order, driver: Driver) -> Vec<Branch> {
    if let Some(people) = people(wanted) {
        let rest = others(wanted, &[]);
        return people.into_iter().map(|branch| branch.and(rest.clone())).collect();
    }
    split(wanted, order, driver).unwrap_or_else(|| vec![Branch::new(driver, others(wanted, &[]))])
}

/// Ranges by person, where not everything is seen or somebody's tickets are wanted: one person's tickets are few.
fn people(wanted: &Wanted) -> Option<Vec<Branch>> {
    let seen = match wanted.seen {
        Seen::All => None,
        Seen::Own(account) => Some(vec![own(account)]),
        Seen::OwnAndAssigned(account) => Some(own_and_assigned(account)),
    };
    match (seen, wanted.involving.map(own_and_assigned)) {
        (Some(seen), Some(involved)) => {
            let meet = |(one, other): (&Branch, &Branch)| one.clone().and(other.conditions.clone());
            let pairs = seen.iter().flat_map(|one| involved.iter().map(move |other| (one, other)));
            Some(pairs.map(meet).collect())
        }
        (seen, involved) => seen.or(involved),
    }
}

fn own(account: i64) -> Branch {
    Branch::new(Driver::Column(Column::Requester), vec![Condition::Is(Column::Requester, account)])
}

fn own_and_assigned(account: i64) -> Vec<Branch> {
    let assigned = vec![Condition::Is(Column::Assignee, account), Condition::IsNot(Column::Requester, account)];
    vec![own(account), Branch::new(Driver::Column(Column::Assignee), assigned)]
}

/// Ranges by value, where the order or the driver wants them.
fn split(wanted: &Wanted, order: &Order, driver: Driver) -> Option<Vec<Branch>> {
    let first = order.first()?;
    match (first.key, driver) {
        (Key::Status, Driver::Order) if is_by_age(order, 1) => by_value(wanted, Column::Status, true),
        (Key::Priority, Driver::Order) if is_by_age(order, 1) => by_value(wanted, Column::Priority, true),
        (Key::Due, Driver::Order) if !first.descending => Some(by_deadline(wanted)),
        (Key::CreatedAt, Driver::Tag) => by_tag(wanted),
        (Key::CreatedAt, Driver::Column(column @ (Column::Status | Column::Priority | Column::Phase))) => {
            by_value(wanted, column, false)
        }
        _ => None,
    }
}

/// Whether the order, from that level on, is by age.
fn is_by_age(order: &Order, from: usize) -> bool {
    matches!(order.0.get(from), Some(Level { key: Key::CreatedAt, .. }))
}

fn by_value(wanted: &Wanted, column: Column, leads: bool) -> Option<Vec<Branch>> {
    let (given, all) = match column {
        Column::Status => (wanted.statuses.clone(), 0..9),
        Column::Phase => (wanted.phases(), 0..5),
        _ => (wanted.priorities.clone(), 0..6),
    };
    let values = given.unwrap_or_else(|| all.collect());
    let rest = others(wanted, &[column]);
    let range = |value: i64| {
        let branch = Branch::new(Driver::Column(column), vec![Condition::Is(column, value)]).and(rest.clone());
        Branch { constant: leads.then_some(value), ..branch }
    };
    (values.len() <= MOST_BRANCHES).then(|| values.into_iter().map(range).collect())
}

/// Tickets without a deadline are one value of many tickets; a walk that resumes among them must not begin before them.
fn by_deadline(wanted: &Wanted) -> Vec<Branch> {
    let rest = others(wanted, &[]);
    let dated = Branch::new(Driver::Order, vec![Condition::HasDeadline]).and(rest.clone());
    let undated = Branch::new(Driver::Order, vec![Condition::HasNoDeadline]).and(rest);
    vec![dated, Branch { constant: Some(crate::column::NEVER), ..undated }]
}

/// Each tag's tickets without those of the tags before it.
fn by_tag(wanted: &Wanted) -> Option<Vec<Branch>> {
    let rest: Vec<Condition> =
        others(wanted, &[]).into_iter().filter(|condition| !matches!(condition, Condition::TaggedAny(_))).collect();
    let range = |(n, tag): (usize, &i64)| {
        let before: Vec<i64> = wanted.tags.iter().take(n).copied().collect();
        let new = (!before.is_empty()).then_some(Condition::TaggedNone(before));
        let branch = Branch::new(Driver::Tag, rest.clone()).and(new);
        Branch { tag: Some(*tag), ..branch }
    };
    (wanted.tags.len() <= MOST_BRANCHES).then(|| wanted.tags.iter().enumerate().map(range).collect())
}

/// Every condition of the filter but who it involves, without those on columns that have been seen to.
pub(super) fn others(wanted: &Wanted, done: &[Column]) -> Vec<Condition> {
    let assignee = wanted.assignee.map(|holder| match holder {
        Holder::Account(account) => Condition::Is(Column::Assignee, account),
        Holder::Nobody => Condition::IsNone(Column::Assignee),
    });
    let statuses = wanted.statuses.clone().filter(|_| !done.contains(&Column::Status));
    let priorities = wanted.priorities.clone().filter(|_| !done.contains(&Column::Priority));
    let phases = wanted.phases().filter(|_| !done.contains(&Column::Phase));
    let conditions = [
        wanted.requester.map(|account| Condition::Is(Column::Requester, account)),
        assignee,
        wanted.category.map(|category| Condition::Is(Column::Category, category)),
        wanted.department.map(|department| Condition::Is(Column::Department, department)),
        statuses.map(|values| any_of(Column::Status, values)),
        priorities.map(|values| any_of(Column::Priority, values)),
        wanted.created_from.map(Condition::CreatedFrom),
        wanted.created_before.map(Condition::CreatedBefore),
        wanted.due_from.map(Condition::DueFrom),
        wanted.due_before.map(Condition::DueBefore),
        phases.map(|values| any_of(Column::Phase, values)),
        wanted.stands.clone().map(|(states, now)| Condition::Stands(states, now)),
        (!wanted.tags.is_empty()).then(|| Condition::TaggedAny(wanted.tags.clone())),
    ];
    conditions.into_iter().flatten().collect()
}

fn any_of(column: Column, values: Vec<i64>) -> Condition {
    match values.as_slice() {
        [value] => Condition::Is(column, *value),
        _ => Condition::In(column, values),
    }
}
