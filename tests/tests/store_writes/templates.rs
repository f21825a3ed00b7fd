//! Response templates, as they are stored and read.

use helpdesk_domain::identity::User;
use helpdesk_domain::kernel::id::TemplateId;
use helpdesk_domain::kernel::text::{TemplateCategory, TemplateContent, TemplateTitle};
use helpdesk_domain::kernel::{PageRequest, Paging, StoreError};
use helpdesk_domain::template::port::{TemplateOrder, TemplateQuery, TemplateRepository};
use helpdesk_domain::template::{Template, TemplateState, Variable};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id};
use helpdesk_tests::on_both_backends;

/// What a template of somebody is made of; not in the store yet.
fn draft(author: &User, title: &str, is_public: bool) -> TemplateState {
    TemplateState {
        id: TemplateId(id()),
        organization: author.organization,
        title: TemplateTitle::trusted(title.to_owned()),
        content: TemplateContent::trusted("Hello {name}.".to_owned()),
        category: TemplateCategory::trusted(format!("of {title}")),
        is_public,
        variables: vec![Variable::trusted("name".to_owned())],
        created_by: author.id,
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

async fn kept(office: &Office, state: &TemplateState) {
    office.commit([Write::AddTemplate(Box::new(Template::restored(state.clone())))]).await.unwrap();
}

async fn found(store: &Store, reader: &User, template: &TemplateState) -> Option<Template> {
    TemplateRepository::find(store, reader.organization, reader.id, &template.id.into()).await.unwrap()
}

/// Titles of the templates that somebody sees, walked one by one.
async fn walked(store: &Store, reader: &User, query: &TemplateQuery) -> Vec<String> {
    let (mut titles, mut paging) = (Vec::new(), Paging::Start);
    loop {
        let request = PageRequest { paging, size: 1 };
        let page = TemplateRepository::page(store, reader.organization, reader.id, query, &request).await.unwrap();
        titles.extend(page.items.into_iter().map(|view| view.title));
        match page.next {
            Some(cursor) => paging = Paging::After(cursor),
            None => return titles,
        }
    }
}

on_both_backends! {
    async fn a_template_is_read_as_it_was_written(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = TemplateState { content: TemplateContent::trusted("Ünïcode 'and' \"quotes\" {name}\n".to_owned()), ..draft(&office.agent, "One", false) };
        kept(&office, &state).await;
        assert_eq!(found(&store, &office.agent, &state).await, Some(Template::restored(state)));
    }

    async fn a_private_template_is_seen_by_its_author_alone(store: Store) {
        let (office, elsewhere) = (Office::open(&store, "acme").await, Office::open(&store, "elsewhere").await);
        let (private, public) = (draft(&office.agent, "Private", false), draft(&office.agent, "Public", true));
        kept(&office, &private).await;
        kept(&office, &public).await;
        let all = TemplateQuery::default();
        assert_eq!(walked(&store, &office.agent, &all).await, ["Private", "Public"]);
        assert_eq!(walked(&store, &office.customer, &all).await, ["Public"]);
        assert_eq!(found(&store, &office.customer, &private).await, None);
        assert_eq!(found(&store, &elsewhere.agent, &public).await, None);
        assert!(walked(&store, &elsewhere.agent, &all).await.is_empty());
        let hidden = Template::restored(TemplateState { is_public: false, ..public.clone() });
        office.commit([Write::SaveTemplate(Box::new(hidden))]).await.unwrap();
        assert_eq!(found(&store, &office.customer, &public).await, None);
    }

    async fn a_template_that_changed_meanwhile_is_neither_saved_nor_deleted(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = draft(&office.agent, "One", true);
        kept(&office, &state).await;
        let renamed = |title: &str| Template::restored(TemplateState { title: TemplateTitle::trusted(title.to_owned()), ..state.clone() });
        office.commit([Write::SaveTemplate(Box::new(renamed("Two")))]).await.unwrap();
        for late in [Write::SaveTemplate(Box::new(renamed("Three"))), Write::DeleteTemplate(state.id, 1)] {
            assert!(matches!(office.commit([late]).await, Err(StoreError::Stale)));
        }
        assert_eq!(found(&store, &office.agent, &state).await.unwrap().title.as_str(), "Two");
        office.commit([Write::DeleteTemplate(state.id, 2)]).await.unwrap();
        assert_eq!(found(&store, &office.agent, &state).await, None);
    }

    async fn templates_are_walked_in_every_order_alike_on_both_databases(store: Store) {
        let office = Office::open(&store, "acme").await;
        for (title, minute) in [("beta", 1), ("Alpha", 3), ("Zeta", 2), ("alpha", 1), ("éclair", 5)] {
            kept(&office, &TemplateState { updated_at: minutes(minute), ..draft(&office.agent, title, minute > 1) }).await;
        }
        for (order, titles) in [
            (TemplateOrder::Title, ["Alpha", "alpha", "beta", "Zeta", "éclair"]),
            (TemplateOrder::Category, ["Alpha", "alpha", "beta", "Zeta", "éclair"]),
            (TemplateOrder::CreatedAt, ["beta", "Alpha", "Zeta", "alpha", "éclair"]),
            (TemplateOrder::UpdatedAt, ["beta", "alpha", "Zeta", "Alpha", "éclair"]),
        ] {
            let query = TemplateQuery { order, ..TemplateQuery::default() };
            assert_eq!(walked(&store, &office.agent, &query).await, titles, "{order:?}");
            let back: Vec<_> = titles.into_iter().rev().collect();
            assert_eq!(walked(&store, &office.agent, &TemplateQuery { descending: true, ..query }).await, back, "{order:?}");
        }
    }

    async fn what_is_searched_for_is_no_pattern(store: Store) {
        let office = Office::open(&store, "acme").await;
        for title in ["100 % sure", "snake_case", "plain"] {
            kept(&office, &draft(&office.agent, title, true)).await;
        }
        for (text, titles) in [("%", ["100 % sure"].as_slice()), ("_", &["snake_case"]), ("OF PL", &["plain"]), ("\\", &[])] {
            let query = TemplateQuery { search: Some(text.to_owned()), ..TemplateQuery::default() };
            assert_eq!(walked(&store, &office.agent, &query).await, titles, "{text}");
        }
    }
}
