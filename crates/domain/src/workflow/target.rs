//! Where finished tickets go.

use crate::delivery::Destination;
use crate::identity::Organization;

/// The workflows of organizations: their own, or the operator's for the default organization.
#[derive(Clone, Debug, Default)]
pub struct Workflows {
    /// The operator's choice for the organization of that slug.
    pub chosen: Option<(String, Destination)>,
}

impl Workflows {
    /// Where an organization's finished tickets go, if anywhere.
    pub fn of(&self, organization: &Organization) -> Option<Destination> {
        let own = &organization.settings;
        if let Some(url) = &own.workflow_url {
            return Some(Destination { url: url.clone(), secret: own.workflow_secret.clone(), is_trusted: false });
        }
        let chosen = self.chosen.as_ref().filter(|(slug, _)| *slug == organization.slug);
        chosen.map(|(_, destination)| destination.clone())
    }
}
