//! The use cases of saved filters.

use std::sync::Arc;

use super::command::{CreateFilter, EditFilter};
use super::port::{FilterQuery, SavedFilterRepository};
use super::{FilterChange, FilterError, SavedFilter, SavedFilterState, SavedFilterView, policy};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{FilterId, Reference, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::FilterName;
use crate::kernel::violation::{Check, Problem, Violations};
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// What the use cases of saved filters need from outside.
#[derive(Clone)]
pub struct SavedFilters {
    /// Filters.
    pub filters: Arc<dyn SavedFilterRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, FilterError>;

impl SavedFilters {
    /// A part of the filters that the actor may use: the public ones and their own.
    pub async fn list(&self, actor: &Actor, query: &FilterQuery, page: &PageRequest) -> Result<Page<SavedFilterView>> {
        Ok(self.filters.page(actor.organization, actor.user, query, page).await?)
    }

    /// One filter.
    pub async fn read(&self, actor: &Actor, filter: &Reference) -> Result<SavedFilterView> {
        self.filters.view(actor.organization, actor.user, filter).await?.ok_or(FilterError::NotFound)
    }

    /// Keeps a filter.
    pub async fn create(&self, actor: &Actor, command: CreateFilter) -> Result<SavedFilterView> {
        let CreateFilter { name, params, is_public } = command;
        let is_public = is_public.unwrap_or(false);
        if is_public {
            policy::may_publish(actor)?;
        }
        let mut check = Check::new();
        let name = check.required("name", name.as_deref().map(FilterName::parse));
        let asks = check.required("filter_params", params.map(Ok));
        check.done()?;
        let (Some(name), Some(asks)) = (name, asks) else {
            return Err(Violations::one("name", Problem::Required).into());
        };
        let now = self.clock.now();
        let (id, organization, created_by) = (FilterId(self.ids.next()), actor.organization, actor.user);
        let state = SavedFilterState {
            id,
            organization,
            name,
            asks,
            is_public,
            created_by,
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        let filter = SavedFilter::restored(state);
        let event = self.event(actor, &filter, CatalogChange::Created);
        let changes = Changes::by(actor).with(Write::AddFilter(Box::new(filter)), [event]);
        self.work.commit(changes.showing(Outcome { kind: "filter", id: id.0, parent: None, created: true })).await?;
        self.read(actor, &id.into()).await
    }

    /// Changes a filter. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditFilter) -> Result<SavedFilterView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_once(actor, &command).await).await?;
        self.read(actor, &id.into()).await
    }

    async fn edit_once(&self, actor: &Actor, command: &EditFilter) -> Result<FilterId> {
        let EditFilter { target, name, params, is_public } = command;
        let mut filter = self.get(actor, target).await?;
        policy::may_change(actor, &filter)?;
        match (filter.is_public, is_public) {
            (true, Some(false)) => policy::may_make_private(actor, &filter)?,
            (false, Some(true)) => policy::may_publish(actor)?,
            _ => {}
        }
        let mut check = Check::new();
        let name = check.optional("name", name.as_deref().map(FilterName::parse));
        check.done()?;
        let id = filter.id;
        if filter.change(FilterChange { name, asks: params.clone(), is_public: *is_public }, self.clock.now()) {
            let event = self.event(actor, &filter, CatalogChange::Updated);
            self.work.commit(Changes::by(actor).with(Write::SaveFilter(Box::new(filter)), [event])).await?;
        }
        Ok(id)
    }

    /// Removes a filter.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let filter = self.get(actor, target).await?;
            policy::may_change(actor, &filter)?;
            let event = self.event(actor, &filter, CatalogChange::Deleted);
            let write = Write::DeleteFilter(filter.id, filter.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<SavedFilter> {
        let found = self.filters.find(actor.organization, actor.user, &target.reference).await?;
        let filter = found.ok_or(FilterError::NotFound)?;
        target.allows(filter.revision)?;
        Ok(filter)
    }

    fn event(&self, actor: &Actor, filter: &SavedFilter, change: CatalogChange) -> Event {
        Event::of_catalog(CatalogKind::Filter, filter.id.0, actor, self.clock.now(), change, filter.told_name())
    }
}
