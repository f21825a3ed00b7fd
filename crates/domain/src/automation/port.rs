//! What automation needs from outside.

use async_trait::async_trait;
use uuid::Uuid;

use super::written::Findings;
use super::{Names, Rule, RuleLogView, RuleView, TriggerKind};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, RuleId};
use crate::kernel::page::{Page, PageRequest};

/// A kind of thing that rules name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// A category; by id, serial, name or slug.
    Category,
    /// A department; by id, serial or name.
    Department,
    /// A tag; by id, serial or name.
    Tag,
    /// An account; by id, serial, username or address.
    Person,
}

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What.
    pub id: Uuid,
    /// Whether tickets can be given to it: a person who may log in and whose role takes tickets.
    pub is_assignable: bool,
}

/// What a list of rules is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleOrder {
    /// By position: as they are carried out.
    #[default]
    Position,
    /// By name.
    Name,
    /// By when they were made.
    CreatedAt,
}

/// Which rules, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleQuery {
    /// Part of the name, in any case.
    pub search: Option<String>,
    /// Those that are carried out, or those that are not.
    pub is_active: Option<bool>,
    /// What they begin with.
    pub trigger: Option<TriggerKind>,
    /// Sorted by.
    pub order: RuleOrder,
    /// The other way round.
    pub descending: bool,
}

/// Stored rules. Each is found by id or serial.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RuleRepository: Send + Sync {
    /// The rule.
    async fn find(&self, organization: OrganizationId, rule: &Reference) -> Result<Option<Rule>, StoreError>;
    /// The rule, shown.
    async fn view(&self, organization: OrganizationId, rule: &Reference) -> Result<Option<RuleView>, StoreError>;
    /// A part of the organization's rules.
    async fn page(
        &self,
        organization: OrganizationId,
        query: &RuleQuery,
        page: &PageRequest,
    ) -> Result<Page<RuleView>, StoreError>;
    /// How many the organization has, and the last position of any.
    async fn extent(&self, organization: OrganizationId) -> Result<(u64, i64), StoreError>;
    /// The active rules that begin with events, in the order in which they are carried out.
    async fn on_events(&self, organization: OrganizationId) -> Result<Vec<Rule>, StoreError>;
    /// What a rule did, newest first.
    async fn log(&self, organization: OrganizationId, rule: RuleId, page: &PageRequest) -> Result<Page<RuleLogView>, StoreError>;
}

/// What rules name. MUST take a fixed number of statements, however much is asked for.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Glossary: Send + Sync {
    /// Those of these things that there are.
    async fn find(&self, organization: OrganizationId, named: &[(Thing, Reference)]) -> Result<Findings, StoreError>;
    /// What categories, departments, tags and people of these ids are called; people who are gone too.
    async fn names(&self, organization: OrganizationId, ids: &[Uuid]) -> Result<Names, StoreError>;
}
