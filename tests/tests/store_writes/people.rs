//! Lists of people.

use helpdesk_domain::identity::port::IdentityRepository;
use helpdesk_domain::identity::{Role, UserOrder, UserQuery};
use helpdesk_domain::kernel::{PageRequest, Paging};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::Office;
use helpdesk_tests::on_both_backends;

async fn names(store: &Store, office: &Office, query: &UserQuery, page: &PageRequest) -> Vec<String> {
    let page = IdentityRepository::page(store, office.organization, query, page).await.unwrap();
    page.items.into_iter().map(|user| user.username).collect()
}

fn searching(text: &str) -> UserQuery {
    UserQuery { search: Some(text.to_owned()), ..UserQuery::default() }
}

on_both_backends! {
    async fn people_are_listed_by_age_and_counted(store: Store) {
        let office = Office::open(&store, "acme").await;
        Office::open(&store, "other").await;
        office.hire("Zoe", Role::Admin).await;
        let page = PageRequest::number(1, 2);
        let listed = IdentityRepository::page(&store, office.organization, &UserQuery::default(), &page).await.unwrap();
        assert_eq!((listed.items.len(), listed.total, listed.next), (2, Some(3), None));
        assert_eq!(names(&store, &office, &UserQuery::default(), &PageRequest::number(2, 2)).await, ["Zoe"]);
        assert!(names(&store, &office, &UserQuery::default(), &PageRequest::number(u64::MAX, 100)).await.is_empty());
    }

    async fn people_are_found_by_a_part_of_name_username_or_address_in_any_case(store: Store) {
        let office = Office::open(&store, "acme").await;
        office.hire("Zoë.Smith", Role::Agent).await;
        for text in ["zoë.s", "SMITH", "Smith Test", "smith@example"] {
            assert_eq!(names(&store, &office, &searching(text), &PageRequest::number(1, 9)).await, ["Zoë.Smith"], "{text}");
        }
    }

    async fn what_is_searched_for_is_text_and_no_pattern(store: Store) {
        let office = Office::open(&store, "acme").await;
        office.hire("100%_sure\\", Role::Agent).await;
        for text in ["%", "_", "\\"] {
            assert_eq!(names(&store, &office, &searching(text), &PageRequest::number(1, 9)).await, ["100%_sure\\"], "{text}");
        }
    }

    async fn people_are_picked_by_role_and_by_whether_they_may_log_in(store: Store) {
        let office = Office::open(&store, "acme").await;
        let agents = UserQuery { roles: vec![Role::Agent, Role::Admin], is_active: Some(true), ..UserQuery::default() };
        assert_eq!(names(&store, &office, &agents, &PageRequest::number(1, 9)).await, ["agent.acme"]);
        let locked_out = UserQuery { is_active: Some(false), ..UserQuery::default() };
        assert!(names(&store, &office, &locked_out, &PageRequest::number(1, 9)).await.is_empty());
    }

    async fn people_are_sorted_byte_by_byte_whichever_way_round(store: Store) {
        let office = Office::open(&store, "acme").await;
        for name in ["b", "B2", "a-1", "a1"] {
            office.hire(name, Role::Customer).await;
        }
        let order = |descending| UserQuery { order: UserOrder::Username, descending, roles: vec![Role::Customer], ..UserQuery::default() };
        let mut expected = ["a-1", "a1", "b", "B2", "customer.acme"];
        assert_eq!(names(&store, &office, &order(false), &PageRequest::number(1, 9)).await, expected);
        expected.reverse();
        assert_eq!(names(&store, &office, &order(true), &PageRequest::number(1, 9)).await, expected);
    }

    async fn a_walk_by_cursor_meets_everybody_once_in_every_order(store: Store) {
        let office = Office::open(&store, "acme").await;
        for n in 0..6 {
            office.hire(&format!("person{n}"), Role::Customer).await;
        }
        for order in [UserOrder::CreatedAt, UserOrder::Email, UserOrder::Name, UserOrder::Username] {
            let query = UserQuery { order, descending: true, ..UserQuery::default() };
            let (mut paging, mut met) = (Paging::Start, Vec::new());
            loop {
                let page = PageRequest { paging, size: 3 };
                let part = IdentityRepository::page(&store, office.organization, &query, &page).await.unwrap();
                met.extend(part.items.into_iter().map(|user| user.username));
                let Some(next) = part.next else { break };
                paging = Paging::After(next);
            }
            assert_eq!(met, names(&store, &office, &query, &PageRequest::number(1, 100)).await, "{order:?}");
        }
    }

    async fn somebody_who_was_here_has_the_same_revision(store: Store) {
        let office = Office::open(&store, "acme").await;
        office.commit([Write::SeeUser(office.customer.id, minutes(5))]).await.unwrap();
        let view = IdentityRepository::view(&store, office.organization, office.customer.id).await.unwrap().unwrap();
        assert_eq!((view.last_active_at, view.revision), (Some(minutes(5)), 1));
    }
}
