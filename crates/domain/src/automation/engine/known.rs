//! What has to be known to carry out what rules do.

use uuid::Uuid;

use crate::automation::port::{Found, Glossary, Thing};
use crate::automation::{Condition, Findings, Names, RuleAction, Term};
use crate::event::Named;
use crate::kernel::actor::Sight;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, UserId};
use crate::ticket::TicketState;
use crate::ticket::port::{TicketReader, Viewer};

/// What has to be known to carry out what rules do.
#[derive(Clone, Debug, Default)]
pub(in crate::automation) struct Known {
    /// What things are called.
    pub names: Names,
    /// The people who may be given the ticket.
    agents: Findings,
    /// The ticket's number.
    pub number: i64,
}

/// Where it is asked for.
pub(in crate::automation) struct Sources<'a> {
    pub glossary: &'a dyn Glossary,
    pub reader: &'a dyn TicketReader,
    pub organization: OrganizationId,
}

impl Known {
    /// Asks for what these actions and conditions need on that ticket, in three statements at most.
    pub async fn gather<'a>(
        sources: &Sources<'_>,
        ticket: &TicketState,
        actions: impl IntoIterator<Item = &'a RuleAction>,
        conditions: impl IntoIterator<Item = &'a Condition>,
    ) -> Result<Self, StoreError> {
        let actions: Vec<&RuleAction> = actions.into_iter().collect();
        let mut ids = of_ticket(ticket);
        ids.extend(actions.iter().flat_map(|action| action.mentions()));
        ids.extend(conditions.into_iter().flat_map(of_condition));
        ids.sort_unstable();
        ids.dedup();
        let names = sources.glossary.names(sources.organization, &ids).await?;
        let wanted: Vec<_> = actions.iter().filter_map(|action| agent(action)).collect();
        let agents =
            if wanted.is_empty() { Findings::new() } else { sources.glossary.find(sources.organization, &wanted).await? };
        let number = if actions.iter().any(|action| says(action)) { number(sources, ticket).await? } else { 0 };
        Ok(Self { names, agents, number })
    }

    /// What it is called.
    pub fn name(&self, id: Uuid) -> Option<String> {
        self.names.get(&id).cloned()
    }

    /// A person by name.
    pub fn person(&self, id: UserId) -> Named {
        Named { id, name: self.name(id.0).unwrap_or_else(|| "somebody".to_owned()) }
    }

    /// Whether the ticket may be given to that person.
    pub fn may_get_tickets(&self, id: UserId) -> bool {
        let found = self.agents.get(&(Thing::Person, Reference::Id(id.0)));
        matches!(found, Some(Found { is_assignable: true, .. }))
    }
}

fn of_ticket(ticket: &TicketState) -> Vec<Uuid> {
    let tags = ticket.tags.iter().map(|id| id.0);
    let people = [Some(ticket.requester), ticket.assignee].into_iter().flatten().map(|id| id.0);
    tags.chain(people).chain(ticket.category.map(|id| id.0)).chain(ticket.department.map(|id| id.0)).collect()
}

fn of_condition(condition: &Condition) -> Vec<Uuid> {
    let id = |term: &Term| if let Term::Id(id) = term { Some(*id) } else { None };
    condition.values.iter().flatten().filter_map(id).collect()
}

fn agent(action: &RuleAction) -> Option<(Thing, Reference)> {
    if let RuleAction::Assign(Some(id)) = action { Some((Thing::Person, Reference::Id(id.0))) } else { None }
}

fn says(action: &RuleAction) -> bool {
    matches!(action, RuleAction::Comment(_))
}

async fn number(sources: &Sources<'_>, ticket: &TicketState) -> Result<i64, StoreError> {
    let viewer = Viewer { organization: sources.organization, sight: Sight::All };
    let briefs = sources.reader.briefs(viewer, &[ticket.id.into()]).await?;
    Ok(briefs.into_iter().flatten().next().map_or(0, |brief| brief.number))
}
