//! Who and what generated tickets refer to: made once, before the first ticket.

use helpdesk_domain::event::{CatalogChange, CatalogKind, Event, Named};
use helpdesk_domain::identity::{Approval, Role, User, UserState};
use helpdesk_domain::kernel::id::{CategoryId, OrganizationId, TagId, UserId};
use helpdesk_domain::kernel::page::PageRequest;
use helpdesk_domain::kernel::text::{Email, TagName, Username};
use helpdesk_domain::kernel::{Actor, Moment, Reference, StoreError};
use helpdesk_domain::taxonomy::Tag;
use helpdesk_domain::taxonomy::port::{CatalogQuery, TaxonomyRepository};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use rand::rngs::StdRng;

use super::{text, words};
use crate::wire::Installation;

/// One customer for so many tickets.
const TICKETS_PER_CUSTOMER: u64 = 50;
/// One agent for so many tickets, but not more agents than a large desk has.
const TICKETS_PER_AGENT: u64 = 2_000;
const MOST_AGENTS: u64 = 40;
/// As many accounts in one commit.
pub(super) const AT_ONCE: usize = 500;

/// Who and what there is.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Who asks.
    pub customers: Vec<Actor>,
    /// Who answers.
    pub agents: Vec<Actor>,
    /// What about.
    pub categories: Vec<CategoryId>,
    /// Labels.
    pub tags: Vec<TagId>,
}

/// Makes people and tags.
pub struct Casting<'a> {
    /// Where.
    pub installation: &'a Installation,
    /// Whose they are.
    pub organization: OrganizationId,
    /// The password that all of them have.
    pub password_hash: String,
    /// When they joined.
    pub at: Moment,
}

impl Casting<'_> {
    /// Enough people, and the tags, for that many tickets.
    pub async fn assemble(&self, tickets: u64, rng: &mut StdRng) -> Result<Cast, StoreError> {
        let store = &self.installation.store;
        let agents = (tickets / TICKETS_PER_AGENT).clamp(3, MOST_AGENTS);
        let customers = (tickets / TICKETS_PER_CUSTOMER).max(5);
        // Names repeat, and so do runs: a mark of this run keeps the usernames apart.
        let mark = self.installation.ids.next().simple().to_string().split_off(26);
        let people: Vec<_> = (0..agents + customers)
            .map(|number| {
                let role = if number < agents { Role::Agent } else { Role::Customer };
                self.person(rng, role, &format!("{number}.{mark}"))
            })
            .collect();
        for people in people.chunks(AT_ONCE) {
            let changes = Changes::of(self.organization);
            let add = |changes: Changes, (user, event): (User, Event)| changes.with(Write::AddUser(Box::new(user)), [event]);
            store.commit(people.iter().cloned().fold(changes, add)).await?;
        }
        let (agents, customers): (Vec<_>, Vec<_>) = people.iter().map(|(user, _)| user.as_actor()).partition(Actor::is_staff);
        let tags = self.tags(agents.first()).await?;
        let all = PageRequest::number(1, 100);
        let categories = store.categories(self.organization, &CatalogQuery::default(), &all).await?;
        let categories = categories.items.into_iter().map(|category| category.brief.id).collect();
        Ok(Cast { customers, agents, categories, tags })
    }

    pub(super) fn person(&self, rng: &mut StdRng, role: Role, mark: &str) -> (User, Event) {
        let (first_name, last_name) = text::name(rng);
        let username = format!("{first_name}.{last_name}.{mark}").to_lowercase();
        let state = UserState {
            id: UserId(self.installation.ids.next()),
            organization: self.organization,
            email: Email::trusted(format!("{username}@people.example")),
            username: Username::trusted(username),
            password_hash: self.password_hash.clone(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            middle_name: String::new(),
            suffix: String::new(),
            role,
            approval: Approval::Approved,
            is_active: true,
            department: None,
            image: None,
            created_at: self.at,
            updated_at: self.at,
            last_active_at: None,
            deleted_at: None,
            revision: 1,
        };
        User::register(state, None)
    }

    /// The tags of the pool; those that are missing are made.
    async fn tags(&self, by: Option<&Actor>) -> Result<Vec<TagId>, StoreError> {
        let names: Vec<Reference> = words::TAGS.iter().map(|name| Reference::Name((*name).to_owned())).collect();
        let found = self.installation.store.tags(self.organization, &names).await?;
        let mut tags = Vec::new();
        let mut changes = Changes::of(self.organization);
        for (name, tag) in words::TAGS.iter().zip(found) {
            if let Some(tag) = tag {
                tags.push(tag.id);
            } else if let Some(by) = by {
                let id = TagId(self.installation.ids.next());
                let tag = Tag::named(id, self.organization, TagName::trusted((*name).to_owned()), self.at);
                let event = Event::of_catalog(CatalogKind::Tag, id.0, by, self.at, CatalogChange::Created, name);
                tags.push(id);
                changes = changes.with(Write::AddTag(tag), [event]);
            }
        }
        self.installation.store.commit(changes).await?;
        Ok(tags)
    }
}

/// Somebody as an assignment names them.
pub fn named(actor: &Actor) -> Named {
    Named { id: actor.user, name: actor.name.clone() }
}
