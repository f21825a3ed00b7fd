//! What whoever runs the installation does, from its command line: nobody is logged in.

use super::Accounts;
use super::Result;
use super::applicant::{look_at, role};
use crate::identity::command::{CreateUser, FoundOrganization};
use crate::identity::{Approval, Organization, OrganizationSettings, UserView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference};
use crate::kernel::text::{Label, slug};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::work::{Changes, Write};

impl Accounts {
    /// Makes an organization, with the categories and departments that every organization starts with.
    pub async fn found(&self, command: FoundOrganization) -> Result<Organization> {
        let mut check = Check::new();
        let slug = check.required("slug", command.slug.as_deref().map(check_slug));
        let name = check.required("name", command.name.as_deref().map(Label::parse));
        let time_zone = check.optional("time_zone", command.time_zone.as_deref().map(check_zone));
        check.done()?;
        let organization = Organization {
            id: OrganizationId(self.ids.next()),
            slug: slug.unwrap_or_default(),
            name: name.map(String::from).unwrap_or_default(),
            domain: command.domain.filter(|domain| !domain.trim().is_empty()),
            time_zone: time_zone.unwrap_or_else(|| "UTC".to_owned()),
            settings: OrganizationSettings::default(),
            ahead: None,
            revision: 1,
        };
        let changes = Changes::of(organization.id).with(Write::AddOrganization(organization.clone()), []);
        match self.work.commit(changes).await {
            Err(StoreError::Taken(_)) => Err(Violations::one("slug", Problem::Taken).into()),
            other => Ok(other.map(|()| organization)?),
        }
    }

    /// Makes an account of any role: the first admin of an organization has nobody to ask.
    pub async fn enroll(&self, organization: &Reference, command: CreateUser) -> Result<UserView> {
        let applicant = look_at(&command.account)?;
        let role = role(command.role.as_deref())?;
        let organization = self.joined(Some(organization)).await?;
        let department = self.department(organization.id, command.department.as_ref()).await?;
        self.add(None, &organization, applicant, role, Approval::Approved, department).await
    }
}

fn check_slug(text: &str) -> std::result::Result<String, Problem> {
    let text = Label::parse(text)?;
    if slug(text.as_str()) == text.as_str() {
        Ok(text.into())
    } else {
        Err(Problem::Other("Small letters and digits, with single hyphens between them."))
    }
}

pub(super) fn check_zone(text: &str) -> std::result::Result<String, Problem> {
    let zone = text.trim().parse::<chrono_tz::Tz>().map_err(|_| Problem::Other("Not a time zone of the IANA database."))?;
    Ok(zone.name().to_owned())
}
