//! What keeps a connection open: a login, or a key of a program.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use helpdesk_domain::identity::{ApiKeys, Role};
use helpdesk_domain::kernel::id::SessionId;
use helpdesk_domain::kernel::{Fault, Kind, StoreError};
use helpdesk_domain::realtime::Connections;
use tokio::sync::watch;

use super::locked;

/// How often a key is looked at.
const ROUND: Duration = Duration::from_secs(5);

/// What keeps a connection open.
pub enum Kept {
    /// A login.
    Login(Arc<Login>),
    /// A key: its secret, and the role that its maker had when the connection was opened.
    Key(ApiKeys, String, Role),
}

impl Kept {
    /// Waits until it does not keep it open any more: the login ended, the key is gone, or their role is another.
    pub async fn ended(&self) {
        match self {
            Self::Login(login) => {
                // An error says that the sender is gone, which is in the login itself.
                let _ = login.ended.subscribe().wait_for(|ended| *ended).await;
            }
            Self::Key(keys, secret, role) => while is_good(keys, secret, *role).await {},
        }
    }
}

async fn is_good(keys: &ApiKeys, secret: &str, role: Role) -> bool {
    tokio::time::sleep(ROUND).await;
    match keys.admit(secret).await {
        Ok(admitted) => admitted.admission.actor.role == role,
        Err(error) => matches!(error.kind(), Kind::Unavailable | Kind::Bug),
    }
}

/// A login that keeps connections open.
#[derive(Debug)]
pub struct Login {
    session: SessionId,
    role: Role,
    ended: watch::Sender<bool>,
}

/// The logins that keep connections open in this process.
#[derive(Default)]
pub(super) struct Logins(Mutex<HashMap<SessionId, Weak<Login>>>);

impl Logins {
    /// The login, watched from now on.
    pub fn watch(&self, session: SessionId, role: Role) -> Arc<Login> {
        let mut open = locked(&self.0);
        if let Some(kept) = open.get(&session).and_then(Weak::upgrade) {
            if kept.role == role {
                return kept;
            }
            // Nothing looks after it once another has its place.
            kept.ended.send_replace(true);
        }
        let login = Arc::new(Login { session, role, ended: watch::channel(false).0 });
        open.insert(session, Arc::downgrade(&login));
        login
    }

    /// Looks which of them still stand, and tells those that do not.
    pub async fn check(&self, connections: &Connections) -> Result<(), StoreError> {
        let open = self.open();
        if open.is_empty() {
            return Ok(());
        }
        let sessions: Vec<SessionId> = open.iter().map(|login| login.session).collect();
        let standing = connections.standing(&sessions).await?;
        let standing: HashMap<SessionId, Role> = standing.into_iter().map(|login| (login.session, login.role)).collect();
        for login in open {
            if standing.get(&login.session) != Some(&login.role) {
                login.ended.send_replace(true);
                self.forget(&login);
            }
        }
        Ok(())
    }

    /// Unless another has taken its place since.
    fn forget(&self, login: &Arc<Login>) {
        let mut open = locked(&self.0);
        if open.get(&login.session).is_some_and(|kept| kept.ptr_eq(&Arc::downgrade(login))) {
            open.remove(&login.session);
        }
    }

    fn open(&self) -> Vec<Arc<Login>> {
        let mut open = locked(&self.0);
        open.retain(|_, login| login.strong_count() > 0);
        open.values().filter_map(Weak::upgrade).collect()
    }
}
