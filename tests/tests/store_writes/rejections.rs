//! Accounts that were not let in.

use helpdesk_domain::identity::port::IdentityRepository;
use helpdesk_domain::identity::{Approval, Rejection, Role, User, UserState};
use helpdesk_domain::kernel::id::RejectionId;
use helpdesk_domain::kernel::{PageRequest, Paging, StoreError};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id, somebody};
use helpdesk_tests::on_both_backends;

/// Somebody who waits, in the store.
async fn applicant(office: &Office, name: &str) -> User {
    let state = UserState {
        approval: Approval::Pending,
        middle_name: "Smith".to_owned(),
        suffix: "Jr.".to_owned(),
        ..UserState::clone(&somebody(office.organization, name, Role::Customer))
    };
    let user = User::restored(state);
    office.commit([Write::AddUser(Box::new(user.clone()))]).await.unwrap();
    user
}

/// What is kept of them, and their account deleted.
fn rejected(office: &Office, user: &User) -> (Rejection, [Write; 2]) {
    let rejection = Rejection {
        id: RejectionId(id()),
        organization: office.organization,
        user: user.id,
        company_number: 3,
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        email: user.email.to_string(),
        department: Some("IT Department".to_owned()),
        reason: None,
        rejected_by: office.agent.id,
        rejected_at: minutes(5),
    };
    let gone = UserState { deleted_at: Some(minutes(5)), ..UserState::clone(user) };
    let writes = [Write::SaveUser(Box::new(User::restored(gone))), Write::AddRejection(Box::new(rejection.clone()))];
    (rejection, writes)
}

on_both_backends! {
    async fn an_applicant_comes_back_with_the_whole_name(store: Store) {
        let office = Office::open(&store, "acme").await;
        let user = applicant(&office, "john").await;
        let found = IdentityRepository::find(&store, office.organization, &user.id.into()).await.unwrap().unwrap();
        assert_eq!(found, user);
        let view = IdentityRepository::view(&store, office.organization, user.id).await.unwrap().unwrap();
        assert_eq!((view.middle_name.as_str(), view.suffix.as_str(), view.approval), ("Smith", "Jr.", Approval::Pending));
    }

    async fn rejections_are_kept_counted_and_listed_newest_first_by_organization(store: Store) {
        let (office, other) = (Office::open(&store, "acme").await, Office::open(&store, "other").await);
        let mut kept = Vec::new();
        for name in ["one", "two", "three"] {
            let (rejection, writes) = rejected(&office, &applicant(&office, name).await);
            office.commit(writes).await.unwrap();
            kept.insert(0, rejection);
        }
        assert_eq!(store.count_rejections(office.organization).await.unwrap(), 3);
        assert_eq!(store.count_rejections(other.organization).await.unwrap(), 0);
        let first = store.rejections(office.organization, &PageRequest { paging: Paging::Start, size: 2 }).await.unwrap();
        let rest = PageRequest { paging: Paging::After(first.next.unwrap()), size: 2 };
        let rest = store.rejections(office.organization, &rest).await.unwrap();
        assert_eq!(rest.next, None);
        let listed: Vec<Rejection> = first.items.into_iter().chain(rest.items).map(|view| view.rejection).collect();
        assert_eq!(listed, kept);
    }

    async fn a_rejection_frees_the_address(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (_, writes) = rejected(&office, &applicant(&office, "john").await);
        office.commit(writes).await.unwrap();
        assert_eq!(store.by_login("john@example.com").await.unwrap(), None);
        applicant(&office, "john").await;
    }

    async fn of_an_approval_and_a_rejection_at_once_one_is_written(store: Store) {
        let office = Office::open(&store, "acme").await;
        let user = applicant(&office, "john").await;
        let approved = UserState { approval: Approval::Approved, ..UserState::clone(&user) };
        let approval = office.commit([Write::SaveUser(Box::new(User::restored(approved)))]);
        let (_, writes) = rejected(&office, &user);
        let (approval, rejection) = futures_util::future::join(approval, office.commit(writes)).await;
        let stale = [&approval, &rejection].into_iter().filter(|done| matches!(done, Err(StoreError::Stale))).count();
        assert_eq!(stale, 1, "{approval:?} {rejection:?}");
        assert_eq!(store.count_rejections(office.organization).await.unwrap(), u64::from(rejection.is_ok()));
        assert_eq!(store.by_login("john@example.com").await.unwrap().is_some(), approval.is_ok());
    }
}
