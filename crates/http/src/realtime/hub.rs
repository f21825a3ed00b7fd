//! What connects the log with everybody who is connected: one for the process.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use futures_util::FutureExt;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId};
use helpdesk_domain::kernel::{Actor, StoreError};
use helpdesk_domain::realtime::port::{Listening, Signals};
use helpdesk_domain::realtime::{Connections, Glimpse, Heard, LiveFeed, Signal};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use super::follower::{Follower, Hearing};
use super::locked;
use super::logins::{Login, Logins};
use super::onlookers::Onlookers;
use super::room::Room;
use crate::desk::Desk;

/// How often it looks without being woken: for what other processes commit whose signals were lost.
const ROUND: Duration = Duration::from_secs(1);
/// After how many rounds logins are looked at that nobody told of: they may have had their time.
const LOGIN_ROUNDS: u64 = 5;

/// What connects the log with everybody who is connected.
pub struct Hub {
    feed: LiveFeed,
    connections: Connections,
    signals: Arc<dyn Signals>,
    rooms: Mutex<HashMap<OrganizationId, Weak<Room>>>,
    onlookers: Mutex<HashMap<TicketId, Weak<Onlookers>>>,
    logins: Logins,
    stopping: watch::Sender<bool>,
}

impl Hub {
    /// Nobody connected yet.
    pub fn new(desk: &Desk) -> Self {
        Self {
            feed: desk.live.clone(),
            connections: desk.connections.clone(),
            signals: Arc::clone(&desk.signals),
            rooms: Mutex::default(),
            onlookers: Mutex::default(),
            logins: Logins::default(),
            stopping: watch::channel(false).0,
        }
    }

    /// Follows the log behind that position; from now on without one.
    pub async fn follow(&self, hearing: Hearing, after: Option<i64>) -> Result<Follower, StoreError> {
        let room = match self.room(hearing.organization()) {
            Some(room) => room,
            None => self.open(hearing.organization()).await?,
        };
        Ok(Follower::new(self.feed.clone(), room, hearing, after))
    }

    fn room(&self, organization: OrganizationId) -> Option<Arc<Room>> {
        locked(&self.rooms).get(&organization).and_then(Weak::upgrade)
    }

    async fn open(&self, organization: OrganizationId) -> Result<Arc<Room>, StoreError> {
        let position = self.feed.position(organization).await?;
        let fresh = Arc::new(Room::new(organization, position));
        let room = {
            let mut rooms = locked(&self.rooms);
            let there = rooms.get(&organization).and_then(Weak::upgrade);
            there.unwrap_or_else(|| {
                rooms.insert(organization, Arc::downgrade(&fresh));
                fresh
            })
        };
        // What was committed before the room was in the list woke nobody.
        self.read(&room).await;
        Ok(room)
    }

    /// Whoever looks at that ticket.
    pub(super) fn onlookers(&self, ticket: TicketId) -> Arc<Onlookers> {
        let mut all = locked(&self.onlookers);
        if let Some(there) = all.get(&ticket).and_then(Weak::upgrade) {
            return there;
        }
        let fresh = Arc::new(Onlookers::default());
        all.insert(ticket, Arc::downgrade(&fresh));
        fresh
    }

    /// Tells who else looks at the ticket, here and in other processes.
    pub(super) fn tell(&self, glimpse: Glimpse) {
        self.signals.tell(Signal::Glimpse(Box::new(glimpse)));
    }

    /// The login that the actor came by, watched from now on; none when they came by another way.
    pub fn login(&self, actor: &Actor) -> Option<Arc<Login>> {
        actor.session.map(|session| self.logins.watch(session, actor.role))
    }

    /// Asks everybody to go, since the server stops.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Waits until the server stops.
    pub(super) async fn stopped(&self) {
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// Tells what happens, for as long as it is run.
    pub async fn run(&self) {
        let mut ear = self.signals.listen();
        let mut rounds = interval(ROUND);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut round, mut logins_changed) = (0_u64, false);
        loop {
            tokio::select! {
                heard = ear.next() => logins_changed |= self.heard(heard, ear.as_mut()).await,
                _ = rounds.tick() => {
                    round += 1;
                    self.read_all().await;
                    if std::mem::take(&mut logins_changed) || round.is_multiple_of(LOGIN_ROUNDS) {
                        self.check_logins().await;
                    }
                }
            }
        }
    }

    /// Acts on what was heard, and on what is there to be heard already; answers whether logins may have changed.
    async fn heard(&self, first: Heard, ear: &mut dyn Listening) -> bool {
        let (mut logins_changed, mut grown, mut next) = (false, BTreeSet::new(), Some(first));
        while let Some(heard) = next {
            match heard {
                Heard::Signal(Signal::Events(organization)) => drop(grown.insert(organization)),
                Heard::Signal(Signal::Glimpse(glimpse)) => self.glimpsed(*glimpse),
                Heard::Signal(Signal::Logins) => logins_changed = true,
                Heard::Signal(Signal::Sandbox(_)) => {}
                Heard::Missed => {
                    logins_changed = true;
                    grown.extend(locked(&self.rooms).keys());
                }
            }
            next = ear.next().now_or_never();
        }
        for room in grown.into_iter().filter_map(|organization| self.room(organization)) {
            self.read(&room).await;
        }
        logins_changed
    }

    async fn read_all(&self) {
        let rooms: Vec<Arc<Room>> = {
            let mut rooms = locked(&self.rooms);
            rooms.retain(|_, room| room.strong_count() > 0);
            rooms.values().filter_map(Weak::upgrade).collect()
        };
        locked(&self.onlookers).retain(|_, onlookers| onlookers.strong_count() > 0);
        for room in rooms {
            self.read(&room).await;
        }
    }

    async fn read(&self, room: &Room) {
        if let Err(error) = room.read_on(&self.feed, self.connections.clock.as_ref()).await {
            tracing::warn!(organization = %room.organization, %error, "who is connected waits for the log");
        }
    }

    fn glimpsed(&self, glimpse: Glimpse) {
        let onlookers = locked(&self.onlookers).get(&glimpse.ticket).and_then(Weak::upgrade);
        if let Some(onlookers) = onlookers {
            onlookers.hear(glimpse);
        }
    }

    async fn check_logins(&self) {
        if let Err(error) = self.logins.check(&self.connections).await {
            tracing::warn!(%error, "logins that keep connections open could not be looked at");
        }
    }
}
