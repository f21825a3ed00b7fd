//! What a rule begins with.

use serde_json::Value;

use super::{Place, Reading};
use crate::automation::{TicketEvent, Trigger};
use crate::kernel::violation::Problem;

impl Reading {
    /// `{"event": ["ticket.created"]}`.
    pub(in crate::automation) fn trigger(&mut self, value: &Value) -> Option<Trigger> {
        let place = Place::of("when");
        let object = self.object(&place, value, &["event"])?;
        match object.get("event") {
            Some(events) => self.events(&place.at("event"), events).map(Trigger::Event),
            None => self.wrong(&place.at("event"), Problem::Required),
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
