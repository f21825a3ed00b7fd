//! Saved filters, as they are stored and read.

use helpdesk_domain::filter::command::FilterParams;
use helpdesk_domain::filter::port::{FilterOrder, FilterQuery, SavedFilterRepository};
use helpdesk_domain::filter::{SavedFilter, SavedFilterState};
use helpdesk_domain::identity::User;
use helpdesk_domain::kernel::id::FilterId;
use helpdesk_domain::kernel::text::FilterName;
use helpdesk_domain::kernel::{PageRequest, Paging, StoreError};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id};
use helpdesk_tests::on_both_backends;
use serde_json::{Map, json};

/// What a filter of somebody is made of; not in the store yet.
fn draft(author: &User, name: &str, is_public: bool) -> SavedFilterState {
    let params = Map::from_iter([("status".to_owned(), json!(["open", 1, true])), ("search".to_owned(), json!("ü \"x\""))]);
    SavedFilterState {
        id: FilterId(id()),
        organization: author.organization,
        name: FilterName::trusted(name.to_owned()),
        asks: FilterParams { params, dialect: "classic".to_owned() },
        is_public,
        created_by: author.id,
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

async fn kept(office: &Office, state: &SavedFilterState) {
    office.commit([Write::AddFilter(Box::new(SavedFilter::restored(state.clone())))]).await.unwrap();
}

async fn found(store: &Store, reader: &User, filter: &SavedFilterState) -> Option<SavedFilter> {
    SavedFilterRepository::find(store, reader.organization, reader.id, &filter.id.into()).await.unwrap()
}

/// Names of the filters that somebody sees, walked one by one.
async fn walked(store: &Store, reader: &User, query: &FilterQuery) -> Vec<String> {
    let (mut names, mut paging) = (Vec::new(), Paging::Start);
    loop {
        let request = PageRequest { paging, size: 1 };
        let page = SavedFilterRepository::page(store, reader.organization, reader.id, query, &request).await.unwrap();
        names.extend(page.items.into_iter().map(|view| view.name));
        match page.next {
            Some(cursor) => paging = Paging::After(cursor),
            None => return names,
        }
    }
}

on_both_backends! {
    async fn a_filter_is_read_as_it_was_written(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = draft(&office.customer, "Mine", false);
        kept(&office, &state).await;
        assert_eq!(found(&store, &office.customer, &state).await, Some(SavedFilter::restored(state)));
    }

    async fn a_private_filter_is_seen_by_its_author_alone(store: Store) {
        let (office, elsewhere) = (Office::open(&store, "acme").await, Office::open(&store, "elsewhere").await);
        let (private, public) = (draft(&office.agent, "Private", false), draft(&office.agent, "Public", true));
        kept(&office, &private).await;
        kept(&office, &public).await;
        let all = FilterQuery::default();
        assert_eq!(walked(&store, &office.agent, &all).await, ["Private", "Public"]);
        assert_eq!(walked(&store, &office.customer, &all).await, ["Public"]);
        assert_eq!(found(&store, &office.customer, &private).await, None);
        assert_eq!(found(&store, &elsewhere.agent, &public).await, None);
    }

    async fn a_filter_that_changed_meanwhile_is_neither_saved_nor_deleted(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = draft(&office.agent, "One", true);
        kept(&office, &state).await;
        let renamed = |name: &str| SavedFilter::restored(SavedFilterState { name: FilterName::trusted(name.to_owned()), ..state.clone() });
        office.commit([Write::SaveFilter(Box::new(renamed("Two")))]).await.unwrap();
        for late in [Write::SaveFilter(Box::new(renamed("Three"))), Write::DeleteFilter(state.id, 1)] {
            assert!(matches!(office.commit([late]).await, Err(StoreError::Stale)));
        }
        assert_eq!(found(&store, &office.agent, &state).await.unwrap().name.as_str(), "Two");
        office.commit([Write::DeleteFilter(state.id, 2)]).await.unwrap();
        assert_eq!(found(&store, &office.agent, &state).await, None);
    }

    async fn filters_are_walked_in_every_order_alike_on_both_databases(store: Store) {
        let office = Office::open(&store, "acme").await;
        for (name, minute) in [("beta", 1), ("Alpha", 3), ("Zeta", 2), ("alpha", 1)] {
            kept(&office, &SavedFilterState { updated_at: minutes(minute), ..draft(&office.agent, name, minute > 1) }).await;
        }
        for (order, names) in [
            (FilterOrder::Name, ["Alpha", "alpha", "beta", "Zeta"]),
            (FilterOrder::CreatedAt, ["beta", "Alpha", "Zeta", "alpha"]),
            (FilterOrder::UpdatedAt, ["beta", "alpha", "Zeta", "Alpha"]),
        ] {
            let query = FilterQuery { order, ..FilterQuery::default() };
            assert_eq!(walked(&store, &office.agent, &query).await, names, "{order:?}");
        }
    }
}
