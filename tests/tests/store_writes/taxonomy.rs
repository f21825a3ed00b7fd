//! Categories, tags and departments.

use helpdesk_domain::kernel::id::{CategoryId, DepartmentId, TagId};
use helpdesk_domain::kernel::text::{Color, Label, Note, TagName};
use helpdesk_domain::kernel::{PageRequest, Paging, Reference, StoreError};
use helpdesk_domain::taxonomy::port::{CatalogQuery, TaxonomyRepository};
use helpdesk_domain::taxonomy::{Category, Tag};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::ticket::TicketState;
use helpdesk_domain::work::{UnitOfWork, Write};
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id, labelled};
use helpdesk_tests::on_both_backends;

use crate::stored;

fn category(office: &Office, name: &str) -> Category {
    Category {
        id: CategoryId(id()),
        organization: office.organization,
        name: Label::trusted(name.to_owned()),
        slug: name.to_lowercase(),
        description: Note::trusted(String::new()),
        color: Color::standard(),
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

async fn tag(office: &Office, name: &str) -> Tag {
    let tag = Tag::named(TagId(id()), office.organization, TagName::trusted(name.to_owned()), minutes(0));
    office.commit([Write::AddTag(tag.clone())]).await.unwrap();
    tag
}

fn named(name: &str) -> Reference {
    Reference::Name(name.to_owned())
}

on_both_backends! {
    async fn an_organization_starts_with_seven_categories_and_three_departments(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (all, page) = (CatalogQuery::default(), PageRequest::number(1, 50));
        assert_eq!(store.categories(office.organization, &all, &page).await.unwrap().total, Some(7));
        assert_eq!(store.departments(office.organization, &all, &page).await.unwrap().total, Some(3));
    }

    async fn a_category_is_found_by_id_serial_name_and_slug(store: Store) {
        let office = Office::open(&store, "acme").await;
        let view = store.category_view(office.organization, &named("bug report")).await.unwrap().unwrap();
        let references = [view.brief.id.into(), Reference::Serial(view.brief.serial), named("BUG Report"), named("bug_report")];
        for reference in references {
            let found = store.category(office.organization, &reference).await.unwrap().unwrap();
            assert_eq!(found.id, view.brief.id, "{reference}");
        }
    }

    async fn a_name_is_taken_in_any_case(store: Store) {
        let office = Office::open(&store, "acme").await;
        let mut twin = category(&office, "BILLING");
        twin.slug = "other-slug".into();
        let refused = office.commit([Write::AddCategory(twin)]).await;
        assert!(matches!(&refused, Err(StoreError::Taken(rule)) if rule == "category_name"), "{refused:?}");
    }

    async fn a_category_that_a_ticket_has_is_in_use(store: Store) {
        let office = Office::open(&store, "acme").await;
        let category = category(&office, "Network");
        office.commit([Write::AddCategory(category.clone())]).await.unwrap();
        let state = TicketState { category: Some(category.id), ..office.draft() };
        store.commit(office.opening(state.clone())).await.unwrap();
        let refused = office.commit([Write::DeleteCategory(category.id)]).await;
        assert!(matches!(&refused, Err(StoreError::Taken(rule)) if rule == "category_in_use"), "{refused:?}");
        office.commit([Write::DeleteTicket(state.id, 1, minutes(0))]).await.unwrap();
        office.commit([Write::DeleteCategory(category.id)]).await.unwrap();
    }

    async fn a_department_that_a_ticket_has_is_in_use(store: Store) {
        let office = Office::open(&store, "acme").await;
        let department = store.department(office.organization, &named("it department")).await.unwrap().unwrap();
        store.commit(office.opening(TicketState { department: Some(department.id), ..office.draft() })).await.unwrap();
        let refused = office.commit([Write::DeleteDepartment(department.id)]).await;
        assert!(matches!(&refused, Err(StoreError::Taken(rule)) if rule == "department_in_use"), "{refused:?}");
    }

    async fn a_ticket_with_a_category_that_has_just_been_deleted_is_decided_again(store: Store) {
        let office = Office::open(&store, "acme").await;
        let state = TicketState { category: Some(CategoryId(id())), ..office.draft() };
        let late = store.commit(office.opening(state)).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        let state = TicketState { department: Some(DepartmentId(id())), ..office.draft() };
        let late = store.commit(office.opening(state)).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    }

    async fn a_category_saved_at_another_revision_is_stale(store: Store) {
        let office = Office::open(&store, "acme").await;
        let category = category(&office, "Network");
        office.commit([Write::AddCategory(category.clone())]).await.unwrap();
        office.commit([Write::SaveCategory(category.clone())]).await.unwrap();
        let late = office.commit([Write::SaveCategory(category)]).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    }

    async fn a_deleted_tag_leaves_its_tickets(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (kept, gone) = (tag(&office, "kept").await, tag(&office, "gone").await);
        let state = labelled(&office.draft(), [kept.id, gone.id]);
        store.commit(office.opening(state.clone())).await.unwrap();
        office.commit([Write::DeleteTag(gone.id)]).await.unwrap();
        assert_eq!(stored(&office, state.id).await.unwrap().tags, [kept.id].into());
        assert_eq!(store.tag_view(office.organization, &named("kept")).await.unwrap().unwrap().ticket_count, 1);
        assert_eq!(store.tag_view(office.organization, &named("gone")).await.unwrap(), None);
    }

    async fn tags_are_answered_in_the_order_they_were_asked_for(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (one, two) = (tag(&office, "one").await, tag(&office, "two").await);
        let asked = [named("TWO"), named("three"), one.id.into()];
        let found = store.tags(office.organization, &asked).await.unwrap();
        assert_eq!(found, [Some(two), None, Some(one)]);
    }

    async fn the_taxonomy_of_another_organization_does_not_exist(store: Store) {
        let (acme, other) = (Office::open(&store, "acme").await, Office::open(&store, "other").await);
        let (category, tag) = (category(&acme, "Network"), tag(&acme, "urgent").await);
        acme.commit([Write::AddCategory(category.clone())]).await.unwrap();
        assert_eq!(store.category(other.organization, &category.id.into()).await.unwrap(), None);
        assert_eq!(store.tags(other.organization, &[tag.id.into()]).await.unwrap(), [None]);
        let stolen = other.commit([Write::DeleteCategory(category.id)]).await;
        assert!(matches!(stolen, Err(StoreError::Stale)), "{stolen:?}");
    }

    async fn popular_tags_come_first_and_equally_popular_ones_by_name(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (b, a, used) = (tag(&office, "b").await, tag(&office, "a").await, tag(&office, "used").await);
        store.commit(office.opening(labelled(&office.draft(), [used.id]))).await.unwrap();
        let popular = CatalogQuery { by_use: true, descending: true, search: None };
        let page = store.tag_page(office.organization, &popular, &PageRequest::number(1, 10)).await.unwrap();
        let shown: Vec<TagId> = page.items.iter().map(|view| view.brief.id).collect();
        assert_eq!(shown, [used.id, a.id, b.id]);
    }

    async fn a_walk_by_cursor_meets_every_tag_once(store: Store) {
        let office = Office::open(&store, "acme").await;
        for n in 0..7 {
            tag(&office, &format!("tag {n}")).await;
        }
        let (mut paging, mut met) = (Paging::Start, Vec::new());
        loop {
            let page = PageRequest { paging, size: 3 };
            let part = store.tag_page(office.organization, &CatalogQuery::default(), &page).await.unwrap();
            met.extend(part.items.into_iter().map(|view| view.brief.name));
            let Some(next) = part.next else { break };
            paging = Paging::After(next);
        }
        assert_eq!(met, (0..7).map(|n| format!("tag {n}")).collect::<Vec<_>>());
    }

    async fn a_cursor_of_no_place_in_the_list_is_refused(store: Store) {
        let office = Office::open(&store, "acme").await;
        tag(&office, "only").await;
        for cursor in ["", "zz", "é", "5b5d", "5b315d"] {
            let page = PageRequest { paging: Paging::After(cursor.to_owned()), size: 3 };
            let refused = store.tag_page(office.organization, &CatalogQuery::default(), &page).await.unwrap_err();
            assert!(matches!(refused, StoreError::Invalid(_)), "{cursor}: {refused}");
        }
    }
}
