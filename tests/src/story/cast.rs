//! Who plays, and on which stage.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use helpdesk::settings::{Places, Settings};
use helpdesk::wire::Installation;
use helpdesk_domain::identity::command::{CreateUser, FoundOrganization, Register};
use helpdesk_domain::kernel::{Ids, Reference};
use helpdesk_domain::testing::FixedClock;
use helpdesk_http::{HttpSettings, RateLimits};
use helpdesk_persistence::Store;

use super::{ELSEWHERE, HOME, PASSWORD};
use crate::office::RandomIds;

/// Login name, first name, role and organization of everybody.
pub(super) const PEOPLE: [(&str, &str, &str, &str); 9] = [
    ("customer", "Carla", "customer", HOME),
    ("jane", "Jane", "customer", HOME),
    ("technician", "Theo", "technician", HOME),
    ("agent", "Ann", "agent", HOME),
    ("bob", "Bob", "agent", HOME),
    ("coordinator", "Cora", "coordinator", HOME),
    ("admin", "Ada", "admin", HOME),
    ("outsider", "Olga", "admin", ELSEWHERE),
    ("foreigner", "Finn", "customer", ELSEWHERE),
];

pub(super) fn installation(store: &Store, clock: &Arc<FixedClock>) -> Installation {
    let ids: Arc<dyn Ids> = Arc::new(RandomIds);
    Installation::of(store.clone(), clock.clone(), ids)
}

pub(super) fn unlimited() -> HttpSettings {
    HttpSettings { rate_limits: RateLimits { enabled: false, ..RateLimits::default() }, ..HttpSettings::default() }
}

pub(super) fn settings(files: &Path, more: &[(&str, &str)]) -> Settings {
    let storage = format!("file://{}", files.display());
    let given = [
        ("JWT_SECRET_KEY", "a key for tests that is long enough"),
        ("BCRYPT_COST", "4"),
        ("DEFAULT_ORGANIZATION", HOME),
        ("STORAGE_URL", &storage),
    ];
    let all = given.iter().chain(more);
    let environment: BTreeMap<_, _> = all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Settings::load(&Places { environment, ..Places::default() }).expect("good settings")
}

pub(super) async fn people(store: &Store, clock: &Arc<FixedClock>, settings: &Settings) {
    let accounts = installation(store, clock).accounts(settings).expect("accounts are wired");
    for slug in [HOME, ELSEWHERE] {
        let (slug, name) = (Some(slug.to_owned()), Some(slug.to_owned()));
        accounts.found(FoundOrganization { slug, name, domain: None, time_zone: None }).await.expect("an organization opens");
    }
    for (username, first_name, role, organization) in PEOPLE {
        let account = Register {
            email: Some(format!("{username}@example.com")),
            password: Some(PASSWORD.to_owned()),
            username: Some(username.to_owned()),
            first_name: Some(first_name.to_owned()),
            last_name: Some("Miller".to_owned()),
            organization: None,
            image: None,
        };
        let command = CreateUser { account, role: Some(role.to_owned()), department: None };
        accounts.enroll(&Reference::Name(organization.to_owned()), command).await.expect("somebody joins");
    }
}
