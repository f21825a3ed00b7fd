//! `helpdesk seed`

use std::time::{Duration, Instant};

use clap::Args;
use helpdesk_domain::identity::port::OrganizationRepository;
use helpdesk_domain::kernel::Reference;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::mail::TicketNews;
use helpdesk_domain::notification::NotificationNews;
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::{Loaded, Loader};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::mpsc;

use super::progress;
use crate::demo;
use crate::failure::{Failure, Result};
use crate::generate::{Casting, Generator, SPAN, Visits};
use crate::settings::Settings;
use crate::wire::Installation;

/// As many tickets are written in one transaction.
const BATCH: usize = 2_000;
/// As many work orders are written in one commit.
const VISITS: usize = 500;
/// As many batches wait to be written.
const AHEAD: usize = 2;

/// Fill an empty database with the demo data, or an organization with generated tickets.
#[derive(Debug, Args)]
pub struct Seed {
    /// Generate so many tickets of the last two years (the demo data comes first when the database is empty).
    #[arg(long, value_name = "N")]
    tickets: Option<u64>,
    /// Generate so many work orders of the last two years and the next month, with their customers and locations.
    #[arg(long, value_name = "N")]
    work_orders: Option<u64>,
    /// Slug of the organization that gets them; the default one when absent.
    #[arg(long, value_name = "SLUG")]
    organization: Option<String>,
    /// The same number gives the same tickets.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

impl Seed {
    pub async fn run(&self, settings: &Settings) -> Result<()> {
        let installation = Installation::open(settings).await?;
        installation.store.migrate().await?;
        let filled = demo::fill(settings).await?;
        if filled {
            println!("The demo data is there.");
        }
        let (tickets, visits) = (self.tickets.unwrap_or(0), self.work_orders.unwrap_or(0));
        if tickets + visits > 0 {
            self.generate(&installation, settings, (tickets, visits), filled).await
        } else if filled {
            Ok(())
        } else {
            let possible = "Generated tickets and work orders can be (--tickets N, --work-orders N).";
            Err(Failure::new(format!("The database is not empty: nothing was added. {possible}")))
        }
    }

    async fn generate(&self, installation: &Installation, settings: &Settings, many: (u64, u64), filled: bool) -> Result<()> {
        let usual = if filled { demo::HOME } else { &settings.default_organization };
        let slug = self.organization.clone().unwrap_or_else(|| usual.to_owned());
        let found = installation.store.find(&Reference::Name(slug.clone())).await?;
        let absent = || Failure::new(format!("There is no organization {slug} (--organization)."));
        let organization = found.ok_or_else(absent)?.id;
        let now = installation.clock.now();
        let casting = Casting {
            installation,
            organization,
            password_hash: unknown_password(installation, settings).await?,
            at: now - SPAN,
        };
        let (tickets, visits) = many;
        if tickets > 0 {
            let cast = casting.assemble(tickets, &mut StdRng::seed_from_u64(self.seed)).await?;
            let loader = installation.store.loader(organization).await?.ok_or_else(absent)?;
            load(&loader, Generator::new(cast, self.seed, tickets, now), tickets).await?;
        }
        if visits > 0 {
            let crew = casting.crew(visits, &mut StdRng::seed_from_u64(self.seed)).await?;
            plan(installation, organization, Visits::new(crew, self.seed, visits, now), visits).await?;
        }
        // Nobody is told of what never happened.
        for consumer in [TicketNews::CONSUMER, NotificationNews::CONSUMER] {
            installation.store.pass_over(consumer).await?;
        }
        Ok(())
    }
}

/// The hash of a password that nobody knows: nobody logs in as somebody who was made up.
async fn unknown_password(installation: &Installation, settings: &Settings) -> Result<String> {
    let password = installation.ids.next().simple().to_string();
    Ok(installation.accounts(settings)?.passwords.hash(&password).await?)
}

/// Writes work orders as the use cases do, many in one commit.
async fn plan(installation: &Installation, organization: OrganizationId, mut visits: Visits, count: u64) -> Result<()> {
    let start = Instant::now();
    let bar = progress(count, "work orders");
    loop {
        let batch = visits.by_ref().take(VISITS).collect::<std::result::Result<Vec<_>, _>>();
        let batch = batch.map_err(|error| Failure::because("A work order could not live its life", &error))?;
        if batch.is_empty() {
            break;
        }
        bar.inc(u64::try_from(batch.len()).unwrap_or(0));
        let add = |changes: Changes, (order, events)| changes.with(Write::AddWorkOrder(Box::new(order)), events);
        installation.store.commit(batch.into_iter().fold(Changes::of(organization), add)).await?;
    }
    bar.finish_and_clear();
    let took = start.elapsed();
    println!("{count} work orders in {} s ({} a second).", took.as_secs(), per_second(count, took));
    Ok(())
}

/// Writes batch after batch while the next are being generated.
async fn load(loader: &Loader, generator: Generator, tickets: u64) -> Result<()> {
    let start = Instant::now();
    let bar = progress(tickets, "tickets");
    let (sender, mut batches) = mpsc::channel(AHEAD);
    let generating = tokio::task::spawn_blocking(move || generate(generator, &sender));
    while let Some(batch) = batches.recv().await {
        loader.load(&batch).await?;
        bar.inc(u64::try_from(batch.len()).unwrap_or(0));
    }
    generating.await.map_err(|error| Failure::because("Generating tickets failed", &error))??;
    bar.finish_and_clear();
    let took = start.elapsed();
    println!("{tickets} tickets in {} s ({} a second).", took.as_secs(), per_second(tickets, took));
    Ok(())
}

fn generate(mut generator: Generator, sender: &mpsc::Sender<Vec<Loaded>>) -> Result<()> {
    loop {
        let batch: std::result::Result<Vec<Loaded>, _> = generator.by_ref().take(BATCH).collect();
        let batch = batch.map_err(|error| Failure::because("A ticket could not live its life", &error))?;
        // Nobody receives any more when writing has failed, which is told there.
        if batch.is_empty() || sender.blocking_send(batch).is_err() {
            return Ok(());
        }
    }
}

fn per_second(tickets: u64, took: Duration) -> u128 {
    u128::from(tickets) * 1_000 / took.as_millis().max(1)
}
