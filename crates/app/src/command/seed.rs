//! `helpdesk seed`

use std::time::{Duration, Instant};

use clap::Args;
use helpdesk_domain::identity::port::OrganizationRepository;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Reference, StoreError};
use helpdesk_domain::mail::TicketNews;
use helpdesk_domain::notification::NotificationNews;
use helpdesk_domain::routing::RoutingNews;
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::mpsc;

use super::progress;
use crate::demo;
use crate::failure::{Failure, Result};
use crate::generate::{ArticleGenerator, Casting, Generator, SPAN, Visits};
use crate::settings::Settings;
use crate::wire::Installation;

/// As many tickets are written in one transaction.
const TICKETS: usize = 2_000;
/// As many articles are written in one transaction.
const ARTICLES: usize = 1_000;
/// As many work orders are written in one commit.
const VISITS: usize = 500;
/// As many batches wait to be written.
const AHEAD: usize = 2;

/// Fill an empty database with the demo data, or an organization with generated tickets and articles.
#[derive(Debug, Args)]
pub struct Seed {
    /// Generate so many tickets of the last two years (the demo data comes first when the database is empty).
    #[arg(long, value_name = "N")]
    tickets: Option<u64>,
    /// Generate so many articles of the knowledge base (the demo data comes first when the database is empty).
    #[arg(long, value_name = "N")]
    articles: Option<u64>,
    /// Generate so many work orders of the last two years and the next month, with their customers and locations.
    #[arg(long, value_name = "N")]
    work_orders: Option<u64>,
    /// Slug of the organization that gets them; the default one when absent.
    #[arg(long, value_name = "SLUG")]
    organization: Option<String>,
    /// The same number gives the same tickets and articles.
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
        let many = Many {
            tickets: self.tickets.unwrap_or(0),
            articles: self.articles.unwrap_or(0),
            visits: self.work_orders.unwrap_or(0),
        };
        if many.tickets + many.articles + many.visits > 0 {
            self.generate(&installation, settings, many, filled).await
        } else if filled {
            Ok(())
        } else {
            let possible = "Tickets, articles and work orders can be generated (--tickets N, --articles N, --work-orders N).";
            Err(Failure::new(format!("The database is not empty: nothing was added. {possible}")))
        }
    }

    async fn generate(&self, installation: &Installation, settings: &Settings, many: Many, filled: bool) -> Result<()> {
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
        let Many { tickets, articles, visits } = many;
        if tickets + articles > 0 {
            let cast = casting.assemble(tickets, &mut StdRng::seed_from_u64(self.seed)).await?;
            let categories = casting.article_categories(articles, settings, cast.agents.first()).await?;
            let loader = installation.store.loader(organization).await?.ok_or_else(absent)?;
            let written = ArticleGenerator::new(cast.agents.clone(), categories, self.seed, articles, now).map(Ok);
            load("articles", articles, ARTICLES, written, async |batch| loader.load_articles(&batch).await).await?;
            let unlived = |error| Failure::because("A ticket could not live its life", &error);
            let lived = Generator::new(cast, self.seed, tickets, now).map(move |made| made.map_err(unlived));
            load("tickets", tickets, TICKETS, lived, async |batch| loader.load(&batch).await).await?;
        }
        if visits > 0 {
            let crew = casting.crew(visits, &mut StdRng::seed_from_u64(self.seed)).await?;
            plan(installation, organization, Visits::new(crew, self.seed, visits, now), visits).await?;
        }
        // Nobody is told of what never happened.
        for consumer in [TicketNews::CONSUMER, NotificationNews::CONSUMER, RoutingNews::CONSUMER] {
            installation.store.pass_over(consumer).await?;
        }
        Ok(())
    }
}

/// How many of each.
struct Many {
    tickets: u64,
    articles: u64,
    visits: u64,
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
async fn load<T: Send + 'static>(
    what: &'static str,
    count: u64,
    together: usize,
    generator: impl Iterator<Item = Result<T>> + Send + 'static,
    write: impl AsyncFn(Vec<T>) -> std::result::Result<(), StoreError>,
) -> Result<()> {
    if count == 0 {
        return Ok(());
    }
    let (start, bar) = (Instant::now(), progress(count, what));
    let (sender, mut batches) = mpsc::channel(AHEAD);
    let generating = tokio::task::spawn_blocking(move || generate(generator, together, &sender));
    while let Some(batch) = batches.recv().await {
        let written = u64::try_from(batch.len()).unwrap_or(0);
        write(batch).await?;
        bar.inc(written);
    }
    generating.await.map_err(|error| Failure::because("Generating failed", &error))??;
    bar.finish_and_clear();
    let took = start.elapsed();
    println!("{count} {what} in {} s ({} a second).", took.as_secs(), per_second(count, took));
    Ok(())
}

fn generate<T>(mut generator: impl Iterator<Item = Result<T>>, together: usize, sender: &mpsc::Sender<Vec<T>>) -> Result<()> {
    loop {
        let batch: Vec<T> = generator.by_ref().take(together).collect::<Result<_>>()?;
        // Nobody receives any more when writing has failed, which is told there.
        if batch.is_empty() || sender.blocking_send(batch).is_err() {
            return Ok(());
        }
    }
}

fn per_second(count: u64, took: Duration) -> u128 {
    u128::from(count) * 1_000 / took.as_millis().max(1)
}
