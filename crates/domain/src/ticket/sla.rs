//! How a ticket is judged.

use super::{Ticket, TicketState};
use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::sla::{Alarm, Book, Clock, ClockKind, Deadline, Rung, Terms};

/// What is remembered of the clocks of a ticket, so that lists and alarms need not ask what is promised. Renewed by every
/// commit of the ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// The version of the organization's [`Book`].
    pub version: i64,
    /// The resolution deadline that counts.
    pub resolution: Deadline,
    /// When the next alarm rings.
    pub next_alarm: Option<Moment>,
    /// Which alarms have rung.
    pub rung: Rung,
    /// What a ticket that is done was judged by.
    pub frozen: Option<Frozen>,
}

/// What a ticket that is done was judged by, for as long as it is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    /// When it was done.
    pub at: Moment,
    /// Policy and calendar as they were.
    pub terms: Terms,
}

impl TicketState {
    /// When it was done: resolved, else closed in another way.
    pub fn done_at(&self) -> Option<Moment> {
        self.resolved_at.or(self.closed_at)
    }

    /// Since when the clock of resolution stands. Pauses don't move a given deadline, nor keep it from passing.
    pub fn stands_since(&self) -> Option<Moment> {
        self.pauses.standing_since().filter(|_| self.due_override.is_none())
    }
}

impl Ticket {
    /// Renews what is remembered of its clocks. What a ticket was judged by when it was done stays until it is reopened.
    pub fn judge(&mut self, book: &Book) {
        let terms = self.terms(book);
        let next_alarm = self.alarms(&terms).map(|(at, _, _)| at).min();
        let resolution = self.resolution(&terms);
        let frozen = self.done_at().map(|at| Frozen { at, terms });
        let rung = self.judged.rung;
        self.state().judged = Judged { version: book.version, resolution, next_alarm, rung, frozen };
    }

    /// What happened because time went by, each with its own time, in order; an alarm rings once.
    pub fn ring(&mut self, book: &Book, now: Moment) -> Vec<(Moment, Happened)> {
        let terms = self.terms(book);
        let mut ringing: Vec<_> = self.alarms(&terms).filter(|(at, _, _)| *at < now).collect();
        ringing.sort_by_key(|(at, clock, alarm)| (*at, *alarm, clock.kind));
        for (_, clock, alarm) in &ringing {
            self.state().judged.rung.note(clock.kind, *alarm);
        }
        ringing.into_iter().filter_map(|(at, clock, alarm)| Some((at, clock.rings(alarm)?))).collect()
    }

    /// Its clocks, by what is promised on it: first response, next response, resolution.
    pub fn clocks(&self, terms: &Terms) -> [Clock; 3] {
        let done = self.done_at();
        let earlier = |answered: Option<Moment>| answered.into_iter().chain(done).min();
        let clock = |kind, start, stopped| terms.clock(kind, start, stopped, &self.pauses);
        let mut resolution = clock(ClockKind::Resolution, Some(self.created_at), done);
        if let Some(given) = self.due_override {
            let (target, deadline) = (Some(given - self.created_at), terms.given(given, self.created_at));
            resolution = Clock { target, stands: None, deadline, is_given: true, ..resolution };
        }
        [
            clock(ClockKind::FirstResponse, Some(self.created_at), earlier(self.first_response_at)),
            clock(ClockKind::NextResponse, self.asked_at, earlier(self.answered_at)),
            resolution,
        ]
    }

    /// Notes that its requester said something in public: the clock of the next answer begins, unless it runs.
    pub(super) fn asked(&mut self, now: Moment) {
        let state = self.state();
        if state.asked_at.is_none() || state.answered_at.is_some() {
            (state.asked_at, state.answered_at) = (Some(now), None);
            state.judged.rung.forget(ClockKind::NextResponse);
        }
    }

    /// Notes that staff said something in public.
    pub(super) fn answered(&mut self, now: Moment) {
        let state = self.state();
        state.first_response_at = state.first_response_at.or(Some(now));
        if state.asked_at.is_some() {
            state.answered_at = state.answered_at.or(Some(now));
        }
    }

    /// The resolution deadline that counts: the given one, else the policy's.
    pub fn due(&self) -> Option<Moment> {
        self.judged.resolution.due
    }

    /// What it is judged by: what is promised now, or what was when it was done.
    pub fn terms(&self, book: &Book) -> Terms {
        let done = self.done_at();
        let frozen = self.judged.frozen.as_ref().filter(|frozen| Some(frozen.at) == done);
        frozen.map_or_else(|| book.terms(self), |frozen| frozen.terms.clone())
    }

    fn resolution(&self, terms: &Terms) -> Deadline {
        let [_, _, resolution] = self.clocks(terms);
        resolution.deadline
    }

    /// The alarms that have not rung.
    fn alarms(&self, terms: &Terms) -> impl Iterator<Item = (Moment, Clock, Alarm)> + use<> {
        let rung = self.judged.rung;
        self.clocks(terms).into_iter().flat_map(move |clock| {
            let ringing = clock.alarms().filter(move |(_, alarm)| !rung.has(clock.kind, *alarm));
            ringing.map(move |(at, alarm)| (at, clock, alarm))
        })
    }
}
