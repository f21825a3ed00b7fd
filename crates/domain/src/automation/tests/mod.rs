//! Rules over mocked ports.

mod clockwork;
mod conditions;
mod engine;

use serde_json::Value;
use uuid::Uuid;

use super::action::{FieldValues, RuleAction};
use super::condition::Conditions;
use super::trigger::{TicketEvent, Trigger};
use super::{Rule, RuleState};
use crate::kernel::clock::Moment;
use crate::kernel::id::RuleId;
use crate::kernel::text::{Label, Note};
use crate::testing::ORGANIZATION;

/// Conditions, as a client writes them.
fn conditions(value: &Value) -> Conditions {
    let mut reading = super::written::Reading::default();
    let read = reading.conditions(value, true);
    reading.check.done().unwrap();
    read.unwrap()
}

/// A rule that begins with these events.
fn a_rule(number: u128, events: &[&str], conditions: Conditions, actions: Vec<RuleAction>) -> Rule {
    let start = Moment::UNIX_EPOCH;
    Rule::new(RuleState {
        id: RuleId(Uuid::from_u128(number)),
        organization: ORGANIZATION,
        name: Label::trusted(format!("Rule {number}")),
        description: Note::trusted(String::new()),
        is_active: true,
        position: 1,
        trigger: Trigger::Event(events.iter().map(|event| TicketEvent::parse(event).unwrap()).collect()),
        conditions,
        actions,
        active_since: start,
        created_at: start,
        updated_at: start,
        revision: 1,
    })
}

fn set(values: FieldValues) -> RuleAction {
    RuleAction::Set(Box::new(values))
}
