//! Accounts and logins.

use helpdesk_domain::identity::port::{IdentityRepository, OrganizationRepository};
use helpdesk_domain::identity::{Role, User, UserState};
use helpdesk_domain::kernel::text::{Email, Username};
use helpdesk_domain::kernel::{Reference, StoreError};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id, somebody};
use helpdesk_tests::on_both_backends;

fn save(user: &User, change: impl FnOnce(&mut UserState)) -> Write {
    let mut state = UserState::clone(user);
    change(&mut state);
    Write::SaveUser(Box::new(User::restored(state)))
}

on_both_backends! {
    async fn an_address_is_taken_in_any_case_and_in_any_organization(store: Store) {
        Office::open(&store, "acme").await;
        let other = Office::open(&store, "other").await;
        let mut twin = UserState::clone(&somebody(other.organization, "twin", Role::Customer));
        twin.email = Email::trusted("CUSTOMER.Acme@Example.com".to_owned());
        let refused = other.commit([Write::AddUser(Box::new(User::restored(twin)))]).await;
        assert!(matches!(&refused, Err(StoreError::Taken(rule)) if rule == "account_email"), "{refused:?}");
    }

    async fn a_username_is_taken_in_any_case(store: Store) {
        let office = Office::open(&store, "acme").await;
        let mut twin = UserState::clone(&somebody(office.organization, "twin", Role::Customer));
        twin.username = Username::trusted("Customer.ACME".to_owned());
        let refused = office.commit([Write::AddUser(Box::new(User::restored(twin)))]).await;
        assert!(matches!(&refused, Err(StoreError::Taken(rule)) if rule == "account_username"), "{refused:?}");
        assert!(store.username_taken("CUSTOMER.acme").await.unwrap());
    }

    async fn somebody_logs_in_by_address_or_username_in_any_case(store: Store) {
        let office = Office::open(&store, "acme").await;
        for login in ["CUSTOMER.ACME@example.com", "Customer.Acme"] {
            assert_eq!(store.by_login(login).await.unwrap().map(|user| user.id), Some(office.customer.id), "{login}");
        }
    }

    async fn a_deleted_account_is_not_found_and_frees_its_address(store: Store) {
        let office = Office::open(&store, "acme").await;
        office.commit([save(&office.customer, |state| state.deleted_at = Some(minutes(1)))]).await.unwrap();
        assert_eq!(store.by_login("customer.acme").await.unwrap(), None);
        assert_eq!(IdentityRepository::find(&store, office.organization, &office.customer.id.into()).await.unwrap(), None);
        office.hire("customer.acme", Role::Customer).await;
    }

    async fn an_account_saved_at_another_revision_is_stale(store: Store) {
        let office = Office::open(&store, "acme").await;
        office.commit([save(&office.customer, |state| state.first_name = "Ann".into())]).await.unwrap();
        let late = office.commit([save(&office.customer, |state| state.last_name = "Lee".into())]).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    }

    async fn an_account_comes_back_as_it_was_written(store: Store) {
        let office = Office::open(&store, "acme").await;
        let found = IdentityRepository::find(&store, office.organization, &office.agent.id.into()).await.unwrap().unwrap();
        assert_eq!(found, office.agent);
    }

    async fn an_ended_login_is_seen_as_ended_at_once(store: Store) {
        let office = Office::open(&store, "acme").await;
        let login = office.login(&office.customer).await;
        assert!(store.session(login.id).await.unwrap().unwrap().0.is_live(minutes(1)));
        office.commit([Write::EndSession(login.id, minutes(1))]).await.unwrap();
        assert!(!store.session(login.id).await.unwrap().unwrap().0.is_live(minutes(1)));
    }

    async fn all_logins_of_somebody_end_at_once_and_nobody_elses(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (one, two) = (office.login(&office.customer).await, office.login(&office.customer).await);
        let other = office.login(&office.agent).await;
        office.commit([Write::EndSessionsOf(office.customer.id, minutes(1))]).await.unwrap();
        for (login, is_live) in [(one, false), (two, false), (other, true)] {
            assert_eq!(store.session(login.id).await.unwrap().unwrap().0.is_live(minutes(1)), is_live);
        }
    }

    async fn a_changed_account_is_seen_through_its_login_at_once(store: Store) {
        let office = Office::open(&store, "acme").await;
        let login = office.login(&office.customer).await;
        store.session(login.id).await.unwrap();
        office.commit([save(&office.customer, |state| state.is_active = false)]).await.unwrap();
        assert!(!store.session(login.id).await.unwrap().unwrap().1.is_active);
    }

    async fn a_login_of_another_organization_is_not_ended(store: Store) {
        let (acme, other) = (Office::open(&store, "acme").await, Office::open(&store, "other").await);
        let login = acme.login(&acme.customer).await;
        other.commit([Write::EndSession(login.id, minutes(1))]).await.unwrap();
        assert!(store.session(login.id).await.unwrap().unwrap().0.is_live(minutes(1)));
    }

    async fn a_refresh_token_is_spent_once(store: Store) {
        let office = Office::open(&store, "acme").await;
        let mut login = office.login(&office.customer).await;
        let spent = std::mem::replace(&mut login.refresh_id, id());
        let rotate = || Write::RotateSession { session: login.clone(), spent };
        let (first, second) = futures_util::future::join(office.commit([rotate()]), office.commit([rotate()])).await;
        assert_eq!([&first, &second].iter().filter(|done| done.is_ok()).count(), 1, "{first:?} {second:?}");
        assert_eq!(store.session(login.id).await.unwrap().unwrap().0.refresh_id, login.refresh_id);
    }

    async fn an_ended_login_is_not_renewed(store: Store) {
        let office = Office::open(&store, "acme").await;
        let mut login = office.login(&office.customer).await;
        office.commit([Write::EndSession(login.id, minutes(1))]).await.unwrap();
        let spent = std::mem::replace(&mut login.refresh_id, id());
        let late = office.commit([Write::RotateSession { session: login, spent }]).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    }

    async fn people_of_another_organization_do_not_exist(store: Store) {
        let (acme, other) = (Office::open(&store, "acme").await, Office::open(&store, "other").await);
        let serial = store.view(acme.organization, acme.customer.id).await.unwrap().unwrap().serial;
        for reference in [acme.customer.id.into(), Reference::Serial(serial), Reference::Name("customer.acme".to_owned())] {
            assert!(IdentityRepository::find(&store, acme.organization, &reference).await.unwrap().is_some());
            assert_eq!(IdentityRepository::find(&store, other.organization, &reference).await.unwrap(), None);
        }
        let stolen = other.commit([save(&acme.customer, |state| "Eve".clone_into(&mut state.first_name))]).await;
        assert!(matches!(stolen, Err(StoreError::Stale)), "{stolen:?}");
    }

    async fn admins_are_counted_who_may_log_in(store: Store) {
        let office = Office::open(&store, "acme").await;
        let admin = office.hire("boss", Role::Admin).await;
        office.hire("chief", Role::Admin).await;
        assert_eq!(store.count_admins(office.organization).await.unwrap(), 2);
        office.commit([save(&admin, |state| state.is_active = false)]).await.unwrap();
        assert_eq!(store.count_admins(office.organization).await.unwrap(), 1);
    }

    async fn an_organization_is_found_by_id_and_slug(store: Store) {
        let office = Office::open(&store, "acme").await;
        let by_slug = OrganizationRepository::find(&store, &Reference::Name("acme".to_owned())).await.unwrap().unwrap();
        assert_eq!(Some(by_slug), store.get(office.organization).await.unwrap());
        assert_eq!(store.all().await.unwrap().len(), 1);
    }
}
