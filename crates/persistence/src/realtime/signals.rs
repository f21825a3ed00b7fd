//! Signals inside this process, and on their way to others.

use async_trait::async_trait;
use helpdesk_domain::realtime::port::{Listening, Signals};
use helpdesk_domain::realtime::{Heard, Signal};
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};

use crate::Store;

/// As many signals are kept for a listener that is busy; one that misses some looks at everything.
const KEPT: usize = 1024;

/// Where signals are heard, and where those wait that other processes are to hear.
#[derive(Clone, Debug)]
pub(crate) struct Switchboard {
    heard: Sender<Signal>,
    outgoing: Sender<Signal>,
}

impl Default for Switchboard {
    fn default() -> Self {
        Self { heard: broadcast::channel(KEPT).0, outgoing: broadcast::channel(KEPT).0 }
    }
}

/// Somebody who listens.
struct Ear(Receiver<Signal>);

#[async_trait]
impl Listening for Ear {
    async fn next(&mut self) -> Heard {
        match self.0.recv().await {
            Ok(signal) => Heard::Signal(signal),
            Err(RecvError::Lagged(_)) => Heard::Missed,
            // The store is gone, and with it the process.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

impl Signals for Store {
    fn tell(&self, signal: Signal) {
        let _ = self.switchboard.heard.send(signal.clone());
        let _ = self.switchboard.outgoing.send(signal);
    }

    fn listen(&self) -> Box<dyn Listening> {
        Box::new(Ear(self.switchboard.heard.subscribe()))
    }
}

impl Store {
    /// Listens for what other processes are to hear.
    pub(super) fn outgoing(&self) -> Box<dyn Listening> {
        Box::new(Ear(self.switchboard.outgoing.subscribe()))
    }

    /// Passes on what another process told.
    pub(super) fn hear(&self, signal: Signal) {
        if signal == Signal::Logins {
            self.sessions.forget();
        }
        if let Signal::Sandbox(organization) = &signal {
            self.sandboxes.learn(*organization);
            self.promised.notify_one();
        }
        let _ = self.switchboard.heard.send(signal);
    }
}
