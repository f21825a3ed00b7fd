//! Automation.

use std::sync::Arc;

use helpdesk_domain::automation::{Clockwork, Macros, RuleEngine, RuleReader, Rules};

use super::Installation;

impl Installation {
    /// The use cases of rules.
    pub fn rules(&self) -> Rules {
        let store = Arc::new(self.store.clone());
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        Rules {
            rules: store.clone(),
            glossary: store.clone(),
            events: store.clone(),
            tickets: store.clone(),
            reader: store.clone(),
            work: store,
            clock,
            ids,
        }
    }

    /// The use cases of macros.
    pub fn macros(&self) -> Macros {
        let store = Arc::new(self.store.clone());
        Macros {
            macros: store.clone(),
            glossary: store.clone(),
            tickets: store.clone(),
            reader: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// What carries out rules that begin with events.
    pub fn rule_reader(&self) -> RuleReader {
        RuleReader { events: Arc::new(self.store.clone()), engine: self.rule_engine() }
    }

    /// What carries out what is due because time goes by.
    pub fn clockwork(&self) -> Clockwork {
        let store = Arc::new(self.store.clone());
        Clockwork {
            queue: store.clone(),
            rules: store.clone(),
            organizations: store.clone(),
            glossary: store.clone(),
            tickets: store.clone(),
            reader: store.clone(),
            work: store,
            ids: Arc::clone(&self.ids),
        }
    }

    fn rule_engine(&self) -> RuleEngine {
        let store = Arc::new(self.store.clone());
        RuleEngine {
            rules: store.clone(),
            glossary: store.clone(),
            tickets: store.clone(),
            reader: store.clone(),
            times: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }
}
