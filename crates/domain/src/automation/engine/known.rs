//! What has to be known to carry out what rules do.

use std::collections::HashMap;

use uuid::Uuid;

use crate::automation::port::{Findings, Found, Glossary, Thing};
use crate::automation::{Condition, Names, RuleAction};
use crate::event::Named;
use crate::kernel::actor::Sight;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, TicketId, UserId, WebhookId};
use crate::ticket::port::{TicketReader, Viewer};
use crate::ticket::{TicketBrief, TicketState};

/// What has to be known to carry out what rules do.
#[derive(Clone, Debug, Default)]
pub(in crate::automation) struct Known {
    /// What things are called.
    pub names: Names,
    /// The people who may be given tickets, and the webhooks that are told something.
    findings: Findings,
    /// What tickets are called.
    briefs: HashMap<TicketId, TicketBrief>,
}

/// Where it is asked for.
pub(in crate::automation) struct Sources<'a> {
    pub glossary: &'a dyn Glossary,
    pub reader: &'a dyn TicketReader,
    pub organization: OrganizationId,
}

/// What it is needed for.
#[derive(Default)]
pub(in crate::automation) struct Needed<'a> {
    pub tickets: Vec<&'a TicketState>,
    pub actions: Vec<&'a RuleAction>,
    pub conditions: Vec<&'a Condition>,
    /// What else shall be called by name.
    pub ids: Vec<Uuid>,
    /// Whether tickets shall be called by name, though nothing is said of them.
    pub briefs: bool,
}

impl Known {
    /// Asks for what is needed, with a fixed number of statements.
    pub async fn gather(sources: &Sources<'_>, needed: Needed<'_>) -> Result<Self, StoreError> {
        let Needed { tickets, actions, conditions, mut ids, briefs } = needed;
        ids.extend(tickets.iter().flat_map(|ticket| of_ticket(ticket)));
        ids.extend(actions.iter().flat_map(|action| action.names()));
        ids.extend(conditions.into_iter().flat_map(Condition::names));
        ids.sort_unstable();
        ids.dedup();
        let names = sources.glossary.names(sources.organization, &ids).await?;
        let wanted: Vec<_> = actions.iter().filter_map(|action| checked(action)).collect();
        let findings =
            if wanted.is_empty() { Findings::new() } else { sources.glossary.find(sources.organization, &wanted).await? };
        let is_told = briefs || actions.iter().any(|action| action.speaks());
        let briefs = if is_told { called(sources, &tickets).await? } else { HashMap::new() };
        Ok(Self { names, findings, briefs })
    }

    /// What it is called.
    pub fn name(&self, id: Uuid) -> Option<String> {
        self.names.get(&id).cloned()
    }

    /// A person by name.
    pub fn person(&self, id: UserId) -> Named {
        Named { id, name: self.name(id.0).unwrap_or_else(|| "somebody".to_owned()) }
    }

    /// What the ticket is called.
    pub fn brief(&self, ticket: TicketId) -> Option<&TicketBrief> {
        self.briefs.get(&ticket)
    }

    /// Whether tickets may be given to that person.
    pub fn may_get_tickets(&self, id: UserId) -> bool {
        self.serves(Thing::Person, id.0) == Some(true)
    }

    /// Whether that webhook is told something; none when it is gone.
    pub fn is_told(&self, id: WebhookId) -> Option<bool> {
        self.serves(Thing::Webhook, id.0)
    }

    fn serves(&self, thing: Thing, id: Uuid) -> Option<bool> {
        self.findings.get(&(thing, Reference::Id(id))).map(|Found { serves, .. }| *serves)
    }
}

fn of_ticket(ticket: &TicketState) -> Vec<Uuid> {
    let tags = ticket.tags.iter().map(|id| id.0);
    let people = [Some(ticket.requester), ticket.assignee].into_iter().flatten().map(|id| id.0);
    tags.chain(people).chain(ticket.category.map(|id| id.0)).chain(ticket.department.map(|id| id.0)).collect()
}

/// Whom an action needs to be looked at again.
fn checked(action: &RuleAction) -> Option<(Thing, Reference)> {
    match action {
        RuleAction::Assign(Some(id)) => Some((Thing::Person, Reference::Id(id.0))),
        RuleAction::Webhook(id) => Some((Thing::Webhook, Reference::Id(id.0))),
        _ => None,
    }
}

async fn called(sources: &Sources<'_>, tickets: &[&TicketState]) -> Result<HashMap<TicketId, TicketBrief>, StoreError> {
    let viewer = Viewer { organization: sources.organization, sight: Sight::All };
    let references: Vec<Reference> = tickets.iter().map(|ticket| ticket.id.into()).collect();
    let briefs = sources.reader.briefs(viewer, &references).await?;
    Ok(briefs.into_iter().flatten().map(|brief| (brief.id, brief)).collect())
}
