//! What automation needs from outside.

use std::collections::HashMap;

use async_trait::async_trait;
use uuid::Uuid;

use super::{Cursor, MacroView, Names, Rule, RuleLogView, RuleView, TriggerKind, Waiting};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, RuleId, TicketId, UserId};
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
    /// A webhook; by id or serial.
    Webhook,
}

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What.
    pub id: Uuid,
    /// Whether it does what it is for: a person who may log in and whose role takes tickets, a webhook that is active.
    pub serves: bool,
}

/// What was found of what clients name.
pub type Findings = HashMap<(Thing, Reference), Found>;

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
    /// The active rules that begin with time, in the order in which they are carried out.
    async fn on_time(&self, organization: OrganizationId) -> Result<Vec<Rule>, StoreError>;
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

/// Tickets that wait, and how far rules have come among them. What is closed waits for nothing.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait TimeQueue: Send + Sync {
    /// The organizations that have something done because time goes by.
    async fn watched(&self) -> Result<Vec<OrganizationId>, StoreError>;
    /// How far its rules have come, by their keys, and since when those were carried out.
    async fn cursors(&self, organization: OrganizationId) -> Result<HashMap<String, (Moment, Cursor)>, StoreError>;
    /// At most `limit` tickets that wait since a moment behind the cursor and not after `until`, in that order. MUST be found
    /// by an index.
    async fn waiting(
        &self,
        organization: OrganizationId,
        waiting: Waiting,
        behind: Cursor,
        until: Moment,
        limit: u64,
    ) -> Result<Vec<(Cursor, TicketId)>, StoreError>;
    /// How often the rule was carried out on the ticket because time went by, behind that moment.
    async fn times(
        &self,
        organization: OrganizationId,
        rule: RuleId,
        ticket: TicketId,
        behind: Moment,
    ) -> Result<u64, StoreError>;
}

/// Stored macros. Each is found by id or serial. MUST answer the organization's public macros and the reader's own, and no
/// others.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait MacroRepository: Send + Sync {
    /// The macro, if the reader sees it.
    async fn view(
        &self,
        organization: OrganizationId,
        reader: UserId,
        meant: &Reference,
    ) -> Result<Option<MacroView>, StoreError>;
    /// A part of the macros that the reader sees, by name; with that in it, in any case.
    async fn page(
        &self,
        organization: OrganizationId,
        reader: UserId,
        search: Option<String>,
        page: &PageRequest,
    ) -> Result<Page<MacroView>, StoreError>;
}
