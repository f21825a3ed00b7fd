//! Rating tickets.

use std::sync::Arc;

use super::port::RatingRepository;
use super::{Rating, RatingState, RatingView, SatisfactionError, Score, policy};
use crate::event::Event;
use crate::identity::OrganizationSettings;
use crate::identity::port::OrganizationRepository;
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Moment};
use crate::kernel::id::{Reference, Target, TicketId};
use crate::kernel::race;
use crate::kernel::text::RatingComment;
use crate::kernel::violation::{Check, Problem};
use crate::ticket::Ticket;
use crate::ticket::port::TicketRepository;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// The use cases of ratings.
#[derive(Clone)]
pub struct Satisfaction {
    /// Ratings.
    pub ratings: Arc<dyn RatingRepository>,
    /// Tickets.
    pub tickets: Arc<dyn TicketRepository>,
    /// Organizations and what they chose.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// A ticket to rate, or to rate differently; none leaves a part as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateTicket {
    /// The ticket, and the revision that its rating must still have.
    pub target: Target,
    /// 1 to 5; required the first time.
    pub score: Option<i64>,
    /// 4 096 characters; an inner none empties it.
    pub comment: Option<Option<String>>,
}

/// A ticket's rating after it was given or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// As it is now.
    pub view: RatingView,
    /// Whether it was the first.
    pub is_new: bool,
}

type Result<T> = std::result::Result<T, SatisfactionError>;

impl Satisfaction {
    /// The rating of a ticket: for its requester and for staff.
    pub async fn read(&self, actor: &Actor, ticket: &Reference) -> Result<RatingView> {
        let ticket = self.ticket(actor, ticket).await?;
        policy::may_read(actor, &ticket)?;
        self.ratings.view(actor.organization, ticket.id).await?.ok_or(SatisfactionError::NotRated)
    }

    /// Rates a resolved or closed ticket; its requester only, and differently as long as the ticket could be reopened.
    pub async fn rate(&self, actor: &Actor, command: RateTicket) -> Result<Rated> {
        let (ticket, is_new) = race::settle(command.target.may_retry(), async || {
            let ticket = self.ticket(actor, &command.target.reference).await?;
            policy::may_rate(actor, &ticket)?;
            let is_new = self.rate_once(actor, &ticket, &command).await?;
            Ok::<_, SatisfactionError>((ticket.id, is_new))
        })
        .await?;
        let view = self.ratings.view(actor.organization, ticket).await?.ok_or(SatisfactionError::NotRated)?;
        Ok(Rated { view, is_new })
    }

    async fn rate_once(&self, actor: &Actor, ticket: &Ticket, command: &RateTicket) -> Result<bool> {
        let found = self.ratings.find(actor.organization, ticket.id).await?;
        let mut check = Check::new();
        let score = check.optional("score", command.score.map(Score::parse));
        if found.is_none() && command.score.is_none() {
            check.note("score", Problem::Required);
        }
        let text = |text: &Option<String>| text.as_deref().filter(|text| !text.trim().is_empty()).map(RatingComment::parse);
        let comment = command.comment.as_ref().map(|given| check.optional("comment", text(given)));
        check.done()?;
        let now = self.clock.now();
        match (found, score) {
            (Some(mut rating), score) => {
                command.target.allows(rating.revision)?;
                let Some(happened) = rating.change(score, comment, now) else { return Ok(false) };
                policy::may_change(ticket, &self.settings(actor).await?, now)?;
                let event = Event::of_ticket(ticket.id, actor, now, happened);
                self.commit(actor, ticket.id, Write::SaveRating(Box::new(rating)), event, false).await?;
                Ok(false)
            }
            (None, Some(score)) => {
                let (rating, happened) = Rating::give(state(actor, ticket, score, comment.flatten(), now));
                let event = Event::of_ticket(ticket.id, actor, now, happened);
                self.commit(actor, ticket.id, Write::AddRating(Box::new(rating)), event, true).await?;
                Ok(true)
            }
            (None, None) => Err(SatisfactionError::NotRated),
        }
    }

    async fn commit(&self, actor: &Actor, ticket: TicketId, write: Write, event: Event, created: bool) -> Result<()> {
        let outcome = Outcome { kind: "rating", id: ticket.0, parent: None, created };
        Ok(self.work.commit(Changes::by(actor).with(write, [event]).showing(outcome)).await?)
    }

    async fn ticket(&self, actor: &Actor, ticket: &Reference) -> Result<Ticket> {
        self.tickets.find(actor.into(), ticket).await?.ok_or(SatisfactionError::NoTicket)
    }

    async fn settings(&self, actor: &Actor) -> Result<OrganizationSettings> {
        Ok(self.organizations.get(actor.organization).await?.map(|organization| organization.settings).unwrap_or_default())
    }
}

fn state(actor: &Actor, ticket: &Ticket, score: Score, comment: Option<RatingComment>, now: Moment) -> RatingState {
    RatingState {
        ticket: ticket.id,
        organization: actor.organization,
        rated_by: actor.user,
        score,
        comment,
        created_at: now,
        updated_at: now,
        revision: 1,
    }
}
