//! What a rule begins with.

use serde_json::Value;

use super::{Place, Reading};
use crate::automation::{Delay, TicketEvent, Trigger, Waiting};
use crate::kernel::violation::Problem;
use crate::ticket::Status;

/// The longest wait: ten years.
const MOST_MINUTES: i64 = 5_256_000;

const KINDS: [&str; 3] = ["status", "no_reply", "created"];

/// What is closed waits for nothing.
fn waits_in(word: &str) -> Option<Status> {
    Status::parse(word).filter(|status| !status.is_final() && *status != Status::Closed)
}

impl Reading {
    /// `{"event": ["ticket.created"]}`, or `{"time": {"in": "status", "status": "pending", "after": 60}}`.
    pub(in crate::automation) fn trigger(&mut self, value: &Value) -> Option<Trigger> {
        let place = Place::of("when");
        let object = self.object(&place, value, &["event", "time"])?;
        match (object.get("event"), object.get("time")) {
            (Some(events), None) => self.events(&place.at("event"), events).map(Trigger::Event),
            (None, Some(time)) => self.delay(&place.at("time"), time).map(Trigger::Time),
            (None, None) => self.wrong(&place.at("event"), Problem::Required),
            (Some(_), Some(_)) => self.wrong(&place, Problem::Other("A rule begins with events or with time, not with both.")),
        }
    }

    fn delay(&mut self, place: &Place, value: &Value) -> Option<Delay> {
        let object = self.object(place, value, &["in", "status", "after"])?;
        let given = |key: &str| object.get(key).unwrap_or(&Value::Null);
        let minutes = self.minutes(&place.at("after"), given("after"));
        let kind = self.choice(&place.at("in"), given("in"), |word| KINDS.into_iter().find(|kind| *kind == word))?;
        let waiting = match kind {
            "status" => Waiting::Status(self.choice(&place.at("status"), given("status"), waits_in)?),
            _ if object.contains_key("status") => {
                return self.wrong(&place.at("status"), Problem::Other("Only what waits in a status has one."));
            }
            "no_reply" => Waiting::NoReply,
            _ => Waiting::Created,
        };
        Some(Delay { waiting, minutes: minutes? })
    }

    fn minutes(&mut self, place: &Place, value: &Value) -> Option<i64> {
        match value.as_i64() {
            Some(minutes) if minutes < 1 => self.wrong(place, Problem::BelowMinimum(1)),
            Some(minutes) if minutes > MOST_MINUTES => self.wrong(place, Problem::AboveMaximum(MOST_MINUTES)),
            Some(minutes) => Some(minutes),
            None if value.is_null() => self.wrong(place, Problem::Required),
            None => self.wrong(place, Problem::WrongType("integer")),
        }
    }

    fn events(&mut self, place: &Place, value: &Value) -> Option<Vec<TicketEvent>> {
        if value.is_string() {
            return Some(vec![self.event(place, value)?]);
        }
        let values = self.list(place, value, Trigger::MOST)?;
        if values.is_empty() {
            return self.wrong(place, Problem::Blank);
        }
        let events: Vec<_> = values.iter().enumerate().map(|(n, value)| self.event(&place.nth(n), value)).collect();
        events.into_iter().collect()
    }

    fn event(&mut self, place: &Place, value: &Value) -> Option<TicketEvent> {
        self.choice(place, value, |word| TicketEvent::parse(word).ok())
    }
}
