//! Readers of the log: what is made of events, once each, in order, by one replica at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::Recorded;
use super::port::EventRepository;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::work::{Changes, UnitOfWork, Write};

/// How many events of an organization are read in one round.
const BATCH: u64 = 200;
/// How many organizations are looked after in one round.
const ORGANIZATIONS: u64 = 50;

/// What is made of events.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Projection: Send + Sync {
    /// The name of its place in the log. It never changes: under another name all is read again.
    fn consumer(&self) -> &'static str;
    /// What is to be written because of these events of one organization, which come in order. MUST do nothing else:
    /// a round that came too late is forgotten.
    async fn project(&self, organization: OrganizationId, events: &[Recorded]) -> Result<Vec<Write>, StoreError>;
}

/// Who reads the log of each organization, in order.
#[async_trait]
pub trait LogReader: Send + Sync {
    /// The name of its place in the log. It never changes: under another name all is read again.
    fn consumer(&self) -> &'static str;
    /// Takes in these events of one organization, which come in order behind the place, and moves the place on, as far as it
    /// came where it fails too. What it writes MUST be written with the place that was reached ([`Place::reached`]).
    async fn take_in(&self, organization: OrganizationId, events: &[Recorded], place: &mut Place) -> Result<(), StoreError>;
}

/// How far an organization's log was read.
#[derive(Clone, Copy)]
pub struct Place {
    /// As the store knows it.
    written: i64,
    /// As this reader knows it.
    read: i64,
}

/// Has somebody read the log. The place that was reached is written in the commit of what was made of the events,
/// so that each event counts once, whichever replica is first. Events that lead to nothing are not worth a commit of
/// their own: the place behind them is written with the next, or by [`Projector::settle`].
pub struct Projector {
    events: Arc<dyn EventRepository>,
    work: Arc<dyn UnitOfWork>,
    reader: Arc<dyn LogReader>,
    places: HashMap<OrganizationId, Place>,
}

/// A projection as a reader: what it makes of many events is one commit.
struct Projecting {
    projection: Arc<dyn Projection>,
    work: Arc<dyn UnitOfWork>,
}

#[async_trait]
impl LogReader for Projecting {
    fn consumer(&self) -> &'static str {
        self.projection.consumer()
    }

    async fn take_in(&self, organization: OrganizationId, events: &[Recorded], place: &mut Place) -> Result<(), StoreError> {
        let Some(last) = events.last() else { return Ok(()) };
        let writes = self.projection.project(organization, events).await?;
        let is_nothing = writes.is_empty();
        if !is_nothing {
            let reached = Changes::of(organization).with(place.reached(self.consumer(), last.position), []);
            self.work.commit(writes.into_iter().fold(reached, |changes, write| changes.with(write, []))).await?;
        }
        place.pass(last.position, !is_nothing);
        Ok(())
    }
}

impl Projector {
    /// Over a log, for this projection, writing there.
    pub fn new(events: Arc<dyn EventRepository>, work: Arc<dyn UnitOfWork>, projection: Arc<dyn Projection>) -> Self {
        let reader = Arc::new(Projecting { projection, work: Arc::clone(&work) });
        Self::of(events, work, reader)
    }

    /// Over a log, for this reader, writing there.
    pub fn of(events: Arc<dyn EventRepository>, work: Arc<dyn UnitOfWork>, reader: Arc<dyn LogReader>) -> Self {
        Self { events, work, reader, places: HashMap::new() }
    }

    /// Reads on where it stopped; answers whether there was anything to read.
    pub async fn read_on(&mut self) -> Result<bool, StoreError> {
        let behind = self.events.behind(self.reader.consumer(), ORGANIZATIONS).await?;
        let is_crowded = behind.len() as u64 >= ORGANIZATIONS;
        let (mut has_read, mut failed) = (false, None);
        for (organization, written) in behind {
            match self.read_of(organization, written).await {
                Ok(read) => has_read |= read,
                // Another replica was quicker.
                Err(StoreError::Stale) => has_read = true,
                Err(error @ StoreError::Unavailable(_)) => return Err(error),
                // Not the others' fault: it is told of when they have read everything.
                Err(error) => failed = Some(error),
            }
        }
        if has_read {
            return Ok(true);
        }
        // Those that only look as if they were behind make room for others.
        let has_settled = is_crowded && self.settle().await?;
        failed.map_or(Ok(has_settled), Err)
    }

    /// Writes the places that were read and not written; answers whether there were any. To be called every few seconds:
    /// what is not written is read again after a restart, when people may want something else.
    pub async fn settle(&mut self) -> Result<bool, StoreError> {
        let mut unwritten: Vec<_> =
            self.places.iter().map(|(of, place)| (*of, *place)).filter(|(_, place)| place.is_ahead()).collect();
        let mut failed = None;
        for (organization, place) in &mut unwritten {
            let reached = place.reached(self.reader.consumer(), place.read);
            match self.work.commit(Changes::of(*organization).with(reached, [])).await {
                // Another replica was quicker.
                Ok(()) | Err(StoreError::Stale) => {
                    place.written = place.read;
                    self.places.insert(*organization, *place);
                }
                Err(error @ StoreError::Unavailable(_)) => return Err(error),
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(!unwritten.is_empty()), Err)
    }

    /// Reads the log of one organization to its end, and writes how far it came; stops early once it `is_enough`, and answers
    /// whether that was all.
    pub async fn catch_up(
        &mut self,
        organization: OrganizationId,
        is_enough: &(dyn Fn() -> bool + Sync),
    ) -> Result<bool, StoreError> {
        loop {
            let written = self.events.place(self.reader.consumer(), organization).await?;
            match self.read_of(organization, written).await {
                Ok(false) => return self.settle().await.map(|_| true),
                Ok(true) | Err(StoreError::Stale) if is_enough() => return Ok(false),
                // Where it is stale another replica was quicker.
                Ok(true) | Err(StoreError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
    }

    async fn read_of(&mut self, organization: OrganizationId, written: i64) -> Result<bool, StoreError> {
        let read = self.places.get(&organization).map_or(written, |place| place.read.max(written));
        let events = self.events.after(organization, read, BATCH).await?;
        if events.is_empty() {
            return Ok(false);
        }
        let mut place = Place { written, read };
        let taken_in = self.reader.take_in(organization, &events, &mut place).await;
        self.places.insert(organization, place);
        taken_in.map(|()| true)
    }
}

impl Place {
    /// That it was reached, to be written.
    pub fn reached(&self, consumer: &'static str, position: i64) -> Write {
        Write::Advance { consumer, from: self.written, to: position }
    }

    /// Moves on behind an event; tells whether that was written.
    pub fn pass(&mut self, position: i64, is_written: bool) {
        self.read = position;
        if is_written {
            self.written = position;
        }
    }

    const fn is_ahead(self) -> bool {
        self.read > self.written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::port::MockEventRepository;
    use crate::event::{Event, Happened};
    use crate::kernel::id::{EventId, UserId};
    use crate::testing::{Committed, ORGANIZATION, a_ticket, an_agent, minutes};
    use crate::ticket::Status;
    use crate::work::MockUnitOfWork;
    use uuid::Uuid;

    fn event(position: i64) -> Recorded {
        let event = Event::of_ticket(a_ticket(Status::Open).id, &an_agent(), minutes(position), Happened::TicketFinalized);
        Recorded { id: EventId(Uuid::from_u128(position.unsigned_abs().into())), position, event }
    }

    fn seen(position: i64) -> Write {
        Write::SeeUser(UserId(Uuid::from_u128(1)), minutes(position))
    }

    /// Over a log of so many events whose place is written at 0, with a projection to which only some events matter.
    fn projector(length: i64, matters: fn(i64) -> bool, outcome: fn() -> Result<(), StoreError>) -> (Projector, Committed) {
        let (committed, mut events, mut work, mut projection) =
            (Committed::default(), MockEventRepository::new(), MockUnitOfWork::new(), MockProjection::new());
        events.expect_behind().returning(|_, _| Ok(vec![(ORGANIZATION, 0)]));
        events.expect_after().returning(move |_, after, limit| {
            let last = length.min(after.saturating_add_unsigned(limit));
            Ok((after + 1..=last).map(event).collect())
        });
        projection.expect_consumer().return_const("test");
        projection.expect_project().returning(move |_, events| {
            Ok(events.iter().map(|event| event.position).filter(|position| matters(*position)).map(seen).collect())
        });
        let log = committed.clone();
        work.expect_commit().returning(move |changes| {
            log.lock().unwrap().push(changes);
            outcome()
        });
        (Projector::new(Arc::new(events), Arc::new(work), Arc::new(projection)), committed)
    }

    #[tokio::test]
    async fn the_place_is_written_with_what_was_made_of_the_events() {
        let (mut projector, committed) = projector(3, |position| position == 2, || Ok(()));
        assert!(projector.read_on().await.unwrap());
        let committed = committed.lock().unwrap();
        assert_eq!(committed[0].writes, [Write::Advance { consumer: "test", from: 0, to: 3 }, seen(2)]);
    }

    #[tokio::test]
    async fn events_that_lead_to_nothing_are_read_once_and_cost_no_commit() {
        let (mut projector, committed) = projector(3, |_| false, || Ok(()));
        assert!(projector.read_on().await.unwrap());
        assert!(!projector.read_on().await.unwrap());
        assert!(committed.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn the_place_behind_events_that_led_to_nothing_is_written_in_the_end() {
        let (mut projector, committed) = projector(700, |_| false, || Ok(()));
        while projector.read_on().await.unwrap() {}
        assert!(projector.settle().await.unwrap());
        assert!(!projector.settle().await.unwrap());
        assert_eq!(committed.lock().unwrap()[0].writes, [Write::Advance { consumer: "test", from: 0, to: 700 }]);
    }

    #[tokio::test]
    async fn an_organization_whose_events_cannot_be_read_keeps_no_other_waiting() {
        let broken = OrganizationId(Uuid::from_u128(99));
        let (committed, mut events, mut work, mut projection) =
            (Committed::default(), MockEventRepository::new(), MockUnitOfWork::new(), MockProjection::new());
        let mut rounds = 0;
        events.expect_behind().returning(move |_, _| {
            rounds += 1;
            Ok(if rounds == 1 { vec![(broken, 0), (ORGANIZATION, 0)] } else { vec![(broken, 0)] })
        });
        events.expect_after().returning(move |organization, _, _| {
            if organization == broken { Err(StoreError::Bug("damaged".into())) } else { Ok(vec![event(1)]) }
        });
        projection.expect_consumer().return_const("test");
        projection.expect_project().returning(|_, _| Ok(vec![seen(1)]));
        let log = committed.clone();
        work.expect_commit().returning(move |changes| {
            log.lock().unwrap().push(changes);
            Ok(())
        });
        let mut projector = Projector::new(Arc::new(events), Arc::new(work), Arc::new(projection));
        assert!(projector.read_on().await.unwrap());
        assert_eq!(committed.lock().unwrap().len(), 1);
        assert!(projector.read_on().await.is_err(), "who looks after it is told");
    }

    #[tokio::test]
    async fn who_comes_too_late_reads_again_where_the_other_stopped() {
        let (mut projector, committed) = projector(1, |_| true, || Err(StoreError::Stale));
        assert!(projector.read_on().await.unwrap());
        assert!(projector.read_on().await.unwrap());
        assert_eq!(committed.lock().unwrap().len(), 2);
    }
}
