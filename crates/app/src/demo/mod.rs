//! The demo data: two organizations, ten people, and the last four weeks of a desk with its work orders, told through the
//! use cases with a clock that is moved along.

mod articles;
mod faqs;
mod filters;
mod people;
mod story;
mod templates;
mod visits;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use helpdesk_domain::identity::command::{CreateUser, FoundOrganization, Register};
use helpdesk_domain::identity::port::OrganizationRepository;
use helpdesk_domain::identity::{Accounts, full_name};
use helpdesk_domain::kernel::id::TicketId;
use helpdesk_domain::kernel::{Actor, Clock, Moment, Reference, Target, Word};
use helpdesk_domain::mail::TicketNews;
use helpdesk_domain::ticket::command::{AddComment, Approve, EditTicket, OpenTicket, UpdateStatus};
use helpdesk_domain::ticket::service::Tickets;
use helpdesk_domain::ticket::{Status, TicketError};
use helpdesk_domain::workflow::Workflows;
use helpdesk_outbound::SystemClock;

pub use people::{HOME, PEOPLE};
use story::{Deed, Step, Story};

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire::{Installation, addresses};

/// A clock that shows what it is told.
struct MovableClock(AtomicI64);

impl MovableClock {
    fn set(&self, moment: Moment) {
        self.0.store(moment.timestamp_micros(), Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Moment {
        Moment::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// Fills the database, if nothing is in it; tells whether it was empty.
pub async fn fill(settings: &Settings) -> Result<bool> {
    let now = SystemClock.now();
    let clock = Arc::new(MovableClock(AtomicI64::new(0)));
    clock.set(now - TimeDelta::days(60));
    let installation = Installation::at(settings, Arc::clone(&clock) as Arc<dyn Clock>).await?;
    if !installation.store.all().await?.is_empty() {
        return Ok(false);
    }
    let stories = story::all()?;
    let people = settle_in(&installation.accounts(settings)?).await?;
    if let Some(admin) = people.get("admin") {
        faqs::write(&installation.faqs(settings), admin).await?;
        templates::write(&installation.templates(), admin).await?;
        articles::write(&installation, settings, admin).await?;
        filters::write(&installation.filters(), admin).await?;
    }
    let mut desk = Desk {
        tickets: installation.tickets(Workflows::default(), addresses(&settings.signing_key()?, "")),
        clock,
        people,
        opened: HashMap::new(),
    };
    desk.relive(&stories, now).await?;
    if let Some(admin) = desk.people.get("admin") {
        visits::write(&installation, &desk.clock, admin, now).await?;
    }
    // A second more: what is due just now has rung too.
    desk.clock.set(now + TimeDelta::seconds(1));
    let clocks = installation.watch();
    while clocks.ring().await? {}
    let mut notifications = installation.notification_news();
    while notifications.read_on().await? {}
    notifications.settle().await?;
    // Nobody is written to of what never happened.
    installation.store.pass_over(TicketNews::CONSUMER).await?;
    Ok(true)
}

/// Makes the organizations and their people; answers the people by username.
async fn settle_in(accounts: &Accounts) -> Result<HashMap<String, Actor>> {
    let refused = |error| Failure::because("The demo data cannot be made", &error);
    let mut organizations = HashMap::new();
    for (slug, name, domain, zone) in people::ORGANIZATIONS {
        let [slug_text, name, domain, time_zone] = [slug, name, domain, zone].map(|text| Some(text.to_owned()));
        let made = accounts.found(FoundOrganization { slug: slug_text, name, domain, time_zone }).await.map_err(refused)?;
        organizations.insert(slug, made.id);
    }
    let mut people = HashMap::new();
    for sample in &PEOPLE {
        let account = Register {
            email: Some(sample.email.to_owned()),
            password: Some(sample.password.to_owned()),
            username: None,
            first_name: Some(sample.name.0.to_owned()),
            last_name: Some(sample.name.1.to_owned()),
            organization: None,
            image: None,
        };
        let command = CreateUser { account, role: Some(sample.role.word().to_owned()), department: None };
        let home = Reference::Name(sample.organization.to_owned());
        let user = accounts.enroll(&home, command).await.map_err(refused)?;
        let Some(organization) = organizations.get(sample.organization).copied() else { continue };
        let name = full_name(&user.first_name, &user.last_name, &user.username);
        let actor = Actor { user: user.id, organization, role: user.role, name, session: None, claim: None };
        people.insert(user.username, actor);
    }
    Ok(people)
}

/// The desk of the past.
struct Desk {
    tickets: Tickets,
    clock: Arc<MovableClock>,
    people: HashMap<String, Actor>,
    opened: HashMap<usize, TicketId>,
}

impl Desk {
    /// Lets everything happen again, in the order in which it happened.
    async fn relive(&mut self, stories: &[Story], now: Moment) -> Result<()> {
        let mut moments: Vec<(Moment, usize, Option<&Step>)> = Vec::new();
        for (number, story) in stories.iter().enumerate() {
            let start = now - story.ago;
            moments.push((start, number, None));
            moments.extend(story.steps.iter().map(|step| (start + step.after, number, Some(step))));
        }
        moments.sort_by_key(|(moment, number, _)| (*moment, *number));
        for (moment, number, step) in moments {
            self.clock.set(moment);
            let Some(story) = stories.get(number) else { continue };
            let done = match step {
                None => self.open(number, story).await,
                Some(step) => self.act(number, step).await,
            };
            let tried = format!("The demo ticket {:?} cannot be made", story.title);
            done.map_err(|error| Failure::because(&tried, &error))?;
        }
        Ok(())
    }

    async fn open(&mut self, number: usize, story: &Story) -> std::result::Result<(), TicketError> {
        let command = OpenTicket {
            title: Some(story.title.clone()),
            description: Some(story.description.clone()),
            priority: (!story.needs_approval).then_some(story.priority),
            category: Some(Reference::Name(story.category.clone())),
            tags: story.tags.iter().cloned().map(Reference::Name).collect(),
            needs_approval: story.needs_approval,
            ..OpenTicket::default()
        };
        let view = self.tickets.open(self.person(&story.by)?, command).await?;
        self.opened.insert(number, view.row.id);
        Ok(())
    }

    async fn act(&self, number: usize, step: &Step) -> std::result::Result<(), TicketError> {
        let who = self.person(&step.who)?;
        let target = Target::from(self.opened.get(&number).copied().ok_or(TicketError::NotFound)?);
        let tickets = &self.tickets;
        match &step.deed {
            Deed::Say(text) => self.say(who, target, text, false).await?,
            Deed::Note(text) => self.say(who, target, text, true).await?,
            Deed::Claim(()) => drop(tickets.claim(who, &target).await?),
            Deed::Assign(to) => drop(tickets.assign(who, &target, Some(Reference::Name(to.clone()))).await?),
            Deed::Status(to) => self.set(who, target, *to).await?,
            Deed::Priority(to) => {
                let priority = Some(Word { means: Some(*to), stands_for: &[] });
                tickets.edit(who, EditTicket { priority, ..EditTicket::of(target) }).await?;
            }
            Deed::Resolve(how) => drop(tickets.resolve(who, &target, Some(how.clone())).await?),
            Deed::Close(()) => drop(tickets.close(who, &target, None).await?),
            Deed::Reopen(why) => drop(tickets.reopen(who, &target, Some(why.clone())).await?),
            Deed::Withdraw(why) => drop(tickets.withdraw(who, &target, Some(why.clone())).await?),
            Deed::Approve(priority) => {
                let department = Some(Reference::Name("IT Department".to_owned()));
                tickets.approve(who, Approve { target, priority: Some(*priority), department, notes: None }).await?;
            }
            Deed::Reject(why) => drop(tickets.reject(who, &target, Some(why.clone())).await?),
        }
        Ok(())
    }

    async fn say(&self, who: &Actor, target: Target, text: &str, is_internal: bool) -> std::result::Result<(), TicketError> {
        let command = AddComment { target, content: Some(text.to_owned()), is_internal, mentions: Vec::new() };
        self.tickets.comment(who, command).await.map(drop)
    }

    async fn set(&self, who: &Actor, target: Target, to: Status) -> std::result::Result<(), TicketError> {
        let status = Word { means: to, stands_for: &[] };
        self.tickets.update_status(who, UpdateStatus { target, status, resolution: None, comment: None }).await.map(drop)
    }

    fn person(&self, username: &str) -> std::result::Result<&Actor, TicketError> {
        self.people.get(username).ok_or(TicketError::NotFound)
    }
}
