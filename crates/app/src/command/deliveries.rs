//! `helpdesk deliveries`

use clap::{Args, Subcommand};
use helpdesk_domain::delivery::port::Deliveries as Queue;
use helpdesk_domain::delivery::{DeliveryState, DeliveryView};
use helpdesk_domain::kernel::id::DeliveryId;
use uuid::Uuid;

use crate::failure::Result;
use crate::settings::Settings;
use crate::wire::Installation;

/// Look at what is sent to webhooks and workflows.
#[derive(Debug, Args)]
pub struct Deliveries {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the newest messages, newest first.
    List(List),
    /// Have messages that were given up sent again.
    Retry(Retry),
}

/// Print the newest messages, newest first.
#[derive(Debug, Args)]
struct List {
    /// Only those that are still to be sent.
    #[arg(long)]
    waiting: bool,
    /// How many.
    #[arg(long, default_value_t = 20, value_name = "NUMBER")]
    limit: u64,
}

/// Have messages that were given up sent again.
#[derive(Debug, Args)]
struct Retry {
    /// The message's `webhook-id`, whatever became of it; all that were given up when absent.
    delivery: Option<Uuid>,
}

impl Deliveries {
    pub async fn run(self, settings: &Settings) -> Result<()> {
        let store = Installation::open(settings).await?;
        match self.command {
            Command::List(list) => list.run(&store).await,
            Command::Retry(retry) => retry.run(&store).await,
        }
    }
}

impl List {
    async fn run(self, installation: &Installation) -> Result<()> {
        let messages = Queue::newest(&installation.store, self.waiting, self.limit.min(1_000)).await?;
        for message in &messages {
            println!("{}", shown(message));
        }
        println!("{} message{}.", messages.len(), if messages.len() == 1 { "" } else { "s" });
        Ok(())
    }
}

impl Retry {
    async fn run(self, installation: &Installation) -> Result<()> {
        let now = installation.real_clock.now();
        let messages = Queue::retry(&installation.store, self.delivery.map(DeliveryId), now).await?;
        println!("{messages} message{} will be sent again.", if messages == 1 { "" } else { "s" });
        Ok(())
    }
}

fn shown(message: &DeliveryView) -> String {
    let state = match (message.state, message.due_at) {
        (DeliveryState::Delivered, _) => "delivered".to_owned(),
        (DeliveryState::Failed, _) => format!("given up after {} attempts", message.attempts),
        (DeliveryState::Pending, None) => "waiting for an earlier one".to_owned(),
        (DeliveryState::Pending, Some(at)) => format!("tried {} times, next {}", message.attempts, at.to_rfc3339()),
    };
    let error = message.last_error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
    format!("{}  {}  {}  {state}{error}", message.id, message.created_at.to_rfc3339(), message.kind)
}
