//! `helpdesk create-admin`, `helpdesk create-organization`

use std::io::{BufRead, IsTerminal, Write};

use clap::Args;
use helpdesk_domain::identity::command::{CreateUser, FoundOrganization, Register};
use helpdesk_domain::kernel::Reference;
use rand::distr::{Alphanumeric, SampleString};

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire::Installation;

/// Make an account that administers an organization.
#[derive(Debug, Args)]
pub struct Admin {
    /// The person's address.
    #[arg(long)]
    email: String,
    /// Asked for on a terminal, else generated and printed.
    #[arg(long)]
    password: Option<String>,
    /// Slug of the organization; the default one when absent.
    #[arg(long, value_name = "SLUG")]
    organization: Option<String>,
    /// Given name.
    #[arg(long)]
    first_name: Option<String>,
    /// Family name.
    #[arg(long)]
    last_name: Option<String>,
}

impl Admin {
    pub async fn run(self, settings: &Settings) -> Result<()> {
        let installation = Installation::open(settings).await?;
        installation.store.migrate().await?;
        installation.ensure_default_organization(settings).await?;
        let (password, was_generated) = chosen(self.password)?;
        let account = Register {
            email: Some(self.email),
            password: Some(password.clone()),
            username: None,
            first_name: self.first_name,
            last_name: self.last_name,
            organization: None,
            image: None,
        };
        let command = CreateUser { account, role: Some("admin".to_owned()), department: None };
        let slug = self.organization.unwrap_or_else(|| settings.default_organization.clone());
        let accounts = installation.accounts(settings)?;
        let made = accounts.enroll(&Reference::Name(slug), command).await;
        let user = made.map_err(|error| Failure::refused("The account was not made", &error))?;
        println!("{} administers {} (username {}).", user.email, user.organization, user.username);
        if was_generated {
            println!("Password: {password}");
        }
        Ok(())
    }
}

/// The password that was given or typed, or one made up; whether it was made up.
fn chosen(given: Option<String>) -> Result<(String, bool)> {
    if let Some(password) = given {
        return Ok((password, false));
    }
    if std::io::stdin().is_terminal() {
        let typed = ask("Password (empty to generate one): ");
        let typed = typed.map_err(|error| Failure::because("The password cannot be read", &error))?;
        if !typed.is_empty() {
            return Ok((typed, false));
        }
    }
    Ok((Alphanumeric.sample_string(&mut rand::rng(), 20), true))
}

fn ask(question: &str) -> std::io::Result<String> {
    print!("{question}");
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Make an organization.
#[derive(Debug, Args)]
pub struct NewOrganization {
    /// Its word in URLs and registrations.
    #[arg(long)]
    slug: String,
    /// Its name.
    #[arg(long)]
    name: String,
    /// Its internet domain.
    #[arg(long)]
    domain: Option<String>,
    /// IANA name of the zone that its days are counted in; UTC when absent.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
}

impl NewOrganization {
    pub async fn run(self, settings: &Settings) -> Result<()> {
        let installation = Installation::open(settings).await?;
        installation.store.migrate().await?;
        let command =
            FoundOrganization { slug: Some(self.slug), name: Some(self.name), domain: self.domain, time_zone: self.time_zone };
        let made = installation.accounts(settings)?.found(command).await;
        let organization = made.map_err(|error| Failure::refused("The organization was not made", &error))?;
        println!("{} ({}) is there; its days are counted in {}.", organization.name, organization.slug, organization.time_zone);
        Ok(())
    }
}
