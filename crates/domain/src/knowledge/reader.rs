//! Who reads, and whose.

use std::sync::Arc;

use crate::identity::port::OrganizationRepository;
use crate::kernel::actor::Actor;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference};

/// Who reads.
#[derive(Clone, Copy, Debug)]
pub enum Reader<'a> {
    /// Somebody, in their own organization.
    Member(&'a Actor),
    /// Anybody, in the organization of this slug, or in the default one.
    Anybody(Option<&'a str>),
}

impl Reader<'_> {
    /// Whether they work at the desk, and so see what is not shown to everybody.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Member(actor) if actor.is_staff())
    }
}

/// Whose knowledge somebody reads.
#[derive(Clone)]
pub struct Readership {
    /// Organizations.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// Slug of the organization that strangers read.
    pub default_organization: String,
}

impl Readership {
    /// The organization that the reader reads; none where there is none of that slug.
    pub async fn of(&self, reader: Reader<'_>) -> Result<Option<OrganizationId>, StoreError> {
        let slug = match reader {
            Reader::Member(actor) => return Ok(Some(actor.organization)),
            Reader::Anybody(slug) => slug.unwrap_or(&self.default_organization),
        };
        let found = self.organizations.find(&Reference::Name(slug.to_owned())).await?;
        Ok(found.map(|organization| organization.id))
    }
}
