//! Automation: rules that change tickets when something happens or when time goes by, what they did, and how it is kept from going round in
//! circles; macros: what people do in one step.

mod action;
pub mod command;
mod condition;
mod engine;
mod error;
mod facts;
mod field;
mod log;
mod macro_service;
mod macros;
mod model;
pub mod policy;
pub mod port;
mod service;
mod term;
mod time_rule;
mod trigger;
mod view;
mod written;

pub use action::{Addressee, Becomes, FieldValues, Notice, RuleAction, Saying, VARIABLES};
pub use condition::{Condition, Conditions, Op};
pub use engine::{Clockwork, Match, RuleEngine, RuleReader, automaton};
pub use error::RuleError;
pub use facts::Facts;
pub use field::{Field, Sort};
pub use log::{Outcome, RuleLogEntry};
pub use macro_service::Macros;
pub use macros::{Macro, MacroChange, MacroView};
pub use model::{Rule, RuleChange, RuleState};
pub use service::{Replayed, Rules};
pub use term::{Names, Term};
pub use time_rule::{Cursor, Delay, TimeRule, Waiting};
pub use trigger::{TicketEvent, Trigger, TriggerKind};
pub use view::{RuleLogView, RuleView};

#[cfg(test)]
mod tests;
