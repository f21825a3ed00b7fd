//! What can be asked of the program.

mod archive;
mod backup;
mod create;
mod deliveries;
mod doctor;
mod migrate;
mod openapi;
mod outbox;
mod part;
mod progress;
mod seed;
mod serve;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use progress::progress;

use crate::failure::Result;
use crate::settings::{Places, Settings};

/// A help desk in one program.
#[derive(Debug, Parser)]
#[command(name = "helpdesk", version)]
pub struct CommandLine {
    /// A TOML file of settings; the environment and .env come before it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run pending migrations, then serve (what happens without a command).
    Serve,
    /// Run pending migrations.
    Migrate,
    /// Fill the search index anew.
    Reindex,
    /// Fill an empty database with the demo data, or an organization with generated tickets.
    Seed(seed::Seed),
    /// Make an account that administers an organization.
    CreateAdmin(create::Admin),
    /// Make an organization.
    CreateOrganization(create::NewOrganization),
    /// Write a whole organization into a file of JSON lines.
    Export(archive::Export),
    /// Take an organization in from such a file: all of it, or nothing.
    Import(archive::Import),
    /// Write the `SQLite` database into a file of its own, while the server goes on.
    Backup(backup::Backup),
    /// Put a backup in the place of the database, or only look whether it is good.
    Restore(backup::Restore),
    /// Print the `OpenAPI` document of a dialect.
    Openapi(openapi::Openapi),
    /// Look at the mails that were written.
    Outbox(outbox::Outbox),
    /// Look at what is sent to webhooks and workflows.
    Deliveries(deliveries::Deliveries),
    /// Check settings, database, mail and storage, and say what is wrong.
    Doctor,
}

impl CommandLine {
    /// Does what was asked.
    pub async fn run(self) -> Result<()> {
        let places = Places::of_process(self.config);
        match self.command.unwrap_or(Command::Serve) {
            Command::Serve => serve::serve(Settings::load(&places)?).await,
            Command::Migrate => migrate::migrate(&Settings::load(&places)?).await,
            Command::Reindex => migrate::reindex(&Settings::load(&places)?).await,
            Command::Seed(seed) => seed.run(&Settings::load(&places)?).await,
            Command::CreateAdmin(admin) => admin.run(&Settings::load(&places)?).await,
            Command::CreateOrganization(organization) => organization.run(&Settings::load(&places)?).await,
            Command::Export(export) => export.run(&Settings::load(&places)?).await,
            Command::Import(import) => import.run(&Settings::load(&places)?).await,
            Command::Backup(backup) => backup.run(&Settings::load(&places)?).await,
            Command::Restore(restore) => restore.run(&Settings::load(&places)?).await,
            Command::Openapi(openapi) => openapi.run(&Settings::load(&places)?),
            Command::Outbox(outbox) => outbox.run(&Settings::load(&places)?).await,
            Command::Deliveries(deliveries) => deliveries.run(&Settings::load(&places)?).await,
            Command::Doctor => doctor::examine(Settings::load(&places)).await,
        }
    }
}
