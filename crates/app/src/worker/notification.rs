//! Tells people in the desk what happens.

use helpdesk_domain::event::Projector;

use super::Running;
use super::along::{Along, along};
use crate::wire::Installation;

/// Begins. Whatever this process commits is told at once: what waits while a commit is being written goes together.
pub fn notify(installation: &Installation) -> Running {
    along(installation.store.news(), Notifying(installation.notification_news()))
}

struct Notifying(Projector);

impl Along for Notifying {
    const DOES: &'static str = "write notifications";

    fn log(&mut self) -> &mut Projector {
        &mut self.0
    }
}
