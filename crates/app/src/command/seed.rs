//! `helpdesk seed`

use std::time::{Duration, Instant};

use clap::Args;
use helpdesk_domain::identity::port::OrganizationRepository;
use helpdesk_domain::kernel::id::ArticleCategoryId;
use helpdesk_domain::kernel::{Actor, PageRequest, Reference, StoreError};
use helpdesk_domain::knowledge::Reader;
use helpdesk_domain::knowledge::article::command::{CreateArticleCategory, FindArticleCategories};
use helpdesk_domain::mail::TicketNews;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::mpsc;

use super::progress;
use crate::demo;
use crate::failure::{Failure, Result};
use crate::generate::{ArticleGenerator, Casting, Generator, SPAN};
use crate::settings::Settings;
use crate::wire::Installation;

/// As many tickets are written in one transaction.
const TICKETS: usize = 2_000;
/// As many articles are written in one transaction.
const ARTICLES: usize = 1_000;
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
        let (tickets, articles) = (self.tickets.unwrap_or(0), self.articles.unwrap_or(0));
        if tickets + articles > 0 {
            return self.generate(&installation, settings, filled).await;
        }
        let refused =
            "The database is not empty: nothing was added. Generated tickets and articles can be (--tickets N, --articles N).";
        if filled { Ok(()) } else { Err(Failure::new(refused)) }
    }

    async fn generate(&self, installation: &Installation, settings: &Settings, filled: bool) -> Result<()> {
        let (tickets, articles) = (self.tickets.unwrap_or(0), self.articles.unwrap_or(0));
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
        let cast = casting.assemble(tickets, &mut StdRng::seed_from_u64(self.seed)).await?;
        let authors = cast.agents.clone();
        let categories = if articles > 0 { categories(installation, settings, authors.first()).await? } else { Vec::new() };
        let loader = installation.store.loader(organization).await?.ok_or_else(absent)?;
        if tickets > 0 {
            let generator = Generator::new(cast, self.seed, tickets, now);
            let generator =
                generator.map(|made| made.map_err(|error| Failure::because("A ticket could not live its life", &error)));
            load("tickets", tickets, TICKETS, generator, async |batch| loader.load(&batch).await).await?;
        }
        if articles > 0 {
            let generator = ArticleGenerator::new(authors, categories, self.seed, articles, now).map(Ok);
            load("articles", articles, ARTICLES, generator, async |batch| loader.load_articles(&batch).await).await?;
        }
        // Nobody is written to of what never happened.
        Ok(installation.store.pass_over(TicketNews::CONSUMER).await?)
    }
}

/// The categories that generated articles stand in: those that are there, or some.
async fn categories(installation: &Installation, settings: &Settings, author: Option<&Actor>) -> Result<Vec<ArticleCategoryId>> {
    let (Some(author), all) = (author, PageRequest::number(1, 100)) else { return Ok(Vec::new()) };
    let categories = installation.article_categories(settings);
    let refused = |error| Failure::because("Categories of articles cannot be made", &error);
    let there = categories.list(Reader::Member(author), FindArticleCategories::default(), &all).await.map_err(refused)?;
    let mut ids: Vec<ArticleCategoryId> = there.items.into_iter().map(|category| category.brief.id).collect();
    if ids.is_empty() {
        for name in ["Accounts", "Devices", "Network", "Software", "Processes"] {
            let command = CreateArticleCategory { name: Some(name.to_owned()), ..CreateArticleCategory::default() };
            ids.push(categories.create(author, command).await.map_err(refused)?.brief.id);
        }
    }
    Ok(ids)
}

/// The hash of a password that nobody knows: nobody logs in as somebody who was made up.
async fn unknown_password(installation: &Installation, settings: &Settings) -> Result<String> {
    let password = installation.ids.next().simple().to_string();
    Ok(installation.accounts(settings)?.passwords.hash(&password).await?)
}

/// Writes batch after batch while the next are being generated.
async fn load<T: Send + 'static>(
    what: &'static str,
    count: u64,
    together: usize,
    generator: impl Iterator<Item = Result<T>> + Send + 'static,
    write: impl AsyncFn(Vec<T>) -> std::result::Result<(), StoreError>,
) -> Result<()> {
    let start = Instant::now();
    let bar = progress(count, what);
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
