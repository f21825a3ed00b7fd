//! How people are given tickets.

use super::{Result, Routing};
use crate::event::{Event, Happened};
use crate::identity::User;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Reference, UserId};
use crate::kernel::race;
use crate::kernel::violation::{Check, in_range};
use crate::routing::command::EditAgent;
use crate::routing::{AgentProfile, AgentView, RoutingError, Skills, policy};
use crate::work::{Changes, Outcome, Write};

/// The most tickets that somebody may be said to bear.
const MOST_TICKETS: i64 = 10_000;

impl Routing {
    /// How somebody is given tickets.
    pub async fn agent(&self, actor: &Actor, user: &Reference) -> Result<AgentView> {
        let user = self.person(actor, user).await?;
        self.standing(actor, user.id).await
    }

    /// Changes how somebody is given tickets. A change that changes nothing records nothing.
    pub async fn edit_agent(&self, actor: &Actor, command: EditAgent) -> Result<AgentView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_agent_once(actor, &command).await).await?;
        self.standing(actor, id).await
    }

    async fn edit_agent_once(&self, actor: &Actor, command: &EditAgent) -> Result<UserId> {
        let user = self.person(actor, &command.target.reference).await?;
        let view = self.standing(actor, user.id).await?;
        policy::may_change_agent(actor, &user, &view, command)?;
        command.target.allows(view.revision)?;
        let (profile, fields) = written(&view, command, self.clock.now())?;
        if !fields.is_empty() {
            let happened = Happened::UserUpdated { fields, role: user.role };
            let event = Event::of_user(&user, Some(actor.user), profile.updated_at, happened);
            let outcome = Outcome { kind: "agent", id: user.id.0, parent: None, created: false };
            let changes = Changes::by(actor).with(Write::SaveAgent(Box::new(profile)), [event]);
            self.work.commit(changes.showing(outcome)).await?;
        }
        Ok(user.id)
    }

    /// Somebody of whom the actor may see how they are given tickets.
    async fn person(&self, actor: &Actor, user: &Reference) -> Result<User> {
        let user = self.people.find(actor.organization, user).await?.ok_or(RoutingError::NoAgent)?;
        policy::may_see_agent(actor, &user)?;
        Ok(user)
    }

    async fn standing(&self, actor: &Actor, user: UserId) -> Result<AgentView> {
        self.agents.agent_view(actor.organization, user).await?.ok_or(RoutingError::NoAgent)
    }
}

/// What is kept with what is written put in, and the fields that are otherwise then.
fn written(view: &AgentView, write: &EditAgent, now: Moment) -> Result<(AgentProfile, Vec<String>)> {
    let mut check = Check::new();
    let limit = write.capacity.map(|capacity| capacity.map(|number| in_range(number, 0..=MOST_TICKETS)).transpose());
    let capacity = check.optional("capacity", limit).unwrap_or(view.capacity);
    let skills = check.optional("skills", write.skills.as_deref().map(Skills::parse)).unwrap_or_else(|| view.skills.clone());
    check.done()?;
    let is_available = write.is_available.unwrap_or(view.is_available);
    let changed = [
        ("capacity", capacity != view.capacity),
        ("skills", skills != view.skills),
        ("is_available", is_available != view.is_available),
    ];
    let fields = changed.into_iter().filter(|(_, is)| *is).map(|(field, _)| field.to_owned()).collect();
    let profile = AgentProfile { user: view.user, capacity, skills, is_available, updated_at: now, revision: view.revision };
    Ok((profile, fields))
}
