use std::sync::Arc;

use serde_json::{Map, json};
use uuid::Uuid;

use super::command::{CreateFilter, EditFilter, FilterParams};
use super::port::MockSavedFilterRepository;
use super::{FilterError, SavedFilter, SavedFilterState, SavedFilterView, SavedFilters};
use crate::event::{CatalogChange, Happened};
use crate::identity::Role;
use crate::kernel::Moment;
use crate::kernel::id::{FilterId, Target, UserId};
use crate::kernel::text::FilterName;
use crate::testing::{
    Committed, FixedClock, ORGANIZATION, SequentialIds, a_customer, a_technician, an_admin, an_agent, somebody,
};
use crate::ticket::UserBrief;
use crate::work::{MockUnitOfWork, Write};

fn asks(status: &str, dialect: &str) -> FilterParams {
    FilterParams { params: Map::from_iter([("status".to_owned(), json!(status))]), dialect: dialect.to_owned() }
}

fn filter(author: UserId, is_public: bool) -> SavedFilter {
    SavedFilter::restored(SavedFilterState {
        id: FilterId(Uuid::from_u128(80)),
        organization: ORGANIZATION,
        name: FilterName::trusted("Mine".to_owned()),
        asks: asks("open", "platform"),
        is_public,
        created_by: author,
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        revision: 3,
    })
}

fn shown() -> SavedFilterView {
    let stored = filter(an_agent().user, true);
    let created_by = UserBrief {
        id: stored.created_by,
        serial: 1,
        username: "agent".to_owned(),
        email: "agent@example.com".to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        role: Role::Agent,
    };
    SavedFilterView {
        id: stored.id,
        serial: 1,
        name: stored.name.to_string(),
        asks: stored.asks.clone(),
        is_public: stored.is_public,
        created_by,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
        revision: stored.revision,
    }
}

/// The use cases over a store that has this filter, and what they commit.
fn filters(stored: SavedFilter) -> (SavedFilters, Committed) {
    let (committed, mut repository, mut work) = (Committed::default(), MockSavedFilterRepository::new(), MockUnitOfWork::new());
    repository.expect_find().returning(move |_, reader, _| {
        let seen = stored.is_public || stored.created_by == reader;
        Ok(seen.then(|| stored.clone()))
    });
    repository.expect_view().returning(|_, _, _| Ok(Some(shown())));
    let log = committed.clone();
    work.expect_commit().returning(move |changes| {
        log.lock().unwrap().push(changes);
        Ok(())
    });
    let (clock, ids) = (Arc::new(FixedClock::default()), Arc::new(SequentialIds::default()));
    (SavedFilters { filters: Arc::new(repository), work: Arc::new(work), clock, ids }, committed)
}

fn creation(is_public: bool) -> CreateFilter {
    CreateFilter { name: Some("Mine".to_owned()), params: Some(asks("open", "classic")), is_public: Some(is_public) }
}

fn edit() -> EditFilter {
    EditFilter { target: Target::from(FilterId(Uuid::from_u128(80))), name: None, params: None, is_public: None }
}

#[tokio::test]
async fn everybody_keeps_filters_for_themselves_and_staff_for_all() {
    for actor in [a_customer(), a_technician()] {
        let (filters, committed) = filters(filter(an_agent().user, true));
        filters.create(&actor, creation(false)).await.unwrap();
        assert!(matches!(filters.create(&actor, creation(true)).await, Err(FilterError::NotForAll)));
        assert_eq!(committed.lock().unwrap().len(), 1);
    }
    let (filters, _) = filters(filter(an_agent().user, true));
    filters.create(&an_agent(), creation(true)).await.unwrap();
}

#[tokio::test]
async fn a_filter_keeps_the_dialect_it_was_written_in() {
    let (filters, committed) = filters(filter(an_agent().user, true));
    filters.create(&an_agent(), creation(false)).await.unwrap();
    let committed = committed.lock().unwrap();
    let [Write::AddFilter(written)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert_eq!(written.asks, asks("open", "classic"));
}

#[tokio::test]
async fn the_log_does_not_tell_what_a_private_filter_is_called() {
    let (filters, committed) = filters(filter(an_agent().user, true));
    filters.create(&an_agent(), creation(false)).await.unwrap();
    filters.create(&an_agent(), creation(true)).await.unwrap();
    let committed = committed.lock().unwrap();
    let told: Vec<_> = committed.iter().map(|changes| changes.events[0].happened.clone()).collect();
    let created = |name: &str| Happened::Cataloged { change: CatalogChange::Created, name: name.to_owned() };
    assert_eq!(told, [created(""), created("Mine")]);
}

#[tokio::test]
async fn a_filter_is_changed_by_its_author_and_admins() {
    let renamed = || EditFilter { name: Some("Two".into()), ..edit() };
    let (filters, committed) = filters(filter(an_agent().user, true));
    for stranger in [somebody(15, Role::Coordinator), a_customer()] {
        assert!(matches!(filters.edit(&stranger, renamed()).await, Err(FilterError::Forbidden)));
        assert!(matches!(filters.delete(&stranger, &edit().target).await, Err(FilterError::Forbidden)));
    }
    assert!(committed.lock().unwrap().is_empty());
    for actor in [an_agent(), an_admin()] {
        filters.edit(&actor, renamed()).await.unwrap();
        filters.delete(&actor, &edit().target).await.unwrap();
    }
    assert_eq!(committed.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn only_its_author_makes_a_filter_private_and_only_staff_make_one_public() {
    let (filters_of_agent, committed) = filters(filter(an_agent().user, true));
    let hidden = EditFilter { is_public: Some(false), ..edit() };
    assert!(matches!(filters_of_agent.edit(&an_admin(), hidden).await, Err(FilterError::NotYours)));
    let (filters_of_customer, also_committed) = filters(filter(a_customer().user, false));
    let published = EditFilter { is_public: Some(true), ..edit() };
    assert!(matches!(filters_of_customer.edit(&a_customer(), published).await, Err(FilterError::NotForAll)));
    assert!(committed.lock().unwrap().is_empty() && also_committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_private_filter_of_somebody_else_is_not_found() {
    let (filters, _) = filters(filter(an_agent().user, false));
    assert!(matches!(filters.edit(&an_admin(), edit()).await, Err(FilterError::NotFound)));
}

#[tokio::test]
async fn a_change_that_changes_nothing_writes_nothing() {
    let (filters, committed) = filters(filter(an_agent().user, true));
    let same = EditFilter { name: Some(" Mine ".into()), params: Some(asks("open", "platform")), ..edit() };
    filters.edit(&an_agent(), same).await.unwrap();
    assert!(committed.lock().unwrap().is_empty());
}
