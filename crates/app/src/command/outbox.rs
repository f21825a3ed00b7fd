//! `helpdesk outbox`

use clap::{Args, Subcommand};
use helpdesk_domain::kernel::id::MailId;
use helpdesk_domain::mail::port::Outbox as _;
use helpdesk_domain::mail::{OutboxEntry, OutboxState};
use helpdesk_outbound::mail::Composer;
use uuid::Uuid;

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire::{self, Installation};

/// Look at the mails that were written.
#[derive(Debug, Args)]
pub struct Outbox {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the newest mails with their text, newest first.
    List(List),
    /// Have mails that were given up tried again.
    Retry(Retry),
}

/// Print the newest mails with their text, newest first.
#[derive(Debug, Args)]
struct List {
    /// Only those that are still to be sent.
    #[arg(long)]
    waiting: bool,
    /// How many.
    #[arg(long, default_value_t = 20, value_name = "NUMBER")]
    limit: u64,
}

/// Have mails that were given up tried again.
#[derive(Debug, Args)]
struct Retry {
    /// The part of the `Message-ID` before the `@`; all of them when absent.
    mail: Option<Uuid>,
}

impl Outbox {
    pub async fn run(self, settings: &Settings) -> Result<()> {
        let installation = Installation::open(settings).await?;
        match self.command {
            Command::List(list) => list.run(settings, &installation).await,
            Command::Retry(retry) => retry.run(&installation).await,
        }
    }
}

impl List {
    async fn run(self, settings: &Settings, installation: &Installation) -> Result<()> {
        let composer = wire::composer(settings, &settings.server.public_url(settings.server.port))?;
        let entries = installation.store.newest(self.waiting, self.limit.min(1_000)).await?;
        for entry in &entries {
            println!("{}", shown(&composer, entry)?);
        }
        println!("{} mail{}.", entries.len(), if entries.len() == 1 { "" } else { "s" });
        Ok(())
    }
}

impl Retry {
    async fn run(self, installation: &Installation) -> Result<()> {
        let mails = installation.store.retry(self.mail.map(MailId), installation.real_clock.now()).await?;
        println!("{mails} mail{} will be tried again.", if mails == 1 { "" } else { "s" });
        Ok(())
    }
}

/// A mail as people read one, with what became of it.
fn shown(composer: &Composer, entry: &OutboxEntry) -> Result<String> {
    let letter = composer.compose(entry).map_err(|error| Failure::because("A mail cannot be written", &error))?;
    let state = match entry.state {
        OutboxState::Sent(at) => format!("sent {}", at.to_rfc3339()),
        OutboxState::Waiting(at) if entry.attempts == 0 => format!("waiting since {}", at.to_rfc3339()),
        OutboxState::Waiting(at) => format!("tried {} times, again {}", entry.attempts, at.to_rfc3339()),
        OutboxState::GivenUp => format!("given up after {} attempts", entry.attempts),
    };
    let error = entry.last_error.as_deref().map(|error| format!("Error:   {error}\n")).unwrap_or_default();
    let to = format!("{} <{}>", letter.to.name, letter.to.address);
    Ok(format!(
        "Message-ID: {}\nState:   {state}\n{error}To:      {to}\nDate:    {}\nSubject: {}\n\n{}\n----",
        letter.message_id,
        entry.mail.created_at.to_rfc3339(),
        letter.subject,
        letter.text.trim_end(),
    ))
}
