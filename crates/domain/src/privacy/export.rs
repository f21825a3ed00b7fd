//! All that is kept of a person, part by part.

use std::sync::Arc;

use super::port::PersonalRepository;
use super::{PersonalRecord, PersonalView, PrivacyError, Section};
use crate::kernel::id::OrganizationId;

/// How many things are read at once.
const PART: u64 = 200;

/// A person on the way out: each part is a question of its own.
pub struct PersonalExport {
    /// Who.
    pub person: PersonalView,
    pub(super) personal: Arc<dyn PersonalRepository>,
    pub(super) organization: OrganizationId,
    /// What is still to be read, the next at its end, and where.
    pub(super) left: Vec<Section>,
    pub(super) after: i64,
}

/// Some things of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalPart {
    /// Of which.
    pub section: Section,
    /// Whether they are its first.
    pub is_first: bool,
    /// Whether they are its last.
    pub is_last: bool,
    /// The things.
    pub records: Vec<PersonalRecord>,
}

impl PersonalExport {
    pub(super) fn new(person: PersonalView, personal: Arc<dyn PersonalRepository>, organization: OrganizationId) -> Self {
        let left = Section::ALL.into_iter().rev().collect();
        Self { person, personal, organization, left, after: 0 }
    }

    /// The next things; none at the end. Every section comes, also an empty one.
    pub async fn next(&mut self) -> Result<Option<PersonalPart>, PrivacyError> {
        let Some(section) = self.left.last().copied() else { return Ok(None) };
        let found = self.personal.records(self.organization, self.person.id, section, self.after, PART).await?;
        let (records, next) = found;
        let is_first = self.after == 0;
        if next.is_none() {
            self.left.pop();
        }
        self.after = next.unwrap_or(0);
        Ok(Some(PersonalPart { section, is_first, is_last: next.is_none(), records }))
    }
}
