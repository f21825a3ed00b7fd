//! The rules of ratings, over mocked ports.

use std::sync::Arc;

use super::port::MockRatingRepository;
use super::*;
use crate::kernel::actor::Actor;
use crate::kernel::id::Target;
use crate::kernel::text::RatingComment;
use crate::kernel::{Fault, Kind};
use crate::testing::{Committed, a_customer, a_desk, a_ticket, an_agent, minutes};
use crate::ticket::{Status, Ticket};
use crate::work::Write;

/// The use cases over a store with this ticket, rated or not; and what they commit.
fn satisfaction(ticket: &Ticket, rated: bool) -> (Satisfaction, Arc<crate::testing::FixedClock>, Committed) {
    let (desk, clock, committed) = a_desk(ticket, &[]);
    let state = RatingState {
        ticket: ticket.id,
        organization: ticket.organization,
        rated_by: ticket.requester,
        score: Score::trusted(2),
        comment: Some(RatingComment::trusted("Slow.".to_owned())),
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    };
    let mut ratings = MockRatingRepository::new();
    ratings.expect_find().returning(move |_, _| Ok(rated.then(|| Rating::restored(state.clone()))));
    let shown = shown(ticket);
    ratings.expect_view().returning(move |_, _| Ok(Some(shown.clone())));
    let (tickets, organizations, work) = (desk.tickets, desk.organizations, desk.work);
    (Satisfaction { ratings: Arc::new(ratings), tickets, organizations, work, clock: clock.clone() }, clock, committed)
}

fn shown(ticket: &Ticket) -> RatingView {
    RatingView {
        ticket: ticket.id,
        ticket_serial: 1,
        score: 2,
        comment: None,
        rated_by: crate::testing::a_row(ticket).requester,
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

async fn rate(satisfaction: &Satisfaction, actor: &Actor, ticket: &Ticket, score: i64) -> Result<Rated, Kind> {
    let command = RateTicket { target: Target::from(ticket.id), score: Some(score), comment: None };
    satisfaction.rate(actor, command).await.map_err(|error| error.kind())
}

#[tokio::test]
async fn only_what_is_resolved_or_closed_is_rated() {
    for status in Status::ALL {
        let ticket = a_ticket(status);
        let (satisfaction, _, committed) = satisfaction(&ticket, false);
        let rated = rate(&satisfaction, &a_customer(), &ticket, 4).await;
        let is_over = matches!(status, Status::Resolved | Status::Closed);
        assert_eq!(rated.is_ok_and(|rated| rated.is_new), is_over, "{status:?}");
        assert_eq!(committed.lock().unwrap().len(), usize::from(is_over));
    }
}

#[tokio::test]
async fn nobody_but_the_requester_rates() {
    let ticket = a_ticket(Status::Resolved);
    let (satisfaction, _, committed) = satisfaction(&ticket, false);
    assert_eq!(rate(&satisfaction, &an_agent(), &ticket, 4).await, Err(Kind::Forbidden));
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_score_is_one_to_five() {
    let ticket = a_ticket(Status::Resolved);
    let (satisfaction, _, _) = satisfaction(&ticket, false);
    for bad in [i64::MIN, 0, 6, 260, i64::MAX] {
        assert_eq!(rate(&satisfaction, &a_customer(), &ticket, bad).await, Err(Kind::Invalid), "{bad}");
    }
}

#[tokio::test]
async fn a_rating_changes_while_the_ticket_could_be_reopened_and_the_same_is_no_change() {
    let ticket = a_ticket(Status::Closed);
    let (satisfaction, clock, committed) = satisfaction(&ticket, true);
    assert!(!rate(&satisfaction, &a_customer(), &ticket, 2).await.unwrap().is_new);
    assert!(committed.lock().unwrap().is_empty());
    clock.set(30 * 24 * 60);
    rate(&satisfaction, &a_customer(), &ticket, 5).await.unwrap();
    let written = committed.lock().unwrap().remove(0).writes;
    assert!(matches!(written.as_slice(), [Write::SaveRating(rating)] if rating.score.number() == 5 && rating.comment.is_some()));
    clock.set(30 * 24 * 60 + 1);
    assert_eq!(rate(&satisfaction, &a_customer(), &ticket, 5).await, Err(Kind::Conflict));
}
