//! Automation: rules that change tickets when something happens, what they did, and how it is kept from going round in
//! circles.

mod action;
pub mod command;
mod condition;
mod engine;
mod error;
mod facts;
mod field;
mod log;
mod model;
pub mod policy;
pub mod port;
mod service;
mod trigger;
mod view;
mod written;

pub use action::{Becomes, FieldValues, RuleAction, Saying, VARIABLES};
pub use condition::{Condition, Conditions, Names, Op, Term};
pub use engine::{RuleEngine, RuleRunner, automaton};
pub use error::RuleError;
pub use facts::Facts;
pub use field::{Field, Sort};
pub use log::{Outcome, RuleLogEntry};
pub use model::{Rule, RuleChange, RuleState};
pub use service::Rules;
pub use trigger::{TicketEvent, Trigger, TriggerKind};
pub use view::{RuleLogView, RuleView};
pub use written::Findings;

#[cfg(test)]
mod tests;
