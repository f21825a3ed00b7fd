//! Accounts that wait for approval, over mocked ports.

use std::sync::{Arc, Mutex};

use crate::event::Happened;
use crate::identity::command::{Apply, Invite, Register};
use crate::identity::port::{MockIdentityRepository, MockOrganizationRepository, MockPasswordHasher, MockSecrets};
use crate::identity::{
    Accounts, Approval, IdentityError, Organization, OrganizationSettings, Resets, Role, SecretDigest, User, UserState, UserView,
};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{MockClock, Moment};
use crate::kernel::violation::Problem;
use crate::mail::Message;
use crate::taxonomy::port::MockTaxonomyRepository;
use crate::testing::{Committed, FixedClock, SequentialIds, a_customer, account_of, an_admin, an_agent, minutes, somebody};
use crate::webhook::port::MockEndpoints;
use crate::work::{Changes, MockUnitOfWork, Write};

/// In minutes.
const YEAR: i64 = 365 * 24 * 60;

fn pending() -> User {
    let state = UserState { approval: Approval::Pending, ..UserState::clone(&account_of(&somebody(20, Role::Customer))) };
    User::restored(state)
}

fn shown(user: &User) -> UserView {
    UserView {
        id: user.id,
        serial: 1,
        username: user.username.to_string(),
        email: user.email.to_string(),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        middle_name: user.middle_name.clone(),
        suffix: user.suffix.clone(),
        role: user.role,
        approval: user.approval,
        is_active: user.is_active,
        organization: "acme-corp".to_owned(),
        department: None,
        image: None,
        company_number: 7,
        created_at: user.created_at,
        updated_at: user.updated_at,
        last_active_at: None,
        revision: user.revision,
    }
}

/// The use cases over a store that has this account, and what they commit.
fn accounts(stored: User) -> (Accounts, Committed) {
    let committed = Committed::default();
    let mut people = MockIdentityRepository::new();
    let view = shown(&stored);
    people.expect_find().returning(move |_, _| Ok(Some(stored.clone())));
    people.expect_view().returning(move |_, _| Ok(Some(view.clone())));
    people.expect_by_login().returning(|_| Ok(None));
    people.expect_username_taken().returning(|_| Ok(false));
    let mut organizations = MockOrganizationRepository::new();
    organizations.expect_find().returning(|_| Ok(Some(organization())));
    organizations.expect_get().returning(|_| Ok(Some(organization())));
    let mut passwords = MockPasswordHasher::new();
    passwords.expect_hash().returning(|_| Ok("hash".to_owned()));
    let mut secrets = MockSecrets::new();
    secrets.expect_of_reset().returning(|_| "secret".to_owned());
    secrets.expect_digest().returning(|_| SecretDigest([0; 32]));
    let mut work = MockUnitOfWork::new();
    let kept = Arc::clone(&committed);
    work.expect_commit().returning(move |changes| {
        kept.lock().unwrap().push(changes);
        Ok(())
    });
    let accounts = Accounts {
        endpoints: Arc::new(MockEndpoints::new()),
        people: Arc::new(people),
        organizations: Arc::new(organizations),
        taxonomy: Arc::new(MockTaxonomyRepository::new()),
        passwords: Arc::new(passwords),
        resets: Resets { secrets: Arc::new(secrets), ids: Arc::new(SequentialIds::default()) },
        work: Arc::new(work),
        clock: Arc::new(FixedClock::default()),
        ids: Arc::new(SequentialIds::default()),
        default_organization: "acme-corp".to_owned(),
    };
    (accounts, committed)
}

fn organization() -> Organization {
    Organization {
        id: crate::testing::ORGANIZATION,
        slug: "acme-corp".to_owned(),
        name: "ACME Corporation".to_owned(),
        domain: None,
        time_zone: "UTC".to_owned(),
        settings: OrganizationSettings::default(),
        ahead: None,
        revision: 1,
    }
}

fn only(committed: &Mutex<Vec<Changes>>) -> Changes {
    let mut all = committed.lock().unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn application() -> Apply {
    let text = |text: &str| Some(text.to_owned());
    Apply {
        account: Register {
            email: text("john.doe@example.com"),
            password: text("securepassword123"),
            first_name: text("John"),
            last_name: text("Doe"),
            ..Register::default()
        },
        confirmation: text("securepassword123"),
        middle_name: text("Smith"),
        suffix: text("Jr."),
        department: None,
    }
}

fn invitation() -> Invite {
    let text = |text: &str| Some(text.to_owned());
    Invite {
        email: text("john.doe@example.com"),
        first_name: text("John"),
        last_name: text("Doe"),
        role: Some(Role::Coordinator),
        ..Invite::default()
    }
}

/// The same use cases for a sandbox that is a year ahead of the epoch.
fn a_year_ahead(accounts: Accounts) -> Accounts {
    let mut clock = MockClock::new();
    clock.expect_now().returning(|| minutes(YEAR));
    clock.expect_real().returning(|| minutes(0));
    Accounts { clock: Arc::new(clock), ..accounts }
}

/// The fields that a refusal names.
fn fields(error: &IdentityError) -> Vec<(&str, &Problem)> {
    let IdentityError::Invalid(violations) = error else { panic!("{error}") };
    violations.0.iter().map(|violation| (violation.field.as_str(), &violation.problem)).collect()
}

#[tokio::test]
async fn who_applies_is_a_customer_who_waits_for_approval() {
    let (accounts, committed) = accounts(pending());
    accounts.apply(application()).await.unwrap();
    let Changes { writes, .. } = only(&committed);
    let [Write::AddUser(user), Write::AddMail(mail)] = writes.as_slice() else { panic!("{writes:?}") };
    assert_eq!(mail.message, Message::AccountReceived);
    assert_eq!((user.role, user.approval), (Role::Customer, Approval::Pending));
    assert_eq!((user.middle_name.as_str(), user.suffix.as_str()), ("Smith", "Jr."));
    assert!(!user.may_enter());
}

#[tokio::test]
async fn an_application_hears_of_everything_that_is_wrong_at_once() {
    let (accounts, committed) = accounts(pending());
    let wrong = Apply { suffix: Some("Esq.".to_owned()), confirmation: Some("other".to_owned()), ..application() };
    let wrong = Apply { account: Register { email: None, last_name: None, ..wrong.account }, ..wrong };
    let refused = accounts.apply(wrong).await.unwrap_err();
    assert_eq!(
        fields(&refused),
        [
            ("last_name", &Problem::Required),
            ("suffix", &Problem::InvalidChoice("Esq.".to_owned())),
            ("confirm_password", &Problem::Mismatch),
            ("email", &Problem::Required),
        ]
    );
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_invited_account_has_no_password_and_waits_for_approval() {
    let (accounts, committed) = accounts(pending());
    accounts.invite(&an_admin(), invitation()).await.unwrap();
    let Changes { writes, .. } = only(&committed);
    let [Write::AddUser(user), Write::AddReset(reset), Write::AddMail(mail)] = writes.as_slice() else { panic!("{writes:?}") };
    assert_eq!(mail.message, Message::PasswordWanted { reset: reset.id, user: user.id });
    assert_eq!((user.role, user.approval, user.password_hash.as_str()), (Role::Coordinator, Approval::Pending, ""));
}

#[tokio::test]
async fn the_link_of_an_invitation_ends_in_real_time_however_far_a_sandbox_is_ahead() {
    let (accounts, committed) = accounts(pending());
    a_year_ahead(accounts).invite(&an_admin(), invitation()).await.unwrap();
    let Changes { writes, .. } = only(&committed);
    let [Write::AddUser(user), Write::AddReset(reset), Write::AddMail(mail)] = writes.as_slice() else { panic!("{writes:?}") };
    let in_a_week = minutes(7 * 24 * 60);
    assert_eq!((user.created_at, reset.expires_at, mail.expires_at), (minutes(YEAR), in_a_week, Some(in_a_week)));
}

#[tokio::test]
async fn logins_and_links_of_somebody_who_is_rejected_end_in_real_time() {
    let (accounts, committed) = accounts(pending());
    a_year_ahead(accounts).reject(&an_admin(), &pending().id.into(), None).await.unwrap();
    let Changes { writes, .. } = only(&committed);
    let [Write::EndSessionsOf(_, logins), Write::EndResetsOf(_, links), Write::SaveUser(user), ..] = writes.as_slice() else {
        panic!("{writes:?}")
    };
    assert_eq!((*logins, *links, user.deleted_at), (minutes(0), minutes(0), Some(minutes(YEAR))));
}

#[tokio::test]
async fn an_approved_account_may_enter() {
    let (accounts, committed) = accounts(pending());
    accounts.approve(&an_admin(), &pending().id.into()).await.unwrap();
    let Changes { writes, events, .. } = only(&committed);
    let [Write::SaveUser(user), Write::AddMail(mail)] = writes.as_slice() else { panic!("{writes:?}") };
    assert_eq!(mail.message, Message::AccountApproved);
    assert!(user.may_enter());
    assert_eq!(events[0].happened, Happened::UserApproved);
    assert_eq!(events[0].actor, Some(an_admin().user));
}

#[tokio::test]
async fn a_rejection_is_kept_deletes_the_account_and_is_told_in_one_commit() {
    let (accounts, committed) = accounts(pending());
    accounts.reject(&an_admin(), &pending().id.into(), Some("Invalid credentials provided".to_owned())).await.unwrap();
    let Changes { writes, events, .. } = only(&committed);
    let [
        Write::EndSessionsOf(ended, _),
        Write::EndResetsOf(..),
        Write::SaveUser(user),
        Write::AddRejection(kept),
        Write::AddMail(mail),
    ] = writes.as_slice()
    else {
        panic!("{writes:?}")
    };
    assert_eq!(mail.message, Message::AccountRejected { reason: kept.reason.clone() });
    assert_eq!((*ended, user.deleted_at), (user.id, Some(Moment::UNIX_EPOCH)));
    assert_eq!((kept.user, kept.company_number, kept.rejected_by), (user.id, 7, an_admin().user));
    assert_eq!(kept.reason.as_deref(), Some("Invalid credentials provided"));
    assert!(matches!(&events[0].happened, Happened::UserRejected { email, .. } if *email == user.email.as_str()));
}

#[tokio::test]
async fn only_a_pending_account_is_decided_about() {
    let approved = account_of(&a_customer());
    let target = approved.id.into();
    let (accounts, committed) = accounts(approved);
    assert!(matches!(accounts.approve(&an_admin(), &target).await, Err(IdentityError::NotPending)));
    assert!(matches!(accounts.reject(&an_admin(), &target, None).await, Err(IdentityError::NotPending)));
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn only_an_admin_decides() {
    let (accounts, committed) = accounts(pending());
    let target = pending().id.into();
    let refused = |actor: Actor| {
        let (accounts, target) = (accounts.clone(), &target);
        async move {
            let approved = accounts.approve(&actor, target).await;
            let rejected = accounts.reject(&actor, target, None).await;
            matches!((approved, rejected), (Err(IdentityError::Forbidden), Err(IdentityError::Forbidden)))
        }
    };
    assert!(refused(an_agent()).await && refused(a_customer()).await);
    assert!(committed.lock().unwrap().is_empty());
}
