//! What somebody is at the desk.

use serde::{Deserialize, Serialize};

/// A person's role. *Staff* are agent, coordinator and admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Asks for help.
    Customer,
    /// Works on site; sees what is assigned to them.
    Technician,
    /// Answers tickets.
    Agent,
    /// Answers and hands out tickets.
    Coordinator,
    /// Runs the organization.
    Admin,
}

impl Role {
    /// Every role, from least to most.
    pub const ALL: [Self; 5] = [Self::Customer, Self::Technician, Self::Agent, Self::Coordinator, Self::Admin];

    /// Whether the role works at the desk.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Agent | Self::Coordinator | Self::Admin)
    }

    /// Whether tickets can be assigned to the role.
    pub const fn is_assignable(self) -> bool {
        !matches!(self, Self::Customer)
    }

    /// The word that is stored and that stands in the event log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Technician => "technician",
            Self::Agent => "agent",
            Self::Coordinator => "coordinator",
            Self::Admin => "admin",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}
